// What is new on the home page since the reader's last visit, as this browser remembers it.

const { root } = document.documentElement.dataset;
const KEY = `convene seen ${root}`;
// A reader who comes back within this time is still on the same visit.
const VISIT = 30 * 60 * 1000;

const changes = [...document.querySelectorAll('[data-key]')];
const offerings = [...document.querySelectorAll('[data-id]')];
const present = [
  ...changes.map(({ dataset }) => dataset.key),
  ...offerings.map(({ dataset }) => dataset.id),
];

// `before` is what was there on the visit before, `shown` what was there on this one.
function visit() {
  const now = Date.now();
  const last = JSON.parse(localStorage.getItem(KEY) ?? 'null');
  const same = last && now - last.at < VISIT;
  const before = same ? last.before : last?.shown;
  const since = same ? last.since : last?.at;
  localStorage.setItem(KEY, JSON.stringify({ at: now, since, before, shown: present }));
  return { before, since };
}

function badge(words) {
  const element = document.createElement('strong');
  element.className = 'new';
  element.textContent = words;
  return element;
}

function show({ before, since }) {
  if (!before) return;
  const known = new Set(before);
  const fresh = changes.filter(({ dataset }) => !known.has(dataset.key));
  const day = new Intl.DateTimeFormat('en-US', { month: 'long', day: 'numeric' }).format(since);
  for (const change of fresh.reverse()) {
    change.classList.add('change--new');
    change.firstElementChild.prepend(badge('New'), ' ');
    change.parentElement.prepend(change);
  }
  for (const offering of offerings.filter(({ dataset }) => !known.has(dataset.id))) {
    offering.append(' ', badge('New'));
  }
  const words = document.querySelector('[data-since]');
  if (!words) return;
  words.hidden = false;
  words.textContent = fresh.length
    ? `${fresh.length} since your last visit on ${day}`
    : `Nothing since your last visit on ${day}`;
}

try {
  show(visit());
} catch {
  // The browser keeps nothing: then every visit is the first.
}
