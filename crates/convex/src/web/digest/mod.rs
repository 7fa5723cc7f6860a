//! The daily digest: made once a day, kept as it was made, shown as a page, as text and in mail from one value.

mod content;
mod keep;
mod letter;
mod make;
mod moves;
mod pairs;
mod picture;

pub(crate) use content::{Content, Line, Number, Part};
pub(crate) use keep::{keep, kept, kept_or_made};
pub(crate) use letter::{About, letter};
pub(crate) use make::make;
pub(crate) use pairs::pair_lines;
pub(crate) use picture::picture;
