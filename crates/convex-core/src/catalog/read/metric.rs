//! One `[[metric]]` of a catalogue file.

use std::sync::Arc;

use jiff::tz::TimeZoneDatabase;
use toml::de::DeTable;

use super::fields::{Fields, found, plain};
use super::mistake::Report;
use super::time;
use super::vetting;
use super::{MetricEntry, Place};
use crate::catalog::lookup::fold;
use crate::catalog::{Cadence, Metric, OffDays, RiskSign, SourceRef, TradingCalendar};
use crate::{Basis, is_metric_id};

const KEYS: [&str; 29] = [
    "id",
    "aliases",
    "name",
    "short",
    "label",
    "noun",
    "definition",
    "category",
    "cadence",
    "unit",
    "change",
    "role",
    "risk",
    "calendar",
    "close",
    "publication_lag_days",
    "available",
    "off_days",
    "plausible",
    "largest_change",
    "frozen_after",
    "currency",
    "basis",
    "proxy",
    "live",
    "sources",
    "licence",
    "started",
    "discontinued",
];

/// Ten years: beyond that a lag is a slip of the pen.
const LONGEST_LAG: u16 = 3650;

/// Reads the table; `None` if anything in it is wrong, which is then in the report. The id comes back either way.
pub(super) fn metric(
    table: &DeTable<'_>,
    offset: usize,
    place: &Place,
    zones: &TimeZoneDatabase,
    report: &mut Report<'_>,
) -> (Option<String>, Option<MetricEntry>) {
    let before = report.count();
    let named = table.get("id").and_then(|id| id.get_ref().as_str()).map(plain);
    let subject = named.as_ref().map_or("a metric without id".to_owned(), |id| format!("metric \"{id}\""));
    let mut fields = Fields::new(table, offset, subject, report);
    let metric = read(&mut fields, zones);
    let alias_lines = alias_lines(&fields);
    let entry = metric.filter(|_| report.count() == before).map(|metric| MetricEntry {
        metric: Arc::new(metric),
        place: place.clone(),
        alias_lines,
    });
    (named, entry)
}

fn read(fields: &mut Fields<'_, '_, '_>, zones: &TimeZoneDatabase) -> Option<Metric> {
    fields.only(&KEYS);
    let id = id(fields);
    let aliases = aliases(fields);
    let name = fields.text("name");
    let short = fields.optional_text("short").or_else(|| name.clone());
    let label = fields.optional_text("label").or_else(|| id.as_deref().map(str::to_uppercase));
    let noun = fields.optional_text("noun").or_else(|| label.clone());
    let definition = fields.text("definition");
    let category = fields.word("category");
    let cadence = fields.word("cadence");
    let unit = fields.word("unit");
    let change = fields.word("change");
    let role = fields.word("role");
    let risk = fields.optional_word("risk").unwrap_or(RiskSign::None);
    let calendar = fields.optional_word("calendar");
    let close = time::close(fields, zones);
    let available = time::available(fields, zones);
    let publication_lag_days = publication_lag(fields, cadence);
    let off_days = fields.optional_word("off_days");
    let plausible = vetting::plausible(fields);
    let largest_change = vetting::largest_change(fields);
    let frozen_after = fields.optional_count("frozen_after", vetting::LONGEST_STANDSTILL);
    let currency = currency(fields, unit);
    let basis = basis(fields);
    let proxy = fields.optional_text("proxy");
    let live = fields.optional_text("live");
    let sources = sources(fields);
    let licence = fields.word("licence");
    let (started, discontinued) = life(fields);
    let cadence = cadence?;
    let calendar = calendar.unwrap_or(usual_calendar(cadence));
    Some(Metric {
        id: id?,
        aliases,
        name: name?,
        short: short?,
        label: label?,
        noun: noun?,
        definition: definition?,
        category: category?,
        cadence,
        unit: unit?,
        change: change?,
        role: role?,
        risk,
        calendar,
        close,
        publication_lag_days,
        available,
        off_days: off_days.unwrap_or(OffDays::usual(calendar)),
        plausible,
        largest_change,
        frozen_after,
        currency,
        basis,
        proxy,
        live,
        sources,
        licence: licence?,
        started,
        discontinued,
        catalogued: true,
    })
}

fn usual_calendar(cadence: Cadence) -> TradingCalendar {
    match cadence {
        Cadence::Weekly | Cadence::Monthly => TradingCalendar::Release,
        Cadence::RealTime | Cadence::Delayed | Cadence::Daily => TradingCalendar::Nyse,
    }
}

fn id(fields: &mut Fields<'_, '_, '_>) -> Option<String> {
    let id = fields.text("id")?;
    if !is_metric_id(&id) {
        let rule = "use 1 to 40 of a-z 0-9 _ -, starting with a letter or digit, without \"-vs-\"";
        fields.report.add(fields.offset_of("id"), format!("\"{id}\" cannot be an id: {rule}"));
        return None;
    }
    Some(id)
}

fn aliases(fields: &mut Fields<'_, '_, '_>) -> Vec<String> {
    let mut aliases = Vec::new();
    for item in fields.list("aliases") {
        let at = item.span().start;
        let Some(alias) = item.get_ref().as_str() else {
            fields.report.add(at, format!("{} instead of an alias in quotes", found(item.get_ref())));
            continue;
        };
        if alias.chars().any(|c| c.is_uppercase() || c.is_control()) || alias.trim() != alias {
            fields.report.add(at, format!("alias {alias:?} must be lower case, without spaces around it"));
        } else if fold(alias).is_empty() || alias.chars().count() > 60 || alias.contains("-vs-") {
            let rule = "use 1 to 60 characters with a letter or digit among them, without \"-vs-\"";
            fields.report.add(at, format!("\"{alias}\" cannot be an alias: {rule}"));
        } else {
            aliases.push(alias.to_owned());
        }
    }
    aliases
}

fn alias_lines(fields: &Fields<'_, '_, '_>) -> Vec<usize> {
    let list = fields.value("aliases").and_then(|value| value.get_ref().as_array());
    list.map_or(Vec::new(), |list| list.iter().map(|item| fields.report.line(item.span().start)).collect())
}

/// A release whose lag is left out would be known before it was published, so it must say.
fn publication_lag(fields: &mut Fields<'_, '_, '_>, cadence: Option<Cadence>) -> u16 {
    let key = "publication_lag_days";
    if matches!(cadence, Some(Cadence::Weekly | Cadence::Monthly)) && fields.value(key).is_none() {
        fields.missing(key, "the days from the end of the period to its release");
    }
    fields.optional_count(key, LONGEST_LAG).unwrap_or(0)
}

fn currency(fields: &mut Fields<'_, '_, '_>, unit: Option<crate::catalog::MetricUnit>) -> Option<String> {
    let implied = unit.and_then(crate::catalog::MetricUnit::currency);
    let Some(typed) = fields.optional_text("currency") else { return implied.map(ToOwned::to_owned) };
    if typed.len() != 3 || !typed.bytes().all(|byte| byte.is_ascii_uppercase()) {
        fields.wrong("currency", format_args!("\"{typed}\" is not a currency: use three capital letters such as USD"));
    } else if let Some(implied) = implied.filter(|implied| *implied != typed) {
        fields.wrong("currency", format_args!("currency \"{typed}\" contradicts the unit, which is in {implied}"));
    }
    Some(typed)
}

fn basis(fields: &mut Fields<'_, '_, '_>) -> Basis {
    match fields.optional_text("basis").as_deref() {
        None | Some("price") => Basis::Price,
        Some("total-return") => Basis::TotalReturn,
        Some(typed) => {
            let message = format!("unknown basis \"{typed}\": use price or total-return");
            fields.report.add(fields.offset_of("basis"), message);
            Basis::Price
        }
    }
}

fn sources(fields: &mut Fields<'_, '_, '_>) -> Vec<SourceRef> {
    let items = fields.list("sources");
    let read = |item| {
        fields.inner("sources", item, |source| {
            source.only(&["provider", "symbol"]);
            let provider = source.word("provider");
            let symbol = source.text("symbol");
            Some(SourceRef { provider: provider?, symbol: symbol? })
        })
    };
    items.iter().filter_map(read).collect()
}

fn life(fields: &mut Fields<'_, '_, '_>) -> (Option<crate::Day>, Option<crate::Day>) {
    let started = fields.optional_day("started");
    let discontinued = fields.optional_day("discontinued");
    if let (Some(first), Some(last)) = (started, discontinued)
        && last < first
    {
        fields.wrong("discontinued", format_args!("discontinued on {last}, before it started on {first}"));
    }
    (started, discontinued)
}
