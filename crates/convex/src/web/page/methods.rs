//! `/methods`: formulas, each with an example worked on numbers as they stand now.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;

use crate::desk::Desk;
use crate::web::errors::{PageResult, show};
use crate::web::origin::Origin;
use crate::web::shell::Shell;
use crate::web::shown::Prose;
use crate::web::view::examples::{Examples, examples};
use crate::web::view::home::SEEDS;

#[derive(Template)]
#[template(path = "methods.html")]
struct MethodsPage {
    shell: Shell,
    examples: Examples,
    /// Title and address of the pair the examples are of.
    of: Option<(String, String)>,
}

impl MethodsPage {
    fn example(&self, section: &str) -> Option<&Prose> {
        self.examples.get(section)
    }
}

pub(in crate::web) async fn methods(State(desk): State<Arc<Desk>>, origin: Origin) -> PageResult {
    let description = "What every figure means, how it is computed, and what it does not say.";
    let mut page = MethodsPage {
        shell: Shell::of(&desk, "Methods", description).await.from(&origin).at("/methods"),
        examples: Examples::default(),
        of: None,
    };
    for (a, b) in SEEDS {
        let (Some(a), Some(b)) = (desk.catalog().metric(a), desk.catalog().metric(b)) else { continue };
        let comparison = desk.comparison_of(a, b, None).await?;
        if comparison.apart.is_none() {
            let slug = format!("{}-vs-{}", a.id, b.id);
            page.examples = examples(&comparison, &slug);
            page.of = Some((format!("{} vs {}", a.label, b.label), format!("/compare/{slug}")));
            break;
        }
    }
    show(&page)
}
