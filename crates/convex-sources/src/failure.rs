//! Why an answer is none, and what to do about it.

use std::fmt;
use std::time::Duration;

use convex_core::Day;

use crate::Window;

/// Why a provider gave nothing. Each class is counted and handled by itself; the words are for the operator.
#[derive(Clone, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Failure {
    /// Nothing whole came over the wire.
    #[error("{0}")]
    Network(Network),
    /// The answer is larger than an answer may be.
    #[error("the answer is larger than {limit} bytes")]
    TooLarge {
        /// The limit.
        limit: u64,
    },
    /// Asked too often; wait.
    #[error("asked too often{}", wait(*after))]
    RateLimited {
        /// How long the provider says to wait.
        after: Option<Duration>,
    },
    /// The allowance of a longer window is used up, by our own count or the provider's word.
    #[error("the allowance of this {} is used up", window.word())]
    QuotaSpent {
        /// The window.
        window: Window,
    },
    /// Turned away as a program: a challenge page, a block of the address.
    #[error("turned away: {detail}")]
    Blocked {
        /// What the provider said.
        detail: String,
    },
    /// Not served in this place for legal reasons.
    #[error("not served from here for legal reasons")]
    Restricted,
    /// A key is needed and there is none.
    #[error("a key is needed")]
    KeyMissing,
    /// The key is wrong, or belongs elsewhere.
    #[error("the key was refused: {detail}")]
    KeyRefused {
        /// What the provider said.
        detail: String,
    },
    /// The plan does not cover this.
    #[error("beyond the plan: {detail}")]
    BeyondPlan {
        /// What the provider said.
        detail: String,
    },
    /// The provider does not know the series.
    #[error("unknown there: {detail}")]
    UnknownSymbol {
        /// The name as asked, or what the provider said.
        detail: String,
    },
    /// The series or the whole service is no longer given.
    #[error("no longer given: {detail}")]
    Gone {
        /// What the provider said.
        detail: String,
    },
    /// The provider does not have this kind of thing.
    #[error("not served by this provider")]
    NotServed,
    /// The request was wrong.
    #[error("the request was refused: {detail}")]
    BadRequest {
        /// What the provider said.
        detail: String,
    },
    /// The provider has trouble.
    #[error("the provider has trouble: {detail}")]
    Unavailable {
        /// Status or words.
        detail: String,
    },
    /// The body is of another kind than asked for, whatever its content type says.
    #[error("{found} instead of {expected}{}", quoted(detail))]
    WrongKind {
        /// What was asked for.
        expected: Kind,
        /// What came.
        found: Kind,
        /// Its beginning.
        detail: String,
    },
    /// The body is of the right kind and cannot be read.
    #[error("unreadable: {at}")]
    Malformed {
        /// What is wrong, and where.
        at: String,
    },
    /// A well-formed answer without a single observation.
    #[error("no observation in the answer")]
    Empty,
    /// Its newest observation is not the newest there should be.
    #[error("{missed} observations behind: its last is of {last}")]
    Behind {
        /// Day of its last observation.
        last: Day,
        /// Observations that should have come since what is stored.
        missed: usize,
    },
}

/// What went wrong below HTTP.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Network {
    /// The name of the host does not resolve.
    #[error("the host's name does not resolve")]
    Name,
    /// No connection.
    #[error("cannot connect")]
    Connect,
    /// No secure connection.
    #[error("no secure connection")]
    Tls,
    /// No whole answer in time.
    #[error("no whole answer in time")]
    TimedOut,
    /// The body ended early.
    #[error("the answer was cut off")]
    CutOff,
    /// The body does not decompress.
    #[error("the answer does not decompress")]
    Encoding,
    /// Sent on and on, or to another host.
    #[error("sent in circles or to another host")]
    Redirects,
    /// Not HTTP.
    #[error("the answer is not HTTP")]
    Protocol,
}

/// What to do after a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Retry {
    /// The same request again soon, a few times, each time later.
    Soon,
    /// Not before this time has passed.
    After(Duration),
    /// When the window has ended.
    NextWindow(Window),
    /// At the next regular time: asking again now changes nothing.
    Regular,
    /// When the operator has changed something; the next source is asked meanwhile.
    Never,
}

impl Failure {
    /// A body of the right kind that cannot be read.
    pub fn malformed(at: impl Into<String>) -> Self {
        Self::Malformed { at: shortened(&at.into()) }
    }

    /// A body of another kind. A page of HTML where data were asked for is a provider turning programs away or in trouble; a
    /// sentence can be about limits, whatever the status.
    pub(crate) fn wrong_kind(expected: Kind, found: Kind, body: &[u8]) -> Self {
        let detail = beginning(body);
        let challenge = ["challenge", "captcha", "__verify", "cf-mitigated", "just a moment", "proof of work"];
        let page = String::from_utf8_lossy(&body[..body.len().min(4_096)]).to_lowercase();
        if found == Kind::Html && challenge.iter().any(|word| page.contains(word)) {
            return Self::Blocked { detail: "a page that asks for proof of a person".to_owned() };
        }
        if found == Kind::Text && page.len() < 200 {
            if ["daily hits limit", "daily limit"].iter().any(|words| page.contains(words)) {
                return Self::QuotaSpent { window: Window::Day };
            }
            if ["too many requests", "rate limit", "error code: 1015", "throttled"].iter().any(|w| page.contains(w)) {
                return Self::RateLimited { after: None };
            }
        }
        Self::WrongKind { expected, found, detail }
    }

    /// What a status says by itself; `None` for success. Providers that say more in the body read it first.
    pub fn of_status(status: u16, retry_after: Option<Duration>, body: &[u8]) -> Option<Self> {
        let detail = || format!("{status} {}", beginning(body)).trim_end().to_owned();
        Some(match status {
            200 | 203 => return None,
            204 | 205 => Self::Empty,
            401 => Self::KeyRefused { detail: detail() },
            402 => Self::BeyondPlan { detail: detail() },
            403 => Self::Blocked { detail: detail() },
            404 => Self::UnknownSymbol { detail: detail() },
            410 => Self::Gone { detail: detail() },
            418 | 429 => Self::RateLimited { after: retry_after },
            451 => Self::Restricted,
            408 | 425 | 500..=599 => match retry_after {
                Some(after) if status == 503 => Self::RateLimited { after: Some(after) },
                _ => Self::Unavailable { detail: detail() },
            },
            300..=399 => Self::Network(Network::Redirects),
            _ => Self::BadRequest { detail: detail() },
        })
    }

    /// What to do about it.
    pub fn retry(&self) -> Retry {
        match self {
            Self::Network(_) | Self::Unavailable { .. } => Retry::Soon,
            Self::RateLimited { after: Some(after) } => Retry::After(*after),
            Self::RateLimited { after: None } => Retry::After(Duration::from_mins(1)),
            Self::QuotaSpent { window } => Retry::NextWindow(*window),
            Self::WrongKind { .. }
            | Self::Malformed { .. }
            | Self::Empty
            | Self::TooLarge { .. }
            | Self::Blocked { .. }
            | Self::Gone { .. }
            | Self::Behind { .. }
            | Self::UnknownSymbol { .. } => Retry::Regular,
            Self::Restricted
            | Self::KeyMissing
            | Self::KeyRefused { .. }
            | Self::BeyondPlan { .. }
            | Self::NotServed
            | Self::BadRequest { .. } => Retry::Never,
        }
    }

    /// The word under which it is counted.
    pub fn class(&self) -> &'static str {
        match self {
            Self::Network(network) => network.class(),
            Self::TooLarge { .. } => "too-large",
            Self::RateLimited { .. } => "rate-limited",
            Self::QuotaSpent { .. } => "quota-spent",
            Self::Blocked { .. } => "blocked",
            Self::Restricted => "restricted",
            Self::KeyMissing => "key-missing",
            Self::KeyRefused { .. } => "key-refused",
            Self::BeyondPlan { .. } => "beyond-plan",
            Self::UnknownSymbol { .. } => "unknown-symbol",
            Self::Gone { .. } => "gone",
            Self::NotServed => "not-served",
            Self::BadRequest { .. } => "bad-request",
            Self::Unavailable { .. } => "unavailable",
            Self::WrongKind { .. } => "wrong-kind",
            Self::Malformed { .. } => "malformed",
            Self::Empty => "empty",
            Self::Behind { .. } => "behind",
        }
    }
}

impl Network {
    fn class(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Connect => "connect",
            Self::Tls => "tls",
            Self::TimedOut => "timed-out",
            Self::CutOff => "cut-off",
            Self::Encoding => "encoding",
            Self::Redirects => "redirects",
            Self::Protocol => "protocol",
        }
    }
}

/// What bytes look like by their beginning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// An object or an array.
    Json,
    /// A page.
    Html,
    /// Any other markup.
    Xml,
    /// A ZIP archive.
    Zip,
    /// A gzip stream.
    Gzip,
    /// Lines of text, such as CSV.
    Text,
    /// None of these.
    Binary,
}

impl Kind {
    /// Judges by the first bytes; `None` if there are only spaces.
    pub fn of(body: &[u8]) -> Option<Self> {
        let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body).trim_ascii_start();
        let start = String::from_utf8_lossy(&body[..body.len().min(256)]).to_ascii_lowercase();
        Some(match body {
            [] => return None,
            [b'P', b'K', 3 | 5, ..] => Self::Zip,
            [0x1f, 0x8b, ..] => Self::Gzip,
            [b'{' | b'[', ..] => Self::Json,
            [b'<', ..] if start.starts_with("<!doctype html") || start.contains("<html") || start.contains("<head") => {
                Self::Html
            }
            [b'<', ..] => Self::Xml,
            _ if body.iter().take(64).any(|&byte| byte < 9 || (14..32).contains(&byte)) => Self::Binary,
            _ => Self::Text,
        })
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Json => "JSON",
            Self::Html => "an HTML page",
            Self::Xml => "XML",
            Self::Zip => "a ZIP archive",
            Self::Gzip => "a gzip file",
            Self::Text => "plain text",
            Self::Binary => "binary data",
        })
    }
}

const DETAIL_CHARACTERS: usize = 120;

/// The beginning of a body on one line, fit for a message.
pub(crate) fn beginning(body: &[u8]) -> String {
    shortened(&String::from_utf8_lossy(&body[..body.len().min(4 * DETAIL_CHARACTERS)]))
}

fn shortened(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let printable = line.chars().filter(|character| !character.is_control());
    let mut short: String = printable.take(DETAIL_CHARACTERS + 1).collect();
    if short.chars().count() > DETAIL_CHARACTERS {
        short = short.chars().take(DETAIL_CHARACTERS - 1).chain(['…']).collect();
    }
    short
}

fn quoted(detail: &str) -> String {
    if detail.is_empty() { String::new() } else { format!(": {detail}") }
}

fn wait(after: Option<Duration>) -> String {
    after.map(|after| format!(", wait {} s", after.as_secs())).unwrap_or_default()
}
