//! One number of a page that is no figure of a comparison, in an element that names it.

use std::fmt;

use askama::filters::HtmlSafe;
use convex_core::figure::{Interval, Unavailable};

use crate::chart::escape;
use crate::format;

/// A number with its name and owner.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::web) struct Datum {
    name: String,
    /// ` data-metric="iwm"` or ` data-pair="dia-vs-iwm"`, or nothing.
    owner: String,
    value: Option<f64>,
    text: String,
    title: String,
}

impl Datum {
    /// A number as read.
    pub(in crate::web) fn new(name: impl Into<String>, value: f64, text: impl Into<String>) -> Self {
        Self { name: name.into(), value: Some(value), text: text.into(), ..Self::default() }
    }

    /// A number, or a dash with its reason.
    pub(in crate::web) fn or_why(
        name: impl Into<String>,
        found: Result<f64, &Unavailable>,
        text: impl FnOnce(f64) -> String,
    ) -> Self {
        match found {
            Ok(value) => Self::new(name, value, text(value)),
            Err(why) => {
                Self { name: name.into(), text: format::MISSING.to_owned(), title: format::why(why), ..Self::default() }
            }
        }
    }

    /// The same, owned by a metric, or by a pair if it reads `a-vs-b`.
    #[must_use]
    pub(in crate::web) fn of(mut self, target: &str) -> Self {
        let kind = if target.contains("-vs-") { "pair" } else { "metric" };
        self.owner = format!(" data-{kind}=\"{}\"", escape(target));
        self
    }

    /// The same with a word of explanation.
    #[must_use]
    pub(in crate::web) fn titled(mut self, title: impl Into<String>) -> Self {
        self.title = title.into();
        self
    }
}

/// `[0.83, 0.89]`.
pub(in crate::web) fn between(interval: Interval, text: impl Fn(f64) -> String) -> String {
    format!("[{}, {}]", text(interval.low), text(interval.high))
}

impl fmt::Display for Datum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, owner, value, text, title } = self;
        let title = if title.is_empty() { String::new() } else { format!(" title=\"{}\"", escape(title)) };
        match value {
            Some(value) => write!(
                f,
                "<data class=\"f\" data-figure=\"{name}\"{owner}{title} value=\"{value}\">{}</data>",
                escape(text)
            ),
            None => write!(f, "<span class=\"f none\" data-figure=\"{name}\"{owner}{title}>{}</span>", escape(text)),
        }
    }
}

impl HtmlSafe for Datum {}
