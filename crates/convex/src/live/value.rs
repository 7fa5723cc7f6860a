//! A value within the day, as it is shown.

use std::sync::Arc;

use convex_core::catalog::{ChangeKind, Metric, Provider};
use jiff::Timestamp;

use super::Close;

/// The latest value of a metric between two closes.
#[derive(Clone, Debug, PartialEq)]
pub struct LiveValue {
    /// What it is a value of.
    pub metric: Arc<Metric>,
    /// The value.
    pub value: f64,
    /// The moment it was true, by the provider's word.
    pub at: Timestamp,
    /// When it came here.
    pub received: Timestamp,
    /// Who said so.
    pub provider: Provider,
    /// Minutes by which the provider holds values back.
    pub delayed_minutes: u16,
    /// The last official close known when it came.
    pub close: Option<Close>,
}

impl LiveValue {
    /// Change from the last close: a share of it, or a difference where that is how the metric is measured.
    pub fn change(&self) -> Option<f64> {
        let close = self.close?;
        Some(change(self.metric.change, self.value, close.value))
    }

    /// Whether the value is simulated.
    pub fn is_simulated(&self) -> bool {
        self.provider == Provider::Sample
    }
}

/// Change of a value from a base.
pub fn change(kind: ChangeKind, value: f64, base: f64) -> f64 {
    match kind {
        ChangeKind::Log => value / base - 1.0,
        ChangeKind::Difference => value - base,
    }
}
