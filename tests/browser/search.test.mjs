// Search as a reader uses it: with every key, by keyboard alone, with slips of the hand, from a
// shared address, and without a network.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { builtSite, launch, openReader, PHONE, record } from './browser.mjs';
import { serve } from './server.mjs';

const site = builtSite();
let server;
let browser;
// Servers that a test closes itself, unless it fails.
const others = [];

async function serveApart(what) {
  const own = await serve(what);
  others.push(own);
  return own;
}

before(async () => {
  server = await serve(site);
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await server?.close();
  for (const other of others) await other.close().catch(() => {});
});

async function search(path, act) {
  const context = await openReader(browser, server, { screen: PHONE });
  const tab = await context.newPage();
  const log = record(tab, server);
  await tab.goto(server.url(path));
  await act(tab);
  const { errors, failed } = log.take();
  assert.deepEqual({ errors, failed }, { errors: [], failed: [] });
  await context.close();
}

const field = (tab) => tab.getByRole('searchbox');
const titles = (tab) => tab.locator('.search__title');
const first = (tab) => titles(tab).first().innerText();

// Types a query and waits until its results are shown.
async function type(tab, words) {
  await field(tab).fill(words);
  await tab.locator(`[data-search][data-shown=${JSON.stringify(words.trim())}]`).waitFor();
}

for (const [words, title, why] of [
  ['self as core', 'Self as Core', 'a title'],
  ['disruption', 'Micro Disruptions', 'another form of a word'],
  ['SÉLF cores', 'Self as Core', 'accents and capitals'],
  ['covening', 'Leadership Convening', 'a letter left out'],
  ['eqiuty thikn tank', 'Equity Leadership Think Tank', 'three slips of the hand'],
  ['ortiz', 'Maya Ortiz', 'a person'],
  ['mapping roles', 'Macro Disruptions', 'words of a text'],
]) {
  test(`finds by ${why}: ${words}`, async () => {
    await search('search/', async (tab) => {
      await type(tab, words);
      const found = (await titles(tab).allInnerTexts()).slice(0, 3);
      assert.ok(found.includes(title), `${words}: ${found.join(', ')}`);
    });
  });
}

test('/ leads to search, arrows through the results, Enter to the page, Escape back', async () => {
  await search('', async (tab) => {
    await tab.keyboard.press('/');
    await tab.waitForURL('**/search/**');
    const focused = () => tab.evaluate(() => document.activeElement.innerText ?? '');
    await tab.locator('input:focus').waitFor();
    await tab.keyboard.type('think tank');
    await tab.locator('[data-shown="think tank"]').waitFor();
    const [one, two] = await titles(tab).allInnerTexts();
    await tab.keyboard.press('ArrowDown');
    assert.equal(await focused(), one);
    await tab.keyboard.press('ArrowDown');
    assert.equal(await focused(), two);
    await tab.keyboard.press('ArrowUp');
    assert.equal(await focused(), one);
    await tab.keyboard.press('Escape');
    await tab.locator('input:focus').waitFor();
    await tab.keyboard.press('Enter');
    await tab.waitForURL('**/offerings/*/');
    assert.equal(await tab.locator('h1').innerText(), one);
  });
});

test('what was looked for stands in the address, is said aloud, and comes back with it', async () => {
  await search('search/?q=convening', async (tab) => {
    await tab.locator('[data-shown=convening]').waitFor();
    assert.equal(await first(tab), 'Leadership Convening');
    assert.equal(await field(tab).inputValue(), 'convening');
    assert.match(await tab.title(), /^“convening”/);
    await tab.locator('[role=status]', { hasText: /^\d+ results?$/ }).waitFor({ state: 'attached' });
    await type(tab, 'zzzxqj');
    await tab.getByText('Nothing was found for “zzzxqj”').first().waitFor();
    assert.equal(new URL(tab.url()).search, '?q=zzzxqj');
  });
});

test('a session that was found is a link to its place on the page', async () => {
  await search('search/', async (tab) => {
    await type(tab, 'winter convening');
    await tab.getByRole('list', { name: 'Sessions' }).getByRole('link').first().click();
    await tab.waitForURL(/#session/);
    assert.ok(await tab.locator(':target').isVisible());
  });
});

// Waits for what the page says of itself in the end: `waitForFunction` does not wait for promises.
async function until(tab, question, about) {
  const late = Date.now() + 10_000;
  while (!(await tab.evaluate(question, about))) {
    assert.ok(Date.now() < late, `in vain: ${question} ${about}: ${await tab.evaluate(() => caches.keys().then(String))}`);
    await new Promise((done) => setTimeout(done, 50));
  }
}

// A reader who has seen some pages, and is now without a network: nobody answers any more.
async function offline(seen, act) {
  const own = await serveApart(site);
  const context = await openReader(browser, own, { screen: PHONE, offline: true });
  const tab = await context.newPage();
  const files = site.files.filter((file) => file.startsWith('search/index/')).length;
  for (const path of seen) {
    await tab.goto(own.url(path));
    await until(tab, isKept, files);
  }
  // The first page was there before what keeps pages.
  if (seen.length > 1) await until(tab, () => caches.match(location.pathname).then(Boolean));
  await own.close();
  await act(tab, own);
  await context.close();
}

// Runs in the page: whether so many files of the index are kept, and are at hand.
async function isKept(files) {
  const name = (await caches.keys()).find((one) => one.includes(' index '));
  if (!name || !navigator.serviceWorker.controller) return false;
  return (await (await caches.open(name)).keys()).length === files;
}

test('after one visit to the home page, search works without a network', async () => {
  await offline([''], async (tab, own) => {
    await tab.goto(own.url('search/'));
    await type(tab, 'micro');
    assert.equal(await first(tab), 'Micro Disruptions');
    const isDressed = await tab.evaluate(() => document.fonts.check('1rem "Public Sans"'));
    assert.ok(isDressed, 'in full dress');
  });
});

test('a page that was seen is there without a network, another one says so', async () => {
  await offline(['', 'offerings/self-as-core/?from=mail'], async (tab, own) => {
    await tab.goto(own.url('offerings/self-as-core/'));
    assert.equal(await tab.locator('h1').innerText(), 'Self as Core');
    await tab.goto(own.url('pages/help/'));
    assert.equal(await tab.locator('h1').innerText(), 'You are offline');
    await tab.getByRole('link', { name: 'Self as Core' }).click();
    await tab.waitForURL('**/offerings/self-as-core/');
    await tab.getByRole('heading', { level: 1, name: 'Self as Core' }).waitFor();
  });
});

test('a site that was published anew takes the place of what was kept', async () => {
  let edition = 'aaaaaaaaaa';
  const changing = Object.create(site, {
    bytes: {
      value: (file) => {
        if (file !== 'service-worker.js') return site.bytes(file);
        return Buffer.from(site.text(file).replace(/VERSION = "\w+"/, `VERSION = "${edition}"`));
      },
    },
  });
  const own = await serveApart(changing);
  const context = await openReader(browser, own, { screen: PHONE, offline: true });
  const tab = await context.newPage();
  const areShells = async (expected) => {
    const names = await caches.keys();
    const shells = names.filter((one) => one.includes(' shell '));
    return shells.length === 1 && shells[0].endsWith(expected);
  };
  await tab.goto(own.url(''));
  await until(tab, areShells, edition);
  edition = 'bbbbbbbbbb';
  await tab.goto(own.url('plan/'));
  await until(tab, areShells, edition);
  await context.close();
});
