//! A market behind its symbol: `AAPL (NASDAQ)`, `AAPL:NASDAQ`, `AAPL.US`, `MC-FR`.
//!
//! The market must know the symbol: the same shapes are acronyms (`EU-US talks`) and addresses.

use super::bare::bare;
use super::text::Text;
use super::{Form, Found, Trigger};
use crate::article::{How, Mic, Ticker};
use crate::market::exchange::{self, LONGEST_LABEL};
use crate::market::{self, companies};

/// `AAPL (NASDAQ)`, `MC-FR`.
pub(super) const FORM: Form = Form { trigger: Trigger::Bytes(b"(:.-"), read };

/// The countries that stand behind a symbol, beside the United States, with their markets.
const COUNTRIES: [(&str, &str); 3] = [("FR", "XPAR"), ("GB", "XLON"), ("DE", "XETR")];

fn read(text: &Text<'_>, at: usize, found: &mut Vec<Found>) {
    let end = if text.byte(at) == b'(' { text.before_spaces(at) } else { at };
    // Most brackets and stops stand behind small letters, and before others than capitals.
    if !super::text::is_code(text.byte_before(end)) || !text.from(at + 1).starts_with(|c: char| c.is_uppercase()) {
        return;
    }
    let start = text.word_start(end);
    let is_code = text.bytes[start..end].iter().all(|byte| super::text::is_code(*byte) || matches!(byte, b'.' | b'-'));
    if !is_code || text.in_address(start) {
        return;
    }
    let written = text.slice(start, end);
    let ticker = match text.byte(at) {
        b'(' => in_brackets(text, start, at + 1).and_then(|label| on_market(label, written)),
        b':' => behind_colon(text, at + 1)
            .filter(|_| exchange::label(written).is_none())
            .and_then(|label| on_market(label, written)),
        sign => behind_sign(text, at + 1, sign == b'.').and_then(|country| in_country(country, written)),
    };
    if let Some(ticker) = ticker {
        found.push(Found { start, end, ticker, how: How::Code });
    }
}

/// Returns what stands in the bracket that is opened before `at`, unless the symbol goes on from other capitals: `ACME CO (NYSE)`.
fn in_brackets<'a>(text: &Text<'a>, symbol: usize, at: usize) -> Option<&'a str> {
    if text.byte_before(text.before_spaces(symbol)).is_ascii_uppercase() {
        return None;
    }
    let length = text.bytes[at.min(text.bytes.len())..].iter().take(LONGEST_LABEL).position(|byte| *byte == b')')?;
    Some(text.slice(at, at + length).trim())
}

/// Returns the capitals right behind a colon.
fn behind_colon<'a>(text: &Text<'a>, at: usize) -> Option<&'a str> {
    let length = text.bytes[at.min(text.bytes.len())..].iter().take_while(|byte| byte.is_ascii_uppercase()).count();
    (length > 1 && !text.is_word(at + length)).then(|| text.slice(at, at + length))
}

/// Returns the country behind a hyphen or a stop; a stop stands before that of the United States alone, as others end addresses
/// and Reuters codes.
fn behind_sign<'a>(text: &Text<'a>, at: usize, is_stop: bool) -> Option<&'a str> {
    let country = text.slice(at, at + 2);
    let goes_on = text.is_word(at + 2) || matches!(text.byte(at + 2), b'-' | b'.') && text.is_word(at + 3);
    (!goes_on && (country == "US" || !is_stop)).then_some(country)
}

/// Returns the security that a symbol is on the market of a label.
fn on_market(label: &str, written: &str) -> Option<Ticker> {
    let label = exchange::label(label).filter(|label| label.sure)?;
    let ticker = exchange::listing(label.market, written)?;
    let is_code = written.len() > 1 && !companies::is_acronym(written);
    (is_code && ticker.mic != Mic::UNKNOWN && market::is_known(&ticker)).then_some(ticker)
}

/// Returns the security that a symbol is in a country.
fn in_country(country: &str, written: &str) -> Option<Ticker> {
    if country == "US" {
        return bare(written).map(companies::Listing::ticker);
    }
    let (_, mic) = COUNTRIES.into_iter().find(|(code, _)| *code == country)?;
    let mut listings =
        companies::listings(written).filter(|listing| listing.is_reviewed() && listing.mic.as_str() == mic);
    listings.next().filter(|_| written.len() > 1 && !companies::is_acronym(written)).map(companies::Listing::ticker)
}

#[cfg(test)]
mod tests {
    use super::super::scan;
    use crate::article::Language;

    fn check(source: &str, expected: &str) {
        let found = scan(source, Language::English);
        let tickers: Vec<_> = found.iter().map(|find| find.ticker.to_string()).collect();
        assert_eq!(tickers.join(" "), expected, "{source}");
    }

    #[test]
    fn a_market_may_follow_its_symbol() {
        for text in ["AAPL (NASDAQ) rose", "rose. AAPL:NASDAQ", "AAPL.US rose", "AAPL-US, rose"] {
            check(text, "XNAS:AAPL");
        }
        check("Voir MC-FR et RNO-FR.", "XPAR:MC XPAR:RNO");
    }

    #[test]
    fn other_capitals_with_a_country_or_a_market_are_no_symbols() {
        for text in [
            "EU-US talks, UK-US talks, UN-US, CIA-US, ALL-US, AAPL-USA, AAPL-US-based",
            "CEO (NASDAQ), ACME CO (NYSE), Acme SA (Euronext)",
            "NYSE:NASDAQ, AM:PM, A:B, http://x.AAPL.US/",
            "(, :, ., -, A(, A:, A., A-",
            "SNCF-FR, UE-FR, É-FR",
        ] {
            check(text, "");
        }
    }
}
