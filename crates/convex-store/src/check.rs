//! Whether the database is whole, and putting right what can be derived again.

use std::fmt;

use convex_core::{Series, SeriesId};
use sqlx::SqliteConnection;

use crate::append::{Origin, write_state};
use crate::load::{known_rows, packed_copy, series_of};
use crate::payload::{PayloadId, damaged_payloads};
use crate::sqlite::{BEGIN_WRITE, INTEGRITY};
use crate::{Store, StoreError};

/// What a check of the whole database found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Integrity {
    /// Series looked at.
    pub series: usize,
    /// Days that have a value, over all series.
    pub observations: usize,
    /// What is wrong; empty if nothing is.
    pub problems: Vec<Problem>,
}

/// Something wrong with the database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// The engine's own check found damage.
    Engine(String),
    /// The packed copy of a series, or its line in the list of series, is not what its rows say; `repair` derives both
    /// again.
    Derived {
        /// The series.
        series: SeriesId,
        /// What differs.
        what: String,
    },
    /// An archived answer is not what was archived.
    Payload(PayloadId),
    /// The rows of a series cannot be read.
    Rows {
        /// The series, as the database spells it.
        series: String,
        /// The reason.
        why: String,
    },
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Engine(finding) => write!(f, "the database file is damaged: {finding}; restore a backup"),
            Self::Derived { series, what } => write!(f, "series \"{series}\": {what}; run convex doctor --repair"),
            Self::Payload(id) => write!(f, "answer {id} in the archive is damaged; restore a backup"),
            Self::Rows { series, why } => {
                write!(f, "series \"{series}\": {why}; run convex forget {series} and import it again")
            }
        }
    }
}

impl Store {
    /// Compares every packed copy with its rows and every archived body with its hash, after the engine's own check. Reads everything.
    pub async fn check(&self) -> Result<Integrity, StoreError> {
        let mut transaction = self.readers.begin().await?;
        let findings: Vec<(String,)> = sqlx::query_as(INTEGRITY).fetch_all(&mut *transaction).await?;
        let mut report = Integrity {
            problems: findings
                .into_iter()
                .filter(|(finding,)| finding != "ok")
                .map(|(finding,)| Problem::Engine(finding))
                .collect(),
            ..Integrity::default()
        };
        for name in names(&mut transaction).await? {
            report.series += 1;
            let Ok(id) = SeriesId::parse(&name) else {
                let why = "its name cannot be that of a series".to_owned();
                report.problems.push(Problem::Rows { series: name, why });
                continue;
            };
            match rows_of(&mut transaction, &id).await {
                Err(error) => report.problems.push(Problem::Rows { series: name, why: error.to_string() }),
                Ok((rows, _)) => {
                    report.observations += rows.len();
                    if let Some(what) = difference_of_copies(&mut transaction, &id, &rows).await? {
                        report.problems.push(Problem::Derived { series: id, what });
                    }
                }
            }
        }
        for id in damaged_payloads(&mut transaction).await? {
            report.problems.push(Problem::Payload(id));
        }
        Ok(report)
    }

    /// Derives packed copies and the list of series again from rows, where they differ. Returns the series put right;
    /// each gets a new version.
    pub async fn repair(&self) -> Result<Vec<SeriesId>, StoreError> {
        let mut repaired = Vec::new();
        for problem in self.check().await?.problems {
            let Problem::Derived { series, .. } = problem else { continue };
            let mut transaction = self.writer.begin_with(BEGIN_WRITE).await?;
            let (rows, last_change) = rows_of(&mut transaction, &series).await?;
            let name = series.to_string();
            if let Some((changed_at, origin)) = last_change {
                write_state(&mut transaction, &name, &rows, changed_at, origin).await?;
            } else {
                sqlx::query("delete from series where id = $1").bind(&name).execute(&mut *transaction).await?;
                sqlx::query("delete from packed where series = $1").bind(&name).execute(&mut *transaction).await?;
            }
            transaction.commit().await?;
            repaired.push(series);
        }
        Ok(repaired)
    }
}

/// Every name under which anything is held.
async fn names(connection: &mut SqliteConnection) -> Result<Vec<String>, sqlx::Error> {
    let names: Vec<(String,)> = sqlx::query_as(
        "select id from series union select series from packed union select series from observations order by 1",
    )
    .fetch_all(connection)
    .await?;
    Ok(names.into_iter().map(|(name,)| name).collect())
}

/// The series that the rows make, with instant and origin of the last change.
async fn rows_of(
    connection: &mut SqliteConnection,
    id: &SeriesId,
) -> Result<(Series, Option<(i64, Origin)>), StoreError> {
    let rows = known_rows(connection, &id.to_string(), i64::MAX).await?;
    let last = rows.iter().max_by_key(|row| row.known_from);
    let last = last.map(|row| (row.known_from, Origin { provider: row.provider, write: row.write }));
    Ok((series_of(id, rows)?, last))
}

/// What differs between the rows of a series and what was derived from them.
async fn difference_of_copies(
    connection: &mut SqliteConnection,
    id: &SeriesId,
    rows: &Series,
) -> Result<Option<String>, StoreError> {
    let packed = match packed_copy(connection, id).await {
        Ok(None) if rows.is_empty() => return Ok(Some("it is listed without any row".to_owned())),
        Ok(None) => return Ok(Some("it has rows but no packed copy".to_owned())),
        Ok(Some(packed)) => packed.series,
        Err(StoreError::Damaged { damage, .. }) => return Ok(Some(damage.to_string())),
        Err(error) => return Err(error),
    };
    if packed != *rows {
        return Ok(Some("the packed copy differs from the rows".to_owned()));
    }
    let line: (i64, i32, i32) = sqlx::query_as("select n, first_day, last_day from series where id = $1")
        .bind(id.to_string())
        .fetch_one(connection)
        .await?;
    let expected = rows
        .first()
        .zip(rows.last())
        .map(|((first, _), (last, _))| (rows.len() as i64, first.epoch_days(), last.epoch_days()));
    Ok((expected != Some(line)).then(|| "the list of series differs from the rows".to_owned()))
}
