//! `/subscribe`, `/confirm/…`, `/unsubscribe/…`: asking for mail, saying yes, ending it. Nothing changes by being looked at:
//! programs that open every link of a mail change nothing.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, RawQuery, State};
use convex_store::{Subscriber, Wishes};

use super::crowd::is_welcome;
use super::fields::Fields;
use super::reader::{failed, mailer, reader};
use crate::alerts;
use crate::api::Address;
use crate::desk::Desk;
use crate::mail::{Purpose, normalised, queue_asked};
use crate::settings::Query;
use crate::web::errors::{PageError, PageResult, show};
use crate::web::shell::Shell;

#[derive(Template)]
#[template(path = "subscribe.html")]
struct SubscribePage {
    shell: Shell,
    /// What is wrong with what was typed.
    trouble: Option<String>,
    address: String,
    pair: String,
    rule: String,
}

/// A page with a few words, and perhaps one button that does something.
#[derive(Template)]
#[template(path = "mail-answer.html")]
pub(super) struct Answer {
    pub(super) shell: Shell,
    pub(super) heading: &'static str,
    pub(super) detail: String,
    /// Address and label of the button, and what it brings.
    pub(super) button: Option<(String, &'static str, String)>,
    pub(super) links: Vec<(String, &'static str)>,
}

/// The frame of a page that is nobody else's business.
pub(super) async fn private(desk: &Desk, title: &str) -> Shell {
    let mut shell = Shell::of(desk, title, "Mail from this site.").await;
    shell.is_hidden = true;
    shell
}

pub(in crate::web) async fn form(State(desk): State<Arc<Desk>>, RawQuery(raw): RawQuery) -> PageResult {
    mailer(&desk)?;
    let query = Query::read(raw.as_deref());
    let of = |name: &str| query.get(name).unwrap_or_default().chars().take(240).collect::<String>();
    let shell = Shell::of(&desk, "Daily digest", "What changed since yesterday, with odds, by mail.")
        .await
        .canonical("/subscribe");
    show(&SubscribePage { shell, trouble: None, address: String::new(), pair: of("pair"), rule: of("rule") })
}

/// Whether the address is known is never told: the answer is the same, and the rest is a letter to its owner.
pub(in crate::web) async fn submit(
    State(desk): State<Arc<Desk>>,
    Address(from): Address,
    fields: Fields,
) -> PageResult {
    let mailer = mailer(&desk)?;
    let [pair, rule] = ["pair", "rule"].map(|name| fields.get(name).chars().take(240).collect::<String>());
    let again = async |trouble: String| {
        let address = fields.get("address").chars().take(254).collect();
        let (pair, rule, trouble) = (pair.clone(), rule.clone(), Some(trouble));
        show(&SubscribePage { shell: private(&desk, "Daily digest").await, trouble, address, pair, rule })
    };
    let address = match normalised(fields.get("address")) {
        Ok(address) => address,
        Err(error) => return again(error.to_string()).await,
    };
    if !rule.is_empty()
        && let Err(error) = alerts::ask(&desk, &rule, None).await
    {
        return again(error.to_string()).await;
    }
    // A field that people do not see is filled in by programs alone.
    let is_person = fields.get("website").is_empty();
    let is_known_dead = desk.readers().is_suppressed(&mailer.hash(&address)).await.map_err(failed)?;
    if is_person && is_welcome(from) && !is_known_dead {
        let pairs = desk_pair(&desk, &pair).await.into_iter().collect();
        let wishes = Wishes { pairs, digest: rule.is_empty() || fields.has("digest"), ..Wishes::default() };
        let reader = desk.readers().ask_for_mail(&address, &wishes, desk.now()).await.map_err(failed)?;
        queue_asked(&desk, &reader, &rule, desk.now()).await.map_err(failed)?;
    }
    show(&Answer {
        shell: private(&desk, "Look into your mail").await,
        heading: "Look into your mail",
        detail: "If the address can be written to, a letter with a link is on its way. Nothing else is sent until its owner \
                 has said yes there."
            .to_owned(),
        button: None,
        links: vec![("/".to_owned(), "Today")],
    })
}

/// A pair as it is kept, if both legs are known.
async fn desk_pair(desk: &Desk, typed: &str) -> Option<String> {
    let (a, b) = crate::api::split_pair(typed.trim_start_matches("/compare/"))?;
    let (a, b) = (desk.resolve(a).await.ok()?, desk.resolve(b).await.ok()?);
    Some(crate::settings::pair_slug(desk.catalog(), &a.id, &b.id))
}

fn rule_of(raw: Option<&str>) -> String {
    Query::read(raw).get("rule").unwrap_or_default().chars().take(240).collect()
}

pub(in crate::web) async fn confirm(
    State(desk): State<Arc<Desk>>,
    Path(token): Path<String>,
    RawQuery(raw): RawQuery,
) -> PageResult {
    reader(&desk, &token, Purpose::Confirm).await?;
    let rule = rule_of(raw.as_deref());
    let detail = if rule.is_empty() {
        "One more press, and the daily digest comes to your address. Every mail has a link that ends it.".to_owned()
    } else {
        format!("One more press, and this rule is watched for you: {rule}")
    };
    show(&Answer {
        shell: private(&desk, "Do you want this mail?").await,
        heading: "Do you want this mail?",
        detail,
        button: Some((format!("/confirm/{token}"), "Yes, send it", rule)),
        links: Vec::new(),
    })
}

pub(in crate::web) async fn confirmed(
    State(desk): State<Arc<Desk>>,
    Path(token): Path<String>,
    fields: Fields,
) -> PageResult {
    let mailer = mailer(&desk)?;
    let reader = reader(&desk, &token, Purpose::Confirm).await?;
    desk.readers().confirm(reader.id, desk.now()).await.map_err(failed)?;
    let mut detail = "You get mail from this site from now on, at the hour and on the days you choose.".to_owned();
    let rule = fields.get("rule");
    if !rule.is_empty() {
        detail = match super::manage::keep_rule(&desk, &reader, rule, "mail", "").await? {
            Ok(rule) => format!("This rule is watched for you from now on: {rule}"),
            Err(trouble) => format!("Your address is confirmed, but the rule is not kept: {trouble}"),
        };
    }
    show(&Answer {
        shell: private(&desk, "Thank you").await,
        heading: "Thank you",
        detail,
        button: None,
        links: vec![(mailer.links.manage(&reader, desk.now()), "choose what you get"), ("/".to_owned(), "Today")],
    })
}

pub(in crate::web) async fn leave(State(desk): State<Arc<Desk>>, Path(token): Path<String>) -> PageResult {
    reader(&desk, &token, Purpose::Unsubscribe).await?;
    show(&Answer {
        shell: private(&desk, "End this mail?").await,
        heading: "End this mail?",
        detail: "Your address, what you chose and your rules are deleted. Nothing more is sent.".to_owned(),
        button: Some((format!("/unsubscribe/{token}"), "End it", String::new())),
        links: Vec::new(),
    })
}

/// The button, and the one click of a mail program (RFC 8058). A second click finds nobody, which is what was wanted.
pub(in crate::web) async fn left(State(desk): State<Arc<Desk>>, Path(token): Path<String>) -> PageResult {
    mailer(&desk)?;
    match reader(&desk, &token, Purpose::Unsubscribe).await {
        Ok(Subscriber { id, .. }) => {
            desk.readers().erase_subscriber(id).await.map_err(failed)?;
        }
        Err(PageError::BadRequest(_)) if crate::mail::Token::claimed(&token).is_ok() => {}
        Err(error) => return Err(error),
    }
    show(&Answer {
        shell: private(&desk, "It is ended").await,
        heading: "It is ended",
        detail: "Nothing more is sent by this link’s subscription, and nothing is kept of it.".to_owned(),
        button: None,
        links: vec![("/".to_owned(), "Today")],
    })
}
