// What axe-core finds on a page: WCAG 2.0 to 2.2, levels A and AA, and good practice.

import axe from 'axe-core';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

// One line for every fault, in each colour scheme, with everything closed and then with everything
// opened. The page is loaded once: its colours follow the scheme while it is open.
export async function axeFaults(tab, schemes = ['light', 'dark']) {
  await tab.evaluate(axe.source);
  const faults = new Set();
  for (const open of [false, true]) {
    for (const scheme of schemes) {
      await tab.emulateMedia({ colorScheme: scheme });
      const found = await tab.evaluate(runAxe, { tags: TAGS, open, scheme });
      for (const fault of found) faults.add(`${scheme}: ${fault}`);
    }
  }
  return faults;
}

// Runs in the page: what axe finds in all of it, or, opened, in what opens and closes.
async function runAxe({ tags, open, scheme }) {
  if (!matchMedia(`(prefers-color-scheme: ${scheme})`).matches) return ['another scheme'];
  // What was closed is known also when it is opened for the second time.
  window.closedParts ??= [...document.querySelectorAll('details:not([open])')];
  const parts = window.closedParts;
  if (open && parts.length === 0) return [];
  if (open) for (const part of parts) part.open = true;
  const where = open ? { include: parts } : document;
  const { violations, passes } = await window.axe.run(where, {
    runOnly: { type: 'tag', values: tags },
    // Of what passes, one element is enough to know that axe looked.
    resultTypes: ['violations'],
  });
  if (passes.length === 0) return ['axe looked at nothing'];
  return violations.flatMap(({ id, impact, nodes }) =>
    nodes.map(({ target, failureSummary }) => {
      const why = failureSummary.replace(/^Fix (any|all) of the following:/, '').trim();
      return `${id} (${impact}) ${target.join(' ')}: ${why.replace(/\s+/g, ' ')}`;
    }),
  );
}
