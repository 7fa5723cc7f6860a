//! A digest as a letter: text and HTML of the same content.

use askama::Template;

use super::{Content, Part};
use crate::mail::{Letter, Picture};

/// To whom, and the addresses that stand at its foot.
#[derive(Clone, Debug)]
pub(crate) struct About<'a> {
    /// Where it goes.
    pub(crate) to: &'a str,
    /// Text alone.
    pub(crate) plain: bool,
    /// Scheme and host of the site.
    pub(crate) origin: &'a str,
    /// Where the reader changes what they chose.
    pub(crate) manage: &'a str,
    /// Where the reader ends it.
    pub(crate) unsubscribe: &'a str,
    /// Who sends this.
    pub(crate) imprint: &'a str,
    /// Told apart by this.
    pub(crate) key: &'a str,
}

#[derive(Template)]
#[template(path = "mail/digest.html")]
struct Html<'a> {
    content: &'a Content,
    parts: &'a [&'a Part],
    about: &'a About<'a>,
    has_picture: bool,
}

/// The letter of one reader. `yours` stands first where it has lines.
pub(crate) fn letter(content: &Content, yours: Option<&Part>, png: Option<&[u8]>, about: &About<'_>) -> Letter {
    let yours = yours.filter(|part| !part.lines.is_empty());
    let parts: Vec<&Part> = yours.into_iter().chain(&content.parts).collect();
    let html = Html { content, parts: &parts, about, has_picture: png.is_some() };
    let html = if about.plain { None } else { html.render().ok() };
    let pictures = png.filter(|_| html.is_some()).map(|png| Picture { name: "chart".to_owned(), png: png.to_vec() });
    Letter {
        to: about.to.to_owned(),
        subject: content.subject.clone(),
        text: text(content, &parts, about),
        html,
        pictures: pictures.into_iter().collect(),
        unsubscribe: Some(about.unsubscribe.to_owned()),
        key: about.key.to_owned(),
    }
}

fn text(content: &Content, parts: &[&Part], about: &About<'_>) -> String {
    let mut text = String::new();
    if content.sample {
        text.push_str("Simulated: no number here is the price of anything.\n\n");
    }
    text.push_str(&wrapped(&content.lead));
    if !content.picture_alt.is_empty() {
        let path = content.picture.as_deref().unwrap_or_default();
        text.push_str(&format!("\n{}: {}/compare/{path}\n", content.picture_alt, about.origin));
    }
    for part in parts {
        text.push_str(&format!("\n{}\n\n", part.title.to_uppercase()));
        if !part.note.is_empty() {
            text.push_str(&format!("{}\n", wrapped(&part.note)));
        }
        for line in &part.lines {
            let mark = if line.marked { "● " } else { "" };
            text.push_str(&wrapped(&format!("{mark}{}: {}", line.title, line.words())));
            text.push_str(&format!("  {}{}\n", about.origin, line.href));
        }
    }
    text.push_str(&format!("\nThis digest, for ever: {}/digest/{}\n", about.origin, content.day));
    if !about.manage.is_empty() {
        text.push_str(&format!("Change what you get: {}\nEnd it: {}\n", about.manage, about.unsubscribe));
    }
    if !content.sources.is_empty() {
        text.push_str(&format!("\nData: {}\n", content.sources.join("; ")));
    }
    text.push_str("Information only, no advice; past performance does not tell the future.\n");
    if !about.imprint.is_empty() {
        text.push_str(&format!("{}\n", about.imprint));
    }
    text
}

/// Lines of at most 76 letters.
fn wrapped(words: &str) -> String {
    format!("{}\n", textwrap::fill(words, textwrap::Options::new(76).break_words(false)))
}
