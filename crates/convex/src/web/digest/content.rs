//! What a digest says, in words: kept as JSON, so that the page of a day stays as it was.

use serde::{Deserialize, Serialize};

/// A day's digest.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Content {
    /// The day it is of: `2025-12-31`.
    pub(crate) day: String,
    /// Whether the data are simulated.
    pub(crate) sample: bool,
    /// Subject line.
    pub(crate) subject: String,
    /// The strongest fact in a sentence; or that there is none.
    pub(crate) lead: String,
    /// Whether nothing stood out.
    pub(crate) quiet: bool,
    /// The lists, in their order.
    pub(crate) parts: Vec<Part>,
    /// The pair of the picture, as `a-vs-b`.
    pub(crate) picture: Option<String>,
    /// What the picture shows.
    pub(crate) picture_alt: String,
    /// Tests that pass this day, so that the next digest knows what is new.
    pub(crate) marks: Vec<String>,
    /// Last day of each series, so that the next digest knows what changed.
    pub(crate) latest: std::collections::BTreeMap<String, String>,
    /// Whose data it rests on.
    pub(crate) sources: Vec<String>,
}

/// A list.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Part {
    /// Its title.
    pub(crate) title: String,
    /// A sentence under it; may be empty.
    pub(crate) note: String,
    /// The lines.
    pub(crate) lines: Vec<Line>,
}

/// A line of a list.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Line {
    /// Whether it passes within its family.
    pub(crate) marked: bool,
    /// What it is about.
    pub(crate) title: String,
    /// The path of its page.
    pub(crate) href: String,
    /// The figure it states.
    pub(crate) number: Option<Number>,
    /// The rest: what the figure means, from when.
    pub(crate) text: String,
}

/// A figure of a line.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Number {
    /// Its name.
    pub(crate) figure: String,
    /// `pair` or `metric`.
    pub(crate) kind: String,
    /// Of which.
    pub(crate) id: String,
    /// As it is read.
    pub(crate) text: String,
}

impl Line {
    /// The line as text without its title.
    pub(crate) fn words(&self) -> String {
        match &self.number {
            Some(number) if self.text.is_empty() => number.text.clone(),
            Some(number) => format!("{}; {}", number.text, self.text),
            None => self.text.clone(),
        }
    }
}
