// What axe-core finds on a page: WCAG 2.0 to 2.2, levels A and AA, and good practice.

import axe from 'axe-core';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

// One line for every fault, with everything closed and with everything opened.
export async function axeFaults(tab) {
  await tab.evaluate(axe.source);
  const closed = await tab.evaluate(runAxe, { tags: TAGS });
  const opened = await tab.evaluate(runAxe, { tags: TAGS, open: true });
  return new Set([...closed, ...opened]);
}

// Runs in the page: what axe finds in all of it, or, opened, in what opens and closes.
async function runAxe({ tags, open = false }) {
  const parts = [...document.querySelectorAll('details:not([open])')];
  if (open && parts.length === 0) return [];
  if (open) for (const part of parts) part.open = true;
  const where = open ? { include: parts } : document;
  const { violations, passes } = await window.axe.run(where, {
    runOnly: { type: 'tag', values: tags },
  });
  if (passes.length === 0) return ['axe looked at nothing'];
  return violations.flatMap(({ id, impact, nodes }) =>
    nodes.map(({ target, failureSummary }) => {
      const why = failureSummary.replace(/^Fix (any|all) of the following:/, '').trim();
      return `${id} (${impact}) ${target.join(' ')}: ${why.replace(/\s+/g, ' ')}`;
    }),
  );
}
