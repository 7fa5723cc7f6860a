//! What is wrong in a catalogue file, and on which line.

/// A mistake in a catalogue file. Shown as `file.toml:12: what is wrong and what would be right`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: {message}")]
pub struct Mistake {
    /// Name of the file.
    pub file: String,
    /// Line, counted from 1.
    pub line: usize,
    /// What is wrong, and what would be right.
    pub message: String,
}

/// Collects the mistakes of one file.
pub(super) struct Report<'t> {
    file: &'t str,
    line_starts: Vec<usize>,
    mistakes: Vec<Mistake>,
}

impl<'t> Report<'t> {
    pub(super) fn new(file: &'t str, text: &str) -> Self {
        let line_starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { file, line_starts, mistakes: Vec::new() }
    }

    /// The line, counted from 1, that holds the byte at `offset`.
    pub(super) fn line(&self, offset: usize) -> usize {
        self.line_starts.partition_point(|start| *start <= offset).max(1)
    }

    pub(super) fn add(&mut self, offset: usize, message: impl Into<String>) {
        let line = self.line(offset);
        self.mistakes.push(Mistake { file: self.file.to_owned(), line, message: message.into() });
    }

    pub(super) fn count(&self) -> usize {
        self.mistakes.len()
    }

    /// The mistakes in the order of their lines.
    pub(super) fn finish(mut self) -> Vec<Mistake> {
        self.mistakes.sort_by_key(|mistake| mistake.line);
        self.mistakes
    }
}

/// `x`, `x or y`, `x, y or z`.
pub(super) fn one_of<'w>(words: impl IntoIterator<Item = &'w str>) -> String {
    let words: Vec<&str> = words.into_iter().collect();
    match words.split_last() {
        None => String::new(),
        Some((only, [])) => (*only).to_owned(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_become_lines() {
        let report = Report::new("x.toml", "a\nbc\n\nd");
        let lines: Vec<usize> = (0..8).map(|offset| report.line(offset)).collect();
        assert_eq!(lines, [1, 1, 2, 2, 2, 3, 4, 4]);
    }

    #[test]
    fn allowed_words_read_as_a_sentence() {
        assert_eq!(one_of(["a"]), "a");
        assert_eq!(one_of(["a", "b", "c"]), "a, b or c");
    }
}
