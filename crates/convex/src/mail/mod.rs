//! Mail: who may be written to, what a letter is made of, and how it leaves exactly once.

mod address;
mod compose;
mod deliver;
mod letter;
mod links;
mod mailer;
mod post;
mod queue;
mod sign;
mod token;
mod webhook;
mod work;

pub use address::{BadAddress, normalised};
pub use deliver::{Delivered, Delivery};
pub use letter::{Letter, Picture};
pub use links::Links;
pub use mailer::Mailer;
pub use post::{Failure, Post};
pub use queue::{is_time, queue_asked, queue_digest};
pub use token::{BadToken, Purpose, Token};
pub use webhook::{BadTarget, check_target};
pub(crate) use work::{EVERY, State};
