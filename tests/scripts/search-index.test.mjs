// Words with a slip of the hand are those that a plain reckoning of every word finds.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Index } from '../../themes/district/scripts/search-index.js';

const WORDS = [
  ...['act', 'coach', 'coaching', 'community', 'commute', 'commuter', 'convene', 'convenes', 'convening'],
  ...['core', 'cores', 'equity', 'evidence', 'evident', 'leader', 'learn', 'score', 'tank', 'thank', 'think'],
].sort();

// A file of words as the program writes it, in which each word occurs once.
function written() {
  let before = '';
  const packed = WORDS.map((word) => {
    let alike = 0;
    while (alike < before.length && before[alike] === word[alike]) alike += 1;
    before = word;
    return String.fromCharCode(65 + alike) + word.slice(alike);
  });
  const facts = { version: 'v', english: false, entries: 1, chunk: 1, most: 1, ends: [WORDS.length] };
  return `${JSON.stringify(facts)}\n${packed.join('')}\n${' '.repeat(WORDS.length - 1)}\n`;
}

// One letter more, less or other, or two exchanged.
function distance(a, b) {
  const rows = [];
  for (let i = 0; i <= a.length; i += 1) {
    rows.push([i]);
    for (let j = 1; j <= b.length; j += 1) {
      if (i === 0) {
        rows[0].push(j);
        continue;
      }
      const other = a[i - 1] === b[j - 1] ? 0 : 1;
      rows[i][j] = Math.min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + other);
      const isExchanged = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (isExchanged) rows[i][j] = Math.min(rows[i][j], rows[i - 2][j - 2] + 1);
    }
  }
  return rows[a.length][b.length];
}

function expected(typed, isLast) {
  const allowed = typed.length > 7 ? 2 : 1;
  const away = (word) => {
    const ends = isLast ? [...word].map((_, i) => word.slice(0, i + 1)) : [word];
    return Math.min(...ends.map((one) => distance(typed, one)));
  };
  return WORDS.filter((word) => away(word) <= allowed);
}

for (const typed of ['covene', 'convenign', 'evidnce', 'eqiuty', 'thikn', 'comunity', 'kore', 'xore', 'tahnk', 'commutr', 'zzzz']) {
  for (const isLast of [false, true]) {
    test(`slips of ${typed}${isLast ? ', still being typed' : ''}`, async () => {
      const index = new Index('', async () => written());
      await index.open();
      assert.deepEqual(index.words, WORDS);
      const found = [...index.forms(typed, isLast).keys()].map((i) => WORDS[i]).sort();
      assert.deepEqual(found, expected(typed, isLast));
    });
  }
}
