//! How names begin: asked of every word of a text before the map of names is walked.
//!
//! Few words begin a name, and a walk costs a dozen reads of scattered memory. So the build script writes a small set of
//! hashes beside the map, a filter of one hash (Bloom, 1970): it never denies a word that begins a name, and admits few
//! others. Of a name of several words it keeps the first one with the sign and the letter behind it, so that `The`
//! alone is denied. Small letters, which begin nearly all words and few names, are denied by two letters alone. Within a
//! word the letter case does not count.

use std::borrow::Cow;

use super::spelling;

/// How many bits of a hash choose the bit of an opening.
const BITS: u32 = 19;

/// How many bytes the table of small letters takes: a word of 64 bits for each first letter.
const SMALL: usize = 26 * 8;

/// How many of the letters of the first word count.
const LETTERS: usize = 8;

/// A word begins some name.
const ANY: u64 = 1;

/// A word is a name, a sign behind it aside.
const WHOLE: u64 = 2;

/// The openings of many names.
pub struct Openings {
    /// For each small letter, the letters that follow it where a name begins with it, by their lowest six bits.
    small: [u64; 26],
    bits: Cow<'static, [u8]>,
}

impl Openings {
    /// Returns the openings of no name.
    pub fn none() -> Openings {
        Openings { small: [0; 26], bits: Cow::Owned(vec![0; 1 << (BITS - 3)]) }
    }

    /// Reads what [`Openings::bytes`] wrote; `None` if it did not.
    pub fn read(bytes: &'static [u8]) -> Option<Openings> {
        let (letters, bits) = bytes.split_at_checked(SMALL)?;
        let mut small = [0; 26];
        for (letter, bytes) in small.iter_mut().zip(letters.chunks_exact(8)) {
            *letter = u64::from_le_bytes(bytes.try_into().ok()?);
        }
        (bits.len() == 1 << (BITS - 3)).then_some(Openings { small, bits: Cow::Borrowed(bits) })
    }

    /// Returns the openings as bytes; the build script alone asks for them.
    #[allow(dead_code)]
    pub fn bytes(&self) -> Vec<u8> {
        let small = self.small.iter().flat_map(|letters| letters.to_le_bytes());
        small.chain(self.bits.iter().copied()).collect()
    }

    /// Adds a name in its plain spelling.
    pub fn add(&mut self, name: &str) {
        let bytes = name.as_bytes();
        if let [first @ b'a'..=b'z', second, ..] = bytes {
            self.small[usize::from(first - b'a')] |= 1 << (second & 63);
        }
        let (length, word) = opening(bytes);
        self.set(word, ANY);
        match bytes[length..] {
            [] | [_] => self.set(word, WHOLE),
            [sign, next, ..] => self.set(word, behind(sign, next)),
        }
    }

    /// Returns whether a name may begin with the first word of `text`; if not, none does.
    pub fn admit(&self, text: &[u8]) -> bool {
        if let [first @ b'a'..=b'z', second, ..] = text
            && self.small[usize::from(first - b'a')] >> (second & 63) & 1 == 0
        {
            return false;
        }
        let (length, word) = opening(text);
        match text[length..] {
            // Signs beyond ASCII are spelled in other ways.
            [sign, next, ..] if sign.is_ascii() && next.is_ascii() => {
                self.has(word, WHOLE) || self.has(word, behind(sign, next))
            }
            [sign] if sign.is_ascii() => self.has(word, WHOLE),
            [] => self.has(word, WHOLE),
            _ => self.has(word, ANY),
        }
    }

    fn set(&mut self, word: u64, what: u64) {
        let (byte, bit) = place(word, what);
        self.bits.to_mut()[byte] |= bit;
    }

    fn has(&self, word: u64, what: u64) -> bool {
        let (byte, bit) = place(word, what);
        self.bits.get(byte).is_some_and(|byte| byte & bit != 0)
    }
}

/// The bit that tells small letters of ASCII from capitals, for all letters but the first; digits have it.
const SMALL_WITHIN: u64 = 0x2020_2020_2020_2000;

/// Returns how many letters and digits of ASCII stand at the start of `text`, and the first eight of them, in small letters
/// but for the first.
fn opening(text: &[u8]) -> (usize, u64) {
    let length = text.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
    let Some(first) = text.first_chunk::<LETTERS>() else {
        let mut letters = [0; LETTERS];
        letters[..length].copy_from_slice(&text[..length]);
        return (length, u64::from_le_bytes(letters) | SMALL_WITHIN & mask(length));
    };
    (length, (u64::from_le_bytes(*first) | SMALL_WITHIN) & mask(length))
}

/// Returns the bits of so many letters, eight at most.
fn mask(length: usize) -> u64 {
    u64::MAX.checked_shr(8 * LETTERS.saturating_sub(length) as u32).unwrap_or(0)
}

/// Returns what stands behind a first word, apart from [`ANY`] and [`WHOLE`].
fn behind(sign: u8, next: u8) -> u64 {
    let plain = |byte: u8| spelling::plain(char::from(byte)) as u64;
    // As in `Dick's`, what follows an apostrophe stands within the word.
    let next = if plain(sign) == u64::from(b'\'') { next.to_ascii_lowercase() } else { next };
    plain(sign) << 8 | plain(next) << 16
}

/// Returns the byte and the bit of an opening, by the upper bits of a product (Knuth, The Art of Computer Programming, 6.4).
fn place(word: u64, what: u64) -> (usize, u8) {
    const GOLDEN: u64 = 0x9E37_79B9_7F4A_7C15;
    let hash = (word.wrapping_mul(GOLDEN) ^ what).wrapping_mul(GOLDEN) >> (64 - BITS);
    ((hash >> 3) as usize, 1 << (hash & 7))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_admitted_in_every_spelling_and_other_words_are_not() {
        let mut openings = Openings::none();
        for name in ["Saint-Gobain", "L'Oréal", "The Gap", "Yahoo!", "3M", "eBay", "Électricité de France", "Orange"]
        {
            openings.add(name);
        }
        let openings = Openings::read(openings.bytes().leak()).unwrap();
        for text in [
            "Saint-Gobain a",
            "Saint‑Gobain",
            "L’Oréal",
            "L'Oréal",
            "The Gap",
            "The\nGap",
            "The\u{a0}Gap",
            "Yahoo!",
            "Yahoo! said",
            "3M",
            "eBay",
            "Électricité",
            "Orange",
            "Orange, a",
            "ORANGE, a",
            "OrAnge",
            "L'ORÉAL",
            "SAINT-GOBAIN",
        ] {
            assert!(openings.admit(text.as_bytes()), "{text}");
        }
        for text in ["The other", "Saint-Denis", "saint", "ebay", "L'autre", "Yahooligans", "", "A"] {
            assert!(!openings.admit(text.as_bytes()), "{text}");
        }
    }
}
