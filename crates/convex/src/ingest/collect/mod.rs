//! `collect`: brings metrics up to date from their providers. Fetch, parse, compare the basis, judge, append.

mod answer;
mod candidates;
mod fit;
mod progress;
mod report;
mod run;
mod second;
mod settle;
mod take;
mod task;

pub use answer::{Columns, Whole, ask};
pub use candidates::{Candidate, candidates};
pub use progress::progress_bar;
pub use report::{MetricReport, Outcome, Report, Written};
pub use run::{Collector, Wanted};
pub use second::{SecondLook, second_look};
pub(crate) use take::{Offered, Taken, take};
