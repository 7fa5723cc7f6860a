//! The keys of one table of a catalogue file, read one by one; whatever is wrong is reported and reading goes on.

use std::fmt::Display;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::mistake::{Report, one_of};
use crate::Day;
use crate::catalog::vocabulary::Word;

/// One table, with the report its mistakes go to.
pub(super) struct Fields<'f, 'd, 't> {
    table: &'f DeTable<'d>,
    /// Where the table begins, for what is missing from it.
    offset: usize,
    /// What the table describes, for the messages: `metric "dia"`.
    subject: String,
    pub(super) report: &'f mut Report<'t>,
}

impl<'f, 'd, 't> Fields<'f, 'd, 't> {
    pub(super) fn new(
        table: &'f DeTable<'d>,
        offset: usize,
        subject: impl Into<String>,
        report: &'f mut Report<'t>,
    ) -> Self {
        Self { table, offset, subject: subject.into(), report }
    }

    /// Reports every key that is not one of `known`.
    pub(super) fn only(&mut self, known: &[&str]) {
        for (key, _) in self.table {
            let name: &str = key.get_ref();
            if !known.contains(&name) {
                let message =
                    format!("unknown key \"{name}\" in {}: use {}", self.subject, one_of(known.iter().copied()));
                self.report.add(key.span().start, message);
            }
        }
    }

    /// Byte offset of a key's value, or of the table if the key is absent.
    pub(super) fn offset_of(&self, key: &str) -> usize {
        self.table.get(key).map_or(self.offset, |value| value.span().start)
    }

    pub(super) fn wrong(&mut self, key: &str, message: impl Display) {
        let message = format!("{message} ({key} of {})", self.subject);
        self.report.add(self.offset_of(key), message);
    }

    pub(super) fn value(&self, key: &str) -> Option<&'f Spanned<DeValue<'d>>> {
        self.table.get(key)
    }

    pub(super) fn missing(&mut self, key: &str, hint: &str) {
        let hint = if hint.is_empty() { String::new() } else { format!(": use {hint}") };
        self.report.add(self.offset, format!("{} lacks \"{key}\"{hint}", self.subject));
    }

    /// A text that must be there; runs of white space, line breaks among them, are read as one space.
    pub(super) fn text(&mut self, key: &str) -> Option<String> {
        if self.value(key).is_none() {
            self.missing(key, "");
            return None;
        }
        self.optional_text(key)
    }

    /// A text that may be left out, but not left empty.
    pub(super) fn optional_text(&mut self, key: &str) -> Option<String> {
        let value = self.value(key)?;
        let Some(text) = value.get_ref().as_str() else {
            self.wrong(key, format_args!("{} instead of text in quotes", found(value.get_ref())));
            return None;
        };
        let text = plain(text);
        if text.is_empty() {
            self.wrong(key, format_args!("\"{key}\" is empty: write it or leave the key out"));
            return None;
        }
        Some(text)
    }

    /// One word of a closed set that must be there.
    pub(super) fn word<W: Word>(&mut self, key: &str) -> Option<W> {
        if self.value(key).is_none() {
            self.missing(key, &allowed::<W>());
            return None;
        }
        self.optional_word(key)
    }

    /// One word of a closed set that may be left out.
    pub(super) fn optional_word<W: Word>(&mut self, key: &str) -> Option<W> {
        let value = self.value(key)?;
        let typed = match value.get_ref().as_str() {
            Some(typed) => typed,
            None => found(value.get_ref()),
        };
        let word = W::all().iter().copied().find(|word| word.spelling() == typed);
        if word.is_none() {
            let typed: String = typed.chars().take(60).collect();
            self.report.add(value.span().start, format!("unknown {} \"{typed}\": use {}", W::WHAT, allowed::<W>()));
        }
        word
    }

    /// A day that may be left out, as a TOML date or as text.
    pub(super) fn optional_day(&mut self, key: &str) -> Option<Day> {
        let typed = match self.value(key)?.get_ref() {
            DeValue::Datetime(date) => date.to_string(),
            DeValue::String(text) => text.to_string(),
            other => found(other).to_owned(),
        };
        match typed.parse() {
            Ok(day) => Some(day),
            Err(error) => {
                self.wrong(key, error);
                None
            }
        }
    }

    /// A whole number up to `most` that may be left out.
    pub(super) fn optional_count(&mut self, key: &str, most: u16) -> Option<u16> {
        let value = self.value(key)?.get_ref();
        let number = value.as_integer().and_then(|number| u16::from_str_radix(number.as_str(), number.radix()).ok());
        let number = number.filter(|number| *number <= most);
        if number.is_none() {
            self.wrong(key, format_args!("{key} must be a whole number from 0 to {most}"));
        }
        number
    }

    /// The elements of a list, none if the key is left out.
    pub(super) fn list(&mut self, key: &str) -> &'f [Spanned<DeValue<'d>>] {
        let Some(value) = self.value(key) else { return &[] };
        let Some(list) = value.get_ref().as_array() else {
            self.wrong(key, format_args!("{} instead of a list in square brackets", found(value.get_ref())));
            return &[];
        };
        list
    }

    /// Reads a table inside this one.
    pub(super) fn inner<T>(
        &mut self,
        key: &str,
        value: &Spanned<DeValue<'d>>,
        read: impl FnOnce(&mut Fields<'_, 'd, 't>) -> Option<T>,
    ) -> Option<T> {
        let Range { start, .. } = value.span();
        let subject = format!("{key} of {}", self.subject);
        let Some(table) = value.get_ref().as_table() else {
            self.report.add(start, format!("{} instead of a table in braces ({subject})", found(value.get_ref())));
            return None;
        };
        read(&mut Fields { table, offset: start, subject, report: self.report })
    }
}

/// The text with every run of white space read as one space.
pub(super) fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn allowed<W: Word>() -> String {
    one_of(W::all().iter().map(|word| word.spelling()))
}

/// What a value is, with its article.
pub(super) fn found(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}
