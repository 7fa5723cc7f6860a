//! Critical values and response surfaces, as data files; README.md beside them says where each comes from.

/// Rows of `N` numbers; lines that begin with `#` are comments.
pub(crate) fn rows<const N: usize>(text: &'static str) -> Vec<[f64; N]> {
    let lines = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    lines.map(row).collect()
}

fn row<const N: usize>(line: &str) -> [f64; N] {
    let mut numbers = [f64::NAN; N];
    let mut words = line.split_whitespace();
    for number in &mut numbers {
        let Some(Ok(value)) = words.next().map(str::parse) else { panic!("not a row of {N} numbers: {line}") };
        *number = value;
    }
    assert!(words.next().is_none(), "more than {N} numbers: {line}");
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_empty_lines_are_left_out() {
        assert_eq!(rows("# a b\n1 -2.5\n\n3 4\n"), vec![[1.0, -2.5], [3.0, 4.0]]);
    }

    #[test]
    #[should_panic(expected = "not a row of 2 numbers: 1")]
    fn a_short_row_stops_the_program() {
        rows::<2>("1\n");
    }
}
