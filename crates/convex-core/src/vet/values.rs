//! Judges values against one another, in order of days: plausible, not frozen, not a split, not a jump.

use super::frozen::Standstill;
use super::judge::Bench;
use super::pace::{Pace, change, scaled_change, steps};
use super::splits::{announced, split_like};
use super::{Caution, Point, Reason, Tolerance};
use crate::catalog::{Cadence, ChangeKind, MetricUnit};
use crate::{Day, Series};

/// A later value confirms a jump if it lies nearer to the new level than this share of the jump.
const CONFIRMS_WITHIN: f64 = 0.5;

/// A daily price that is so many times what it was, or that part of it, changed its unit.
const UNBELIEVABLE: f64 = 5.0;

/// Second providers round and sample a little differently: so many tolerances still confirm a jump.
const SECOND_TOLERANCES: f64 = 5.0;

/// Changes at the beginning of an offer that a measure is taken from, where nothing is known before.
const BEGINNING: usize = 60;

/// Known observations before the first offered one that are looked back on: three years of sessions.
const LOOK_BACK: usize = 750;

/// One day of what is known and what is offered.
#[derive(Clone, Copy)]
struct Entry {
    day: Day,
    known: Option<f64>,
    offered: Option<f64>,
}

/// The points that may be published. `offered` is in order, each day once, finite and admissible by its day; `known` is
/// on the scale of what is offered.
pub(super) fn sound(bench: &mut Bench<'_>, known: &Series, offered: &[Point]) -> Vec<Point> {
    let entries = merged(known, offered);
    let mut walk = Walk::new(bench, &entries);
    for (at, entry) in entries.iter().enumerate() {
        let Entry { day, known, offered } = *entry;
        let judged = match offered {
            Some(value) if known == offered => Ok(Some((value, None))),
            Some(value) => walk.judge(at, Point { day, value }).map(|caution| Some((value, caution))),
            None => Ok(None),
        };
        match judged {
            Ok(Some((value, caution))) => {
                if let Some(caution) = caution {
                    walk.bench.remark(day, caution);
                }
                walk.accepted.push(Point { day, value });
                walk.pass(day, value);
                continue;
            }
            Ok(None) => {}
            Err(reason) => walk.bench.refuse(Point { day, value: offered.unwrap_or_default() }, reason),
        }
        // What is kept stays, and is what the next value is measured against.
        if let Some(value) = known {
            walk.pass(day, value);
        }
    }
    walk.accepted
}

fn merged(known: &Series, offered: &[Point]) -> Vec<Entry> {
    let before = offered.first().map_or(known.len(), |first| known.days().partition_point(|day| *day < first.day));
    let from = before.saturating_sub(LOOK_BACK);
    let mut entries = Vec::with_capacity(known.len() - from + offered.len());
    let mut points = offered.iter().peekable();
    for (day, value) in known.iter().skip(from) {
        while let Some(point) = points.next_if(|point| point.day < day) {
            entries.push(Entry { day: point.day, known: None, offered: Some(point.value) });
        }
        let same = points.next_if(|point| point.day == day).map(|point| point.value);
        entries.push(Entry { day, known: Some(value), offered: same });
    }
    entries.extend(points.map(|point| Entry { day: point.day, known: None, offered: Some(point.value) }));
    entries
}

/// The walk through the days, with what was accepted on the way.
struct Walk<'b, 'a, 'e> {
    bench: &'b mut Bench<'a>,
    entries: &'e [Entry],
    accepted: Vec<Point>,
    last: Option<(Day, f64)>,
    pace: Pace,
    standstill: Standstill,
}

impl<'b, 'a, 'e> Walk<'b, 'a, 'e> {
    fn new(bench: &'b mut Bench<'a>, entries: &'e [Entry]) -> Self {
        let pace = Pace::new(bench.metric);
        Self { bench, entries, accepted: Vec::new(), last: None, pace, standstill: Standstill::default() }
    }

    /// Goes on from an accepted value.
    fn pass(&mut self, day: Day, value: f64) {
        if let Some(scaled) = self.last.and_then(|last| scaled_change(self.bench.metric, last, (day, value))) {
            self.pace.push(scaled);
        }
        self.standstill.pass(day, value);
        self.last = Some((day, value));
    }

    fn judge(&mut self, at: usize, point: Point) -> Result<Option<Caution>, Reason> {
        let (low, high) = self.bench.metric.plausible_range();
        if !(low..=high).contains(&point.value) {
            return Err(Reason::Implausible { low, high });
        }
        let Some(last) = self.last else { return Ok(None) };
        if let Some(reason) = self.standstill.judge(self.bench.metric, self.bench.offer.market, point) {
            return if self.second_says(point) { Ok(None) } else { Err(reason) };
        }
        self.judge_change(at, point, last)
    }

    fn judge_change(&self, at: usize, point: Point, last: (Day, f64)) -> Result<Option<Caution>, Reason> {
        let metric = self.bench.metric;
        // Zero and one are no quantities, and a logarithm of a negative price does not exist: the range alone speaks.
        let Some(moved) = change(metric, last.1, point.value).filter(|_| metric.unit != MetricUnit::Flag) else {
            return Ok(None);
        };
        let Some(stdev) = self.pace.stdev().or_else(|| self.pace.suggested(&self.beginning(at))) else {
            return Ok(None);
        };
        let stdevs = moved.abs() / (stdev * steps(metric, last.0, point.day).sqrt());
        let split = announced(self.bench.offer.splits, last.0, point.day);
        if let Some(shares) = split_like(metric, moved, stdevs, split) {
            let ratio = point.value / last.1;
            return self.unless_second(point, stdevs, Reason::SplitLike { ratio, shares });
        }
        let limit = metric.largest_change();
        if stdevs <= limit || split {
            return Ok(None);
        }
        if moved.abs() <= self.believable() && self.next_stays(at, moved, point.value) {
            return Ok(Some(Caution::ConfirmedByNext { stdevs }));
        }
        self.unless_second(point, stdevs, Reason::Jump { stdevs, limit, since: last.0 })
    }

    fn unless_second(&self, point: Point, stdevs: f64, reason: Reason) -> Result<Option<Caution>, Reason> {
        if self.second_says(point) { Ok(Some(Caution::ConfirmedBySecond { stdevs })) } else { Err(reason) }
    }

    /// Whether a second provider has the value too.
    fn second_says(&self, point: Point) -> bool {
        let tolerance = Tolerance::of(self.bench.metric).times(SECOND_TOLERANCES);
        let found = self.bench.offer.second.and_then(|second| second.at_or_before(point.day));
        found.is_some_and(|(day, value)| day == point.day && tolerance.allows(value, point.value))
    }

    /// The change that later values can confirm: a daily price that is another five times what it was is a change of unit.
    fn believable(&self) -> f64 {
        match (self.bench.metric.change, self.bench.metric.cadence) {
            (ChangeKind::Log, Cadence::RealTime | Cadence::Delayed | Cadence::Daily) => UNBELIEVABLE.ln(),
            _ => f64::INFINITY,
        }
    }

    /// Whether the next value, if there is one already, stays near the new level.
    fn next_stays(&self, at: usize, moved: f64, value: f64) -> bool {
        let next = self.entries[at + 1..].iter().find_map(|entry| entry.offered.or(entry.known));
        let back = next.and_then(|next| change(self.bench.metric, value, next));
        back.is_some_and(|back| back.abs() <= CONFIRMS_WITHIN * moved.abs())
    }

    /// The changes from here on, for a beginning of which too little is known.
    fn beginning(&self, at: usize) -> Vec<f64> {
        let values = |entry: &Entry| entry.offered.or(entry.known).map(|value| (entry.day, value));
        let ahead: Vec<(Day, f64)> = self.entries[at..].iter().take(BEGINNING + 1).filter_map(values).collect();
        ahead.windows(2).filter_map(|pair| scaled_change(self.bench.metric, pair[0], pair[1])).collect()
    }
}
