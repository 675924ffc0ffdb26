//! Addresses: absolute ones of a few harmless schemes, and paths on the site itself.

use std::fmt;
use std::sync::Arc;

/// An address that may stand in a link.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Url {
    /// `https:`, `http:` or `mailto:`, as written, with what a browser would escape escaped.
    Absolute(Arc<str>),
    /// A path on the site, such as `/pages/help/#contact`: path, then query and fragment.
    Site {
        /// The path.
        path: SitePath,
        /// What follows the path: `?…` and `#…`, or nothing.
        suffix: Arc<str>,
    },
}

/// Why a text is not an address for a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UrlError {
    /// A scheme other than the accepted ones.
    Scheme,
    /// Neither a scheme nor a leading slash: `www.example.org`.
    NoScheme,
    /// It begins as an address and is not one.
    Malformed,
    /// A site path that is not safe.
    Path(SitePathError),
}

impl Url {
    /// Reads an address.
    ///
    /// # Errors
    ///
    /// When it is neither an absolute address of an accepted scheme nor a safe site path.
    pub fn parse(text: &str) -> Result<Self, UrlError> {
        let text = text.trim();
        if text.chars().any(|c| c.is_control() || c == '\\') {
            return Err(UrlError::Malformed);
        }
        if let Some(rest) = text.strip_prefix('/') {
            if rest.starts_with('/') {
                return Err(UrlError::Malformed);
            }
            let split = text.find(['?', '#']).unwrap_or(text.len());
            let decoded = percent_encoding::percent_decode_str(&text[..split])
                .decode_utf8()
                .map_err(|_| UrlError::Malformed)?;
            let path = SitePath::new(&decoded).map_err(UrlError::Path)?;
            let suffix: String = text[split..]
                .chars()
                .map(|c| if c == ' ' { "%20".to_owned() } else { c.to_string() })
                .collect();
            return Ok(Self::Site { path, suffix: suffix.into() });
        }
        let Some((scheme, rest)) = text.split_once(':') else { return Err(UrlError::NoScheme) };
        let scheme = scheme.to_ascii_lowercase();
        if scheme.contains(['.', '/', '?', '#', ' '])
            || rest.starts_with(|c: char| c.is_ascii_digit())
        {
            return Err(UrlError::NoScheme);
        }
        match scheme.as_str() {
            "https" | "http" if !rest.starts_with("//") => Err(UrlError::Malformed),
            "https" | "http" | "mailto" => {
                let parsed = url::Url::parse(text).map_err(|_| UrlError::Malformed)?;
                let usable = match scheme.as_str() {
                    "mailto" => parsed.path().contains('@'),
                    _ => parsed.host_str().is_some_and(|host| !host.is_empty()),
                };
                if usable {
                    Ok(Self::Absolute(parsed.as_str().into()))
                } else {
                    Err(UrlError::Malformed)
                }
            }
            _ => Err(UrlError::Scheme),
        }
    }
}

/// A path on the site: begins with `/`, has no empty, `.` or `..` part, no backslash, no control
/// character and no percent-encoding that hides one of these.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SitePath(Arc<str>);

/// Why a text is not a safe path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SitePathError {
    /// It does not begin with a slash.
    NotFromRoot,
    /// A part that is empty, `.` or `..`, also when percent-encoded.
    Climbs,
    /// A character that no path of a site has.
    Character(char),
    /// A name that Windows keeps for itself (`con`, `nul`, `com1`), or one that ends with a dot or
    /// a space.
    Reserved,
}

impl SitePath {
    /// A path, if it is safe. A trailing slash names a page (`/pages/help/`).
    ///
    /// # Errors
    ///
    /// When it is not.
    pub fn new(text: &str) -> Result<Self, SitePathError> {
        let Some(rest) = text.strip_prefix('/') else { return Err(SitePathError::NotFromRoot) };
        if let Some(bad) = text.chars().find(|c| {
            c.is_control()
                || matches!(c, '\\' | '<' | '>' | '"' | '|' | '*' | ':' | '?' | '#' | '%')
        }) {
            return Err(SitePathError::Character(bad));
        }
        let parts = rest.strip_suffix('/').unwrap_or(rest);
        if parts.is_empty() {
            return if text == "/" { Ok(Self("/".into())) } else { Err(SitePathError::Climbs) };
        }
        for part in parts.split('/') {
            if part.is_empty() || part == "." || part == ".." {
                return Err(SitePathError::Climbs);
            }
            if part.ends_with(['.', ' ']) || part.starts_with(' ') || is_reserved(part) {
                return Err(SitePathError::Reserved);
            }
        }
        Ok(Self(text.into()))
    }

    /// The path with its leading slash.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SitePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The device names of Windows, with or without an extension.
fn is_reserved(part: &str) -> bool {
    let stem = part.split('.').next().unwrap_or(part);
    if !matches!(stem.len(), 3 | 4) {
        return false;
    }
    let stem = stem.to_ascii_lowercase();
    matches!(stem.as_str(), "con" | "prn" | "aux" | "nul")
        || (stem.len() == 4
            && (stem.starts_with("com") || stem.starts_with("lpt"))
            && stem.ends_with(|c: char| c.is_ascii_digit() && c != '0'))
}

#[cfg(test)]
mod tests {
    use super::{SitePath, Url, UrlError};

    #[test]
    fn absolute_addresses_of_three_schemes() {
        for good in ["https://example.org/a?b=c#d", "http://example.org", "mailto:a@example.org"] {
            assert!(matches!(Url::parse(good), Ok(Url::Absolute(_))), "{good}");
        }
        for (bad, why) in [
            ("javascript:alert(1)", UrlError::Scheme),
            ("JaVaScRiPt:alert(1)", UrlError::Scheme),
            ("data:text/html,x", UrlError::Scheme),
            ("www.example.org", UrlError::NoScheme),
            ("example.org:80", UrlError::NoScheme),
            ("https:example", UrlError::Malformed),
            ("https://", UrlError::Malformed),
            ("//example.org", UrlError::Malformed),
            ("mailto:nobody", UrlError::Malformed),
            ("https://a b/", UrlError::Malformed),
        ] {
            assert_eq!(Url::parse(bad), Err(why), "{bad}");
        }
    }

    #[test]
    fn paths_cannot_climb() {
        for good in ["/", "/pages/help/", "/files/map.pdf", "/self-as-core"] {
            assert!(SitePath::new(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "a",
            "/../a",
            "/a/../b",
            "/./a",
            "/a//b",
            "/%2e%2e/a",
            "/a\\b",
            "/con",
            "/nul.txt",
            "/com1",
            "/a.",
            "/a ",
            "/a\u{0}b",
            "//",
        ] {
            assert!(SitePath::new(bad).is_err(), "{bad}");
        }
    }
}
