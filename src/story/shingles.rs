//! The shingles of a text, hashed: three words in a row each, in lower case and without accents.
//!
//! Every word of every article passes here, so that a word is hashed by eight bytes together, and a shingle is made of
//! the hashes of its words.

use unicode_normalization::char::is_combining_mark;

use crate::analysis::{ascii_run, fold};

/// How many words in a row make a shingle. More would make a text with misread letters look strange to
/// its copy, fewer would make any two texts of one language look alike.
const SHINGLE: usize = 3;

/// Adds the hashes of a text's shingles; a text of fewer words is one shingle.
pub(super) fn shingles(text: &str, out: &mut Vec<u64>) {
    let mut last = [0; SHINGLE];
    let mut count = 0;
    words(text, |word| {
        last = [last[1], last[2], word];
        count += 1;
        if count >= SHINGLE {
            out.push(hash_of(last));
        }
    });
    if (1..SHINGLE).contains(&count) {
        out.push(hash_of(last));
    }
}

/// Returns the hash of words in a row, whose order counts (the cyclic polynomials of Cohen, "Recursive hashing functions
/// for n-grams", 1997).
fn hash_of([first, second, third]: [u64; SHINGLE]) -> u64 {
    first.rotate_left(42) ^ second.rotate_left(21) ^ third
}

/// Calls `each` with the hash of every word: letters and digits in a row, without case and accents.
fn words(text: &str, mut each: impl FnMut(u64)) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let run = ascii_run(&bytes[at..]);
        if bytes.get(at + run).is_none_or(u8::is_ascii) {
            if run > 0 {
                each(word_hash(&bytes[at..], run, LOWER));
            }
            at += run + 1;
            continue;
        }
        // Letters beyond ASCII: the word is read again, folded.
        let rest = &text[at..];
        let end = rest.find(|c: char| !(c.is_alphanumeric() || is_combining_mark(c))).unwrap_or(rest.len());
        if end > 0 {
            each(folded_hash(&rest[..end]));
        }
        at += end;
        at += text[at..].chars().next().map_or(0, char::len_utf8);
    }
}

/// Returns the hash of a word, which is the first `length` bytes; `lower` are the bits that they all have in lower case.
#[inline]
fn word_hash(mut bytes: &[u8], mut length: usize, lower: u64) -> u64 {
    let mut hash = 0;
    while let Some((eight, rest)) = bytes.split_first_chunk().filter(|_| length > EIGHT) {
        hash = hashed(hash, u64::from_le_bytes(*eight) | lower);
        (bytes, length) = (rest, length - EIGHT);
    }
    // What is behind the word is read with it, and cut off.
    let last = bytes.first_chunk().copied().unwrap_or_else(|| {
        let mut last = [0; EIGHT];
        last[..length].copy_from_slice(&bytes[..length]);
        last
    });
    let behind = 8 * (EIGHT - length) as u32;
    mixed(hashed(hash, (u64::from_le_bytes(last) | lower) & u64::MAX.checked_shr(behind).unwrap_or(0)))
}

/// Returns the hash of a word's fold.
fn folded_hash(word: &str) -> u64 {
    if let Some((letters, length)) = latin(word) {
        return word_hash(&letters, length, 0);
    }
    let lower: String = word.chars().flat_map(char::to_lowercase).collect();
    let folded = fold(&lower);
    word_hash(folded.as_bytes(), folded.len(), 0)
}

/// Returns the fold of a word of the letters that French writes, and its length, if it is not too long: nearly all are.
fn latin(word: &str) -> Option<([u8; 32], usize)> {
    let (mut letters, mut length) = ([0; 32], 0);
    for c in word.chars() {
        *letters.get_mut(length)? = match c {
            '0'..='9' | 'a'..='z' | 'A'..='Z' => (c as u8).to_ascii_lowercase(),
            _ => *LATIN.get((c as usize).wrapping_sub(0xc0)).filter(|folded| **folded != 0)?,
        };
        length += 1;
    }
    Some((letters, length))
}

/// What the letters from U+00C0 to U+00FF fold to, if it is one letter; 0 for the others.
const LATIN: &[u8; 64] = b"aaaaaa\0ceeeeiiiidnooooo\0ouuuuy\0\0aaaaaa\0ceeeeiiiidnooooo\0ouuuuy\0y";

/// How many bytes of a word are hashed together.
const EIGHT: usize = 8;

/// The bit by which small letters differ from capitals, and which digits have, in so many bytes.
const LOWER: u64 = u64::from_le_bytes([0x20; EIGHT]);

/// Returns the hash of bytes and eight more.
#[inline]
fn hashed(hash: u64, eight: u64) -> u64 {
    (hash.rotate_left(23) ^ eight).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// Returns a hash of which every bit depends on every bit of `n` (the finalizer of SplitMix64: Steele, Lea
/// and Flood, "Fast splittable pseudorandom number generators", 2014).
pub(super) fn mixed(n: u64) -> u64 {
    let n = n.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let n = (n ^ n >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let n = (n ^ n >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    n ^ n >> 31
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_with_accents_fold_alone_as_they_do_in_a_word() {
        for c in '\u{c0}'..='\u{ff}' {
            let lower: String = c.to_lowercase().collect();
            let folded = fold(&lower);
            let alone = LATIN[c as usize - 0xc0];
            assert!(alone == 0 || folded.as_bytes() == [alone], "{c}: {folded}");
            let folded = fold(&format!("a{lower}z"));
            assert_eq!(folded_hash(&format!("A{c}z")), word_hash(folded.as_bytes(), folded.len(), 0), "{c}");
        }
    }

    #[test]
    fn a_word_is_hashed_by_itself_whatever_stands_around_it() {
        let of = |text: &str| {
            let mut hashes = Vec::new();
            words(text, |hash| hashes.push(hash));
            hashes
        };
        let written = "Été 1234567 12345678 123456789 d’Électricité A Жук internationalisation";
        let hashes = of(written);
        assert_eq!(hashes.len(), 9);
        assert!((1..hashes.len()).all(|n| !hashes[..n].contains(&hashes[n])), "{hashes:?}");
        assert_eq!(of("ete"), hashes[..1]);
        for (word, hash) in written.split([' ', '’']).zip(&hashes) {
            for text in [word.to_owned(), word.to_uppercase(), format!("({word})"), format!("— {word}, et les autres")]
            {
                assert!(of(&text).contains(hash), "{text}");
            }
        }
        assert!(of("\u{301} …").len() <= 1);
    }

    #[test]
    fn the_order_of_words_counts_and_few_words_are_one_shingle() {
        let of = |text: &str| {
            let mut hashes = Vec::new();
            shingles(text, &mut hashes);
            hashes
        };
        assert_eq!(["", "a", "a b", "a b c", "a b c d"].map(|text| of(text).len()), [0, 1, 1, 1, 2]);
        let orders = ["a b c", "a c b", "b a c", "b c a", "c a b", "c b a", "a a b", "a b a", "b a a", "a a a"].map(of);
        assert!((1..orders.len()).all(|n| !orders[..n].contains(&orders[n])), "{orders:?}");
    }
}
