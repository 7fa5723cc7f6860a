//! What people type finds the metric they mean, or the ones nearest to it.

use convex_core::catalog::{Catalog, Category, Licence, Metric, PairKind};

#[test]
fn names_in_every_form_resolve() {
    for (typed, id) in [
        ("dia", "dia"),
        ("DIA", "dia"),
        ("Dow Jones (DIA)", "dia"),
        ("dow", "dia"),
        ("Russell 2000", "iwm"),
        ("russell-2000", "iwm"),
        ("russell_2000", "iwm"),
        ("iShares Russell 2000 ETF", "iwm"),
        ("vix", "vixcls"),
        ("^VIX", "vixcls"),
        ("$VIX", "vixcls"),
        ("VIXCLS", "vixcls"),
        ("vix_ohlc", "vix_ohlc"),
        ("vix-ohlc", "vix_ohlc"),
        ("Gold", "gold"),
        ("gold-fix", "gold"),
        ("GC=F", "gc"),
        ("XAU", "xauusd"),
        ("xau/usd", "xauusd"),
        ("10y-yield", "dgs10"),
        ("10Y yield", "dgs10"),
        ("US10Y", "dgs10"),
        ("DGS10", "dgs10"),
        ("hy-oas", "bamlh0a0hym2"),
        ("HY OAS", "bamlh0a0hym2"),
        ("BAMLH0A0HYM2", "bamlh0a0hym2"),
        ("S&P 500", "spx"),
        ("sp500", "spx"),
        ("^GSPC", "spx"),
        ("Nasdaq-100", "ndx"),
        ("nasdaq 100", "ndx"),
        ("bitcoin", "btc"),
        ("BTC-USD", "btc"),
        ("unemployment", "unrate"),
        ("cpi", "cpiaucsl"),
        ("EUR/USD", "eurusd"),
        ("usd.jpy", "usdjpy"),
        ("DX-Y.NYB", "dxy"),
        ("oil", "wti"),
        ("DCOILWTICO", "wti"),
        ("2s10s", "t10y2y"),
        ("sahm rule", "sahmrealtime"),
        ("  icsa ", "icsa"),
    ] {
        assert_eq!(Catalog::builtin().resolve(typed).map(|metric| metric.id.as_str()), Some(id), "{typed}");
    }
}

#[test]
fn every_metric_resolves_by_each_of_its_names() {
    let catalog = Catalog::builtin();
    for metric in catalog.metrics() {
        let written = [&metric.id, &metric.name, &metric.short, &metric.label];
        for name in written.into_iter().chain(&metric.aliases) {
            assert_eq!(catalog.resolve(name).map(|found| &found.id), Some(&metric.id), "{name}");
            assert_eq!(catalog.resolve(&name.to_uppercase()).map(|found| &found.id), Some(&metric.id), "{name}");
        }
    }
}

#[test]
fn other_things_do_not_resolve() {
    // The Dow index is not the fund on it, the Composite is not the Nasdaq-100, TNX is ten times the yield.
    for typed in
        ["", "---", "djia", "nasdaq", "^TNX", "fedfunds2", "dia-vs-iwm", "gold/silver", "nonesuch", "\u{0}", "日経"]
    {
        assert!(Catalog::builtin().resolve(typed).is_none(), "{typed}");
    }
}

#[test]
fn slips_of_the_pen_find_what_was_meant_first() {
    for (typed, id) in [
        ("imw", "iwm"),
        ("iwn", "iwm"),
        ("goldd", "gold"),
        ("gld ", "gld"),
        ("russel", "iwm"),
        ("rusell 2000", "iwm"),
        ("bitcon", "btc"),
        ("etherium", "eth"),
        ("unemploymnet", "unrate"),
        ("silvr", "silver"),
        ("nasdq-100", "ndx"),
        ("vixx", "vixcls"),
        ("copper futurs", "copper"),
        ("dgs1", "dgs10"),
        ("breakevn", "t10yie"),
        ("utilites", "xlu"),
        ("sham", "sahmrealtime"),
    ] {
        let near = Catalog::builtin().nearest(typed, 5);
        let ids: Vec<&str> = near.iter().map(|metric| metric.id.as_str()).collect();
        assert_eq!(ids.first(), Some(&id), "{typed}: {ids:?}");
        assert!(ids.len() <= 5);
    }
}

#[test]
fn nearest_gives_something_for_gibberish_and_nothing_for_nothing() {
    let catalog = Catalog::builtin();
    assert!(catalog.nearest("", 5).is_empty());
    assert!(catalog.nearest("^ - ", 5).is_empty());
    assert!(catalog.nearest("iwm", 0).is_empty());
    assert_eq!(catalog.nearest("nosuchthing", 3).len(), 3);
    assert!(catalog.nearest(&"x".repeat(1_000_000), 3).len() <= 3);
    assert_eq!(catalog.nearest("gold", 1)[0].id, "gold");
}

#[test]
fn pairs_are_found_in_either_order() {
    let catalog = Catalog::builtin();
    let pair = catalog.pair("vixcls", "iwm").unwrap();
    assert_eq!((pair.a.as_str(), pair.b.as_str()), ("iwm", "vixcls"));
    assert!(catalog.pair("dia", "vixcls").is_none());
    assert!(catalog.pair("dia", "nonesuch").is_none());
    assert_eq!(catalog.canonical("vixcls", "iwm"), ("iwm".to_owned(), "vixcls".to_owned()));
    assert_eq!(catalog.canonical("iwm", "gold"), ("gold".to_owned(), "iwm".to_owned()));
    // Unnamed pairs go by the alphabet.
    assert_eq!(catalog.canonical("vixcls", "dia"), ("dia".to_owned(), "vixcls".to_owned()));
    let with_gold: Vec<&str> = catalog.pairs_of("silver").map(|pair| pair.a.as_str()).collect();
    assert_eq!(with_gold, ["gold"]);
    assert_eq!(catalog.pairs_of("iwm").count(), 6);
    assert_eq!(catalog.pairs_of("nonesuch").count(), 0);
}

#[test]
fn kinds_follow_from_the_types_where_the_catalogue_is_silent() {
    let catalog = Catalog::builtin();
    let metric = |id: &str| catalog.metric(id).unwrap();
    for (a, b, kind) in [
        ("dia", "qqq", PairKind::Peer),
        ("gold", "gld", PairKind::Peer),
        ("xlk", "xlu", PairKind::Ratio),
        ("qqq", "vixcls", PairKind::RiskOnRiskOff),
        ("vxn", "xlk", PairKind::RiskOnRiskOff),
        ("lqd", "qqq", PairKind::CreditEquity),
        ("baa10y", "xlf", PairKind::CreditEquity),
        ("bamlh0a0hym2", "baa10y", PairKind::Peer),
        ("dgs3mo", "dff", PairKind::Curve),
        ("cpiaucsl", "unrate", PairKind::Macro),
        ("walcl", "nfci", PairKind::Macro),
        ("tlt", "gold", PairKind::CrossAsset),
        ("dgs2", "spy", PairKind::CrossAsset),
        // A named pair keeps the kind written for it.
        ("kre", "spy", PairKind::Ratio),
    ] {
        assert_eq!(catalog.kind_of(metric(a), metric(b)), kind, "{a}/{b}");
        assert_eq!(catalog.kind_of(metric(b), metric(a)), kind, "{b}/{a}");
    }
    let (one, other) = (Metric::uncatalogued("one"), Metric::uncatalogued("other"));
    assert_eq!(catalog.kind_of(&one, &other), PairKind::CrossAsset);
    assert_eq!((one.category, one.licence, one.catalogued), (Category::Uncatalogued, Licence::Withheld, false));
}
