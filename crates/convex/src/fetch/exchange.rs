//! One request and its answer, whole, decoded, and not larger than it may be.

use std::time::Duration;

use convex_sources::{Failure, Method, Network, Request};
use convex_store::Validator;
use jiff::Timestamp;
use reqwest::header::{
    CONTENT_TYPE, DATE, ETAG, HeaderMap, HeaderName, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED, LOCATION,
    RETRY_AFTER,
};
use reqwest::{Client, Response};
use url::Url;

use super::key::{keyed, keyed_url, without_key};
use super::network;
use super::retry_after::{http_date, retry_after};
use crate::clock::Clock;
use crate::config::Secret;

/// What one exchange needs.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sending<'a> {
    pub(super) client: &'a Client,
    pub(super) clock: Clock,
    /// Where to, without a key.
    pub(super) url: &'a Url,
    pub(super) request: &'a Request,
    pub(super) key: Option<&'a Secret>,
    pub(super) validator: Option<&'a Validator>,
    pub(super) timeout: Duration,
    pub(super) max_bytes: u64,
}

/// What came. Nothing in it holds the key.
#[derive(Debug)]
pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) content_type: Option<String>,
    pub(super) etag: Option<String>,
    pub(super) last_modified: Option<String>,
    pub(super) location: Option<String>,
    pub(super) retry_after: Option<Duration>,
    /// The provider's clock.
    pub(super) date: Option<Timestamp>,
    pub(super) received: Timestamp,
    pub(super) body: Vec<u8>,
}

impl Sending<'_> {
    /// Sends, and waits for the whole answer.
    pub(super) async fn send(&self) -> Result<Reply, Failure> {
        let whole = async {
            let response = self.begin().await?;
            self.finish(response).await
        };
        // A timer of its own, because a drip of bytes keeps the client's own satisfied.
        tokio::time::timeout(self.timeout, whole).await.unwrap_or(Err(Failure::Network(Network::TimedOut)))
    }

    async fn begin(&self) -> Result<Response, Failure> {
        let url = keyed_url(self.url, self.request.key, self.key);
        let builder = match self.request.method {
            Method::Get => self.client.get(url),
            Method::Post => self.client.post(url),
        };
        let mut builder = keyed(builder, self.request, self.key)?;
        if let Some(validator) = self.validator {
            for (name, value) in [(IF_NONE_MATCH, &validator.etag), (IF_MODIFIED_SINCE, &validator.last_modified)] {
                if let Some(value) = value {
                    builder = builder.header(name, value);
                }
            }
        }
        builder.send().await.map_err(|error| network::failure(&error))
    }

    async fn finish(&self, mut response: Response) -> Result<Reply, Failure> {
        let too_large = Failure::TooLarge { limit: self.max_bytes };
        if response.content_length().is_some_and(|length| length > self.max_bytes) {
            return Err(too_large);
        }
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| network::failure(&error))? {
            if (body.len() + chunk.len()) as u64 > self.max_bytes {
                return Err(too_large);
            }
            body.extend_from_slice(&chunk);
        }
        let received = self.clock.now();
        let (status, headers) = (response.status().as_u16(), response.headers());
        let date = self.header(headers, &DATE).and_then(|date| http_date(&date));
        Ok(Reply {
            status,
            content_type: self.header(headers, &CONTENT_TYPE),
            etag: self.header(headers, &ETAG),
            last_modified: self.header(headers, &LAST_MODIFIED),
            location: headers.get(LOCATION).and_then(|value| value.to_str().ok()).map(str::to_owned),
            retry_after: self.header(headers, &RETRY_AFTER).and_then(|value| retry_after(&value, date, received)),
            date,
            received,
            body: without_key(body, self.key),
        })
    }

    /// A header as text of reasonable length.
    fn header(&self, headers: &HeaderMap, name: &HeaderName) -> Option<String> {
        let value = headers.get(name)?.as_bytes();
        let value = without_key(value.to_vec(), self.key);
        String::from_utf8(value).ok().filter(|value| !value.is_empty() && value.len() <= 1024)
    }
}
