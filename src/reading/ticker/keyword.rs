//! A symbol that a word announces: `ticker: BIIB`, `symbole « ENGI »`, `Mnémonique : ALO`,
//! `stock code: 300750`, `Bloomberg: AIR FP`; or several, `Tickers: AAPL, MSFT`.
//!
//! The word says that a symbol follows, but not on which market: a market named just before decides, then
//! the tables with the language of the article.

use super::text::{Text, is_code};
use super::{Form, Found, Trigger};
use crate::article::{How, Mic, Ticker};
use crate::market::exchange::{self, Market};
use crate::market::{self, companies, isin, symbol};

/// `symbole « ENGI »`.
pub(super) const FORM: Form = Form {
    // Without their first letter, whose case varies.
    trigger: Trigger::Words(&["ymbol", "icker", "némo", "nemo", "tock code", "tock Code", "loomberg", "ous le code"]),
    read,
};

/// The words that announce a symbol, in small letters, and whether a mark (a colon or a quotation mark)
/// must follow: `ticker` alone is an ordinary word.
const WORDS: [&str; 14] = [
    "symboles",
    "symbole",
    "symbols",
    "symbol",
    "tickers",
    "ticker",
    "mnémoniques",
    "mnémonique",
    "mnemonique",
    "mnémo",
    "mnemo",
    "stock code",
    "sous le code",
    "bloomberg",
];

fn read(text: &Text<'_>, at: usize, found: &mut Vec<Found>) {
    let Some((after, word)) = announcing_word(text, at) else { return };
    let Some((start, marked)) = announced(text, after) else { return };
    let Some(end) = text.symbol_end(start) else { return };
    let written = text.slice(start, end);
    if word == "bloomberg" {
        read_bloomberg(text, start, end, marked, found);
        return;
    }
    // A code may be that of a door.
    if word == "sous le code" && !is_quoted(text, at) {
        return;
    }
    if isin::is_valid(written) || (!marked && (written.len() < 2 || companies::is_acronym(written))) {
        return;
    }
    let read = |written: &str| if word == "stock code" { numbered(written) } else { listed(text, at, written) };
    let Some(ticker) = read(written) else { return };
    found.push(Found { start, end, ticker, how: How::Code });
    let mut last = end;
    let is_row = marked && word.ends_with('s');
    for _ in 0..MOST_SYMBOLS {
        let Some((start, end)) = next_symbol(text, last, is_row) else { return };
        let written = text.slice(start, end);
        let known = read(written).filter(|ticker| market::is_known(ticker) && !companies::is_acronym(written));
        let Some(ticker) = known else { return };
        found.push(Found { start, end, ticker, how: How::Code });
        last = end;
    }
}

/// How many symbols a list has at most beyond its first.
const MOST_SYMBOLS: usize = 50;

/// Returns the symbol that goes on with the list of the one that ends at `end`, behind a comma or `and`, with quotation marks
/// around it or none; in a row that several are announced for, behind a space or a bracket: `Tickers: AAPL MSFT`.
fn next_symbol(text: &Text<'_>, end: usize, is_row: bool) -> Option<(usize, usize)> {
    let quotes = |c: char| matches!(c, '"' | '“' | '”' | '«' | '»' | '\'' | '‘' | '’');
    let skip = |at: usize| match text.from(at).chars().next() {
        Some(c) if quotes(c) => text.after_spaces(at + c.len_utf8()),
        _ => at,
    };
    let at = skip(text.after_spaces(end));
    if is_row {
        let closed = text.byte(at) == b')';
        let next = if closed { text.after_spaces(at + 1) } else { at };
        let start = if closed && text.byte(next) == b'(' { next + 1 } else { next };
        if start > end && is_code(text.byte(start)) {
            return Some((start, text.symbol_end(start)?));
        }
    }
    let joint = [",", ";", "/", "|", "&", "and ", "et "].into_iter().find(|joint| text.from(at).starts_with(joint))?;
    let mut start = text.after_spaces(at + joint.len());
    // `AAPL, MSFT, and TSLA`
    if let Some(joint) = ["and ", "et "].into_iter().find(|joint| text.from(start).starts_with(joint)) {
        start = text.after_spaces(start + joint.len());
    }
    let start = skip(start);
    is_code(text.byte(start)).then(|| Some((start, text.symbol_end(start)?)))?
}

/// Returns the word around `at`, and the byte after it.
fn announcing_word(text: &Text<'_>, at: usize) -> Option<(usize, &'static str)> {
    let start = at.checked_sub(1).filter(|start| !text.is_word_before(*start))?;
    let word = WORDS.iter().find(|word| {
        let mut letters = text.from(start).chars().flat_map(char::to_lowercase);
        word.chars().all(|c| letters.next() == Some(c))
    })?;
    let length: usize = text.from(start).chars().take(word.chars().count()).map(char::len_utf8).sum();
    (!text.is_word(start + length)).then_some((start + length, *word))
}

/// Returns whether a share is said to be quoted shortly before `at`: `cotée à Paris sous le code MC`.
fn is_quoted(text: &Text<'_>, at: usize) -> bool {
    let sentence = text.last(at, 60).rsplit(['.', '\n']).next().unwrap_or_default();
    sentence
        .split(|c: char| !c.is_alphabetic())
        .any(|word| matches!(word, "coté" | "cotée" | "cotés" | "cotées" | "cote"))
}

/// Returns where the announced symbol begins, after `boursier`, a colon and quotation marks, and whether
/// such a mark stands there.
fn announced(text: &Text<'_>, mut at: usize) -> Option<(usize, bool)> {
    let mut marked = false;
    at = text.after_spaces(at);
    for word in ["boursier", "code", "is", "est"] {
        if text.from(at).starts_with(word) && !text.is_word(at + word.len()) {
            at = text.after_spaces(at + word.len());
        }
    }
    for _ in 0..4 {
        let c = text.from(at).chars().next()?;
        match c {
            ':' | '：' | '"' | '“' | '«' | '\'' | '‘' => marked = true,
            '$' | '(' => {}
            _ => break,
        }
        at = text.after_spaces(at + c.len_utf8());
    }
    is_code(text.byte(at)).then_some((at, marked))
}

/// Reads `Bloomberg: AIR FP`, and `Bloomberg: AIR PA` with the suffix of Reuters.
fn read_bloomberg(text: &Text<'_>, start: usize, symbol_end: usize, marked: bool, found: &mut Vec<Found>) {
    let country = text.after_spaces(symbol_end);
    let Some(end) = text.symbol_end(country).filter(|end| marked && country > symbol_end && end - country == 2) else {
        return;
    };
    let (written, country) = (text.slice(start, symbol_end), text.slice(country, end));
    let by_suffix = || {
        let mic = exchange::suffix(country)?;
        let symbol = symbol::canonical(written, mic);
        Some(Ticker::new(symbol, mic)).filter(market::is_known)
    };
    if let Some(ticker) = exchange::bloomberg(written, country).or_else(by_suffix) {
        found.push(Found { start, end, ticker, how: How::Code });
    }
}

/// Returns the ticker of an Asian stock code: six digits are Shanghai or Shenzhen, four or five Hong Kong.
fn numbered(written: &str) -> Option<Ticker> {
    let code = match (written.len(), written.as_bytes().first()) {
        (6, Some(b'6')) => "XSHG",
        (6, Some(b'0' | b'3')) => "XSHE",
        (1..=5, _) => "XHKG",
        _ => return None,
    };
    exchange::listing(Market::Mic(Mic::new(code)?), written)
}

/// Returns the ticker of an announced symbol: on the market named in the words before, if there is one, and
/// otherwise where the tables know it.
fn listed(text: &Text<'_>, at: usize, written: &str) -> Option<Ticker> {
    if let Some(market) = market_before(text, at) {
        return exchange::listing(market, written);
    }
    let symbol = symbol::canonical(written, Mic::UNKNOWN);
    super::stated::likely_market(&symbol, text.language).map(|mic| Ticker::new(symbol, mic))
}

/// Returns the market last named in the eighty bytes before `at`, in the same line.
fn market_before(text: &Text<'_>, at: usize) -> Option<Market> {
    let mut end = at;
    for _ in 0..10 {
        end = text.slice(0, end).trim_end_matches(|c: char| !c.is_alphanumeric() && c != '\n').len();
        if end == 0 || at - end > 80 || text.byte_before(end) == b'\n' {
            return None;
        }
        let start = text.word_start(end);
        let mut from = start;
        for _ in 0..4 {
            let written = text.slice(from, end);
            // One word must be a market's alone: a city may be any word of the sentence.
            let label = exchange::label(written).filter(|label| label.sure && written.len() > 2);
            if let Some(label) = label
                && (written.contains(char::is_whitespace) || is_market_word(written))
            {
                return Some(label.market);
            }
            from = text.word_start(text.before_spaces(from));
        }
        if start == end {
            end -= text.slice(0, end).chars().next_back().map_or(1, char::len_utf8);
        } else {
            end = start;
        }
    }
    None
}

/// Returns whether a word names a market and nothing else.
fn is_market_word(word: &str) -> bool {
    ["nasdaq", "nyse", "tsx", "tsxv", "amex", "euronext", "alternext", "otcqx", "otcqb", "lse", "asx"]
        .iter()
        .any(|market| word.eq_ignore_ascii_case(market))
}
