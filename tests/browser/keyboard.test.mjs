// The first key press: a reader without a mouse gets past the menu.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
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
  test(`the skip link comes first and leads to the content: ${type} /${path}`, async () => {
    for (const tab of tabs.values()) {
      await tab.goto(server.url(path));

      await tab.keyboard.press('Tab');
      const link = await tab.evaluate(focusedLink);
      assert.match(link.href ?? '', /^#./, `the first stop is ${link.what}`);
      assert.ok(link.visible, 'it can be seen while it has the focus');

      await tab.keyboard.press('Enter');
      const arrived = await tab.evaluate(
        (id) => document.activeElement === document.getElementById(id),
        decodeURIComponent(link.href.slice(1)),
      );
      assert.ok(arrived, `the focus moves to ${link.href}`);
      assert.ok(await tab.locator('main:focus h1').isVisible(), 'that is main, with the h1');

      await tab.keyboard.press('Tab');
      const back = await tab.evaluate(() => {
        const main = document.querySelector('main');
        const here = document.activeElement;
        return here !== document.body && !!(main.compareDocumentPosition(here) & 2);
      });
      assert.ok(!back, 'the next stop is not in front of the content');
    }
  });
}

// Runs in the page.
function focusedLink() {
  const here = document.activeElement;
  const box = here.getBoundingClientRect();
  const inside =
    box.width > 1 &&
    box.height > 1 &&
    box.left >= 0 &&
    box.top >= 0 &&
    box.right <= innerWidth &&
    box.bottom <= innerHeight;
  return {
    href: here.getAttribute('href'),
    what: here.outerHTML.slice(0, 80),
    visible: inside && here.checkVisibility({ opacityProperty: true, visibilityProperty: true }),
  };
}
