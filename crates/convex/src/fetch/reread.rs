//! Reading an archived answer again.

use convex_sources::{Body, Failure, KeyPlace, Method, Parsed, Payload, Purpose, Request, Source};
use convex_store::{Archived, PayloadSummary};

/// The request that an archived answer answered; `None` for a purpose or method this version does not know.
pub fn archived_request(of: &PayloadSummary) -> Option<Request> {
    let purpose = match Purpose::from_key(&of.purpose)? {
        Purpose::History { .. } => Purpose::History { since: of.since },
        Purpose::Vintages { .. } => Purpose::Vintages { since: of.since },
        Purpose::Quote => Purpose::Quote,
    };
    let method = match of.method.as_str() {
        "GET" => Method::Get,
        "POST" => Method::Post,
        _ => return None,
    };
    Some(Request {
        purpose,
        symbols: of.symbols.clone(),
        method,
        url: of.url.clone(),
        body: of.request_body.clone().map(|text| Body { content_type: "application/json", text }),
        headers: Vec::new(),
        key: KeyPlace::Nowhere,
    })
}

/// Reads an archived answer with the parser of today.
///
/// # Errors
/// As [`Source::parse`]; [`Failure::NotServed`] if the request is not known any more.
pub fn reread(source: &dyn Source, archived: &Archived) -> Result<Parsed, Failure> {
    let of = &archived.summary;
    let request = archived_request(of).ok_or(Failure::NotServed)?;
    let payload = Payload {
        status: of.status,
        content_type: of.content_type.as_deref(),
        retry_after: None,
        body: &archived.body,
        received: of.fetched_at,
    };
    source.parse(&request, &payload)
}
