//! Query strings of pages: read leniently where nothing is lost, refused in words where something is.

use convex_core::Day;
use convex_core::panel::Range;

use super::address::{Settings, WINDOWS};
use super::errors::PageError;

/// Names and values of a query string, in order; what is not valid percent-encoding is kept with replacement marks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Query(Vec<(String, String)>);

impl Query {
    pub(super) fn read(raw: Option<&str>) -> Self {
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
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let (_, value) = self.0.iter().find(|(key, _)| key == name)?;
        Some(value.trim()).filter(|value| !value.is_empty())
    }

    /// What the query asks of a comparison.
    pub(super) fn settings(&self) -> Result<Settings, PageError> {
        let usual = Settings::default();
        Ok(Settings {
            as_of: self.as_of()?,
            range: self.range()?.unwrap_or(usual.range),
            window: self.window()?.unwrap_or(usual.window),
            swap: self.get("swap") == Some("1"),
        })
    }

    /// `as_of=YYYY-MM-DD`.
    pub(super) fn as_of(&self) -> Result<Option<Day>, PageError> {
        let Some(text) = self.get("as_of") else { return Ok(None) };
        text.parse().map(Some).map_err(|error| PageError::BadRequest(format!("as_of: {error}")))
    }

    /// `range=1Y`.
    pub(super) fn range(&self) -> Result<Option<Range>, PageError> {
        let Some(text) = self.get("range") else { return Ok(None) };
        Range::parse(text).map(Some).ok_or_else(|| {
            let known = Range::ALL.map(Range::label).join(", ");
            PageError::BadRequest(format!("range: \"{}\" is none of {known}", shortened(text)))
        })
    }

    fn window(&self) -> Result<Option<usize>, PageError> {
        let Some(text) = self.get("window") else { return Ok(None) };
        let window = text.parse().ok().filter(|window| WINDOWS.contains(window));
        window.map(Some).ok_or_else(|| {
            let known = WINDOWS.map(|window| window.to_string()).join(", ");
            PageError::BadRequest(format!("window: \"{}\" is none of {known}", shortened(text)))
        })
    }
}

/// What a visitor sent, short enough to repeat.
pub(super) fn shortened(text: &str) -> String {
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
        assert_eq!((settings.as_of, settings.range, settings.window, settings.swap), (None, Range::Max, 126, true));
        assert_eq!(Query::read(None).settings().unwrap(), Settings::default());
    }

    #[test]
    fn refuses_in_words() {
        for (raw, expected) in [
            ("as_of=yesterday", "as_of: \"yesterday\" is not a date of the form YYYY-MM-DD"),
            ("range=2Y", "range: \"2Y\" is none of 1M, 3M, 6M, YTD, 1Y, 3Y, 5Y, 10Y, Max"),
            ("window=0", "window: \"0\" is none of 21, 63, 126, 252"),
            ("window=%00%ff", "window: \"\u{0}\u{fffd}\" is none of 21, 63, 126, 252"),
        ] {
            let refused = Query::read(Some(raw)).settings().unwrap_err();
            assert!(matches!(&refused, PageError::BadRequest(text) if text == expected), "{refused:?}");
        }
    }
}
