//! What a claim looks at: the figures of one comparison, its names, and its family of tests.

use super::{Claim, Family, Sentence, Verdict};
use crate::Basis;
use crate::catalog::{Cadence, Metric, PairKind};
use crate::compare::{Comparison, GapKind};
use crate::figure::{Estimate, Unavailable};

/// A comparison under judgement.
#[derive(Clone, Debug)]
pub(super) struct Case<'a> {
    /// The comparison.
    pub comparison: &'a Comparison,
    /// Its tests, judged together.
    pub family: Family,
}

/// On which side of a value an interval lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// Wholly above.
    Above,
    /// Wholly below.
    Below,
    /// On both sides.
    Around,
}

impl<'a> Case<'a> {
    pub(super) fn new(comparison: &'a Comparison) -> Self {
        Self { comparison, family: Family::of(comparison) }
    }

    /// The first leg in the middle of a sentence.
    pub(super) fn a(&self) -> &'a str {
        &self.comparison.a.metric.noun
    }

    /// The second leg in the middle of a sentence.
    pub(super) fn b(&self) -> &'a str {
        &self.comparison.b.metric.noun
    }

    /// What an observation of the pair stands for, and several of them.
    pub(super) fn periods(&self) -> [&'static str; 2] {
        match self.cadence() {
            Cadence::Weekly => ["week", "weeks"],
            Cadence::Monthly => ["month", "months"],
            Cadence::RealTime | Cadence::Delayed | Cadence::Daily => ["session", "sessions"],
        }
    }

    /// `daily`, `weekly` or `monthly`.
    pub(super) fn rhythm(&self) -> &'static str {
        match self.cadence() {
            Cadence::Weekly => "weekly",
            Cadence::Monthly => "monthly",
            Cadence::RealTime | Cadence::Delayed | Cadence::Daily => "daily",
        }
    }

    /// The slower of the two cadences.
    fn cadence(&self) -> Cadence {
        let [a, b] = self.legs();
        a.cadence.max(b.cadence)
    }

    /// Both metrics.
    pub(super) fn legs(&self) -> [&'a Metric; 2] {
        [&self.comparison.a.metric, &self.comparison.b.metric]
    }

    pub(super) fn kind(&self) -> PairKind {
        self.comparison.kind
    }

    /// Whether neither leg is a release.
    pub(super) fn is_market(&self) -> bool {
        self.legs().iter().all(|metric| !metric.category.is_release())
    }

    /// Whether a leg pays something out that its price leaves out and that is not known, so that nothing can be said of
    /// the long run.
    pub(super) fn price_only(&self) -> bool {
        let pays_out = self.legs().iter().any(|metric| metric.pays_out());
        self.comparison.basis == Basis::Price && pays_out && !self.has_total_return()
    }

    /// The name of a figure of the long run: the one on total return where both legs have it.
    pub(super) fn long_run(&self, name: &str) -> String {
        let total = format!("total_return.{name}");
        if self.has_total_return() && self.comparison.figures.get(&total).is_some() { total } else { name.to_owned() }
    }

    fn has_total_return(&self) -> bool {
        self.number("total_return.n_common").is_some()
    }

    pub(super) fn has_ratio(&self) -> bool {
        self.comparison.gap == GapKind::Ratio
    }

    /// What the gap of the pair is called; `None` where it has neither a ratio nor a spread.
    pub(super) fn gap(&self) -> Option<&'static str> {
        match self.comparison.gap {
            GapKind::Ratio => Some("ratio"),
            GapKind::Spread(_) => Some("spread"),
            GapKind::None => None,
        }
    }

    pub(super) fn number(&self, name: &str) -> Option<f64> {
        self.comparison.figures.number(name)
    }

    pub(super) fn estimate(&self, name: &str) -> Option<&'a Estimate> {
        self.comparison.figures.estimate(name)
    }

    /// On which side of `none` the interval of a figure lies.
    pub(super) fn side(&self, name: &str, none: f64) -> Option<Side> {
        let interval = self.estimate(name)?.interval?;
        Some(match (interval.low > none, interval.high < none) {
            (true, _) => Side::Above,
            (_, true) => Side::Below,
            _ => Side::Around,
        })
    }

    /// Says that payouts are added back, where a figure stands on total return.
    pub(super) fn payouts(&self, figure: &str) -> &'static str {
        if self.long_run(figure) == figure { "" } else { " Payouts are added back." }
    }

    /// Says that payouts are added back, for figures that are made on total return where both legs have it.
    pub(super) fn total_return_note(&self) -> &'static str {
        match (self.has_total_return(), self.price_only()) {
            (true, _) => " Payouts are added back.",
            (_, true) => " Payouts are left out.",
            _ => "",
        }
    }

    /// Names of a figure in both halves of history.
    pub(super) fn halves(&self, leaf: &str) -> [String; 2] {
        ["first", "second"].map(|half| self.long_run(&format!("halves.{half}.{leaf}")))
    }

    /// Whether a figure has the same sign in both halves of history; unknown halves do not agree.
    pub(super) fn halves_agree(&self, leaf: &str) -> bool {
        let [first, second] = self.halves(leaf).map(|name| self.number(&name));
        first.zip(second).is_some_and(|(first, second)| first * second > 0.0)
    }

    /// The verdict of an effect: measured if it passes its test and both halves agree, suggestive if one of the two fails.
    pub(super) fn effect(significant: bool, passes: bool, halves_agree: bool) -> Verdict {
        match (significant, passes && halves_agree) {
            (true, true) => Verdict::Measured,
            (true, false) => Verdict::Suggestive,
            (false, _) => Verdict::NotEstablished,
        }
    }

    /// A claim whose figures are those of its sentence and `also`.
    pub(super) fn claim(
        &self,
        id: &'static str,
        question: impl Into<String>,
        verdict: Verdict,
        sentence: Sentence,
        also: &[&str],
        method: &'static str,
    ) -> Claim {
        let mut figures = sentence.figures();
        for name in also {
            if !figures.iter().any(|known| known == name) {
                figures.push((*name).to_owned());
            }
        }
        figures.retain(|name| self.comparison.figures.get(name).is_some());
        Claim { id, question: question.into(), verdict, sentence, figures, method }
    }

    /// A claim that the figures cannot decide, because one of them is missing.
    pub(super) fn missing(
        &self,
        id: &'static str,
        question: impl Into<String>,
        figure: &str,
        method: &'static str,
    ) -> Claim {
        let why = match self.comparison.figures.get(figure) {
            Some(Err(why)) => why.clone(),
            _ => Unavailable::NotMeaningful("the figure does not exist for this pair"),
        };
        let why = match why {
            Unavailable::NotMeaningful(reason) => reason.to_owned(),
            Unavailable::TooFew { have, need } => format!("it takes {need} observations, and there are {have}"),
            why => why.to_string(),
        };
        let sentence = Sentence::default().strong("Not measurable here").say(format!(": {why}."));
        self.claim(id, question, Verdict::NotMeasurable, sentence, &[figure], method)
    }
}

/// The same words at the start of a sentence.
pub fn at_start(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Something in the middle of a sentence, from a name that may be an id of a metric: those are tickers.
pub(super) fn ticker(name: &str) -> String {
    if crate::is_metric_id(name) { name.to_uppercase() } else { name.to_owned() }
}
