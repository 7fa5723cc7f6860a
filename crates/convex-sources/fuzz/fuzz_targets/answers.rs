//! Any answer to any request that the catalogue gives rise to: the first two bytes choose the request, the third the
//! status, the rest is the body. Values come out in order and finite, and the next page is another one than this.

#![no_main]

use std::sync::LazyLock;

use convex_core::Day;
use convex_core::catalog::Catalog;
use convex_sources::{Access, Payload, Purpose, Request, Source, Want, registry};
use jiff::Timestamp;
use libfuzzer_sys::fuzz_target;

type Asked = (&'static dyn Source, Request);

static RECEIVED: LazyLock<Timestamp> = LazyLock::new(|| "2026-01-09T12:00:00Z".parse().expect("a moment"));

/// The last day that can have begun anywhere by then.
static TOMORROW: LazyLock<Day> = LazyLock::new(|| "2026-01-10".parse().expect("a day"));

/// One request of each provider and form.
static ASKED: LazyLock<Vec<Asked>> = LazyLock::new(|| {
    let since = "2026-01-02".parse().ok();
    let purposes = [Purpose::History { since: None }, Purpose::Vintages { since }, Purpose::Quote];
    let mut asked: Vec<Asked> = Vec::new();
    for metric in Catalog::builtin().metrics() {
        for at in &metric.sources {
            let Some(source) = registry::source(at.provider) else { continue };
            for purpose in purposes {
                for access in [Access::Keyless, Access::Key, Access::ProKey] {
                    let want = Want { symbols: &[&at.symbol], purpose, now: *RECEIVED, access };
                    for request in source.requests(&want).unwrap_or_default() {
                        if asked.iter().filter(|(other, _)| other.provider() == at.provider).count() < 12 {
                            asked.push((source, request));
                        }
                    }
                }
            }
        }
    }
    let file = Request::get(purposes[0], &["https://example.invalid/a.csv"], "https://example.invalid/a.csv");
    asked.extend(registry::source(convex_core::catalog::Provider::File).map(|source| (source, file)));
    asked
});

fuzz_target!(|bytes: &[u8]| {
    let [first, second, third, body @ ..] = bytes else { return };
    let (source, request) = &ASKED[usize::from(u16::from_be_bytes([*first, *second])) % ASKED.len()];
    let status = [200, 200, 200, 200, 400, 403, 404, 429, 500][usize::from(*third) % 9];
    let payload = Payload { status, ..Payload::ok(body, *RECEIVED) };
    let Ok(parsed) = source.parse(request, &payload) else { return };
    for column in &parsed.columns {
        let key = |index: usize| (column.points[index].day, column.points[index].known);
        assert!((1..column.points.len()).all(|index| key(index - 1) < key(index)));
        assert!(column.points.iter().all(|point| point.value.is_finite()));
        assert!(request.symbols.contains(&column.symbol));
        assert!(column.points.last().is_none_or(|point| point.day <= *TOMORROW));
        assert!(column.candles.windows(2).all(|pair| pair[0].day < pair[1].day));
        assert!(column.splits.iter().all(|split| split.ratio.is_finite() && split.ratio > 0.0));
        assert!(column.dividends.iter().all(|dividend| dividend.amount.is_finite()));
    }
    assert!(parsed.quotes.iter().all(|quote| quote.value.is_finite()));
    assert!(parsed.next.as_ref() != Some(request));
});
