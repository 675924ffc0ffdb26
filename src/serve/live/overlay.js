// Content errors over the last good page, in the words of the terminal. They go by themselves when
// they are mended.

import { h, host, place, words } from './host.js';
import { errors as tell } from './panel.js';

let root;
// What was hidden by hand stays hidden until there is something else to say.
let hidden = '';

export function cover(message) {
  const key = JSON.stringify(message);
  if (key === hidden) {
    tell(message.errors.length, () => open(message));
    return;
  }
  open(message);
}

export function uncover() {
  hidden = '';
  root?.replaceChildren();
  tell(0);
}

function open({ count, errors }) {
  root ??= host('convene_errors');
  tell(0);
  const items = errors.map((error) =>
    h('li', { class: 'error', tabindex: -1 }, h('p', { class: 'error__place' }, place(error)), words(error.words)),
  );
  let at = -1;
  const jump = (to) => {
    at = (to + items.length) % items.length;
    items[at].scrollIntoView({ block: 'start' });
    items[at].focus({ preventScroll: true });
  };
  const button = (text, action, name) =>
    h('button', { type: 'button', class: 'button', 'aria-label': name, onclick: action }, text);
  const hide = () => {
    hidden = JSON.stringify({ type: 'errors', count, errors });
    root.replaceChildren();
    tell(errors.length, () => open({ count, errors }));
  };
  const several = errors.length > 1;
  const index = several && h(
    'ol',
    { class: 'index', 'aria-label': 'All errors' },
    ...errors.map((error, number) =>
      h(
        'li',
        {},
        h(
          'button',
          { type: 'button', class: 'index__jump', onclick: () => jump(number) },
          h('span', { class: 'index__place' }, place(error)),
          ` ${error.message}`,
        ),
      ),
    ),
  );
  root.replaceChildren(
    h(
      'section',
      {
        class: 'overlay',
        'aria-labelledby': 'title',
        onkeydown: (event) => event.key === 'Escape' && hide(),
      },
      h(
        'header',
        { class: 'overlay__head' },
        h(
          'div',
          { role: 'alert' },
          h('h2', { id: 'title', class: 'overlay__title' }, count),
          h('p', { class: 'overlay__note' }, 'What you see behind is the last good page. This goes away when the file is mended.'),
        ),
        h(
          'div',
          { class: 'overlay__buttons' },
          several && button('Previous', () => jump(at < 0 ? -1 : at - 1), 'Previous error'),
          several && button('Next', () => jump(at + 1), 'Next error'),
          button('Hide', hide, 'Hide the errors'),
        ),
      ),
      index,
      h('ol', { class: 'errors' }, ...items),
    ),
  );
}
