//! Words for a pair nobody wrote about, composed from the types of its two metrics. Names are put where no verb has to
//! agree with them: some are singular, some plural.

use super::{Cadence, Category, ChangeKind, Metric, PairKind, RiskSign};
use crate::claim::at_start;

/// Why two metrics are compared, and what it means when one is ahead of the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meaning {
    /// Why the comparison matters, and what it cannot show.
    pub rationale: String,
    /// What it means when the first is ahead.
    pub a_ahead: String,
    /// What it means when the second is ahead.
    pub b_ahead: String,
}

pub(super) fn compose(a: &Metric, b: &Metric) -> Meaning {
    let rationale =
        [Some(introduction(a, b)), Some(question(PairKind::of(a, b)).to_owned()), Some(limit(a, b)), pace(a, b)];
    Meaning {
        rationale: rationale.into_iter().flatten().collect::<Vec<_>>().join(" "),
        a_ahead: format!("{} {}", lead(a, b), reason(a, b, true)),
        b_ahead: format!("{} {}", lead(b, a), reason(b, a, false)),
    }
}

fn introduction(a: &Metric, b: &Metric) -> String {
    let (one, many) = noun(a.category);
    if a.category == b.category {
        return format!("This sets {} against {}, both {many}.", a.noun, b.noun);
    }
    format!("This sets {}, {one}, against {}, {}.", a.noun, b.noun, noun(b.category).0)
}

/// What a metric of the category is, alone and in company.
fn noun(category: Category) -> (&'static str, &'static str) {
    match category {
        Category::EquityIndex => ("a broad measure of share prices", "broad measures of share prices"),
        Category::EquitySector => ("a sector of the share market", "sectors of the share market"),
        Category::Volatility => ("a measure of implied volatility", "measures of implied volatility"),
        Category::PreciousMetal => ("a price of a precious metal", "prices of precious metals"),
        Category::IndustrialMetal => ("a price of an industrial metal", "prices of industrial metals"),
        Category::Energy => ("an energy price", "energy prices"),
        Category::GovernmentBond => ("a fund of government bonds", "funds of government bonds"),
        Category::CorporateBond => ("a fund of corporate bonds", "funds of corporate bonds"),
        Category::CreditSpread => ("a credit spread", "credit spreads"),
        Category::InterestRate => ("an interest rate", "interest rates"),
        Category::YieldCurve => ("a slope of the yield curve", "slopes of the yield curve"),
        Category::InflationExpectation => {
            ("a market measure of expected inflation", "market measures of expected inflation")
        }
        Category::Currency => ("a measure of what a currency is worth", "measures of what currencies are worth"),
        Category::Crypto => ("a crypto asset", "crypto assets"),
        Category::Inflation => ("a release on prices", "releases on prices"),
        Category::LabourMarket => ("a release on the labour market", "releases on the labour market"),
        Category::BusinessCycle => ("a measure of the business cycle", "measures of the business cycle"),
        Category::FinancialConditions => ("an index of financial conditions", "indices of financial conditions"),
        Category::CentralBank => {
            ("a measure of a central bank's balance sheet", "measures of central banks' balance sheets")
        }
        Category::Uncatalogued => {
            ("a series the catalogue does not describe", "series the catalogue does not describe")
        }
    }
}

/// What a comparison of that kind asks.
fn question(kind: PairKind) -> &'static str {
    match kind {
        PairKind::Peer => "What moves both alike drops out between them, and what is left belongs to one of the two.",
        PairKind::Ratio => {
            "Their ratio takes out what moves both alike and leaves the preference for one over the other."
        }
        PairKind::RiskOnRiskOff => {
            "The question is whether the price of shares and the price of protection tell the same story."
        }
        PairKind::CreditEquity => {
            "Lenders and shareholders look at companies from different places in the queue, and the question is whether they agree."
        }
        PairKind::Curve => {
            "A move of all rates together drops out between them, and what is left is a change in their relation."
        }
        PairKind::Macro => {
            "Each describes the economy with a delay of its own, and the question is whether they tell the same story."
        }
        PairKind::CrossAsset => {
            "How closely they are linked, and whether the link holds when markets are under strain, is a matter for measurement."
        }
    }
}

/// What a gap between the two cannot show.
fn limit(a: &Metric, b: &Metric) -> String {
    match (a.role.can_be_held(), b.role.can_be_held()) {
        (true, true) => "A gap says which of the two did better, not why.".to_owned(),
        (false, false) => "Neither can be bought, so a gap between them is a reading and not a return.".to_owned(),
        (true, false) => not_held(b),
        (false, true) => not_held(a),
    }
}

fn not_held(metric: &Metric) -> String {
    format!(
        "{} cannot be bought as such, so a gap between the two is a reading and not a return.",
        at_start(&metric.noun)
    )
}

/// How slowly the pair can be read, if one of the two is a release.
fn pace(a: &Metric, b: &Metric) -> Option<String> {
    let slower = if b.cadence > a.cadence { b } else { a };
    let period = match slower.cadence {
        Cadence::Monthly => "month",
        Cadence::Weekly => "week",
        Cadence::RealTime | Cadence::Delayed | Cadence::Daily => return None,
    };
    let delay = match slower.publication_lag_days {
        0 => String::new(),
        1 => ", a day after the period they describe".to_owned(),
        days => format!(", about {days} days after the period they describe"),
    };
    Some(format!(
        "The two are compared {period} by {period}, because values of {} come once a {period}{delay}.",
        slower.noun
    ))
}

fn lead(ahead: &Metric, behind: &Metric) -> String {
    let (ahead_name, behind_name) = (at_start(&ahead.noun), &behind.noun);
    match (ahead.change, behind.change) {
        (ChangeKind::Log, ChangeKind::Log) => format!("{ahead_name} rose more, or fell less, than {behind_name}."),
        (ChangeKind::Difference, ChangeKind::Difference)
            if ahead.unit.is_percentage() && behind.unit.is_percentage() =>
        {
            format!("{ahead_name} rose by more, or fell by less, than {behind_name}.")
        }
        _ => format!("{ahead_name} rose against {behind_name}, each judged by the size of its usual moves."),
    }
}

/// What the appetite for risk would have to do with it; said differently the second time where it cuts no way.
fn reason(ahead: &Metric, behind: &Metric, first: bool) -> String {
    let (appetite, caution) = ("growing appetite for risk", "growing caution");
    let one_reason = |mood: &str, verb: &str, moved: &Metric, other: &Metric| {
        format!(
            "A mood of {mood} would be one reason: it should {verb} {} and has no fixed effect on {}.",
            moved.noun, other.noun
        )
    };
    match (ahead.risk, behind.risk) {
        (RiskSign::On, RiskSign::Off) => "That is the way a growing appetite for risk would push the two.".to_owned(),
        (RiskSign::Off, RiskSign::On) => "That is the way growing caution would push the two.".to_owned(),
        (RiskSign::On, RiskSign::None) => one_reason(appetite, "lift", ahead, behind),
        (RiskSign::None, RiskSign::Off) => one_reason(appetite, "weigh on", behind, ahead),
        (RiskSign::Off, RiskSign::None) => one_reason(caution, "lift", ahead, behind),
        (RiskSign::None, RiskSign::On) => one_reason(caution, "weigh on", behind, ahead),
        (RiskSign::On, RiskSign::On) if first => {
            "Both would be expected to rise with the appetite for risk, so the gap says more about the two themselves."
                .to_owned()
        }
        (RiskSign::Off, RiskSign::Off) if first => {
            "Both would be expected to rise with caution, so the gap says more about the two themselves.".to_owned()
        }
        (RiskSign::On, RiskSign::On) | (RiskSign::Off, RiskSign::Off) => {
            "A change in the appetite for risk would not explain it by itself, since it should move both the same way."
                .to_owned()
        }
        (RiskSign::None, RiskSign::None) if first => {
            "Neither has a fixed tie to the appetite for risk, so the reason has to be sought in the two themselves."
                .to_owned()
        }
        (RiskSign::None, RiskSign::None) => {
            "With no fixed tie to the appetite for risk on either side, such a lead is no sign of the market's mood."
                .to_owned()
        }
    }
}
