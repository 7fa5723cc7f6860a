//! The division of a series into segments that leaves the smallest sum of squares about the segments' means.

/// Places looked at together.
const BLOCK: usize = 64;

/// Best divisions for every number of breaks, found by dynamic programming (Bai and Perron 2003) and kept as they grow.
///
/// The sum of squares a segment leaves is its own square less (sum of its values)^2 / length, so the best division is the
/// one whose segments explain the most.
pub(super) struct Partitions {
    n: usize,
    /// Shortest segment.
    shortest: usize,
    /// Sum of the values before each place.
    sums: Vec<f64>,
    /// 1 / length, from the longest length to 1, so that segments of one end are read forwards.
    shares: Vec<f64>,
    levels: Vec<Level>,
}

/// For each end, the most that a beginning of the series explains with one number of breaks, and where its last break is.
struct Level {
    explained: Vec<f64>,
    last: Vec<usize>,
}

impl Partitions {
    /// Of values less their mean.
    pub(super) fn of(centred: &[f64], shortest: usize) -> Self {
        let n = centred.len();
        let mut sums = vec![0.0; n + 1];
        for (place, value) in centred.iter().enumerate() {
            sums[place + 1] = sums[place] + value;
        }
        let shares = (1..=n).rev().map(|length| 1.0 / length as f64).collect();
        let mut none = Level { explained: vec![f64::NEG_INFINITY; n + 1], last: vec![0; n + 1] };
        for (end, sum) in sums.iter().enumerate().skip(shortest) {
            none.explained[end] = sum * sum / end as f64;
        }
        Self { n, shortest, sums, shares, levels: vec![none] }
    }

    /// First place of every segment but the first, for the best division with `count` breaks; `None` if the series is too
    /// short for so many segments.
    pub(super) fn breaks(&mut self, count: usize) -> Option<Vec<usize>> {
        if (count + 1) * self.shortest > self.n {
            return None;
        }
        if count == 0 {
            return Some(Vec::new());
        }
        while self.levels.len() < count {
            self.levels.push(self.next_level());
        }
        let (mut end, _) = self.last_break(&self.levels[count - 1], self.n, count * self.shortest)?;
        let mut breaks = vec![end];
        for level in self.levels[1..count].iter().rev() {
            end = level.last[end];
            breaks.push(end);
        }
        breaks.reverse();
        Some(breaks)
    }

    /// Best place to divide values `begin` to `end` in two.
    pub(super) fn split(&self, begin: usize, end: usize) -> Option<usize> {
        let explained = |from: usize, to: usize| (self.sums[to] - self.sums[from]).powi(2) / (to - from) as f64;
        let places = begin + self.shortest..=end.checked_sub(self.shortest)?;
        let most = |place: &usize| explained(begin, *place) + explained(*place, end);
        places.reduce(|best, place| if most(&place) > most(&best) { place } else { best })
    }

    fn next_level(&self) -> Level {
        let before = &self.levels[self.levels.len() - 1];
        let first = self.levels.len() * self.shortest;
        let mut level = Level { explained: vec![f64::NEG_INFINITY; self.n + 1], last: vec![0; self.n + 1] };
        for end in first + self.shortest..=self.n - self.shortest {
            if let Some((last, explained)) = self.last_break(before, end, first) {
                (level.last[end], level.explained[end]) = (last, explained);
            }
        }
        level
    }

    /// Where the last break before `end` is best placed, from `first` on, after the divisions of `level`.
    fn last_break(&self, level: &Level, end: usize, first: usize) -> Option<(usize, f64)> {
        let latest = end.checked_sub(self.shortest)?;
        let places = first..=latest;
        let shares = &self.shares[self.n + first - end..=self.n + latest - end];
        let blocks = self.sums[places.clone()].chunks(BLOCK).zip(level.explained[places].chunks(BLOCK));
        let (mut place, mut most) = (first, f64::NEG_INFINITY);
        for (at, ((sums, before), shares)) in blocks.zip(shares.chunks(BLOCK)).enumerate() {
            let mut explained = [f64::NEG_INFINITY; BLOCK];
            for (explained, ((sum, before), share)) in explained.iter_mut().zip(sums.iter().zip(before).zip(shares)) {
                let own = self.sums[end] - sum;
                *explained = before + own * own * share;
            }
            let largest = largest(&explained);
            if largest > most {
                // Only now, and seldom, is it asked where in the block.
                let inside = explained.iter().position(|explained| *explained >= largest).unwrap_or(0);
                (place, most) = (first + at * BLOCK + inside, largest);
            }
        }
        (most > f64::NEG_INFINITY).then_some((place, most))
    }
}

/// Largest of a block, lane by lane.
fn largest(block: &[f64; BLOCK]) -> f64 {
    let mut lanes = [f64::NEG_INFINITY; 8];
    for chunk in block.chunks_exact(8) {
        for (lane, value) in lanes.iter_mut().zip(chunk) {
            *lane = if *value > *lane { *value } else { *lane };
        }
    }
    lanes.into_iter().fold(f64::NEG_INFINITY, f64::max)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_series::noise;

    fn left(values: &[f64], breaks: &[usize]) -> f64 {
        let ends = breaks.iter().copied().chain([values.len()]);
        let begins = std::iter::once(0).chain(breaks.iter().copied());
        let segment = |(begin, end): (usize, usize)| {
            let own = &values[begin..end];
            let mean = own.iter().sum::<f64>() / own.len() as f64;
            own.iter().map(|value| (value - mean).powi(2)).sum::<f64>()
        };
        begins.zip(ends).map(segment).sum()
    }

    /// Every division into segments of at least `shortest`.
    fn all(n: usize, shortest: usize, count: usize, from: usize) -> Vec<Vec<usize>> {
        if count == 0 {
            return if n >= from + shortest { vec![Vec::new()] } else { Vec::new() };
        }
        let places = from + shortest..=n.saturating_sub(shortest);
        places
            .flat_map(|first| {
                let rest = all(n, shortest, count - 1, first);
                rest.into_iter().map(move |rest| [vec![first], rest].concat())
            })
            .collect()
    }

    #[test]
    fn no_other_division_leaves_less() {
        for seed in 1..8 {
            let mut values = noise(36, seed);
            for value in &mut values[20..] {
                *value += 0.4;
            }
            let mean = values.iter().sum::<f64>() / 36.0;
            for value in &mut values {
                *value -= mean;
            }
            let mut partitions = Partitions::of(&values, 6);
            for count in 1..=3 {
                let found = partitions.breaks(count).unwrap();
                let best =
                    all(36, 6, count, 0).iter().map(|breaks| left(&values, breaks)).fold(f64::INFINITY, f64::min);
                assert!((left(&values, &found) - best).abs() < 1e-12, "{found:?}");
                assert_eq!(found.len(), count);
            }
            assert_eq!(partitions.split(0, 36), partitions.breaks(1).map(|breaks| breaks[0]));
            assert_eq!(partitions.breaks(6), None);
            assert_eq!(partitions.split(10, 21), None);
        }
    }
}
