//! The lists of past days, and what became of their alarms.

use std::collections::HashMap;
use std::sync::Arc;

use convex_core::Day;
use convex_core::screen::{Alarm, LEVEL, Outcome, Question, Test, TestedPair, ledger, question_name};
use convex_store::{KeptScreen, KeptTest};

use super::compute::on_pool;
use super::{Desk, Error, Scope, ScreenAsk, TestedScreen};

/// The rules lists are made by now: another word when they change, so that lists of one kind are counted together.
pub(super) const METHOD: &str = "romano-wolf-2";

/// Days after the day of a list within which it counts as made on the day.
const ON_THE_DAY: i32 = 4;

/// What became of past alarms.
#[derive(Clone, Debug)]
pub struct Ledger {
    /// Days whose list is kept.
    pub days: usize,
    /// Of those, days whose list was made later, from history.
    pub from_history: usize,
    /// First and last of them.
    pub span: Option<(Day, Day)>,
    /// Marks in all, a wide gap marked on ten days counted ten times.
    pub marks: usize,
    /// How often the gaps came back, by horizon.
    pub outcomes: [Outcome; 2],
    /// Whether the data are simulated.
    pub sample: bool,
}

impl Desk {
    /// Keeps the tested list of the catalogue's named pairs, of the newest day that half of the daily pairs have or of an
    /// earlier one; `None` if nothing was tested, else its day and whether it was not kept before.
    pub async fn keep_family(&self, as_of: Option<Day>) -> Result<Option<(Day, bool)>, Error> {
        let found = self.tested_screen(ScreenAsk { as_of, ..ScreenAsk::default() }).await?;
        let Some(day) = found.tested.day.filter(|_| found.tested.tests > 0) else { return Ok(None) };
        let (store, _) = self.current().await;
        let list = KeptScreen {
            day,
            method: METHOD.to_owned(),
            made: self.now(),
            tests: found.tested.tests,
            worlds: found.tested.worlds,
            kept: found.tested.pairs.iter().flat_map(|pair| kept(pair, &found)).collect(),
        };
        Ok(Some((day, store.keep_screen(&list).await?)))
    }

    /// What became of the alarms of all kept lists.
    pub async fn ledger(&self) -> Result<Arc<Ledger>, Error> {
        let (store, sample) = self.current().await;
        let days = store.kept_screens(METHOD).await?;
        let list = store.list().await?;
        let newest = list.iter().map(|summary| summary.version).max().unwrap_or(0);
        let key = (sample, newest, days.len());
        let work = async {
            let alarms = store.kept_alarms(METHOD, question_name(Question::Divergence), LEVEL).await?;
            let named = self.named(&Scope::Everything)?;
            let ids: Vec<String> = named
                .iter()
                .cloned()
                .chain(alarms.iter().map(|alarm| (alarm.test.a.clone(), alarm.test.b.clone())))
                .flat_map(|(a, b)| [a, b])
                .collect();
            let members = self.members(store, Some(&ids), None).await?;
            let at: HashMap<&str, usize> =
                members.iter().enumerate().map(|(at, member)| (member.metric.id.as_str(), at)).collect();
            let place = |a: &str, b: &str| Some((*at.get(a)?, *at.get(b)?));
            let marks: Vec<Alarm> = alarms
                .iter()
                .filter_map(|alarm| {
                    let (a, b) = place(&alarm.test.a, &alarm.test.b)?;
                    Some(Alarm { a, b, day: alarm.test.last })
                })
                .collect();
            let pairs: Vec<(usize, usize)> = named.iter().filter_map(|(a, b)| place(a, b)).collect();
            let count = marks.len();
            let outcomes = on_pool(move || ledger(&members, &marks, &pairs)).await?;
            let late = |(day, made): &&(Day, jiff::Timestamp)| made_on(*made) - *day > ON_THE_DAY;
            Ok(Arc::new(Ledger {
                days: days.len(),
                from_history: days.iter().filter(late).count(),
                span: days.first().zip(days.last()).map(|((first, _), (last, _))| (*first, *last)),
                marks: count,
                outcomes,
                sample,
            }))
        };
        self.ledgers.try_get_with(key, work).await.map_err(Error::Shared)
    }
}

fn made_on(made: jiff::Timestamp) -> Day {
    Day::from_date(made.to_zoned(jiff::tz::TimeZone::UTC).date()).unwrap_or(Day::MAX)
}

fn kept(pair: &TestedPair, screen: &TestedScreen) -> Vec<KeptTest> {
    let [a, b] = [pair.row.a, pair.row.b].map(|place| screen.frame.members[place].id.clone());
    let Some(last) = pair.row.as_of else { return Vec::new() };
    let of = |(question, test): (Question, &Test)| KeptTest {
        a: a.clone(),
        b: b.clone(),
        question: question_name(question).to_owned(),
        last,
        statistic: test.statistic,
        p: test.judged.p,
        p_family: test.judged.p_family,
        q: test.judged.q,
    };
    Question::ALL.into_iter().filter_map(|question| Some((question, pair.test(question)?))).map(of).collect()
}
