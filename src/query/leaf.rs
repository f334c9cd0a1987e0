//! Words and quotations as leaves of the tree: a word, words with wildcards, words near one, a regular
//! expression, a phrase, an exact form.

use std::ops::Range;

use super::scan::{STOPS, is_searchable};
use super::value::{Values, is_symbol};
use super::{Filter, Kind};
use crate::analysis::{Pattern, PatternError};
use crate::error::{Error, Result};
use crate::wording::Bilingual;

/// The fewest letters of a word that others may be near to.
const SHORTEST_FUZZY: usize = 5;
/// The most.
const LONGEST_FUZZY: usize = 32;
/// From how many letters on `~` alone means two.
const LONG: usize = 8;

/// Returns what the word at `span` means: itself, the beginning of words, every article, or, if
/// `cashtags` are wanted, a security.
///
/// # Errors
/// What telex does not support yet, and a star out of its place.
pub(super) fn word(values: Values<'_>, span: &Range<usize>, cashtags: bool) -> Result<Kind> {
    let text = values.text;
    let word = &text[span.clone()];
    if word == "*" {
        return Ok(Kind::All);
    }
    if cashtags
        && let Some(symbol) = word.strip_prefix('$')
        && symbol.starts_with(|c: char| c.is_ascii_alphabetic())
    {
        let symbol = symbol.trim_end_matches(STOPS);
        if is_symbol(symbol.rsplit_once('@').map_or(symbol, |(symbol, _)| symbol)) {
            let place = span.start + 1..span.start + 1 + symbol.len();
            return Ok(Kind::Filter(Filter::Ticker(values.ticker(place)?)));
        }
    }
    let bare = word.trim_end_matches(STOPS);
    if word.contains("//") || !bare.contains(['*', '?']) {
        return Ok(Kind::Word(word.to_owned()));
    }
    let span = span.start..span.start + bare.len();
    match bare.find(['*', '?']) {
        Some(star) if star + 1 == bare.len() && bare.ends_with('*') => {
            Ok(Kind::Prefix(prefix(text, span.clone(), span.start + star)?.to_owned()))
        }
        _ => wildcard(text, span),
    }
}

/// Returns what a word with a wildcard elsewhere than at its end alone means.
fn wildcard(text: &str, span: Range<usize>) -> Result<Kind> {
    let word = &text[span.clone()];
    let letter = |c: char| c.is_alphanumeric() || "*?'’.&".contains(c) || !c.is_ascii();
    if let Some((at, c)) = word.char_indices().find(|(_, c)| !letter(*c)) {
        let place = span.start + at..span.start + at + c.len_utf8();
        return Err(Error::refused(
            "bad_wildcard",
            said!("`{c}` cannot stand in a word with wildcards", "`{c}` ne peut pas se trouver dans un mot à jokers"),
            text,
            place,
        )
        .hint((
            "wildcards stand for letters of one word; join several words by `ADJ/1`",
            "les jokers tiennent lieu de lettres d’un seul mot ; liez plusieurs mots par `ADJ/1`",
        )));
    }
    if word.chars().filter(|c| c.is_alphanumeric()).count() < 2 {
        return Err(Error::refused(
            "bad_wildcard",
            ("a word with wildcards needs at least two letters", "un mot à jokers demande au moins deux lettres"),
            text,
            span,
        )
        .hint((
            "write more of the word, such as `acqui*` or `*bourse`",
            "écrivez plus du mot, comme `acqui*` ou `*bourse`",
        )));
    }
    match Pattern::wildcard(word) {
        Ok(_) => Ok(Kind::Wildcard(word.to_owned())),
        Err(_) => Err(Error::refused(
            "too_complex",
            ("these are too many wildcards for one word", "voilà trop de jokers pour un mot"),
            text,
            span,
        )
        .hint(("write more of the word, and fewer `*` and `?`", "écrivez plus du mot, et moins de `*` et de `?`"))),
    }
}

/// Returns what the regular expression at `span` means.
///
/// # Errors
/// One that is malformed or too large.
pub(super) fn regex(text: &str, span: &Range<usize>) -> Result<Kind> {
    let expression = &text[span.clone()];
    match Pattern::regex(expression) {
        Ok(_) => Ok(Kind::Regex(expression.to_owned())),
        Err(PatternError::TooComplex) => Err(Error::refused(
            "too_complex",
            ("this regular expression is too complex", "cette expression rationnelle est trop complexe"),
            text,
            span.clone(),
        )
        .hint(("shorten it, or repeat less", "raccourcissez-la, ou répétez moins"))),
        Err(PatternError::Malformed(why)) => Err(Error::refused(
            "bad_regex",
            said!("this is no regular expression: {why}", "ce n’est pas une expression rationnelle : {why}"),
            text,
            span.clone(),
        )
        .hint((
            "to search for it as text, put it between quotation marks",
            "pour chercher ce texte, mettez-le entre guillemets",
        ))),
    }
}

/// Returns what the word at `span` means with `~` after it, and the number typed there.
///
/// # Errors
/// A word that is too short or no plain word: a number or a symbol is not mistyped in a way that can
/// be told from another.
pub(super) fn fuzzy(text: &str, span: &Range<usize>, typed: Option<u32>) -> Result<Kind> {
    let word = &text[span.clone()];
    let fails = |message: Bilingual| {
        Error::refused("bad_fuzzy", message, text, span.clone())
            .hint(said!("write `{word}`, or a part of it with a star", "écrivez `{word}`, ou son début et une étoile"))
    };
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    if word.chars().any(|c| c.is_ascii_digit() || !(c.is_alphabetic() || "'’".contains(c) || !c.is_ascii())) {
        return Err(fails(said!(
            "`~` stands after a word of letters only",
            "`~` se met après un mot de lettres seules"
        )));
    }
    if letters < SHORTEST_FUZZY {
        return Err(fails(said!(
            "`~` needs a word of at least {SHORTEST_FUZZY} letters",
            "`~` demande un mot d’au moins {SHORTEST_FUZZY} lettres"
        )));
    }
    if letters > LONGEST_FUZZY {
        return Err(fails(said!(
            "`~` needs a word of at most {LONGEST_FUZZY} letters",
            "`~` demande un mot d’au plus {LONGEST_FUZZY} lettres"
        )));
    }
    if letters <= SHORTEST_FUZZY && !word.chars().any(char::is_lowercase) {
        return Err(fails(said!(
            "`~` does not stand after a symbol or an acronym",
            "`~` ne se met pas après un symbole ou un sigle"
        )));
    }
    match typed.unwrap_or(if letters < LONG { 1 } else { 2 }) {
        distance @ 1..=2 => Ok(Kind::Fuzzy { word: word.to_owned(), distance }),
        _ => Err(fails(said!(
            "`~` takes 1 or 2, the number of letters that may differ",
            "`~` prend 1 ou 2, le nombre de lettres qui peuvent différer"
        ))),
    }
}

/// Returns what the phrase at `span` of `text` means, its last word possibly only begun.
///
/// # Errors
/// A star out of its place.
pub(super) fn phrase(text: &str, span: &Range<usize>) -> Result<Kind> {
    let phrase = &text[span.clone()];
    let Some(star) = phrase.find('*') else {
        return Ok(Kind::Phrase { text: phrase.to_owned(), prefix: false, slop: 0 });
    };
    let space = phrase.char_indices().rfind(|(_, c)| c.is_whitespace());
    let last = space.map_or(0, |(at, c)| at + c.len_utf8());
    if star < last {
        return Err(misplaced(text, span.start + star));
    }
    prefix(text, span.start + last..span.end, span.start + star)?;
    Ok(Kind::Phrase { text: phrase[..star].to_owned(), prefix: true, slop: 0 })
}

/// Returns the exact form at `span` of `text`.
///
/// # Errors
/// A star.
pub(super) fn exact(text: &str, span: &Range<usize>) -> Result<Kind> {
    let form = &text[span.clone()];
    let Some(star) = form.find('*') else { return Ok(Kind::Exact(form.to_owned())) };
    let star = span.start + star..span.start + star + 1;
    Err(Error::refused(
        "bad_wildcard",
        ("`*` cannot stand in an exact form", "`*` ne peut pas se trouver dans une forme exacte"),
        text,
        star,
    )
    .hint(("leave out `=` or the star", "enlevez `=` ou l’étoile")))
}

/// Checks that the star at byte `star` of `text`, the first of the word at `span`, ends it and has two
/// letters before it; returns what stands before.
fn prefix(text: &str, span: Range<usize>, star: usize) -> Result<&str> {
    let start = &text[span.start..star];
    if star + 1 != span.end || !is_searchable(start) && span.len() > 1 {
        return Err(misplaced(text, star));
    }
    if start.chars().filter(|c| c.is_alphanumeric()).count() < 2 {
        return Err(Error::refused(
            "bad_wildcard",
            ("`*` needs at least two letters before it", "`*` demande au moins deux lettres devant elle"),
            text,
            span,
        )
        .hint(("write more of the word, such as `acqui*`", "écrivez plus du mot, comme `acqui*`")));
    }
    Ok(start)
}

/// Returns the error of a star out of its place.
pub(super) fn misplaced(text: &str, star: usize) -> Error {
    Error::refused("bad_wildcard", ("`*` cannot stand here", "`*` ne peut pas se trouver ici"), text, star..star + 1).hint((
        "in a phrase, a star may end the last word: `\"taux direc*\"`; otherwise join words by `ADJ/1`: `ta*x ADJ/1 direct`",
        "dans une phrase, une étoile peut finir le dernier mot : `\"taux direc*\"` ; sinon, liez les mots par `ADJ/1` : `ta*x ADJ/1 direct`",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_ends_the_last_word_of_a_phrase() {
        for (text, want) in [
            ("taux direc*", Some(("taux direc", true))),
            ("taux direct", Some(("taux direct", false))),
            ("acqui*", Some(("acqui", true))),
            ("taux d*", None),
            ("ta* direct", None),
            ("taux dir*ct", None),
            ("taux\u{a0}*", None),
        ] {
            let want = want.map(|(text, prefix)| Kind::Phrase { text: text.to_owned(), prefix, slop: 0 });
            assert_eq!(phrase(text, &(0..text.len())).ok(), want, "{text}");
        }
    }

    #[test]
    fn an_exact_form_has_no_star() {
        assert_eq!(exact("marché", &(0..7)).ok(), Some(Kind::Exact("marché".to_owned())));
        assert!(exact("marc*", &(0..5)).is_err());
    }
}
