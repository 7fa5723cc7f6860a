//! The written report.

use std::fmt::Write;

use serde_json::{Value, json};

use crate::cell::{Cell, Finished, Kind, Tally};
use crate::ledger::to_json;
use crate::market::Law;
use crate::notes::{Note, reason};
use crate::population;

/// Title, names of the cells that belong to it, and what to know before reading.
const SECTIONS: [(&str, &[&str], &str); 7] = [
    (
        "Coverage: link, slope, volatilities",
        &["link"],
        "Share of 95 % intervals that hold the truth. The true slope is rho and the true volatility ratio 1, both legs having \
         variance 1. The bootstrap is asked of every fourth sample at 6,000: its 2,000 resamples take long.",
    ),
    (
        "Coverage: hedge and half-life",
        &["hedge", "half-life"],
        "The hedge is walked forward over 252 sessions; its truth is the variance reduction such a hedge has in the long run. \
         Half-lives of 21 and 55 are points of the grid, so that the accepted range should hold them in 95 % of samples.",
    ),
    (
        "States: the link in stress and in calm",
        &["stress"],
        "A third series tells the states, half of it the day's volatility as known the day before. Coverage of the interval of \
         the difference; then size where the link is the same in both, power where it rises from 0.5 to 0.8.",
    ),
    (
        "Size of the tests of a page, and of their family",
        &["page"],
        "Nothing but the same-day link of 0.7; the gap and both legs are random walks. Share of samples in which a 5 % test \
         rejects. The last column is the share of pages on which anything passes in its family under Holm at 5 %: the nine \
         tests before divergence, which stands outside. (The two tests of the ratio's rank that the family also names are not \
         made yet.)",
    ),
    (
        "Size: levels, what moves with the gap, breaks, jumps, tails",
        &["levels", "drivers", "breaks", "tails"],
        "Share of samples in which something is found that is not there. KPSS is asked of a series that does return to a level; \
         no verdict rests on it, so it makes no promise.",
    ),
    (
        "Power: true leads, returns and bends",
        &["lead", "returning", "asymmetry", "convexity"],
        "Share of samples in which a true effect is found at 5 %. No promise is made; it says what a page can see. A lead is \
         looked for after each leg's own autoregression is taken out. Where the same day links the legs by 0.7, a true lead k gives \
         b an autocorrelation of 0.7 k, and taking that out leaves k (1 - 0.7^2), half the lead. Half-lives stand on a grid (..., \
         13, 21, ..., 55, 89, ...): 20 and 60 lie between its points, where only the range widened by one point is held to 95 %.",
    ),
    (
        "Naive practice, as orientation",
        &["naive levels", "naive scan", "naive filling"],
        "What the page does not do, and why.",
    ),
];

/// The report as Markdown.
pub(crate) fn page(cells: &[Cell], finished: &[Finished], notes: &[Note]) -> String {
    let mut page = opening(finished);
    misses(&mut page, cells, finished, notes);
    for (title, families, words) in SECTIONS {
        let inside: Vec<(&Cell, &Finished)> =
            cells.iter().zip(finished).filter(|(cell, _)| families.contains(&family(cell))).collect();
        if inside.is_empty() {
            continue;
        }
        let _ = write!(page, "\n## {title}\n{words}\n");
        for family_of in families {
            let rows: Vec<_> = inside.iter().filter(|(cell, _)| family(cell) == *family_of).collect();
            for same in rows.chunk_by(|one, next| names(one.0) == names(next.0)) {
                table(&mut page, same);
            }
        }
    }
    if cells.iter().any(|cell| matches!(family(cell), "link" | "hedge")) {
        truths(&mut page);
    }
    page
}

fn opening(finished: &[Finished]) -> String {
    let seconds: f64 = finished.iter().map(|cell| cell.seconds).sum();
    let made: usize = finished.iter().map(|cell| cell.samples).sum();
    let least = finished.iter().map(|cell| cell.samples).min().unwrap_or(0);
    let most = finished.iter().map(|cell| cell.samples).max().unwrap_or(0);
    format!(
        "# Truth tests\n\
         Simulated markets of which everything is known check the statistics themselves. This page is written by\n\
         `cargo xtask truth`; `--samples N` asks for more or fewer, `--resume` goes on where a run was stopped, `--only NAME` runs some cells, and the\n\
         numbers behind it are in `docs/truth/results.json`. {} cells of {} to {} samples, {} in all, {seconds:.0} seconds of run time on a machine shared\n\
         with other work. Seeds come from the name of the cell and the number of the sample, so the same command gives the same\n\
         shares on any number of threads.\n\n\
         Behind each share stands its simulation error at 95 %. **Bold** is a share outside its promise: coverage 0.93 to 0.97,\n\
         size 0.035 to 0.065, a family at most 0.065. The column says how many samples a cell made.\n\n\
         Markets: changes of two legs with variance 1, linked on the same day by rho. Under GARCH the volatility is common to both,\n\
         h(t+1) = 0.02 + 0.90 h(t) + 0.08 a(t)^2; Student's t is common to the day too. With t(5) the changes have\n\
         no fourth moment, with t(4) not even the shocks have one.\n",
        finished.len(),
        thousands(least),
        thousands(most),
        thousands(made),
    )
}

fn family(cell: &Cell) -> &str {
    cell.name.split_once(": ").map_or(cell.name.as_str(), |(family, _)| family)
}

fn names(cell: &Cell) -> Vec<&'static str> {
    cell.measures.iter().map(|measure| measure.name).collect()
}

fn table(page: &mut String, rows: &[&(&Cell, &Finished)]) {
    let Some((first, _)) = rows.first() else { return };
    let _ = write!(page, "\n| truth | n | samples |");
    for measure in &first.measures {
        let _ = write!(page, " {} |", measure.name);
    }
    let _ = write!(page, "\n|---|---:|---:|{}", "---|".repeat(first.measures.len()));
    for (cell, found) in rows {
        let _ = write!(page, "\n| {} | {} | {} |", cell.truth, thousands(cell.n), thousands(found.samples));
        for (measure, tally) in cell.measures.iter().zip(&found.tallies) {
            let _ = write!(page, " {} |", shown(measure.kind, *tally));
        }
    }
    page.push('\n');
}

fn share(tally: Tally) -> f64 {
    tally.sum / tally.of as f64
}

fn error(tally: Tally) -> f64 {
    let share = share(tally).clamp(0.0, 1.0);
    1.96 * (share * (1.0 - share) / tally.of as f64).sqrt()
}

fn keeps(kind: Kind, tally: Tally) -> bool {
    kind.promise().is_none_or(|(low, high)| (low..=high).contains(&share(tally)))
}

fn shown(kind: Kind, tally: Tally) -> String {
    if tally.of == 0 {
        return "none".to_owned();
    }
    if kind == Kind::Mean {
        return format!("{:.3}", share(tally));
    }
    let number = format!("{:.3} ± {:.3}", share(tally), error(tally));
    if keeps(kind, tally) { number } else { format!("**{number}**") }
}

/// Every promise missed, with the reason.
fn misses(page: &mut String, cells: &[Cell], finished: &[Finished], notes: &[Note]) {
    // One row for each statistic and reason, with all the cells it explains.
    let mut rows: Vec<(&str, &str, Vec<String>)> = Vec::new();
    let (mut promises, mut missed, mut surely) = (0, 0, 0);
    for (cell, found) in cells.iter().zip(finished) {
        for (measure, tally) in cell.measures.iter().zip(&found.tallies) {
            if measure.kind.promise().is_none() || tally.of == 0 {
                continue;
            }
            promises += 1;
            if keeps(measure.kind, *tally) {
                continue;
            }
            missed += 1;
            surely += usize::from(certain(measure.kind, *tally));
            let why = reason(notes, &cell.name, measure.name).unwrap_or_else(|| {
                eprintln!("no reason in docs/truth/notes.json for {}, {}", cell.name, measure.name);
                "no reason written yet"
            });
            let mark = if certain(measure.kind, *tally) { "" } else { " (?)" };
            let place = format!("{}, n {}: {:.3}{mark}", cell.truth, thousands(cell.n), share(*tally));
            match rows.iter_mut().find(|(name, known, _)| *name == measure.name && *known == why) {
                Some((_, _, places)) => places.push(place),
                None => rows.push((measure.name, why, vec![place])),
            }
        }
    }
    let _ = write!(
        page,
        "\n## Promises missed\n{missed} of {promises} shares lie outside their promise, {surely} of them by more than their simulation error; the rest \
         have a (?).\n"
    );
    if missed > 0 {
        let _ = write!(page, "\n| statistic | why | where |\n|---|---|---|\n");
    }
    for (name, why, places) in rows {
        let _ = writeln!(page, "| {name} | {why} | {} |", places.join("; "));
    }
}

/// Whether the share is outside by more than its simulation error.
fn certain(kind: Kind, tally: Tally) -> bool {
    let (share, error) = (share(tally), error(tally));
    kind.promise().is_some_and(|(low, high)| share + error < low || share - error > high)
}

fn truths(page: &mut String) {
    let _ = write!(
        page,
        "\n## Truths without a closed form\n\
         Spearman's correlation of a pair with common volatility differs from the normal formula 6 / pi asin(rho / 2). It is 6 / pi\n\
         times the mean of asin(rho s1^2 / sqrt((s1^2 + s2^2)(s1^2 + s3^2))) over the scales of three independent days, here from one\n\
         history of 4,000,000 days (exact for independent normal days). The variance reduction of the walk-forward hedge is\n\
         1 - (1 - rho^2)(1 + 1/249) for independent normal days, else from 100 histories of 40,000 days.\n\n\
         | truth | Spearman | variance reduction |\n|---|---|---|\n"
    );
    let known = [
        (Law::Independent, 0.7, true),
        (Law::Normal, 0.7, true),
        (Law::Student(8), 0.7, true),
        (Law::Student(5), 0.7, true),
        (Law::Student(8), -0.5, false),
        (Law::Student(4), 0.7, false),
    ];
    for (law, rho, hedged) in known {
        let reduction =
            if hedged { format!("{:.4}", population::variance_reduction(law, rho)) } else { "not asked".to_owned() };
        let _ = writeln!(page, "| {}, rho {rho} | {:.4} | {reduction} |", law.name(), population::spearman(law, rho));
    }
}

/// The shares as JSON, one cell a line.
pub(crate) fn results(cells: &[Cell], finished: &[Finished], samples: usize) -> String {
    let lines: Vec<String> = cells
        .iter()
        .zip(finished)
        .map(|(cell, found)| {
            let mut line = to_json(found);
            line["measures"] = json!(names(cell));
            Value::to_string(&line)
        })
        .collect();
    format!(
        "{{\"samples\": {samples}, \"tallies\": \"[sum, samples that answered]\", \"cells\": [\n{}\n]}}\n",
        lines.join(",\n")
    )
}

fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut shown = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(digit);
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_outside_its_promise_is_marked() {
        let tally = |sum| Tally { sum, of: 1_000 };
        assert_eq!(shown(Kind::Coverage, tally(950.0)), "0.950 ± 0.014");
        assert_eq!(shown(Kind::Coverage, tally(900.0)), "**0.900 ± 0.019**");
        assert_eq!(shown(Kind::Size, tally(30.0)), "**0.030 ± 0.011**");
        assert_eq!(shown(Kind::Family, tally(10.0)), "0.010 ± 0.006");
        assert_eq!(shown(Kind::Power, Tally::default()), "none");
        assert!(certain(Kind::Coverage, tally(900.0)) && !certain(Kind::Size, tally(30.0)));
    }

    #[test]
    fn every_cell_has_its_section() {
        for cell in crate::cells::all() {
            let sections = SECTIONS.iter().filter(|(_, families, _)| families.contains(&family(&cell)));
            assert_eq!(sections.count(), 1, "{}", cell.name);
        }
    }

    #[test]
    fn numbers_are_grouped() {
        assert_eq!([62, 1_500, 234_000].map(thousands), ["62", "1,500", "234,000"]);
    }
}
