//! A symbol in brackets after its company's name: `Tesla (TSLA)`, `CVR Energy[CVI]`, `Ford Motor Co <F>`.
//!
//! Capitals in brackets are acronyms more often than symbols (`(AI)`, `(GAAP)`), so that the symbol must
//! be known, and the name of the very company that has it must end right before the bracket.

use super::text::Text;
use super::{Form, Found, Trigger};
use crate::article::{How, Mic};
use crate::market::{companies, symbol};

/// `Tesla (TSLA)`.
pub(super) const FORM: Form = Form { trigger: Trigger::Bytes(b"([<"), read };

/// Words that tell what sort of company it is; they do not count when names are compared.
const FORMS_OF_COMPANY: [&str; 36] = [
    "inc", "incorporated", "corp", "corporation", "co", "company", "companies", "cos", "ltd", "limited", "plc", "llc",
    "lp", "sa", "se", "nv", "ag", "ab", "asa", "as", "oyj", "spa", "kgaa", "bv", "publ", "holding", "holdings", "group",
    "groupe", "trust", "adr", "the", "class", "shares", "and", "&",
];

/// First words that many companies share: such a word alone is not a name.
const SHARED: [&str; 44] = [
    "the", "a", "bank", "first", "american", "america", "general", "united", "national", "new", "international",
    "global", "north", "south", "west", "east", "northern", "southern", "western", "eastern", "royal", "banque",
    "société", "societe", "compagnie", "groupe", "air", "china", "canadian", "great", "advanced", "applied", "digital",
    "energy", "health", "capital", "financial", "life", "public", "standard", "union", "texas", "electronic", "federal",
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
    let mut listings = companies::listings(&symbol).peekable();
    if listings.peek().is_none() {
        return;
    }
    let words = words_before(text, open);
    let whole = companies::is_acronym(written);
    if let Some(listing) = listings.find(|listing| listing.names().any(|name| ends_with_name(&words, name, whole))) {
        let ticker = listing.ticker();
        found.push(Found { start, end, ticker, how: How::Code });
    }
}

/// A word before a bracket, folded, and whether it begins with a capital or a digit.
type Word = (String, bool);

/// Returns the last words before `end`, in order, forms of company dropped from their end.
fn words_before(text: &Text<'_>, end: usize) -> Vec<Word> {
    let head = text.slice(0, end);
    let mut words: Vec<Word> = Vec::new();
    for word in head.split_whitespace().rev().take(10) {
        let capital = word.chars().find(|c| c.is_alphanumeric()).is_some_and(|c| !c.is_lowercase());
        let mixed = word.chars().any(char::is_uppercase);
        let word = fold(word);
        if word.is_empty() || (words.is_empty() && FORMS_OF_COMPANY.contains(&word.as_str())) {
            continue;
        }
        words.push((word, capital || mixed));
    }
    words.reverse();
    words
}

/// Returns whether the words end with `name`, or with its beginning: `Meta` for Meta Platforms. With
/// `whole`, only with all of it.
fn ends_with_name(words: &[Word], name: &str, whole: bool) -> bool {
    let mut parts: Vec<String> = name.split_whitespace().map(fold).filter(|part| !part.is_empty()).collect();
    while parts.len() > 1 && parts.last().is_some_and(|part| FORMS_OF_COMPANY.contains(&part.as_str())) {
        parts.pop();
    }
    if parts.len() > 1 && parts[0] == "the" {
        parts.remove(0);
    }
    (1..=parts.len()).rev().any(|length| {
        let Some(tail) = words.len().checked_sub(length).map(|from| &words[from..]) else { return false };
        let part = length < parts.len();
        let weak = length == 1 && (parts[0].chars().count() < 4 || SHARED.contains(&parts[0].as_str()));
        !(part && (whole || weak))
            && tail.iter().any(|word| word.1)
            && tail.iter().zip(&parts).all(|(word, part)| is_same(&word.0, part))
    })
}

/// Returns whether a word of the text is this part of a name, an elided article aside (`d'Airbus`).
fn is_same(word: &str, part: &str) -> bool {
    word == part || word.split_once('\'').is_some_and(|(article, rest)| article.len() <= 2 && rest == part)
}

/// Folds a word: small letters, no dots, no marks at its ends, no possessive.
fn fold(word: &str) -> String {
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
