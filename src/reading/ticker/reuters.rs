//! Reuters codes, and Yahoo's, which look the same: `<AAPL.O>`, `( XOM.N )`, `(BNPP.PA)`, `RENA.PA`.
//!
//! A code is a root, a dot and the suffix of a market. The root is often not the market's symbol
//! (`BNPP.PA` is BNP), so that the table of codes comes first, and symbol and suffix after it. Suffixes of
//! one letter are also share classes and initials, and ask for more around them.

use super::text::Text;
use super::{Form, Found, Trigger};
use crate::article::{How, Language, Ticker};
use crate::market::{companies, exchange, symbol};

/// `<AAPL.O>`.
pub(super) const FORM: Form = Form { trigger: Trigger::Bytes(b"."), read };

/// How a code is set off from the text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Setting {
    Angle,
    Bracket,
    Bare,
}

fn read(text: &Text<'_>, dot: usize, found: &mut Vec<Found>) {
    if !text.byte(dot + 1).is_ascii_uppercase() || !text.byte_before(dot).is_ascii_alphanumeric() {
        return;
    }
    let suffix_length = text.bytes[dot + 1..].iter().take(4).take_while(|b| b.is_ascii_uppercase()).count();
    let end = dot + 1 + suffix_length;
    if suffix_length > 3 || text.is_word(end) {
        return;
    }
    let suffix = text.slice(dot + 1, end);
    let Some(mic) = exchange::suffix(suffix) else { return };
    let root_length =
        text.bytes[..dot].iter().rev().take(11).take_while(|b| b.is_ascii_alphanumeric() || **b == b'_').count();
    let start = dot - root_length;
    let root = text.slice(start, dot);
    if root_length > 10 || !is_root(root) {
        return;
    }
    let Some(setting) = setting(text, start, end) else { return };
    if let Some(ticker) = companies::by_ric(text.slice(start, end)) {
        if setting != Setting::Bare || suffix_length >= 2 || text.after_name(start) {
            found.push(Found { start, end, ticker, how: How::Ric });
        }
        return;
    }
    let symbol = symbol::of_ric(root, mic);
    if !symbol::fits(&symbol, mic) {
        return;
    }
    // `(BRK.A)` is a share class, `(LGF.A)` too; only angle brackets or a known listing make it a market.
    let class = companies::listings(text.slice(start, end)).next().is_some();
    let ticker = Ticker::new(symbol, mic);
    // Another segment's symbols do not count: a domain or a share class looks the same.
    let known = companies::is_listed(&ticker.symbol, mic);
    let wanted = match setting {
        Setting::Angle => true,
        _ if class => false,
        Setting::Bracket => known || !symbol::is_class(suffix),
        // Domain names in capitals look the same: LIVE.DE, BOOKING.CO.
        Setting::Bare if suffix_length >= 2 => {
            known || text.after_name(start) && root.len() <= 5 && !companies::is_acronym(root)
        }
        Setting::Bare => is_plain_bare(root, suffix, known, text.after_name(start)),
    };
    if wanted {
        found.push(Found { start, end, ticker, how: How::Ric });
    }
}

/// Returns whether this is the root of a code: capitals or digits, then at most a mark in small letters.
fn is_root(root: &str) -> bool {
    let marks = root.trim_end_matches("_p").trim_start_matches(|c: char| c.is_ascii_uppercase() || c.is_ascii_digit());
    marks.len() < root.len() && matches!(marks.as_bytes(), [] | [b'a'..=b'z'])
}

/// Returns whether a bare code with a suffix of one letter is one, and not initials (`U.N`, `J.P`).
fn is_plain_bare(root: &str, suffix: &str, known: bool, named: bool) -> bool {
    if root.bytes().all(|b| b.is_ascii_digit()) {
        return suffix == "T" && root.len() == 4;
    }
    match suffix {
        "N" | "O" | "L" => root.len() >= 3 || (named && (known || root.len() == 2)),
        _ => named && known && root.len() >= 2,
    }
}

/// Returns how the code is set off; `None` inside a longer word or an address.
fn setting(text: &Text<'_>, start: usize, end: usize) -> Option<Setting> {
    // A dot and a letter after the suffix go on (`U.S.A`, `W.BMW.DE`); so does an elided word, where a
    // sentence begins without a space (`l'UE.L'accord`).
    let next = text.from(end).chars().next().unwrap_or(' ');
    let goes_on = match next {
        '.' | '@' | '/' => true,
        '\'' | '’' => !text.from(end + next.len_utf8()).starts_with('s'),
        _ => false,
    };
    if goes_on && text.is_word(end + next.len_utf8()) {
        return None;
    }
    // Initials close with a dot: `(H.K.)`.
    if end - start == 3 && text.byte(end) == b'.' {
        return None;
    }
    match text.byte_before(text.before_spaces(start)) {
        b'<' => return Some(Setting::Angle),
        b'(' | b'[' => return Some(Setting::Bracket),
        _ => {}
    }
    // `M` and `MM` before a name are French for Mr, where a sentence begins without a space.
    let is_title = text.slice(start, end).ends_with(".MM") && text.language == Language::French;
    let free = !text.is_word_before(start) && !matches!(text.byte_before(start), b'.' | b'@' | b'-' | b'=');
    (free && !is_title && !text.in_address(start)).then(|| match text.in_bracket(start) {
        true if matches!(text.byte_before(text.before_spaces(start)), b',' | b';' | b'/' | b'|' | b':') => {
            Setting::Bracket
        }
        _ => Setting::Bare,
    })
}
