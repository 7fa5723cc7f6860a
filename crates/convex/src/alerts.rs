//! Alerts of readers: rules on stored series, told of once.

mod ask;
mod run;
mod words;

pub use ask::{Asked, BadAsk, ask, watch_of};
pub use run::evaluate_all;
pub use words::{preview_words, reading_words};
