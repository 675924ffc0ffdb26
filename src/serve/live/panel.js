// For those who write: where this page is written, what there is to say about it, and the states
// that it passes through. Small until it is opened; the browser remembers which it was.

import { h, host, place, words } from './host.js';

const KEY = 'convene panel';
const root = host('convene_panel');

let facts;
let state = { on: true, errors: 0, reopen: undefined };
let open = false;
try {
  open = localStorage.getItem(KEY) === 'open';
} catch {
  // The browser keeps nothing: then it is closed.
}

export function show(message) {
  facts = message;
  draw();
}

// Whether the server is there.
export function connected(on) {
  if (state.on === on) return;
  state = { ...state, on };
  draw();
}

// Errors that were hidden by hand, and how to show them again.
export function errors(number, reopen) {
  state = { ...state, errors: number, reopen };
  draw();
}

function toggle() {
  open = !open;
  try {
    localStorage.setItem(KEY, open ? 'open' : 'closed');
  } catch {
    // Then it is forgotten with the page.
  }
  draw();
  root.querySelector('.pill')?.focus();
}

const counted = (number, noun) => `${number} ${noun}${number === 1 ? '' : 's'}`;

function draw() {
  if (!facts) return;
  const focused = root.activeElement?.className;
  const now = facts.steps[0]?.steps.find(({ tense }) => tense === 'present');
  const pill = h(
    'button',
    { type: 'button', class: 'pill', 'aria-expanded': String(open), 'aria-controls': 'card', onclick: toggle },
    h('span', { class: 'pill__name' }, 'This page'),
    now && h('span', { class: `pill__state state--${now.id}` }, now.word),
    facts.own.length > 0 && h('span', { class: 'pill__warnings' }, counted(facts.own.length, 'warning')),
    !state.on && h('span', { class: 'pill__off' }, 'not connected'),
  );
  const again = state.errors > 0 && h(
    'button',
    { type: 'button', class: 'pill pill--errors', onclick: state.reopen },
    `Show ${counted(state.errors, 'error')}`,
  );
  root.replaceChildren(
    h(
      'aside',
      { class: 'panel', 'aria-label': 'Preview', onkeydown: (event) => event.key === 'Escape' && open && toggle() },
      open && card(),
      h('div', { class: 'panel__pills' }, again, pill),
    ),
  );
  if (focused) root.querySelector(`.${focused.split(' ').join('.')}`)?.focus();
}

function card() {
  const { source, own, others, total, steps, now } = facts;
  return h(
    'div',
    { class: 'card', id: 'card', tabindex: 0, role: 'region', 'aria-label': 'About this page' },
    h(
      'section',
      {},
      h('h2', {}, 'Written in'),
      source
        ? h('p', { class: 'card__source' }, place(source))
        : h('p', {}, 'It is gathered from all entries, or made by the program.'),
    ),
    ...steps.map(({ title, steps: list }) =>
      h(
        'section',
        {},
        h('h2', {}, title ? `States of ${title}` : 'States'),
        h('ol', { class: 'steps' }, ...list.map(step)),
      ),
    ),
    h(
      'section',
      {},
      h('h2', {}, 'Warnings'),
      own.length ? h('ul', { class: 'warnings' }, ...own.map(warning)) : h('p', {}, 'None for this page.'),
      others.length > 0 && h(
        'details',
        { class: 'elsewhere' },
        h('summary', {}, `${total - own.length} elsewhere`),
        h('ul', { class: 'warnings' }, ...others.map(warning)),
      ),
    ),
    h('p', { class: 'card__note' }, `As of ${now}. Only the preview shows this; it is in no published page.`),
  );
}

const TENSES = { past: 'over', present: 'now', future: 'to come' };

function step({ id, word, from, tense }) {
  return h(
    'li',
    { class: `step step--${tense}`, 'aria-current': tense === 'present' && 'step' },
    h('span', { class: `step__word state--${id}` }, word),
    h('span', { class: 'step__from' }, from ?? ''),
    h('span', { class: 'step__tense' }, TENSES[tense]),
  );
}

function warning(one) {
  return h(
    'li',
    {},
    h(
      'details',
      {},
      h('summary', {}, one.message, h('span', { class: 'warnings__place' }, place(one))),
      words(one.words),
    ),
  );
}
