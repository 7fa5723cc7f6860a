//! `convex export`: the observations of one series, for other programs.

mod parquet;
mod text;

use std::io::{self, Write};

use clap::ValueEnum;
use convex_core::{Day, Series, SeriesId};

/// The form of an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    /// `date,value` with a header, oldest first.
    Csv,
    /// An array of objects with `date` and `value`, oldest first.
    Json,
    /// Columns `date` (DATE) and `value` (DOUBLE), zstd.
    Parquet,
}

/// The observations from one day to another, both included.
pub fn between(series: &Series, from: Option<Day>, to: Option<Day>) -> Series {
    let until = to.map_or_else(|| series.clone(), |to| series.until(to));
    match from {
        // The day before the first of all days is that day itself.
        Some(from) if from > Day::MIN => until.after(from - 1),
        _ => until,
    }
}

/// Writes a series. A reader that has read enough and is gone is no failure.
pub fn write(id: &SeriesId, series: &Series, format: ExportFormat, mut output: impl Write + Send) -> io::Result<()> {
    let written = match format {
        ExportFormat::Csv => text::csv(series, &mut output),
        ExportFormat::Json => text::json(series, &mut output),
        ExportFormat::Parquet => parquet::write(id, series, &mut output),
    };
    match written.and_then(|()| output.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        outcome => outcome,
    }
}
