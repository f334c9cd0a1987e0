//! From bytes to text: byte order marks, UTF-16, declared charsets, UTF-8, and the old Western ones.
//!
//! Separate from the formats, because all of them start from bytes of an unknown encoding; which one it
//! is, `charset` tells. A whole file becomes a string; a file of many articles a reader of UTF-8.

use std::io::{self, BufRead, Read};

use encoding_rs::{Decoder, Encoding};
use memchr::memchr;

use super::charset::{HEAD, Scheme, detect};
use super::source::Trouble;

/// Returns the text of a whole file, its line ends made `\n`. `declared` is the charset the file
/// itself names, if it does. Fails as binary if the bytes are no text.
pub(super) fn decode(bytes: Vec<u8>, declared: Option<&str>) -> Result<String, Trouble> {
    let (scheme, mark) = detect(&bytes, true, declared)?;
    let text = match scheme {
        Scheme::All(encoding) => encoding.decode_without_bom_handling(bytes.get(mark..).unwrap_or_default()).0.into(),
        Scheme::Utf8Or(western) => match String::from_utf8(bytes) {
            Ok(mut text) => {
                text.drain(..mark);
                text
            }
            Err(error) => {
                let mut text = String::new();
                mend(error.as_bytes().get(mark..).unwrap_or_default(), western, true, &mut text);
                text
            }
        },
    };
    Ok(line_ends(without_nuls(text)))
}

/// Returns the text with a space for every NUL.
fn without_nuls(text: String) -> String {
    if memchr(0, text.as_bytes()).is_some() { text.replace('\0', " ") } else { text }
}

/// Returns the text with every `\r\n` and `\r` made `\n`.
pub(super) fn line_ends(text: String) -> String {
    if memchr(b'\r', text.as_bytes()).is_none() {
        return text;
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some((line, after)) = rest.split_once('\r') {
        plain.push_str(line);
        plain.push('\n');
        rest = after.strip_prefix('\n').unwrap_or(after);
    }
    plain.push_str(rest);
    plain
}

/// A reader of valid UTF-8 over bytes of any encoding, decided on their first 64 KiB. It holds no
/// more than that much; line ends stay as they are.
pub(super) struct Decoded<R> {
    inner: R,
    scheme: Scheme,
    decoder: Option<Decoder>,
    /// Bytes as they are on disk, not yet decoded.
    raw: Vec<u8>,
    /// Decoded bytes; those before `position` are consumed.
    text: String,
    position: usize,
    ended: bool,
    /// What ended the head before its end, told when the head is consumed.
    failure: Option<io::Error>,
}

impl<R: Read> Decoded<R> {
    /// Reads the head of `inner` and decides. Fails as binary if it is no text.
    pub fn new(inner: R) -> io::Result<Decoded<R>> {
        Decoded::declared(inner, &|_| None)
    }

    /// The same of a format whose files name their charset: `declared` returns the one that a head names.
    pub fn declared(mut inner: R, declared: &dyn Fn(&[u8]) -> Option<String>) -> io::Result<Decoded<R>> {
        let mut raw = Vec::with_capacity(HEAD);
        // A damaged archive still gives what stands before the damage.
        let failure = match (&mut inner).take(HEAD as u64).read_to_end(&mut raw) {
            Err(error) if raw.is_empty() => return Err(error),
            result => result.err(),
        };
        let (scheme, mark) = detect(&raw, raw.len() < HEAD, declared(&raw).as_deref())?;
        raw.drain(..mark.min(raw.len()));
        let decoder = match scheme {
            Scheme::All(encoding) => Some(encoding.new_decoder_without_bom_handling()),
            Scheme::Utf8Or(_) => None,
        };
        let mut decoded =
            Decoded { inner, scheme, decoder, raw, text: String::new(), position: 0, ended: false, failure };
        decoded.turn_to_text();
        Ok(decoded)
    }

    /// Decodes what is in `raw`; an unfinished sequence stays there.
    fn turn_to_text(&mut self) {
        self.text.clear();
        self.position = 0;
        match (&mut self.decoder, self.scheme) {
            (Some(decoder), _) => {
                let room = decoder.max_utf8_buffer_length(self.raw.len()).unwrap_or(self.raw.len().saturating_mul(4));
                self.text.reserve(room);
                let (_, read, _) = decoder.decode_to_string(&self.raw, &mut self.text, self.ended);
                self.raw.drain(..read.min(self.raw.len()));
            }
            (None, Scheme::Utf8Or(western) | Scheme::All(western)) => {
                let left = mend(&self.raw, western, self.ended, &mut self.text);
                self.raw.drain(..self.raw.len().saturating_sub(left));
            }
        }
        self.text = without_nuls(std::mem::take(&mut self.text));
    }
}

impl<R: Read> BufRead for Decoded<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.position >= self.text.len() && !self.ended {
            if let Some(failure) = self.failure.take() {
                self.ended = true;
                return Err(failure);
            }
            let count = match read_chunk(&mut (&mut self.inner).take(HEAD as u64), &mut self.raw) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                other => other?,
            };
            self.ended = count == 0;
            self.turn_to_text();
        }
        Ok(self.text.as_bytes().get(self.position..).unwrap_or_default())
    }

    fn consume(&mut self, count: usize) {
        self.position = self.position.saturating_add(count).min(self.text.len());
    }
}

impl<R: Read> Read for Decoded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(buffer)?;
        self.consume(count);
        Ok(count)
    }
}

/// Appends to a vector what one call of `read` gives.
fn read_chunk(reader: &mut impl Read, bytes: &mut Vec<u8>) -> io::Result<usize> {
    let before = bytes.len();
    bytes.resize(before + HEAD, 0);
    let result = reader.read(bytes.get_mut(before..).unwrap_or_default());
    bytes.truncate(before + *result.as_ref().unwrap_or(&0));
    result
}

/// Appends the bytes to `text` as UTF-8, those that are none as `western` has them, and two bytes or
/// more of a character that the end of the text cuts as U+FFFD. Returns how many bytes at the end wait for more, 0 if `ended`.
fn mend(bytes: &[u8], western: &'static Encoding, ended: bool, text: &mut String) -> usize {
    let mut rest = bytes.len();
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        rest -= chunk.valid().len() + chunk.invalid().len();
        let invalid = chunk.invalid();
        if rest > 0 || !is_start(invalid) || (ended && invalid.len() == 1) {
            text.push_str(&western.decode_without_bom_handling(invalid).0);
        } else if ended {
            text.push('\u{FFFD}');
        } else {
            return invalid.len();
        }
    }
    0
}

/// Returns whether the bytes may be the start of a UTF-8 character.
fn is_start(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).is_err_and(|error| error.error_len().is_none())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::article::SkipReason;

    fn check(bytes: &[u8], expected: &str) {
        assert_eq!(decode(bytes.to_vec(), None).as_deref(), Ok(expected), "{bytes:?}");
        let mut streamed = String::new();
        Decoded::new(bytes).unwrap().read_to_string(&mut streamed).unwrap();
        assert_eq!(line_ends(streamed), expected, "streamed {bytes:?}");
    }

    #[test]
    fn a_few_nuls_are_spaces() {
        let text = "Le titre gagne trois pour cent. ".repeat(100);
        check(format!("{text}\0fin").as_bytes(), &format!("{text} fin"));
        assert!(decode(format!("{text}\0\0\0\0fin").into_bytes(), None).is_err());
    }

    fn utf_16(text: &str, big: bool, mark: bool) -> Vec<u8> {
        let mark = if mark { "\u{FEFF}" } else { "" };
        let units = mark.encode_utf16().chain(text.encode_utf16()).collect::<Vec<_>>();
        units.into_iter().flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
    }

    #[test]
    fn every_encoding_of_western_news_is_read() {
        check(b"", "");
        check("L’été à 3 €".as_bytes(), "L’été à 3 €");
        check("\u{FEFF}Bénéfice".as_bytes(), "Bénéfice");
        for (big, mark) in [(false, true), (true, true), (false, false), (true, false)] {
            check(&utf_16("Le bénéfice d’Orange", big, mark), "Le bénéfice d’Orange");
        }
        check(b"Le r\xE9sultat de l\x92ann\xE9e a \x9Cuvr\xE9", "Le résultat de l’année a œuvré");
        check(b"au caf\xE9\xA0\xBB, a-t-il dit, d\xE9\xE7u", "au café\u{A0}», a-t-il dit, déçu");
        check(b"hausse de 3,5\xA0\xA4 apr\xE8s la s\xE9ance", "hausse de 3,5\u{A0}€ après la séance");
        check(b"au c\xBDur de la zone euro, d\xE9j\xE0", "au cœur de la zone euro, déjà");
        check(b"un taux de 2\xBD points, d\xE9j\xE0", "un taux de 2½ points, déjà");
    }

    #[test]
    fn line_ends_become_one() {
        check(b"a\r\nb\rc\n\r\nd\r", "a\nb\nc\n\nd\n");
    }

    #[test]
    fn utf_8_with_a_few_bad_bytes_stays_utf_8() {
        let mut bytes = "é".repeat(50).into_bytes();
        bytes.extend_from_slice(b" d\xE9faut \xE2\x82");
        check(&bytes, &format!("{} défaut \u{FFFD}", "é".repeat(50)));
    }

    #[test]
    fn a_declared_charset_is_believed_unless_the_bytes_are_utf_8() {
        for (bytes, declared, expected) in [
            (&b"\xC1\xE8\xF0\xE6\xE0"[..], "windows-1251", "Биржа"),
            ("Société".as_bytes(), "iso-8859-1", "Société"),
            (b"Soci\xE9t\xE9", "utf-8", "Société"),
            (b"Soci\xE9t\xE9", "utf-16", "Société"),
            (b"Soci\xE9t\xE9", "no such charset", "Société"),
        ] {
            assert_eq!(decode(bytes.to_vec(), Some(declared)).as_deref(), Ok(expected), "{declared}");
        }
    }

    #[test]
    fn what_is_no_text_is_refused() {
        for bytes in [
            &b"%PDF-1.4 text"[..],
            b"a\0b",
            b"\0\0\0\0",
            b"\xFF\xFE\0\0a\0\0\0",
            b"\x01\x02\x03\x04abc",
            b"\0\x01\x02\x03\0\xff",
        ] {
            assert_eq!(decode(bytes.to_vec(), None).unwrap_err().reason, SkipReason::Binary, "{bytes:?}");
            assert_eq!(Trouble::from(Decoded::new(bytes).err().unwrap()).reason, SkipReason::Binary, "{bytes:?}");
        }
    }

    #[test]
    fn a_stream_of_ascii_may_turn_western_after_its_head() {
        let mut bytes = vec![b'a'; HEAD + 10];
        bytes.extend_from_slice(b"d\xE9\xE7u \xE9t\xE9");
        let mut text = String::new();
        Decoded::new(&bytes[..]).unwrap().read_to_string(&mut text).unwrap();
        assert!(text.ends_with("adéçu été"), "{:?}", &text[HEAD..]);
    }

    #[test]
    fn a_failure_comes_after_what_was_read() {
        struct Failing(bool);
        impl Read for Failing {
            fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
                match std::mem::replace(&mut self.0, false) {
                    true => (&b"news\n"[..]).read(buffer),
                    false => Err(io::Error::other("broken")),
                }
            }
        }
        let mut lines = Decoded::new(Failing(true)).unwrap().lines();
        assert_eq!(lines.next().unwrap().unwrap(), "news");
        assert_eq!(lines.next().unwrap().unwrap_err().to_string(), "broken");
    }

    proptest! {
        #[test]
        fn valid_utf_8_is_kept(text in "[\\PC\n\t]{0,300}") {
            prop_assert_eq!(decode(text.clone().into_bytes(), None), Ok(text.clone()));
            prop_assert_eq!(decode(text.replace('\n', "\r\n").into_bytes(), Some("latin1")), Ok(text));
        }

        #[test]
        fn a_stream_is_cut_nowhere(text in "[a-zé€😀]{0,40}", size in 1usize..7) {
            // A reader that gives a few bytes at a time, as a slow decompressor does.
            struct Slow<'a>(&'a [u8], usize);
            impl Read for Slow<'_> {
                fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
                    let count = self.1.min(buffer.len());
                    (&mut self.0).take(count as u64).read(buffer)
                }
            }
            let long = format!("{}{text}", "é".repeat(HEAD / 2 + 1));
            let mut streamed = String::new();
            Decoded::new(Slow(long.as_bytes(), size * 1000 + 1)).unwrap().read_to_string(&mut streamed).unwrap();
            prop_assert_eq!(streamed, long);
        }
    }
}
