// The index of search, as the program writes it (src/render/search/mod.rs), and what it knows.

import { fold, stem, words } from './search-words.js';

// How many words of the index one typed word may stand for.
const MOST_FORMS = 48;
// In how many blocks the words are that a beginning may stand for.
const MOST_BLOCKS = 3;

async function get(address, reload) {
  const response = await fetch(address, reload ? { cache: 'reload' } : {});
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return response.text();
}

export class Index {
  // `folder` is the address of the index, with a slash at its end; `read` fetches a text.
  constructor(folder, read = get) {
    this.folder = folder;
    this.read = read;
    this.blocks = new Map();
    this.chunks = new Map();
  }

  // Reads the words. Nothing can be found before.
  async open(reload = false) {
    const text = await this.read(`${this.folder}words.txt`, reload);
    const [facts, packed, counts] = text.split('\n');
    Object.assign(this, JSON.parse(facts), { fresh: reload });
    this.words = unpacked(packed);
    this.counts = counts.split(' ').map((count) => (count ? parseInt(count, 36) : 1));
    this.blocks.clear();
    this.chunks.clear();
  }

  // A file of this version of the index, read once: its lines.
  part(known, number, name) {
    if (!known.has(number)) {
      const address = `${this.folder}${name}-${number}.txt?v=${this.version}`;
      const lines = this.read(address, this.fresh).then((all) => {
        const [version, ...rest] = all.split('\n');
        if (version !== this.version) throw new Stale();
        return rest;
      });
      lines.catch(() => known.delete(number));
      known.set(number, lines);
    }
    return known.get(number);
  }

  async entry(number) {
    const [json] = await this.part(this.chunks, Math.floor(number / this.chunk), 'entries');
    return JSON.parse(json)[number % this.chunk];
  }

  blockOf(word) {
    return this.ends.findIndex((end) => word < end);
  }

  // The line that says where a word of the index occurs.
  async occurrences(word) {
    const block = this.blockOf(word);
    const lines = await this.part(this.blocks, block, 'block');
    return lines[word - (block ? this.ends[block - 1] : 0)];
  }

  // The first word of the index that is not before a text.
  firstFrom(text) {
    let [low, high] = [0, this.words.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.words[middle] < text) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  // The words of the index that a typed word may stand for, and how well: the word itself, the
  // words that begin with it if it is still being typed, or words with a slip of the hand.
  forms(typed, last) {
    const forms = new Map();
    const word = this.english ? stem(typed) : typed;
    const at = this.firstFrom(word);
    if (this.words[at] === word) forms.set(at, 1);
    if (last && typed.length > 1) {
      const beginning = [];
      for (let i = this.firstFrom(typed); this.words[i]?.startsWith(typed); i += 1) beginning.push(i);
      beginning.sort((a, b) => this.counts[b] - this.counts[a]);
      const blocks = new Set();
      for (const i of beginning.slice(0, MOST_FORMS)) {
        const block = this.blockOf(i);
        if (blocks.size === MOST_BLOCKS && !blocks.has(block)) continue;
        blocks.add(block);
        if (!forms.has(i)) forms.set(i, 0.7);
      }
    }
    if (!forms.size && word.length > 3) this.addSlips(forms, word, last);
    return forms;
  }

  // Words that begin alike stand together, and how far a beginning is from the typed word is
  // reckoned once for all of them. Where it is too far, they are passed over.
  addSlips(forms, word, last) {
    const allowed = word.length > 7 ? 2 : 1;
    const found = [];
    const rows = [Array.from({ length: word.length + 1 }, (_, i) => i)];
    let before = '';
    for (let i = 0; i < this.words.length; ) {
      const one = this.words[i];
      let known = 0;
      while (known < before.length && known < one.length && before[known] === one[known]) known += 1;
      rows.length = known + 1;
      while (known < one.length && Math.min(...rows[known]) <= allowed) {
        rows.push(nextRow(rows, word, one));
        known += 1;
      }
      before = one.slice(0, known);
      const isFar = Math.min(...rows[known]) > allowed;
      const next = isFar ? this.firstFrom(`${before}\uffff`) : i + 1;
      // Of a word still being typed, what follows does not count.
      const away = last ? Math.min(...rows.map((row) => row.at(-1))) : rows[known].at(-1);
      if (away <= allowed) for (let n = i; n < next; n += 1) found.push([n, away]);
      i = next;
    }
    found.sort((a, b) => a[1] - b[1] || this.counts[b[0]] - this.counts[a[0]]);
    for (const [i, away] of found.slice(0, MOST_FORMS)) forms.set(i, 0.5 / away);
  }

  // The entries that have all of the words; if none has, those that have some: how many there are,
  // and the best of them, at most `most`.
  async find(text, most) {
    const typed = words(text, false);
    const still = !/\s$/.test(text);
    const forms = typed.map((word, i) => [...this.forms(word, still && i === typed.length - 1)]);
    const lines = await Promise.all(
      forms.map((some) => Promise.all(some.map(([form]) => this.occurrences(form)))),
    );
    const scores = new Float64Array(this.entries);
    const hits = new Uint16Array(this.entries);
    let needed = 0;
    for (const [i, some] of forms.entries()) {
      // A word that is nearly everywhere is not looked for in every entry.
      if (!some.some(([form]) => this.counts[form] > this.most)) needed += 1;
      const own = new Float64Array(this.entries);
      some.forEach(([form, quality], n) => {
        const rare = Math.log(1 + this.entries / this.counts[form]);
        rate(own, lines[i][n], quality * rare);
      });
      for (let entry = 0; entry < own.length; entry += 1) {
        if (own[entry] === 0) continue;
        scores[entry] += own[entry];
        hits[entry] += 1;
      }
    }
    const whole = Math.max(needed, 1);
    const partly = !hits.some((count) => count >= whole) && hits.some((count) => count > 0);
    const least = partly ? 1 : whole;
    const comesBefore = (a, b) => hits[a] > hits[b] || (hits[a] === hits[b] && scores[a] > scores[b]);
    const entries = [];
    let count = 0;
    for (let entry = 0; entry < hits.length; entry += 1) {
      if (hits[entry] < least) continue;
      count += 1;
      let at = entries.length;
      while (at > 0 && comesBefore(entry, entries[at - 1])) at -= 1;
      if (at === most) continue;
      entries.splice(at, 0, entry);
      if (entries.length > most) entries.pop();
    }
    return { count, entries, partly };
  }
}

// The index was published anew while it was read.
export class Stale extends Error {}

// The words from what is written of each: how many letters it has from the one before it, `A` for
// none, `B` for one, and then the rest.
function unpacked(text) {
  let word = '';
  return text
    .split(/(?=[A-Z])/)
    .map((part) => (word = word.slice(0, part.charCodeAt(0) - 65) + part.slice(1)));
}

// Gives the entries of a line what they get for its word, if that is more than they have: a weight
// and the distance from the entry before, in one number.
function rate(scores, line, factor) {
  let entry = 0;
  let number = 0;
  for (let at = 0; at <= line.length; at += 1) {
    const code = line.charCodeAt(at);
    if (code >= 48) {
      number = number * 36 + code - (code < 58 ? 48 : 87);
      continue;
    }
    entry += number >> 3;
    scores[entry] = Math.max(scores[entry], (number & 7) * factor);
    number = 0;
  }
}

// How many letters a word is apart from each beginning of a typed word: one more, one less,
// another, two exchanged (restricted Damerau-Levenshtein). `rows` are those of its beginnings.
function nextRow(rows, typed, word) {
  const n = rows.length;
  const before = rows[n - 1];
  const row = [n];
  for (let i = 1; i <= typed.length; i += 1) {
    const other = typed[i - 1] === word[n - 1] ? 0 : 1;
    row[i] = Math.min(before[i] + 1, row[i - 1] + 1, before[i - 1] + other);
    if (n > 1 && i > 1 && typed[i - 1] === word[n - 2] && typed[i - 2] === word[n - 1]) {
      row[i] = Math.min(row[i], rows[n - 2][i - 2] + 1);
    }
  }
  return row;
}

// The parts of a text that were looked for: pairs of a text and whether it was.
export function marked(text, query, english) {
  const wanted = words(query, english).filter(Boolean);
  const typed = words(query, false);
  return text.split(/([\p{Alphabetic}\p{N}\p{M}]+)/u).map((part, i) => {
    const [word = ''] = i % 2 ? words(part, english) : [];
    const bare = i % 2 ? fold(part) : '';
    const hit = word && (wanted.includes(word) || bare.startsWith(typed.at(-1) ?? '\0'));
    return [part, Boolean(hit)];
  });
}
