//! The picture that stands for a page where it is shared: title, verdict, values, and one chart.

use std::fmt::Write;

use convex_core::panel::Shading;

use crate::chart::{LOOK, Place, Plot, Window, escape, lines};

const WIDTH: f64 = 1_200.0;
const HEIGHT: f64 = 630.0;
const EDGE: f64 = 56.0;
/// Letters of the verdict that fit on a line.
const COLUMNS: usize = 78;
/// Lines of the verdict that have room.
const MOST_LINES: usize = 3;

/// What a card shows.
#[derive(Clone, Debug)]
pub struct Card<'a> {
    /// A few words above the title.
    pub kind: &'a str,
    /// The title of the page.
    pub title: &'a str,
    /// The verdict in a sentence or three.
    pub said: &'a str,
    /// Name and value of each series.
    pub values: Vec<(String, String)>,
    /// One chart.
    pub plot: Option<(&'a Plot, Window, &'a Shading)>,
    /// Date and sources.
    pub foot: &'a str,
    /// Whether the data are simulated.
    pub sample: bool,
}

/// The card as a drawing of 1200 by 630.
pub fn card(card: &Card<'_>) -> String {
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" width=\"{WIDTH}\" height=\"{HEIGHT}\">\
         <style>{LOOK}.title{{font-size:46px;font-weight:600}}.said{{font-size:25px}}.value{{font-size:27px;font-weight:600}}\
         .name{{font-size:21px}}.foot{{font-size:19px}}.tick{{font-size:17px}}.bold{{font-size:20px}}</style>\
         <rect width=\"100%\" height=\"100%\" fill=\"#fbfaf7\"/><rect width=\"100%\" height=\"10\" fill=\"#0072b2\"/>\
         <rect x=\"50%\" width=\"50%\" height=\"10\" fill=\"#d55e00\"/>"
    );
    text(&mut svg, "name soft", (EDGE, 60.0), card.kind);
    let mark = if card.sample { ("name sample", "Simulated") } else { ("name bold", "Convex") };
    end(&mut svg, mark.0, 60.0, mark.1);
    // A long title is set smaller rather than cut.
    let fits = (46.0_f64).min((WIDTH - 2.0 * EDGE) / (card.title.chars().count().max(1) as f64 * 0.56));
    let _ = write!(
        svg,
        "<text class=\"title\" style=\"font-size:{fits:.0}px\" x=\"{EDGE}\" y=\"112\">{}</text>",
        escape(card.title)
    );
    let mut y = 156.0;
    for line in wrapped(card.said) {
        text(&mut svg, "said", (EDGE, y), &line);
        y += 34.0;
    }
    y += 12.0;
    let mut x = EDGE;
    for (name, value) in &card.values {
        let _ = write!(
            svg,
            "<text class=\"name soft\" x=\"{x}\" y=\"{y}\">{}<tspan class=\"value\" dx=\"12\" fill=\"#1b1d21\">{}</tspan></text>",
            escape(name),
            escape(value)
        );
        x += (WIDTH - 2.0 * EDGE) / card.values.len().max(1) as f64;
    }
    if let Some((plot, window, shading)) = card.plot {
        let top = y + 28.0;
        let place = Place { x: EDGE + 52.0, y: top, width: WIDTH - 2.0 * EDGE - 52.0 - 96.0 };
        let plot = plot.at_height(HEIGHT - top - 92.0);
        svg.push_str(&lines(&plot, window, shading, place).unwrap_or_default());
    }
    text(&mut svg, "foot soft", (EDGE, HEIGHT - 24.0), card.foot);
    svg.push_str("</svg>");
    svg
}

fn text(svg: &mut String, class: &str, (x, y): (f64, f64), words: &str) {
    let _ = write!(svg, "<text class=\"{class}\" x=\"{x}\" y=\"{y}\">{}</text>", escape(words));
}

fn end(svg: &mut String, class: &str, y: f64, words: &str) {
    let x = WIDTH - EDGE;
    let _ = write!(svg, "<text class=\"{class}\" x=\"{x}\" y=\"{y}\" text-anchor=\"end\">{}</text>", escape(words));
}

/// The verdict in lines; what has no room ends in an ellipsis.
fn wrapped(said: &str) -> Vec<String> {
    let mut lines: Vec<String> = textwrap::wrap(said, COLUMNS).into_iter().map(std::borrow::Cow::into_owned).collect();
    if lines.len() > MOST_LINES {
        lines.truncate(MOST_LINES);
        if let Some(last) = lines.last_mut() {
            let cut: String = last.chars().take(COLUMNS - 2).collect();
            *last = format!("{} …", cut.trim_end_matches([',', ';', ':', '.', ' ']));
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_holds_its_words_and_says_that_it_is_simulated() {
        let of = |sample| {
            let values = vec![("A <b>".to_owned(), "1.00".to_owned())];
            card(&Card { kind: "peer", title: "A vs B", said: "Yes.", values, plot: None, foot: "31 Dec 2025", sample })
        };
        assert!(of(true).contains("Simulated") && !of(false).contains("Simulated"));
        assert!(of(false).contains("A &lt;b&gt;") && of(false).contains("31 Dec 2025"));
    }

    #[test]
    fn a_long_verdict_is_cut_at_three_lines() {
        let lines = wrapped(&"word ".repeat(100));
        assert!(lines.len() == 3 && lines[2].ends_with(" …"), "{lines:?}");
        assert_eq!(wrapped("One line."), ["One line."]);
    }
}
