//! How many readers there are, and from where: open streams cost memory, so there is an end to them.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// Bounds of open streams.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Streams in all.
    pub readers: usize,
    /// Streams from one address (one network of an IPv6 subscriber).
    pub per_address: usize,
    /// Pause after which a silent stream says that it is still there.
    pub keep_alive: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self { readers: 20_000, per_address: 100, keep_alive: Duration::from_secs(15) }
    }
}

/// The open streams.
#[derive(Clone, Debug, Default)]
pub struct Readers(Arc<Mutex<Count>>);

#[derive(Debug, Default)]
struct Count {
    limits: Limits,
    all: usize,
    by_address: HashMap<IpAddr, usize>,
}

/// A stream's place among the others; free again when dropped.
#[derive(Debug)]
pub struct Place {
    readers: Readers,
    address: IpAddr,
}

/// Why there is no place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Full {
    /// Too many streams in all.
    Everywhere(usize),
    /// Too many from this address.
    Here(usize),
}

impl Readers {
    /// Sets other bounds; streams that are open stay.
    pub fn limit(&self, limits: Limits) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).limits = limits;
    }

    /// The bounds.
    pub fn limits(&self) -> Limits {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).limits
    }

    /// How many streams are open.
    pub fn count(&self) -> usize {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).all
    }

    /// A place for one more.
    pub fn admit(&self, address: IpAddr) -> Result<Place, Full> {
        let address = network(address);
        let mut count = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let limits = count.limits;
        if count.all >= limits.readers {
            return Err(Full::Everywhere(limits.readers));
        }
        let here = count.by_address.entry(address).or_default();
        if *here >= limits.per_address {
            return Err(Full::Here(limits.per_address));
        }
        *here += 1;
        count.all += 1;
        Ok(Place { readers: self.clone(), address })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut count = self.readers.0.lock().unwrap_or_else(PoisonError::into_inner);
        count.all = count.all.saturating_sub(1);
        if let Some(here) = count.by_address.get_mut(&self.address) {
            *here -= 1;
            if *here == 0 {
                count.by_address.remove(&self.address);
            }
        }
    }
}

/// Who has one IPv6 address has 2^64 of them: they count as one.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => {
            let [a, b, c, d, ..] = v6.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
        v4 @ IpAddr::V4(_) => v4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_counted_by_address_and_in_all_and_come_free_again() {
        let readers = Readers::default();
        readers.limit(Limits { readers: 3, per_address: 2, ..Limits::default() });
        let admit = |address: &str| readers.admit(address.parse().unwrap());
        let first = admit("192.0.2.1").unwrap();
        let _second = admit("::ffff:192.0.2.1").unwrap();
        assert_eq!(admit("192.0.2.1").unwrap_err(), Full::Here(2));
        let third = admit("2001:db8::1").unwrap();
        assert_eq!(admit("2001:db8::2").unwrap_err(), Full::Everywhere(3));
        drop(first);
        let _fourth = admit("2001:db8::2").unwrap();
        assert_eq!(readers.count(), 3);
        drop(third);
        assert_eq!(readers.0.lock().unwrap().by_address.len(), 2);
    }
}
