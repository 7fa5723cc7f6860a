//! Query strings: read leniently where nothing is lost, refused in words where something is.

use convex_core::panel::{Range, Span};
use convex_core::{Basis, Day};

use super::{Settings, WINDOWS};
use crate::chart::Scale;

/// Names and values of a query string, in order; what is not valid percent-encoding is kept with replacement marks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query(Vec<(String, String)>);

/// A value that cannot be understood: names the setting and what would do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct BadSetting(pub String);

impl Query {
    /// Reads the part of an address after its question mark.
    pub fn read(raw: Option<&str>) -> Self {
        let decode = |text: &str| {
            let spaced = text.replace('+', " ");
            percent_encoding::percent_decode_str(&spaced).decode_utf8_lossy().into_owned()
        };
        let pairs = raw.unwrap_or_default().split('&').filter(|part| !part.is_empty());
        Self(
            pairs
                .map(|part| {
                    let (name, value) = part.split_once('=').unwrap_or((part, ""));
                    (decode(name), decode(value))
                })
                .collect(),
        )
    }

    /// The first value of a name, trimmed; an empty one is as good as none, as forms send those.
    pub fn get(&self, name: &str) -> Option<&str> {
        let (_, value) = self.0.iter().find(|(key, _)| key == name)?;
        Some(value.trim()).filter(|value| !value.is_empty())
    }

    /// What the query asks of a comparison or of a metric.
    pub fn settings(&self) -> Result<Settings, BadSetting> {
        let usual = Settings::default();
        Ok(Settings {
            as_of: self.day("as_of")?,
            span: self.span()?.unwrap_or(usual.span),
            window: self.window()?.unwrap_or(usual.window),
            basis: self.basis()?.unwrap_or(usual.basis),
            scale: self.scale()?.unwrap_or(usual.scale),
            swap: self.get("swap") == Some("1"),
        })
    }

    /// A day of the form `YYYY-MM-DD`.
    pub fn day(&self, name: &str) -> Result<Option<Day>, BadSetting> {
        let Some(text) = self.get(name) else { return Ok(None) };
        text.parse().map(Some).map_err(|error| BadSetting(format!("{name}: {error}")))
    }

    /// A number that must be at least 1.
    pub fn count(&self, name: &str) -> Result<Option<usize>, BadSetting> {
        let Some(text) = self.get(name) else { return Ok(None) };
        let count = text.parse().ok().filter(|count| *count > 0);
        count.map(Some).ok_or_else(|| BadSetting(format!("{name}: \"{}\" is not a number from 1 on", shortened(text))))
    }

    /// `from=` and `to=`, of which one is enough, or `range=`.
    fn span(&self) -> Result<Option<Span>, BadSetting> {
        let (from, to) = (self.day("from")?, self.day("to")?);
        if from.is_none() && to.is_none() {
            return Ok(self.range()?.map(Span::Range));
        }
        let (from, to) = (from.unwrap_or(Day::MIN), to.unwrap_or(Day::MAX));
        if from >= to {
            return Err(BadSetting(format!("from: {from} is not before {to}, the last day asked for")));
        }
        Ok(Some(Span::Days { from, to }))
    }

    fn range(&self) -> Result<Option<Range>, BadSetting> {
        let Some(text) = self.get("range") else { return Ok(None) };
        let known = || Range::ALL.map(Range::label).join(", ");
        Range::parse(text).map(Some).ok_or_else(|| none_of("range", text, &known()))
    }

    fn window(&self) -> Result<Option<usize>, BadSetting> {
        let Some(text) = self.get("window") else { return Ok(None) };
        let window = text.parse().ok().filter(|window| WINDOWS.contains(window));
        let known = || WINDOWS.map(|window| window.to_string()).join(", ");
        window.map(Some).ok_or_else(|| none_of("window", text, &known()))
    }

    fn basis(&self) -> Result<Option<Basis>, BadSetting> {
        match self.get("basis") {
            None => Ok(None),
            Some("price") => Ok(Some(Basis::Price)),
            Some("total_return") => Ok(Some(Basis::TotalReturn)),
            Some(other) => Err(none_of("basis", other, "price, total_return")),
        }
    }

    fn scale(&self) -> Result<Option<Scale>, BadSetting> {
        match self.get("scale") {
            None => Ok(None),
            Some("linear") => Ok(Some(Scale::Linear)),
            Some("log") => Ok(Some(Scale::Log)),
            Some(other) => Err(none_of("scale", other, "linear, log")),
        }
    }
}

fn none_of(name: &str, text: &str, known: &str) -> BadSetting {
    BadSetting(format!("{name}: \"{}\" is none of {known}", shortened(text)))
}

/// What a visitor sent, short enough to repeat.
pub fn shortened(text: &str) -> String {
    let mut short: String = text.chars().take(60).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_forms_and_people_send() {
        let query = Query::read(Some("q=dia+vs%20iwm&as_of=&range=max&window=126&swap=1&q=second&&x"));
        assert_eq!(query.get("q"), Some("dia vs iwm"));
        assert_eq!(query.get("x"), None);
        let settings = query.settings().unwrap();
        assert_eq!((settings.as_of, settings.window, settings.swap), (None, 126, true));
        assert_eq!(settings.span, Span::Range(Range::Max));
        assert_eq!(Query::read(None).settings().unwrap(), Settings::default());
    }

    #[test]
    fn what_is_written_reads_back() {
        let written = "?as_of=2025-06-30&from=2019-01-02&to=2020-06-30&window=21&basis=total_return&scale=log";
        assert_eq!(Query::read(Some(&written[1..])).settings().unwrap().query(), written);
        let open = Query::read(Some("from=2019-01-02&range=1M")).settings().unwrap();
        assert_eq!(open.span, Span::Days { from: "2019-01-02".parse().unwrap(), to: Day::MAX });
    }

    #[test]
    fn refuses_in_words() {
        for (raw, expected) in [
            ("as_of=yesterday", "as_of: \"yesterday\" is not a date of the form YYYY-MM-DD"),
            ("range=2Y", "range: \"2Y\" is none of 1M, 3M, 6M, YTD, 1Y, 3Y, 5Y, 10Y, Max"),
            ("window=0", "window: \"0\" is none of 21, 63, 126, 252"),
            ("window=%00%ff", "window: \"\u{0}\u{fffd}\" is none of 21, 63, 126, 252"),
            ("basis=nav", "basis: \"nav\" is none of price, total_return"),
            ("scale=lin", "scale: \"lin\" is none of linear, log"),
            ("from=2020-01-02&to=2019-01-02", "from: 2020-01-02 is not before 2019-01-02, the last day asked for"),
        ] {
            assert_eq!(Query::read(Some(raw)).settings(), Err(BadSetting(expected.to_owned())));
        }
    }
}
