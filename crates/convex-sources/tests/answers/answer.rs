//! An answer and what it means, in one line a fact.

use convex_core::Basis;
use convex_core::catalog::Provider;
use convex_sources::{Access, Column, Failure, Parsed, Payload, Purpose, Request, Want, registry};
use jiff::Timestamp;

/// What was asked, and with what status the answer came.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    provider: Provider,
    request: Request,
    status: u16,
    received: Timestamp,
}

/// All history of a symbol, asked without a key where that is possible.
pub(crate) fn history(provider: Provider, symbols: &[&str]) -> Asked {
    asked(provider, symbols, Purpose::History { since: None })
}

/// The latest value within the day.
pub(crate) fn quote(provider: Provider, symbol: &str) -> Asked {
    asked(provider, &[symbol], Purpose::Quote)
}

/// The first request that a source makes for it, with a key only if it must have one.
pub(crate) fn asked(provider: Provider, symbols: &[&str], purpose: Purpose) -> Asked {
    let received: Timestamp = "2026-01-09T12:00:00Z".parse().unwrap();
    let source = registry::source(provider).unwrap();
    let requests = |access| source.requests(&Want { symbols, purpose, now: received, access });
    let requests = requests(Access::Keyless).or_else(|_| requests(Access::Key)).unwrap();
    Asked { provider, request: requests[0].clone(), status: 200, received }
}

impl Asked {
    /// As a request with a key would be.
    pub(crate) fn with_key(self) -> Self {
        let symbols: Vec<&str> = self.request.symbols.iter().map(String::as_str).collect();
        let want = Want { symbols: &symbols, purpose: self.request.purpose, now: self.received, access: Access::Key };
        let request = registry::source(self.provider).unwrap().requests(&want).unwrap()[0].clone();
        Self { request, ..self }
    }

    /// At another address.
    pub(crate) fn at(mut self, url: &str) -> Self {
        url.clone_into(&mut self.request.url);
        self
    }

    /// Answered with a status.
    pub(crate) fn status(self, status: u16) -> Self {
        Self { status, ..self }
    }

    /// Answered at a moment.
    pub(crate) fn received(self, received: &str) -> Self {
        Self { received: received.parse().unwrap(), ..self }
    }

    /// Checks what a body means: `expected` is one line a fact, as [`facts`] writes them.
    pub(crate) fn check(&self, body: &str, expected: &[&str]) {
        self.check_bytes(body.as_bytes(), expected);
    }

    /// As [`Self::check`], for bytes that are no text.
    pub(crate) fn check_bytes(&self, body: &[u8], expected: &[&str]) {
        let payload = Payload { status: self.status, ..Payload::ok(body, self.received) };
        let found = registry::source(self.provider).unwrap().parse(&self.request, &payload);
        assert_eq!(facts(&found), expected, "{}", String::from_utf8_lossy(body));
    }
}

/// What an answer means.
fn facts(found: &Result<Parsed, Failure>) -> Vec<String> {
    let parsed = match found {
        Ok(parsed) => parsed,
        Err(failure) => return vec![format!("{}: {failure}", failure.class())],
    };
    let columns = parsed.columns.iter().flat_map(column);
    let quotes = parsed.quotes.iter().map(|quote| {
        format!("{} is {} at {}, {} minutes late", quote.symbol, quote.value, quote.at, quote.delayed_minutes)
    });
    let next = parsed.next.iter().map(|next| format!("next {}", next.url));
    let warnings = parsed.warnings.iter().map(|warning| format!("warning: {warning}"));
    columns.chain(quotes).chain(next).chain(warnings).collect()
}

fn column(column: &Column) -> Vec<String> {
    let points = column.points.iter().map(|point| {
        let known = point.known.map(|day| format!(" known {day}")).unwrap_or_default();
        format!("{} {}{known}", point.day, point.value)
    });
    let basis = if column.basis == Basis::Price { "" } else { " total return" };
    let head = format!("{}{basis} ({}): {}", column.symbol, column.adjustment.key(), join(points));
    let candles = column.candles.iter().map(|candle| {
        let [open, high, low] = [candle.open, candle.high, candle.low].map(|value| match value {
            Some(value) => value.to_string(),
            None => "-".to_owned(),
        });
        format!("{} {open} {high} {low}", candle.day)
    });
    let splits = column.splits.iter().map(|split| format!("{} {}", split.day, split.ratio));
    let dividends = column.dividends.iter().map(|dividend| format!("{} {}", dividend.day, dividend.amount));
    let parts = [("candles", join(candles)), ("splits", join(splits)), ("dividends", join(dividends))];
    let parts = parts.into_iter().filter(|(_, rows)| !rows.is_empty()).map(|(name, rows)| format!("{name}: {rows}"));
    std::iter::once(head.trim_end().to_owned()).chain(parts).collect()
}

fn join(rows: impl Iterator<Item = String>) -> String {
    rows.collect::<Vec<_>>().join(", ")
}
