//! ISINs: `FR0000121014`, `FR 0000121014`, `FR0000121014-AB1234`.
//!
//! The check digit makes them sure without any word around them. An ISIN of no known company is kept as
//! its own symbol, on no market.

use super::text::Text;
use super::{Form, Found, Trigger};
use crate::article::{How, Mic, Ticker};
use crate::market::{companies, isin};

/// `FR0000121014`.
pub(super) const FORM: Form = Form { trigger: Trigger::Codes, read };

fn read(text: &Text<'_>, run: usize, found: &mut Vec<Found>) {
    let length = text.bytes[run..].iter().take(13).take_while(|b| super::text::is_code(**b)).count();
    let end = run + length;
    let (start, code) = match length {
        12 => (run, text.slice(run, end).to_owned()),
        // The country apart from the number: `FR 0000121014`.
        10 => {
            let prefix_end = text.before_spaces(run);
            let start = prefix_end.saturating_sub(2);
            if prefix_end == run || prefix_end < 2 {
                return;
            }
            (start, format!("{}{}", text.slice(start, prefix_end), text.slice(run, end)))
        }
        _ => return,
    };
    if !isin::is_valid(&code) || text.is_word_before(start) || text.is_word(end) || text.in_address(start) {
        return;
    }
    let ticker = companies::by_isin(&code).unwrap_or_else(|| Ticker::new(code, Mic::UNKNOWN));
    found.push(Found { start, end, ticker, how: How::Isin });
}
