//! The words typed side by side, analyzed once, with the place of each part: where a term of the lexicon
//! may begin and end, and what is a figure or a name and no word.

use std::ops::Range;

use super::family::is_acronym;
use super::{tokens_of, words_of};
use crate::analysis::{Token, TokenKind};
use crate::query::{Kind, Node};

/// Words typed side by side, analyzed.
pub(super) struct Typed {
    text: String,
    pub tokens: Vec<Token>,
    /// For each part how many tokens there are up to its end.
    pub ends: Vec<usize>,
    /// The quantities: numbers with what they count, which say the same in both languages.
    quantities: Vec<Range<usize>>,
    /// Whether a capital tells a name: most words have none, so it is no title.
    pub telling_capitals: bool,
}

impl Typed {
    /// Analyzes the words of a query.
    pub fn new(parts: &[Node]) -> Typed {
        let (mut text, mut bounds) = (String::new(), Vec::new());
        for part in parts {
            if let Kind::Word(word) = &part.kind {
                text.push_str(without_inversion(word));
            }
            bounds.push(text.len());
            text.push(' ');
        }
        let tokens: Vec<Token> = words_of(&text).collect();
        let ends = bounds.iter().map(|bound| tokens.partition_point(|token| token.start < *bound)).collect();
        let words = tokens.iter().filter(|token| token.end - token.start > 3);
        let (capitals, small): (Vec<&Token>, Vec<&Token>) =
            words.partition(|token| text[token.start..].starts_with(char::is_uppercase));
        let telling_capitals = capitals.len() < small.len();
        let quantities = tokens_of(&text, TokenKind::Quantity).map(|token| token.start..token.end).collect();
        Typed { text, tokens, ends, quantities, telling_capitals }
    }

    fn start(&self, part: usize) -> usize {
        if part == 0 { 0 } else { self.ends[part - 1] }
    }

    /// Returns the tokens of these parts.
    pub fn tokens(&self, parts: Range<usize>) -> &[Token] {
        &self.tokens[self.start(parts.start)..self.start(parts.end)]
    }

    /// Returns whether a part is a number, or belongs to one or to a quantity.
    pub fn is_figure(&self, part: usize) -> bool {
        let tokens = self.tokens(part..part + 1);
        tokens.iter().all(|token| self.is_counted(token))
            || tokens.iter().any(|token| token.text.contains(|c: char| c.is_ascii_digit()))
    }

    /// Returns whether a token belongs to a quantity.
    fn is_counted(&self, token: &Token) -> bool {
        self.quantities.iter().any(|span| span.contains(&token.start))
    }

    /// Returns whether a part is an acronym with a small number after it that counts nothing, which is a name:
    /// `CAC 40`, and not `BCE 2025` or `PIB 2 %`.
    pub fn is_numbered(&self, part: usize) -> bool {
        let is_acronym = matches!(self.tokens(part..part + 1), [token] if is_acronym(self.typed(token)));
        let is_small = |token: &Token| token.text.len() <= 3 && token.text.bytes().all(|byte| byte.is_ascii_digit());
        let numbered =
            |part| matches!(self.tokens(part..part + 1), [token] if is_small(token) && !self.is_counted(token));
        is_acronym && part + 1 < self.ends.len() && numbered(part + 1)
    }

    /// Returns parts as they were typed, without the signs around them.
    pub fn written(&self, parts: Range<usize>) -> &str {
        let tokens = self.tokens(parts);
        let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else { return "" };
        &self.text[first.start..last.end]
    }

    /// Returns a token as it was typed.
    pub fn typed(&self, token: &Token) -> &str {
        &self.text[token.start..token.end]
    }

    /// Returns how many whole parts from `at` on hold at most so many tokens.
    pub fn parts_of(&self, at: usize, tokens: usize) -> Option<usize> {
        let end = self.start(at) + tokens;
        let parts = self.ends[at..].iter().take_while(|other| **other <= end).count();
        (parts > 0).then_some(parts)
    }
}

/// Words that end as a verb with its subject behind it does, and are none.
const NO_INVERSION: [&str; 2] = ["rendez-vous", "chez-vous"];

/// Returns a French verb without the pronoun that is its subject in a question: `recule` of `recule-t-il`. The pronoun
/// is no part of what is asked for, and would have to stand behind the verb in the article as well. By the letter in
/// which the verb then ends, `add-on` and `bolt-on` are none.
pub(super) fn without_inversion(word: &str) -> &str {
    let Some((rest, pronoun)) = word.rsplit_once(['-', '\u{2010}', '\u{2011}']) else { return word };
    // `a-t-on`: the sound between two vowels.
    let euphonic = rest.strip_suffix(['t', 'T']).and_then(|rest| rest.strip_suffix(['-', '\u{2010}', '\u{2011}']));
    let verb = euphonic.unwrap_or(rest);
    let ends: &[&str] = match pronoun.to_lowercase().as_str() {
        "il" | "elle" | "on" if euphonic.is_some() => &[""],
        "il" | "elle" | "ils" | "elles" | "ce" => &["t", "d"],
        "on" => &["it", "ît", "ut", "et", "nt", "st", "nd"],
        "je" => &["e", "é", "i", "s", "x"],
        "tu" => &["s", "x"],
        "nous" => &["s"],
        "vous" => &["z", "tes"],
        _ => return word,
    };
    let lower = verb.to_lowercase();
    let is_verb = lower.chars().all(char::is_alphabetic) && lower.len() > usize::from(euphonic.is_none());
    let is_it = is_verb && ends.iter().any(|end| lower.ends_with(end));
    if is_it && !NO_INVERSION.contains(&word.to_lowercase().as_str()) { verb } else { word }
}

/// Returns the parts with compounds taken apart.
pub(super) fn uncompounded(parts: &[Node]) -> Vec<Node> {
    let mut out = Vec::new();
    for part in parts {
        let Kind::Word(word) = &part.kind else { continue };
        let word = without_inversion(word);
        let tokens: Vec<Token> = words_of(word).collect();
        if tokens.len() < 2 || word.contains(|c: char| c.is_ascii_digit()) {
            out.push(part.clone());
            continue;
        }
        let kind = |token: &Token| Kind::Word(word[token.start..token.end].to_owned());
        out.extend(tokens.iter().map(|token| Node { kind: kind(token), span: part.span.clone() }));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<Node> {
        text.split(' ').map(|word| Node { kind: Kind::Word(word.to_owned()), span: 0..0 }).collect()
    }

    #[test]
    fn figures_are_numbers_and_what_they_count() {
        for (text, want) in [
            ("hausse de 1 200,50 €", vec![2, 3, 4]),
            ("perte de 1,2 milliard", vec![2, 3]),
            ("CAC 40", vec![1]),
            ("hausse des taux", vec![]),
        ] {
            let typed = Typed::new(&words(text));
            let figures: Vec<usize> = (0..typed.ends.len()).filter(|part| typed.is_figure(*part)).collect();
            assert_eq!(figures, want, "{text}");
        }
    }

    #[test]
    fn capitals_tell_a_name_where_most_words_have_none() {
        assert!(Typed::new(&words("les nouveaux produits de Apple")).telling_capitals);
        assert!(!Typed::new(&words("Apple Unveils New Products")).telling_capitals);
    }

    #[test]
    fn a_verb_leaves_its_subject_behind() {
        for (word, want) in [
            ("recule-t-il", "recule"),
            ("Va-t-elle", "Va"),
            ("augmentent-ils", "augmentent"),
            ("peut-on", "peut"),
            ("Faut-il", "Faut"),
            ("prend-on", "prend"),
            ("a\u{2011}t\u{2011}on", "a"),
            ("dois-je", "dois"),
            ("pouvez-vous", "pouvez"),
            ("avons-nous", "avons"),
            ("est-ce", "est"),
            ("rendez-vous", "rendez-vous"),
            ("Rendez-vous", "Rendez-vous"),
            ("tête-à-tête", "tête-à-tête"),
            ("ouï-dire", "ouï-dire"),
            ("add-on", "add-on"),
            ("bolt-on", "bolt-on"),
            ("hands-on", "hands-on"),
            ("va-t-en-guerre", "va-t-en-guerre"),
            ("garde-à-vous", "garde-à-vous"),
            ("-il", "-il"),
            ("t-il", "t-il"),
            ("10-K", "10-K"),
        ] {
            assert_eq!(without_inversion(word), want);
        }
    }

    #[test]
    fn compounds_are_taken_apart_but_not_figures() {
        let parts = uncompounded(&words("porte-parole 10-K banque"));
        let kinds: Vec<Kind> = parts.into_iter().map(|part| part.kind).collect();
        assert_eq!(kinds, ["porte", "parole", "10-K", "banque"].map(|word| Kind::Word(word.to_owned())));
    }
}
