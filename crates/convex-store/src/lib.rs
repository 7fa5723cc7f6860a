//! Observations, append-only, in `SQLite`: what was known of each series, and from when; the answers of providers they
//! came from; and how asking goes.
//!
//! A [`Store`] is a handle that can be cloned. It never reads a clock: whoever writes says from when a value is known.

mod allowance;
mod append;
mod check;
mod difference;
mod digest;
mod disagreement;
mod error;
mod forecast;
mod forget;
mod health;
mod instant;
mod lease;
mod list;
mod load;
mod outbox;
mod packed;
mod pause;
mod payload;
mod provider;
mod quarantine;
mod quote;
mod rule;
mod screen;
mod shortfall;
mod sqlite;
mod store;
mod subscriber;
mod switch;
mod validator;
mod vintages;

pub use allowance::{Limit, Spend};
pub use append::{Appended, Batch, Write};
pub use check::{Integrity, Problem};
pub use disagreement::Disagreement;
pub use error::StoreError;
pub use forecast::{KeptForecast, KeptScorecard};
pub use health::{Attempt, Failed, Health, OutcomeCount, StateChange};
pub use lease::Lease;
pub use list::SeriesSummary;
pub use load::Stored;
pub use outbox::{Message, NewMessage, OutboxCounts};
pub use packed::Damaged;
pub use pause::Pause;
pub use payload::{Archived, NewPayload, PayloadId, PayloadSummary, Pruned, Search};
pub use quarantine::{Quarantined, Suspect, Verdict};
pub use quote::StoredQuote;
pub use rule::{Stepped, StoredFiring, StoredRule};
pub use screen::{KeptAlarm, KeptScreen, KeptTest};
pub use shortfall::Shortfall;
pub use store::Store;
pub use subscriber::{Subscriber, Wishes};
pub use switch::Switch;
pub use validator::Validator;
pub use vintages::Vintage;
