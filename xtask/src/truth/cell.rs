//! A cell: statistics of one simulated market at one length, asked of many samples.

use std::time::Instant;

use rayon::prelude::*;

use crate::market::Random;
use crate::progress::Progress;

/// What a share is held against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Share of 95 % intervals that hold the truth.
    Coverage,
    /// Share of samples in which a 5 % test rejects a true null.
    Size,
    /// Share of pages without any effect on which some test passes within its family.
    Family,
    /// Share of samples in which a true effect is found.
    Power,
    /// Share of samples that naive practice misleads.
    Naive,
    /// Mean of a number, which is no share.
    Mean,
}

impl Kind {
    /// Shares that keep the promise; no promise is made about power.
    pub(crate) fn promise(self) -> Option<(f64, f64)> {
        match self {
            Self::Coverage => Some((0.93, 0.97)),
            Self::Size => Some((0.035, 0.065)),
            Self::Family => Some((0.0, 0.065)),
            Self::Power | Self::Naive | Self::Mean => None,
        }
    }
}

/// One statistic of a cell.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Measure {
    /// Its name, unique within the cell.
    pub(crate) name: &'static str,
    /// What its share is held against.
    pub(crate) kind: Kind,
}

/// What one sample says to each measure: 1 or 0 for a share, a number for a mean, nothing where it was not asked or has no
/// value.
pub(crate) type Answers = Vec<Option<f64>>;

/// Makes a sample and asks it.
pub(crate) type Sampler = Box<dyn Fn(&mut Random, usize) -> Answers + Sync>;

/// A cell of the plan.
pub(crate) struct Cell {
    /// Its name, which seeds its samples.
    pub(crate) name: String,
    /// The simulated truth, in words.
    pub(crate) truth: String,
    /// Observations in a sample.
    pub(crate) n: usize,
    /// What is asked.
    pub(crate) measures: Vec<Measure>,
    /// Prepares the sampler; truths without closed form are simulated here, once.
    pub(crate) prepare: Box<dyn Fn() -> Sampler + Sync>,
}

/// Count and sum of the answers to one measure.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Tally {
    /// Samples that answered.
    pub(crate) of: usize,
    /// Sum of the answers: for a share, the samples that said yes.
    pub(crate) sum: f64,
}

/// What a cell found.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Finished {
    /// Name of the cell.
    pub(crate) cell: String,
    /// Samples made.
    pub(crate) samples: usize,
    /// Seconds it took.
    pub(crate) seconds: f64,
    /// What was asked, in order.
    pub(crate) measures: Vec<String>,
    /// One for each measure, in order.
    pub(crate) tallies: Vec<Tally>,
}

impl Cell {
    /// Names of what is asked.
    pub(crate) fn names(&self) -> Vec<&'static str> {
        self.measures.iter().map(|measure| measure.name).collect()
    }

    /// Whether an earlier run asked this cell the same.
    pub(crate) fn is(&self, known: &Finished) -> bool {
        known.cell == self.name && known.measures == self.names()
    }

    /// Runs the samples that `known`, an earlier run of this cell, lacks. A sample's numbers come from the cell's name and
    /// its own number, and answers are added in order, so nothing depends on threads or on where an earlier run stopped.
    pub(crate) fn run(&self, samples: usize, known: Option<&Finished>, progress: &Progress) -> Finished {
        let begun = Instant::now();
        let made = known.map_or(0, |known| known.samples);
        let sampler = (self.prepare)();
        let measures = self.measures.len();
        let name = self.name.as_str();
        let answers: Vec<Answers> = (made..samples)
            .into_par_iter()
            .map(|sample| {
                let answers = sampler(&mut Random::of(name, sample as u64), sample);
                assert_eq!(answers.len(), measures, "every measure of {name} is answered");
                progress.step(name);
                answers
            })
            .collect();
        let mut tallies = known.map_or_else(|| vec![Tally::default(); measures], |known| known.tallies.clone());
        for answers in &answers {
            for (tally, answer) in tallies.iter_mut().zip(answers) {
                if let Some(answer) = answer {
                    tally.of += 1;
                    tally.sum += answer;
                }
            }
        }
        let seconds = known.map_or(0.0, |known| known.seconds) + begun.elapsed().as_secs_f64();
        let measures = self.names().into_iter().map(str::to_owned).collect();
        Finished { cell: self.name.clone(), samples, seconds, measures, tallies }
    }
}

/// 1 for yes, 0 for no.
pub(crate) fn yes(holds: bool) -> f64 {
    f64::from(u8::from(holds))
}

/// Whether a test rejects at 5 %.
pub(crate) fn rejects(p: f64) -> f64 {
    yes(p <= 0.05)
}
