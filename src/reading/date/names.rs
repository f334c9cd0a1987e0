//! The names of months and weekdays as they stand in a text: with accents, capitals and a final dot, or without.

use super::Order;
use crate::reading::letters;
use crate::wording::{MONTHS, WEEKDAYS};

/// Returns the month from 1 to 12 that `word` names in French or English, whole or shortened, with or
/// without accents, capitals and a final dot: `août`, `AOUT`, `févr.`, `Sept`.
pub fn month(word: &str) -> Option<i8> {
    find(&MONTHS, word)
}

/// Returns the day of the week that `word` names, from 1 for Monday to 7 for Sunday, in the same
/// forms as [`month`]. `mar` is both *mars* and *mardi*: each function gives its own reading.
pub fn weekday(word: &str) -> Option<i8> {
    find(&WEEKDAYS, word)
}

/// Returns the order in which a line writes the numbers of a date: the day first where its words are French, else `order`.
pub fn order_in(line: &str, order: Order) -> Order {
    // Most lines have no date that could be read two ways.
    if order == Order::DayFirst || !line.contains(['/', '-']) {
        return order;
    }
    let is_french = |word: &str| {
        word == "à"
            || FRENCH.iter().any(|known| letters::same(word, known))
            || word.split_once(['h', 'H']).is_some_and(|(hour, minute)| is_number(hour) && is_number(minute))
    };
    let french = line.split(|c: char| !c.is_alphanumeric()).any(is_french);
    if french { Order::DayFirst } else { order }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Words of French date lines, in plain form.
const FRENCH: &[&str] =
    &["le", "du", "publie", "publiee", "mis", "mise", "jour", "ligne", "modifie", "actualise", "paru", "redige", "par"];

fn find(table: &[&[&str]], word: &str) -> Option<i8> {
    let word = word.strip_suffix('.').unwrap_or(word);
    let place = table.iter().position(|names| names.iter().any(|name| letters::same(word, name)))?;
    i8::try_from(place + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn french_words_tell_the_order() {
        for (line, want) in [
            ("le 04/03/2025", Order::DayFirst),
            ("04/03/2025 à 8:05", Order::DayFirst),
            ("04/03/2025 08h05", Order::DayFirst),
            ("Publié 04/03/2025", Order::DayFirst),
            ("Published 04/03/2025 at 8:05", Order::MonthFirst),
            ("04/03/2025", Order::MonthFirst),
        ] {
            assert_eq!(order_in(line, Order::MonthFirst), want, "{line}");
            assert_eq!(order_in(line, Order::DayFirst), Order::DayFirst, "{line}");
        }
    }

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
}
