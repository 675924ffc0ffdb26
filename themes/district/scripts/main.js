// Brings a page up to the moment of reading: states, buttons, notices, what has passed, what is
// next. Without it the page says what was true when it was built, in words that stay true.

import { best, boundaries, WORDS } from './state.js';
import './plan-buttons.js';
import './shortcut.js';

const { built, zone } = document.documentElement.dataset;
const all = (selector, within = document) => [...within.querySelectorAll(selector)];

// A clock that is set wrong does not bring back what was over when the page was built.
const present = () => Math.max(Date.now(), Date.parse(built));

function waysOf(element) {
  const { ways, opens, closes, starts, ends, status, until } = element.dataset;
  return ways ? JSON.parse(ways) : [{ opens, closes, starts, ends, status, until }];
}

// Shows the state that holds now. Returns the moments at which it may change.
function showState(element, now) {
  const ways = waysOf(element);
  const { way, state } = best(ways, now);
  const before = element.dataset.state;
  if (state !== before && before !== 'past' && before !== 'cancelled') {
    const word = state === 'opens-on' ? way.opening : WORDS[state];
    element.dataset.state = state;
    element.classList.replace(`state--${before}`, `state--${state}`);
    element.querySelector('use').setAttribute('href', `#icon_${state}`);
    if (word) element.querySelector('.state__word').textContent = word;
    showDetail(element, state, way);
    const panel = element.closest('[data-enrollment]');
    panel?.classList.replace(`enrollment--${before}`, `enrollment--${state}`);
    for (const link of all('[data-when]', panel ?? element.parentElement)) {
      link.hidden = !link.dataset.when.split(' ').includes(state);
    }
  }
  return ways.flatMap(boundaries);
}

function showDetail(element, state, way) {
  const open = state === 'open' || state === 'closing-soon';
  let detail = element.querySelector('.state__detail');
  if (open && way.until && !('brief' in element.dataset)) {
    if (!detail) {
      detail = document.createElement('span');
      detail.className = 'state__detail';
      element.append(' ', detail);
    }
    detail.textContent = way.until;
  } else if (!open) {
    detail?.remove();
  }
}

// Lists of offerings that hold one state or another: a row moves to the list that holds it now.
function sortRows() {
  const lists = all('[data-holds]');
  const holds = (list, state) => list.dataset.holds.split(' ').includes(state);
  for (const list of lists) {
    for (const row of [...list.children]) {
      const { state } = row.querySelector('[data-state]').dataset;
      if (holds(list, state)) continue;
      const other = lists.find((one) => holds(one, state));
      if (other) other.append(row);
      else row.hidden = true;
    }
  }
  for (const list of lists) {
    list.closest('section').hidden = !all(':scope > :not([hidden])', list).length;
  }
  for (const count of all('[data-counts]')) {
    const size = all(`#${count.dataset.counts} > :not([hidden])`).length;
    count.textContent = size;
    count.closest('li').hidden = size === 0;
  }
}

// Agendas of what is to come drop what has passed, and show the next in its stead.
function dropPast(now) {
  for (const list of all('[data-drops]')) {
    let left = Number(list.dataset.drops) || Infinity;
    for (const day of list.children) {
      const entries = all('[data-ends]', day);
      for (const entry of entries) {
        entry.hidden = Date.parse(entry.dataset.ends) <= now || left <= 0;
        if (!entry.hidden) left -= 1;
      }
      if (entries.length) day.hidden = entries.every((entry) => entry.hidden);
    }
    const section = list.closest('section');
    if (section && list.children.length) {
      section.hidden = !all(':scope > :not([hidden])', list).length;
    }
  }
}

// The sessions of an offering, and the days of an agenda, that are over.
function markPast(now) {
  const over = (at) => Date.parse(at) <= now;
  for (const session of all('.session')) {
    const { ends } = session.dataset;
    const entries = all('[data-ends]', session);
    if (!over(ends) && !(entries.length && entries.every((one) => over(one.dataset.ends)))) continue;
    if (ends) session.classList.add('session--past');
    session.querySelector('.leaf')?.classList.add('leaf--past');
  }
}

// The large date on the home page, when it is over: the first of the list below it.
function showNext(now) {
  const next = document.querySelector('[data-next]');
  if (!next || Date.parse(next.dataset.next) > now) return;
  const entry = document.querySelector('[data-drops] article[data-ends]:not([hidden], [data-off])');
  if (!entry) {
    next.hidden = true;
    return;
  }
  next.dataset.next = entry.dataset.ends;
  const leaf = entry.closest('li').querySelector('.leaf').cloneNode(true);
  leaf.className = next.querySelector('.leaf').className;
  next.querySelector('.leaf').replaceWith(leaf);
  next.querySelector('a').replaceWith(entry.querySelector('a').cloneNode(true));
  const when = next.querySelector('time').parentElement;
  when.replaceChildren(...entry.querySelector('.session__when').cloneNode(true).childNodes);
}

function showNotices(now) {
  for (const notice of all('[data-notice]')) {
    const { from, until } = notice.dataset;
    notice.hidden = Date.parse(from) > now || Date.parse(until) <= now;
  }
}

// The reader's own hours beside the catalog's, where the two differ.
function showOwnHours() {
  const options = { weekday: 'short', hour: 'numeric', minute: '2-digit' };
  const language = document.documentElement.lang;
  const theirs = new Intl.DateTimeFormat(language, { ...options, timeZone: zone });
  const mine = new Intl.DateTimeFormat(language, options);
  if (mine.resolvedOptions().timeZone === zone) return;
  for (const hours of all('[data-to]')) {
    const from = new Date(hours.dataset.from);
    const to = new Date(hours.dataset.to);
    const own = mine.formatRange(from, to);
    if (own === theirs.formatRange(from, to)) continue;
    const note = document.createElement('span');
    note.className = 'own-hours';
    note.textContent = ` (${own} where you are)`;
    hours.after(note);
  }
}

// A page that nothing has built for two weeks says so: what builds it each day may have stopped.
const OLD = 14 * 24 * 60 * 60 * 1000;

function showAge(now) {
  if (now - Date.parse(built) < OLD || document.querySelector('.notice[data-age]')) return;
  const day = new Intl.DateTimeFormat('en-US', { dateStyle: 'long', timeZone: zone });
  const words = document.createElement('p');
  words.className = 'notice__text';
  words.textContent = `This page is as of ${day.format(new Date(built))}. What has changed since then is not on it.`;
  const inner = document.createElement('div');
  inner.className = 'wrap notice__inner';
  inner.append(words);
  const notice = document.createElement('div');
  notice.className = 'notice notice--warning';
  notice.dataset.age = built;
  notice.setAttribute('role', 'note');
  notice.append(inner);
  document.querySelector('.page-top')?.append(notice);
}

let timer;

function refresh() {
  const now = present();
  const moments = all('[data-state]').flatMap((element) => showState(element, now));
  sortRows();
  dropPast(now);
  markPast(now);
  showNext(now);
  showNotices(now);
  showAge(now);
  for (const element of all('[data-ends],[data-notice]')) {
    const { ends, from, until } = element.dataset;
    moments.push(...[ends, from, until].filter(Boolean).map((at) => Date.parse(at)));
  }
  document.dispatchEvent(new Event('convene:refresh'));
  clearTimeout(timer);
  const next = Math.min(...moments.filter((moment) => moment > now));
  // Browsers count no further than 2^31 milliseconds.
  if (next < Infinity) timer = setTimeout(refresh, Math.min(next - now, 2 ** 31 - 1));
}

showOwnHours();
refresh();
addEventListener('pageshow', (event) => event.persisted && refresh());
document.addEventListener('visibilitychange', () => document.hidden || refresh());
