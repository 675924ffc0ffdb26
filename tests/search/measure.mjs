// Measures search: the index that convene writes, and Pagefind on the same pages.
//
//   node tests/search/measure.mjs CONVENE GENERATE WORK_DIR [N ...]
//
// CONVENE and GENERATE are the release binary and the release example `generate`. For each N a
// catalog of N offerings is written into WORK_DIR, with a vocabulary as large as that of a language,
// built, and searched in Chromium, a key at a time, over a server on 127.0.0.1 that compresses.
// docs/decisions/search.md says what came of it. `npm ci` in this folder and in ../browser first.

import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { DESKTOP, launch } from '../browser/browser.mjs';
import { pack, isPacked, serve } from '../browser/server.mjs';
import { Site } from '../validity/site.mjs';

const [convene, generate, work, ...counts] = process.argv.slice(2);
if (!work) {
  console.error('usage: node measure.mjs CONVENE GENERATE WORK_DIR [N ...]');
  process.exit(2);
}
const VOCABULARY = 20_000;
// Each query is typed so often, each time by a reader who was never here; of each key the fastest
// counts, so that the machine's other work does not.
const TRIES = 3;
// A fast hand, in milliseconds from key to key.
const PAUSE = 100;
// The page of search shows so many results before it has read the others of the first ten.
const FIRST = 3;
const pagefind = join(import.meta.dirname, 'node_modules/.bin/pagefind');

// What is typed: common words, rare ones, several, a name, a beginning, a slip of the hand.
const queries = (n) => [
  'leaders listen',
  'classroom practice',
  `offering ${Math.floor(n / 3)}`,
  'person 7',
  'evidnce',
  'families before',
];

function timed(run) {
  const began = performance.now();
  run();
  return Math.round(performance.now() - began);
}

function filesBelow(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

// How large an index is, as it lies there and as it is sent.
function sizeOf(site, folder) {
  const files = filesBelow(join(site.folder, folder));
  const sent = (file) => {
    const path = relative(site.folder, file);
    return isPacked(path) ? pack(site.bytes(path)).length : statSync(file).size;
  };
  const sum = (of) => files.reduce((all, file) => all + of(file), 0);
  return { files: files.length, bytes: sum((file) => statSync(file).size), sent: sum(sent) };
}

const ENGINES = {
  convene: (base, site) => ({
    folder: 'search/index/',
    start: `
      const { Index } = await import('${base}${site.files.find((file) => file.endsWith('/search-index.js'))}');
      const index = new Index('${base}search/index/');
      await index.open();
      window.look = async (text) => {
        const { entries } = await index.find(text, 10);
        return entries.map((one) => index.entry(one));
      };`,
  }),
  Pagefind: (base) => ({
    folder: 'pagefind/',
    start: `
      const pagefind = await import('${base}pagefind/pagefind.js');
      await pagefind.options({ basePath: '${base}pagefind/' });
      await pagefind.init();
      window.look = async (text) => {
        const { results } = await pagefind.search(text);
        return results.slice(0, 10).map((one) => one.data());
      };`,
  }),
};

// One query, typed into a page that has seen nothing yet.
async function typeIn(browser, server, { start }, query) {
  const context = await browser.newContext({ viewport: DESKTOP, bypassCSP: true, serviceWorkers: 'block' });
  const tab = await context.newPage();
  await tab.goto(server.url('404.html'));
  const began = server.sent();
  await tab.evaluate(`(async () => { ${start} })()`);
  const keys = [];
  let before;
  for (let end = 2; end <= query.length; end += 1) {
    await tab.waitForTimeout(PAUSE);
    const { first, all, found } = await tab.evaluate(async ([text, some]) => {
      const began = performance.now();
      const coming = await window.look(text);
      await Promise.all(coming.slice(0, some));
      const first = performance.now() - began;
      if ((await Promise.all(coming)).some((one) => !one)) throw new Error('a result without data');
      return { first, all: performance.now() - began, found: coming.length };
    }, [query.slice(0, end), FIRST]);
    keys.push({ first, all });
    if (before === undefined && found > 0) before = server.sent() - began;
  }
  await context.close();
  return { keys, before: before ?? server.sent() - began };
}

const part = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
function times(keys) {
  const sorted = keys.toSorted((a, b) => a - b);
  const [median, most] = [part(sorted, 0.5), sorted.at(-1)].map((ms) => ms.toFixed(1));
  return `median ${median} ms, 95 % ${part(sorted, 0.95).toFixed(1)} ms, most ${most} ms`;
}
const kilo = (bytes) => (bytes / 1000).toFixed(1);

for (const n of counts.length ? counts.map(Number) : [100, 1000, 10_000]) {
  const project = join(work, String(n));
  const output = join(work, `${n}-site`);
  if (!existsSync(join(project, 'content'))) {
    mkdirSync(project, { recursive: true });
    execFileSync(generate, [project, String(n), '2026', String(VOCABULARY)]);
  }
  rmSync(output, { recursive: true, force: true });
  const building = timed(() =>
    execFileSync(convene, ['build', '--quiet', '--root', project, '--output', output, '--at', '2026-11-24']),
  );
  // Pagefind would need 'wasm-unsafe-eval' in the policy.
  rmSync(join(output, '_headers'));
  const indexing = timed(() => execFileSync(pagefind, ['--site', output, '--quiet']));
  const site = new Site(output);
  const server = await serve(site);
  const browser = await launch();
  for (const [name, engine] of Object.entries(ENGINES)) {
    const setting = engine(site.base, site);
    const { files, bytes, sent } = sizeOf(site, setting.folder);
    const runs = [];
    const keys = { first: [], all: [] };
    for (const query of queries(n)) {
      const tries = [];
      for (let i = 0; i < TRIES; i += 1) tries.push(await typeIn(browser, server, setting, query));
      const fastest = (at, what) => Math.min(...tries.map((one) => one.keys[at][what]));
      tries[0].keys.forEach((_, at) => {
        for (const what of ['first', 'all']) keys[what].push(fastest(at, what));
      });
      runs.push(tries[0]);
    }
    const first = runs.map(({ before }) => before).sort((a, b) => a - b);
    console.log(
      [
        n,
        name,
        name === 'convene' ? `whole build ${building} ms` : `indexing ${indexing} ms`,
        `${files} files`,
        `${kilo(bytes)} kB, sent ${kilo(sent)} kB`,
        `before first results: median ${kilo(part(first, 0.5))} kB, most ${kilo(first.at(-1))} kB`,
        `from a key to the first ${FIRST}: ${times(keys.first)}`,
        `to all ten: ${times(keys.all)}`,
      ].join(' | '),
    );
  }
  await browser.close();
  await server.close();
}
