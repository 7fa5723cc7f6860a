//! What a preview says, in sentences.

use convex_core::Day;
use convex_core::alert::{Followed, Preview, Reading, Rule, Subject};
use convex_core::catalog::{Catalog, ChangeKind, Metric};
use convex_core::figure::{Estimate, Unit};

use crate::format::{self, Measure, Style};

/// What a rule saw, as its figure is read.
pub fn reading_words(rule: &Rule, reading: &Reading, unit: Unit, day: Day, catalog: &Catalog) -> String {
    match reading {
        Reading::Word(word) => word.replace('-', " "),
        Reading::Late(_) => "an observation is overdue".to_owned(),
        Reading::Number(value) => {
            let measure = match &rule.subject {
                Subject::Metric(id) => catalog.metric(id).map_or(Measure::Percent, |metric| Measure::of(metric)),
                Subject::Pair(a, _) => catalog.metric(a).map_or(Measure::Percent, |metric| Measure::of(metric)),
            };
            let is_move = matches!(rule.condition, convex_core::alert::Condition::Move { .. });
            let style = match rule.figure() {
                _ if is_move => Style::of("change.1obs", measure),
                Some(name) => Style::of(name, measure),
                None => Style::Plain,
            };
            format::figure(&Estimate::number(*value, unit, 1, (day, day), "observation"), style).text
        }
    }
}

/// The sentences of a preview: how often, how far apart, what followed beside any day.
pub fn preview_words(preview: &Preview, subject: &str, metric: Option<&Metric>) -> Vec<String> {
    let count = preview.firings.len();
    let since = format::day(preview.from);
    let looked = format!("{} from {since} to {}", format::plural(preview.days, "day"), format::day(preview.to));
    if count == 0 {
        return vec![format!("It would not have fired once on {looked}.")];
    }
    let mut said = vec![match preview.median_apart {
        Some(apart) => format!(
            "It would have fired {} times since {since}, half of them within {} of the one before; {} a week on average.",
            format::count(count),
            format::plural(apart.round() as usize, "session"),
            format::significant(preview.a_week(), 2)
        ),
        None => format!("It would have fired once on {looked}."),
    }];
    said.extend(preview.followed.iter().map(|after| followed(after, subject, metric)));
    let days: Vec<String> = preview.firings.iter().rev().take(5).map(|firing| format::day(firing.day)).collect();
    said.push(format!("Last: {}.", days.join(", ")));
    said.push(
        "Past values are the latest revision of each; that something followed does not mean that it will.".to_owned(),
    );
    said
}

fn followed(after: &Followed, subject: &str, metric: Option<&Metric>) -> String {
    let change = |value: f64| match (after.kind, metric.map(Measure::of)) {
        (ChangeKind::Log, _) => format!("{} %", format::signed(value * 100.0, 1)),
        (ChangeKind::Difference, Some(Measure::Own)) => format::signed(value, 2),
        (ChangeKind::Difference, _) => format!("{} bp", format::signed(value * 100.0, 0)),
    };
    let share = |value: f64| format!("{} %", format::fixed(value * 100.0, 0));
    format!(
        "{} sessions later {subject} had moved {} at the median and stood higher in {} of {} cases; after any day {} and {}.",
        after.horizon,
        change(after.median),
        share(after.up),
        after.n,
        change(after.any_median),
        share(after.any_up),
    )
}
