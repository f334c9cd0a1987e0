//! Figures behind names, as reports on markets write them: `Safran (+3,1 % à 285 euros), Thales (+2,5 %)`, `Nike lost 14%,
//! Gap 20%`, `fined Apple 500 million euros and Meta 200 million`.
//!
//! They tell that a share is spoken of, and are read past where names stand in a row. Without a sign, the verb tells that
//! a percentage is the change of a share: `prend 2,3 %`, `s'adjuge 3 %`, but not `compte 30 % de seniors`. Those of prices
//! are listed, as what else one does with a percentage has no end.

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

/// How much stands in a bracket at most, in bytes.
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
    let mut rest = amount(moved(text).unwrap_or(if words::is_verb(word) { after } else { text }))?;
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

/// What shares do by some percent, and the particles of a verb in place of one: `up 2%`.
static PRICES: List = List::of(
    "\
prend prenait pris gagne gagnait gagné perd perdait perdu lâche lâchait lâché cède cédait cédé abandonne abandonnait abandonné \
adjuge adjugeait octroie octroyait grappille grappillait grappillé reprend reprenait repris regagne regagnait regagné rend rendait \
rendu reperd recule reculait reculé progresse progressait progressé avance avançait avancé monte montait grimpe grimpait grimpé \
bondit bondissait bondi envole envolait flambe flambait flambé chute chutait chuté plonge plongeait plongé dévisse dévissait dévissé \
décroche décrochait décroché dégringole dégringolait dégringolé fléchit fléchissait fléchi effrite effritait baisse baissait baissé \
engrange engrangeait engrangé empoche empochait rebondit rebondissait rebondi apprécie appréciait arroge glisse glissait glissé \
replie repliait redresse redressait effondre effondrait laisse laissait concède concédait concédé \
gains gained loses lost adds added sheds shed rises rose rising falls fell jumps jumped drops dropped slides slid slips slipped \
climbs climbed surges surged tumbles tumbled soars soared sinks sank dips dipped eases eased advances advanced declines declined \
retreats retreated rallies rallied rebounds rebounded plunges plunged slumps slumped plummets plummeted leaps leapt leaped pops \
popped spikes spiked edges edged inches inched ticks ticked skids skidded up down",
);

/// What stands between a share and its verb.
static AUXILIARIES: List = List::of("a avait s se is was has had");

/// What makes of a percentage a part of something: `perd 3 % de ses clients`.
static PARTS: List = List::of("de du des d of");

/// Skips what a share does: `prend`, `s'adjuge`, `has gained`.
fn moved(text: &str) -> Option<&str> {
    let (mut verb, mut rest) = word(trimmed(text));
    if AUXILIARIES.has(verb) {
        (verb, rest) = word(rest.trim_start_matches(['\'', '’', ' ', '\u{a0}']));
    }
    PRICES.has(verb).then_some(rest)
}

/// Returns whether a verb of prices and a percentage stand right behind a name: `prend 2,3 %`.
pub(super) fn has_moved(text: &str) -> bool {
    let Some(rest) = moved(text) else { return false };
    let (lead, after) = word(trimmed(rest));
    let rest = if LEADS.has(lead) { after } else { rest };
    number(trimmed(rest)).and_then(percent).is_some_and(|rest| !PARTS.has(word(trimmed(rest)).0))
}

/// Returns whether the change of a share stands right behind its name: `Orange (+1,1 % à 14 euros)`, `Gap -2%`. A colon or
/// a price may stand between: `ORANGE : +2,1%`, `ORANGE 14,20 EUR +2,1%`.
pub(super) fn has_change(text: &str) -> bool {
    let text = trimmed(text);
    let mut text = trimmed(text.strip_prefix(['(', ':']).unwrap_or(text));
    for _ in 0..=PRICE {
        if let Some(unsigned) = text.strip_prefix(['+', '-', '−', '–']) {
            return number(trimmed(unsigned)).and_then(percent).is_some_and(|rest| !PARTS.has(word(trimmed(rest)).0));
        }
        let Some(rest) = price(text) else { return false };
        text = rest;
    }
    false
}

/// How many prices may stand before a change.
const PRICE: usize = 2;

/// Skips a price of a list, and what parts it from its change: `14,20 EUR `, `340.10 | `.
fn price(text: &str) -> Option<&str> {
    let rest = trimmed(number(text.trim_start_matches(['$', '€', '£', '¥']))?);
    let rest = rest.strip_prefix(['$', '€', '£', '¥']).unwrap_or(rest);
    let (unit, after) = word(rest);
    let rest = if CURRENCIES.has(unit) { after } else { rest };
    Some(rest.trim_start_matches([' ', '\u{a0}', '\u{202f}', '\t', '|', ';', '(']))
}

/// How prices are written in lists.
static CURRENCIES: List = List::of("EUR USD GBP CHF CAD JPY SEK DKK NOK euro euros dollar dollars pence p");

/// Skips a percent sign, or its word.
fn percent(text: &str) -> Option<&str> {
    let text = trimmed(text);
    let (unit, after) = word(text);
    text.strip_prefix('%').or_else(|| matches!(unit, "percent" | "pct").then_some(after))
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
        assert!([" : +2,1%", " 14,20 EUR +2,1%", " 12.10 -1.9%", " 340.10 | +1%"].into_iter().all(has_change));
        assert!(![" 3%", " (3%)", " +3", " -based", " (+33 1 42)", ""].into_iter().any(has_change));
        assert!(
            ![" : 14", " : +2% de ventes", " 14,20 EUR", " 1 2 3 4 +2%", " : 12 blessés +2%"]
                .into_iter()
                .any(has_change)
        );
    }

    #[test]
    fn a_verb_of_prices_makes_a_change_of_a_percentage() {
        for text in [
            " prend 2,3%,",
            " s'adjuge 3 % à 28 euros",
            " s’octroie 3 %",
            " se replie de 1,2 %",
            " a pris 4% après",
            " lost 14%",
            " edged up 0.3 percent",
            " was down 2%",
        ] {
            assert!(has_moved(text), "{text}");
        }
        for text in [
            " compte 30 % de seniors",
            " remplace 20 % des lignes",
            " perd 3 % de ses clients",
            " gagne 3",
            " propose 20 %",
            " loses 3% of it",
            " s'",
            "",
        ] {
            assert!(!has_moved(text), "{text}");
        }
        assert_eq!(skip(" prend 2,3%, "), Some(Skipped { rest: ", ", is_bare: true }));
        assert_eq!(skip(" s'adjuge 3%, "), Some(Skipped { rest: ", ", is_bare: true }));
    }
}
