//! `/methods`.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;

use crate::desk::Desk;
use crate::web::errors::{PageResult, show};
use crate::web::shell::Shell;

#[derive(Template)]
#[template(path = "methods.html")]
struct MethodsPage {
    shell: Shell,
}

pub(in crate::web) async fn methods(State(desk): State<Arc<Desk>>) -> PageResult {
    let description = "What every figure means, how it is computed, and what it does not say.";
    show(&MethodsPage { shell: Shell::of(&desk, "Methods", description).await.at("/methods") })
}
