//! What a reader reads: numbers, dates and units as text. Pages, mail and terminal print through here, so that a figure
//! looks the same everywhere. A missing figure is a dash with its reason, never a zero.

mod age;
mod date;
mod figure;
mod moment;
mod number;
mod print;
mod sentence;
mod style;
mod unit;

pub use age::{age, age_in_full, capitalised, plural};
pub use date::{day, day_of_year, month, month_year, span, weekday};
pub use figure::{Direction, FigureText, figure, figure_or_missing, why};
pub use moment::{ago, live_change, moment, place};
pub use number::{MINUS, count, fixed, percent, price, signed, signed_percent, significant};
pub use print::{How, Print};
pub use sentence::{in_sentence, sentence, since, style};
pub use style::{Measure, Style};
pub use unit::{level, unit_words};

/// What stands where a figure could not be computed.
pub const MISSING: &str = "—";
