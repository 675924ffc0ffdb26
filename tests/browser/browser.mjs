// Chromium before the built site: one way to start it, one way to open it as a reader with a
// certain screen, and a record of what went wrong while a page was open.
//
// What is tested comes from the environment; `tests/run` sets it:
//   SITE_DIR  the built site
//   SITE_URL  the `url` of catalog.yaml; without it, what the home page says of itself
//   SITE_NOW  the moment for which the site was built, as a local time in the zone TZ

import { chromium } from 'playwright-core';
import { Site } from '../validity/site.mjs';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-quic',
  '--disable-sync',
  '--no-first-run',
];

export const PHONE = { width: 390, height: 844 };
export const DESKTOP = { width: 1280, height: 900 };

export function builtSite() {
  const { SITE_DIR, SITE_URL } = process.env;
  if (!SITE_DIR) throw new Error('SITE_DIR names no built site; tests/run sets it');
  return new Site(SITE_DIR, SITE_URL || undefined);
}

export function launch(more = []) {
  const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
  return chromium.launch({ executablePath, args: [...FLAGS, ...more] });
}

// A reader: a screen, a colour scheme, with JavaScript or without, at the moment of the build.
// Requests to other sites are cut off, and nothing is kept for offline unless that is tested.
export async function openReader(browser, server, reader) {
  const { screen, scheme = 'light', scripts = true, offline = false } = reader;
  const context = await browser.newContext({
    viewport: screen,
    colorScheme: scheme,
    javaScriptEnabled: scripts,
    reducedMotion: 'reduce',
    serviceWorkers: offline ? 'allow' : 'block',
  });
  context.setDefaultTimeout(15_000);
  if (process.env.SITE_NOW) await context.clock.setFixedTime(new Date(process.env.SITE_NOW));
  await context.route(
    (url) => url.origin !== server.origin,
    (route) => route.abort(),
  );
  await context.addInitScript(() => {
    window.policyViolations = [];
    document.addEventListener('securitypolicyviolation', (event) => {
      const what = event.blockedURI || event.sample;
      window.policyViolations.push(`${event.effectiveDirective} forbids ${what}`);
    });
  });
  return context;
}

// Writes down what goes wrong in a tab from now on. `take()` gives it and begins anew.
export function record(page, server) {
  let errors = [];
  let foreign = [];
  let failed = [];
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (/^https?:$/.test(url.protocol) && url.origin !== server.origin) foreign.push(url.href);
  });
  page.on('response', (response) => {
    const path = response.url().slice(server.origin.length);
    if (response.status() >= 400) failed.push(`${path}: ${response.status()}`);
  });
  return {
    take() {
      const taken = { errors, foreign, failed };
      errors = [];
      foreign = [];
      failed = [];
      return taken;
    },
  };
}
