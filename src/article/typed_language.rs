//! The language that a person asks for: in a query, or on the command line.
//!
//! Separate from [`Language`], whose file the build script compiles too, without the messages that are needed here.

use std::str::FromStr;

use super::Language;
use crate::wording::Bilingual;

impl FromStr for Language {
    type Err = Bilingual;

    fn from_str(text: &str) -> Result<Language, Bilingual> {
        // `fr-CA` is a tag; `fr;en` and `fr-en` are two.
        let mut parts = text.split(['-', '_']);
        let is_tag = parts.next().is_some_and(|name| name.chars().all(char::is_alphabetic))
            && parts.all(|part| part.chars().all(char::is_alphanumeric) && !part.eq_ignore_ascii_case("en"));
        match Language::from_tag(text).filter(|_| is_tag) {
            Some(language) if language != Language::Other || text.eq_ignore_ascii_case("other") => Ok(language),
            _ => Err(said!("unknown language `{text}`: fr, en or other", "langue inconnue `{text}` : fr, en ou other")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_read_back() {
        for language in Language::ALL {
            assert_eq!(language.code().parse(), Ok(language));
        }
        for (text, want) in [("fr-CA", Some(Language::French)), ("English", Some(Language::English))] {
            assert_eq!(text.parse().ok(), want, "{text}");
        }
        for two in ["fr;en", "fr|en", "fr/en", "fr,en", "fr-en", "fr:en", "fr en"] {
            assert!(two.parse::<Language>().is_err(), "{two}");
        }
        let refused = "xx".parse::<Language>().unwrap_err();
        assert_eq!(refused.english, "unknown language `xx`: fr, en or other");
        assert_eq!(refused.french, "langue inconnue `xx` : fr, en ou other");
    }
}
