//! Sums of columns under drawn signs, eight days at a time.

use super::signs::{Signs, WORD};

/// Days looked up together.
const RUN: usize = 8;
/// Runs in a word of signs.
const RUNS: usize = WORD / RUN;
/// Room for the sum of the absolute values of a column in whole numbers, so that no sum of them leaves 32 bits.
const ROOM: f64 = (1_u32 << 30) as f64;

/// `N` pairs of columns of one length, whose sums are taken together.
pub(crate) type Pairs<'a, const N: usize> = [[&'a [f64]; 2]; N];

/// Sums over days of each column times the sign of the day (`lag` 0), or times that sign and the sign `lag` days later;
/// one row a draw.
///
/// Every column is rounded to whole numbers of a step so small that all of it together is 2^30 steps: the rounding of a
/// sum stays below n / 2^31 of its standard deviation, and sums of whole numbers are the same in any order on any
/// machine. All 256 ways to sign a run of eight days are summed once; a draw then costs one look-up a run, two columns
/// packed into one integer (the method of four Russians, Arlazarov and others 1970).
pub(crate) fn signed_sums<const N: usize>(signs: &Signs, lag: usize, columns: Pairs<'_, N>) -> Vec<[[f64; 2]; N]> {
    let steps = columns.map(|pair| pair.map(step));
    let whole: [Vec<i64>; N] = std::array::from_fn(|pair| pack(columns[pair], steps[pair]));
    let mut totals = vec![[0_i64; N]; signs.draws()];
    let mut tables = Box::new([[[0_i64; N]; 1 << RUN]; RUNS]);
    for word in 0..whole[0].len() / WORD {
        for (run, table) in tables.iter_mut().enumerate() {
            let first = word * WORD + run * RUN;
            fill(table, std::array::from_fn(|t| std::array::from_fn(|pair| whole[pair][first + t])));
        }
        if lag == 0 {
            add(&mut totals, &tables, signs.of(word).iter().copied());
        } else {
            add(&mut totals, &tables, signs.products(word, lag));
        }
    }
    totals.iter().map(|row| std::array::from_fn(|pair| unpack(row[pair], steps[pair]))).collect()
}

/// Adds to each draw's totals the entries of the eight tables that its signs name.
fn add<const N: usize>(
    totals: &mut [[i64; N]],
    tables: &[[[i64; N]; 1 << RUN]; RUNS],
    signs: impl Iterator<Item = u64>,
) {
    for (total, word) in totals.iter_mut().zip(signs) {
        for (table, run) in tables.iter().zip(word.to_le_bytes()) {
            let entry = &table[usize::from(run)];
            for pair in 0..N {
                total[pair] = total[pair].wrapping_add(entry[pair]);
            }
        }
    }
}

/// Size of one step of a column; 1 if the column is zero.
fn step(column: &[f64]) -> f64 {
    let mut lanes = [0.0; 8];
    for chunk in column.chunks(8) {
        for (lane, value) in lanes.iter_mut().zip(chunk) {
            *lane += value.abs();
        }
    }
    let size: f64 = lanes.iter().sum();
    if size > 0.0 { size / ROOM } else { 1.0 }
}

/// The sums of a run under all signs: bit t of the place in the table turns day t.
fn fill<const N: usize>(table: &mut [[i64; N]; 1 << RUN], days: [[i64; N]; RUN]) {
    for pair in 0..N {
        table[0][pair] = days.iter().fold(0, |sum, day| sum.wrapping_add(day[pair]));
    }
    for (t, day) in days.iter().enumerate() {
        let twice = day.map(|whole| whole.wrapping_mul(2));
        let (done, rest) = table.split_at_mut(1 << t);
        for (turned, sum) in rest.iter_mut().zip(done) {
            for pair in 0..N {
                turned[pair] = sum[pair].wrapping_sub(twice[pair]);
            }
        }
    }
}

/// Two columns in whole steps, the second in the upper half, filled with zeros to whole words; sums of packed numbers are
/// packed sums.
fn pack(columns: [&[f64]; 2], steps: [f64; 2]) -> Vec<i64> {
    // Beside 1.5 x 2^52 a number has no bits left for fractions: adding it rounds, without a call.
    const SHIFT: f64 = 6_755_399_441_055_744.0;
    let whole =
        |value: f64, scale: f64| ((value * scale + SHIFT).to_bits() as i64).wrapping_sub(SHIFT.to_bits() as i64);
    let scales = steps.map(f64::recip);
    let days = columns[0].iter().zip(columns[1]);
    let mut packed: Vec<i64> =
        days.map(|(low, high)| whole(*low, scales[0]) + (whole(*high, scales[1]) << 32)).collect();
    packed.resize(packed.len().next_multiple_of(WORD), 0);
    packed
}

fn unpack(packed: i64, steps: [f64; 2]) -> [f64; 2] {
    let low = i64::from(packed as i32);
    let high = packed.wrapping_sub(low) >> 32;
    [low as f64 * steps[0], high as f64 * steps[1]]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn directly(signs: &Signs, draw: usize, lag: usize, column: &[f64]) -> f64 {
        let sign = |day: usize| if signs.of(day / WORD)[draw] >> (day % WORD) & 1 == 1 { -1.0 } else { 1.0 };
        let other = |day: usize| if lag == 0 { 1.0 } else { sign(day + lag) };
        column.iter().enumerate().map(|(day, value)| value * sign(day) * other(day)).sum()
    }

    fn check(columns: &[Vec<f64>; 4], lag: usize) {
        let n = columns[0].len();
        let signs = Signs::draw(n + lag, 5, [n as u8; 32]);
        let found = signed_sums(&signs, lag, [[&columns[0], &columns[1]], [&columns[2], &columns[3]]]);
        for (draw, row) in found.iter().enumerate() {
            for (found, column) in row.as_flattened().iter().zip(columns) {
                let expected = directly(&signs, draw, lag, column);
                let size: f64 = column.iter().map(|value| value.abs()).sum();
                let allowed = (n as f64).sqrt().max(1.0) * 3.0 * size / ROOM;
                assert!((found - expected).abs() <= allowed, "{found} against {expected}");
            }
        }
    }

    proptest! {
        #[test]
        fn equal_sums_taken_day_by_day(rows in prop::collection::vec(prop::array::uniform4(-9.0..9.0_f64), 1..400), lag in 0..64_usize) {
            check(&std::array::from_fn(|column| rows.iter().map(|row| row[column]).collect()), lag);
        }
    }

    #[test]
    fn equal_them_beside_zeros_and_outliers() {
        let wave: Vec<f64> = (0..700_u32).map(|t| f64::from(t * t % 31) - 15.0).collect();
        let mut outlier = wave.clone();
        outlier[350] = 1e12;
        check(&[wave.clone(), vec![0.0; 700], outlier, vec![1e-300; 700]], 7);
    }
}
