//! From what was queued to what goes out.

use std::collections::HashMap;
use std::sync::Arc;

use convex_core::Day;
use convex_store::{Message, StoreError, Subscriber};
use jiff::Timestamp;

use super::{Letter, Mailer};
use crate::desk::Desk;
use crate::web::digest::{About, Content, Part, letter, pair_lines, picture};

/// What goes out for a message.
#[derive(Clone, Debug)]
pub(super) enum Ready {
    /// A letter.
    Letter(Box<Letter>),
    /// A body for a webhook, with the key it is signed with.
    Webhook { key: String, body: String },
    /// Nothing any more; says why.
    Dropped(&'static str),
}

/// Makes letters, and keeps what many of them share.
#[derive(Debug)]
pub(super) struct Composer<'a> {
    desk: &'a Arc<Desk>,
    mailer: &'a Mailer,
    digests: HashMap<String, Option<Shared>>,
    yours: HashMap<(String, String), Part>,
}

/// A digest and its picture, for all its readers.
#[derive(Debug)]
struct Shared {
    content: Content,
    png: Option<Vec<u8>>,
}

/// An address that also brings a rule somebody asked for: it is kept when the owner of the address says so.
fn with_rule(address: String, rule: &str) -> String {
    if rule.is_empty() {
        return address;
    }
    let encoded: String = url::form_urlencoded::byte_serialize(rule.as_bytes()).collect();
    format!("{address}?rule={encoded}")
}

impl<'a> Composer<'a> {
    pub(super) fn new(desk: &'a Arc<Desk>, mailer: &'a Mailer) -> Self {
        Self { desk, mailer, digests: HashMap::new(), yours: HashMap::new() }
    }

    /// What goes out for a message, as its reader is now: one who left since gets nothing.
    pub(super) async fn compose(&mut self, message: &Message, now: Timestamp) -> Result<Ready, StoreError> {
        let new = &message.new;
        let reader = match new.subscriber {
            Some(id) => self.desk.readers().subscriber(id).await?,
            None => None,
        };
        let Some(reader) = reader else { return Ok(Ready::Dropped("the reader left")) };
        let links = &self.mailer.links;
        let is_confirmed = reader.confirmed.is_some();
        match new.kind.as_str() {
            "confirm" => {
                let text = format!(
                    "Somebody, perhaps you, asked for mail from Convex to this address.\n\n\
                     If it was you, say yes here, within two days:\n\n  {}\n\n\
                     If it was not, do nothing: no mail follows, and the address is forgotten after a week.\n",
                    with_rule(links.confirm(&reader, now), &new.content)
                );
                Ok(self.short(message, "Do you want mail from Convex?", &text, None))
            }
            "manage" => {
                let text = format!(
                    "Somebody, perhaps you, asked for mail from Convex to this address, which gets it already.\n\n\
                     See and change what you get here:\n\n  {}\n\nOr end it:\n\n  {}\n",
                    with_rule(links.manage(&reader, now), &new.content),
                    links.unsubscribe(&reader, now)
                );
                Ok(self.short(message, "Your mail from Convex", &text, Some(&reader)))
            }
            _ if !is_confirmed => Ok(Ready::Dropped("the reader has not said yes")),
            "alert" => {
                let (subject, body) = new.content.split_once('\n').unwrap_or((&new.content, ""));
                let text = format!(
                    "{body}\n\nChange your alerts: {}\nEnd all mail: {}\n",
                    links.manage(&reader, now),
                    links.unsubscribe(&reader, now)
                );
                Ok(self.short(message, subject, &text, Some(&reader)))
            }
            "webhook" => Ok(Ready::Webhook { key: self.mailer.webhook_key(&reader), body: new.content.clone() }),
            "digest" => self.digest(message, &reader, now).await,
            _ => Ok(Ready::Dropped("nothing is known by that name")),
        }
    }

    fn short(&self, message: &Message, subject: &str, text: &str, reader: Option<&Subscriber>) -> Ready {
        let sample = if self.desk.has_sample() { "Simulated: " } else { "" };
        let imprint = &self.mailer.imprint;
        let foot = if imprint.is_empty() { String::new() } else { format!("\n{imprint}\n") };
        let unsubscribe = reader.map(|reader| self.mailer.links.unsubscribe(reader, message.new.due));
        Ready::Letter(Box::new(Letter {
            to: message.new.address.clone(),
            subject: format!("{sample}{subject}"),
            text: format!("{text}{foot}"),
            html: None,
            pictures: Vec::new(),
            unsubscribe,
            key: message.new.key.clone(),
        }))
    }

    async fn digest(&mut self, message: &Message, reader: &Subscriber, now: Timestamp) -> Result<Ready, StoreError> {
        let day = &message.new.content;
        if !self.digests.contains_key(day) {
            let shared = self.shared(day).await?;
            self.digests.insert(day.clone(), shared);
        }
        let wishes = &reader.wishes;
        let wanted = (wishes.pairs.join(" "), wishes.metrics.join(" "));
        if !self.yours.contains_key(&wanted) {
            let part = pair_lines(self.desk, &wishes.pairs, &wishes.metrics).await;
            self.yours.insert(wanted.clone(), part);
        }
        let Some(Some(shared)) = self.digests.get(day) else { return Ok(Ready::Dropped("the digest is not kept")) };
        let links = &self.mailer.links;
        let about = About {
            to: &reader.address,
            plain: wishes.plain,
            origin: &links.origin,
            manage: &links.manage(reader, now),
            unsubscribe: &links.unsubscribe(reader, now),
            imprint: &self.mailer.imprint,
            key: &message.new.key,
        };
        let letter = letter(&shared.content, self.yours.get(&wanted), shared.png.as_deref(), &about);
        Ok(Ready::Letter(Box::new(letter)))
    }

    async fn shared(&self, day: &str) -> Result<Option<Shared>, StoreError> {
        let Ok(of) = day.parse::<Day>() else { return Ok(None) };
        let Some((_, text)) = self.desk.readers().digest(of).await? else { return Ok(None) };
        let Ok(content) = serde_json::from_str::<Content>(&text) else { return Ok(None) };
        let png = match &content.picture {
            Some(pair) => picture(self.desk, pair, Some(of)).await,
            None => None,
        };
        Ok(Some(Shared { content, png }))
    }
}
