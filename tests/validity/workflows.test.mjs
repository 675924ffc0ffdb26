// actionlint finds what is wrong with a workflow, and says nothing of one without a fault.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { faults } from './workflows.mjs';

const GOOD = `on: push
jobs:
  a:
    runs-on: ubuntu-24.04
    steps:
      - run: echo "$X"
        env:
          X: \${{ github.sha }}
`;

test('a good workflow has no fault', async () => {
  assert.deepEqual(await faults(GOOD, 'good.yml'), []);
});

const BAD = [
  ['an unknown key', GOOD.replace('steps:', 'stepz:')],
  ['an unknown property', GOOD.replace('github.sha', 'github.shah')],
  ['an unknown job', GOOD.replace('    steps:', '    needs: b\n    steps:')],
  ['a text of somebody else in a script', GOOD.replace('"$X"', () => '${{ github.event.issue.title }}')],
  ['an event that there is none of', GOOD.replace('push', 'pushed')],
];

for (const [what, text] of BAD) {
  test(`${what} is a fault`, async () => {
    const found = await faults(text, 'bad.yml');
    assert.ok(found.length > 0);
    assert.match(found[0], /^bad\.yml:\d+:\d+: /);
  });
}
