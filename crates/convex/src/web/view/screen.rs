//! Screens as tables: the tested family and the ranking of all pairs, never in one table.

use convex_core::figure::Figures;
use convex_core::screen::{GapState, Question, Ranking, Row, TestedPair, question_name};

use crate::desk::{RankedScreen, Scope, ScreenAsk, ScreenFrame, TestedScreen};
use crate::format::{self, Style};
use crate::screen::{by_words, ranked_note, tested_note};
use crate::settings::Query;
use crate::web::shown::{Owner, Shown};

/// A link of a toolbar.
#[derive(Clone, Debug)]
pub(in crate::web) struct Choice {
    pub(in crate::web) label: String,
    pub(in crate::web) href: String,
    pub(in crate::web) is_chosen: bool,
}

/// The frame of either list: what was asked, and files of the same.
#[derive(Clone, Debug)]
pub(in crate::web) struct Toolbar {
    pub(in crate::web) as_of: String,
    pub(in crate::web) ids: String,
    pub(in crate::web) csv: String,
    pub(in crate::web) parquet: String,
    pub(in crate::web) json: String,
    pub(in crate::web) tops: Vec<Choice>,
    pub(in crate::web) rankings: Vec<Choice>,
}

/// A head of a column, which sorts by it.
#[derive(Clone, Debug)]
pub(in crate::web) struct Head {
    pub(in crate::web) label: &'static str,
    pub(in crate::web) title: &'static str,
    pub(in crate::web) href: String,
    /// `ascending`, `descending` or `none`.
    pub(in crate::web) sorted: &'static str,
    pub(in crate::web) is_wide: bool,
}

/// A pair in a list.
#[derive(Clone, Debug)]
pub(in crate::web) struct Line {
    pub(in crate::web) place: usize,
    pub(in crate::web) href: String,
    pub(in crate::web) title: String,
    /// What the row shows, and whether only wide screens do.
    pub(in crate::web) cells: Vec<(Shown, bool)>,
    pub(in crate::web) state: String,
    pub(in crate::web) as_of: String,
}

/// The ranking of all pairs.
#[derive(Clone, Debug)]
pub(in crate::web) struct RankedView {
    pub(in crate::web) note: String,
    pub(in crate::web) by: &'static str,
    pub(in crate::web) toolbar: Toolbar,
    pub(in crate::web) heads: Vec<Head>,
    pub(in crate::web) lines: Vec<Line>,
    pub(in crate::web) left_out: String,
}

/// The tested family.
#[derive(Clone, Debug)]
pub(in crate::web) struct TestedView {
    pub(in crate::web) note: String,
    pub(in crate::web) toolbar: Toolbar,
    pub(in crate::web) parts: Vec<Part>,
    pub(in crate::web) absent: Vec<(String, String)>,
}

/// The answers to one question, the strongest first.
#[derive(Clone, Debug)]
pub(in crate::web) struct Part {
    pub(in crate::web) id: &'static str,
    pub(in crate::web) title: &'static str,
    pub(in crate::web) lede: &'static str,
    pub(in crate::web) estimate: &'static str,
    pub(in crate::web) lines: Vec<TestLine>,
}

/// One test in a table.
#[derive(Clone, Debug)]
pub(in crate::web) struct TestLine {
    pub(in crate::web) href: String,
    pub(in crate::web) title: String,
    pub(in crate::web) passes: bool,
    pub(in crate::web) estimate: Shown,
    pub(in crate::web) p: Shown,
    pub(in crate::web) p_family: Shown,
    pub(in crate::web) q: Shown,
    pub(in crate::web) note: String,
}

/// A column of the ranking: its key in addresses, its head, what that means, its figure, how it is read, whether only wide
/// screens show it.
type Column = (&'static str, &'static str, &'static str, &'static str, Style, bool);

const COLUMNS: [Column; 6] = [
    (
        "change",
        "Now less before",
        "Correlation of the last 63 sessions less that of the 252 before, on Fisher’s z scale, with its interval of 95 %",
        "correlation.change.z_difference",
        Style::SignedNumber,
        false,
    ),
    (
        "90d",
        "90 days",
        "Correlation of changes over 90 days, with its interval",
        "correlation.90d.pearson",
        Style::Plain,
        false,
    ),
    ("252obs", "252 sessions", "Correlation of the last 252 changes", "correlation.252obs.pearson", Style::Plain, true),
    ("beta", "Beta", "Slope of the first on the second over 252 changes", "beta.252obs.beta", Style::Number, true),
    (
        "z",
        "Gap, z",
        "Deviations of the ratio or spread from its mean of 252 sessions",
        "divergence.z",
        Style::SignedNumber,
        false,
    ),
    (
        "percentile",
        "Percentile",
        "Place of the ratio or spread among all its past",
        "percentile_all",
        Style::Share,
        true,
    ),
];

pub(in crate::web) fn ranked_view(screen: &RankedScreen, ask: &ScreenAsk, query: &Query) -> RankedView {
    let ranked = &screen.ranked;
    let mut order: Vec<usize> = (0..screen.rows.len()).collect();
    let sort = query.get("sort").unwrap_or_default();
    let (key, falls) = sort.strip_prefix('-').map_or((sort, false), |key| (key, true));
    if let Some((_, _, _, name, _, _)) = COLUMNS.into_iter().find(|column| column.0 == key) {
        let value = |at: &usize| number(&screen.rows[*at].figures, name);
        // What is missing stands last, whichever way the rest is sorted.
        order.sort_by(|one, other| match (value(one), value(other)) {
            (Some(one), Some(other)) if falls => other.total_cmp(&one),
            (Some(one), Some(other)) => one.total_cmp(&other),
            (one, other) => other.is_some().cmp(&one.is_some()),
        });
    }
    let line = |at: usize| {
        let row = &screen.rows[at];
        let (href, title, slug) = names(row, &screen.frame);
        let cells = COLUMNS.map(|(_, _, _, name, style, is_wide)| (shown(row, name, style, &slug), is_wide));
        let (state, as_of) = (state_words(row.state), row.as_of.map(format::day).unwrap_or_default());
        Line { place: at + 1, href, title, cells: cells.to_vec(), state, as_of }
    };
    let head = |(column, label, title, _, _, is_wide): Column| {
        let (sorted, next) = match (column == key, falls) {
            (true, true) => ("descending", column.to_owned()),
            (true, false) => ("ascending", format!("-{column}")),
            (false, _) => ("none", format!("-{column}")),
        };
        Head { label, title, href: address(ask, true, &[("sort", &next)]), sorted, is_wide }
    };
    let left = |count: usize, why: &str| (count > 0).then(|| format!("{} {why}", format::count(count)));
    let left_out: Vec<String> = [
        left(ranked.short, "pairs share too few observations, or one leg does not vary"),
        left(ranked.ended, "pairs have a leg that ended"),
    ]
    .into_iter()
    .flatten()
    .collect();
    RankedView {
        note: ranked_note(screen),
        by: by_words(screen.by),
        toolbar: toolbar(ask, true),
        heads: COLUMNS.map(head).to_vec(),
        lines: order.into_iter().map(line).collect(),
        left_out: left_out.join("; "),
    }
}

pub(in crate::web) fn tested_view(screen: &TestedScreen, ask: &ScreenAsk) -> TestedView {
    let part = |question: Question| {
        let mut pairs: Vec<&TestedPair> =
            screen.tested.pairs.iter().filter(|pair| pair.test(question).is_some()).collect();
        pairs.sort_by(|one, other| test_order(one, question).total_cmp(&test_order(other, question)));
        let (title, lede, estimate) = match question {
            Question::Divergence => (
                "Diverging now",
                "Is the gap wider than that of a walk made of the pair’s own changes? Walks are wide on 15 % of days.",
                "Gap, z",
            ),
            Question::Correlation => (
                "Correlation changed",
                "Do the two move together now, over 63 observations, as they did over the 252 before?",
                "Now less before",
            ),
            Question::Move => (
                "Gap moved",
                "Has the ratio or spread gone one way over the last 63 observations, beyond what its changes do by chance?",
                "t",
            ),
        };
        let lines = pairs.into_iter().map(|pair| test_line(pair, question, &screen.frame)).collect();
        Part { id: question_name(question), title, lede, estimate, lines }
    };
    let absent = |pair: &TestedPair| {
        let why = pair.tests.iter().find_map(|test| test.as_ref().err())?;
        (pair.tests.iter().all(Result::is_err)).then(|| (names(&pair.row, &screen.frame).1, why.to_string()))
    };
    TestedView {
        note: tested_note(screen),
        toolbar: toolbar(ask, false),
        parts: Question::ALL.map(part).into_iter().filter(|part| !part.lines.is_empty()).collect(),
        absent: screen.tested.pairs.iter().filter_map(absent).collect(),
    }
}

/// One test of a pair as a line.
pub(in crate::web) fn test_line(pair: &TestedPair, question: Question, frame: &ScreenFrame) -> TestLine {
    let row = &pair.row;
    let (href, title, slug) = names(row, frame);
    let name = question_name(question);
    let of = |leaf: &str, style: Style| shown(row, &format!("screen.{name}.{leaf}"), style, &slug);
    let estimate = match question {
        Question::Divergence => shown(row, "divergence.z", Style::SignedNumber, &slug),
        Question::Correlation => shown(row, "correlation.change.z_difference", Style::SignedNumber, &slug),
        Question::Move => of("statistic", Style::SignedNumber),
    };
    let note = match question {
        Question::Divergence => state_words(row.state),
        Question::Correlation => {
            let of = |leaf: &str| {
                let found = row.figures.get(&format!("correlation.change.{leaf}"));
                format::figure_or_missing(found, Style::Plain).text
            };
            // A slow pair's 63 changes reach back years: the day says so.
            let since = row.figures.estimate("correlation.change.now").map(|now| format::day(now.from));
            format!("{} since {}, {} before", of("now"), since.unwrap_or_default(), of("before"))
        }
        Question::Move => String::new(),
    };
    TestLine {
        href,
        title,
        passes: pair.test(question).is_some_and(convex_core::screen::Test::passes),
        estimate,
        p: of("p", Style::Plain),
        p_family: of("p_family", Style::Plain),
        q: of("q", Style::Plain),
        note,
    }
}

/// The strongest first: by the p-value within the family, then by the pair's own, then by size.
pub(in crate::web) fn test_order(pair: &TestedPair, question: Question) -> f64 {
    pair.test(question)
        .map_or(f64::MAX, |test| 1e6 * test.judged.p_family + 1e3 * test.judged.p - test.statistic.abs().min(99.0))
}

fn shown(row: &Row, name: &str, style: Style, slug: &str) -> Shown {
    let owner = Owner::Pair(slug.to_owned());
    let name = match name {
        "percentile_all" if row.figures.get("spread.percentile_all").is_some() => "spread.percentile_all",
        "percentile_all" => "ratio.percentile_all",
        name => name,
    };
    Shown::new(name, owner, row.figures.get(name), style).quiet()
}

fn number(figures: &Figures, name: &str) -> Option<f64> {
    match name {
        "percentile_all" => figures.number("ratio.percentile_all").or_else(|| figures.number("spread.percentile_all")),
        name => figures.number(name),
    }
}

/// Address, title and slug of a pair.
pub(in crate::web) fn names(row: &Row, frame: &ScreenFrame) -> (String, String, String) {
    let [a, b] = [row.a, row.b].map(|place| frame.members[place].as_ref());
    let slug = format!("{}-vs-{}", a.id, b.id);
    let as_of = frame.requested_as_of.map(|day| format!("?as_of={day}")).unwrap_or_default();
    (format!("/compare/{slug}{as_of}"), format!("{} vs {}", a.label, b.label), slug)
}

/// How the gap stands.
pub(in crate::web) fn state_words(state: GapState) -> String {
    match state {
        GapState::Wide { since, age } => {
            format!("wide since {}, {}", format::day(since), format::plural(age, "observation"))
        }
        GapState::Back { on, .. } => format!("back since {}", format::day(on)),
        GapState::Usual | GapState::Unknown => String::new(),
    }
}

fn toolbar(ask: &ScreenAsk, ranked: bool) -> Toolbar {
    let file = |format: &str| {
        let list = if ranked { "" } else { "&tested=1" };
        format!("/api/v1/screen?format={format}{list}{}", settings(ask, ranked, &[]))
    };
    let choice = |label: String, name: &'static str, value: String, is_chosen: bool| Choice {
        label,
        href: address(ask, ranked, &[(name, &value)]),
        is_chosen,
    };
    let ids = match &ask.scope {
        Scope::Series(ids) => ids.join(", "),
        Scope::Everything | Scope::Pairs(_) => String::new(),
    };
    Toolbar {
        as_of: ask.as_of.map(|day| day.to_string()).unwrap_or_default(),
        ids,
        csv: file("csv"),
        parquet: file("parquet"),
        json: file("json"),
        tops: [20, 50, 200].map(|top: usize| choice(top.to_string(), "top", top.to_string(), ask.top == top)).to_vec(),
        rankings: Ranking::ALL
            .map(|by| {
                let label = match by {
                    Ranking::Change => "change of correlation",
                    Ranking::Gap => "width of the gap",
                    Ranking::Correlation => "correlation",
                };
                choice(label.to_owned(), "by", by.key().to_owned(), ask.by == by)
            })
            .to_vec(),
    }
}

/// The address of a page of the same list with some settings changed.
fn address(ask: &ScreenAsk, ranked: bool, changed: &[(&str, &str)]) -> String {
    let list = if ranked { "?list=ranked" } else { "?list=tested" };
    format!("/screen{list}{}", settings(ask, ranked, changed))
}

fn settings(ask: &ScreenAsk, ranked: bool, changed: &[(&str, &str)]) -> String {
    let usual = ScreenAsk::default();
    let mut fields: Vec<(&str, String)> = Vec::new();
    if ranked && ask.by != usual.by {
        fields.push(("by", ask.by.key().to_owned()));
    }
    if ranked && ask.top != usual.top {
        fields.push(("top", ask.top.to_string()));
    }
    if let Some(day) = ask.as_of {
        fields.push(("as_of", day.to_string()));
    }
    match &ask.scope {
        Scope::Everything => {}
        Scope::Series(ids) => fields.push(("ids", ids.join(","))),
        Scope::Pairs(pairs) => {
            let pairs: Vec<String> = pairs.iter().map(|(a, b)| format!("{a}-vs-{b}")).collect();
            fields.push(("pairs", pairs.join(",")));
        }
    }
    fields.retain(|(name, _)| changed.iter().all(|(other, _)| other != name));
    fields.extend(changed.iter().map(|(name, value)| (*name, (*value).to_owned())));
    fields.iter().fold(String::new(), |mut query, (name, value)| {
        query.extend(["&", name, "=", value]);
        query
    })
}

impl RankedView {
    #[expect(clippy::unused_self, reason = "templates call it on the view")]
    pub(in crate::web) fn is_ranked(&self) -> bool {
        true
    }
}

impl TestedView {
    #[expect(clippy::unused_self, reason = "templates call it on the view")]
    pub(in crate::web) fn is_ranked(&self) -> bool {
        false
    }
}
