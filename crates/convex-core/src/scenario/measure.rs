//! What a metric and a pair did in an episode.

use convex_stats::correlation::pearson;

use super::window::Window;
use crate::align::align;
use crate::catalog::{ChangeKind, Metric};
use crate::change::changes_between;
use crate::compare::Common;
use crate::figure::Unavailable;
use crate::{Day, Series};

/// Changes a correlation inside an episode needs.
const CORRELATION_NEEDS: usize = 20;
/// Changes the hedge looks back on before the episode.
const HEDGE_WINDOW: usize = 252;

/// One metric in one episode.
#[derive(Clone, Debug, PartialEq)]
pub struct MetricInWindow {
    /// Day and value before it began.
    pub before: (Day, f64),
    /// Day and value at its end.
    pub end: (Day, f64),
    /// Change: a fraction of the value before where changes are logarithmic, else a difference in the metric's own unit.
    pub change: f64,
    /// Deepest fall from the highest value so far inside it, as a fraction (0 or below); for differences, in the metric's own unit.
    pub drawdown: f64,
    /// Highest value inside, with its day.
    pub high: (Day, f64),
    /// Lowest value inside, with its day.
    pub low: (Day, f64),
    /// Calendar days from the end until the value was back where it had been before; `None` if it is not yet.
    pub days_to_recover: Option<i32>,
    /// Observations inside.
    pub n: usize,
}

/// One pair in one episode.
#[derive(Clone, Debug, PartialEq)]
pub struct PairInWindow {
    /// Change of the ratio as a fraction, or of the spread in its own unit.
    pub ratio_move: Result<f64, Unavailable>,
    /// Correlation of daily changes inside.
    pub correlation: Result<f64, Unavailable>,
    /// Changes inside.
    pub n: usize,
    /// Slope of a on b over the 252 changes before the episode.
    pub hedge_ratio: Result<f64, Unavailable>,
    /// What a holder of a, hedged with b by that slope, gained (in changes summed); beside it, unhedged.
    pub hedged: Result<f64, Unavailable>,
    /// The same without the hedge.
    pub unhedged: f64,
    /// One less the variance of the hedged changes over that of the unhedged ones.
    pub variance_reduction: Result<f64, Unavailable>,
}

/// A metric in an episode. Needs a value on one of the ten days up to the beginning, and two inside.
pub fn metric_in_window(metric: &Metric, series: &Series, window: &Window) -> Result<MetricInWindow, Unavailable> {
    let before = series.at_or_before(window.from).filter(|(day, _)| window.from - *day <= 35);
    let before = before.ok_or(Unavailable::HistoryTooShort)?;
    if series.last().is_none_or(|(last, _)| last < window.to) {
        return Err(Unavailable::NotMeaningful("the series ends before the episode does"));
    }
    let inside = series.until(window.to).after(window.from);
    let end = inside.last().ok_or(Unavailable::TooFew { have: 0, need: 1 })?;
    let relative = metric.change == ChangeKind::Log;
    if relative && (before.1 <= 0.0 || end.1 <= 0.0) {
        return Err(Unavailable::NotMeaningful("a value is not positive"));
    }
    let moved = |from: f64, to: f64| if relative { to / from - 1.0 } else { to - from };
    let (mut high_so_far, mut drawdown, mut high, mut low) = (before.1, 0.0_f64, before, before);
    for (day, value) in inside.iter() {
        high_so_far = high_so_far.max(value);
        drawdown = drawdown.min(moved(high_so_far, value));
        high = if value > high.1 { (day, value) } else { high };
        low = if value < low.1 { (day, value) } else { low };
    }
    let fell = end.1 < before.1;
    let back = |value: f64| if fell { value >= before.1 } else { value <= before.1 };
    let recovered = series.after(window.to).iter().find(|(_, value)| back(*value)).map(|(day, _)| day - window.to);
    Ok(MetricInWindow {
        before,
        end,
        change: moved(before.1, end.1),
        drawdown,
        high,
        low,
        days_to_recover: recovered,
        n: inside.len(),
    })
}

/// A pair in an episode, on common days.
pub fn pair_in_window(
    (a, a_series): (&Metric, &Series),
    (b, b_series): (&Metric, &Series),
    window: &Window,
) -> Result<PairInWindow, Unavailable> {
    let aligned = align(a, a_series, b, b_series);
    let common = &aligned.common;
    let before = common.days.partition_point(|day| *day <= window.from);
    let end = common.days.partition_point(|day| *day <= window.to);
    if before == 0 || window.from - common.days[before - 1] > 35 {
        return Err(Unavailable::HistoryTooShort);
    }
    if common.days.last().is_none_or(|last| *last < window.to - 35) || end == before {
        return Err(Unavailable::NotMeaningful("a series ends before the episode does"));
    }
    let changes = changes_between(a.change, b.change, &aligned);
    let from = changes.begins.partition_point(|day| *day < common.days[before - 1]);
    let to = changes.days.partition_point(|day| *day <= window.to);
    let (inside_a, inside_b) = (&changes.a[from..to], &changes.b[from..to]);
    let n = to - from;
    let few = |need: usize| Unavailable::TooFew { have: n, need };
    let correlation = if n < CORRELATION_NEEDS {
        Err(few(CORRELATION_NEEDS))
    } else {
        pearson(inside_a, inside_b).map_err(Into::into)
    };
    let hedge_ratio =
        slope(&changes.a[from.saturating_sub(HEDGE_WINDOW)..from], &changes.b[from.saturating_sub(HEDGE_WINDOW)..from]);
    let left = |ratio: f64| inside_a.iter().zip(inside_b).map(move |(a, b)| a - ratio * b);
    let hedged = hedge_ratio.clone().map(|ratio| left(ratio).sum());
    let variance_reduction = hedge_ratio.clone().and_then(|ratio| {
        let whole = variance(inside_a.iter().copied());
        if n < CORRELATION_NEEDS || whole <= 0.0 {
            Err(few(CORRELATION_NEEDS))
        } else {
            Ok(1.0 - variance(left(ratio)) / whole)
        }
    });
    Ok(PairInWindow {
        ratio_move: ratio_move(a, b, common, before - 1, end - 1),
        correlation,
        n,
        hedge_ratio,
        hedged,
        unhedged: inside_a.iter().sum(),
        variance_reduction,
    })
}

fn ratio_move(a: &Metric, b: &Metric, common: &Common, before: usize, end: usize) -> Result<f64, Unavailable> {
    match (a.change, b.change) {
        (ChangeKind::Log, ChangeKind::Log) => {
            let gap = |at: usize| common.a[at] / common.b[at];
            let values = [common.a[before], common.b[before], common.a[end], common.b[end]];
            if values.iter().any(|value| *value <= 0.0) {
                return Err(Unavailable::NotMeaningful("a value is not positive"));
            }
            Ok(gap(end) / gap(before) - 1.0)
        }
        (ChangeKind::Difference, ChangeKind::Difference) => {
            Ok((common.a[end] - common.b[end]) - (common.a[before] - common.b[before]))
        }
        _ => Err(Unavailable::NotMeaningful("the two are measured in different ways")),
    }
}

fn slope(a: &[f64], b: &[f64]) -> Result<f64, Unavailable> {
    if a.len() < 60 {
        return Err(Unavailable::TooFew { have: a.len(), need: 60 });
    }
    let n = a.len() as f64;
    let (mean_a, mean_b) = (a.iter().sum::<f64>() / n, b.iter().sum::<f64>() / n);
    let (mut product, mut square) = (0.0, 0.0);
    for (a, b) in a.iter().zip(b) {
        product += (a - mean_a) * (b - mean_b);
        square += (b - mean_b).powi(2);
    }
    if square > 0.0 { Ok(product / square) } else { Err(Unavailable::Constant) }
}

fn variance(values: impl Iterator<Item = f64> + Clone) -> f64 {
    let n = values.clone().count().max(2) as f64;
    let mean = values.clone().sum::<f64>() / n;
    values.map(|value| (value - mean).powi(2)).sum::<f64>() / (n - 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(at: i32) -> Day {
        Day::from_epoch_days(at).unwrap()
    }

    fn series(values: &[f64]) -> Series {
        Series::new((0..values.len() as i32).map(day).collect(), values.to_vec()).unwrap()
    }

    fn window(from: i32, to: i32) -> Window {
        Window { id: "x".into(), name: "x".into(), story: String::new(), from: day(from), to: day(to), own: true }
    }

    #[test]
    fn a_fall_and_its_recovery() {
        let metric = Metric::uncatalogued("x");
        let found =
            metric_in_window(&metric, &series(&[100.0, 110.0, 55.0, 80.0, 90.0, 101.0]), &window(0, 3)).unwrap();
        assert!((found.change + 0.2).abs() < 1e-12 && (found.drawdown + 0.5).abs() < 1e-12);
        assert_eq!((found.high, found.low, found.days_to_recover), ((day(1), 110.0), (day(2), 55.0), Some(2)));
        let still = metric_in_window(&metric, &series(&[100.0, 90.0, 80.0]), &window(0, 2)).unwrap();
        assert_eq!(still.days_to_recover, None);
    }

    #[test]
    fn series_that_do_not_span_the_episode_say_so() {
        let metric = Metric::uncatalogued("x");
        assert_eq!(metric_in_window(&metric, &series(&[1.0; 5]), &window(-9, 3)), Err(Unavailable::HistoryTooShort));
        assert!(metric_in_window(&metric, &series(&[1.0; 5]), &window(0, 30)).is_err());
    }

    #[test]
    fn a_perfect_hedge_leaves_nothing() {
        let path: Vec<f64> = (0..400).map(|t| (f64::from(t) * 0.9).sin() * 0.1 + 5.0).map(f64::exp).collect();
        let twice: Vec<f64> = path.iter().map(|value| value * value).collect();
        let metric = Metric::uncatalogued("x");
        let found = pair_in_window((&metric, &series(&twice)), (&metric, &series(&path)), &window(300, 340)).unwrap();
        assert!((found.hedge_ratio.unwrap() - 2.0).abs() < 1e-9 && found.hedged.unwrap().abs() < 1e-9);
        assert!(
            (found.variance_reduction.unwrap() - 1.0).abs() < 1e-9 && (found.correlation.unwrap() - 1.0).abs() < 1e-9
        );
        let moved = path[340] / path[300];
        assert!((found.ratio_move.unwrap() - (moved - 1.0)).abs() < 1e-9);
    }
}
