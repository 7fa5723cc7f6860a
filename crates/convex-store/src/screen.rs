//! The tested list of each day, append-only.

use convex_core::Day;
use jiff::Timestamp;

use crate::instant::{day, instant};
use crate::sqlite::BEGIN_WRITE;
use crate::{Store, StoreError};

/// A day's tested list, as it was first made.
#[derive(Clone, Debug, PartialEq)]
pub struct KeptScreen {
    /// The newest day of any pair in it.
    pub day: Day,
    /// By what rules it was made.
    pub method: String,
    /// When it was made.
    pub made: Timestamp,
    /// Tests judged together.
    pub tests: usize,
    /// Resampled pasts behind each.
    pub worlds: usize,
    /// The tests.
    pub kept: Vec<KeptTest>,
}

/// One test of a kept list.
#[derive(Clone, Debug, PartialEq)]
pub struct KeptTest {
    /// Id of the first leg.
    pub a: String,
    /// Id of the second leg.
    pub b: String,
    /// What was asked.
    pub question: String,
    /// The pair's last common day.
    pub last: Day,
    /// The statistic.
    pub statistic: f64,
    /// Its p-value alone.
    pub p: f64,
    /// Its p-value in the company of the list.
    pub p_family: f64,
    /// Its adjusted p-value by false discoveries.
    pub q: f64,
}

/// A mark on a pair on a past day.
#[derive(Clone, Debug, PartialEq)]
pub struct KeptAlarm {
    /// The day of the list.
    pub day: Day,
    /// When the list was made.
    pub made: Timestamp,
    /// The test that passed.
    pub test: KeptTest,
}

type Row = (i32, i64, String, String, String, i32, f64, f64, f64, f64);

impl Store {
    /// Keeps a day's list, unless one of that day and method is kept already; says whether it was new.
    pub async fn keep_screen(&self, screen: &KeptScreen) -> Result<bool, StoreError> {
        let mut transaction = self.writer.begin_with(BEGIN_WRITE).await?;
        let added = sqlx::query(
            "insert into screens (day, method, made, tests, worlds) values ($1, $2, $3, $4, $5)
             on conflict (day, method) do nothing",
        )
        .bind(screen.day.epoch_days())
        .bind(&screen.method)
        .bind(screen.made.as_microsecond())
        .bind(screen.tests as i64)
        .bind(screen.worlds as i64)
        .execute(&mut *transaction)
        .await?;
        if added.rows_affected() == 0 {
            return Ok(false);
        }
        for test in &screen.kept {
            sqlx::query(
                "insert into screen_tests (day, method, a, b, question, last, statistic, p, p_family, q)
                 values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
            )
            .bind(screen.day.epoch_days())
            .bind(&screen.method)
            .bind(&test.a)
            .bind(&test.b)
            .bind(&test.question)
            .bind(test.last.epoch_days())
            .bind(test.statistic)
            .bind(test.p)
            .bind(test.p_family)
            .bind(test.q)
            .execute(&mut *transaction)
            .await?;
        }
        transaction.commit().await?;
        Ok(true)
    }

    /// Days whose list is kept by a method, in order, and when each was made.
    pub async fn kept_screens(&self, method: &str) -> Result<Vec<(Day, Timestamp)>, StoreError> {
        let rows: Vec<(i32, i64)> = sqlx::query_as("select day, made from screens where method = $1 order by day")
            .bind(method)
            .fetch_all(&self.readers)
            .await?;
        let read = |(of, made): (i32, i64)| Ok((day(of, "a screen")?, instant(made, "a screen")?));
        rows.into_iter().map(read).collect()
    }

    /// Tests of kept lists of a method whose p-value within the list is at most `level`, in order of days.
    pub async fn kept_alarms(&self, method: &str, question: &str, level: f64) -> Result<Vec<KeptAlarm>, StoreError> {
        let rows: Vec<Row> = sqlx::query_as(
            "select t.day, s.made, t.a, t.b, t.question, t.last, t.statistic, t.p, t.p_family, t.q
             from screen_tests t join screens s on s.day = t.day and s.method = t.method
             where t.method = $1 and t.question = $2 and t.p_family <= $3 order by t.day, t.a, t.b",
        )
        .bind(method)
        .bind(question)
        .bind(level)
        .fetch_all(&self.readers)
        .await?;
        rows.into_iter().map(alarm).collect()
    }
}

fn alarm((of, made, a, b, question, last, statistic, p, p_family, q): Row) -> Result<KeptAlarm, StoreError> {
    let test = KeptTest { a, b, question, last: day(last, "a screen")?, statistic, p, p_family, q };
    Ok(KeptAlarm { day: day(of, "a screen")?, made: instant(made, "a screen")?, test })
}
