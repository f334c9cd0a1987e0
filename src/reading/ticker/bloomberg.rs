//! Bloomberg codes: `AIR FP Equity`, `AAPL US Equity`, `AAPL:US`.
//!
//! A symbol and two letters are too little on their own; the word *Equity* or a colon must join them, and
//! with the colon the symbol must be known on that market.

use super::text::Text;
use super::{Form, Found, Trigger};
use crate::article::How;
use crate::market::{self, exchange};

/// `AIR FP Equity`.
pub(super) const SPACED: Form = Form { trigger: Trigger::Words(&["Equity"]), read: spaced };

/// `AAPL:US`.
pub(super) const JOINED: Form = Form { trigger: Trigger::Bytes(b":"), read: joined };

/// Reads `AIR FP` before the word *Equity*.
fn spaced(text: &Text<'_>, word: usize, found: &mut Vec<Found>) {
    let end = text.before_spaces(word);
    let country = text.word_start(end);
    let symbol_end = text.before_spaces(country);
    let start = text.word_start(symbol_end);
    if end == word
        || text.is_word(word + "Equity".len())
        || symbol_end == country
        || text.symbol_end(start) != Some(symbol_end)
    {
        return;
    }
    if let Some(ticker) = exchange::bloomberg(text.slice(start, symbol_end), text.slice(country, end)) {
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
    if let Some(ticker) = exchange::bloomberg(written, country).filter(market::is_known) {
        found.push(Found { start, end, ticker, how: How::Code });
    }
}
