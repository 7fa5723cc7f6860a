//! Pictures: SVG to PNG with a font of our own, and the cards that stand for a page where it is shared.

mod card;
mod raster;

pub use card::{Card, card};
pub use raster::{Failed, png};
