//! The latest state of a series as bytes. Measured with `examples/throughput.rs` on two cores, 2,000 series of 6,000
//! days: one series takes 0.03 ms from its packed copy and 3.6 ms from its rows, where 1 ms is wanted; all of them take
//! 0.13 s packed.
//!
//! Layout: `cvx1`, a checksum of all that follows (8 bytes), the number of observations, the first day, the step from
//! each day to the next less one (variable-length integers), the values (8 bytes each). Integers and values are
//! little-endian.

use convex_core::{Day, Series};

const MAGIC: [u8; 4] = *b"cvx1";
const HEAD: usize = MAGIC.len() + size_of::<u64>();

/// The bytes are not a packed series.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Damaged {
    /// They do not begin as packed series do.
    #[error("the packed copy is of an unknown form")]
    Form,
    /// They are not the bytes that were written.
    #[error("the packed copy does not match its checksum")]
    Checksum,
    /// They end too early, or go on too long.
    #[error("the packed copy has the wrong length")]
    Length,
    /// They hold days or values that no series can have.
    #[error("the packed copy holds impossible days or values")]
    Content,
}

/// Packs a series.
pub(crate) fn pack(series: &Series) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(HEAD + 16 + series.len() * 9);
    bytes.extend(MAGIC);
    bytes.extend([0; size_of::<u64>()]);
    put(&mut bytes, series.len() as u32);
    if let Some((first, _)) = series.first() {
        put(&mut bytes, (first - Day::MIN) as u32);
    }
    for pair in series.days().windows(2) {
        put(&mut bytes, (pair[1] - pair[0] - 1) as u32);
    }
    for value in series.values() {
        bytes.extend(value.to_le_bytes());
    }
    let sum = checksum(&bytes[HEAD..]);
    bytes[MAGIC.len()..HEAD].copy_from_slice(&sum.to_le_bytes());
    bytes
}

/// Reads a packed series back, and refuses anything else. Memory used is bounded by the length of the bytes.
pub(crate) fn unpack(bytes: &[u8]) -> Result<Series, Damaged> {
    let (head, mut body) = bytes.split_at_checked(HEAD).ok_or(Damaged::Length)?;
    let sum = head.strip_prefix(&MAGIC).ok_or(Damaged::Form)?;
    if checksum(body).to_le_bytes() != sum {
        return Err(Damaged::Checksum);
    }
    let n = take(&mut body)? as usize;
    if n > body.len() / size_of::<f64>() {
        return Err(Damaged::Length);
    }
    let mut days = Vec::with_capacity(n);
    let mut next = 0u32;
    for _ in 0..n {
        let at = next.checked_add(take(&mut body)?).ok_or(Damaged::Content)?;
        let since_epoch = i32::try_from(at).ok().and_then(|at| at.checked_add(Day::MIN.epoch_days()));
        days.push(since_epoch.and_then(Day::from_epoch_days).ok_or(Damaged::Content)?);
        next = at + 1;
    }
    let (values, rest) = body.as_chunks::<8>();
    if values.len() != n || !rest.is_empty() {
        return Err(Damaged::Length);
    }
    let values = values.iter().map(|value| f64::from_le_bytes(*value)).collect();
    Series::new(days, values).map_err(|_| Damaged::Content)
}

/// FNV-1a over words of eight bytes: each step is one-to-one, so no change of a single word goes unseen.
fn checksum(bytes: &[u8]) -> u64 {
    let step = |sum: u64, word: u64| (sum ^ word).wrapping_mul(0x0000_0100_0000_01b3);
    let (words, rest) = bytes.as_chunks::<8>();
    let sum = words.iter().fold(0xcbf2_9ce4_8422_2325, |sum, word| step(sum, u64::from_le_bytes(*word)));
    rest.iter().fold(step(sum, bytes.len() as u64), |sum, byte| step(sum, u64::from(*byte)))
}

/// Seven bits a byte, lowest first, the eighth bit set on all but the last.
fn put(bytes: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

fn take(bytes: &mut &[u8]) -> Result<u32, Damaged> {
    let mut number = 0u32;
    for shift in (0..32).step_by(7) {
        let (&byte, rest) = bytes.split_first().ok_or(Damaged::Length)?;
        *bytes = rest;
        number |= u32::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Ok(number);
        }
    }
    Err(Damaged::Content)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    fn any_series() -> impl Strategy<Value = Series> {
        let day = Day::MIN.epoch_days()..=Day::MAX.epoch_days();
        let value = prop::num::f64::NORMAL | prop::num::f64::SUBNORMAL | prop::num::f64::ZERO;
        prop::collection::btree_map(day, value, 0..200).prop_map(|rows: BTreeMap<i32, f64>| {
            let days = rows.keys().map(|day| Day::from_epoch_days(*day).unwrap()).collect();
            Series::new(days, rows.into_values().collect()).unwrap()
        })
    }

    /// Bytes that pass the checksum, so that what lies behind it is reached.
    fn sealed(body: &[u8]) -> Vec<u8> {
        [&MAGIC[..], &checksum(body).to_le_bytes(), body].concat()
    }

    proptest! {
        #[test]
        fn comes_back_bit_for_bit(series in any_series()) {
            let back = unpack(&pack(&series)).unwrap();
            prop_assert_eq!(back.days(), series.days());
            let bits = |series: &Series| series.values().iter().map(|value| value.to_bits()).collect::<Vec<_>>();
            prop_assert_eq!(bits(&back), bits(&series));
        }

        #[test]
        fn any_changed_byte_is_seen(series in any_series(), at: prop::sample::Index, flip in 1u8..) {
            let mut bytes = pack(&series);
            let at = at.index(bytes.len());
            bytes[at] ^= flip;
            prop_assert!(unpack(&bytes).is_err());
        }

        #[test]
        fn any_shorter_or_longer_copy_is_seen(series in any_series(), cut: prop::sample::Index) {
            let bytes = pack(&series);
            prop_assert!(unpack(&bytes[..cut.index(bytes.len())]).is_err());
            prop_assert!(unpack(&[&bytes[..], &[0]].concat()).is_err());
        }

        #[test]
        fn garbage_is_an_error(body in prop::collection::vec(any::<u8>(), 0..300)) {
            let _ = unpack(&body);
            if let Ok(series) = unpack(&sealed(&body)) {
                prop_assert!(series.len() * 8 <= body.len());
            }
        }
    }

    #[test]
    fn a_claimed_length_allocates_nothing() {
        let mut body = Vec::new();
        put(&mut body, u32::MAX);
        body.extend([0; 64]);
        assert_eq!(unpack(&sealed(&body)), Err(Damaged::Length));
    }

    #[test]
    fn days_beyond_the_calendar_are_refused() {
        let mut body = Vec::new();
        put(&mut body, 1);
        put(&mut body, u32::MAX);
        body.extend(1.0f64.to_le_bytes());
        assert_eq!(unpack(&sealed(&body)), Err(Damaged::Content));
    }

    #[test]
    fn values_that_are_not_finite_are_refused() {
        let mut body = Vec::new();
        put(&mut body, 1);
        put(&mut body, 0);
        body.extend(f64::NAN.to_le_bytes());
        assert_eq!(unpack(&sealed(&body)), Err(Damaged::Content));
    }

    #[test]
    fn a_day_takes_nine_bytes() {
        let first: Day = "2000-01-03".parse().unwrap();
        let days = (0..6_000).map(|n| first + n).collect();
        let series = Series::new(days, vec![100.25; 6_000]).unwrap();
        assert_eq!(pack(&series).len(), HEAD + 2 + 3 + 5_999 + 6_000 * 8);
    }
}
