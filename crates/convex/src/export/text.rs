//! CSV and JSON. Numbers are the shortest decimals that lead back to the very same value.

use std::fmt;
use std::io::{self, BufWriter, Write};

use convex_core::Series;

pub(super) fn csv(series: &Series, output: &mut (impl Write + Send)) -> io::Result<()> {
    let mut output = BufWriter::new(output);
    output.write_all(b"date,value\n")?;
    for (day, value) in series.iter() {
        writeln!(output, "{day},{}", Shortest(value))?;
    }
    output.flush()
}

pub(super) fn json(series: &Series, output: &mut (impl Write + Send)) -> io::Result<()> {
    let mut output = BufWriter::new(output);
    output.write_all(b"[")?;
    for (at, (day, value)) in series.iter().enumerate() {
        let before = if at == 0 { "" } else { "," };
        write!(output, "{before}\n{{\"date\":\"{day}\",\"value\":{}}}", Shortest(value))?;
    }
    output.write_all(if series.is_empty() { b"]\n" } else { b"\n]\n" })?;
    output.flush()
}

/// Without an exponent, unless that would make a long row of zeros.
struct Shortest(f64);

impl fmt::Display for Shortest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let size = self.0.abs();
        if size != 0.0 && !(1e-6..1e16).contains(&size) { write!(f, "{:e}", self.0) } else { write!(f, "{}", self.0) }
    }
}
