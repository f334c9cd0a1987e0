//! An answer of a web server as an archive keeps it (RFC 9112): its headers, and its body unwrapped.
//!
//! Archives keep what came over the wire, or say so and do not: what is said to be in chunks or packed
//! is looked at before it is believed.

use std::io::{self, BufRead, BufReader, Read};
use std::rc::Rc;

use super::budget::Budget;
use super::compressed::{self, Compression};
use super::lines::{Line, read_line};
use super::source::Trouble;
use super::web_archive::LONGEST_LINE;
use crate::article::SkipReason;

/// How many headers are kept; a real answer has a few dozen.
const MOST: usize = 1000;

/// What the types of documents are called as files.
const ENDINGS: &[(&str, &str)] = &[
    ("text/html", "html"),
    ("application/xhtml+xml", "html"),
    ("text/plain", "txt"),
    ("text/markdown", "md"),
    ("application/json", "json"),
    ("application/ld+json", "json"),
    ("application/xml", "xml"),
    ("text/xml", "xml"),
    ("application/rss+xml", "xml"),
    ("application/atom+xml", "xml"),
    ("application/pdf", "pdf"),
];

/// Headers: names in lower case, each with its value.
#[derive(Default)]
pub(super) struct Headers(Vec<(String, String)>);

impl Headers {
    /// Reads headers to the blank line behind them.
    pub fn read(reader: &mut (impl BufRead + ?Sized)) -> Result<Headers, Trouble> {
        let mut headers = Headers::default();
        let mut line = Vec::new();
        while read_line(reader, LONGEST_LINE, &mut line)? != Line::End {
            let has_room = headers.0.len() < MOST;
            let text = String::from_utf8_lossy(line.trim_ascii_end());
            if text.is_empty() {
                break;
            }
            match (text.starts_with([' ', '\t']), headers.0.last_mut(), text.split_once(':')) {
                // A long value may go on in the next line.
                (true, Some((_, value)), _) if value.len() < LONGEST_LINE as usize => {
                    value.push(' ');
                    value.push_str(text.trim());
                }
                (false, _, Some((name, value))) if has_room => {
                    headers.0.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
                }
                _ => {}
            }
        }
        Ok(headers)
    }

    /// Returns the value of the header of this name, which is in lower case.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    fn has(&self, name: &str, word: &str) -> bool {
        self.get(name).is_some_and(|value| value.to_ascii_lowercase().contains(word))
    }
}

/// The head of an answer.
pub(super) struct Response {
    status: u16,
    headers: Headers,
}

impl Response {
    /// Reads the head of an answer; `None` if there is none at all.
    pub fn read(reader: &mut dyn BufRead) -> Result<Option<Response>, Trouble> {
        let mut line = Vec::new();
        if read_line(reader, LONGEST_LINE, &mut line)? == Line::End {
            return Ok(None);
        }
        let line = String::from_utf8_lossy(&line);
        let status = line.strip_prefix("HTTP/").and_then(|rest| rest.split_whitespace().nth(1)?.parse().ok());
        let Some(status) = status else {
            return Err(Trouble::new(
                SkipReason::Malformed,
                ("this is no answer of a web server", "ce n’est pas la réponse d’un serveur web"),
            ));
        };
        Ok(Some(Response { status, headers: Headers::read(reader)? }))
    }

    /// Returns an answer that is nothing but a body of this type.
    pub fn bare(content_type: Option<&str>) -> Response {
        let headers = content_type.map(|value| ("content-type".to_owned(), value.to_owned()));
        Response { status: 200, headers: Headers(headers.into_iter().collect()) }
    }

    /// Returns whether it brought what was asked for.
    pub fn is_good(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// Returns the ending of files of its type; `None` if it is no document.
    pub fn ending(&self) -> Option<&'static str> {
        let kind = self.headers.get("content-type")?.split(';').next()?.trim();
        ENDINGS.iter().find(|(known, _)| kind.eq_ignore_ascii_case(known)).map(|(_, ending)| *ending)
    }

    /// Returns the charset that it states.
    pub fn charset(&self) -> Option<String> {
        let value = self.headers.get("content-type")?.to_ascii_lowercase();
        let (_, charset) = value.split_once("charset=")?;
        let charset = charset.split(';').next()?.trim().trim_matches(['"', '\'']);
        (!charset.is_empty()).then(|| charset.to_owned())
    }

    /// Returns the body, put together and unpacked.
    pub fn body<'r>(&self, reader: &'r mut dyn BufRead, budget: &Rc<Budget>) -> Result<Box<dyn Read + 'r>, Trouble> {
        let is_chunked = self.headers.has("transfer-encoding", "chunked")
            && reader.fill_buf()?.first().is_some_and(u8::is_ascii_hexdigit);
        let whole: Box<dyn Read + 'r> = match is_chunked {
            true => Box::new(Chunks { reader, left: 0, ended: false, begun: false }),
            false => Box::new(reader),
        };
        let mut whole = BufReader::with_capacity(8 * 1024, whole);
        let start = whole.fill_buf()?;
        let encoding = "content-encoding";
        match () {
            () if start.starts_with(&[0x1F, 0x8B]) => Ok(Compression::Gzip.unpack(whole, budget)?),
            () if self.headers.has(encoding, "deflate") => {
                Ok(match start.first().is_some_and(|byte| byte & 0x0F == 8) {
                    true => compressed::unpacked(flate2::bufread::ZlibDecoder::new(whole), "zlib", budget),
                    false => compressed::unpacked(flate2::bufread::DeflateDecoder::new(whole), "zlib", budget),
                })
            }
            () if self.headers.has(encoding, "zstd") => Ok(Compression::Zstandard.unpack(whole, budget)?),
            // An archive that keeps this header with a body in plain text is the rule, not the exception.
            () if self.headers.has(encoding, "br") && !start.is_ascii() && std::str::from_utf8(start).is_err() => {
                Ok(compressed::unpacked(brotli_decompressor::Decompressor::new(whole, 8 * 1024), "brotli", budget))
            }
            () => Ok(Box::new(whole)),
        }
    }
}

/// A body in chunks, each behind its size in hexadecimal.
struct Chunks<'r> {
    reader: &'r mut dyn BufRead,
    left: u64,
    begun: bool,
    ended: bool,
}

impl Chunks<'_> {
    /// Reads the size of the next chunk.
    fn advance(&mut self) -> io::Result<()> {
        let mut line = Vec::new();
        if std::mem::replace(&mut self.begun, true) {
            read_line(self.reader, LONGEST_LINE, &mut line)?;
        }
        let read = read_line(self.reader, LONGEST_LINE, &mut line)?;
        let size = String::from_utf8_lossy(&line);
        let size = size.split(';').next().unwrap_or_default().trim();
        // What is cut off still gives the chunks before.
        self.left = u64::from_str_radix(size, 16).unwrap_or(0);
        self.ended = self.left == 0 || read != Line::Read;
        Ok(())
    }
}

impl Read for Chunks<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 && !self.ended {
            self.advance()?;
        }
        if self.ended {
            return Ok(0);
        }
        let count = (&mut *self.reader).take(self.left).read(buffer)?;
        self.left -= count as u64;
        self.ended = count == 0 && !buffer.is_empty();
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(answer: &str, status: u16, ending: Option<&str>, charset: Option<&str>, body: &str) {
        let mut reader = answer.as_bytes();
        let response = Response::read(&mut reader).unwrap().unwrap();
        let mut text = String::new();
        response.body(&mut reader, &Budget::unlimited()).unwrap().read_to_string(&mut text).unwrap();
        assert_eq!((response.status, response.ending(), text.as_str()), (status, ending, body), "{answer}");
        assert_eq!(response.charset().as_deref(), charset, "{answer}");
    }

    #[test]
    fn answers_are_read_as_they_come() {
        check(
            "HTTP/1.0 200 OK\r\nContent-Type: Text/HTML; Charset=\"UTF-8\"\r\n\r\nabc",
            200,
            Some("html"),
            Some("utf-8"),
            "abc",
        );
        check("HTTP/1.1 301\nX: a\n b\n\n", 301, None, None, "");
        check(
            "HTTP/2 200\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nA\r\n0123456789\r\n0\r\n\r\n",
            200,
            None,
            None,
            "abc0123456789",
        );
        check("HTTP/2 200\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc", 200, None, None, "abc");
        check("HTTP/2 200\r\nContent-Encoding: br\r\n\r\nabc", 200, None, None, "abc");
        // The same text in brotli, not compressed: a block of four bytes, and an empty last one.
        let packed = [&b"HTTP/2 200\r\nContent-Encoding: br\r\n\r\n"[..], b"\x8B\x01\x80abcd\x03"].concat();
        let mut reader = packed.as_slice();
        let response = Response::read(&mut reader).unwrap().unwrap();
        let mut text = String::new();
        response.body(&mut reader, &Budget::unlimited()).unwrap().read_to_string(&mut text).unwrap();
        assert_eq!(text, "abcd");
        assert!(Response::read(&mut &b"rubbish"[..]).is_err());
        assert!(Response::read(&mut &b""[..]).unwrap().is_none());
    }
}
