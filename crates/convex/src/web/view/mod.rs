//! What pages show, prepared in Rust so that templates only place it: pure functions of comparisons, metrics and panels.

pub(super) mod analysis;
pub(super) mod charts;
pub(super) mod cite;
pub(super) mod compare;
pub(super) mod correlations;
pub(super) mod evidence;
pub(super) mod examples;
mod figures;
pub(super) mod home;
pub(super) mod live;
pub(super) mod metric;
pub(super) mod metrics;
pub(super) mod outlook;
pub(super) mod prose;
pub(super) mod questions;
pub(super) mod related;
pub(super) mod screen;
pub(super) mod sources;
pub(super) mod states;
pub(super) mod statistics;
pub(super) mod structured;
pub(super) mod supply;
pub(super) mod tile;
pub(super) mod today;
pub(super) mod toolbar;
pub(super) mod weather;
pub(super) mod why;
