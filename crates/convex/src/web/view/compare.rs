//! The page of a comparison: one value in, every block in its order out.

use convex_core::catalog::{Catalog, Metric};
use convex_core::claim::Verdict;
use convex_core::compare::{Comparison, GapKind, Leg};
use convex_core::freshness::Freshness;
use convex_core::panel::{Panels, Span};
use convex_core::{Basis, Day};

use super::analysis::{Row, analysis, mark};
use super::charts::{ChartsView, Offered, charts_view};
use super::cite::{Cite, cite};
use super::evidence::evidence;
use super::figures::{Reader, Side};
use super::live::{LiveGap, live_gap, live_line};
use super::prose::claim;
use super::questions::{Question, questions};
use super::related::{RelatedPair, related};
use super::sources::{Sources, sources};
use super::states::{States, states};
use super::statistics::{Statistics, statistics};
use super::structured::{self, Dataset};
use super::tile::{Subject, Tile, tile};
use super::why::{Why, ahead, why};
use crate::chart::{Square, Stack, changes_word};
use crate::desk::Kin;
use crate::format::{self, Measure};
use crate::live::Live;
use crate::settings::Settings;
use crate::web::shown::{Prose, Shown};

/// Everything the page of a comparison places.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is one thing the template shows or leaves out")]
pub(in crate::web) struct CompareView {
    pub(in crate::web) path: String,
    pub(in crate::web) kind: String,
    pub(in crate::web) categories: String,
    pub(in crate::web) title: String,
    pub(in crate::web) label_a: String,
    pub(in crate::web) label_b: String,
    pub(in crate::web) lede: Prose,
    pub(in crate::web) as_of: Option<String>,
    /// The same for machines, empty for a page as of a past day.
    pub(in crate::web) as_of_iso: String,
    pub(in crate::web) is_past: bool,
    pub(in crate::web) next_due: Option<String>,
    pub(in crate::web) n_common: Option<Shown>,
    pub(in crate::web) swap_href: String,
    pub(in crate::web) latest_href: String,
    /// What the form for another day must keep of the address.
    pub(in crate::web) kept: Vec<(&'static str, String)>,
    pub(in crate::web) as_of_value: String,
    pub(in crate::web) notices: Vec<String>,
    pub(in crate::web) tiles: [Tile; 2],
    pub(in crate::web) live_gap: Option<LiveGap>,
    pub(in crate::web) charts: ChartsView,
    pub(in crate::web) why: Why,
    pub(in crate::web) analysis: Vec<Row>,
    pub(in crate::web) has_unmeasured: bool,
    pub(in crate::web) apart: Option<String>,
    /// Whether questions are asked that prices cannot answer.
    pub(in crate::web) asks_elsewhere: bool,
    pub(in crate::web) is_itself: bool,
    pub(in crate::web) states: Option<States>,
    pub(in crate::web) evidence: Vec<Square>,
    pub(in crate::web) statistics: Statistics,
    pub(in crate::web) explore: Vec<Explore>,
    pub(in crate::web) known: Vec<(String, Prose)>,
    pub(in crate::web) questions: Vec<Question>,
    pub(in crate::web) structured: Vec<String>,
    pub(in crate::web) cite: Cite,
    /// Counts of verdicts, in their order.
    pub(in crate::web) verdicts: Vec<(String, &'static str, &'static str)>,
    pub(in crate::web) related: Vec<RelatedPair>,
    pub(in crate::web) sources: Sources,
}

/// The card of one metric.
#[derive(Clone, Debug)]
pub(in crate::web) struct Explore {
    pub(in crate::web) href: String,
    pub(in crate::web) name: String,
    pub(in crate::web) detail: String,
}

/// What the view rests on besides the comparison itself.
#[derive(Clone, Copy, Debug)]
pub(in crate::web) struct Context<'a> {
    pub(in crate::web) catalog: &'a Catalog,
    pub(in crate::web) panels: Option<&'a Panels>,
    pub(in crate::web) ages: [&'a Freshness; 2],
    /// How the named comparisons are linked.
    pub(in crate::web) kin: &'a [Kin],
    /// Scheme and host of the site.
    pub(in crate::web) origin: &'a str,
    /// Address of the page without its query.
    pub(in crate::web) path: &'a str,
    pub(in crate::web) settings: Settings,
}

pub(in crate::web) fn compare_view(comparison: &Comparison, context: Context<'_>) -> CompareView {
    let Context { catalog, panels, ages, kin, origin, path, settings } = context;
    let (a, b) = (&comparison.a.metric, &comparison.b.metric);
    let kind = comparison.kind.words();
    let title = format!("{} vs {}", a.short, b.short);
    let meaning = catalog.meaning(a, b);
    let questions = questions(comparison, &meaning.rationale);
    let read = Reader::new(comparison);
    CompareView {
        path: path.to_owned(),
        kind: format::capitalised(kind),
        categories: categories(a, b),
        title: title.clone(),
        label_a: a.label.clone(),
        label_b: b.label.clone(),
        lede: lede(comparison),
        as_of: comparison.as_of.map(format::weekday),
        as_of_iso: comparison.as_of.filter(|_| settings.as_of.is_none()).map(|day| day.to_string()).unwrap_or_default(),
        is_past: settings.as_of.is_some(),
        next_due: next_due(ages, settings.as_of),
        n_common: read.has("n_common").then(|| read.show("n_common")),
        swap_href: format!("{path}{}", Settings { swap: !settings.swap, ..settings }.query()),
        latest_href: format!("{path}{}", Settings { as_of: None, ..settings }.query()),
        kept: Settings { as_of: None, ..settings }.fields(),
        as_of_value: settings.as_of.or(comparison.as_of).map(|day| day.to_string()).unwrap_or_default(),
        notices: comparison.warnings.iter().map(|text| format::capitalised(text)).collect(),
        tiles: tiles(comparison, ages),
        live_gap: None,
        charts: charts(comparison, panels, path, settings),
        analysis: analysis(comparison),
        has_unmeasured: comparison.claims.iter().any(|claim| claim.verdict == Verdict::NotMeasurable),
        is_itself: a.id == b.id,
        apart: comparison.apart.as_ref().map(format::why),
        asks_elsewhere: claim(comparison, "positioning").is_some(),
        states: states(comparison),
        evidence: evidence(comparison),
        statistics: statistics(comparison),
        explore: explore(catalog, comparison),
        known: known(comparison),
        structured: structured(comparison, &questions, origin, path),
        cite: cite(origin, path, &title, settings.as_of.or(comparison.as_of), settings, comparison.sample),
        verdicts: verdicts(comparison),
        questions,
        related: related(catalog, kin, comparison),
        sources: sources(comparison),
        why: why(comparison, meaning),
    }
}

impl CompareView {
    /// The same with the values within the day, which a page as of a past day does not have.
    pub(in crate::web) fn with_live(mut self, live: &Live, catalog: &Catalog, comparison: &Comparison) -> Self {
        if !self.is_past {
            for (tile, leg) in self.tiles.iter_mut().zip([&comparison.a, &comparison.b]) {
                tile.live = live_line(live, catalog, &leg.metric, &leg.series);
            }
            self.live_gap = live_gap(live, catalog, comparison);
        }
        self
    }
}

/// Every observation of a metric as a file.
pub(in crate::web) fn csv_address(metric: &Metric, as_of: Option<Day>) -> String {
    let as_of = as_of.map(|day| format!("&as_of={day}")).unwrap_or_default();
    format!("/api/v1/metrics/{}/observations?format=csv{as_of}", metric.id)
}

/// The one-line verdict, from figures alone.
pub(in crate::web) fn lede(comparison: &Comparison) -> Prose {
    let cadence = changes_word(&comparison.a.metric, &comparison.b.metric);
    if let Some(why) = &comparison.apart {
        return Prose::from(format!("The two cannot be compared: {}.", format::why(why)));
    }
    let read = Reader::new(comparison);
    let (a, b) = (comparison.a.metric.label.as_str(), comparison.b.metric.label.as_str());
    let mut said = match read.gap_name("change_90d").filter(|name| read.has(name)) {
        Some(change) => {
            let fell = read.number(&change).unwrap_or_default() < 0.0;
            let words = match (comparison.gap, fell) {
                (GapKind::Ratio, true) => format!("{a} has lost to {b}"),
                (GapKind::Ratio, false) => format!("{a} has gained on {b}"),
                (_, true) => format!("{a} less {b} has fallen"),
                (_, false) => format!("{a} less {b} has risen"),
            };
            Prose::from(format!("{words} over 90 days: ")).figure(read.show(&change)).say(".")
        }
        None => ahead(comparison),
    };
    let link = "correlation.90d.spearman";
    let opening = match read.side(link, 0.0) {
        Some(Side::Above) => "The two moved together",
        Some(Side::Below) => "The two moved against each other",
        Some(Side::Around) => "No link shows in these days",
        None => return said,
    };
    said = said.say(format!(" {opening}: rank correlation of {cadence} changes ")).figure(read.show(link));
    said = said.say(format!("{}.", beyond_the_link(comparison)));
    let is_alike = Measure::of(&comparison.a.metric) == Measure::of(&comparison.b.metric);
    if is_alike && read.has("volatility_ratio.log") {
        let factor = read.show("volatility_ratio.log").bare();
        said = said.say(format!(" {a}’s changes have been ")).figure(factor).say(format!(" times as large as {b}’s."));
    }
    said
}

/// What the verdicts on stress and lead add to the link, in a clause each.
fn beyond_the_link(comparison: &Comparison) -> String {
    let verdict = |id: &str| claim(comparison, id).map(|claim| claim.verdict);
    let stress = match verdict("stress-link") {
        Some(Verdict::Measured) => ", tighter in stress",
        Some(Verdict::Contradicted) => ", looser in stress",
        _ => "",
    };
    let lead = if verdict("lead") == Some(Verdict::NotEstablished) { "; no lead was found" } else { "" };
    format!("{stress}{lead}")
}

/// The page in the vocabulary of search engines.
fn structured(comparison: &Comparison, questions: &[Question], origin: &str, path: &str) -> Vec<String> {
    let title = format!("{} vs {}", comparison.a.metric.short, comparison.b.metric.short);
    let slug = path.rsplit('/').next().unwrap_or_default();
    let days = &comparison.common.days;
    let span = days.first().zip(days.last()).map(|(from, to)| format!("{from}/{to}")).unwrap_or_default();
    let description = lede(comparison).plain();
    let set = Dataset {
        name: &title,
        description: &description,
        address: format!("{origin}{path}"),
        span,
        files: vec![
            ("application/json", format!("{origin}/api/v1/compare/{slug}")),
            ("text/csv", format!("{origin}{path}/charts/gap.csv?range=Max")),
        ],
        measured: vec!["correlation", "beta", "ratio", "volatility", "drawdown"],
        sources: comparison.attribution.iter().map(|entry| entry.text.clone()).collect(),
    };
    let way = [("Today", "/"), ("Metrics", "/metrics"), (title.as_str(), path)];
    vec![structured::faq(questions), structured::dataset(&set), structured::breadcrumbs(origin, &way)]
}

/// How many claims have each verdict: the count with its words, the class, the mark.
fn verdicts(comparison: &Comparison) -> Vec<(String, &'static str, &'static str)> {
    let order = [
        Verdict::Measured,
        Verdict::Suggestive,
        Verdict::NotEstablished,
        Verdict::Contradicted,
        Verdict::NotMeasurable,
    ];
    let count = |verdict| comparison.claims.iter().filter(|claim| claim.verdict == verdict).count();
    let line = |verdict: Verdict| (format!("{} {}", count(verdict), verdict.words()), verdict.key(), mark(verdict));
    order.into_iter().filter(|verdict| count(*verdict) > 0).map(line).collect()
}

/// What a card says of both legs: values where they may be passed on, else how they changed.
pub(in crate::web) fn card_values(comparison: &Comparison) -> Vec<(String, String)> {
    let read = Reader::new(comparison);
    let one = |side: &str, leg: &Leg| {
        let may_show = leg.metric.licence.may_be_passed_on() || comparison.sample;
        let text = if may_show {
            read.show(&format!("{side}.value")).plain()
        } else {
            format!("{} in 90 days", read.on_tile(&format!("{side}.change.90d")).plain())
        };
        (leg.metric.label.clone(), text)
    };
    vec![one("a", &comparison.a), one("b", &comparison.b)]
}

fn next_due(ages: [&Freshness; 2], as_of: Option<Day>) -> Option<String> {
    if as_of.is_some() {
        return None;
    }
    let next = ages.iter().filter(|age| age.due.is_some()).min_by_key(|age| age.due)?;
    let word = if next.missed == 0 { "is" } else { "was" };
    next.due_day.map(|due| format!("{word} due {}", format::day(due)))
}

fn categories(a: &Metric, b: &Metric) -> String {
    let (a, b) = (a.category.words(), b.category.words());
    if a == b { a.to_owned() } else { format!("{a} and {b}") }
}

fn tiles(comparison: &Comparison, ages: [&Freshness; 2]) -> [Tile; 2] {
    let read = Reader::new(comparison);
    let one = |side: &'static str, leg: &Leg, freshness| {
        let subject = Subject {
            metric: &leg.metric,
            series: &leg.series,
            provider: leg.provider,
            freshness,
            sample: comparison.sample,
        };
        tile(side, subject, |name| read.show(&format!("{side}.{name}")), |name| read.on_tile(&format!("{side}.{name}")))
    };
    [one("a", &comparison.a, ages[0]), one("b", &comparison.b, ages[1])]
}

/// The block of charts of a comparison.
pub(in crate::web) fn charts(
    comparison: &Comparison,
    panels: Option<&Panels>,
    path: &str,
    settings: Settings,
) -> ChartsView {
    let stack = Stack::of_comparison(comparison, panels, settings.scale);
    let mut notes = Vec::new();
    if stack.is_none() {
        notes.push(match (&comparison.apart, settings.span) {
            (Some(why), _) => format!("Nothing can be drawn: {}.", format::why(why)),
            (None, Span::Days { .. }) => {
                "Fewer than two common days lie between the days asked for: choose others above.".to_owned()
            }
            (None, Span::Range(_)) => "Nothing can be drawn: fewer than two common days.".to_owned(),
        });
    }
    let has_payouts = comparison.figures.estimate("total_return.n_common").is_some();
    if settings.basis == Basis::TotalReturn && !has_payouts {
        notes.push("Total return is not known for both legs: price is drawn.".to_owned());
    }
    let legs = [&comparison.a.metric, &comparison.b.metric];
    let offered = Offered {
        windows: panels.is_some(),
        bases: has_payouts,
        days: panels.map(|_| common_days(comparison, stack.as_ref())).unwrap_or_default(),
        notes,
        csv: legs.map(|metric| (metric.label.clone(), csv_address(metric, settings.as_of))).to_vec(),
    };
    let slug = path.rsplit('/').next().unwrap_or_default();
    charts_view(path, &format!("/api/v1/compare/{slug}/panels"), settings, stack.as_ref(), offered)
}

/// `, 251 common days`.
fn common_days(comparison: &Comparison, stack: Option<&Stack>) -> String {
    let Some(window) = stack.map(|stack| stack.window) else { return String::new() };
    let days = &comparison.common.days;
    let inside = days.partition_point(|day| *day <= window.to) - days.partition_point(|day| *day < window.from);
    format!(", {}", format::plural(inside, "common day"))
}

fn explore(catalog: &Catalog, comparison: &Comparison) -> Vec<Explore> {
    let mut cards: Vec<Explore> = [&comparison.a, &comparison.b]
        .into_iter()
        .map(|leg| {
            let metric = &leg.metric;
            let pairs = catalog.pairs_of(&metric.id).count();
            let since = leg.series.first().map(|(day, _)| format!(" since {}", format::day(day))).unwrap_or_default();
            let observations = format::plural(leg.series.len(), "observation");
            Explore {
                href: format!("/metrics/{}", metric.id),
                name: metric.name.clone(),
                detail: format!("{observations}{since}, {}", format::plural(pairs, "named comparison")),
            }
        })
        .collect();
    cards.dedup_by(|one, other| one.href == other.href);
    cards
}

/// The largest moves known from figures, for the block on scenarios and forecasts.
fn known(comparison: &Comparison) -> Vec<(String, Prose)> {
    let read = Reader::new(comparison);
    let legs = [("a", &comparison.a.metric.label), ("b", &comparison.b.metric.label)];
    let mut facts: Vec<(String, Prose)> = legs
        .iter()
        .filter(|(leg, _)| read.has(&format!("{leg}.window_90d.worst")))
        .map(|(leg, label)| {
            let said = Prose::from("worst change ")
                .figure(read.show(&format!("{leg}.window_90d.worst")))
                .say(", best ")
                .figure(read.show(&format!("{leg}.window_90d.best")))
                .say(", deepest fall ")
                .figure(read.show(&format!("{leg}.window_90d.max_drawdown")).quiet());
            (format!("{label} in 90 days"), said)
        })
        .collect();
    if let Some(name) = read.gap_name("change_90d").filter(|name| read.has(name)) {
        let word = if matches!(comparison.gap, GapKind::Ratio) { "Ratio" } else { "Spread" };
        facts.push((format!("{word} in 90 days"), Prose::from("moved ").figure(read.show(&name))));
    }
    facts
}
