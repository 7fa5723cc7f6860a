//! Charts drawn on the server as SVG, complete without a script.
//!
//! One drawing serves every width: the lines sit in a nested `svg` that stretches sideways only, and everything with a
//! letter in it sits outside of it at a percentage of the width, so that text keeps its size on a phone. Looks come from
//! classes alone, never from `style` attributes, so that a strict content security policy holds. No chart has two value
//! axes; panels of one page share one time axis. A line is reduced to at most about one point a pixel by keeping the
//! lowest and the highest value of each narrow bucket, so that every extreme survives. Gaps in the data stay gaps.

mod draw;
mod frame;
mod panels;
mod path;
mod plot;
mod reduce;
mod spark;
mod square;
mod stack;
mod still;
mod table;
mod time_axis;
mod value_axis;
mod whisker;

pub use plot::{Plot, Ribbon, Trace, Window};
pub use spark::sparkline;
pub use square::{HalfLine, Numbers, Square, cross_correlations, scatter};
pub use stack::{Stack, changes_word};
pub(crate) use still::{LOOK, Place, lines};
pub use still::{Still, still};
pub use table::{MOST_ROWS, Table};
pub use value_axis::Scale;
pub use whisker::{Whisker, whisker_axis, whiskers};

/// One panel: a drawing, the words around it, and its numbers as a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    /// Unique on the page; also the target of links.
    pub id: String,
    /// What is drawn, in a few words.
    pub title: String,
    /// The rest of what a reader must know: base, window, interval.
    pub note: String,
    /// The lines, with their last values.
    pub keys: Vec<Key>,
    /// The drawing, safe to place in a page.
    pub svg: String,
    /// The numbers drawn.
    pub table: Table,
}

/// One line of a legend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// Class of the line: `a`, `b`, `ink`, `mean`, `band`.
    pub class: &'static str,
    /// What the line is.
    pub label: String,
    /// Its last value, or nothing.
    pub last: String,
}

/// Text made safe inside elements and quoted attributes.
pub(crate) fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            _ => safe.push(letter),
        }
    }
    safe
}
