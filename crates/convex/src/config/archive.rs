//! `[archive]`: how long answers of providers are kept that no observation rests on.

use serde::{Deserialize, Serialize};

/// How long answers of providers are kept that no observation rests on. Those that one rests on stay.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, PartialEq, Eq)]
#[serde(deny_unknown_fields, default)]
pub struct Archive {
    /// Days for values within the day.
    pub keep_quotes_days: u32,
    /// Days for answers that were failures.
    pub keep_failures_days: u32,
}

impl Default for Archive {
    fn default() -> Self {
        Self { keep_quotes_days: 7, keep_failures_days: 30 }
    }
}
