//! Every rule at a new close.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use convex_core::Day;
use convex_core::alert::{
    Condition, Firing, Reading, Rule, Standing, Subject, Wants, evaluate, is_pair_figure, is_within_budget, unit_of,
};
use convex_core::catalog::Metric;
use convex_core::figure::Unit;
use convex_core::freshness::AgeState;
use convex_core::screen::Member;
use convex_store::{NewMessage, Stepped, StoredRule, Subscriber};

use super::words::reading_words;
use crate::desk::{Desk, Error, on_pool};
use crate::format;
use crate::mail::Mailer;

/// Steps every rule through what is new, keeps where it stands and what fired, and queues what is to be told. Returns how
/// many fired. All of it is one transaction: what fired is told once, or not yet.
pub async fn evaluate_all(desk: &Arc<Desk>, mailer: &Mailer) -> Result<usize, Error> {
    let stored = desk.readers().rules(None).await?;
    if stored.is_empty() {
        return Ok(0);
    }
    let read =
        |rule: &StoredRule| Some(Standing { rule: Rule::parse(&rule.text, None).ok()?, watch: rule.watch.clone() });
    let (stored, before): (Vec<StoredRule>, Vec<Standing>) =
        stored.into_iter().filter_map(|rule| read(&rule).map(|standing| (rule, standing))).unzip();
    let members: Arc<Vec<Member>> = Arc::new(desk.members_of_all(None).await?);
    let wants = wants(desk, &before).await?;
    let mut rules = before.clone();
    let (all, shared) = (Arc::clone(&members), wants.clone());
    let (rules, found) = on_pool(move || {
        let by_id: HashMap<&str, &Member> = all.iter().map(|one| (one.metric.id.as_str(), one)).collect();
        let look = |id: &str| by_id.get(id).map(|member| (member.metric.as_ref(), &member.series));
        let found = evaluate(&mut rules, look, &shared);
        (rules, found)
    })
    .await?;

    let readers: HashMap<i64, Subscriber> =
        desk.readers().confirmed_subscribers().await?.into_iter().map(|reader| (reader.id, reader)).collect();
    let mut sent: HashMap<i64, Vec<Day>> = HashMap::new();
    let today = desk.today();
    for (reader, day) in desk.readers().queued_alerts(today - 7).await? {
        sent.entry(reader).or_default().push(day);
    }
    let mut fired: BTreeMap<usize, Vec<(Day, String, String)>> = BTreeMap::new();
    let mut messages = Vec::new();
    let by_id: HashMap<&str, &Member> = members.iter().map(|one| (one.metric.id.as_str(), one)).collect();
    let count = found.fired.len();
    for (place, firing) in &found.fired {
        let (rule, standing) = (&stored[*place], &rules[*place]);
        let unit = match wants.readings.get(place) {
            Some((_, _, unit)) => *unit,
            None => unit_of(&standing.rule, |id| by_id.get(id).map(|one| (one.metric.as_ref(), &one.series)))
                .unwrap_or(Unit::Count),
        };
        let words = reading_words(&standing.rule, &firing.reading, unit, firing.day, desk.catalog());
        let reader = rule.subscriber.and_then(|id| readers.get(&id));
        let is_mail = rule.channel == "mail";
        let past = sent.entry(rule.subscriber.unwrap_or_default()).or_default();
        let fits = !is_mail || reader.is_none_or(|reader| is_within_budget(past, today, reader.wishes.budget));
        let outcome = if fits { "queued" } else { "over budget" };
        if fits && is_mail {
            past.push(today.min(firing.day).max(today - 6));
        }
        fired.entry(*place).or_default().push((firing.day, words.clone(), outcome.to_owned()));
        if let Some(reader) = reader.filter(|_| fits) {
            messages.extend(message(desk, mailer, reader, rule, &standing.rule, firing, &words));
        }
    }
    let steps: Vec<Stepped> = rules
        .into_iter()
        .enumerate()
        .filter(|(place, standing)| standing.watch != before[*place].watch)
        .map(|(place, standing)| Stepped {
            rule: stored[place].id,
            watch: standing.watch,
            fired: fired.remove(&place).unwrap_or_default(),
        })
        .collect();
    desk.readers().keep_steps(&steps, &messages, desk.now()).await?;
    Ok(count)
}

/// Readings that only a calendar or a whole comparison gives: one comparison for all rules about a pair.
async fn wants(desk: &Arc<Desk>, rules: &[Standing]) -> Result<Wants, Error> {
    let mut wants = Wants::default();
    for (place, standing) in rules.iter().enumerate() {
        let reading = match (&standing.rule.condition, &standing.rule.subject) {
            (Condition::Late, Subject::Metric(id)) => late(desk, id).await?,
            (Condition::Verdict { claim }, Subject::Pair(a, b)) => {
                let Some(comparison) = whole(desk, a, b).await? else { continue };
                let verdict = comparison.claims.iter().find(|one| one.id == claim).map(|one| one.verdict.key());
                verdict.zip(comparison.as_of).map(|(word, day)| (day, Reading::Word(word.to_owned()), Unit::Count))
            }
            (Condition::Level { figure, .. }, Subject::Pair(a, b)) if !is_pair_figure(figure) => {
                let Some(comparison) = whole(desk, a, b).await? else { continue };
                let found = comparison.figures.estimate(figure);
                found.and_then(|one| Some((comparison.as_of?, Reading::Number(one.as_number()?), one.unit)))
            }
            _ => continue,
        };
        if let Some(reading) = reading {
            wants.readings.insert(place, reading);
        }
    }
    Ok(wants)
}

async fn whole(desk: &Arc<Desk>, a: &str, b: &str) -> Result<Option<Arc<convex_core::compare::Comparison>>, Error> {
    // A pair whose metric has gone since the rule was made is not an error of the others.
    match desk.comparison(a, b, None).await {
        Ok(comparison) => Ok(Some(comparison)),
        Err(Error::Unknown { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}

async fn late(desk: &Desk, id: &str) -> Result<Option<(Day, Reading, Unit)>, Error> {
    match desk.metric(id, None).await {
        Ok(view) => {
            let is_late = matches!(view.freshness.state, AgeState::Late | AgeState::Stale);
            Ok(Some((desk.today(), Reading::Late(is_late), Unit::Count)))
        }
        Err(Error::Unknown { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}

fn message(
    desk: &Desk,
    mailer: &Mailer,
    reader: &Subscriber,
    stored: &StoredRule,
    rule: &Rule,
    firing: &Firing,
    words: &str,
) -> Option<NewMessage> {
    let name =
        |id: &str| desk.catalog().metric(id).map_or_else(|| id.to_owned(), |metric: &Arc<Metric>| metric.label.clone());
    let (title, page) = match &rule.subject {
        Subject::Metric(id) => (name(id), format!("/metrics/{id}")),
        Subject::Pair(a, b) => (format!("{}/{}", name(a), name(b)), format!("/compare/{a}-vs-{b}")),
    };
    let day = format::day(firing.day);
    let key = format!("alert {} {}", stored.id, firing.day);
    let of = |address: String, kind: &str, content: String| NewMessage {
        key: format!("{kind} {key}"),
        subscriber: Some(reader.id),
        address,
        kind: kind.to_owned(),
        content,
        due: desk.now(),
    };
    match stored.channel.as_str() {
        "mail" => {
            let origin = &mailer.links.origin;
            let encoded: String = url::form_urlencoded::byte_serialize(stored.text.as_bytes()).collect();
            let content = format!(
                "{title}: {words}, {day}\nYour rule: {}\nWhat it saw: {words}, on {day}\n\nThe page: {origin}{page}\n\
                 What came after earlier alerts of this rule: {origin}/alerts?rule={encoded}",
                stored.text
            );
            Some(of(reader.address.clone(), "alert", content))
        }
        "webhook" => {
            let value = match &firing.reading {
                Reading::Number(value) => serde_json::json!(value),
                Reading::Word(word) => serde_json::json!(word),
                Reading::Late(late) => serde_json::json!(late),
            };
            let body = serde_json::json!({
                "rule": stored.text, "subject": rule.subject.to_string(), "day": firing.day.to_string(),
                "value": value, "words": words, "page": format!("{}{page}", mailer.links.origin),
                "id": format!("{} {}", stored.id, firing.day), "sample": desk.has_sample(),
            });
            Some(of(stored.target.clone(), "webhook", body.to_string()))
        }
        _ => None,
    }
}
