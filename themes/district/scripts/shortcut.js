// `/` leads to search from anywhere, and the site is kept for readers without a network.

const { root } = document.documentElement.dataset;

addEventListener('keydown', (event) => {
  const { key, target, altKey, ctrlKey, metaKey, defaultPrevented } = event;
  const typing = target.closest?.('input, textarea, select, [contenteditable]');
  if (key !== '/' || altKey || ctrlKey || metaKey || defaultPrevented || typing) return;
  event.preventDefault();
  const field = document.querySelector('[data-search] input');
  if (field) field.focus();
  else location.href = `${root}search/`;
});

// Not before the page is there: the reader's first page comes first.
addEventListener('load', () => {
  navigator.serviceWorker?.register(`${root}service-worker.js`, { scope: root }).catch(() => {});
});
