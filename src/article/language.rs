//! The language of an article or of a query.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A language, by its ISO 639-1 code. telex analyzes French and English; every other language is
/// indexed with folding alone and marked `other`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Language {
    /// French, `fr`.
    #[serde(rename = "fr")]
    French,
    /// English, `en`.
    #[serde(rename = "en")]
    English,
    /// Neither, or unknown, `other`.
    #[default]
    #[serde(rename = "other")]
    Other,
}

impl Language {
    /// Every language, in the order in which they are listed.
    pub const ALL: [Language; 3] = [Language::French, Language::English, Language::Other];

    /// Returns `fr`, `en` or `other`.
    pub fn code(self) -> &'static str {
        match self {
            Language::French => "fr",
            Language::English => "en",
            Language::Other => "other",
        }
    }

    /// Reads a language tag or name as metadata write it (`fr`, `fr-FR`, `fr_CA`, `fra`, `French`,
    /// `français`); any other code or known name is [`Language::Other`], and what is neither is `None`.
    pub fn from_tag(tag: &str) -> Option<Language> {
        let tag = tag.trim().to_lowercase();
        let primary = tag.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        match primary {
            "" | "und" | "unknown" | "null" | "none" => None,
            "fr" | "fra" | "fre" | "french" | "français" | "francais" => Some(Language::French),
            "en" | "eng" | "english" | "anglais" => Some(Language::English),
            "german" | "deutsch" | "allemand" | "spanish" | "español" | "espagnol" | "italian" | "italiano"
            | "italien" | "dutch" | "nederlands" | "portuguese" | "português" | "chinese" | "japanese" | "arabic"
            | "russian" | "other" => Some(Language::Other),
            code if matches!(code.len(), 2 | 3) => Some(Language::Other),
            _ => None,
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_of_every_dress_are_read() {
        for (tag, want) in [
            ("fr", Some(Language::French)),
            ("fr-FR", Some(Language::French)),
            ("FR_ca", Some(Language::French)),
            ("français", Some(Language::French)),
            ("en_US.UTF-8", Some(Language::English)),
            ("English", Some(Language::English)),
            ("de", Some(Language::Other)),
            (" ", None),
            ("und", None),
            ("English (US)", Some(Language::English)),
            ("fr, en", Some(Language::French)),
            ("Deutsch", Some(Language::Other)),
            ("unspecified", None),
        ] {
            assert_eq!(Language::from_tag(tag), want, "{tag}");
        }
    }
}
