// What staff see while they write: `convene serve` in a browser. A change shows without a reload of
// the page, errors lie over the last good one and go by themselves, and a panel says what there is
// to know of the page.
//
// CONVENE names the program; `tests/run` sets it. Each test serves a copy of the sample catalog.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, beforeEach, afterEach, test } from 'node:test';
import { createRequire } from 'node:module';
import { DESKTOP, PHONE, launch } from './browser.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const PROGRAM = process.env.CONVENE;
const MOMENT = '2026-11-24';
const FILE = 'content/offerings/2026-27/self-as-core.md';
const PAGE = 'offerings/self-as-core/';

let browser;
before(async () => {
  assert.ok(PROGRAM, 'CONVENE names the program; tests/run sets it');
  browser = await launch();
});
after(() => browser?.close());

// A copy of the sample, served, and a tab on it.
let folder, server, address, context, page, loads, faults;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'convene-serving-'));
  cpSync('content', join(folder, 'content'), { recursive: true });
  server = spawn(PROGRAM, ['serve', '--port', '0', '--at', MOMENT], { cwd: folder });
  server.stderr.resume();
  for await (const line of createInterface({ input: server.stdout })) {
    address = line.match(/http:\/\/\S+/)?.[0];
    if (address) break;
  }
  server.stdout.resume();
  await open(DESKTOP);
});

afterEach(async () => {
  await context.close();
  const ended = new Promise((resolve) => server.once('exit', resolve));
  server.kill('SIGINT');
  assert.equal(await ended, 0, 'it ends cleanly on Ctrl-C');
  rmSync(folder, { recursive: true, force: true });
});

async function open(viewport, path = PAGE) {
  await context?.close().catch(() => {});
  context = await browser.newContext({ viewport });
  context.setDefaultTimeout(10_000);
  page = await context.newPage();
  loads = 0;
  faults = [];
  page.on('load', () => (loads += 1));
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  await page.goto(address + path);
  await page.locator('.pill').first().waitFor();
}

const read = (path) => readFileSync(join(folder, path), 'utf8');

// As editors save: a new file takes the place of the old one.
function save(path, text) {
  writeFileSync(join(folder, `${path}~`), text);
  renameSync(join(folder, `${path}~`), join(folder, path));
}

function edit(from, to, path = FILE) {
  const text = read(path);
  assert.ok(text.includes(from), `${from} is in ${path}`);
  save(path, text.replace(from, to));
}

const says = (words) => page.waitForFunction((it) => document.body.textContent.includes(it), words);

test('a change shows on the page without a reload, and leaves the reader where they are', async () => {
  await page.evaluate(() => {
    window.isTheSamePage = true;
    document.querySelector('[data-plan]').focus();
    scrollTo({ top: 300, behavior: 'instant' });
  });
  const top = await page.evaluate(() => scrollY);
  assert.ok(top > 0);
  edit(/^summary: .*$/m.exec(read(FILE))[0], 'summary: A sentence that was not there before.');
  await says('A sentence that was not there before.');
  assert.equal(await page.evaluate(() => window.isTheSamePage), true);
  assert.equal(loads, 1);
  assert.equal(await page.evaluate(() => scrollY), top);
  assert.equal(await page.evaluate(() => document.activeElement.matches('[data-plan]')), true);
  assert.equal(
    await page.locator('meta[name=description]').getAttribute('content'),
    'A sentence that was not there before.',
  );
  // The page's own scripts go on working.
  await page.locator('[data-plan]').first().click();
  assert.equal(await page.locator('[data-plan]').first().getAttribute('aria-pressed'), 'true');
  // New paragraphs come, and go again.
  const text = read(FILE);
  save(FILE, `${text}\n## One more heading\n\nOne more paragraph.\n`);
  await says('One more paragraph.');
  save(FILE, text);
  await page.waitForFunction(() => !document.body.textContent.includes('One more'));
  assert.equal(await page.evaluate(() => window.isTheSamePage), true);
  assert.equal(await page.locator('[data-plan]').first().getAttribute('aria-pressed'), 'true');
  assert.deepEqual(faults, []);
});

test('what is shown after any number of changes is what a fresh visit shows', async () => {
  const original = read(FILE);
  const body = (n) => `${original}\n${'abc'.slice(0, n % 4).split('').map((it) => `## Part ${it}${n % 3}\n\nText ${n}.\n`).join('\n')}\nEnd ${n}.\n`;
  for (let n = 1; n <= 12; n += 1) {
    save(FILE, body(n));
    await says(`End ${n}.`);
  }
  const shown = () => page.evaluate(() => document.body.outerHTML.replace(/\s+/g, ' '));
  const merged = await shown();
  assert.equal(loads, 1);
  await page.reload();
  assert.equal(merged, await shown());
});

test('a change that scripts have to learn of reloads the page at the same place', async () => {
  await page.evaluate(() => {
    window.isTheSamePage = true;
    document.querySelector('main a').focus();
    scrollTo({ top: 250, behavior: 'instant' });
  });
  const focus = await page.evaluate(() => document.activeElement.outerHTML);
  const text = read(FILE);
  const last = /\n( +- ){ title: What we will do, date: 2027-05-06/;
  assert.match(text, last);
  save(FILE, text.replace(last, '\n$1{ title: An extra evening, date: 2027-05-04, time: 5-6 PM }$&'));
  await says('An extra evening');
  await page.waitForFunction(() => !window.isTheSamePage && scrollY > 0);
  assert.equal(await page.evaluate(() => scrollY), 250);
  assert.equal(await page.evaluate(() => document.activeElement.outerHTML), focus);
});

test('styles change without a reload', async () => {
  await page.evaluate(() => (window.isTheSamePage = true));
  mkdirSync(join(folder, 'themes/district/styles'), { recursive: true });
  writeFileSync(join(folder, 'themes/district/styles/zz.css'), 'h1 { letter-spacing: 7px; }\n');
  await page.waitForFunction(
    () => getComputedStyle(document.querySelector('h1')).letterSpacing === '7px',
  );
  await page.waitForFunction(() => document.querySelectorAll('link[rel=stylesheet]').length === 1);
  assert.equal(await page.evaluate(() => window.isTheSamePage), true);
  assert.equal(loads, 1);
});

test('errors lie over the last good page with their lines, and go when they are mended', async () => {
  const good = read(FILE);
  const title = await page.locator('h1').textContent();
  const line = good.split('\n').findIndex((one) => one.startsWith('kind:')) + 1;
  edit(/^kind: .*$/m.exec(good)[0], 'kind: seris');
  const overlay = page.locator('.overlay');
  await overlay.waitFor();
  assert.match(await overlay.textContent(), new RegExp(`${FILE}:${line}:7`));
  assert.match(await overlay.locator('[role=alert]').textContent(), /^1 error/);
  assert.match(await overlay.locator('.words').textContent(), /error\[unknown-id\][\s\S]*seris[\s\S]*help:/);
  assert.equal(await page.locator('h1').textContent(), title);
  // A visit that begins now sees it, too.
  await page.reload();
  await overlay.waitFor();
  // Another error beside it: one click leads to each.
  edit('summary:', 'sumary:');
  await page.waitForFunction(
    () => document.querySelector('#convene_errors').shadowRoot.querySelectorAll('.error').length > 1,
  );
  await overlay.locator('.index__jump').nth(1).click();
  const focused = () =>
    page.evaluate(() => {
      const { shadowRoot } = document.querySelector('#convene_errors');
      return [...shadowRoot.querySelectorAll('.error')].indexOf(shadowRoot.activeElement);
    });
  assert.equal(await focused(), 1);
  await overlay.getByRole('button', { name: 'Next error' }).click();
  assert.notEqual(await focused(), 1);
  // Hidden by hand, and back.
  await page.keyboard.press('Escape');
  assert.equal(await overlay.count(), 0);
  await page.getByRole('button', { name: /^Show \d+ error/ }).click();
  await overlay.waitFor();
  save(FILE, good);
  await overlay.waitFor({ state: 'detached' });
  assert.equal(await page.locator('h1').textContent(), title);
});

test('the panel knows the source, the warnings and the states of a page', async () => {
  const good = read(FILE);
  assert.match(await page.locator('.pill').textContent(), /This page/);
  assert.equal(await page.locator('.card').count(), 0, 'it is closed at first');
  await page.locator('.pill').click();
  const card = page.locator('.card');
  assert.match(await card.locator('.card__source').textContent(), new RegExp(`${FILE}:2`));
  const steps = () => card.locator('.step').allTextContents();
  assert.ok((await steps()).length > 1, String(await steps()));
  // A warning of this page comes up here and does not cover the page.
  edit(/^summary: .*$/m.exec(good)[0], `summary: "${/^title: (.*)$/m.exec(good)[1]}"`);
  await card.locator('.warnings').first().waitFor();
  assert.match(await card.textContent(), new RegExp(`${FILE}:\\d+`));
  assert.equal(await page.locator('.overlay').count(), 0);
  // It is remembered, on every page and on the next visit.
  await page.goto(`${address}offerings/`);
  assert.match(await card.textContent(), /gathered from all entries/);
  await page.locator('.pill').click();
  await page.reload();
  await page.locator('.pill').waitFor();
  assert.equal(await card.count(), 0);
});

test('overlay and panel are accessible, on a phone too', async () => {
  const text = read(FILE);
  for (const viewport of [PHONE, DESKTOP]) {
    save(FILE, text);
    await open(viewport);
    await page.locator('.pill').click();
    await page.locator('.card').waitFor();
    const audit = async () => {
      const { violations } = await page.evaluate(() =>
        window.axe.run({ include: [['#convene_panel'], ['#convene_errors']].filter(([it]) => document.querySelector(it)) }),
      );
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html)}`);
    };
    await page.evaluate(AXE);
    assert.deepEqual(await audit(), []);
    const fits = await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);
    assert.ok(fits, 'nothing sticks out');
    save(FILE, text.replace('kind:', 'knd:').replace('summary:', 'sumary:'));
    await page.locator('.overlay').waitFor();
    assert.deepEqual(await audit(), []);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  }
});

test('a page that comes, goes and comes back', async () => {
  await page.goto(`${address}pages/late/`);
  await page.getByText('Page not found').first().waitFor();
  const text = '---\ntitle: Late\n---\n\nNow it is here.\n';
  save('content/pages/late.md', text);
  await says('Now it is here.');
  rmSync(join(folder, 'content/pages/late.md'));
  await page.getByText('Page not found').first().waitFor();
  renameSync(join(folder, 'content'), join(folder, 'elsewhere'));
  await page.locator('.overlay').waitFor();
  renameSync(join(folder, 'elsewhere'), join(folder, 'content'));
  await page.locator('.overlay').waitFor({ state: 'detached' });
});
