//! Which rows of a panel a column has: one bit a row.

/// A set of rows.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rows(Vec<u64>);

impl Rows {
    /// No row of a panel of so many.
    pub fn none(rows: usize) -> Self {
        Self(vec![0; rows.div_ceil(64)])
    }

    /// Adds a row.
    ///
    /// # Panics
    /// If the panel has no such row.
    pub fn add(&mut self, row: usize) {
        self.0[row / 64] |= 1 << (row % 64);
    }

    /// Whether the row is in the set.
    pub fn has(&self, row: usize) -> bool {
        self.0.get(row / 64).is_some_and(|word| word >> (row % 64) & 1 == 1)
    }

    /// How many rows there are.
    pub fn count(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// The rows in order.
    pub fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.0.iter().enumerate().flat_map(|(at, word)| Bits(*word).map(move |bit| at * 64 + bit))
    }

    /// The rows both have, in order.
    pub(crate) fn shared(&self, other: &Self) -> Vec<usize> {
        let words = self.0.iter().zip(&other.0).enumerate();
        words.flat_map(|(at, (a, b))| Bits(a & b).map(move |bit| at * 64 + bit)).collect()
    }

    /// The next row above one.
    pub(crate) fn next(&self, row: usize) -> Option<usize> {
        let mut at = (row + 1) / 64;
        let mut word = self.0.get(at)? & (u64::MAX << ((row + 1) % 64));
        while word == 0 {
            at += 1;
            word = *self.0.get(at)?;
        }
        Some(at * 64 + word.trailing_zeros() as usize)
    }

    /// Those of its rows that have a neighbour in the panel, between its first and its last, which it lacks.
    pub(crate) fn beside_gaps(&self) -> Self {
        let mut beside = Self(vec![0; self.0.len()]);
        let mut before: Option<usize> = None;
        for row in self.iter() {
            if let Some(before) = before.filter(|before| row - before > 1) {
                beside.add(before);
                beside.add(row);
            }
            before = Some(row);
        }
        beside
    }

    /// Adds the rows of another set.
    pub(crate) fn join(&mut self, other: &Self) {
        for (own, word) in self.0.iter_mut().zip(&other.0) {
            *own |= word;
        }
    }

    pub(crate) fn words(&self) -> &[u64] {
        &self.0
    }
}

/// Places of the bits that are set, lowest first.
struct Bits(u64);

impl Iterator for Bits {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        let lowest = self.0.trailing_zeros();
        (lowest < 64).then(|| {
            self.0 &= self.0 - 1;
            lowest as usize
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holds_what_was_added() {
        let wanted = [0, 1, 63, 64, 129, 130];
        let mut rows = Rows::none(131);
        for row in wanted {
            rows.add(row);
        }
        assert_eq!(rows.iter().collect::<Vec<_>>(), wanted);
        assert_eq!((rows.count(), rows.has(63), rows.has(62), rows.has(9_999)), (6, true, false, false));
        let mut other = Rows::none(131);
        for row in [1, 2, 64, 130] {
            other.add(row);
        }
        assert_eq!(rows.shared(&other), [1, 64, 130]);
        assert_eq!(rows.beside_gaps().iter().collect::<Vec<_>>(), [1, 63, 64, 129]);
        assert_eq!((rows.next(1), rows.next(63), rows.next(130)), (Some(63), Some(64), None));
        other.join(&rows);
        assert_eq!(other.count(), 7);
    }
}
