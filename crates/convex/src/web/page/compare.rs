//! `/compare/{a}-vs-{b}`.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, RawQuery, State};
use axum::response::{IntoResponse, Redirect, Response};
use convex_core::catalog::Metric;
use convex_core::compare::Comparison;
use convex_core::panel::Panels;

use crate::api::split_pair;
use crate::desk::Desk;
use crate::format;
use crate::settings::{Query, Settings, pair_slug, shortened};
use crate::web::errors::{PageError, PageResult, show, to_metric};
use crate::web::origin::Origin;
use crate::web::shell::Shell;
use crate::web::view::compare::{CompareView, Context, compare_view};
use crate::web::view::outlook::bands::{BandsView, bands_view};
use crate::web::view::outlook::datum::Datum;
use crate::web::view::outlook::regime::{OddsView, odds_view};
use crate::web::view::outlook::scenario::related_episodes;
use crate::web::view::related::RelatedPair;
use crate::web::view::statistics::Cell;

#[derive(Template)]
#[template(path = "compare.html")]
struct ComparePage {
    shell: Shell,
    view: CompareView,
    bands: BandsView,
    /// Episodes in which the ratio moved most: name, address, move.
    episodes: Vec<(String, String, Datum)>,
    odds: Vec<OddsView>,
}

/// What an address about a pair asks for, computed.
pub(super) struct Asked {
    pub(super) comparison: Arc<Comparison>,
    pub(super) panels: Option<Arc<Panels>>,
    /// `dia-vs-iwm`.
    pub(super) slug: String,
    /// `/compare/dia-vs-iwm`.
    pub(super) path: String,
    pub(super) settings: Settings,
}

/// The pair has another address.
pub(super) struct Elsewhere {
    path: String,
    query: String,
}

impl Elsewhere {
    /// A redirect to that pair's page, or to something under it.
    pub(super) fn to(&self, under: &str) -> Response {
        Redirect::permanent(&format!("{}{under}{}", self.path, self.query)).into_response()
    }
}

impl Elsewhere {
    /// A redirect to what stands for that pair under another address: `/embed`.
    pub(super) fn under(&self, before: &str) -> Response {
        Redirect::permanent(&format!("{before}{}{}", self.path, self.query)).into_response()
    }

    /// A redirect to the picture of that pair's page.
    pub(super) fn picture(&self) -> Response {
        Redirect::permanent(&format!("/og{}.png{}", self.path, self.query)).into_response()
    }
}

/// The pair of an address with all its page rests on, or where it is found instead.
pub(super) async fn asked(desk: &Desk, pair: &str, raw: Option<&str>) -> Result<Result<Asked, Elsewhere>, PageError> {
    let (typed_a, typed_b) = split_pair(pair).ok_or_else(|| {
        PageError::BadRequest(format!("“{}” is not of the form a-vs-b, as in /compare/dia-vs-iwm", shortened(pair)))
    })?;
    let a = leg(desk, typed_a, |near| (near.to_owned(), typed_b.to_owned())).await?;
    let b = leg(desk, typed_b, |near| (typed_a.to_owned(), near.to_owned())).await?;

    let slug = pair_slug(desk.catalog(), &a.id, &b.id);
    let path = format!("/compare/{slug}");
    if slug != pair {
        return Ok(Err(Elsewhere { path, query: raw.map(|raw| format!("?{raw}")).unwrap_or_default() }));
    }
    let settings = Query::read(raw).settings()?;
    let (a, b) = if settings.swap { (b, a) } else { (a, b) };
    let comparison = desk.comparison_of(&a, &b, settings.as_of).await?;
    let panels = desk.panels(&comparison, settings.options()).await?;
    Ok(Ok(Asked { comparison, panels, slug, path, settings }))
}

pub(in crate::web) async fn compare(
    State(desk): State<Arc<Desk>>,
    origin: Origin,
    Path(pair): Path<String>,
    RawQuery(raw): RawQuery,
) -> PageResult {
    let Asked { comparison, panels, path, settings, slug } = match asked(&desk, &pair, raw.as_deref()).await? {
        Ok(asked) => asked,
        Err(elsewhere) => return Ok(elsewhere.to("")),
    };
    let ages = desk.ages(&comparison, settings.as_of);
    let kin = desk.kin().await?;
    let context = Context {
        catalog: desk.catalog(),
        panels: panels.as_deref(),
        ages: [&ages[0], &ages[1]],
        kin: &kin,
        origin: &origin.0,
        path: &path,
        settings,
    };
    let mut view = compare_view(&comparison, context).with_live(desk.live(), desk.catalog(), &comparison);
    let warnings = desk.warnings_of(&comparison).await?;
    view.notices.extend(warnings.iter().map(|text| format::capitalised(text)));
    let (bands, odds) = expected(&desk, &comparison, &slug, &settings).await?;
    let episodes = related_episodes(&comparison, desk.windows());
    let picture = format!("/og/compare/{slug}.png{}", settings.query());
    let shell = Shell::of(&desk, view.title.clone(), view.lede.plain())
        .await
        .from(&origin)
        .canonical(path)
        .picture(picture)
        .structured(view.structured.clone());
    show(&ComparePage { shell, view, bands, episodes, odds })
}

/// Bands of the ratio or spread, and odds of its new highs and lows; odds are those of today alone.
async fn expected(
    desk: &Desk,
    comparison: &Comparison,
    slug: &str,
    settings: &Settings,
) -> Result<(BandsView, Vec<OddsView>), PageError> {
    let (a, b) = (&comparison.a.metric, &comparison.b.metric);
    let kept = desk.forecast(slug, settings.as_of).await?;
    let title = format!("the ratio or spread of {} and {}", a.label, b.label);
    let bands = bands_view(slug, &title, kept.as_ref(), |value| crate::format::significant(value, 4));
    let has_ratio = comparison.gap == convex_core::compare::GapKind::Ratio && !settings.swap;
    if settings.as_of.is_some() || !has_ratio {
        return Ok((bands, Vec::new()));
    }
    Ok((bands, odds_view(&desk.odds_of_pair(a, b).await?, Some(slug))))
}

/// The metric a leg names; if there is none, the error offers the same pair with what is near in its place.
async fn leg(desk: &Desk, typed: &str, pair: impl Fn(&str) -> (String, String)) -> Result<Arc<Metric>, PageError> {
    let typed: String = typed.chars().take(60).collect();
    desk.resolve(&typed).await.map_err(|error| {
        PageError::of_desk(&error, |near| {
            let (a, b) = pair(&near.id);
            let resolved = |typed: &str| desk.catalog().resolve(typed).map(|metric| metric.id.clone());
            let both = resolved(&a).zip(resolved(&b)).map(|(a, b)| RelatedPair {
                href: format!("/compare/{}", pair_slug(desk.catalog(), &a, &b)),
                title: format!("{} vs {}", label(desk, &a), label(desk, &b)),
                why: format!("with {}", near.short).into(),
            });
            both.into_iter().chain([to_metric(near)]).collect()
        })
    })
}

fn label(desk: &Desk, id: &str) -> String {
    desk.catalog().metric(id).map_or_else(|| id.to_owned(), |metric| metric.label.clone())
}
