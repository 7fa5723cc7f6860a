//! Random signs of days, sixty-four to a word.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// Days whose signs share a word.
pub(crate) const WORD: usize = 64;

/// Independent fair signs (Rademacher 1922) of every day in every draw; a bit that is set stands for -1.
///
/// The stream is `ChaCha8` from the caller's seed in one fixed order, so signs do not depend on threads or machine.
#[derive(Clone, Debug)]
pub(crate) struct Signs {
    draws: usize,
    /// Word by word, and within a word draw by draw, so that one table of sums serves all draws in turn.
    words: Vec<u64>,
}

impl Signs {
    pub(crate) fn draw(days: usize, draws: usize, seed: [u8; 32]) -> Self {
        let mut random = ChaCha8Rng::from_seed(seed);
        // One word more than the days need, so that every word has a next one.
        let words = (0..(days.div_ceil(WORD) + 1) * draws).map(|_| random.next_u64()).collect();
        Self { draws, words }
    }

    pub(crate) fn draws(&self) -> usize {
        self.draws
    }

    /// Signs of days 64 word to 64 word + 63 in each draw.
    pub(crate) fn of(&self, word: usize) -> &[u64] {
        &self.words[word * self.draws..][..self.draws]
    }

    /// For those days, the sign of the day times the sign `lag` days later (1 to 63), in each draw.
    pub(crate) fn products(&self, word: usize, lag: usize) -> impl Iterator<Item = u64> {
        debug_assert!(0 < lag && lag < WORD);
        let later = self.of(word + 1);
        self.of(word).iter().zip(later).map(move |(own, next)| own ^ (own >> lag | next << (WORD - lag)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_negative(signs: &Signs, draw: usize, day: usize) -> bool {
        signs.of(day / WORD)[draw] >> (day % WORD) & 1 == 1
    }

    #[test]
    fn products_are_signs_of_two_days() {
        let signs = Signs::draw(200, 7, [3; 32]);
        for lag in [1, 20, 63] {
            for word in 0..3 {
                for (draw, product) in signs.products(word, lag).enumerate() {
                    for bit in 0..WORD {
                        let day = word * WORD + bit;
                        let expected = is_negative(&signs, draw, day) != is_negative(&signs, draw, day + lag);
                        assert_eq!(product >> bit & 1 == 1, expected);
                    }
                }
            }
        }
    }

    #[test]
    fn signs_are_fair_and_follow_the_seed() {
        let signs = Signs::draw(6_400, 100, [1; 32]);
        let negative: u32 = (0..100).map(|word| signs.of(word).iter().map(|bits| bits.count_ones()).sum::<u32>()).sum();
        assert!(negative.abs_diff(320_000) < 1_600, "{negative}");
        assert_eq!(signs.of(3), Signs::draw(6_400, 100, [1; 32]).of(3));
        assert_ne!(signs.of(3), Signs::draw(6_400, 100, [2; 32]).of(3));
    }
}
