//! Which language a query is in, as far as its words tell: it decides whose stems its words open into,
//! and which of them are function words.

use std::cmp::Ordering;

use super::words_of;
use crate::analysis::{Stemmers, fold, function_word_language, is_apostrophe};
use crate::article::Language;
use crate::lexicon::{Lexicon, Word};
use crate::query::{Filter, Kind, Node, Query};
use crate::search::request::Filters;

/// Returns the languages whose stems a query opens: the one asked for, if the query is `narrowed` to it, or the one its
/// words tell, or both.
pub(in crate::search) fn languages(query: &Query, filters: &Filters, narrowed: bool) -> Vec<Language> {
    if let Some(only) = asked(query, filters).filter(|_| narrowed) {
        return vec![only];
    }
    let mut evidence = Evidence::default();
    evidence.read(&query.root);
    match evidence.french.cmp(&evidence.english) {
        Ordering::Greater => vec![Language::French],
        Ordering::Less => vec![Language::English],
        Ordering::Equal => vec![Language::French, Language::English],
    }
}

/// Returns the language that a query is spoken in, if its words tell it, and the one language that it asks
/// for, if it asks for one. Here, what the lexicon knows in one language only tells, too.
pub(super) fn spoken_and_asked(
    query: &Query,
    filters: &Filters,
    lexicon: &Lexicon,
) -> (Option<Language>, Option<Language>) {
    let mut evidence = Evidence { lexicon: Some((lexicon, Stemmers::default())), ..Evidence::default() };
    evidence.read(&query.root);
    let spoken = match evidence.french.cmp(&evidence.english) {
        Ordering::Greater => Some(Language::French),
        Ordering::Less => Some(Language::English),
        Ordering::Equal => None,
    };
    (spoken, asked(query, filters))
}

/// Returns the one language that all hits of a query must be in, French or English.
fn asked(query: &Query, filters: &Filters) -> Option<Language> {
    let languages = Some(filters.languages.clone()).filter(|languages| !languages.is_empty());
    let mut languages = languages.or_else(|| required(&query.root))?;
    languages.dedup();
    match languages.as_slice() {
        [only @ (Language::French | Language::English)] => Some(*only),
        _ => None,
    }
}

/// Returns the languages of which what matches a part must be in one; `None` if it may be in any. What stands in one
/// alternative of several narrows that one alone.
fn required(node: &Node) -> Option<Vec<Language>> {
    match &node.kind {
        Kind::Filter(Filter::Language(language)) => Some(vec![*language]),
        Kind::And(parts) | Kind::Words(parts) => parts.iter().find_map(required),
        Kind::Or(parts) => {
            let languages = parts.iter().map(required).collect::<Option<Vec<_>>>()?;
            Some(languages.concat())
        }
        Kind::Must(part) | Kind::Boost(_, part) | Kind::NoStem(part) => required(part),
        _ => None,
    }
}

/// What the words of a query tell of its language.
#[derive(Default)]
struct Evidence<'a> {
    lexicon: Option<(&'a Lexicon, Stemmers)>,
    french: u32,
    english: u32,
}

impl Evidence<'_> {
    fn read(&mut self, node: &Node) {
        match &node.kind {
            Kind::Word(text) | Kind::Phrase { text, .. } => self.read_text(text),
            Kind::Not(_) => {}
            _ => node.parts().into_iter().for_each(|part| self.read(part)),
        }
    }

    fn read_text(&mut self, text: &str) {
        for token in words_of(text) {
            let accented = token.text.chars().any(|c| "éèêàâçùûîïôœ".contains(c));
            // An elided article stands right before its word, and is no token itself.
            let before = text[..token.start].strip_suffix(is_apostrophe);
            let elided = before.is_some_and(|before| before.ends_with(char::is_alphabetic));
            match function_word_language(&fold(&token.text)) {
                _ if elided => self.french += 2,
                Some(Language::French) => self.french += 1,
                Some(Language::English) => self.english += 1,
                _ if accented => self.french += 1,
                _ => self.ask_lexicon(&token.text),
            }
        }
    }

    fn ask_lexicon(&mut self, form: &str) {
        let Some((lexicon, stemmers)) = &self.lexicon else { return };
        // As written counts more than by its stem: `bonds` is rather English than the plural of a French leap.
        let known = |language| {
            let senses = lexicon.exactly(&[Word::new(form, language, stemmers)], language);
            senses.iter().map(|sense| if sense.by_stem { 1 } else { 2 }).max().unwrap_or(0)
        };
        match known(Language::French).cmp(&known(Language::English)) {
            Ordering::Greater => self.french += 1,
            Ordering::Less => self.english += 1,
            Ordering::Equal => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::{ParseOptions, parse};

    #[test]
    fn words_operators_and_filters_tell_a_language_or_not() {
        let both = &[Language::French, Language::English][..];
        for (typed, want) in [
            ("licenciements", both),
            ("l'intelligence artificielle", &[Language::French]),
            ("la hausse des prix", &[Language::French]),
            ("the price of oil", &[Language::English]),
            ("journal AND bancaire", both),
            ("AI chips", both),
            ("cours de l'or", &[Language::French]),
            ("lang:en hausse", &[Language::English]),
            ("(lang:en usine) OR (lang:en NOT rachat)", &[Language::English]),
            ("usine OR (rachat lang:en)", both),
            ("usine (lang:fr OR lang:en)", both),
            ("usine NOT lang:fr", both),
            ("'rachat'", both),
            ("source:\"The Economist\" profit", both),
        ] {
            let query = parse(typed, &ParseOptions::default()).unwrap();
            assert_eq!(languages(&query, &Filters::default(), true), want, "{typed}");
        }
    }
}
