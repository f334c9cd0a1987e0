//! The stems of a form, French and English, by rust-stemmers (Snowball; Porter, "Snowball: A language
//! for stemming algorithms", 2001), folded so that accents typed or not lead to the same stem.

use rust_stemmers::{Algorithm, Stemmer};

use super::fold;
use crate::article::Language;

/// Both stemmers.
pub struct Stemmers {
    french: Stemmer,
    english: Stemmer,
}

impl Default for Stemmers {
    fn default() -> Stemmers {
        Stemmers { french: Stemmer::create(Algorithm::French), english: Stemmer::create(Algorithm::English) }
    }
}

impl Stemmers {
    /// Returns the folded stem of `form` in `language`; `None` for numbers, signs, very short forms
    /// and other languages, whose only variants are their folds.
    pub fn stem(&self, form: &str, language: Language) -> Option<String> {
        let stemmer = match language {
            Language::French => &self.french,
            Language::English => &self.english,
            Language::Other => return None,
        };
        let letters = form.chars().all(|c| c.is_alphabetic() || c == '\'');
        if !letters || form.chars().nth(2).is_none() {
            return None;
        }
        Some(fold(&stemmer.stem(form)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Stems are part of every index: a new version of the stemmer that changes one must raise
    /// [`crate::analysis::VERSION`].
    #[test]
    fn the_stems_that_indexes_rely_on() {
        let stemmers = Stemmers::default();
        let mut got = String::new();
        for form in [
            "licencié",
            "licencie",
            "licencier",
            "licenciements",
            "licenciement",
            "résultats",
            "trimestrielle",
            "sociétés",
            "acquisitions",
            "bancaires",
            "hausse",
            "journaux",
            "économique",
        ] {
            got += &format!("{form} {}\n", stemmers.stem(form, Language::French).unwrap());
        }
        for form in ["earnings", "shares", "acquired", "acquisition", "companies", "ratings", "boeing", "layoffs"] {
            got += &format!("{form} {}\n", stemmers.stem(form, Language::English).unwrap());
        }
        insta::assert_snapshot!(got, @r"
        licencié licenci
        licencie licenc
        licencier licenci
        licenciements licenci
        licenciement licenci
        résultats resultat
        trimestrielle trimestriel
        sociétés societ
        acquisitions acquisit
        bancaires bancair
        hausse hauss
        journaux journal
        économique econom
        earnings earn
        shares share
        acquired acquir
        acquisition acquisit
        companies compani
        ratings rate
        boeing boe
        layoffs layoff
        ");
    }

    #[test]
    fn numbers_signs_and_short_forms_have_no_stem() {
        let stemmers = Stemmers::default();
        for form in ["0,31", "%", "s&p", "ai", "brk.b", "q2", "€"] {
            assert_eq!(stemmers.stem(form, Language::French), None, "{form}");
            assert_eq!(stemmers.stem(form, Language::English), None, "{form}");
        }
        assert_eq!(stemmers.stem("nachrichten", Language::Other), None);
    }
}
