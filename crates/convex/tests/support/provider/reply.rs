//! What a server answers, and how it goes wrong on the way.

use std::time::Duration;

use super::seen::Seen;

/// An answer.
#[derive(Clone, Debug)]
pub(crate) struct Reply {
    /// HTTP status.
    pub(crate) status: u16,
    /// Headers besides `Content-Length`.
    pub(crate) headers: Vec<(String, String)>,
    /// The body as it goes over the wire.
    pub(crate) body: Vec<u8>,
    /// How it is delivered.
    pub(crate) delivery: Delivery,
}

/// How an answer is delivered.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Delivery {
    /// Whole, with its length.
    Whole,
    /// Whole, in chunks.
    Chunked,
    /// With its full length announced, then the connection is closed after so many bytes.
    CutAfter(usize),
    /// In chunks, the last of which never comes.
    ChunksCut,
    /// A byte at a time with a pause after each.
    Drip(Duration),
    /// The body again and again, in chunks, for as long as the other side reads.
    Endless,
    /// A length is announced that is far larger than anything sent.
    Announced(u64),
    /// The connection is reset after the request was read.
    Reset,
    /// The connection is closed without a byte.
    Hangup,
    /// The connection stays open without a byte.
    Silence,
    /// The body alone: what comes is not HTTP.
    Raw,
}

impl Reply {
    /// An answer with a status and a content type.
    pub(crate) fn new(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        let headers = if content_type.is_empty() { vec![] } else { vec![("content-type".into(), content_type.into())] };
        Self { status, headers, body: body.into(), delivery: Delivery::Whole }
    }

    /// A good answer in JSON.
    pub(crate) fn json(body: impl Into<Vec<u8>>) -> Self {
        Self::new(200, "application/json", body)
    }

    /// A good answer in CSV.
    pub(crate) fn csv(body: impl Into<Vec<u8>>) -> Self {
        Self::new(200, "text/csv", body)
    }

    /// The same with another header.
    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The same, delivered otherwise.
    pub(crate) fn delivered(self, delivery: Delivery) -> Self {
        Self { delivery, ..self }
    }

    /// The same, compressed with gzip.
    pub(crate) fn gzip(self) -> Self {
        let body = gzipped(&self.body);
        Self { body, ..self }.header("content-encoding", "gzip")
    }

    /// What this answer becomes for a request: 304 if the request says that it knows it.
    pub(super) fn to(self, seen: &Seen) -> Self {
        let own = |name: &str| self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
        let knows = match (seen.header("if-none-match"), own("etag")) {
            (Some(asked), Some(tag)) => asked == tag,
            _ => own("last-modified").is_some_and(|date| seen.header("if-modified-since") == Some(date)),
        };
        if self.status == 200 && knows {
            return Self { status: 304, body: Vec::new(), ..self };
        }
        self
    }
}

/// Bytes compressed with gzip.
pub(crate) fn gzipped(bytes: &[u8]) -> Vec<u8> {
    use std::io::Write;
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}
