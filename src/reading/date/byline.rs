//! A line that says when the article was published: "Publié le ...", "Updated on ...", or a date that
//! stands alone. Apart from the dateline, which belongs to a sentence; these lines belong to none.

use super::dateline::is_agency;
use super::forms::{self, Order, Written};
use super::names;
use crate::reading::{author, label, letters};

/// What a date line says of its date, from the surest to the least sure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Says {
    /// The article came out then.
    Published,
    /// Nothing: the date stands alone on its line.
    Alone,
    /// The article was changed then.
    Updated,
}

/// Reads a line that carries a date after a word like "Published".
pub fn marked(line: &str, order: Order) -> Option<(Written, Says)> {
    let line = line.trim();
    if !is_candidate(line) {
        return None;
    }
    let order = names::order_in(line, order);
    let starts = line.char_indices().filter(|(_, c)| SEPARATORS.contains(c) || matches!(c, ',' | '(' | '['));
    // In lower case the line goes on with the sentence of the line above.
    let first = Some(0).filter(|_| !line.starts_with(char::is_lowercase));
    let starts = first.into_iter().chain(starts.map(|(at, c)| at + c.len_utf8()));
    starts.filter_map(|start| at_marker(line[start..].trim_start(), order)).min_by_key(|&(_, says)| says)
}

/// Reads a line that is a date, perhaps with its source: `Agence Exemple • 17/11/2023 à 16:20`. The
/// year may be missing if nothing else stands there.
pub fn alone(line: &str, order: Order) -> Option<Written> {
    let line = line.trim();
    // Digits alone are a number; with a full stop the date ends a sentence of the lines above.
    let number = !line.contains(|c: char| c.is_alphabetic() || matches!(c, '/' | '-' | '.' | ':'));
    if !is_candidate(line) || number {
        return None;
    }
    let order = names::order_in(line, order);
    if let Some(date) = headed(line, order).or_else(|| released(line, order)) {
        return Some(date);
    }
    let leading = forms::leading(line, order);
    // The stop of `8:30 a.m.` is the date's own.
    let stop = leading.map_or(line, |(_, length)| &line[length..]).ends_with('.');
    if let Some((date, length)) = leading
        && date.year.is_some()
        && line.len() - length <= LONGEST_LABEL
    {
        let after = line[length..].trim_start();
        // Behind a bar, `Halden Inc.` ends no sentence.
        let is_dashed = || !stop && date.has_time() && after.starts_with(SEPARATORS) && !is_heading(after);
        if after.starts_with(BARS) || is_dashed() || is_signed(after) || !stop && strip_marker(after).is_some() {
            return Some(date);
        }
    }
    if stop {
        return None;
    }
    forms::whole(line, order).or_else(|| sourced(line, order))
}

/// Whether what follows a date is a title of its own: `04.03.25 - 08:05 - Halden relève ses objectifs`.
fn is_heading(after: &str) -> bool {
    let title = after.trim_start_matches(|c| SEPARATORS.contains(&c) || letters::SPACES.contains(&c));
    let small = title.split(letters::SPACES).filter(|word| word.starts_with(char::is_lowercase)).take(2).count();
    let opens = |words: &[&str]| words.iter().any(|word| letters::strip_word(title, word).is_some());
    title.starts_with(char::is_uppercase)
        && small > 1
        && !title.contains(':')
        && !opens(&["par", "by", "temps de lecture", "lecture"])
        && strip_marker(title).is_none()
}

/// Whether what follows a date is the page of a paper: `, p. 12`.
fn is_page(after: &str) -> bool {
    let after = after.trim_start_matches(|c| c == ',' || SEPARATORS.contains(&c) || letters::SPACES.contains(&c));
    let length = ["p", "pp", "pg", "page"].iter().filter_map(|page| letters::strip_word(after, page)).max();
    let number = length.map_or("", |length| after[length..].trim_start_matches(['.', ' ', '\u{a0}']));
    !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-')
}

/// Whether what follows a date says who wrote: `by Jane Roe`, `, par Anne Petit, Agence Exemple`.
fn is_signed(after: &str) -> bool {
    let is_mark = |c| SEPARATORS.contains(&c) || c == ',' || letters::SPACES.contains(&c);
    author::name(after.trim_start_matches(is_mark)).is_some()
}

/// Reads a date behind its source: `Agence Exemple • 17/11/2023 à 16:20`, `L'Exemple — Le 25/11/2024 à 11:47`. Behind a
/// dash or a comma, a day alone may be the end of a period, but for an author's or an agency's: `Par Anne Petit - 16
/// juillet 2025`, `By Ann Lee in Lyon, July 16, 2025`.
fn sourced(line: &str, order: Order) -> Option<Written> {
    let marks = line.match_indices(['•', '|', '·', '-', '–', '—', ',']).filter(|(at, _)| *at > 0 && *at <= 60);
    marks
        .filter(|(at, mark)| mark.starts_with(BARS) || *mark == "," || line[..*at].ends_with([' ', '\u{a0}']))
        .find_map(|(at, mark)| {
            let behind = &line[at + mark.len()..];
            // `Anne Petit | 4 mars 2025 | 3 min de lecture`
            let leading = || forms::leading(behind, order).map(|(date, length)| (date, behind[length..].trim_start()));
            let barred = || leading().filter(|(_, rest)| mark.starts_with(BARS) && rest.starts_with(BARS));
            let paged = || leading().filter(|(_, rest)| is_page(rest));
            let (date, rest) = forms::whole(behind, order).map(|date| (date, "")).or_else(barred).or_else(paged)?;
            let date = Some(date).filter(|date| date.year.is_some())?;
            let before = line[..at].trim();
            let is_signed =
                || author::name(before).is_some() || is_agency(before) || label::field(before, &["source"]).is_some();
            (mark.starts_with(BARS)
                || is_page(rest)
                || label::is_paper(before)
                || date.has_time() && mark != ","
                || is_signed())
            .then_some(date)
        })
}

/// Reads a date as it heads a letter or stands behind an author: `Paris, le 14 juillet 2025.`, `Par Jean Dupont - le 14
/// juillet 2025 à 07:30`.
fn headed(line: &str, order: Order) -> Option<Written> {
    let (before, date) = [", le ", " - le ", " – le ", " — le "].iter().find_map(|le| line.rsplit_once(le))?;
    let is_author = ["par", "by"].iter().any(|by| letters::strip_word(before, by).is_some());
    let is_place = line[before.len()..].starts_with(',') && before.split([' ', '-']).all(starts_with_capital);
    let date = forms::whole(date.trim_end_matches('.'), order).filter(|date| date.year.is_some())?;
    ((is_author || is_place) && before.len() <= 60).then_some(date)
}

/// Reads the date of a release behind its sort: `FOR IMMEDIATE RELEASE: March 4, 2025`.
fn released(line: &str, order: Order) -> Option<Written> {
    forms::whole(label::behind_sorts(line)?, order).filter(|date| date.year.is_some())
}

fn starts_with_capital(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}

/// No such line is longer than this many bytes, nor what follows its date.
const LONGEST: usize = 200;
const LONGEST_LABEL: usize = 60;

/// Whether the line is short enough and has a figure: most lines of an article are not.
fn is_candidate(line: &str) -> bool {
    line.len() <= LONGEST && line.bytes().any(|byte| byte.is_ascii_digit())
}

const BARS: &[char] = &['|', '•', '·'];
const SEPARATORS: &[char] = &['|', '•', '·', '–', '—', '-', '/'];

/// What stands before the date, in plain form.
const MARKERS: &[(&str, Says)] = &[
    ("publie", Says::Published),
    ("publiee", Says::Published),
    ("article publie", Says::Published),
    ("actualite publiee", Says::Published),
    ("depeche publiee", Says::Published),
    ("mis en ligne", Says::Published),
    ("mise en ligne", Says::Published),
    ("diffuse", Says::Published),
    ("paru", Says::Published),
    ("poste", Says::Published),
    ("redige", Says::Published),
    ("ecrit", Says::Published),
    ("cet article a ete publie", Says::Published),
    ("paru dans l'edition", Says::Published),
    ("article paru dans l'edition", Says::Published),
    ("cree", Says::Published),
    ("date", Says::Published),
    ("date de publication", Says::Published),
    ("date de parution", Says::Published),
    ("publication", Says::Published),
    ("published", Says::Published),
    ("first published", Says::Published),
    ("originally published", Says::Published),
    ("this article was published", Says::Published),
    ("this article was originally published", Says::Published),
    ("time of publication", Says::Published),
    ("posted", Says::Published),
    ("publication date", Says::Published),
    ("date published", Says::Published),
    ("release date", Says::Published),
    ("released", Says::Published),
    ("for release", Says::Published),
    ("embargo until", Says::Published),
    ("embargoed until", Says::Published),
    ("sous embargo jusqu'au", Says::Published),
    ("embargo jusqu'au", Says::Published),
    ("mis a jour", Says::Updated),
    ("mise a jour", Says::Updated),
    ("maj", Says::Updated),
    ("derniere mise a jour", Says::Updated),
    ("derniere maj", Says::Updated),
    ("modifie", Says::Updated),
    ("derniere modification", Says::Updated),
    ("actualise", Says::Updated),
    ("updated", Says::Updated),
    ("last updated", Says::Updated),
    ("last modified", Says::Updated),
    ("modified", Says::Updated),
];

/// Returns whether the line is a field called "Date", which says of what in the lines around it.
pub fn is_date_field(line: &str) -> bool {
    let line = line.trim();
    letters::strip_word(line, "date").is_some_and(|length| line[length..].trim_start().starts_with([':', '\u{ff1a}']))
}

fn at_marker(text: &str, order: Order) -> Option<(Written, Says)> {
    let (after, says) = strip_marker(text)?;
    let after = ["le", "du", "on", "the"].iter().find_map(|link| strip_link(after, link)).unwrap_or(after);
    let after = after.trim_start_matches(LINKED);
    let timed = || {
        // `Posted at 8:30 a.m. on March 4, 2025`
        let after = ["at", "a"].iter().find_map(|link| strip_link(after, link))?;
        let (date, length) = forms::leading(after, order).filter(|(date, _)| date.time.is_some())?;
        Some((date, length, after))
    };
    let plain = forms::leading(after, order).map(|(date, length)| (date, length, after));
    let (date, length, rest) = match plain.or_else(timed) {
        Some(found) => found,
        None => {
            // `Publié par Anne Exemple le 3 mars 2025`
            let by = ["par ", "by "].iter().find_map(|by| letters::strip(after, by))?;
            let (at, word) = [" le ", " on ", ", "].iter().filter_map(|w| Some((after[by..].find(w)?, *w))).min()?;
            let rest = &after[by + at + word.len()..];
            let (date, length) = forms::leading(rest, order)?;
            (date, length, rest)
        }
    };
    // `Last updated: March 5, 2025 First published: March 4, 2025`
    let next = at_marker(rest[length..].trim_start(), order).filter(|(_, next)| *next < says);
    // `Published July 13` may be of a book; with its time of day it is of this text.
    next.or_else(|| ((date.year.is_some() || date.has_time()) && ends_well(&rest[length..])).then_some((date, says)))
}

/// Returns what follows a link between a marker and its date.
fn strip_link<'a>(text: &'a str, link: &str) -> Option<&'a str> {
    let text = text.trim_start_matches(letters::SPACES);
    letters::strip_word(text, link).map(|length| text[length..].trim_start_matches(letters::SPACES))
}

/// What may stand between a marker and its date.
const LINKED: &[char] = &[' ', '\u{a0}', '\u{202f}', ':', ',', '-', '–'];

/// Returns what follows a marker, the longest that fits.
fn strip_marker(text: &str) -> Option<(&str, Says)> {
    let found = MARKERS.iter().filter_map(|&(marker, says)| Some((letters::strip_word(text, marker)?, says)));
    found.max_by_key(|&(length, _)| length).map(|(length, says)| (&text[length..], says))
}

/// Whether what follows the date is the end of a date line, not the rest of a sentence.
fn ends_well(rest: &str) -> bool {
    let rest = rest.trim();
    let short = rest.len() <= 80 && !rest.ends_with('.');
    rest.is_empty()
        || rest == "."
        || rest.starts_with([')', ']'])
        || rest.starts_with(SEPARATORS) && short
        || rest.starts_with([',', ';']) && short
        || strip_marker(rest).is_some()
        || is_signed(rest)
        || ["par", "by"].iter().any(|by| letters::strip_word(rest, by).is_some()) && short
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, want: Option<(i16, i8, i8, Says)>) {
        let found = marked(line, Order::DayFirst)
            .map(|(date, says)| (date.year.unwrap_or_default(), date.month, date.day, says));
        assert_eq!(found, want, "{line}");
    }

    #[test]
    fn lines_that_say_when_are_read() {
        use Says::{Published, Updated};
        check("Publié le jeudi 12 novembre 2020 à 09h15", Some((2020, 11, 12, Published)));
        check("Actualité publiée le 05/07/21 16:40", Some((2021, 7, 5, Published)));
        check("Publié le 3 mars 2025 à 8h30, mis à jour le 4 mars 2025 à 9h", Some((2025, 3, 3, Published)));
        check("Par Anne Exemple | Publié le 3 mars 2025", Some((2025, 3, 3, Published)));
        check("Publié par Anne Exemple le 3 mars 2025", Some((2025, 3, 3, Published)));
        check("Mis à jour : 3 mars 2025 - 10:15", Some((2025, 3, 3, Updated)));
        check("Published: July 13, 2025 3:15 PM EDT", Some((2025, 7, 13, Published)));
        check("PUBLISHED 12:03 GMT, 5 July 2019 | UPDATED 14:00 GMT, 6 July 2019", Some((2019, 7, 5, Published)));
        check("Posted on July 13, 2025 by Anne Example", Some((2025, 7, 13, Published)));
        check("Last Updated: July 14, 2025 10:00 First Published: July 13, 2025", Some((2025, 7, 13, Published)));
        check("Last updated on 13 July 2025", Some((2025, 7, 13, Updated)));
        check("Date: 2025-07-13", Some((2025, 7, 13, Published)));
        check("Article paru dans l'édition du 4 mars 2025", Some((2025, 3, 4, Published)));
        check("Écrit le 4 mars 2025 par Anne Petit", Some((2025, 3, 4, Published)));
        check("FOR RELEASE: 07:00 GMT, 4 MARCH 2025", Some((2025, 3, 4, Published)));
        check("EMBARGOED UNTIL 7 AM, MARCH 4, 2025", Some((2025, 3, 4, Published)));
        check("SOUS EMBARGO JUSQU'AU 4 MARS 2025 À 7H", Some((2025, 3, 4, Published)));
        check("Publié le : 04/03/2025 - 08:05", Some((2025, 3, 4, Published)));
        check("Publié le : 4 mars 2025", Some((2025, 3, 4, Published)));
        check("Published on: March 4, 2025", Some((2025, 3, 4, Published)));
        check("Posted at 8:30 a.m. on March 4, 2025", Some((2025, 3, 4, Published)));
        check("Actualisé à 18h05 le 4 mars 2025", Some((2025, 3, 4, Updated)));
        check("Published March 4 at 8:30 am", Some((0, 3, 4, Published)));
        check("Publié le 4 mars à 18h05", Some((0, 3, 4, Published)));
        check("Publié le mardi 4 mars 2025 à 8 h 05 min", Some((2025, 3, 4, Published)));
        check("Publié le mardi 4 mars 2025 à 8 heures 05", Some((2025, 3, 4, Published)));
        check("Publié le mardi 4 mars 2025 à midi", Some((2025, 3, 4, Published)));
        check("Publié le 4 mars 2025 à 18h05, par Anne Petit.", Some((2025, 3, 4, Published)));
    }

    #[test]
    fn sentences_are_not() {
        check("date to June 19, 2025", None);
        check("Publié le 3 mars 2025, le rapport annuel du groupe montre une hausse des ventes.", None);
        check("Published July 13, 2025 in a journal, the study shows that fees fell", None);
        check("Une étude publiée le 3 mars 2025 montre une hausse", None);
        check("Le groupe a publié le 3 mars 2025 ses comptes", None);
        check("Publié hier", None);
        check("Published on July 13", None);
        check("Published July 13 at 8:30 am in a journal, the study shows that fees fell", None);
        check("Posted at 8:30 on the wall", None);
    }

    #[test]
    fn a_date_alone_is_read() {
        for (line, want) in [
            ("14 juillet 2025", true),
            ("Thursday, July 17, 2025", true),
            ("Agence Exemple • 17/11/2023 à 16:20", true),
            ("18/10/2024 07:45 | AOF", true),
            ("22 Aug 2025 | Company news", true),
            ("Agence - 14/03/2025 à 18:05:32", true),
            ("L'Exemple — Le 25/11/2024 à 11:47", true),
            ("Agence - 14/03/2025", false),
            ("Par Claire Martin - 16 juillet 2025", true),
            ("Par Claire Martin - 16/07/2025", true),
            ("By Claire Martin – July 16, 2025", true),
            ("By Claire Martin and Luc Roy — July 16, 2025", true),
            ("July 16, 2025 08:15 ET | Source: Halden Inc.", true),
            ("July 16, 2025 08:15 ET | Source: Fenwick & Oak Holdings, Inc.", true),
            ("July 16, 2025 08:15 AM Pacific Standard Time", true),
            ("By Claire Martin in Lyon, July 16, 2025", true),
            ("Par Claire Martin à Lyon, 16 juillet 2025", true),
            ("By Friday the shares had doubled, July 16, 2025", false),
            ("Comptes semestriels, 30 juin 2025", false),
            ("REUTERS - 16 juillet 2025", true),
            ("Par action - 30 juin 2025", false),
            ("Claire Martin - 16 juillet 2025", false),
            ("Par Claire Martin - semestre au 30 juin 2025", false),
            ("March 4, 2025 By Jane Roe", true),
            ("March 4, 2025, 8:30 AM, by Jane Roe", true),
            ("4 mars 2025 à 08:05 par Anne Petit, Agence Exemple", true),
            ("March 4, 2025 9:15 AM GMT+1 Updated 2 hours ago", true),
            ("Anne Petit | 4 mars 2025 | 3 min de lecture", true),
            ("March 4, 2025 8:30 a.m.", true),
            ("Sept. 4, 2024 8:30 a.m.", true),
            ("March 4, 2025 by the end of the day", false),
            ("March 4, 2025 published accounts fell.", false),
            ("FOR IMMEDIATE RELEASE: March 4, 2025", true),
            ("For immediate release – March 4, 2025", true),
            ("FOR IMMEDIATE RELEASE March 4, 2025", true),
            ("Communiqué de presse – 4 mars 2025", true),
            ("Communiqué du 4 mars 2025", false),
            ("Source: Halden Inc. | March 4, 2025", true),
            ("Source: Halden Wire, March 4, 2025", true),
            ("Le Quotidien du Nord, mardi 4 mars 2025, p. 12", true),
            ("Le Quotidien du Nord, 4 mars 2025", true),
            ("04.03.25 - 08:05 - Halden relève ses objectifs", false),
            ("4 mars 2025 - 08:05 | Le point de la semaine", true),
            ("4 mars 2025 | Par la rédaction de Halden", true),
            ("4 mars 2025 | Temps de lecture : 3 min", true),
            ("21 novembre", true),
            ("Paris, le 14 juillet 2025.", true),
            ("La Défense, le 14 juillet 2025", true),
            ("Par Jean Dupont - le 14 juillet 2025 à 07:30", true),
            ("Les comptes, le 30 juin 2025.", false),
            ("Paris, le 14 juillet", false),
            ("Résultats semestriels – le 30 juin 2025", false),
            ("April 25, 1994.", false),
            ("20241018", false),
            ("1752485400", false),
            ("Résultats semestriels – 30 juin 2025", false),
            ("14 juillet 2025 : la Bourse est fermée", false),
        ] {
            assert_eq!(alone(line, Order::DayFirst).is_some(), want, "{line}");
        }
    }

    #[test]
    fn french_words_beside_it_set_the_day_first() {
        let day = |date: Option<Written>| date.map(|date| (date.month, date.day));
        for (line, want) in [
            ("Publié le 04/03/2025 à 08h05", (3, 4)),
            ("Mis en ligne le 04/03/2025", (3, 4)),
            ("Published 04/03/2025 at 8:05 am", (4, 3)),
        ] {
            assert_eq!(day(marked(line, Order::MonthFirst).map(|(date, _)| date)), Some(want), "{line}");
        }
        for (line, want) in
            [("04/03/2025 à 08h05", (3, 4)), ("Halden | 04/03/2025 08h05", (3, 4)), ("04/03/2025 08:05", (4, 3))]
        {
            assert_eq!(day(alone(line, Order::MonthFirst)), Some(want), "{line}");
        }
    }

    #[test]
    fn every_marker_works_with_its_date() {
        for (marker, says) in MARKERS {
            check(&format!("Texte | {marker} : 3 mars 2025"), Some((2025, 3, 3, *says)));
            check(&format!("{marker} : 3 mars 2025"), None);
            check(&format!("{} 2025-03-03", marker.to_uppercase()), Some((2025, 3, 3, *says)));
        }
    }
}
