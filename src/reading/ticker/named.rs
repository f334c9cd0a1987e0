//! A symbol in brackets after its company's name: `Tesla (TSLA)`, `Valero Energy[VLO]`, `Ford Motor Co <F>`.
//!
//! Capitals in brackets are acronyms more often than symbols (`(AI)`, `(GAAP)`), so that the symbol must
//! be known, and the name of the very company that has it must end right before the bracket.

use super::text::Text;
use super::{Form, Found, Trigger};
use crate::article::{How, Language, Mic};
use crate::market::{companies, symbol};

/// `Tesla (TSLA)`.
pub(super) const FORM: Form = Form { trigger: Trigger::Bytes(b"([<"), read };

/// Words that tell what sort of company it is; they do not count when names are compared.
const FORMS_OF_COMPANY: [&str; 36] = [
    "inc",
    "incorporated",
    "corp",
    "corporation",
    "co",
    "company",
    "companies",
    "cos",
    "ltd",
    "limited",
    "plc",
    "llc",
    "lp",
    "sa",
    "se",
    "nv",
    "ag",
    "ab",
    "asa",
    "as",
    "oyj",
    "spa",
    "kgaa",
    "bv",
    "publ",
    "holding",
    "holdings",
    "group",
    "groupe",
    "trust",
    "adr",
    "the",
    "class",
    "shares",
    "and",
    "&",
];

/// First words that many companies share: such a word alone is not a name.
pub(super) const SHARED: [&str; 44] = [
    "the",
    "a",
    "bank",
    "first",
    "american",
    "america",
    "general",
    "united",
    "national",
    "new",
    "international",
    "global",
    "north",
    "south",
    "west",
    "east",
    "northern",
    "southern",
    "western",
    "eastern",
    "royal",
    "banque",
    "société",
    "societe",
    "compagnie",
    "groupe",
    "air",
    "china",
    "canadian",
    "great",
    "advanced",
    "applied",
    "digital",
    "energy",
    "health",
    "capital",
    "financial",
    "life",
    "public",
    "standard",
    "union",
    "texas",
    "electronic",
    "federal",
];

fn read(text: &Text<'_>, open: usize, found: &mut Vec<Found>) {
    let start = text.after_spaces(open + 1);
    let start = if text.byte(start) == b'$' { start + 1 } else { start };
    let Some(end) = text.symbol_end(start) else { return };
    let close = text.after_spaces(end);
    let closing = match text.byte(open) {
        b'(' => b')',
        b'[' => b']',
        _ => b'>',
    };
    let written = text.slice(start, end);
    if text.byte(close) != closing || written.len() > 7 || !written.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        return;
    }
    let symbol = symbol::canonical(written, Mic::UNKNOWN);
    if companies::listings(&symbol).next().is_none() {
        return;
    }
    let words = words_before(text, open);
    let whole = companies::is_acronym(written);
    let mut best = None;
    for listing in companies::listings(&symbol) {
        let nearness = listing.names().map(|name| nearness(&words, name, whole)).max().unwrap_or(Nearness::None);
        // Of two companies with this symbol and this name (Merck), English news means the American one.
        let home = text.language == Language::English && symbol::is_american(listing.mic);
        if nearness > Nearness::None && best.is_none_or(|(other, _)| (nearness, home) > other) {
            best = Some(((nearness, home), listing));
        }
    }
    if let Some((_, listing)) = best {
        found.push(Found { start, end, ticker: listing.ticker(), how: How::Code });
    }
}

/// How much of a name stands before a bracket.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Nearness {
    None,
    /// Its beginning: `Meta` for Meta Platforms.
    Beginning,
    /// All of it but the form of company: `Apple` for Apple Inc.
    Whole,
    /// All of it, form of company included: `Merck & Co`.
    Full,
}

/// A word before a bracket, folded, and whether it holds a capital or begins with a digit.
type Word = (String, bool);

/// Returns the last words before `end`, in order.
fn words_before(text: &Text<'_>, end: usize) -> Vec<Word> {
    let head = text.last(end, 120);
    let mut words: Vec<Word> = Vec::new();
    for word in head.split_whitespace().rev().take(10) {
        let capital = word.chars().find(|c| c.is_alphanumeric()).is_some_and(|c| !c.is_lowercase());
        let mixed = word.chars().any(char::is_uppercase);
        let word = fold(word);
        if !word.is_empty() {
            words.push((word, capital || mixed));
        }
    }
    words.reverse();
    words
}

/// Returns how much of `name` the words end with. With `whole`, a beginning does not count.
fn nearness(words: &[Word], name: &str, whole: bool) -> Nearness {
    let parts: Vec<String> = name.split_whitespace().map(fold).filter(|part| !part.is_empty()).collect();
    let core = without_form(&parts, |part| part);
    let core = if core.len() > 1 && core[0] == "the" { &core[1..] } else { core };
    let head = without_form(words, |word| &word.0);
    if ends_with(words, &parts) && parts.len() > core.len() {
        return Nearness::Full;
    }
    if ends_with(head, core) {
        return Nearness::Whole;
    }
    let beginning = (1..core.len()).rev().any(|length| {
        let weak = length == 1 && (core[0].chars().count() < 4 || SHARED.contains(&core[0].as_str()));
        !weak && ends_with(head, &core[..length])
    });
    if beginning && !whole { Nearness::Beginning } else { Nearness::None }
}

/// Returns whether a folded word is a form of company.
pub(super) fn is_form(word: &str) -> bool {
    FORMS_OF_COMPANY.contains(&word)
}

/// Returns the words up to the last one that is not a form of company.
pub(super) fn without_form<'a, T>(words: &'a [T], text: impl Fn(&'a T) -> &'a str) -> &'a [T] {
    let dropped = words.iter().rev().take_while(|word| FORMS_OF_COMPANY.contains(&text(word))).count();
    if dropped == words.len() { &words[..dropped.min(1)] } else { &words[..words.len() - dropped] }
}

/// Returns whether the words end with these parts of a name, at least one of them with a capital.
fn ends_with(words: &[Word], parts: &[String]) -> bool {
    let Some(tail) = words.len().checked_sub(parts.len()).map(|from| &words[from..]) else { return false };
    !parts.is_empty()
        && tail.iter().any(|word| word.1)
        && tail.iter().zip(parts).all(|(word, part)| is_same(&word.0, part))
}

/// Returns whether a word of the text is this part of a name, an elided article aside (`d'Airbus`).
fn is_same(word: &str, part: &str) -> bool {
    word == part || word.split_once('\'').is_some_and(|(article, rest)| article.len() <= 2 && rest == part)
}

/// Folds a word: small letters, no dots, no marks at its ends, no possessive.
pub(super) fn fold(word: &str) -> String {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '&' && c != '!');
    let mut folded = String::with_capacity(word.len());
    for c in word.chars() {
        match c {
            '’' => folded.push('\''),
            '.' | ',' => {}
            '‐' | '‑' => folded.push('-'),
            c => folded.extend(c.to_lowercase()),
        }
    }
    if folded.ends_with("'s") {
        folded.truncate(folded.len() - 2);
    }
    folded
}
