//! Cars, boats and teams that are called by the name of a company, which nothing is told of: `une Mercedes et un poids lourd`,
//! `l'équipe TotalEnergies`, `Jordan Petit (TotalEnergies)`.

use crate::article::Span;
use crate::reading::letters;

/// What makes one thing of a name.
const ONE: [&str; 5] = ["un", "une", "sa", "son", "leur"];

/// What stands before that thing when it is named again.
const AGAIN: [&str; 8] = ["le", "la", "les", "l", "cette", "ce", "des", "deux"];

/// Who runs, rides and drives under a name.
const TEAMS: [&str; 4] = ["équipe", "équipage", "écurie", "team"];

/// How far before a name one looks, in bytes.
const REACH: usize = 40;

/// What a name stands for in one place.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// One thing, or a team.
    Thing,
    /// A thing that is known.
    Again,
    /// The company, perhaps.
    Other,
}

/// Returns whether a name is that of a thing or a team in every one of its places, each with its text.
pub(super) fn is_thing<'a>(mut places: impl Iterator<Item = (&'a str, &'a Span)>) -> bool {
    let mut is_thing = false;
    let are_things = places.all(|(text, span)| {
        let kind = kind(text, span);
        is_thing |= kind == Kind::Thing;
        kind != Kind::Other
    });
    is_thing && are_things
}

fn kind(text: &str, span: &Span) -> Kind {
    let (Some(before), Some(name)) = (text.get(..span.start), text.get(span.start..span.end)) else {
        return Kind::Other;
    };
    let before = letters::tail(before, REACH);
    if is_team(before, text.get(span.end..).unwrap_or_default()) {
        return Kind::Thing;
    }
    let Some(head) = before.strip_suffix([' ', '\u{a0}', '\'', '’']) else { return Kind::Other };
    let word = head.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let is_in = |words: &[&str]| words.iter().any(|it| it.eq_ignore_ascii_case(word));
    // `une Société Générale affaiblie`
    if name.contains(' ') || !name.contains(char::is_lowercase) {
        Kind::Other
    } else if is_in(&ONE) || is_in(&TEAMS) {
        Kind::Thing
    } else if is_in(&AGAIN) {
        Kind::Again
    } else {
        Kind::Other
    }
}

/// Returns whether a name stands alone in brackets behind the first name and the surname of a person.
fn is_team(before: &str, after: &str) -> bool {
    let Some(head) = before.strip_suffix('(').filter(|_| after.starts_with(')')) else { return false };
    let mut words = head.trim_end().rsplit(' ');
    let is_name = |word: &str| {
        let mut letters = word.chars();
        letters.next().is_some_and(char::is_uppercase)
            && letters.any(char::is_lowercase)
            && word.chars().all(|c| c.is_alphabetic() || c == '-')
            && !matches!(word, "Le" | "La" | "Les" | "The")
    };
    [words.next(), words.next()].into_iter().flatten().filter(|word| is_name(word)).count() == 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cars_and_teams_are_things() {
        let check = |text: &str| {
            let places: Vec<Span> = text
                .match_indices("Halden")
                .map(|(start, name)| Span { headline: false, start, end: start + name.len() })
                .collect();
            is_thing(places.iter().map(|span| (text, span)))
        };
        for text in [
            "une Halden et un poids lourd",
            "à bord d'une Halden 208",
            "Une Halden brûle. La Halden était vide.",
            "sa Halden",
            "L'équipe Halden gagne",
            "Ann Petit (Halden) gagne",
        ] {
            assert!(check(text), "{text}");
        }
        for text in [
            "",
            "Halden",
            "la Halden",
            "une Halden brûle. Halden rappelle ses voitures.",
            "Le groupe (Halden)",
            "La Redoute (Halden)",
            "Ann Petit (Halden SA)",
        ] {
            assert!(!check(text), "{text}");
        }
    }
}
