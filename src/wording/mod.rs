//! What telex says to a person, in the language of that person: English or French. Whoever has
//! something to say says it in both at once, and the door chooses; so a message and its translation
//! stand side by side, and neither is forgotten.
//!
//! What a person may have meant is told from what was typed here, too ([`distance`]).
//!
//! The names of months and weekdays stand here as well, for whoever reads dates.
//!
//! What programs read (JSON, codes, names of fields) is English in either language.

mod calendar;
mod distance;

use std::fmt;

use serde::{Serialize, Serializer};

pub use calendar::{MONTHS, WEEKDAYS};
pub use distance::distance;

/// The language in which telex speaks to its user; which languages articles are in has nothing to do with it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum UiLanguage {
    /// English, `en`.
    #[default]
    English,
    /// French, `fr`.
    French,
}

impl UiLanguage {
    /// Reads a locale as the environment gives it: `fr_FR.UTF-8`, `fr`, `en_GB`; `None` for any other language.
    pub fn from_locale(locale: &str) -> Option<UiLanguage> {
        let language = locale.split(['_', '.', '@', '-']).next().unwrap_or_default();
        match language.to_ascii_lowercase().as_str() {
            "fr" | "fra" | "french" => Some(UiLanguage::French),
            "en" | "eng" | "english" | "c" | "posix" => Some(UiLanguage::English),
            _ => None,
        }
    }

    /// Returns whichever of the two is said in this language.
    pub fn pick<T>(self, english: T, french: T) -> T {
        match self {
            UiLanguage::English => english,
            UiLanguage::French => french,
        }
    }

    /// Returns the noun that goes with a count; in French nothing is singular, too.
    pub fn plural<T>(self, count: u64, one: T, many: T) -> T {
        let is_single = count == 1 || count == 0 && self == UiLanguage::French;
        if is_single { one } else { many }
    }
}

/// A sentence, or a part of one, in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bilingual {
    /// In English.
    pub english: String,
    /// In French.
    pub french: String,
}

impl Bilingual {
    /// Returns what is the same in both: a path, a name, the words of a library or of the system. What has words of
    /// ours is said in both.
    pub fn same(text: impl Into<String>) -> Bilingual {
        let text = text.into();
        Bilingual { english: text.clone(), french: text }
    }

    /// Returns it in one language.
    pub fn to(&self, language: UiLanguage) -> &str {
        language.pick(&self.english, &self.french)
    }
}

/// English, then French.
impl<E: Into<String>, F: Into<String>> From<(E, F)> for Bilingual {
    fn from((english, french): (E, F)) -> Bilingual {
        Bilingual { english: english.into(), french: french.into() }
    }
}

/// English, as logs and programs have it.
impl fmt::Display for Bilingual {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.english)
    }
}

/// English, as programs have it.
impl Serialize for Bilingual {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.english)
    }
}

/// What cannot be read from the command line or a query is told by such a sentence.
impl std::error::Error for Bilingual {}

/// Makes a [`Bilingual`] of an English and a French format string, which may name variables in place:
/// `said!("no article has `{word}`", "aucun article n’a `{word}`")`.
#[macro_export]
macro_rules! said {
    ($english:literal, $french:literal $(, $($rest:tt)*)?) => {
        $crate::wording::Bilingual {
            english: format!($english $(, $($rest)*)?),
            french: format!($french $(, $($rest)*)?),
        }
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locales() {
        for (locale, want) in [
            ("fr_FR.UTF-8", Some(UiLanguage::French)),
            ("fr", Some(UiLanguage::French)),
            ("FR-ca", Some(UiLanguage::French)),
            ("en_US.UTF-8", Some(UiLanguage::English)),
            ("C.UTF-8", Some(UiLanguage::English)),
            ("de_DE", None),
            ("", None),
        ] {
            assert_eq!(UiLanguage::from_locale(locale), want, "{locale}");
        }
    }

    #[test]
    fn a_sentence_is_said_in_both() {
        let word = "œuvre";
        let said = said!("no article has `{word}`", "aucun article n’a `{word}`");
        assert_eq!(said.to(UiLanguage::English), "no article has `œuvre`");
        assert_eq!(said.to(UiLanguage::French), "aucun article n’a `œuvre`");
        assert_eq!(Bilingual::from(("a", "b".to_owned())).to_string(), "a");
    }
}
