//! What search engines read: the same words as the page, in their vocabulary (schema.org).

use serde_json::{Value, json};

use super::questions::Question;

/// The questions of a page.
pub(in crate::web) fn faq(questions: &[Question]) -> String {
    let entry = |question: &Question| {
        json!({
            "@type": "Question",
            "name": question.asked,
            "acceptedAnswer": { "@type": "Answer", "text": question.answer.plain() },
        })
    };
    let entries: Vec<Value> = questions.iter().map(entry).collect();
    script(&json!({ "@context": "https://schema.org", "@type": "FAQPage", "mainEntity": entries }))
}

/// A page of numbers.
#[derive(Clone, Debug, Default)]
pub(in crate::web) struct Dataset<'a> {
    pub(in crate::web) name: &'a str,
    pub(in crate::web) description: &'a str,
    pub(in crate::web) address: String,
    /// First and last day, `2000-05-26/2025-12-31`.
    pub(in crate::web) span: String,
    /// Media type and address of each form the numbers come in.
    pub(in crate::web) files: Vec<(&'static str, String)>,
    pub(in crate::web) measured: Vec<&'static str>,
    /// Whose data they are.
    pub(in crate::web) sources: Vec<String>,
}

/// The numbers of a page as a data set.
pub(in crate::web) fn dataset(of: &Dataset<'_>) -> String {
    let files = of
        .files
        .iter()
        .map(|(kind, address)| json!({ "@type": "DataDownload", "encodingFormat": kind, "contentUrl": address }));
    let files: Vec<Value> = files.collect();
    script(&json!({
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": of.name,
        "description": of.description,
        "url": of.address,
        "temporalCoverage": of.span,
        "variableMeasured": of.measured,
        "creator": { "@type": "Organization", "name": "Convex" },
        "creditText": of.sources.join("; "),
        "isAccessibleForFree": true,
        "distribution": files,
    }))
}

/// The way from the first page to this one.
pub(in crate::web) fn breadcrumbs(origin: &str, way: &[(&str, &str)]) -> String {
    let steps = way.iter().enumerate().map(|(at, (name, path))| {
        json!({ "@type": "ListItem", "position": at + 1, "name": name, "item": format!("{origin}{path}") })
    });
    let steps: Vec<Value> = steps.collect();
    script(&json!({ "@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": steps }))
}

/// As the content of a script element, which ends at the first `</` whatever stands around it.
fn script(value: &Value) -> String {
    value.to_string().replace('<', "\\u003c")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_can_end_the_element() {
        let set = Dataset { name: "</script><b>", ..Dataset::default() };
        assert!(!dataset(&set).contains('<'));
        assert!(breadcrumbs("https://c.example", &[("Today", "/")]).contains("\"https://c.example/\""));
    }
}
