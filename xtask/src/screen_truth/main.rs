//! How often the tested list of a screen raises a false alarm, and how often it sees what is there, on simulated catalogues:
//! `cargo run --release -p xtask --example screen_truth -- [--samples N] [--draws N]`.

mod catalog;
#[path = "../truth/market.rs"]
#[allow(dead_code, reason = "the truth tests of single statistics use the rest")]
mod market;

use std::io::Write as _;

use anyhow::Result;
use catalog::{Catalogue, Truth};
use clap::Parser;
use convex_stats::divergence::trailing_z;
use convex_stats::screen::{Drawn, FamilyPair, Question, Worlds, family_tests, judge};
use market::{Law, Random, walk};
use rayon::prelude::*;

#[derive(Parser)]
struct Args {
    /// Catalogues a cell.
    #[arg(long, default_value_t = 1_000)]
    samples: u64,
    /// Resampled worlds a catalogue.
    #[arg(long, default_value_t = 1_000)]
    draws: usize,
    /// Days of history.
    #[arg(long, default_value_t = 1_500)]
    days: usize,
    /// Mean length of a stretch, in days.
    #[arg(long, default_value_t = 21.0)]
    stretch: f64,
}

/// What one catalogue showed.
#[derive(Clone, Copy, Default)]
struct Seen {
    /// Tests made.
    tests: u64,
    /// Tests whose own p is at most 0.05, by question.
    own: [u64; 3],
    /// Tests that pass the family, by question.
    family: [u64; 3],
    /// Whether a test passes that should not.
    false_alarm: bool,
    /// Share of false tests among those that pass by Benjamini and Yekutieli.
    false_share: f64,
    /// True effects, and those that pass.
    effects: u64,
    found: u64,
}

fn main() -> Result<()> {
    let args = Args::parse();
    let cells = [
        (Law::Independent, Truth::Calm),
        (Law::Normal, Truth::Calm),
        (Law::Student(8), Truth::Calm),
        (Law::Student(5), Truth::Calm),
        (Law::Student(8), Truth::Broken(3, 0.7)),
        (Law::Student(8), Truth::Broken(3, 0.4)),
        (Law::Student(8), Truth::Broken(3, 0.0)),
        (Law::Student(8), Truth::Stretched(2, 15.0)),
        (Law::Student(8), Truth::Stretched(2, 30.0)),
        (Law::Student(8), Truth::Stretched(2, 60.0)),
    ];
    let mut out = std::io::stdout();
    writeln!(
        out,
        "law, truth, catalogues, any false alarm, own p <= 0.05 by question, passed a catalogue by question, false share (BY), effects seen"
    )?;
    for (law, truth) in cells {
        let one = |sample: u64| look(&args, law, truth, sample);
        let seen: Vec<Seen> = (0..args.samples).into_par_iter().map(one).collect();
        let sum = |value: &dyn Fn(&Seen) -> f64| seen.iter().map(value).sum::<f64>();
        let catalogues = seen.len() as f64;
        let share = |at: usize| sum(&|seen| seen.own[at] as f64) / sum(&|seen| (seen.tests / 3) as f64);
        let passed = |at: usize| sum(&|seen| seen.family[at] as f64) / catalogues;
        let power = sum(&|seen| seen.found as f64) / sum(&|seen| seen.effects as f64).max(1.0);
        writeln!(
            out,
            "{}, {truth:?}, {catalogues}, {:.4}, {:.3} {:.3} {:.3}, {:.4} {:.4} {:.4}, {:.4}, {power:.3}",
            law.name(),
            sum(&|seen| f64::from(u8::from(seen.false_alarm))) / catalogues,
            share(0),
            share(1),
            share(2),
            passed(0),
            passed(1),
            passed(2),
            sum(&|seen| seen.false_share) / catalogues,
        )?;
        out.flush()?;
    }
    Ok(())
}

fn look(args: &Args, law: Law, truth: Truth, sample: u64) -> Seen {
    let mut random = Random::of(&format!("screen {} {truth:?}", law.name()), sample);
    let catalogue = Catalogue::new(law, truth, args.days, &mut random);
    let times: Vec<i32> = (0..args.days as i32).collect();
    let worlds = Worlds::draw(
        (args.days as i32 - 1_260).max(0),
        args.days as i32 - 1,
        args.stretch,
        400,
        args.draws,
        random.seed(),
    );
    // Whether a test may find something, and whether it is one of those that should.
    let tests: Vec<(bool, bool, Drawn)> = catalogue
        .pairs
        .iter()
        .enumerate()
        .flat_map(|(at, (a, b))| {
            let legs = [*a, *b].map(|leg| &catalogue.changes[leg]);
            let gap = walk(legs[0].iter().zip(legs[1]).map(|(a, b)| a - b));
            let z = trailing_z(&gap).ok().and_then(|z| z.last().copied());
            let pair = FamilyPair { times: &times, a: legs[0], b: legs[1], gap: z };
            let is_true = |question: Question| match (truth, question) {
                // Every pair with a broken leg, or one that moved, has changed in more ways than one.
                (Truth::Broken(count, _), _) => {
                    let broken: Vec<usize> = catalogue.pairs[..count].iter().map(|(_, b)| *b).collect();
                    at < count || broken.contains(a) || broken.contains(b)
                }
                (Truth::Stretched(count, _), _) => (*a < count) != (*b < count),
                (Truth::Calm, _) => false,
            };
            let is_named = match truth {
                Truth::Broken(count, _) => at < count,
                _ => is_true(Question::Divergence),
            };
            let tests = family_tests(pair, &worlds).into_iter().flatten();
            tests.map(move |test| (is_true(test.question), is_named, test)).collect::<Vec<_>>()
        })
        .collect();
    let judged = judge(&tests.iter().map(|(_, _, test)| test).collect::<Vec<_>>());
    let mut seen = Seen { tests: tests.len() as u64, ..Seen::default() };
    let (mut passed_by, mut false_by) = (0.0, 0.0);
    for ((is_true, is_named, test), judged) in tests.iter().zip(&judged) {
        let question = test.question as usize;
        let passes = judged.p_family <= 0.05;
        seen.own[question] += u64::from(judged.p <= 0.05);
        seen.family[question] += u64::from(passes);
        seen.false_alarm |= passes && !is_true;
        if judged.q <= 0.05 {
            passed_by += 1.0;
            false_by += f64::from(u8::from(!is_true));
        }
        let wanted = match truth {
            Truth::Broken(..) => Question::Correlation,
            _ => Question::Divergence,
        };
        if *is_named && test.question == wanted {
            seen.effects += 1;
            seen.found += u64::from(passes);
        }
    }
    seen.false_share = if passed_by > 0.0 { false_by / passed_by } else { 0.0 };
    seen
}
