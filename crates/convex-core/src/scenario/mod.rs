//! Dated episodes of the past: what metrics and pairs did inside them.

mod measure;
mod window;

pub use measure::{MetricInWindow, PairInWindow, metric_in_window, pair_in_window};
pub use window::{BadWindows, WINDOWS, Window, builtin, read};
