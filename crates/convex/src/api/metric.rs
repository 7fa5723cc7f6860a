//! The wire format of metrics.

use convex_core::calendar::Door;
use convex_core::catalog::Metric;
use convex_core::freshness::Freshness;
use indexmap::IndexMap;
use serde::Serialize;

use super::comparison::FigureDto;
use crate::desk::{MetricRow, MetricView};

/// What a metric is.
#[derive(Debug, Serialize)]
struct Definition {
    id: String,
    name: String,
    short: String,
    aliases: Vec<String>,
    #[serde(rename = "definition")]
    meaning: String,
    category: &'static str,
    cadence: &'static str,
    unit: &'static str,
    change: &'static str,
    role: &'static str,
    licence: &'static str,
}

/// How old a metric is.
#[derive(Debug, Serialize)]
pub(super) struct AgeDto {
    state: &'static str,
    last: Option<String>,
    /// Day by which the next observation should be had, and the instant.
    due: Option<String>,
    due_at: Option<String>,
    days_old: i32,
    missed: usize,
    market: Option<MarketDto>,
    /// First day the provider still gives, where that is later than what is kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    shortened_from: Option<String>,
    words: String,
}

/// Whether a metric's market is open.
#[derive(Debug, Serialize)]
struct MarketDto {
    open: bool,
    /// When that changes; absent for a market that never closes.
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<String>,
}

/// One line of the list.
#[derive(Debug, Serialize)]
pub struct MetricRowDto {
    #[serde(flatten)]
    definition: Definition,
    value: Option<f64>,
    as_of: Option<String>,
    n: usize,
    from: Option<String>,
    change_1obs: FigureDto,
    age: AgeDto,
    source: Option<&'static str>,
}

/// One metric with its figures.
#[derive(Debug, Serialize)]
pub struct MetricDto {
    #[serde(flatten)]
    definition: Definition,
    sample: bool,
    age: AgeDto,
    source: Option<&'static str>,
    total_return_stored: bool,
    figures: IndexMap<String, FigureDto>,
    /// What to know before quoting.
    warnings: Vec<String>,
}

impl From<&Metric> for Definition {
    fn from(metric: &Metric) -> Self {
        Self {
            id: metric.id.clone(),
            name: metric.name.clone(),
            short: metric.short.clone(),
            aliases: metric.aliases.clone(),
            meaning: metric.definition.clone(),
            category: metric.category.key(),
            cadence: metric.cadence.key(),
            unit: metric.unit.word(),
            change: metric.change.key(),
            role: metric.role.key(),
            licence: metric.licence.key(),
        }
    }
}

impl From<&Freshness> for AgeDto {
    fn from(age: &Freshness) -> Self {
        Self {
            state: age.state.word(),
            last: age.last.map(|day| day.to_string()),
            due: age.due_day.map(|day| day.to_string()),
            due_at: age.due.map(|instant| instant.to_string()),
            days_old: age.days_old,
            missed: age.missed,
            market: age.market.map(MarketDto::from),
            shortened_from: age.facts.shortened.map(|day| day.to_string()),
            words: age.words(),
        }
    }
}

impl From<Door> for MarketDto {
    fn from(door: Door) -> Self {
        let (open, until) = match door {
            Door::Open { closes } => (true, Some(closes)),
            Door::Closed { opens } => (false, Some(opens)),
            Door::Always => (true, None),
        };
        Self { open, until: until.map(|instant| instant.to_string()) }
    }
}

impl From<&MetricRow> for MetricRowDto {
    fn from(row: &MetricRow) -> Self {
        Self {
            definition: row.metric.as_ref().into(),
            value: row.last.map(|(_, value)| value),
            as_of: row.last.map(|(day, _)| day.to_string()),
            n: row.n,
            from: row.first.map(|day| day.to_string()),
            change_1obs: (&row.change_1obs).into(),
            age: (&row.freshness).into(),
            source: row.provider.map(convex_core::catalog::Provider::key),
        }
    }
}

impl From<&MetricView> for MetricDto {
    fn from(view: &MetricView) -> Self {
        Self {
            definition: view.metric.as_ref().into(),
            sample: view.sample,
            age: (&view.freshness).into(),
            source: view.provider.map(convex_core::catalog::Provider::key),
            total_return_stored: view.total_return.is_some(),
            figures: view
                .figures
                .iter()
                .map(|(name, figure)| {
                    let mut figure = FigureDto::from(figure);
                    figure.carry(view.freshness.state);
                    (name.to_owned(), figure)
                })
                .collect(),
            warnings: view.warnings.clone(),
        }
    }
}
