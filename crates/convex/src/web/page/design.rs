//! `/design`: every part the pages are made of, on invented series.

use std::sync::{Arc, LazyLock};

use askama::Template;
use axum::extract::State;
use convex_core::catalog::{Metric, PairKind};
use convex_core::compare::{Comparison, Leg, Options, References, compare};
use convex_core::figure::{Figure, Unavailable};
use convex_core::freshness::{AgeState, Facts, Freshness, Look, freshness};
use convex_core::panel::{self, Shading, panels};
use convex_core::{Basis, Day, Series};

use crate::chart::{Chart, Stack};
use crate::desk::{Desk, on_pool};
use crate::format::{self, Style};
use crate::settings::Settings;
use crate::web::errors::{PageError, PageResult, show};
use crate::web::origin::Origin;
use crate::web::shell::Shell;
use crate::web::shown::{Owner, Shown};
use crate::web::view::analysis::Row;
use crate::web::view::compare::{CompareView, Context, compare_view};
use crate::web::view::statistics::Cell;
use crate::web::view::tile::age_class;

#[derive(Template)]
#[template(path = "design.html")]
struct DesignPage {
    shell: Shell,
    view: &'static CompareView,
    charts: &'static [Chart],
    missing: Shown,
    ages: Vec<(&'static str, String)>,
    verdicts: [(&'static str, &'static str, &'static str); 5],
}

impl DesignPage {
    /// Claims with dots, and one without.
    fn claims(&self) -> Vec<&Row> {
        let with = self.view.analysis.iter().filter(|row| row.axis.is_some()).take(2);
        with.chain(self.view.analysis.iter().find(|row| row.axis.is_none())).collect()
    }
}

/// Names of colours, as in `tokens.css`, and what each is for.
const COLOURS: [(&str, &str); 16] = [
    ("bg", "paper"),
    ("card", "cards, bar"),
    ("ink", "text, lines of the pair"),
    ("soft", "labels, notes"),
    ("line", "rules, borders"),
    ("grid", "grid, quiet fills"),
    ("a", "first series, solid"),
    ("b", "second series, dashed"),
    ("band", "intervals"),
    ("recession", "recessions"),
    ("stress", "times of fear"),
    ("link", "links, focus"),
    ("up", "rises, with a sign"),
    ("down", "falls, with a sign"),
    ("warn", "suggestive, late"),
    ("mark", "simulated data"),
];

pub(in crate::web) async fn design(State(desk): State<Arc<Desk>>, origin: Origin) -> PageResult {
    let (view, charts) = on_pool(|| &*INVENTED).await.map_err(|_| PageError::Internal)?;
    let description = "Every part the pages are made of: colours, type, components, in both themes.";
    let mut shell = Shell::of(&desk, "Design", description).await.from(&origin).canonical("/design");
    shell.is_hidden = true;
    let absent: Figure = Err(Unavailable::TooFew { have: 12, need: 20 });
    show(&DesignPage {
        shell,
        view,
        charts,
        missing: Shown::new("a.window_90d.mean", Owner::Page, Some(&absent), Style::Plain),
        ages: ages(),
        verdicts: [
            ("measured", "●", "measured"),
            ("suggestive", "◐", "suggestive"),
            ("not-established", "○", "not established"),
            ("contradicted", "✕", "contradicted"),
            ("not-measurable", "–", "not measurable"),
        ],
    })
}

impl DesignPage {
    #[expect(clippy::unused_self, reason = "the template calls it on the page")]
    fn colours(&self) -> [(&'static str, &'static str); 16] {
        COLOURS
    }
}

/// Every state an age can have, as its badge says it.
fn ages() -> Vec<(&'static str, String)> {
    let metric = Metric::uncatalogued("first");
    let last = Day::new(2025, 11, 19).unwrap_or(Day::MIN);
    let fresh = freshness(&metric, Some(last), Look::AsOf(last + 1), Facts::default());
    AgeState::ALL
        .into_iter()
        .map(|state| {
            let (days_old, missed) = match state {
                AgeState::Late => (3, 1),
                AgeState::Stale => (12, 8),
                AgeState::Discontinued => (900, 0),
                _ => (1, 0),
            };
            let last = fresh.last.filter(|_| state != AgeState::Empty);
            let age = Freshness { state, last, days_old, missed, ..fresh.clone() };
            (age_class(state), format::age(&age))
        })
        .collect()
}

/// Computed once: two walks with a part in common.
static INVENTED: LazyLock<(CompareView, Vec<Chart>)> = LazyLock::new(|| {
    let comparison = invented();
    let shading = Shading::default();
    let panels = panels(&comparison, panel::Options::default(), &shading);
    let today = comparison.as_of.unwrap_or(Day::MIN);
    let ages = [&comparison.a, &comparison.b]
        .map(|leg| freshness(&leg.metric, leg.series.last().map(|(day, _)| day), Look::AsOf(today), Facts::default()));
    let context = Context {
        catalog: convex_core::catalog::Catalog::builtin(),
        panels: panels.as_ref(),
        ages: [&ages[0], &ages[1]],
        kin: &[],
        origin: "",
        path: "/design",
        settings: Settings::default(),
    };
    let stack = Stack::of_comparison(&comparison, panels.as_ref(), Settings::default().scale);
    let charts = stack.map(|stack| stack.draw()).unwrap_or_default();
    (compare_view(&comparison, context), charts)
});

fn invented() -> Comparison {
    let first = Day::new(2023, 1, 2).unwrap_or(Day::MIN);
    let days: Vec<Day> = (0..1_000).map(|at| first + at).filter(|day| !day.is_weekend()).collect();
    // A small generator of noise, the same on every machine.
    let noise = |seed: u64| {
        let mut state = seed;
        std::iter::repeat_with(move || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as f64 / f64::from(1_u32 << 31) - 0.5
        })
    };
    let leg = |id: &str, level: f64, seed: u64| {
        let changes = noise(7).zip(noise(seed)).map(|(common, own)| common * 0.02 + own * 0.014 + 0.0003);
        let path = changes.scan(0.0, |at, change| {
            *at += change;
            Some(level * f64::exp(*at))
        });
        Leg {
            metric: Arc::new(Metric::uncatalogued(id)),
            series: Series::new(days.clone(), path.take(days.len()).collect()).unwrap_or_else(|_| Series::empty()),
            provider: None,
            version: 1,
            total_return: None,
        }
    };
    let options = Options {
        kind: PairKind::Peer,
        pair: None,
        as_of: None,
        basis: Basis::Price,
        sample: true,
        references: References::default(),
    };
    compare(leg("first", 100.0, 11), leg("second", 40.0, 23), options)
}
