//! Cashtags: `$AAPL`, `$BRK.B`.
//!
//! The dollar sign is first of all money, before a number or a country (`$US`, `1000 milliards $US`), so
//! that a cashtag must be a known symbol of the United States and stand apart from numbers.

use super::text::Text;
use super::{Form, Found, Trigger};
use crate::article::{How, Mic, Ticker};
use crate::market::{companies, symbol};

/// `$AAPL`.
pub(super) const FORM: Form = Form { trigger: Trigger::Bytes(b"$"), read };

/// Currencies and orders of magnitude that follow a dollar sign.
const MONEY: [&str; 14] = ["US", "USD", "CA", "CAN", "CAD", "AU", "HK", "NZ", "SG", "M", "B", "K", "MM", "BN"];

fn read(text: &Text<'_>, dollar: usize, found: &mut Vec<Found>) {
    let start = dollar + 1;
    if !text.byte(start).is_ascii_uppercase() || text.is_word_before(dollar) || text.byte_before(dollar) == b'$' {
        return;
    }
    let Some(end) = text.symbol_end(start) else { return };
    let before = text.before_spaces(dollar);
    let is_amount = before < dollar && text.byte_before(before).is_ascii_digit();
    if is_amount || text.in_address(dollar) {
        return;
    }
    // `$AAPL-$MSFT` and `$AAPL/…`: the longest symbol that is known.
    let written = text.slice(start, end);
    let lengths = [Some(written.len()), written.find(['.', '-', '/'])];
    for length in lengths.into_iter().flatten() {
        let written = &written[..length];
        let symbol = symbol::canonical(written, Mic::UNKNOWN);
        if MONEY.contains(&written) {
            return;
        }
        if let Some(mic) = companies::us_listing(&symbol) {
            found.push(Found {
                start: dollar,
                end: start + length,
                ticker: Ticker::new(symbol, mic),
                how: How::Cashtag,
            });
            return;
        }
    }
}
