//! What can be supposed.

/// A series whose move can be supposed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Driver {
    /// Key in an address and in the API.
    pub key: &'static str,
    /// Id of its series.
    pub id: &'static str,
    /// What it is called.
    pub name: &'static str,
    /// Unit of the move.
    pub unit: &'static str,
    /// Largest move that can be asked for, either way.
    pub most: i32,
}

/// The drivers, in the order of the form.
pub const DRIVERS: [Driver; 3] = [
    Driver { key: "vix", id: "vixcls", name: "VIX", unit: "points", most: 80 },
    Driver { key: "spx", id: "spy", name: "S&P 500 (SPY)", unit: "%", most: 60 },
    Driver { key: "y10", id: "dgs10", name: "10-year yield", unit: "bp", most: 500 },
];

/// One supposed move, in the driver's unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Move {
    /// What moves.
    pub driver: Driver,
    /// By how much over the span.
    pub amount: f64,
}

impl Driver {
    /// The driver of that key.
    pub fn of(key: &str) -> Option<Self> {
        DRIVERS.into_iter().find(|driver| driver.key == key)
    }

    /// The move between two values, in the driver's unit.
    pub(super) fn moved(&self, from: f64, to: f64) -> f64 {
        match self.key {
            "spx" => (to / from - 1.0) * 100.0,
            "y10" => (to - from) * 100.0,
            _ => to - from,
        }
    }
}
