//! A bare symbol that what stands behind it makes a code: `AAPL +2.1%`, `MSFT down 1%`, `their NVDA price target`.
//!
//! Capitals alone are acronyms more often than symbols, and figures stand behind them, too (`CPI +0.3%`): the symbol is
//! one of a reviewed company of the United States, of three letters or more, and no ordinary word.

use super::labelled::NO_SYMBOLS;
use super::text::Text;
use super::{Form, Found, Trigger};
use crate::article::How;
use crate::market::companies::{self, Listing};
use crate::market::{names, symbol};

/// `AAPL +2.1%`.
pub(super) const CHANGED: Form = Form { trigger: Trigger::Bytes(b"%"), read: read_changed };

/// `AAPL price target`, `AAPL shares`.
pub(super) const JUDGED: Form = Form { trigger: Trigger::Words(&["price target", "shares"]), read: read_judged };

/// Symbols that are ordinary words or months in capitals.
#[rustfmt::skip]
const WORDS: &[&str] = &[
    "APP", "ARM", "BALL", "BEN", "BOX", "CAG", "CAR", "CARR", "CAT", "COIN", "DASH", "DAY", "DECK", "DOC", "DOW", "FANG", "FIX",
    "FOX", "FUN", "GEN", "HAL", "HAS", "HUM", "ICE", "KEYS", "LAD", "LOVE", "MAR", "MAS", "MET", "NOV", "NET", "OPEN", "OWL",
    "POOL", "PEG", "RUN", "SHOP", "SNAP", "SNOW", "SON", "SPOT", "STAG", "STEM", "TEAM", "TECH", "TEL", "WAT", "WEB", "WEST", "WIN",
];

/// Reads the symbol before a change: a sign or `up`, a number and a percent.
fn read_changed(text: &Text<'_>, percent: usize, found: &mut Vec<Found>) {
    let number_end = text.before_spaces(percent);
    let head = text.slice(0, number_end);
    let head = head.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ','));
    if head.len() == number_end {
        return;
    }
    let head = &head[..text.before_spaces(head.len())];
    let Some(head) = ["+", "-", "−", "–", " up", " down"].into_iter().find_map(|sign| head.strip_suffix(sign))
    else {
        return;
    };
    read_before(text, text.before_spaces(head.strip_suffix('(').unwrap_or(head).len()), found);
}

/// Reads the symbol before its price target or its shares.
fn read_judged(text: &Text<'_>, word: usize, found: &mut Vec<Found>) {
    let end = text.before_spaces(word);
    if end < word {
        read_before(text, end, found);
    }
}

/// Reads the symbol that ends at `end`.
fn read_before(text: &Text<'_>, end: usize, found: &mut Vec<Found>) {
    let start = text.word_start(end);
    if text.symbol_end(start) != Some(end) || text.in_address(start) {
        return;
    }
    // A name in capitals (`UBS`, `IBM`) is weighed as a name.
    let is_name = names::longest_at(text.source, start).is_some_and(|(name_end, _)| name_end >= end);
    if let Some(listing) = bare(text.slice(start, end)).filter(|_| !is_name) {
        found.push(Found { start, end, ticker: listing.ticker(), how: How::Code });
    }
}

/// Returns the listing of a symbol that may stand without a market.
pub(super) fn bare(written: &str) -> Option<&'static Listing> {
    let is_plain = (3..=5).contains(&written.len()) && written.bytes().all(|byte| byte.is_ascii_uppercase());
    if !is_plain || companies::is_acronym(written) || NO_SYMBOLS.contains(&written) || WORDS.contains(&written) {
        return None;
    }
    companies::listings(written).find(|listing| listing.is_reviewed() && symbol::is_american(listing.mic))
}

#[cfg(test)]
mod tests {
    use super::super::scan;
    use crate::article::Language;

    fn check(source: &str, expected: &str) {
        let found = scan(source, Language::English);
        let symbols: Vec<_> = found.iter().map(|find| find.ticker.symbol.as_str()).collect();
        assert_eq!(symbols.join(" "), expected, "{source}");
    }

    #[test]
    fn a_change_or_a_target_behind_a_symbol_makes_it_one() {
        check("AAPL +2.1%, MSFT -0.4%, NVDA (+3 %)", "AAPL MSFT NVDA");
        check("AAPL up 2%, MSFT down 1% premarket.", "AAPL MSFT");
        check("Analysts lifted their AAPL price target, and NVDA shares rose.", "AAPL NVDA");
    }

    #[test]
    fn other_capitals_with_figures_are_no_symbols() {
        for text in [
            "GDP +2.1%, CPI -0.4%, USA +3%",
            "GDP up 2%, CPI down 1%",
            "NOW +2%, ALL up 3%, MAR +1%, TECH shares",
            "CAC +0.4%, DAX -1%, EUR +1%",
            "AAPL 2%, XAAPL +2%, Aapl +2%, AAPL shared",
            "%, +2%, AAPL%, up 2%",
            "AAPL pays 3-5% and www.AAPL +2%",
        ] {
            check(text, "");
        }
    }
}
