//! Small line charts from braille dots: two dots wide and four high in every character.

/// Draws `values` (evenly spaced) as lines of text, `columns` characters wide and `rows` high.
///
/// Each column of dots shows the range its values span, so that peaks survive; flat series run through the middle.
pub(super) fn line(values: &[f64], columns: usize, rows: usize) -> Vec<String> {
    let (dots_wide, dots_high) = (columns * 2, rows * 4);
    let mut canvas = vec![vec![0u8; columns]; rows];
    let (low, high) = bounds(values);
    let height_of = |value: f64| {
        let share = if high > low { (value - low) / (high - low) } else { 0.5 };
        (dots_high - 1) - (share * (dots_high - 1) as f64).round() as usize
    };
    let mut before: Option<usize> = None;
    for x in 0..dots_wide {
        let Some(bucket) = bucket(values, x, dots_wide) else { continue };
        let (bottom, top) = bounds(bucket);
        let (mut from, mut to) = (height_of(top), height_of(bottom));
        if let Some(last) = before {
            // Close the step from the column before, so that the line does not break.
            from = from.min(last.saturating_add(1)).min(to);
            to = to.max(last.saturating_sub(1).max(from));
        }
        for y in from..=to {
            canvas[y / 4][x / 2] |= DOTS[y % 4][x % 2];
        }
        before = bucket.last().map(|value| height_of(*value));
    }
    canvas
        .iter()
        .map(|row| row.iter().map(|dots| char::from_u32(0x2800 + u32::from(*dots)).unwrap_or(' ')).collect())
        .collect()
}

/// The bit of each dot, by row and column within a character (Unicode's numbering of braille dots).
const DOTS: [[u8; 2]; 4] = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]];

fn bucket(values: &[f64], x: usize, width: usize) -> Option<&[f64]> {
    let n = values.len();
    let (start, end) = (x * n / width, ((x + 1) * n / width).max(x * n / width + 1));
    values.get(start..end.min(n)).filter(|bucket| !bucket.is_empty())
}

fn bounds(values: &[f64]) -> (f64, f64) {
    values.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(*value), high.max(*value)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rising_line_runs_from_bottom_left_to_top_right() {
        let rising: Vec<f64> = (0..8).map(f64::from).collect();
        let lines = line(&rising, 4, 2);
        let dots = |text: &str| text.chars().map(|c| (c as u32 - 0x2800).count_ones()).sum::<u32>();
        assert!(dots(&lines[0]) >= 4 && dots(&lines[1]) >= 4);
        assert_eq!(lines[0].chars().next(), Some('⠀'));
        assert_eq!(lines[1].chars().last(), Some('⠀'));
    }

    #[test]
    fn flat_short_and_empty_series_do_not_panic() {
        assert_eq!(line(&[], 3, 1), ["⠀⠀⠀"]);
        assert_eq!(line(&[1.0], 1, 1).len(), 1);
        let flat = line(&[5.0; 100], 3, 1);
        assert!(flat[0].chars().all(|c| c != '⠀'), "{flat:?}");
    }
}
