//! Words and quotations as leaves of the tree: a word, the beginning of words, a phrase, an exact form.
//!
//! A new sort of word (fuzzy, with a wildcard inside) begins here, once [`super::unsupported`] no
//! longer refuses it.

use std::ops::Range;

use super::scan::is_searchable;
use super::unsupported::{Neighbors, refuse};
use super::value::{Values, is_symbol};
use super::{Filter, Kind};
use crate::error::{Error, Result};

/// Signs that end a sentence or a part of one, and may be glued to a word.
const STOPS: [char; 6] = [',', ';', '.', '?', '!', ':'];

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
    check(text, span)?;
    if cashtags
        && let Some(symbol) = word.strip_prefix('$')
        && symbol.starts_with(|c: char| c.is_ascii_alphabetic())
    {
        let symbol = symbol.trim_end_matches(STOPS);
        if is_symbol(symbol) {
            let place = span.start + 1..span.start + 1 + symbol.len();
            return Ok(Kind::Filter(Filter::Ticker(values.ticker(place)?)));
        }
    }
    let Some(star) = word.find('*').filter(|_| !word.contains("//")) else {
        return Ok(Kind::Word(word.to_owned()));
    };
    let end = span.start + word.trim_end_matches(STOPS).len();
    Ok(Kind::Prefix(prefix(text, span.start..end, span.start + star)?.to_owned()))
}

/// Returns what the phrase at `span` of `text` means, its last word possibly only begun.
///
/// # Errors
/// A star out of its place.
pub(super) fn phrase(text: &str, span: &Range<usize>) -> Result<Kind> {
    let phrase = &text[span.clone()];
    let Some(star) = phrase.find('*') else {
        return Ok(Kind::Phrase { text: phrase.to_owned(), prefix: false });
    };
    let space = phrase.char_indices().rfind(|(_, c)| c.is_whitespace());
    let last = space.map_or(0, |(at, c)| at + c.len_utf8());
    if star < last {
        return Err(misplaced(text, span.start + star));
    }
    prefix(text, span.start + last..span.end, span.start + star)?;
    Ok(Kind::Phrase { text: phrase[..star].to_owned(), prefix: true })
}

/// Returns the exact form at `span` of `text`.
///
/// # Errors
/// What telex does not support yet, and a star.
pub(super) fn exact(text: &str, span: &Range<usize>, quoted: bool) -> Result<Kind> {
    if !quoted {
        check(text, span)?;
    }
    let form = &text[span.clone()];
    let Some(star) = form.find('*') else { return Ok(Kind::Exact(form.to_owned())) };
    let star = span.start + star..span.start + star + 1;
    Err(Error::query("`*` cannot stand in an exact form", text, star).hint("leave out `=` or the star"))
}

/// Checks that the star at byte `star` of `text`, the first of the word at `span`, ends it and has two
/// letters before it; returns what stands before.
fn prefix(text: &str, span: Range<usize>, star: usize) -> Result<&str> {
    let start = &text[span.start..star];
    if star + 1 != span.end || !is_searchable(start) && span.len() > 1 {
        return Err(misplaced(text, star));
    }
    if start.chars().filter(|c| c.is_alphanumeric()).count() < 2 {
        return Err(Error::query("`*` needs at least two letters before it", text, span)
            .hint("write more of the word, such as `acqui*`"));
    }
    Ok(start)
}

fn misplaced(text: &str, star: usize) -> Error {
    Error::query("telex does not support `*` here yet", text, star..star + 1)
        .hint("a star may end a word, as in `acqui*`, or the last word of a phrase, as in `\"taux direc*\"`")
}

/// Checks that the word at `span` asks for nothing that telex does not support yet.
fn check(text: &str, span: &Range<usize>) -> Result<()> {
    let closes = |c: char| matches!(c, ')' | '"' | '»' | '”' | '“');
    let closes_before = text[..span.start].ends_with(closes);
    let opens_after = text[span.end..].starts_with('(');
    refuse(text, span, &Neighbors { closes_before, opens_after })
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
            let want = want.map(|(text, prefix)| Kind::Phrase { text: text.to_owned(), prefix });
            assert_eq!(phrase(text, &(0..text.len())).ok(), want, "{text}");
        }
    }

    #[test]
    fn an_exact_form_has_no_star() {
        assert_eq!(exact("marché", &(0..7), false).ok(), Some(Kind::Exact("marché".to_owned())));
        assert!(exact("marc*", &(0..5), true).is_err());
        assert!(exact("marche~", &(0..7), false).is_err());
    }
}
