//! Handlers: one file a page. Each reads the address, asks the desk, hands the view to its template.

pub(super) mod charts;
pub(super) mod compare;
pub(super) mod correlations;
pub(super) mod design;
pub(super) mod embed;
pub(super) mod forecasts;
pub(super) mod home;
pub(super) mod index;
pub(super) mod machine;
pub(super) mod methods;
pub(super) mod metric;
pub(super) mod metrics;
pub(super) mod og;
pub(super) mod regime;
pub(super) mod scenarios;
pub(super) mod screen;
pub(super) mod search;
pub(super) mod sources;
pub(super) mod status;
pub(super) mod summary;
