//! The written report.

use std::fmt::Write;

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
         variance 1.",
    ),
    (
        "Coverage: hedge and half-life",
        &["hedge", "hedge losses", "half-life"],
        "The hedge is walked forward over 252 sessions; its truth is what such a hedge takes off the variance, and off the mean \
         loss of the worst 5 % of days, in the long run. \
         Half-lives of 21 and 55 are points of the grid, so that the accepted range should hold them in 95 % of samples.",
    ),
    (
        "States: the link in stress and in calm",
        &["stress", "forbes-rigobon"],
        "A third series tells the states, half of it the day's volatility as known the day before. Coverage of the interval of \
         the difference; then size where the link is the same in both, power where it rises from 0.5 to 0.8. \
         Forbes and Rigobon's difference is asked where the second leg is twice as wild in stress, which raises the plain \
         correlation by itself: at equal volatility nothing differs unless the slope does, and where what is left is wilder \
         too, no answer should be given. Shares after the first two are of the samples with an answer.",
    ),
    (
        "Size of the tests of a page, and of their family",
        &["page"],
        "Whole comparisons, made as a page makes them: nothing but the same-day link of 0.7, both legs and the gap random walks. \
         Share of samples in which a 5 % test rejects, then the share of pages on which anything passes in its family under \
         Holm at 5 %. The family of a simulated page is that of a real one, test by test; divergence stands outside it. Jumps \
         and breaks of variance suppose one volatility, which only the first market has: in the others they find what is \
         there, they make no promise, and the family's column counts the tests beside them. Where the legs pay out, tests of \
         the long run are those on total return.",
    ),
    (
        "Size: levels, what moves with the gap, breaks, jumps, tails",
        &["levels", "drivers", "breaks", "segments", "tails"],
        "Share of samples in which something is found that is not there. KPSS is asked of a series that does return to a level; \
         no verdict rests on it, so it makes no promise. The means of the stretches between breaks are asked where the breaks \
         that are there, and no others, are found: their intervals take the breaks as known.",
    ),
    (
        "Power: true leads, returns and bends",
        &["lead", "lead given the day", "returning", "asymmetry", "convexity"],
        "Share of samples in which a true effect is found at 5 %. No promise is made; it says what a page can see. A lead is \
         looked for after each leg's own autoregression is taken out. Where the same day links the legs by 0.7, a true lead k gives \
         b an autocorrelation of 0.7 k, and taking that out leaves k (1 - 0.7^2), half the lead, to the plain test; the test given the \
         same day keeps all of it. Its size stands beside that of the plain one on the same samples. Half-lives stand on a grid (..., \
         13, 21, ..., 55, 89, ...): 20 and 60 lie between its points, where only the range widened by one point is held to 95 %.",
    ),
    (
        "Naive practice, as orientation",
        &["naive levels", "naive scan", "naive filling"],
        "What the page does not do, and why.",
    ),
];

/// The report as Markdown.
pub(crate) fn page(cells: &[&Cell], finished: &[Finished], notes: &[Note]) -> String {
    let mut page = opening(finished);
    misses(&mut page, cells, finished, notes);
    for (title, families, words) in SECTIONS {
        let inside: Vec<(&Cell, &Finished)> =
            cells.iter().copied().zip(finished).filter(|(cell, _)| families.contains(&family(cell))).collect();
        if inside.is_empty() {
            continue;
        }
        let _ = write!(page, "\n## {title}\n{words}\n");
        for family_of in families {
            let rows: Vec<_> = inside.iter().filter(|(cell, _)| family(cell) == *family_of).collect();
            for same in rows.chunk_by(|one, next| one.0.names() == next.0.names()) {
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
         `cargo xtask truth`; `--samples N` asks for more or fewer, `--resume` goes on from this report and from where a run was stopped,\n\
         `--only NAME` runs some cells, `--report` writes it from what is known, and the\n\
         numbers behind it are in `docs/truth/results.json`. {} cells of {}, {} in all, {seconds:.0} seconds of run time on a machine shared\n\
         with other work. Seeds come from the name of the cell and the number of the sample, so the same command gives the same\n\
         shares on any number of threads.\n\n\
         Behind each share stands its simulation error at 95 %. **Bold** is a share outside its promise: coverage 0.93 to 0.97,\n\
         size 0.035 to 0.065, a family at most 0.065. The column says how many samples a cell made.\n\n\
         Markets: changes of two legs with variance 1, linked on the same day by rho. Under GARCH the volatility is common to both,\n\
         h(t+1) = 0.02 + 0.90 h(t) + 0.08 a(t)^2; Student's t is common to the day too. With t(5) the changes have\n\
         no fourth moment, with t(4) not even the shocks have one.\n",
        finished.len(),
        if least == most {
            format!("{} samples", thousands(least))
        } else {
            format!("{} to {} samples", thousands(least), thousands(most))
        },
        thousands(made),
    )
}

fn family(cell: &Cell) -> &str {
    cell.name.split_once(": ").map_or(cell.name.as_str(), |(family, _)| family)
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
fn misses(page: &mut String, cells: &[&Cell], finished: &[Finished], notes: &[Note]) {
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
pub(crate) fn results(finished: &[Finished]) -> String {
    let lines: Vec<String> = finished.iter().map(|found| to_json(found).to_string()).collect();
    format!("{{\"tallies\": \"[sum, samples that answered]\", \"cells\": [\n{}\n]}}\n", lines.join(",\n"))
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
