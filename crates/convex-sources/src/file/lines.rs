//! The lines of a file, in bounded memory.

use std::io::{ErrorKind, Read};

use super::Mistake;

/// No honest row is longer.
const LONGEST: usize = 64 << 10;

/// Long lines and whole reads both fit.
const BUFFER: usize = 4 * LONGEST;

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// A line that is not blank.
pub(super) struct Line<'text> {
    /// Without the line end, and without a byte-order mark.
    pub text: &'text str,
    /// Counted from 1.
    pub number: u64,
}

/// Reads line by line, counting lines and bytes.
pub(super) struct Lines<R> {
    input: R,
    buffer: Box<[u8]>,
    /// What lies from here to `end` is read from the file and not yet handed out.
    start: usize,
    end: usize,
    /// Number of the line read last; 0 before the first.
    number: u64,
    bytes: u64,
    max_bytes: u64,
    ended: bool,
}

impl<R: Read> Lines<R> {
    pub(super) fn new(input: R, max_bytes: u64) -> Self {
        let buffer = vec![0; BUFFER].into_boxed_slice();
        Self { input, buffer, start: 0, end: 0, number: 0, bytes: 0, max_bytes, ended: false }
    }

    /// Number of the line read last, counted from 1.
    pub(super) fn number(&self) -> u64 {
        self.number.max(1)
    }

    /// The next line that is not blank; `None` at the end.
    pub(super) fn next(&mut self) -> Result<Option<Line<'_>>, Mistake> {
        while let Some((mut from, to)) = self.next_span()? {
            if self.number == 1 && self.buffer[from..to].starts_with(BYTE_ORDER_MARK) {
                from += BYTE_ORDER_MARK.len();
            }
            if !self.buffer[from..to].trim_ascii().is_empty() {
                let text = std::str::from_utf8(&self.buffer[from..to]).map_err(|_| Mistake::NotUtf8)?;
                return Ok(Some(Line { text, number: self.number }));
            }
        }
        Ok(None)
    }

    /// Where in the buffer the next line lies.
    fn next_span(&mut self) -> Result<Option<(usize, usize)>, Mistake> {
        let mut searched = 0;
        loop {
            let held = &self.buffer[self.start..self.end];
            let length = held[searched..].iter().position(|byte| *byte == b'\n').map(|at| searched + at);
            if length.unwrap_or(held.len()) > LONGEST {
                self.number += 1;
                return Err(Mistake::LongLine(LONGEST));
            }
            let (length, ending) = match length {
                Some(length) => (length, 1),
                None if self.ended && held.is_empty() => return Ok(None),
                None if self.ended => (held.len(), 0),
                None => {
                    searched = held.len();
                    self.fill()?;
                    continue;
                }
            };
            let from = self.start;
            self.start += length + ending;
            self.number += 1;
            let carriage_return = self.buffer[from..from + length].ends_with(b"\r");
            return Ok(Some((from, from + length - usize::from(carriage_return))));
        }
    }

    /// Reads on, behind what is held.
    fn fill(&mut self) -> Result<(), Mistake> {
        self.buffer.copy_within(self.start..self.end, 0);
        self.end -= self.start;
        self.start = 0;
        let read = loop {
            match self.input.read(&mut self.buffer[self.end..]) {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                outcome => break outcome?,
            }
        };
        self.ended = read == 0;
        self.end += read;
        self.bytes += read as u64;
        if self.bytes > self.max_bytes {
            return Err(Mistake::LargeFile(self.max_bytes));
        }
        Ok(())
    }
}
