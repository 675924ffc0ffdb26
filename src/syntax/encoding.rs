//! Text files that are not UTF-8: what they are instead, and how to save them.

use crate::diag::{Code, Diagnostic};
use crate::source::{FileId, SourceFile, Span, Unread};

/// How to mend an encoding.
pub(super) const SAVE: &str =
    "open the file in an editor, choose “Save as”, and pick the encoding UTF-8";

/// Says what is the matter with bytes that are not UTF-8.
pub(super) fn not_utf8(file: FileId, bytes: &[u8]) -> Diagnostic {
    let utf16 = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
    if utf16 {
        let message = "this file is saved as UTF-16 (“Unicode” in Notepad), and must be UTF-8";
        return Diagnostic::new(Code::NotUtf8, Span::bytes(file, 0..2), message).hint(SAVE);
    }
    if bytes.starts_with(b"PK\x03\x04")
        || bytes.starts_with(b"%PDF")
        || bytes.starts_with(&[0xd0, 0xcf])
    {
        let message = "this is a document or an archive, not a text file";
        return Diagnostic::new(Code::NotUtf8, Span::start_of(file), message)
            .hint("copy its words into a plain text file, and save that as UTF-8");
    }
    let at = std::str::from_utf8(bytes).err().map_or(0, |error| error.valid_up_to());
    let zeros = bytes.iter().take(4096).filter(|&&b| b == 0).count();
    if zeros > 8 {
        let message = "this file does not hold text";
        return Diagnostic::new(Code::NotUtf8, Span::bytes(file, at..at + 1), message).hint(SAVE);
    }
    let byte = bytes.get(at).copied().unwrap_or_default();
    let likely = match byte {
        0x91 | 0x92 => "a curly quote (’)",
        0x93 | 0x94 => "a curly quote (“ or ”)",
        0x96 | 0x97 => "a dash (–)",
        0x85 => "an ellipsis (…)",
        0xa0 => "a space that does not break",
        0xc0..=0xff => "a letter with an accent",
        _ => "a character",
    };
    let message = format!("{likely} is not saved as UTF-8 here (byte 0x{byte:02x})");
    Diagnostic::new(Code::NotUtf8, Span::bytes(file, at..at + 1), message)
        .label("the first place that is not UTF-8")
        .hint(SAVE)
}

/// Says why a file that exists was not read.
pub(super) fn unread(file: FileId, source: &SourceFile, why: &Unread) -> Diagnostic {
    let (message, hint) = match why {
        Unread::Refused(words) => {
            (format!("this file could not be read: {words}"), "allow the program to read it")
        }
        Unread::LinkLeaves => (
            "this is a link to a file outside the project".to_owned(),
            "put a copy of the file here instead of the link",
        ),
        Unread::LinkBroken => (
            "this is a link that leads nowhere".to_owned(),
            "remove the link, or put the file here",
        ),
        Unread::NotAFile => ("this is not a file".to_owned(), "remove it"),
        Unread::TooLarge(bytes) => {
            let megabytes = bytes.div_ceil(1024 * 1024);
            let message = format!("this file is {megabytes} MB large, and 64 MB is the most");
            let hint = "make it smaller, or keep it elsewhere and link to it";
            return Diagnostic::new(Code::TooLarge, Span::start_of(file), message).hint(hint);
        }
        Unread::NameNotUnicode => (
            format!("the name `{}` has characters that are not Unicode", source.path),
            "rename it with plain letters, digits and hyphens",
        ),
        Unread::Missing => ("this file is missing".to_owned(), "add it"),
    };
    Diagnostic::new(Code::UnreadableFile, Span::start_of(file), message).hint(hint)
}
