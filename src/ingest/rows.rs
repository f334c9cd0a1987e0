//! The rows of a table on their way to its parser: of one that is too large the rest is passed over, so that the
//! rows below it are read, and no more of it is held than a row may have.
//!
//! Where a row ends is told as the parser does: by a line break outside quotes.

use std::cell::Cell;
use std::io::{BufRead, Read, Result};
use std::rc::Rc;

/// A table that is read row by row.
pub(super) struct Rows<R> {
    inner: R,
    row: Row,
    limit: u64,
    cut: Rc<Cell<Option<u64>>>,
    unclosed: Rc<Cell<bool>>,
}

impl<R: BufRead> Rows<R> {
    /// Returns the rows of a table, none of which may be much larger than `limit` bytes. Quotes around cells count
    /// where there is `quoting`.
    pub fn new(inner: R, delimiter: u8, quoting: bool, limit: u64) -> Rows<R> {
        let row = Row { delimiter, quoting, place: Place::Start, length: 0 };
        Rows { inner, row, limit, cut: Rc::default(), unclosed: Rc::default() }
    }

    /// Returns where it is noted that the row the parser is at was cut: how many line breaks of it are missing.
    pub fn cut(&self) -> Rc<Cell<Option<u64>>> {
        self.cut.clone()
    }

    /// Returns where it is noted that the table ended within quotes.
    pub fn unclosed(&self) -> Rc<Cell<bool>> {
        self.unclosed.clone()
    }

    /// Passes over the rest of a row, and gives what ends it.
    fn end_row(&mut self, buffer: &mut [u8]) -> Result<usize> {
        let quoted = self.row.place == Place::Quoted;
        let (mut breaks, mut end) = (0, None);
        while end.is_none() {
            let chunk = self.inner.fill_buf()?;
            if chunk.is_empty() {
                break;
            }
            let mut used = 0;
            for &byte in chunk {
                used += 1;
                if self.row.ends_with(byte) {
                    end = Some(byte);
                    break;
                }
                breaks += u64::from(byte == b'\n');
            }
            self.inner.consume(used);
        }
        self.row = Row { place: Place::Start, length: 0, ..self.row };
        self.cut.set(Some(breaks));
        let ending: Vec<u8> = quoted.then_some(b'"').into_iter().chain(end).collect();
        ending.as_slice().read(buffer)
    }
}

impl<R: BufRead> Read for Rows<R> {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        // Asked only here, where the parser has used up what it was given and is within this row.
        if self.row.length > self.limit {
            return self.end_row(buffer);
        }
        let count = self.inner.read(buffer)?;
        self.unclosed.set(count == 0 && self.row.place == Place::Quoted);
        for &byte in buffer.get(..count).unwrap_or_default() {
            self.row.ends_with(byte);
        }
        Ok(count)
    }
}

/// How far a row has been read.
#[derive(Clone, Copy)]
struct Row {
    delimiter: u8,
    quoting: bool,
    place: Place,
    /// How many bytes of it.
    length: u64,
}

/// Where in a row a byte stands.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    /// At the start of a cell.
    Start,
    /// In a cell without quotes around it.
    Plain,
    /// Between quotes.
    Quoted,
    /// Behind a quote that closes the cell, or is one of two that stand for one.
    Quote,
}

impl Row {
    /// Takes the next byte; returns whether it ends the row, after which another begins.
    fn ends_with(&mut self, byte: u8) -> bool {
        self.length += 1;
        self.place = match (self.place, byte) {
            (Place::Quoted, b'"') => Place::Quote,
            (Place::Quoted, _) | (Place::Quote, b'"') => Place::Quoted,
            (_, b'\n' | b'\r') => {
                self.length = 0;
                self.place = Place::Start;
                return true;
            }
            (_, byte) if byte == self.delimiter => Place::Start,
            (Place::Start, b'"') if self.quoting => Place::Quoted,
            _ => Place::Plain,
        };
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_ends_outside_quotes() {
        for (row, quoting, expected) in [
            ("a,b\nc", true, "a,b\n"),
            ("a,\"b\nc\"\r\n", true, "a,\"b\nc\"\r"),
            ("a,\"b\nc\"\r\n", false, "a,\"b\n"),
            ("a,\"b\"\"\n\"\nc", true, "a,\"b\"\"\n\"\n"),
            ("a\"b\nc", true, "a\"b\n"),
            ("\"a\"b\nc", true, "\"a\"b\n"),
        ] {
            let mut state = Row { delimiter: b',', quoting, place: Place::Start, length: 0 };
            let end = row.bytes().position(|byte| state.ends_with(byte)).unwrap();
            assert_eq!(&row[..=end], expected, "{row}");
        }
    }
}
