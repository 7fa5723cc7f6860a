//! Sending what is due: each message once, whatever happens to this process.

use std::sync::Arc;
use std::time::Duration;

use convex_store::{Message, StoreError};
use jiff::{SignedDuration, Timestamp};

use super::compose::{Composer, Ready};
use super::post::{Line, Server};
use super::{Failure, Letter, Mailer, Post, webhook};
use crate::clock::Clock;
use crate::desk::Desk;

/// Messages claimed together.
const TOGETHER: u32 = 20;
/// Tries after which a message is given up: a day and a half.
const MOST_TRIES: u32 = 12;

/// Sends for one process.
#[derive(Debug)]
pub struct Delivery {
    /// Where content comes from.
    pub desk: Arc<Desk>,
    /// How it goes.
    pub mailer: Arc<Mailer>,
    /// Name of this process among those on the database.
    pub holder: String,
    /// The time.
    pub clock: Clock,
}

/// What was done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Delivered {
    /// Taken by the next server.
    pub sent: u64,
    /// To be tried again.
    pub postponed: u64,
    /// Given up.
    pub dead: u64,
    /// No longer wanted.
    pub dropped: u64,
}

impl Delivery {
    /// Sends until nothing is due.
    pub async fn run(&self) -> Result<Delivered, StoreError> {
        let lease = self.mailer.lease;
        let mut done = Delivered::default();
        let mut composer = Composer::new(&self.desk, &self.mailer);
        let mut line: Option<Line> = None;
        let pause = 60_000_u64.checked_div(u64::from(self.mailer.per_minute)).map(Duration::from_millis);
        // No more than go out within half a lease, so that none is claimed by another while it waits here.
        let together = pause.map_or(TOGETHER, |pause| {
            let fit = lease.as_millis() / 2 / pause.as_millis().max(1);
            u32::try_from(fit).unwrap_or(TOGETHER).clamp(1, TOGETHER)
        });
        loop {
            let claimed = self.desk.readers().claim(&self.holder, self.clock.now(), lease, together).await?;
            if claimed.is_empty() {
                break;
            }
            for message in claimed {
                self.one(&message, &mut composer, &mut line, &mut done).await?;
                if let Some(pause) = pause {
                    self.clock.sleep(pause).await;
                }
            }
        }
        if let Some(line) = line {
            line.close().await;
        }
        Ok(done)
    }

    async fn one(
        &self,
        message: &Message,
        composer: &mut Composer<'_>,
        line: &mut Option<Line>,
        done: &mut Delivered,
    ) -> Result<(), StoreError> {
        let store = self.desk.readers();
        let now = self.clock.now();
        let ended = match composer.compose(message, now).await? {
            Ready::Dropped(why) => {
                done.dropped += 1;
                return store.mark_dropped(message.id, why).await;
            }
            Ready::Webhook { key, body } => {
                if !store.mark_sending(message.id, &self.holder).await? {
                    return Ok(());
                }
                webhook::send(&message.new.address, &key, &body, now, self.mailer.private_webhooks).await
            }
            Ready::Letter(letter) => match self.post(message, &letter, line).await? {
                Some(ended) => ended,
                None => return Ok(()),
            },
        };
        match ended {
            Ok(()) => {
                done.sent += 1;
                store.mark_sent(message.id, &self.holder, self.clock.now()).await?;
            }
            Err(failure) => self.failed(message, &failure, done).await?,
        }
        Ok(())
    }

    /// Puts a letter on its way; `None` if it turned out to be another process's.
    async fn post(
        &self,
        message: &Message,
        letter: &Letter,
        line: &mut Option<Line>,
    ) -> Result<Option<Result<(), Failure>>, StoreError> {
        let unwritable = |words: String| Failure { words, is_final: true, is_bounce: false, is_connected: true };
        let written = match letter.message(&self.mailer.from, self.clock.now()) {
            Ok(written) => written,
            Err(error) => return Ok(Some(Err(unwritable(error.to_string())))),
        };
        let store = self.desk.readers();
        let server = match &self.mailer.post {
            Post::Folder(folder) => {
                if !store.mark_sending(message.id, &self.holder).await? {
                    return Ok(None);
                }
                let name = folder.join(file_name(&message.new.address, &message.new.key));
                let kept = std::fs::create_dir_all(folder).and_then(|()| std::fs::write(name, written.formatted()));
                let failed = |error: std::io::Error| Failure { is_final: false, ..unwritable(error.to_string()) };
                return Ok(Some(kept.map_err(failed)));
            }
            Post::Server(server) => server,
        };
        let text = written.formatted();
        if let Err(failure) = announce(server, line, written.envelope()).await {
            return Ok(Some(Err(failure)));
        }
        // From here on the letter counts as gone out: what is written to the socket arrives even if this process dies.
        if !store.mark_sending(message.id, &self.holder).await? {
            *line = None;
            return Ok(None);
        }
        let ended = match line.as_mut() {
            Some(line) => line.send(&text).await,
            None => Ok(()),
        };
        if ended.as_ref().is_err_and(|failure| !failure.is_connected) {
            *line = None;
        }
        Ok(Some(ended))
    }

    async fn failed(&self, message: &Message, failure: &Failure, done: &mut Delivered) -> Result<(), StoreError> {
        let store = self.desk.readers();
        let words = shortened(failure, &message.new.address);
        if failure.is_bounce {
            tracing::info!("an address is dead: nothing goes there any more");
            store.mark_failed(message.id, &self.holder, None, &words).await?;
            let address = &message.new.address;
            store.suppress(&self.mailer.hash(address), address, "bounced", self.clock.now()).await?;
            if let Some(reader) = message.new.subscriber {
                store.erase_subscriber(reader).await?;
            }
            done.dead += 1;
            return Ok(());
        }
        let is_over = failure.is_final || message.tries >= MOST_TRIES;
        let again = (!is_over).then(|| self.clock.now().saturating_add(wait(message.tries)).unwrap_or(Timestamp::MAX));
        if is_over {
            tracing::warn!(kind = message.new.kind, trouble = words, "a message was given up; convex doctor lists it");
            done.dead += 1;
        } else {
            done.postponed += 1;
        }
        store.mark_failed(message.id, &self.holder, again, &words).await
    }
}

/// Opens a line if there is none, and announces a letter on it; a line that was closed meanwhile is opened again once.
async fn announce(
    server: &Server,
    line: &mut Option<Line>,
    envelope: &lettre::address::Envelope,
) -> Result<(), Failure> {
    if let Some(open) = line.as_mut() {
        match open.announce(envelope).await {
            // The server closed it while nothing was sent: a fresh one decides.
            Err(failure) if !failure.is_connected => *line = None,
            ended => return ended,
        }
    }
    let mut fresh = server.connect().await?;
    let ended = fresh.announce(envelope).await;
    if ended.as_ref().is_ok() || ended.as_ref().is_err_and(|failure| failure.is_connected) {
        *line = Some(fresh);
    }
    ended
}

/// One minute, then twice as long each time, up to six hours.
fn wait(tries: u32) -> SignedDuration {
    SignedDuration::from_mins(i64::from(1_u32 << tries.saturating_sub(1).min(9)).min(360))
}

/// What a server said, without the address it said it about.
fn shortened(failure: &Failure, address: &str) -> String {
    failure.words.replace(address, "the address")
}

/// A name for a letter in a folder: the same for the same letter.
fn file_name(address: &str, key: &str) -> String {
    let tame = |c: char| if c.is_ascii_alphanumeric() || "@.-_".contains(c) { c } else { '_' };
    let address: String = address.chars().map(tame).collect();
    let key: String = key.chars().map(tame).collect();
    format!("{address}-{key}.eml")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_up_to_six_hours() {
        let minutes: Vec<i64> = (1..=12).map(|tries| wait(tries).as_mins()).collect();
        assert_eq!(minutes, [1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360, 360]);
    }

    #[test]
    fn a_letter_has_a_tame_name() {
        assert_eq!(file_name("a/../b@c.d", "digest 2025-12-31 7"), "a_.._b@c.d-digest_2025-12-31_7.eml");
    }
}
