//! One figure as text, with what stands behind it: interval, method, sample and dates, or the reason why there is none.

use convex_core::catalog::MetricUnit;
use convex_core::figure::{Estimate, Figure, Interval, Unavailable, Unit, Value};

use super::number::{count, fixed, signed, significant};
use super::style::Style;
use super::unit::level;
use super::{MISSING, date};

/// A figure ready to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FigureText {
    /// The number with its unit where one belongs to it, or a dash.
    pub text: String,
    /// The interval of 95 %, in brackets.
    pub interval: Option<String>,
    /// Method, sample size and dates; or why the figure is missing.
    pub title: String,
    /// Why the figure is missing, if it is.
    pub reason: Option<String>,
    /// Which way a change went; `None` for what is not a change.
    pub direction: Option<Direction>,
}

/// Which way a change went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// It rose.
    Up,
    /// It fell.
    Down,
    /// It rounds to nothing.
    Flat,
}

/// The text of a figure in a style.
pub fn figure(figure: &Figure, style: Style) -> FigureText {
    match figure {
        Ok(estimate) => present(estimate, style),
        Err(unavailable) => missing(&unavailable.to_string(), &why(unavailable)),
    }
}

/// The text of a figure that may not have been asked for at all, as when a pair has no ratio.
pub fn figure_or_missing(found: Option<&Figure>, style: Style) -> FigureText {
    match found {
        Some(found) => figure(found, style),
        None => missing("not computed for this pair", "not computed for this pair"),
    }
}

fn missing(reason: &str, title: &str) -> FigureText {
    FigureText {
        text: MISSING.to_owned(),
        interval: None,
        title: title.to_owned(),
        reason: Some(reason.to_owned()),
        direction: None,
    }
}

/// Why a figure is absent, in full: the reason and what it means.
pub fn why(unavailable: &Unavailable) -> String {
    let (reason, detail) = (unavailable.reason(), unavailable.detail());
    match unavailable {
        Unavailable::Itself => detail,
        Unavailable::NoObservations(_) => unavailable.to_string(),
        _ if detail.is_empty() || detail == reason => reason.to_owned(),
        _ => format!("{reason}: {detail}"),
    }
}

fn present(estimate: &Estimate, style: Style) -> FigureText {
    let interval = estimate.interval.map(|interval| interval_text(interval, estimate.unit, style));
    let text = match &estimate.value {
        Value::Number(number) => {
            let digits = digits(*number, estimate.unit, style);
            let suffix = if estimate.unit == Unit::Sessions { sessions(&digits) } else { suffix(estimate.unit, style) };
            format!("{digits}{suffix}")
        }
        Value::Day(day) => date::day(*day),
        Value::List(list) => format!("{} values", count(list.len())),
        Value::IntervalOnly => interval.clone().unwrap_or_else(|| MISSING.to_owned()),
    };
    let is_interval = matches!(estimate.value, Value::IntervalOnly);
    let direction = match estimate.value {
        Value::Number(_) if style.is_change() => Some(direction(&text)),
        _ => None,
    };
    FigureText {
        text,
        interval: interval.filter(|_| !is_interval),
        title: format!("{}; n {}; {}", estimate.method, count(estimate.n), date::span(estimate.from, estimate.to)),
        reason: None,
        direction,
    }
}

fn direction(text: &str) -> Direction {
    match text.chars().next() {
        Some('+') => Direction::Up,
        Some(super::MINUS) => Direction::Down,
        _ => Direction::Flat,
    }
}

fn interval_text(interval: Interval, unit: Unit, style: Style) -> String {
    let Interval { low, high } = interval;
    format!("[{}, {}]{}", bound(low, high, unit, style), bound(high, low, unit, style), suffix(unit, style))
}

/// A bound; one that would read as zero while both lie on one side of it keeps its first digit that does not.
fn bound(value: f64, other: f64, unit: Unit, style: Style) -> String {
    let is_bare = style == Style::Number || (style == Style::Plain && unit == Unit::Correlation);
    if is_bare && value.abs() < 0.005 && value * other > 0.0 {
        return significant(value, 1);
    }
    digits(value, unit, style)
}

/// The digits of a number without its unit.
fn digits(value: f64, unit: Unit, style: Style) -> String {
    match style {
        Style::Factor => fixed(value.exp(), 2),
        Style::Share => fixed(value * 100.0, usize::from((value * 100.0).abs() < 9.95)),
        Style::Slope => signed(value * 100.0, 2),
        Style::Significant => significant(value, 4),
        Style::Number => fixed(value, 2),
        Style::SignedNumber => signed(value, 2),
        Style::BasisPoints => fixed(value * 100.0, 0),
        Style::SignedBasisPoints => signed(value * 100.0, 0),
        Style::Plain => plain(value, unit),
        Style::Change => change(value, unit, 2),
        Style::Tile => change(value, unit, 1),
    }
}

fn plain(value: f64, unit: Unit) -> String {
    match unit {
        Unit::Fraction => fixed(value * 100.0, decimals_of_share(value, 2)),
        Unit::Correlation | Unit::Log => fixed(value, 2),
        Unit::Probability if value > 0.0 && value < 0.001 => "< 0.001".to_owned(),
        Unit::Probability => fixed(value, if value < 0.01 { 3 } else { 2 }),
        Unit::Ratio => significant(value, 4),
        Unit::Days | Unit::Sessions | Unit::Count => {
            let is_whole = (value - value.round()).abs() < 1e-9;
            fixed(value, usize::from(!is_whole))
        }
        Unit::Stdevs => signed(value, 2),
        Unit::Date => fixed(value, 0),
        Unit::Own(own) => level(value, own),
    }
}

fn change(value: f64, unit: Unit, decimals: usize) -> String {
    match unit {
        Unit::Fraction => signed(value * 100.0, decimals_of_share(value, decimals)),
        Unit::Own(MetricUnit::Usd | MetricUnit::Jpy | MetricUnit::Index | MetricUnit::Percent | MetricUnit::Points) => {
            signed(value, 2)
        }
        Unit::Own(MetricUnit::UsdMillions | MetricUnit::Count | MetricUnit::Flag) => signed(value, 0),
        Unit::Ratio => format!("{}{}", if value > 0.0 { "+" } else { "" }, significant(value, 4)),
        _ => signed(value, 2),
    }
}

fn suffix(unit: Unit, style: Style) -> &'static str {
    match (style, unit) {
        (Style::BasisPoints | Style::SignedBasisPoints, _) => " bp",
        (Style::Share | Style::Slope, _) | (Style::Plain | Style::Change | Style::Tile, Unit::Fraction) => " %",
        (Style::Change | Style::Tile, Unit::Own(MetricUnit::Percent | MetricUnit::Points)) => " pp",
        _ => "",
    }
}

fn sessions(digits: &str) -> &'static str {
    if digits == "1" { " session" } else { " sessions" }
}

fn decimals_of_share(fraction: f64, at_most: usize) -> usize {
    if (fraction.abs() * 1e4).round() >= 1e4 { at_most.min(1) } else { at_most }
}

#[cfg(test)]
mod tests {
    use convex_core::Day;

    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn estimate(value: f64, unit: Unit) -> Estimate {
        Estimate {
            value: Value::Number(value),
            interval: None,
            unit,
            n: 62,
            from: day("2025-10-03"),
            to: day("2025-12-31"),
            method: "observations of the last 90 days",
        }
    }

    #[test]
    fn figures_as_read() {
        let usd = Unit::Own(MetricUnit::Usd);
        let rate = Unit::Own(MetricUnit::Percent);
        let table = [
            (480.57, usd, Style::Plain, "480.57"),
            (0.033_239, Unit::Fraction, Style::Change, "+3.32 %"),
            (0.033_239, Unit::Fraction, Style::Tile, "+3.3 %"),
            (-0.000_1, Unit::Fraction, Style::Tile, "0.0 %"),
            (1.5, Unit::Fraction, Style::Change, "+150.0 %"),
            (0.114_541, Unit::Fraction, Style::Plain, "11.45 %"),
            (0.773_614, Unit::Correlation, Style::Plain, "0.77"),
            (-0.8, Unit::Correlation, Style::Plain, "−0.80"),
            (1.952_267, Unit::Ratio, Style::Plain, "1.952"),
            (0.452_3, Unit::Ratio, Style::Number, "0.45"),
            (0.867_2, Unit::Stdevs, Style::Plain, "+0.87"),
            (-0.274_7, Unit::Fraction, Style::SignedNumber, "−0.27"),
            (4.18, rate, Style::Plain, "4.18"),
            (-0.04, rate, Style::SignedBasisPoints, "−4 bp"),
            (0.001, rate, Style::SignedBasisPoints, "0 bp"),
            (0.98, rate, Style::BasisPoints, "98 bp"),
            (0.2, rate, Style::Change, "+0.20 pp"),
            (6_438.0, Unit::Count, Style::Plain, "6,438"),
            (4.6258, Unit::Sessions, Style::Plain, "4.6 sessions"),
            (1.0, Unit::Sessions, Style::Plain, "1 session"),
            (0.743_5, Unit::Fraction, Style::Share, "74 %"),
            (0.031, Unit::Fraction, Style::Share, "3.1 %"),
            (0.000_02, Unit::Probability, Style::Plain, "< 0.001"),
            (-0.274_4, Unit::Log, Style::Factor, "0.76"),
            (0.004, Unit::Probability, Style::Plain, "0.004"),
        ];
        for (value, unit, style, expected) in table {
            assert_eq!(figure(&Ok(estimate(value, unit)), style).text, expected, "{value} {unit:?} {style:?}");
        }
    }

    #[test]
    fn an_interval_is_printed_in_the_style_of_its_estimate() {
        let mut spearman = estimate(0.773_614, Unit::Correlation);
        spearman.interval = Some(Interval { low: 0.697_343, high: 0.832_561 });
        let shown = figure(&Ok(spearman.clone()), Style::Plain);
        assert_eq!(shown.interval.as_deref(), Some("[0.70, 0.83]"));
        assert_eq!(shown.title, "observations of the last 90 days; n 62; 3 Oct to 31 Dec 2025");

        spearman.value = Value::IntervalOnly;
        let alone = figure(&Ok(spearman), Style::Plain);
        assert_eq!((alone.text.as_str(), alone.interval), ("[0.70, 0.83]", None));
    }

    #[test]
    fn a_missing_figure_is_a_dash_with_its_reason() {
        let shown = figure(&Err(Unavailable::TooFew { have: 12, need: 20 }), Style::Tile);
        assert_eq!(shown.text, "—");
        assert_eq!(shown.reason.as_deref(), Some("too few: 12, 20 needed"));
        assert_eq!(figure_or_missing(None, Style::Plain).reason.as_deref(), Some("not computed for this pair"));
    }

    #[test]
    fn a_reason_is_a_sentence() {
        let table = [
            (Unavailable::Itself, "a series is not compared with itself"),
            (Unavailable::NoOverlap, "no overlap: the two series share fewer than two days"),
            (Unavailable::NoObservations("xlk".to_owned()), "no observations of xlk"),
            (Unavailable::Constant, "constant: the values do not vary"),
        ];
        for (unavailable, expected) in table {
            assert_eq!(why(&unavailable), expected);
        }
    }

    #[test]
    fn a_change_has_a_direction() {
        let of = |value| figure(&Ok(estimate(value, Unit::Fraction)), Style::Tile).direction;
        assert_eq!(of(0.01), Some(Direction::Up));
        assert_eq!(of(-0.01), Some(Direction::Down));
        assert_eq!(of(0.000_1), Some(Direction::Flat));
        assert_eq!(figure(&Ok(estimate(1.0, Unit::Ratio)), Style::Plain).direction, None);
    }
}
