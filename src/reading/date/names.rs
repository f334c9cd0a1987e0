//! The names of months and weekdays, in French and English, whole and shortened. Apart because
//! queries know the same names.

use crate::reading::letters;

/// Returns the month from 1 to 12 that `word` names in French or English, whole or shortened, with or
/// without accents, capitals and a final dot: `août`, `AOUT`, `févr.`, `Sept`.
pub fn month(word: &str) -> Option<i8> {
    find(MONTHS, word)
}

/// Returns the day of the week that `word` names, from 1 for Monday to 7 for Sunday, in the same
/// forms as [`month`]. `mar` is both *mars* and *mardi*: each function gives its own reading.
pub fn weekday(word: &str) -> Option<i8> {
    find(WEEKDAYS, word)
}

/// Plain forms: lower case, no accents, no dots.
const MONTHS: &[(&str, i8)] = &[
    ("janvier", 1),
    ("janv", 1),
    ("january", 1),
    ("jan", 1),
    ("fevrier", 2),
    ("fevr", 2),
    ("fev", 2),
    ("february", 2),
    ("febr", 2),
    ("feb", 2),
    ("mars", 3),
    ("march", 3),
    ("mar", 3),
    ("avril", 4),
    ("avr", 4),
    ("april", 4),
    ("apr", 4),
    ("mai", 5),
    ("may", 5),
    ("juin", 6),
    ("june", 6),
    ("jun", 6),
    ("juillet", 7),
    ("juill", 7),
    ("juil", 7),
    ("july", 7),
    ("jul", 7),
    ("aout", 8),
    ("aou", 8),
    ("august", 8),
    ("aug", 8),
    ("septembre", 9),
    ("september", 9),
    ("sept", 9),
    ("sep", 9),
    ("octobre", 10),
    ("october", 10),
    ("oct", 10),
    ("novembre", 11),
    ("november", 11),
    ("nov", 11),
    ("decembre", 12),
    ("december", 12),
    ("dec", 12),
];

const WEEKDAYS: &[(&str, i8)] = &[
    ("lundi", 1),
    ("lun", 1),
    ("monday", 1),
    ("mon", 1),
    ("mardi", 2),
    ("mar", 2),
    ("tuesday", 2),
    ("tues", 2),
    ("tue", 2),
    ("mercredi", 3),
    ("mer", 3),
    ("wednesday", 3),
    ("weds", 3),
    ("wed", 3),
    ("jeudi", 4),
    ("jeu", 4),
    ("thursday", 4),
    ("thurs", 4),
    ("thur", 4),
    ("thu", 4),
    ("vendredi", 5),
    ("ven", 5),
    ("friday", 5),
    ("fri", 5),
    ("samedi", 6),
    ("sam", 6),
    ("saturday", 6),
    ("sat", 6),
    ("dimanche", 7),
    ("dim", 7),
    ("sunday", 7),
    ("sun", 7),
];

fn find(table: &[(&str, i8)], word: &str) -> Option<i8> {
    let word = word.strip_suffix('.').unwrap_or(word);
    table.iter().find(|(name, _)| letters::same(word, name)).map(|&(_, number)| number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_every_dress_are_known() {
        for (word, want) in [
            ("août", Some(8)),
            ("AOUT", Some(8)),
            ("Aou\u{302}t", Some(8)),
            ("févr.", Some(2)),
            ("Sept", Some(9)),
            ("JUIL.", Some(7)),
            ("May", Some(5)),
            ("marché", None),
            ("ma", None),
            ("", None),
            (".", None),
        ] {
            assert_eq!(month(word), want, "{word}");
        }
        for (word, want) in
            [("Jeudi", Some(4)), ("Thu", Some(4)), ("mar.", Some(2)), ("sunday", Some(7)), ("jour", None)]
        {
            assert_eq!(weekday(word), want, "{word}");
        }
    }

    #[test]
    fn the_tables_are_plain_and_hold_no_name_twice() {
        for (table, last) in [(MONTHS, 12), (WEEKDAYS, 7)] {
            for (at, (name, number)) in table.iter().enumerate() {
                assert!(name.bytes().all(|b| b.is_ascii_lowercase()), "{name}");
                assert!((1..=last).contains(number), "{name}");
                assert!(table[..at].iter().all(|(before, _)| before != name), "{name} twice");
            }
            for number in 1..=last {
                assert!(table.iter().filter(|&&(_, n)| n == number).count() >= 2, "{number}");
            }
        }
    }
}
