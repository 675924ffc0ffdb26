// The index of search, as the program writes it (src/render/search/mod.rs), and what it knows.

import { fold, stem, words } from './search-words.js';

// How many words of the index one typed word may stand for.
const MOST_FORMS = 48;

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
    const [facts, ...lines] = (await this.read(`${this.folder}words.txt`, reload)).trim().split('\n');
    Object.assign(this, JSON.parse(facts), { fresh: reload });
    this.words = lines.map((line) => line.split(' ', 1)[0]);
    this.counts = lines.map((line) => Number(line.split(' ')[1] ?? 1));
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

  // Where a word of the index occurs: pairs of entry and weight, one after the other.
  async occurrences(word) {
    const block = this.ends.findIndex((end) => word < end);
    const lines = await this.part(this.blocks, block, 'block');
    const line = lines[word - (block ? this.ends[block - 1] : 0)];
    let entry = 0;
    return line.split(' ').flatMap((text) => {
      const number = parseInt(text, 36);
      entry += number >> 3;
      return [entry, number & 7];
    });
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
      for (const i of beginning.slice(0, MOST_FORMS)) if (!forms.has(i)) forms.set(i, 0.7);
    }
    if (!forms.size && word.length > 3) this.addSlips(forms, word, last);
    return forms;
  }

  addSlips(forms, word, last) {
    const allowed = word.length > 7 ? 2 : 1;
    const found = [];
    this.words.forEach((one, i) => {
      if (one.length < word.length - allowed) return;
      if (!last && one.length > word.length + allowed) return;
      const away = distance(word, one, allowed, last);
      if (away <= allowed) found.push([i, away]);
    });
    found.sort((a, b) => a[1] - b[1] || this.counts[b[0]] - this.counts[a[0]]);
    for (const [i, away] of found.slice(0, MOST_FORMS)) forms.set(i, 0.5 / away);
  }

  // The entries that have all of the words, best first; if none has, those that have some.
  async find(text) {
    const typed = words(text, false);
    const still = !/\s$/.test(text);
    const scores = new Map();
    let needed = 0;
    for (const [i, word] of typed.entries()) {
      const forms = this.forms(word, still && i === typed.length - 1);
      // A word that is nearly everywhere is not looked for in every entry.
      if ([...forms.keys()].some((form) => this.counts[form] > this.most)) needed -= 1;
      needed += 1;
      const best = new Map();
      const all = await Promise.all([...forms.keys()].map((form) => this.occurrences(form)));
      [...forms].forEach(([form, quality], n) => {
        const rare = Math.log(1 + this.entries / this.counts[form]);
        for (let k = 0; k < all[n].length; k += 2) {
          const score = quality * all[n][k + 1] * rare;
          if (score > (best.get(all[n][k]) ?? 0)) best.set(all[n][k], score);
        }
      });
      for (const [entry, score] of best) {
        const sum = scores.get(entry) ?? { score: 0, words: 0 };
        sum.score += score;
        sum.words += 1;
        scores.set(entry, sum);
      }
    }
    const ranked = [...scores].map(([entry, sum]) => ({ entry, ...sum }));
    const whole = ranked.filter((one) => one.words >= Math.max(needed, 1));
    const found = whole.length ? whole : ranked;
    found.sort((a, b) => b.words - a.words || b.score - a.score || a.entry - b.entry);
    return { entries: found.map(({ entry }) => entry), partly: !whole.length && ranked.length > 0 };
  }
}

// The index was published anew while it was read.
export class Stale extends Error {}

// How many letters two words are apart: one more, one less, another, two exchanged (restricted
// Damerau-Levenshtein). More than `most` is not counted further. With `open`, what follows in `b`
// does not count.
export function distance(a, b, most, open) {
  let [before, row] = [[], Array.from({ length: b.length + 1 }, (_, j) => j)];
  let least = Infinity;
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    least = i;
    const [from, to] = [Math.max(1, i - most), Math.min(b.length, i + most)];
    for (let j = 1; j <= b.length; j += 1) {
      if (j < from || j > to) {
        next[j] = most + 1;
        continue;
      }
      const other = a[i - 1] === b[j - 1] ? 0 : 1;
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + other);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        next[j] = Math.min(next[j], before[j - 2] + 1);
      }
      least = Math.min(least, next[j]);
    }
    if (least > most) return most + 1;
    [before, row] = [row, next];
  }
  return open ? Math.min(...row) : row[b.length];
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
