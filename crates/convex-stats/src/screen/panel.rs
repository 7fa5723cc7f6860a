//! Many columns on common rows, and the tiles their pairs fall into.

use super::block::{Block, blocks};
use super::{Column, Found, tile};

/// Columns over the rows of one calendar, ready for the product.
#[derive(Debug)]
pub struct Panel {
    pub(super) rows: usize,
    pub(super) quarters: Vec<Option<u32>>,
    pub(super) columns: Vec<Column>,
    /// What the caller calls each column.
    numbers: Vec<u32>,
    /// The place of the column of each number.
    places: Vec<u32>,
    /// Columns in the order of the blocks, by place.
    pub(super) order: Vec<u32>,
    pub(super) blocks: Vec<Block>,
    /// Columns that have a level without a logarithm, by place: their pairs are computed one by one.
    pub(super) odd: Vec<u32>,
    pub(super) primary: usize,
    pub(super) among: bool,
}

/// Some pairs of a panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tile(pub(super) Part);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// Two blocks, or one with itself.
    Blocks(usize, usize),
    /// One column with all others.
    Odd(usize),
}

impl Panel {
    /// A panel of columns, each under a number of its own. Pairs are formed among the first `primary` columns if `among`
    /// says so, and of each of those with each later one, never among the later ones.
    ///
    /// `quarters` has for every row the last row that lies a quarter or more before it, none if there is no such row.
    ///
    /// # Panics
    /// If there are more `primary` columns than columns.
    pub fn new(quarters: Vec<Option<u32>>, numbered: Vec<(u32, Column)>, primary: usize, among: bool) -> Self {
        assert!(primary <= numbered.len(), "primary columns are columns");
        let (numbers, columns): (Vec<u32>, Vec<Column>) = numbered.into_iter().unzip();
        let mut places = vec![u32::MAX; numbers.iter().max().map_or(0, |last| *last as usize + 1)];
        for (place, number) in numbers.iter().enumerate() {
            places[*number as usize] = place as u32;
        }
        let (rows, mut order, mut found) = (quarters.len(), Vec::new(), Vec::new());
        let as_u32 = |place: usize| place as u32;
        for (range, is_primary) in [(0..primary, true), (primary..columns.len(), false)] {
            let mut part: Vec<u32> = range.filter(|at| columns[*at].is_regular()).map(as_u32).collect();
            // Equal calendars become neighbours; others are sorted by where they begin.
            let key = |at: &u32| (columns[*at as usize].first(), columns[*at as usize].rows());
            part.sort_by(|one, other| key(one).cmp(&key(other)));
            let sorted: Vec<&Column> = part.iter().map(|at| &columns[*at as usize]).collect();
            found.extend(blocks(&sorted, order.len(), is_primary));
            order.extend(part);
        }
        let odd = (0..columns.len()).filter(|at| !columns[*at].is_regular()).map(as_u32).collect();
        Self { rows, quarters, columns, numbers, places, order, blocks: found, odd, primary, among }
    }

    /// All tiles; each pair of the panel lies in exactly one.
    pub fn tiles(&self) -> Vec<Tile> {
        let mut tiles = Vec::new();
        for (i, one) in self.blocks.iter().enumerate() {
            for (j, other) in self.blocks.iter().enumerate().skip(i) {
                if if other.is_primary { self.among } else { one.is_primary } {
                    tiles.push(Tile(Part::Blocks(i, j)));
                }
            }
        }
        tiles.extend((0..self.odd.len()).map(|at| Tile(Part::Odd(at))));
        tiles
    }

    /// How many pairs there are.
    pub fn pairs(&self) -> usize {
        let later = self.columns.len() - self.primary;
        let among = if self.among { self.primary * self.primary.saturating_sub(1) / 2 } else { 0 };
        among + self.primary * later
    }

    /// Finds every pair of a tile and hands it on: both columns by their numbers, the lower first. `gaps` asks for the gap
    /// between the levels as well.
    pub fn each(&self, tile: Tile, gaps: bool, found: &mut impl FnMut(usize, usize, &Found)) {
        tile::each(self, tile, gaps, found);
    }

    /// The column of a number.
    pub fn column(&self, number: usize) -> Option<&Column> {
        let place = *self.places.get(number)?;
        self.columns.get(place as usize)
    }

    /// The number of the column at a place.
    pub(super) fn number(&self, place: usize) -> usize {
        self.numbers[place] as usize
    }

    /// For every row the last row that lies a quarter or more before it.
    pub fn quarters(&self) -> &[Option<u32>] {
        &self.quarters
    }

    /// Whether two columns form a pair.
    pub(super) fn wants(&self, a: usize, b: usize) -> bool {
        let primaries = usize::from(a < self.primary) + usize::from(b < self.primary);
        a != b && (primaries == 1 || (primaries == 2 && self.among))
    }

    /// Columns of a block.
    pub(super) fn of(&self, block: &Block) -> Vec<&Column> {
        self.order[block.places.clone()].iter().map(|at| &self.columns[*at as usize]).collect()
    }
}
