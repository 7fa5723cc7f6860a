//! Sentences made of words and figures. A number can enter a sentence only as a named figure; how it is printed is for
//! those who print.

/// A sentence: words, and figures by name.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sentence(Vec<Part>);

/// A part of a sentence.
#[derive(Clone, Debug, PartialEq)]
pub enum Part {
    /// Words as they stand.
    Words(String),
    /// Words that carry the answer.
    Strong(String),
    /// A figure of the comparison.
    Figure {
        /// Its name.
        name: String,
        /// How it is printed.
        print: Print,
        /// Whether its interval stands behind it.
        interval: bool,
    },
    /// Month and year of the first observation behind the figure of that name.
    Since(String),
}

/// How a figure is printed in a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Print {
    /// As everywhere else.
    Usual,
    /// A natural logarithm as the factor it stands for.
    Factor,
    /// A share or a probability in whole per cent.
    Percent,
    /// Rounded to a whole number.
    Whole,
    /// Rounded to a multiple of ten.
    Tens,
    /// Without its sign.
    Magnitude,
    /// A share with its sign turned, in whole per cent: what a negative cut has added.
    TurnedPercent,
    /// A change in logs for each 1 of something, as the change in per cent for each 0.10 of it.
    PercentPerTenth,
}

impl Sentence {
    /// Words that carry the answer.
    #[must_use]
    pub fn strong(mut self, words: impl Into<String>) -> Self {
        self.0.push(Part::Strong(words.into()));
        self
    }

    /// Words.
    #[must_use]
    pub fn say(mut self, words: impl Into<String>) -> Self {
        self.0.push(Part::Words(words.into()));
        self
    }

    /// A figure without its interval.
    #[must_use]
    pub fn bare(self, name: &str) -> Self {
        self.print(name, Print::Usual, false)
    }

    /// A figure with its interval.
    #[must_use]
    pub fn figure(self, name: &str) -> Self {
        self.print(name, Print::Usual, true)
    }

    /// A figure printed in a way of its own.
    #[must_use]
    pub fn print(mut self, name: &str, print: Print, interval: bool) -> Self {
        self.0.push(Part::Figure { name: name.to_owned(), print, interval });
        self
    }

    /// ` since May 2000`: from when the observations behind a figure run.
    #[must_use]
    pub fn since(mut self, name: &str) -> Self {
        self.0.push(Part::Words(" since ".to_owned()));
        self.0.push(Part::Since(name.to_owned()));
        self
    }

    /// The parts in order.
    pub fn parts(&self) -> &[Part] {
        &self.0
    }

    /// Names of the figures in the sentence, each once, in order.
    pub fn figures(&self) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for part in &self.0 {
            if let Part::Figure { name, .. } | Part::Since(name) = part
                && !names.contains(name)
            {
                names.push(name.clone());
            }
        }
        names
    }
}
