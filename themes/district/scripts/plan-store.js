// The reader's plan: a role, and what they chose. It is kept in this browser and sent nowhere.
//
//   { role: 'principal', chosen: { 'self-as-core': { cohort: 'fall', dates: { 1: '1b' } } } }

const KEY = `convene plan ${document.documentElement.dataset.root}`;
const ID = /^[a-z0-9][a-z0-9-]*$/;

// What is kept when the browser refuses to keep anything: this page's own copy.
let copy = '';

// False once the browser has refused.
export let kept = true;

// Keeps of a value that somebody else may have written what a plan can hold.
function plan(value) {
  const chosen = {};
  for (const [id, choice] of Object.entries(value?.chosen ?? {})) {
    if (!ID.test(id)) continue;
    const dates = Object.entries(choice?.dates ?? {}).filter((pair) => pair.every((it) => ID.test(it)));
    chosen[id] = { dates: Object.fromEntries(dates) };
    if (ID.test(choice?.cohort ?? '')) chosen[id].cohort = choice.cohort;
  }
  return { role: ID.test(value?.role ?? '') ? value.role : '', chosen };
}

export function read() {
  let text = copy;
  try {
    text = localStorage.getItem(KEY) ?? '';
  } catch {
    kept = false;
  }
  try {
    return plan(JSON.parse(text || '{}'));
  } catch {
    return plan({});
  }
}

export function write(value) {
  copy = JSON.stringify(plan(value));
  try {
    localStorage.setItem(KEY, copy);
  } catch {
    kept = false;
  }
  document.dispatchEvent(new Event('convene:plan'));
}

export function change(edit) {
  const value = read();
  edit(value);
  write(value);
}

// Another tab changed it.
addEventListener('storage', ({ key }) => {
  if (key === KEY) document.dispatchEvent(new Event('convene:plan'));
});

// A plan as the end of a link, short enough to read out: `principal/self-as-core.fall.1=1b`.
export function encode({ role, chosen }) {
  const one = ([id, { cohort = '', dates }]) =>
    [id, cohort, ...Object.entries(dates).map((pair) => pair.join('='))].join('.');
  return [role, ...Object.entries(chosen).map(one)].join('/');
}

export function decode(text) {
  const [role, ...rest] = text.split('/');
  const chosen = {};
  for (const part of rest) {
    const [id, cohort, ...dates] = part.split('.');
    chosen[id] = { cohort, dates: Object.fromEntries(dates.map((pair) => pair.split('='))) };
  }
  return plan({ role, chosen });
}
