//! The head of a message, mended before it is taken apart: letters outside of ASCII as they came, and encoded words that
//! were cut within a letter.
//!
//! RFC 2047 forbids both, and many a program does both; `mail-parser` reads each word for itself, and UTF-8 alone.

use std::borrow::Cow;

use mail_parser::decoders::base64::base64_decode;
use memchr::memmem;

use super::decode::decode;

/// Returns the message with its head so written that each of its words can be read.
pub(super) fn mended(message: Vec<u8>) -> Vec<u8> {
    let end = [&b"\n\n"[..], b"\r\n\r\n"].iter().filter_map(|blank| memmem::find(&message, blank)).min();
    let (head, body) = message.split_at(end.unwrap_or(message.len()));
    match joined(readable(head, charset(&message))) {
        Cow::Borrowed(_) => message,
        Cow::Owned(head) => [&*head, body].concat(),
    }
}

/// Returns the charset that a message names first, mostly in the head.
fn charset(message: &[u8]) -> Option<String> {
    let at = memmem::find(message, b"charset=")?;
    let value = message.get(at + 8..)?;
    let value = value.strip_prefix(b"\"").unwrap_or(value);
    let end = value.iter().position(|&byte| !(byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')));
    Some(String::from_utf8_lossy(&value[..end.unwrap_or(value.len())]).into_owned())
}

/// Returns the head in UTF-8: what it is not in, is in the charset of the text.
fn readable(head: &[u8], charset: Option<String>) -> Cow<'_, [u8]> {
    if std::str::from_utf8(head).is_ok() {
        return Cow::Borrowed(head);
    }
    match decode(head.to_vec(), charset.as_deref()) {
        Ok(text) => Cow::Owned(text.into_bytes()),
        Err(_) => Cow::Borrowed(head),
    }
}

/// An encoded word: `=?charset?Q?text?=`.
struct Word<'a> {
    charset: &'a [u8],
    is_base_64: bool,
    text: &'a [u8],
    length: usize,
}

impl<'a> Word<'a> {
    fn at_start_of(bytes: &'a [u8]) -> Option<Word<'a>> {
        let inner = bytes.strip_prefix(b"=?")?;
        let charset = inner.iter().take(40).position(|&byte| byte == b'?')?;
        let is_base_64 = match inner.get(charset + 1..charset + 3)? {
            b"B?" | b"b?" => true,
            b"Q?" | b"q?" => false,
            _ => return None,
        };
        let text = inner.get(charset + 3..)?;
        let end = text.iter().take_while(|byte| !byte.is_ascii_whitespace() && **byte != b'?').count();
        text.get(end..)?.starts_with(b"?=").then_some(Word {
            charset: &inner[..charset],
            is_base_64,
            text: &text[..end],
            length: charset + end + 7,
        })
    }

    /// Adds its bytes as the text of a word in `Q`.
    fn write(&self, text: &mut Vec<u8>) {
        if !self.is_base_64 {
            return text.extend_from_slice(self.text);
        }
        for byte in base64_decode(self.text).unwrap_or_default() {
            text.extend_from_slice(format!("={byte:02X}").as_bytes());
        }
    }
}

/// Joins the encoded words of one charset that follow each other.
fn joined(head: Cow<'_, [u8]>) -> Cow<'_, [u8]> {
    if memmem::find(&head, b"?=").is_none() {
        return head;
    }
    let mut written = Vec::with_capacity(head.len());
    let mut rest = &*head;
    while let Some(at) = memmem::find(rest, b"=?") {
        written.extend_from_slice(&rest[..at]);
        rest = &rest[at..];
        let Some(first) = Word::at_start_of(rest) else {
            written.extend_from_slice(b"=?");
            rest = &rest[2..];
            continue;
        };
        let mut length = first.length;
        let mut words = vec![first];
        while let Some(after) = rest.get(length..) {
            let blank = after.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
            match Word::at_start_of(&after[blank..]) {
                Some(next) if blank > 0 && next.charset.eq_ignore_ascii_case(words[0].charset) => {
                    length += blank + next.length;
                    words.push(next);
                }
                _ => break,
            }
        }
        if words.len() == 1 {
            written.extend_from_slice(&rest[..length]);
        } else {
            written.extend_from_slice(b"=?");
            written.extend_from_slice(words[0].charset);
            written.extend_from_slice(b"?Q?");
            words.iter().for_each(|word| word.write(&mut written));
            written.extend_from_slice(b"?=");
        }
        rest = &rest[length..];
    }
    written.extend_from_slice(rest);
    Cow::Owned(written)
}

#[cfg(test)]
mod tests {
    use crate::ingest::testing::read_one;

    #[test]
    fn subjects_of_every_dress_are_read() {
        for (subject, headline) in [
            (&b"=?utf-8?Q?R=C3?=\r\n =?utf-8?Q?=A9sultats_de?= Halden"[..], "Résultats de Halden"),
            (b"=?UTF-8?B?UsM=?=\n =?utf-8?Q?=A9sultats?=", "Résultats"),
            (b"=?utf-8?B?UsOpc3VsdGF0cw==?=", "Résultats"),
            (b"=?utf-8?Q?R=C3=A9?= =?iso-8859-1?Q?_=E9t=E9?=", "Ré été"),
            (b"R\xE9sultats de Halden", "Résultats de Halden"),
            ("Résultats".as_bytes(), "Résultats"),
            (b"La hausse =? et la =?x?", "La hausse =? et la =?x?"),
        ] {
            let head = b"Content-Type: text/plain; charset=iso-8859-1\r\nFrom: a@example.org\r\nSubject: ";
            let mail = [&head[..], subject, b"\r\n\r\nLe texte.\r\n"].concat();
            assert_eq!(read_one("a.eml", &mail).headline.as_deref(), Some(headline));
        }
    }
}
