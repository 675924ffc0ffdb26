// Narrows a list in place: by what was chosen, and by words. What is chosen stands in the address.

const form = document.querySelector('[data-finder]');
const count = form.querySelector('[data-count]');
const announcement = form.querySelector('[data-announce]');
const chips = form.querySelector('[data-chips]');
const none = document.querySelector('[data-none]');
const { one, several } = form.dataset;

// The states that each group of them has.
const STATES = {
  open: ['open', 'closing-soon'],
  later: ['opens-on', 'upcoming'],
  none: ['required'],
  closed: ['closed', 'full', 'waitlist', 'in-progress', 'past', 'cancelled'],
};

// A session has the state of its offering, which stands on the page once.
const stateOf = (item) =>
  item.querySelector('[data-state]') ??
  document.querySelector(`[data-state-of="${item.dataset.of}"] [data-state]`);

const fold = (text) =>
  text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/g, ' ');

// The words of an item as they are now: a preview changes them while it is open.
const texts = new WeakMap();
function textOf(item) {
  const { textContent } = item;
  let known = texts.get(item);
  if (known?.textContent !== textContent) {
    known = { textContent, folded: fold(textContent) };
    texts.set(item, known);
  }
  return known.folded;
}

const fields = () => [...form.elements].filter(({ name }) => name);
const chosen = () => fields().filter(({ value }) => value.trim() !== '');

function fits(item, { name, value }) {
  if (name === 'words') return fold(value.trim()).split(' ').every((word) => textOf(item).includes(word));
  if (name === 'state') return STATES[value].includes(stateOf(item)?.dataset.state);
  const has = item.dataset[name] ?? '';
  // Without a network it is for every network.
  return (name === 'network' && has === '') || has.split(' ').includes(value);
}

const isShown = (element) => !element.hidden && !element.classList.contains('is-left-out');

// A day, a group or a month is shown when something in it is.
function showGroups(items) {
  for (const selector of ['li.session', '[data-group]']) {
    for (const group of document.querySelectorAll(selector)) {
      const inside = items.filter((item) => item !== group && group.contains(item));
      if (inside.length) group.classList.toggle('is-left-out', !inside.some(isShown));
    }
  }
}

function words(shown, all) {
  const noun = shown === 1 ? one : several;
  return shown === all ? `${shown} ${noun}` : `${shown} of ${all} ${several}`;
}

function showChips() {
  chips.replaceChildren(
    ...chosen().map((field) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'chip';
      const text = field.options ? field.selectedOptions[0].text : `“${field.value.trim()}”`;
      const hint = document.createElement('span');
      hint.className = 'visually-hidden';
      hint.textContent = 'Remove filter: ';
      const cross = document.createElement('span');
      cross.setAttribute('aria-hidden', 'true');
      cross.textContent = '×';
      button.append(hint, `${text} `, cross);
      button.addEventListener('click', () => {
        field.value = '';
        update();
        field.focus();
      });
      const item = document.createElement('li');
      item.append(button);
      return item;
    }),
  );
}

let pause;

function filter() {
  const filters = chosen();
  const items = [...document.querySelectorAll('[data-item]')];
  for (const item of items) {
    item.classList.toggle('is-left-out', !filters.every((one) => fits(item, one)));
  }
  showGroups(items);
  const present = items.filter((item) => !item.hidden);
  const shown = present.filter(isShown).length;
  count.textContent = words(shown, present.length);
  none.hidden = shown > 0;
  form.querySelector('[data-clear]').hidden = filters.length === 0;
  showChips();
  return words(shown, present.length);
}

function update() {
  const found = filter();
  const address = new URLSearchParams(chosen().map(({ name, value }) => [name, value.trim()]));
  const query = address.size ? `?${address}` : '';
  history.replaceState(history.state, '', location.pathname + query + location.hash);
  clearTimeout(pause);
  pause = setTimeout(() => {
    announcement.textContent = found;
  }, 700);
}

function readAddress() {
  const address = new URLSearchParams(location.search);
  for (const field of fields()) {
    const value = address.get(field.name) ?? '';
    const known = !field.options || [...field.options].some((option) => option.value === value);
    field.value = known ? value : '';
  }
  const more = form.querySelector('details');
  if (more && chosen().some((field) => more.contains(field))) more.open = true;
}

form.addEventListener('input', update);
form.addEventListener('submit', (event) => {
  event.preventDefault();
  update();
});
for (const clear of document.querySelectorAll('[data-clear]')) {
  clear.addEventListener('click', () => {
    for (const field of fields()) field.value = '';
    update();
    form.querySelector('input').focus();
  });
}
document.addEventListener('convene:refresh', filter);
addEventListener('popstate', () => {
  readAddress();
  filter();
});
readAddress();
filter();
