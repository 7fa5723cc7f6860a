//! Alerts over the sample market: the path of a figure is what pages of past days showed, and a preview is what would
//! have been sent.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::Arc;

use convex_core::alert::{Ground, Reading, Rule, Standing, Wants, Watch, evaluate, metric_path, pair_path, preview};
use convex_core::catalog::{Catalog, Metric};
use convex_core::compare::{Leg, Options, References, compare, leg_figures};
use convex_core::sample;
use convex_core::{Basis, Day, Series};

struct World {
    market: Vec<(Arc<Metric>, Series)>,
}

impl World {
    fn new() -> Self {
        let catalog = Catalog::builtin();
        let market = sample::market(sample::SEED, sample::first_day(), "2007-12-31".parse().unwrap());
        let known = market.into_iter().filter_map(|one| Some((catalog.metric(one.id)?.clone(), one.series)));
        Self { market: known.collect() }
    }

    fn get(&self, id: &str) -> Option<(&Metric, &Series)> {
        self.market.iter().find(|(metric, _)| metric.id == id).map(|(metric, series)| (metric.as_ref(), series))
    }

    fn leg(&self, id: &str) -> Leg {
        let (metric, series) = self.market.iter().find(|(metric, _)| metric.id == id).unwrap().clone();
        Leg { metric, series, provider: None, version: 1, total_return: None }
    }
}

/// The figure on the page of a past day.
fn on_page(world: &World, a: &str, b: &str, name: &str, day: Day) -> Option<f64> {
    let (leg_a, leg_b) = (world.leg(a), world.leg(b));
    let kind = Catalog::builtin().kind_of(&leg_a.metric, &leg_b.metric);
    let options = Options {
        kind,
        pair: None,
        as_of: Some(day),
        basis: Basis::Price,
        sample: true,
        references: References::default(),
    };
    compare(leg_a, leg_b, options).figures.number(name)
}

#[test]
fn the_path_of_a_pair_is_what_pages_of_past_days_showed() {
    let world = World::new();
    let mut checked = 0;
    for (a, b, names) in [
        (
            "dia",
            "iwm",
            &[
                "ratio.value",
                "ratio.z_1y",
                "ratio.z_90d",
                "ratio.change_90d",
                "ratio.percentile_all",
                "correlation.90d.pearson",
                "correlation.252obs.spearman",
                "beta.90d.beta",
                "divergence.z",
            ][..],
        ),
        ("iwm", "vixcls", &["ratio.z_1y", "correlation.90d.spearman", "beta.252obs.beta"][..]),
        ("dgs10", "dgs2", &["spread.value", "spread.z_1y", "correlation.252obs.pearson"][..]),
    ] {
        let ground = Ground::of(world.get(a).unwrap(), world.get(b).unwrap());
        for name in names {
            let path = pair_path(&ground, name, None).unwrap();
            let n = path.readings.len();
            for (day, value) in [path.readings[n * 2 / 3], path.readings[n - 40], path.readings[n - 1]] {
                let shown =
                    on_page(&world, a, b, name, day).unwrap_or_else(|| panic!("{a}/{b} {name} {day} has no figure"));
                assert!((shown - value).abs() <= 1e-9 * shown.abs().max(1e-3), "{a}/{b} {name} {day}: {value} {shown}");
                checked += 1;
            }
            let tail = pair_path(&ground, name, Some(path.readings[n - 4].0)).unwrap();
            assert_eq!(tail.readings.len(), 3, "{name}");
            for (new, old) in tail.readings.iter().zip(&path.readings[n - 3..]) {
                assert!(new.0 == old.0 && (new.1 - old.1).abs() <= 1e-9 * old.1.abs().max(1e-3), "{name}");
            }
        }
    }
    assert_eq!(checked, 45);
}

#[test]
fn the_path_of_a_metric_waits_for_its_publication() {
    let world = World::new();
    let (metric, series) = world.get("unrate").unwrap();
    let path = metric_path(metric, series, "change.1obs", None).unwrap();
    for (day, value) in [path.readings[10], path.readings[path.readings.len() - 1]] {
        let of = |day: Day| {
            let known = convex_core::align::public_by(metric, series, day);
            leg_figures("", metric, &known).number("change.1obs").unwrap()
        };
        assert_eq!(of(day).to_bits(), value.to_bits());
        assert_ne!(
            convex_core::align::public_by(metric, series, day - 1).len(),
            convex_core::align::public_by(metric, series, day).len()
        );
    }
}

#[test]
fn a_preview_is_what_closes_one_by_one_would_have_sent() {
    let world = World::new();
    for text in [
        "dia-vs-iwm: ratio.z_1y above 2 for 3 closes",
        "dia-vs-iwm: correlation.90d.pearson below 0.7",
        "vixcls: value above 25 until below 18",
        "spy: -3 % in 5 sessions",
        "dgs10-vs-dgs2: +20 bp in 10 sessions",
        "unrate: change.1obs above 0.1",
    ] {
        let rule = Rule::parse(text, None).unwrap();
        let seen = preview(&rule, |id| world.get(id)).unwrap().unwrap();
        let mut standing = [Standing { rule: rule.clone(), watch: Watch::default() }];
        let mut sent = Vec::new();
        // A process that looks every 90 days must find the same as one that looks every day.
        let mut day = seen.from;
        while day < seen.to + 90 {
            let cut: Vec<(Arc<Metric>, Series)> = world
                .market
                .iter()
                .map(|(metric, series)| (metric.clone(), convex_core::align::public_by(metric, series, day)))
                .collect();
            let until = World { market: cut };
            let found = evaluate(&mut standing, |id| until.get(id), &Wants::default());
            assert!(found.bad.is_empty());
            sent.extend(found.fired.into_iter().map(|(_, firing)| firing));
            day = day + 90;
        }
        assert_eq!(sent, seen.firings, "{text}");
        assert_eq!(standing[0].watch, seen.watch, "{text}");
        assert!(seen.firings.iter().all(|firing| matches!(firing.reading, Reading::Number(_))));
    }
}

#[test]
fn what_followed_is_told_beside_any_day() {
    let world = World::new();
    let rule = Rule::parse("vixcls: value above 20", None).unwrap();
    let seen = preview(&rule, |id| world.get(id)).unwrap().unwrap();
    assert!(seen.firings.len() > 5, "{}", seen.firings.len());
    let followed = seen.followed[0];
    assert!(followed.n <= seen.firings.len() && (0.0..=1.0).contains(&followed.up));
    // By hand: the share of alerts after which the index stood higher 21 observations later.
    let (_, series) = world.get("vixcls").unwrap();
    let later: Vec<bool> = seen
        .firings
        .iter()
        .filter_map(|firing| {
            let at = series.days().iter().position(|day| *day == firing.day)?;
            Some(series.values().get(at + 21)? > &series.values()[at])
        })
        .collect();
    let share = later.iter().filter(|up| **up).count() as f64 / later.len() as f64;
    assert_eq!((followed.horizon, followed.n), (21, later.len()));
    assert!((followed.up - share).abs() < 1e-12);
}

#[test]
fn a_size_that_does_not_fit_is_named() {
    let world = World::new();
    let rule = Rule::parse("spy: value above 50 bp", None).unwrap();
    let error = preview(&rule, |id| world.get(id)).unwrap_err().to_string();
    assert_eq!(error, "basis points do not fit a figure measured in USD: write the number alone");
}
