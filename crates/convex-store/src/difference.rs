//! What observations just received add to those already known.

use convex_core::{Day, Series};

/// Known and received observations, told apart day by day.
pub(crate) struct Difference {
    /// Days that are new or whose value changed: the rows to write.
    pub rows: Vec<(Day, f64)>,
    /// Days that had no value.
    pub new: usize,
    /// Days that had another value.
    pub changed: usize,
    /// Days that had this value.
    pub unchanged: usize,
    /// Everything known afterwards. A known day that was not received keeps its value.
    pub merged: Series,
}

/// Compares observations received with those known.
pub(crate) fn difference(known: &Series, received: &Series) -> Difference {
    let mut rows = Vec::new();
    let (mut changed, mut unchanged) = (0, 0);
    let mut days = Vec::with_capacity(known.len().max(received.len()));
    let mut values = Vec::with_capacity(days.capacity());
    let mut old = known.iter().peekable();
    for (day, value) in received.iter() {
        // SQLite keeps whole numbers as integers, which have no negative zero.
        let value = value + 0.0;
        while let Some((known_day, known_value)) = old.next_if(|(known_day, _)| *known_day < day) {
            days.push(known_day);
            values.push(known_value);
        }
        let known_value = old.next_if(|(known_day, _)| *known_day == day).map(|(_, known_value)| known_value);
        if known_value == Some(value) {
            unchanged += 1;
        } else {
            changed += usize::from(known_value.is_some());
            rows.push((day, value));
        }
        days.push(day);
        values.push(value);
    }
    for (day, value) in old {
        days.push(day);
        values.push(value);
    }
    let merged = Series::new(days, values).expect("two ordered series merge into an ordered one");
    Difference { new: rows.len() - changed, rows, changed, unchanged, merged }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn series(rows: &[(&str, f64)]) -> Series {
        let days = rows.iter().map(|(day, _)| day.parse().unwrap()).collect();
        Series::new(days, rows.iter().map(|(_, value)| *value).collect()).unwrap()
    }

    #[test]
    fn tells_new_changed_and_unchanged_apart_and_removes_nothing() {
        let known = series(&[("2025-01-02", 1.0), ("2025-01-03", 2.0), ("2025-01-07", 4.0)]);
        let received = series(&[("2025-01-01", 0.5), ("2025-01-03", 2.5), ("2025-01-06", 3.0), ("2025-01-07", 4.0)]);
        let found = difference(&known, &received);
        assert_eq!((found.new, found.changed, found.unchanged), (2, 1, 1));
        let rows: Vec<_> = found.rows.iter().map(|(day, value)| (day.to_string(), *value)).collect();
        let expected = [("2025-01-01", 0.5), ("2025-01-03", 2.5), ("2025-01-06", 3.0)];
        assert_eq!(rows, expected.map(|(day, value)| (day.to_owned(), value)));
        let merged = series(&[
            ("2025-01-01", 0.5),
            ("2025-01-02", 1.0),
            ("2025-01-03", 2.5),
            ("2025-01-06", 3.0),
            ("2025-01-07", 4.0),
        ]);
        assert_eq!(found.merged, merged);
    }

    #[test]
    fn the_same_again_writes_nothing() {
        let known = series(&[("2025-01-02", 0.0), ("2025-01-03", 2.0)]);
        let found = difference(&known, &series(&[("2025-01-02", -0.0), ("2025-01-03", 2.0)]));
        assert!(found.rows.is_empty());
        assert_eq!(found.merged, known);
    }

    #[test]
    fn negative_zero_is_zero() {
        let found = difference(&Series::empty(), &series(&[("2025-01-02", -0.0)]));
        assert!(found.merged.values()[0].is_sign_positive());
    }
}
