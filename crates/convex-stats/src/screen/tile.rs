//! The pairs of one tile.

use nalgebra::DMatrix;
use pulp::{Arch, NullaryFnOnce};

use super::block::{Block, Ragged};
use super::fill::{Fill, Fills, SPANS};
use super::gap::{Levels, gap_z};
use super::panel::{Panel, Part, Tile};
use super::product::products;
use super::ragged::{Leg, Products, windows};
use super::strip::{AT_BEFORE, Scale, Strip};
use super::sums::{AT_ALL, AT_NOW, AT_QUARTER, AT_SPAN, AT_YEAR, Lost, NEEDS, Sums, WINDOWS, change_of};
use super::{BEFORE, Column, Found, Link, alone};
use crate::correlation::unless_identical;

pub(super) fn each(panel: &Panel, tile: Tile, gaps: bool, found: &mut impl FnMut(usize, usize, &Found)) {
    match tile.0 {
        Part::Odd(at) => {
            let odd = panel.odd[at] as usize;
            let later = &panel.odd[at + 1..];
            for other in panel.order.iter().chain(later).map(|other| *other as usize) {
                if panel.wants(odd, other) {
                    by_itself(panel, odd, other, found);
                }
            }
        }
        Part::Blocks(i, j) => {
            let (one, other) = (&panel.blocks[i], &panel.blocks[j]);
            match (&one.rows, &other.rows) {
                (Some(a), Some(b)) => {
                    let shared = a.shared(b);
                    if a == b {
                        let strips = [one, other].map(|block| block.strip(&panel.of(block), &shared, &panel.quarters));
                        of_strips(panel, [one, other], strips, &shared, gaps, found);
                    } else {
                        let strips = [one, other].map(|block| Strip::of(&panel.of(block), &shared, &panel.quarters));
                        of_strips(panel, [one, other], [&strips[0], &strips[1]], &shared, gaps, found);
                    }
                }
                _ => of_ragged(panel, [one, other], gaps, found),
            }
        }
    }
}

fn by_itself(panel: &Panel, i: usize, j: usize, found: &mut impl FnMut(usize, usize, &Found)) {
    let (a, b) = if panel.number(i) < panel.number(j) { (i, j) } else { (j, i) };
    found(panel.number(a), panel.number(b), &alone(&panel.quarters, &panel.columns[a], &panel.columns[b]));
}

/// Columns of either block whose pairs are put right one after the other: so many stay in the cache.
const NEAR: usize = 4;

/// Pairs of places, each once, in squares of `side`: of a block with itself only those above the diagonal.
fn pairs(blocks: [&Block; 2], side: usize) -> impl Iterator<Item = (usize, usize)> + use<> {
    let [one, other] = blocks.map(|block| block.places.clone());
    let is_same = one == other;
    let (rows, columns) = (one.len(), other.len());
    let side = side.min(rows.max(columns)).max(1);
    let squares = (0..columns).step_by(side).flat_map(move |j| (0..rows).step_by(side).map(move |i| (i, j)));
    squares.flat_map(move |(from_i, from_j)| {
        let end = rows.min(from_i + side);
        (from_j..columns.min(from_j + side))
            .flat_map(move |j| (from_i..if is_same { end.min(j) } else { end }).map(move |i| (i, j)))
    })
}

fn of_strips(
    panel: &Panel,
    blocks: [&Block; 2],
    strips: [&Strip; 2],
    rows: &[usize],
    gaps: bool,
    found: &mut impl FnMut(usize, usize, &Found),
) {
    let lens = strips[0].lens;
    let mut order: [usize; WINDOWS] = std::array::from_fn(|window| window);
    order.sort_by_key(|window| lens[*window]);
    let sorted = products(&strips[0].changes, &strips[1].changes, &order.map(|window| lens[window]));
    let mut sums: [&[f64]; WINDOWS] = [&[]; WINDOWS];
    for (window, product) in order.into_iter().zip(&sorted) {
        sums[window] = product.as_slice();
    }
    let levels = blocks.map(|block| Levels::of(&panel.of(block), rows).filter(|_| gaps));
    let gap_of = levels[0].as_ref().zip(levels[1].as_ref()).map(|(a, b)| a.gaps(b));
    let [one, other] = blocks.map(|block| &panel.order[block.places.clone()]);
    let (height, last) = (one.len(), rows.last().copied().unwrap_or(0));
    for (i, j) in pairs(blocks, usize::MAX) {
        let at = j * height + i;
        let (place, other_place) = (one[i] as usize, other[j] as usize);
        let (number, other_number) = (panel.number(place), panel.number(other_place));
        // Slopes are of the column of lower number on the other.
        let is_turned = number > other_number;
        let link = |window: usize| {
            let n = lens[window];
            if n < NEEDS[window] {
                return Ok(Link::none(n as u32));
            }
            let (a, b) = (strips[0].scales[window][i], strips[1].scales[window][j]);
            in_window(n, sums[window][at], a, b, is_turned)
        };
        let links = (|| -> Result<_, Lost> {
            let change = if lens[AT_SPAN] < NEEDS[AT_SPAN] {
                f64::NAN
            } else {
                let before = sums[AT_SPAN][at] - sums[AT_NOW][at];
                let (a, b) = (strips[0].scales[AT_BEFORE][i], strips[1].scales[AT_BEFORE][j]);
                let before = in_window(BEFORE, before, a, b, is_turned)?;
                change_of(link(AT_NOW)?.pearson, before.pearson)
            };
            let gap = gap_of.as_ref().map_or(f64::NAN, |gap_of| if is_turned { -gap_of(i, j) } else { gap_of(i, j) });
            if gap.is_nan() && gap_of.is_some() {
                return Err(Lost);
            }
            Ok(Found {
                rows: rows.len() as u32,
                last: last as u32,
                quarter: link(AT_QUARTER)?,
                year: link(AT_YEAR)?,
                all: link(AT_ALL)?,
                change,
                gap,
            })
        })();
        match links {
            Ok(links) => found(number.min(other_number), number.max(other_number), &links),
            Err(Lost) => by_itself(panel, place, other_place, found),
        }
    }
}

fn in_window(n: usize, product: f64, a: Scale, b: Scale, is_turned: bool) -> Result<Link, Lost> {
    let covariance = product - a.mean * b.sum;
    let pearson = covariance * a.inverse * b.inverse;
    if pearson.is_nan() {
        return Err(Lost);
    }
    let explaining = if is_turned { a.inverse } else { b.inverse };
    let beta = covariance * explaining * explaining;
    let pearson = unless_identical(pearson.clamp(-1.0, 1.0)).unwrap_or(f64::NAN);
    Ok(Link { n: n as u32, pearson, beta })
}

fn of_ragged(panel: &Panel, blocks: [&Block; 2], gaps: bool, found: &mut impl FnMut(usize, usize, &Found)) {
    let columns = blocks.map(|block| panel.of(block));
    let ragged = [0, 1].map(|side| blocks[side].ragged(&columns[side], panel.rows));
    // A window of the pair begins near the usual row of both blocks; the difference is put right pair by pair.
    let after = std::array::from_fn(|at| ragged[0].begins[at].min(ragged[1].begins[at]));
    let last = panel.rows - 1;
    let [now, year, span] = after.map(|after: usize| last - after);
    let sums = products(&ragged[0].changes, &ragged[1].changes, &[now, year, span, panel.rows]);
    let fills =
        [Fills::of(&columns[0], ragged[0], ragged[1], after), Fills::of(&columns[1], ragged[1], ragged[0], after)];
    let legs: [Vec<Leg<'_>>; 2] = [0, 1].map(|side| legs(&columns[side], ragged[side]));
    Arch::new().dispatch(Pairs { panel, blocks, gaps, after, sums, fills, legs, found });
}

/// The pairs of two blocks, put right one by one.
struct Pairs<'a, F> {
    panel: &'a Panel,
    blocks: [&'a Block; 2],
    gaps: bool,
    after: [usize; SPANS - 1],
    sums: Vec<DMatrix<f64>>,
    fills: [Option<Fills>; 2],
    legs: [Vec<Leg<'a>>; 2],
    found: &'a mut F,
}

impl<F: FnMut(usize, usize, &Found)> NullaryFnOnce for Pairs<'_, F> {
    type Output = ();

    #[expect(clippy::inline_always, reason = "only what is inlined is compiled for processors that count bits")]
    #[inline(always)]
    fn call(self) {
        let Self { panel, blocks, gaps, after, sums, fills, legs, found } = self;
        let [one, other] = blocks.map(|block| &panel.order[block.places.clone()]);
        let fill = |side: usize, x: usize, y: usize| {
            fills[side].as_ref().map_or_else(|| [Fill::default(); SPANS], |fills| fills.at(x, y))
        };
        for (i, j) in pairs(blocks, NEAR) {
            let (place, other_place) = (one[i] as usize, other[j] as usize);
            let (number, other_number) = (panel.number(place), panel.number(other_place));
            let ab = std::array::from_fn(|at| sums[at][(i, j)]);
            let (of_one, of_other) = (fill(0, i, j), fill(1, j, i));
            // Slopes are of the column of lower number on the other.
            let (a, b, gaps_of_a, gaps_of_b) = if number > other_number {
                (legs[1][j], legs[0][i], of_other, of_one)
            } else {
                (legs[0][i], legs[1][j], of_one, of_other)
            };
            let products = Products { after, ab, gaps_of_a, gaps_of_b };
            match windows(a, b, &products, &panel.quarters)
                .and_then(|windows| windows.map(|windows| finish(&windows)).transpose())
            {
                Ok(Some(mut links)) => {
                    links.gap = if gaps { gap_z(a.column, b.column).unwrap_or(f64::NAN) } else { f64::NAN };
                    found(number.min(other_number), number.max(other_number), &links);
                }
                Ok(None) | Err(Lost) => by_itself(panel, place, other_place, found),
            }
        }
    }
}

fn legs<'a>(columns: &[&'a Column], ragged: &'a Ragged) -> Vec<Leg<'a>> {
    let leg = |(at, column): (usize, &&'a Column)| Leg {
        column,
        changes: ragged.changes.column(at),
        squares: ragged.squares.column(at),
        beside_gaps: ragged.beside_gaps[at].as_ref(),
    };
    columns.iter().enumerate().map(leg).collect()
}

fn finish(windows: &super::ragged::Windows) -> Result<Found, Lost> {
    let link = |window: usize| windows.sums[window].link(NEEDS[window]);
    let before: Sums = windows.sums[AT_SPAN].less(windows.sums[AT_NOW]);
    let change = if windows.sums[AT_SPAN].n < NEEDS[AT_SPAN] {
        f64::NAN
    } else {
        change_of(link(AT_NOW)?.pearson, before.link(BEFORE)?.pearson)
    };
    Ok(Found {
        rows: windows.rows as u32,
        last: windows.last as u32,
        quarter: link(AT_QUARTER)?,
        year: link(AT_YEAR)?,
        all: link(AT_ALL)?,
        change,
        gap: f64::NAN,
    })
}
