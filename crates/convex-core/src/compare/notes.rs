//! What stands beside the figures: warnings, and whose data these are.

use super::{Attribution, Leg, Options};
use crate::Basis;

/// What a reader must know before quoting.
pub(super) fn warnings(
    a: &Leg,
    b: &Leg,
    options: &Options,
    long_run: bool,
    [left_out, dropped]: [usize; 2],
) -> Vec<String> {
    let mut warnings = Vec::new();
    if options.sample {
        warnings.push("Simulated data: no figure here describes a real market".to_owned());
    }
    for leg in [a, b] {
        if !leg.metric.catalogued {
            warnings.push(format!(
                "{} is not in the catalogue: taken as a daily price measured in log changes",
                leg.metric.id
            ));
        }
    }
    let payers: Vec<&str> =
        [a, b].into_iter().filter(|leg| leg.metric.pays_out()).map(|leg| leg.metric.label.as_str()).collect();
    if options.basis == Basis::Price && !payers.is_empty() && !options.sample {
        let payers = payers.join(" and ");
        warnings.push(if long_run {
            format!("prices leave out payouts of {payers}; the long run of the gap is given with them as well")
        } else {
            format!("price only: payouts of {payers} are left out; no verdict on the long run of the gap")
        });
    }
    if dropped + left_out > 0 {
        warnings.push(format!(
            "{dropped} changes and {left_out} days are left out because a value that needs a logarithm is not positive"
        ));
    }
    if let (Some(day), false) = (options.as_of, options.sample) {
        warnings
            .push(format!("as of {day}: later observations are left out; earlier ones are at their latest revision"));
    }
    warnings
}

/// Whose data the legs are.
pub(super) fn attribution(a: &Leg, b: &Leg) -> Vec<Attribution> {
    let mut attribution: Vec<Attribution> = Vec::new();
    let total_return = |leg: &Leg| leg.total_return.as_ref().and_then(|total| total.provider);
    for provider in [a.provider, b.provider, total_return(a), total_return(b)].into_iter().flatten() {
        let entry = Attribution { source: provider.key().to_owned(), text: provider.attribution().to_owned() };
        if !attribution.contains(&entry) {
            attribution.push(entry);
        }
    }
    attribution
}
