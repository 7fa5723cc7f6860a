//! How to quote a page: who says it, as of which day, and the address that shows the same again.

use convex_core::Day;

use crate::format;
use crate::settings::Settings;

/// A page ready to be quoted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::web) struct Cite {
    /// The address that shows the same again.
    pub(in crate::web) address: String,
    pub(in crate::web) plain: String,
    pub(in crate::web) apa: String,
    pub(in crate::web) bibtex: String,
    /// An element that shows one chart of the page on another site.
    pub(in crate::web) frame: String,
}

/// A page of that title at `path`, as of a day.
pub(in crate::web) fn cite(
    origin: &str,
    path: &str,
    title: &str,
    as_of: Option<Day>,
    settings: Settings,
    sample: bool,
) -> Cite {
    let address = format!("{origin}{path}{}", Settings { as_of, ..settings }.query());
    let version = env!("CARGO_PKG_VERSION");
    let mark = if sample { " (simulated data)" } else { "" };
    let day = as_of.map(format::day).unwrap_or_default();
    let dated = if day.is_empty() { String::new() } else { format!(", as of {day}") };
    let year = as_of.map(|day| day.year().to_string()).unwrap_or_default();
    let key: String = path.rsplit('/').next().unwrap_or_default().chars().filter(char::is_ascii_alphanumeric).collect();
    let apa_date = as_of.map_or_else(|| "n.d.".to_owned(), apa_date);
    Cite {
        plain: format!("Convex{mark}: {title}{dated}. {address}"),
        apa: format!("Convex. ({apa_date}). {title}{mark} [Statistics, version {version}]. {address}"),
        bibtex: format!(
            "@misc{{convex-{key}-{year},\n  author = {{Convex}},\n  title = {{{{{title}{mark}}}}},\n  year = {{{year}}},\n  note = {{version {version}{dated}}},\n  url = {{{address}}}\n}}"
        ),
        frame: format!(
            "<iframe src=\"{origin}/embed{path}{}\" title=\"{}\" width=\"640\" height=\"340\" loading=\"lazy\"></iframe>",
            Settings { as_of: settings.as_of, ..settings }.query().replace('&', "&amp;"),
            title.replace('"', "&quot;"),
        ),
        address,
    }
}

/// `2025, December 31`.
fn apa_date(day: Day) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    format!("{}, {} {}", day.year(), MONTHS[(day.month() - 1) as usize], day.date().day())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_quoted_with_its_day_and_its_address() {
        let day = "2025-12-31".parse().ok();
        let of =
            |sample| cite("https://c.example", "/compare/dia-vs-iwm", "DIA vs IWM", day, Settings::default(), sample);
        insta::assert_snapshot!([of(false).plain, of(false).apa, of(false).bibtex, of(false).frame].join("\n"));
        assert!(of(true).plain.contains("(simulated data)") && of(true).bibtex.contains("(simulated data)"));
    }
}
