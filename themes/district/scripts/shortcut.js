// `/` leads to search from anywhere, and the site is kept for readers without a network.

const { root } = document.documentElement.dataset;

addEventListener('keydown', (event) => {
  const { key, target, altKey, ctrlKey, metaKey, defaultPrevented } = event;
  const typing = target.closest?.('input, textarea, select, [contenteditable]');
  if (key !== '/' || altKey || ctrlKey || metaKey || defaultPrevented || typing) return;
  event.preventDefault();
  const field = document.querySelector('[data-search] input');
  if (field) field.focus();
  else location.href = `${root}search/#search_words`;
});

// While staff edit, they want what they wrote, not what is kept.
const isEdited = document.querySelector('script[src^="/_convene/"]');

async function keep() {
  const worker = navigator.serviceWorker;
  const registration = await worker.register(`${root}service-worker.js`, { scope: root });
  // Left to itself, a browser looks for a new one when it pleases.
  await registration.update();
  const { active } = await worker.ready;
  if (!navigator.connection?.saveData) active.postMessage('keep search');
}

// Not before the page is there: the reader's first page comes first.
if (navigator.serviceWorker && !isEdited) {
  addEventListener('load', () => keep().catch(() => {}), { once: true });
}
