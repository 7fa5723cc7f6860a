//! A whole comparison: every figure and claim of one pair over 22 simulated years of days, on one thread.

use std::hint::black_box;
use std::sync::Arc;

use convex_core::Basis;
use convex_core::catalog::Catalog;
use convex_core::compare::{Leg, Options, References, compare};
use convex_core::panel::{self, Range, Shading, Span, panels};
use convex_core::sample;
use criterion::{Criterion, criterion_group, criterion_main};

fn whole_comparison(criterion: &mut Criterion) {
    let market = sample::market(sample::SEED, sample::first_day(), "2025-12-31".parse().expect("a day"));
    let series = |id: &str| market.iter().find(|one| one.id == id).expect("in the sample market").series.clone();
    let catalog = Catalog::builtin();
    let leg = |id: &str| Leg {
        metric: Arc::clone(catalog.metric(id).expect("in the catalogue")),
        series: series(id),
        provider: None,
        version: 1,
        total_return: None,
    };
    let mut references = References::default();
    for id in References::IDS {
        if let Some(one) = market.iter().find(|one| one.id == id) {
            references.put(id, one.series.clone());
        }
    }
    let mut group = criterion.benchmark_group("comparison");
    group.sample_size(20);
    for (a, b) in [("dia", "iwm"), ("iwm", "vixcls"), ("gold", "iwm")] {
        let options = Options {
            kind: catalog.kind_of(&leg(a).metric, &leg(b).metric),
            pair: catalog.pair(a, b).cloned(),
            as_of: None,
            basis: Basis::Price,
            sample: true,
            references: references.clone(),
        };
        group.bench_function(format!("{a}-vs-{b}"), |bench| {
            bench.iter(|| compare(black_box(leg(a)), leg(b), options.clone()));
        });
        let comparison = compare(leg(a), leg(b), options);
        group.bench_function(format!("{a}-vs-{b}, charts of all history"), |bench| {
            let asked = panel::Options { span: Span::Range(Range::Max), ..panel::Options::default() };
            bench.iter(|| panels(black_box(&comparison), asked, &Shading::of(&references)));
        });
    }
    group.finish();
}

criterion_group!(benches, whole_comparison);
criterion_main!(benches);
