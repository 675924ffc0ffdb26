// Checks the HTML, CSS and SVG of a built site with the Nu HTML checker. A warning is an error.
//
//   node tests/validity/html.mjs SITE_DIR

import { spawnSync } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { join, relative } from 'node:path';

const CHECKER = fileURLToPath(new URL('node_modules/vnu-jar/build/dist/vnu.jar', import.meta.url));
const OPTIONS = ['--Werror', '--also-check-css', '--also-check-svg', '--skip-non-html'];

// The checker reads files, and a file has no origin: so it takes whatever `'self'` allows for
// forbidden. Only that is let go, for addresses without a host. The browser tests see whether the
// policy holds.
const FALSE_ALARM =
  /^Resource violates Content Security Policy \(meta tag\): [a-z ]+ “(?![a-z][a-z0-9+.-]*:|\/\/)[^”]*” blocked by “[a-z-]+” directive\.$/;

// JSON-LD is data and never runs, so that no policy for scripts holds for it (HTML, "prepare the
// script element": a data block returns before the policy is asked). The browser tests see that.
const INLINE_SCRIPT = /^Inline script violates Content Security Policy \(meta tag\)/;
const isFalseAlarm = ({ message, extract = '' }) =>
  FALSE_ALARM.test(message) ||
  (INLINE_SCRIPT.test(message) && /<script type="application\/ld\+json">/.test(extract));

// All messages about a folder: `[{ file, line, column, message }]`.
export function checkHtml(folder) {
  const root = realpathSync(folder);
  const run = spawnSync(
    'java',
    ['-jar', CHECKER, ...OPTIONS, '--format', 'json', '--stdout', root],
    { encoding: 'utf8', maxBuffer: 1 << 28, timeout: 300_000 },
  );
  if (run.error) throw run.error;
  let report;
  try {
    report = JSON.parse(run.stdout);
  } catch {
    throw new Error(`the Nu HTML checker did not run: ${run.stderr || run.stdout}`);
  }
  return report.messages
    .filter((message) => !isFalseAlarm(message))
    .map(({ url, lastLine, firstColumn, message }) => ({
      file: url ? relative(root, join('/', fileURLToPath(url))) : '',
      line: lastLine,
      column: firstColumn,
      message,
    }))
    .sort((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1));
}

function main([folder]) {
  if (!folder) {
    console.error('usage: node html.mjs SITE_DIR');
    return 2;
  }
  const messages = checkHtml(folder);
  for (const { file, line, column, message } of messages) {
    console.log(`${file}:${line ?? 1}:${column ?? 1}: ${message}`);
  }
  console.log(`${messages.length} faults of HTML, CSS and SVG`);
  return messages.length === 0 ? 0 : 1;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  process.exitCode = main(process.argv.slice(2));
}
