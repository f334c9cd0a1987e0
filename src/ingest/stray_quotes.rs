//! Tables with a quote that opens a cell and never closes it (`"Fenwick says no,he left`), on their way to the parser,
//! which would take all rows that follow for one cell: such a quote is one of the text, and is given as one.
//!
//! It is told by what follows: no quote ends the cell and leaves a row as wide as the headers at least, and the next lines are
//! rows by themselves.

use std::io::{BufRead, Read, Result};

use memchr::memchr;

/// How far the end of a cell is looked for, in bytes. A line that is longer ends the search for stray quotes.
const FARTHEST: usize = 1024 * 1024;

/// How many of the lines that follow must be rows, of a table of three columns and more, and of one of two, whose
/// number of commas says less.
const ROWS: usize = 3;
const ROWS_OF_TWO: usize = 6;

/// A table that is read without its stray quotes.
pub(super) struct StrayQuotes<R> {
    inner: R,
    delimiter: u8,
    /// How many columns the headers are, once they are read; 0 where nothing is changed any more.
    columns: Option<usize>,
    /// What is read and not yet looked at, from `start` on.
    ahead: Vec<u8>,
    start: usize,
    ended: bool,
    /// Whether the next line begins within a cell.
    quoted: bool,
    /// Behind how many cells of its row the next line begins.
    before: usize,
    /// Bytes for the parser; those before `position` are consumed.
    ready: Vec<u8>,
    position: usize,
}

impl<R: BufRead> StrayQuotes<R> {
    /// Returns the table as it is, or without its stray quotes if quotes stand around cells (`quoting`).
    pub fn new(inner: R, delimiter: u8, quoting: bool) -> StrayQuotes<R> {
        let columns = (!quoting).then_some(0);
        let (ahead, ready) = (Vec::new(), Vec::new());
        StrayQuotes {
            inner,
            delimiter,
            columns,
            ahead,
            start: 0,
            ended: false,
            quoted: false,
            before: 0,
            ready,
            position: 0,
        }
    }

    fn is_off(&self) -> bool {
        self.columns == Some(0)
    }

    /// Reads more; returns whether there was any.
    fn read_on(&mut self) -> Result<bool> {
        let chunk = self.inner.fill_buf()?;
        let count = chunk.len();
        self.ahead.extend_from_slice(chunk);
        self.inner.consume(count);
        self.ended = count == 0;
        Ok(!self.ended)
    }

    /// Returns where the line ends that begins at `from`, behind its line break. `None` if that is too far.
    fn line_end(&mut self, from: usize) -> Result<Option<usize>> {
        let mut searched = from;
        loop {
            if let Some(at) = memchr(b'\n', self.ahead.get(searched..).unwrap_or_default()) {
                return Ok(Some(searched + at + 1));
            }
            searched = self.ahead.len();
            if searched - self.start > FARTHEST {
                return Ok(None);
            }
            if self.ended || !self.read_on()? {
                return Ok(Some(searched));
            }
        }
    }

    /// Makes the next line ready for the parser.
    fn next_line(&mut self) -> Result<()> {
        // What was used is dropped once it is worth it.
        if self.start > 64 * 1024 {
            self.ahead.drain(..self.start);
            self.start = 0;
        }
        let Some(end) = self.line_end(self.start)? else {
            self.columns = Some(0);
            self.give(self.ahead.len());
            return Ok(());
        };
        let line = self.ahead.get(self.start..end).unwrap_or_default();
        let columns = self.columns.unwrap_or_else(|| {
            let headers = Cells::of(line, self.delimiter);
            // Headers of one column, or of several lines, tell no rows.
            if headers.open.is_some() || headers.count < 2 { 0 } else { headers.count }
        });
        self.columns = Some(columns);
        let from = match self.quoted {
            true => closed(line),
            false => memchr(b'"', line).map(|_| 0),
        };
        let Some(from) = from.filter(|_| columns > 0) else {
            self.before = if self.quoted { self.before } else { 0 };
            self.give(end);
            return Ok(());
        };
        let cells = Cells::behind(line, from, self.delimiter);
        let before = std::mem::take(&mut self.before);
        self.quoted = false;
        if let Some((at, place)) = cells.open {
            let opening = self.start + at;
            self.before = before + place;
            if !self.closes(end, self.before, columns)? && self.rows_follow(end, columns)? {
                self.give_literally(opening, end);
                return Ok(());
            }
            self.quoted = true;
        }
        self.give(end);
        Ok(())
    }

    /// Gives what is next, as it is, up to `end`.
    fn give(&mut self, end: usize) {
        self.ready.extend_from_slice(self.ahead.get(self.start..end).unwrap_or_default());
        self.start = end;
    }

    /// Gives a line up to the cell that a stray quote opens, that cell with all its quotes as text, and the rest as
    /// the line that comes next.
    fn give_literally(&mut self, opening: usize, end: usize) {
        self.give(opening);
        let line = self.ahead.get(opening..end).unwrap_or_default();
        let cell = line.iter().position(|byte| *byte == self.delimiter || matches!(byte, b'\r' | b'\n'));
        let cell = cell.unwrap_or(line.len());
        self.ready.push(b'"');
        for &byte in line.get(..cell).unwrap_or_default() {
            self.ready.push(byte);
            if byte == b'"' {
                self.ready.push(b'"');
            }
        }
        self.ready.push(b'"');
        self.start = opening + cell;
    }

    /// Returns whether a cell that is open at `from` is closed below, and its row is as wide as the headers at least.
    fn closes(&mut self, mut from: usize, place: usize, columns: usize) -> Result<bool> {
        loop {
            let Some(end) = self.line_end(from)? else { return Ok(false) };
            let line = self.ahead.get(from..end).unwrap_or_default();
            if line.is_empty() {
                return Ok(false);
            }
            if let Some(at) = closed(line) {
                let rest = Cells::behind(line, at, self.delimiter);
                let is_edge = line.get(at).is_none_or(|byte| *byte == self.delimiter || matches!(byte, b'\r' | b'\n'));
                // A cell of the same row may be open again.
                let is_open = rest.open.is_some_and(|(_, more)| place + more < columns);
                return Ok(is_edge && (is_open || place + rest.count >= columns));
            }
            from = end;
        }
    }

    /// Returns whether the lines from `from` on are rows.
    fn rows_follow(&mut self, mut from: usize, columns: usize) -> Result<bool> {
        for _ in 0..if columns > 2 { ROWS } else { ROWS_OF_TWO } {
            let Some(end) = self.line_end(from)? else { return Ok(false) };
            let line = self.ahead.get(from..end).unwrap_or_default();
            if line.is_empty() {
                return Ok(true);
            }
            let cells = Cells::of(line, self.delimiter);
            match cells.open {
                // A row of several lines, or another such quote.
                Some((_, place)) if place > 0 && place < columns => return Ok(true),
                _ if cells.count == columns => from = end,
                _ => return Ok(false),
            }
        }
        Ok(true)
    }
}

/// Returns where the quote ends that closes a cell, in a line that begins within it.
fn closed(line: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        at += memchr(b'"', line.get(at..)?)? + 1;
        match line.get(at) {
            Some(b'"') => at += 1,
            _ => return Some(at),
        }
    }
}

/// The cells of a line.
struct Cells {
    count: usize,
    /// Where the quote stands that opens a cell which the line does not close, and behind how many cells.
    open: Option<(usize, usize)>,
}

impl Cells {
    fn of(line: &[u8], delimiter: u8) -> Cells {
        Cells::scan(line, 0, true, delimiter)
    }

    /// Returns those of a line behind the quote that closes one, which is the first.
    fn behind(line: &[u8], from: usize, delimiter: u8) -> Cells {
        Cells::scan(line, from, from == 0, delimiter)
    }

    fn scan(line: &[u8], mut at: usize, mut at_start: bool, delimiter: u8) -> Cells {
        let mut cells = Cells { count: 1, open: None };
        while let Some(&byte) = line.get(at) {
            if at_start && byte == b'"' {
                match line.get(at + 1..).and_then(closed) {
                    Some(length) => at += 1 + length,
                    None => {
                        cells.open = Some((at, cells.count - 1));
                        return cells;
                    }
                }
                at_start = false;
                continue;
            }
            at_start = byte == delimiter;
            cells.count += usize::from(at_start);
            at += 1;
        }
        cells
    }
}

impl<R: BufRead> BufRead for StrayQuotes<R> {
    fn fill_buf(&mut self) -> Result<&[u8]> {
        if self.position >= self.ready.len() {
            self.ready.clear();
            self.position = 0;
            if self.is_off() && self.start >= self.ahead.len() {
                return self.inner.fill_buf();
            }
            // Several lines at once, of those that are read already.
            while self.ready.len() < 16 * 1024 && (self.start < self.ahead.len() || self.ready.is_empty()) {
                if self.is_off() {
                    self.give(self.ahead.len());
                    break;
                }
                if self.start >= self.ahead.len() && (self.ended || !self.read_on()?) {
                    break;
                }
                self.next_line()?;
            }
        }
        Ok(self.ready.get(self.position..).unwrap_or_default())
    }

    fn consume(&mut self, count: usize) {
        match self.ready.is_empty() {
            true => self.inner.consume(count),
            false => self.position = self.position.saturating_add(count).min(self.ready.len()),
        }
    }
}

impl<R: BufRead> Read for StrayQuotes<R> {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        let count = self.fill_buf()?.read(buffer)?;
        self.consume(count);
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::ingest::testing::read;

    fn passed(table: &str) -> String {
        let mut passed = String::new();
        let inner = std::io::BufReader::with_capacity(7, table.as_bytes());
        StrayQuotes::new(inner, b',', true).read_to_string(&mut passed).unwrap();
        passed
    }

    #[test]
    fn a_quote_that_never_closes_is_one_of_the_text() {
        let rows =
            |from: u32| (from..from + 5).map(|n| format!("Story {n},text of {n},2025-03-04\n")).collect::<String>();
        for (stray, expected) in [
            ("\"Fenwick says no,he left,2025-03-04", "\"\"\"Fenwick says no\",he left,2025-03-04"),
            ("Fenwick,\"He left,2025-03-04", "Fenwick,\"\"\"He left\",2025-03-04"),
            ("Fenwick,\"He said \"so\" and left,2025-03-04", "Fenwick,\"He said \"so\" and left,2025-03-04"),
            ("Fenwick,he left,\"2025", "Fenwick,he left,\"\"\"2025\""),
        ] {
            let table = |row: &str| format!("title,text,date\n{}{row}\n{}", rows(0), rows(5));
            assert_eq!(passed(&table(stray)), table(expected), "{stray}");
        }
        let followed = "title,text,date\n\"Fenwick,left,x\n\"Story\",\"of two\nlines\",y\nz,12\",y\n";
        assert_eq!(passed(followed), followed.replace("\"Fenwick,", "\"\"\"Fenwick\","));
    }

    #[test]
    fn good_rows_beside_it_are_read() {
        let rows =
            |from: u32| (from..from + 500).map(|n| format!("Story {n},text of {n},2025-03-04\n")).collect::<String>();
        let table = format!("title,text,date\n{}\"Fenwick says no,he left,2025-03-04\n{}", rows(0), rows(500));
        let drafts: Vec<_> = read("a.csv", table.as_bytes()).into_iter().map(|draft| draft.unwrap()).collect();
        assert_eq!(drafts.len(), 1001);
        assert_eq!(drafts[500].headline.as_deref(), Some("\"Fenwick says no"));
        let table = format!("title,text,date\n{}Fenwick,\"He said so, and left,2025-03-04\n{}", rows(0), rows(500));
        let found = read("a.csv", table.as_bytes());
        assert_eq!((found.len(), found.iter().filter(|draft| draft.is_err()).count()), (1001, 1));
    }

    #[test]
    fn cells_of_several_lines_stay() {
        for rows in [
            "a,\"One, two\nthree, four\nfive\",x\nb,c,d\n",
            "\"a\nb\",\"c\n\nd\",\"e,\nf\"\n",
            "a,\"He said: \"\"no,\"\"\nand, then, left\nagain\",x\nb,c,d\n",
            "a,\"never closed\nand, on\nand on\n",
        ] {
            let table = format!("title,text,date\n{rows}");
            assert_eq!(passed(&table), table);
        }
    }

    proptest! {
        #[test]
        fn what_is_well_quoted_is_left_as_it_is(rows in prop::collection::vec(prop::collection::vec("[a-c,\"\n]{0,8}", 3), 1..6)) {
            let cell = |text: &String| format!("\"{}\"", text.replace('"', "\"\""));
            let row = |row: &Vec<String>| row.iter().map(cell).collect::<Vec<_>>().join(",");
            let table = format!("title,text,date\n{}\n", rows.iter().map(row).collect::<Vec<_>>().join("\n"));
            prop_assert_eq!(passed(&table), table);
        }
    }
}
