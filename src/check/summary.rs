//! A summary says more than the title.

use super::Facts;
use crate::diag::{Code, Diagnostic};

/// Reports a summary that is the title again, or the title and a word or two.
pub(super) fn check(facts: &Facts<'_>) -> Vec<Diagnostic> {
    let offerings = facts.catalog.offerings.values();
    offerings
        .filter(|offering| repeats(&offering.title.value, &offering.summary.value))
        .map(|offering| {
            Diagnostic::new(
                Code::SummaryRepeatsTitle,
                offering.summary.span,
                "the summary says no more than the title",
            )
            .also(offering.title.span, "the title")
            .hint("say in a sentence what one does there, or what it is good for")
        })
        .collect()
}

fn repeats(title: &str, summary: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        let lower = text.to_lowercase();
        lower
            .split(|c: char| !c.is_alphanumeric())
            .filter(|w| !w.is_empty())
            .map(ToOwned::to_owned)
            .collect()
    };
    let (title, summary) = (words(title), words(summary));
    let news = summary.iter().filter(|word| !title.contains(word)).count();
    !title.is_empty() && news < 2 && title.iter().all(|word| summary.contains(word))
}

#[cfg(test)]
mod tests {
    use super::repeats;

    #[test]
    fn a_summary_must_add_something() {
        assert!(repeats("Self as Core", "Self as core."));
        assert!(repeats("Self as Core", "Self as Core series"));
        assert!(!repeats("Self as Core", "How leaders see themselves, and what follows from it."));
        assert!(!repeats("Self as Core", "Self as Core asks who you are as a leader."));
    }
}
