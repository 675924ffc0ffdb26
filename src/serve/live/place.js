// A reload that leaves the reader where they were: the scroll position, the focus, what was typed.

const KEY = 'convene place';

export function reload() {
  const fields = [...document.querySelectorAll('input, textarea, select')]
    .filter(({ type, value }) => value && !['password', 'hidden', 'checkbox', 'radio'].includes(type))
    .map((field) => [pathOf(field), field.value]);
  const place = {
    href: location.href,
    left: scrollX,
    top: scrollY,
    focus: pathOf(document.activeElement),
    fields,
  };
  try {
    sessionStorage.setItem(KEY, JSON.stringify(place));
  } catch {
    // The browser keeps nothing: then it is an ordinary reload.
  }
  location.reload();
}

export function restore() {
  let place;
  try {
    place = JSON.parse(sessionStorage.getItem(KEY));
    sessionStorage.removeItem(KEY);
  } catch {
    return;
  }
  if (place?.href !== location.href) return;
  const scroll = () => scrollTo({ left: place.left, top: place.top, behavior: 'instant' });
  scroll();
  // The other scripts have run by then.
  addEventListener('load', () => {
    for (const [path, value] of place.fields) {
      const field = at(path);
      if (!field || field.value || !('value' in field)) continue;
      field.value = value;
      field.dispatchEvent(new Event('input', { bubbles: true }));
    }
    at(place.focus)?.focus({ preventScroll: true });
    scroll();
  });
}

// An element by the nearest ID above it and its place below that.
function pathOf(element) {
  const steps = [];
  let one = element;
  while (one && one !== document.body && one !== document.documentElement && !one.id) {
    steps.unshift(`${one.localName}:nth-child(${[...one.parentElement.children].indexOf(one) + 1})`);
    one = one.parentElement;
  }
  if (one?.id) steps.unshift(`#${CSS.escape(one.id)}`);
  else if (steps.length) steps.unshift('body');
  return steps.join(' > ');
}

const at = (path) => path && document.querySelector(path);
