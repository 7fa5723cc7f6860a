//! Alerts: rules over figures, what they would have done in the past, and what they do at each new close.
//!
//! A rule is a sentence: `dia-vs-iwm: ratio.z_1y above 2 for 3 closes`. The same [`Watch`] steps through history for the
//! preview and through new closes afterwards, so that a preview cannot promise something else than what is sent. Nothing
//! here looks ahead: the reading of a day is the figure a page of that day would have shown.

mod amount;
mod evaluate;
mod parse;
mod path;
mod preview;
mod rule;
mod watch;

pub use amount::{Amount, BadUnit, Scale};
pub use evaluate::{Evaluated, Ground, Standing, Wants, evaluate, unit_of};
pub use parse::{BadRule, EXAMPLES};
pub use path::{Path, is_metric_figure, is_pair_figure, metric_path, pair_path};
pub use preview::{Followed, Preview, preview};
pub use rule::{Condition, Rule, Side, Subject};
pub use watch::{Firing, Reading, Watch};

/// Alerts of one reader that may go out in a week unless they ask for another number; further ones wait for the digest.
pub const WEEKLY_BUDGET: u32 = 5;

/// Whether one more alert fits the budget, given the days of those that went out before.
pub fn is_within_budget(sent: &[crate::Day], today: crate::Day, budget: u32) -> bool {
    let recent = sent.iter().filter(|day| **day > today - 7 && **day <= today).count();
    recent < budget as usize
}
