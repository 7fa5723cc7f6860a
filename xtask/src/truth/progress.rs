//! How far the run is: a bar on a terminal, else a line every ten seconds.

use std::io::IsTerminal;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

const BETWEEN_LINES: Duration = Duration::from_secs(10);

/// Counts samples.
pub(crate) struct Progress {
    bar: Option<ProgressBar>,
    total: usize,
    done: AtomicUsize,
    begun: Instant,
    said: Mutex<Instant>,
}

impl Progress {
    /// For `total` samples in all cells to run.
    pub(crate) fn new(total: usize) -> Self {
        let bar = std::io::stderr().is_terminal().then(|| {
            let style = ProgressStyle::with_template("{wide_bar} {pos}/{len} samples, {eta} left, {msg}");
            ProgressBar::new(total as u64).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
        });
        Self { bar, total, done: AtomicUsize::new(0), begun: Instant::now(), said: Mutex::new(Instant::now()) }
    }

    /// One more sample of `cell`.
    pub(crate) fn step(&self, cell: &str) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        if let Some(bar) = &self.bar {
            if done.is_multiple_of(16) {
                bar.set_message(cell.to_owned());
                bar.set_position(done as u64);
            }
            return;
        }
        let mut said = self.said.lock().unwrap_or_else(PoisonError::into_inner);
        if said.elapsed() >= BETWEEN_LINES {
            *said = Instant::now();
            eprintln!("{done} of {} samples after {} s, {cell}", self.total, self.begun.elapsed().as_secs());
        }
    }

    /// Clears the bar.
    pub(crate) fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
