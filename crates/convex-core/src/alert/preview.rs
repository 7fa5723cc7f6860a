//! What a rule would have done, and what came after.

use convex_stats::describe;

use super::evaluate::Known;
use super::watch::Levels;
use super::{BadUnit, Firing, Reading, Rule, Watch};
use crate::catalog::{ChangeKind, Metric};
use crate::{Day, Series};

/// Observations after an alert over which is told what followed.
const HORIZONS: [usize; 2] = [21, 63];
/// Sessions of a week.
const WEEK: f64 = 5.0;

/// What a rule would have done over all that is stored.
#[derive(Clone, Debug, PartialEq)]
pub struct Preview {
    /// First day on which the figure could be had.
    pub from: Day,
    /// Last one.
    pub to: Day,
    /// Days looked at.
    pub days: usize,
    /// When it would have fired.
    pub firings: Vec<Firing>,
    /// Observations between one alert and the next: the median; `None` with fewer than two alerts.
    pub median_apart: Option<f64>,
    /// What came after, where there is something to measure it by.
    pub followed: Vec<Followed>,
    /// Where the rule stands after the last day.
    pub watch: Watch,
}

/// How the level moved after the alerts, and after any day at all.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Followed {
    /// Observations later.
    pub horizon: usize,
    /// How a change is measured.
    pub kind: ChangeKind,
    /// Alerts after which so many observations are known.
    pub n: usize,
    /// Median change after them.
    pub median: f64,
    /// Share of them after which the level stood higher.
    pub up: f64,
    /// The same after every day.
    pub any_median: f64,
    /// The same after every day.
    pub any_up: f64,
}

impl Preview {
    /// Alerts a week, on average.
    pub fn a_week(&self) -> f64 {
        if self.days == 0 { 0.0 } else { self.firings.len() as f64 * WEEK / self.days as f64 }
    }
}

/// Steps a rule through everything stored; `None` if its figure has no path there.
pub fn preview<'a, F>(rule: &Rule, lookup: F) -> Result<Option<Preview>, BadUnit>
where
    F: Fn(&str) -> Option<(&'a Metric, &'a Series)>,
{
    let Some(known) = Known::of(&rule.subject, &lookup) else { return Ok(None) };
    let Some(path) = known.path(rule, None) else { return Ok(None) };
    let levels = Levels::of(rule, path.unit)?;
    let Some(((from, _), (to, _))) = path.readings.first().copied().zip(path.readings.last().copied()) else {
        return Ok(None);
    };
    let mut watch = Watch::default();
    let (mut firings, mut places) = (Vec::new(), Vec::new());
    for (place, (day, value)) in path.readings.iter().enumerate() {
        if let Some(firing) = watch.step(levels, rule.cool_down, *day, &Reading::Number(*value)) {
            places.push(place as f64);
            firings.push(firing);
        }
    }
    let apart: Vec<f64> = places.windows(2).map(|pair| pair[1] - pair[0]).collect();
    let followed = known.level().map(|(kind, level)| followed(kind, &level, &firings)).unwrap_or_default();
    let median_apart = describe::median(&apart).ok();
    Ok(Some(Preview { from, to, days: path.readings.len(), firings, median_apart, followed, watch }))
}

fn followed(kind: ChangeKind, level: &Series, firings: &[Firing]) -> Vec<Followed> {
    let after = |place: usize, horizon: usize| {
        let (from, to) = (level.values()[place], *level.values().get(place + horizon)?);
        match kind {
            ChangeKind::Log => (from > 0.0 && to > 0.0).then(|| to / from - 1.0),
            ChangeKind::Difference => Some(to - from),
        }
    };
    let places =
        firings.iter().filter_map(|firing| level.days().partition_point(|day| *day <= firing.day).checked_sub(1));
    let places: Vec<usize> = places.collect();
    let found = HORIZONS.into_iter().filter_map(|horizon| {
        let then: Vec<f64> = places.iter().filter_map(|place| after(*place, horizon)).collect();
        let any: Vec<f64> = (0..level.len()).filter_map(|place| after(place, horizon)).collect();
        Some(Followed {
            horizon,
            kind,
            n: then.len(),
            median: describe::median(&then).ok()?,
            up: describe::share_positive(&then).ok()?,
            any_median: describe::median(&any).ok()?,
            any_up: describe::share_positive(&any).ok()?,
        })
    });
    found.collect()
}
