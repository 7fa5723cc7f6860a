//! The wire format of screens.

use std::sync::Arc;

use axum::Json;
use axum::extract::{RawQuery, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use convex_core::figure::{Interval, Unavailable};
use convex_core::screen::{LEVEL, Outcome, Question, Rate, Row, Test, question_name};
use indexmap::IndexMap;
use serde::Serialize;

use super::Problem;
use super::comparison::{FigureDto, IntervalDto, ReasonDto};
use crate::desk::{Desk, Ledger, RankedScreen, ScreenFrame, TestedScreen};
use crate::screen::{self, Flat, ledger_note, ranked_note, tested_note};
use crate::settings::Query;

/// A ranked list.
#[derive(Debug, Serialize)]
pub struct RankedDto {
    list: &'static str,
    as_of: Option<String>,
    requested_as_of: Option<String>,
    sample: bool,
    ranked_by: &'static str,
    /// Series looked at.
    series: usize,
    /// Pairs looked at.
    pairs: usize,
    /// Pairs with an effect.
    ranked: usize,
    /// Pairs left out because one leg ended.
    ended: usize,
    /// Pairs left out because they share too few observations, or one does not vary.
    short: usize,
    tests: usize,
    odds: Option<OddsDto>,
    note: String,
    rows: Vec<RowDto>,
}

#[derive(Debug, Serialize)]
struct OddsDto {
    at_least: f64,
    expected_without_change: f64,
    low_90: f64,
    high_90: f64,
    pairs_sampled: usize,
    worlds: usize,
}

/// A tested list.
#[derive(Debug, Serialize)]
pub struct TestedDto {
    list: &'static str,
    as_of: Option<String>,
    requested_as_of: Option<String>,
    sample: bool,
    tests: usize,
    worlds: usize,
    level: f64,
    note: String,
    rows: Vec<RowDto>,
}

#[derive(Debug, Serialize)]
struct RowDto {
    place: usize,
    pair: String,
    a: String,
    b: String,
    as_of: Option<String>,
    state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    effect: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tests: Option<IndexMap<&'static str, TestDto>>,
    figures: IndexMap<String, FigureDto>,
}

#[derive(Debug, Serialize)]
#[serde(untagged)]
enum TestDto {
    Made {
        statistic: f64,
        estimate: f64,
        #[serde(skip_serializing_if = "Option::is_none")]
        interval: Option<IntervalDto>,
        p: f64,
        p_family: f64,
        q: f64,
        passes: bool,
    },
    Unavailable {
        unavailable: ReasonDto,
    },
}

impl From<&RankedScreen> for RankedDto {
    fn from(screen: &RankedScreen) -> Self {
        let ranked = &screen.ranked;
        let rows = screen.rows.iter().zip(&ranked.largest).enumerate();
        Self {
            list: "ranked",
            as_of: ranked.newest.map(|day| day.to_string()),
            requested_as_of: screen.frame.requested_as_of.map(|day| day.to_string()),
            sample: screen.frame.sample,
            ranked_by: screen.by.key(),
            series: ranked.series,
            pairs: ranked.pairs,
            ranked: ranked.ranked,
            ended: ranked.ended,
            short: ranked.short,
            tests: 0,
            odds: screen.odds.map(|odds| OddsDto {
                at_least: odds.size,
                expected_without_change: odds.expected,
                low_90: odds.low,
                high_90: odds.high,
                pairs_sampled: odds.sampled,
                worlds: odds.worlds,
            }),
            note: ranked_note(screen),
            rows: rows
                .map(|(at, (row, pair))| RowDto { effect: Some(pair.effect), ..RowDto::of(at, row, &screen.frame) })
                .collect(),
        }
    }
}

impl From<&TestedScreen> for TestedDto {
    fn from(screen: &TestedScreen) -> Self {
        let tested = &screen.tested;
        let row = |(at, pair): (usize, &convex_core::screen::TestedPair)| {
            let tests =
                Question::ALL.iter().zip(&pair.tests).map(|(question, test)| (question_name(*question), test.into()));
            RowDto { tests: Some(tests.collect()), ..RowDto::of(at, &pair.row, &screen.frame) }
        };
        Self {
            list: "tested",
            as_of: tested.newest.map(|day| day.to_string()),
            requested_as_of: screen.frame.requested_as_of.map(|day| day.to_string()),
            sample: screen.frame.sample,
            tests: tested.tests,
            worlds: tested.worlds,
            level: LEVEL,
            note: tested_note(screen),
            rows: tested.pairs.iter().enumerate().map(row).collect(),
        }
    }
}

impl RowDto {
    fn of(at: usize, row: &Row, frame: &ScreenFrame) -> Self {
        let [a, b] = [row.a, row.b].map(|place| frame.members[place].id.clone());
        Self {
            place: at + 1,
            pair: format!("{a}-vs-{b}"),
            a,
            b,
            as_of: row.as_of.map(|day| day.to_string()),
            state: row.state.word(),
            effect: None,
            tests: None,
            figures: row
                .figures
                .iter()
                .map(|(name, figure)| (name.to_owned(), FigureDto::named(name, figure)))
                .collect(),
        }
    }
}

impl From<&Result<Test, Unavailable>> for TestDto {
    fn from(test: &Result<Test, Unavailable>) -> Self {
        match test {
            Ok(test) => Self::Made {
                statistic: test.statistic,
                estimate: test.estimate,
                interval: test.interval.map(|interval: Interval| interval.into()),
                p: test.judged.p,
                p_family: test.judged.p_family,
                q: test.judged.q,
                passes: test.passes(),
            },
            Err(why) => Self::Unavailable { unavailable: why.into() },
        }
    }
}

/// What became of past marks.
#[derive(Debug, Serialize)]
pub struct LedgerDto {
    list: &'static str,
    sample: bool,
    days: usize,
    days_from_history: usize,
    from: Option<String>,
    to: Option<String>,
    marks: usize,
    note: String,
    horizons: Vec<OutcomeDto>,
}

#[derive(Debug, Serialize)]
struct OutcomeDto {
    sessions: usize,
    marked: RateDto,
    not_known_yet: usize,
    every_wide_gap: RateDto,
    wide_gaps_of_walks: RateDto,
}

#[derive(Debug, Serialize)]
struct RateDto {
    back: usize,
    cases: usize,
    share: Option<f64>,
    interval: Option<IntervalDto>,
}

impl From<&Ledger> for LedgerDto {
    fn from(ledger: &Ledger) -> Self {
        let outcome = |outcome: &Outcome| OutcomeDto {
            sessions: outcome.horizon,
            marked: outcome.alarms.into(),
            not_known_yet: outcome.open,
            every_wide_gap: outcome.wide.into(),
            wide_gaps_of_walks: outcome.walks.into(),
        };
        Self {
            list: "ledger",
            sample: ledger.sample,
            days: ledger.days,
            days_from_history: ledger.from_history,
            from: ledger.span.map(|(first, _)| first.to_string()),
            to: ledger.span.map(|(_, last)| last.to_string()),
            marks: ledger.marks,
            note: ledger_note(ledger),
            horizons: ledger.outcomes.iter().map(outcome).collect(),
        }
    }
}

impl From<Rate> for RateDto {
    fn from(rate: Rate) -> Self {
        Self {
            back: rate.back,
            cases: rate.cases,
            share: rate.share(),
            interval: rate.interval().map(IntervalDto::from),
        }
    }
}

pub(super) async fn ledger(State(desk): State<Arc<Desk>>) -> Result<Json<LedgerDto>, Problem> {
    Ok(Json(LedgerDto::from(desk.ledger().await?.as_ref())))
}

/// `?tested=1&by=change&top=50&as_of=&ids=dia,iwm,…&pairs=dia-vs-iwm,…&spearman=1&ended=1&format=json|csv|parquet`.
pub(super) async fn screen(State(desk): State<Arc<Desk>>, RawQuery(raw): RawQuery) -> Result<Response, Problem> {
    let query = Query::read(raw.as_deref());
    let ask = screen::ask(&desk, &query).await?;
    let is_tested = query.get("tested") == Some("1");
    let (flat, name) = match query.get("format") {
        None | Some("json") => {
            return Ok(if is_tested {
                Json(TestedDto::from(desk.tested_screen(ask).await?.as_ref())).into_response()
            } else {
                Json(RankedDto::from(desk.ranked_screen(ask).await?.as_ref())).into_response()
            });
        }
        Some("csv" | "parquet") if is_tested => (screen::of_tested(&*desk.tested_screen(ask).await?), "screen-tested"),
        Some("csv" | "parquet") => (screen::of_ranked(&*desk.ranked_screen(ask).await?), "screen-ranked"),
        Some(other) => {
            let other = super::query::shortened(other);
            return Err(Problem::bad_request(format!("format: \"{other}\" is unknown; use json, csv or parquet")));
        }
    };
    file(&flat, name, query.get("format") == Some("parquet"))
}

/// A screen as a file.
fn file(flat: &Flat, name: &str, is_parquet: bool) -> Result<Response, Problem> {
    let mut bytes = Vec::new();
    let written = if is_parquet && !flat.rows.is_empty() {
        screen::write_parquet(flat, &mut bytes)
    } else {
        screen::write_csv(flat, &mut bytes)
    };
    written.map_err(|error| {
        tracing::error!(%error, "a screen could not be written");
        Problem::internal()
    })?;
    let (kind, end) =
        if is_parquet { ("application/vnd.apache.parquet", "parquet") } else { ("text/csv; charset=utf-8", "csv") };
    let mark = if flat.sample { "-simulated" } else { "" };
    let disposition = format!("attachment; filename=\"{name}{mark}.{end}\"");
    Ok(([(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, disposition)], bytes).into_response())
}
