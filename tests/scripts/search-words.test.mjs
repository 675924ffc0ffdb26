// What a reader types becomes the words that the program indexed: tests/search-words.json.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { words } from '../../themes/district/scripts/search-words.js';

const { cases } = JSON.parse(readFileSync(new URL('../search-words.json', import.meta.url)));

for (const { text, english, plain } of cases) {
  test(`words of ${JSON.stringify(text)}`, () => {
    assert.deepEqual(words(text, true), english);
    assert.deepEqual(words(text, false), plain);
  });
}
