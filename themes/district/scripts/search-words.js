// Text to the words by which it is found: the same as `words` in the program's
// src/render/search/words.rs. tests/search-words.json holds the two together.

export function fold(text) {
  return text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');
}

// An English word without the endings that its forms differ by.
export function stem(word) {
  if (!/^[\0-\x7f]{4,}$/.test(word)) return word;
  if (/.{2}ies$/.test(word)) word = `${word.slice(0, -3)}y`;
  else if (/[^su]s$/.test(word)) word = word.slice(0, -1);
  for (const ending of ['ing', 'ed']) {
    const rest = word.slice(0, -ending.length);
    if (word.endsWith(ending) && rest.length > 3 && /[aeiouy]/.test(rest)) {
      word = rest;
      break;
    }
  }
  return word.length > 4 && word.endsWith('e') ? word.slice(0, -1) : word;
}

export function words(text, english) {
  const all = fold(text).match(/[\p{Alphabetic}\p{N}]+/gu) ?? [];
  return english ? all.map(stem) : all;
}
