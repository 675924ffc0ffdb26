// Elements of live preview on the page, in a tree of their own: the page's styles and ours do not
// meet, and its scripts do not find them.

const sheet = new CSSStyleSheet();
const styled = fetch('/_convene/live.css')
  .then((response) => response.text())
  .then((text) => sheet.replace(text));

// A tree of its own behind the body, shown when its styles are there.
export function host(id) {
  const element = document.createElement('div');
  element.id = id;
  const root = element.attachShadow({ mode: 'open' });
  root.adoptedStyleSheets = [sheet];
  styled.finally(() => document.documentElement.append(element));
  return root;
}

export function h(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (value !== undefined && value !== false) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== undefined && child !== null && child !== false));
  return element;
}

// `content/offerings/self.md:3:7`
export const place = ({ file, line, column }) => [file, line, column].filter(Boolean).join(':');

// The words of the terminal, in colours like there.
export function words(text) {
  const lines = text.trimEnd().split('\n').map((line, index) => {
    const kind =
      (index === 0 && 'head') ||
      (/^ *(-->|:::)/.test(line) && 'place') ||
      (/^ *\| *[\^-]/.test(line) && 'mark') ||
      (/^ *= help:/.test(line) && 'help') ||
      'line';
    return h('span', { class: `words__${kind}` }, `${line}\n`);
  });
  return h('pre', { class: 'words', tabindex: 0 }, ...lines);
}
