//! The block of charts: choices, read-out, panels. A page holds it, and the script asks for it alone when a choice is made.

use convex_core::panel::Span;

use super::toolbar::{Choice, Group, groups, own_days, ranges};
use crate::chart::{Chart, Key, Stack};
use crate::format;
use crate::settings::Settings;

/// Everything the block of charts places.
#[derive(Clone, Debug)]
pub(in crate::web) struct ChartsView {
    /// Address of the page without its query.
    pub(in crate::web) path: String,
    /// Address of the numbers behind the panels, for the script.
    pub(in crate::web) data: String,
    /// The query string of the page.
    pub(in crate::web) query: String,
    pub(in crate::web) ranges: Vec<Choice>,
    pub(in crate::web) groups: Vec<Group>,
    /// Days of one's own, and what else the form must keep.
    pub(in crate::web) own: [String; 2],
    pub(in crate::web) is_own: bool,
    pub(in crate::web) kept: Vec<(&'static str, String)>,
    /// What stands in the read-out while no day is pointed at.
    pub(in crate::web) said: String,
    pub(in crate::web) marks: Vec<Key>,
    pub(in crate::web) charts: Vec<Chart>,
    pub(in crate::web) notes: Vec<String>,
    /// Every observation as a file, one link for each series.
    pub(in crate::web) csv: Vec<(String, String)>,
}

/// Which choices a page has besides range and scale, and what it says of its days.
#[derive(Clone, Debug, Default)]
pub(in crate::web) struct Offered {
    pub(in crate::web) windows: bool,
    pub(in crate::web) bases: bool,
    /// After the dates in the read-out.
    pub(in crate::web) days: String,
    /// Said under the charts besides what the panels say.
    pub(in crate::web) notes: Vec<String>,
    pub(in crate::web) csv: Vec<(String, String)>,
}

/// The block of the page at `path`, whose numbers are at `data`.
pub(in crate::web) fn charts_view(
    path: &str,
    data: &str,
    settings: Settings,
    stack: Option<&Stack>,
    offered: Offered,
) -> ChartsView {
    let shown = stack.map(|stack| (stack.window.from, stack.window.to));
    let query = settings.query();
    let own = Settings { span: Settings::default().span, ..settings };
    ChartsView {
        path: path.to_owned(),
        data: format!("{data}{query}"),
        ranges: ranges(path, settings),
        groups: groups(path, settings, offered.windows, offered.bases),
        own: own_days(settings, shown),
        is_own: matches!(settings.span, Span::Days { .. }),
        kept: own.fields(),
        said: shown.map(|(from, to)| format!("{}{}", format::span(from, to), offered.days)).unwrap_or_default(),
        marks: stack.map(Stack::marks).unwrap_or_default(),
        charts: stack.map(Stack::draw).unwrap_or_default(),
        notes: stack.map(|stack| stack.notes.clone()).unwrap_or_default().into_iter().chain(offered.notes).collect(),
        csv: offered.csv,
        query,
    }
}
