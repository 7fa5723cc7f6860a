//! docs/sources.md says what the code says: its table is made from the code, and every address that is asked stands there.

#![expect(clippy::unwrap_used, reason = "tests")]

use convex_core::catalog::{Catalog, Licence, Provider};
use convex_sources::{Access, KeyNeed, Purpose, Quota, Request, Source, Want, Window, registry};

const DOCUMENT: &str = include_str!("../../../docs/sources.md");

#[test]
fn the_table_is_that_of_the_code() {
    let rows: Vec<String> = registry::SOURCES.iter().map(|source| row(*source)).collect();
    let head =
        "| source | serves | key | requests | licence of its series | attribution |\n|---|---|---|---|---|---|\n";
    let table = format!("{head}{}\n", rows.join("\n"));
    assert!(DOCUMENT.contains(&table), "the table of docs/sources.md should be\n\n{table}");
}

#[test]
fn every_address_stands_in_the_document() {
    for &source in registry::SOURCES {
        let section = section(source.provider());
        let patterns: Vec<&str> = section.split('`').skip(1).step_by(2).filter(|text| text.contains("://")).collect();
        for request in requests(source) {
            let address = request.url.split('?').next().unwrap();
            assert!(patterns.iter().any(|pattern| fits(pattern, address)), "{address} stands in no line of\n{section}");
        }
    }
}

#[test]
fn terms_stand_in_the_document() {
    for source in registry::SOURCES {
        let terms = source.policy().terms;
        assert!(section(source.provider()).contains(terms), "{terms}");
    }
}

fn row(source: &dyn Source) -> String {
    let (provider, policy) = (source.provider(), source.policy());
    let requests = match policy.key {
        KeyNeed::None => allowance(&policy.keyless),
        KeyNeed::Required => allowance(&policy.keyed),
        KeyNeed::Optional => format!("{}; with a key {}", allowance(&policy.keyless), allowance(&policy.keyed)),
    };
    let (name, key) = (provider.name(), provider.key());
    let (serves, need, licences) = (policy.serves, policy.key.words(), licences(provider));
    format!("| {name} (`{key}`) | {serves} | {need} | {requests} | {licences} | {} |", provider.attribution())
}

fn allowance(quota: &Quota) -> String {
    let limit = |&window: &Window| {
        let an = if window == Window::Hour { "an" } else { "a" };
        Some(format!("{} {an} {}", grouped(quota.limit(window)?), window.word()))
    };
    Window::ALL.iter().filter_map(limit).collect::<Vec<_>>().join(", ")
}

/// A count below a million, as people write it.
fn grouped(count: u32) -> String {
    if count < 1_000 { count.to_string() } else { format!("{},{:03}", count / 1_000, count % 1_000) }
}

/// The licence classes of the metrics that name the provider.
fn licences(provider: Provider) -> String {
    let of = |licence: Licence| {
        let mut metrics = Catalog::builtin().metrics();
        metrics.any(|metric| metric.licence == licence && metric.sources.iter().any(|at| at.provider == provider))
    };
    let classes: Vec<&str> = Licence::ALL.iter().filter(|&&licence| of(licence)).map(|licence| licence.key()).collect();
    if classes.is_empty() { "as the operator says".to_owned() } else { classes.join(", ") }
}

/// What the document says about a provider below the table.
fn section(provider: Provider) -> &'static str {
    let head = format!("### {}\n", provider.name());
    let (_, rest) = DOCUMENT.split_once(&head).unwrap_or_else(|| panic!("no section {head}"));
    rest.split("\n#").next().unwrap()
}

/// Every request that the catalogue gives rise to.
fn requests(source: &dyn Source) -> Vec<Request> {
    let since = "2025-12-20".parse().ok();
    let mut requests = Vec::new();
    for metric in Catalog::builtin().metrics() {
        for at in metric.sources.iter().filter(|at| at.provider == source.provider()) {
            for access in [Access::Keyless, Access::Key, Access::ProKey] {
                for purpose in [Purpose::History { since }, Purpose::Vintages { since }, Purpose::Quote] {
                    let now = "2026-01-05T12:00:00Z".parse().unwrap();
                    let want = Want { symbols: &[&at.symbol], purpose, now, access };
                    requests.extend(source.requests(&want).unwrap_or_default());
                }
            }
        }
    }
    requests
}

/// Whether an address has the form of a pattern, in which `{…}` stands for anything but a slash.
fn fits(pattern: &str, address: &str) -> bool {
    let pattern = pattern.split('?').next().unwrap_or_default();
    match pattern.split_once('{') {
        None => pattern == address,
        Some((before, rest)) => {
            let Some((_, after)) = rest.split_once('}') else { return false };
            let Some(address) = address.strip_prefix(before) else { return false };
            let longest = address.find('/').unwrap_or(address.len());
            (1..=longest).any(|end| address.is_char_boundary(end) && fits(after, &address[end..]))
        }
    }
}
