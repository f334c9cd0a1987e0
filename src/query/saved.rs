//! Saved searches inside a query: `saved:NAME` stands for the query that was saved under the name, as if
//! it were typed there between brackets.
//!
//! A saved search may name others, but not, over whatever detours, itself. The limits on depth and on
//! the number of clauses and patterns hold for all of them together.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use super::Node;
use super::parse::{Room, nested};
use super::value::Values;
use crate::error::{Error, Result};
use crate::wording::{Bilingual, UiLanguage};

/// The saved searches that a query stands in, outermost first, and how much room they have taken.
#[derive(Clone, Debug, Default)]
pub(super) struct Inside<'n> {
    names: Vec<&'n str>,
    /// How many brackets are open.
    pub depth: usize,
    /// How much room is taken already.
    pub room: Room,
}

impl Inside<'_> {
    /// Checks that the name at `span` of `text` can be opened here.
    ///
    /// # Errors
    /// A search within itself, and too many within one another.
    pub fn check(&self, text: &str, span: &Range<usize>, is_too_deep: bool) -> Result<()> {
        let name = &text[span.clone()];
        if self.names.contains(&name) {
            let path: Vec<&str> = self.names.iter().copied().chain([name]).collect();
            let message = said!(
                "the saved search `{name}` is defined by itself",
                "la recherche enregistrée `{name}` se définit par elle-même"
            );
            let (english, french) = (path.join(" to "), path.join(" à "));
            return Err(Error::query(message, text, span.clone())
                .hint(said!("it leads from {english}", "elle mène de {french}")));
        }
        if is_too_deep {
            let message =
                ("saved searches are nested too deep", "trop de recherches enregistrées les unes dans les autres");
            return Err(Error::query(message, text, span.clone()));
        }
        Ok(())
    }

    /// Reads the query saved under the name at `name`, and returns its tree, every part of which is said to
    /// stand where the name does, and how much room is taken with it.
    ///
    /// # Errors
    /// There is no such saved search, or its query cannot be read.
    pub fn open(&self, values: Values<'_>, name: &Range<usize>, depth: usize, room: Room) -> Result<(Node, Room)> {
        let wanted = &values.text[name.clone()];
        let here = |message: Bilingual| Error::query(message, values.text, name.clone());
        // An accent and its letter may be one, or two, in either.
        let saved = &values.options.saved;
        let alike = || saved.iter().find(|(name, _)| name.nfc().eq(wanted.nfc())).map(|(_, text)| text);
        let Some(text) = saved.get(wanted).or_else(alike) else {
            let message =
                said!("no saved search is called `{wanted}`", "aucune recherche enregistrée ne s’appelle `{wanted}`");
            return Err(here(message)
                .hint(("`telex saved list` prints those there are", "`telex saved list` donne celles qu’il y a")));
        };
        let names = self.names.iter().copied().chain([wanted]).collect();
        let inside = Inside { names, depth, room };
        let (query, room) = nested(text, Values { text, ..values }, &inside).map_err(|error| {
            let [english, french] = [UiLanguage::English, UiLanguage::French].map(|language| error.told(language));
            let told = here(said!(
                "the saved search `{wanted}` cannot be read: {english}",
                "la recherche enregistrée `{wanted}` est illisible : {french}"
            ));
            match (error.advice_in(UiLanguage::English), error.advice_in(UiLanguage::French)) {
                (Some(english), Some(french)) => told.hint((english, french)),
                _ => told,
            }
        })?;
        let mut node = query.root;
        place(&mut node, name);
        Ok((node, room))
    }
}

/// Says of a node and all its parts that they stand at `span`. The depth is bounded by the parser.
fn place(node: &mut Node, span: &Range<usize>) {
    node.span = span.clone();
    node.parts_mut().into_iter().for_each(|part| place(part, span));
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use crate::query::{ParseOptions, parse};

    fn options(saved: &[(&str, &str)]) -> ParseOptions {
        let saved = saved.iter().map(|(name, query)| (name.to_string(), query.to_string())).collect();
        ParseOptions { saved: Arc::new(saved), ..ParseOptions::default() }
    }

    #[test]
    fn a_saved_search_stands_for_its_query() {
        let options = options(&[("dette", "dette OR debt"), ("fr", "lang:fr saved:dette"), ("none", "-Apple")]);
        for (typed, want) in [
            ("saved:dette", "dette OR debt"),
            ("SAVED:dette hausse", "(dette OR debt) hausse"),
            ("hausse -saved:dette", "hausse -(dette OR debt)"),
            ("saved:fr", "lang:fr (dette OR debt)"),
            ("saved:fr,dette", "lang:fr (dette OR debt) OR (dette OR debt)"),
            ("saved:none", "* AND NOT Apple"),
        ] {
            let query = parse(typed, &options).unwrap_or_else(|error| panic!("{typed}: {error}"));
            assert_eq!(query.to_string(), want, "{typed}");
            let again = parse(&query.to_string(), &options).unwrap();
            assert_eq!(again.to_string(), want);
        }
        assert_eq!(parse("x saved:dette", &options).unwrap().root.span, 0..13);
    }

    #[test]
    fn what_cannot_be_opened_is_pointed_at() {
        let options = options(&[("a", "x saved:b"), ("b", "saved:a"), ("bad", "(x"), ("me", "saved:me")]);
        for (typed, message, at) in [
            ("y saved:nobody", "no saved search is called `nobody`", 8..14),
            (
                "saved:a",
                "the saved search `a` cannot be read: the saved search `b` cannot be read: the saved search `a` is defined by itself",
                6..7,
            ),
            ("saved:me", "the saved search `me` cannot be read: the saved search `me` is defined by itself", 6..8),
            ("saved:bad", "the saved search `bad` cannot be read: `(` is never closed", 6..9),
        ] {
            let error = parse(typed, &options).unwrap_err();
            assert_eq!(error.message(), message);
            assert_eq!(error.place().unwrap().span, at, "{typed}");
            assert!(error.advice().is_some());
        }
        assert!(parse("title:(saved:a)", &options).is_err());
    }

    #[test]
    fn searches_that_grow_by_doubling_are_stopped() {
        let mut saved = vec![("s0".to_owned(), "x".to_owned())];
        for n in 1..60 {
            saved.push((format!("s{n}"), format!("saved:s{} saved:s{}", n - 1, n - 1)));
        }
        let options = ParseOptions { saved: Arc::new(saved.into_iter().collect()), ..ParseOptions::default() };
        assert!(parse("saved:s5", &options).is_ok());
        assert!(parse("saved:s59", &options).unwrap_err().message().contains("terms"));
    }
}
