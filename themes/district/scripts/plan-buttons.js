// On every page: the buttons that add to the reader's plan, the ticks on what is in it, its size.

import { change, read } from './plan-store.js';

const all = (selector) => document.querySelectorAll(selector);

// What a button stands for: an offering, a cohort of it, or one of several dates of a session.
function isChosen({ chosen }, { plan, cohort, session, date }) {
  const choice = chosen[plan];
  if (!choice || (cohort && choice.cohort !== cohort)) return false;
  return !date || choice.dates[session] === date;
}

function toggle({ chosen }, { plan, cohort, session, date }, on) {
  if (!on && date) delete chosen[plan].dates[session];
  else if (!on) delete chosen[plan];
  else {
    const choice = (chosen[plan] ??= { dates: {} });
    // Another cohort has other sessions.
    if (cohort && choice.cohort !== cohort) chosen[plan] = { cohort, dates: {} };
    if (date) chosen[plan].dates[session] = date;
  }
}

function show() {
  const plan = read();
  for (const button of all('[data-plan]')) {
    const on = isChosen(plan, button.dataset);
    button.setAttribute('aria-pressed', on);
    button.querySelector('use').setAttribute('href', on ? '#icon_past' : '#icon_add');
  }
  for (const row of all('[data-offering]')) {
    row.classList.toggle('is-planned', row.dataset.offering in plan.chosen);
  }
  const size = Object.keys(plan.chosen).length;
  for (const count of all('[data-plan-size]')) count.textContent = size ? ` (${size})` : '';
}

document.addEventListener('click', ({ target }) => {
  const button = target.closest?.('[data-plan]');
  if (!button) return;
  change((plan) => toggle(plan, button.dataset, !isChosen(plan, button.dataset)));
});
document.addEventListener('convene:plan', show);
addEventListener('pageshow', show);
show();
