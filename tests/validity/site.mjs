// A built site on disk: which files it has, which address each one has, which pages are of which
// type. The link checker, the HTML check and the browser tests all look at a site through this.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

// Every type of page that convene makes, by its path under the site's address. A page that fits
// none of them fails the tests: add its type here, and every test then covers it.
export const PAGE_TYPES = [
  ['home', /^$/],
  ['offerings', /^offerings\/(page\/\d+\/)?$/],
  ['offering', /^offerings\/[^/]+\/$/],
  ['index', /^(kinds|roles|networks|topics|people|places|requirements|years)\/$/],
  ['kind', /^kinds\/[^/]+\/(page\/\d+\/)?$/],
  ['role', /^roles\/[^/]+\/(page\/\d+\/)?$/],
  ['network', /^networks\/[^/]+\/(page\/\d+\/)?$/],
  ['topic', /^topics\/[^/]+\/(page\/\d+\/)?$/],
  ['person', /^people\/[^/]+\/$/],
  ['place', /^places\/[^/]+\/$/],
  ['requirement', /^requirements\/[^/]+\/$/],
  ['search', /^search\/$/],
  ['plan', /^plan\/$/],
  ['print', /^print\/(page\/\d+\/)?$/],
  ['sheet', /^print\/[^/]+\/$/],
  ['schedule', /^schedule\/$/],
  ['month', /^schedule\/\d{4}-\d{2}\/$/],
  ['year', /^years\/\d{4}-\d{2}\/(page\/\d+\/)?$/],
  ['plain', /^pages\/[^/]+\/$/],
  ['not-found', /^404\.html$/],
  ['offline', /^offline\.html$/],
];

// The types that only a catalog of many has.
export const LARGE_PAGE_TYPES = [['day', /^schedule\/\d{4}-\d{2}-\d{2}\/(page\/\d+\/)?$/]];

const KNOWN_TYPES = [...PAGE_TYPES, ...LARGE_PAGE_TYPES];

// What staff put into content/files/ is theirs, not a page of ours.
const COPIED = /^files\//;

export class Site {
  // `url` is where the site will be served, the `url` of catalog.yaml.
  constructor(folder, url = canonicalOf(folder)) {
    this.folder = folder;
    this.url = new URL(url.endsWith('/') ? url : `${url}/`);
    this.files = walk(folder).sort();
    this.has = new Set(this.files);
    if (!this.has.has('index.html')) {
      throw new Error(`${folder} holds no built site: it has no index.html`);
    }
  }

  // The path under which every address of the site begins: `/leaders/`.
  get base() {
    return this.url.pathname;
  }

  bytes(file) {
    return readFileSync(join(this.folder, file));
  }

  text(file) {
    return this.bytes(file).toString('utf8');
  }

  // The address of a file, as a static host gives it: a folder's index.html is the folder.
  addressOf(file) {
    const path = file.replace(/(^|\/)index\.html$/, '$1');
    return new URL(path.split('/').map(encodeURIComponent).join('/'), this.url);
  }

  // The file that a static host sends for a path, or undefined. It must begin with the base path.
  fileAt(pathname) {
    if (!pathname.startsWith(this.base)) return undefined;
    let path;
    try {
      path = decodeURIComponent(pathname.slice(this.base.length));
    } catch {
      return undefined;
    }
    const file = path === '' || path.endsWith('/') ? `${path}index.html` : path;
    return this.has.has(file) ? file : undefined;
  }

  // Every page but the redirects, in order of path: `{ path, file, type, size }`. The type of a
  // page that fits none is undefined.
  pages() {
    this.pageList ??= this.files
      .filter((file) => file.endsWith('.html') && !COPIED.test(file))
      .map((file) => ({ file, html: this.text(file) }))
      .filter(({ html }) => !isRedirect(html))
      .map(({ file, html }) => {
        const path = file.replace(/(^|\/)index\.html$/, '$1');
        const type = KNOWN_TYPES.find(([, pattern]) => pattern.test(path))?.[0];
        return { path, file, type, size: html.length };
      });
    return this.pageList;
  }

  // At most two pages of a type: the longest, which shows the most, and the shortest, which shows
  // what is there when there is little.
  sample(type) {
    const pages = this.pages()
      .filter((page) => page.type === type)
      .sort((a, b) => b.size - a.size || (a.path < b.path ? -1 : 1));
    return pages.length > 2 ? [pages[0], pages.at(-1)] : pages;
  }

  // The samples of every type, in order.
  samples() {
    return PAGE_TYPES.flatMap(([type]) => this.sample(type));
  }
}

export function isRedirect(html) {
  return /<meta\s[^>]*http-equiv=["']?refresh/i.test(html);
}

function walk(folder, below = '') {
  return readdirSync(join(folder, below), { withFileTypes: true }).flatMap((entry) => {
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    return entry.isDirectory() ? walk(folder, path) : [path];
  });
}

// Where a site says it is served: the canonical address of its home page.
function canonicalOf(folder) {
  const home = readFileSync(join(folder, 'index.html'), 'utf8');
  const link = home.match(/<link\s[^>]*rel=["']?canonical["']?[^>]*>/i)?.[0];
  const href = link?.match(/href=["']?([^"'\s>]+)/i)?.[1];
  if (!href) throw new Error(`${folder}/index.html has no canonical link that tells its address`);
  return href;
}
