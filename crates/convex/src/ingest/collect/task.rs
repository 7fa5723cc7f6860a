//! One metric on its way through the providers that can be asked for it.

use std::sync::Arc;

use convex_core::Day;
use convex_core::catalog::{Cadence, Metric, Provider};
use convex_sources::{Failure, Purpose};
use convex_store::Stored;

use super::Outcome;
use super::candidates::Candidate;
use super::fit::is_restated;

/// Calendar days asked for again, so that corrections arrive and the basis can be compared.
const AGAIN_DAILY: i32 = 30;

/// The same for weekly and monthly series.
const AGAIN_SLOW: i32 = 400;

/// The same where another provider is to continue the series: enough to prove its basis.
const AGAIN_TO_PROVE: i32 = 120;

/// A metric to be brought up to date.
#[derive(Debug)]
pub(super) struct Task<'a> {
    pub(super) metric: &'a Arc<Metric>,
    /// Providers not yet asked, first choice first.
    pub(super) left: Vec<Candidate<'a>>,
    /// Providers that were asked, and why they gave nothing.
    pub(super) failures: Vec<(Provider, Failure)>,
    /// What the first provider that answered had: nothing new, while the next ones are asked.
    pub(super) answered: Option<(Outcome, usize, Vec<String>)>,
    /// What is stored.
    pub(super) known: Option<Stored>,
    /// The operator's own first day.
    pub(super) asked_since: Option<Day>,
    /// Whether all history is asked for, whatever is known.
    pub(super) whole: bool,
}

impl Task<'_> {
    /// The next provider's turn.
    pub(super) fn candidate(&self) -> Option<&Candidate<'_>> {
        self.left.first()
    }

    /// Who supplied what is stored.
    pub(super) fn known_provider(&self) -> Option<Provider> {
        self.known.as_ref().and_then(|stored| Provider::from_key(&stored.provider))
    }

    /// What to ask the next provider for.
    pub(super) fn purpose(&self) -> Purpose {
        let since = match self.asked_since {
            Some(day) => Some(day),
            None if self.whole => None,
            None => self.since(),
        };
        Purpose::History { since }
    }

    fn since(&self) -> Option<Day> {
        let (last, _) = self.known.as_ref()?.series.last()?;
        if is_restated(self.metric) {
            return None;
        }
        let continues = self.candidate().map(Candidate::provider) == self.known_provider();
        let again = match self.metric.cadence {
            Cadence::Weekly | Cadence::Monthly => AGAIN_SLOW,
            _ if continues => AGAIN_DAILY,
            _ => AGAIN_TO_PROVE,
        };
        Some(last - again)
    }
}
