//! Invented values, the same at every start, for any name.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use convex_core::Day;
use convex_core::calendar::Calendar;
use convex_core::catalog::TradingCalendar;

/// First day of every market.
pub(crate) const FIRST: &str = "2024-01-02";

/// Last day that is ever asked for.
const LAST: &str = "2027-12-31";

/// Values by day.
pub(crate) type Values = Vec<(Day, f64)>;

/// Values by name and calendar, made when first asked for.
#[derive(Debug)]
pub(crate) struct Market {
    made: Mutex<HashMap<(String, TradingCalendar), Arc<Values>>>,
}

impl Market {
    pub(crate) fn new() -> Self {
        Self { made: Mutex::default() }
    }

    /// Values of a name on a calendar around a level: a price walks, a rate swings.
    pub(crate) fn values(&self, name: &str, calendar: TradingCalendar, level: f64) -> Arc<Vec<(Day, f64)>> {
        let key = (name.to_owned(), calendar);
        let mut made = self.made.lock().unwrap();
        Arc::clone(made.entry(key).or_insert_with(|| {
            let (first, last) = (FIRST.parse().unwrap(), LAST.parse().unwrap());
            let mut state = name.bytes().fold(88_172_645_463_325_252_u64, |hash, byte| {
                (hash ^ u64::from(byte)).wrapping_mul(0x2545_f491_4f6c_dd1d)
            });
            let mut distance = 0.0;
            let days = Calendar::of(calendar).sessions(first, last);
            let values = days.map(|day| {
                distance = 0.995 * distance + 0.012 * (uniform(&mut state) - 0.5);
                (day, (level * f64::exp(distance) * 100.0).round() / 100.0)
            });
            Arc::new(values.collect())
        }))
    }
}

fn uniform(state: &mut u64) -> f64 {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    (*state >> 11) as f64 / (1_u64 << 53) as f64
}
