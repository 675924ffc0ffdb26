// What a page weighs and how soon it is there, on every type of page: 50 kB on a first visit, all
// in, 15 kB for a page after that; nothing that moves. How soon the largest part is painted on a
// phone over a slow network is told, not judged: a busy machine would be judged with it.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { PAGE_TYPES } from '../validity/site.mjs';
import { builtSite, launch, openReader, PHONE } from './browser.mjs';
import { isPacked, pack, serve } from './server.mjs';

const FIRST_VISIT = 50_000;
const LATER_PAGE = 15_000;

// A phone on 4G as Lighthouse has it: 1.6 Mbit/s, 150 ms, a processor four times slower.
const NETWORK = { offline: false, latency: 150, downloadThroughput: 2e5, uploadThroughput: 94_000 };
const SLOWER = 4;

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

// What a host sends for a file: text compressed, fonts and pictures as they are.
function weight(file) {
  const bytes = site.bytes(file);
  return isPacked(file) ? pack(bytes).length : bytes.length;
}

// The files that a page asks for. `known` are those that the browser already has.
async function filesOf(context, path, known = new Set()) {
  const tab = await context.newPage();
  const files = new Set();
  tab.on('request', (request) => {
    const file = site.fileAt(new URL(request.url()).pathname);
    if (file && !known.has(file)) files.add(file);
  });
  await tab.goto(server.url(path), { waitUntil: 'networkidle' });
  await tab.close();
  return files;
}

const kilobytes = (files) =>
  [...files].map((file) => `${file} ${(weight(file) / 1000).toFixed(1)}`).join(', ');
const sum = (files) => [...files].reduce((all, file) => all + weight(file), 0);

// The longest page of every type: a shorter one is no heavier.
const LONGEST = PAGE_TYPES.map(([type]) => [type, site.sample(type)[0].path]);

// Most of the time goes by in waiting until no more is asked for: some pages wait together.
describe('weight', { concurrency: 4 }, () => {
  for (const [type, path] of LONGEST) {
    test(`weight: ${type} /${path}`, async () => {
      const context = await openReader(browser, server, { screen: PHONE });
      const first = await filesOf(context, path);
      assert.ok(sum(first) <= FIRST_VISIT, `${sum(first)} bytes: ${kilobytes(first)}`);
      const home = await filesOf(context, '');
      const later = await filesOf(context, path, home);
      later.add(site.fileAt(new URL(server.url(path)).pathname));
      assert.ok(sum(later) <= LATER_PAGE, `${sum(later)} bytes: ${kilobytes(later)}`);
      await context.close();
    });
  }
});

// One after the other, so that what is told of its speed is the page's own.
for (const [type, path] of LONGEST) {
  test(`speed and rest: ${type} /${path}`, async () => {
    const context = await openReader(browser, server, { screen: PHONE });
    const tab = await context.newPage();
    const session = await context.newCDPSession(tab);
    await session.send('Network.enable');
    await session.send('Network.emulateNetworkConditions', NETWORK);
    await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
    await tab.addInitScript(() => {
      window.seen = { largest: 0, shift: 0 };
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) window.seen.largest = entry.startTime;
      }).observe({ type: 'largest-contentful-paint', buffered: true });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) window.seen.shift += entry.value;
      }).observe({ type: 'layout-shift', buffered: true });
    });
    await tab.goto(server.url(path), { waitUntil: 'networkidle' });
    const { largest, shift } = await tab.evaluate(() => window.seen);
    console.log(`${type}: largest paint after ${Math.round(largest)} ms, shift ${shift.toFixed(3)}`);
    assert.ok(largest > 0, 'something was painted');
    assert.ok(shift < 0.005, `the page moved by ${shift}`);
    await context.close();
  });
}
