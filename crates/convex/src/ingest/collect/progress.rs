//! How far the asking has come.

use indicatif::{ProgressBar, ProgressStyle};

/// A bar on a terminal; nothing elsewhere.
pub fn progress_bar(metrics: usize) -> ProgressBar {
    let bar = ProgressBar::new(metrics as u64);
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} series  {msg}  {eta} left") {
        bar.set_style(style);
    }
    bar
}
