//! One request, and what its answer means.

use std::time::Duration;

use ureq::http::{Response, StatusCode, header};
use ureq::{Agent, Body};
use url::Url;

use super::Answer;

/// Who asks.
const USER_AGENT: &str = concat!("convene/", env!("CARGO_PKG_VERSION"), " (checks links)");
/// So many redirects are followed.
const MOST_HOPS: u8 = 10;

/// How an address is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Method {
    /// Nothing but the head of the answer.
    Head,
    /// For hosts that do not understand the other.
    Get,
}

/// An address on its way through redirects.
#[derive(Clone, Debug)]
pub(super) struct Request {
    /// Where it is now.
    pub url: Url,
    /// How it is asked.
    pub method: Method,
    /// How many redirects there were.
    hops: u8,
    /// Every one of them was for good.
    for_good: bool,
    /// It was asked to wait once.
    waited: bool,
}

/// What is to be done next.
#[derive(Debug)]
pub(super) enum Next {
    /// That is the answer.
    Done(Answer),
    /// Ask this, after a while.
    Ask(Request, Duration),
}

impl Request {
    /// The first request for an address; none when it is not one of the web.
    pub(super) fn new(url: &str) -> Option<Self> {
        let mut url = Url::parse(url).ok()?;
        url.set_fragment(None);
        let web = matches!(url.scheme(), "http" | "https") && url.host_str().is_some();
        web.then_some(Self { url, method: Method::Head, hops: 0, for_good: true, waited: false })
    }

    /// The host that is asked, with its port.
    pub(super) fn host(&self) -> String {
        let port = self.url.port_or_known_default().unwrap_or_default();
        format!("{}:{port}", self.url.host_str().unwrap_or_default())
    }

    /// Asks, and says what is next. `longest` is how long a host may ask to wait.
    pub(super) fn send(self, agent: &Agent, longest: Duration) -> Next {
        let url = self.url.as_str();
        let answer = match self.method {
            Method::Head => agent.head(url).call(),
            Method::Get => agent.get(url).header(header::RANGE.as_str(), "bytes=0-0").call(),
        };
        match answer {
            Ok(answer) => self.read(&answer, longest),
            // Some hosts end the connection rather than answer `HEAD`.
            Err(error) if self.method == Method::Head && !is_final(&error) => {
                Next::Ask(Self { method: Method::Get, ..self }, Duration::ZERO)
            }
            Err(error) => Next::Done(Answer::Gone(words(&error))),
        }
    }

    fn read(self, answer: &Response<Body>, longest: Duration) -> Next {
        let status = answer.status();
        let text = |name| answer.headers().get(name).and_then(|value| value.to_str().ok());
        if status.is_redirection() && status != StatusCode::NOT_MODIFIED {
            return self.follow(status, text(header::LOCATION));
        }
        if status == StatusCode::RANGE_NOT_SATISFIABLE || status.is_success() {
            let moved = self.hops > 0 && self.for_good;
            return Next::Done(if moved {
                Answer::Moved(self.url.to_string())
            } else {
                Answer::There
            });
        }
        let busy =
            matches!(status, StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE);
        if busy && !self.waited {
            let asked = text(header::RETRY_AFTER).and_then(|wait| wait.trim().parse().ok());
            let wait = asked.map_or(Duration::from_secs(2), Duration::from_secs);
            if wait <= longest {
                return Next::Ask(Self { waited: true, ..self }, wait);
            }
        }
        if self.method == Method::Head && !busy {
            return Next::Ask(Self { method: Method::Get, ..self }, Duration::ZERO);
        }
        Next::Done(match status {
            // Somebody is there, and lets in whom they know, or fewer than ask.
            StatusCode::UNAUTHORIZED
            | StatusCode::FORBIDDEN
            | StatusCode::METHOD_NOT_ALLOWED
            | StatusCode::TOO_MANY_REQUESTS
            | StatusCode::PROXY_AUTHENTICATION_REQUIRED => Answer::There,
            status => Answer::Gone(format!("it answers {status}")),
        })
    }

    fn follow(self, status: StatusCode, location: Option<&str>) -> Next {
        let gone = |why: String| Next::Done(Answer::Gone(why));
        let Some(location) = location else {
            return gone(format!("it answers {status} and does not say where to go"));
        };
        if self.hops >= MOST_HOPS {
            return gone(format!("it leads on more than {MOST_HOPS} times"));
        }
        let Ok(mut url) = self.url.join(location) else {
            return gone("it leads on to what is no address".to_owned());
        };
        url.set_fragment(None);
        if !matches!(url.scheme(), "http" | "https") {
            return gone(format!("it leads on to an address that begins with `{}:`", url.scheme()));
        }
        let permanent =
            matches!(status, StatusCode::MOVED_PERMANENTLY | StatusCode::PERMANENT_REDIRECT);
        let for_good = self.for_good && permanent;
        Next::Ask(Self { url, hops: self.hops + 1, for_good, ..self }, Duration::ZERO)
    }
}

/// Who sends the requests: follows nothing by itself.
pub(super) fn agent(patience: Duration) -> Agent {
    Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .timeout_global(Some(patience))
        .user_agent(USER_AGENT)
        .build()
        .into()
}

/// True when asking in another way cannot help.
fn is_final(error: &ureq::Error) -> bool {
    use std::io::ErrorKind;
    match error {
        ureq::Error::HostNotFound | ureq::Error::Timeout(_) | ureq::Error::Tls(_) => true,
        ureq::Error::Io(error) => error.kind() == ErrorKind::ConnectionRefused,
        _ => false,
    }
}

/// Why there is no answer.
fn words(error: &ureq::Error) -> String {
    match error {
        ureq::Error::HostNotFound => "no such host is known".to_owned(),
        ureq::Error::Timeout(_) => "it did not answer in time".to_owned(),
        // What the system says when it asks for the address of a host, and gets none.
        ureq::Error::Io(error) if error.to_string().contains("lookup") => {
            "no such host is known, or there is no network".to_owned()
        }
        ureq::Error::Io(error) => format!("no connection: {error}"),
        error => format!("no connection: {error}"),
    }
}
