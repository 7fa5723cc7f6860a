//! Everything about sending that does not change while the program runs.

use anyhow::Context;
use convex_store::{Store, Subscriber};
use hmac::Mac;
use lettre::message::Mailbox;

use super::sign::{hex, keyed};
use super::{Links, Post};
use crate::config::MailConfig;
use crate::mail::post::Server;

/// The sender of an installation.
#[derive(Clone, Debug)]
pub struct Mailer {
    /// Who writes.
    pub from: Mailbox,
    /// Where letters go.
    pub post: Post,
    /// Addresses in them.
    pub links: Links,
    /// What stands at their foot.
    pub imprint: String,
    /// Messages a minute, at most; 0 for no limit.
    pub per_minute: u32,
    /// How long nobody sends the letters of a process that died.
    pub lease: std::time::Duration,
    /// Hour of the day, in UTC, from which its digest is made.
    pub digest_hour: u8,
    /// Whether webhooks may go to private addresses.
    pub private_webhooks: bool,
}

impl Mailer {
    /// The sender the configuration describes; `None` if it describes none.
    ///
    /// # Errors
    /// If something in it cannot be used, or no key can be had.
    pub async fn open(config: &MailConfig, store: &Store, origin: &str) -> anyhow::Result<Option<Self>> {
        let Some(from) = config.from.as_ref().filter(|_| config.is_on()) else { return Ok(None) };
        let from = from.parse().with_context(|| format!("[mail] from: \"{from}\" is not like Convex <digest@host>"))?;
        let post = match (&config.test_folder, config.server()?) {
            (Some(folder), _) => Post::Folder(folder.clone()),
            (None, Some(server)) => Post::Server(Server::new(server)),
            (None, None) => return Ok(None),
        };
        let mut fresh = [0_u8; 32];
        getrandom::fill(&mut fresh).map_err(|error| anyhow::anyhow!("the system gives no random numbers: {error}"))?;
        let key = store.secret("links", &fresh).await?;
        Ok(Some(Self {
            from,
            post,
            links: Links { origin: origin.trim_end_matches('/').to_owned(), key },
            imprint: config.imprint.clone(),
            per_minute: config.per_minute,
            lease: std::time::Duration::from_secs(config.lease_seconds.max(1)),
            digest_hour: config.digest_hour.min(23),
            private_webhooks: config.private_webhooks,
        }))
    }

    /// What stands for an address in the list of those nothing goes to.
    pub fn hash(&self, address: &str) -> Vec<u8> {
        self.mac(&["address", &address.to_lowercase()])
    }

    /// The key a reader's webhooks are signed with.
    pub fn webhook_key(&self, reader: &Subscriber) -> String {
        hex(&self.mac(&["webhook", &reader.id.to_string(), &reader.address]))
    }

    /// A signature of some words, for purposes that differ in the first.
    pub(crate) fn mac(&self, words: &[&str]) -> Vec<u8> {
        let mut mac = keyed(&self.links.key);
        for word in words {
            mac.update(word.as_bytes());
            mac.update(&[0]);
        }
        mac.finalize().into_bytes().to_vec()
    }
}
