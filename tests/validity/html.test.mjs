// The HTML check lets a sound site pass and no other.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { folderWith, pageWith } from './folder.mjs';
import { checkHtml } from './html.mjs';

const STYLED = { head: '<link rel="stylesheet" href="/leaders/assets/site.css">\n' };

test('a sound site, with a policy that allows its own style sheet', (t) => {
  const folder = folderWith(t, {
    'index.html': pageWith('<p>Text</p>', {
      head: `${STYLED.head}<script type="application/ld+json">{"@context":"https://schema.org"}</script>\n`,
    }),
    'assets/site.css': '@layer base { :root { color-scheme: light dark } }',
    'icon.svg': '<svg xmlns="http://www.w3.org/2000/svg"><title>a</title></svg>',
    'data.json': '{',
  });
  assert.deepEqual(checkHtml(folder), []);
});

test('faults of pages, styles and pictures', (t) => {
  const folder = folderWith(t, {
    'deep/index.html': pageWith('<p><div>Text</div></p>'),
    'assets/site.css': 'a { colour: red }',
    'icon.svg': '<svg xmlns="http://www.w3.org/2000/svg"><p/></svg>',
  });
  const files = new Set(checkHtml(folder).map(({ file }) => file));
  assert.deepEqual([...files], ['assets/site.css', 'deep/index.html', 'icon.svg']);
});

test('a warning counts', (t) => {
  const folder = folderWith(t, { 'index.html': pageWith('<section><p>Text</p></section>') });
  const [{ file, line, message }] = checkHtml(folder);
  assert.equal(`${file}:${line}`, 'index.html:11');
  assert.match(message, /^Section lacks heading/);
});

test('what the policy really forbids', (t) => {
  const folder = folderWith(t, {
    'index.html': pageWith('<p style="color: red">Text</p>', {
      head: '<link rel="stylesheet" href="https://fonts.example.com/a.css">\n<script>1</script>\n',
    }),
  });
  const messages = checkHtml(folder).map(({ message }) => message);
  assert.equal(messages.length, 3);
  for (const message of messages) assert.match(message, /Content Security Policy/);
});
