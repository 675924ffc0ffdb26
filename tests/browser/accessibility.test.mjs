// axe-core finds nothing: WCAG 2.0 to 2.2, levels A and AA, and good practice, on every type of
// page, on a phone and a desktop, light and dark, with everything closed and everything opened.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { axeFaults } from './axe.mjs';
import { builtSite, DESKTOP, launch, openReader, PHONE } from './browser.mjs';
import { serve } from './server.mjs';

const site = builtSite();
let server;
let browser;
const tabs = new Map();

before(async () => {
  server = await serve(site);
  browser = await launch();
  for (const screen of [PHONE, DESKTOP]) {
    const context = await openReader(browser, server, { screen });
    tabs.set(screen, await context.newPage());
  }
});

after(async () => {
  await browser?.close();
  await server?.close();
});

for (const { path, type } of site.samples()) {
  test(`axe finds nothing: ${type} /${path}`, async () => {
    const faults = [];
    for (const [screen, tab] of tabs) {
      await tab.goto(server.url(path));
      for (const fault of await axeFaults(tab)) faults.push(`${screen.width} px, ${fault}`);
    }
    assert.deepEqual(faults, []);
  });
}
