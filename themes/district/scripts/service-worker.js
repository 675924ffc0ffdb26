// Keeps the site at hand for a reader without a network: what they have seen, and search. While
// there is a network its answer wins, so that nothing gets old.
//
// The program writes a few lines before this: VERSION, which changes with FILES, the addresses
// that are kept from the first visit on; INDEX_VERSION, which changes with the index of search;
// INDEX_SIZE, the number of its bytes before packing; and how many BLOCKS and CHUNKS it has.

const SCOPE = new URL(registration.scope).pathname;
const OURS = `convene ${SCOPE} `;
const SHELL = `${OURS}shell ${VERSION}`;
const INDEXED = `${OURS}index ${INDEX_VERSION}`;
const PAGES = `${OURS}pages`;
const INDEX_FOLDER = `${SCOPE}search/index/`;

// The latest that a reader has seen, in files; none of them larger than this.
const MOST_PAGES = 100;
const LARGEST = 1_000_000;
// How long a network may be silent before what is kept is shown instead.
const PATIENCE = 3000;
// An index up to this size is kept from the first visit on, a larger one for who uses search.
const SMALL_INDEX = 1_500_000;
const AT_ONCE = 6;

// Named for what is in them: they never change.
const isLasting = (path) => /\/assets\/.*\.[0-9a-f]{10}[./]/.test(path);

addEventListener('install', (event) => {
  const keep = async () => {
    const cache = await caches.open(SHELL);
    const fresh = (file) => new Request(file, { cache: isLasting(file) ? 'default' : 'no-cache' });
    await Promise.all(FILES.map((file) => cache.add(fresh(file))));
    await skipWaiting();
  };
  event.waitUntil(keep());
});

// Forgets what came before, of a kind.
async function forget(kind, current) {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(OURS + kind) && name !== current);
  await Promise.all(old.map((name) => caches.delete(name)));
}

addEventListener('activate', (event) => {
  event.waitUntil(forget('shell', SHELL).then(() => clients.claim()));
});

// The addresses of the files of the index, as search asks for them.
function indexFiles() {
  const some = (name, count) =>
    Array.from({ length: count }, (_, n) => `${name}-${n}.txt?v=${INDEX_VERSION}`);
  const names = ['words.txt', ...some('block', BLOCKS), ...some('entries', CHUNKS)];
  return names.map((name) => new URL(INDEX_FOLDER + name, location.href).href);
}

// The index as it was published with this script; while a new one is published, nothing is kept.
async function keepIndex() {
  const cache = await caches.open(INDEXED);
  const has = new Set((await cache.keys()).map(({ url }) => url));
  const left = indexFiles().filter((url) => !has.has(url));
  for (let at = 0; at < left.length; at += AT_ONCE) {
    await Promise.all(
      left.slice(at, at + AT_ONCE).map(async (url) => {
        const response = await fetch(url, { cache: 'no-cache' });
        const [first] = (await response.clone().text()).split('\n', 1);
        if (!response.ok || !first.includes(INDEX_VERSION)) throw new Error(`${url} is another`);
        await cache.put(url, response);
      }),
    );
  }
  await forget('index', INDEXED);
}

addEventListener('message', (event) => {
  if (event.data !== 'keep search') return;
  const searches = new URL(event.source.url).pathname === `${SCOPE}search/`;
  // Without a network there is another time.
  if (searches || INDEX_SIZE <= SMALL_INDEX) event.waitUntil(keepIndex().catch(() => {}));
});

// Where an answer is kept, and under which address.
function placeOf({ url, mode }) {
  const { origin, pathname } = new URL(url);
  const key = mode === 'navigate' ? origin + pathname : url;
  if (FILES.includes(pathname)) return { name: SHELL, key };
  return { name: pathname.startsWith(INDEX_FOLDER) ? INDEXED : PAGES, key };
}

async function fromNetwork(request, { name, key }) {
  const response = await fetch(request);
  const large = Number(response.headers.get('content-length')) > LARGEST;
  if (response.ok && response.type === 'basic' && name !== INDEXED && !large) {
    const cache = await caches.open(name);
    await cache.put(key, response.clone());
    if (name === PAGES) {
      const all = await cache.keys();
      await Promise.all(all.slice(0, -MOST_PAGES).map((old) => cache.delete(old)));
    }
  }
  return response;
}

async function answer(request) {
  const place = placeOf(request);
  const cache = await caches.open(place.name);
  const kept = await cache.match(place.key);
  const { pathname, search } = new URL(request.url);
  if (kept && request.cache !== 'reload' && (isLasting(pathname) || search.startsWith('?v='))) {
    return kept;
  }
  const coming = fromNetwork(request, place);
  if (!kept) {
    return coming.catch(async (error) => {
      if (request.mode !== 'navigate') throw error;
      const shell = await caches.open(SHELL);
      return (await shell.match(`${SCOPE}offline.html`)) ?? Response.error();
    });
  }
  const late = new Promise((done) => setTimeout(done, PATIENCE, kept));
  return Promise.race([coming, late]).catch(() => kept);
}

addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  const ours = origin === location.origin && pathname.startsWith(SCOPE);
  // Calendars are for calendars, and a part of a file is not the file.
  const other = /\.(ics|atom)$/.test(pathname) || request.headers.has('range');
  if (request.method === 'GET' && ours && !other) event.respondWith(answer(request));
});
