//! What a reader’s own pairs and metrics did.

use std::sync::Arc;

use super::{Line, Number, Part};
use crate::desk::Desk;
use crate::format::{self, Measure, Style};
use crate::settings::pair_slug;
use crate::web::view::compare::lede;

/// The list of one reader; what cannot be told is left out, for it may come back.
pub(crate) async fn pair_lines(desk: &Arc<Desk>, pairs: &[String], metrics: &[String]) -> Part {
    let mut lines = Vec::new();
    for pair in pairs {
        let Some((a, b)) = crate::api::split_pair(pair) else { continue };
        let Ok(comparison) = desk.comparison(a, b, None).await else { continue };
        let (a, b) = (&comparison.a.metric, &comparison.b.metric);
        let day = comparison.as_of.map(|day| format!(" {}.", format::day(day))).unwrap_or_default();
        lines.push(Line {
            title: format!("{} vs {}", a.label, b.label),
            href: format!("/compare/{}", pair_slug(desk.catalog(), &a.id, &b.id)),
            text: format!("{}{day}", lede(&comparison).plain()),
            ..Line::default()
        });
    }
    for id in metrics {
        let Ok(view) = desk.metric(id, None).await else { continue };
        let style = Style::of("change.1obs", Measure::of(&view.metric));
        let text = format::figure_or_missing(view.figures.get("change.1obs"), style).text;
        lines.push(Line {
            title: view.metric.short.clone(),
            href: format!("/metrics/{}", view.metric.id),
            number: Some(Number { figure: "change.1obs".into(), kind: "metric".into(), id: id.clone(), text }),
            text: view.freshness.last.map(format::day).unwrap_or_default(),
            ..Line::default()
        });
    }
    Part { title: "Yours".to_owned(), note: String::new(), lines }
}
