//! Figures behind names, as reports on markets write them: `Safran (+3,1 % à 285 euros), Thales (+2,5 %)`, `Nike lost 14%,
//! Gap 20%`, `fined Apple 500 million euros and Meta 200 million`.
//!
//! They tell that a share is spoken of, and are read past where names stand in a row.

use super::list::List;
use super::words;
use crate::reading::letters::SPACES;

/// What stands before a figure.
static LEADS: List = List::of("by to at of up down à de en");

/// What makes an amount of a number, besides its sign and its currency.
static UNITS: List = List::of(
    "\
percent pct pc points point million millions billion billions milliard milliards bn mn mln m euros euro dollars dollar pounds \
pence cents yen francs crowns",
);

/// How much stands in a bracket at the most, in bytes.
const BRACKET: usize = 60;

/// What stands behind a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Skipped<'a> {
    /// What follows the figures.
    pub rest: &'a str,
    /// Whether they stand without brackets: `Nike lost 14%`.
    pub is_bare: bool,
}

/// Skips the figures behind a name; `None` if there are none.
pub(super) fn skip(text: &str) -> Option<Skipped<'_>> {
    let text = trimmed(text);
    if let Some(inner) = text.strip_prefix('(') {
        let (inner, rest) = inner.split_once(')')?;
        let is_figure = inner.len() <= BRACKET && (has_change(inner) || amount(inner).is_some());
        return is_figure.then_some(Skipped { rest, is_bare: false });
    }
    let (word, after) = word(text);
    let mut rest = amount(if words::is_verb(word) { after } else { text })?;
    // `14% to $20`
    while let Some(more) = amount(rest) {
        rest = more;
    }
    Some(Skipped { rest, is_bare: true })
}

/// What shares do, in one word: `Gap sank`.
static MOVES: List = List::of(
    "\
rose fell slid sank jumped gained dropped climbed surged tumbled soared slipped plunged slumped rallied rebounded eased \
progresse recule bondit chute grimpe plonge dévisse décroche rebondit",
);

/// Skips the verb of prices that is all that is said of a share: `slid; `; `None` if more is said, or nothing.
pub(super) fn skip_move(text: &str) -> Option<&str> {
    let (verb, rest) = word(trimmed(text));
    let ends = rest.is_empty() || rest.starts_with([';', ',', '.', '\n']);
    (MOVES.has(verb) && ends).then_some(rest)
}

/// Returns whether the change of a share stands right behind its name: `Orange (+1,1 % à 14 euros)`, `Gap -2%`.
pub(super) fn has_change(text: &str) -> bool {
    let text = trimmed(text);
    let text = text.strip_prefix('(').unwrap_or(text);
    let Some(unsigned) = text.strip_prefix(['+', '-', '−', '–']) else { return false };
    number(trimmed(unsigned)).is_some_and(|rest| {
        let rest = trimmed(rest);
        rest.starts_with('%') || matches!(word(rest).0, "percent" | "pct")
    })
}

/// Skips one amount, with what leads to it: `by 14%`, `500 million euros`, `à 285 euros`.
fn amount(text: &str) -> Option<&str> {
    let text = trimmed(text);
    let (lead, after) = word(text);
    let text = if LEADS.has(lead) { trimmed(after) } else { text };
    let sum = text.trim_start_matches(['+', '-', '−', '–', '$', '€', '£', '¥']);
    let has_sign = sum.len() < text.len();
    let mut rest = number(sum)?;
    let mut has_unit = has_sign;
    loop {
        let next = trimmed(rest);
        if let Some(next) = next.strip_prefix(['%', '$', '€', '£', '¥']) {
            rest = next;
        } else if let (unit, after) = word(next)
            && UNITS.has(unit)
        {
            rest = after;
        } else {
            return has_unit.then_some(rest);
        }
        has_unit = true;
    }
}

/// Skips a number: `11,000`, `3,1`.
fn number(text: &str) -> Option<&str> {
    let is_digit = |c: char| c.is_ascii_digit();
    let end = text.find(|c: char| !(is_digit(c) || matches!(c, '.' | ','))).unwrap_or(text.len());
    let number = text[..end].trim_end_matches(['.', ',']);
    number.starts_with(is_digit).then(|| &text[number.len()..])
}

/// Returns the word that a text begins with, and what follows it.
fn word(text: &str) -> (&str, &str) {
    text.split_at(text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len()))
}

fn trimmed(text: &str) -> &str {
    text.trim_start_matches(SPACES)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_read_past() {
        for (text, rest, is_bare) in [
            (" (+3,1% à 285 euros), ", ", ", false),
            (" (-1.2%). Losers", ". Losers", false),
            (" (2,5 %) et ", " et ", false),
            (" lost 14%, ", ", ", true),
            (" gagne 2,5 % et ", " et ", true),
            (" fell by 3 percent to $20, ", ", ", true),
            (" 500 million euros and ", " and ", true),
            (" +1.5%, ", ", ", true),
            (" $5bn and ", " and ", true),
            (" à 285 euros, ", ", ", true),
        ] {
            assert_eq!(skip(text), Some(Skipped { rest, is_bare }), "{text}");
        }
        for text in ["", ", ", " and ", " (2025), ", " 14, ", " lost, ", " (the bank) and", " in 2024 and ", " (+3%"] {
            assert_eq!(skip(text), None, "{text}");
        }
    }

    #[test]
    fn a_move_is_one_verb() {
        assert_eq!([" slid; Gap", " recule, "].map(skip_move), [Some("; Gap"), Some(", ")]);
        assert_eq!(["", " slid on", " said; ", "; slid"].map(skip_move), [None; 4]);
    }

    #[test]
    fn a_change_has_a_sign_and_a_percent() {
        assert!([" (+3,1% à 285 euros)", " +2 %", " (-0.8%)", " −2%", " (+ 3 percent)"].into_iter().all(has_change));
        assert!(![" 3%", " (3%)", " +3", " -based", " (+33 1 42)", ""].into_iter().any(has_change));
    }
}
