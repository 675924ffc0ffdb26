// The theme's script sees the states that the program sees: the table is tests/enrollment-states.json.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { best, boundaries, stateAt } from '../../themes/district/scripts/state.js';

const { cases } = JSON.parse(readFileSync(new URL('../enrollment-states.json', import.meta.url)));

for (const { name, way, states } of cases) {
  test(name, () => {
    for (const [moment, expected] of states) {
      assert.equal(stateAt(way, Date.parse(moment)), expected, moment);
    }
  });

  // A page that is left open looks again at these moments, and so misses no change.
  test(`${name}: no change between boundaries`, () => {
    const known = boundaries(way).sort((a, b) => a - b);
    const moments = [0, ...known, Date.parse('2030-01-01')];
    for (let i = 0; i + 1 < moments.length; i += 1) {
      const [from, to] = [moments[i], moments[i + 1]];
      for (const part of [0, 0.25, 0.5, 0.999]) {
        const at = Math.floor(from + (to - from - 1) * part);
        if (at >= from) assert.equal(stateAt(way, at), stateAt(way, from), new Date(at).toISOString());
      }
    }
  });
}

test('of several ways in, the most hopeful counts', () => {
  const autumn = { opens: '2026-09-01T04:00:00Z', closes: '2026-10-01T04:00:00Z' };
  const spring = { opens: '2026-12-01T05:00:00Z', closes: '2027-02-01T05:00:00Z' };
  const at = (moment) => best([autumn, spring], Date.parse(moment));
  assert.equal(at('2026-08-01').state, 'opens-on');
  assert.equal(at('2026-09-05').way, autumn);
  assert.deepEqual(at('2026-11-01'), { way: spring, state: 'opens-on' });
  assert.deepEqual(at('2027-01-01'), { way: spring, state: 'open' });
  assert.equal(at('2027-03-01').state, 'closed');
});
