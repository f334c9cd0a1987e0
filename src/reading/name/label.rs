//! Names that say on which market a symbol is listed: `(Deutsche Börse: SIE)`, `(HKEX: 0700)`.
//!
//! Separate from the signs around a name, since what tells them is the code behind the colon, and no words.

use crate::market::exchange;

/// How far before a label its bracket is looked for, in bytes.
const REACH: usize = 120;

/// What joins the labels of several markets: `(LSE, HKEX: 0005)`.
const JOINTS: [&str; 7] = [",", "/", "&", "|", ";", " and ", " et "];

/// Returns whether the name that begins at `at` is, or begins, the label of a market in brackets, with a symbol behind
/// its colon.
pub(super) fn is_label(text: &str, at: usize) -> bool {
    if !in_bracket(text, at) {
        return false;
    }
    let end = text[at..].find([':', '：', '(', ')', '[', ']', '\n']).map_or(text.len(), |end| at + end);
    let symbol = text[end..].strip_prefix([':', '：']);
    symbol.is_some_and(begins_with_symbol) && are_labels(&text[at..end])
}

/// Returns whether a text is the label of a market, or several joined.
fn are_labels(text: &str) -> bool {
    let mut parts = vec![text];
    for joint in JOINTS {
        parts = parts.into_iter().flat_map(|part| part.split(joint)).collect();
    }
    parts.iter().all(|part| exchange::label(part.trim()).is_some_and(|label| label.sure))
}

/// Returns whether a bracket is open before `at`, on the same line and not too far back.
fn in_bracket(text: &str, at: usize) -> bool {
    let near = text[..at].char_indices().rev().take_while(|(before, _)| at - before <= REACH);
    let mark = near.map(|(_, c)| c).find(|c| matches!(c, '(' | '（' | '[' | ')' | '）' | ']' | '\n'));
    matches!(mark, Some('(' | '（' | '['))
}

/// Returns whether a symbol stands first and no words after it: `SIE)`, `0700; …`, but not `AI is …`.
fn begins_with_symbol(text: &str) -> bool {
    let text = text.trim_start_matches([' ', '\u{a0}', '\u{202f}', '$', '"']);
    let length =
        text.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '/'))).unwrap_or(text.len());
    let (symbol, rest) = text.split_at(length);
    let rest = rest.trim_start_matches([' ', '\u{a0}', '\u{202f}', '"']);
    !symbol.is_empty()
        && !symbol.contains(|c: char| c.is_ascii_lowercase())
        && !rest.starts_with(|c: char| c.is_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, name: &str, expected: bool) {
        assert_eq!(is_label(text, text.find(name).unwrap()), expected, "{text}");
    }

    #[test]
    fn a_market_before_a_colon_and_a_symbol_is_a_label() {
        for (text, name) in [
            ("Tencent (HKEX: 0700) grew.", "HKEX"),
            ("Siemens (Deutsche Börse: SIE) grew.", "Deutsche Börse"),
            ("Siemens (Deutsche Börse : SIE), dit-il", "Deutsche Börse"),
            ("HSBC (LSE: HSBA; HKEX: 0005)", "HKEX"),
            ("HSBC (HKEX, LSE: HSBA)", "HKEX"),
            ("LVMH (Euronext Paris: MC)", "Euronext"),
            ("Tencent [HKEX：0700]", "HKEX"),
        ] {
            check(text, name, true);
        }
    }

    #[test]
    fn a_company_is_none() {
        for (text, name) in [
            ("Deutsche Börse: SIE est suspendue", "Deutsche Börse"),
            ("(Deutsche Börse: AI is coming)", "Deutsche Börse"),
            ("(Deutsche Börse: shares rose)", "Deutsche Börse"),
            ("(Deutsche Börse)", "Deutsche Börse"),
            ("(Deutsche Börse: )", "Deutsche Börse"),
            ("Siemens: SIE", "Siemens"),
            ("(Siemens: SIE)", "Siemens"),
            ("(a) HKEX: 0700", "HKEX"),
        ] {
            check(text, name, false);
        }
    }
}
