//! XML bodies, walked through element by element.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::Failure;

/// What stands at one place of a body.
#[derive(Debug)]
pub(crate) enum Node<'a> {
    /// An element begins.
    Open(Element<'a>),
    /// Text within the element that began last.
    Text(&'a str),
    /// An element ends; its name without a prefix.
    Close(&'a str),
}

/// The beginning of an element.
#[derive(Debug)]
pub(crate) struct Element<'a>(&'a BytesStart<'a>);

impl Element<'_> {
    /// The name without a prefix.
    pub(crate) fn name(&self) -> String {
        self.0.local_name().as_ref().to_owned()
    }

    /// An attribute.
    pub(crate) fn attribute(&self, name: &str) -> Option<String> {
        let attribute = self.0.try_get_attribute(name).ok()??;
        Some(attribute.value.into_owned())
    }
}

/// Shows each node of a whole body, in order.
///
/// # Errors
/// [`Failure::Malformed`] for what is no XML or ends early; what `see` returns.
pub(crate) fn walk(text: &str, mut see: impl FnMut(Node<'_>) -> Result<(), Failure>) -> Result<(), Failure> {
    let mut reader = Reader::from_str(text);
    let mut depth = 0_u32;
    let mut elements = 0_u64;
    loop {
        let at = reader.buffer_position();
        let malformed = |what: String| Failure::malformed(format!("byte {at}: {what}"));
        match reader.read_event().map_err(|error| malformed(error.to_string()))? {
            Event::Start(start) => {
                depth += 1;
                elements += 1;
                see(Node::Open(Element(&start)))?;
            }
            Event::Empty(start) => {
                elements += 1;
                see(Node::Open(Element(&start)))?;
                see(Node::Close(start.local_name().as_ref()))?;
            }
            Event::Text(text) => see(Node::Text(text.as_ref()))?,
            Event::End(end) => {
                depth = depth.saturating_sub(1);
                see(Node::Close(end.local_name().as_ref()))?;
            }
            Event::Eof if depth > 0 || elements == 0 => return Err(malformed("the answer ends early".to_owned())),
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Result<&str, &str>) {
        let mut seen = Vec::new();
        let found = walk(text, |node| {
            seen.push(match node {
                Node::Open(element) => format!("<{} {}", element.name(), element.attribute("a").unwrap_or_default()),
                Node::Text(text) => text.to_owned(),
                Node::Close(name) => format!("{name}>"),
            });
            Ok(())
        });
        let found = found.map(|()| seen.join("|")).map_err(|failure| failure.to_string());
        assert_eq!(found, expected.map(ToOwned::to_owned).map_err(ToOwned::to_owned), "{text}");
    }

    #[test]
    fn elements_in_order() {
        check("<?xml version='1.0'?><r><d:x a='1'>2</d:x><y a=\"3\"/></r>", Ok("<r |<x 1|2|x>|<y 3|y>|r>"));
        check("<r><x>1</x>", Err("unreadable: byte 11: the answer ends early"));
        check("<?xml version='1.0'?>", Err("unreadable: byte 21: the answer ends early"));
        assert!(walk("<r><x></r>", |_| Ok(())).is_err());
        assert!(walk("<r><x", |_| Ok(())).is_err());
    }
}
