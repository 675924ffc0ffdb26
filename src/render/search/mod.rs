//! The index of search: which words there are, where each occurs, and what is shown of what was
//! found. Small static files, of which a browser asks for the few that it needs.
//!
//! `words.txt` has a line of facts; a line of every word in order, each as a capital letter that says
//! how much of it is as in the word before, `A` for nothing, and the rest of it; and a line of the
//! numbers of entries in which they occur, in base 36, with nothing for one. Written so, words take
//! a third of the bytes. They are divided into blocks of about the same size; a block has a line for each of its words: the entries, each as the distance from the one before
//! times eight plus a weight, in base 36. Every file names the version of the index, so that a
//! browser never mixes two. `docs/decisions/search.md` says why it is so.

mod words;

use std::collections::BTreeMap;

use serde::Serialize;

use super::markdown;
use crate::view::{CHUNK, SearchData, SearchEntry, SearchFiles, SearchPart};
use words::words;

/// The weights by which an occurrence counts: in the name, in what says who and where, in the
/// summary, in the text.
const TITLE: u32 = 7;
const NAMES: u32 = 4;
const SUMMARY: u32 = 3;
const TEXT: u32 = 1;

/// A word that occurs in more entries than this says nothing: no more of them are written down.
const MOST: usize = 2000;

/// With more words than this, those that occur in the text of a single entry are left out.
const MANY_WORDS: usize = 32_000;

/// Another one for each way in which the files have been written.
const FORM: &[u8] = b"2";

/// A part of the index.
pub(super) fn write(data: &SearchData, part: SearchPart) -> &[u8] {
    let files = files(data);
    let text = match part {
        SearchPart::Words => Some(&files.words),
        SearchPart::Block(number) => files.blocks.get(number),
        SearchPart::Chunk(number) => files.chunks.get(number),
    };
    text.map_or(&[], |text| text.as_bytes())
}

/// All files of the index.
pub(super) fn files(data: &SearchData) -> &SearchFiles {
    data.files.get_or_init(|| index(data))
}

/// Where a word occurs: the entries in order, each with its weight.
type Occurrences = Vec<(u32, u32)>;

fn index(data: &SearchData) -> SearchFiles {
    let mut occurrences = gather(data);
    if occurrences.len() > MANY_WORDS {
        occurrences.retain(|_, entries| !matches!(entries.as_slice(), [(_, TEXT)]));
    }
    let lines: Vec<(String, usize, String)> = occurrences
        .into_iter()
        .map(|(word, entries)| (word, entries.len(), line(entries)))
        .collect();
    let (blocks, ends) = divide(&lines, data.blocks);
    let chunks: Vec<String> = data.entries.chunks(CHUNK).map(chunk).collect();
    let version = version(&lines, &chunks);
    let blocks = blocks.into_iter().map(|block| format!("{version}\n{block}")).collect();
    let chunks = chunks.into_iter().map(|chunk| format!("{version}\n{chunk}")).collect();
    let words = dictionary(data, &lines, &ends, &version);
    SearchFiles { version, words, blocks, chunks }
}

fn gather(data: &SearchData) -> BTreeMap<String, Occurrences> {
    let mut all: BTreeMap<String, Occurrences> = BTreeMap::new();
    for (number, entry) in (0u32..).zip(&data.entries) {
        let mut weights: BTreeMap<String, u32> = BTreeMap::new();
        let mut add = |text: &str, weight: u32| {
            for word in words(text, data.english) {
                let known = weights.entry(word).or_default();
                *known = weight.max(*known);
            }
        };
        add(&entry.shown.title, TITLE);
        entry.names.iter().for_each(|name| add(name, NAMES));
        entry.shown.sessions.iter().for_each(|(title, _)| add(title, NAMES));
        add(&entry.shown.summary, SUMMARY);
        entry.texts.iter().for_each(|text| add(&markdown::plain(text), TEXT));
        for (word, weight) in weights {
            all.entry(word).or_default().push((number, weight));
        }
    }
    all
}

/// The occurrences of a word. Of too many, those that weigh most are kept.
fn line(mut entries: Occurrences) -> String {
    if entries.len() > MOST {
        entries.sort_by_key(|(number, weight)| (std::cmp::Reverse(*weight), *number));
        entries.truncate(MOST);
        entries.sort_unstable();
    }
    let mut line = String::new();
    let mut before = 0;
    for (number, weight) in entries {
        if !line.is_empty() {
            line.push(' ');
        }
        push_base_36(&mut line, (number - before) * 8 + weight);
        before = number;
    }
    line
}

fn push_base_36(out: &mut String, mut number: u32) {
    let mut digits = [0u8; 7];
    let mut at = digits.len();
    loop {
        at -= 1;
        let digit = u8::try_from(number % 36).unwrap_or(0);
        digits[at] = if digit < 10 { b'0' + digit } else { b'a' + digit - 10 };
        number /= 36;
        if number == 0 {
            break;
        }
    }
    out.extend(digits[at..].iter().map(|digit| char::from(*digit)));
}

/// Blocks of about the same length, and how many words there are up to the end of each.
fn divide(lines: &[(String, usize, String)], blocks: usize) -> (Vec<String>, Vec<usize>) {
    let total: usize = lines.iter().map(|(_, _, line)| line.len() + 1).sum();
    let each = total.div_ceil(blocks).max(1);
    let mut texts = vec![String::new(); blocks];
    let mut ends = vec![0; blocks];
    let (mut at, mut written) = (0, 0);
    for (number, (_, _, line)) in lines.iter().enumerate() {
        while at + 1 < blocks && written >= each * (at + 1) {
            at += 1;
            ends[at] = number;
        }
        texts[at].push_str(line);
        texts[at].push('\n');
        written += line.len() + 1;
        ends[at] = number + 1;
    }
    for block in 1..blocks {
        ends[block] = ends[block].max(ends[block - 1]);
    }
    (texts, ends)
}

fn chunk(entries: &[SearchEntry]) -> String {
    let shown: Vec<_> = entries.iter().map(|entry| &entry.shown).collect();
    let mut text = serde_json::to_string(&shown).unwrap_or_default();
    text.push('\n');
    text
}

/// Tells the files of one index from those of another, so that a browser never mixes them.
fn version(lines: &[(String, usize, String)], chunks: &[String]) -> String {
    let mut hasher = blake3::Hasher::new();
    hasher.update(FORM);
    for (word, _, line) in lines {
        hasher.update(word.as_bytes()).update(b"\n").update(line.as_bytes()).update(b"\n");
    }
    for chunk in chunks {
        hasher.update(chunk.as_bytes());
    }
    hasher.finalize().to_hex().get(..10).unwrap_or_default().to_owned()
}

/// The first line of `words.txt`.
#[derive(Serialize)]
struct Facts<'a> {
    version: &'a str,
    english: bool,
    entries: usize,
    chunk: usize,
    most: usize,
    /// How many words there are up to the end of each block.
    ends: &'a [usize],
}

fn dictionary(
    data: &SearchData,
    lines: &[(String, usize, String)],
    ends: &[usize],
    version: &str,
) -> String {
    let facts = Facts {
        version,
        english: data.english,
        entries: data.entries.len(),
        chunk: CHUNK,
        most: MOST,
        ends,
    };
    let mut text = serde_json::to_string(&facts).unwrap_or_default();
    text.push('\n');
    let mut before = "";
    for (word, _, _) in lines {
        push_after(&mut text, before, word);
        before = word;
    }
    for (number, (_, count, _)) in lines.iter().enumerate() {
        text.push(if number == 0 { '\n' } else { ' ' });
        if let Ok(count @ 2..) = u32::try_from(*count) {
            push_base_36(&mut text, count);
        }
    }
    text.push('\n');
    text
}

/// A word as what differs from the one before. Letters are counted as a browser counts them, in
/// UTF-16, and no word has capital letters of ASCII.
fn push_after(out: &mut String, before: &str, word: &str) {
    let mut alike: u8 = 0;
    let mut rest = word;
    for (a, b) in before.chars().zip(word.chars()) {
        let more = alike + if a.len_utf16() == 2 { 2 } else { 1 };
        if a != b || more > b'Z' - b'A' {
            break;
        }
        alike = more;
        rest = rest.get(a.len_utf8()..).unwrap_or_default();
    }
    out.push(char::from(b'A' + alike));
    out.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::{divide, line, push_after, push_base_36};

    #[test]
    fn numbers_in_base_36() {
        let written = [0, 9, 10, 35, 36, 1_000_000, u32::MAX].map(|number| {
            let mut text = String::new();
            push_base_36(&mut text, number);
            (text.clone(), u32::from_str_radix(&text, 36))
        });
        assert_eq!(written[3], ("z".to_owned(), Ok(35)));
        assert_eq!(written[5].1, Ok(1_000_000));
        assert_eq!(written[6].1, Ok(u32::MAX));
    }

    #[test]
    fn occurrences_are_distances_and_weights() {
        assert_eq!(line(vec![(0, 7), (3, 1), (4, 1)]), "7 p 9");
        let many = (0..5000).map(|number| (number, if number == 4999 { 7 } else { 1 })).collect();
        let kept = line(many);
        assert_eq!(kept.split(' ').count(), 2000);
        assert!(kept.ends_with(|c: char| c != '9'), "the heaviest is kept, though it is last");
    }

    #[test]
    fn words_say_what_differs_from_the_one_before() {
        let long = "abcdefghijklmnopqrstuvwxyz";
        let mut text = String::new();
        let mut before = "";
        for word in
            ["lead", "leader", "learn", long, &format!("{long}s"), "\u{20000}a", "\u{20000}b"]
        {
            push_after(&mut text, before, word);
            before = word;
        }
        assert_eq!(text, format!("AleadEerDrnA{long}ZzsA\u{20000}aCb"));
    }

    #[test]
    fn every_word_is_in_one_block() {
        let lines: Vec<_> = (0..100).map(|n| (format!("w{n}"), 1, "x".repeat(n % 7))).collect();
        for blocks in [1, 3, 40, 400] {
            let (texts, ends) = divide(&lines, blocks);
            assert_eq!((texts.len(), ends.len()), (blocks, blocks));
            assert_eq!(ends.last(), Some(&100));
            let mut start = 0;
            for (text, end) in texts.iter().zip(&ends) {
                assert_eq!(text.lines().count(), end - start);
                start = *end;
            }
        }
    }
}
