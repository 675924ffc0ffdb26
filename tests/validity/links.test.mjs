// The link checker finds what is broken and nothing else.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { folderWith, pageWith } from './folder.mjs';
import { checkLinks } from './links.mjs';
import { Site } from './site.mjs';

const URL_OF_SITE = 'https://learning.example.org/leaders/';

// The faults of a site as `file:line target: reason`.
function faultsOf(t, files, url = URL_OF_SITE) {
  const home = { 'index.html': pageWith('') };
  const site = new Site(folderWith(t, { ...home, ...files }), url);
  return checkLinks(site).faults.map(
    ({ file, line, target, reason }) => `${file}${line ? `:${line}` : ''} ${target}: ${reason}`,
  );
}

// The faults of the home page with this in its `<main>`, without the place.
function faultsIn(t, main, files = {}) {
  return faultsOf(t, { 'index.html': pageWith(main), ...files }).map((fault) =>
    fault.replace(/^index\.html:\d+ /, ''),
  );
}

test('a sound site has no fault', (t) => {
  const faults = faultsOf(t, {
    'index.html': pageWith(
      `<p><a href="/leaders/offerings/">Offerings</a>
<a href="offerings/#first">The first</a>
<a href="https://learning.example.org/leaders/offerings/?kind=series#first">The same</a>
<a href="#main">Up</a> <a href="#top">Up</a> <a href="">Here</a>
<a href="webcal://learning.example.org/leaders/calendar/all.ics">Subscribe</a>
<a href="https://other.example.com/nowhere">Elsewhere</a>
<a href="mailto:learning@example.org">Write</a> <a href="tel:+15550100">Call</a></p>
<svg aria-hidden="true"><use href="#leaf"/></svg><svg><symbol id="leaf"></symbol></svg>
<img src="files/a%20b.png" srcset="files/a%20b.png 1x, files/c.png 2x" alt="">`,
      { head: '<link rel="stylesheet" href="/leaders/assets/site.css">\n' },
    ),
    'offerings/index.html': pageWith('<h2 id="first">First</h2><a href="../">Home</a>'),
    'old/index.html': '<meta http-equiv="refresh" content="0; url=/leaders/offerings/">',
    'assets/site.css': '@import "more.css"; a { background: url(../files/c.png) }',
    'assets/more.css': '/* url(nothing.png) */ b { background: url("data:image/png;base64,AA") }',
    'assets/app.js': "import { a } from './part.js';\nimport './part.js';\n",
    'assets/part.js': 'export const a = 1;\n',
    'files/a b.png': '',
    'files/c.png': '',
    'calendar/all.ics': 'BEGIN:VCALENDAR\r\nURL:https://learning.example.org/leaders/offer\r\n ings/\r\n',
    'feed.json': '{"items": [{"url": "https://learning.example.org/leaders/offerings/#first"}]}',
    'sitemap.xml': '<urlset xmlns="x"><url><loc>https://learning.example.org/leaders/</loc></url></urlset>',
    'robots.txt': 'Sitemap: https://learning.example.org/leaders/sitemap.xml\n',
    'site.webmanifest': '{"start_url": "./", "icons": [{"src": "files/c.png"}]}',
  });
  assert.deepEqual(faults, []);
});

test('a link to a page that is not there', (t) => {
  assert.deepEqual(faultsOf(t, { 'index.html': pageWith('\n<a href="gone/">Gone</a>') }), [
    'index.html:13 gone/: no such page or file',
  ]);
});

test('a link is told from one that differs in case', (t) => {
  const files = { 'Offerings/index.html': pageWith('') };
  assert.deepEqual(faultsIn(t, '<a href="offerings/">x</a>', files), [
    'offerings/: no such page or file',
  ]);
});

test('a link to a folder without its slash', (t) => {
  const files = { 'offerings/index.html': pageWith('') };
  assert.deepEqual(faultsIn(t, '<a href="offerings">x</a>', files), [
    'offerings: needs a slash at the end',
  ]);
});

test('a fragment that is not on its page', (t) => {
  const files = { 'offerings/index.html': pageWith('<h2 id="here">Here</h2>') };
  assert.deepEqual(
    faultsIn(t, '<a href="#nowhere">x</a> <a href="offerings/#there">y</a>', files),
    ['#nowhere: index.html has no #nowhere', 'offerings/#there: offerings/index.html has no #there'],
  );
});

test('a fragment with letters that addresses escape', (t) => {
  const main = '<h2 id="été">Été</h2> <a href="#été">x</a> <a href="#%C3%A9t%C3%A9">y</a>';
  assert.deepEqual(faultsIn(t, main), []);
});

test('a picture in a sprite that is not there', (t) => {
  const files = { 'sprite.svg': '<svg xmlns="http://www.w3.org/2000/svg"><symbol id="a"/></svg>' };
  const main = '<svg><use href="sprite.svg#a"/></svg><svg><use href="sprite.svg#b"/></svg>';
  assert.deepEqual(faultsIn(t, main, files), ['sprite.svg#b: sprite.svg has no #b']);
});

test('a link that leaves the base path', (t) => {
  assert.deepEqual(
    faultsIn(t, '<a href="/offerings/">x</a> <a href="../">y</a> <a href="/leaders">z</a>'),
    [
      '/offerings/: leaves the base path /leaders/',
      '../: leaves the base path /leaders/',
      '/leaders: leaves the base path /leaders/',
    ],
  );
});

test('a site at the root has no base path to leave', (t) => {
  const files = { 'index.html': pageWith('<a href="/">x</a> <a href="../">y</a>') };
  assert.deepEqual(faultsOf(t, files, 'https://example.org'), []);
});

test('an address of the site with another scheme', (t) => {
  assert.deepEqual(faultsIn(t, '<a href="http://learning.example.org/leaders/">x</a>'), [
    'http://learning.example.org/leaders/: not https:',
  ]);
});

test('addresses that nobody can follow', (t) => {
  const main = '<a href="javascript:void(0)">x</a> <a href="file:///tmp/a">y</a> <img src="" alt="">';
  assert.deepEqual(faultsIn(t, main), [
    'javascript:void(0): a script, not an address',
    'file:///tmp/a: a file on the machine that built the site',
    ': an empty address',
  ]);
});

test('a base element', (t) => {
  assert.deepEqual(
    faultsOf(t, { 'index.html': pageWith('', { head: '<base target="_top">\n' }) }),
    ['index.html:8 <base>: changes what every other link means'],
  );
});

test('a canonical link, a redirect and a preview picture are links too', (t) => {
  const head = `<link rel="canonical" href="https://learning.example.org/leaders/a/">
<meta property="og:image" content="https://learning.example.org/leaders/b.png">
`;
  const faults = faultsOf(t, {
    'index.html': pageWith('', { head }),
    'old/index.html': '<meta http-equiv="refresh" content="0; url=\'/leaders/new/\'">',
  });
  assert.deepEqual(faults, [
    'index.html:8 https://learning.example.org/leaders/a/: no such page or file',
    'index.html:9 https://learning.example.org/leaders/b.png: no such page or file',
    'old/index.html:1 /leaders/new/: no such page or file',
  ]);
});

test('JSON-LD: a link must lead somewhere, an identifier need not have its fragment', (t) => {
  const data = {
    '@id': 'https://learning.example.org/leaders/#organization',
    url: 'https://learning.example.org/leaders/#organization',
  };
  const main = `<script type="application/ld+json">${JSON.stringify(data)}</script>`;
  assert.deepEqual(faultsIn(t, main), [
    'https://learning.example.org/leaders/#organization: index.html has no #organization',
  ]);
});

test('styles and scripts', (t) => {
  const faults = faultsOf(t, {
    'assets/site.css': '/* a\n comment */\n@font-face { src: url(fonts/gone.woff2) }\n@import "b.css";',
    'assets/app.js': "import {\n  a,\n} from './gone.js';\nconst b = await import('./also-gone.js');\n",
  });
  assert.deepEqual(faults, [
    'assets/app.js:1 ./gone.js: no such page or file',
    'assets/app.js:4 ./also-gone.js: no such page or file',
    'assets/site.css:3 fonts/gone.woff2: no such page or file',
    'assets/site.css:4 b.css: no such page or file',
  ]);
});

test('data, calendars, feeds and text', (t) => {
  const gone = 'https://learning.example.org/leaders/gone/';
  const faults = faultsOf(t, {
    'api/v1/offerings.json': JSON.stringify([
      { url: gone, file: `${gone}{id}.json` },
      { image: { src: '/leaders/no.png' } },
    ]),
    'calendar/all.ics': `URL:${gone.slice(0, 30)}\r\n ${gone.slice(30)}\r\nDESCRIPTION:See ${gone}\\nor call\r\n`,
    'feed.atom': `<feed><link href="${gone}?a=1&amp;b=2"/><summary>&lt;a href="${gone}"&gt;</summary></feed>`,
    'robots.txt': `Sitemap: ${gone}.\n`,
  });
  assert.deepEqual(faults, [
    `api/v1/offerings.json ${gone}: no such page or file`,
    'api/v1/offerings.json /leaders/no.png: no such page or file',
    `calendar/all.ics:1 ${gone}: no such page or file`,
    `calendar/all.ics:2 ${gone}: no such page or file`,
    `feed.atom:1 ${gone}?a=1&b=2: no such page or file`,
    `feed.atom:1 ${gone}: no such page or file`,
    `robots.txt:1 ${gone}: no such page or file`,
  ]);
});

test('JSON that is none', (t) => {
  const faults = faultsOf(t, { 'feed.json': '{' });
  assert.equal(faults.length, 1);
  assert.match(faults[0], /^feed\.json feed\.json: not JSON: /);
});

test('a folder without a site is not a site without faults', (t) => {
  assert.throws(() => new Site(folderWith(t, { 'a.txt': '' }), URL_OF_SITE), /no built site/);
});
