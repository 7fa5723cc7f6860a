//! Claims: every verdict of every question, and what holds of all of them. Markets are simulated here; a figure that would
//! take a rare history is set by hand.

mod claims_support;

use std::collections::BTreeSet;

use convex_core::claim::{Claim, Part, Verdict, claims};
use convex_core::compare::Comparison;
use convex_core::figure::{Interval, Unavailable, Unit, Value};

use claims_support::{PAIRS, compared, moved, with};

fn claim(of: &Comparison, id: &str) -> Claim {
    claims(of).into_iter().find(|claim| claim.id == id).unwrap_or_else(|| panic!("{id} is not asked"))
}

/// A figure to set: its name, its value, and an interval around it.
type Set<'a> = (&'a str, f64, Option<(f64, f64)>);

/// The verdict of a claim once some figures are set: a number, and an interval around it.
fn check(pair: [&str; 2], id: &str, set: &[Set<'_>], expected: Verdict) {
    let mut comparison = compared(pair);
    for (name, value, interval) in set {
        with(&mut comparison, name, *value, interval.map(|(low, high)| Interval { low, high }));
    }
    let found = claim(&comparison, id);
    assert_eq!(found.verdict, expected, "{id}: {:?}", found.sentence);
}

/// Figures whose two halves agree, or do not.
fn halves(leaf: &str, agree: bool) -> [(String, f64); 2] {
    [(format!("halves.first.{leaf}"), 1.0), (format!("halves.second.{leaf}"), if agree { 1.0 } else { -1.0 })]
}

const PEERS: [&str; 2] = ["dia", "iwm"];
const SECTORS: [&str; 2] = ["xly", "xlp"];
const SHARES: [&str; 2] = ["iwm", "vixcls"];
const ASSETS: [&str; 2] = ["gold", "wti"];
const RATES: [&str; 2] = ["dgs10", "dgs2"];
const CREDIT: [&str; 2] = ["hyg", "spy"];
const DRIVERS: [&str; 6] = ["vix", "yield_10y", "hy_spread", "dollar", "oil", "gold"];
const RELEASES: [&str; 2] = ["icsa", "unrate"];

/// A test that passes any family, one that passes alone, and one that does not pass.
const SURE: f64 = 1e-9;
const ALONE: f64 = 0.049;
const CHANCE: f64 = 0.6;

/// A claim decided by a p-value and the sign of a figure, in both halves.
fn check_tested(pair: [&str; 2], id: &str, p: &str, set: &[(&str, f64)], leaf: &str) {
    for (value, agree, expected) in [
        (SURE, true, Verdict::Measured),
        (SURE, false, Verdict::Suggestive),
        (ALONE, true, Verdict::Suggestive),
        (CHANCE, true, Verdict::NotEstablished),
    ] {
        let halves = halves(leaf, agree);
        let mut all: Vec<Set<'_>> = vec![(p, value, None)];
        all.extend(set.iter().map(|(name, value)| (*name, *value, None)));
        all.extend(halves.iter().map(|(name, value)| (name.as_str(), *value, None)));
        check(pair, id, &all, expected);
    }
}

/// A claim is not measurable once this figure is missing.
fn check_missing(pair: [&str; 2], id: &str, figures: &[&str]) {
    let mut comparison = compared(pair);
    for figure in figures {
        comparison.figures.put(*figure, Err(Unavailable::HistoryTooShort));
    }
    assert_eq!(claim(&comparison, id).verdict, Verdict::NotMeasurable, "{id}");
}

const ABOVE: Option<(f64, f64)> = Some((0.2, 0.9));
const BELOW: Option<(f64, f64)> = Some((-0.9, -0.2));
const AROUND: Option<(f64, f64)> = Some((-0.3, 0.3));

#[test]
fn the_link_and_its_size() {
    let link = "correlation.all.spearman";
    for (id, leaf, figure) in [("link", "spearman", link), ("sensitivity", "beta", "beta.all.beta")] {
        let [first, second] = halves(leaf, true);
        let [_, other] = halves(leaf, false);
        let base = |interval, second: &(String, f64), expected| {
            check(PEERS, id, &[(figure, 0.5, interval), (&first.0, 1.0, None), (&second.0, second.1, None)], expected);
        };
        base(ABOVE, &second, Verdict::Measured);
        base(BELOW, &second, Verdict::Measured);
        base(ABOVE, &other, Verdict::Suggestive);
        base(AROUND, &second, Verdict::NotEstablished);
        check_missing(PEERS, id, &[figure]);
    }
    check(ASSETS, "opposite", &[(link, 0.5, ABOVE)], Verdict::Contradicted);
    check(ASSETS, "opposite", &[(link, 0.0, AROUND)], Verdict::NotEstablished);
    let inverse = [(link, -0.5, BELOW), ("halves.first.spearman", -1.0, None)];
    check(ASSETS, "opposite", &[inverse[0], inverse[1], ("halves.second.spearman", -1.0, None)], Verdict::Measured);
    check(ASSETS, "opposite", &[inverse[0], inverse[1], ("halves.second.spearman", 1.0, None)], Verdict::Suggestive);
    check_missing(ASSETS, "opposite", &[link]);
    for (side, expected) in [(ABOVE, Verdict::Measured), (BELOW, Verdict::Measured), (AROUND, Verdict::NotEstablished)]
    {
        check(PEERS, "calmer", &[("volatility_ratio.log", 0.5, side)], expected);
    }
    assert_eq!(claim(&compared(["gold", "dgs10"]), "calmer").verdict, Verdict::NotMeasurable);
}

#[test]
fn stress_and_inverse() {
    let difference = "regimes.stress_minus_calm.z_difference";
    let p = "regimes.stress_minus_calm.p";
    let link = ("correlation.all.pearson", 0.5, None);
    let agree = [("halves.first.stress_z", 1.0, None), ("halves.second.stress_z", 1.0, None)];
    let all = |side, p_value| vec![(difference, 0.5, side), (p, p_value, None), link, agree[0], agree[1]];
    check(PEERS, "stress-link", &all(ABOVE, SURE), Verdict::Measured);
    check(PEERS, "stress-link", &all(ABOVE, ALONE), Verdict::Suggestive);
    check(PEERS, "stress-link", &all(AROUND, CHANCE), Verdict::NotEstablished);
    check(PEERS, "stress-link", &all(BELOW, SURE), Verdict::Contradicted);
    check(PEERS, "stress-link", &all(BELOW, ALONE), Verdict::NotEstablished);
    check_missing(PEERS, "stress-link", &[difference]);

    let whole = "correlation.all.spearman";
    let states = ["vix_below_15", "vix_15_to_25", "vix_25_and_up", "spy_drawdown_10", "spy_near_high"];
    let states = states.map(|state| format!("regimes.{state}.pearson"));
    let mut set: Vec<_> = states.iter().map(|state| (state.as_str(), -0.5, BELOW)).collect();
    set.push((whole, -0.5, BELOW));
    check(SHARES, "inverse", &set, Verdict::Measured);
    set[0] = (&states[0], 0.0, AROUND);
    check(SHARES, "inverse", &set, Verdict::Suggestive);
    check(CREDIT, "inverse", &[(whole, 0.5, ABOVE)], Verdict::Contradicted);
    check(CREDIT, "inverse", &[(whole, 0.0, AROUND)], Verdict::NotEstablished);
    check_missing(SHARES, "inverse", &[whole]);
}

#[test]
fn bend_lead_and_tails() {
    check_tested(PEERS, "asymmetry", "asymmetry.p_wild", &[], "asymmetry");
    check_tested(PEERS, "convexity", "convexity.p_wild", &[], "convexity");
    let beside = [
        ("lead_lag.a_leads.lag", 3.0),
        ("lead_lag.a_leads.ccf", 0.3),
        ("lead_lag.b_leads.ccf", 0.1),
        ("lead_partial.a_leads.ccf", 0.3),
        ("lead_partial.b_leads.ccf", 0.1),
    ];
    let with_partial =
        |p: f64| -> Vec<(&str, f64)> { beside.into_iter().chain([("lead_partial.p_joint", p)]).collect() };
    for (p, partial, agree, expected) in [
        (SURE, SURE, true, Verdict::Measured),
        (SURE, CHANCE, true, Verdict::Suggestive),
        (SURE, SURE, false, Verdict::Suggestive),
        (ALONE, SURE, true, Verdict::Suggestive),
        (CHANCE, CHANCE, true, Verdict::NotEstablished),
    ] {
        let halves = halves("lead", agree);
        let mut set: Vec<Set<'_>> = vec![("lead_lag.p_joint", p, None)];
        let beside = with_partial(partial);
        set.extend(beside.iter().map(|(name, value)| (*name, *value, None)));
        set.extend(halves.iter().map(|(name, value)| (name.as_str(), *value, None)));
        check(PEERS, "lead", &set, expected);
    }
    let corner = "tails.both_fall";
    check_tested(ASSETS, "amplifies", &format!("{corner}.p"), &[(&format!("{corner}.excess"), 0.1)], "tails_both_fall");
    let less = (format!("{corner}.p"), format!("{corner}.excess"));
    check(ASSETS, "amplifies", &[(&less.0, SURE, None), (&less.1, -0.1, None)], Verdict::Contradicted);
    check(ASSETS, "amplifies", &[(&less.0, ALONE, None), (&less.1, -0.1, None)], Verdict::NotEstablished);
    check_missing(PEERS, "asymmetry", &["asymmetry.p_wild"]);
    check_missing(PEERS, "convexity", &["convexity.p_wild"]);
    check_missing(PEERS, "lead", &["lead_lag.p_joint"]);
    check_missing(ASSETS, "amplifies", &[&less.0, "tails.a_rises_b_falls.p"]);
    // The London fix of gold is hours before the settlement of oil: a lead of one session counts only if weeks agree.
    let one = |weekly: f64, by_b: f64| {
        [
            ("lead_lag.p_joint", SURE, None),
            ("lead_lag.a_leads.lag", 1.0, None),
            ("lead_lag.a_leads.ccf", 0.3, None),
            ("lead_lag.b_leads.ccf", 0.1, None),
            ("lead_partial.p_joint", SURE, None),
            ("lead_partial.a_leads.ccf", 0.3, None),
            ("lead_partial.b_leads.ccf", 0.1, None),
            ("lead_weekly.p_joint", weekly, None),
            ("lead_weekly.a_leads.ccf", 0.2, None),
            ("lead_weekly.b_leads.ccf", by_b, None),
            ("halves.first.lead", 0.3, None),
            ("halves.second.lead", 0.3, None),
        ]
    };
    check(ASSETS, "lead", &one(SURE, 0.1), Verdict::Measured);
    check(ASSETS, "lead", &one(SURE, 0.3), Verdict::NotMeasurable);
    check(ASSETS, "lead", &one(CHANCE, 0.1), Verdict::NotMeasurable);
    // Where both are fixed at one hour there is no weekly test.
    assert!(compared(PEERS).figures.get("lead_weekly.p_joint").is_none());
    // What shows only once the same day is taken out stands beside the family.
    let partial = |p| {
        [("lead_lag.p_joint", CHANCE, None), ("lead_partial.p_joint", p, None), ("lead_partial.a_leads.lag", 3.0, None)]
    };
    check(PEERS, "lead", &partial(SURE), Verdict::NotEstablished);
    check(PEERS, "lead", &partial(CHANCE), Verdict::NotEstablished);
}

#[test]
fn the_gap() {
    for (p, expected) in [(0.001, Verdict::Measured), (0.03, Verdict::Suggestive), (0.5, Verdict::NotEstablished)] {
        check(PEERS, "gap-now", &[("divergence.p_walk", p, None)], expected);
    }
    check_missing(PEERS, "gap-now", &["divergence.p_walk"]);
    let closing = [("reversal.63.p", 0.9), ("reversal.21.t", 3.0), ("reversal.episodes", 20.0)];
    check_tested(PEERS, "gap-closes", "reversal.21.p", &closing, "reversal_21");
    let widening = |p| {
        [
            ("reversal.63.p", 0.9, None),
            ("reversal.21.p", p, None),
            ("reversal.21.t", -3.0, None),
            ("reversal.episodes", 20.0, None),
        ]
    };
    check(PEERS, "gap-closes", &widening(SURE), Verdict::Contradicted);
    check(PEERS, "gap-closes", &widening(ALONE), Verdict::NotEstablished);
    check_missing(PEERS, "gap-closes", &["reversal.episodes"]);
    // Two rates have a spread, of which the same is asked.
    check(RATES, "gap-now", &[("divergence.p_walk", 0.001, None)], Verdict::Measured);
    check_tested(RATES, "gap-closes", "reversal.21.p", &closing, "reversal_21");

    let path = |adf, vr| {
        [
            ("unit_root.spread.adf_p", adf, None),
            ("variance_ratio.p_joint", vr, None),
            ("variance_ratio.5.vr", 0.7, None),
        ]
    };
    check(RATES, "steadier-gap", &path(SURE, CHANCE), Verdict::Measured);
    check(RATES, "steadier-gap", &path(ALONE, CHANCE), Verdict::Suggestive);
    check(RATES, "steadier-gap", &path(CHANCE, 0.04), Verdict::Suggestive);
    check(RATES, "steadier-gap", &path(CHANCE, CHANCE), Verdict::NotEstablished);
    check_missing(RATES, "steadier-gap", &["unit_root.spread.adf_p"]);
    // On price alone nothing is said of the long run.
    check(PEERS, "steadier-gap", &[("unit_root.log_ratio.adf_p", SURE, None)], Verdict::Suggestive);

    // With payouts added back there is one, and it rests on those figures.
    let total = "total_return.unit_root.log_ratio.adf_p";
    let paid = [
        ("total_return.n_common", 2_000.0, None),
        (total, SURE, None),
        ("total_return.variance_ratio.p_joint", CHANCE, None),
    ];
    check(PEERS, "steadier-gap", &paid, Verdict::Measured);
    let mut comparison = compared(PEERS);
    for (name, value, _) in paid {
        with(&mut comparison, name, value, None);
    }
    assert!(claim(&comparison, "steadier-gap").sentence.figures().contains(&total.to_owned()));

    for (p, expected) in [(SURE, Verdict::Measured), (ALONE, Verdict::Suggestive), (CHANCE, Verdict::NotEstablished)] {
        let own = [("unit_root.log_a.adf_p", 0.5, None), ("unit_root.log_b.adf_p", 0.5, None)];
        check(ASSETS, "fair-value", &[("cointegration.p_either_way", p, None), own[0], own[1]], expected);
        check(RATES, "fair-value", &[("cointegration.p_either_way", p, None)], expected);
    }
    let at_rest = [("cointegration.p_either_way", SURE, None), ("unit_root.log_b.adf_p", 0.001, None)];
    check(ASSETS, "fair-value", &at_rest, Verdict::NotMeasurable);
    check_missing(RATES, "fair-value", &["cointegration.p_either_way"]);

    let part = |a, b| [("common_part.log_vs_a", 0.0, a), ("common_part.log_vs_b", 0.0, b)];
    check(PEERS, "common-part", &part(BELOW, BELOW), Verdict::Measured);
    check(PEERS, "common-part", &part(BELOW, ABOVE), Verdict::Suggestive);
    check(PEERS, "common-part", &part(AROUND, AROUND), Verdict::NotEstablished);
    check(PEERS, "common-part", &part(ABOVE, ABOVE), Verdict::Contradicted);
    check_missing(PEERS, "common-part", &["common_part.log_vs_a"]);
}

#[test]
fn jumps_cycles_and_ranks() {
    let jumps = |count, p| [("breaks.jumps.count", count, None), ("breaks.jumps.p", p, None)];
    check(PEERS, "jumps", &jumps(3.0, SURE), Verdict::Measured);
    check(SECTORS, "jumps", &jumps(1.0, ALONE), Verdict::Suggestive);
    check(PEERS, "jumps", &[("breaks.jumps.count", 0.0, None)], Verdict::NotEstablished);
    check_missing(PEERS, "jumps", &["breaks.jumps.count"]);

    // Two precious metals pay nothing out, so that they have a long run.
    let metals = ["gold", "silver"];
    for (p, expected) in [(SURE, Verdict::Measured), (ALONE, Verdict::Suggestive), (CHANCE, Verdict::NotEstablished)] {
        check(metals, "cycles", &[("cycles.p_longer", p, None)], expected);
    }
    check(PEERS, "cycles", &[("cycles.p_longer", SURE, None)], Verdict::Suggestive);
    check_missing(PEERS, "cycles", &["cycles.swings"]);
    check_missing(PEERS, "cycles", &["cycles.p_longer"]);

    check_tested(metals, "ranking-use", "ranking.63.p", &[("ranking.21.p", 0.9)], "ranking_63");
    check(PEERS, "ranking-use", &[("ranking.63.p", SURE, None)], Verdict::Suggestive);
    check_missing(PEERS, "ranking-use", &["ranking.21.p", "ranking.63.p"]);
}

#[test]
fn episodes_counted() {
    let high = Some((0.6, 0.9));
    let low = Some((0.1, 0.4));
    let even = Some((0.3, 0.7));
    let link = ("correlation.all.spearman", 0.5, ABOVE);
    let back = |side| [link, ("breakdown.share_back", 0.5, side), ("breakdown.episodes", 12.0, None)];
    check(PEERS, "after-breakdown", &back(high), Verdict::Measured);
    check(PEERS, "after-breakdown", &back(low), Verdict::Measured);
    check(PEERS, "after-breakdown", &back(even), Verdict::NotEstablished);
    check(PEERS, "after-breakdown", &[("correlation.all.spearman", 0.0, AROUND)], Verdict::NotEstablished);
    check_missing(PEERS, "after-breakdown", &["breakdown.share_back"]);
    check_missing(PEERS, "after-breakdown", &["breakdown.episodes"]);

    let share = |bull, bear| [("bull_bear.bull_share", 0.5, bull), ("bull_bear.bear_share", 0.5, bear)];
    check(PEERS, "bull-bear", &share(high, low), Verdict::Measured);
    check(PEERS, "bull-bear", &share(even, low), Verdict::Suggestive);
    check(PEERS, "bull-bear", &share(even, even), Verdict::NotEstablished);
    check_missing(PEERS, "bull-bear", &["bull_bear.bull_share"]);
    check_missing(PEERS, "bull-bear", &["bull_bear.cycles"]);

    for (side, expected) in [(high, Verdict::Measured), (low, Verdict::Measured), (even, Verdict::NotEstablished)] {
        check(PEERS, "late-cycle", &[("late_cycle.share", 0.5, side)], expected);
    }
    check_missing(PEERS, "late-cycle", &["late_cycle.share"]);
    check_missing(PEERS, "late-cycle", &["late_cycle.recessions"]);

    for (side, expected) in [(high, Verdict::Measured), (low, Verdict::Contradicted), (even, Verdict::NotEstablished)] {
        check(ASSETS, "haven", &[("haven.share", 0.5, side), ("haven.scares", 20.0, None)], expected);
    }
    check_missing(ASSETS, "haven", &["haven.share"]);
    check_missing(ASSETS, "haven", &["haven.scares"]);
}

#[test]
fn what_moves_with_it_and_hedges() {
    let set = |equity: (f64, f64), volatility: (f64, f64), agree: f64| {
        vec![
            ("credit.equity.p", equity.0, None),
            ("credit.equity.widening", equity.1, None),
            ("credit.volatility.p", volatility.0, None),
            ("credit.volatility.widening", volatility.1, None),
            ("credit.first_half.equity.widening", -0.1, None),
            ("credit.second_half.equity.widening", -0.1 * agree, None),
            ("credit.first_half.volatility.widening", 0.1, None),
            ("credit.second_half.volatility.widening", 0.1, None),
        ]
    };
    check(SHARES, "credit", &set((SURE, -0.1), (SURE, 0.1), 1.0), Verdict::Measured);
    check(SHARES, "credit", &set((SURE, -0.1), (SURE, 0.1), -1.0), Verdict::Suggestive);
    check(SHARES, "credit", &set((SURE, -0.1), (CHANCE, 0.1), 1.0), Verdict::Suggestive);
    check(SHARES, "credit", &set((CHANCE, -0.1), (CHANCE, 0.1), 1.0), Verdict::NotEstablished);
    check(SHARES, "credit", &set((SURE, 0.1), (CHANCE, 0.1), 1.0), Verdict::Contradicted);
    check_missing(SHARES, "credit", &["credit.equity.p"]);

    let calm: Vec<String> = DRIVERS.iter().map(|driver| format!("drivers.{driver}.p")).collect();
    let driven = |p: f64, second: f64| {
        let mut set: Vec<Set<'_>> = calm.iter().map(|name| (name.as_str(), CHANCE, None)).collect();
        set[0].1 = p;
        set.push(("drivers.first_half.vix.slope", 1.0, None));
        set.push(("drivers.second_half.vix.slope", second, None));
        set
    };
    check(PEERS, "moves-with", &driven(SURE, 1.0), Verdict::Measured);
    check(PEERS, "moves-with", &driven(SURE, -1.0), Verdict::Suggestive);
    check(PEERS, "moves-with", &driven(CHANCE, 1.0), Verdict::NotEstablished);
    check_missing(PEERS, "moves-with", &["drivers.n"]);

    for (id, group) in [("hedge-a-with-b", "hedge"), ("hedge-b-with-a", "hedge_b_with_a")] {
        let cut = format!("{group}.variance_reduction");
        for (side, expected) in
            [(ABOVE, Verdict::Measured), (AROUND, Verdict::NotEstablished), (BELOW, Verdict::Contradicted)]
        {
            check(PEERS, id, &[(&cut, 0.5, side)], expected);
        }
        check_missing(PEERS, id, &[&cut]);
        assert_eq!(claim(&compared(SHARES), id).verdict, Verdict::NotMeasurable);
    }
    for id in ["positioning", "flows", "constituents"] {
        assert_eq!(claim(&compared(PEERS), id).verdict, Verdict::NotMeasurable);
    }
}

#[test]
fn every_kind_is_asked_its_questions_in_one_order() {
    let ids = |pair| claims(&compared(pair)).iter().map(|claim| claim.id).collect::<Vec<_>>().join(" ");
    let table = [
        (
            PEERS,
            "link sensitivity calmer stress-link asymmetry convexity lead gap-now gap-closes steadier-gap common-part jumps \
             cycles bull-bear late-cycle moves-with ranking-use after-breakdown hedge-a-with-b hedge-b-with-a positioning \
             flows constituents",
        ),
        (
            SECTORS,
            "link sensitivity calmer stress-link asymmetry convexity lead gap-now gap-closes steadier-gap common-part jumps \
             cycles moves-with ranking-use after-breakdown hedge-a-with-b hedge-b-with-a positioning flows constituents",
        ),
        (
            SHARES,
            "link sensitivity calmer stress-link inverse asymmetry convexity lead gap-now gap-closes credit moves-with \
             ranking-use after-breakdown hedge-a-with-b hedge-b-with-a positioning",
        ),
        (
            ASSETS,
            "link sensitivity calmer stress-link opposite asymmetry convexity amplifies lead gap-now gap-closes fair-value \
             haven moves-with ranking-use after-breakdown hedge-a-with-b hedge-b-with-a",
        ),
        (
            RATES,
            "link sensitivity calmer stress-link asymmetry convexity lead gap-now gap-closes steadier-gap fair-value \
             after-breakdown hedge-a-with-b hedge-b-with-a",
        ),
        (
            CREDIT,
            "link sensitivity calmer stress-link inverse asymmetry convexity lead gap-now gap-closes moves-with \
             ranking-use after-breakdown hedge-a-with-b hedge-b-with-a",
        ),
        (RELEASES, "link sensitivity lead hedge-a-with-b hedge-b-with-a"),
        (["spy", "icsa"], "link sensitivity opposite lead hedge-a-with-b hedge-b-with-a"),
    ];
    for (pair, expected) in table {
        assert_eq!(ids(pair), expected, "{pair:?}");
    }
}

#[test]
fn sentences_rest_on_figures_that_exist_and_are_numbers() {
    for pair in PAIRS {
        let comparison = compared(pair);
        for (name, figure) in comparison.figures.iter() {
            if let Ok(estimate) = figure {
                let finite = match &estimate.value {
                    Value::Number(number) => number.is_finite(),
                    Value::List(list) => list.iter().all(|number| number.is_finite()),
                    Value::Day(_) | Value::IntervalOnly => true,
                };
                let interval = estimate.interval.is_none_or(|i| i.low.is_finite() && i.high.is_finite());
                assert!(finite && interval, "{pair:?} {name}");
            }
        }
        for claim in claims(&comparison) {
            assert!(!claim.figures.is_empty(), "{pair:?} {}: no figure", claim.id);
            for name in &claim.figures {
                assert!(comparison.figures.get(name).is_some(), "{pair:?} {}: {name} does not exist", claim.id);
            }
            for name in claim.sentence.figures() {
                assert!(comparison.figures.estimate(&name).is_some(), "{pair:?} {}: {name} is missing", claim.id);
                assert!(claim.figures.contains(&name), "{pair:?} {}: {name} is not named", claim.id);
            }
            assert!(
                claim.question.ends_with('?') && claim.question.starts_with(char::is_uppercase),
                "{}",
                claim.question
            );
            check_words(&claim);
        }
    }
}

/// Words that join without double spaces or points, and begin and end as sentences do.
fn check_words(claim: &Claim) {
    let text: String = claim
        .sentence
        .parts()
        .iter()
        .map(|part| match part {
            Part::Words(words) | Part::Strong(words) => words.as_str(),
            Part::Figure { .. } | Part::Since(_) => "#",
        })
        .collect();
    assert!(text.ends_with('.') && text.starts_with(|first: char| first.is_uppercase()), "{}: {text}", claim.id);
    for slip in ["  ", "..", " .", " ,", ",,", "a an ", "an a ", ": :", "  ", "the the ", ";."] {
        assert!(!text.contains(slip), "{}: {slip:?} in {text}", claim.id);
    }
}

#[test]
fn a_figure_changes_only_the_claims_that_name_it() {
    // The tests of one page are judged together, so that one p-value moves the bar for the others.
    let judged_together = |name: &str| {
        let tests = ["lead_lag.p_joint", "cointegration.p_either_way", "cycles.p_longer", "variance_ratio.p_joint"];
        let groups = [
            "regimes.stress_minus_calm.p",
            "convexity.p",
            "asymmetry.p",
            "reversal.",
            "ranking.",
            "unit_root.",
            "breaks.",
            "tails.",
        ];
        tests.contains(&name) || groups.iter().any(|group| name.starts_with(group))
    };
    let mut unnamed = BTreeSet::new();
    for pair in PAIRS {
        let comparison = compared(pair);
        let before = claims(&comparison);
        let names: Vec<String> = comparison.figures.iter().map(|(name, _)| name.to_owned()).collect();
        for name in names.iter().filter(|name| !judged_together(name)) {
            let Some(number) = comparison.figures.number(name) else { continue };
            let mut changed = comparison.clone();
            with(&mut changed, name, -1.5 * number - 0.1, None);
            for (old, new) in before.iter().zip(claims(&changed)) {
                let named = old.figures.contains(name) || new.figures.contains(name);
                if *old != new && !named {
                    unnamed.insert((old.id, name.clone()));
                }
            }
        }
    }
    assert!(unnamed.is_empty(), "{unnamed:#?}");
}

#[test]
fn one_value_changes_only_what_rests_on_it() {
    let (before, after) = (compared(PEERS), moved(PEERS));
    let same = |claim: &Claim| claim.figures.iter().all(|name| before.figures.get(name) == after.figures.get(name));
    let (old, new) = (claims(&before), claims(&after));
    assert_eq!(old.len(), new.len());
    let mut kept = BTreeSet::new();
    for (old, new) in old.iter().zip(&new) {
        if same(old) {
            assert_eq!(old.sentence, new.sentence, "{}", old.id);
            kept.insert(old.id);
        }
    }
    // What counts days does not know the value; what measures moves does.
    assert!(kept.contains("flows") && !kept.contains("link") && !kept.contains("sensitivity"), "{kept:?}");
    assert_eq!(before.figures.estimate("n_common").unwrap().unit, Unit::Count);
}
