//! The questions readers ask of any pair, answered from the figures there are or plainly left open.

use convex_core::catalog::Catalog;
use convex_core::compare::{Comparison, GapKind};

use super::figures::Reader;
use super::untested::cannot_be_held;
use crate::format;
use crate::web::shown::Prose;

/// A question with its answer.
#[derive(Clone, Debug)]
pub(in crate::web) struct Question {
    pub(in crate::web) id: &'static str,
    pub(in crate::web) asked: String,
    pub(in crate::web) answer: Prose,
}

pub(in crate::web) fn questions(
    catalog: &Catalog,
    comparison: &Comparison,
    rationale: &str,
    cadence: &str,
) -> Vec<Question> {
    let (a, b) = (comparison.a.metric.label.as_str(), comparison.b.metric.label.as_str());
    vec![
        Question {
            id: "how-related",
            asked: format!("How are {a} and {b} related?"),
            answer: related(comparison, rationale, cadence),
        },
        Question {
            id: "who-leads",
            asked: format!("Does {a} lead {b}, or {b} lead {a}?"),
            answer: lead(comparison),
        },
        Question {
            id: "how-correlated",
            asked: format!("How are {a} and {b} correlated, and when does that change?"),
            answer: correlated(comparison, cadence),
        },
        Question {
            id: "what-drives",
            asked: format!("What drives divergence between {a} and {b}?"),
            answer: divergence(comparison),
        },
        Question {
            id: "hedge",
            asked: format!("Is {a} a hedge for {b}, and {b} for {a}?"),
            answer: hedge(catalog, comparison),
        },
    ]
}

/// The questions as structured data for search engines: the same text as in the page.
pub(in crate::web) fn faq_json(questions: &[Question]) -> String {
    let entries: Vec<serde_json::Value> = questions
        .iter()
        .map(|question| {
            serde_json::json!({
                "@type": "Question",
                "name": question.asked,
                "acceptedAnswer": { "@type": "Answer", "text": question.answer.plain() },
            })
        })
        .collect();
    let page = serde_json::json!({ "@context": "https://schema.org", "@type": "FAQPage", "mainEntity": entries });
    // A script element ends at the first `</`, whatever stands around it.
    page.to_string().replace('<', "\\u003c")
}

/// Why there is no figure of the two together, as an answer.
fn apart(comparison: &Comparison) -> Option<Prose> {
    let why = comparison.apart.as_ref()?;
    Some(Prose::from(format!("There is nothing to answer it with: {}.", format::why(why))))
}

fn related(comparison: &Comparison, rationale: &str, cadence: &str) -> Prose {
    let gist = rationale.split_inclusive(". ").next().unwrap_or_default().trim_end();
    let opening = format!("The catalogue reads them as a {} pair. {gist}", comparison.kind.words());
    let read = Reader::new(comparison);
    if !read.has("correlation.all.spearman") {
        return Prose::from(opening);
    }
    Prose::from(opening)
        .say(format!(" Over all common history the rank correlation of their {cadence} changes is "))
        .figure(read.show("correlation.all.spearman"))
        .say(".")
}

fn lead(comparison: &Comparison) -> Prose {
    if let Some(answer) = apart(comparison) {
        return answer;
    }
    let read = Reader::new(comparison);
    let (a, b) = (comparison.a.metric.label.as_str(), comparison.b.metric.label.as_str());
    if !read.has("lead_lag.p_joint") {
        return Prose::from("Not tested on this page yet: it takes one joint test over 40 lags. The nearest figure is the same-day link, ")
            .figure(read.show("correlation.252obs.spearman"))
            .say(" over 252 observations, which cannot show a lead either way.");
    }
    Prose::from(format!(
        "No verdict is given on this page yet. Of 40 lags judged together the largest link with {a} ahead is "
    ))
    .figure(read.show("lead_lag.a_leads.ccf"))
    .say(", at ")
    .figure(read.show("lead_lag.a_leads.lag"))
    .say(format!(" changes; with {b} ahead it is "))
    .figure(read.show("lead_lag.b_leads.ccf"))
    .say(", at ")
    .figure(read.show("lead_lag.b_leads.lag"))
    .say(". A lead would need ")
    .figure(read.show("lead_lag.limit_95"))
    .say(" to show (joint p ")
    .figure(read.show("lead_lag.p_joint"))
    .say(").")
}

fn correlated(comparison: &Comparison, cadence: &str) -> Prose {
    if let Some(answer) = apart(comparison) {
        return answer;
    }
    let read = Reader::new(comparison);
    let said = Prose::from(format!("Rank correlation of {cadence} changes: "))
        .figure(read.show("correlation.90d.spearman"))
        .say(" over 90 days, ")
        .figure(read.show("correlation.252obs.spearman"))
        .say(" over 252 observations and ")
        .figure(read.show("correlation.all.spearman"))
        .say(" over all ")
        .figure(read.show("correlation.all.n"))
        .say(" changes. The rolling chart above shows when it moved, with its interval. ");
    let (calm, stress) = ("regimes.vix_below_15.pearson", "regimes.vix_25_and_up.pearson");
    if !(read.has(calm) && read.has(stress)) {
        return said.say("Whether it depends on the state of the market is not tested on this page yet.");
    }
    said.say("Pearson’s was ")
        .figure(read.show(calm))
        .say(" after evenings with VIX under 15 and ")
        .figure(read.show(stress))
        .say(" with VIX at 25 and up; no verdict is given on the difference yet.")
}

fn divergence(comparison: &Comparison) -> Prose {
    if let Some(answer) = apart(comparison) {
        return answer;
    }
    let read = Reader::new(comparison);
    let said = if read.has("drivers.r2") {
        Prose::from("No verdict is given on this page yet. Weekly changes of VIX, yields, credit spreads, the dollar, oil and gold together explain ")
            .figure(read.show("drivers.r2"))
            .say(" of the variance of the gap’s changes, over ")
            .figure(read.show("drivers.n"))
            .say(" weeks. ")
    } else {
        Prose::from(
            "Not tested on this page yet: it takes weekly changes of VIX, yields, credit spreads, the dollar, oil and gold. ",
        )
    };
    match (read.gap_name("change_90d"), read.gap_name("z_1y")) {
        (Some(change), Some(z)) => {
            let word = if matches!(comparison.gap, GapKind::Ratio) { "ratio" } else { "spread" };
            said.say(format!("The {word} moved "))
                .figure(read.show(&change))
                .say(" in 90 days and stands ")
                .figure(read.show(&z))
                .say(" deviations from its one-year mean.")
        }
        _ => said
            .say("In 90 days the two moved ")
            .figure(read.show("a.change.90d"))
            .say(" and ")
            .figure(read.show("b.change.90d"))
            .say("."),
    }
}

fn hedge(catalog: &Catalog, comparison: &Comparison) -> Prose {
    if let Some(answer) = apart(comparison) {
        return answer;
    }
    let (a, b) = (&comparison.a.metric, &comparison.b.metric);
    let read = Reader::new(comparison);
    let cannot = cannot_be_held(catalog, [a, b]);
    let (one, other) = ("hedge.variance_reduction", "hedge_b_with_a.variance_reduction");
    if cannot.is_none() && read.has(one) && read.has(other) {
        return Prose::from("No verdict is given on this page yet. With hedge ratios known the day before, ")
            .say(format!("{} took away ", b.label))
            .figure(read.show(one))
            .say(format!(" of the variance of {}, and {} took away ", a.label, a.label))
            .figure(read.show(other))
            .say(format!(" of the variance of {}.", b.label));
    }
    let opening = match cannot {
        Some(why) => format!("Not measurable as asked: {why}."),
        None => "Not tested on this page yet: it takes hedge ratios known the day before, judged on the days after."
            .to_owned(),
    };
    Prose::from(opening)
        .say(" The nearest figure is the slope of all history, ")
        .figure(read.show("beta.all.beta"))
        .say(", which explains ")
        .figure(read.show("beta.all.r2"))
        .say(format!(" of the variance of {} in the sample it was fitted on.", a.label))
}
