//! Questions without a verdict: the figures there are for them, else what it would take.

use convex_core::catalog::{Catalog, Metric};
use convex_core::compare::{Comparison, GapKind};

use super::figures::Reader;
use crate::web::shown::Prose;

/// A question without a verdict.
#[derive(Clone, Debug)]
pub(in crate::web) struct Untested {
    pub(in crate::web) question: String,
    /// The figures there are, or what is missing.
    pub(in crate::web) said: Prose,
}

/// Label and name of a figure.
type Named = (&'static str, &'static str);

const LEAD: &[Named] = &[
    ("joint p", "lead_lag.p_joint"),
    ("largest link with the first ahead", "lead_lag.a_leads.ccf"),
    ("with the second ahead", "lead_lag.b_leads.ccf"),
    ("a lead would need", "lead_lag.limit_95"),
];
const STRESS: &[Named] = &[("Fisher z at VIX 25 and up less that below 15", "regimes.stress_minus_calm.z_difference")];
const FALLS: &[Named] =
    &[("slope in rises", "asymmetry.beta_up"), ("in falls", "asymmetry.beta_down"), ("p", "asymmetry.p_wild")];
const UNUSUAL: &[Named] = &[("p among random walks", "divergence.p_walk")];
const CLOSES: &[Named] = &[("p at 21 sessions", "reversal.21.p"), ("at 63", "reversal.63.p")];
const LEVEL: &[Named] =
    &[("ADF p", "unit_root.log_ratio.adf_p"), ("variance ratios, joint p", "variance_ratio.p_joint")];
const MOVES: &[Named] = &[("share of variance explained by all six", "drivers.r2")];
const HEDGE: &[Named] =
    &[("variance taken away by the second leg", "hedge.variance_reduction"), ("ratio now", "hedge.ratio_now")];

pub(in crate::web) fn untested(catalog: &Catalog, comparison: &Comparison) -> Vec<Untested> {
    let (a, b) = (&comparison.a.metric, &comparison.b.metric);
    let ask = |question: &str, takes: &str, figures: &[Named]| Untested {
        question: question.to_owned(),
        said: known(Reader::new(comparison), figures).unwrap_or_else(|| Prose::from(format!("takes {takes}"))),
    };
    let mut list = vec![ask("Does either lead?", "one joint test over 40 lags, against resampled days", LEAD)];
    if is_market(a) && is_market(b) {
        list.push(ask("Is the link tighter in stress?", "correlation by the state of VIX the evening before", STRESS));
        let falls = format!("Does {} follow {}’s falls as it follows its rises?", a.label, b.label);
        list.push(ask(&falls, "slopes of rises and falls apart, by wild bootstrap", FALLS));
    }
    if !matches!(comparison.gap, GapKind::None) {
        list.push(ask("Is the gap unusual now?", "the same gap in random walks of the pair’s own changes", UNUSUAL));
        list.push(ask("Do wide gaps close?", "counted episodes beside those of random walks", CLOSES));
        list.push(ask("Is there a level it returns to?", "unit-root tests with payouts added back", LEVEL));
        let takes = "weekly changes of VIX, yields, credit spreads, dollar, oil, gold";
        list.push(ask("What moves with the gap?", takes, MOVES));
    }
    let hedge = format!("Is {} a hedge for {}, or the other way round?", b.label, a.label);
    list.push(match cannot_be_held(catalog, [a, b]) {
        Some(why) => Untested { question: hedge, said: Prose::from(format!("not measurable as asked: {why}")) },
        None => ask(&hedge, "a hedge ratio known the day before, judged on the days after", HEDGE),
    });
    list.push(ask("Dealer positions, fund flows, index members?", "data that no open source gives", &[]));
    list
}

/// The figures of a question, if the first of them could be computed.
fn known(read: Reader<'_>, figures: &[Named]) -> Option<Prose> {
    let (_, first) = figures.first()?;
    if !read.has(first) {
        return None;
    }
    let mut said = Prose::default();
    for (at, (label, name)) in figures.iter().filter(|(_, name)| read.has(name)).enumerate() {
        let comma = if at == 0 { "" } else { ", " };
        said = said.say(format!("{comma}{label} ")).figure(read.show(name));
    }
    Some(said)
}

/// Which of the two cannot be held, and what stands in for it; `None` if both can.
pub(in crate::web) fn cannot_be_held(catalog: &Catalog, legs: [&Metric; 2]) -> Option<String> {
    let said: Vec<String> = legs
        .into_iter()
        .filter(|metric| !metric.role.can_be_held())
        .map(|metric| match &metric.proxy {
            Some(proxy) => format!("{} cannot be held ({} stands in for it)", metric.label, proxy_name(catalog, proxy)),
            None => format!("{} cannot be held", metric.label),
        })
        .collect();
    (!said.is_empty()).then(|| said.join(", "))
}

/// A proxy is another metric or a plain name.
pub(in crate::web) fn proxy_name(catalog: &Catalog, proxy: &str) -> String {
    catalog.metric(proxy).map_or_else(|| proxy.to_owned(), |metric| metric.short.clone())
}

fn is_market(metric: &Metric) -> bool {
    metric.close.is_some()
}
