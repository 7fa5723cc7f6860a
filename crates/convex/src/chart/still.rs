//! A panel as a drawing that stands by itself: for files, share cards and pictures. Colours and fonts are in it.

use std::fmt::Write;

use convex_core::Day;
use convex_core::panel::Shading;

use super::path::{Grid, PER_PIXEL};
use super::plot::{Plot, Trace, Window};
use super::time_axis::TimeAxis;
use super::{escape, path};

/// Width of a file.
const WIDTH: f64 = 1_040.0;
const LEFT: f64 = 60.0;
const RIGHT: f64 = 124.0;
const HEAD: f64 = 62.0;
const FOOT: f64 = 56.0;
/// Height of the strip that marks times of fear.
const STRIP: f64 = 6.0;

/// The colours of the light theme, in the classes of the pages.
pub(crate) const LOOK: &str = "text{font-family:Inter,system-ui,sans-serif;font-size:13px;fill:#1b1d21}\
.soft,.tick{fill:#555b66}.tick{font-size:12px}.bold{font-weight:600}.grid{stroke:#e3e0d8}.zero{stroke:#9a9ea6}\
.band{fill:#1b1d21;fill-opacity:.09}.recession{fill:#7a7f8a;fill-opacity:.2}.span{fill:#d55e00;fill-opacity:.1}\
.stress{fill:#a3302b;fill-opacity:.55}.ink,.a,.b,.mean{fill:none;stroke-width:7;stroke-linejoin:round;stroke-linecap:round}\
.ink{stroke:#1b1d21}.a{stroke:#0072b2}.b{stroke:#d55e00;stroke-dasharray:22 13;stroke-linecap:butt}\
.mean{stroke:#555b66;stroke-width:5;stroke-dasharray:8 12;stroke-linecap:butt}\
text.a{fill:#0072b2;stroke:none}text.b{fill:#b34f00;stroke:none}text.ink{fill:#1b1d21;stroke:none}\
.sample{fill:#7d5800;font-weight:600}";

/// The words around a drawing that stands by itself.
#[derive(Clone, Copy, Debug)]
pub struct Still<'a> {
    /// Whose chart it is: `Dow Jones (DIA) vs Russell 2000 (IWM)`.
    pub who: &'a str,
    /// Dates and sources.
    pub foot: &'a str,
    /// Whether the data are simulated.
    pub sample: bool,
}

/// A panel with title, legend and sources; `None` if no line has a point.
pub fn still(plot: &Plot, window: Window, shading: &Shading, words: &Still<'_>) -> Option<String> {
    let plot = plot.at_height(plot.height * 1.6);
    let height = HEAD + plot.height + FOOT;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" width=\"{WIDTH}\" height=\"{height}\">\
         <title>{}</title><desc>{}</desc><style>{LOOK}</style><rect width=\"100%\" height=\"100%\" fill=\"#fbfaf7\"/>",
        escape(&format!("{}: {}", words.who, plot.title)),
        escape(&plot.describe(window)),
    );
    let _ = write!(
        svg,
        "<text class=\"bold\" x=\"20\" y=\"28\">{}</text><text x=\"20\" y=\"48\">{}<tspan class=\"soft\" dx=\"8\">{}</tspan></text>",
        escape(words.who),
        escape(&plot.title),
        escape(&plot.note)
    );
    if words.sample {
        let _ =
            write!(svg, "<text class=\"sample\" x=\"{}\" y=\"28\" text-anchor=\"end\">Simulated</text>", WIDTH - 20.0);
    }
    let place = Place { x: LEFT, y: HEAD, width: WIDTH - LEFT - RIGHT };
    svg.push_str(&lines(&plot, window, shading, place)?);
    let _ = write!(
        svg,
        "<text class=\"soft\" x=\"20\" y=\"{}\">{}</text>\
         <text class=\"soft\" x=\"{}\" y=\"{}\" text-anchor=\"end\">Convex</text></svg>",
        height - 14.0,
        escape(words.foot),
        WIDTH - 20.0,
        height - 14.0
    );
    Some(svg)
}

/// Where the plot stands in a drawing.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    pub(crate) x: f64,
    pub(crate) y: f64,
    pub(crate) width: f64,
}

/// Grid, axes, lines and the labels at their ends, as a group of elements.
pub(crate) fn lines(plot: &Plot, window: Window, shading: &Shading, place: Place) -> Option<String> {
    let axis = plot.axis()?;
    let time = TimeAxis::new(window.from, window.to);
    let Place { x, y, width } = place;
    let mut svg = format!("<g transform=\"translate({x} {y})\">");
    for (value, label) in plot.value_ticks()? {
        let at = axis.y(value);
        let class = if value == 0.0 { "grid zero" } else { "grid" };
        let _ = write!(
            svg,
            "<path class=\"{class}\" d=\"M0 {at:.1}h{width}\"/><text class=\"tick\" x=\"-8\" y=\"{:.1}\" text-anchor=\"end\">{label}</text>",
            at + 4.0
        );
    }
    for tick in time.ticks() {
        let _ = write!(
            svg,
            "<text class=\"tick\" x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{}</text>",
            tick.at * width,
            plot.height + 18.0,
            tick.label
        );
    }
    let grid = Grid { time, axis, across: width * PER_PIXEL };
    let _ = write!(svg, "<g transform=\"scale({})\">", 1.0 / PER_PIXEL);
    blocks(&mut svg, "recession", &shading.recessions, grid, (0.0, plot.height));
    if let Some((_, spans)) = &plot.wide {
        blocks(&mut svg, "span", spans, grid, (0.0, plot.height));
    }
    if let Some(ribbon) = plot.ribbon() {
        let outline = path::band(&ribbon.band.days, &ribbon.band.low, &ribbon.band.high, grid);
        let _ = write!(svg, "<path class=\"band\" d=\"{outline}\"/>");
    }
    blocks(&mut svg, "stress", &shading.stress, grid, (plot.height - STRIP, STRIP));
    for Trace { class, line, .. } in &plot.lines {
        let _ = write!(svg, "<path class=\"{class}\" d=\"{}\"/>", path::line(&line.days, &line.values, grid));
    }
    svg.push_str("</g>");
    ends(&mut svg, plot, window, width);
    svg.push_str("</g>");
    Some(svg)
}

fn blocks(svg: &mut String, class: &str, spans: &[(Day, Day)], grid: Grid, (top, height): (f64, f64)) {
    for (from, to) in spans {
        let place = |day| grid.x(day).clamp(0, grid.across as i64);
        let width = (place(*to) - place(*from)).max(PER_PIXEL as i64);
        let _ = write!(
            svg,
            "<rect class=\"{class}\" x=\"{}\" y=\"{:.0}\" width=\"{width}\" height=\"{:.0}\"/>",
            place(*from),
            top * PER_PIXEL,
            height * PER_PIXEL
        );
    }
}

/// Name and last value beside the end of each line that has room.
fn ends(svg: &mut String, plot: &Plot, window: Window, width: f64) {
    let Some(axis) = plot.axis() else { return };
    let time = TimeAxis::new(window.from, window.to);
    let is_alone = plot.lines.iter().filter(|trace| trace.ends).count() == 1;
    let labelled = plot.lines.iter().filter(|trace| trace.ends);
    let mut ends: Vec<(f64, f64, &Trace, f64)> = labelled
        .filter_map(|trace| {
            let (day, value) = trace.line.days.last().zip(trace.line.values.last())?;
            Some((time.x(*day).clamp(0.0, 1.0) * width, axis.y(*value), trace, *value))
        })
        .collect();
    ends.sort_by(|one, other| one.1.total_cmp(&other.1));
    let places = super::frame::parted(&ends.iter().map(|end| end.1).collect::<Vec<_>>(), 17.0, plot.height);
    for ((x, _, trace, value), y) in ends.into_iter().zip(places) {
        let name = if is_alone { String::new() } else { format!("{} ", trace.label) };
        let text = format!("{name}{}", plot.print.text(value));
        let _ = write!(
            svg,
            "<text class=\"bold {}\" x=\"{:.1}\" y=\"{:.1}\">{}</text>",
            trace.class,
            x + 8.0,
            y + 4.5,
            escape(&text)
        );
    }
}
