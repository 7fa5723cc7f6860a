//! Figures whose interval or test missed its promise on simulated markets of known truth (`docs/truth.md`): a reader is
//! told beside the number.

/// Observations from which the intervals that are short on few observations keep their promise.
const ENOUGH: usize = 250;
/// Changes from which the difference between states keeps its promise.
const ENOUGH_STATES: usize = 3_000;

/// What a reader must know of the figure of that name over `n` observations; `None` where the promise was kept.
pub fn caution(name: &str, n: usize) -> Option<&'static str> {
    let (group, leaf) = name.rsplit_once('.').unwrap_or(("", name));
    let group = group.strip_prefix("total_return.").unwrap_or(group);
    match (group, leaf) {
        (_, "fisher_95") => {
            Some("supposes independent days: under clustered volatility it holds the truth in 53 to 92 % of samples")
        }
        (group, "pearson" | "ewc_95") if group.starts_with("correlation.") && n < ENOUGH => Some(
            "on so few days with fat tails this interval holds the truth in 91 to 93 % of samples; Spearman’s keeps 95 %",
        ),
        (_, "bootstrap_95") if n < ENOUGH => {
            Some("on so few days this interval holds the truth in 92 to 93 % of samples")
        }
        (group, "beta" | "ewc_95") if group.starts_with("beta.") && n < ENOUGH => {
            Some("on so few days with fat tails this interval holds the truth in 91 to 93 % of samples")
        }
        ("volatility_ratio" | "common_part", _) => {
            Some("under very fat tails this interval holds the truth in 91 to 93 % of samples")
        }
        ("regimes.stress_minus_calm", "z_difference" | "ewc_95" | "p") if n < ENOUGH_STATES => {
            Some("with so few days of stress it finds a difference in 8 % of samples that have none, not 5")
        }
        (group, "adf_p") if group.starts_with("unit_root") => {
            Some("under clustered volatility it finds something in 6 to 7 % of samples that have nothing, not 5")
        }
        ("cointegration", "p_either_way") => {
            Some("under clustered volatility it finds something in up to 7 % of samples that have nothing, not 5")
        }
        ("divergence", "p_walk") => Some("its walks have no clusters: near 0.05 it is up to a third too small"),
        (group, _) if group.starts_with("johansen") => {
            Some("its critical values suppose drift: without it they are passed in 11 to 15 % of samples")
        }
        (group, _) if group.starts_with("gregory_hansen") => {
            Some("under clustered volatility it finds something in 11 % of samples that have nothing, not 5")
        }
        (group, "t_ewc" | "p") if group.starts_with("drivers.") => {
            Some("under clustered volatility it finds something in 6 to 7 % of samples that have nothing, not 5")
        }
        ("breaks.variance", "count" | "p") => {
            Some("clusters of volatility alone show such a break in 9 to 43 % of samples")
        }
        ("lead_lag", "p_joint") => Some(
            "a leg with memory of its own and a same-day link show such a lead in 10 to 21 % of samples that have none",
        ),
        ("breaks.jumps", "count" | "p") => {
            Some("supposes normal shocks: fat tails alone show such a jump in 42 to 100 % of samples")
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_missed_is_marked_and_what_held_is_not() {
        for (name, n) in [
            ("correlation.all.fisher_95", 6_000),
            ("correlation.90d.pearson", 62),
            ("beta.90d.beta", 62),
            ("volatility_ratio.log", 6_000),
            ("regimes.stress_minus_calm.z_difference", 1_500),
            ("total_return.unit_root.log_ratio.adf_p", 6_000),
            ("breaks.jumps.count", 6_000),
        ] {
            assert!(caution(name, n).is_some(), "{name}");
        }
        for (name, n) in [
            ("correlation.90d.spearman", 62),
            ("correlation.all.pearson", 6_000),
            ("beta.all.beta", 6_000),
            ("regimes.stress_minus_calm.z_difference", 6_000),
            ("lead_partial.p_joint", 6_000),
            ("ratio.value", 1),
        ] {
            assert_eq!(caution(name, n), None, "{name}");
        }
    }
}
