//! A letter, and its form on the wire: text, the same in HTML, pictures inside.

use jiff::Timestamp;
use lettre::Message;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Attachment, Mailbox, MultiPart, SinglePart};

/// A letter to one reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// Where it goes.
    pub to: String,
    /// Subject line.
    pub subject: String,
    /// The text, complete by itself.
    pub text: String,
    /// The same in HTML; `None` for readers who want text alone.
    pub html: Option<String>,
    /// Pictures the HTML names by `cid:`.
    pub pictures: Vec<Picture>,
    /// Where one click ends the subscription; `None` for mail that belongs to none.
    pub unsubscribe: Option<String>,
    /// Told apart by this, however often it is sent.
    pub key: String,
}

/// A picture within a letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Its name in the HTML.
    pub name: String,
    /// Its bytes.
    pub png: Vec<u8>,
}

/// Why a letter cannot be put on the wire.
#[derive(Debug, thiserror::Error)]
pub enum Unwritable {
    /// An address that is none.
    #[error("the address cannot be written to")]
    Address(#[from] lettre::address::AddressError),
    /// Something in it cannot stand in a mail.
    #[error("the letter cannot be written: {0}")]
    Form(String),
}

impl Letter {
    /// The letter as a message of a sender, written at an instant.
    pub fn message(&self, from: &Mailbox, now: Timestamp) -> Result<Message, Unwritable> {
        let to = Mailbox::new(None, self.to.parse()?);
        let host = from.email.domain();
        let mut builder = Message::builder()
            .from(from.clone())
            .to(to)
            // A subject is one line whatever it was made of; the library encodes what is left.
            .subject(self.subject.split(['\r', '\n']).next().unwrap_or_default())
            .date(std::time::SystemTime::from(now))
            .message_id(Some(format!("<{}@{host}>", identity(&self.key))));
        let raw = |name: &'static str, value: &str| {
            HeaderName::new_from_ascii(name.to_owned())
                .map(|name| HeaderValue::new(name, value.to_owned()))
                .map_err(|error| Unwritable::Form(error.to_string()))
        };
        builder = builder.raw_header(raw("Auto-Submitted", "auto-generated")?);
        if let Some(address) = &self.unsubscribe {
            builder = builder
                .raw_header(raw("List-Id", &format!("<digest.{host}>"))?)
                .raw_header(raw("List-Unsubscribe", &format!("<{address}>"))?)
                .raw_header(raw("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")?);
        }
        let text = SinglePart::plain(self.text.clone());
        let made = match &self.html {
            None => builder.singlepart(text),
            Some(html) => {
                let mut related = MultiPart::related().singlepart(SinglePart::html(html.clone()));
                for picture in &self.pictures {
                    let kind = ContentType::parse("image/png").map_err(|error| Unwritable::Form(error.to_string()))?;
                    let part = Attachment::new_inline(picture.name.clone()).body(picture.png.clone(), kind);
                    related = related.singlepart(part);
                }
                builder.multipart(MultiPart::alternative().singlepart(text).multipart(related))
            }
        };
        made.map_err(|error| Unwritable::Form(error.to_string()))
    }
}

/// The same for the same key: a letter that comes twice is seen to be one.
fn identity(key: &str) -> String {
    use sha2::{Digest, Sha256};
    super::sign::hex(&Sha256::digest(key.as_bytes())[..16])
}

#[cfg(test)]
mod tests {
    use mail_parser::{MessageParser, MimeHeaders};

    use super::*;

    fn letter() -> Letter {
        Letter {
            to: "jörg@example.org".into(),
            subject: "Gold −1.3 % – « wide »\r\nBcc: x@y.z".into(),
            text: "Gold −1.3 %\nhttps://c.example/unsubscribe/abc\n".into(),
            html: Some("<p>Gold −1.3 %<img src=\"cid:one\" alt=\"x\"></p>".into()),
            pictures: vec![Picture { name: "one".into(), png: vec![137, 80, 78, 71, 0, 255, 13, 10] }],
            unsubscribe: Some("https://c.example/unsubscribe/abc".into()),
            key: "digest 2025-12-31 7".into(),
        }
    }

    #[test]
    fn another_parser_reads_what_was_written() {
        let from: Mailbox = "Convex <digest@c.example>".parse().unwrap();
        let bytes = letter().message(&from, Timestamp::from_second(1_767_168_000).unwrap()).unwrap().formatted();
        let read = MessageParser::default().parse(&bytes).unwrap();
        assert_eq!(read.subject(), Some("Gold −1.3 % – « wide »"));
        assert!(read.bcc().is_none());
        assert_eq!(read.body_text(0).unwrap().replace("\r\n", "\n"), letter().text);
        assert_eq!(read.body_html(0).unwrap().trim_end(), letter().html.unwrap());
        let picture = read.attachments().next().unwrap();
        assert_eq!((picture.contents(), picture.content_id()), (&letter().pictures[0].png[..], Some("one")));
        assert_eq!(read.header_raw("List-Unsubscribe-Post").unwrap().trim(), "List-Unsubscribe=One-Click");
        assert_eq!(read.header_raw("List-Unsubscribe").unwrap().trim(), "<https://c.example/unsubscribe/abc>");
        let again = letter().message(&from, Timestamp::from_second(9).unwrap()).unwrap().formatted();
        assert_eq!(read.message_id(), MessageParser::default().parse(&again).unwrap().message_id());
        let lines = String::from_utf8(bytes).unwrap();
        assert!(lines.split("\r\n").all(|line| line.len() <= 998 && !line.contains('\n')));
    }
}
