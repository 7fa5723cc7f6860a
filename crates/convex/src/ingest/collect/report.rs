//! What an ingest did, series by series.

use std::fmt;

use convex_core::catalog::Provider;
use convex_core::{Day, SeriesId};
use convex_sources::Failure;

use crate::format::{count, plural};

/// What became of one metric.
#[derive(Clone, Debug, PartialEq)]
pub struct MetricReport {
    /// Its canonical id.
    pub id: String,
    /// How it ended.
    pub outcome: Outcome,
    /// Providers that were asked before and failed, in order.
    pub failures: Vec<(Provider, Failure)>,
    /// Values held back for the operator to judge.
    pub held: usize,
    /// What a reader of the log should know.
    pub notices: Vec<String>,
}

/// How a metric ended.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// Values were written.
    Written {
        /// Who supplied them.
        provider: Provider,
        /// What was written, a line a series (price, total return).
        series: Vec<Written>,
    },
    /// The provider has nothing that is not known.
    Nothing {
        /// Who was asked.
        provider: Provider,
        /// Last known day.
        last: Option<Day>,
    },
    /// What came cannot continue what is stored.
    Refused {
        /// Who supplied it.
        provider: Provider,
        /// Why, and what to type.
        why: String,
    },
    /// Nobody gave anything.
    Failed,
    /// There is nobody to ask.
    NoSource {
        /// Why, and the way out.
        why: String,
    },
}

/// What one series received.
#[derive(Clone, Debug, PartialEq)]
pub struct Written {
    /// The series.
    pub id: SeriesId,
    /// Days that had no value.
    pub new: usize,
    /// Days that had another value.
    pub changed: usize,
    /// Last day now.
    pub last: Day,
}

/// What an ingest did.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// Metric by metric, in the order they were taken up.
    pub metrics: Vec<MetricReport>,
    /// Metrics that were not due.
    pub not_due: usize,
}

impl Report {
    /// Whether a metric that was due and could be asked for got no answer that could be used.
    pub fn failed(&self) -> bool {
        self.metrics.iter().any(|metric| matches!(metric.outcome, Outcome::Failed | Outcome::Refused { .. }))
    }

    /// Values that had no place before.
    pub fn new_values(&self) -> usize {
        self.metrics
            .iter()
            .map(|metric| match &metric.outcome {
                Outcome::Written { series, .. } => series.iter().map(|one| one.new + one.changed).sum(),
                _ => 0,
            })
            .sum()
    }
}

impl fmt::Display for MetricReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:<14}", self.id)?;
        match &self.outcome {
            Outcome::Written { provider, series } => {
                for (i, one) in series.iter().enumerate() {
                    if i > 0 {
                        f.write_str("; ")?;
                    }
                    write!(f, "{} new", count(one.new))?;
                    if one.changed > 0 {
                        write!(f, ", {} changed", count(one.changed))?;
                    }
                    write!(f, " to {}", one.last)?;
                    if one.id.metric != self.id || one.id.basis != convex_core::Basis::Price {
                        write!(f, " ({})", one.id)?;
                    }
                }
                write!(f, ", from {}", provider.name())?;
            }
            Outcome::Nothing { provider, last } => {
                write!(f, "nothing new at {}", provider.name())?;
                if let Some(last) = last {
                    write!(f, "; last is {last}")?;
                }
            }
            Outcome::Refused { provider, why } => write!(f, "refused what {} gave: {why}", provider.name())?,
            Outcome::Failed => f.write_str("no answer that can be used")?,
            Outcome::NoSource { why } => f.write_str(why)?,
        }
        if self.held > 0 {
            write!(f, "; {} held back (convex doctor lists them)", plural(self.held, "value"))?;
        }
        for (provider, failure) in &self.failures {
            write!(f, "\n               {}: {failure}", provider.name())?;
        }
        for notice in &self.notices {
            write!(f, "\n               {notice}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let written = self.metrics.iter().filter(|one| matches!(one.outcome, Outcome::Written { .. })).count();
        let nothing = self.metrics.iter().filter(|one| matches!(one.outcome, Outcome::Nothing { .. })).count();
        let failed =
            self.metrics.iter().filter(|one| matches!(one.outcome, Outcome::Failed | Outcome::Refused { .. })).count();
        write!(
            f,
            "{} in {} series; {} nothing new; {failed} failed; {} not due",
            plural(self.new_values(), "value"),
            count(written),
            count(nothing),
            count(self.not_due),
        )
    }
}
