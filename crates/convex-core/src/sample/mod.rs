//! A simulated market with known truth, for first runs without a network and for tests of the statistics.
//!
//! A chain of three states (calm, normal, stress) sets volatilities, drifts and links. Within a state the variance
//! clusters and all shocks of a day share one Student t scale, so tails are fat and large moves come together.
//! `docs/sample-market.md` has the equations. The numbers resemble markets and are none.

mod daily;
mod draws;
mod holidays;
mod releases;
mod state;
mod table;
mod truth;
mod weather;

#[cfg(test)]
mod tests;

use crate::{Day, Series};
use daily::Course;
use draws::Draws;
use table::{ASSETS, BITCOIN};
use weather::Weather;

pub use state::State;
pub use truth::{Truth, truth};

/// The seed of the market everyone sees first.
pub const SEED: u64 = 5647;

/// One simulated series.
#[derive(Clone, Debug, PartialEq)]
pub struct SampleSeries {
    /// Name of the series in the form of [`crate::SeriesId`]: `dia`, and `dia.tr` for total return.
    pub id: &'static str,
    /// Its observations.
    pub series: Series,
}

impl SampleSeries {
    fn new(id: &'static str, days: Vec<Day>, values: Vec<f64>) -> Self {
        let series = Series::new(days, values).expect("days are simulated in order and values from finite parameters");
        Self { id, series }
    }
}

/// The first day of the market everyone sees first: 2003-01-02.
#[expect(clippy::missing_panics_doc, reason = "the number is a constant within bounds")]
pub fn first_day() -> Day {
    Day::from_epoch_days(12_054).expect("a day of 2003")
}

/// Simulates the whole market from one day to another, both included.
///
/// The same seed and first day give the same numbers; a later last day only adds to them.
///
/// ```
/// use convex_core::sample;
/// let (from, to) = (sample::first_day(), "2003-12-31".parse().unwrap());
/// let market = sample::market(sample::SEED, from, to);
/// let dia = &market.iter().find(|one| one.id == "dia").unwrap().series;
/// assert_eq!(dia.len(), 252);
/// ```
pub fn market(seed: u64, from: Day, to: Day) -> Vec<SampleSeries> {
    let draws = Draws::new(seed);
    let mut courses = ASSETS.each_ref().map(|asset| Course::new(asset, from));
    let mut bitcoin = Course::new(&BITCOIN, from);
    let mut path = Vec::new();
    let mut weather = Weather::new(&draws, from, to).peekable();
    while let Some(mut session) = weather.next() {
        for course in &mut courses {
            let own = session.draws.normal();
            course.step(&session, own);
        }
        let own = draws.of(session.day, draws::Purpose::CryptoDay).normal();
        bitcoin.step(&session, own);
        path.push((session.day, session.state));
        let next_session = weather.peek().map_or(to + 1, |next| next.day);
        for weekend in 1..next_session - session.day {
            bitcoin.step_alone(session.day + weekend, &session, &draws);
        }
    }
    let mut all = Vec::with_capacity(2 * ASSETS.len() + 5);
    for course in courses {
        course.finish(&mut all);
    }
    let find = |id: &str, all: &[SampleSeries]| all.iter().find(|one| one.id == id).map(|one| one.series.clone());
    if let (Some(ten), Some(two)) = (find("dgs10", &all), find("dgs2", &all)) {
        all.push(daily::slope(&ten, &two));
    }
    bitcoin.finish(&mut all);
    all.extend(releases::monthly(&draws, &path, from, to));
    all.push(releases::claims(&draws, &path, to));
    all.push(releases::recessions(&path, from, to));
    all
}

/// The states the market of that seed went through, one for each weekday.
pub fn states(seed: u64, from: Day, to: Day) -> Vec<(Day, State)> {
    Weather::new(&Draws::new(seed), from, to).map(|session| (session.day, session.state)).collect()
}
