//! What a figure rests on: which series, which observations exactly, and which seed.

use sha2::{Digest, Sha256};

use super::{Changes, Common, Comparison, Leg, TotalReturnPair, moves_with, pair};
use crate::seed::seed;
use crate::{Day, SeriesId};

/// What a figure rests on.
#[derive(Clone, Debug, PartialEq)]
pub struct Provenance {
    /// The legs' series behind it.
    pub legs: Vec<LegUsed>,
    /// Ids of the other series behind it.
    pub references: Vec<&'static str>,
    /// The exact observations of the legs, brought to common days where it rests on both.
    pub aligned: Aligned,
    /// Seed of its random draws, if it has any.
    pub seed: Option<[u8; 32]>,
}

/// A series of one of the legs.
#[derive(Clone, Debug, PartialEq)]
pub struct LegUsed {
    /// Its id, with its basis.
    pub id: SeriesId,
    /// Version of the stored series.
    pub version: i64,
    /// Whether it is a series of the first leg.
    pub first: bool,
}

/// Observations by day: levels or changes of the legs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Aligned {
    /// What they are, in a word.
    pub kind: &'static str,
    /// Days, increasing.
    pub days: Vec<Day>,
    /// One column a leg.
    pub columns: Vec<Vec<f64>>,
}

/// Groups computed from levels; all others of both legs are computed from changes.
const OF_LEVELS: [&str; 22] = [
    "n_common",
    "yield_gap",
    "ratio",
    "spread",
    "weekly",
    "monthly",
    "lead_weekly",
    "unit_root",
    "cointegration",
    "johansen",
    "gregory_hansen",
    "half_life",
    "variance_ratio",
    "divergence",
    "reversal",
    "drivers",
    "credit",
    "cycles",
    "ranking",
    "bull_bear",
    "late_cycle",
    "haven",
];

/// Groups of the long run that are computed once only: on total return where both legs have it, else on price.
const LONG_RUN: [&str; 5] = ["cycles", "ranking", "bull_bear", "late_cycle", "haven"];

/// Figures with random draws: the group that gives the seed its name, the options, and the leaves that draw.
const DRAWN: [(&str, &str, &[&str]); 12] = [
    ("correlation.90d", "2000 draws", &["bootstrap_95"]),
    ("correlation.252obs", "2000 draws", &["bootstrap_95"]),
    ("correlation.all", "2000 draws", &["bootstrap_95"]),
    ("convexity", "999 draws", &["p_wild"]),
    ("asymmetry", "999 draws", &["p_wild"]),
    ("lead_lag", "999 draws", &["p_joint", "limit_95", "a_leads.p_side", "b_leads.p_side"]),
    ("lead_partial", "999 draws", &["p_joint", "limit_95", "a_leads.p_side", "b_leads.p_side"]),
    ("lead_weekly", "999 draws", &["p_joint", "limit_95", "a_leads.p_side", "b_leads.p_side"]),
    ("half_life", "499 draws", &["low", "high", "unit_root_accepted"]),
    ("variance_ratio", "999 draws", &["p_joint"]),
    ("divergence", "500 walks", &["p_walk", "share_beyond_2_walk", "episodes_walk"]),
    ("cycles", "500 walks", &["length_walk", "height_walk", "p_longer", "p_taller"]),
];

/// What the figure of that name rests on in a comparison.
pub fn provenance(comparison: &Comparison, name: &str) -> Provenance {
    let (a, b) = (&comparison.a, &comparison.b);
    for (prefix, leg, first) in [("a.", a, true), ("b.", b, false)] {
        if name.starts_with(prefix) {
            let (days, values) = (leg.series.days().to_vec(), leg.series.values().to_vec());
            let aligned = Aligned { kind: "observations", days, columns: vec![values] };
            return Provenance { legs: vec![price(leg, first)], references: Vec::new(), aligned, seed: None };
        }
    }
    let part = |at: usize| name.split('.').nth(at).unwrap_or_default();
    let on_total_return = LONG_RUN.contains(&part(0)) || (part(0) == "halves" && part(2).starts_with("ranking"));
    let total = if on_total_return { TotalReturnPair::of(a, b).ok() } else { None };
    if let Some(found) = total {
        let legs = vec![total_return(a, true), total_return(b, false)];
        let aligned = observations(name, &found.levels, &found.changes, None);
        let references = references(name, [&a.metric.id, &b.metric.id]);
        return Provenance { legs, references, seed: seed_of(name, &aligned), aligned };
    }
    if let Some(bare) = name.strip_prefix("total_return.") {
        let mut legs = vec![total_return(a, true), total_return(b, false)];
        if bare == "yield_gap" {
            legs.extend([price(a, true), price(b, false)]);
            legs.dedup_by(|one, other| one.id == other.id);
        }
        let found = TotalReturnPair::of(a, b).ok();
        let aligned = found.map(|found| observations(bare, &found.levels, &found.changes, None)).unwrap_or_default();
        return Provenance { legs, references: Vec::new(), seed: seed_of(bare, &aligned), aligned };
    }
    let aligned = observations(name, &comparison.common, &comparison.changes, comparison.as_of);
    let references = references(name, [&a.metric.id, &b.metric.id]);
    Provenance { legs: vec![price(a, true), price(b, false)], references, seed: seed_of(name, &aligned), aligned }
}

/// SHA-256 over rows of a day (days since 1970, four bytes) and its values (eight bytes each), little end first.
pub fn sha256_of(days: &[Day], columns: &[&[f64]]) -> [u8; 32] {
    let mut hash = Sha256::new();
    for (at, day) in days.iter().enumerate() {
        hash.update(day.epoch_days().to_le_bytes());
        for column in columns {
            hash.update(column[at].to_le_bytes());
        }
    }
    hash.finalize().into()
}

impl Aligned {
    /// SHA-256 of these observations.
    pub fn sha256(&self) -> [u8; 32] {
        let columns: Vec<&[f64]> = self.columns.iter().map(Vec::as_slice).collect();
        sha256_of(&self.days, &columns)
    }
}

fn price(leg: &Leg, first: bool) -> LegUsed {
    LegUsed { id: SeriesId::price(&leg.metric.id), version: leg.version, first }
}

fn total_return(leg: &Leg, first: bool) -> LegUsed {
    match &leg.total_return {
        Some(total) => LegUsed { id: SeriesId::total_return(&leg.metric.id), version: total.version, first },
        None => price(leg, first),
    }
}

/// The rows a figure of both legs is computed from.
fn observations(name: &str, levels: &Common, changes: &Changes, last: Option<Day>) -> Aligned {
    let part = |at: usize| name.split('.').nth(at).unwrap_or_default();
    let (group, is_half) = (part(0), part(0) == "halves");
    let of_levels = if is_half {
        ["ranking", "reversal"].iter().any(|path| part(2).starts_with(path))
    } else {
        OF_LEVELS.contains(&group)
    };
    let half = |n: usize| if part(1) == "first" { 0..n / 2 } else { n / 2..n };
    if of_levels {
        let n = levels.days.len();
        let range = if is_half { half(n) } else { 0..n };
        let columns = vec![levels.a[range.clone()].to_vec(), levels.b[range.clone()].to_vec()];
        return Aligned { kind: "levels", days: levels.days[range].to_vec(), columns };
    }
    let n = changes.days.len();
    let window = Some(part(1)).filter(|_| group == "correlation" || group == "beta");
    let from = match (window, last) {
        (Some("90d"), Some(last)) => changes.days.partition_point(|day| *day <= last - pair::WINDOW_DAYS),
        (Some("252obs"), _) => n.saturating_sub(pair::WINDOW_OBSERVATIONS),
        _ => 0,
    };
    let range = if is_half { half(n) } else { from..n };
    let columns = vec![changes.a[range.clone()].to_vec(), changes.b[range.clone()].to_vec()];
    Aligned { kind: "changes", days: changes.days[range].to_vec(), columns }
}

fn seed_of(name: &str, aligned: &Aligned) -> Option<[u8; 32]> {
    let [a, b] = aligned.columns.as_slice() else { return None };
    DRAWN
        .iter()
        .find(|(group, _, leaves)| {
            let leaf = name.strip_prefix(group).and_then(|rest| rest.strip_prefix('.'));
            leaf.is_some_and(|leaf| leaves.contains(&leaf))
        })
        .map(|(group, options, _)| seed(group, options, &aligned.days, a, b))
}

/// Series besides the legs behind a figure.
fn references(name: &str, legs: [&str; 2]) -> Vec<&'static str> {
    let part = |at: usize| name.split('.').nth(at).unwrap_or_default();
    match part(0) {
        "drivers" => moves_with::metrics_used(legs),
        "halves" if part(2) == "stress_z" => vec!["vixcls"],
        "credit" => vec!["bamlh0a0hym2"],
        "bull_bear" => vec!["spy"],
        "late_cycle" => vec!["usrec"],
        "haven" => vec!["vixcls", "usrec"],
        "regimes" | "hedge" => match part(1) {
            state if state.starts_with("spy_") => vec!["spy"],
            "recession" => vec!["usrec"],
            state if state.starts_with("yield_") => vec!["dgs10"],
            state if state.starts_with("curve_") => vec!["t10y2y"],
            state if state.starts_with("spread_") => vec!["bamlh0a0hym2"],
            state if state.contains("vix_") || state == "stress_minus_calm" => vec!["vixcls"],
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}
