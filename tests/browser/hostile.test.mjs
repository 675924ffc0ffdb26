// A catalog by somebody who means no good: more than 100 attacks in every text, Markdown, address
// and path. What convene does not refuse is built, and read by a browser that is not even held by
// the security policy: no script runs, no attribute breaks out, nothing is asked of another site,
// and no file is written elsewhere.
//
// CONVENE is the program; `tests/run` sets it.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { Site } from '../validity/site.mjs';
import { ALLOWED_URLS, MARKDOWN, PATHS, TEXT, URLS } from './attacks.mjs';
import { DESKTOP, launch } from './browser.mjs';
import { serve } from './server.mjs';

const CONVENE = process.env.CONVENE ?? 'target/release/convene';
const NOW = '2026-11-24';
const POLICY = 'html: sanitize\n';
// Pictures of the attacks lead nowhere and have no words; that would be an error.
const ALLOW = 'allow: [image-without-alt, broken-link]\n';

let folder;

// JSON is YAML, and says every character that can be said.
const quoted = (text) =>
  JSON.stringify(text).replace(/[\u007f-\uffff]/g, (unit) => {
    return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });

// A character outside the first plane is one escape in YAML, not two.
const yaml = (text) =>
  [...text].some((char) => char.codePointAt(0) > 0xffff)
    ? `"${[...text].map(escaped).join('')}"`
    : quoted(text);

function escaped(char) {
  const code = char.codePointAt(0);
  if (code > 0xffff) return `\\U${code.toString(16).padStart(8, '0')}`;
  return quoted(char).slice(1, -1);
}

const at = (list, index) => list[index % list.length];
const cut = (text, most) => [...text].slice(0, most).join('');

function catalog(attack, more = '') {
  const entries = (list, of) =>
    list.map((text, index) => `  x${index}: { ${of(text, index)} }\n`).join('');
  return `title: ${yaml(attack)}
organization: ${yaml(attack)}
description: ${yaml(attack)}
url: https://example.org/learn/
timezone: America/New_York
contact: { name: ${yaml(attack)}, email: a@example.org, phone: ${yaml(attack)}, url: "https://example.org/\\"onclick=\\"hit()" }
kinds:
${entries(TEXT.slice(0, 12), (text) => `name: ${yaml(text)}, plural: ${yaml(text)}, description: ${yaml(text)}`)}
roles:
${entries(TEXT.slice(12, 20), (text) => `name: ${yaml(text)}, plural: ${yaml(text)}`)}
networks:
${entries(TEXT.slice(20, 28), (text) => `name: ${yaml(text)}`)}
topics:
${entries(TEXT.slice(28, 40), (text) => `name: ${yaml(text)}, description: ${yaml(text)}`)}
credits:
${entries(TEXT.slice(40, 46), (text) => `name: ${yaml(text)}, unit: ${yaml(text)}`)}
closed: [{ date: 2026-12-25, name: ${yaml(attack)} }]
notices:
${TEXT.slice(46, 52)
  .map((text) => `  - { text: ${yaml(text)}, from: 2026-11-01, until: 2027-06-30 }\n`)
  .join('')}
menu: [{ title: ${yaml(attack)}, url: https://example.org/ }]
${POLICY}${more}`;
}

function offering(attack, index, { url = at(ALLOWED_URLS, index), body = 'Text.', more = '' } = {}) {
  const text = yaml(attack);
  const day = String(1 + (index % 27)).padStart(2, '0');
  const month = ['01', '02', '03', '04', '05', '06'][Math.floor(index / 27) % 6];
  return `---
title: ${text}
kind: x${index % 12}
summary: ${yaml(cut(`${index} ${attack}`, 240))}
roles: [x${index % 8}]
networks: [x${index % 8}]
topics: [x${index % 12}]
hosts: [${text}, ${text}]
outcomes: [${text}]
cost: ${text}
commitment: ${text}
dates: ${text}
eligibility: Whom it is for.
facilitators: [p${index % 20}]
credit: [{ type: x${index % 6}, amount: 3 }]
materials: [{ title: ${text}, url: ${yaml(url)} }]
enroll: { url: ${yaml(url)}, label: ${text}, note: ${text}, opens: 2026-10-01, closes: 2026-12-20 }
sessions:
  - title: ${text}
    date: 2027-${month}-${day}
    time: 8:30-11:30 AM
    place: ${text}
    note: ${text}
    moved_from: 2026-12-14
    place_was: ${text}
    reason: ${text}
    materials: [{ title: ${text}, url: ${yaml(url)} }]
  - title: ${text}
    tba: ${text}
${more}---

${body}
`;
}

function write(files) {
  const project = mkdtempSync(join(folder, 'p-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(project, path)), { recursive: true });
    writeFileSync(join(project, path), text);
  }
  return project;
}

// Every fault, as `{ severity, code, file }`.
function check(project) {
  const run = spawnSync(CONVENE, ['check', '--root', project, '--at', NOW, '--format', 'json'], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  assert.ok(run.status === 0 || run.status === 1, `exit code ${run.status}\n${run.stderr}`);
  return run.stdout.split('\n').filter(Boolean).map((line) => JSON.parse(line));
}

// Which files have an error.
function refused(project) {
  const errors = check(project).filter(({ severity }) => severity === 'error');
  return new Set(errors.map(({ file }) => file));
}

// Asserts that an offering made of each attack is an error at its file, and of nothing else.
function allRefused(attacks, make) {
  const files = { 'content/catalog.yaml': catalog('x') };
  for (let n = 0; n < 20; n += 1) files[`content/people/p${n}.md`] = '---\nname: P\n---\n';
  attacks.forEach((attack, index) => {
    files[`content/offerings/o${index}.md`] = make(attack, index);
  });
  files['content/offerings/good.md'] = offering('Good', 0);
  const wrong = refused(write(files));
  assert.ok(!wrong.has('content/offerings/good.md'), 'the good one has no error');
  const passed = attacks.filter((_, index) => !wrong.has(`content/offerings/o${index}.md`));
  assert.deepEqual(passed, []);
}

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'convene-hostile-'));
});

after(() => {
  rmSync(folder, { recursive: true, force: true });
});

test('every address that is not one of a page or a mailbox is refused', () => {
  allRefused(URLS, (attack, index) => offering('A', index, { url: attack }));
  allRefused(URLS, (attack, index) =>
    offering('A', index, { more: `image: { src: ${yaml(attack)}, alt: A }\n` }),
  );
});

test('every path that leaves the site, or that a file system takes for another, is refused', () => {
  allRefused(PATHS, (attack, index) => offering('A', index, { more: `aliases: [${yaml(attack)}]\n` }));
});

test('every link of Markdown to a script, a file or a folder above is refused', () => {
  allRefused(MARKDOWN.refused, (attack, index) => offering('A', index, { body: attack }));
});

test('raw HTML is refused unless the catalog asks for what is safe of it', () => {
  const raw = MARKDOWN.harmless.filter((text) => /^<[a-z?]/i.test(text) && !/^<https?:/.test(text));
  assert.ok(raw.length > 25);
  const files = { 'content/catalog.yaml': catalog('x').replace(POLICY, '') };
  raw.forEach((body, index) => {
    files[`content/pages/p${index}.md`] = `---\ntitle: P\n---\n\n${body}\n`;
  });
  const wrong = refused(write(files));
  const passed = raw.filter((_, index) => !wrong.has(`content/pages/p${index}.md`));
  assert.deepEqual(passed, []);
});

test('what is published does no harm', { timeout: 240_000 }, async (t) => {
  assert.ok(TEXT.length + MARKDOWN.harmless.length + ALLOWED_URLS.length > 140);
  const files = { 'content/catalog.yaml': catalog('"\'><script>hit()</script>&amp;') };
  TEXT.forEach((text, index) => {
    files[`content/offerings/t${index}.md`] = offering(text, index, {
      body: at(MARKDOWN.harmless, index),
      more: ALLOW,
    });
    files[`content/people/p${index}.md`] =
      `---\nname: ${yaml(text)}\ntitle: ${yaml(text)}\norganization: ${yaml(text)}\nphone: ${yaml(text)}\n${ALLOW}---\n\n${at(MARKDOWN.harmless, index + 7)}\n`;
    files[`content/places/h${index}.md`] =
      `---\nname: ${yaml(text)}\naddress: ${yaml(text)}\nroom: ${yaml(text)}\n${ALLOW}accessibility: |\n${indented(at(MARKDOWN.harmless, index + 3))}\n---\n`;
    files[`content/requirements/r${index}.md`] =
      `---\ntitle: ${yaml(text)}\nroles: [x${index % 8}]\nchoose: 1\nof: [t${index}]\n---\n`;
  });
  MARKDOWN.harmless.forEach((body, index) => {
    const text = at(TEXT, index);
    files[`content/pages/m${index}.md`] =
      `---\ntitle: ${yaml(text)}\nsummary: ${yaml(text)}\nmenu: ${index < 3}\n${ALLOW}---\n\n${body}\n`;
  });

  // What is an error is not published: say which, and go on without.
  const refusals = new Set();
  let project = write(files);
  for (let turn = 0; turn < 3; turn += 1) {
    const wrong = check(project).filter(({ severity }) => severity === 'error');
    if (wrong.length === 0) break;
    for (const { code, file, message } of wrong) {
      refusals.add(`${file}: ${code}: ${message}`);
      delete files[file];
    }
    project = write(files);
  }
  for (const words of refusals) t.diagnostic(`refused: ${words}`);
  assert.ok(files['content/catalog.yaml'] && refusals.size < 5);
  const before = readdirSync(folder);
  const built = spawnSync(CONVENE, ['build', '--quiet', '--root', project, '--at', NOW], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  assert.equal(built.status, 0, built.stderr.slice(-2000));

  await t.test('no file is written anywhere else', () => {
    assert.deepEqual(readdirSync(folder), before);
    assert.deepEqual(readdirSync(project).sort(), [
      '.public.convene-lock',
      '.public.convene-manifest',
      '.public.convene-memo',
      'content',
      'public',
    ]);
    const names = new Site(join(project, 'public')).files;
    for (const name of names) {
      assert.match(name, /^[\w./-]+$/, name);
      assert.doesNotMatch(name, /(^|\/)\.\.?(\/|$)/, name);
    }
  });

  await t.test('calendars have no line that the attack made', () => {
    const known = /^(BEGIN|END|VERSION|PRODID|CALSCALE|NAME|X-[A-Z-]+|REFRESH-INTERVAL|DESCRIPTION|SUMMARY|UID|DTSTAMP|DTSTART|DTEND|DURATION|LAST-MODIFIED|SEQUENCE|STATUS|TRANSP|CLASS|LOCATION|URL|CATEGORIES|COLOR|SOURCE|TZID|TZNAME|TZOFFSETFROM|TZOFFSETTO|RRULE|RDATE|CREATED|GEO|CONFERENCE|COMMENT|ATTACH|IMAGE|RELATED-TO)[;:]/;
    eachFile(project, '.ics', (name, text) => {
      assert.doesNotMatch(text, /[^\r]\n|\r[^\n]/, `${name}: a line end alone`);
      const lines = text.replace(/\r\n[ \t]/g, '').split('\r\n').filter(Boolean);
      let depth = [];
      for (const line of lines) {
        assert.match(line, known, `${name}: ${line}`);
        if (line.startsWith('BEGIN:')) depth.push(line.slice(6));
        if (line.startsWith('END:')) assert.equal(depth.pop(), line.slice(4), name);
        assert.doesNotMatch(line, /^(BEGIN|END):(?!V(CALENDAR|EVENT|TIMEZONE)$|STANDARD$|DAYLIGHT$)/, name);
      }
      assert.deepEqual(depth, [], name);
    });
  });

  await t.test('JSON is JSON, CSV opens no formula', () => {
    let objects = 0;
    for (const ending of ['.json', '.webmanifest']) {
      eachFile(project, ending, (name, text) => {
        JSON.parse(text);
        objects += 1;
      });
    }
    assert.ok(objects > 50);
    eachFile(project, '.csv', (name, text) => {
      for (const cell of cells(text)) {
        const number = /^-?\d+(\.\d+)?$/.test(cell);
        assert.ok(number || !/^[=+@\t\r-]/.test(cell), `${name}: ${cell}`);
      }
    });
  });

  await t.test('a browser that no policy holds runs nothing and asks nobody', async () => {
    const site = new Site(join(project, 'public'));
    const server = await serve(site);
    const browser = await launch();
    try {
      const hits = [];
      const foreign = [];
      const seen = [];
      const context = await browser.newContext({
        viewport: DESKTOP,
        bypassCSP: true,
        serviceWorkers: 'block',
      });
      await context.exposeFunction('hit', () => hits.push('hit'));
      await context.route(
        (url) => url.origin !== server.origin,
        (route) => {
          foreign.push(route.request().url());
          return route.abort();
        },
      );
      const tab = await context.newPage();
      tab.on('dialog', (dialog) => {
        hits.push('dialog');
        dialog.dismiss();
      });
      // Every page is parsed; those that differ in more than their names are opened.
      const samples = new Set(site.samples().map(({ path }) => path));
      const isOpened = (path) => /^(offerings|pages)\//.test(path) || samples.has(path);
      await tab.goto(server.url(), { waitUntil: 'load' });
      const evil = '<svg onload=hit()><a href="javascript:hit()"></a><script>hit()</script>';
      const known = await tab.evaluate(parseAndLook, [lookAround.toString(), evil, site.base]);
      assert.equal(known.length, 3, `it finds what is evil: ${known}`);
      for (const { path, file } of site.pages()) {
        const found = await tab.evaluate(parseAndLook, [lookAround.toString(), site.text(file), site.base]);
        for (const fault of found) seen.push(`${path}: ${fault}`);
      }
      for (const { path } of site.pages().filter(({ path }) => isOpened(path))) {
        await tab.goto(server.url(path), { waitUntil: 'load' });
        const found = await tab.evaluate(lookAround, site.base);
        for (const fault of found) seen.push(`${path}: ${fault}`);
        assert.ok(tab.url().startsWith(server.url()), `${path} went to ${tab.url()}`);
        if (hits.length) seen.push(`${path}: a script ran`);
        if (foreign.length) seen.push(`${path}: asked ${foreign}`);
        hits.length = 0;
        foreign.length = 0;
      }
      assert.deepEqual(seen.slice(0, 20), [], `${seen.length} faults`);

      // The words are all there, as they were written.
      const shown = async (path, text) => {
        const title = await tab.evaluate(headingOf, site.text(`${path}index.html`));
        const same = (words) => words.replace(/\s+/g, ' ').trim();
        assert.ok(same(title).includes(same(text)), `${path}: ${title} instead of ${text}`);
      };
      for (const [index, text] of TEXT.entries()) {
        if (files[`content/offerings/t${index}.md`]) await shown(`offerings/t${index}/`, text);
      }

      // Feeds and the sitemap are well-formed, and have no element of a page in them.
      for (const name of site.files.filter((name) => /\.(xml|atom|svg)$/.test(name))) {
        const fault = await tab.evaluate(readXml, site.text(name));
        assert.equal(fault, '', name);
      }

      // Search finds an attack and shows it as text.
      await tab.goto(server.url('search/?q=script'), { waitUntil: 'load' });
      await tab.waitForTimeout(1000);
      assert.deepEqual(await tab.evaluate(lookAround, site.base), []);
      assert.deepEqual([hits, foreign], [[], []]);
    } finally {
      await browser.close();
      await server.close();
    }
  });
});

const indented = (text) => text.split('\n').map((line) => `  ${line}`).join('\n');

function eachFile(project, ending, look) {
  const site = new Site(join(project, 'public'));
  for (const name of site.files.filter((name) => name.endsWith(ending))) look(name, site.text(name));
}

// The cells of a CSV file (RFC 4180), without their quotes.
function cells(text) {
  const all = text.matchAll(/(?:^|,|\r\n)(?:"((?:[^"]|"")*)"|([^",\r\n]*))/g);
  return [...all].map(([, inQuotes, plain]) => inQuotes?.replaceAll('""', '"') ?? plain ?? '');
}

// Runs in the page: what is there that no page of ours has.
function lookAround(base, page = document) {
  const faults = [];
  const SCHEMES = ['http:', 'https:', 'mailto:', 'tel:', 'webcal:'];
  const ADDRESSES = ['href', 'src', 'action', 'formaction', 'data', 'poster', 'xlink:href', 'ping', 'background', 'cite', 'srcset'];
  const FORBIDDEN = 'iframe, frame, object, embed, applet, base, style, portal, foreignObject, animate, set, math, [srcdoc], [style]';
  for (const script of page.querySelectorAll('script')) {
    const data = script.type === 'application/ld+json';
    if (data) JSON.parse(script.textContent);
    else if (!`${script.src}`.startsWith(`${location.origin}${base}assets/`)) faults.push(`script ${script.outerHTML.slice(0, 80)}`);
  }
  for (const element of page.querySelectorAll(FORBIDDEN)) {
    // A script of ours may set a style by the object model.
    if (!(element.matches('[style]') && element.closest('[data-state], dialog'))) faults.push(element.outerHTML.slice(0, 120));
  }
  for (const meta of page.querySelectorAll('meta[http-equiv]')) {
    if (!/^(content-security-policy|refresh)$/i.test(meta.httpEquiv)) faults.push(meta.outerHTML);
    if (/refresh/i.test(meta.httpEquiv)) faults.push(`refresh ${meta.content}`);
  }
  for (const link of page.querySelectorAll('link')) {
    const { origin } = new URL(link.href);
    const own = origin === location.origin || ['canonical', 'alternate'].includes(link.rel);
    if (!own) faults.push(link.outerHTML);
  }
  for (const form of page.forms) {
    const action = form.getAttribute('action');
    if (action && new URL(action, location).origin !== location.origin) faults.push(form.outerHTML.slice(0, 80));
  }
  for (const element of page.querySelectorAll('*')) {
    for (const { name, value } of element.attributes) {
      if (/^on/i.test(name)) faults.push(`${element.localName} ${name}=${value}`);
      if (!/^[a-z][a-z0-9:-]*$/i.test(name)) faults.push(`${element.localName} has an attribute ${name}`);
      if (ADDRESSES.includes(name)) {
        let scheme;
        try {
          scheme = new URL(value, location).protocol;
        } catch {
          scheme = `nothing: ${value}`;
        }
        if (!SCHEMES.includes(scheme)) faults.push(`${element.localName} ${name}=${value}`);
      }
    }
  }
  return faults;
}

// Runs in the page: what another page has that none of ours has.
function parseAndLook([look, html, base]) {
  return new Function(`return ${look}`)()(base, new DOMParser().parseFromString(html, 'text/html'));
}

// Runs in the page: the heading of another page.
function headingOf(html) {
  return new DOMParser().parseFromString(html, 'text/html').querySelector('h1').textContent;
}

// Runs in the page: what is wrong with a text as XML.
function readXml(text) {
  const document = new DOMParser().parseFromString(text, 'application/xml');
  const error = document.querySelector('parsererror');
  if (error) return error.textContent;
  const script = document.querySelector('script');
  return script ? script.outerHTML : '';
}
