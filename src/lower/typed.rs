//! Values of the format's own types: words, IDs, addresses, amounts, colours, zones. Each has one
//! reader here, and so one way to say what is wrong with it. Dates and times are in `dates`.

use std::sync::OnceLock;

use jiff::tz::TimeZone;

use crate::diag::{Code, did_you_mean, either, nearest};
use crate::model::{Id, Rgb, SitePath, SitePathError, Url, UrlError};
use crate::source::Spanned;
use crate::syntax::Kind;

use super::id::id_fault;
use super::reader::{Value, shown};

impl Value<'_> {
    /// One of the words that the field takes.
    pub fn word<T: Copy>(self, words: &[(&str, T)]) -> Option<T> {
        let known = || words.iter().map(|(word, _)| *word);
        let written = self.words(&format!("one of the words {}", either(known())))?;
        let text = written.trim();
        if let Some((_, value)) = words.iter().find(|(word, _)| *word == text) {
            return Some(*value);
        }
        let message =
            format!("`{}` takes {}, but not `{}`", self.name, either(known()), shown(text));
        let hint = did_you_mean(text, known())
            .unwrap_or_else(|| format!("write one of {}", either(known())));
        self.report(self.fault(Code::UnknownWord, message).hint(hint));
        None
    }

    /// An ID. Whether it is declared is for the checks to say.
    pub fn id<T>(self) -> Option<Spanned<Id<T>>> {
        let written = self.words("an ID")?;
        let text = written.trim();
        if let Some(id) = Id::new(text) {
            return Some(self.spanned(id));
        }
        let (message, hint) = id_fault(text);
        self.report(self.fault(Code::InvalidId, message).hint(hint));
        None
    }

    pub fn ids<T>(self) -> Vec<Spanned<Id<T>>> {
        self.list(Value::id)
    }

    pub fn url(self) -> Option<Spanned<Url>> {
        let written = self.words("an address")?;
        let text = shown(&written);
        let error = match Url::parse(&written) {
            Ok(url) => return Some(self.spanned(url)),
            Err(error) => error,
        };
        let told = match error {
            UrlError::Scheme => {
                let scheme = text.split(':').next().unwrap_or_default();
                self.fault(
                    Code::InvalidUrl,
                    format!("an address that begins with `{scheme}:` is not accepted"),
                )
                .hint("use an address that begins with `https://`, `http://` or `mailto:`")
            }
            UrlError::NoScheme if text.contains('@') && !text.contains(' ') => self
                .fault(Code::InvalidUrl, format!("`{text}` is not a whole address"))
                .hint(format!("did you mean `mailto:{text}`?")),
            UrlError::NoScheme => {
                let host = text.contains('.') && !text.contains(' ');
                self.fault(Code::InvalidUrl, format!("`{text}` is not a whole address"))
                    .maybe_hint(host.then(|| format!("did you mean `https://{text}`?")))
                    .hint("write it from its beginning: `https://…`, or `/pages/help/` for a page of this site")
            }
            UrlError::Malformed => self
                .fault(Code::InvalidUrl, format!("`{text}` is not an address"))
                .hint("copy it again from the browser's address line"),
            UrlError::Path(error) => self
                .fault(Code::InvalidUrl, format!("`{text}` is not a path of this site"))
                .hint(path_hint(error)),
        };
        self.report(told);
        None
    }

    pub fn site_path(self) -> Option<Spanned<SitePath>> {
        let written = self.words("a path of this site")?;
        match SitePath::new(written.trim()) {
            Ok(path) => Some(self.spanned(path)),
            Err(error) => {
                let message = format!("`{}` is not a path of this site", shown(&written));
                let told = self.fault(Code::InvalidUrl, message);
                self.report(told.hint(path_hint(error)));
                None
            }
        }
    }

    pub fn email(self) -> Option<String> {
        let text = self.text()?;
        let bare = text.strip_prefix("mailto:").unwrap_or(&text);
        let good = bare.split_once('@').is_some_and(|(name, host)| {
            !name.is_empty()
                && host.contains('.')
                && !host.starts_with('.')
                && !host.ends_with('.')
                && !host.contains('@')
                && !bare.chars().any(|c| c.is_whitespace() || "<>,;()\"\\".contains(c))
        });
        if good && bare == text {
            return Some(text);
        }
        let message = format!("`{}` is not an e-mail address", shown(&text));
        let hint = if good {
            format!("write the address alone: `{}`", shown(bare))
        } else {
            "write one address, such as `name@example.org`".to_owned()
        };
        self.report(self.fault(Code::InvalidUrl, message).hint(hint));
        None
    }

    /// An amount of credit, in hundredths.
    pub fn hundredths(self) -> Option<u32> {
        let written = match &self.node.kind {
            Kind::Int(_) | Kind::Float(_) => self.reader.document.raw(self.node.id),
            _ => {
                self.wrong_type(
                    "a number",
                    format!("write the number alone: `{}: 6.5`", self.name),
                );
                return None;
            }
        };
        let (whole, part) = written.split_once('.').unwrap_or((written, ""));
        let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
        let amount = (digits(whole) && digits(part) && !whole.is_empty() && part.len() <= 2)
            .then(|| {
                let whole: u32 = whole.parse().ok()?;
                let part: u32 = format!("{part:0<2}").parse().ok()?;
                whole.checked_mul(100)?.checked_add(part)
            })
            .flatten()
            .filter(|&amount| amount > 0);
        if amount.is_none() {
            let message = format!(
                "`{}` is `{}`, and must be a number above 0 with at most two decimals",
                self.name,
                shown(written)
            );
            let hint = format!("write a number such as `{}: 6.5`", self.name);
            self.report(self.fault(Code::InvalidNumber, message).hint(hint));
        }
        amount
    }

    pub fn color(self) -> Option<Spanned<Rgb>> {
        let written = self.words("a color")?;
        let text = written.trim();
        let byte = |at: usize| {
            text.get(at..at + 2)
                .filter(|part| part.bytes().all(|b| b.is_ascii_hexdigit()))
                .and_then(|part| u8::from_str_radix(part, 16).ok())
        };
        if text.len() == 7
            && text.starts_with('#')
            && let (Some(red), Some(green), Some(blue)) = (byte(1), byte(3), byte(5))
        {
            return Some(self.spanned(Rgb { red, green, blue }));
        }
        let message = format!("`{}` is not a color", shown(text));
        let told = self.fault(Code::InvalidColor, message);
        self.report(told.hint("write it in quotes with six digits of 0-9 and a-f: `\"#0b3d91\"`"));
        None
    }

    pub fn timezone(self) -> Option<TimeZone> {
        let written = self.words("a time zone")?;
        let name = written.trim();
        let database = jiff::tz::db();
        // The name as the database writes it: what is written in other letters is corrected.
        let known = zone_names();
        if let Ok(zone) = database.get(name)
            && known.iter().any(|one| one == name)
        {
            return Some(zone);
        }
        let message = format!("there is no time zone `{}`", shown(name));
        let common = match name.to_ascii_lowercase().as_str() {
            "est" | "edt" | "et" | "eastern" | "eastern time" => Some("America/New_York"),
            "cst" | "cdt" | "ct" | "central" | "central time" => Some("America/Chicago"),
            "mst" | "mdt" | "mt" | "mountain" | "mountain time" => Some("America/Denver"),
            "pst" | "pdt" | "pt" | "pacific" | "pacific time" => Some("America/Los_Angeles"),
            _ => None,
        };
        let city = name.to_ascii_lowercase().replace(' ', "_");
        let by_city = known.iter().map(String::as_str).find(|zone| {
            let lower = zone.to_ascii_lowercase();
            lower == city || lower.rsplit('/').next() == Some(city.as_str())
        });
        let near = || {
            self.reader.may_suggest(name).then(|| nearest(name, known.iter().map(String::as_str)))
        };
        let hint = match common.or(by_city).or_else(|| near().flatten()) {
            Some(zone) => format!("did you mean `{zone}`?"),
            None => "write its IANA name, such as `America/New_York`".to_owned(),
        };
        self.report(self.fault(Code::UnknownTimezone, message).hint(hint));
        None
    }

    pub fn language(self) -> Option<String> {
        let text = self.text()?;
        let mut parts = text.split('-');
        let primary = parts.next().unwrap_or_default();
        let good = (2..=3).contains(&primary.len())
            && primary.bytes().all(|b| b.is_ascii_alphabetic())
            && parts.all(|part| {
                (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
            });
        if good {
            return Some(text);
        }
        let likely = match text.to_lowercase().as_str() {
            "english" => Some("en"),
            "spanish" | "español" => Some("es"),
            "french" => Some("fr"),
            _ if text.contains('_') => None,
            _ => None,
        };
        let hint = match likely {
            Some(tag) => format!("did you mean `{tag}`?"),
            None if text.contains('_') => format!("did you mean `{}`?", text.replace('_', "-")),
            None => "write its short tag, such as `en` or `es`".to_owned(),
        };
        let message = format!("`{}` is not a language tag", shown(&text));
        self.report(self.fault(Code::InvalidLanguage, message).hint(hint));
        None
    }
}

/// The names of all zones, listed once.
fn zone_names() -> &'static [String] {
    static NAMES: OnceLock<Vec<String>> = OnceLock::new();
    NAMES.get_or_init(|| jiff::tz::db().available().map(|name| name.to_string()).collect())
}

fn path_hint(error: SitePathError) -> String {
    match error {
        SitePathError::NotFromRoot => "begin it with a slash, such as `/pages/help/`".to_owned(),
        SitePathError::Climbs => {
            "write it without empty parts, `.` and `..`, such as `/pages/help/`".to_owned()
        }
        SitePathError::Character(c) => {
            format!("leave out `{}`, which no path has", c.escape_default())
        }
        SitePathError::Reserved => {
            "choose another name: this one is reserved, or ends with a dot or a space".to_owned()
        }
    }
}
