//! The wire format of a comparison. The domain types are free to change; this is not.

use convex_core::claim::Claim;
use convex_core::compare::Comparison;
use convex_core::figure::{Estimate, Figure, Interval, Unavailable, Value};
use convex_core::freshness::{AgeState, Freshness};
use indexmap::IndexMap;
use serde::Serialize;

use super::metric::AgeDto;
use crate::format;

/// A whole comparison.
#[derive(Debug, Serialize)]
pub struct ComparisonDto {
    pair: String,
    a: String,
    b: String,
    kind: &'static str,
    as_of: Option<String>,
    requested_as_of: Option<String>,
    basis: &'static str,
    sample: bool,
    /// How old each leg is.
    #[serde(skip_serializing_if = "Option::is_none")]
    ages: Option<AgesDto>,
    figures: IndexMap<String, FigureDto>,
    claims: Vec<ClaimDto>,
    warnings: Vec<String>,
    attribution: Vec<AttributionDto>,
}

#[derive(Debug, Serialize)]
struct AgesDto {
    a: AgeDto,
    b: AgeDto,
    /// The state of every figure that rests on both: the worse of the two.
    both: &'static str,
}

/// A figure: an estimate, or why there is none.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum FigureDto {
    /// A number, a date or a list.
    Estimate(EstimateDto),
    /// Nothing, and why.
    Unavailable {
        /// The reason.
        unavailable: ReasonDto,
    },
}

/// A number with everything needed to quote it.
#[derive(Debug, Serialize)]
pub struct EstimateDto {
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<serde_json::Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    interval: Option<IntervalDto>,
    unit: &'static str,
    n: usize,
    from: String,
    to: String,
    method: &'static str,
    /// What simulated markets say against the interval or the test of this figure.
    #[serde(skip_serializing_if = "Option::is_none")]
    caution: Option<&'static str>,
    /// The age of the series it describes, in answers about a single one.
    #[serde(skip_serializing_if = "Option::is_none")]
    age: Option<&'static str>,
}

/// An interval of 95 %.
#[derive(Debug, Serialize)]
pub(super) struct IntervalDto {
    low: f64,
    high: f64,
    level: f64,
}

/// Why a figure is absent.
#[derive(Debug, Serialize)]
pub struct ReasonDto {
    reason: &'static str,
    detail: String,
}

/// A claim: a fixed question, its verdict, and the figures it rests on.
#[derive(Debug, Serialize)]
struct ClaimDto {
    id: &'static str,
    question: String,
    verdict: &'static str,
    sentence: String,
    figures: Vec<String>,
    method: &'static str,
}

#[derive(Debug, Serialize)]
struct AttributionDto {
    source: String,
    text: String,
}

impl From<&Comparison> for ComparisonDto {
    fn from(comparison: &Comparison) -> Self {
        let (a, b) = (&comparison.a.metric.id, &comparison.b.metric.id);
        Self {
            pair: format!("{a}-vs-{b}"),
            a: a.clone(),
            b: b.clone(),
            kind: comparison.kind.key(),
            as_of: comparison.as_of.map(|day| day.to_string()),
            requested_as_of: comparison.requested_as_of.map(|day| day.to_string()),
            basis: comparison.basis.words(),
            sample: comparison.sample,
            ages: None,
            figures: comparison
                .figures
                .iter()
                .map(|(name, figure)| (name.to_owned(), FigureDto::named(name, figure)))
                .collect(),
            claims: comparison.claims.iter().map(|claim| ClaimDto::new(claim, comparison)).collect(),
            warnings: comparison.warnings.clone(),
            attribution: comparison
                .attribution
                .iter()
                .map(|entry| AttributionDto { source: entry.source.clone(), text: entry.text.clone() })
                .collect(),
        }
    }
}

impl ComparisonDto {
    /// The same with the ages of both legs. They stand beside the figures and not in them: figures depend on observations
    /// alone, ages on when one looks.
    #[must_use]
    pub fn aged(mut self, ages: &[Freshness; 2]) -> Self {
        let both = ages[0].state.worse(ages[1].state).word();
        self.ages = Some(AgesDto { a: (&ages[0]).into(), b: (&ages[1]).into(), both });
        self
    }

    /// The same with more that a reader must know before quoting.
    #[must_use]
    pub fn warned(mut self, warnings: Vec<String>) -> Self {
        self.warnings.extend(warnings);
        self
    }
}

impl ClaimDto {
    fn new(claim: &Claim, of: &Comparison) -> Self {
        Self {
            id: claim.id,
            question: claim.question.clone(),
            verdict: claim.verdict.key(),
            sentence: format::sentence(&claim.sentence, of),
            figures: claim.figures.clone(),
            method: claim.method,
        }
    }
}

impl FigureDto {
    /// Says how old what it rests on is.
    pub(super) fn carry(&mut self, state: AgeState) {
        if let Self::Estimate(estimate) = self {
            estimate.age = Some(state.word());
        }
    }

    /// A figure that is known by its name, with what is to be said against it.
    pub fn named(name: &str, figure: &Figure) -> Self {
        let mut dto = Self::from(figure);
        if let Self::Estimate(estimate) = &mut dto {
            estimate.caution = convex_core::figure::caution(name, estimate.n);
        }
        dto
    }
}

impl From<&Figure> for FigureDto {
    fn from(figure: &Figure) -> Self {
        match figure {
            Ok(estimate) => Self::Estimate(estimate.into()),
            Err(why) => Self::Unavailable { unavailable: why.into() },
        }
    }
}

impl From<&Estimate> for EstimateDto {
    fn from(estimate: &Estimate) -> Self {
        let value = match &estimate.value {
            Value::Number(number) => Some(number_json(*number, estimate.unit)),
            Value::Day(day) => Some(day.to_string().into()),
            Value::List(numbers) => Some(numbers.clone().into()),
            Value::IntervalOnly => None,
        };
        Self {
            value,
            interval: estimate.interval.map(IntervalDto::from),
            unit: estimate.unit.word(),
            n: estimate.n,
            from: estimate.from.to_string(),
            to: estimate.to.to_string(),
            method: estimate.method,
            caution: None,
            age: None,
        }
    }
}

/// Counts are written without a decimal point.
fn number_json(number: f64, unit: convex_core::figure::Unit) -> serde_json::Value {
    use convex_core::figure::Unit;
    if unit == Unit::Count && number.fract() == 0.0 { (number as i64).into() } else { number.into() }
}

impl From<Interval> for IntervalDto {
    fn from(interval: Interval) -> Self {
        Self { low: interval.low, high: interval.high, level: 0.95 }
    }
}

impl From<&Unavailable> for ReasonDto {
    fn from(why: &Unavailable) -> Self {
        Self { reason: why.reason(), detail: why.detail() }
    }
}
