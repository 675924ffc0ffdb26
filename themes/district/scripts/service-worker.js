// Keeps the site at hand for a reader without a network: what they have seen, and search. While
// there is a network its answer always wins, so that nothing gets old.
//
// The program writes two lines before this: VERSION, which changes with what is kept, and FILES,
// the addresses that are kept from the first visit on.

const CACHE = `convene ${registration.scope} ${VERSION}`;
const MOST_PAGES = 60;
const PATIENCE = 4000;

// Named for what is in them: they never change.
const isLasting = ({ pathname }) => /\/assets\/.*\.[0-9a-f]{10}[./]/.test(pathname);

addEventListener('install', (event) => {
  const keep = async () => {
    const cache = await caches.open(CACHE);
    await Promise.all(FILES.map((file) => cache.add(new Request(file, { cache: 'no-cache' }))));
    await skipWaiting();
  };
  event.waitUntil(keep());
});

addEventListener('activate', (event) => {
  const forget = async () => {
    const old = (name) => name.startsWith(`convene ${registration.scope} `) && name !== CACHE;
    const names = await caches.keys();
    await Promise.all(names.filter(old).map((name) => caches.delete(name)));
    await clients.claim();
  };
  event.waitUntil(forget());
});

async function fromNetwork(request, cache) {
  const response = await fetch(request);
  if (response.ok && !response.redirected && response.type === 'basic') {
    await cache.put(request, response.clone());
    const pages = (await cache.keys()).filter(({ url }) => !FILES.includes(new URL(url).pathname));
    await Promise.all(pages.slice(0, -MOST_PAGES).map((page) => cache.delete(page)));
  }
  return response;
}

async function answer(request) {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(request, { ignoreSearch: request.mode === 'navigate' });
  if (kept && isLasting(new URL(request.url))) return kept;
  const coming = fromNetwork(request, cache);
  if (!kept) {
    return coming.catch(async (error) => {
      if (request.mode !== 'navigate') throw error;
      return (await cache.match(`${new URL(registration.scope).pathname}offline.html`)) ?? Response.error();
    });
  }
  const late = new Promise((done) => setTimeout(done, PATIENCE, kept));
  return Promise.race([coming, late]).catch(() => kept);
}

addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  const ours = url.origin === location.origin && url.href.startsWith(registration.scope);
  if (request.method !== 'GET' || !ours || url.pathname.endsWith('.ics')) return;
  event.respondWith(answer(request));
});
