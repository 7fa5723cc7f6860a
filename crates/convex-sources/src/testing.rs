//! What the tests of all providers share: an answer read, in words short enough to stand in a test.

use jiff::Timestamp;

use crate::{Access, Column, Failure, Heard, Parsed, Payload, Purpose, Quote, Request, Source, Want};

/// An answer to the first request about some symbols, asked at the moment it came.
pub(crate) struct Answer<'a> {
    pub symbols: &'a [&'a str],
    pub purpose: Purpose,
    pub status: u16,
    pub received: &'a str,
}

pub(crate) const HISTORY: Purpose = Purpose::History { since: None };

impl<'a> Answer<'a> {
    /// A history of one symbol, answered with success.
    pub(crate) fn history(symbol: &'a [&'a str], received: &'a str) -> Self {
        Self { symbols: symbol, purpose: HISTORY, status: 200, received }
    }

    /// Latest prices, answered with success.
    pub(crate) fn quote(symbols: &'a [&'a str], received: &'a str) -> Self {
        Self { symbols, purpose: Purpose::Quote, status: 200, received }
    }

    pub(crate) fn with_status(self, status: u16) -> Self {
        Self { status, ..self }
    }

    /// What a source makes of a body.
    pub(crate) fn read(&self, source: &dyn Source, body: &str) -> Result<Parsed, Failure> {
        let received: Timestamp = self.received.parse().unwrap();
        let want = Want { symbols: self.symbols, purpose: self.purpose, now: received, access: Access::Key };
        let request = source.requests(&want).unwrap().remove(0);
        source.parse(&request, &Payload { status: self.status, ..Payload::ok(body.as_bytes(), received) })
    }

    /// As [`Self::read`], in words.
    pub(crate) fn told(&self, source: &dyn Source, body: &str) -> String {
        told(&self.read(source, body))
    }
}

/// The addresses of the requests for some symbols.
pub(crate) fn urls(source: &dyn Source, symbols: &[&str], purpose: Purpose, access: Access, now: &str) -> Vec<String> {
    let want = Want { symbols, purpose, now: now.parse().unwrap(), access };
    source.requests(&want).unwrap().into_iter().map(|Request { url, .. }| url).collect()
}

/// A line for each column, quote, further request and warning; or class and words of the failure.
pub(crate) fn told(result: &Result<Parsed, Failure>) -> String {
    let parsed = match result {
        Ok(parsed) => parsed,
        Err(failure) => return format!("{}: {failure}", failure.class()),
    };
    let quotes = parsed.quotes.iter().map(|quote| {
        let delay = if quote.delayed_minutes == 0 { String::new() } else { format!(" -{}m", quote.delayed_minutes) };
        format!("{} now {} {}{delay}", quote.symbol, quote.value, quote.at)
    });
    let lines = parsed.columns.iter().map(column).chain(quotes);
    let lines = lines.chain(parsed.next.iter().map(|next| format!("next {}", next.url)));
    lines.chain(parsed.warnings.iter().map(|warning| format!("! {warning}"))).collect::<Vec<_>>().join("\n")
}

/// What one message of a stream brought: its prices, or why the conversation ended.
pub(crate) fn heard(result: &Result<Heard, Failure>) -> String {
    match result {
        Ok(heard) => {
            let quote = |quote: &Quote| format!("{} {} {}", quote.symbol, quote.value, quote.at);
            heard.quotes.iter().map(quote).collect::<Vec<_>>().join(", ")
        }
        Err(failure) => format!("{}: {failure}", failure.class()),
    }
}

fn column(column: &Column) -> String {
    let mut line = format!("{} {} {}:", column.symbol, column.basis, column.adjustment.key());
    for point in &column.points {
        line.push_str(&format!(" {}={}", point.day, point.value));
    }
    for split in &column.splits {
        line.push_str(&format!(" split {}x{}", split.day, split.ratio));
    }
    for dividend in &column.dividends {
        line.push_str(&format!(" payout {}={}", dividend.day, dividend.amount));
    }
    line
}
