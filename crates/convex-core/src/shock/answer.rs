//! The two answers.

use convex_stats::Undefined;
use convex_stats::describe::{median, quantile};
use convex_stats::long_run::student_975;
use convex_stats::nearest::{apart, distances};

use super::supposed::Move;
use crate::figure::Unavailable;
use crate::forecast::Target;
use crate::{Day, Series};

/// Nearest windows looked at.
const MOST: usize = 12;
/// Windows like the shock below which nothing is said.
pub(super) const LEAST: usize = 8;

/// A window of the past that resembles the shock.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// Its first and last day.
    pub from: Day,
    /// Its last day.
    pub to: Day,
    /// What each supposed driver did, in its unit.
    pub moves: Vec<f64>,
    /// Mahalanobis distance from the shock: 0 is the shock itself.
    pub distance: f64,
    /// What the target did: a fraction where its changes are logarithmic, else a difference.
    pub change: f64,
}

/// What a straight line through all windows says.
#[derive(Clone, Debug, PartialEq)]
pub struct Regression {
    /// The change it expects of the target.
    pub expected: f64,
    /// Range of a single outcome at 95 %.
    pub low: f64,
    /// Its upper end.
    pub high: f64,
    /// Share of the target's variance that the drivers explain.
    pub r2: f64,
    /// Windows that do not overlap.
    pub n: usize,
    /// Whether some supposed move is larger than any seen: then the line is drawn into the unknown.
    pub beyond: bool,
}

/// The two answers for one target.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// Nearest windows, nearest first, whether or not they are enough.
    pub cases: Vec<Case>,
    /// Windows that moved at least half as far, the same way, in each driver: cases like the shock.
    pub alike: usize,
    /// Median change of the cases; `too few` where fewer than eight are like the shock.
    pub median: Result<f64, Unavailable>,
    /// Lower and upper quartile.
    pub quartiles: Result<(f64, f64), Unavailable>,
    /// Share of cases in which the target rose.
    pub rose: Result<f64, Unavailable>,
    /// The regression.
    pub regression: Result<Regression, Unavailable>,
}

/// A shock: moves within a span of sessions.
#[derive(Clone, Debug, PartialEq)]
pub struct Shock {
    /// What is supposed to move.
    pub moves: Vec<Move>,
    /// Within how many sessions.
    pub sessions: usize,
}

/// The answers for a target. `drivers` are the series of the supposed moves, in their order; windows begin and end on days
/// that all share.
///
/// # Panics
/// If the shock has no move, no session, or another number of series.
pub fn shock(supposed: &Shock, drivers: &[&Series], target: &Target) -> Result<Answer, Unavailable> {
    assert!(!supposed.moves.is_empty() && supposed.sessions > 0 && drivers.len() == supposed.moves.len());
    let days = common_days(drivers, target);
    let span = supposed.sessions;
    if days.len() < span + 60 {
        return Err(Unavailable::TooFew { have: days.len(), need: span + 60 });
    }
    let values = |series: &Series| -> Vec<f64> {
        days.iter().map(|day| series.at_or_before(*day).map_or(f64::NAN, |(_, value)| value)).collect()
    };
    let columns: Vec<Vec<f64>> = supposed
        .moves
        .iter()
        .zip(drivers)
        .map(|(supposed, series)| {
            let values = values(series);
            (0..days.len() - span).map(|at| supposed.driver.moved(values[at], values[at + span])).collect()
        })
        .collect();
    let level = |day: Day| target.levels[target.days.partition_point(|dated| *dated < day)];
    let levels: Vec<f64> = days.iter().map(|day| level(*day)).collect();
    let outcomes: Vec<f64> = (0..days.len() - span).map(|at| changed(target, levels[at], levels[at + span])).collect();
    let steps: Vec<f64> = (0..days.len() - span).map(|at| levels[at + span] - levels[at]).collect();
    let asked: Vec<f64> = supposed.moves.iter().map(|supposed| supposed.amount).collect();
    let away = distances(&columns, &asked)?;
    let nearest = apart(&away, span, MOST);
    let is_alike =
        |at: usize| columns.iter().zip(&asked).all(|(column, asked)| column[at] * asked.signum() >= asked.abs() / 2.0);
    // Greedy in time, so that overlapping windows count once.
    let (mut alike, mut next) = (0, 0);
    for at in 0..outcomes.len() {
        if at >= next && is_alike(at) {
            (alike, next) = (alike + 1, at + span);
        }
    }
    let case = |at: usize| Case {
        from: days[at],
        to: days[at + span],
        moves: columns.iter().map(|column| column[at]).collect(),
        distance: away[at].sqrt(),
        change: outcomes[at],
    };
    let cases: Vec<Case> = nearest.into_iter().map(case).collect();
    let changes: Vec<f64> = cases.iter().filter(|case| resembles(case, &asked)).map(|case| case.change).collect();
    let few = Unavailable::TooFew { have: alike.min(changes.len()), need: LEAST };
    let enough = alike >= LEAST && changes.len() >= LEAST;
    let told = |value: Result<f64, Undefined>| if enough { value.map_err(Into::into) } else { Err(few.clone()) };
    let rose = changes.iter().filter(|change| **change > 0.0).count() as f64 / changes.len().max(1) as f64;
    Ok(Answer {
        alike,
        median: told(median(&changes)),
        quartiles: told(quantile(&changes, 0.25)).and_then(|low| Ok((low, told(quantile(&changes, 0.75))?))),
        rose: told(Ok(rose)),
        // On the scale of levels, so that no ratio can fall by more than all of itself.
        regression: regression(&columns, &steps, &asked, span).map(|line| {
            let told = |step: f64| changed(target, 0.0, step);
            Regression { expected: told(line.expected), low: told(line.low), high: told(line.high), ..line }
        }),
        cases,
    })
}

fn resembles(case: &Case, asked: &[f64]) -> bool {
    case.moves.iter().zip(asked).all(|(moved, asked)| moved * asked.signum() >= asked.abs() / 2.0)
}

fn changed(target: &Target, from: f64, to: f64) -> f64 {
    match target.scale {
        crate::catalog::ChangeKind::Log => (to - from).exp_m1(),
        crate::catalog::ChangeKind::Difference => to - from,
    }
}

fn common_days(drivers: &[&Series], target: &Target) -> Vec<Day> {
    let has = |series: &Series, day: Day| series.days().binary_search(&day).is_ok();
    target.days.iter().copied().filter(|day| drivers.iter().all(|series| has(series, *day))).collect()
}

/// Least squares over windows that do not overlap; the range is that of a new outcome, Student t.
fn regression(columns: &[Vec<f64>], outcomes: &[f64], asked: &[f64], span: usize) -> Result<Regression, Unavailable> {
    let rows: Vec<usize> = (0..outcomes.len()).step_by(span).collect();
    let (n, k) = (rows.len(), columns.len());
    if n < 30 + k {
        return Err(Unavailable::TooFew { have: n, need: 30 + k });
    }
    let mean = |column: &[f64]| rows.iter().map(|row| column[*row]).sum::<f64>() / n as f64;
    let means: Vec<f64> = columns.iter().map(|column| mean(column)).collect();
    let middle = mean(outcomes);
    let x = |i: usize, row: usize| columns[i][row] - means[i];
    let product = |i: usize, j: usize| rows.iter().map(|row| x(i, *row) * x(j, *row)).sum::<f64>();
    let matrix: Vec<Vec<f64>> = (0..k).map(|i| (0..k).map(|j| product(i, j)).collect()).collect();
    let right: Vec<f64> = (0..k).map(|i| rows.iter().map(|row| x(i, *row) * (outcomes[*row] - middle)).sum()).collect();
    let distance: Vec<f64> = asked.iter().zip(&means).map(|(asked, mean)| asked - mean).collect();
    let collinear = Unavailable::NotMeaningful("one move follows from the others");
    let slopes = solve(&matrix, &right).ok_or_else(|| collinear.clone())?;
    let lever = solve(&matrix, &distance).ok_or(collinear)?;
    let expected = middle + slopes.iter().zip(&distance).map(|(slope, away)| slope * away).sum::<f64>();
    let residual = |row: usize| {
        let fitted: f64 = slopes.iter().enumerate().map(|(i, slope)| slope * x(i, row)).sum();
        outcomes[row] - middle - fitted
    };
    let left: f64 = rows.iter().map(|row| residual(*row).powi(2)).sum();
    let whole: f64 = rows.iter().map(|row| (outcomes[*row] - middle).powi(2)).sum();
    if whole <= 0.0 {
        return Err(Unavailable::Constant);
    }
    let free = n - k - 1;
    let leverage: f64 = lever.iter().zip(&distance).map(|(lever, away)| lever * away).sum();
    let half = student_975(free) * (left / free as f64 * (1.0 + 1.0 / n as f64 + leverage)).sqrt();
    let beyond = columns.iter().zip(asked).any(|(column, asked)| {
        column.iter().all(|moved| *moved < *asked) || column.iter().all(|moved| *moved > *asked)
    });
    Ok(Regression { expected, low: expected - half, high: expected + half, r2: 1.0 - left / whole, n, beyond })
}

/// Gaussian elimination with pivots, for up to three unknowns.
fn solve(matrix: &[Vec<f64>], right: &[f64]) -> Option<Vec<f64>> {
    let k = right.len();
    let mut rows: Vec<Vec<f64>> =
        matrix.iter().zip(right).map(|(row, right)| row.iter().copied().chain([*right]).collect()).collect();
    for column in 0..k {
        let pivot = (column..k).max_by(|one, other| rows[*one][column].abs().total_cmp(&rows[*other][column].abs()))?;
        rows.swap(column, pivot);
        if rows[column][column].abs() < 1e-12 {
            return None;
        }
        let pivot = rows[column].clone();
        for (_, row) in rows.iter_mut().enumerate().filter(|(at, _)| *at != column) {
            let factor = row[column] / pivot[column];
            for (cell, above) in row.iter_mut().zip(&pivot) {
                *cell -= factor * above;
            }
        }
    }
    Some((0..k).map(|row| rows[row][k] / rows[row][row]).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Metric;
    use crate::shock::Driver;

    /// A driver with jumps, and a target that falls 1 % for each of its points, noise aside.
    fn market() -> (Series, Target) {
        let days: Vec<Day> = (0..3_000).map(|at| Day::from_epoch_days(at).unwrap()).collect();
        let vix: Vec<f64> = (0..3_000)
            .map(|t| 20.0 + 8.0 * (f64::from(t) / 37.0).sin() + if t % 240 > 225 { 18.0 } else { 0.0 })
            .collect();
        let prices: Vec<f64> =
            vix.iter().zip(0_u32..).map(|(vix, t)| (-0.01 * vix + f64::from(t * t % 7) * 0.001).exp()).collect();
        let target = Target::of_metric(&Metric::uncatalogued("x"), &Series::new(days.clone(), prices).unwrap());
        (Series::new(days, vix).unwrap(), target)
    }

    fn rise(amount: f64) -> Shock {
        Shock { moves: vec![Move { driver: Driver::of("vix").unwrap(), amount }], sessions: 21 }
    }

    #[test]
    fn both_answers_find_the_tie() {
        let (vix, target) = market();
        let found = shock(&rise(18.0), &[&vix], &target).unwrap();
        assert!(found.alike >= 8, "{}", found.alike);
        assert!((found.median.unwrap() + 0.165).abs() < 0.02);
        let regression = found.regression.unwrap();
        assert!(
            (regression.expected + 0.17).abs() < 0.03 && regression.low < regression.expected && !regression.beyond
        );
        for (one, case) in found.cases.iter().enumerate() {
            for other in &found.cases[..one] {
                assert!((case.from - other.from).abs() >= 21);
            }
        }
    }

    #[test]
    fn what_hardly_happened_is_too_few() {
        let (vix, target) = market();
        let found = shock(&rise(60.0), &[&vix], &target).unwrap();
        assert_eq!(found.median, Err(Unavailable::TooFew { have: 0, need: 8 }));
        assert!(found.regression.unwrap().beyond);
    }

    #[test]
    fn three_unknowns() {
        let matrix = [[2.0, 1.0, 0.0], [1.0, 3.0, 1.0], [0.0, 1.0, 4.0]].map(Vec::from);
        let found = solve(&matrix, &[4.0, 10.0, 14.0]).unwrap();
        for (found, expected) in found.iter().zip([1.0, 2.0, 3.0]) {
            assert!((found - expected).abs() < 1e-12);
        }
        assert_eq!(solve(&[vec![1.0, 2.0], vec![2.0, 4.0]], &[1.0, 1.0]), None);
    }
}
