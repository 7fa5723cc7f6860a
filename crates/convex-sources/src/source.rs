//! What a provider is to Convex.

use std::fmt;

use convex_core::catalog::Provider;
use jiff::Timestamp;

use crate::{Failure, Parsed, Payload, Policy, Purpose, Request};

/// A provider that is asked: what to send, and what an answer means. Object-safe and without I/O, so that every answer
/// ever archived can be read again by a better parser.
pub trait Source: fmt::Debug + Send + Sync {
    /// Which provider it is.
    fn provider(&self) -> Provider;

    /// How it may be asked, and what it serves.
    fn policy(&self) -> &'static Policy;

    /// The requests that answer a want, in the order to send them. A later page is asked for by [`Parsed::next`].
    ///
    /// # Errors
    /// [`Failure::KeyMissing`] without a key it cannot do without, [`Failure::NotServed`] for a purpose it does not have,
    /// [`Failure::UnknownSymbol`] for a symbol that cannot be one.
    fn requests(&self, want: &Want<'_>) -> Result<Vec<Request>, Failure>;

    /// Reads an answer. Judges status and kind of body first: status 200 is not success.
    ///
    /// Points are ascending by day, without the unfinished day of a market that has not closed at
    /// [`Payload::received`]; everything the provider said is returned, also beyond what was asked for.
    ///
    /// # Errors
    /// Any [`Failure`]; never a panic, whatever the bytes.
    fn parse(&self, request: &Request, payload: &Payload<'_>) -> Result<Parsed, Failure>;
}

/// What is wanted of a provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Want<'a> {
    /// The provider's own names of the series, as in the catalogue.
    pub symbols: &'a [&'a str],
    /// What of them.
    pub purpose: Purpose,
    /// The moment of asking.
    pub now: Timestamp,
    /// What doors are open.
    pub access: Access,
}

/// How the operator may ask a provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Access {
    /// Without a key.
    Keyless,
    /// With a key of the free or ordinary plan.
    Key,
    /// With a key of the paid plan, where that has its own address.
    ProKey,
}

impl Access {
    /// Whether there is a key.
    pub fn has_key(self) -> bool {
        self != Self::Keyless
    }
}
