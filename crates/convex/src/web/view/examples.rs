//! Worked examples for the page of methods, on the numbers of a pair as they stand now.

use std::collections::BTreeMap;

use convex_core::catalog::ChangeKind;
use convex_core::compare::{Comparison, GapKind};
use convex_stats::long_run::degrees_of_freedom;

use super::figures::Reader;
use crate::format::{self, fixed, signed};
use crate::web::shown::Prose;

/// By the section of the page they belong to.
pub(in crate::web) type Examples = BTreeMap<&'static str, Prose>;

/// The examples a comparison gives; a section whose figures it lacks has none.
pub(in crate::web) fn examples(of: &Comparison, slug: &str) -> Examples {
    let read = Reader::of_other(of, slug);
    let all = [
        ("figures", figures(of, read)),
        ("alignment", alignment(of, read)),
        ("legs", legs(of, read)),
        ("gap", gap(of, read)),
        ("correlation", correlation(read)),
        ("beta", beta(of, read)),
        ("volatility-ratio", volatility_ratio(of, read)),
        ("leads", leads(read)),
        ("states", states(read)),
        ("gap-tests", gap_tests(read)),
        ("hedges", hedges(of, read)),
    ];
    all.into_iter().filter_map(|(section, prose)| Some((section, prose?))).collect()
}

fn figures(of: &Comparison, read: Reader<'_>) -> Option<Prose> {
    let name = "correlation.90d.spearman";
    let estimate = of.figures.estimate(name)?;
    Some(
        Prose::default()
            .figure(read.show(name))
            .say(format!(" is the rank correlation of {} daily changes, {}", estimate.n, span(of, name)))
            .say(", with its interval; its name is ")
            .strong(name)
            .say("."),
    )
}

fn alignment(of: &Comparison, read: Reader<'_>) -> Option<Prose> {
    let (a, b) = (&of.a, &of.b);
    let counts = [a, b].map(|leg| format!("{} has {} observations", leg.metric.label, format::count(leg.series.len())));
    read.has("n_common").then(|| {
        Prose::from(format!("{}, {}. ", counts[0], counts[1]))
            .figure(read.show("n_common"))
            .say(" days are common to both, which makes ")
            .figure(read.show("returns.n"))
            .say(" changes, ")
            .figure(read.show("returns.multi_session"))
            .say(" of them over more than one session.")
    })
}

fn legs(of: &Comparison, read: Reader<'_>) -> Option<Prose> {
    let metric = &of.a.metric;
    if metric.change != ChangeKind::Log || !read.has("a.change.90d") {
        return None;
    }
    let (last_day, last) = of.a.series.last()?;
    let (base_day, base) = of.a.series.at_or_before(last_day - 90)?;
    let text = |value| format::level(value, metric.unit);
    Some(
        Prose::from(format!(
            "{} stood at {} on {} and at {} on {}, the last value on or before 90 days earlier: {} / {} − 1 = ",
            metric.label,
            text(last),
            format::day(last_day),
            text(base),
            format::day(base_day),
            text(last),
            text(base)
        ))
        .figure(read.show("a.change.90d"))
        .say("."),
    )
}

fn gap(of: &Comparison, read: Reader<'_>) -> Option<Prose> {
    if of.gap != GapKind::Ratio {
        return None;
    }
    let (a, b) = (of.common.a.last()?, of.common.b.last()?);
    let text = |value: &f64, metric: &convex_core::catalog::Metric| format::level(*value, metric.unit);
    Some(
        Prose::from(format!("{} / {} = ", text(a, &of.a.metric), text(b, &of.b.metric)))
            .figure(read.show("ratio.value"))
            .say(", ")
            .figure(read.show("ratio.z_1y"))
            .say(" standard deviations from its mean of one year."),
    )
}

fn correlation(read: Reader<'_>) -> Option<Prose> {
    let (name, n) = ("correlation.all.pearson", read.number("correlation.all.n")?);
    let (r, interval) = (read.number(name)?, read.interval(name)?);
    let half = (interval.high.atanh() - interval.low.atanh()) / 2.0;
    Some(
        Prose::from(format!("r = {}, and its z = artanh r = {}. With n = ", fixed(r, 3), fixed(r.atanh(), 3)))
            .figure(read.show("correlation.all.n"))
            .say(format!(
                ", ν = {} and the half width on the z scale is {}; tanh({} ± {}) gives ",
                degrees_of_freedom(n as usize),
                fixed(half, 3),
                fixed(r.atanh(), 3),
                fixed(half, 3)
            ))
            .figure(read.show(name))
            .say("."),
    )
}

fn beta(of: &Comparison, read: Reader<'_>) -> Option<Prose> {
    let r = read.number("correlation.all.pearson")?;
    let factor = read.number("volatility_ratio.log")?.exp();
    Some(
        Prose::from(format!(
            "The slope is the correlation times the ratio of volatilities: {} × {} = {}; the page prints ",
            fixed(r, 3),
            fixed(factor, 3),
            fixed(r * factor, 3)
        ))
        .figure(read.show("beta.all.beta"))
        .say(format!(" for {} on {}.", of.a.metric.label, of.b.metric.label)),
    )
}

fn volatility_ratio(of: &Comparison, read: Reader<'_>) -> Option<Prose> {
    let log = read.number("volatility_ratio.log")?;
    Some(
        Prose::from(format!("The logarithm is {}, and exp({}) = ", signed(log, 3), signed(log, 3)))
            .figure(read.show("volatility_ratio.log"))
            .say(format!(
                ": daily changes of {} are so many times as large as those of {}.",
                of.a.metric.label, of.b.metric.label
            )),
    )
}

fn leads(read: Reader<'_>) -> Option<Prose> {
    let sides = ["lead_lag.a_leads.ccf", "lead_lag.b_leads.ccf"];
    let size = |name: &&str| read.number(name).map_or(0.0, f64::abs);
    let largest = sides.into_iter().max_by(|one, other| size(one).total_cmp(&size(other)))?;
    read.has("lead_lag.p_joint").then(|| {
        Prose::from("The largest of the 40 correlations is ")
            .figure(read.show(largest))
            .say("; under no lead one so large comes with probability ")
            .figure(read.show("lead_lag.p_joint"))
            .say(", and a lead would have had to reach ")
            .figure(read.show("lead_lag.limit_95"))
            .say(" to show.")
    })
}

fn states(read: Reader<'_>) -> Option<Prose> {
    let (stress, calm) = ("regimes.vix_25_and_up.pearson", "regimes.vix_below_15.pearson");
    let (high, low) = (read.number(stress)?, read.number(calm)?);
    Some(
        Prose::from(format!(
            "artanh {} − artanh {} = {} − {} = ",
            fixed(high, 3),
            fixed(low, 3),
            fixed(high.atanh(), 3),
            fixed(low.atanh(), 3)
        ))
        .figure(read.show("regimes.stress_minus_calm.z_difference"))
        .say(", from ")
        .figure(read.show("regimes.vix_25_and_up.n"))
        .say(" changes in stress and ")
        .figure(read.show("regimes.vix_below_15.n"))
        .say(" in calm."),
    )
}

fn gap_tests(read: Reader<'_>) -> Option<Prose> {
    (read.has("divergence.z") && read.has("divergence.p_walk")).then(|| {
        Prose::from("The ratio stands ")
            .figure(read.show("divergence.z"))
            .say(" standard deviations from its mean of 252 sessions; of walks made of its own changes, the share that stands at least as far out is ")
            .figure(read.show("divergence.p_walk"))
            .say(".")
    })
}

fn hedges(of: &Comparison, read: Reader<'_>) -> Option<Prose> {
    read.has("hedge.variance_reduction").then(|| {
        Prose::from(format!("For one {} held, now ", of.a.metric.label))
            .figure(read.show("hedge.ratio_now"))
            .say(format!(" of {} sold. Over ", of.b.metric.label))
            .figure(read.show("hedge.n"))
            .say(" days that took away ")
            .figure(read.show("hedge.variance_reduction"))
            .say(" of the variance.")
    })
}

fn span(of: &Comparison, name: &str) -> String {
    of.figures.estimate(name).map(|estimate| format::span(estimate.from, estimate.to)).unwrap_or_default()
}
