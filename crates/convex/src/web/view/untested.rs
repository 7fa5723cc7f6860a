//! Questions a page will answer once their tests are made, and what each of them takes.

use convex_core::catalog::{Catalog, Metric};
use convex_core::compare::{Comparison, GapKind};

/// A question without an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::web) struct Untested {
    pub(in crate::web) question: String,
    pub(in crate::web) needs: String,
}

pub(in crate::web) fn untested(catalog: &Catalog, comparison: &Comparison) -> Vec<Untested> {
    let (a, b) = (&comparison.a.metric, &comparison.b.metric);
    let mut list = vec![open("Does either lead?", "one joint test over 40 lags, against resampled days")];
    if is_market(a) && is_market(b) {
        list.push(open("Is the link tighter in stress?", "correlation by the state of VIX the evening before"));
        let falls = format!("Does {} follow {}’s falls as it follows its rises?", a.label, b.label);
        list.push(open(&falls, "slopes of rises and falls apart, by wild bootstrap"));
    }
    if !matches!(comparison.gap, GapKind::None) {
        list.push(open("Is the gap unusual now?", "the same gap in random walks of the pair’s own changes"));
        list.push(open("Do wide gaps close?", "counted episodes beside those of random walks"));
        list.push(open("Is there a level it returns to?", "unit-root tests with payouts added back"));
        list.push(open("What moves with the gap?", "weekly changes of VIX, yields, credit spreads, dollar, oil, gold"));
    }
    list.push(hedge(catalog, a, b));
    list.push(open("Dealer positions, fund flows, index members?", "data that no open source gives"));
    list
}

fn open(question: &str, needs: &str) -> Untested {
    Untested { question: question.to_owned(), needs: format!("takes {needs}") }
}

fn hedge(catalog: &Catalog, a: &Metric, b: &Metric) -> Untested {
    let question = format!("Is {} a hedge for {}, or the other way round?", a.label, b.label);
    match cannot_be_held(catalog, [a, b]) {
        Some(why) => Untested { question, needs: format!("not measurable as asked: {why}") },
        None => open(&question, "a hedge ratio known the day before, judged on the days after"),
    }
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
