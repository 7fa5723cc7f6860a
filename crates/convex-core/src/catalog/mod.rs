//! The typed catalogue: metrics, and the pairs worth naming. Its data are the TOML files of `catalog/`, which are part of
//! the program; files of the user's own add to them or override them.

mod available;
mod builtin;
mod calendar;
mod category;
mod compose;
mod entries;
mod lookup;
mod measure;
mod merge;
mod metric;
mod pair;
mod plausible;
mod provider;
mod read;
mod vocabulary;

pub use available::{Available, OffDays, Wait};
pub use calendar::{CloseTime, TradingCalendar};
pub use category::Category;
pub use compose::Meaning;
pub use entries::Catalog;
pub use measure::{Cadence, ChangeKind, MetricUnit, RiskSign, Role};
pub use metric::Metric;
pub use pair::{Pair, PairKind};
pub use provider::{Licence, Provider, SourceRef};
pub use read::Mistake;
