//! Time and memory of a screen: `cargo run --release -p convex-core --example screen_cost -- SERIES DAYS [STAGGER] [HOLE]`.

mod walks;

use std::time::Instant;

use convex_core::screen::{Control, Ranking, rank};

fn main() {
    let arguments: Vec<f64> = std::env::args().skip(1).filter_map(|text| text.parse().ok()).collect();
    let at = |place: usize, otherwise: f64| arguments.get(place).copied().unwrap_or(otherwise);
    let hole = arguments.get(3).copied();
    let members = walks::walks(at(0, 2_000.0) as usize, at(1, 2_520.0) as usize, at(2, 0.0) as usize, hole);
    for by in Ranking::ALL {
        let (cpu, wall) = (processor_seconds(), Instant::now());
        let found = rank(&members, by, 20, false, Control::default());
        let pairs = found.as_ref().map_or(0, |found| found.pairs);
        println!(
            "{:<12} {pairs} pairs: {:.3} s, {:.3} s of processor, {} MB at most",
            by.key(),
            wall.elapsed().as_secs_f64(),
            processor_seconds() - cpu,
            peak_megabytes()
        );
    }
}

/// User and system time of this process, where the kernel tells.
fn processor_seconds() -> f64 {
    let text = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = text.rsplit(')').next().unwrap_or_default();
    let field =
        |place: usize| after_name.split_whitespace().nth(place).and_then(|text| text.parse().ok()).unwrap_or(0.0);
    (field(11) + field(12)) / 100.0
}

fn peak_megabytes() -> u64 {
    let text = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok()).unwrap_or(0) / 1024
}
