//! Catalogue files of the user's own: what they change, and what is said of their mistakes.

use convex_core::catalog::{Catalog, Category, ChangeKind, Licence, MetricUnit, PairKind, Role, TradingCalendar};
use proptest::prelude::*;

/// A metric without mistakes, on lines 1 to 9.
const GOOD: &str = r#"[[metric]]
id = "acme"
name = "Acme share"
definition = "Closing price of one share of Acme."
category = "equity-sector"
cadence = "daily"
unit = "USD"
change = "log"
role = "investable"
licence = "personal"
"#;

/// Mistakes of one file laid over the built-in catalogue, as they are shown.
fn mistakes(text: &str) -> Vec<String> {
    match Catalog::with_user_files([("mine.toml", text)]) {
        Ok(_) => Vec::new(),
        Err(mistakes) => mistakes.iter().map(ToString::to_string).collect(),
    }
}

/// The good metric with one line exchanged.
fn with(from: &str, to: &str) -> String {
    assert!(GOOD.contains(from), "{from}");
    GOOD.replacen(from, to, 1)
}

#[test]
#[expect(clippy::too_many_lines, reason = "one table of mistakes")]
fn mistakes_name_file_line_and_the_way_out() {
    let pair =
        "[[pair]]\na = \"dia\"\nb = \"vixcls\"\nrationale = \"Why.\"\na_ahead = \"One.\"\nb_ahead = \"Other.\"\n";
    for (text, expected) in [
        (
            with("\"daily\"", "\"dayly\""),
            "mine.toml:6: unknown cadence \"dayly\": use real-time, delayed, daily, weekly or monthly",
        ),
        (with("\"log\"", "\"ratio\""), "mine.toml:8: unknown change \"ratio\": use log or difference"),
        (
            with("\"personal\"", "\"free\""),
            "mine.toml:10: unknown licence \"free\": use open, attribution, personal or withheld",
        ),
        (
            with("role = \"investable\"\n", ""),
            "mine.toml:1: metric \"acme\" lacks \"role\": use investable, index, rate, spread, signal, flow or macro",
        ),
        (with("name = \"Acme share\"\n", ""), "mine.toml:1: metric \"acme\" lacks \"name\""),
        (with("id = \"acme\"\n", ""), "mine.toml:1: a metric without id lacks \"id\""),
        (
            with("\"acme\"", "\"Acme Inc\""),
            "mine.toml:2: \"Acme Inc\" cannot be an id: use 1 to 40 of a-z 0-9 _ -, starting with a letter or digit, without \"-vs-\"",
        ),
        (
            with("\"Acme share\"", "\"  \""),
            "mine.toml:3: \"name\" is empty: write it or leave the key out (name of metric \"acme\")",
        ),
        (
            with("\"Acme share\"", "7"),
            "mine.toml:3: a whole number instead of text in quotes (name of metric \"acme\")",
        ),
        (
            format!("{GOOD}live = \"acne\"\n"),
            "mine.toml:1: live values of \"acme\": \"acne\" is not the id of a metric",
        ),
        (format!("{GOOD}live = \"vixcls\"\n"), "mine.toml:1: live values of \"acme\": \"vixcls\" is in another unit"),
        (
            format!("{GOOD}started = \"1999-02-30\"\n"),
            "mine.toml:11: \"1999-02-30\" is not a date of the form YYYY-MM-DD (started of metric \"acme\")",
        ),
        (
            format!("{GOOD}started = 2001-01-01\ndiscontinued = 1999-01-01\n"),
            "mine.toml:12: discontinued on 1999-01-01, before it started on 2001-01-01 (discontinued of metric \"acme\")",
        ),
        (
            format!("{GOOD}close = {{ time = \"24:00\", zone = \"America/New_York\" }}\n"),
            "mine.toml:11: \"24:00\" is not a time of day: use HH:MM, 00:00 to 23:59 (time of close of metric \"acme\")",
        ),
        (
            format!("{GOOD}close = {{ time = \"16:00\", zone = \"New York\" }}\n"),
            "mine.toml:11: unknown time zone \"New York\": use an IANA name such as America/New_York (zone of close of metric \"acme\")",
        ),
        (
            format!("{GOOD}close = \"16:00\"\n"),
            "mine.toml:11: a text instead of a table in braces (close of metric \"acme\")",
        ),
        (
            format!("{GOOD}close = {{ time = \"16:00\", zone = \"UTC\", day = 1 }}\n"),
            "mine.toml:11: unknown key \"day\" in close of metric \"acme\": use time or zone",
        ),
        (
            format!("{GOOD}available = {{ time = \"16:00\", zone = \"UTC\" }}\n"),
            "mine.toml:11: available of metric \"acme\" lacks \"sessions\": use one of sessions, days and weekday",
        ),
        (
            format!("{GOOD}available = {{ sessions = 1, days = 2, time = \"16:00\", zone = \"UTC\" }}\n"),
            "mine.toml:11: sessions, days and weekday exclude one another: use one (time of available of metric \"acme\")",
        ),
        (
            format!("{GOOD}available = {{ weekday = \"sunday\", time = \"16:00\", zone = \"UTC\" }}\n"),
            "mine.toml:11: unknown weekday \"sunday\": use monday to friday (weekday of available of metric \"acme\")",
        ),
        (
            format!("{GOOD}off_days = \"sometimes\"\n"),
            "mine.toml:11: unknown rule for days off \"sometimes\": use refuse, holidays or any",
        ),
        (
            format!("{GOOD}plausible = [5, 1.0]\n"),
            "mine.toml:11: plausible must be the lowest and the highest value, as in [0.5, 200] (plausible of metric \"acme\")",
        ),
        (
            format!("{GOOD}largest_change = 0.5\n"),
            "mine.toml:11: largest_change must be a number of standard deviations, at least 1 (largest_change of metric \"acme\")",
        ),
        (
            format!("{GOOD}frozen_after = 1000\n"),
            "mine.toml:11: frozen_after must be a whole number from 0 to 366 (frozen_after of metric \"acme\")",
        ),
        (
            format!("{GOOD}sources = [\n  {{ provider = \"bloomberg\", symbol = \"X\" }},\n]\n"),
            "mine.toml:12: unknown provider \"bloomberg\": use fred, cboe, yahoo, coingecko, coinbase, kraken, gold_api, lbma, treasury, bls, eia, ecb, tiingo, alpha_vantage, twelve_data, file or sample",
        ),
        (
            format!("{GOOD}aliases = [\"dia\"]\n"),
            "mine.toml:11: alias \"dia\" is the id of a metric: leave it out or choose another",
        ),
        (
            format!("{GOOD}aliases = [\n  \"acme-share\",\n  \"fear index\",\n]\n"),
            "mine.toml:13: alias \"fear index\" is already an alias of \"vixcls\": leave it out or choose another",
        ),
        (
            format!("{GOOD}aliases = [\"vix ohlc\"]\n"),
            "mine.toml:11: alias \"vix ohlc\" reads the same as the id \"vix_ohlc\": leave it out or choose another",
        ),
        (
            format!("{GOOD}aliases = [\"ACME\"]\n"),
            "mine.toml:11: alias \"ACME\" must be lower case, without spaces around it",
        ),
        (
            format!("{GOOD}aliases = [\"one\", \"one\"]\n"),
            "mine.toml:11: alias \"one\" is already an alias of \"acme\": leave it out or choose another",
        ),
        (
            format!("{GOOD}aliases = [\"-\"]\n"),
            "mine.toml:11: \"-\" cannot be an alias: use 1 to 60 characters with a letter or digit among them, without \"-vs-\"",
        ),
        (with("\"acme\"", "\"vix\""), "mine.toml:1: id \"vix\" is already an alias of \"vixcls\": choose another"),
        (format!("{GOOD}\n{GOOD}"), "mine.toml:12: metric \"acme\" is already described at mine.toml:1"),
        (
            with("\"daily\"", "\"monthly\""),
            "mine.toml:1: metric \"acme\" lacks \"publication_lag_days\": use the days from the end of the period to its release",
        ),
        (
            format!("{GOOD}publication_lag_days = -1\n"),
            "mine.toml:11: publication_lag_days must be a whole number from 0 to 3650 (publication_lag_days of metric \"acme\")",
        ),
        (
            format!("{GOOD}currency = \"usd\"\n"),
            "mine.toml:11: \"usd\" is not a currency: use three capital letters such as USD (currency of metric \"acme\")",
        ),
        (
            format!("{GOOD}currency = \"EUR\"\n"),
            "mine.toml:11: currency \"EUR\" contradicts the unit, which is in USD (currency of metric \"acme\")",
        ),
        (format!("{GOOD}basis = \"gross\"\n"), "mine.toml:11: unknown basis \"gross\": use price or total-return"),
        (format!("[[metrics]]\n{}", &GOOD[11..]), "mine.toml:1: unknown key \"metrics\": use [[metric]] or [[pair]]"),
        (with("[[metric]]", "[metric]"), "mine.toml:1: a table instead of [[metric]] in double brackets"),
        (with("\"acme\"", "\"acme"), "mine.toml:2: not TOML: invalid basic string, expected `\"`"),
        (with("name =", "id ="), "mine.toml:3: not TOML: duplicate key"),
        (
            pair.replace("vixcls", "vix"),
            "mine.toml:3: a pair names ids, and \"vix\" is another name of \"vixcls\": write that",
        ),
        (
            pair.replace("vixcls", "iwn"),
            "mine.toml:3: unknown metric \"iwn\" in a pair: describe it, or did you mean \"iwm\"?",
        ),
        (pair.replace("vixcls", "dia"), "mine.toml:3: a metric is not paired with itself (b of pair dia/dia)"),
        (pair.replace("rationale = \"Why.\"\n", ""), "mine.toml:1: pair dia/vixcls lacks \"rationale\""),
        (
            format!("{pair}kind = \"friends\"\n"),
            "mine.toml:7: unknown kind \"friends\": use peer, ratio, risk-on-risk-off, credit-equity, curve, macro or cross-asset",
        ),
        (
            format!("{pair}title = \"x\"\n"),
            "mine.toml:7: unknown key \"title\" in pair dia/vixcls: use a, b, kind, rationale, a_ahead or b_ahead",
        ),
        (
            format!(
                "{pair}{}",
                pair.replace("\"dia\"", "\"x\"").replace("\"vixcls\"", "\"dia\"").replace("\"x\"", "\"vixcls\"")
            ),
            "mine.toml:7: pair vixcls/dia is already named at mine.toml:1",
        ),
    ] {
        assert_eq!(mistakes(&text), [expected], "{text}");
    }
}

#[test]
fn unknown_keys_are_told_every_key_there_is() {
    let told = mistakes(&format!("{GOOD}colour = \"red\"\n"));
    let expected = "mine.toml:11: unknown key \"colour\" in metric \"acme\": use id, aliases, name, short, label, noun, \
                    definition, category, cadence, unit, change, role, risk, calendar, close, publication_lag_days, available, \
                    off_days, plausible, largest_change, frozen_after, currency, basis, \
                    proxy, live, sources, licence, started or discontinued";
    assert_eq!(told, [expected]);
}

#[test]
fn all_mistakes_of_all_files_are_reported_in_order() {
    let first = "[[metric]]\nid = \"one\"\ncolour = \"red\"\ncadence = \"dayly\"\nunit = \"EUR\"\nrole = \"x\"\n\n[[pair]]\na = \"one\"\nb = \"none\"\n";
    let second = format!("{GOOD}currency = \"x\"\n");
    let told = Catalog::with_user_files([("b.toml", first), ("a.toml", second.as_str())]).unwrap_err();
    let lines: Vec<(&str, usize)> = told.iter().map(|mistake| (mistake.file.as_str(), mistake.line)).collect();
    // Five keys missing from the metric and three from the pair stand where these begin.
    let expected = [1, 1, 1, 1, 1, 3, 4, 5, 6, 8, 8, 8].map(|line| ("b.toml", line));
    assert_eq!(lines[..12], expected, "{told:#?}");
    assert_eq!(lines[12..], [("a.toml", 11)], "{told:#?}");
}

#[test]
fn a_leg_that_is_described_badly_is_not_called_unknown_as_well() {
    let text = with("\"daily\"", "\"dayly\"")
        + "[[pair]]\na = \"acme\"\nb = \"none\"\nrationale = \"Why.\"\na_ahead = \"One.\"\nb_ahead = \"Other.\"\n";
    let told = mistakes(&text);
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[0].starts_with("mine.toml:6: unknown cadence"), "{told:?}");
    assert!(told[1].starts_with("mine.toml:13: unknown metric \"none\" in a pair"), "{told:?}");
}

#[test]
fn a_broken_file_is_reported_once_and_not_torn_apart() {
    let told = mistakes("[[metric]]\nid = \"acme\"\nname = \"unfinished\n\n[[pair]]\na = \"acme\"\n");
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].starts_with("mine.toml:3: not TOML: "), "{told:?}");
}

#[test]
fn files_without_entries_are_no_mistake() {
    for text in ["", "\u{feff}", "# nothing yet\n", "\u{feff}# nothing\r\n"] {
        let catalog = Catalog::with_user_files([("mine.toml", text)]).unwrap();
        assert_eq!(catalog.metrics().len(), Catalog::builtin().metrics().len());
    }
    let none: [(&str, &str); 0] = [];
    assert_eq!(Catalog::with_user_files(none).unwrap().pairs().len(), Catalog::builtin().pairs().len());
}

#[test]
fn users_add_metrics_with_few_words() {
    let text = format!("\u{feff}{}aliases = [\"acme-inc\"]\r\nstarted = 2001-05-04\r\n", GOOD.replace('\n', "\r\n"));
    let catalog = Catalog::with_user_files([("mine.toml", text)]).unwrap();
    let metric = catalog.resolve("Acme.Inc").unwrap();
    assert_eq!((metric.id.as_str(), metric.short.as_str(), metric.label.as_str()), ("acme", "Acme share", "ACME"));
    assert_eq!((metric.category, metric.calendar), (Category::EquitySector, TradingCalendar::Nyse));
    assert_eq!((metric.currency.as_deref(), metric.started.unwrap().to_string().as_str()), (Some("USD"), "2001-05-04"));
    assert!(metric.catalogued && metric.sources.is_empty() && metric.close.is_none());
    assert_eq!(catalog.metrics().last().unwrap().id, "acme");
    assert!(Catalog::builtin().metric("acme").is_none());
}

#[test]
fn an_entry_of_the_same_id_replaces_the_whole_entry_in_its_place() {
    let text = r#"
[[metric]]
id = "dia"
name = "My Dow"
definition = "Something else."
category = "energy"
cadence = "weekly"
publication_lag_days = 3
unit = "index"
change = "difference"
role = "signal"
licence = "open"
"#;
    let catalog = Catalog::with_user_files([("mine.toml", text)]).unwrap();
    let metric = catalog.metric("dia").unwrap();
    assert_eq!(
        (metric.name.as_str(), metric.unit, metric.change),
        ("My Dow", MetricUnit::Index, ChangeKind::Difference)
    );
    assert_eq!((metric.role, metric.licence, metric.calendar), (Role::Signal, Licence::Open, TradingCalendar::Release));
    assert!(metric.aliases.is_empty() && metric.sources.is_empty());
    assert_eq!(catalog.metrics().next().unwrap().name, "My Dow");
    assert_eq!(catalog.metrics().len(), Catalog::builtin().metrics().len());
    // Its old aliases are free again.
    assert!(catalog.resolve("dow").is_none());
}

#[test]
fn a_pair_of_the_same_legs_replaces_the_pair_in_either_order() {
    let text = "[[pair]]\na = \"iwm\"\nb = \"dia\"\nrationale = \"\"\"\nMine,\n  on two lines.\"\"\"\na_ahead = \"Small.\"\nb_ahead = \"Large.\"\n";
    let catalog = Catalog::with_user_files([("mine.toml", text)]).unwrap();
    let pair = catalog.pair("dia", "iwm").unwrap();
    assert_eq!((pair.a.as_str(), pair.b.as_str(), pair.kind), ("iwm", "dia", PairKind::Peer));
    assert_eq!(pair.rationale, "Mine, on two lines.");
    assert_eq!(catalog.pairs().len(), Catalog::builtin().pairs().len());
    assert_eq!(catalog.pairs().next().unwrap().a, "iwm");
    assert_eq!(catalog.canonical("dia", "iwm"), ("iwm".to_owned(), "dia".to_owned()));
}

#[test]
fn a_pair_may_name_metrics_of_another_file() {
    let pair = "[[pair]]\na = \"acme\"\nb = \"dia\"\nrationale = \"Why.\"\na_ahead = \"One.\"\nb_ahead = \"Other.\"\n";
    let catalog = Catalog::with_user_files([("pairs.toml", pair), ("metrics.toml", GOOD)]).unwrap();
    assert_eq!(catalog.pair("dia", "acme").unwrap().kind, PairKind::CrossAsset);
    assert_eq!(catalog.pairs().last().unwrap().a, "acme");
}

/// Lines a catalogue might hold, whole or cut.
fn fragments() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("[[metric]]\n".to_owned()),
        Just("[[pair]]\n".to_owned()),
        Just("[metric]\n".to_owned()),
        Just("[[metric.close]]\n".to_owned()),
        Just("metric = [1, {}]\n".to_owned()),
        Just(GOOD.to_owned()),
        Just("close = { time = \"16:00\", zone = \"UTC\" }\n".to_owned()),
        Just("sources = [{ provider = \"fred\", symbol = \"X\" }]\n".to_owned()),
        Just("aliases = [\"a\", 1, \"\\u0000\"]\n".to_owned()),
        Just("started = 2000-01-01T00:00:00Z\n".to_owned()),
        Just("a.b.c = 1\n".to_owned()),
        Just("\"\"\"".to_owned()),
        Just("publication_lag_days = 0xffffffffffffffffffff\n".to_owned()),
        "[a-z_]{1,12} = \"?[ -~]{0,12}\"?\n",
        "\\PC{0,20}",
    ];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn no_text_makes_reading_panic(text in fragments()) {
        let told = Catalog::with_user_files([("mine.toml", text.as_str())]);
        if let Err(mistakes) = told {
            let lines = text.lines().count().max(1) + 1;
            prop_assert!(!mistakes.is_empty());
            for mistake in mistakes {
                prop_assert!(mistake.file == "mine.toml" && (1..=lines).contains(&mistake.line), "{mistake}");
                prop_assert!(!mistake.message.is_empty());
            }
        }
    }

    #[test]
    fn no_typing_makes_a_lookup_panic(typed in "\\PC{0,80}") {
        let catalog = Catalog::builtin();
        let _ = catalog.resolve(&typed);
        prop_assert!(catalog.nearest(&typed, 4).len() <= 4);
        prop_assert!(catalog.pair(&typed, "dia").is_none() || typed == "iwm");
    }
}
