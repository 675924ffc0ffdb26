// axe-core finds nothing: WCAG 2.0 to 2.2, levels A and AA, and good practice, on every type of
// page, on a phone and a desktop, light and dark, with everything closed and everything opened.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import axe from 'axe-core';
import { builtSite, DESKTOP, launch, openReader, PHONE } from './browser.mjs';
import { serve } from './server.mjs';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const READERS = [PHONE, DESKTOP].flatMap((screen) =>
  ['light', 'dark'].map((scheme) => ({ screen, scheme })),
);

const site = builtSite();
let server;
let browser;
const contexts = new Map();

before(async () => {
  server = await serve(site);
  browser = await launch();
  for (const reader of READERS) contexts.set(reader, await openReader(browser, server, reader));
});

after(async () => {
  await browser?.close();
  await server?.close();
});

for (const { path, type } of site.samples()) {
  test(`axe finds nothing: ${type} /${path}`, async () => {
    const faults = [];
    for (const reader of READERS) {
      const tab = await contexts.get(reader).newPage();
      await tab.goto(server.url(path));
      await tab.evaluate(axe.source);
      const closed = await tab.evaluate(runAxe, { tags: TAGS });
      const opened = await tab.evaluate(runAxe, { tags: TAGS, open: true });
      for (const fault of new Set([...closed, ...opened])) {
        faults.push(`${reader.screen.width} px, ${reader.scheme}: ${fault}`);
      }
      await tab.close();
    }
    assert.deepEqual(faults, []);
  });
}

// Runs in the page: what axe finds in all of it, or, opened, in what opens and closes.
async function runAxe({ tags, open = false }) {
  const parts = [...document.querySelectorAll('details:not([open])')];
  if (open && parts.length === 0) return [];
  if (open) for (const part of parts) part.open = true;
  const where = open ? { include: parts } : document;
  const { violations, passes } = await window.axe.run(where, {
    runOnly: { type: 'tag', values: tags },
  });
  if (passes.length === 0) return ['axe looked at nothing'];
  return violations.flatMap(({ id, impact, nodes }) =>
    nodes.map(({ target, failureSummary }) => {
      const why = failureSummary.replace(/^Fix (any|all) of the following:/, '').trim();
      return `${id} (${impact}) ${target.join(' ')}: ${why.replace(/\s+/g, ' ')}`;
    }),
  );
}
