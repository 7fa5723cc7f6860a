//! How likely dated events are: how often they followed before, and what was known then.

mod history;
mod kind;

pub use history::{Assessment, Odds, Step, assess};
pub use kind::{EVENTS, Event, Material, Subject, of_pair};
