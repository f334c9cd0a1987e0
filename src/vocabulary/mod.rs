//! The vocabulary of an index: every distinct written form, once, with what it is a variant of.
//!
//! The index keeps words as written; the vocabulary leads from a fold, a stem or a number to the
//! forms that share it. It is how a typed word finds its inflections and accents, and needs no
//! second field in the index. It may hold forms that no article has any more, never
//! fewer than the index.
//!
//! On disk it is a list of [`Layer`]s: each commit that meets new forms adds one, and small ones are
//! joined, so that a small change writes a small file.

mod collector;
mod derivation;
mod edits;
mod kinship;
mod layer;
pub(crate) mod varint;
mod walk;

use std::sync::Arc;

use fst::automaton::{Automaton, Str};

pub use collector::{Collector, MOST_FORMS};
pub use derivation::derived_stems;
pub use kinship::{Key, Kinship};
pub use layer::Layer;

use crate::analysis::{Pattern, QuantityRange, has_article};
use crate::article::Language;
use edits::Edits;
use layer::Keep;

/// The forms of an index.
#[derive(Clone, Default)]
pub struct Vocabulary {
    layers: Vec<Arc<Layer>>,
}

impl Vocabulary {
    /// Joins layers, which must not share forms, into one vocabulary.
    pub fn new(layers: Vec<Arc<Layer>>) -> Vocabulary {
        Vocabulary { layers }
    }

    /// Returns how many forms there are.
    pub fn len(&self) -> u64 {
        self.layers.iter().map(|layer| layer.len()).sum()
    }

    /// Returns whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns whether `form` is in it.
    pub fn contains(&self, form: &str) -> bool {
        self.layers.iter().any(|layer| layer.contains(form))
    }

    /// Returns the forms that fold to `fold`, which must itself be a fold.
    pub fn with_fold(&self, fold: &str) -> Vec<String> {
        self.sharing(Key::Fold, fold)
    }

    /// Returns the forms whose stem in `language` is `stem`.
    pub fn with_stem(&self, language: Language, stem: &str) -> Vec<String> {
        match language {
            Language::French => self.sharing(Key::French, stem),
            Language::English => self.sharing(Key::English, stem),
            Language::Other => Vec::new(),
        }
    }

    /// Returns the numbers written in any way whose canonical value is `value`.
    pub fn with_number(&self, value: &str) -> Vec<String> {
        self.sharing(Key::Number, value)
    }

    fn sharing(&self, key: Key, value: &str) -> Vec<String> {
        let mut forms = Vec::new();
        for layer in &self.layers {
            layer.sharing(key, value, &mut forms);
        }
        // In one order, in however many layers they are: what is summed up over them is then the same number.
        forms.sort_unstable();
        forms
    }

    /// Returns the words whose fold begins with `fold`, in order, and whether there are more than `limit`; none with its
    /// article (`l'institut`), since `lin` is not where a word of it begins.
    pub fn starting_with(&self, fold: &str, limit: usize) -> (Vec<String>, bool) {
        self.accepted_by_fold(&Str::new(fold).starts_with(), has_no_article, limit)
    }

    /// Returns the forms whose fold is at most `distance` edits (Levenshtein) from `fold`, two at most, in order,
    /// and whether there are more than `limit`; none if `fold` has more than a hundred characters.
    pub fn near(&self, fold: &str, distance: u32, limit: usize) -> (Vec<String>, bool) {
        Edits::of(fold, distance).map(|edits| self.accepted_by_fold(&edits, |_| true, limit)).unwrap_or_default()
    }

    /// Returns the forms whose fold is `fold` but for one edit, two neighbours that are swapped among them, in order,
    /// `limit` at most.
    pub fn mistyped(&self, fold: &str, limit: usize) -> Vec<String> {
        Edits::or_swap(fold).map(|edits| self.accepted_by_fold(&edits, |_| true, limit).0).unwrap_or_default()
    }

    /// Returns the words that `pattern` matches, as they are or without their accents, in order, and
    /// whether there are more than `limit`; none with its article.
    pub fn matching_fold(&self, pattern: &Pattern, limit: usize) -> (Vec<String>, bool) {
        self.accepted_by_fold(pattern, has_no_article, limit)
    }

    /// Returns the words that `pattern` matches as they are, in order, and whether there are more than `limit`; none
    /// with its article.
    pub fn matching(&self, pattern: &Pattern, limit: usize) -> (Vec<String>, bool) {
        self.gathered(limit, |layer, forms| layer.accepted(pattern, has_no_article, limit + 1, forms))
    }

    /// Returns the canonical forms of quantities that lie in an interval, in order, and whether there are more
    /// than `limit`.
    pub fn quantities(&self, range: &QuantityRange, limit: usize) -> (Vec<String>, bool) {
        let mut forms = Vec::new();
        self.layers.iter().for_each(|layer| layer.quantities(&mut forms));
        forms.retain(|form| range.contains(form));
        bounded(forms, limit)
    }

    fn accepted_by_fold<A: Automaton>(&self, automaton: &A, keep: Keep, limit: usize) -> (Vec<String>, bool) {
        self.gathered(limit, |layer, forms| layer.accepted_by_fold(automaton, keep, limit + 1, forms))
    }

    fn gathered(&self, limit: usize, gather: impl Fn(&Layer, &mut Vec<String>)) -> (Vec<String>, bool) {
        let mut forms = Vec::new();
        self.layers.iter().for_each(|layer| gather(layer, &mut forms));
        bounded(forms, limit)
    }

    /// Returns the layers.
    pub fn layers(&self) -> &[Arc<Layer>] {
        &self.layers
    }
}

fn has_no_article(form: &str) -> bool {
    !has_article(form)
}

/// Returns the first `limit` forms in order, and whether there are more.
fn bounded(mut forms: Vec<String>, limit: usize) -> (Vec<String>, bool) {
    forms.sort_unstable();
    forms.dedup();
    let more = forms.len() > limit;
    forms.truncate(limit);
    (forms, more)
}

#[cfg(test)]
impl Vocabulary {
    /// Returns the vocabulary of these forms, in as many layers.
    pub(crate) fn of(layers: &[&[&str]]) -> Vocabulary {
        let layer = |forms: &&[&str]| {
            let file = Layer::build(forms.to_vec()).ok()?;
            Layer::open(tantivy::directory::OwnedBytes::new(file)).map(Arc::new).ok()
        };
        Vocabulary::new(layers.iter().filter_map(layer).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Measure;

    #[test]
    fn forms_are_found_by_what_they_share() {
        let vocabulary = Vocabulary::of(&[
            &["licencié", "licenciés", "licenciements", "marché", "marche", "0,31", "prud'hommes"],
            &["licenciement", "licencie", "0.31", "marches", "équipe"],
        ]);
        assert_eq!(vocabulary.len(), 12);
        assert!(vocabulary.contains("marché") && vocabulary.contains("marches") && !vocabulary.contains("marc"));
        let sorted = |mut forms: Vec<String>| {
            forms.sort();
            forms
        };
        assert_eq!(sorted(vocabulary.with_fold("marche")), ["marche", "marché"]);
        assert_eq!(sorted(vocabulary.with_fold("prudhommes")), ["prud'hommes"]);
        assert_eq!(sorted(vocabulary.with_fold("equipe")), ["équipe"]);
        let stems = sorted(vocabulary.with_stem(Language::French, "licenci"));
        assert_eq!(stems, ["licenciement", "licenciements", "licencié", "licenciés"]);
        assert_eq!(vocabulary.with_stem(Language::French, "licenci"), stems, "in order, in however many layers");
        assert_eq!(sorted(vocabulary.with_number("0.31")), ["0,31", "0.31"]);
        assert_eq!(vocabulary.starting_with("march", 10).0, ["marche", "marches", "marché"]);
        assert_eq!(vocabulary.starting_with("eq", 10).0, ["équipe"]);
        let (two, more) = vocabulary.starting_with("lic", 2);
        assert_eq!((two.len(), more), (2, true));
        let forms = |pattern: Pattern| vocabulary.matching(&pattern, 10).0;
        assert_eq!(forms(Pattern::regex("march(é|es)").ok().unwrap()), ["marches", "marché"]);
        let (forms, more) = vocabulary.matching_fold(&Pattern::wildcard("?qu*e").ok().unwrap(), 10);
        assert_eq!((forms, more), (vec!["équipe".to_owned()], false));
        assert_eq!(vocabulary.near("marcha", 1, 10).0, ["marche", "marché"]);
        assert_eq!(vocabulary.mistyped("macrhe", 10), ["marche", "marché"]);
    }

    #[test]
    fn patterns_match_no_article_with_its_name() {
        let vocabulary = Vocabulary::of(&[&["l'institut", "linceul", "l'oréal", "oréal", "d'arc", "darne"]]);
        let matching = |wildcard: &str| vocabulary.matching_fold(&Pattern::wildcard(wildcard).ok().unwrap(), 10).0;
        assert_eq!(vocabulary.starting_with("l", 10).0, ["linceul"]);
        assert_eq!(vocabulary.starting_with("dar", 1), (vec!["darne".to_owned()], false));
        assert_eq!(matching("*al"), ["oréal"]);
        assert_eq!(matching("l*t"), [""; 0]);
        assert_eq!(vocabulary.matching(&Pattern::regex("l.+").ok().unwrap(), 10).0, ["linceul"]);
        // Typed as one word, or nearly so, it is found.
        assert_eq!(vocabulary.with_fold("loreal"), ["l'oréal"]);
        assert_eq!(vocabulary.near("lorael", 2, 10).0, ["l'oréal"]);
    }

    #[test]
    fn quantities_take_no_room_from_words() {
        let amounts: Vec<String> = (0..20).map(|n| format!("#{n}00eur")).collect();
        let mut forms: Vec<&str> = amounts.iter().map(String::as_str).collect();
        forms.extend(["secteur", "valeur", "équipe", "x100y"]);
        let vocabulary = Vocabulary::of(&[&forms]);
        let ending = vocabulary.matching_fold(&Pattern::wildcard("*eur").ok().unwrap(), 5);
        assert_eq!(ending, (vec!["secteur".to_owned(), "valeur".to_owned()], false));
        assert_eq!(vocabulary.matching(&Pattern::regex(".*00.*").ok().unwrap(), 5).0, ["x100y"]);
        assert_eq!(vocabulary.matching(&Pattern::regex(".+").ok().unwrap(), 3).0.len(), 3);
        assert_eq!(vocabulary.quantities(&QuantityRange::all(Measure::Amount(None)), 100).0.len(), 20);
    }
}
