// Serves a built site as a static host would: under its base path, by its `_headers`, a folder by
// its index.html, 404.html for what is not there, text compressed. On 127.0.0.1 alone.

import { createServer } from 'node:http';
import { extname } from 'node:path';
import { gzipSync } from 'node:zlib';

const TYPES = {
  '.atom': 'application/atom+xml',
  '.css': 'text/css; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.ics': 'text/calendar; charset=utf-8',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.mjs': 'text/javascript; charset=utf-8',
  '.pdf': 'application/pdf',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.xml': 'application/xml',
};

// What hosts compress: text, but not fonts and pictures, which are packed already.
export function isPacked(file) {
  return /\.(atom|css|csv|html|ics|js|json|mjs|svg|txt|webmanifest|xml)$/.test(file);
}

// As hosts do it.
export function pack(bytes) {
  return gzipSync(bytes, { level: 6 });
}

// Starts a server: `{ origin, url(path), sent(), close() }`, where `path` is under the site's address
// and `sent` the number of bytes of all files that were sent.
export async function serve(site) {
  const headers = headerRules(site);
  const kept = new Map();
  let sent = 0;

  // Hosts pack a file once.
  function packed(file) {
    const bytes = site.bytes(file);
    let known = kept.get(file);
    if (!known?.bytes.equals(bytes)) {
      known = { bytes, packed: pack(bytes) };
      kept.set(file, known);
    }
    return known.packed;
  }

  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://host');
    const send = (status, file, extra = {}) => {
      const type = TYPES[extname(file)] ?? 'application/octet-stream';
      const isText = isPacked(file) && /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
      const body = isText ? packed(file) : site.bytes(file);
      response.writeHead(status, {
        ...headers(pathname),
        'Content-Type': type,
        'Content-Length': body.length,
        ...(isText && { 'Content-Encoding': 'gzip', Vary: 'Accept-Encoding' }),
        ...extra,
      });
      sent += body.length;
      response.end(body);
    };
    const file = site.fileAt(pathname);
    if (file !== undefined) {
      send(200, file);
    } else if (site.fileAt(`${pathname}/`) !== undefined) {
      response.writeHead(301, { Location: `${pathname}/` }).end();
    } else if (pathname.startsWith(site.base) && site.has.has('404.html')) {
      send(404, '404.html');
    } else {
      response.writeHead(404, { 'Content-Type': 'text/plain' }).end('outside the site\n');
    }
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const origin = `http://127.0.0.1:${server.address().port}`;
  return {
    origin,
    sent: () => sent,
    url: (path = '') => `${origin}${site.base}${path}`,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

// The headers of a path by the site's `_headers`: a path that may end in `*` stands alone on a
// line, its headers are indented below it.
function headerRules(site) {
  const rules = [];
  const lines = site.has.has('_headers') ? site.text('_headers').split(/\r?\n/) : [];
  for (const line of lines) {
    const header = line.match(/^\s+([\w-]+):\s*(.*)$/);
    if (header) rules.at(-1)?.headers.push([header[1], header[2]]);
    else if (line.startsWith('/')) rules.push({ path: line.trim(), headers: [] });
  }
  const fits = (path, pathname) =>
    path.endsWith('*') ? pathname.startsWith(path.slice(0, -1)) : pathname === path;
  return (pathname) =>
    Object.fromEntries(
      rules.filter(({ path }) => fits(path, pathname)).flatMap((rule) => rule.headers),
    );
}
