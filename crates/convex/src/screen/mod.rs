//! What a screen says and how it leaves the program: sentences, flat columns for files, lists read from files.

mod ask;
mod column;
mod csv;
mod flat;
mod list;
mod parquet;
mod words;

use std::io::{self, Write};

pub use ask::{BadAsk, MOST_ROWS, ask};
pub use column::{Cell, Flat};
pub use flat::{of_ranked, of_tested};
pub use list::{BadList, Listed, read_list};
pub use words::{by_words, ledger_note, ranked_note, rate_words, tested_note};

/// Writes flat columns as CSV. A reader that has read enough and is gone is no failure.
pub fn write_csv(flat: &Flat, output: impl Write) -> io::Result<()> {
    or_gone(csv::write(flat, output))
}

/// Writes flat columns as Parquet, zstd.
pub fn write_parquet(flat: &Flat, output: impl Write + Send) -> io::Result<()> {
    or_gone(parquet::write(flat, output))
}

fn or_gone(written: io::Result<()>) -> io::Result<()> {
    match written {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        outcome => outcome,
    }
}
