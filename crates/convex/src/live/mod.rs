//! Everything between a provider's value within the day and a reader's eye: connections that listen, values judged and
//! kept in memory, events, and the bus that hands them to readers. Nothing here touches a close or a statistic.

mod bus;
mod close;
mod event;
mod judge;
mod line;
mod listen;
mod market;
mod readers;
mod ring;
mod simulate;
mod start;
mod state;
mod value;
mod watch;

pub use bus::{Bus, Next, Subscription};
pub use close::Close;
pub use event::{Entry, Event};
pub use judge::{Doubt, Reception};
pub use listen::{Health, Ledger, MakeFeed, Rest, Speaker, Standing};
pub use market::Switch;
pub use readers::{Full, Limits, Place, Readers};
pub use ring::Filter;
pub use start::{Plan, Running, start};
pub use state::Live;
pub use value::{LiveValue, change};
