//! Figures and sentences as they stand in a page: each number in an element that names its figure.

use std::fmt;

use askama::filters::HtmlSafe;
use convex_core::figure::{Figure, Figures, Value, caution};

use crate::chart::escape;
use crate::format::{Direction, FigureText, Style, figure, figure_or_missing};

/// Whose figure it is, seen from the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Owner {
    /// The pair or metric the page is about.
    #[default]
    Page,
    /// Another pair, by its address.
    Pair(String),
    /// Another metric, by its id.
    Metric(String),
}

/// A figure in a page.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Shown {
    name: String,
    owner: Owner,
    text: FigureText,
    /// The number in full, for machines and for those who copy it.
    exact: Option<f64>,
    interval_name: Option<String>,
    /// What simulated markets say against the figure's interval or test.
    caution: Option<&'static str>,
    /// A missing figure says why only where there is room for it.
    says_why: bool,
}

impl Shown {
    pub(super) fn new(name: &str, owner: Owner, found: Option<&Figure>, style: Style) -> Self {
        let text = found.map_or_else(|| figure_or_missing(None, style), |found| figure(found, style));
        let exact = match found {
            Some(Ok(estimate)) => match estimate.value {
                Value::Number(number) => Some(number),
                _ => None,
            },
            _ => None,
        };
        let caution = match found {
            Some(Ok(estimate)) => caution(name, estimate.n),
            _ => None,
        };
        Self { name: name.to_owned(), owner, text, exact, interval_name: None, caution, says_why: true }
    }

    /// A figure among others, one of which may be its interval.
    pub(super) fn among(figures: &Figures, name: &str, owner: Owner, style: Style) -> Self {
        let shown = Self::new(name, owner, figures.get(name), style);
        Self { interval_name: interval_name(figures, name), ..shown }
    }

    /// A figure of the page in a text made elsewhere, as sentences of claims are.
    pub(super) fn with_text(figures: &Figures, name: &str, text: FigureText) -> Self {
        Self { text, ..Self::among(figures, name, Owner::Page, Style::Plain) }
    }

    /// The number or date without its interval.
    pub(super) fn bare(mut self) -> Self {
        self.text.interval = None;
        self
    }

    /// A missing figure as a dash alone; its reason stays in the title.
    pub(super) fn quiet(mut self) -> Self {
        self.says_why = false;
        self
    }

    pub(super) fn is_missing(&self) -> bool {
        self.text.reason.is_some()
    }

    pub(super) fn reason(&self) -> Option<&str> {
        self.text.reason.as_deref()
    }

    /// The text alone, for titles and for machines that read prose.
    pub(super) fn plain(&self) -> String {
        match &self.text.interval {
            Some(interval) => format!("{} {interval}", self.text.text),
            None => self.text.text.clone(),
        }
    }

    fn owner_attribute(&self) -> String {
        match &self.owner {
            Owner::Page => String::new(),
            Owner::Pair(pair) => format!(" data-pair=\"{}\"", escape(pair)),
            Owner::Metric(metric) => format!(" data-metric=\"{}\"", escape(metric)),
        }
    }
}

/// Under which name the interval of a figure is a figure of its own, if it is.
fn interval_name(figures: &Figures, name: &str) -> Option<String> {
    let interval = figures.estimate(name)?.interval?;
    let (group, leaf) = name.rsplit_once('.').unwrap_or(("", name));
    let stem = leaf.split('_').next().unwrap_or(leaf);
    let leaves = [format!("{leaf}_ewc_95"), format!("{leaf}_95"), format!("{stem}_ewc_95"), "ewc_95".to_owned()];
    let names = leaves.map(|leaf| if group.is_empty() { leaf } else { format!("{group}.{leaf}") });
    names.into_iter().find(|name| figures.estimate(name).is_some_and(|found| found.interval == Some(interval)))
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (name, owner) = (escape(&self.name), self.owner_attribute());
        // The name is what `convex figure` asks for.
        let title = escape(&format!("{}; {}", self.text.title, self.name));
        if let Some(reason) = &self.text.reason {
            write!(f, "<span class=\"f none\" data-figure=\"{name}\"{owner} title=\"{title}\">{}", self.text.text)?;
            if self.says_why {
                write!(f, " <small>{}</small>", escape(reason))?;
            }
            return f.write_str("</span>");
        }
        let arrow = match self.text.direction {
            Some(Direction::Up) => "up",
            Some(Direction::Down) => "down",
            Some(Direction::Flat) => "flat",
            None => "",
        };
        let class = if arrow.is_empty() { "f".to_owned() } else { format!("f {arrow}") };
        match self.exact {
            Some(exact) => write!(
                f,
                "<data class=\"{class}\" data-figure=\"{name}\"{owner} title=\"{title}\" value=\"{exact}\">{}</data>",
                escape(&self.text.text)
            )?,
            None => write!(
                f,
                "<span class=\"{class}\" data-figure=\"{name}\"{owner} title=\"{title}\">{}</span>",
                escape(&self.text.text)
            )?,
        }
        match (&self.text.interval, &self.interval_name) {
            (Some(interval), Some(name)) => write!(
                f,
                " <small class=\"f\" data-figure=\"{}\"{owner} title=\"95 % interval; {title}\">{interval}</small>",
                escape(name)
            )?,
            (Some(interval), None) => {
                write!(f, " <small class=\"f\" title=\"95 % interval; {title}\">{interval}</small>")?;
            }
            (None, _) => {}
        }
        match self.caution {
            Some(caution) => write!(f, "<abbr class=\"caution\" title=\"{}\">†</abbr>", escape(caution)),
            None => Ok(()),
        }
    }
}

impl HtmlSafe for Shown {}

/// Sentences made of words and figures.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Prose(Vec<Part>);

#[derive(Clone, Debug, PartialEq)]
enum Part {
    Words(String),
    Strong(String),
    Figure(Box<Shown>),
}

impl Prose {
    pub(super) fn say(mut self, words: impl Into<String>) -> Self {
        self.0.push(Part::Words(words.into()));
        self
    }

    pub(super) fn strong(mut self, words: impl Into<String>) -> Self {
        self.0.push(Part::Strong(words.into()));
        self
    }

    pub(super) fn figure(mut self, shown: Shown) -> Self {
        self.0.push(Part::Figure(Box::new(shown)));
        self
    }

    /// These sentences, then others.
    pub(super) fn join(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }

    /// The same words without markup.
    pub(super) fn plain(&self) -> String {
        self.0
            .iter()
            .map(|part| match part {
                Part::Words(words) | Part::Strong(words) => words.clone(),
                Part::Figure(shown) => shown.plain(),
            })
            .collect()
    }
}

impl From<&str> for Prose {
    fn from(words: &str) -> Self {
        Self::default().say(words)
    }
}

impl From<String> for Prose {
    fn from(words: String) -> Self {
        Self::default().say(words)
    }
}

impl fmt::Display for Prose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for part in &self.0 {
            match part {
                Part::Words(words) => f.write_str(&escape(words))?,
                Part::Strong(words) => write!(f, "<b>{}</b>", escape(words))?,
                Part::Figure(shown) => shown.fmt(f)?,
            }
        }
        Ok(())
    }
}

impl HtmlSafe for Prose {}

#[cfg(test)]
mod tests {
    use convex_core::figure::{Estimate, Interval, Unavailable, Unit};

    use super::*;

    fn figures() -> Figures {
        let mut figures = Figures::default();
        let spearman = spearman();
        let interval = spearman.as_ref().unwrap().interval.unwrap();
        let (n, span) = (62, ("2025-10-03".parse().unwrap(), "2025-12-31".parse().unwrap()));
        let alone = Estimate::interval(interval, Unit::Correlation, n, span, "Spearman");
        figures.put("correlation.90d.spearman", spearman);
        figures.put("correlation.90d.spearman_ewc_95", alone);
        figures
    }

    fn spearman() -> Figure {
        let (from, to) = ("2025-10-03".parse().unwrap(), "2025-12-31".parse().unwrap());
        Estimate::number(0.773_6, Unit::Correlation, 62, (from, to), "Spearman")
            .map(|estimate| estimate.within(Interval { low: 0.697, high: 0.8326 }))
    }

    #[test]
    fn a_number_names_its_figure_and_its_interval_names_its_own() {
        let shown = Shown::among(&figures(), "correlation.90d.spearman", Owner::Page, Style::Plain);
        insta::assert_snapshot!(shown);
        let stranger = Shown::new("x", Owner::Page, Some(&spearman()), Style::Plain).to_string();
        assert!(stranger.contains("[0.70, 0.83]") && stranger.matches("data-figure").count() == 1, "{stranger}");
        assert_eq!(shown.plain(), "0.77 [0.70, 0.83]");
        insta::assert_snapshot!(shown.bare());
    }

    #[test]
    fn a_missing_number_says_why() {
        let absent: Figure = Err(Unavailable::TooFew { have: 3, need: 20 });
        let owner = Owner::Metric("<x>".to_owned());
        let shown = Shown::new("change.7d", owner, Some(&absent), Style::Tile);
        insta::assert_snapshot!(shown);
        insta::assert_snapshot!(shown.quiet());
    }

    #[test]
    fn prose_escapes_words() {
        let prose = Prose::from("a < b & ").strong("<i>").figure(Shown::new("x", Owner::Page, None, Style::Plain));
        let html = prose.to_string();
        assert!(html.starts_with("a &lt; b &amp; <b>&lt;i&gt;</b><span"), "{html}");
        assert_eq!(prose.plain(), "a < b & <i>—");
    }
}
