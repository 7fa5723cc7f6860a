//! Seeds for the figures that need random draws.
//!
//! A seed is the hash of the figure's name, its options and the exact observations it rests on: the same input gives the
//! same interval on any machine and database, whatever the series are called and whenever they were stored.

use sha2::{Digest, Sha256};

use crate::Day;

/// The seed of one figure over aligned observations.
pub fn seed(figure: &str, options: &str, days: &[Day], a: &[f64], b: &[f64]) -> [u8; 32] {
    let mut hash = Sha256::new();
    for text in [figure, options] {
        hash.update((text.len() as u64).to_le_bytes());
        hash.update(text.as_bytes());
    }
    let mut bytes = Vec::with_capacity(days.len() * 20);
    for ((day, x), y) in days.iter().zip(a).zip(b) {
        bytes.extend_from_slice(&day.epoch_days().to_le_bytes());
        bytes.extend_from_slice(&x.to_le_bytes());
        bytes.extend_from_slice(&y.to_le_bytes());
    }
    hash.update(&bytes);
    hash.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn depends_on_name_options_and_observations_alone() {
        let days = [Day::from_epoch_days(1).unwrap(), Day::from_epoch_days(2).unwrap()];
        let base = seed("correlation", "2000 draws", &days, &[1.0, 2.0], &[3.0, 4.0]);
        assert_eq!(base, seed("correlation", "2000 draws", &days, &[1.0, 2.0], &[3.0, 4.0]));
        assert_ne!(base, seed("correlation", "999 draws", &days, &[1.0, 2.0], &[3.0, 4.0]));
        assert_ne!(base, seed("beta", "2000 draws", &days, &[1.0, 2.0], &[3.0, 4.0]));
        assert_ne!(base, seed("correlation", "2000 draws", &days, &[1.0, 2.0], &[3.0, 4.5]));
        // The border between name and options counts.
        assert_ne!(seed("ab", "c", &[], &[], &[]), seed("a", "bc", &[], &[], &[]));
    }
}
