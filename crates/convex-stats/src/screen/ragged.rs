//! A pair whose rows differ: the product of the block, put right where a row is one leg's alone.

use super::common::Common;
use super::sums::{AT_ALL, AT_NOW, AT_QUARTER, AT_SPAN, AT_YEAR, CLEAR, Lost, Sums, WINDOWS};
use super::{BEFORE, Column, NOW, YEAR};

/// A column with its place in a block.
#[derive(Clone, Copy)]
pub(super) struct Leg<'a> {
    pub(super) column: &'a Column,
    /// Changes less `mean` where they end, zero elsewhere.
    pub(super) changes: &'a [f64],
    /// Sums of their squares from each row to the end.
    pub(super) squares: &'a [f64],
    pub(super) mean: f64,
}

/// The product of two legs over the rows after a row, for each window; over all rows for the last one.
#[derive(Clone, Copy)]
pub(super) struct Products {
    pub(super) after: [usize; WINDOWS],
    pub(super) sums: [f64; WINDOWS],
}

/// Sums over the common changes of each window, the common rows and the last of them; none without two common rows.
pub(super) struct Windows {
    pub(super) rows: usize,
    pub(super) last: usize,
    pub(super) sums: [Sums; WINDOWS],
}

/// What joined changes add to the sums.
#[derive(Clone, Copy, Default)]
struct Joined {
    aa: f64,
    bb: f64,
    ab: f64,
}

pub(super) fn windows(
    a: Leg<'_>,
    b: Leg<'_>,
    products: &Products,
    quarters: &[Option<u32>],
) -> Result<Option<Windows>, Lost> {
    let common = Common::of(a.column.rows(), b.column.rows());
    let rows = common.count();
    let (Some(first), [Some(last), now, year, span]) =
        (common.first(), common.before_last([0, NOW, YEAR, NOW + BEFORE]))
    else {
        return Ok(None);
    };
    if first == last {
        return Ok(None);
    }
    let mut begins = [first; WINDOWS];
    begins[AT_NOW] = now.unwrap_or(first);
    begins[AT_YEAR] = year.unwrap_or(first);
    begins[AT_SPAN] = span.unwrap_or(first);
    begins[AT_QUARTER] =
        quarters[last].and_then(|row| common.at_or_before(row as usize)).filter(|row| *row >= first).unwrap_or(first);
    let steps = rows - 1;
    let mut counts = [steps; WINDOWS];
    counts[AT_NOW] = steps.min(NOW);
    counts[AT_YEAR] = steps.min(YEAR);
    counts[AT_SPAN] = steps.min(NOW + BEFORE);
    counts[AT_QUARTER] = common.count_after(begins[AT_QUARTER], last);
    let joined = joined(a, b, common, &begins, last);
    let mut sums = [Sums::default(); WINDOWS];
    for window in 0..WINDOWS {
        let (begin, joined) = (begins[window], joined[window]);
        let square = |leg: Leg<'_>, joined: f64| {
            let (whole, late) = (leg.squares[begin + 1], leg.squares[last + 1]);
            let own = whole - late + joined;
            // What lies after the last common row, or was joined away, must not have swallowed the rest.
            if own > CLEAR * whole { Ok(own) } else { Err(Lost) }
        };
        let sum = |leg: Leg<'_>| leg.column.level(last) - leg.column.level(begin) - counts[window] as f64 * leg.mean;
        sums[window] = Sums {
            n: counts[window],
            a: sum(a),
            b: sum(b),
            aa: square(a, joined.aa)?,
            bb: square(b, joined.bb)?,
            ab: products.sums[window] + edge(a, b, begin, products.after[window], last, window == AT_ALL) + joined.ab,
        };
    }
    Ok(Some(Windows { rows, last, sums }))
}

/// What the product over the rows after `after` has too much or too little for a window that begins after `begin`.
fn edge(a: Leg<'_>, b: Leg<'_>, begin: usize, after: usize, last: usize, is_all: bool) -> f64 {
    if is_all {
        // No earlier row is common, so only the first common row itself can hold a product.
        return -a.changes[begin] * b.changes[begin];
    }
    let over = |from: usize, to: usize| {
        let (from, to) = (from + 1, to.min(last) + 1);
        if from < to { crate::sum::dot(&a.changes[from..to], &b.changes[from..to]) } else { 0.0 }
    };
    if begin < after { over(begin, after) } else { -over(after, begin) }
}

/// For each window, what the steps that hold a row of one leg alone add beyond the zero-filled sums.
fn joined(a: Leg<'_>, b: Leg<'_>, common: Common<'_>, begins: &[usize; WINDOWS], last: usize) -> [Joined; WINDOWS] {
    let mut order: [usize; WINDOWS] = std::array::from_fn(|window| window);
    order.sort_unstable_by_key(|window| std::cmp::Reverse(begins[*window]));
    let mut found = [Joined::default(); WINDOWS];
    let mut running = Joined::default();
    let mut open = order.into_iter().peekable();
    // Every window begins at a common row, so that no step lies across a beginning.
    for (from, to) in common.joined_steps(begins[AT_ALL], last) {
        while let Some(window) = open.next_if(|window| to <= begins[*window]) {
            found[window] = running;
        }
        running.add(a, b, from, to);
    }
    open.for_each(|window| found[window] = running);
    found
}

impl Joined {
    /// The step between two consecutive common rows, of which at least one leg has a row in between.
    fn add(&mut self, a: Leg<'_>, b: Leg<'_>, from: usize, to: usize) {
        let ((moved_a, squares_a), (moved_b, squares_b)) = (a.step(from, to), b.step(from, to));
        self.aa += moved_a * moved_a - squares_a;
        self.bb += moved_b * moved_b - squares_b;
        self.ab += moved_a * moved_b - a.changes[to] * b.changes[to];
    }
}

impl Leg<'_> {
    /// The change over a step less the mean once, and the sum of the squares of its own changes in it.
    ///
    /// Taken from the changes alone: these reads are most of what a ragged pair costs.
    fn step(&self, from: usize, to: usize) -> (f64, f64) {
        let (mut moved, mut squares, mut own) = (-self.mean, 0.0, 0_u32);
        for row in from + 1..=to {
            let change = self.changes[row];
            moved += change;
            squares += change * change;
            own += u32::from(self.column.rows().has(row));
        }
        (moved + f64::from(own) * self.mean, squares)
    }
}
