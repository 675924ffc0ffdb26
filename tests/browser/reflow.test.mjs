// Every type of page at the sizes, spacings, directions and colours that readers set for
// themselves: nothing is cut off, nothing is too small to hit, and the focus can always be seen.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { PAGE_TYPES } from '../validity/site.mjs';
import { builtSite, DESKTOP, launch, openReader, PHONE } from './browser.mjs';
import { serve } from './server.mjs';

const NARROW = { width: 320, height: 640 };

// What WCAG 1.4.12 lets a reader set.
const SPACING = `* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
  word-spacing: 0.16em !important; } p { margin-block-end: 2em !important; }`;

const site = builtSite();
let server;
let browser;
const tabs = new Map();
const sessions = new Map();

before(async () => {
  server = await serve(site);
  browser = await launch();
  for (const screen of [NARROW, PHONE, DESKTOP]) {
    const context = await openReader(browser, server, { screen });
    tabs.set(screen, await context.newPage());
  }
});

after(async () => {
  await browser?.close();
  await server?.close();
});

// The size of text that a reader sets in the browser.
async function setSize(tab, times) {
  sessions.set(tab, sessions.get(tab) ?? (await tab.context().newCDPSession(tab)));
  const fontSizes = { standard: 16 * times, fixed: 13 * times };
  await sessions.get(tab).send('Page.setFontSizes', { fontSizes });
}

// Runs in the page: sets what a reader sets for themselves. The page's policy does not hold for it.
function setReader({ css = '', direction = 'ltr' }) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [sheet];
  document.documentElement.dir = direction;
  for (const details of document.querySelectorAll('details')) details.open = true;
}

// Runs in the page: what is wider than the page, or has words that do not fit into it.
function findCut() {
  const found = [];
  const room = document.documentElement.clientWidth;
  const { scrollingElement } = document;
  if (scrollingElement.scrollWidth > room) {
    found.push(`the page is ${scrollingElement.scrollWidth - room} px too wide`);
  }
  for (const element of document.body.querySelectorAll('*')) {
    const { overflowX, overflowY } = getComputedStyle(element);
    // What only a screen reader hears is cut on purpose.
    if (element.clientWidth <= 1) continue;
    const name = `${element.localName}.${element.getAttribute('class') ?? ''}`;
    const isCut = (overflow, whole, shown) => /hidden|clip/.test(overflow) && whole > shown + 2;
    if (isCut(overflowX, element.scrollWidth, element.clientWidth)) found.push(`${name} is cut at its side`);
    if (isCut(overflowY, element.scrollHeight, element.clientHeight)) found.push(`${name} is cut below`);
  }
  return [...new Set(found)];
}

// Runs in the page: what one taps or clicks and is smaller than asked for. A link in a line of
// text is as high as the line (WCAG 2.5.8 makes that exception).
function findSmall(least) {
  const found = [];
  const targets = document.querySelectorAll('a[href], button, summary, select, input, textarea');
  for (const target of targets) {
    if (!target.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    const label = target.closest('label');
    const { width, height } = (label ?? target).getBoundingClientRect();
    const isInText = () => {
      if (getComputedStyle(target).display !== 'inline') return false;
      const block = target.parentElement.closest('p, li, dd, dt, td, th, div, h1, h2, h3, h4, figcaption');
      return block.innerText.trim().length > target.innerText.trim().length;
    };
    // What lies outside the page until it has the focus: the skip link.
    if (target.getBoundingClientRect().bottom <= 0) continue;
    // Heights of lines are rounded.
    if ((height > least - 0.5 && width > 23.5) || isInText()) continue;
    const name = target.getAttribute('class') ?? '';
    found.push(`${target.localName}.${name} “${target.innerText.slice(0, 30)}” ${Math.round(width)} × ${Math.round(height)}`);
  }
  return [...new Set(found)];
}

// Runs in the page: what the focus is on, and what is wrong with how it shows.
function lookAtFocus() {
  const here = document.activeElement;
  if (!here || here === document.body) return { end: true };
  const faults = [];
  const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(here);
  if (outlineStyle === 'none' || parseFloat(outlineWidth) < 2 || /, 0\)$/.test(outlineColor)) {
    faults.push('no outline');
  }
  const box = here.getClientRects()[0] ?? here.getBoundingClientRect();
  const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
  if (y < 0 || y > innerHeight || x < 0 || x > innerWidth) faults.push('out of sight');
  else {
    const top = document.elementFromPoint(x, y);
    const isOurs = top && (here.contains(top) || top.contains(here));
    if (!isOurs) faults.push(`covered by ${top?.localName}.${top?.className}`);
  }
  const what = `${here.localName}.${here.className} “${(here.innerText ?? '').slice(0, 30)}”`;
  const first = here.dataset.seenByTest === 'true';
  here.dataset.seenByTest = 'true';
  return { end: first, what, faults };
}

const SETTINGS = [
  ['spaced text', NARROW, { css: SPACING }],
  ['right to left', NARROW, { direction: 'rtl' }],
  ['text of 200 %', PHONE, { size: 2 }],
  ['spaced text', DESKTOP, { css: SPACING }],
  ['text of 200 %', DESKTOP, { size: 2 }],
  ['right to left', DESKTOP, { direction: 'rtl' }],
];
const TARGETS = [
  [PHONE, 44],
  [DESKTOP, 24],
];
const MOST_STOPS = 70;

for (const [type] of PAGE_TYPES) {
  const [{ path }] = site.sample(type);

  test(`at every size, spacing and direction nothing is cut: ${type} /${path}`, async () => {
    const faults = [];
    for (const tab of tabs.values()) await tab.goto(server.url(path));
    for (const [name, screen, settings] of SETTINGS) {
      const tab = tabs.get(screen);
      await setSize(tab, settings.size ?? 1);
      await tab.evaluate(setReader, settings);
      const cut = await tab.evaluate(findCut);
      faults.push(...cut.map((fault) => `${screen.width} px, ${name}: ${fault}`));
      await setSize(tab, 1);
    }
    assert.deepEqual(faults, []);
  });

  test(`what one taps is large enough: ${type} /${path}`, async () => {
    const faults = [];
    for (const [screen, least] of TARGETS) {
      const tab = tabs.get(screen);
      await tab.evaluate(setReader, {});
      const small = await tab.evaluate(findSmall, least);
      faults.push(...small.map((fault) => `${screen.width} px: ${fault}`));
    }
    assert.deepEqual(faults, []);
  });

  test(`the focus is seen and not covered: ${type} /${path}`, async () => {
    const faults = new Set();
    for (const screen of [PHONE, DESKTOP]) {
      const tab = tabs.get(screen);
      await tab.goto(server.url(path));
      let stops = 0;
      for (; stops < MOST_STOPS; stops += 1) {
        await tab.keyboard.press('Tab');
        const seen = await tab.evaluate(lookAtFocus);
        if (seen.end) break;
        for (const fault of seen.faults) faults.add(`${screen.width} px: ${seen.what}: ${fault}`);
      }
      assert.ok(stops > 5, `${stops} stops`);
    }
    assert.deepEqual([...faults], []);
  });
}

test('with forced colours a state, a choice and the focus still differ from what is around', async () => {
  const context = await browser.newContext({ viewport: PHONE, forcedColors: 'active' });
  const tab = await context.newPage();
  await tab.goto(server.url('offerings/'));
  const { badge, icon, page } = await tab
    .locator('.state__badge')
    .first()
    .evaluate((element) => ({
      badge: getComputedStyle(element).color,
      icon: getComputedStyle(element.querySelector('svg')).fill,
      page: getComputedStyle(document.body).backgroundColor,
    }));
  assert.notEqual(badge, page);
  assert.notEqual(icon, page);
  const button = tab.locator('button[data-plan]').first();
  const look = () =>
    button.evaluate((element) => {
      const { backgroundColor, borderTopStyle, borderTopWidth } = getComputedStyle(element);
      return { backgroundColor, border: `${borderTopStyle} ${borderTopWidth}`, words: element.innerHTML };
    });
  const before = await look();
  assert.match(before.border, /^solid [1-9]/);
  await button.click();
  assert.notDeepEqual(await look(), before, 'pressed looks other than not pressed');
  await context.close();
});
