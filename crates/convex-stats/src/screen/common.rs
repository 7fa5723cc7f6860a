//! Common rows of two columns, and rows only one of them has, read from their bits.

use super::Rows;

/// The rows of two columns of one panel.
#[derive(Clone, Copy)]
pub(super) struct Common<'a> {
    a: &'a [u64],
    b: &'a [u64],
}

impl<'a> Common<'a> {
    pub(super) fn of(a: &'a Rows, b: &'a Rows) -> Self {
        Self { a: a.words(), b: b.words() }
    }

    /// How many rows both have.
    pub(super) fn count(self) -> usize {
        self.a.iter().zip(self.b).map(|(a, b)| (a & b).count_ones() as usize).sum()
    }

    /// How many rows both have after `from` and up to `to`.
    pub(super) fn count_after(self, from: usize, to: usize) -> usize {
        let (first, last) = ((from + 1) / 64, to / 64);
        let inside = |at: usize| {
            let low = if at == first { u64::MAX << ((from + 1) % 64) } else { u64::MAX };
            let high = if at == last { u64::MAX >> (63 - to % 64) } else { u64::MAX };
            (self.a[at] & self.b[at] & low & high).count_ones() as usize
        };
        (first..=last).map(inside).sum()
    }

    /// The first row both have.
    pub(super) fn first(self) -> Option<usize> {
        let at = self.a.iter().zip(self.b).position(|(a, b)| a & b != 0)?;
        Some(at * 64 + (self.a[at] & self.b[at]).trailing_zeros() as usize)
    }

    /// The last row both have.
    pub(super) fn last(self) -> Option<usize> {
        let at = self.a.iter().zip(self.b).rposition(|(a, b)| a & b != 0)?;
        Some(at * 64 + highest(self.a[at] & self.b[at]))
    }

    /// For each count, in rising order, the common row so many common rows before the last (0 is the last itself).
    pub(super) fn before_last<const N: usize>(self, counts: [usize; N]) -> [Option<usize>; N] {
        let mut found = [None; N];
        let (mut seen, mut next) = (0, 0);
        for at in (0..self.a.len()).rev() {
            let word = self.a[at] & self.b[at];
            let here = word.count_ones() as usize;
            while next < N && counts[next] < seen + here {
                found[next] = Some(at * 64 + from_top(word, counts[next] - seen));
                next += 1;
            }
            if next == N {
                break;
            }
            seen += here;
        }
        found
    }

    /// The rows both have, the last first.
    pub(super) fn backwards(self) -> impl Iterator<Item = usize> {
        (0..self.a.len()).rev().flat_map(move |at| {
            let mut word = self.a[at] & self.b[at];
            std::iter::from_fn(move || {
                (word != 0).then(|| {
                    let bit = highest(word);
                    word ^= 1 << bit;
                    at * 64 + bit
                })
            })
        })
    }

    /// The last common row at or before `row`.
    pub(super) fn at_or_before(self, row: usize) -> Option<usize> {
        last_below(row + 1, |at| self.a[at] & self.b[at])
    }

    /// The steps between consecutive common rows that a row of one alone falls into, the last first: where they begin and
    /// end. Only rows between the first and the last common row count.
    pub(super) fn joined_steps(self, first: usize, last: usize) -> impl Iterator<Item = (usize, usize)> {
        let mut at = last / 64;
        // Rows still to be looked at, and the first common row behind them.
        let (mut below, mut next) = (last, last);
        std::iter::from_fn(move || {
            loop {
                let mask = if below > at * 64 { u64::MAX >> (63 - (below - at * 64 - 1).min(63)) } else { 0 };
                let lone = (self.a[at] ^ self.b[at]) & mask;
                let both = self.a[at] & self.b[at];
                if lone == 0 {
                    if both & mask != 0 {
                        next = at * 64 + (both & mask).trailing_zeros() as usize;
                    }
                    if at * 64 <= first {
                        return None;
                    }
                    at -= 1;
                    continue;
                }
                let bit = highest(lone);
                let above = both & mask & (u64::MAX << bit);
                let to = if above == 0 { next } else { at * 64 + above.trailing_zeros() as usize };
                let from = match both & !(u64::MAX << bit) {
                    0 => last_below(at * 64, |at| self.a[at] & self.b[at])?,
                    word => at * 64 + highest(word),
                };
                (at, below, next) = (from / 64, from, from);
                return Some((from, to));
            }
        })
    }
}

/// The last bit below `end`, of words given by place.
fn last_below(end: usize, word: impl Fn(usize) -> u64) -> Option<usize> {
    if end == 0 {
        return None;
    }
    let mut at = (end - 1) / 64;
    let mut bits = word(at) & (u64::MAX >> (63 - (end - 1) % 64));
    loop {
        if bits != 0 {
            return Some(at * 64 + highest(bits));
        }
        at = at.checked_sub(1)?;
        bits = word(at);
    }
}

fn highest(word: u64) -> usize {
    63 - word.leading_zeros() as usize
}

/// Place of the bit with so many set bits above it, by halving where it can be.
fn from_top(word: u64, above: usize) -> usize {
    let (mut low, mut left) = (0, above as u32);
    for half in [32, 16, 8, 4, 2, 1] {
        let upper = (word >> (low + half)) & (u64::MAX >> (64 - half));
        if upper.count_ones() > left {
            low += half;
        } else {
            left -= upper.count_ones();
        }
    }
    low as usize
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn answers_as_a_search_of_the_rows_would(a in prop::collection::vec(any::<bool>(), 200), b in prop::collection::vec(any::<bool>(), 200)) {
            let rows = |has: &[bool]| {
                let mut rows = Rows::none(200);
                has.iter().enumerate().filter(|(_, has)| **has).for_each(|(row, _)| rows.add(row));
                rows
            };
            let (one, other) = (rows(&a), rows(&b));
            let pair = Common::of(&one, &other);
            let both: Vec<usize> = (0..200).filter(|row| a[*row] && b[*row]).collect();
            let lone: Vec<usize> = (0..200).filter(|row| a[*row] != b[*row]).collect();
            prop_assert_eq!(pair.count(), both.len());
            prop_assert_eq!(pair.backwards().collect::<Vec<_>>(), both.iter().rev().copied().collect::<Vec<_>>());
            prop_assert_eq!(pair.first(), both.first().copied());
            prop_assert_eq!(pair.last(), both.last().copied());
            let back = |count: usize| both.len().checked_sub(count + 1).map(|at| both[at]);
            prop_assert_eq!(pair.before_last([0, 3, 20, 63, 70]), [back(0), back(3), back(20), back(63), back(70)]);
            if let Some((first, last)) = pair.first().zip(pair.last()) {
                let inside = |from: usize, to: usize| lone.iter().any(|row| *row > from && *row < to);
                let steps = both.windows(2).rev().map(|pair| (pair[0], pair[1])).filter(|(from, to)| inside(*from, *to));
                prop_assert_eq!(pair.joined_steps(first, last).collect::<Vec<_>>(), steps.collect::<Vec<_>>());
            }
            for row in 0..200 {
                for to in [row, 63, 64, 127, 199] {
                    prop_assert_eq!(pair.count_after(row, to), both.iter().filter(|at| **at > row && **at <= to).count());
                }
                prop_assert_eq!(pair.at_or_before(row), both.iter().rfind(|common| **common <= row).copied());
                            }
        }
    }
}
