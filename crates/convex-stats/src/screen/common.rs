//! Common rows of two columns, and rows only one of them has, read from their bits.
#![expect(clippy::inline_always, reason = "only what is inlined is compiled for processors that count bits")]

use std::cmp::Ordering;

use super::Rows;

/// The rows of two columns of one panel.
#[derive(Clone, Copy)]
pub(super) struct Common<'a> {
    a: &'a [u64],
    b: &'a [u64],
}

impl<'a> Common<'a> {
    #[inline(always)]
    pub(super) fn of(a: &'a Rows, b: &'a Rows) -> Self {
        Self { a: a.words(), b: b.words() }
    }

    /// How many rows both have.
    #[inline(always)]
    pub(super) fn count(self) -> usize {
        self.a.iter().zip(self.b).map(|(a, b)| (a & b).count_ones() as usize).sum()
    }

    /// How many rows both have after `from` and up to `to`.
    #[inline(always)]
    pub(super) fn count_after(self, from: usize, to: usize) -> usize {
        let (first, last) = ((from + 1) / 64, to / 64);
        let (low, high) = (u64::MAX << ((from + 1) % 64), u64::MAX >> (63 - to % 64));
        if first >= last {
            return if first > last { 0 } else { (self.word(first) & low & high).count_ones() as usize };
        }
        let mut count = (self.word(first) & low).count_ones() + (self.word(last) & high).count_ones();
        // A loop and no sum of an iterator, which would not be compiled for processors that count bits.
        for (a, b) in self.a[first + 1..last].iter().zip(&self.b[first + 1..last]) {
            count += (a & b).count_ones();
        }
        count as usize
    }

    /// The last row both have.
    pub(super) fn last(self) -> Option<usize> {
        let at = self.a.iter().zip(self.b).rposition(|(a, b)| a & b != 0)?;
        Some(at * 64 + highest(self.a[at] & self.b[at]))
    }

    /// The common row after which so many common rows follow up to `last`, sought from a `guess` after which `have` do.
    #[inline(always)]
    pub(super) fn before_last(self, last: usize, count: usize, guess: usize, have: usize) -> Option<usize> {
        if guess >= last {
            return self.nth_before(last, count);
        }
        match have.cmp(&count) {
            Ordering::Equal => self.at_or_before(guess),
            Ordering::Less => self.nth_before(guess + 1, count - have + 1),
            Ordering::Greater => self.nth_after(guess, have - count),
        }
    }

    /// The n-th common row below a row, the nearest being the first; the row itself for 0.
    #[inline(always)]
    fn nth_before(self, row: usize, n: usize) -> Option<usize> {
        if n == 0 {
            return Some(row);
        }
        let (mut left, mut at) = (n, row / 64);
        let mut word = self.word(at) & !(u64::MAX << (row % 64));
        loop {
            let here = word.count_ones() as usize;
            if left <= here {
                return Some(at * 64 + from_top(word, left - 1));
            }
            left -= here;
            at = at.checked_sub(1)?;
            word = self.word(at);
        }
    }

    /// The n-th common row above a row, the nearest being the first.
    #[inline(always)]
    fn nth_after(self, row: usize, n: usize) -> Option<usize> {
        let (mut left, mut at) = (n, (row + 1) / 64);
        let mut word = self.word(at) & (u64::MAX << ((row + 1) % 64));
        loop {
            let here = word.count_ones() as usize;
            if left <= here {
                return Some(at * 64 + from_top(word, here - left));
            }
            left -= here;
            at += 1;
            if at >= self.a.len() {
                return None;
            }
            word = self.word(at);
        }
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
    #[inline(always)]
    pub(super) fn at_or_before(self, row: usize) -> Option<usize> {
        last_below(row + 1, |at| self.a[at] & self.b[at])
    }

    /// The first common row at or after `row`.
    #[inline(always)]
    pub(super) fn at_or_after(self, row: usize) -> Option<usize> {
        let mut at = row / 64;
        let mut word = self.a.get(at)? & self.b[at] & (u64::MAX << (row % 64));
        while word == 0 {
            at += 1;
            word = self.a.get(at)? & self.b[at];
        }
        Some(at * 64 + word.trailing_zeros() as usize)
    }

    /// Rows after `from` and up to `to` that one has and the other lacks, and whether it is the first that has it.
    #[inline(always)]
    pub(super) fn each_lone(self, from: usize, to: usize, mut found: impl FnMut(usize, bool)) {
        let (first, last) = ((from + 1) / 64, to / 64);
        for at in first..=last {
            let low = if at == first { u64::MAX << ((from + 1) % 64) } else { u64::MAX };
            let high = if at == last { u64::MAX >> (63 - to % 64) } else { u64::MAX };
            let mut word = (self.a[at] ^ self.b[at]) & low & high;
            while word != 0 {
                let bit = word.trailing_zeros();
                word &= word - 1;
                found(at * 64 + bit as usize, self.a[at] >> bit & 1 == 1);
            }
        }
    }

    /// Steps between consecutive common rows, the last first, into which rows of both may fall that the other lacks: those
    /// with a row of `bounds`, the rows of the first next to its gaps, that the second lacks. From `first` to `last`, both
    /// common.
    #[inline(always)]
    pub(super) fn tangles(self, bounds: &'a Rows, first: usize, last: usize) -> impl Iterator<Item = (usize, usize)> {
        let bounds = bounds.words();
        let (low, high) = (first / 64, last / 64);
        // One look at all words tells in most cases that there is nothing to find.
        let any = (low..=high).fold(0, |any, at| any | (bounds[at] & !self.b[at]));
        let mut below = if any == 0 { 0 } else { last };
        std::iter::from_fn(move || {
            let lone = last_below(below, |at| bounds[at] & !self.b[at]).filter(|lone| *lone > first)?;
            let step = (self.at_or_before(lone)?, self.at_or_after(lone)?);
            below = step.0;
            Some(step)
        })
    }

    #[inline(always)]
    fn word(self, at: usize) -> u64 {
        self.a.get(at).zip(self.b.get(at)).map_or(0, |(a, b)| a & b)
    }
}

/// The last bit below `end`, of words given by place.
#[inline(always)]
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

#[inline(always)]
fn highest(word: u64) -> usize {
    63 - word.leading_zeros() as usize
}

/// Place of the bit with so many set bits above it, by halving where it can be.
#[inline(always)]
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
            prop_assert_eq!(pair.last(), both.last().copied());
            if let Some((first, last)) = both.first().copied().zip(pair.last()) {
                for count in [1, 3, 20, 63] {
                    let expected = both.len().checked_sub(count + 1).map(|at| both[at]);
                    for guess in [0, 63, 64, last / 2, last, 199] {
                        let have = both.iter().filter(|row| **row > guess).count();
                        prop_assert_eq!(pair.before_last(last, count, guess, have), expected);
                    }
                }
                let between = |has: &[bool], from: usize, to: usize| (from + 1..to).any(|row| has[row]);
                let steps: Vec<(usize, usize)> = both.windows(2).rev().map(|pair| (pair[0], pair[1])).collect();
                let found: Vec<(usize, usize)> = pair.tangles(&one.beside_gaps(), first, last).collect();
                for step in &steps {
                    let tangled = between(&a, step.0, step.1) && between(&b, step.0, step.1);
                    prop_assert!(!tangled || found.contains(step), "{step:?}");
                }
                prop_assert!(found.iter().all(|step| steps.contains(step)));
                prop_assert!(found.windows(2).all(|pair| pair[0].0 >= pair[1].1));
                let alone: Vec<_> = lone.iter().filter(|row| **row > first && **row <= last).map(|row| (*row, a[*row])).collect();
                let mut seen = Vec::new();
                if first < last {
                    pair.each_lone(first, last, |row, is_of_a| seen.push((row, is_of_a)));
                }
                prop_assert_eq!(seen, alone);
            }
            for row in 0..200 {
                for to in [row, 63, 64, 127, 199] {
                    prop_assert_eq!(pair.count_after(row, to), both.iter().filter(|at| **at > row && **at <= to).count());
                }
                prop_assert_eq!(pair.at_or_before(row), both.iter().rfind(|common| **common <= row).copied());
                prop_assert_eq!(pair.at_or_after(row), both.iter().find(|common| **common >= row).copied());
            }
        }
    }
}
