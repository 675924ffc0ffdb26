// Follows every link inside a built site and says which ones lead nowhere.
//
//   node tests/validity/links.mjs SITE_DIR SITE_URL
//
// SITE_URL is where the site will be served, the `url` of catalog.yaml. A link is internal when it
// leads to the same origin; it must then stay under the path of SITE_URL, name a file of the
// site, and its fragment must be there. Looked at are pages, styles, scripts, JSON, calendars,
// feeds and plain text. Links to other sites are counted and not followed.

import { pathToFileURL } from 'node:url';
import { parse } from 'parse5';
import { Site } from './site.mjs';

// Attributes that hold one address.
const ADDRESS_ATTRIBUTES = new Set([
  'action', 'cite', 'data', 'formaction', 'href', 'poster', 'src', 'xlink:href',
]);
const ADDRESS_METAS = /^(og:(url|image|video|audio)(:(secure_)?url)?|twitter:image)$/;
// Names under which JSON holds an address that may be relative.
const ADDRESS_KEYS = /^(href|src|url|scope|start_url|.*_url|.*_href)$/;

// All faults of a site: `{ faults: [{ file, line, target, reason }], internal, external }`.
export function checkLinks(site) {
  const pages = new Map();
  const faults = [];
  let internal = 0;
  let external = 0;

  const pageOf = (file) => {
    if (!pages.has(file)) pages.set(file, readPage(site.text(file)));
    return pages.get(file);
  };

  for (const file of site.files) {
    const at = site.addressOf(file);
    for (const link of linksOf(site, file, pageOf)) {
      const verdict = follow(site, at, link, pageOf);
      if (verdict === 'external') external += 1;
      else internal += 1;
      if (verdict?.reason) {
        faults.push({ file, line: link.line, target: link.target, reason: verdict.reason });
      }
    }
  }
  return { faults, internal, external };
}

// Undefined when a link of the file at `at` leads where it should, 'external' when that is another
// site, and a reason when it does not.
function follow(site, at, link, pageOf) {
  if (link.fault) return { reason: link.fault };
  const target = link.target.trim();
  if (target === '' && link.attribute !== 'href') return { reason: 'an empty address' };
  let url;
  try {
    url = new URL(target, at);
  } catch {
    return { reason: 'not an address' };
  }
  // A calendar program asks for webcal: addresses over https.
  if (url.protocol === 'webcal:') url = new URL(url.href.replace(/^webcal:/, 'https:'));
  if (url.protocol === 'javascript:') return { reason: 'a script, not an address' };
  if (url.protocol === 'file:') return { reason: 'a file on the machine that built the site' };
  if (!/^https?:$/.test(url.protocol)) return 'external';
  if (url.host !== site.url.host) return 'external';
  if (url.protocol !== site.url.protocol) return { reason: `not ${site.url.protocol}` };
  if (!url.pathname.startsWith(site.base)) return { reason: `leaves the base path ${site.base}` };

  const file = site.fileAt(url.pathname);
  if (file === undefined) {
    const folder = site.fileAt(`${url.pathname}/`);
    return { reason: folder ? 'needs a slash at the end' : 'no such page or file' };
  }
  if (link.identifier) return undefined;
  return fragmentFault(file, url.hash, pageOf);
}

function fragmentFault(file, hash, pageOf) {
  // What follows `:~:` tells the browser which words to show; it names no anchor.
  const fragment = hash.slice(1).replace(/:~:.*$/, '');
  if (fragment === '' || !/\.(html|svg)$/.test(file)) return undefined;
  const { ids } = pageOf(file);
  if (fragment === 'top' || ids.has(fragment)) return undefined;
  try {
    if (ids.has(decodeURIComponent(fragment))) return undefined;
  } catch {
    // A stray percent sign: then it is no name either.
  }
  return { reason: `${file} has no #${fragment}` };
}

// Every link of a file: `{ target, line, attribute }`. An `identifier` names a thing by an address
// whose fragment need not be on the page. A `fault` is one in itself.
function linksOf(site, file, pageOf) {
  if (/\.(html|svg)$/.test(file)) {
    return [...pageOf(file).links, ...linkedData(site, file, pageOf(file))];
  }
  if (/\.css$/.test(file)) return linksOfStyles(site.text(file));
  if (/\.m?js$/.test(file)) return linksOfScript(site.text(file));
  if (/\.(json|webmanifest)$/.test(file)) return linksOfJson(site, site.text(file), file);
  if (/\.ics$/.test(file)) return mentions(site, unfoldCalendar(site.text(file)));
  if (/\.(xml|atom|rss)$/.test(file)) return linksOfXml(site, site.text(file));
  if (/\.(txt|csv|md)$/.test(file)) return mentions(site, site.text(file));
  return [];
}

// The links, the anchors and the JSON-LD of an HTML page or an SVG picture.
function readPage(html) {
  const page = { links: [], ids: new Set(), data: [] };
  const document = parse(html, { sourceCodeLocationInfo: true });
  const visit = (node) => {
    if (node.tagName) readElement(node, page);
    for (const child of node.childNodes ?? []) visit(child);
    if (node.content) visit(node.content);
  };
  visit(document);
  return page;
}

function readElement(element, page) {
  const line = element.sourceCodeLocation?.startLine;
  const attributes = new Map(
    element.attrs.map(({ prefix, name, value }) => [prefix ? `${prefix}:${name}` : name, value]),
  );
  if (attributes.has('id')) page.ids.add(attributes.get('id'));
  if (element.tagName === 'a' && attributes.has('name')) page.ids.add(attributes.get('name'));

  const add = (target, attribute) => page.links.push({ target, line, attribute });
  for (const [name, value] of attributes) {
    if (ADDRESS_ATTRIBUTES.has(name)) add(value, name);
    if (name === 'srcset' || name === 'imagesrcset') {
      for (const candidate of value.split(/,\s+/)) add(candidate.trim().split(/\s+/)[0], name);
    }
    if (name === 'ping') for (const target of value.split(/\s+/)) add(target, name);
    if (name === 'style') page.links.push(...linksOfStyles(value).map((link) => ({ ...link, line })));
  }
  if (element.tagName === 'base') {
    page.links.push({ target: '<base>', line, fault: 'changes what every other link means' });
  }
  if (element.tagName === 'meta') {
    const content = attributes.get('content') ?? '';
    if (/^refresh$/i.test(attributes.get('http-equiv') ?? '')) {
      const target = content.match(/^\s*\d+\s*[;,]\s*(?:url\s*=\s*)?["']?([^"']*)/i)?.[1];
      if (target !== undefined) add(target.trim(), 'content');
    }
    if (ADDRESS_METAS.test(attributes.get('property') ?? attributes.get('name') ?? '')) {
      add(content, 'content');
    }
  }
  const text = () => element.childNodes.map((node) => node.value ?? '').join('');
  if (element.tagName === 'style') {
    page.links.push(...linksOfStyles(text()).map((link) => ({ ...link, line })));
  }
  if (element.tagName === 'script' && attributes.get('type') === 'application/ld+json') {
    page.data.push({ text: text(), line });
  }
}

function linkedData(site, file, page) {
  return page.data.flatMap(({ text, line }) =>
    linksOfJson(site, text, file).map((link) => ({ ...link, line })),
  );
}

function linksOfStyles(css) {
  // A comment becomes as many line ends as it had, so that the numbers stay right.
  const code = css.replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ' '));
  const pattern =
    /url\(\s*(?:"([^"]*)"|'([^']*)'|([^"')\s]+))\s*\)|@import\s+(?:"([^"]*)"|'([^']*)')/g;
  return [...code.matchAll(pattern)].map((match) => ({
    target: match.slice(1).find((part) => part !== undefined),
    line: lineAt(code, match.index),
    attribute: 'url',
  }));
}

// What a module imports. A bare name cannot be resolved by a browser, so it counts as a relative one.
function linksOfScript(script) {
  const pattern =
    /(?:^|[;}\s])(?:import|export)\s*(?:[\w*{}\s,$]+\sfrom\s*)?["']([^"'\n]+)["']|\bimport\(\s*["']([^"'\n]+)["']\s*\)/g;
  return [...script.matchAll(pattern)].map((match) => ({
    target: match[1] ?? match[2],
    line: lineAt(script, match.index),
    attribute: 'import',
  }));
}

function linksOfJson(site, text, file) {
  let value;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return [{ target: file, fault: `not JSON: ${error.message}` }];
  }
  const links = [];
  const visit = (node, key) => {
    if (Array.isArray(node)) {
      for (const item of node) visit(item, key);
    } else if (node !== null && typeof node === 'object') {
      for (const [name, item] of Object.entries(node)) visit(item, name);
    } else if (typeof node === 'string') {
      // A template of addresses (RFC 6570); what it gives is linked elsewhere.
      if (/\{[a-z]+\}/.test(node) && !/\s/.test(node)) return;
      const identifier = /^(@id|\$id|id|uid|guid)$/.test(key);
      const ours = isOurs(site, node) && !/\s/.test(node);
      if (ours) links.push({ target: node, attribute: key, identifier });
      else if (ADDRESS_KEYS.test(key) && !/^[a-z][a-z0-9+.-]*:/i.test(node) && node !== '') {
        links.push({ target: node, attribute: key });
      } else if (/\s/.test(node)) links.push(...mentions(site, node).map(({ target }) => ({ target })));
    }
  };
  visit(value, '');
  return links;
}

function linksOfXml(site, xml) {
  const plain = (text) =>
    text
      .replace(/&lt;/g, '<')
      .replace(/&gt;/g, '>')
      .replace(/&quot;/g, '"')
      .replace(/&#39;|&apos;/g, "'")
      .replace(/&amp;/g, '&');
  const named = [...xml.matchAll(/\s(?:href|src|url)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)].map(
    (match) => ({
      target: plain(match[1] ?? match[2]),
      line: lineAt(xml, match.index),
      attribute: 'href',
    }),
  );
  const rest = xml.replace(/\s(?:href|src|url|xmlns(?::\w+)?)\s*=\s*(?:"[^"]*"|'[^']*')/g, '');
  return [...named, ...mentions(site, plain(rest))];
}

// The addresses of the site that a text mentions in the open.
function mentions(site, text) {
  const host = site.url.host.replace(/[.]/g, '\\.');
  const pattern = new RegExp(`(?:https?|webcal)://${host}(?![\\w.:-])[^\\s"'<>,;)\\]}\\\\]*`, 'g');
  return [...text.matchAll(pattern)].map((match) => ({
    target: match[0].replace(/[.!?:]+$/, ''),
    line: lineAt(text, match.index),
    attribute: 'text',
  }));
}

function isOurs(site, text) {
  return /^(https?|webcal):/.test(text) && text.split('/')[2] === site.url.host;
}

// A calendar's long lines are folded: a line end and a blank stand inside a word.
function unfoldCalendar(text) {
  return text.replace(/\r?\n[ \t]/g, '').replace(/\\n/gi, '\n').replace(/\\([,;\\])/g, '$1');
}

function lineAt(text, index) {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < index; at = text.indexOf('\n', at + 1)) {
    line += 1;
  }
  return line;
}

function main([folder, url]) {
  if (!folder || !url) {
    console.error('usage: node links.mjs SITE_DIR SITE_URL');
    return 2;
  }
  const site = new Site(folder, url);
  const { faults, internal, external } = checkLinks(site);
  for (const { file, line, target, reason } of faults) {
    console.log(`${file}${line ? `:${line}` : ''}: ${target}: ${reason}`);
  }
  const files = site.files.length;
  console.log(
    `${files} files, ${internal} links inside the site, ${external} to other sites, ` +
      `${faults.length} broken`,
  );
  if (internal === 0) {
    console.log('a site without a single link was not read right');
    return 1;
  }
  return faults.length === 0 ? 0 : 1;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  process.exitCode = main(process.argv.slice(2));
}
