//! Feeds for those who want no mail: Atom, JSON Feed, and expected releases as a calendar.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use convex_core::Day;
use convex_core::catalog::Cadence;
use convex_core::change::change;
use convex_core::figure::{Estimate, Unit};
use convex_core::freshness::{due, next_expected};
use icalendar::{Calendar, Component, Event};
use jiff::Timestamp;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event as Xml};

use crate::desk::Desk;
use crate::format::{self, Measure, Style};
use crate::settings::pair_slug;
use crate::web::digest::Content;
use crate::web::errors::{PageError, PageResult};
use crate::web::origin::Origin;

/// Entries of a feed.
const MOST: usize = 50;
/// Releases ahead, of each series.
const AHEAD: usize = 3;

/// One entry.
#[derive(Clone, Debug)]
struct Entry {
    /// Its address, which is also what it is told apart by.
    address: String,
    title: String,
    text: String,
    at: Timestamp,
}

/// The digests.
pub(in crate::web) async fn atom(State(desk): State<Arc<Desk>>, origin: Origin) -> PageResult {
    let entries = digests(&desk, &origin).await?;
    feed(&desk, &origin, "Convex: daily digest", "/feed.xml", "/digest", &entries).await
}

/// The same as JSON Feed.
pub(in crate::web) async fn json(State(desk): State<Arc<Desk>>, origin: Origin) -> PageResult {
    let entries = digests(&desk, &origin).await?;
    let items = entries.iter().map(|entry| {
        serde_json::json!({
            "id": entry.address, "url": entry.address, "title": entry.title, "content_text": entry.text,
            "date_published": entry.at.to_string(),
        })
    });
    let feed = serde_json::json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": titled(&desk, "Convex: daily digest").await,
        "home_page_url": format!("{}/digest", origin.0),
        "feed_url": format!("{}/feed.json", origin.0),
        "items": items.collect::<Vec<_>>(),
    });
    let headers = [(header::CONTENT_TYPE, "application/feed+json"), (header::CACHE_CONTROL, "max-age=300")];
    Ok((headers, feed.to_string()).into_response())
}

async fn digests(desk: &Desk, origin: &Origin) -> Result<Vec<Entry>, PageError> {
    let newest = desk.readers().digests(MOST as u32).await.map_err(super::reader::failed)?;
    let entry = |(day, at, text): (Day, Timestamp, String)| {
        let content: Content = serde_json::from_str(&text).ok()?;
        let text = content.parts.iter().map(|part| {
            let lines: Vec<String> =
                part.lines.iter().map(|line| format!("- {}: {}", line.title, line.words())).collect();
            format!("{}\n{}", part.title, lines.join("\n"))
        });
        let text = std::iter::once(content.lead.clone()).chain(text).collect::<Vec<_>>().join("\n\n");
        Some(Entry { address: format!("{}/digest/{day}", origin.0), title: content.subject, text, at })
    };
    Ok(newest.into_iter().filter_map(entry).collect())
}

/// Every pair that began to be marked in the tested lists.
pub(in crate::web) async fn divergences(State(desk): State<Arc<Desk>>, origin: Origin) -> PageResult {
    let entries = marks(&desk, &origin, None).await?;
    feed(&desk, &origin, "Convex: divergences", "/feeds/divergences.xml", "/screen", &entries).await
}

/// The same of one pair.
pub(in crate::web) async fn of_pair(
    State(desk): State<Arc<Desk>>,
    origin: Origin,
    Path(file): Path<String>,
) -> PageResult {
    let pair = file.strip_suffix(".xml").ok_or(PageError::NotFound)?;
    let (a, b) = crate::api::split_pair(pair).ok_or(PageError::NotFound)?;
    let (a, b) = (desk.resolve(a).await?, desk.resolve(b).await?);
    let slug = pair_slug(desk.catalog(), &a.id, &b.id);
    let entries = marks(&desk, &origin, Some(&slug)).await?;
    let title = format!("Convex: {} vs {}", a.short, b.short);
    feed(&desk, &origin, &title, &format!("/feeds/compare/{slug}.xml"), &format!("/compare/{slug}"), &entries).await
}

/// Marks of kept lists, each from the first day it stood; the newest first.
async fn marks(desk: &Desk, origin: &Origin, only: Option<&str>) -> Result<Vec<Entry>, PageError> {
    let name = |id: &str| desk.catalog().metric(id).map_or_else(|| id.to_owned(), |metric| metric.label.clone());
    let mut entries = Vec::new();
    for mark in desk.marks().await? {
        let slug = format!("{}-vs-{}", mark.test.a, mark.test.b);
        if only.is_some_and(|only| only != slug) {
            continue;
        }
        let title = format!("{} vs {}", name(&mark.test.a), name(&mark.test.b));
        let what = match mark.test.question.as_str() {
            "divergence" => "gap is wide",
            "correlation_change" => "correlation changed",
            _ => "gap moved",
        };
        let p = format::figure(
            &Estimate::number(mark.test.p_family, Unit::Probability, 1, (mark.day, mark.day), ""),
            Style::Plain,
        );
        entries.push(Entry {
            address: format!("{}/compare/{slug}?as_of={}#{}", origin.0, mark.day, mark.test.question),
            title: format!("{title}: {what}, {}", format::day(mark.day)),
            text: format!(
                "Statistic {}, p {} within the family of its day; last common day {}.",
                format::signed(mark.test.statistic, 2),
                p.text,
                format::day(mark.test.last)
            ),
            at: mark.made,
        });
    }
    entries.reverse();
    entries.truncate(MOST);
    Ok(entries)
}

/// The last observations of a metric: values where its licence lets them be passed on, else changes alone.
pub(in crate::web) async fn of_metric(
    State(desk): State<Arc<Desk>>,
    origin: Origin,
    Path(file): Path<String>,
) -> PageResult {
    let id = file.strip_suffix(".xml").ok_or(PageError::NotFound)?;
    let view = desk.metric(id, None).await?;
    let metric = &view.metric;
    let may_show = metric.licence.may_be_passed_on() || view.sample;
    let (days, values) = (view.series.days(), view.series.values());
    let style = Style::of("change.1obs", Measure::of(metric));
    let mut entries = Vec::new();
    for at in (1..days.len()).rev().take(MOST) {
        let day = days[at];
        let unit = match metric.change {
            convex_core::catalog::ChangeKind::Log => Unit::Fraction,
            convex_core::catalog::ChangeKind::Difference => Unit::Own(metric.unit),
        };
        let moved = change(metric.change, values[at - 1], values[at]);
        let moved = moved.map(|moved| if unit == Unit::Fraction { moved.exp_m1() } else { moved });
        let shown =
            |value: f64, unit, style| format::figure(&Estimate::number(value, unit, 1, (day, day), ""), style).text;
        let moved = moved.map_or_else(|| format::MISSING.to_owned(), |moved| shown(moved, unit, style));
        let value = may_show.then(|| {
            format!("{} {}, ", shown(values[at], Unit::Own(metric.unit), Style::Plain), format::unit_words(metric.unit))
        });
        let published = due(metric, day).min(desk.now());
        entries.push(Entry {
            address: format!("{}/metrics/{}?as_of={day}", origin.0, metric.id),
            title: format!("{}: {}{moved}, {}", metric.short, value.clone().unwrap_or_default(), format::day(day)),
            text: format!("{}{moved} from the observation before.", value.unwrap_or_default()),
            at: published,
        });
    }
    let (title, path) = (format!("Convex: {}", metric.short), format!("/feeds/metrics/{}.xml", metric.id));
    feed(&desk, &origin, &title, &path, &format!("/metrics/{}", metric.id), &entries).await
}

async fn titled(desk: &Desk, title: &str) -> String {
    if desk.is_sample().await { format!("Simulated: {title}") } else { title.to_owned() }
}

async fn feed(desk: &Desk, origin: &Origin, title: &str, path: &str, home: &str, entries: &[Entry]) -> PageResult {
    let title = titled(desk, title).await;
    let xml = written(&origin.0, &title, path, home, entries).map_err(|error| {
        tracing::error!(%error, "a feed could not be written");
        PageError::Internal
    })?;
    let headers =
        [(header::CONTENT_TYPE, "application/atom+xml; charset=utf-8"), (header::CACHE_CONTROL, "max-age=300")];
    Ok((headers, xml).into_response())
}

/// Atom (RFC 4287). A feed without entries was last changed at the beginning of time.
fn written(origin: &str, title: &str, path: &str, home: &str, entries: &[Entry]) -> std::io::Result<Vec<u8>> {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 1);
    writer.write_event(Xml::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    let updated = entries.iter().map(|entry| entry.at).max().unwrap_or(Timestamp::UNIX_EPOCH).to_string();
    let feed = writer.create_element("feed").with_attribute(("xmlns", "http://www.w3.org/2005/Atom"));
    feed.write_inner_content(|writer| {
        let text = |writer: &mut Writer<Vec<u8>>, name: &str, text: &str| {
            // Letters that no XML may hold come from nowhere but names of the operator's own.
            let tame: String = text.chars().filter(|c| !c.is_control() || *c == '\n').collect();
            writer.create_element(name).write_text_content(BytesText::new(&tame)).map(|_| ())
        };
        text(writer, "id", &format!("{origin}{path}"))?;
        text(writer, "title", title)?;
        text(writer, "updated", &updated)?;
        let link = |writer: &mut Writer<Vec<u8>>, rel: &str, href: &str| {
            writer.create_element("link").with_attributes([("rel", rel), ("href", href)]).write_empty().map(|_| ())
        };
        link(writer, "self", &format!("{origin}{path}"))?;
        link(writer, "alternate", &format!("{origin}{home}"))?;
        writer.create_element("author").write_inner_content(|writer| text(writer, "name", "Convex"))?;
        for entry in entries {
            writer.create_element("entry").write_inner_content(|writer| {
                text(writer, "id", &entry.address)?;
                text(writer, "title", &entry.title)?;
                text(writer, "updated", &entry.at.to_string())?;
                link(writer, "alternate", &entry.address)?;
                text(writer, "summary", &entry.text)
            })?;
        }
        Ok(())
    })?;
    Ok(writer.into_inner())
}

/// Expected releases: the next ones of every series that is published weekly or monthly.
pub(in crate::web) async fn calendar(State(desk): State<Arc<Desk>>, origin: Origin) -> Result<Response, PageError> {
    let rows = desk.overview().await?;
    let mut calendar = Calendar::new();
    calendar.name(&titled(&desk, "Convex: expected releases").await);
    for row in rows.iter().filter(|row| matches!(row.metric.cadence, Cadence::Weekly | Cadence::Monthly)) {
        let (metric, Some((mut last, _))) = (&row.metric, row.last) else { continue };
        if row.freshness.due.is_none() {
            continue;
        }
        for _ in 0..AHEAD {
            last = next_expected(metric, last);
            if metric.discontinued.is_some_and(|end| last > end) {
                break;
            }
            let at = due(metric, last);
            let stamp = |at: Timestamp| at.strftime("%Y%m%dT%H%M%SZ").to_string();
            let mut event = Event::new();
            event
                .uid(&format!("{}-{last}@convex", metric.id))
                .summary(&format!("{} expected", metric.short))
                .description(&format!(
                    "For {}. The time is when it should be had at the latest.\n{}/metrics/{}",
                    format::day(last),
                    origin.0,
                    metric.id
                ))
                .add_property("DTSTAMP", stamp(desk.now()))
                .add_property("DTSTART", stamp(at))
                .add_property("DTEND", stamp(at));
            calendar.push(event.done());
        }
    }
    let headers = [(header::CONTENT_TYPE, "text/calendar; charset=utf-8"), (header::CACHE_CONTROL, "max-age=3600")];
    Ok((headers, calendar.to_string()).into_response())
}
