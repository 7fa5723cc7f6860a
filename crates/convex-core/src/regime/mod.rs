//! States of the market, known before the day they condition; and what was different in them.
//!
//! Each rule is published beside its states. The one that is known only later, the NBER's recessions, says so.

mod appetite;
mod history;
mod macroeconomy;
mod pair;
mod rule;
mod switching;

#[cfg(test)]
mod tests;

pub use appetite::{APPETITE, Appetite, appetite};
pub use history::{History, Now};
pub use pair::{InState, pair_by_state};
pub use rule::{Known, RULES, Rule, histories};
