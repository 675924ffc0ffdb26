//! Writes a large catalog for measuring: `cargo run --release --example generate -- DIR N`.
//!
//! N offerings with six sessions and about 300 words each, people, places, vocabularies; the same
//! N, seed and number of words give the same bytes everywhere. The catalog has no errors.

use std::env;
use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use jiff::civil::{Date, date};

/// How many offerings one person leads and one place holds.
const OFFERINGS_EACH: usize = 20;
const TOPICS: usize = 12;
const NETWORKS: usize = 15;
const KINDS: [&str; 4] = ["convening", "series", "community", "think-tank"];
const WORDS: [&str; 40] = [
    "leaders",
    "listen",
    "to",
    "students",
    "and",
    "families",
    "before",
    "they",
    "plan",
    "the",
    "year",
    "with",
    "their",
    "teams",
    "look",
    "at",
    "evidence",
    "of",
    "learning",
    "in",
    "every",
    "classroom",
    "ask",
    "what",
    "works",
    "for",
    "whom",
    "change",
    "one",
    "routine",
    "measure",
    "it",
    "share",
    "result",
    "try",
    "again",
    "until",
    "practice",
    "holds",
    "everywhere",
];

/// A small generator of numbers (`SplitMix64`, Steele, Lea and Flood, 2014).
struct Numbers {
    state: u64,
    /// How many different words there are. Up to the length of [`WORDS`], all are equally frequent;
    /// above that the n-th is about n times rarer than the first, as in a language.
    vocabulary: usize,
}

impl Numbers {
    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % limit.max(1) as u64).unwrap_or(0)
    }

    /// One of the words.
    fn word(&mut self) -> String {
        if self.vocabulary <= WORDS.len() {
            return WORDS[self.below(WORDS.len())].to_owned();
        }
        // Every octave of ranks is as likely as every other.
        let octaves = usize::BITS - self.vocabulary.leading_zeros();
        let octave = self.below(octaves as usize);
        let rank = ((1 << octave) + self.below(1 << octave)).min(self.vocabulary) - 1;
        WORDS.get(rank).map_or_else(|| invented(rank), |word| (*word).to_owned())
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let usage = "usage: generate DIR N [SEED [WORDS]]";
    let folder = arguments.next().ok_or(usage)?;
    let count: usize = arguments.next().ok_or(usage)?.parse()?;
    let seed: u64 = arguments.next().map_or(Ok(2026), |seed| seed.parse())?;
    let vocabulary = arguments.next().map_or(Ok(0), |words| words.parse())?;
    let content = Path::new(&folder).join("content");
    for part in ["offerings", "people", "places", "requirements", "pages"] {
        fs::create_dir_all(content.join(part))?;
    }
    for (path, text) in files(count, seed, vocabulary)? {
        fs::write(content.join(path), text)?;
    }
    Ok(())
}

/// Every file of a catalog below `content/`, with its text. `vocabulary` is the number of different
/// words; 0 for a few, all equally frequent.
///
/// # Errors
///
/// When a date of it cannot be made, which the numbers here do not come near.
pub fn files(
    count: usize,
    seed: u64,
    vocabulary: usize,
) -> Result<Vec<(String, String)>, Box<dyn Error>> {
    let mut numbers = Numbers { state: seed, vocabulary };
    let mut files = vec![("catalog.yaml".to_owned(), catalog())];
    for person in 0..count.div_ceil(OFFERINGS_EACH) {
        let text = format!(
            "---\nname: Person {person}\ntitle: Coach\n---\n\n{}\n",
            words(&mut numbers, 40)
        );
        files.push((format!("people/person-{person}.md"), text));
        let text = format!(
            "---\nname: Place {person}\naddress: {person} Example Street, Springfield\ncapacity: 400\naccessibility: Step-free entrance.\n---\n"
        );
        files.push((format!("places/place-{person}.md"), text));
    }
    for number in 0..count {
        files.push((format!("offerings/offering-{number}.md"), offering(number, &mut numbers)?));
    }
    Ok(files)
}

fn catalog() -> String {
    let mut text = String::from(
        "title: Generated catalog\norganization: Office\nurl: https://example.org/learn/\ntimezone: America/New_York\nkinds:\n",
    );
    for kind in KINDS {
        text.push_str(&format!("  {kind}: {{ name: {kind}, plural: All {kind} }}\n"));
    }
    text.push_str("roles:\n  principal: { name: Principal }\n  assistant-principal: { name: Assistant principal }\nnetworks:\n");
    for network in 0..NETWORKS {
        text.push_str(&format!("  network-{network}: {{ name: Network {network} }}\n"));
    }
    text.push_str("topics:\n");
    for topic in 0..TOPICS {
        text.push_str(&format!("  topic-{topic}: {{ name: Topic {topic} }}\n"));
    }
    text
}

fn offering(number: usize, numbers: &mut Numbers) -> Result<String, Box<dyn Error>> {
    let group = number / OFFERINGS_EACH;
    let slot = number % OFFERINGS_EACH;
    let mut text = String::new();
    writeln!(text, "---\ntitle: Offering {number} on {}", words(numbers, 3))?;
    writeln!(text, "kind: {}", KINDS[numbers.below(KINDS.len())])?;
    writeln!(text, "summary: In this offering {}.", words(numbers, 14))?;
    text.push_str("roles: [principal, assistant-principal]\n");
    writeln!(text, "networks: [network-{}]", numbers.below(NETWORKS))?;
    writeln!(text, "topics: [topic-{}]", numbers.below(TOPICS))?;
    writeln!(text, "facilitators: [person-{group}]\ncommitment: six half days")?;
    writeln!(
        text,
        "enroll:\n  url: https://example.org/enroll/{number}\n  opens: 2026-08-01\n  closes: 2026-12-{:02}\n  capacity: 30",
        1 + numbers.below(28)
    )?;
    text.push_str("sessions:\n");
    // The offerings of one person take turns: each has a weekday and half of the day of its own
    // within a fortnight, so that nobody is in two places.
    let first = monday_after(date(2027, 1, 4), slot / 2)?;
    for session in 0..6_i64 {
        let day = first.checked_add(jiff::Span::new().days(14 * session))?;
        let hours = if slot.is_multiple_of(2) { "8:30-11:30 AM" } else { "1:00-4:00 PM" };
        writeln!(
            text,
            "  - title: Step {}\n    date: {day}\n    time: {hours}\n    place: place-{group}",
            session + 1
        )?;
    }
    text.push_str("---\n");
    for section in 0..4 {
        writeln!(text, "\n## Part {}\n\n{}.", section + 1, words(numbers, 45))?;
        writeln!(text, "\n- {}\n- {}", words(numbers, 12), words(numbers, 12))?;
    }
    Ok(text)
}

/// The n-th working day from a Monday on.
fn monday_after(monday: Date, workday: usize) -> Result<Date, Box<dyn Error>> {
    let days = i64::try_from(workday / 5 * 7 + workday % 5)?;
    Ok(monday.checked_add(jiff::Span::new().days(days))?)
}

fn words(numbers: &mut Numbers, count: usize) -> String {
    let picked: Vec<String> = (0..count).map(|_| numbers.word()).collect();
    picked.join(" ")
}

/// A word that no language has, the same for the same number.
fn invented(number: usize) -> String {
    let (first, second) = (b"bdfgklmnprstvz", b"aeiou");
    let mut word = String::new();
    let mut rest = number;
    while rest > 0 || word.len() < 4 {
        word.push(char::from(first[rest % first.len()]));
        word.push(char::from(second[rest / first.len() % second.len()]));
        rest /= first.len() * second.len();
    }
    word
}
