//! What a reader asks for: `?series=a,b` and `?pair=a-vs-b`, each as often as wanted; nothing asks for everything.

use convex_core::catalog::Metric;
use url::form_urlencoded;

use crate::api::Problem;
use crate::api::query::{shortened, split_pair};
use crate::desk::Desk;
use crate::live::Filter;

/// Names one stream may ask for: more than any page shows.
const MOST: usize = 100;

pub(super) async fn filter(desk: &Desk, query: &str) -> Result<Filter, Problem> {
    let mut ids: Vec<String> = Vec::new();
    let mut asks_for_some = false;
    for (key, value) in form_urlencoded::parse(query.as_bytes()) {
        let names: Vec<&str> = match key.as_ref() {
            "series" => value.split(',').map(str::trim).filter(|name| !name.is_empty()).collect(),
            "pair" => {
                let (a, b) = split_pair(value.trim()).ok_or_else(|| {
                    Problem::bad_request(format!("pair: \"{}\" is not of the form a-vs-b", shortened(&value)))
                })?;
                vec![a, b]
            }
            _ => continue,
        };
        asks_for_some = true;
        if ids.len() + names.len() > MOST {
            return Err(Problem::bad_request(format!("series: one stream tells of at most {MOST} series")));
        }
        for name in names {
            let metric = desk.resolve(&shortened(name)).await?;
            ids.extend(heard_as(&metric));
        }
    }
    match (asks_for_some, ids.is_empty()) {
        (false, _) => Ok(Filter::All),
        (true, true) => {
            Err(Problem::bad_request("series: no name in it; name some, as in ?series=btc,eth, or leave it out"))
        }
        (true, false) => Ok(Filter::series(ids)),
    }
}

/// The metric, and the one whose values within the day stand beside its close.
fn heard_as(metric: &Metric) -> impl Iterator<Item = String> {
    [Some(metric.id.clone()), metric.live.clone()].into_iter().flatten()
}
