//! The name of every check. A name, once published, keeps its meaning.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::Severity;

macro_rules! codes {
    ($( $(#[doc = $doc:literal])+ $severity:ident $variant:ident = $name:literal; )+) => {
        /// A check, by its stable name.
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
        )]
        pub enum Code {
            $( $(#[doc = $doc])+ #[serde(rename = $name)] $variant, )+
        }

        impl Code {
            /// Every check, in the order of this file.
            pub const ALL: &'static [Code] = &[$(Code::$variant),+];

            /// The stable name, as `allow:` and `convene explain` take it.
            pub fn name(self) -> &'static str {
                match self { $(Code::$variant => $name),+ }
            }

            /// How grave it is unless `--strict`.
            pub fn severity(self) -> Severity {
                match self { $(Code::$variant => Severity::$severity),+ }
            }
        }
    };
}

codes! {
    // Files.
    /// A file was found but not read.
    Error UnreadableFile = "unreadable-file";
    /// The text is not UTF-8.
    Error NotUtf8 = "not-utf8";
    /// A file that is no entry stands where entries stand.
    Error UnexpectedFile = "unexpected-file";
    /// `catalog.yaml` is missing.
    Error MissingCatalog = "missing-catalog";
    /// A file's stem is not a valid ID.
    Error InvalidId = "invalid-id";
    /// One ID stands for two entries.
    Error DuplicateId = "duplicate-id";
    /// A file or a part of it is larger than the format allows.
    Error TooLarge = "too-large";

    // Syntax.
    /// A Markdown file without front matter.
    Error MissingFrontMatter = "missing-front-matter";
    /// The front matter has no closing line.
    Error UnclosedFrontMatter = "unclosed-front-matter";
    /// The YAML cannot be read.
    Error InvalidYaml = "invalid-yaml";
    /// An anchor, an alias or a tag.
    Error YamlFeature = "yaml-feature";
    /// A character that no text has: NUL, a control character.
    Error ControlCharacter = "control-character";
    /// Lists and maps inside each other beyond measure.
    Error TooDeep = "too-deep";
    /// One field is written twice.
    Error DuplicateField = "duplicate-field";

    // Fields.
    /// A field that this entry does not have.
    Error UnknownField = "unknown-field";
    /// A field that the entry needs is missing or empty.
    Error MissingField = "missing-field";
    /// A value of another type than the field takes.
    Error WrongType = "wrong-type";
    /// A word that is not among those that the field takes.
    Error UnknownWord = "unknown-word";
    /// Two fields that exclude each other, or one that needs another.
    Error FieldConflict = "field-conflict";
    /// A date that is not written in an accepted form, or does not exist.
    Error InvalidDate = "invalid-date";
    /// A time or a time range that is not written in an accepted form.
    Error InvalidTime = "invalid-time";
    /// An address that is not one of the accepted kinds.
    Error InvalidUrl = "invalid-url";
    /// A number out of range.
    Error InvalidNumber = "invalid-number";
    /// No such time zone.
    Error UnknownTimezone = "unknown-timezone";
    /// A language tag that is not BCP 47.
    Error InvalidLanguage = "invalid-language";
    /// A colour that is not `#rrggbb`.
    Error InvalidColor = "invalid-color";
    /// A text longer than its field allows.
    Error TooLong = "too-long";

    // Markdown.
    /// Raw HTML in Markdown.
    Error RawHtml = "raw-html";
    /// A heading that skips a level.
    Error HeadingSkipsLevel = "heading-skips-level";
    /// An image without a text alternative.
    Error ImageWithoutAlt = "image-without-alt";
    /// A link to a page or file that the site does not have.
    Error BrokenLink = "broken-link";
    /// A link to a heading that the page does not have.
    Error BrokenAnchor = "broken-anchor";
    /// A link whose words say nothing of where it leads.
    Warning VagueLinkText = "vague-link-text";

    // References.
    /// An ID that is not declared.
    Error UnknownId = "unknown-id";
    /// Offerings that are each other's prerequisites.
    Error PrerequisiteCycle = "prerequisite-cycle";
    /// Two entries that render to the same path.
    Error PathCollision = "path-collision";
    /// An alias that collides with a page.
    Error AliasCollision = "alias-collision";

    // Time.
    /// A range that ends before it begins.
    Error EndsBeforeStart = "ends-before-start";
    /// A local time that does not exist on that day.
    Error NonexistentTime = "nonexistent-time";
    /// A local time that exists twice on that day.
    Warning AmbiguousTime = "ambiguous-time";
    /// The weekday is not the date's.
    Error WeekdayMismatch = "weekday-mismatch";
    /// A session outside its offering's program year.
    Error SessionOutsideYear = "session-outside-year";
    /// An offering without sessions that does not name its year.
    Error MissingYear = "missing-year";
    /// A session on a closed day.
    Error SessionOnClosedDay = "session-on-closed-day";
    /// A repeat that yields no session, or too many.
    Error RepeatEmpty = "repeat-empty";
    /// A session on a weekend.
    Warning SessionOnWeekend = "session-on-weekend";
    /// The same dates as the year before.
    Warning DatesOfLastYear = "dates-of-last-year";
    /// `moved_from` names the date that the session has.
    Warning MovedNowhere = "moved-nowhere";

    // Enrollment.
    /// Enrollment closes before it opens.
    Error EnrollClosesBeforeOpens = "enroll-closes-before-opens";
    /// Enrollment closes after the last session has ended.
    Error EnrollClosesAfterEnd = "enroll-closes-after-end";
    /// Every session is past and enrollment is still open.
    Warning EnrollOpenAfterEnd = "enroll-open-after-end";
    /// An offering starts soon and cannot be enrolled in.
    Warning EnrollLinkMissingSoon = "enroll-link-missing-soon";
    /// No enrollment link on an offering that is not required.
    Warning NoEnrollLink = "no-enroll-link";
    /// Two offerings share one enrollment link.
    Warning EnrollLinkShared = "enroll-link-shared";

    // People and places.
    /// A facilitator in two sessions at one time.
    Error FacilitatorBookedTwice = "facilitator-booked-twice";
    /// A place with two sessions at one time.
    Error PlaceBookedTwice = "place-booked-twice";
    /// More seats than the place has.
    Error CapacityAbovePlace = "capacity-above-place";
    /// Two required offerings at one time for one role.
    Warning RequiredOverlap = "required-overlap";

    // Requirements and credit.
    /// More choices asked for than there are.
    Error ChooseTooMany = "choose-too-many";
    /// A requirement names an offering that its roles may not attend.
    Error RequirementUnreachable = "requirement-unreachable";
    /// Credit of the sessions that does not add up to the offering's.
    Error CreditMismatch = "credit-mismatch";

    // Privacy and presentation.
    /// A join link or room of a private offering that would be published.
    Error PrivateLeak = "private-leak";
    /// A colour below WCAG AA contrast.
    Error LowContrast = "low-contrast";
    /// A summary that repeats the title.
    Warning SummaryRepeatsTitle = "summary-repeats-title";
    /// An `allow` that silences nothing.
    Warning UselessAllow = "useless-allow";

    // Outside links.
    /// An address of another site does not answer.
    Warning LinkUnreachable = "link-unreachable";
    /// An address of another site has moved for good.
    Warning LinkMoved = "link-moved";

    // Themes.
    /// The theme that the catalog names does not exist.
    Error UnknownTheme = "unknown-theme";
    /// A template or `theme.yaml` of the theme cannot be used.
    Error InvalidTheme = "invalid-theme";
}

impl Code {
    /// The check with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.name() == name)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
