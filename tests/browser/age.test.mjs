// A page that was built long ago says so; one that was built lately does not.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { builtSite, launch, openReader, PHONE } from './browser.mjs';
import { serve } from './server.mjs';

const DAY = 24 * 60 * 60 * 1000;

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

// The words of the note on a page that is opened so many days after it was built.
async function noteAfter(days, path) {
  const context = await openReader(browser, server, { screen: PHONE });
  const built = Date.parse(site.text('index.html').match(/data-built="([^"]+)"/)[1]);
  await context.clock.setFixedTime(new Date(built + days * DAY));
  const tab = await context.newPage();
  await tab.goto(server.url(path), { waitUntil: 'load' });
  const note = tab.locator('.notice[data-age]');
  const words = (await note.count()) === 0 ? undefined : await note.innerText();
  await context.close();
  return words;
}

for (const path of ['', 'offerings/', 'schedule/']) {
  test(`/${path} says when it is old`, async () => {
    assert.equal(await noteAfter(0, path), undefined);
    assert.equal(await noteAfter(13, path), undefined);
    assert.match(
      await noteAfter(15, path),
      /^This page is as of \w+ \d+, \d{4}\. What has changed since then is not on it\.$/,
    );
  });
}
