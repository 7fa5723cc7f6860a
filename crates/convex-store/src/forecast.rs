//! Forecasts as they were made, append-only.

use convex_core::Day;
use jiff::Timestamp;

use crate::instant::{day, instant};
use crate::sqlite::BEGIN_WRITE;
use crate::{Store, StoreError};

/// A forecast as it was made.
#[derive(Clone, Debug, PartialEq)]
pub struct KeptForecast {
    /// What it is of: `iwm`, or `dia-vs-iwm`.
    pub target: String,
    /// The last observation it rests on.
    pub day: Day,
    /// By what rules it was made.
    pub method: String,
    /// When it was made.
    pub made: Timestamp,
    /// The series it rests on with their versions: `dia 12, iwm 14`.
    pub inputs: String,
    /// What it says, as JSON.
    pub body: String,
}

/// A scorecard as it was made.
#[derive(Clone, Debug, PartialEq)]
pub struct KeptScorecard {
    /// The newest day of any series in it.
    pub day: Day,
    /// By what rules.
    pub method: String,
    /// When it was made.
    pub made: Timestamp,
    /// What it says, as JSON.
    pub body: String,
}

type Row = (String, i32, String, i64, String, String);

const FORECASTS: &str = "select target, day, method, made, inputs, body from forecasts";

impl Store {
    /// Keeps forecasts, but for those of a target, day and method kept already; says how many were new.
    pub async fn keep_forecasts(&self, forecasts: &[KeptForecast]) -> Result<usize, StoreError> {
        let mut transaction = self.writer.begin_with(BEGIN_WRITE).await?;
        let mut new = 0;
        for forecast in forecasts {
            let added = sqlx::query(
                "insert into forecasts (target, day, method, made, inputs, body) values ($1, $2, $3, $4, $5, $6)
                 on conflict (target, day, method) do nothing",
            )
            .bind(&forecast.target)
            .bind(forecast.day.epoch_days())
            .bind(&forecast.method)
            .bind(forecast.made.as_microsecond())
            .bind(&forecast.inputs)
            .bind(&forecast.body)
            .execute(&mut *transaction)
            .await?;
            new += added.rows_affected() as usize;
        }
        transaction.commit().await?;
        Ok(new)
    }

    /// The forecast of a target that rests on the newest day, up to a day if one is given.
    pub async fn latest_forecast(&self, target: &str, until: Option<Day>) -> Result<Option<KeptForecast>, StoreError> {
        let text = format!("{FORECASTS} where target = $1 and day <= $2 order by day desc, made desc limit 1");
        let row: Option<Row> = sqlx::query_as(sqlx::AssertSqlSafe(text))
            .bind(target)
            .bind(until.unwrap_or(Day::MAX).epoch_days())
            .fetch_optional(&self.readers)
            .await?;
        row.map(forecast).transpose()
    }

    /// All forecasts of a target, in order of days.
    pub async fn forecasts_of(&self, target: &str) -> Result<Vec<KeptForecast>, StoreError> {
        let text = format!("{FORECASTS} where target = $1 order by day, made");
        let rows: Vec<Row> = sqlx::query_as(sqlx::AssertSqlSafe(text)).bind(target).fetch_all(&self.readers).await?;
        rows.into_iter().map(forecast).collect()
    }

    /// The targets that have a forecast, with the newest day of each, in order of names.
    pub async fn forecast_targets(&self) -> Result<Vec<(String, Day)>, StoreError> {
        let rows: Vec<(String, i32)> =
            sqlx::query_as("select target, max(day) from forecasts group by target order by target")
                .fetch_all(&self.readers)
                .await?;
        rows.into_iter().map(|(target, of)| Ok((target, day(of, "a forecast")?))).collect()
    }

    /// Keeps a scorecard.
    pub async fn keep_scorecard(&self, card: &KeptScorecard) -> Result<(), StoreError> {
        sqlx::query(
            "insert into scorecards (day, method, made, body) values ($1, $2, $3, $4)
             on conflict (day, method, made) do nothing",
        )
        .bind(card.day.epoch_days())
        .bind(&card.method)
        .bind(card.made.as_microsecond())
        .bind(&card.body)
        .execute(&self.writer)
        .await?;
        Ok(())
    }

    /// The newest scorecard.
    pub async fn latest_scorecard(&self) -> Result<Option<KeptScorecard>, StoreError> {
        let row: Option<(i32, String, i64, String)> =
            sqlx::query_as("select day, method, made, body from scorecards order by day desc, made desc limit 1")
                .fetch_optional(&self.readers)
                .await?;
        row.map(|(of, method, made, body)| {
            Ok(KeptScorecard { day: day(of, "a scorecard")?, method, made: instant(made, "a scorecard")?, body })
        })
        .transpose()
    }
}

fn forecast((target, of, method, made, inputs, body): Row) -> Result<KeptForecast, StoreError> {
    Ok(KeptForecast { target, day: day(of, "a forecast")?, method, made: instant(made, "a forecast")?, inputs, body })
}
