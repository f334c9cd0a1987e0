//! Tables whose writer put a backslash before a quote within quotes (MySQL, Spark), as the parser of tables wants them: with
//! two quotes for one.

use std::io::{BufRead, Read, Result};

/// Returns whether quotes in cells are written with a backslash, as the first lines of a table show.
pub(super) fn are_used(head: &str, delimiter: u8) -> bool {
    let bytes = head.as_bytes();
    let is_edge = |at: Option<usize>| {
        let byte = at.and_then(|at| bytes.get(at));
        byte.is_none_or(|byte| *byte == delimiter || matches!(byte, b'\n' | b'\r'))
    };
    let found = |pair: &[u8; 2]| memchr::memmem::find_iter(bytes, pair).collect::<Vec<_>>();
    // At the end of a cell a backslash may be one of the text.
    let escaped = found(b"\\\"").into_iter().any(|at| !is_edge(Some(at + 2)));
    // Two quotes that are no empty cell stand for one.
    escaped && found(b"\"\"").into_iter().all(|at| is_edge(at.checked_sub(1)) || is_edge(Some(at + 2)))
}

/// A table that is read without its backslashes.
pub(super) struct Unescaped<R> {
    inner: R,
    /// Whether to change anything.
    active: bool,
    /// Bytes for the parser; those before `position` are consumed.
    ready: Vec<u8>,
    position: usize,
    /// Whether the last byte was a backslash, of which the next tells what it means.
    pending: bool,
}

impl<R: BufRead> Unescaped<R> {
    /// Returns the table as it is, or without its backslashes if it is `active`.
    pub fn new(inner: R, active: bool) -> Unescaped<R> {
        Unescaped { inner, active, ready: Vec::new(), position: 0, pending: false }
    }

    fn push(&mut self, byte: u8) {
        match (std::mem::take(&mut self.pending), byte) {
            (true, b'"') => self.ready.extend_from_slice(b"\"\""),
            (true, b'\\') => self.ready.push(b'\\'),
            (false, b'\\') => self.pending = true,
            (true, _) => self.ready.extend_from_slice(&[b'\\', byte]),
            (false, _) => self.ready.push(byte),
        }
    }
}

impl<R: BufRead> BufRead for Unescaped<R> {
    fn fill_buf(&mut self) -> Result<&[u8]> {
        if !self.active {
            return self.inner.fill_buf();
        }
        while self.position >= self.ready.len() {
            self.ready.clear();
            self.position = 0;
            let chunk = self.inner.fill_buf()?.to_vec();
            self.inner.consume(chunk.len());
            if chunk.is_empty() {
                if std::mem::take(&mut self.pending) {
                    self.ready.push(b'\\');
                }
                break;
            }
            chunk.iter().for_each(|byte| self.push(*byte));
        }
        Ok(self.ready.get(self.position..).unwrap_or_default())
    }

    fn consume(&mut self, count: usize) {
        match self.active {
            true => self.position = self.position.saturating_add(count).min(self.ready.len()),
            false => self.inner.consume(count),
        }
    }
}

impl<R: BufRead> Read for Unescaped<R> {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        let count = self.fill_buf()?.read(buffer)?;
        self.consume(count);
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use crate::ingest::testing::read;

    #[test]
    fn quotes_are_read_however_they_are_written() {
        for (rows, bodies) in [
            (r#""a","Le \"plan\", dit-il""#, &["Le \"plan\", dit-il"][..]),
            ("\"a\",\"Le \\\"plan\\\" \\\\\"\n\"b\",\"x\"", &["Le \"plan\" \\", "x"]),
            (r#""a","Le ""plan"", dit-il""#, &["Le \"plan\", dit-il"]),
            ("\"a\",\"C:\\dir\\\"\n\"\",\"x\"", &["C:\\dir\\", "x"]),
            ("\"\",\"Le \\\"plan\\\"\"", &["Le \"plan\""]),
        ] {
            let drafts = read("a.csv", format!("title,body\n{rows}\n").as_bytes());
            let found: Vec<String> = drafts.into_iter().map(|draft| draft.unwrap().body).collect();
            assert_eq!(found, bodies, "{rows}");
        }
    }
}
