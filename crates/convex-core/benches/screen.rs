//! The screen of 2,000 series of 2,520 days: two million pairs.

#[path = "../examples/walks/mod.rs"]
mod walks;

use std::hint::black_box;

use convex_core::screen::{Control, Ranking, rank};
use criterion::{Criterion, criterion_group, criterion_main};

fn screens(c: &mut Criterion) {
    let mut group = c.benchmark_group("screen of 2000 series x 2520 days");
    group.sample_size(10);
    for (name, stagger, hole) in
        [("one calendar", 0, None), ("different beginnings", 1, None), ("one day in 100 missing", 0, Some(100.0))]
    {
        let members = walks::walks(2_000, 2_520, stagger, hole);
        group.bench_function(name, |bencher| {
            bencher.iter(|| rank(black_box(&members), Ranking::Change, 20, false, Control::default()));
        });
    }
    group.finish();
}

criterion_group!(benches, screens);
criterion_main!(benches);
