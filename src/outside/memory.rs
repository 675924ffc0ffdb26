//! What was answered lately, so that nobody is asked again each time.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Answer;

/// How long it is remembered that an address is there, in seconds.
const GOOD: i64 = 24 * 60 * 60;
/// How long it is remembered that it is not: somebody may be mending it.
const BAD: i64 = 10 * 60;
/// So many addresses are remembered.
const MOST: usize = 20_000;

/// Answers by address, each with its moment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Memory {
    /// In seconds since 1970, and where it has moved, or why it is gone.
    answers: BTreeMap<String, Remembered>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Remembered {
    at: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    moved: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    gone: Option<String>,
}

impl Memory {
    /// What was written down. Anything else is nothing remembered.
    pub fn read(text: &str) -> Self {
        serde_json::from_str(text).unwrap_or_default()
    }

    /// What is to be written down, without what is too old to be of use.
    pub fn write(&self, now: i64) -> String {
        let fresh = self.answers.iter().filter(|(_, one)| one.is_fresh(now)).take(MOST);
        let answers = fresh.map(|(url, one)| (url.clone(), one.clone())).collect();
        let text = serde_json::to_string_pretty(&Self { answers }).unwrap_or_default();
        text + "\n"
    }

    /// The answer of an address, if it is fresh.
    pub(super) fn answer(&self, url: &str, now: i64) -> Option<Answer> {
        let one = self.answers.get(url).filter(|one| one.is_fresh(now))?;
        Some(match (&one.gone, &one.moved) {
            (Some(why), _) => Answer::Gone(why.clone()),
            (None, Some(to)) => Answer::Moved(to.clone()),
            (None, None) => Answer::There,
        })
    }

    /// Remembers an answer.
    pub(super) fn remember(&mut self, url: &str, answer: &Answer, at: i64) {
        let (moved, gone) = match answer {
            Answer::There => (None, None),
            Answer::Moved(to) => (Some(to.clone()), None),
            Answer::Gone(why) => (None, Some(why.clone())),
        };
        self.answers.insert(url.to_owned(), Remembered { at, moved, gone });
    }
}

impl Remembered {
    fn is_fresh(&self, now: i64) -> bool {
        let age = now.saturating_sub(self.at);
        let most = if self.gone.is_some() { BAD } else { GOOD };
        (0..most).contains(&age)
    }
}

#[cfg(test)]
mod tests {
    use super::super::Answer;
    use super::Memory;

    #[test]
    fn what_is_there_is_remembered_for_a_day_and_what_is_gone_for_minutes() {
        let mut memory = Memory::default();
        let (good, bad) = (Answer::There, Answer::Gone("it answers 404 Not Found".to_owned()));
        let moved = Answer::Moved("https://example.org/b".to_owned());
        memory.remember("a", &good, 1_000);
        memory.remember("b", &bad, 1_000);
        memory.remember("c", &moved, 1_000);
        let again = Memory::read(&memory.write(1_000));
        assert_eq!(again, memory);
        for (url, answer, until) in [("a", good, 87_400), ("b", bad, 1_600), ("c", moved, 87_400)] {
            assert_eq!(again.answer(url, until - 1), Some(answer));
            assert_eq!(again.answer(url, until), None);
            assert_eq!(again.answer(url, 999), None, "from the future");
        }
        assert_eq!(Memory::read(&memory.write(2_000)).answer("b", 1_100), None);
    }

    #[test]
    fn a_broken_memory_is_none() {
        for text in ["", "{", "[]", "{\"answers\":3}", "\u{0}"] {
            assert_eq!(Memory::read(text), Memory::default());
        }
    }
}
