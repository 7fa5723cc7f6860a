//! Which episodes, and from when to when.

use std::collections::BTreeSet;

use serde::Deserialize;

use crate::Day;

/// An episode: its first day is the last close before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Window {
    /// Short stable name, the address of its page.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// What happened, in a sentence.
    pub story: String,
    /// Last close before it began.
    pub from: Day,
    /// Its last close.
    pub to: Day,
    /// Whether it is one of the user's own.
    pub own: bool,
}

/// Id, name, story, first and last day of the episodes that come with the program: from peak to trough of the S&P 500 where
/// shares led, from the first to the last day of the stress elsewhere.
pub const WINDOWS: [(&str, &str, &str, &str, &str); 12] = [
    (
        "dot-com",
        "Dot-com fall, 2000 to 2002",
        "Technology shares fell for two and a half years.",
        "2000-03-24",
        "2002-10-09",
    ),
    (
        "financial-crisis",
        "Financial crisis, 2007 to 2009",
        "Housing credit failed, banks followed, the world economy shrank.",
        "2007-10-09",
        "2009-03-09",
    ),
    (
        "august-2011",
        "Debt ceiling and euro, 2011",
        "The United States lost a rating while euro area debt was in doubt.",
        "2011-07-22",
        "2011-10-03",
    ),
    (
        "taper-2013",
        "Taper tantrum, 2013",
        "The Federal Reserve spoke of buying fewer bonds, and yields rose by a full point.",
        "2013-05-21",
        "2013-09-05",
    ),
    (
        "august-2015",
        "Devaluation of the yuan, 2015",
        "China let its currency fall; share markets followed within days.",
        "2015-08-10",
        "2015-08-25",
    ),
    (
        "february-2018",
        "Volatility shock, 2018",
        "Funds that sold volatility had to buy it back within an hour.",
        "2018-01-26",
        "2018-02-08",
    ),
    (
        "q4-2018",
        "Fourth quarter of 2018",
        "Rates rose, trade talks stalled, shares fell until Christmas.",
        "2018-09-20",
        "2018-12-24",
    ),
    (
        "covid",
        "Covid, 2020",
        "The pandemic closed economies; the fastest fall of shares by a third on record.",
        "2020-02-19",
        "2020-03-23",
    ),
    (
        "rates-2022",
        "Rise of rates, 2022",
        "Inflation at a forty-year high; shares and bonds fell together.",
        "2022-01-03",
        "2022-10-12",
    ),
    (
        "banks-2023",
        "Regional banks, 2023",
        "Deposits left regional banks; three failed within days.",
        "2023-03-06",
        "2023-03-24",
    ),
    (
        "carry-2024",
        "Yen carry trade, 2024",
        "The yen rose, borrowed positions were closed, the VIX closed near 39.",
        "2024-07-31",
        "2024-08-05",
    ),
    (
        "tariffs-2025",
        "Tariffs, 2025",
        "Tariffs larger than expected; shares, bonds and the dollar fell together.",
        "2025-04-02",
        "2025-04-08",
    ),
];

/// The episodes that come with the program, oldest first.
pub fn builtin() -> Vec<Window> {
    let window = |(id, name, story, from, to): (&str, &str, &str, &str, &str)| {
        Some(Window {
            id: id.to_owned(),
            name: name.to_owned(),
            story: story.to_owned(),
            from: from.parse().ok()?,
            to: to.parse().ok()?,
            own: false,
        })
    };
    WINDOWS.into_iter().filter_map(window).collect()
}

/// Why a file of episodes could not be read; the message names the line.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct BadWindows(pub String);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    scenario: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    id: toml::Spanned<String>,
    name: String,
    #[serde(default)]
    story: String,
    from: toml::Spanned<String>,
    to: toml::Spanned<String>,
}

/// The user's own episodes: `[[scenario]]` with `id`, `name`, `from`, `to` (texts of the form YYYY-MM-DD) and, if wanted, `story`.
///
/// ```
/// let own = convex_core::scenario::read("mine.toml", r#"
/// [[scenario]]
/// id = "brexit"
/// name = "Vote to leave, 2016"
/// from = "2016-06-23"
/// to = "2016-06-27"
/// "#).unwrap();
/// assert_eq!(own[0].id, "brexit");
/// ```
pub fn read(file: &str, text: &str) -> Result<Vec<Window>, BadWindows> {
    let line = |offset: usize| text[..offset.min(text.len())].matches('\n').count() + 1;
    let parsed: File = toml::from_str(text).map_err(|why| {
        let at = why.span().map_or(1, |span| line(span.start));
        BadWindows(format!("{file}:{at}: {}", why.message()))
    })?;
    let mut seen: BTreeSet<String> = WINDOWS.iter().map(|(id, ..)| (*id).to_owned()).collect();
    let mut found = Vec::with_capacity(parsed.scenario.len());
    for entry in parsed.scenario {
        let wrong = |offset: usize, message: String| BadWindows(format!("{file}:{}: {message}", line(offset)));
        let day = |text: &toml::Spanned<String>| {
            text.get_ref().parse::<Day>().map_err(|why| wrong(text.span().start, why.to_string()))
        };
        let (from, to, id) = (day(&entry.from)?, day(&entry.to)?, entry.id.get_ref().clone());
        if !crate::is_metric_id(&id) {
            return Err(wrong(entry.id.span().start, format!("\"{id}\" is not an id: use a-z, 0-9, - and _")));
        }
        if to <= from {
            return Err(wrong(entry.to.span().start, format!("scenario \"{id}\" ends before it begins")));
        }
        if !seen.insert(id.clone()) {
            return Err(wrong(entry.id.span().start, format!("scenario \"{id}\" is there already: use another id")));
        }
        found.push(Window { id, name: entry.name, story: entry.story, from, to, own: true });
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_episodes_that_come_along_are_in_order() {
        let windows = builtin();
        assert_eq!(windows.len(), WINDOWS.len());
        assert!(windows.iter().all(|window| window.from < window.to));
        assert!(windows.is_sorted_by_key(|window| window.from));
    }

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(read("own.toml", text).unwrap_err().to_string(), expected);
    }

    #[test]
    fn mistakes_have_lines() {
        let entry = |id: &str, from: &str, to: &str| {
            format!("[[scenario]]\nid = \"{id}\"\nname = \"x\"\nfrom = \"{from}\"\nto = \"{to}\"\n")
        };
        check(
            &entry("x", "2020-01-32", "2020-02-01"),
            "own.toml:4: \"2020-01-32\" is not a date of the form YYYY-MM-DD",
        );
        check(&entry("x", "2020-02-01", "2020-01-01"), "own.toml:5: scenario \"x\" ends before it begins");
        check(
            &entry("covid", "2020-01-01", "2020-02-01"),
            "own.toml:2: scenario \"covid\" is there already: use another id",
        );
        check(&entry("a b", "2020-01-01", "2020-02-01"), "own.toml:2: \"a b\" is not an id: use a-z, 0-9, - and _");
    }
}
