// The page of search: results with every key, by keyboard as well, kept in the address.

import { Index, marked, Stale } from './search-index.js';

const page = document.querySelector('[data-search]');
const part = (name) => page.querySelector(`[data-part="${name}"]`);
const input = page.querySelector('input');
const index = new Index(page.dataset.index);
const PAGE = 10;
// So many results are shown before the others are there.
const FIRST = 3;
const untouched = part('count').innerHTML;

let opening;
const open = (reload) => (opening = reload || !opening ? index.open(reload) : opening);

function h(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

const withMarks = (text, query) =>
  marked(text, query, index.english).map(([words, hit]) => (hit ? h('mark', {}, words) : words));

function row({ title, href, kind, summary, sessions = [] }, query) {
  const found = sessions.filter(([name]) => marked(name, query, index.english).some(([, hit]) => hit));
  const links = found.slice(0, 3).map(([name, anchor]) =>
    h('li', {}, h('a', { href: `${href}#${anchor}` }, ...withMarks(name, query))),
  );
  return h(
    'li',
    { class: 'search__result' },
    h('p', { class: 'search__kind' }, kind),
    h('h2', { class: 'search__title' }, h('a', { href }, ...withMarks(title, query))),
    summary ? h('p', {}, ...withMarks(summary, query)) : '',
    links.length ? h('ul', { class: 'search__sessions', 'aria-label': 'Sessions' }, ...links) : '',
  );
}

let asked = 0;
let looking = Promise.resolve();
let pause;

function say(words) {
  clearTimeout(pause);
  pause = setTimeout(() => {
    part('status').textContent = words;
  }, 700);
}

function show(rows, words) {
  part('results').replaceChildren(...rows);
  part('count').textContent = words;
  say(words);
}

async function look(limit = PAGE, fresh = false) {
  const query = input.value.trim();
  const request = (asked += 1);
  const address = query ? `?q=${encodeURIComponent(query)}` : '';
  history.replaceState(history.state, '', location.pathname + address);
  document.title = document.title.replace(/^(“.*” – )?/, query ? `“${query}” – ` : '');
  part('browse').hidden = query !== '';
  if (!query) {
    show([], '');
    part('count').innerHTML = untouched;
    part('more').hidden = true;
    return;
  }
  try {
    await open(fresh);
    const { count, entries, partly } = await index.find(input.value, limit);
    const coming = entries.map((entry) => index.entry(entry));
    const all = Promise.all(coming);
    all.catch(() => {});
    const first = (await Promise.all(coming.slice(0, FIRST))).map((entry) => row(entry, query));
    // Another key was pressed meanwhile.
    if (request !== asked) return;
    const many = count === 1 ? '1 result' : `${count} results`;
    let words = many;
    if (partly) words = `Nothing has all of these words. ${many} with some of them.`;
    if (!count) words = `Nothing was found for “${query}”. Try fewer or other words.`;
    // What was below stays until there is something to show instead, so that nothing jumps.
    const others = [...part('results').children].slice(first.length, entries.length);
    show([...first, ...others], words);
    part('more').hidden = count <= limit;
    part('more').firstElementChild.onclick = async () => {
      await look(limit + PAGE);
      page.querySelectorAll('.search__title a')[limit]?.focus();
    };
    part('browse').hidden = count > 0;
    const rest = (await all).slice(FIRST).map((entry) => row(entry, query));
    if (request !== asked) return;
    for (const other of others) other.remove();
    part('results').append(...rest);
    page.dataset.shown = query;
  } catch (error) {
    if (request !== asked) return;
    if (error instanceof Stale && !fresh) return look(limit, true);
    show([], 'Search could not be read. Are you offline? It works offline after one visit online.');
    opening = undefined;
  }
}

// From the field down through the results and back.
page.addEventListener('keydown', (event) => {
  const stops = [input, ...page.querySelectorAll('.search__title a')];
  const at = stops.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1 }[event.key];
  if (event.key === 'Escape' && at > 0) {
    input.focus();
  } else if (event.key === 'Enter' && at === 0) {
    event.preventDefault();
    // What was typed last counts, though it may still be looked for.
    looking.then(() => page.querySelector('.search__title a')?.click());
  } else if (at >= 0 && to !== undefined && stops[to]) {
    event.preventDefault();
    stops[to].focus();
  }
});

input.addEventListener('focus', () => open().catch(() => (opening = undefined)), { once: true });
input.addEventListener('input', () => (looking = look()));
input.form.addEventListener('submit', (event) => event.preventDefault());
input.value = new URLSearchParams(location.search).get('q') ?? '';
if (input.value) looking = look();
// Who came to search by the menu or the key types at once.
if (location.hash === `#${input.id}`) input.focus();
