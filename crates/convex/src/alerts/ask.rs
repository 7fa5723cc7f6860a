//! A rule as somebody typed it: read, its subject found, previewed.

use std::sync::Arc;

use convex_core::alert::{
    BadRule, BadUnit, Condition, Preview, Rule, Subject, Watch, is_metric_figure, is_pair_figure, preview,
};
use convex_core::catalog::Metric;
use convex_core::{Series, SeriesId};

use crate::desk::{self, Desk, on_pool};

/// A rule that can be kept.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The rule with ids in place of what was typed.
    pub rule: Rule,
    /// What it is about, as it is called.
    pub subject: String,
    /// The metrics it is about.
    pub metrics: Vec<Arc<Metric>>,
    /// What it would have done; `None` where the past of its figure is not kept.
    pub preview: Option<Preview>,
}

/// Why a rule cannot be kept.
#[derive(Debug, thiserror::Error)]
pub enum BadAsk {
    /// It cannot be read.
    #[error(transparent)]
    Rule(#[from] BadRule),
    /// A size does not fit.
    #[error(transparent)]
    Unit(#[from] BadUnit),
    /// No figure of that name can be watched.
    #[error("no figure \"{figure}\" can be watched for {subject}{hint}")]
    Figure {
        /// What was typed.
        figure: String,
        /// For which.
        subject: String,
        /// What can be done instead.
        hint: &'static str,
    },
    /// The desk has no answer.
    #[error(transparent)]
    Desk(#[from] desk::Error),
}

/// Reads a rule and previews it over all that is stored.
pub async fn ask(desk: &Arc<Desk>, text: &str, subject: Option<&Subject>) -> Result<Asked, BadAsk> {
    let typed = Rule::parse(text, subject)?;
    let metrics = match &typed.subject {
        Subject::Metric(id) => vec![desk.resolve(id).await?],
        Subject::Pair(a, b) => vec![desk.resolve(a).await?, desk.resolve(b).await?],
    };
    let of: Vec<&str> = metrics.iter().map(|metric| metric.id.as_str()).collect();
    let subject = match of[..] {
        [a, b] => Subject::Pair(a.to_owned(), b.to_owned()),
        _ => Subject::Metric(of[0].to_owned()),
    };
    let rule = Rule { subject, ..typed };
    check(desk, &rule, &metrics).await?;
    let labels: Vec<&str> = metrics.iter().map(|metric| metric.label.as_str()).collect();
    let subject = labels.join("/");
    let mut loaded: Vec<(Arc<Metric>, Series)> = Vec::new();
    for metric in &metrics {
        let stored = desk.stored(&SeriesId::price(&metric.id), None).await?;
        loaded.push((Arc::clone(metric), stored.map_or_else(Series::empty, |(_, series)| series)));
    }
    let asked = rule.clone();
    let found = on_pool(move || {
        preview(&asked, |id| loaded.iter().find(|one| one.0.id == id).map(|(metric, series)| (metric.as_ref(), series)))
    });
    let preview = found.await.map_err(desk::Error::from)??;
    if let Some(figure) = rule.figure().filter(|figure| preview.is_none() && has_path(&rule.subject, figure)) {
        let (figure, subject) = (figure.to_owned(), rule.subject.to_string());
        let hint = ": there is no such figure of it, or too little is stored";
        return Err(BadAsk::Figure { figure, subject, hint });
    }
    Ok(Asked { rule, subject, metrics, preview })
}

/// Whether the past of a figure is known wherever the figure is.
fn has_path(subject: &Subject, figure: &str) -> bool {
    match subject {
        Subject::Metric(_) => true,
        Subject::Pair(..) => is_pair_figure(figure),
    }
}

/// Where a new rule stands: after all that was seen in its preview, so that nothing old is told.
pub fn watch_of(asked: &Asked) -> Watch {
    asked.preview.as_ref().map(|preview| preview.watch.clone()).unwrap_or_default()
}

async fn check(desk: &Arc<Desk>, rule: &Rule, metrics: &[Arc<Metric>]) -> Result<(), BadAsk> {
    let bad = |figure: &str, hint| {
        let (figure, subject) = (figure.to_owned(), rule.subject.to_string());
        Err(BadAsk::Figure { figure, subject, hint })
    };
    let is_named = |a: &str, b: &str| desk.catalog().pair(a, b).is_some();
    match (&rule.condition, &rule.subject) {
        (Condition::Late, Subject::Metric(_)) | (Condition::Move { .. }, _) => Ok(()),
        (Condition::Late, Subject::Pair(..)) => bad("late", ": name one of the two"),
        (Condition::Level { figure, .. }, Subject::Metric(_)) if is_metric_figure(figure) => Ok(()),
        (Condition::Level { figure, .. }, Subject::Pair(..)) if is_pair_figure(figure) => Ok(()),
        (Condition::Level { figure, .. }, Subject::Pair(a, b)) if is_named(a, b) => {
            let comparison = desk.comparison_of(&metrics[0], &metrics[1], None).await?;
            match comparison.figures.number(figure) {
                Some(_) => Ok(()),
                None => bad(figure, ": the page of the pair shows the names of its figures"),
            }
        }
        (Condition::Verdict { claim }, Subject::Pair(a, b)) if is_named(a, b) => {
            let comparison = desk.comparison_of(&metrics[0], &metrics[1], None).await?;
            if comparison.claims.iter().any(|one| one.id == claim) {
                Ok(())
            } else {
                bad(claim, ": the page of the pair shows the questions asked of it")
            }
        }
        (Condition::Verdict { claim }, _) => bad(claim, ": verdicts are watched for the named pairs of the catalogue"),
        (Condition::Level { figure, .. }, Subject::Pair(..)) => bad(
            figure,
            ": of pairs the catalogue does not name, the gap, correlations, slopes and divergence.z can be watched",
        ),
        (Condition::Level { figure, .. }, Subject::Metric(_)) => {
            bad(figure, ": the page of the metric shows the names of its figures")
        }
    }
}
