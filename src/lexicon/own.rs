//! A user's own pairs, read from TOML: apart from the compiled lexicon, since they are typed by hand and
//! may be wrong.

use std::path::Path;
use std::sync::Arc;

use serde::Deserialize;

use super::compile::{VARIANTS, compile, words};
use super::{Lexicon, Table};
use crate::error::{Error, Result};
use crate::wording::Bilingual;

/// What the file may hold: any number of `[[entry]]` with `en` and `fr`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Own {
    #[serde(default)]
    entry: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    en: Variants,
    fr: Variants,
}

/// One variant, or several, the most usual first.
#[derive(Deserialize)]
#[serde(untagged)]
enum Variants {
    One(String),
    Several(Vec<String>),
}

impl Variants {
    /// Returns the column that they make; `None` if one of them has no word.
    fn column(&self) -> Option<String> {
        let variants = match self {
            Variants::One(variant) => std::slice::from_ref(variant),
            Variants::Several(variants) => variants,
        };
        // What parts lines and columns parts no variant.
        let clean = |variant: &String| variant.replace([VARIANTS, '\t', '\n', '\r'], " ").trim().to_owned();
        let right = !variants.is_empty() && variants.iter().all(|variant| !words(variant).is_empty());
        right.then(|| variants.iter().map(clean).collect::<Vec<_>>().join(&VARIANTS.to_string()))
    }
}

impl Lexicon {
    /// Returns this lexicon with the entries of a TOML `text`, read from the file at `path`, before its own:
    ///
    /// ```toml
    /// [[entry]]
    /// en = ["capital markets day", "investor day"]
    /// fr = "journée investisseurs"
    /// ```
    ///
    /// # Errors
    /// `Usage`, with the place, if the text cannot be read.
    pub fn with_own(mut self, text: &str, path: &Path) -> Result<Lexicon> {
        let hinted = |error: Error| {
            error.at(path).hint((
                "an entry is `[[entry]]`, `en = \"…\"`, `fr = [\"…\", \"…\"]`",
                "une entrée s’écrit `[[entry]]`, `en = \"…\"`, `fr = [\"…\", \"…\"]`",
            ))
        };
        let wrong = |message: Bilingual| hinted(Error::usage(message));
        let own: Own = toml::from_str(text).map_err(|error| hinted(Error::toml(&error, text)))?;
        let mut lines = String::new();
        for (number, entry) in (1..).zip(&own.entry) {
            let columns = entry.en.column().zip(entry.fr.column());
            let (english, french) = columns.ok_or_else(|| wrong(wordless(number)))?;
            lines += &format!("{english}\t{french}\n");
        }
        let compiled = compile(lines).map_err(|error| wrong(Bilingual::same(error.to_string())))?;
        self.tables.insert(0, Arc::new(Table::of(compiled)));
        Ok(self)
    }
}

fn wordless(number: usize) -> Bilingual {
    (format!("entry {number} has a side without a word"), format!("l’entrée {number} a un côté sans mot")).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Stemmers;
    use crate::article::Language;
    use crate::lexicon::Word;

    #[test]
    fn own_entries_come_first() {
        let text = "[[entry]]\nen = [\"investor day\", \"capital markets day\"]\nfr = 'journée investisseurs'\n";
        let lexicon = Lexicon::built_in().with_own(text, Path::new("own.toml")).unwrap();
        let words = words("investor days")
            .iter()
            .map(|word| Word::new(word, Language::English, &Stemmers::default()))
            .collect::<Vec<_>>();
        let (length, senses) = lexicon.longest(&words, Language::English).unwrap();
        assert_eq!((length, senses[0].targets.as_slice()), (2, &["journée investisseurs"][..]));
    }

    #[test]
    fn what_cannot_be_read_is_told_with_its_place() {
        for (text, want) in [
            ("[[entry]]\nen = 'a'\n", "own.toml: line 1: missing field `fr`"),
            ("[[entry]]\nen = 'a'\nfr = 'b'\nde = 'c'", "own.toml: line 4: unknown field `de`, expected `en` or `fr`"),
            ("[[entry]]\nen = []\nfr = 'b'", "own.toml: entry 1 has a side without a word"),
            ("[[entry]]\nen = 'a'\nfr = ['!']", "own.toml: entry 1 has a side without a word"),
        ] {
            let error = Lexicon::built_in().with_own(text, Path::new("own.toml")).err().unwrap();
            assert_eq!(error.to_string(), want, "{text}");
        }
    }
}
