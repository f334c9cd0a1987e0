//! The text around a possible code: steps over spaces of every width, words before a place, brackets.
//!
//! Every form asks the same few questions of the bytes around its trigger. They are answered here, with
//! bounds, so that a strange text costs no more than a plain one.

use crate::article::Language;

/// A text, and its language.
pub(super) struct Text<'a> {
    pub source: &'a str,
    pub bytes: &'a [u8],
    pub language: Language,
}

/// How far back a bracket is looked for, in bytes.
const REACH: usize = 240;

impl<'a> Text<'a> {
    pub fn new(source: &'a str, language: Language) -> Text<'a> {
        Text { source, bytes: source.as_bytes(), language }
    }

    /// Returns the byte at `at`, or 0 after the end.
    pub fn byte(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or(0)
    }

    /// Returns the byte before `at`, or 0 at the beginning.
    pub fn byte_before(&self, at: usize) -> u8 {
        at.checked_sub(1).map_or(0, |before| self.byte(before))
    }

    /// Returns the text of a range; empty if it is none.
    pub fn slice(&self, start: usize, end: usize) -> &'a str {
        self.source.get(start..end).unwrap_or_default()
    }

    /// Returns the text from `at` on; empty if `at` is no boundary.
    pub fn from(&self, at: usize) -> &'a str {
        self.source.get(at..).unwrap_or_default()
    }

    /// Returns the last bytes before `end`, about `length` of them, from a character on.
    pub fn last(&self, end: usize, length: usize) -> &'a str {
        let start = (end.saturating_sub(length)..=end).find(|at| self.source.is_char_boundary(*at)).unwrap_or(end);
        self.slice(start, end)
    }

    /// Returns the place after the spaces at `at`: plain, no-break or thin ones, but no line break.
    pub fn after_spaces(&self, mut at: usize) -> usize {
        loop {
            match (self.byte(at), self.byte(at + 1), self.byte(at + 2)) {
                (b' ' | b'\t', _, _) => at += 1,
                (0xC2, 0xA0, _) => at += 2,
                // U+2000 to U+200A, U+202F
                (0xE2, 0x80, 0x80..=0x8A | 0xAF) => at += 3,
                _ => return at,
            }
        }
    }

    /// Returns the place before the spaces that end at `at`.
    pub fn before_spaces(&self, mut at: usize) -> usize {
        loop {
            let (last, second, third) =
                (self.byte_before(at), self.byte_before(at.saturating_sub(1)), self.byte_before(at.saturating_sub(2)));
            match (third, second, last) {
                (_, _, b' ' | b'\t') => at -= 1,
                (_, 0xC2, 0xA0) => at -= 2,
                (0xE2, 0x80, 0x80..=0x8A | 0xAF) => at -= 3,
                _ => return at,
            }
        }
    }

    /// Returns where the word that ends at `end` begins: back to a space, a bracket, a quotation mark or
    /// another separator.
    pub fn word_start(&self, end: usize) -> usize {
        let head = self.slice(0, end);
        let mut start = end;
        for (at, c) in head.char_indices().rev().take(40) {
            if c.is_whitespace()
                || is_bracket(c)
                || matches!(c, ',' | ';' | '|' | '/' | '&' | '"' | '“' | '”' | '«' | '»' | ':')
            {
                break;
            }
            start = at;
        }
        start
    }

    /// Returns whether `at` stands inside a bracket that was opened on the same line, not too far back.
    pub fn in_bracket(&self, at: usize) -> bool {
        let mut depth = 0;
        for &byte in self.bytes[..at.min(self.bytes.len())].iter().rev().take(REACH) {
            match byte {
                b'(' | b'[' if depth == 0 => return true,
                b'(' | b'[' => depth -= 1,
                b')' | b']' => depth += 1,
                b'\n' => return false,
                _ => {}
            }
        }
        self.last(at, 60).contains('（')
    }

    /// Returns whether `at` lies in a web or e-mail address.
    pub fn in_address(&self, at: usize) -> bool {
        let before = self.bytes[..at.min(self.bytes.len())].iter().rev().take(REACH);
        let length = before.take_while(|byte| !byte.is_ascii_whitespace() && !matches!(byte, b'(' | b'<')).count();
        let word = &self.bytes[at.min(self.bytes.len()) - length..at.min(self.bytes.len())];
        memchr::memchr(b'@', word).is_some()
            || memchr::memmem::find(word, b"://").is_some()
            || word.len() >= 4 && word[..4].eq_ignore_ascii_case(b"www.")
    }

    /// Returns whether the word before `at` begins with a capital or a digit; it may end in a bracket, and a
    /// single line break may stand between.
    pub fn after_name(&self, at: usize) -> bool {
        let mut end = self.before_spaces(at);
        if self.byte_before(end) == b'\n' {
            end = self.before_spaces(end - 1);
        }
        if matches!(self.byte_before(end), b')' | b']' | b'>') {
            return true;
        }
        let word = self.slice(self.word_start(end), end);
        word.chars().next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit())
    }

    /// Returns where a symbol that begins at `start` ends: capitals and digits, a share class after a dot,
    /// a hyphen or a slash. A word with small letters is no symbol.
    pub fn symbol_end(&self, start: usize) -> Option<usize> {
        let run =
            |from: usize| self.bytes[from.min(self.bytes.len())..].iter().take(20).take_while(|b| is_code(**b)).count();
        let mut end = start + run(start);
        if end == start {
            return None;
        }
        for _ in 0..2 {
            let joined = match self.byte(end) {
                b'.' | b'-' => run(end + 1),
                b'/' => run(end + 1).min(2),
                _ => 0,
            };
            let longest = if self.byte(end) == b'/' { 1 } else { 3 };
            if joined == 0 || joined > longest || self.is_word(end + 1 + joined) {
                break;
            }
            end += 1 + joined;
        }
        (!self.is_word(end) && end - start <= 14).then_some(end)
    }

    /// Returns whether a letter or digit of any script stands at `at`.
    pub fn is_word(&self, at: usize) -> bool {
        match self.byte(at) {
            byte if byte.is_ascii() => byte.is_ascii_alphanumeric() || byte == b'_',
            _ => self.from(at).chars().next().is_some_and(char::is_alphanumeric),
        }
    }

    /// Returns whether a letter or digit of any script ends at `at`.
    pub fn is_word_before(&self, at: usize) -> bool {
        match self.byte_before(at) {
            byte if byte.is_ascii() => byte.is_ascii_alphanumeric() || byte == b'_',
            _ => self.slice(0, at).chars().next_back().is_some_and(char::is_alphanumeric),
        }
    }
}

/// Returns whether a symbol may hold this byte, share class aside.
pub(super) fn is_code(byte: u8) -> bool {
    byte.is_ascii_uppercase() || byte.is_ascii_digit()
}

/// Returns whether this is a bracket of the sorts that hold codes.
pub(super) fn is_bracket(c: char) -> bool {
    matches!(c, '(' | ')' | '[' | ']' | '<' | '>' | '（' | '）')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_of_every_width_are_stepped_over() {
        let text = Text::new("A \u{a0}\u{202f}\u{2009}B", Language::French);
        let b = text.source.find('B').unwrap();
        assert_eq!(text.after_spaces(1), b);
        assert_eq!(text.before_spaces(b), 1);
        assert_eq!(text.before_spaces(0), 0);
    }

    #[test]
    fn symbols_end_where_their_class_ends() {
        for (source, expected) in [
            ("AMZN)", Some("AMZN")),
            ("BRK.A)", Some("BRK.A")),
            ("BRK/B,", Some("BRK/B")),
            ("F/GM", Some("F")),
            ("BP.)", Some("BP")),
            ("BCE.PR.A", Some("BCE.PR.A")),
            ("Okta", None),
            ("É", None),
            ("ABCé", None),
            ("", None),
        ] {
            let text = Text::new(source, Language::English);
            assert_eq!(text.symbol_end(0).map(|end| text.slice(0, end)), expected, "{source}");
        }
    }

    #[test]
    fn brackets_and_addresses_are_noticed() {
        let text = Text::new("a (b) c (d\ne) f [g http://x.y/ABC", Language::English);
        let at = |c: char| text.source.find(c).unwrap();
        assert!(text.in_bracket(at('b')) && text.in_bracket(at('d')) && text.in_bracket(at('g')));
        assert!(!text.in_bracket(at('c')) && !text.in_bracket(at('e')) && !text.in_bracket(at('f')));
        assert!(text.in_address(text.source.find("ABC").unwrap()) && !text.in_address(at('g')));
    }
}
