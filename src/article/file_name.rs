//! How the name of a file is written as text, so that no two files get the same one.

use std::borrow::Cow;
use std::ffi::{OsStr, OsString};

/// Returns a name as text: bytes that are not UTF-8 as U+FFFD and two hexadecimal digits, and U+FFFD itself doubled.
pub fn text(name: &OsStr) -> String {
    let mut text = String::new();
    push(name.as_encoded_bytes(), &mut text);
    text
}

/// Appends a name as [`text`] writes it.
pub fn push(bytes: &[u8], text: &mut String) {
    for chunk in bytes.utf8_chunks() {
        match chunk.valid() {
            valid if valid.contains('\u{FFFD}') => text.push_str(&valid.replace('\u{FFFD}', "\u{FFFD}\u{FFFD}")),
            valid => text.push_str(valid),
        }
        for byte in chunk.invalid() {
            text.push_str(&format!("\u{FFFD}{byte:02X}"));
        }
    }
}

/// Returns the bytes of the name that [`text`] wrote so.
pub fn bytes(text: &str) -> Cow<'_, [u8]> {
    let mut parts = text.split('\u{FFFD}');
    let first = parts.next().unwrap_or_default();
    if first.len() == text.len() {
        return Cow::Borrowed(text.as_bytes());
    }
    let mut bytes = first.as_bytes().to_vec();
    while let Some(part) = parts.next() {
        let byte = part.get(..2).filter(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()));
        match byte.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                bytes.extend_from_slice(&part.as_bytes()[2..]);
            }
            // The sign itself stands twice, with nothing between.
            None => {
                bytes.extend_from_slice("\u{FFFD}".as_bytes());
                bytes.extend_from_slice(part.as_bytes());
                if part.is_empty() {
                    bytes.extend_from_slice(parts.next().unwrap_or_default().as_bytes());
                }
            }
        }
    }
    Cow::Owned(bytes)
}

/// Returns the name that [`text`] wrote so, as the system has it.
pub fn name(text: &str) -> OsString {
    #[cfg(unix)]
    return std::os::unix::ffi::OsStringExt::from_vec(bytes(text).into_owned());
    #[cfg(not(unix))]
    return String::from_utf8_lossy(&bytes(text)).into_owned().into();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_names_are_written_alike() {
        for (bytes, want) in [
            (&b"news.txt"[..], "news.txt"),
            ("été".as_bytes(), "été"),
            (b"archiv\xE9s", "archiv\u{FFFD}E9s"),
            (b"archiv\xE8s", "archiv\u{FFFD}E8s"),
            ("archiv\u{FFFD}E9s".as_bytes(), "archiv\u{FFFD}\u{FFFD}E9s"),
        ] {
            let mut text = String::new();
            push(bytes, &mut text);
            assert_eq!(text, want);
            assert_eq!(super::bytes(&text), bytes, "{text}");
        }
        // What no name is written as stands for itself.
        for text in ["\u{FFFD}", "a\u{FFFD}xy", "\u{FFFD}é"] {
            assert_eq!(bytes(text), text.as_bytes());
        }
    }
}
