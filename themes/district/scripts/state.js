// The state of an enrollment at a moment, by the rules of `enrollment_state` in the program's
// src/schedule/enrollment.rs. tests/enrollment-states.json holds the two together.

const WEEK = 7 * 24 * 60 * 60 * 1000;

// From the most to the least hopeful.
const HOPE = [
  'closing-soon',
  'open',
  'waitlist',
  'opens-on',
  'upcoming',
  'required',
  'full',
  'in-progress',
  'closed',
  'past',
  'cancelled',
];

// What a state is called. The word of `opens-on` has a date in it and comes with the page.
export const WORDS = {
  'closing-soon': 'Closes soon',
  open: 'Open',
  waitlist: 'Waitlist',
  upcoming: 'Upcoming',
  required: 'Required',
  full: 'Full',
  'in-progress': 'In progress',
  closed: 'Enrollment closed',
  past: 'Past',
  cancelled: 'Cancelled',
};

const reached = (instant, now) => instant !== undefined && Date.parse(instant) <= now;

// A way in is what the page says of it: `opens`, `closes`, `starts`, `ends` as instants, `status`.
export function stateAt(way, now) {
  if (way.status === 'cancelled') return 'cancelled';
  if (reached(way.ends, now)) return 'past';
  if (way.status === 'required') return 'required';
  const begun = reached(way.starts, now);
  if (way.status === 'none') return begun ? 'in-progress' : 'upcoming';
  const notOpen = begun ? 'in-progress' : 'closed';
  if (way.status === 'closed') return notOpen;
  if (way.opens !== undefined && !reached(way.opens, now)) return 'opens-on';
  if (reached(way.closes, now)) return notOpen;
  if (way.status) return way.status;
  return reached(way.closes, now + WEEK) ? 'closing-soon' : 'open';
}

// Of several ways in, the one through which one still gets in, and its state.
export function best(ways, now) {
  const all = ways.map((way) => ({ way, state: stateAt(way, now) }));
  return all.reduce((a, b) => (HOPE.indexOf(b.state) < HOPE.indexOf(a.state) ? b : a));
}

// The moments at which the state of a way in may change.
export function boundaries(way) {
  const { opens, closes, starts, ends } = way;
  const moments = [opens, closes, starts, ends].filter(Boolean).map((at) => Date.parse(at));
  return closes ? [...moments, Date.parse(closes) - WEEK] : moments;
}
