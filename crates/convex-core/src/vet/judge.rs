//! Judges an offer: first each value by itself and by its day, then the values against one another, then the whole.

use super::{
    Caution, Offer, Point, Quarantined, Reason, Shortened, Verdict, Vetted, candle, order, rebase, shrink, values,
};
use crate::calendar::{Calendar, Kind};
use crate::catalog::{Cadence, Metric};
use crate::{Day, Series};

/// An offer is refused when more than this share of what is new in it is in quarantine …
const DOUBTFUL_SHARE: f64 = 0.05;
/// … and at least so many values are: one odd value does not spoil a short answer.
const DOUBTFUL_COUNT: usize = 3;

/// Judges what a provider offers for a metric of which `known` is kept.
///
/// Never panics, whatever is offered, and the order of the points does not matter.
pub fn vet(metric: &Metric, known: &Series, offer: &Offer<'_>) -> Vetted {
    let mut bench = Bench { metric, known, offer, quarantined: Vec::new(), cautions: Vec::new() };
    let ordered = order::one_a_day(&mut bench);
    let possible: Vec<Point> = ordered.into_iter().filter(|point| bench.admits(*point)).collect();
    let factor = rebase::rebased(known, &possible);
    let accepted = match factor.and_then(|factor| scaled(known, factor)) {
        Some(restated) => values::sound(&mut bench, &restated, &possible),
        None => values::sound(&mut bench, known, &possible),
    };
    bench.conclude(accepted, factor)
}

/// What is being judged, and what was found so far.
pub(super) struct Bench<'a> {
    pub(super) metric: &'a Metric,
    pub(super) known: &'a Series,
    pub(super) offer: &'a Offer<'a>,
    pub(super) quarantined: Vec<Quarantined>,
    pub(super) cautions: Vec<(Day, Caution)>,
}

impl Bench<'_> {
    pub(super) fn refuse(&mut self, point: Point, reason: Reason) {
        self.quarantined.push(Quarantined { point, reason });
    }

    pub(super) fn remark(&mut self, day: Day, caution: Caution) {
        self.cautions.push((day, caution));
    }

    /// The rules that look at one value and its day alone.
    fn admits(&mut self, point: Point) -> bool {
        let latest = self.latest_day();
        if point.day > latest {
            self.refuse(point, Reason::Future { latest });
            return false;
        }
        self.admits_day(point)
    }

    /// The last day there can be a value of: today where the market is.
    fn latest_day(&self) -> Day {
        let calendar = Calendar::of(self.metric.calendar);
        let here = calendar.day_at(self.offer.now);
        match self.metric.cadence {
            Cadence::RealTime | Cadence::Delayed | Cadence::Daily => here,
            // A week is dated by its last day, a month by its first, and some are published before they end.
            Cadence::Weekly => here + 7,
            Cadence::Monthly => here.end_of_month(),
        }
    }

    fn admits_day(&mut self, point: Point) -> bool {
        let kind = Calendar::of(self.metric.calendar).kind(point.day);
        match kind {
            Kind::Session | Kind::Besides => true,
            Kind::Holiday | Kind::Weekend if self.metric.allows_off_day(kind) => {
                self.remark(point.day, Caution::OffDay { kind });
                true
            }
            Kind::Holiday | Kind::Weekend => {
                self.refuse(point, Reason::NoSession { kind });
                false
            }
        }
    }

    fn conclude(mut self, accepted: Vec<Point>, rebased: Option<f64>) -> Vetted {
        let candles = candle::possible(&mut self, &accepted);
        let is_known = |point: &Point| self.known.at_or_before(point.day) == Some((point.day, point.value));
        let revised =
            accepted.iter().filter(|point| self.known.days().binary_search(&point.day).is_ok() && !is_known(point));
        let revised = revised.count();
        let fresh = accepted.iter().filter(|point| !is_known(point)).count();
        let shortened: Option<Shortened> = shrink::shortened(self.known, self.offer);
        self.quarantined.sort_by_key(|held| held.point.day);
        self.cautions.sort_by_key(|(day, _)| *day);
        let verdict = match rebased.filter(|factor| !rebase::is_explained(*factor, self.known, self.offer)) {
            Some(factor) => Verdict::Rebased { factor },
            None => verdict(self.quarantined.len(), fresh + self.quarantined.len()),
        };
        let Self { quarantined, cautions, .. } = self;
        Vetted { accepted, quarantined, cautions, candles, revised, rebased, shortened, verdict }
    }
}

fn verdict(quarantined: usize, offered: usize) -> Verdict {
    let doubtful = quarantined >= DOUBTFUL_COUNT && quarantined as f64 > DOUBTFUL_SHARE * offered as f64;
    if doubtful { Verdict::Refuse { quarantined, offered } } else { Verdict::Publish }
}

/// What is known, on the scale of what is offered.
fn scaled(known: &Series, factor: f64) -> Option<Series> {
    Series::new(known.days().to_vec(), known.values().iter().map(|value| value * factor).collect()).ok()
}
