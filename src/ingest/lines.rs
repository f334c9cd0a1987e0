//! Line by line through a file of any size, holding no more than a limit of any line.
//!
//! Separate from the formats, because JSON Lines, mailboxes and web archives all go by lines.

use std::io::{self, BufRead};

use memchr::memchr;

/// What reading a line came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// The line is in the buffer.
    Read,
    /// It was passed over.
    TooLarge,
    /// There is none.
    End,
}

/// Reads one line into `line`, without its `\n`, holding no more than `limit` bytes of it.
pub(super) fn read_line(reader: &mut (impl BufRead + ?Sized), limit: u64, line: &mut Vec<u8>) -> io::Result<Line> {
    line.clear();
    let mut fits = true;
    let mut any = false;
    loop {
        let chunk = match reader.fill_buf() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            chunk => chunk?,
        };
        if chunk.is_empty() {
            break;
        }
        any = true;
        let end = memchr(b'\n', chunk);
        let part = chunk.get(..end.unwrap_or(chunk.len())).unwrap_or_default();
        fits &= (line.len() + part.len()) as u64 <= limit;
        if fits {
            line.extend_from_slice(part);
        }
        let used = part.len() + usize::from(end.is_some());
        reader.consume(used);
        if end.is_some() {
            break;
        }
    }
    Ok(match (any, fits) {
        (false, _) => Line::End,
        (true, true) => Line::Read,
        (true, false) => Line::TooLarge,
    })
}
