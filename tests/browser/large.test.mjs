// A catalog of many: its lists come in parts, its months have pages for their days, and none of its
// pages is more than a phone can open. The site is of a generated catalog of 700 offerings.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { axeFaults } from './axe.mjs';
import { builtSite, DESKTOP, launch, openReader, PHONE, record } from './browser.mjs';
import { serve } from './server.mjs';

const OFFERINGS = 700;
const HEAVIEST = 50_000;

const site = builtSite();
let server;
let browser;

before(async () => {
  server = await serve(site);
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await server?.close();
});

const day = site.sample('day')[0];

test('every page is of a known type, and months have pages for their days', () => {
  const unknown = site.pages().filter((page) => !page.type);
  assert.deepEqual(unknown.map((page) => page.path), []);
  assert.ok(day, 'there is a page of a day');
});

test('no page weighs more than a phone can open', () => {
  const heavy = site
    .pages()
    .map(({ path, file }) => ({ path, weight: gzipSync(site.bytes(file)).length }))
    .filter(({ weight }) => weight > HEAVIEST);
  assert.deepEqual(heavy, []);
});

for (const path of ['offerings/', 'roles/principal/', 'years/2026-27/']) {
  test(`from part to part every offering is met once: /${path}`, async () => {
    const context = await openReader(browser, server, { screen: PHONE, scripts: false });
    const tab = await context.newPage();
    await tab.goto(server.url(path));
    const met = [];
    const titles = new Set();
    for (;;) {
      titles.add(await tab.title());
      met.push(...(await tab.locator('.offering-row__title a').evaluateAll((all) => all.map((a) => a.href))));
      const next = tab.locator('a[rel=next]');
      if ((await next.count()) === 0) break;
      assert.ok(titles.size < OFFERINGS, 'there is an end');
      await next.first().click();
    }
    assert.equal(met.length, OFFERINGS);
    assert.equal(new Set(met).size, OFFERINGS);
    assert.equal(titles.size, OFFERINGS / 100, 'every part has a title of its own');
    await context.close();
  });
}

test('from a month to a day, and on to the next', async () => {
  const context = await openReader(browser, server, { screen: PHONE });
  const tab = await context.newPage();
  await tab.goto(server.url('schedule/2027-01/'));
  await tab.getByRole('link', { name: /January \d+, 2027$/ }).first().click();
  const first = tab.url();
  assert.match(first, /schedule\/2027-01-\d\d\/$/);
  await tab.locator('a[rel=next]').first().click();
  assert.match(tab.url(), /schedule\/2027-01-\d\d\/$/);
  assert.notEqual(tab.url(), first);
  await context.close();
});

const paths = [
  '',
  'offerings/',
  'offerings/page/7/',
  'roles/principal/page/2/',
  'years/2026-27/page/3/',
  'print/',
  'schedule/',
  'schedule/2027-01/',
  day?.path ?? 'schedule/2027-01-04/',
];
for (const path of paths) {
  test(`a large page is as good as a small one: /${path}`, async () => {
    const readers = [
      { screen: PHONE, scheme: 'light' },
      { screen: DESKTOP, scheme: 'dark' },
    ];
    for (const reader of readers) {
      const context = await openReader(browser, server, reader);
      const tab = await context.newPage();
      const log = record(tab, server);
      await tab.goto(server.url(path));
      const { errors, failed } = log.take();
      assert.deepEqual({ errors, failed }, { errors: [], failed: [] });
      assert.deepEqual([...(await axeFaults(tab, [reader.scheme]))], []);
      await tab.setViewportSize({ width: 320, height: 640 });
      const width = await tab.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(width <= 320, `${width} px wide`);
      await context.close();
    }
  });
}
