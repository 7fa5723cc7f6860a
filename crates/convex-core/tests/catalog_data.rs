//! The built-in catalogue says what it should about every series it describes.

use std::collections::{BTreeSet, HashSet};
use std::path::{Path, PathBuf};

use convex_core::Basis;
use convex_core::catalog::{
    Available, Cadence, Catalog, Category, ChangeKind, Licence, Metric, MetricUnit, OffDays, PairKind, Provider,
    RiskSign, Role, TradingCalendar, Wait,
};

const DIFFERENCES: [&str; 14] = [
    "dgs2",
    "dgs10",
    "dgs3mo",
    "dff",
    "t10y2y",
    "t10y3m",
    "t10yie",
    "bamlh0a0hym2",
    "baa10y",
    "unrate",
    "usrec",
    "nfci",
    "stlfsi4",
    "sahmrealtime",
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn metric(id: &str) -> &'static Metric {
    Catalog::builtin().metric(id).unwrap_or_else(|| panic!("{id} is not in the catalogue"))
}

#[test]
fn every_reference_series_is_described() {
    let folder = root().join("../shared/data");
    let Ok(files) = std::fs::read_dir(&folder) else {
        println!("skipped: no reference data beside the project");
        return;
    };
    let ids: Vec<String> = files
        .map(|file| file.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "csv"))
        .map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned())
        .collect();
    assert!(ids.len() >= 60, "only {} files", ids.len());
    let unknown: Vec<&String> = ids.iter().filter(|id| Catalog::builtin().metric(id).is_none()).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}

#[test]
fn differences_are_exactly_the_rates_spreads_and_diffusion_indices() {
    let found: BTreeSet<&str> = Catalog::builtin()
        .metrics()
        .filter(|metric| metric.change == ChangeKind::Difference)
        .map(|metric| metric.id.as_str())
        .collect();
    assert_eq!(found, BTreeSet::from(DIFFERENCES));
}

#[test]
fn units_are_those_of_the_providers() {
    for (ids, unit) in [
        (
            &["dia", "iwm", "hyg", "gold", "xauusd", "gc", "silver", "copper", "wti", "cl", "eurusd", "btc"][..],
            MetricUnit::Usd,
        ),
        (
            &["spx", "ndx", "sp500tr", "vixcls", "vix_ohlc", "vxn", "vvix", "move", "dxy", "dtwexbgs", "cpiaucsl"],
            MetricUnit::Index,
        ),
        (&["nfci", "stlfsi4"], MetricUnit::Index),
        (&["dgs2", "dgs10", "dgs3mo", "dff", "t10yie", "bamlh0a0hym2", "unrate"], MetricUnit::Percent),
        (&["t10y2y", "t10y3m", "baa10y", "sahmrealtime"], MetricUnit::Points),
        (&["icsa"], MetricUnit::Count),
        (&["walcl"], MetricUnit::UsdMillions),
        (&["usrec"], MetricUnit::Flag),
        (&["usdjpy"], MetricUnit::Jpy),
    ] {
        for id in ids {
            assert_eq!(metric(id).unit, unit, "{id}");
        }
    }
    for metric in Catalog::builtin().metrics() {
        assert_eq!(metric.currency.as_deref(), metric.unit.currency(), "{}", metric.id);
    }
}

#[test]
fn closes_are_where_and_when_the_value_is_fixed() {
    for (id, time, zone) in [
        ("dia", "16:00", "America/New_York"),
        ("kre", "16:00", "America/New_York"),
        ("vixcls", "16:15", "America/New_York"),
        ("gold", "15:00", "Europe/London"),
        ("eurusd", "14:15", "Europe/Berlin"),
        ("btc", "00:00", "UTC"),
        ("gc", "13:30", "America/New_York"),
        ("silver", "13:25", "America/New_York"),
        ("copper", "13:00", "America/New_York"),
        ("cl", "14:30", "America/New_York"),
        ("move", "15:00", "America/New_York"),
    ] {
        let close = metric(id).close.as_ref().unwrap_or_else(|| panic!("{id} has no close"));
        assert_eq!((close.time.as_str(), close.zone.as_str()), (time, zone), "{id}");
    }
    for metric in Catalog::builtin().metrics() {
        let is_release = matches!(metric.cadence, Cadence::Weekly | Cadence::Monthly);
        assert_eq!(is_release, metric.close.is_none(), "{}", metric.id);
        assert_eq!(is_release, metric.calendar == TradingCalendar::Release, "{}", metric.id);
        assert_eq!(is_release, metric.publication_lag_days > 0, "{}", metric.id);
        assert_eq!(is_release, metric.category.is_release(), "{}", metric.id);
    }
}

#[test]
fn types_agree_with_one_another() {
    for metric in Catalog::builtin().metrics() {
        let Metric { id, role, category, .. } = metric.as_ref();
        match category {
            Category::InterestRate => assert_eq!(*role, Role::Rate, "{id}"),
            Category::YieldCurve | Category::InflationExpectation | Category::CreditSpread => {
                assert_eq!(*role, Role::Spread, "{id}");
            }
            Category::Volatility => assert_eq!((*role, metric.risk), (Role::Signal, RiskSign::Off), "{id}"),
            Category::CentralBank => assert_eq!(*role, Role::Flow, "{id}"),
            _ if category.is_release() => assert_eq!(*role, Role::Macro, "{id}"),
            _ => assert!(role.can_be_held(), "{id}"),
        }
        if category.is_equity() {
            assert_eq!(metric.risk, RiskSign::On, "{id}");
        }
        assert_eq!(metric.basis == Basis::TotalReturn, id == "sp500tr", "{id}");
        assert!(metric.catalogued && metric.discontinued.is_none(), "{id}");
        if let Some(proxy) = metric.proxy.as_deref().filter(|proxy| !proxy.contains(' ')) {
            assert!(
                Catalog::builtin().metric(proxy).is_some_and(|proxy| proxy.role == Role::Investable),
                "{id}: {proxy}"
            );
        }
    }
}

#[test]
fn terms_are_those_of_the_source() {
    for (ids, licence) in [
        (
            &["dia", "kre", "tlt", "vixcls", "move", "gold", "gc", "dxy", "bamlh0a0hym2", "spx", "btc"][..],
            Licence::Personal,
        ),
        (
            &["dgs10", "t10y2y", "t10yie", "dff", "cpiaucsl", "unrate", "icsa", "walcl", "wti", "brent", "usdjpy"],
            Licence::Open,
        ),
        (&["eurusd"], Licence::Attribution),
    ] {
        for id in ids {
            assert_eq!(metric(id).licence, licence, "{id}");
        }
    }
    for metric in Catalog::builtin().metrics() {
        assert!(!metric.sources.is_empty(), "{} has no source", metric.id);
        let providers: HashSet<Provider> = metric.sources.iter().map(|source| source.provider).collect();
        assert_eq!(providers.len(), metric.sources.len(), "{} names a provider twice", metric.id);
    }
    let first = |id| metric(id).sources[0].provider;
    assert_eq!(
        [first("iwm"), first("vixcls"), first("gold"), first("xauusd"), first("dgs2"), first("btc"), first("eurusd")],
        [
            Provider::Tiingo,
            Provider::Cboe,
            Provider::Lbma,
            Provider::GoldApi,
            Provider::Treasury,
            Provider::Coinbase,
            Provider::Ecb
        ]
    );
}

#[test]
fn pairs_stand_in_the_order_of_their_addresses() {
    let catalog = Catalog::builtin();
    let names: Vec<String> = catalog.pairs().map(|pair| format!("{}/{}", pair.a, pair.b)).collect();
    assert_eq!(names[..5], ["dia/iwm", "iwm/vixcls", "rsp/iwm", "gold/iwm", "qqq/iwm"]);
    assert!(names.len() >= 42, "{}", names.len());
    for (a, b, kind) in [
        ("dia", "iwm", PairKind::Peer),
        ("iwm", "vixcls", PairKind::RiskOnRiskOff),
        ("gold", "iwm", PairKind::CrossAsset),
        ("hyg", "spy", PairKind::CreditEquity),
        ("xly", "xlp", PairKind::Ratio),
        ("dgs10", "dgs2", PairKind::Curve),
        ("icsa", "unrate", PairKind::Macro),
    ] {
        assert_eq!(catalog.pair(a, b).unwrap().kind, kind, "{a}/{b}");
        assert_eq!(catalog.canonical(b, a), (a.to_owned(), b.to_owned()));
    }
    // Where the written kind is not the one the types give, that is a decision, and these are all of them.
    let decided: Vec<String> = catalog
        .pairs()
        .filter(|pair| pair.kind != PairKind::of(metric(&pair.a), metric(&pair.b)))
        .map(|pair| format!("{}/{}", pair.a, pair.b))
        .collect();
    assert_eq!(decided, ["dgs10/cpiaucsl", "t10y2y/unrate", "kre/spy"]);
}

/// Sentences in a text: full stops, question and exclamation marks before a space or the end.
fn sentences(text: &str) -> usize {
    text.split_inclusive(['.', '?', '!'])
        .filter(|part| part.len() > 1 || text.len() == 1)
        .filter(|part| {
            let end = part.as_ptr() as usize - text.as_ptr() as usize + part.len();
            text[end..].chars().next().is_none_or(char::is_whitespace)
        })
        .count()
}

#[test]
fn texts_are_whole_sentences_of_the_agreed_length() {
    let mut seen = HashSet::new();
    for pair in Catalog::builtin().pairs() {
        let name = format!("{}/{}", pair.a, pair.b);
        let texts =
            [(&pair.rationale, 2..=4, 200..=560), (&pair.a_ahead, 1..=2, 60..=260), (&pair.b_ahead, 1..=2, 60..=260)];
        for (text, many, long) in texts {
            assert!(many.contains(&sentences(text)), "{name}: {} sentences in {text}", sentences(text));
            assert!(long.contains(&text.chars().count()), "{name}: {} characters in {text}", text.chars().count());
            assert!(text.ends_with('.') && text.starts_with(char::is_uppercase), "{name}: {text}");
            assert!(!text.contains("  ") && !text.contains('\n') && !text.contains(" - "), "{name}: {text}");
            assert!(seen.insert(text.clone()), "{name} repeats: {text}");
        }
    }
    for metric in Catalog::builtin().metrics() {
        let text = &metric.definition;
        assert!(text.ends_with('.') && (60..=420).contains(&text.chars().count()), "{}: {text}", metric.id);
        assert!(seen.insert(text.clone()), "{} repeats: {text}", metric.id);
        assert!(metric.label.chars().count() <= 14, "{}", metric.label);
    }
}

#[test]
fn no_two_metrics_share_a_written_name() {
    for written in [|m: &Metric| m.name.clone(), |m: &Metric| m.short.clone(), |m: &Metric| m.label.clone()] {
        let mut seen = HashSet::new();
        for metric in Catalog::builtin().metrics() {
            assert!(seen.insert(written(metric).to_lowercase()), "{}", written(metric));
        }
    }
}

#[test]
fn the_format_is_documented_word_for_word() {
    let text = std::fs::read_to_string(root().join("catalog/README.md")).unwrap();
    let words = Category::ALL
        .iter()
        .map(|word| word.key())
        .chain(Cadence::ALL.iter().map(|word| word.key()))
        .chain(MetricUnit::ALL.iter().map(|word| word.word()))
        .chain(ChangeKind::ALL.iter().map(|word| word.key()))
        .chain(Role::ALL.iter().map(|word| word.key()))
        .chain(RiskSign::ALL.iter().map(|word| word.key()))
        .chain(TradingCalendar::ALL.iter().map(|word| word.key()))
        .chain(OffDays::ALL.iter().map(|word| word.key()))
        .chain(Provider::ALL.iter().map(|word| word.key()))
        .chain(Licence::ALL.iter().map(|word| word.key()))
        .chain(PairKind::ALL.iter().map(|word| word.key()));
    for word in words {
        assert!(text.contains(&format!("`{word}`")), "catalog/README.md does not name `{word}`");
    }
}

#[test]
fn providers_are_found_by_their_key_and_named_for_people() {
    for provider in Provider::ALL {
        assert_eq!(Provider::from_key(provider.key()), Some(*provider));
        assert!(!provider.name().is_empty() && !provider.attribution().is_empty());
    }
    assert_eq!(Provider::from_key("FRED"), None);
    assert_eq!(Provider::GoldApi.key(), "gold_api");
    assert_eq!(Provider::File.attribution(), "imported by the operator");
    assert!(
        Provider::Fred.attribution().contains("not endorsed or certified by the Federal Reserve Bank of St. Louis")
    );
    assert!(Provider::Sample.attribution().contains("Simulated"));
}

#[test]
fn every_metric_says_what_is_plausible_and_when_it_can_be_had() {
    for metric in Catalog::builtin().metrics() {
        let (low, high) = metric.plausible.unwrap_or_else(|| panic!("{} lacks \"plausible\"", metric.id));
        assert!(
            low < high
                && (metric.change == ChangeKind::Difference || low > 0.0 || metric.id == "wti" || metric.id == "cl"),
            "{}",
            metric.id
        );
        // What is known on a past day must not be called late on it.
        if let Some(Available { after: Wait::Days(days), .. }) = metric.available {
            assert!(days >= metric.publication_lag_days, "{}", metric.id);
        }
    }
}
