//! Questions a page will answer once their tests are made, and what each of them takes.

use convex_core::catalog::Metric;
use convex_core::compare::{Comparison, GapKind};

/// A question without an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::web) struct Untested {
    pub(in crate::web) question: String,
    pub(in crate::web) needs: String,
}

pub(in crate::web) fn untested(comparison: &Comparison) -> Vec<Untested> {
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
    list.push(hedge(a, b));
    list.push(open("Dealer positions, fund flows, index members?", "data that no open source gives"));
    list
}

fn open(question: &str, needs: &str) -> Untested {
    Untested { question: question.to_owned(), needs: needs.to_owned() }
}

fn hedge(a: &Metric, b: &Metric) -> Untested {
    let question = format!("Is {} a hedge for {}, or the other way round?", a.label, b.label);
    let cannot: Vec<String> = [a, b].into_iter().filter(|metric| !metric.role.can_be_held()).map(cannot_be_held).collect();
    let needs = if cannot.is_empty() {
        "a hedge ratio known the day before, judged on the days after".to_owned()
    } else {
        cannot.join("; ")
    };
    Untested { question, needs }
}

pub(in crate::web) fn cannot_be_held(metric: &Metric) -> String {
    match &metric.proxy {
        Some(proxy) => format!("{} cannot be held; {proxy} stands in for it", metric.label),
        None => format!("{} cannot be held", metric.label),
    }
}

fn is_market(metric: &Metric) -> bool {
    metric.close.is_some()
}
