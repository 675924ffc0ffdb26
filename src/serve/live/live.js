// Live preview: shows every change of the site on the page that is open, without a reload where
// that can be, and lays content errors over it. Served by `convene serve` alone; it is in no
// published file. It comes before every other script, so it sees the page as it was sent.

import { Page } from './merge.js';
import { cover, uncover } from './overlay.js';
import { connected, show } from './panel.js';
import { reload, restore } from './place.js';

const OWN = 'script[src="/_convene/live.js"]';
const tag = document.querySelector(OWN);
let { version } = tag.dataset;
tag.remove();
const page = new Page();
// What is served for a page that is not there is another page.
let found = performance.getEntriesByType('navigation')[0]?.responseStatus;

let events;
let again;

function listen() {
  clearTimeout(again);
  const query = new URLSearchParams({ path: location.pathname, version });
  events = new EventSource(`/_convene/events?${query}`);
  events.addEventListener('open', () => connected(true));
  events.addEventListener('error', () => {
    connected(false);
    events.close();
    // With the version that is here by then.
    again = setTimeout(listen, 500);
  });
  events.addEventListener('message', ({ data }) => hear(JSON.parse(data)));
}

// One change after the other, however long it takes to fetch one.
let work = Promise.resolve();

function hear(message) {
  if (message.type === 'errors') cover(message);
  if (message.type === 'clear') uncover();
  if (message.type === 'facts') show(message);
  if (message.type === 'changed') {
    work = work.then(() => update(message)).catch(reload);
  }
}

async function update({ page: itself, files }) {
  if (uses(files)) return reload();
  if (!itself) return;
  const response = await fetch(location.href, { cache: 'no-store' });
  const fresh = new DOMParser().parseFromString(await response.text(), 'text/html');
  const mark = fresh.querySelector(OWN);
  if (!mark || (found && response.status !== found)) return reload();
  mark.remove();
  found = response.status;
  const touched = page.merge(fresh);
  if (!touched) return reload();
  version = mark.dataset.version;
  // Scripts that look at the page again when one comes back to it find what is new.
  dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
  touched.forEach(flash);
}

// True when the page has loaded one of these files, or may have: pictures, data that a script
// fetched. Styles and scripts have other names when they change.
function uses(files) {
  const loaded = performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname);
  const ours = loaded.filter((path) => !path.startsWith('/_convene/'));
  if (!files) return ours.some((path) => !/\.(css|js|mjs|woff2)$/.test(path));
  return ours.some((path) => files.includes(path));
}

function flash(element) {
  if (matchMedia('(prefers-reduced-motion: reduce)').matches || !element.isConnected) return;
  const marked = { outline: '3px solid #f9a825', outlineOffset: '3px' };
  element.animate([marked, { ...marked, outlineColor: 'transparent' }], 1600);
}

// A tab that nobody sees does not hold one of the few connections that a browser has to a host.
document.addEventListener('visibilitychange', () => {
  events?.close();
  clearTimeout(again);
  if (!document.hidden) listen();
});

restore();
if (!document.hidden) listen();
