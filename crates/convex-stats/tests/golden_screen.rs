//! Every pair of a panel against numpy, pandas and statsmodels; see golden/screen.py.

use convex_stats::screen::{Column, Link, Panel, alone};
use serde_json::Value;

fn golden() -> Value {
    serde_json::from_str(include_str!("golden_screen.json")).expect("golden files are JSON")
}

fn number(value: &Value) -> Option<f64> {
    value.as_f64()
}

fn close(found: Option<f64>, expected: Option<f64>, what: &str) {
    let (Some(found), Some(expected)) = (found, expected) else {
        assert_eq!(found, expected, "{what}");
        return;
    };
    assert!((found - expected).abs() <= 1e-9 * expected.abs().max(1e-6), "{what}: {found} against {expected}");
}

fn check_link(found: Link, expected: &Value, least: u64, what: &str) {
    assert_eq!(u64::from(found.n), expected["n"].as_u64().expect("a count"), "{what}");
    if u64::from(found.n) >= least {
        close(found.pearson(), number(&expected["pearson"]), &format!("{what} r"));
        close(found.beta(), number(&expected["beta"]), &format!("{what} beta"));
    } else {
        assert_eq!((found.pearson(), found.beta()), (None, None), "{what}");
    }
}

#[test]
fn pairs_of_series_with_holes_are_those_of_other_software() {
    let golden = golden();
    let rows = golden["rows"].as_u64().expect("a count") as usize;
    let read = |column: &Value| {
        let levels = column.as_array().expect("a column");
        Column::new(rows, levels.iter().enumerate().filter_map(|(row, level)| Some((row, level.as_f64()?))))
    };
    let columns: Vec<Column> = golden["columns"].as_array().expect("columns").iter().map(read).collect();
    let quarters: Vec<Option<u32>> = (0..rows).map(|row| row.checked_sub(90).map(|row| row as u32)).collect();
    let panel = Panel::new(quarters.clone(), (0..).zip(columns.clone()).collect(), columns.len(), true);
    let mut seen = 0;
    for tile in panel.tiles() {
        panel.each(tile, true, &mut |a, b, found| {
            let pairs = golden["pairs"].as_array().expect("pairs");
            let is_it = |pair: &&Value| pair["a"].as_u64() == Some(a as u64) && pair["b"].as_u64() == Some(b as u64);
            let expected = pairs.iter().find(is_it).expect("every pair is in the file");
            for (found, how) in [(*found, "panel"), (alone(&quarters, &columns[a], &columns[b]), "alone")] {
                let what = format!("{how} {a} {b}");
                assert_eq!(Some(u64::from(found.rows)), expected["rows"].as_u64(), "{what}");
                assert_eq!(Some(u64::from(found.last)), expected["last"].as_u64(), "{what}");
                check_link(found.quarter, &expected["quarter"], 20, &format!("{what} quarter"));
                check_link(found.year, &expected["year"], 252, &format!("{what} year"));
                check_link(found.all, &expected["all"], 20, &format!("{what} all"));
                close(found.change(), number(&expected["change"]), &format!("{what} change"));
                close(found.gap(), number(&expected["gap"]), &format!("{what} gap"));
            }
            seen += 1;
        });
    }
    assert_eq!(seen, panel.pairs());
}
