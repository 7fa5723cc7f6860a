//! Screens as flat columns: one row a pair.

use convex_core::figure::{Figures, Value};
use convex_core::screen::{Question, Row};

use super::{Cell, Flat};
use crate::desk::{RankedScreen, ScreenFrame, TestedScreen};

/// Columns of figures: the column's name, the figure's, whether its interval follows.
const FIGURES: [(&str, &str, bool); 16] = [
    ("n", "returns.n", false),
    ("n_90d", "correlation.90d.n", false),
    ("correlation_90d", "correlation.90d.pearson", true),
    ("correlation_252obs", "correlation.252obs.pearson", true),
    ("spearman_90d", "correlation.90d.spearman", false),
    ("spearman_252obs", "correlation.252obs.spearman", false),
    ("beta_90d", "beta.90d.beta", false),
    ("beta_252obs", "beta.252obs.beta", false),
    ("correlation_now", "correlation.change.now", false),
    ("correlation_before", "correlation.change.before", false),
    ("correlation_change", "correlation.change.z_difference", true),
    ("z", "divergence.z", false),
    ("percentile", "percentile_all", false),
    ("wide_since", "divergence.since", false),
    ("wide_for", "divergence.age", false),
    ("most_extreme_since", "divergence.extreme_since", false),
];

/// The pairs of a ranked list.
pub fn of_ranked(screen: &RankedScreen) -> Flat {
    let mut flat = Flat { sample: screen.frame.sample, ..Flat::default() };
    for (at, row) in screen.rows.iter().enumerate() {
        let effect = screen.ranked.largest.get(at).map(|pair| pair.effect);
        let mut cells = leading(at, row, &screen.frame);
        cells.push(("ranked_by", Cell::Text(screen.by.key().to_owned())));
        cells.push(("effect", Cell::Number(effect)));
        cells.extend(figures(&row.figures));
        flat.push(cells);
    }
    flat
}

/// The pairs of a tested list.
pub fn of_tested(screen: &TestedScreen) -> Flat {
    let mut flat = Flat { sample: screen.frame.sample, ..Flat::default() };
    for (at, pair) in screen.tested.pairs.iter().enumerate() {
        let mut cells = leading(at, &pair.row, &screen.frame);
        for (question, names) in [
            (Question::Divergence, ["divergence_z", "divergence_p", "divergence_p_family", "divergence_q"]),
            (Question::Correlation, ["change_t", "change_p", "change_p_family", "change_q"]),
            (Question::Move, ["move_t", "move_p", "move_p_family", "move_q"]),
        ] {
            let test = pair.test(question);
            let values = [
                test.map(|test| test.statistic),
                test.map(|test| test.judged.p),
                test.map(|test| test.judged.p_family),
                test.map(|test| test.judged.q),
            ];
            cells.extend(names.into_iter().zip(values.map(Cell::Number)));
        }
        cells.extend(figures(&pair.row.figures));
        flat.push(cells);
    }
    flat
}

fn leading(at: usize, row: &Row, frame: &ScreenFrame) -> Vec<(&'static str, Cell)> {
    let id = |place: usize| frame.members[place].id.clone();
    vec![
        ("place", Cell::Count(Some(at as i64 + 1))),
        ("a", Cell::Text(id(row.a))),
        ("b", Cell::Text(id(row.b))),
        ("as_of", Cell::Day(row.as_of)),
        ("state", Cell::Text(row.state.word().to_owned())),
    ]
}

fn figures(figures: &Figures) -> Vec<(&'static str, Cell)> {
    let mut cells = Vec::new();
    for (column, name, has_interval) in FIGURES {
        let found = match name {
            // A ratio or a spread, whichever the pair has.
            "percentile_all" => figures.estimate("ratio.percentile_all").or(figures.estimate("spread.percentile_all")),
            name => figures.estimate(name),
        };
        let number = found.and_then(convex_core::figure::Estimate::as_number);
        let day = found.and_then(|found| if let Value::Day(day) = found.value { Some(day) } else { None });
        cells.push((
            column,
            match column {
                "n" | "n_90d" | "wide_for" => Cell::Count(number.map(|number| number as i64)),
                "wide_since" | "most_extreme_since" => Cell::Day(day),
                _ => Cell::Number(number),
            },
        ));
        if has_interval {
            let bound = found.and_then(|found| found.interval);
            let names = match column {
                "correlation_90d" => ["correlation_90d_low", "correlation_90d_high"],
                "correlation_252obs" => ["correlation_252obs_low", "correlation_252obs_high"],
                _ => ["correlation_change_low", "correlation_change_high"],
            };
            cells.push((names[0], Cell::Number(bound.map(|bound| bound.low))));
            cells.push((names[1], Cell::Number(bound.map(|bound| bound.high))));
        }
    }
    cells
}
