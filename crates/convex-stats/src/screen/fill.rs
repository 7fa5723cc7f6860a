//! What gaps of the columns of one block add to the sums of products with the columns of another.
//!
//! A column x without a row that y has takes one step where y takes several. The sum over the common changes of both then has
//! x's step times each change of y inside it, where the zero-filled product has only the last of them; and the square of
//! y's whole step, where the sum of squares has those of its parts. Gaps are few, so that both are added row by row for all
//! y at once.

use pulp::{Arch, NullaryFnOnce};

use super::Column;
use super::block::Ragged;

/// Windows in which sums are taken: three that begin at a row, and all rows.
pub(super) const SPANS: usize = 4;

/// For every column of one block and every column of another, and each window.
#[derive(Debug)]
pub(super) struct Fills {
    width: usize,
    sums: [Vec<Fill>; SPANS],
}

/// What the gaps of x add for one y.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Fill {
    /// To the sum of products of x and y.
    pub(super) product: f64,
    /// To the sum of squares of y.
    pub(super) square: f64,
}

impl Fills {
    /// Of the gaps of the columns of `x`, for the rows after each of `after` (falling), and for all. `None` if there is no
    /// gap that matters.
    pub(super) fn of(columns: &[&Column], x: &Ragged, y: &Ragged, after: [usize; SPANS - 1]) -> Option<Self> {
        if x.beside_gaps.iter().all(Option::is_none) {
            return None;
        }
        let width = y.beside_gaps.len();
        let mut sums: [Vec<Fill>; SPANS] = std::array::from_fn(|_| vec![Fill::default(); width * columns.len()]);
        let mut running = Running { fill: vec![Fill::default(); width], ahead: vec![0.0; width] };
        for (at, column) in columns.iter().enumerate().filter(|(at, _)| x.beside_gaps[*at].is_some()) {
            running.fill.fill(Fill::default());
            let (changes, mut end, mut span) = (x.changes.column(at), usize::MAX, 0);
            for row in gaps(column, y) {
                while span < SPANS - 1 && row <= after[span] {
                    sums[span][at * width..(at + 1) * width].copy_from_slice(&running.fill);
                    span += 1;
                }
                let Some(next) = column.rows().next(row) else { continue };
                if next != end {
                    end = next;
                    running.ahead.copy_from_slice(y.row(end));
                }
                Arch::new().dispatch(Add { running: &mut running, step: changes[end], changes: y.row(row) });
            }
            for sums in &mut sums[span..] {
                sums[at * width..(at + 1) * width].copy_from_slice(&running.fill);
            }
        }
        Some(Self { width, sums })
    }

    /// What the gaps of column x add for column y, in each window.
    pub(super) fn at(&self, x: usize, y: usize) -> [Fill; SPANS] {
        std::array::from_fn(|span| self.sums[span][x * self.width + y])
    }
}

/// Rows between the first and the last of a column that it lacks and some column of `y` has, the last first.
fn gaps(column: &Column, y: &Ragged) -> impl Iterator<Item = usize> {
    let (first, last) = (column.first(), column.last());
    let (own, other) = (column.rows().words(), y.rows.words());
    (first / 64..=last / 64).rev().flat_map(move |at| {
        let low = if at == first / 64 { u64::MAX << (first % 64) } else { u64::MAX };
        let high = if at == last / 64 { u64::MAX >> (63 - last % 64) } else { u64::MAX };
        let mut word = !own[at] & other[at] & low & high;
        std::iter::from_fn(move || {
            (word != 0).then(|| {
                let bit = 63 - word.leading_zeros() as usize;
                word ^= 1 << bit;
                at * 64 + bit
            })
        })
    })
}

/// Sums for one column of x while its gaps are gone through from the last to the first.
struct Running {
    fill: Vec<Fill>,
    /// For each y, its change from the row at hand to the end of the gap.
    ahead: Vec<f64>,
}

/// One row of a gap: the step of x over the gap, and the changes of all y at the row.
struct Add<'a> {
    running: &'a mut Running,
    step: f64,
    changes: &'a [f64],
}

impl NullaryFnOnce for Add<'_> {
    type Output = ();

    #[expect(clippy::inline_always, reason = "only what is inlined is compiled for the wider registers")]
    #[inline(always)]
    fn call(self) {
        let places = self.running.fill.iter_mut().zip(&mut self.running.ahead).zip(self.changes);
        for ((fill, ahead), change) in places {
            fill.product += self.step * change;
            // (c + d)^2 is c^2 + d^2 and twice their product.
            fill.square += 2.0 * change * *ahead;
            *ahead += change;
        }
    }
}
