//! Drawings that have no time axis: cross-correlations by lag, and changes of one leg against the other's.
//!
//! They keep their proportions on every width; looks come from classes alone.

use std::fmt::Write;

use super::{LOOK, Still, escape};
use crate::format;

const WIDTH: f64 = 460.0;
const HEIGHT: f64 = 260.0;
const LEFT: f64 = 44.0;
const RIGHT: f64 = 12.0;
const TOP: f64 = 10.0;
const FOOT: f64 = 34.0;

/// A drawing with the words a reader needs who does not see it.
#[derive(Clone, Debug, PartialEq)]
pub struct Square {
    /// Unique on the page.
    pub id: &'static str,
    /// What is drawn.
    pub title: String,
    /// What one must know to read it.
    pub note: String,
    /// The drawing, safe to place in a page.
    pub svg: String,
    /// The numbers drawn.
    pub numbers: Numbers,
}

/// What a drawing without a time axis shows, row by row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Numbers {
    /// Heads of the columns, that of the first among them.
    pub heads: Vec<String>,
    /// What a row is of, and its values.
    pub rows: Vec<(String, Vec<f64>)>,
    /// Whether the values are shares, read in per cent.
    pub are_shares: bool,
}

impl Numbers {
    /// A value as read.
    pub fn text(&self, value: &f64) -> String {
        if self.are_shares { format!("{} %", format::signed(value * 100.0, 2)) } else { format::signed(*value, 3) }
    }

    /// The numbers in full, as a file.
    pub fn csv(&self, sample: bool) -> String {
        let mut csv = self.heads.iter().map(|head| head.replace(',', " ")).collect::<Vec<_>>().join(",");
        csv.push_str(if sample { ",simulated\n" } else { "\n" });
        for (of, values) in &self.rows {
            let values: Vec<String> = values.iter().map(ToString::to_string).collect();
            let _ = writeln!(csv, "{of},{}{}", values.join(","), if sample { ",Simulated" } else { "" });
        }
        csv
    }
}

/// Looks of what only these drawings have, in a file of their own.
const OWN_LOOK: &str = ".bar{stroke:#555b66;stroke-width:4}.beyond{stroke:#d55e00}.same-day{stroke:#e3e0d8}\
.points{fill:none;stroke:#0072b2;stroke-opacity:.55;stroke-width:4;stroke-linecap:round}\
.fit{stroke:#1b1d21;stroke-width:1.6}.newest{fill:none;stroke:#d55e00;stroke-width:2}\
.tick.y{text-anchor:end}.tick.mid{text-anchor:middle}";

impl Square {
    /// The drawing with title and sources, standing by itself.
    pub fn still(&self, words: &Still<'_>) -> String {
        let (width, height) = (WIDTH + 40.0, HEIGHT + 110.0);
        let sample = if words.sample { " · Simulated" } else { "" };
        let inner =
            self.svg.replacen("<svg ", &format!("<svg x=\"20\" y=\"58\" width=\"{WIDTH}\" height=\"{HEIGHT}\" "), 1);
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\">\
             <style>{LOOK}{OWN_LOOK}</style><rect width=\"100%\" height=\"100%\" fill=\"#fbfaf7\"/>\
             <text class=\"bold\" x=\"20\" y=\"26\">{}</text><text x=\"20\" y=\"46\">{}</text>{inner}\
             <text class=\"soft\" x=\"20\" y=\"{}\">{}{sample}</text><text class=\"soft\" x=\"20\" y=\"{}\">Convex</text></svg>",
            escape(words.who),
            escape(&self.title),
            height - 34.0,
            escape(words.foot),
            height - 14.0,
        )
    }
}

/// A slope to draw through the origin of a scatter, from zero to one side.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HalfLine {
    /// Change of y with x.
    pub slope: f64,
    /// Whether it runs over positive x.
    pub rises: bool,
}

/// Cross-correlations at lags -20 to 20 as bars, with the limit a lead would have to reach on both sides.
pub fn cross_correlations(title: String, note: String, ccf: &[f64], limit: f64) -> Option<Square> {
    if ccf.is_empty() || !ccf.iter().all(|value| value.is_finite()) {
        return None;
    }
    // The same-day link dwarfs every lead: it is cut at the edge, and said in words.
    let middle = ccf.len() / 2;
    let beside = ccf.iter().enumerate().filter(|(at, _)| *at != middle).map(|(_, value)| value.abs());
    let reach = beside.fold(limit, f64::max) * 1.25;
    let plot = Plot { x: (-(middle as f64) - 0.7, middle as f64 + 0.7), y: (-reach, reach) };
    let mut svg = Plot::open("ccf", &title, &note);
    plot.grid(&mut svg, &[-limit, 0.0, limit], 2);
    for lag in [-20, -10, 0, 10, 20] {
        plot.x_label(&mut svg, f64::from(lag), &format::signed(f64::from(lag), 0));
    }
    for (at, value) in ccf.iter().enumerate() {
        let x = plot.x_of(at as f64 - middle as f64);
        let (y, zero) = (plot.y_of(value.clamp(-reach, reach)), plot.y_of(0.0));
        let class = if at == middle {
            "bar same-day"
        } else if value.abs() > limit {
            "bar beyond"
        } else {
            "bar"
        };
        let _ = write!(svg, "<line class=\"{class}\" x1=\"{x:.1}\" x2=\"{x:.1}\" y1=\"{zero:.1}\" y2=\"{y:.1}\"/>");
    }
    svg.push_str("</svg>");
    let rows = ccf.iter().enumerate().map(|(at, value)| {
        let lag = at as f64 - middle as f64;
        (format!("{lag}"), vec![*value])
    });
    let numbers =
        Numbers { heads: vec!["Lag".to_owned(), "Correlation".to_owned()], rows: rows.collect(), are_shares: false };
    Some(Square { id: "ccf", title, note, svg, numbers })
}

/// Points of one leg's changes against the other's in per cent, with the slopes of rises and falls; the last point marked.
/// `numbers` are those points in a table.
pub fn scatter(
    title: String,
    note: String,
    (x, y): (&[f64], &[f64]),
    slopes: &[HalfLine],
    numbers: Numbers,
) -> Option<Square> {
    let reach = |values: &[f64]| values.iter().fold(0.0, |most: f64, value| most.max(value.abs())) * 1.08;
    let (wide, high) = (reach(x), reach(y));
    if x.len() < 2 || !(wide > 0.0 && high > 0.0 && wide.is_finite() && high.is_finite()) {
        return None;
    }
    let plot = Plot { x: (-wide, wide), y: (-high, high) };
    let mut svg = Plot::open("scatter", &title, &note);
    let step = |most: f64| {
        if most > 0.08 {
            0.05
        } else if most > 0.04 {
            0.02
        } else {
            0.01
        }
    };
    let marks = |most: f64| [-1.0, 0.0, 1.0].map(|side| side * step(most) * (most * 0.8 / step(most)).floor().max(1.0));
    plot.grid_percent(&mut svg, &marks(high));
    for mark in marks(wide) {
        plot.x_label(&mut svg, mark, &percent(mark));
    }
    let mut points = String::new();
    for (x, y) in x.iter().zip(y) {
        // Round line ends draw a step of no length as a dot.
        let _ = write!(points, "M{:.1} {:.1}h0", plot.x_of(*x), plot.y_of(*y));
    }
    let _ = write!(svg, "<path class=\"points\" d=\"{points}\"/>");
    for HalfLine { slope, rises } in slopes {
        let side = if *rises { wide } else { -wide };
        // A steep slope leaves at the top or the bottom.
        let end = if (slope * side).abs() > high { side * high / (slope * side).abs() } else { side };
        let (x, y) = (plot.x_of(end), plot.y_of(slope * end));
        let (x0, y0) = (plot.x_of(0.0), plot.y_of(0.0));
        let _ = write!(svg, "<line class=\"fit\" x1=\"{x0:.1}\" y1=\"{y0:.1}\" x2=\"{x:.1}\" y2=\"{y:.1}\"/>");
    }
    if let (Some(x), Some(y)) = (x.last(), y.last()) {
        let _ =
            write!(svg, "<circle class=\"newest\" cx=\"{:.1}\" cy=\"{:.1}\" r=\"5\"/>", plot.x_of(*x), plot.y_of(*y));
    }
    svg.push_str("</svg>");
    Some(Square { id: "scatter", title, note, svg, numbers })
}

fn percent(value: f64) -> String {
    format!("{} %", format::signed(value * 100.0, 0))
}

/// From values to places in the drawing.
struct Plot {
    x: (f64, f64),
    y: (f64, f64),
}

impl Plot {
    fn open(id: &str, title: &str, note: &str) -> String {
        format!(
            "<svg class=\"square\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" aria-labelledby=\"{id}-title {id}-desc\">\
             <title id=\"{id}-title\">{}</title><desc id=\"{id}-desc\">{}</desc>",
            escape(title),
            escape(note)
        )
    }

    fn x_of(&self, value: f64) -> f64 {
        LEFT + (value - self.x.0) / (self.x.1 - self.x.0) * (WIDTH - LEFT - RIGHT)
    }

    fn y_of(&self, value: f64) -> f64 {
        TOP + (self.y.1 - value) / (self.y.1 - self.y.0) * (HEIGHT - TOP - FOOT)
    }

    fn grid(&self, svg: &mut String, values: &[f64], decimals: usize) {
        for value in values {
            self.grid_line(svg, *value, &format::signed(*value, decimals));
        }
    }

    fn grid_percent(&self, svg: &mut String, values: &[f64]) {
        for value in values {
            self.grid_line(svg, *value, &percent(*value));
        }
    }

    fn grid_line(&self, svg: &mut String, value: f64, label: &str) {
        let y = self.y_of(value);
        let class = if value == 0.0 { "grid zero" } else { "grid" };
        let _ = write!(
            svg,
            "<line class=\"{class}\" x1=\"{LEFT}\" x2=\"{}\" y1=\"{y:.1}\" y2=\"{y:.1}\"/>\
             <text class=\"tick y\" x=\"{}\" y=\"{:.1}\">{}</text>",
            WIDTH - RIGHT,
            LEFT - 6.0,
            y + 4.0,
            escape(label)
        );
    }

    fn x_label(&self, svg: &mut String, value: f64, label: &str) {
        let _ = write!(
            svg,
            "<text class=\"tick mid\" x=\"{:.1}\" y=\"{}\">{}</text>",
            self.x_of(value),
            HEIGHT - FOOT + 18.0,
            escape(label)
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_beyond_the_limit_are_marked_and_the_same_day_is_cut() {
        let mut ccf = vec![0.01; 41];
        ccf[20] = 0.9;
        ccf[25] = 0.2;
        let drawn = cross_correlations("t".to_owned(), "n".to_owned(), &ccf, 0.08).unwrap();
        let (first, last) = (&drawn.numbers.rows[0], &drawn.numbers.rows[40]);
        assert_eq!((first.0.as_str(), last.0.as_str(), last.1[0]), ("-20", "20", 0.01));
        assert!(drawn.numbers.csv(true).starts_with("Lag,Correlation,simulated\n-20,0.01,Simulated\n"));
        assert_eq!(drawn.svg.matches("class=\"bar\"").count(), 39);
        assert_eq!(drawn.svg.matches("bar beyond").count(), 1);
        assert_eq!(drawn.svg.matches("bar same-day").count(), 1);
        assert!(cross_correlations("t".to_owned(), "n".to_owned(), &[f64::NAN], 0.1).is_none());
    }

    #[test]
    fn a_scatter_has_a_point_for_each_change_and_marks_the_last() {
        let x = [0.01, -0.02, 0.005];
        let slopes = [HalfLine { slope: 0.5, rises: true }, HalfLine { slope: 90.0, rises: false }];
        let drawn = scatter("<t>".to_owned(), "n".to_owned(), (&x, &x), &slopes, Numbers::default()).unwrap();
        assert_eq!(drawn.svg.matches("h0").count(), 3);
        assert_eq!(drawn.svg.matches("class=\"fit\"").count(), 2);
        assert!(drawn.svg.contains("&lt;t&gt;") && drawn.svg.contains("class=\"newest\""));
        let flat = [0.0, 0.0];
        assert!(scatter("t".to_owned(), "n".to_owned(), (&flat, &flat), &[], Numbers::default()).is_none());
        let still = drawn.still(&Still { who: "A & B", foot: "2025", sample: true });
        assert!(still.contains("A &amp; B") && still.contains("Simulated") && still.matches("<svg").count() == 2);
    }
}
