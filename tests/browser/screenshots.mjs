// Takes pictures of pages: phone and desktop, light and dark, what shows first and the whole page.
//
//   node tests/browser/screenshots.mjs SITE_DIR OUT_DIR [PATH ...]
//
// A PATH is what follows the site's address: `offerings/self-as-core/`, or `/` for home. Without
// one, the longest page of every type is taken. The pictures of offerings/self-as-core/ are
// offerings-self-as-core-390-light-first.png, offerings-self-as-core-390-light-whole.png, …
// SITE_NOW, a local time, is the moment that pages take for the present.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { PAGE_TYPES, Site } from '../validity/site.mjs';
import { DESKTOP, launch, openReader, PHONE } from './browser.mjs';
import { serve } from './server.mjs';

const [siteFolder, pictures, ...asked] = process.argv.slice(2);
if (!siteFolder || !pictures) {
  console.error('usage: node screenshots.mjs SITE_DIR OUT_DIR [PATH ...]');
  process.exit(2);
}

const site = new Site(siteFolder, process.env.SITE_URL || undefined);
const paths =
  asked.length > 0
    ? asked.map((path) => path.replace(/^\/+/, ''))
    : PAGE_TYPES.flatMap(([type]) => site.sample(type).slice(0, 1)).map(({ path }) => path);
const missing = paths.filter((path) => site.fileAt(`${site.base}${path}`) === undefined);
if (missing.length > 0) {
  console.error(`no such page: ${missing.map((path) => `/${path}`).join(', ')}`);
  process.exit(1);
}

mkdirSync(pictures, { recursive: true });
const server = await serve(site);
const browser = await launch();
try {
  for (const screen of [PHONE, DESKTOP]) {
    for (const scheme of ['light', 'dark']) {
      const context = await openReader(browser, server, { screen, scheme });
      const tab = await context.newPage();
      for (const path of paths) {
        await tab.goto(server.url(path));
        await tab.evaluate(() => document.fonts.ready.then(() => undefined));
        const name = path.replace(/\.html$/, '').split('/').filter(Boolean).join('-') || 'home';
        const start = join(pictures, `${name}-${screen.width}-${scheme}`);
        await tab.screenshot({ path: `${start}-first.png` });
        await tab.screenshot({ path: `${start}-whole.png`, fullPage: true });
        console.log(`${start}-{first,whole}.png`);
      }
      await context.close();
    }
  }
} finally {
  await browser.close();
  await server.close();
}
