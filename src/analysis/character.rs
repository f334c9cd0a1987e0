//! What each character is to the tokenizer. ASCII goes through a table; the rest is decided here,
//! so that the tokenizer itself reads as rules about words and not about code points.

use unicode_normalization::char::is_combining_mark;

/// The part a character plays in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// A letter or digit: part of a word.
    Word,
    /// A combining mark: part of a word, which then needs normalization.
    Mark,
    /// A letter of a script written without spaces: a word of its own.
    Ideograph,
    /// Invisible inside words: soft hyphen, zero-width characters.
    Ignorable,
    /// Any of the shapes of an apostrophe.
    Apostrophe,
    /// White space within a line, no-break spaces included.
    Space,
    /// A line or paragraph end.
    Newline,
    /// Ends a sentence: `.` `!` `?` `…`
    Terminator,
    /// A sign searchable by itself: `%` `€` `$` `£` `¥` `₹`
    Sign,
    /// Everything else.
    Other,
}

const fn ascii_class(b: u8) -> Class {
    match b {
        b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => Class::Word,
        b'\'' | b'`' => Class::Apostrophe,
        b' ' | b'\t' | 0x0b => Class::Space,
        b'\n' | b'\r' | 0x0c => Class::Newline,
        b'.' | b'!' | b'?' => Class::Terminator,
        b'%' | b'$' => Class::Sign,
        _ => Class::Other,
    }
}

pub(super) static ASCII: [Class; 128] = {
    let mut table = [Class::Other; 128];
    let mut b = 0;
    while b < 128 {
        table[b] = ascii_class(b as u8);
        b += 1;
    }
    table
};

/// Returns the class of any character.
pub(super) fn class(c: char) -> Class {
    match c {
        '\0'..='\x7f' => ASCII[c as usize],
        // Latin-1: the French letters, first because most frequent.
        '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{f6}' | '\u{f8}'..='\u{24f}' => Class::Word,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' => {
            Class::Ignorable
        }
        '\u{b4}' | '\u{2bc}' | '\u{2018}' | '\u{2019}' | '\u{201b}' | '\u{2032}' | '\u{ff07}' => Class::Apostrophe,
        '\u{a0}' | '\u{202f}' | '\u{2000}'..='\u{200a}' | '\u{3000}' => Class::Space,
        '\u{85}' | '\u{2028}' | '\u{2029}' => Class::Newline,
        '…' | '。' | '！' | '？' => Class::Terminator,
        '€' | '£' | '¥' | '‰' | '₹' | '₩' | '₽' | '₺' | '₪' => Class::Sign,
        '\u{3040}'..='\u{30ff}'
        | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}' => Class::Ideograph,
        _ if c.is_alphanumeric() => Class::Word,
        _ if is_combining_mark(c) => Class::Mark,
        _ => Class::Other,
    }
}

/// Returns how many letters and digits of ASCII stand in a row at the start of `bytes`: most words, or most of them.
///
/// Eight bytes are looked at together, since the length of a word is what a processor guesses worst (Warren, Hacker's
/// Delight, 2nd edition, chapter 6).
#[inline]
pub fn ascii_run(bytes: &[u8]) -> usize {
    ascii_run_with_case(bytes).0
}

/// The same, and whether there is a capital in it.
#[inline]
pub(super) fn ascii_run_with_case(bytes: &[u8]) -> (usize, bool) {
    let (mut run, mut has_capital) = (0, false);
    while let Some(eight) = bytes[run..].first_chunk() {
        let eight = u64::from_le_bytes(*eight);
        let others = !alphanumeric(eight) & HIGH;
        // The bytes before the first of the others.
        let own = (others >> 7).wrapping_sub(1) & !(others >> 7);
        has_capital |= eight & SMALL << 1 & !(eight << 1) & own != 0;
        run += others.trailing_zeros() as usize / 8;
        if others != 0 {
            return (run, has_capital);
        }
    }
    let rest = bytes[run..].iter().take_while(|byte| byte.is_ascii_alphanumeric());
    (run + rest.clone().count(), has_capital || rest.clone().any(u8::is_ascii_uppercase))
}

/// The highest bit of each of eight bytes.
const HIGH: u64 = u64::from_le_bytes([0x80; 8]);
/// The bit of each of eight bytes that small letters have and capitals have not; both have the next higher one.
const SMALL: u64 = u64::from_le_bytes([0x20; 8]);

/// Returns eight bytes of which those have the highest bit that are a letter or digit of ASCII in these eight.
#[inline]
fn alphanumeric(eight: u64) -> u64 {
    let all = |byte| u64::from_le_bytes([byte; 8]);
    // No byte carries into the next: none is more than 0x7f, and added to none is more than 0x80.
    let low = eight & !HIGH;
    let between = |bytes: u64, first: u8, last: u8| (bytes + all(0x80 - first)) & !(bytes + all(0x7f - last));
    // Small letters are capitals with one bit more.
    (between(low, b'0', b'9') | between(low | SMALL, b'a', b'z')) & !eight & HIGH
}

/// Returns whether a character is one of the shapes of an apostrophe.
pub fn is_apostrophe(c: char) -> bool {
    class(c) == Class::Apostrophe
}

/// Returns whether a character can be searched for: part of a word, or a sign.
pub fn is_searchable(c: char) -> bool {
    matches!(class(c), Class::Word | Class::Ideograph | Class::Sign)
}

/// Appends `c` in lower case, ligatures and full-width forms spelled out.
pub(super) fn push_lower(out: &mut String, c: char) {
    match c {
        '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{de}' => out.extend(char::from_u32(c as u32 + 0x20)),
        '\u{df}'..='\u{ff}' | 'œ' => out.push(c),
        '\u{fb00}' => out.push_str("ff"),
        '\u{fb01}' => out.push_str("fi"),
        '\u{fb02}' => out.push_str("fl"),
        '\u{fb03}' => out.push_str("ffi"),
        '\u{fb04}' => out.push_str("ffl"),
        '\u{fb05}' | '\u{fb06}' => out.push_str("st"),
        '\u{ff10}'..='\u{ff19}' | '\u{ff21}'..='\u{ff3a}' | '\u{ff41}'..='\u{ff5a}' => {
            out.extend(char::from_u32(c as u32 - 0xfee0).map(|c| c.to_ascii_lowercase()));
        }
        _ => out.extend(c.to_lowercase()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shape_of_apostrophe_is_one() {
        for c in "'’‘ʼ´′＇`".chars() {
            assert_eq!(class(c), Class::Apostrophe, "{c:?}");
        }
    }

    #[test]
    fn lower_case_spells_ligatures_out() {
        for (c, want) in [('É', "é"), ('Œ', "œ"), ('ﬁ', "fi"), ('Ｆ', "f"), ('ß', "ß"), ('Σ', "σ"), ('×', "×")]
        {
            let mut out = String::new();
            push_lower(&mut out, c);
            assert_eq!(out, want, "{c}");
        }
    }

    proptest::proptest! {
        #[test]
        fn a_run_ends_before_the_first_byte_that_is_neither_letter_nor_digit(
            run in "[0-9A-Za-z]{0,20}", end in proptest::num::u8::ANY, rest in proptest::collection::vec(0..=255_u8, 0..20)
        ) {
            let bytes = [run.as_bytes(), &[end], &rest].concat();
            let want = bytes.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
            let has_capital = bytes[..want].iter().any(u8::is_ascii_uppercase);
            proptest::prop_assert_eq!(ascii_run_with_case(&bytes), (want, has_capital));
            proptest::prop_assert_eq!(ascii_run(run.as_bytes()), run.len());
        }
    }
}
