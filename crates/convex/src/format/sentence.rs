//! Sentences of claims as text: words as they stand, figures as they are printed everywhere else.

use convex_core::claim::{Part, Print, Sentence};
use convex_core::compare::Comparison;
use convex_core::figure::{Figure, Interval, Value};

use super::{FigureText, Measure, Style, figure_or_missing, fixed, month_year};

/// A sentence as plain text.
pub fn sentence(sentence: &Sentence, of: &Comparison) -> String {
    let mut text = String::new();
    for part in sentence.parts() {
        match part {
            Part::Words(words) | Part::Strong(words) => text.push_str(words),
            Part::Since(name) => text.push_str(&since(name, of)),
            Part::Figure { name, print, interval } => {
                let found = in_sentence(name, *print, of);
                text.push_str(&found.text);
                if let (true, Some(interval)) = (interval, &found.interval) {
                    text.push(' ');
                    text.push_str(interval);
                }
            }
        }
    }
    text
}

/// Month and year of the first observation behind a figure.
pub fn since(name: &str, of: &Comparison) -> String {
    of.figures.estimate(name).map_or_else(|| super::MISSING.to_owned(), |estimate| month_year(estimate.from))
}

/// A figure as a sentence prints it.
pub fn in_sentence(name: &str, print: Print, of: &Comparison) -> FigureText {
    let figure = of.figures.get(name);
    match print {
        Print::Usual => figure_or_missing(figure, style(name, of)),
        Print::Factor => figure_or_missing(figure, Style::Factor),
        Print::Percent => restated(figure, percent, " %"),
        Print::Whole => restated(figure, |value| fixed(value, 0), ""),
        Print::Tens => restated(figure, |value| fixed((value / 10.0).round() * 10.0, 0), ""),
        Print::TurnedPercent => turned(figure),
        Print::PercentPerTenth => restated(figure, |value| fixed(value * 10.0, 2), " %"),
        Print::Magnitude => restated(figure, |value| fixed(value.abs(), 2), ""),
    }
}

/// Shares in whole per cent, one decimal below ten.
fn percent(value: f64) -> String {
    let hundred = value * 100.0;
    fixed(hundred, usize::from(hundred.abs() < 9.95))
}

/// A share with its sign turned, and its interval with it.
fn turned(figure: Option<&Figure>) -> FigureText {
    let turned = figure.cloned().map(|figure| {
        figure.map(|mut estimate| {
            if let Value::Number(value) = &mut estimate.value {
                *value = -*value;
            }
            estimate.interval = estimate.interval.map(|Interval { low, high }| Interval { low: -high, high: -low });
            estimate
        })
    });
    restated(turned.as_ref(), percent, " %")
}

/// The digits another way; the unit stands once, after number or interval.
fn restated(figure: Option<&Figure>, print: impl Fn(f64) -> String, unit: &str) -> FigureText {
    let mut text = figure_or_missing(figure, Style::Number);
    if let Some(Ok(estimate)) = figure {
        if let Value::Number(value) = estimate.value {
            text.text = format!("{}{unit}", print(value));
        }
        let interval = |Interval { low, high }| format!("[{}, {}]{unit}", print(low), print(high));
        text.interval = estimate.interval.map(interval);
    }
    text
}

/// The style a figure of a comparison is read in.
pub fn style(name: &str, of: &Comparison) -> Style {
    let measure = match name.split('.').next() {
        Some("a" | "spread") => Measure::of(&of.a.metric),
        Some("b") => Measure::of(&of.b.metric),
        _ => Measure::Percent,
    };
    Style::of(name, measure)
}
