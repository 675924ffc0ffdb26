// Brings the page that is open to what the server now has, in place: only what is different in what
// was sent is changed, so that everything that scripts and the reader have done since stays as it
// is: focus, scroll position, opened parts, filters, listeners.
//
// Where that is not sure, because scripts have changed the same part, or would have to learn of
// what is new, nothing is changed and the page is to be reloaded.

class Unsure extends Error {}

// What scripts tie themselves to when a page begins.
const SCRIPT = 'script:not([type="application/ld+json"])';
const FIELDS = `${SCRIPT}, template, form, input, select, textarea, button, dialog`;
const isKnownToScripts = (node) =>
  node.nodeType === Node.ELEMENT_NODE &&
  [node, ...node.querySelectorAll('*')].some(
    (one) => one.matches(FIELDS) || Object.keys(one.dataset ?? {}).length > 0,
  );

// Lists longer than this are not compared each with each.
const MOST_PAIRS = 1_000_000;

export class Page {
  constructor() {
    this.sent = document.documentElement.cloneNode(true);
    this.live = new WeakMap();
    this.pair(this.sent, document.documentElement);
    blank(this.sent);
  }

  // Returns the elements that have changed; nothing when the page has to be reloaded.
  merge(fresh) {
    blank(fresh);
    this.edits = [];
    this.touched = new Set();
    try {
      this.compare(this.sent, fresh.documentElement);
    } catch (error) {
      if (error instanceof Unsure) return undefined;
      throw error;
    }
    for (const edit of this.edits) edit();
    return this.sent.isEqualNode(fresh.documentElement) ? this.touched : undefined;
  }

  // The same tree twice: what was sent, and what is shown.
  pair(sent, live) {
    this.live.set(sent, live);
    sent.childNodes.forEach((child, index) => this.pair(child, live.childNodes[index]));
  }

  shown(sent) {
    const live = this.live.get(sent);
    if (!live?.isConnected) throw new Unsure();
    return live;
  }

  compare(old, fresh) {
    if (old.isEqualNode(fresh)) return;
    if (old.nodeType !== Node.ELEMENT_NODE) {
      this.changeText(old, fresh.data);
      return;
    }
    if (old.matches(`${SCRIPT}, template`)) throw new Unsure();
    const names = new Set([...old.getAttributeNames(), ...fresh.getAttributeNames()]);
    for (const name of names) {
      const value = fresh.getAttribute(name);
      if (old.getAttribute(name) !== value) this.changeAttribute(old, name, value);
    }
    this.compareChildren(old, fresh);
  }

  compareChildren(old, fresh) {
    const before = [...old.childNodes];
    const after = [...fresh.childNodes];
    const same = align(before, after, (one, other) => one.isEqualNode(other));
    let from = 0;
    let to = 0;
    for (const [i, j] of [...same, [before.length, after.length]]) {
      this.compareGap(old, before.slice(from, i), after.slice(to, j), before[i]);
      [from, to] = [i + 1, j + 1];
    }
  }

  // Children between two that have not changed. Those of one kind are taken for each other.
  compareGap(parent, before, after, end) {
    const pairs = align(before, after, alike);
    let from = 0;
    let to = 0;
    for (const [i, j] of [...pairs, [before.length, after.length]]) {
      before.slice(from, i).forEach((child) => this.remove(parent, child));
      after.slice(to, j).forEach((child) => this.insert(parent, child, before[i] ?? end));
      if (i < before.length) this.compare(before[i], after[j]);
      [from, to] = [i + 1, j + 1];
    }
  }

  changeText(old, text) {
    const live = this.shown(old);
    this.holdsWhatWasSent(old.parentNode);
    if (live.data !== old.data) throw new Unsure();
    this.edits.push(() => {
      old.data = text;
      live.data = text;
      this.touch(live.parentElement);
    });
  }

  changeAttribute(old, name, value) {
    const live = this.shown(old);
    const before = old.getAttribute(name);
    if (name === 'href' && old.matches('link[rel=stylesheet]')) {
      this.edits.push(() => this.changeStyles(old, value));
      return;
    }
    let next = value;
    if (name === 'class') next = mergeClasses(before, value, live.getAttribute(name));
    else if (live.getAttribute(name) !== before) throw new Unsure();
    const set = (element, to) =>
      to === null ? element.removeAttribute(name) : element.setAttribute(name, to);
    this.edits.push(() => {
      set(old, value);
      set(live, next);
      if (live.closest('body')) this.touch(live);
    });
  }

  // The old sheet goes when the new one is there, so that the page is never without.
  changeStyles(old, href) {
    const live = this.shown(old);
    const link = live.cloneNode();
    old.setAttribute('href', href);
    link.setAttribute('href', href);
    for (const end of ['load', 'error']) link.addEventListener(end, () => live.remove());
    live.after(link);
    this.live.set(old, link);
  }

  insert(parent, fresh, before) {
    const live = this.holdsWhatWasSent(parent);
    if (isKnownToScripts(fresh)) throw new Unsure();
    this.edits.push(() => {
      const sent = document.importNode(fresh, true);
      const shown = document.importNode(fresh, true);
      parent.insertBefore(sent, before ?? null);
      live.insertBefore(shown, before ? this.shown(before) : null);
      this.pair(sent, shown);
      this.touch(shown);
    });
  }

  remove(parent, old) {
    const live = this.holdsWhatWasSent(parent);
    if (isKnownToScripts(old)) throw new Unsure();
    this.edits.push(() => {
      this.shown(old).remove();
      old.remove();
      this.touch(live);
    });
  }

  // An element in which scripts have added, moved or removed nothing.
  holdsWhatWasSent(parent) {
    const live = this.shown(parent);
    const sent = [...parent.childNodes].map((child) => this.live.get(child));
    const own = [...live.childNodes];
    if (sent.length !== own.length || sent.some((child, at) => child !== own[at])) {
      throw new Unsure();
    }
    return live;
  }

  touch(node) {
    if (node.nodeType === Node.ELEMENT_NODE && node.closest('main, body')) this.touched.add(node);
  }
}

// Where there are scripts, what stands for them is text to one parser and elements to the other.
function blank(tree) {
  for (const element of tree.querySelectorAll('noscript')) element.textContent = '';
}

const alike = (one, other) =>
  one.nodeName === other.nodeName && (one.id ?? '') === (other.id ?? '') && one.rel === other.rel;

// The pairs of positions of the longest common part of two lists.
function align(before, after, same) {
  let start = 0;
  while (start < before.length && start < after.length && same(before[start], after[start])) {
    start += 1;
  }
  let end = 0;
  const rest = Math.min(before.length, after.length) - start;
  while (end < rest && same(before.at(-1 - end), after.at(-1 - end))) end += 1;
  const one = before.slice(start, before.length - end);
  const other = after.slice(start, after.length - end);
  if (one.length * other.length > MOST_PAIRS) throw new Unsure();

  const width = other.length + 1;
  const longest = new Uint32Array((one.length + 1) * width);
  const equal = new Uint8Array(one.length * other.length);
  for (let i = one.length - 1; i >= 0; i -= 1) {
    for (let j = other.length - 1; j >= 0; j -= 1) {
      const at = i * width + j;
      const is = same(one[i], other[j]);
      equal[i * other.length + j] = is;
      longest[at] = is
        ? longest[at + width + 1] + 1
        : Math.max(longest[at + width], longest[at + 1]);
    }
  }
  const pairs = Array.from({ length: start }, (_, at) => [at, at]);
  for (let i = 0, j = 0; i < one.length && j < other.length; ) {
    if (equal[i * other.length + j]) {
      pairs.push([start + i, start + j]);
      i += 1;
      j += 1;
    } else if (longest[(i + 1) * width + j] >= longest[i * width + j + 1]) i += 1;
    else j += 1;
  }
  for (let at = end; at > 0; at -= 1) pairs.push([before.length - at, after.length - at]);
  return pairs;
}

// The classes that are shown, less those that were taken away, with those that were added.
function mergeClasses(before, after, shown) {
  const list = (text) => (text ?? '').split(/\s+/).filter(Boolean);
  const [old, fresh] = [list(before), list(after)];
  const kept = list(shown).filter((name) => !old.includes(name) || fresh.includes(name));
  return [...new Set([...kept, ...fresh.filter((name) => !old.includes(name))])].join(' ');
}
