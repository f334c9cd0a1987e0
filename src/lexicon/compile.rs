//! From the lines of a lexicon to tables that are read in place.
//!
//! Separate from reading them, because the build script does the same to the lexicon in `data/lexicon` as
//! the library to a user's own: every variant passes through the analysis of text and query, and is
//! filed under its folds and under its stems.

use std::collections::BTreeMap;

use crate::analysis::{Stemmers, Token, TokenKind, Tokens, fold};
use crate::article::Language;

/// The languages of a line, in the order of its columns.
pub const COLUMNS: [Language; 2] = [Language::English, Language::French];
/// What parts the variants of one column.
pub const VARIANTS: char = '|';
/// Set in the place of a variant that is filed under its stems.
pub const STEM: u32 = 1 << 31;

/// A lexicon made ready for looking up.
#[derive(Debug, Default)]
pub struct Compiled {
    /// The lines.
    pub text: String,
    /// A finite-state map from keys ([`key`]) to places in `lists`.
    pub keys: Vec<u8>,
    /// For each key a count, and as often a line (its first byte in `text`) and which of its variants it
    /// is, with [`STEM`] if the key is its stems; each number four bytes, little-endian.
    pub lists: Vec<u8>,
}

/// Compiles a text of lines `english TAB french`, the variants of each parted by [`VARIANTS`]; what is no
/// such line is passed over.
pub fn compile(text: String) -> Result<Compiled, fst::Error> {
    let stemmers = Stemmers::default();
    let mut filed: BTreeMap<Vec<u8>, Vec<(u32, u32)>> = BTreeMap::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        for (language, column) in COLUMNS.into_iter().zip(line.trim_end().split('\t')) {
            for (nth, variant) in (0..).zip(column.split(VARIANTS)) {
                let words = words(variant);
                if words.is_empty() {
                    continue;
                }
                let folds = key(language, false, words.iter().map(|word| fold(word)));
                let stems = key(language, true, words.iter().map(|word| stem(&stemmers, word, language)));
                filed.entry(folds).or_default().push((start, nth));
                filed.entry(stems).or_default().push((start, nth | STEM));
            }
        }
        start += line.len() as u32;
    }
    let mut keys = fst::MapBuilder::memory();
    let mut lists = Vec::new();
    for (key, list) in filed {
        keys.insert(key, lists.len() as u64)?;
        let numbers = list.iter().flat_map(|(line, nth)| [*line, *nth]);
        for number in std::iter::once(list.len() as u32).chain(numbers) {
            lists.extend(number.to_le_bytes());
        }
    }
    Ok(Compiled { keys: keys.into_inner()?, lists, text })
}

/// Returns the words of a text, as the index would hold them.
pub fn words(text: &str) -> Vec<String> {
    let mut tokens = Tokens::new(text);
    let mut token = Token::default();
    let mut words = Vec::new();
    while tokens.next(&mut token) {
        if token.kind == TokenKind::Word {
            words.push(token.text.clone());
        }
    }
    words
}

/// Returns what a word is filed under beside its fold: its stem, or its fold if it has none.
pub fn stem(stemmers: &Stemmers, word: &str, language: Language) -> String {
    stemmers.stem(word, language).unwrap_or_else(|| fold(word))
}

/// Returns the key of words of a language, given by their folds or by their stems.
pub fn key(language: Language, stems: bool, words: impl Iterator<Item = String>) -> Vec<u8> {
    let mut key = vec![tag(language, stems)];
    for word in words {
        if key.len() > 1 {
            key.push(b' ');
        }
        key.extend(word.bytes());
    }
    key
}

/// Returns the byte that stands before the keys of a language.
pub fn tag(language: Language, stems: bool) -> u8 {
    let tag = match language {
        Language::English => b'e',
        Language::French => b'f',
        Language::Other => b'o',
    };
    if stems { tag.to_ascii_uppercase() } else { tag }
}
