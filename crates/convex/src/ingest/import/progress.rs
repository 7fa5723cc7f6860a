//! The bar that shows how far an import is.

use indicatif::{ProgressBar, ProgressStyle};

/// A bar on standard error; nothing at all where that is not a terminal.
pub fn progress_bar() -> ProgressBar {
    let style = ProgressStyle::with_template("{bar:30} {bytes} of {total_bytes}  {msg}");
    ProgressBar::new(0).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}
