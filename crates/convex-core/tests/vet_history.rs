//! Vetting on real history, where that is at hand: nothing genuine is held back when it comes, what is corrupted is.
#![expect(clippy::unwrap_used, reason = "tests")]

mod history_support;

use convex_core::catalog::Metric;
use convex_core::vet::{Caution, Offer, Point, Quarantined, Verdict, vet};
use convex_core::{Day, Series};
use history_support::{end_of, folder, history, metrics, series};

/// What the files hold that is not genuine: a feed of VXN that stood still for seven sessions while the Nasdaq moved, and
/// prints of the first months of VVIX at a third of its level.
const NOT_GENUINE: [(&str, &str, &str); 9] = [
    ("vvix", "2006-03-15", "implausible"),
    ("vvix", "2006-03-16", "implausible"),
    ("vvix", "2006-03-17", "implausible"),
    ("vvix", "2006-03-20", "implausible"),
    ("vvix", "2006-03-21", "implausible"),
    ("vvix", "2006-11-13", "implausible"),
    ("vxn", "2017-02-16", "frozen"),
    ("vxn", "2017-02-17", "frozen"),
    ("vxn", "2017-02-21", "frozen"),
];

fn shown(metric: &Metric, held: &[Quarantined]) -> Vec<(String, String, &'static str)> {
    held.iter().map(|held| (metric.id.clone(), held.point.day.to_string(), held.reason.key())).collect()
}

fn check(found: &[(String, String, &'static str)]) {
    let mut found: Vec<_> = found.iter().map(|(id, day, reason)| (id.as_str(), day.as_str(), *reason)).collect();
    found.sort_unstable();
    assert_eq!(found, NOT_GENUINE);
}

/// Judges some days as they came, each with what came before it.
fn as_they_came(metric: &Metric, points: &[Point], days: impl Iterator<Item = usize>) -> Vec<Quarantined> {
    let is_bad =
        |point: &Point| NOT_GENUINE.contains(&(metric.id.as_str(), point.day.to_string().as_str(), "implausible"));
    let mut held = Vec::new();
    for at in days {
        let from = at.saturating_sub(800);
        let before: Vec<Point> = points[from..at].iter().copied().filter(|point| !is_bad(point)).collect();
        let offer = Offer::of(&points[at..=at], end_of(points[at].day));
        held.extend(vet(metric, &series(&before), &offer).quarantined);
    }
    held
}

/// Days that a rule could stumble over: large changes, repeats, odd days. In an optimised build every day is one.
fn suspects(points: &[Point]) -> Vec<usize> {
    if !cfg!(debug_assertions) {
        return (0..points.len()).collect();
    }
    let size = |at: usize| ((points[at].value - points[at - 1].value) / points[at - 1].value.abs().max(0.1)).abs();
    let mut days: Vec<usize> = (1..points.len()).collect();
    days.sort_by(|one, other| size(*other).total_cmp(&size(*one)));
    days.truncate(20);
    days.extend(
        (5..points.len()).filter(|at| (1..5).all(|back| points[at - back].value.total_cmp(&points[*at].value).is_eq())),
    );
    days.sort_unstable();
    days.dedup();
    days
}

#[test]
fn nothing_genuine_is_held_back_when_it_comes() {
    let Some(folder) = folder() else { return };
    let mut found = Vec::new();
    for metric in metrics(&folder) {
        let points = history(&folder, &metric.id);
        let held = as_they_came(metric, &points, suspects(&points).into_iter());
        found.extend(shown(metric, &held));
    }
    found.retain(|(id, day, _)| {
        NOT_GENUINE.iter().all(|(bad, on, _)| (id, day) != (&(*bad).to_owned(), &(*on).to_owned()))
    });
    assert_eq!(found, []);
}

#[test]
fn nothing_genuine_is_held_back_in_one_answer() {
    let Some(folder) = folder() else { return };
    let mut found = Vec::new();
    for metric in metrics(&folder) {
        let points = history(&folder, &metric.id);
        let vetted = vet(metric, &Series::empty(), &Offer { whole: true, ..Offer::of(&points, end_of(Day::MAX - 1)) });
        assert_eq!(vetted.verdict, Verdict::Publish, "{}", metric.id);
        assert_eq!(vetted.accepted.len() + vetted.quarantined.len(), points.len());
        found.extend(shown(metric, &vetted.quarantined));
        for (day, caution) in vetted.cautions {
            if !matches!(caution, Caution::OffDay { .. }) {
                println!("{} {day}: {}", metric.id, caution.words());
            }
        }
    }
    check(&found);
}
