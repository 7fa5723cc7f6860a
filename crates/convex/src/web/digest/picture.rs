//! The picture of a digest: the card of the pair that heads it, on a ground of its own so that it is read on any other.

use std::sync::Arc;

use convex_core::Day;

use crate::chart::Stack;
use crate::desk::Desk;
use crate::format;
use crate::og::{Card, card, png};
use crate::settings::Query;
use crate::web::view::compare::{card_values, lede};

/// Pixels for one of the drawing's: 600 by 315, sharp enough for a phone and small enough for a mail.
const ZOOM: f32 = 0.5;

/// The picture of a pair on a day; `None` if there is none, which no mail fails for.
pub(crate) async fn picture(desk: &Arc<Desk>, pair: &str, as_of: Option<Day>) -> Option<Vec<u8>> {
    let (a, b) = crate::api::split_pair(pair)?;
    let comparison = desk.comparison(a, b, as_of).await.ok()?;
    let settings = Query::read(None).settings().ok()?;
    let panels = desk.panels(&comparison, settings.options()).await.ok()?;
    let stack = Stack::of_comparison(&comparison, panels.as_deref(), settings.scale);
    let plot = stack.as_ref().and_then(|stack| {
        let named = |id: &str| stack.plots.iter().find(|plot| plot.id == id);
        named("gap").or_else(|| named("correlation")).map(|plot| (plot, stack.window, &stack.shading))
    });
    let (a, b) = (&comparison.a.metric, &comparison.b.metric);
    let drawn = card(&Card {
        kind: "Daily digest",
        title: &format!("{} vs {}", a.short, b.short),
        said: &lede(&comparison).plain(),
        values: card_values(&comparison),
        plot,
        foot: &comparison.as_of.map(format::day).unwrap_or_default(),
        sample: comparison.sample,
    });
    png(drawn, ZOOM).await.ok()
}
