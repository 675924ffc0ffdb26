// What holds for every page of the site.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { PAGE_TYPES } from '../validity/site.mjs';
import { builtSite, launch, openReader, PHONE, record } from './browser.mjs';
import { serve } from './server.mjs';

// The width to which WCAG 1.4.10 asks a page to reflow.
const NARROW = { width: 320, height: 640 };

const site = builtSite();
let server;
let browser;
// What each page showed when a reader with a narrow screen opened it.
const seen = [];

before(async () => {
  server = await serve(site);
  browser = await launch();
  const context = await openReader(browser, server, { screen: NARROW });
  const tab = await context.newPage();
  const log = record(tab, server);
  for (const { path } of site.pages()) {
    await tab.goto(server.url(path), { waitUntil: 'load' });
    const facts = await tab.evaluate(readPage);
    seen.push({ path, ...facts, ...log.take(), cookies: await context.cookies() });
    await context.clearCookies();
  }
  await context.close();
});

after(async () => {
  await browser?.close();
  await server?.close();
});

// Runs in the page.
function readPage() {
  const { scrollingElement, documentElement } = document;
  const room = documentElement.clientWidth;
  const isHeld = (element) => {
    for (let one = element.parentElement; one && one !== document.body; one = one.parentElement) {
      const style = getComputedStyle(one);
      if (style.overflowX !== 'visible' || style.position === 'fixed') return true;
    }
    return false;
  };
  const wide = [...document.body.querySelectorAll('*')]
    .filter((element) => element.getBoundingClientRect().right > room + 1 && !isHeld(element))
    .map((element) => `${element.localName}.${element.className}`);
  return {
    lang: documentElement.lang,
    headings: [...document.querySelectorAll('h1')].map((heading) => heading.innerText.trim()),
    title: document.title.trim(),
    overflow: scrollingElement.scrollWidth - room,
    wide: [...new Set(wide)].slice(0, 5),
    policies: [...document.querySelectorAll('meta[http-equiv="Content-Security-Policy" i]')].map(
      (meta) => meta.content,
    ),
    violations: window.policyViolations,
  };
}

// One line for every page about which there is something to say.
function everyPage(say) {
  const faults = seen.flatMap((page) => {
    const said = say(page);
    return said ? [`/${page.path}: ${said}`] : [];
  });
  assert.deepEqual(faults, []);
  assert.equal(seen.length, site.pages().length, 'every page was opened');
}

test('every type of page is there, and none that the tests do not know', () => {
  const known = site.pages().map((page) => page.type);
  const missing = PAGE_TYPES.map(([type]) => type).filter((type) => !known.includes(type));
  assert.deepEqual(missing, [], 'types of which the site has no page');
  const unknown = site.pages().filter((page) => !page.type);
  assert.deepEqual(unknown.map((page) => page.path), [], 'pages of an unknown type');
});

test('the page says its language', () => {
  everyPage(({ lang }) => !/^[a-z]{2,3}(-[A-Za-z0-9]+)*$/.test(lang) && `lang="${lang}"`);
});

test('the page has one h1, with words in it', () => {
  everyPage(({ headings }) => {
    const sound = headings.length === 1 && headings[0] !== '';
    return !sound && `${headings.length}: ${headings.join(' | ')}`;
  });
});

test('the title tells the page from every other', () => {
  const first = new Map();
  everyPage(({ path, title }) => {
    if (title === '') return 'no title';
    if (first.has(title)) return `"${title}", like /${first.get(title)}`;
    first.set(title, path);
    return undefined;
  });
});

test('nothing scrolls sideways at 320 px', () => {
  everyPage(({ overflow, wide }) => overflow > 0 && `${overflow} px too wide: ${wide.join(', ')}`);
});

test('the console shows no error', () => {
  everyPage(({ errors }) => errors.join('; '));
});

test('everything that a page asks for is there', () => {
  everyPage(({ failed }) => failed.join('; '));
});

test('nothing is asked of another site', () => {
  everyPage(({ foreign }) => foreign.join('; '));
});

test('no cookie is set', () => {
  everyPage(({ cookies }) => cookies.map(({ name }) => name).join('; '));
});

test('the page carries a policy that allows the site itself alone, and keeps it', () => {
  everyPage(({ policies, violations }) => {
    if (policies.length !== 1) return `${policies.length} policies`;
    const sources = policies[0].split(';').flatMap((rule) => rule.trim().split(/\s+/).slice(1));
    const loose = sources.filter((source) => !/^'(self|none|wasm-unsafe-eval)'$/.test(source));
    if (loose.length > 0) return `allows ${loose.join(' ')}`;
    if (!/(^|;)\s*default-src\s/.test(policies[0])) return 'no default-src';
    return violations.join('; ');
  });
});

test('an address that is not there shows the page that says so, in full dress', async () => {
  const context = await openReader(browser, server, { screen: PHONE });
  const tab = await context.newPage();
  const log = record(tab, server);
  const response = await tab.goto(server.url('offerings/no/such/offering/'));
  assert.equal(response.status(), 404);
  assert.ok(await tab.locator('h1').isVisible());
  assert.ok(await tab.locator(`a[href="${site.base}"]`).first().isVisible(), 'a way home');
  // Chromium says of the page itself that it was not found, and must have nothing else to say.
  const { errors, foreign } = log.take();
  assert.equal(errors.length, 1, errors.join('; '));
  assert.deepEqual(foreign, []);
  await context.close();
});

for (const { path, type } of site.samples()) {
  test(`without JavaScript everything can be read: ${type} /${path}`, async () => {
    const context = await openReader(browser, server, { screen: PHONE, scripts: false });
    const tab = await context.newPage();
    await tab.goto(server.url(path));
    assert.ok(await tab.locator('h1').isVisible(), 'the h1 can be seen');
    const { text, hidden } = await tab.locator('main').evaluate((main) => {
      for (const details of document.querySelectorAll('details')) details.open = true;
      // A link may stand twice, for a wide screen and for a narrow one: one of them must show.
      const shown = new Map();
      for (const link of main.querySelectorAll('a[href]')) {
        const href = link.getAttribute('href');
        // What only a script shows is no loss without one.
        if (link.closest('.scripted, [hidden]')) continue;
        shown.set(href, shown.get(href) || link.checkVisibility({ visibilityProperty: true }));
      }
      const hidden = [...shown].filter(([, visible]) => !visible).map(([href]) => href);
      return { text: main.innerText.trim(), hidden };
    });
    assert.ok(text.length >= 40, `there is something to read, not just "${text}"`);
    assert.deepEqual(hidden, [], 'links that cannot be reached');
    await context.close();
  });
}
