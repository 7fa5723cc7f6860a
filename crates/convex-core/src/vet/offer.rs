//! What a provider offers.

use jiff::Timestamp;

use crate::{Day, Series};

/// A value of a day; it may be anything a provider can write.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// The day it describes.
    pub day: Day,
    /// The value.
    pub value: f64,
}

/// A day's range; a provider may leave any of it out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Candle {
    /// The day.
    pub day: Day,
    /// First value.
    pub open: Option<f64>,
    /// Highest value.
    pub high: Option<f64>,
    /// Lowest value.
    pub low: Option<f64>,
}

/// A split: after it there are `ratio` shares for each one before.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Split {
    /// First day of the new count.
    pub day: Day,
    /// Shares afterwards for each one before.
    pub ratio: f64,
}

/// One provider's answer for one series, with what helps to judge it.
#[derive(Clone, Copy, Debug)]
pub struct Offer<'a> {
    /// The values, in any order.
    pub points: &'a [Point],
    /// The ranges of some of the days.
    pub candles: &'a [Candle],
    /// Splits the provider announces.
    pub splits: &'a [Split],
    /// Whether this is all the provider has, so that a shorter history than ours means something.
    pub whole: bool,
    /// The same series from a second provider: it can confirm a large change.
    pub second: Option<&'a Series>,
    /// Something that trades on the same days: it shows whether the market moved while a value stood still.
    pub market: Option<&'a Series>,
    /// The instant of the look.
    pub now: Timestamp,
}

impl<'a> Offer<'a> {
    /// Values alone, from a provider that may have more.
    pub fn of(points: &'a [Point], now: Timestamp) -> Self {
        Self { points, candles: &[], splits: &[], whole: false, second: None, market: None, now }
    }
}
