//! One request on its way: leave to ask, the exchange with its redirects, reading, archiving.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use convex_core::catalog::Provider;
use convex_sources::{Failure, KeyPlace, Method, Network, Parsed, Payload, Quota, Request, Source, Window};
use convex_store::{Pause, Validator};
use url::Url;

use super::address::{Target, host};
use super::answer::{Answer, Fetched, Stop};
use super::breaker::is_of_host;
use super::exchange::{Reply, Sending};
use super::fetcher::Fetcher;
use super::{key, quota, record};
use crate::config::Secret;

/// Times an answer may send a request on.
const REDIRECTS: usize = 5;

/// Larger bodies are read off the threads that serve.
const LARGE: usize = 64 << 10;

/// Clocks that differ by less are taken to agree.
const SAME_CLOCK: Duration = Duration::from_mins(5);

/// A request with all it takes to send it.
pub(super) struct Asking<'a> {
    fetcher: &'a Fetcher,
    source: &'static dyn Source,
    request: &'a Request,
    target: Target,
    host: String,
    key: Option<Secret>,
    quota: Quota,
    validator: Option<Validator>,
    /// One request after the other; the lock is there because the future must be free to move between threads.
    outcomes: Mutex<Vec<&'static str>>,
}

impl<'a> Asking<'a> {
    pub(super) async fn new(
        fetcher: &'a Fetcher,
        source: &'static dyn Source,
        request: &'a Request,
    ) -> Result<Self, Stop> {
        let provider = source.provider();
        let door = fetcher.door(provider);
        let target = Target::of(provider, &request.url, door.config.base_url.as_ref())?;
        let quota = door.quota(source.policy(), request.key != KeyPlace::Nowhere);
        let key = match request.key {
            KeyPlace::Nowhere => None,
            _ => Some(door.key.ok_or(Failure::KeyMissing)?.0),
        };
        let validator = match request.method {
            Method::Get => fetcher.store.validator(provider.key(), target.url.as_str()).await?,
            Method::Post => None,
        };
        let host = host(&target.url);
        Ok(Self { fetcher, source, request, target, host, key, quota, validator, outcomes: Mutex::default() })
    }

    /// Who is asked.
    pub(super) fn provider(&self) -> Provider {
        self.source.provider()
    }

    /// Asks once. A failure with an instant was not sent, or must not be sent again before it.
    pub(super) async fn once(&self) -> Result<Answer, Stop> {
        let (fetcher, provider) = (self.fetcher, self.provider().key());
        let _turn = fetcher.clock.waiting(fetcher.hosts.turns(&self.host).acquire_owned()).await;
        let paused = fetcher.store.pause_of(provider).await?;
        if let Some(pause) = paused.as_ref().filter(|pause| pause.until > fetcher.clock.now()) {
            self.count("not-asked");
            let failure = failure_of(pause, pause.until.duration_since(fetcher.clock.now()).unsigned_abs());
            return Err(Stop::Failed { failure, until: Some(pause.until) });
        }
        let permission = match fetcher.hosts.admit(&self.host, fetcher.clock.now()) {
            Ok(permission) => permission,
            Err((failure, until)) => {
                self.count("not-asked");
                return Err(Stop::Failed { failure, until: Some(until) });
            }
        };
        let answer = self.exchange().await;
        match &answer {
            Ok(_) => {
                permission.succeeded();
                if paused.is_some() {
                    fetcher.store.end_pause(provider).await?;
                }
            }
            Err(Stop::Failed { failure, until: None }) if is_of_host(failure) => {
                permission.failed(failure, fetcher.clock.now());
            }
            Err(Stop::Failed { until: None, .. }) => permission.succeeded(),
            Err(_) => {}
        }
        answer
    }

    /// Sends, and is sent on; then reads what came.
    async fn exchange(&self) -> Result<Answer, Stop> {
        let mut url = self.target.url.clone();
        for _ in 0..=REDIRECTS {
            let _busy =
                quota::spend(&self.fetcher.store, self.fetcher.clock, self.provider().key(), &self.quota).await?;
            let reply = match self.send(&url).await {
                Ok(reply) => reply,
                Err(failure) => {
                    self.count(failure.class());
                    return Err(failure.into());
                }
            };
            self.compare_clocks(&reply);
            match self.sent_on(&url, &reply) {
                None => return self.take(reply).await,
                Some(Ok(to)) => {
                    self.count("redirect");
                    url = to;
                }
                Some(Err(failure)) => {
                    self.count(failure.class());
                    return Err(failure.into());
                }
            }
        }
        Err(Failure::Network(Network::Redirects).into())
    }

    async fn send(&self, url: &Url) -> Result<Reply, Failure> {
        let policy = self.source.policy();
        let sending = Sending {
            client: self.fetcher.clients.of(policy.http1_only),
            clock: self.fetcher.clock,
            url,
            request: self.request,
            key: self.key.as_ref(),
            validator: self.validator.as_ref(),
            timeout: self.fetcher.door(self.provider()).timeout(policy),
            max_bytes: policy.max_bytes,
        };
        sending.send().await
    }

    /// Where an answer sends the request on to, if it does.
    fn sent_on(&self, from: &Url, reply: &Reply) -> Option<Result<Url, Failure>> {
        let keeps_method = matches!(reply.status, 307 | 308);
        if !(keeps_method || matches!(reply.status, 301..=303)) {
            return None;
        }
        let to = match (&reply.location, self.request.method) {
            (Some(location), Method::Get) => self.target.follow(from, location),
            (Some(location), Method::Post) if keeps_method => self.target.follow(from, location),
            _ => Err(Failure::Network(Network::Redirects)),
        };
        Some(to.map(|to| key::unkeyed_url(to, self.request.key)))
    }

    async fn take(&self, reply: Reply) -> Result<Answer, Stop> {
        if reply.status == 304 {
            return self.not_modified(&reply).await;
        }
        let (reply, read) = self.read(reply).await;
        let failure = read.as_ref().err();
        self.count(failure.map_or("ok", Failure::class));
        let (store, provider) = (&self.fetcher.store, self.provider());
        let payload = record::archive(store, provider, self.request, &self.target, &reply, failure).await?;
        let parsed = read?;
        let payload = payload.ok_or(Failure::Empty)?;
        let recognised = self.request.method == Method::Get && (reply.etag.is_some() || reply.last_modified.is_some());
        let validator =
            recognised.then_some(Validator { etag: reply.etag, last_modified: reply.last_modified, payload });
        Ok(Answer::Fetched(Box::new(Fetched {
            parsed,
            payload,
            status: reply.status,
            content_type: reply.content_type,
            received: reply.received,
            clock_ahead: reply.date.map(|date| date.duration_since(reply.received)),
            validator,
            url: self.target.url.to_string(),
            provider: provider.key(),
        })))
    }

    async fn not_modified(&self, reply: &Reply) -> Result<Answer, Stop> {
        let Some(validator) = &self.validator else {
            let failure = Failure::Network(Network::Protocol);
            self.count(failure.class());
            return Err(failure.into());
        };
        self.count("not-modified");
        let (store, provider) = (&self.fetcher.store, self.provider().key());
        store.remember_validator(provider, self.target.url.as_str(), validator, reply.received).await?;
        Ok(Answer::NotModified { payload: validator.payload, received: reply.received })
    }

    /// Has the source read an answer.
    async fn read(&self, reply: Reply) -> (Reply, Result<Parsed, Failure>) {
        if reply.body.len() <= LARGE {
            let read = parse(self.source, self.request, &reply);
            return (reply, read);
        }
        let (source, request) = (self.source, self.request.clone());
        let reply = std::sync::Arc::new(reply);
        let shared = std::sync::Arc::clone(&reply);
        let read = tokio::task::spawn_blocking(move || parse(source, &request, &shared)).await;
        let read = read.unwrap_or_else(|_| Err(Failure::malformed("the parser gave up")));
        let reply = std::sync::Arc::into_inner(reply).expect("the task that read it has ended");
        (reply, read)
    }

    fn count(&self, class: &'static str) {
        self.outcomes.lock().unwrap_or_else(PoisonError::into_inner).push(class);
    }

    /// Classes of the requests sent so far.
    pub(super) fn outcomes(&self) -> Vec<&'static str> {
        self.outcomes.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn compare_clocks(&self, reply: &Reply) {
        let Some(date) = reply.date else { return };
        let ahead = date.duration_since(reply.received);
        let wrong = ahead.unsigned_abs() > SAME_CLOCK;
        if self.fetcher.hosts.note_clock(&self.host, wrong) && wrong {
            let (host, seconds) = (&self.host, ahead.as_secs());
            tracing::warn!("the clock of {host} is {seconds} s ahead of this machine's: one of them is wrong");
        }
    }
}

fn parse(source: &dyn Source, request: &Request, reply: &Reply) -> Result<Parsed, Failure> {
    let payload = Payload {
        status: reply.status,
        content_type: reply.content_type.as_deref(),
        retry_after: reply.retry_after,
        body: &reply.body,
        received: reply.received,
    };
    source.parse(request, &payload)
}

/// The failure that a provider is left alone for.
fn failure_of(pause: &Pause, rest: Duration) -> Failure {
    let spent = Window::ALL.into_iter().map(|window| Failure::QuotaSpent { window });
    let spent = spent.into_iter().find(|failure| failure.to_string() == pause.words);
    // Whole seconds, so that words stay the same within one.
    let rest = Duration::from_secs(rest.as_secs() + u64::from(rest.subsec_nanos() > 0));
    spent.unwrap_or(Failure::RateLimited { after: Some(rest) })
}
