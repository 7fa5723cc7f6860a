//! How often one address may send a form.

use std::net::IpAddr;
use std::sync::{LazyLock, Mutex};
use std::time::{Duration, Instant};

/// Forms of one address within the time.
const MOST: usize = 20;
/// The time.
const WITHIN: Duration = Duration::from_hours(1);
/// Addresses remembered; beyond this the oldest go.
const REMEMBERED: usize = 10_000;

static SEEN: LazyLock<Mutex<Vec<(IpAddr, Instant)>>> = LazyLock::new(Mutex::default);

/// Whether one more form of an address is taken.
pub(super) fn is_welcome(address: IpAddr) -> bool {
    // Whoever panicked while holding the list left it whole.
    let mut seen = SEEN.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let now = Instant::now();
    seen.retain(|(_, at)| now.duration_since(*at) < WITHIN);
    if seen.len() >= REMEMBERED {
        let half = seen.len() / 2;
        seen.drain(..half);
    }
    // Behind a proxy that names nobody everyone is one address: that one is not counted.
    if address.is_unspecified() || address.is_loopback() {
        return true;
    }
    let count = seen.iter().filter(|(one, _)| *one == address).count();
    seen.push((address, now));
    count < MOST
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_address_is_heard_so_often_and_others_still() {
        let address: IpAddr = "203.0.113.77".parse().unwrap();
        assert_eq!((0..30).filter(|_| is_welcome(address)).count(), MOST);
        assert!(is_welcome("203.0.113.78".parse().unwrap()));
    }
}
