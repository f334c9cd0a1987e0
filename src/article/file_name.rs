//! How the name of a file is written as text, so that no two files get the same one.

use std::ffi::OsStr;

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
        }
    }
}
