//! All metrics within the day: of real providers, or of the sample market. The two never meet.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use convex_core::catalog::{Metric, Provider};
use convex_sources::Quote;
use jiff::Timestamp;

use super::line::Line;
use super::{Close, LiveValue, Reception};

/// Changes of provider remembered.
const SWITCHES: usize = 100;

#[derive(Debug, Default)]
pub(super) struct Market {
    lines: BTreeMap<String, Line>,
    /// Providers that cannot be reached: whoever comes after them has the word.
    silent: BTreeSet<Provider>,
    switches: VecDeque<Switch>,
}

/// A change of the provider whose values are shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Switch {
    /// Of which metric.
    pub series: String,
    /// Who was shown before.
    pub from: Provider,
    /// Who is shown since.
    pub to: Provider,
    /// Since when.
    pub at: Timestamp,
}

impl Market {
    /// The line of a metric, begun if there is none.
    pub(super) fn line(&mut self, metric: &Arc<Metric>) -> &mut Line {
        self.lines.entry(metric.id.clone()).or_insert_with(|| Line::new(Arc::clone(metric)))
    }

    /// The line of a metric, if it was begun.
    pub(super) fn get(&self, id: &str) -> Option<&Line> {
        self.lines.get(id)
    }

    pub(super) fn get_mut(&mut self, id: &str) -> Option<&mut Line> {
        self.lines.get_mut(id)
    }

    pub(super) fn lines(&self) -> impl Iterator<Item = &Line> {
        self.lines.values()
    }

    pub(super) fn switches(&self) -> impl Iterator<Item = &Switch> {
        self.switches.iter()
    }

    /// Judges a quote and keeps it. `fix` is the metric whose close stands in where the metric itself has none.
    pub(super) fn receive(
        &mut self,
        metric: &Arc<Metric>,
        fix: Option<&str>,
        (provider, quote): (Provider, &Quote),
        now: Timestamp,
    ) -> Reception {
        let stand_in: Option<Close> = fix.and_then(|fix| self.lines.get(fix)?.close);
        let before = self.lines.get(&metric.id).and_then(|line| line.shown.as_ref()).map(|shown| shown.provider);
        let is_gone = before.is_some_and(|before| self.silent.contains(&before));
        let line = self.line(metric);
        let patience = if is_gone { Duration::ZERO } else { line.late_after() };
        let reception = line.receive((provider, quote), now, patience, stand_in);
        if reception == Reception::Shown
            && let Some(from) = before.filter(|from| *from != provider)
        {
            self.record(Switch { series: metric.id.clone(), from, to: provider, at: now });
        }
        reception
    }

    pub(super) fn falls_silent(&mut self, provider: Provider, is_silent: bool) {
        if is_silent {
            self.silent.insert(provider);
        } else {
            self.silent.remove(&provider);
        }
    }

    fn record(&mut self, switch: Switch) {
        let Switch { series, from, to, .. } = &switch;
        tracing::info!(%series, from = from.key(), to = to.key(), "live values come from another provider");
        if self.switches.len() == SWITCHES {
            self.switches.pop_front();
        }
        self.switches.push_back(switch);
    }
}

impl LiveValue {
    /// Whether it stands beside this close: one that came after says more.
    pub(super) fn is_after(&self, close: &Close) -> bool {
        close.is_before(&self.metric, self.at)
    }
}
