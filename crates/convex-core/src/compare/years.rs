//! One leg over the years: growth a year, and falls from the highest value so far.

use convex_stats::describe;

use crate::catalog::{ChangeKind, Metric};
use crate::figure::{Estimate, Figure, Figures, Unavailable, Unit};
use crate::{Day, Series};

/// Years back and their names; the last is all history.
const SPANS: [(Option<i32>, &str); 4] = [(Some(3), "3y"), (Some(5), "5y"), (Some(10), "10y"), (None, "all")];
/// Days in a year.
const YEAR: f64 = 365.25;

const GROWTH: &str = "last value over the base to the power of one over the years between them, less one";
const FALL: &str = "value over the highest value so far, less one";

/// `growth.*`, `growth_total.*` (payouts added back) and `drawdown.*` of one leg under `prefix`.
pub fn year_figures(prefix: &str, metric: &Metric, series: &Series, total: Option<&Series>) -> Figures {
    let mut figures = Figures::default();
    for (years, name) in SPANS {
        figures.put(format!("{prefix}growth.{name}"), growth(metric, series, years));
        let with = total.ok_or_else(|| Unavailable::Needs(format!("total return of {}", metric.label)));
        figures.put(format!("{prefix}growth_total.{name}"), with.and_then(|total| growth(metric, total, years)));
    }
    let [now, deepest, date] = falls(metric, series);
    figures.put(format!("{prefix}drawdown.now"), now);
    figures.put(format!("{prefix}drawdown.deepest"), deepest);
    figures.put(format!("{prefix}drawdown.deepest_date"), date);
    figures
}

/// A day and its value.
type Observation = (Day, f64);

/// Growth a year from the last observation on or before so many years back, or from the first, to the last.
fn growth(metric: &Metric, series: &Series, years: Option<i32>) -> Figure {
    let (first, last) = ends(metric, series)?;
    let (from, base) = match years {
        Some(years) => {
            let back = last.0 - (f64::from(years) * YEAR).round() as i32;
            series.at_or_before(back).ok_or(Unavailable::HistoryTooShort)?
        }
        None => first,
    };
    let span = f64::from(last.0 - from) / YEAR;
    if span < 1.0 {
        return Err(Unavailable::HistoryTooShort);
    }
    if base <= 0.0 || last.1 <= 0.0 {
        return Err(Unavailable::NotMeaningful("not positive"));
    }
    Estimate::number((last.1 / base).powf(1.0 / span) - 1.0, Unit::Fraction, 2, (from, last.0), GROWTH)
}

/// The fall now, the deepest one, and its day.
fn falls(metric: &Metric, series: &Series) -> [Figure; 3] {
    let found = ends(metric, series).and_then(|(first, last)| {
        let falls = describe::drawdowns(series.values())?;
        Ok((first.0, last.0, falls))
    });
    let (first, last, falls) = match found {
        Ok(found) => found,
        Err(why) => return [Err(why.clone()), Err(why.clone()), Err(why)],
    };
    let deepest = (0..falls.len()).min_by(|one, other| falls[*one].total_cmp(&falls[*other])).unwrap_or_default();
    let (n, span) = (falls.len(), (first, last));
    let number = |value| Estimate::number(value, Unit::Fraction, n, span, FALL);
    [number(falls[n - 1]), number(falls[deepest]), Estimate::day(series.days()[deepest], n, span, FALL)]
}

/// First and last observation of what is measured in log changes.
fn ends(metric: &Metric, series: &Series) -> Result<(Observation, Observation), Unavailable> {
    if metric.change != ChangeKind::Log {
        return Err(Unavailable::NotMeaningful("measured in differences, not in per cent"));
    }
    series.first().zip(series.last()).ok_or_else(|| Unavailable::NoObservations(metric.id.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn series(values: &[(&str, f64)]) -> Series {
        let (days, values) = values.iter().map(|(day, value)| (day.parse::<Day>().unwrap(), *value)).unzip();
        Series::new(days, values).unwrap()
    }

    #[test]
    fn growth_a_year_and_falls() {
        let metric = Metric::uncatalogued("x");
        let path = series(&[("2015-12-31", 50.0), ("2020-12-31", 200.0), ("2022-12-30", 80.0), ("2025-12-31", 160.0)]);
        let figures = year_figures("a.", &metric, &path, None);
        let number = |name: &str| figures.number(name).unwrap();
        assert!((number("a.growth.3y") - (2.0_f64.powf(YEAR / 1_097.0) - 1.0)).abs() < 1e-12);
        assert!((number("a.growth.10y") - (3.2_f64.powf(YEAR / 3_653.0) - 1.0)).abs() < 1e-12);
        assert!((number("a.drawdown.now") + 0.2).abs() < 1e-12 && (number("a.drawdown.deepest") + 0.6).abs() < 1e-12);
        assert_eq!(figures.get("a.growth_total.3y"), Some(&Err(Unavailable::Needs("total return of X".to_owned()))));
        let short = series(&[("2025-06-30", 1.0), ("2025-12-31", 2.0)]);
        let figures = year_figures("", &metric, &short, Some(&short));
        assert_eq!(figures.get("growth.all"), Some(&Err(Unavailable::HistoryTooShort)));
        assert_eq!(figures.get("growth_total.3y"), Some(&Err(Unavailable::HistoryTooShort)));
    }

    #[test]
    fn a_rate_has_neither() {
        let rate = Metric { change: ChangeKind::Difference, ..Metric::uncatalogued("x") };
        let figures = year_figures("", &rate, &series(&[("2015-12-31", 5.0), ("2025-12-31", 4.0)]), None);
        for name in ["growth.10y", "drawdown.now", "drawdown.deepest_date"] {
            assert!(matches!(figures.get(name), Some(Err(Unavailable::NotMeaningful(_)))), "{name}");
        }
    }
}
