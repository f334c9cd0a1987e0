//! A market's label, a colon and symbols: `(NASDAQ:AMZN)`, `(NYSE: A; TSX: B)`, `(Euronext Paris : MC)`.
//!
//! The colon is what all layouts share, so that the form is read from there: labels before it, symbols
//! after it. In brackets the label vouches for a symbol that no table knows; in running text it does not.

use super::text::{Text, is_bracket, is_code};
use super::{Form, Found, Trigger};
use crate::article::{How, Mic};
use crate::market::exchange::{self, LONGEST_LABEL, Label, Market};
use crate::market::{self, companies, isin, symbol};

/// `(NASDAQ:AMZN)`; the first byte of a full-width colon counts too.
pub(super) const FORM: Form = Form { trigger: Trigger::Bytes(b":\xEF"), read };

fn read(text: &Text<'_>, at: usize, found: &mut Vec<Found>) {
    let after = match text.byte(at) {
        b':' => at + 1,
        _ if text.from(at).starts_with('：') => at + '：'.len_utf8(),
        _ => return,
    };
    let first = text.after_spaces(after);
    let first = if matches!(text.byte(first), b'$' | b'"') { first + 1 } else { first };
    if !is_code(text.byte(first)) || text.in_address(first) {
        return;
    }
    let bracketed = text.in_bracket(at);
    // More than one space is a table's, and the word after it a heading.
    let near = first <= after + 1 || text.byte(after) != b' ';
    let labels = labels_before(text, at);
    if labels.is_empty() {
        read_reversed(text, at, first, found);
        return;
    }
    for (start, end) in symbols_after(text, first, &labels, bracketed) {
        let written = text.slice(start, end);
        for place in &labels {
            let Some(ticker) = exchange::listing(place.label.market, written) else { continue };
            let known = market::is_known(&ticker);
            let wanted = match bracketed {
                // A label vouches for a symbol that no table knows, but not for an index or a currency.
                true => known || place.vouches && !NO_SYMBOLS.contains(&ticker.symbol.as_str()),
                false => known && near && place.is_plain(&ticker.symbol),
            };
            if wanted {
                found.push(Found { start, end, ticker, how: How::Code });
            }
        }
    }
}

/// Indices, currencies and time zones: they stand behind the name of a market without being listed there.
#[rustfmt::skip]
pub(super) const NO_SYMBOLS: &[&str] = &[
    "AEX", "AUD", "BEL", "BST", "CAC", "CAD", "CEST", "CET", "CHF", "COMP", "DAX", "DJI", "DJIA", "DKK", "EDT",
    "EST", "EUR", "FTSE", "GBP", "GMT", "IBEX", "INX", "IXIC", "JPY", "MDAX", "MIB", "NDX", "NOK", "PDT", "PSI",
    "PST", "RUT", "SBF", "SEK", "SMI", "SPX", "STOXX", "TOPIX", "USD", "UTC", "VIX",
];

/// What numbers a security in a scheme of its own, whose number follows: no symbol of a market.
pub(super) const SCHEMES: [&str; 11] =
    ["ISIN", "CUSIP", "WKN", "SEDOL", "LEI", "CIK", "RIC", "FIGI", "MNEMO", "TICKER", "VALOR"];

/// A label found before a colon.
struct Place {
    label: Label,
    /// Whether it is a code in capitals, such as `NYSE`.
    capitals: bool,
    /// Whether it may vouch for a symbol that no table knows.
    vouches: bool,
}

impl Place {
    /// Returns whether label and symbol are plain enough to stand without brackets: `Paris: CA` is no code.
    fn is_plain(&self, symbol: &str) -> bool {
        self.label.sure && (self.capitals || (symbol.len() > 1 && !companies::is_acronym(symbol)))
    }
}

/// Reads the labels that end at the colon: one, or several joined by a comma, a slash, `et`, `and`.
fn labels_before(text: &Text<'_>, colon: usize) -> Vec<Place> {
    let mut places = Vec::new();
    let mut end = text.before_spaces(colon);
    for _ in 0..4 {
        let Some((start, label)) = label_before(text, end) else { break };
        let before = text.before_spaces(start);
        let joint = joint_before(text, before);
        // What stands before the label must end there: a bracket, a separator, a word of joining. Where
        // the label goes on from other words (`(seen in Paris: ...)`), only a code in capitals vouches.
        let begins = before == 0 || joint.is_some() || ends_a_part(text, before);
        let written = text.slice(start, end);
        let capitals = written.len() > 1 && !written.contains(char::is_lowercase);
        places.push(Place { label, capitals, vouches: label.sure && written.len() > 1 && (begins || capitals) });
        match joint {
            // After `(X: A, B: C)`, A is a symbol and not a label.
            Some(joint) if !follows_colon(text, joint) => end = joint,
            _ => break,
        }
    }
    places
}

/// Returns the longest label that ends at `end`, with its first byte.
fn label_before(text: &Text<'_>, end: usize) -> Option<(usize, Label)> {
    let mut best = None;
    let mut start = end;
    for _ in 0..7 {
        let word = text.word_start(start);
        if word == start || end - word > LONGEST_LABEL {
            // A bracket or a separator inside a label: `Euronext Growth (Paris)`, `TSX - Toronto`.
            let Some(c) = text.slice(0, start).chars().next_back().filter(|c| is_bracket(*c)) else { break };
            start = text.before_spaces(start - c.len_utf8());
            continue;
        }
        if let Some(label) = exchange::label(text.slice(word, end)) {
            best = Some((word, label));
        }
        start = text.before_spaces(word);
        if start == word && word > 0 && !is_bracket(text.slice(0, word).chars().next_back().unwrap_or(' ')) {
            break;
        }
    }
    best
}

/// Returns where the text before a joining word or mark ends, if one ends at `end`.
fn joint_before(text: &Text<'_>, end: usize) -> Option<usize> {
    if matches!(text.byte_before(end), b',' | b'/' | b'&' | b'|' | b';') {
        return Some(text.before_spaces(end - 1));
    }
    let word = text.word_start(end);
    let joins = ["and", "et", "und"].contains(&text.slice(word, end));
    joins.then(|| text.before_spaces(word))
}

/// Returns whether a bracket, quotation mark, dash or the line begins before `end`.
fn ends_a_part(text: &Text<'_>, end: usize) -> bool {
    text.slice(0, end).chars().next_back().is_none_or(|c| {
        is_bracket(c) || matches!(c, '\n' | '"' | '“' | '”' | '»' | '«' | '-' | '–' | '—' | ':' | '•' | '*' | '.')
    })
}

/// Returns whether the word that ends at `end` stands after a colon.
fn follows_colon(text: &Text<'_>, end: usize) -> bool {
    text.byte_before(text.before_spaces(text.word_start(end))) == b':'
}

/// Reads the symbols after a colon, as byte ranges. The first is the label's; further ones count when they
/// fill the bracket, or when the market knows them: text that follows a symbol is no list.
fn symbols_after(text: &Text<'_>, first: usize, labels: &[Place], bracketed: bool) -> Vec<(usize, usize)> {
    let mut symbols = Vec::new();
    let mut at = first;
    let closed = loop {
        let Some(end) = text.symbol_end(at) else { break false };
        let written = text.slice(at, end);
        let after = text.after_spaces(end);
        let is_next_label = matches!(text.byte(after), b':') || text.from(after).starts_with('：');
        if is_next_label
            || (!symbols.is_empty() && exchange::label(written).is_some_and(|l| l.sure) && !knows(labels, written))
        {
            break true;
        }
        // `MC / ISIN FR0000121014`: the list of symbols is at its end.
        if SCHEMES.contains(&written) && !knows(labels, written) {
            break true;
        }
        let (symbol, end) = match preferred(text, at, end, labels) {
            Some((root, end)) => (root, end),
            None => {
                let end = with_class(text, at, end, labels);
                (end, end)
            }
        };
        let is_isin = isin::is_valid(written);
        if !is_isin {
            symbols.push((at, symbol));
        }
        // `BP.` and `AB.,`: a dot of the symbol, or of the sentence.
        let end = if text.byte(end) == b'.' && !text.is_word(end + 1) { end + 1 } else { end };
        let end = if text.byte(end) == b'"' { end + 1 } else { end };
        let after = text.after_spaces(end);
        // `FR0000121014 - MC`
        let dash = ["-", "–"].into_iter().find(|dash| is_isin && text.from(after).starts_with(dash));
        match next_symbol(text, end, after + dash.map_or(0, str::len)) {
            // A space alone parts symbols in brackets: `TSX : TECK.A TECK.B`, but not `NYSE: CLOSED ON THURSDAY`.
            Some(next) if bracketed || next > after => at = text.after_spaces(next),
            Some(_) => break closes(text, after),
            None => break closes(text, after),
        }
        if symbols.len() >= 12 {
            break false;
        }
    };
    if !bracketed && !closed && is_capitals(text, first) {
        symbols.truncate(1);
    }
    let mut place = 0;
    symbols.retain(|&(start, end)| {
        place += 1;
        place == 1
            || knows(labels, text.slice(start, end))
            || (closed && !companies::is_acronym(text.slice(start, end)))
    });
    symbols
}

/// Returns where the next symbol of a list begins.
fn next_symbol(text: &Text<'_>, end: usize, after: usize) -> Option<usize> {
    if matches!(text.byte(after), b',' | b';' | b'|' | b'/' | b'&') {
        return Some(text.after_spaces(after + 1));
    }
    for word in ["and", "et", "und"] {
        if after > end && text.from(after).strip_prefix(word).is_some_and(|rest| rest.starts_with(char::is_whitespace))
        {
            return Some(text.after_spaces(after + word.len()));
        }
    }
    (after > end).then_some(after)
}

/// Returns whether the line around `at` is all in capitals.
fn is_capitals(text: &Text<'_>, at: usize) -> bool {
    let start = memchr::memrchr(b'\n', &text.bytes[..at]).map_or(0, |line| line + 1);
    let end = memchr::memchr(b'\n', &text.bytes[at..]).map_or(text.bytes.len(), |line| at + line);
    !text.slice(start, end).contains(char::is_lowercase)
}

/// Returns where the company's symbol ends in the code of a preferred share, and where the code ends, under the label of a
/// market of the United States: `JPM PR D`, `BAC PRL`, `WFC.PR.L`.
fn preferred(text: &Text<'_>, start: usize, end: usize, labels: &[Place]) -> Option<(usize, usize)> {
    let american = |place: &Place| matches!(place.label.market, Market::Mic(mic) if symbol::is_american(mic));
    if !labels.iter().any(american) {
        return None;
    }
    let written = text.slice(start, end);
    let (root, mut at) = match written.find(".PR").or_else(|| written.find("-PR")) {
        Some(root) => (start + root, start + root + 1),
        None => (end, text.after_spaces(end)),
    };
    if at == root || root == start {
        return None;
    }
    at += ["PR", "Pr", "pr"].into_iter().find(|mark| text.from(at).starts_with(mark))?.len();
    let joint = at;
    at = if matches!(text.byte(at), b'.' | b'-' | b'/') { at + 1 } else { text.after_spaces(at) };
    let series = text.bytes[at..].iter().take(3).take_while(|byte| byte.is_ascii_uppercase()).count();
    if (1..=2).contains(&series) && !text.is_word(at + series) {
        return Some((root, at + series));
    }
    (!text.is_word(joint)).then_some((root, joint))
}

/// Returns whether the list ends at `at`: a closing bracket, or the end of the text.
fn closes(text: &Text<'_>, at: usize) -> bool {
    text.from(at).chars().next().is_none_or(|c| is_bracket(c) || c == '\n')
}

/// Returns where the symbol ends with a share class after a space: `VOLV B` in the North, elsewhere only
/// when the market knows it.
fn with_class(text: &Text<'_>, start: usize, end: usize, labels: &[Place]) -> usize {
    let class = text.after_spaces(end);
    if class == end || !text.byte(class).is_ascii_uppercase() || text.is_word(class + 1) {
        return end;
    }
    let root = text.slice(start, end);
    let joined = format!("{root}.{}", char::from(text.byte(class)));
    let northern = labels.iter().any(|place| {
        matches!(place.label.market, Market::Mic(mic) if matches!(mic.as_str(), "XSTO" | "XCSE" | "XHEL" | "XICE"))
    });
    let joins = !root.contains(['.', '-'])
        && if northern {
            matches!(text.byte(class), b'A'..=b'D')
        } else {
            knows(labels, &joined) && !knows(labels, root)
        };
    if joins { class + 1 } else { end }
}

/// Returns whether a market of the labels lists this symbol.
fn knows(labels: &[Place], written: &str) -> bool {
    labels
        .iter()
        .any(|place| exchange::listing(place.label.market, written).is_some_and(|ticker| market::is_known(&ticker)))
}

/// Reads `(JD: NASDAQ)`: a known symbol first, its market after it.
fn read_reversed(text: &Text<'_>, colon: usize, first: usize, found: &mut Vec<Found>) {
    let end = text.before_spaces(colon);
    let start = text.word_start(end);
    if text.symbol_end(start) != Some(end) || !matches!(text.byte_before(text.before_spaces(start)), b'(' | b'[') {
        return;
    }
    let reach = text.bytes[first..].iter().take(LONGEST_LABEL);
    let Some(length) = reach.into_iter().position(|b| matches!(b, b')' | b']')) else { return };
    let written = text.slice(first, text.before_spaces(first + length));
    let Some(label) = exchange::label(written).filter(|label| label.sure) else { return };
    if let Some(ticker) = exchange::listing(label.market, text.slice(start, end))
        && ticker.mic != Mic::UNKNOWN
        && market::is_known(&ticker)
        && symbol::fits(&ticker.symbol, ticker.mic)
    {
        found.push(Found { start, end, ticker, how: How::Code });
    }
}
