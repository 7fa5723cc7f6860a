//! What mail asks of the desk.

use std::collections::HashMap;
use std::sync::Arc;

use convex_core::Day;
use convex_core::screen::Member;
use convex_core::screen::{LEVEL, Question, question_name};
use convex_store::{KeptAlarm, Store};

use super::ledger::METHOD;
use super::{Desk, Error};
use crate::mail::Mailer;

impl Desk {
    /// The same desk, with somebody who sends mail.
    #[must_use]
    pub fn with_mailer(self, mailer: Option<Arc<Mailer>>) -> Self {
        Self { mailer, ..self }
    }

    /// Who sends mail, if the operator set that up.
    pub fn mailer(&self) -> Option<&Arc<Mailer>> {
        self.mailer.as_ref()
    }

    /// The database of readers, digests and letters: always the real one.
    pub fn readers(&self) -> &Store {
        &self.store
    }

    /// Whether the sample market has been served and no real observation was seen yet.
    pub fn has_sample(&self) -> bool {
        self.sample.is_some() && !self.real.load(std::sync::atomic::Ordering::Relaxed)
    }

    /// Marks of the kept lists, each on the first day it stood, in order of days.
    pub async fn marks(&self) -> Result<Vec<KeptAlarm>, Error> {
        let (store, _) = self.current().await;
        let days: Vec<Day> = store.kept_screens(METHOD).await?.into_iter().map(|(day, _)| day).collect();
        let mut first = Vec::new();
        for question in Question::ALL {
            let mut standing: HashMap<(String, String), Day> = HashMap::new();
            for alarm in store.kept_alarms(METHOD, question_name(question), LEVEL).await? {
                let pair = (alarm.test.a.clone(), alarm.test.b.clone());
                let before = standing.insert(pair, alarm.day);
                let place = days.partition_point(|day| *day < alarm.day);
                // A mark that stood on the kept day before is nothing new.
                if place == 0 || before != Some(days[place - 1]) {
                    first.push(alarm);
                }
            }
        }
        first.sort_by_key(|alarm| alarm.day);
        Ok(first)
    }

    /// Every stored series with observations, cut at a day.
    pub async fn members_of_all(&self, as_of: Option<Day>) -> Result<Vec<Member>, Error> {
        let (store, _) = self.current().await;
        self.members(store, None, as_of).await
    }
}
