//! The screen over real history, where that is at hand: every pair as its own page has it, nothing later than the day asked
//! for, and lists that are sensible on days one remembers.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod support;

use std::collections::HashMap;

use convex::desk::{Desk, Scope, ScreenAsk};
use convex_core::Day;
use convex_core::screen::{GapState, Question, Ranking};

use support::{desk_with, shared};

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn close(found: Option<f64>, expected: Option<f64>, what: &str) {
    match (found, expected) {
        (Some(found), Some(expected)) => {
            assert!((found - expected).abs() <= 1e-9 * expected.abs().max(1e-3), "{what}: {found} against {expected}");
        }
        (found, expected) => assert_eq!(found, expected, "{what}"),
    }
}

#[tokio::test]
async fn every_pair_of_real_history_is_what_its_page_says() {
    let Some(shared) = shared() else { return };
    let (desk, _folder) = desk_with(&[shared.join("data")]).await;
    let ask = ScreenAsk { by: Ranking::Correlation, top: usize::MAX, ended: true, ..ScreenAsk::default() };
    let screen = desk.ranked_screen(ask).await.unwrap();
    assert!(screen.rows.len() > 2_000, "{}", screen.rows.len());
    let by_pair: HashMap<(usize, usize), _> =
        screen.ranked.largest.iter().map(|pair| ((pair.a, pair.b), pair)).collect();
    let mut seen = 0;
    for row in &screen.rows {
        let (pair, is_turned) =
            by_pair.get(&(row.a, row.b)).map_or_else(|| (by_pair[&(row.b, row.a)], true), |pair| (*pair, false));
        let id = |place: usize| screen.frame.members[place].id.as_str();
        let what = format!("{} with {}", id(row.a), id(row.b));
        let number = |name: &str| row.figures.number(name);
        assert_eq!(number("returns.n"), Some(f64::from(pair.found.all.n)), "{what}");
        for (link, window) in [(pair.found.quarter, "90d"), (pair.found.year, "252obs")] {
            close(link.pearson(), number(&format!("correlation.{window}.pearson")), &format!("{what} r {window}"));
            if !is_turned {
                close(link.beta(), number(&format!("beta.{window}.beta")), &format!("{what} beta {window}"));
            }
            seen += 1;
        }
        close(pair.found.change(), number("correlation.change.z_difference"), &format!("{what} change"));
    }
    assert!(seen > 4_000);
    // Whole comparisons cost more: of every kind a few, crypto with weekdays and releases with each other among them.
    for (a, b) in [
        ("dia", "iwm"),
        ("btc", "spy"),
        ("btc", "eth"),
        ("gold", "iwm"),
        ("vixcls", "move"),
        ("cpiaucsl", "unrate"),
        ("dgs10", "cpiaucsl"),
        ("icsa", "unrate"),
        ("walcl", "spy"),
        ("nfci", "icsa"),
        ("wti", "xle"),
        ("bamlh0a0hym2", "hyg"),
    ] {
        let comparison = desk.comparison(a, b, None).await.unwrap();
        let of = |row: &&convex_core::screen::Row| {
            let ids = [row.a, row.b].map(|place| screen.frame.members[place].id.as_str());
            ids == [a, b] || ids == [b, a]
        };
        let Some(row) = screen.rows.iter().find(of) else {
            assert_eq!(comparison.figures.number("correlation.252obs.pearson"), None, "{a} with {b}");
            continue;
        };
        for name in ["returns.n", "correlation.90d.pearson", "correlation.252obs.pearson", "correlation.90d.n"] {
            close(row.figures.number(name), comparison.figures.number(name), &format!("{a} with {b} {name}"));
        }
    }
}

/// A copy of the history that ends on a day.
fn cut(folder: &std::path::Path, last: Day) -> tempfile::TempDir {
    let cut = tempfile::tempdir().unwrap();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if !path.is_file() || path.extension().is_none_or(|kind| kind != "csv") {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let mut lines = text.lines();
        let head = lines.next().unwrap();
        if !head.starts_with("date") {
            continue;
        }
        let kept = lines.filter(|line| {
            line.split(',').next().and_then(|text| text.parse::<Day>().ok()).is_some_and(|day| day <= last)
        });
        let kept: Vec<&str> = std::iter::once(head).chain(kept).collect();
        if kept.len() > 1 {
            std::fs::write(cut.path().join(name), kept.join("\n") + "\n").unwrap();
        }
    }
    cut
}

/// What of the tested list could tell that later days were used.
async fn tested(desk: &Desk, as_of: Option<Day>) -> Vec<String> {
    let screen = desk.tested_screen(ScreenAsk { as_of, ..ScreenAsk::default() }).await.unwrap();
    let name = |place: usize| screen.frame.members[place].id.clone();
    let line = |pair: &convex_core::screen::TestedPair| {
        let tests: Vec<String> = pair.tests.iter().map(|test| format!("{test:?}")).collect();
        format!("{} {} {:?} {}", name(pair.row.a), name(pair.row.b), pair.row.state, tests.join(" "))
    };
    let mut lines: Vec<String> = screen.tested.pairs.iter().map(line).collect();
    lines.sort();
    lines
}

#[tokio::test]
async fn a_past_day_uses_nothing_later() {
    let Some(shared) = shared() else { return };
    let (whole, _folder) = desk_with(&[shared.join("data")]).await;
    for date in ["2020-03-16", "2022-06-16", "2025-12-31"] {
        let last = day(date);
        let files = cut(&shared.join("data"), last);
        let (short, _other) = desk_with(&[files.path().to_path_buf()]).await;
        // Releases dated before the day may have come out after it: those of the cut files are cut by their day of release too.
        let (one, other) = (tested(&whole, Some(last)).await, tested(&short, Some(last)).await);
        assert!(one.len() > 40);
        assert_eq!(one, other, "{date}");
        assert_eq!(ranked(&whole, last).await, ranked(&short, last).await, "{date}");
    }
}

async fn ranked(desk: &Desk, as_of: Day) -> Vec<(String, String, Day, String)> {
    let ask = ScreenAsk { by: Ranking::Gap, top: 40, as_of: Some(as_of), ..ScreenAsk::default() };
    let found = desk.ranked_screen(ask).await.unwrap();
    let id = |place: usize| found.frame.members[place].id.clone();
    let ids =
        |pair: &convex_core::screen::RankedPair| (id(pair.a), id(pair.b), pair.last, format!("{:.9}", pair.effect));
    found.ranked.largest.iter().map(ids).collect()
}

#[tokio::test]
async fn lists_of_days_one_remembers_are_sensible() {
    let Some(shared) = shared() else { return };
    let (desk, _folder) = desk_with(&[shared.join("data")]).await;
    for (date, wide, marked) in [
        // The fall of March 2020: small caps, banks and credit far below the rest, and marked.
        (
            "2020-03-16",
            vec!["spy-vs-iwm", "hyg-vs-spy", "kre-vs-spy", "vixcls-vs-spy"],
            vec!["rsp-vs-iwm", "vixcls-vs-spy"],
        ),
        // June 2022: bonds and shares fall together, bitcoin faster; the end of 2025: silver runs ahead of gold.
        ("2022-06-16", vec!["tlt-vs-spy", "btc-vs-spy"], vec![]),
        ("2025-12-31", vec!["gold-vs-silver"], vec![]),
    ] {
        let ask = ScreenAsk { as_of: Some(day(date)), ..ScreenAsk::default() };
        let screen = desk.tested_screen(ask).await.unwrap();
        let slug = |pair: &convex_core::screen::TestedPair| {
            let id = |place: usize| screen.frame.members[place].id.as_str();
            format!("{}-vs-{}", id(pair.row.a), id(pair.row.b))
        };
        let listed: Vec<String> = screen
            .tested
            .pairs
            .iter()
            .filter(|pair| matches!(pair.row.state, GapState::Wide { .. }))
            .map(slug)
            .collect();
        println!("{date}: wide {}", listed.join(" "));
        for question in Question::ALL {
            let passing: Vec<String> = screen
                .tested
                .pairs
                .iter()
                .filter(|pair| pair.test(question).is_some_and(convex_core::screen::Test::passes))
                .map(slug)
                .collect();
            println!("{date}: {question:?} passes {}", passing.join(" "));
        }
        for pair in wide {
            assert!(listed.iter().any(|own| own == pair), "{date}: {pair} is not wide: {listed:?}");
        }
        let passes = |pair: &&convex_core::screen::TestedPair| {
            pair.test(Question::Divergence).is_some_and(convex_core::screen::Test::passes)
        };
        let passing: Vec<String> = screen.tested.pairs.iter().filter(passes).map(slug).collect();
        assert!(marked.iter().all(|pair| passing.iter().any(|own| own == pair)), "{date}: {passing:?}");
        assert_eq!(passing.is_empty(), marked.is_empty(), "{date}: {passing:?}");
        assert!(screen.tested.tests > 80 && screen.tested.newest.unwrap() <= day(date));
    }
}

#[tokio::test]
async fn lists_are_kept_and_their_marks_counted() {
    let Some(shared) = shared() else { return };
    let (desk, _folder) = desk_with(&[shared.join("data")]).await;
    assert_eq!(desk.ledger().await.unwrap().days, 0);
    for date in ["2020-03-16", "2020-03-17", "2022-06-16"] {
        assert_eq!(desk.keep_family(Some(day(date))).await.unwrap(), Some((day(date), true)));
    }
    assert_eq!(desk.keep_family(Some(day("2020-03-17"))).await.unwrap(), Some((day("2020-03-17"), false)));
    let ledger = desk.ledger().await.unwrap();
    assert_eq!((ledger.days, ledger.from_history, ledger.sample), (3, 3, false));
    for outcome in &ledger.outcomes {
        assert!(outcome.alarms.cases > 0 && outcome.alarms.cases <= ledger.marks && outcome.open == 0);
        assert!(outcome.wide.cases > 500 && outcome.walks.cases > 5_000);
        let share = outcome.walks.share().unwrap();
        assert!(outcome.walks.interval().unwrap().contains(share));
    }
    let back = ledger.outcomes.map(|outcome| outcome.walks.share().unwrap());
    assert!(back[0] < back[1]);
}

#[tokio::test]
async fn a_list_of_ones_own_is_a_family_of_its_own() {
    let Some(shared) = shared() else { return };
    let files = ["dia", "iwm", "qqq", "spy"].map(|id| shared.join(format!("data/{id}.csv")));
    let (desk, _folder) = desk_with(&files).await;
    let pairs =
        |pairs: &[(&str, &str)]| Scope::Pairs(pairs.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect());
    // The same pair twice, once the other way round, is one.
    let ask = ScreenAsk { scope: pairs(&[("dia", "iwm"), ("iwm", "dia"), ("qqq", "spy")]), ..ScreenAsk::default() };
    let own = desk.tested_screen(ask.clone()).await.unwrap();
    assert_eq!((own.tested.pairs.len(), own.tested.tests), (2, 6));
    let ranked = desk.ranked_screen(ask).await.unwrap();
    assert_eq!((ranked.rows.len(), ranked.ranked.pairs), (2, 2));
    let series = Scope::Series(["dia", "iwm", "qqq"].map(str::to_owned).to_vec());
    let all = desk.tested_screen(ScreenAsk { scope: series, ..ScreenAsk::default() }).await.unwrap();
    assert_eq!(all.tested.tests, 9);
    let many = Scope::Series((0..70).map(|at| format!("s{at}")).collect());
    let refused = desk.tested_screen(ScreenAsk { scope: many, ..ScreenAsk::default() }).await.unwrap_err();
    assert!(refused.to_string().contains("2415 pairs"), "{refused}");
}
