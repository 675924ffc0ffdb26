//! How many years of school a text asks for: the grade of Flesch and Kincaid (1975), by the words
//! in a sentence and the syllables in a word. It is a rule of thumb, and a strict one here: what is
//! easy for its shortness alone does not count.

/// Fewer words than these are a label, not a sentence.
const SENTENCE: usize = 4;

/// The grade of a Markdown text. Front matter, headings, code, tables and labels do not count; an
/// item of a list is a sentence.
pub fn grade(markdown: &str) -> f64 {
    let (mut words, mut sentences, mut syllables) = (0.0, 0.0, 0.0);
    for sentence in sentences_of(markdown) {
        let has_letters = |word: &&str| word.chars().any(char::is_alphabetic);
        let pieces = sentence.split(|c: char| !c.is_alphabetic() && c != '\'');
        let heard: Vec<u32> = pieces.filter(has_letters).map(syllables_of).collect();
        if heard.len() >= SENTENCE {
            sentences += 1.0;
            words += f64::from(u32::try_from(heard.len()).unwrap_or(u32::MAX));
            syllables += f64::from(heard.iter().sum::<u32>());
        }
    }
    if words == 0.0 {
        return 0.0;
    }
    0.39 * words / sentences + 11.8 * syllables / words - 15.59
}

fn sentences_of(markdown: &str) -> Vec<String> {
    let (mut sentences, mut current) = (Vec::new(), String::new());
    let (mut code, mut front_matter) = (false, false);
    for (number, line) in markdown.lines().enumerate() {
        if line == "---" && (number == 0 || front_matter) {
            front_matter = number == 0;
        } else if line.starts_with("```") {
            code = !code;
        } else if !code && !front_matter && !line.starts_with(['|', '#']) {
            let item = line.trim_start().trim_start_matches(['-', ' ']);
            if item.len() < line.len() || line.trim().is_empty() {
                sentences.push(std::mem::take(&mut current));
            }
            let line = without_code(item);
            for (at, piece) in line.split_inclusive(['.', '!', '?', ':']).enumerate() {
                if at > 0 {
                    sentences.push(std::mem::take(&mut current));
                }
                current.push_str(piece);
            }
            current.push(' ');
            if line.trim_end().ends_with(['.', '!', '?', ':']) {
                sentences.push(std::mem::take(&mut current));
            }
        }
    }
    sentences.push(current);
    sentences
}

/// Inline code and addresses of links are not words that one reads; a name in code counts as one
/// short word.
fn without_code(line: &str) -> String {
    let mut out = String::new();
    for (at, piece) in line.split('`').enumerate() {
        out.push_str(if at % 2 == 0 { piece } else { "it" });
    }
    while let (Some(from), Some(to)) =
        (out.find("]("), out.find("](").and_then(|from| out[from..].find(')').map(|to| from + to)))
    {
        out.replace_range(from..=to, " ");
    }
    out
}

/// Groups of vowels, but for an `e` that is not heard at the end.
fn syllables_of(word: &str) -> u32 {
    let word = word.to_lowercase();
    let vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
    let (mut count, mut before) = (0, false);
    for c in word.chars() {
        count += u32::from(vowel(c) && !before);
        before = vowel(c);
    }
    let hissing = ["ses", "ces", "ges", "zes", "xes", "ches", "shes"];
    let silent = word.ends_with('e') && !word.ends_with("le")
        || word.ends_with("es") && !hissing.iter().any(|end| word.ends_with(end))
        || word.ends_with("ed") && !word.ends_with("ted") && !word.ends_with("ded");
    (count - u32::from(silent && count > 1)).max(1)
}

#[cfg(test)]
mod tests {
    use super::{grade, syllables_of};

    #[test]
    fn syllables() {
        for (word, count) in [
            ("the", 1),
            ("calendar", 3),
            ("moved", 1),
            ("offering", 3),
            ("table", 2),
            ("started", 2),
            ("facilitator", 5),
            ("pages", 2),
            ("schools", 1),
            ("enrollment", 3),
        ] {
            assert_eq!(syllables_of(word), count, "{word}");
        }
    }

    #[test]
    fn short_words_in_short_sentences_are_easy() {
        let easy = "The cat sat on the mat. The dog ran up to it.\n";
        let hard = "Notwithstanding organizational considerations, administrators necessarily \
                    facilitate interdisciplinary implementation opportunities.\n";
        assert!(grade(easy) < 1.0, "{}", grade(easy));
        assert!(grade(hard) > 16.0, "{}", grade(hard));
        assert!((grade(&format!("---\nx: {hard}---\n\n{easy}")) - grade(easy)).abs() < 1e-9);
    }
}
