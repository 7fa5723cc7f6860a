//! Did a series change its mean or its variance, or jump, and when?
//!
//! Give it changes, not levels: the level of a walk has no mean to break.

mod jumps;
mod mean;
mod partition;
mod variance;

pub use jumps::{Jump, Jumps, jumps};
pub use mean::{MeanBreakTest, MeanBreaks, MeanSegment, mean_breaks};
pub use variance::{VarianceBreak, VarianceBreaks, VarianceSegment, variance_breaks};
