//! From a name as people write it to the series it stands for.

use convex_core::catalog::Catalog;
use convex_core::{BadId, Basis, SeriesId, is_metric_id};

/// A series, and what the catalogue makes of its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedSeries {
    /// The series.
    pub id: SeriesId,
    /// Whether the catalogue has the metric.
    pub catalogued: bool,
}

/// The series meant by an id, a ticker or any other name the catalogue knows, with `.tr` behind it for total return.
pub fn named_series(catalog: &Catalog, text: &str) -> Result<NamedSeries, BadId> {
    let lower = text.trim().to_lowercase();
    let (name, basis) = match lower.strip_suffix(".tr") {
        Some(name) => (name, Basis::TotalReturn),
        None => (lower.as_str(), Basis::Price),
    };
    match catalog.resolve(name) {
        Some(metric) => Ok(NamedSeries { id: SeriesId { metric: metric.id.clone(), basis }, catalogued: true }),
        None if is_metric_id(name) => {
            Ok(NamedSeries { id: SeriesId { metric: name.to_owned(), basis }, catalogued: false })
        }
        None => Err(BadId(text.chars().take(60).collect())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_to_series() {
        let check = |text: &str, expected: Option<(&str, bool)>| {
            let named =
                named_series(Catalog::builtin(), text).ok().map(|named| (named.id.to_string(), named.catalogued));
            assert_eq!(named.as_ref().map(|(id, catalogued)| (id.as_str(), *catalogued)), expected, "{text}");
        };
        check("dia", Some(("dia", true)));
        check("DIA.TR", Some(("dia.tr", true)));
        check("vix", Some(("vixcls", true)));
        check("10Y-yield", Some(("dgs10", true)));
        check("my_fund", Some(("my_fund", false)));
        check("my_fund.tr", Some(("my_fund.tr", false)));
        check("my fund (1)", None);
        check("", None);
        check(".tr", None);
    }
}
