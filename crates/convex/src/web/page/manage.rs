//! `/manage/…`: what a reader chose, their rules and the ledger of them, what is kept of them, and its end.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, RawQuery, State};
use axum::http::header;
use axum::response::{IntoResponse, Redirect};
use convex_store::{StoredFiring, StoredRule, Subscriber, Wishes};
use jiff::tz::TimeZone;

use super::fields::Fields;
use super::reader::{failed, mailer, reader};
use super::subscribe::{Answer, private};
use crate::alerts;
use crate::desk::Desk;
use crate::format;
use crate::mail::{Purpose, check_target};
use crate::settings::{Query, pair_slug};
use crate::web::errors::{PageError, PageResult, show};
use crate::web::shell::Shell;

/// Rules of one reader.
const MOST_RULES: usize = 100;
/// Pairs, or metrics, one reader may follow.
const MOST_FOLLOWED: usize = 20;
/// The days of the week, Monday first.
const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

#[derive(Template)]
#[template(path = "manage.html")]
struct ManagePage {
    shell: Shell,
    token: String,
    reader: Subscriber,
    /// Name, bit and whether it is chosen.
    days: Vec<(&'static str, usize, bool)>,
    rules: Vec<StoredRule>,
    firings: Vec<(StoredFiring, String)>,
    webhook_key: String,
    /// A rule that a letter brought, waiting for a yes.
    offered: String,
    said: Option<String>,
    trouble: Option<String>,
}

pub(in crate::web) async fn page(
    State(desk): State<Arc<Desk>>,
    Path(token): Path<String>,
    RawQuery(raw): RawQuery,
) -> PageResult {
    let reader = reader(&desk, &token, Purpose::Manage).await?;
    let query = Query::read(raw.as_deref());
    let said = query.get("said").and_then(said_words).map(str::to_owned);
    let offered = query.get("rule").unwrap_or_default().chars().take(240).collect();
    shown(&desk, token, reader, offered, said, None).await
}

fn said_words(word: &str) -> Option<&'static str> {
    match word {
        "kept" => Some("What you chose is kept."),
        "rule" => Some("The rule is kept, and watched from the next close on."),
        "dropped" => Some("The rule is gone."),
        _ => None,
    }
}

async fn shown(
    desk: &Arc<Desk>,
    token: String,
    reader: Subscriber,
    offered: String,
    said: Option<String>,
    trouble: Option<String>,
) -> PageResult {
    let mailer = mailer(desk)?;
    let store = desk.readers();
    let rules = store.rules(Some(reader.id)).await.map_err(failed)?;
    let firings = store.firings(reader.id, 30).await.map_err(failed)?;
    let firings = firings.into_iter().map(|firing| {
        let day = format::day(firing.day);
        (firing, day)
    });
    let days = DAYS.into_iter().enumerate().map(|(bit, name)| (name, bit, reader.wishes.weekdays >> bit & 1 == 1));
    show(&ManagePage {
        shell: private(desk, "Your mail").await,
        days: days.collect(),
        firings: firings.collect(),
        webhook_key: mailer.webhook_key(&reader),
        token,
        reader,
        rules,
        offered,
        said,
        trouble,
    })
}

pub(in crate::web) async fn save(
    State(desk): State<Arc<Desk>>,
    Path(token): Path<String>,
    fields: Fields,
) -> PageResult {
    let reader = reader(&desk, &token, Purpose::Manage).await?;
    match wishes(&desk, &fields).await {
        Ok(wishes) => {
            desk.readers().choose(reader.id, &wishes).await.map_err(failed)?;
            Ok(Redirect::to(&format!("/manage/{token}?said=kept")).into_response())
        }
        Err(trouble) => shown(&desk, token, reader, String::new(), None, Some(trouble)).await,
    }
}

/// What was chosen, or what of it cannot be.
async fn wishes(desk: &Arc<Desk>, fields: &Fields) -> Result<Wishes, String> {
    let number = |name: &str, most: u32| match fields.get(name).parse::<u32>() {
        Ok(number) if number <= most => Ok(number),
        _ => Err(format!("{name}: \"{}\" is not a number from 0 to {most}", shortened(fields.get(name)))),
    };
    let weekdays = fields.all("day").filter_map(|day| day.parse::<u8>().ok()).filter(|day| *day < 7);
    let weekdays = weekdays.fold(0_u8, |bits, day| bits | 1 << day);
    let zone = fields.get("zone");
    if zone.len() > 60 || TimeZone::get(zone).is_err() {
        return Err(format!("zone: \"{}\" is none, write one like Europe/Berlin", shortened(zone)));
    }
    let (mut pairs, mut metrics) = (Vec::new(), Vec::new());
    for typed in followed(fields.get("pairs"), "pairs")? {
        let (a, b) = crate::api::split_pair(typed)
            .or_else(|| typed.split_once('/'))
            .ok_or_else(|| format!("pairs: \"{}\" is not of the form a-vs-b", shortened(typed)))?;
        let resolved = (desk.resolve(a).await, desk.resolve(b).await);
        let (Ok(a), Ok(b)) = resolved else {
            return Err(format!("pairs: nothing answers to \"{}\"", shortened(typed)));
        };
        pairs.push(pair_slug(desk.catalog(), &a.id, &b.id));
    }
    for typed in followed(fields.get("metrics"), "metrics")? {
        let metric =
            desk.resolve(typed).await.map_err(|_| format!("metrics: nothing answers to \"{}\"", shortened(typed)))?;
        metrics.push(metric.id.clone());
    }
    Ok(Wishes {
        digest: fields.has("digest"),
        weekdays,
        hour: number("hour", 23)? as u8,
        zone: zone.to_owned(),
        plain: fields.has("plain"),
        pairs,
        metrics,
        budget: number("budget", 100)?,
    })
}

fn followed<'a>(text: &'a str, name: &str) -> Result<Vec<&'a str>, String> {
    let words: Vec<&str> = text.split([' ', ',', ';', '\n', '\r', '\t']).filter(|word| !word.is_empty()).collect();
    if words.len() > MOST_FOLLOWED {
        return Err(format!("{name}: at most {MOST_FOLLOWED} are followed"));
    }
    Ok(words)
}

fn shortened(text: &str) -> String {
    crate::settings::shortened(text)
}

pub(in crate::web) async fn add_rule(
    State(desk): State<Arc<Desk>>,
    Path(token): Path<String>,
    fields: Fields,
) -> PageResult {
    let reader = reader(&desk, &token, Purpose::Manage).await?;
    let channel = if fields.get("channel") == "webhook" { "webhook" } else { "mail" };
    let kept = keep_rule(&desk, &reader, fields.get("rule"), channel, fields.get("target")).await?;
    match kept {
        Ok(_) => Ok(Redirect::to(&format!("/manage/{token}?said=rule")).into_response()),
        Err(trouble) => {
            let typed = fields.get("rule").chars().take(240).collect();
            shown(&desk, token, reader, typed, None, Some(trouble)).await
        }
    }
}

/// Keeps a rule of a reader: what it reads, or why it is not kept.
pub(super) async fn keep_rule(
    desk: &Arc<Desk>,
    reader: &Subscriber,
    text: &str,
    channel: &str,
    target: &str,
) -> Result<Result<String, String>, PageError> {
    let mailer = mailer(desk)?;
    let target = match channel {
        "webhook" => match check_target(target, mailer.private_webhooks) {
            Ok(url) => url.to_string(),
            Err(error) => return Ok(Err(error.to_string())),
        },
        _ => String::new(),
    };
    let asked = match alerts::ask(desk, text, None).await {
        Ok(asked) => asked,
        Err(alerts::BadAsk::Desk(error @ (crate::desk::Error::Store(_) | crate::desk::Error::Stopped(_)))) => {
            return Err(error.into());
        }
        Err(error) => return Ok(Err(error.to_string())),
    };
    let store = desk.readers();
    if store.rules(Some(reader.id)).await.map_err(failed)?.len() >= MOST_RULES {
        return Ok(Err(format!("a reader has at most {MOST_RULES} rules")));
    }
    let rule = StoredRule {
        id: 0,
        subscriber: Some(reader.id),
        text: asked.rule.to_string(),
        channel: channel.to_owned(),
        target,
        watch: alerts::watch_of(&asked),
    };
    store.keep_rule(&rule, desk.now()).await.map_err(failed)?;
    Ok(Ok(rule.text))
}

pub(in crate::web) async fn drop_rule(
    State(desk): State<Arc<Desk>>,
    Path((token, id)): Path<(String, i64)>,
) -> PageResult {
    let reader = reader(&desk, &token, Purpose::Manage).await?;
    desk.readers().drop_rule(id, reader.id).await.map_err(failed)?;
    Ok(Redirect::to(&format!("/manage/{token}?said=dropped")).into_response())
}

/// Everything that is kept of a reader, as JSON.
pub(in crate::web) async fn export(State(desk): State<Arc<Desk>>, Path(token): Path<String>) -> PageResult {
    let reader = reader(&desk, &token, Purpose::Manage).await?;
    let store = desk.readers();
    let rules = store.rules(Some(reader.id)).await.map_err(failed)?;
    let firings = store.firings(reader.id, 10_000).await.map_err(failed)?;
    let messages = store.messages_of(reader.id).await.map_err(failed)?;
    let wishes = &reader.wishes;
    let json = serde_json::json!({
        "address": reader.address,
        "confirmed": reader.confirmed.map(|at| at.to_string()),
        "wishes": {
            "digest": wishes.digest, "weekdays": wishes.weekdays, "hour": wishes.hour, "zone": wishes.zone,
            "plain": wishes.plain, "pairs": wishes.pairs, "metrics": wishes.metrics, "alerts_a_week": wishes.budget,
        },
        "rules": rules.iter().map(|rule| serde_json::json!({
            "rule": rule.text, "channel": rule.channel, "target": rule.target,
            "last_day_seen": rule.watch.seen.map(|day| day.to_string()),
        })).collect::<Vec<_>>(),
        "fired": firings.iter().map(|firing| serde_json::json!({
            "rule": firing.text, "day": firing.day.to_string(), "saw": firing.reading, "noticed": firing.made.to_string(),
            "outcome": firing.outcome,
        })).collect::<Vec<_>>(),
        "letters": messages.iter().map(|(message, state)| serde_json::json!({
            "kind": message.new.kind, "due": message.new.due.to_string(), "state": state,
        })).collect::<Vec<_>>(),
    });
    let text = serde_json::to_string_pretty(&json).unwrap_or_default();
    let headers = [
        (header::CONTENT_TYPE, "application/json"),
        (header::CACHE_CONTROL, "no-store"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"convex-mail.json\""),
    ];
    Ok((headers, text).into_response())
}

pub(in crate::web) async fn erase(State(desk): State<Arc<Desk>>, Path(token): Path<String>) -> PageResult {
    let reader = reader(&desk, &token, Purpose::Manage).await?;
    desk.readers().erase_subscriber(reader.id).await.map_err(failed)?;
    show(&Answer {
        shell: private(&desk, "It is deleted").await,
        heading: "It is deleted",
        detail: "Your address, what you chose, your rules and their ledger are gone. Nothing more is sent.".to_owned(),
        button: None,
        links: vec![("/".to_owned(), "Today")],
    })
}
