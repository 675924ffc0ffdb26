// Small sites on disk, for the tests of the checkers.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

// Writes files, a map from path to content, into a new folder that goes when the test ends.
export function folderWith(test, files) {
  const folder = mkdtempSync(join(tmpdir(), 'convene-test-'));
  test.after(() => rmSync(folder, { recursive: true }));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

// A page as convene makes it, around what stands in its `<main>`.
export function pageWith(main, { title = 'A page', head = '' } = {}) {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; base-uri 'none'">
<title>${title}</title>
${head}</head>
<body>
<a href="#main">Skip to the content</a>
<main id="main" tabindex="-1"><h1>${title}</h1>
${main}
</main>
</body>
</html>
`;
}
