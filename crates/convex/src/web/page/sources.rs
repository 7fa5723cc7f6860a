//! `/sources`.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use convex_core::catalog::{Licence, Provider};

use crate::desk::Desk;
use crate::format;
use crate::web::errors::{PageResult, show};
use crate::web::origin::Origin;
use crate::web::shell::Shell;
use crate::web::view::supply::{ProviderLine, provider_line};

/// Name, count, terms.
type Line = (&'static str, String, &'static str);

#[derive(Template)]
#[template(path = "sources.html")]
struct SourcesPage {
    shell: Shell,
    held: Vec<Line>,
    named: Vec<Line>,
    licences: Vec<Line>,
    providers: Vec<ProviderLine>,
}

pub(in crate::web) async fn sources(State(desk): State<Arc<Desk>>, origin: Origin) -> PageResult {
    let rows = desk.overview().await?;
    let held = lines(|provider| rows.iter().filter(|row| row.provider == Some(provider)).count());
    let metrics = || desk.catalog().metrics();
    let named = lines(|provider| {
        metrics().filter(|metric| metric.sources.iter().any(|source| source.provider == provider)).count()
    });
    let licences = Licence::ALL
        .iter()
        .map(|licence| {
            let count = metrics().filter(|metric| metric.licence == *licence).count();
            (licence.key(), format::count(count), licence.words())
        })
        .collect();
    let description = "Whose data this installation holds, and on what terms.";
    let shell = Shell::of(&desk, "Sources", description).await.from(&origin).at("/sources");
    let providers = desk.providers().await?.iter().map(provider_line).collect();
    show(&SourcesPage { shell, held, named, licences, providers })
}

/// Providers that have anything, the largest first.
fn lines(count: impl Fn(Provider) -> usize) -> Vec<Line> {
    let mut found: Vec<(usize, Provider)> =
        Provider::ALL.iter().map(|provider| (count(*provider), *provider)).collect();
    found.retain(|(count, _)| *count > 0);
    found.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    found.into_iter().map(|(count, provider)| (provider.name(), format::count(count), provider.attribution())).collect()
}
