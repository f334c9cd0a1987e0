//! Bloomberg codes: `AIR FP Equity`, `AAPL US Equity`, `AAPL:US`.
//!
//! A symbol and two letters are too little on their own; the word *Equity* or a colon must join them, and
//! with the colon the symbol must be known on that market.

use super::text::Text;
use super::{Form, Found, Trigger};
use crate::article::{How, Mic, Ticker};
use crate::market::{companies, exchange, symbol};

/// `AIR FP Equity`, `AAPL:US`.
pub(super) const FORM: Form = Form { trigger: Trigger::Bytes(b":E"), read };

fn read(text: &Text<'_>, at: usize, found: &mut Vec<Found>) {
    match text.byte(at) {
        b':' => joined(text, at, found),
        _ if text.from(at).starts_with("Equity") && !text.is_word(at + 6) => spaced(text, at, found),
        _ => {}
    }
}

/// Reads `AIR FP` before the word *Equity*.
fn spaced(text: &Text<'_>, word: usize, found: &mut Vec<Found>) {
    let end = text.before_spaces(word);
    let country = text.word_start(end);
    let symbol_end = text.before_spaces(country);
    let start = text.word_start(symbol_end);
    if end == word || symbol_end == country || text.symbol_end(start) != Some(symbol_end) {
        return;
    }
    if let Some(ticker) = listing(text.slice(start, symbol_end), text.slice(country, end)) {
        found.push(Found { start, end, ticker, how: How::Code });
    }
}

/// Reads `AAPL:US` and `US:AAPL`, without spaces.
fn joined(text: &Text<'_>, colon: usize, found: &mut Vec<Found>) {
    let start = text.word_start(colon);
    let Some(end) = text.symbol_end(colon + 1) else { return };
    if text.symbol_end(start) != Some(colon) || text.in_address(start) {
        return;
    }
    let (left, right) = (text.slice(start, colon), text.slice(colon + 1, end));
    let (written, country, start, end) = match (left, right) {
        ("US", _) => (right, left, colon + 1, end),
        (_, country) if country.len() == 2 => (left, country, start, end),
        _ => return,
    };
    if let Some(ticker) = listing(written, country).filter(|ticker| companies::is_listed(&ticker.symbol, ticker.mic)) {
        found.push(Found { start, end, ticker, how: How::Code });
    }
}

/// Returns the ticker of a symbol under Bloomberg's country code.
pub(super) fn listing(written: &str, country: &str) -> Option<Ticker> {
    let mic = match country {
        "US" => companies::us_listing(&symbol::canonical(written, Mic::UNKNOWN))?,
        _ => exchange::bloomberg(country)?,
    };
    let symbol = symbol::canonical(written, mic);
    symbol::fits(&symbol, mic).then(|| Ticker::new(symbol, mic))
}
