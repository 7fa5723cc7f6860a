//! From a panel to its drawing on a page.

use convex_core::panel::Shading;

use super::frame::Frame;
use super::plot::{Plot, Trace, Window};
use super::time_axis::TimeAxis;
use super::{Chart, Key};

impl Plot {
    /// The panel drawn over a range of days, with its legend and its table; `None` if no line has a point.
    pub fn draw(&self, window: Window, shading: &Shading) -> Option<Chart> {
        let axis = self.axis()?;
        let mut frame = Frame::new(&self.id, TimeAxis::new(window.from, window.to), axis, self.height);
        frame.spans("recession", &shading.recessions);
        if let Some((_, spans)) = &self.wide {
            frame.spans("span", spans);
        }
        if let Some(ribbon) = self.ribbon() {
            frame.band(&ribbon.band.days, &ribbon.band.low, &ribbon.band.high);
        }
        frame.strip("stress", &shading.stress);
        let is_alone = self.lines.iter().filter(|trace| trace.ends).count() == 1;
        for Trace { class, label, line, ends } in &self.lines {
            frame.line(class, &line.days, &line.values);
            if let (true, Some(day), Some(last)) = (*ends, line.days.last(), line.values.last()) {
                // A line alone needs no name at its end.
                frame.end(class, (*day, *last), if is_alone { "" } else { label }, &self.print.text(*last));
            }
        }
        let title = format!("{}, {}", self.title, self.note);
        let description = format!("{}. The numbers are in the table below the drawing.", self.describe(window));
        Some(Chart {
            id: self.id.clone(),
            title: self.title.clone(),
            note: self.note.clone(),
            keys: self.keys(),
            svg: frame.draw(&title, &description, self.ticks),
            table: self.table(),
        })
    }

    /// The legend.
    pub fn keys(&self) -> Vec<Key> {
        let last = |trace: &Trace| trace.line.values.last().map(|last| self.print.text(*last)).unwrap_or_default();
        let lines =
            self.lines.iter().map(|trace| Key { class: trace.class, label: trace.label.clone(), last: last(trace) });
        let mut keys: Vec<Key> = lines.collect();
        let plain = |class, label: &str| Key { class, label: label.to_owned(), last: String::new() };
        keys.extend(self.ribbon().map(|ribbon| plain("band", ribbon.label)));
        keys.extend(self.wide.as_ref().filter(|(_, spans)| !spans.is_empty()).map(|(label, _)| plain("span", label)));
        keys
    }
}
