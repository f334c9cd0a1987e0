//! The words of dates in French and English: months, weekdays, and periods named from today. Words are in lower case
//! without accents; see [`fold`].

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::wording::{MONTHS, WEEKDAYS};

/// A unit of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Hour,
    Day,
    Week,
    Month,
    Quarter,
    Half,
    Year,
}

/// Periods named from today: the unit, and how many units back. Pieces are joined by `_`.
static PERIODS: [(&str, Unit, i64); 29] = [
    ("today", Unit::Day, 0),
    ("aujourd_hui", Unit::Day, 0),
    ("aujourdhui", Unit::Day, 0),
    ("yesterday", Unit::Day, 1),
    ("hier", Unit::Day, 1),
    ("avant_hier", Unit::Day, 2),
    ("this_week", Unit::Week, 0),
    ("cette_semaine", Unit::Week, 0),
    ("last_week", Unit::Week, 1),
    ("semaine_derniere", Unit::Week, 1),
    ("la_semaine_derniere", Unit::Week, 1),
    ("this_month", Unit::Month, 0),
    ("ce_mois", Unit::Month, 0),
    ("ce_mois_ci", Unit::Month, 0),
    ("last_month", Unit::Month, 1),
    ("mois_dernier", Unit::Month, 1),
    ("le_mois_dernier", Unit::Month, 1),
    ("this_quarter", Unit::Quarter, 0),
    ("ce_trimestre", Unit::Quarter, 0),
    ("last_quarter", Unit::Quarter, 1),
    ("trimestre_dernier", Unit::Quarter, 1),
    ("dernier_trimestre", Unit::Quarter, 1),
    ("this_year", Unit::Year, 0),
    ("cette_annee", Unit::Year, 0),
    ("last_year", Unit::Year, 1),
    ("annee_derniere", Unit::Year, 1),
    ("l_annee_derniere", Unit::Year, 1),
    ("an_dernier", Unit::Year, 1),
    ("l_an_dernier", Unit::Year, 1),
];

/// Lengths of time counted back from now: `7d`, `3w`.
static LENGTHS: [(&str, Unit); 28] = [
    ("h", Unit::Hour),
    ("heure", Unit::Hour),
    ("heures", Unit::Hour),
    ("hour", Unit::Hour),
    ("hours", Unit::Hour),
    ("d", Unit::Day),
    ("j", Unit::Day),
    ("jour", Unit::Day),
    ("jours", Unit::Day),
    ("day", Unit::Day),
    ("days", Unit::Day),
    ("w", Unit::Week),
    ("s", Unit::Week),
    ("sem", Unit::Week),
    ("semaine", Unit::Week),
    ("semaines", Unit::Week),
    ("week", Unit::Week),
    ("weeks", Unit::Week),
    ("m", Unit::Month),
    ("mois", Unit::Month),
    ("month", Unit::Month),
    ("months", Unit::Month),
    ("y", Unit::Year),
    ("a", Unit::Year),
    ("an", Unit::Year),
    ("ans", Unit::Year),
    ("year", Unit::Year),
    ("years", Unit::Year),
];

/// Letters of numbered parts of a year: `Q3`, `T3`, `S1`, `H1`, `W28`.
static PARTS: [(&str, Unit); 5] =
    [("q", Unit::Quarter), ("t", Unit::Quarter), ("s", Unit::Half), ("h", Unit::Half), ("w", Unit::Week)];

/// Returns `text` in lower case without accents.
pub(super) fn fold(text: &str) -> String {
    text.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect()
}

/// Returns the number, from 1, of the month called `word`.
pub(super) fn month(word: &str) -> Option<u32> {
    position(&MONTHS, word).map(|at| at + 1)
}

/// Returns how many days after Monday the weekday called `word` comes; `mar` is a month.
pub(super) fn weekday(word: &str) -> Option<u32> {
    position(&WEEKDAYS, word).filter(|_| month(word).is_none())
}

/// Returns the unit and how many of them back for a period such as `last_week`.
pub(super) fn period(words: &str) -> Option<(Unit, i64)> {
    PERIODS.iter().find(|(name, _, _)| *name == words).map(|(_, unit, back)| (*unit, *back))
}

/// Returns the unit of a length of time such as the `d` of `7d`.
pub(super) fn length(word: &str) -> Option<Unit> {
    LENGTHS.iter().find(|(name, _)| *name == word).map(|(_, unit)| *unit)
}

/// Returns the unit that a letter before or after a number stands for, as in `Q3` and `3T25`.
pub(super) fn part(word: &str) -> Option<Unit> {
    PARTS.iter().find(|(name, _)| *name == word).map(|(_, unit)| *unit)
}

/// Returns whether `word` says of a weekday that it is the last one.
pub(super) fn is_last(word: &str) -> bool {
    matches!(word, "last" | "dernier" | "derniere" | "passe")
}

/// Returns whether `word` makes an ordinal of the number before it.
pub(super) fn is_ordinal(word: &str) -> bool {
    matches!(word, "er" | "st" | "nd" | "rd" | "th")
}

fn position(table: &[&[&str]], word: &str) -> Option<u32> {
    table.iter().position(|names| names.contains(&word)).and_then(|at| u32::try_from(at).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_folded_and_say_nothing_twice() {
        let periods: Vec<&str> = PERIODS.iter().map(|(name, _, _)| *name).collect();
        let lengths: Vec<&str> = LENGTHS.iter().map(|(name, _)| *name).collect();
        for mut table in [periods, lengths] {
            assert!(table.iter().all(|name| fold(name) == *name), "{table:?}");
            let count = table.len();
            table.sort_unstable();
            table.dedup();
            assert_eq!(table.len(), count, "{table:?}");
        }
    }

    #[test]
    fn accents_and_case_do_not_matter() {
        for (typed, want) in
            [("Août", Some(8)), ("AOUT", Some(8)), ("fe\u{301}vr", Some(2)), ("july", Some(7)), ("x", None)]
        {
            assert_eq!(month(&fold(typed)), want, "{typed}");
        }
        assert_eq!(weekday("dimanche"), Some(6));
        assert_eq!(period("semaine_derniere"), Some((Unit::Week, 1)));
        assert_eq!(length("j"), length("d"));
        assert_eq!(part("t"), part("q"));
    }
}
