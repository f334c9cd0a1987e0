//! Operators of proximity: `NEAR/5`, `ADJ/3`, `W/S` and their like, and what may stand beside them.

use super::{Dialect, Filter, Kind, MOST_APART, Node, Proximity};
use crate::error::{Error, Result};

/// How many searches an operator may be spread into: `(a AND b) NEAR/5 c` is two.
const MOST_SEARCHES: u64 = 64;

/// How many operators may stand in a row: `a NEAR/5 b NEAR/5 c` is two.
const MOST_IN_A_ROW: usize = 16;

/// Returns the proximity that `word` stands for where an operator can; a distance of `None` is out of
/// bounds.
pub(super) fn operator(word: &str, dialect: Dialect) -> Option<Option<Proximity>> {
    match word {
        _ if word.eq_ignore_ascii_case("W/S") => return Some(Some(Proximity::Sentence)),
        _ if word.eq_ignore_ascii_case("W/P") || word == "SAME" => return Some(Some(Proximity::Paragraph)),
        _ => {}
    }
    let name = word.trim_end_matches(|c: char| c.is_ascii_digit());
    let number = &word[name.len()..];
    if number.is_empty() {
        return None;
    }
    let (name, slash) = name.strip_suffix('/').map_or((name, false), |name| (name, true));
    // Without the slash it may be a word: in capitals it is not, nor where Factiva's habits are asked for.
    let loose = slash || dialect == Dialect::Factiva;
    let is = |known: &str| if loose { name.eq_ignore_ascii_case(known) } else { name == known };
    let ordered = match name {
        _ if is("NEAR") => false,
        _ if is("ADJ") || is("PRE") || is("ONEAR") => true,
        _ if slash && is("W") => dialect == Dialect::Factiva,
        _ => return None,
    };
    let most = number.parse().ok().filter(|most| (1..=MOST_APART).contains(most));
    Some(most.map(|most| Proximity::Words { most, ordered }))
}

/// Returns what `word` was meant for, which stands between two operands with `after` behind it: an operator that lacks its
/// distance or its letter, has a space in it, or is one of another language.
pub(super) fn nearly(word: &str, after: &str) -> Option<&'static str> {
    // No number or letter is further off.
    let end = after.char_indices().nth(64).map_or(after.len(), |(at, _)| at);
    let mut after = after[..end].split_whitespace();
    let next = after.next().unwrap_or_default();
    let (name, unit) = match word.split_once('/') {
        // `w/ 5`
        Some((name, "")) => (name, next),
        Some(parts) => parts,
        // `W / 5`
        None if next == "/" => (word, after.next().unwrap_or_default()),
        None if (word, next) == ("BUT", "NOT") || word == "MAIS" && matches!(next, "PAS" | "NON") => {
            return Some("NOT");
        }
        None => return bare(word),
    };
    let digits = unit.trim_start_matches(['-', '+']);
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    let capitals = name.to_uppercase().replace('È', "E");
    let (distance, is_name) = match capitals.as_str() {
        "NEAR" | "W" | "WITHIN" | "PROCHE" | "PRES" => ("NEAR/5", true),
        "" => ("NEAR/5", word.starts_with('/')),
        "ADJ" => ("ADJ/3", true),
        "PRE" | "BEFORE" | "AVANT" => ("PRE/3", true),
        "ONEAR" => ("ONEAR/5", true),
        // One letter is much else: `P/E`, `N/A`, `A/S`.
        "N" => ("NEAR/5", name == "N" && is_number && unit.len() <= 2),
        "P" => ("PRE/3", name == "P" && is_number && unit.len() <= 2),
        _ => ("", false),
    };
    match unit.to_ascii_uppercase().as_str() {
        _ if !is_name => None,
        _ if is_number => Some(distance),
        "S" | "SENT" | "SENTENCE" | "PHRASE" => Some("W/S"),
        "P" | "PARA" | "PARAGRAPH" | "PARAGRAPHE" => Some("W/P"),
        // Such as `NEAR/five`; in small letters it is two words.
        _ => bare(name),
    }
}

/// Returns what the name of an operator without a slash was meant for: `NEAR`, `W5`, `adj5`, `XOR`.
fn bare(word: &str) -> Option<&'static str> {
    let name = word.trim_end_matches(|c: char| c.is_ascii_digit());
    if name.len() < word.len() {
        // With its number it is no word, whatever its letter case; `w5` may be one.
        return match name.to_ascii_uppercase().as_str() {
            "NEAR" => Some("NEAR/5"),
            "ADJ" => Some("ADJ/3"),
            "PRE" => Some("PRE/3"),
            "ONEAR" => Some("ONEAR/5"),
            "W" if name == "W" => Some("W/5"),
            _ => None,
        };
    }
    match name {
        "XOR" => Some("(a OR b) NOT (a b)"),
        "NEAR" => Some("NEAR/5"),
        "ADJ" => Some("ADJ/3"),
        "ONEAR" => Some("ONEAR/5"),
        _ => None,
    }
}

/// Returns whether `word` is nearly an operator between some words.
pub(super) fn resembles(word: &str) -> bool {
    ["", "5", "NOT", "PAS"].into_iter().any(|after| nearly(word, after).is_some())
}

/// Checks that a node has a place in a text, and so can stand beside the operator or in the function
/// called `name`.
pub(super) fn check_placed(node: &Node, name: &str, text: &str) -> Result<()> {
    let (what, ce_que) = match &node.kind {
        Kind::Word(_)
        | Kind::Exact(_)
        | Kind::Phrase { .. }
        | Kind::Prefix(_)
        | Kind::Wildcard(_)
        | Kind::Fuzzy { .. }
        | Kind::Regex(_)
        | Kind::Filter(Filter::Ticker(_) | Filter::Quantity(_)) => return Ok(()),
        Kind::Words(_)
        | Kind::And(_)
        | Kind::Or(_)
        | Kind::In(..)
        | Kind::Near { .. }
        | Kind::First(..)
        | Kind::NoStem(_) => return node.parts().into_iter().try_for_each(|part| check_placed(part, name, text)),
        Kind::All => ("`*`", "`*`"),
        Kind::Not(_) => ("an exclusion", "une exclusion"),
        Kind::Must(_) => ("`+`", "`+`"),
        Kind::AtLeast(..) => ("`ATLEAST`", "`ATLEAST`"),
        Kind::Boost(..) => ("a weight", "un poids"),
        Kind::Filter(_) => ("a filter", "un filtre"),
    };
    let error = Error::refused(
        "no_place",
        said!(
            "{what} has no place in a text, as `{name}` needs",
            "{ce_que} n’a pas de place dans un texte, ce que demande `{name}`"
        ),
        text,
        node.span.clone(),
    );
    Err(error.hint(match &node.kind {
        Kind::Boost(..) => ("weigh the whole: `(a NEAR/5 b)^2`", "pesez le tout : `(a NEAR/5 b)^2`"),
        _ => (
            "put brackets around the words that belong together, such as `lang:fr (a NEAR/5 b)`",
            "mettez entre parenthèses les mots qui vont ensemble : `lang:fr (a NEAR/5 b)`",
        ),
    }))
}

/// Checks that an operator of proximity has not too many others on its left, and is not spread into too
/// many searches.
pub(super) fn check_size(node: &Node, text: &str) -> Result<()> {
    let mut inner = node;
    for _ in 0..MOST_IN_A_ROW {
        match &inner.kind {
            Kind::Near { left, .. } => inner = left,
            _ => break,
        }
    }
    if matches!(inner.kind, Kind::Near { .. }) {
        let message = said!(
            "more than {MOST_IN_A_ROW} operators of proximity stand in a row",
            "plus de {MOST_IN_A_ROW} opérateurs de proximité se suivent"
        );
        return Err(Error::refused("too_many", message, text, node.span.clone())
            .hint(("ask for fewer words near one another", "demandez moins de mots proches les uns des autres")));
    }
    if searches(node) <= MOST_SEARCHES {
        return Ok(());
    }
    let message = said!(
        "this is spread into more than {MOST_SEARCHES} searches, one for each pair of words",
        "cela se répand en plus de {MOST_SEARCHES} recherches, une pour chaque paire de mots"
    );
    Err(Error::refused("too_many", message, text, node.span.clone())
        .hint(("join fewer words by AND around the operator", "liez moins de mots par AND autour de l’opérateur")))
}

/// Returns how many pairs of places must be looked for. Alternatives are looked for together, unless one
/// is itself spread.
fn searches(node: &Node) -> u64 {
    let each: Vec<u64> = node.parts().into_iter().map(searches).collect();
    match &node.kind {
        Kind::Near { .. } => each.into_iter().fold(1, u64::saturating_mul),
        Kind::Or(_) if each.iter().all(|searches| *searches == 1) => 1,
        _ => each.into_iter().fold(0, u64::saturating_add).max(1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operators_are_known_by_their_names() {
        let words = |most, ordered| Some(Some(Proximity::Words { most, ordered }));
        for (word, lexis, factiva) in [
            ("NEAR/5", words(5, false), words(5, false)),
            ("near/5", words(5, false), words(5, false)),
            ("W/3", words(3, false), words(3, true)),
            ("w/3", words(3, false), words(3, true)),
            ("ADJ/1", words(1, true), words(1, true)),
            ("PRE/2", words(2, true), words(2, true)),
            ("NEAR5", words(5, false), words(5, false)),
            ("near5", None, words(5, false)),
            ("W5", None, None),
            ("W/S", Some(Some(Proximity::Sentence)), Some(Some(Proximity::Sentence))),
            ("w/s", Some(Some(Proximity::Sentence)), Some(Some(Proximity::Sentence))),
            ("W/s", Some(Some(Proximity::Sentence)), Some(Some(Proximity::Sentence))),
            ("SAME", Some(Some(Proximity::Paragraph)), Some(Some(Proximity::Paragraph))),
            ("NEAR/0", Some(None), Some(None)),
            ("NEAR/99999999999", Some(None), Some(None)),
            ("24/7", None, None),
            ("km/h", None, None),
            ("w/o", None, None),
            ("NEAR", None, None),
        ] {
            assert_eq!(operator(word, Dialect::Lexis), lexis, "{word}");
            assert_eq!(operator(word, Dialect::Factiva), factiva, "{word}");
        }
    }

    #[test]
    fn what_is_nearly_an_operator_has_one_to_be_written() {
        for (word, after, want) in [
            ("NEAR", " b", Some("NEAR/5")),
            ("near", " b", None),
            ("NEAR/S", " b", Some("W/S")),
            ("near/p", " b", Some("W/P")),
            ("NEAR/five", " b", Some("NEAR/5")),
            ("near/far", " b", None),
            ("PRE/-2", " b", Some("PRE/3")),
            ("PRE/POST", " b", None),
            ("before/3", " b", Some("PRE/3")),
            ("BEFORE/AFTER", " b", None),
            ("w/", " 5 b", Some("NEAR/5")),
            ("w/", " ice", None),
            ("W", " / S b", Some("W/S")),
            ("W", " b", None),
            ("w/o", " b", None),
            ("P/3", " b", Some("PRE/3")),
            ("P/S", " b", None),
            ("N/A", " b", None),
            ("N/2025", " b", None),
            ("A/S", " b", None),
            ("24/7", " b", None),
            ("/para", " b", Some("W/P")),
            ("/usr", " b", None),
            ("BUT", " NOT b", Some("NOT")),
            ("MAIS", " PAS b", Some("NOT")),
            ("mais", " pas b", None),
            ("XOR", " b", Some("(a OR b) NOT (a b)")),
            ("W5", " b", Some("W/5")),
            ("w5", " b", None),
            ("adj5", " b", Some("ADJ/3")),
            ("PRES/5", " b", Some("NEAR/5")),
            ("PRÈS/5", " b", Some("NEAR/5")),
            ("avant/3", " b", Some("PRE/3")),
        ] {
            assert_eq!(nearly(word, after), want, "{word}{after}");
        }
    }
}
