// The page of the plan: what is required of the reader's role, what they chose, when it is, where
// two dates clash, what credit it brings, and the ways to take it along.

import { boundaries, stateAt, WORDS } from './state.js';
import { calendarOf } from './plan-calendar.js';
import { change, decode, encode, kept, read, write } from './plan-store.js';

const page = document.querySelector('[data-my-plan]');
const part = (name) => page.querySelector(`[data-part="${name}"]`);
const { built } = document.documentElement.dataset;
const now = () => Math.max(Date.now(), Date.parse(built));

function h(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (value !== undefined && value !== false) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== undefined && child !== ''));
  return element;
}

function icon(name) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const use = document.createElementNS('http://www.w3.org/2000/svg', 'use');
  use.setAttribute('href', `#icon_${name}`);
  svg.setAttribute('class', 'icon state__icon');
  svg.setAttribute('aria-hidden', 'true');
  svg.append(use);
  return svg;
}

const badge = (id, word) =>
  h('span', { class: `state state--${id}` }, h('span', { class: 'state__badge' }, icon(id), word));

// ---- What the catalog says of an offering, fetched once.

const fetched = new Map();

function offering(id) {
  if (!fetched.has(id)) {
    const one = fetch(`${page.dataset.data}${id}.json`)
      .then((response) => (response.ok ? response.json() : { id, gone: true }))
      .catch(() => {
        fetched.delete(id);
        return { id, failed: true };
      });
    fetched.set(id, one);
  }
  return fetched.get(id);
}

// ---- What follows from the choices.

// The sessions that the reader attends, and the choices that are still to be made.
function resolve(data, choice = { dates: {} }) {
  const named = data.cohorts.length > 1 || data.cohorts[0]?.id;
  const cohort = named ? data.cohorts.find(({ id }) => id === choice.cohort) : data.cohorts[0];
  const open = [];
  if (data.cohorts.length && !cohort) open.push({ cohorts: data.cohorts });
  const sessions = (cohort?.sessions ?? []).flatMap((session) => {
    if (!session.alternatives) return [{ ...session, data, cohort }];
    const picked = session.alternatives.find(({ id }) => id === choice.dates[session.id]);
    open.push({ session, picked });
    return picked ? [{ ...picked, title: session.title, data, cohort }] : [];
  });
  return { data, choice, cohort, open, sessions };
}

const takesPlace = ({ status, data }) =>
  !data.cancelled && status !== 'cancelled' && status !== 'postponed';

function meetingsOf(plans) {
  const all = plans.flatMap(({ sessions }) =>
    sessions.flatMap((session) =>
      session.meetings.map((meeting, index) => ({ ...meeting, session, index })),
    ),
  );
  return all.sort((a, b) => a.starts.localeCompare(b.starts) || a.ends.localeCompare(b.ends));
}

// Pairs of meetings of different sessions that overlap.
function clashesOf(meetings) {
  const pairs = [];
  const going = meetings.filter(({ session }) => takesPlace(session));
  going.forEach((one, index) => {
    for (const other of going.slice(index + 1)) {
      if (Date.parse(other.starts) >= Date.parse(one.ends)) break;
      if (other.session !== one.session) pairs.push([one, other]);
    }
  });
  return pairs;
}

// Credit by type, what is pending apart.
function creditOf(plans) {
  const sums = new Map();
  for (const { data, sessions } of plans) {
    if (data.cancelled) continue;
    const credit = data.credit.length ? data.credit : sessions.flatMap((one) => one.credit ?? []);
    for (const { type, name, unit, hundredths, pending } of credit) {
      const sum = sums.get(type) ?? { name, unit, sure: 0, pending: 0 };
      sum[pending ? 'pending' : 'sure'] += hundredths;
      sums.set(type, sum);
    }
  }
  return sums;
}

const amount = (hundredths) => String(hundredths / 100);

// ---- What the page shows.

function link(session) {
  const url = new URL(session.url);
  const own = session.title === session.data.title ? '' : `: ${session.title}`;
  return h('a', { href: url.pathname + url.hash }, session.data.title + own);
}

const hoursOf = ({ day, hours }) => `${day}, ${hours ?? 'all day'}`;

function showClashes(clashes) {
  const list = clashes.map(([one, other]) =>
    h('li', {}, link(one.session), ` (${hoursOf(one)}) and `, link(other.session), ` (${hoursOf(other)})`),
  );
  part('clashes').hidden = !list.length;
  part('clash-list').replaceChildren(...list);
}

function leaf(start) {
  const day = new Date(`${start.slice(0, 10)}T00:00:00Z`);
  const words = (options) => new Intl.DateTimeFormat('en-US', { ...options, timeZone: 'UTC' }).format(day);
  return h(
    'div',
    { class: 'leaf', 'aria-hidden': 'true' },
    h('span', { class: 'leaf__month' }, words({ month: 'short' })),
    h('span', { class: 'leaf__day' }, words({ day: 'numeric' })),
    h('span', { class: 'leaf__weekday' }, words({ weekday: 'short' })),
  );
}

const CHANGES = {
  moved: 'Moved',
  cancelled: 'Cancelled',
  postponed: 'Postponed',
  tentative: 'Tentative',
};

// When and where it was to be, and why it is no longer.
function changeOf({ moved_from: from, place_was: place, reason, status }) {
  const was = [from?.text, place?.name].filter(Boolean).flatMap((text) => [' ', h('del', {}, text)]);
  if (!was.length && !reason) return '';
  const words = was.length ? [h('strong', {}, 'Was'), ...was] : [];
  if (was.length && reason) words.push('. ');
  const struck = status === 'cancelled' ? ' session__change--cancelled' : '';
  return h('p', { class: `session__change${struck}` }, ...words, reason ?? '');
}

function showDates(meetings, clashes) {
  const rows = meetings.map((meeting) => {
    const { session } = meeting;
    const status = session.data.cancelled ? 'cancelled' : session.status;
    const over = Date.parse(meeting.ends) <= now();
    const clash = clashes.some((pair) => pair.includes(meeting));
    const leafOfDay = leaf(meeting.start);
    leafOfDay.classList.toggle('leaf--past', over);
    if (status) leafOfDay.classList.add(`leaf--${status}`);
    const flags = [];
    if (status) flags.push(badge(status, CHANGES[status]));
    if (clash) flags.push(badge('closing-soon', 'Clash'));
    if (session.data.required) flags.push(badge('required', 'Required'));
    return h(
      'li',
      { class: `session${over ? ' session--past' : ''}` },
      h('div', { class: 'session__leaf' }, leafOfDay),
      h(
        'div',
        { class: `session__body${status === 'cancelled' ? ' session__body--cancelled' : ''}` },
        flags.length ? h('p', { class: 'session__flags' }, ...flags) : '',
        h('h3', { class: 'session__title' }, link(session)),
        h('p', { class: 'session__when' }, hoursOf(meeting)),
        changeOf(session),
        session.where ? h('p', { class: 'session__where' }, session.where) : '',
        session.cohort?.title ? h('p', { class: 'session__facts' }, session.cohort.title) : '',
      ),
    );
  });
  part('dates').replaceChildren(...rows);
  part('no-dates').hidden = rows.length > 0;
}

function picker(name, options, chosen, set) {
  const id = `plan_${name}`;
  const select = h(
    'select',
    { class: 'field__input', id, onchange: ({ target }) => set(target.value) },
    h('option', { value: '' }, 'Choose one'),
    ...options.map(({ value, text }) => h('option', { value, selected: value === chosen && '' }, text)),
  );
  return { id, select };
}

function choiceRow({ data, choice, cohort, open }, required) {
  const fields = [];
  const field = (label, { id, select }) =>
    fields.push(h('div', { class: 'field' }, h('label', { class: 'field__label', for: id }, label), select));
  const edit = (set) =>
    change(({ chosen }) => set((chosen[data.id] ??= { dates: {} })));
  if (data.cohorts.length > 1 || data.cohorts[0]?.id) {
    const options = data.cohorts.map(({ id, title, state }) => ({
      value: id,
      text: `${title} (${(WORDS[stateAt(state, now())] ?? 'Opens later').toLowerCase()})`,
    }));
    field('Cohort', picker(`${data.id}_cohort`, options, cohort?.id, (value) =>
      change(({ chosen }) => {
        chosen[data.id] = { cohort: value, dates: {} };
      }),
    ));
  }
  for (const { session, picked } of open.filter((one) => one.session)) {
    const options = session.alternatives.map((one) => ({
      value: one.id,
      text: one.meetings.length ? one.meetings.map(hoursOf).join('; ') : one.when,
    }));
    field(session.title, picker(`${data.id}_${session.id}`, options, picked?.id, (value) =>
      edit(({ dates }) => {
        if (value) dates[session.id] = value;
        else delete dates[session.id];
      }),
    ));
  }
  const state = stateAt(data.state, now());
  const word = state === 'opens-on' ? data.state.opening : WORDS[state];
  const removal = required
    ? ''
    : h(
        'button',
        {
          class: 'button button--quiet button--small',
          type: 'button',
          onclick: () => {
            change(({ chosen }) => delete chosen[data.id]);
            say(`${data.title} is no longer in the plan.`);
            part('choices-title').focus();
          },
        },
        'Remove',
        h('span', { class: 'visually-hidden' }, `: ${data.title}`),
      );
  return h(
    'li',
    { class: 'offering-row' },
    h(
      'div',
      { class: 'offering-row__body' },
      h('h3', { class: 'offering-row__title' }, h('a', { href: new URL(data.url).pathname }, data.title)),
      h('p', { class: 'offering-row__summary' }, data.summary),
      ...fields,
    ),
    h('div', { class: 'offering-row__state' }, badge(state, word ?? ''), removal),
  );
}

// An offering that the catalog no longer has, or that could not be fetched.
function missingRow({ id, failed }) {
  const words = failed
    ? `“${id}” could not be read. Are you offline?`
    : `“${id}” is no longer in the catalog.`;
  const remove = () => change(({ chosen }) => delete chosen[id]);
  return h(
    'li',
    { class: 'offering-row' },
    h('p', { class: 'offering-row__body' }, words),
    h('button', { class: 'button button--quiet button--small', type: 'button', onclick: remove }, 'Remove'),
  );
}

function showChoices(plans, missing, required) {
  const rows = plans.map((one) => choiceRow(one, required.has(one.data.id)));
  part('choices').replaceChildren(...rows, ...missing.map(missingRow));
  part('no-choices').hidden = rows.length + missing.length > 0;
}

function showProgress(plan, plans, credit) {
  const going = new Set(plans.filter(({ data }) => !data.cancelled).map(({ data }) => data.id));
  for (const section of page.querySelectorAll('[data-role]')) {
    section.classList.toggle('is-mine', section.dataset.role === plan.role);
    for (const rule of section.querySelectorAll('[data-rule]')) {
      const { count, hundredths, credit: type } = rule.dataset;
      let done;
      let words;
      if (type) {
        const { sure = 0, pending = 0, unit = '' } = credit.get(type) ?? {};
        done = sure >= Number(hundredths);
        words = `${amount(sure)} ${unit} in my plan, ${amount(hundredths)} needed`;
        if (pending) words += `, ${amount(pending)} pending`;
      } else {
        const names = rule.querySelectorAll('[data-of]');
        const planned = [...names].filter(({ dataset }) => going.has(dataset.of));
        for (const name of names) name.classList.toggle('is-planned', going.has(name.dataset.of));
        done = planned.length >= Number(count);
        words = `${planned.length} in my plan, ${count} needed`;
      }
      const progress = rule.querySelector('[data-progress]');
      progress.hidden = false;
      progress.replaceChildren(badge(done ? 'open' : 'opens-on', words));
    }
  }
}

function showCredit(credit) {
  const rows = [...credit.values()].map(({ name, unit, sure, pending }) => {
    const sums = [];
    if (sure) sums.push(`${amount(sure)} ${unit}`);
    if (pending) sums.push(`${amount(pending)} ${unit} pending approval`);
    return h(
      'div',
      { class: 'facts__item' },
      h('dt', { class: 'facts__name' }, name),
      h('dd', { class: 'facts__value' }, sums.join(', and ')),
    );
  });
  part('credit').replaceChildren(...rows);
  part('credit-section').hidden = !rows.length;
}

function say(words) {
  part('status').textContent = words;
}

let shown = { plans: [] };
let timer;

async function show() {
  const plan = read();
  part('not-kept').hidden = kept;
  part('no-role').hidden = plan.role !== '';
  for (const input of page.querySelectorAll('[name=role]')) input.checked = input.value === plan.role;
  const ofRole = [...page.querySelectorAll('[data-role]')].find(({ dataset }) => dataset.role === plan.role);
  const required = new Set(ofRole?.dataset.required.split(' ').filter(Boolean));
  const ids = [...new Set([...required, ...Object.keys(plan.chosen)])];
  const all = await Promise.all(ids.map(offering));
  const missing = all.filter(({ gone, failed }) => gone || failed);
  const plans = all
    .filter((data) => data.url)
    .map((data) => resolve(data, plan.chosen[data.id]));
  const meetings = meetingsOf(plans);
  const clashes = clashesOf(meetings);
  const credit = creditOf(plans);
  const focused = document.activeElement?.id;
  showProgress(plan, plans, credit);
  showChoices(plans, missing, required);
  showClashes(clashes);
  showDates(meetings, clashes);
  showCredit(credit);
  if (focused) document.getElementById(focused)?.focus();
  shown = { plans };
  for (const element of page.querySelectorAll('[data-needs]')) {
    const { needs } = element.dataset;
    element.hidden = needs === 'dates' ? !meetings.some(({ session }) => takesPlace(session)) : !ids.length;
  }
  part('link').value = new URL(`#${encode(plan)}`, location.href).href;
  page.dataset.ready = '';
  page.toggleAttribute('data-begun', plan.role !== '' || ids.length > 0);
  const moments = plans.flatMap(({ data }) => boundaries(data.state));
  moments.push(...meetings.map(({ ends }) => Date.parse(ends)));
  clearTimeout(timer);
  const next = Math.min(...moments.filter((moment) => moment > now()));
  if (next < Infinity) timer = setTimeout(show, Math.min(next - now(), 2 ** 31 - 1));
}

// ---- A plan that comes by a link.

function offer() {
  const text = decodeURIComponent(location.hash.slice(1));
  if (!text.includes('/')) return;
  const theirs = decode(text);
  const mine = read();
  const forget = () => history.replaceState(null, '', location.pathname);
  if (encode(theirs) === encode(mine) || !Object.keys(theirs.chosen).length) return forget();
  if (!Object.keys(mine.chosen).length) {
    write(theirs);
    say('The plan of the link is now the plan of this browser.');
    return forget();
  }
  const box = part('offer');
  const count = (plan) => {
    const size = Object.keys(plan.chosen).length;
    return size === 1 ? 'one offering' : `${size} offerings`;
  };
  part('offer-words').textContent =
    `The link brings a plan with ${count(theirs)}. Your plan in this browser has ${count(mine)}.`;
  box.hidden = false;
  const answer = (name, done) => {
    part(name).onclick = () => {
      done();
      box.hidden = true;
      forget();
      part('title').focus();
    };
  };
  answer('take', () => {
    write(theirs);
    say('The plan of the link has replaced yours.');
  });
  answer('join', () => {
    write({ role: mine.role || theirs.role, chosen: { ...theirs.chosen, ...mine.chosen } });
    say('Both plans are now one.');
  });
  answer('keep', () => say('Your plan is as it was.'));
  part('offer-title').focus();
}

part('copy').addEventListener('click', async () => {
  const field = part('link');
  try {
    await navigator.clipboard.writeText(field.value);
    say('The link is copied.');
  } catch {
    field.select();
    say('Copy the selected link.');
  }
});
part('print').addEventListener('click', () => print());
part('calendar').addEventListener('click', () => download());
page.addEventListener('change', ({ target }) => {
  if (target.name === 'role') change((plan) => (plan.role = target.value));
});

// ---- One calendar of all dates, made of the calendars of the offerings.

async function download() {
  let text;
  try {
    text = await calendarOf(shown.plans, page.dataset.calendars);
  } catch {
    say('The calendars could not be read. Are you offline?');
    return;
  }
  const href = URL.createObjectURL(new Blob([text], { type: 'text/calendar;charset=utf-8' }));
  h('a', { href, download: 'my-plan.ics' }).click();
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
  say('The calendar is downloaded.');
}

document.addEventListener('convene:plan', show);
addEventListener('pageshow', ({ persisted }) => persisted && show());
addEventListener('hashchange', offer);
document.addEventListener('visibilitychange', () => document.hidden || show());
await show();
offer();
