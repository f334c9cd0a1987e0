//! From text to tokens, and from a form to its stems and its fold: the one analysis that text and
//! query both pass through.
//!
//! The index keeps words as they were written ([`Tokens`]: lower case, NFC, apostrophes split,
//! accents kept). What a form is a variant of ([`fold`], [`Stemmers`], [`canonical_numbers`]) is a
//! function of the form alone, so it is computed once for each distinct form and kept in the
//! vocabulary, not in the index. Nothing is a stop word.

mod character;
mod elision;
mod fold;
mod function_words;
mod inflection;
mod number;
mod pattern;
mod quantity;
mod sentence;
mod stem;
mod tokenizer;

pub use character::{ascii_run, is_apostrophe, is_searchable};
pub use elision::{has_article, is_elided};
pub use fold::fold;
pub use function_words::{function_word_language, is_function_word, is_function_word_in};
pub use inflection::{inflection_root, inflections, is_inflection};
pub use number::{canonical_numbers, is_number, is_same_number};
pub use pattern::{Pattern, PatternError};
pub use quantity::{
    Bound, Measure, QUANTITY, QuantityRange, TypedNumber, amount_without_unit, currency, is_quantity, minus_before,
    negative_rate, typed_number, unsigned_rate,
};
pub use sentence::{SentenceCutter, closes_before, is_abbreviation, sentences};
pub use stem::Stemmers;
pub use tokenizer::{Token, TokenKind, Tokens};

/// The version of everything in this room that decides what stands in an index. It is stamped in
/// each index; an index with another one must be built again.
pub const VERSION: u32 = 11;
