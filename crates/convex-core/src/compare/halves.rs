//! The same effects in each half of history: a sign that does not last is not called measured.

use convex_stats::conditional::Conditional;
use convex_stats::correlation::{pearson, spearman};
use convex_stats::regression;
use convex_stats::{Undefined, asymmetry, convexity};

use super::group::{Group, span};
use super::{Changes, References, states};
use crate::Day;
use crate::figure::{Estimate, Figures, Unavailable, Unit};
use crate::seed::seed;

const METHOD: &str = "the same figure over one half of all common changes";

/// Changes a half needs.
const LEAST: usize = 60;

/// The halves, by name.
const HALVES: [&str; 2] = ["first", "second"];

/// `halves.first.*` and `halves.second.*`.
pub(super) fn put(figures: &mut Figures, changes: &Changes, early: bool, references: &References) {
    let n = changes.days.len();
    let lead = figures.number("lead_lag.a_leads.ccf").zip(figures.number("lead_lag.b_leads.ccf")).and_then(|(a, b)| {
        let (side, sign) = if a.abs() >= b.abs() { ("a", 1) } else { ("b", -1) };
        Some(sign * figures.number(&format!("lead_lag.{side}_leads.lag"))? as i32)
    });
    for (name, range) in HALVES.into_iter().zip([0..n / 2, n / 2..n]) {
        let half = Changes {
            begins: changes.begins[range.clone()].to_vec(),
            days: changes.days[range.clone()].to_vec(),
            a: changes.a[range.clone()].to_vec(),
            b: changes.b[range].to_vec(),
            ..Changes::default()
        };
        put_half(figures, &format!("halves.{name}"), &half, lead, early, references);
    }
}

/// The same names, all absent for one reason.
pub(super) fn put_absent(figures: &mut Figures, why: &Unavailable) {
    for half in HALVES {
        figures.put(format!("halves.{half}"), Err(why.clone()));
    }
}

fn put_half(
    figures: &mut Figures,
    name: &str,
    half: &Changes,
    lead: Option<i32>,
    early: bool,
    references: &References,
) {
    let n = half.days.len();
    if n < LEAST {
        figures.put(name, Err(Unavailable::TooFew { have: n, need: LEAST }));
        return;
    }
    let whole: (Day, Day) = span(&half.days);
    let mut group = Group::new(figures, name, n, whole);
    let mut put = |leaf: &str, found: Result<f64, Undefined>, unit: Unit| {
        let figure = found.map_err(Unavailable::from).and_then(|value| Estimate::number(value, unit, n, whole, METHOD));
        group.put(leaf, figure);
    };
    let seed = seed(name, "", &half.days, &half.a, &half.b);
    put("spearman", spearman(&half.a, &half.b), Unit::Correlation);
    put("beta", regression::slope(&half.a, &half.b, 20).map(|found| found.beta), Unit::Ratio);
    put("asymmetry", asymmetry::asymmetry(&half.a, &half.b, seed).map(|found| found.difference), Unit::Ratio);
    put("convexity", convexity::convexity(&half.a, &half.b, seed).map(|found| found.gamma), Unit::Ratio);
    put("stress_z", stress_difference(half, early, references), Unit::Stdevs);
    if let Some(lead) = lead {
        put("lead", lagged(half, lead), Unit::Correlation);
    }
}

fn stress_difference(half: &Changes, early: bool, references: &References) -> Result<f64, Undefined> {
    let none = Undefined::NotMeaningful("a state is not seen in this half");
    let pair = Conditional::new(&half.a, &half.b)?;
    let state = |wanted: &str| {
        let (_, mask) =
            states::masks(half, early, references).into_iter().find(|(name, _)| *name == wanted).ok_or(none)?;
        pair.in_state(&mask.map_err(|_| none)?)
    };
    Ok(state("vix_25_and_up")?.pearson.atanh() - state("vix_below_15")?.pearson.atanh())
}

/// Correlation of one leg's changes with the other's so many observations later; the first leg leads if `lead` is positive.
fn lagged(half: &Changes, lead: i32) -> Result<f64, Undefined> {
    let (n, by) = (half.a.len(), lead.unsigned_abs() as usize);
    if lead > 0 { pearson(&half.a[..n - by], &half.b[by..]) } else { pearson(&half.a[by..], &half.b[..n - by]) }
}
