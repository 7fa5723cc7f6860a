//! What every panel has: grid, labels of both axes, lines, and labels at the end of each line.

use std::fmt::Write;

use convex_core::Day;

use super::path::{ACROSS, Grid, PER_PIXEL};
use super::time_axis::TimeAxis;
use super::value_axis::ValueAxis;
use super::{escape, path};
use crate::format;

/// Room under the plot for the labels of the time axis.
const FOOT: f64 = 22.0;
/// Least distance between two labels at the end of lines.
const LABEL_HEIGHT: f64 = 15.0;

/// Letters of a name that have room beside a plot; the legend has it whole.
const LONGEST_NAME: usize = 9;
/// Letters that have room beside a plot on a phone.
const LONGEST_ON_PHONE: usize = 6;

/// Height of the strip that marks times of fear.
const STRIP: f64 = 5.0;

/// How values on an axis are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TickText {
    Number,
    Percent,
    BasisPoints,
}

impl TickText {
    pub(super) fn text(self, value: f64, decimals: usize) -> String {
        match self {
            Self::Percent => format!("{} %", format::fixed(value * 100.0, decimals.saturating_sub(2))),
            Self::BasisPoints => format!("{} bp", format::fixed(value * 100.0, decimals.saturating_sub(2))),
            Self::Number if value.abs() >= 10_000_000.0 => format!("{} m", format::fixed(value / 1e6, 0)),
            Self::Number if value.abs() >= 10_000.0 => format!("{} k", format::fixed(value / 1e3, 0)),
            Self::Number => format::fixed(value, decimals),
        }
    }
}

/// A panel under construction.
pub(super) struct Frame {
    id: String,
    time: TimeAxis,
    axis: ValueAxis,
    height: f64,
    shapes: String,
    ends: Vec<End>,
}

/// A label at the end of a line.
struct End {
    /// Per cent of the width: a line that ends early is labelled where it ends.
    x: f64,
    y: f64,
    class: &'static str,
    name: String,
    value: String,
}

impl End {
    /// Name and value on a wide screen; on a phone only as much of the name, else of the value, as has room.
    fn draw(&self, svg: &mut String) {
        let wide = [cut(&self.name, LONGEST_NAME), self.value.clone()].join(" ");
        let narrow = if self.name.is_empty() { &self.value } else { &self.name };
        let narrow = if self.name.is_empty() && narrow.chars().count() > LONGEST_ON_PHONE {
            String::new()
        } else {
            cut(narrow, LONGEST_ON_PHONE)
        };
        let (class, y) = (self.class, self.y + 4.5);
        let _ = write!(svg, "<text class=\"end {class}\" x=\"{:.1}%\" dx=\"8\" y=\"{y:.0}\">", self.x);
        let _ = if wide.trim() == narrow {
            write!(svg, "{}</text>", escape(&narrow))
        } else {
            let (wide, narrow) = (escape(wide.trim()), escape(&narrow));
            write!(svg, "<tspan class=\"wide\">{wide}</tspan><tspan class=\"narrow\">{narrow}</tspan></text>")
        };
    }
}

impl Frame {
    pub(super) fn new(id: &str, time: TimeAxis, axis: ValueAxis, height: f64) -> Self {
        Self { id: id.to_owned(), time, axis, height, shapes: String::new(), ends: Vec::new() }
    }

    pub(super) fn line(&mut self, class: &str, days: &[Day], values: &[f64]) {
        let path = path::line(days, values, Grid::of_page(self.time, self.axis));
        let _ = write!(self.shapes, "<path class=\"{class}\" d=\"{path}\"/>");
    }

    /// Marks spans of days from the top to the bottom of the panel.
    pub(super) fn spans(&mut self, class: &str, spans: &[(Day, Day)]) {
        self.blocks(class, spans, 0.0);
    }

    /// Marks spans of days by a strip at the bottom of the panel.
    pub(super) fn strip(&mut self, class: &str, spans: &[(Day, Day)]) {
        self.blocks(class, spans, self.height - STRIP);
    }

    fn blocks(&mut self, class: &str, spans: &[(Day, Day)], top: f64) {
        if spans.is_empty() {
            return;
        }
        let grid = Grid::of_page(self.time, self.axis);
        let place = |day| grid.x(day).clamp(0, ACROSS as i64);
        let (top, height) = (top * PER_PIXEL, (self.height - top) * PER_PIXEL);
        let _ = write!(self.shapes, "<path class=\"{class}\" d=\"");
        for (from, to) in spans {
            let left = place(*from);
            let width = (place(*to) - left).max(PER_PIXEL as i64);
            let _ = write!(self.shapes, "M{left} {top:.0}h{width}v{height:.0}h-{width}z");
        }
        self.shapes.push_str("\"/>");
    }

    pub(super) fn band(&mut self, days: &[Day], low: &[f64], high: &[f64]) {
        let path = path::band(days, low, high, Grid::of_page(self.time, self.axis));
        let _ = write!(self.shapes, "<path class=\"band\" d=\"{path}\"/>");
    }

    /// Writes name and value at the right of a line that ends at `last`.
    pub(super) fn end(&mut self, class: &'static str, last: (Day, f64), name: &str, value: &str) {
        let x = self.time.x(last.0).clamp(0.0, 1.0) * 100.0;
        // Near the edge all labels stand in one column.
        let x = if x > 95.0 { 100.0 } else { x };
        self.ends.push(End { x, y: self.axis.y(last.1), class, name: name.to_owned(), value: value.to_owned() });
    }

    /// The drawing, with a title and a description for those who do not see it.
    pub(super) fn draw(mut self, title: &str, description: &str, text: TickText) -> String {
        let (id, height) = (&self.id, self.height);
        let mut svg = format!(
            "<svg class=\"chart\" height=\"{}\" role=\"img\" aria-labelledby=\"{id}-title {id}-desc\">\
             <title id=\"{id}-title\">{}</title><desc id=\"{id}-desc\">{}</desc>",
            height + FOOT,
            escape(title),
            escape(description),
        );
        self.draw_grid(&mut svg, text);
        let _ = write!(
            svg,
            "<svg class=\"lines\" width=\"100%\" height=\"{height}\" viewBox=\"0 0 {ACROSS} {}\" \
             preserveAspectRatio=\"none\" overflow=\"visible\">{}</svg>",
            height * PER_PIXEL,
            self.shapes,
        );
        self.part_ends();
        for end in &self.ends {
            end.draw(&mut svg);
        }
        svg.push_str("</svg>");
        svg
    }

    fn draw_grid(&self, svg: &mut String, text: TickText) {
        for (value, decimals) in self.axis.ticks() {
            let y = self.axis.y(value);
            let class = if value == 0.0 { "grid zero" } else { "grid" };
            let _ = write!(
                svg,
                "<line class=\"{class}\" x2=\"100%\" y1=\"{y:.1}\" y2=\"{y:.1}\"/>\
                 <text class=\"tick y\" dx=\"-8\" y=\"{:.1}\">{}</text>",
                y + 4.0,
                text.text(value, decimals),
            );
        }
        for tick in self.time.ticks() {
            let at = tick.at * 100.0;
            let phone = if tick.on_phone { "" } else { " wide" };
            if tick.is_year {
                let _ =
                    write!(svg, "<line class=\"grid year\" x1=\"{at:.2}%\" x2=\"{at:.2}%\" y2=\"{}\"/>", self.height);
            }
            let _ = write!(
                svg,
                "<text class=\"tick x{phone}\" x=\"{at:.2}%\" y=\"{}\">{}</text>",
                self.height + 16.0,
                tick.label
            );
        }
    }

    /// Moves labels apart that would stand on each other, keeping their order and staying inside the panel.
    fn part_ends(&mut self) {
        self.ends.sort_by(|one, other| one.y.total_cmp(&other.y));
        let places = parted(&self.ends.iter().map(|end| end.y).collect::<Vec<_>>(), LABEL_HEIGHT, self.height);
        for (end, y) in self.ends.iter_mut().zip(places) {
            end.y = y;
        }
    }
}

/// Ordered places at least `distance` apart and between 0 and `height`, each as near to the wanted one as that allows.
pub(super) fn parted(wanted: &[f64], distance: f64, height: f64) -> Vec<f64> {
    let mut places = wanted.to_vec();
    for _ in 0..8 {
        for at in 1..places.len() {
            let lack = distance - (places[at] - places[at - 1]);
            if lack > 0.0 {
                places[at - 1] -= lack / 2.0;
                places[at] += lack / 2.0;
            }
        }
        if let Some(first) = places.first_mut() {
            *first = first.max(0.0);
        }
        if let Some(last) = places.last_mut() {
            *last = last.min(height);
        }
    }
    places
}

fn cut(text: &str, longest: usize) -> String {
    if text.chars().count() <= longest {
        return text.to_owned();
    }
    text.chars().take(longest - 1).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_do_not_collide() {
        let check = |wanted: &[f64], expected: &[f64]| {
            let places = parted(wanted, 15.0, 100.0);
            for (place, expected) in places.iter().zip(expected) {
                assert!((place - expected).abs() < 0.6, "{places:?}");
            }
        };
        check(&[20.0, 80.0], &[20.0, 80.0]);
        check(&[50.0, 52.0], &[43.5, 58.5]);
        check(&[0.0, 1.0], &[0.0, 15.0]);
        check(&[99.0, 100.0], &[85.0, 100.0]);
        check(&[], &[]);
    }

    #[test]
    fn a_label_is_cut_to_the_room_there_is() {
        let check = |name: &str, value: &str, expected: &str| {
            let end = End { x: 100.0, y: 0.0, class: "a", name: name.to_owned(), value: value.to_owned() };
            let mut svg = String::new();
            end.draw(&mut svg);
            let text = svg.split_once("y=\"4\">").unwrap().1.strip_suffix("</text>").unwrap().to_owned();
            assert_eq!(text.replace("<tspan class=\"", "(").replace("</tspan>", ")").replace("\">", " "), expected);
        };
        check("DIA", "112.9", "(wide DIA 112.9)(narrow DIA)");
        check("10-year yield", "+191 bp", "(wide 10-year … +191 bp)(narrow 10-ye…)");
        check("", "1.952", "1.952");
        check("", "6,640,618", "(wide 6,640,618)(narrow )");
    }

    #[test]
    fn ticks_as_read() {
        let table = [
            (TickText::Percent.text(-0.1, 1), "−10 %"),
            (TickText::Percent.text(-0.025, 3), "−2.5 %"),
            (TickText::Number.text(110.0, 0), "110"),
            (TickText::Number.text(1.95, 2), "1.95"),
            (TickText::Number.text(250_000.0, 0), "250 k"),
            (TickText::BasisPoints.text(0.25, 2), "25 bp"),
        ];
        for (text, expected) in table {
            assert_eq!(text, expected);
        }
    }
}
