//! The same curve as a feed: entries with `NEW_DATE` and an element for each maturity, empty where there is none.

use super::Curve;
use super::tenor::Tenor;
use crate::Failure;
use crate::read::days::iso_day;
use crate::read::numbers::number;
use crate::read::xml::{Node, walk};

/// Reads a feed. One without an entry is what follows the last page.
pub(super) fn read(text: &str) -> Result<Curve, Failure> {
    let mut curve = Curve::default();
    let mut open = String::new();
    let mut date = String::new();
    let mut yields: Vec<(Tenor, String)> = Vec::new();
    let mut is_feed = false;
    walk(text, |node| {
        match node {
            Node::Open(element) => {
                open = element.name();
                is_feed |= open == "feed";
                yields.extend(Tenor::of_element(&open).map(|tenor| (tenor, String::new())));
            }
            Node::Text(text) if open == "NEW_DATE" => date.push_str(text.trim()),
            Node::Text(text) => {
                if let (Some(_), Some((_, value))) = (Tenor::of_element(&open), yields.last_mut()) {
                    value.push_str(text.trim());
                }
            }
            Node::Close("properties") => {
                let day = iso_day(&date).ok_or_else(|| Failure::malformed(format!("\"{date}\" is not a date")))?;
                // A day that only has the element for display had no curve.
                curve.days += usize::from(yields.iter().any(|(_, value)| !value.is_empty()));
                for (tenor, value) in yields.drain(..) {
                    let value = number(&value).map_err(|error| Failure::malformed(format!("{day}: {error}")))?;
                    curve.add(tenor, day, value);
                }
                date.clear();
            }
            Node::Close(_) => open.clear(),
        }
        Ok(())
    })?;
    if is_feed { Ok(curve) } else { Err(Failure::malformed("XML that is no feed")) }
}
