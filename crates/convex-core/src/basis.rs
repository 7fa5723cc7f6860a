//! What a series of prices leaves out or adds back.

use std::fmt;

use serde::Deserialize;

/// Price return or total return. One fund has both, as two series that are never mixed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// Payouts are left out.
    Price,
    /// Payouts are added back (dividend-adjusted).
    TotalReturn,
}

impl Basis {
    /// The words a reader sees.
    pub fn words(self) -> &'static str {
        match self {
            Self::Price => "price",
            Self::TotalReturn => "total return",
        }
    }
}

impl fmt::Display for Basis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.words())
    }
}

/// Names one stored series: a metric on one basis. In text `dia` is the price series and `dia.tr` the total-return one.
///
/// ```
/// use convex_core::{Basis, SeriesId};
/// let id = SeriesId::parse("DIA.tr").unwrap();
/// assert_eq!((id.metric.as_str(), id.basis), ("dia", Basis::TotalReturn));
/// assert_eq!(id.to_string(), "dia.tr");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SeriesId {
    /// Canonical id of the metric.
    pub metric: String,
    /// Basis of the values.
    pub basis: Basis,
}

/// The text cannot name a series.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" cannot name a series: use 1 to 40 of a-z 0-9 _ -, starting with a letter or digit, without \"-vs-\"")]
pub struct BadId(pub String);

impl SeriesId {
    /// The price series of a metric.
    pub fn price(metric: impl Into<String>) -> Self {
        Self { metric: metric.into(), basis: Basis::Price }
    }

    /// The total-return series of a metric.
    pub fn total_return(metric: impl Into<String>) -> Self {
        Self { metric: metric.into(), basis: Basis::TotalReturn }
    }

    /// Reads `dia` or `dia.tr`, in any case.
    pub fn parse(text: &str) -> Result<Self, BadId> {
        let lower = text.trim().to_ascii_lowercase();
        let (metric, basis) = match lower.strip_suffix(".tr") {
            Some(metric) => (metric, Basis::TotalReturn),
            None => (lower.as_str(), Basis::Price),
        };
        if is_metric_id(metric) {
            Ok(Self { metric: metric.to_owned(), basis })
        } else {
            Err(BadId(text.chars().take(60).collect()))
        }
    }
}

impl fmt::Display for SeriesId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.basis {
            Basis::Price => f.write_str(&self.metric),
            Basis::TotalReturn => write!(f, "{}.tr", self.metric),
        }
    }
}

/// Whether a text has the form of a canonical metric id.
pub fn is_metric_id(text: &str) -> bool {
    let tame = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    (1..=40).contains(&text.len())
        && tame(text.as_bytes()[0])
        && text.bytes().all(|byte| tame(byte) || byte == b'_' || byte == b'-')
        && !text.contains("-vs-")
}
