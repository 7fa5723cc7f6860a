//! A pair whose rows differ: the product of the block and what its gaps add, put right where a window begins or ends on
//! another row, and where gaps of both legs fall into one step.
#![expect(clippy::inline_always, reason = "only what is inlined is compiled for processors that count bits")]

use super::common::Common;
use super::fill::{Fill, SPANS};
use super::sums::{AT_ALL, AT_NOW, AT_QUARTER, AT_SPAN, AT_YEAR, CLEAR, Lost, Sums, WINDOWS};
use super::{BEFORE, Column, NOW, Rows, YEAR};
use crate::sum::dot;

/// Products summed up one by one.
const FEW: usize = 16;

/// A column with its place in a block.
#[derive(Clone, Copy)]
pub(super) struct Leg<'a> {
    pub(super) column: &'a Column,
    /// Changes where they end, zero elsewhere.
    pub(super) changes: &'a [f64],
    /// Sums of their squares from each row to the end.
    pub(super) squares: &'a [f64],
    /// Its rows beside its gaps; none without gaps.
    pub(super) beside_gaps: Option<&'a Rows>,
}

/// Sums for two legs over the rows after each of three rows, and over all.
#[derive(Clone, Copy)]
pub(super) struct Products {
    pub(super) after: [usize; SPANS - 1],
    pub(super) ab: [f64; SPANS],
    /// What gaps of the first leg add.
    pub(super) gaps_of_a: [Fill; SPANS],
    /// What gaps of the second leg add.
    pub(super) gaps_of_b: [Fill; SPANS],
}

/// Sums over the common changes of each window, the common rows and the last of them.
pub(super) struct Windows {
    pub(super) rows: usize,
    pub(super) last: usize,
    pub(super) sums: [Sums; WINDOWS],
}

/// A sum of products, and what is to be added to the sums of squares of each leg's own changes.
#[derive(Clone, Copy, Default)]
struct Part {
    aa: f64,
    bb: f64,
    ab: f64,
}

/// None without two common rows.
#[inline(always)]
pub(super) fn windows(
    a: Leg<'_>,
    b: Leg<'_>,
    products: &Products,
    quarters: &[Option<u32>],
) -> Result<Option<Windows>, Lost> {
    let common = Common::of(a.column.rows(), b.column.rows());
    let (opens, ends) = (a.column.first().max(b.column.first()), a.column.last().min(b.column.last()));
    if a.column.is_empty() || b.column.is_empty() || opens >= ends {
        return Ok(None);
    }
    let (Some(first), Some(last)) = (common.at_or_after(opens), common.at_or_before(ends)) else { return Ok(None) };
    if first >= last {
        return Ok(None);
    }
    let is_whole = a.beside_gaps.is_none() && b.beside_gaps.is_none();
    let rows = if is_whole { last - first + 1 } else { 1 + common.count_after(first, last) };
    let steps = rows - 1;
    let mut begins = [first; WINDOWS];
    let mut have = 0;
    let mut until = last;
    for (window, count, guess) in [
        (AT_NOW, NOW, products.after[0]),
        (AT_YEAR, YEAR, products.after[1]),
        (AT_SPAN, NOW + BEFORE, products.after[2]),
    ] {
        let guess = guess.max(first);
        if is_whole {
            begins[window] = last.saturating_sub(count).max(first);
        } else if steps > count {
            if guess < until {
                have += common.count_after(guess, until);
                until = guess;
            }
            begins[window] = common.before_last(last, count, guess.min(last), have).unwrap_or(first);
        }
    }
    begins[AT_QUARTER] =
        quarters[last].and_then(|row| common.at_or_before(row as usize)).filter(|row| *row >= first).unwrap_or(first);
    let in_quarter = common.count_after(begins[AT_QUARTER], last);
    let mut counts = [steps; WINDOWS];
    counts[AT_NOW] = steps.min(NOW);
    counts[AT_YEAR] = steps.min(YEAR);
    counts[AT_SPAN] = steps.min(NOW + BEFORE);
    counts[AT_QUARTER] = in_quarter;
    let mut parts = [Part::default(); WINDOWS];
    let late = if last < ends { over(a, b, common, last, ends) } else { Part::default() };
    for (window, span) in [(AT_NOW, 0), (AT_QUARTER, 0), (AT_YEAR, 1), (AT_SPAN, 2), (AT_ALL, 3)] {
        let (gaps_of_a, gaps_of_b) = (products.gaps_of_a[span], products.gaps_of_b[span]);
        let mut part = Part {
            aa: gaps_of_b.square,
            bb: gaps_of_a.square,
            ab: products.ab[span] + gaps_of_a.product + gaps_of_b.product,
        };
        // What lies before the first row of either is nothing, and so is what lies after the last.
        let (begin, after) = (begins[window], products.after.get(span).map_or(opens, |after| (*after).min(ends)));
        let (sign, from, to) = if begin < after { (1.0, begin, after) } else { (-1.0, after, begin) };
        if from < to {
            part.add(sign, over(a, b, common, from, to));
        }
        part.add(-1.0, late);
        parts[window] = part;
    }
    if let Some(beside_gaps) = a.beside_gaps.filter(|_| b.beside_gaps.is_some()) {
        for (from, to) in common.tangles(beside_gaps, first, last) {
            let part = mended(a, b, common, from, to);
            for (window, sums) in parts.iter_mut().enumerate() {
                // Every window begins at a common row, so that no step lies across a beginning.
                if begins[window] <= from {
                    sums.add(1.0, part);
                }
            }
        }
    }
    let mut sums = [Sums::default(); WINDOWS];
    for window in 0..WINDOWS {
        let (begin, part) = (begins[window], parts[window]);
        let after = products.after.get(window_span(window)).map_or(begin, |after| begin.min(*after));
        let square = |leg: Leg<'_>, more: f64| {
            let own = leg.squares[begin + 1] - leg.squares[last + 1] + more;
            // What lies outside the window, or was joined away, must not have swallowed the rest.
            if own > CLEAR * leg.squares[after + 1] { Ok(own) } else { Err(Lost) }
        };
        let sum = |leg: Leg<'_>| leg.column.level(last) - leg.column.level(begin);
        sums[window] = Sums {
            n: counts[window],
            a: sum(a),
            b: sum(b),
            aa: square(a, part.aa)?,
            bb: square(b, part.bb)?,
            ab: part.ab,
        };
    }
    Ok(Some(Windows { rows, last, sums }))
}

/// Which of the spans a window is taken from.
fn window_span(window: usize) -> usize {
    match window {
        AT_NOW | AT_QUARTER => 0,
        AT_YEAR => 1,
        AT_SPAN => 2,
        _ => 3,
    }
}

/// What the sums hold of the rows after `from` and up to `to`.
#[inline]
fn over(a: Leg<'_>, b: Leg<'_>, common: Common<'_>, from: usize, to: usize) -> Part {
    let (x, y) = (&a.changes[from + 1..=to], &b.changes[from + 1..=to]);
    let ab = if x.len() < FEW { x.iter().zip(y).fold(0.0, |sum, (x, y)| sum + x * y) } else { dot(x, y) };
    let mut part = Part { ab, ..Part::default() };
    if a.beside_gaps.is_none() && b.beside_gaps.is_none() {
        return part;
    }
    common.each_lone(from, to, |row, is_of_a| {
        let (gap_of, other) = if is_of_a { (b, a) } else { (a, b) };
        let Some(end) = gap_of.column.rows().next(row).filter(|_| row > gap_of.column.first()) else { return };
        let change = other.changes[row];
        part.ab += gap_of.changes[end] * change;
        let more = 2.0 * change * (other.column.level_by(end) - other.column.level_by(row));
        *(if is_of_a { &mut part.aa } else { &mut part.bb }) += more;
    });
    part
}

/// What a step between consecutive common rows truly is, less what the sums hold of it.
#[cold]
fn mended(a: Leg<'_>, b: Leg<'_>, common: Common<'_>, from: usize, to: usize) -> Part {
    let held = over(a, b, common, from, to);
    let moved = |leg: Leg<'_>| leg.column.level(to) - leg.column.level(from);
    let squares = |leg: Leg<'_>| dot(&leg.changes[from + 1..=to], &leg.changes[from + 1..=to]);
    let (moved_a, moved_b) = (moved(a), moved(b));
    Part {
        aa: moved_a * moved_a - squares(a) - held.aa,
        bb: moved_b * moved_b - squares(b) - held.bb,
        ab: moved_a * moved_b - held.ab,
    }
}

impl Part {
    #[inline(always)]
    fn add(&mut self, times: f64, other: Self) {
        self.aa += times * other.aa;
        self.bb += times * other.bb;
        self.ab += times * other.ab;
    }
}
