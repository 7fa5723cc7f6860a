//! What is done about mail every minute: the digest of the day, alerts on new closes, what is due.

use std::time::Duration;

use convex_core::Day;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::queue::{is_time, queue_digest};
use super::{Delivered, Delivery};
use crate::alerts;
use crate::desk::Error;
use crate::web::digest::{keep, kept};

/// Between two looks.
pub(crate) const EVERY: Duration = Duration::from_mins(1);
/// How long an address is kept whose owner did not say yes.
const UNCONFIRMED: jiff::SignedDuration = jiff::SignedDuration::from_hours(24 * 7);

/// What the last look found, so that the next does only what is new.
#[derive(Debug, Default)]
pub(crate) struct State {
    /// Of the data alerts were evaluated on: the newest version, and the day.
    evaluated: Option<(i64, Day)>,
    /// The last day whose digest is kept.
    digest: Option<Day>,
}

impl Delivery {
    /// Makes and keeps the digest of a day, unless it is kept.
    pub async fn keep_digest(&self, day: Day) -> Result<(), Error> {
        keep(&self.desk, day).await.map(|_| ())
    }

    /// One look.
    pub(crate) async fn turn(&self, state: &mut State) -> Result<Delivered, Error> {
        let (desk, now) = (&self.desk, self.clock.now());
        let (_, list) = desk.summaries().await?;
        let newest = list.iter().map(|one| one.version).max().unwrap_or(0);
        let today = desk.today();
        if state.evaluated != Some((newest, today)) && !list.is_empty() {
            let fired = alerts::evaluate_all(desk, &self.mailer).await?;
            if fired > 0 {
                tracing::info!(fired, "rules fired");
            }
            state.evaluated = Some((newest, today));
        }
        let hour = now.to_zoned(TimeZone::UTC).hour() as u8;
        if state.digest != Some(today) && hour >= self.mailer.digest_hour && !list.is_empty() {
            keep(desk, today).await?;
            state.digest = Some(today);
        }
        if let Some(day) = newest_digest(self, today).await? {
            let readers = desk.readers().confirmed_subscribers().await?;
            let ready: Vec<_> = readers.into_iter().filter(|reader| is_time(reader, now)).collect();
            queue_digest(desk, day, &ready, now).await?;
        }
        desk.readers().forget_unconfirmed(now.saturating_sub(UNCONFIRMED).unwrap_or(Timestamp::MIN)).await?;
        Ok(self.run().await?)
    }
}

/// The digest that is sent: that of today, else of yesterday. An older one is no news.
async fn newest_digest(delivery: &Delivery, today: Day) -> Result<Option<Day>, Error> {
    for day in [today, today - 1] {
        if kept(&delivery.desk, day).await?.is_some() {
            return Ok(Some(day));
        }
    }
    Ok(None)
}
