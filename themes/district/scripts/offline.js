// The pages that this browser keeps, for a reader without a network.

const { root } = document.documentElement.dataset;
const page = document.querySelector('[data-offline]');

async function titleOf(cache, request) {
  const response = await cache.match(request);
  if (!response?.headers.get('content-type')?.startsWith('text/html')) return undefined;
  const { title } = new DOMParser().parseFromString(await response.text(), 'text/html');
  return { href: new URL(request.url).pathname, title: title.replace(/ – [^–]*$/, '') };
}

async function show() {
  const cache = await caches.open(`convene ${root} pages`);
  const found = await Promise.all((await cache.keys()).map((request) => titleOf(cache, request)));
  const items = found.filter(Boolean).map(({ href, title }) => {
    const link = document.createElement('a');
    link.href = href;
    link.textContent = title;
    const item = document.createElement('li');
    item.append(link);
    return item;
  });
  const kept = page.querySelector('[data-kept]');
  kept.hidden = items.length === 0;
  kept.querySelector('ul').replaceChildren(...items.reverse());
}

page.querySelector('[data-again]').addEventListener('click', () => location.reload());
addEventListener('online', () => location.pathname === `${root}offline.html` || location.reload());
show().catch(() => {});
