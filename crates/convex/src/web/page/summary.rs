//! `/compare/{pair}/summary.md` and `.txt`: the page in words one can paste.

use std::fmt::Write;
use std::sync::Arc;

use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderName, header};
use axum::response::IntoResponse;

use super::compare::{Asked, asked};
use crate::desk::Desk;
use crate::web::errors::{PageError, PageResult};
use crate::web::origin::Origin;
use crate::web::view::compare::{CompareView, Context, compare_view};
use crate::web::view::statistics::Cell;

pub(in crate::web) async fn summary(
    State(desk): State<Arc<Desk>>,
    origin: Origin,
    Path((pair, file)): Path<(String, String)>,
    RawQuery(raw): RawQuery,
) -> PageResult {
    let form = match file.as_str() {
        "summary.md" => Form::Markdown,
        "summary.txt" => Form::Text,
        _ => return Err(PageError::NotFound),
    };
    let Asked { comparison, panels, path, settings, .. } = match asked(&desk, &pair, raw.as_deref()).await? {
        Ok(asked) => asked,
        Err(elsewhere) => return Ok(elsewhere.to(&format!("/{file}"))),
    };
    let ages = desk.ages(&comparison, settings.as_of);
    let view = compare_view(
        &comparison,
        Context {
            catalog: desk.catalog(),
            panels: panels.as_deref(),
            ages: [&ages[0], &ages[1]],
            kin: &desk.kin().await?,
            origin: &origin.0,
            path: &path,
            settings,
        },
    );
    let kind = match form {
        Form::Markdown => "text/markdown; charset=utf-8",
        Form::Text => "text/plain; charset=utf-8",
    };
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, "no-cache"),
        (HeaderName::from_static("x-robots-tag"), "noindex"),
    ];
    Ok((headers, written(&view, form, comparison.sample)).into_response())
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Markdown,
    Text,
}

impl Form {
    fn heading(self, text: &str) -> String {
        match self {
            Self::Markdown => format!("\n## {text}\n\n"),
            Self::Text => format!("\n{}\n\n", text.to_uppercase()),
        }
    }

    fn strong(self, text: &str) -> String {
        if self == Self::Markdown { format!("**{text}**") } else { text.to_owned() }
    }
}

fn written(view: &CompareView, form: Form, sample: bool) -> String {
    let mark = if form == Form::Markdown { "# " } else { "" };
    let mut text = format!("{mark}{}\n\n{}\n", view.title, view.lede.plain());
    if sample {
        text.push_str("\nSimulated: no number here is the price of anything.\n");
    }
    text.push('\n');
    for tile in &view.tiles {
        let changes: Vec<String> =
            tile.changes.iter().map(|(label, shown)| format!("{label} {}", shown.plain())).collect();
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "- {}: {} {}, {} {}; {} ({})",
            form.strong(&tile.name),
            tile.value.plain(),
            tile.unit,
            tile.dated,
            tile.as_of.plain(),
            changes.join(", "),
            tile.age
        );
    }
    text.push_str(&form.heading("Questions asked of the two"));
    for row in &view.analysis {
        let _ = writeln!(text, "- {} {}: {}", row.question, form.strong(row.verdict), row.sentence.plain());
    }
    text.push_str(&form.heading("90-day statistics"));
    if form == Form::Markdown {
        let _ = writeln!(text, "| | {} | {} |\n|---|---:|---:|", view.label_a, view.label_b);
    }
    for row in &view.statistics.legs {
        let [a, b] = row.cells.each_ref().map(|cell| match cell {
            Cell::Figures(shown) => shown.iter().map(crate::web::shown::Shown::plain).collect::<Vec<_>>().join(", "),
            Cell::Words(words) => (*words).to_owned(),
        });
        let _ = match form {
            Form::Markdown => writeln!(text, "| {} | {a} | {b} |", row.label),
            Form::Text => writeln!(text, "{}: {} {a}; {} {b}", row.label, view.label_a, view.label_b),
        };
    }
    text.push_str(&form.heading("Source"));
    let _ = writeln!(text, "{}\n", view.cite.plain);
    for line in &view.sources.attribution {
        let _ = writeln!(text, "{line}");
    }
    text.push_str("Information only, no advice; past performance does not tell the future.\n");
    text
}
