// Lighthouse on every type of page, as on a phone: 100 of 100 for speed, accessibility, good
// practice and search engines. Its clock is simulated, so that a busy machine counts for less.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import lighthouse from 'lighthouse';
import { PAGE_TYPES } from '../validity/site.mjs';
import { builtSite, launch } from './browser.mjs';
import { serve } from './server.mjs';

const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'];
// What a page is taken for that search engines are asked to pass over, or that is sent with
// "not found": Lighthouse counts both against it.
const NOT_LISTED = ['plan', 'print', 'search', 'sheet', 'not-found', 'offline'];
// A slow moment of the machine is not the page's: the best of so many tries counts.
const TRIES = 3;
const PORT = 9333;

const site = builtSite();
let server;
let browser;

before(async () => {
  server = await serve(site);
  browser = await launch([`--remote-debugging-port=${PORT}`]);
});

after(async () => {
  await browser?.close();
  await server?.close();
});

async function marks(url, categories) {
  const flags = { port: PORT, onlyCategories: categories, output: [], logLevel: 'error' };
  const { lhr } = await lighthouse(url, flags);
  assert.equal(lhr.runtimeError, undefined, lhr.runtimeError?.message);
  const low = Object.values(lhr.categories)
    .filter(({ score }) => score !== 1)
    .map(({ title, score, auditRefs }) => {
      const why = auditRefs
        .filter(({ id, weight }) => weight > 0 && lhr.audits[id].score !== null && lhr.audits[id].score < 1)
        .map(({ id }) => `${id} ${lhr.audits[id].displayValue ?? ''}`.trim());
      return `${title} ${Math.round(score * 100)}: ${why.join(', ')}`;
    });
  const paint = lhr.audits['largest-contentful-paint']?.numericValue;
  return { low, paint, shift: lhr.audits['cumulative-layout-shift']?.numericValue };
}

for (const [type] of PAGE_TYPES) {
  const [{ path }] = site.sample(type);

  test(`full marks: ${type} /${path}`, async () => {
    const categories = CATEGORIES.filter((one) => one !== 'seo' || !NOT_LISTED.includes(type));
    let last;
    for (let tries = 0; tries < TRIES; tries += 1) {
      last = await marks(server.url(path), categories);
      if (last.low.length === 0) break;
    }
    console.log(`${type}: largest paint after ${Math.round(last.paint)} ms, shift ${last.shift}`);
    assert.deepEqual(last.low, []);
  });
}
