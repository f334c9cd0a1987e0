//! The securities that an article names.

use crate::article::{Language, Mention};

/// Returns the securities named in the headline, in the text, or stated by the format, in order of
/// first mention.
pub fn read(_headline: &str, _text: &str, _stated: &[String], _language: Language) -> Vec<Mention> {
    Vec::new()
}
