//! The matrix of correlations: a square of coloured cells, and the same as a table with n and intervals.

use convex_core::Day;
use convex_core::figure::{Estimate, Figure, Unit};
use convex_core::screen::{Cell, Window};

use crate::desk::CorrelationScreen;
use crate::format::{self, Style};
use crate::web::shown::{Owner, Shown};
use crate::web::view::screen::Choice;

const METHOD: &str = "Pearson, interval by equal-weighted cosines on the z scale";

/// What was asked.
#[derive(Clone, Debug)]
pub(in crate::web) struct Asked {
    pub(in crate::web) typed: String,
    pub(in crate::web) window: Window,
    pub(in crate::web) as_of: Option<Day>,
}

/// Everything the page places.
#[derive(Clone, Debug)]
pub(in crate::web) struct MatrixView {
    pub(in crate::web) note: String,
    pub(in crate::web) typed: String,
    pub(in crate::web) as_of: String,
    pub(in crate::web) window: &'static str,
    pub(in crate::web) windows: Vec<Choice>,
    pub(in crate::web) heads: Vec<Head>,
    pub(in crate::web) rows: Vec<(Head, Vec<Square>)>,
    pub(in crate::web) pairs: Vec<PairLine>,
}

/// A series at the edge of the matrix.
#[derive(Clone, Debug)]
pub(in crate::web) struct Head {
    pub(in crate::web) label: String,
    pub(in crate::web) name: String,
    pub(in crate::web) href: String,
}

/// One cell of the square.
#[derive(Clone, Debug)]
pub(in crate::web) struct Square {
    /// Nothing on the diagonal.
    pub(in crate::web) href: Option<String>,
    pub(in crate::web) title: String,
    /// Two digits without the zero before the point, so that a square holds them.
    pub(in crate::web) text: String,
    /// Strength of the colour, from -10 to 10; its class.
    pub(in crate::web) class: String,
    pub(in crate::web) pair: String,
}

/// A pair in the table below.
#[derive(Clone, Debug)]
pub(in crate::web) struct PairLine {
    pub(in crate::web) href: String,
    pub(in crate::web) title: String,
    pub(in crate::web) pearson: Shown,
    pub(in crate::web) n: String,
    pub(in crate::web) span: String,
}

pub(in crate::web) fn matrix_view(screen: &CorrelationScreen, asked: &Asked) -> MatrixView {
    let (matrix, metrics) = (&screen.matrix, &screen.frame.members);
    let as_of = asked.as_of.map(|day| format!("?as_of={day}")).unwrap_or_default();
    let address = |i: usize, j: usize| {
        let (a, b) = (&metrics[i.min(j)].id, &metrics[i.max(j)].id);
        (format!("/compare/{a}-vs-{b}{as_of}"), format!("{a}-vs-{b}"))
    };
    let head = |at: &usize| Head {
        label: metrics[*at].label.clone(),
        name: metrics[*at].name.clone(),
        href: format!("/metrics/{}", metrics[*at].id),
    };
    let square = |i: usize, j: usize| {
        let Some(cell) = matrix.cell(i, j) else { return Square::diagonal() };
        let (href, pair) = address(i, j);
        let legs = format!("{} and {}", metrics[i].label, metrics[j].label);
        match &cell.pearson {
            Ok((r, interval)) => Square {
                href: Some(href),
                title: format!(
                    "{legs}: {} [{}, {}], n = {}",
                    format::fixed(*r, 2),
                    format::fixed(interval.low, 2),
                    format::fixed(interval.high, 2),
                    format::count(cell.n)
                ),
                text: short(*r),
                class: class(*r),
                pair,
            },
            Err(why) => Square {
                href: Some(href),
                title: format!("{legs}: {why}"),
                text: format::MISSING.to_owned(),
                class: "none".to_owned(),
                pair,
            },
        }
    };
    let mut places: Vec<(usize, usize, &Cell)> = (0..metrics.len())
        .flat_map(|j| (0..j).map(move |i| (i, j)))
        .filter_map(|(i, j)| Some((i, j, matrix.cell(i, j)?)))
        .collect();
    let size = |cell: &Cell| cell.pearson.as_ref().map_or(-1.0, |(r, _)| r.abs());
    places.sort_by(|one, other| size(other.2).total_cmp(&size(one.2)));
    let line = |(i, j, cell): (usize, usize, &Cell)| {
        let (href, slug) = address(i, j);
        PairLine {
            href,
            title: format!("{} vs {}", metrics[i].label, metrics[j].label),
            pearson: Shown::new(&figure_name(asked.window), Owner::Pair(slug), Some(&figure(cell)), Style::Plain),
            n: format::count(cell.n),
            span: cell.span.map(|(first, last)| format::span(first, last)).unwrap_or_default(),
        }
    };
    MatrixView {
        note: note(screen),
        typed: asked.typed.clone(),
        as_of: asked.as_of.map(|day| day.to_string()).unwrap_or_default(),
        window: asked.window.key(),
        windows: Window::ALL.map(|window| choice(asked, window)).to_vec(),
        heads: matrix.order.iter().map(head).collect(),
        rows: matrix.order.iter().map(|i| (head(i), matrix.order.iter().map(|j| square(*i, *j)).collect())).collect(),
        pairs: places.into_iter().map(line).collect(),
    }
}

fn note(screen: &CorrelationScreen) -> String {
    let n = screen.frame.members.len();
    let over = match screen.window {
        Window::Quarter => "the last 90 days",
        Window::Year => "the last 252 common changes",
        Window::All => "all common changes",
    };
    format!(
        "Correlations of changes over {over}: {} series, {} pairs, of which {} could be computed. Nothing here was tested: \
         of so many, some are large by chance. What moves alike stands together.",
        format::count(n),
        format::count(n * n.saturating_sub(1) / 2),
        format::count(screen.matrix.computed)
    )
}

fn choice(asked: &Asked, window: Window) -> Choice {
    let label = match window {
        Window::Quarter => "90 days",
        Window::Year => "252 sessions",
        Window::All => "all history",
    };
    let mut href = format!("/correlations?window={}", window.key());
    if !asked.typed.is_empty() {
        let ids: Vec<&str> = asked.typed.split([',', ' ']).filter(|id| !id.is_empty()).collect();
        let ids: Vec<String> = ids
            .iter()
            .map(|id| percent_encoding::utf8_percent_encode(id, percent_encoding::NON_ALPHANUMERIC).to_string())
            .collect();
        href.push_str(&format!("&ids={}", ids.join(",")));
    }
    if let Some(day) = asked.as_of {
        href.push_str(&format!("&as_of={day}"));
    }
    Choice { label: label.to_owned(), href, is_chosen: window == asked.window }
}

/// The name of the figure on the pair's own page.
fn figure_name(window: Window) -> String {
    format!("correlation.{}.pearson", window.key())
}

fn figure(cell: &Cell) -> Figure {
    let (r, interval) = cell.pearson.clone()?;
    let span = cell.span.ok_or(convex_core::figure::Unavailable::NoOverlap)?;
    Estimate::number(r, Unit::Correlation, cell.n, span, METHOD).map(|found| found.within(interval))
}

/// Two digits without the zero before the point.
fn short(r: f64) -> String {
    let text = format::fixed(r.abs(), 2);
    let digits = text.strip_prefix('0').unwrap_or(&text);
    let sign = if r < 0.0 && digits != ".00" { format::MINUS.to_string() } else { String::new() };
    format!("{sign}{digits}")
}

/// Class of the colour: `p0` to `p10` above zero, `m1` to `m10` below.
fn class(r: f64) -> String {
    let step = (r.abs() * 10.0).round() as usize;
    format!("{}{step}", if r < 0.0 && step > 0 { 'm' } else { 'p' })
}

impl Square {
    fn diagonal() -> Self {
        let empty = String::new;
        Self { href: None, title: empty(), text: empty(), class: "self".to_owned(), pair: empty() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn squares_hold_two_digits_and_a_colour() {
        let check =
            |r: f64, text: &str, colour: &str| assert_eq!((short(r), class(r)), (text.to_owned(), colour.to_owned()));
        check(0.857, ".86", "p9");
        check(-0.204, "−.20", "m2");
        check(-0.001, ".00", "p0");
        check(0.999, "1.00", "p10");
    }
}
