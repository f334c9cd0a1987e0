//! Who wrote the article, where a line above the text says no more than that: `Par Roxane Dumas`, `By Li Wei in London`.
//!
//! Apart because the headline passes over the same lines.

use unicode_normalization::UnicodeNormalization;

use super::date::{self, Order, forms};
use super::{label, letters, sentence};

/// Among how many of the first lines the author is looked for.
const FIRST_LINES: usize = 6;
/// No such line is longer than this many bytes.
const LONGEST: usize = 80;
/// How many words a name has, or several with what joins them.
const WORDS: std::ops::RangeInclusive<usize> = 2..=10;

/// What a line begins with that names its author, in plain form.
const BY: [&str; 9] =
    ["par ", "by ", "par : ", "by: ", "written by ", "story by ", "ecrit par ", "redige par ", "article de "];

/// How a form calls its author, in plain form.
const FIELDS: &[&str] = &["author", "authors", "author(s)", "auteur", "auteurs", "auteur(s)", "auteure", "byline"];

/// Words of names in small letters, and what joins names.
const SMALL: [&str; 22] = [
    "et", "and", "&", "avec", "with", "de", "du", "des", "la", "le", "van", "von", "der", "den", "di", "da", "del",
    "dos", "bin", "ben", "al", "zu",
];

/// What stands before the last of several names.
const JOINS: [&str; 5] = ["and", "et", "&", "avec", "with"];

/// Where the name ends, and place, date, title or house of the author begin.
const ENDS: [&str; 12] = ["|", "•", "·", "(", " - ", " – ", " — ", " à ", " in ", " for ", " pour ", " @"];

/// Returns the author that `stated` names, without its `By`; if there is none, the one that a line above the text does.
pub fn read(stated: Option<&str>, text: &str) -> Option<String> {
    let stated = stated.map(str::trim).filter(|stated| !stated.is_empty());
    if let Some(stated) = stated {
        return Some(name(stated).unwrap_or(stated).to_owned());
    }
    let mut lines = text.split('\n').filter(|line| !line.trim().is_empty()).peekable();
    for _ in 0..FIRST_LINES {
        let line = lines.next().filter(|line| !sentence::ends_with_stop(line.trim()))?;
        // What nothing follows is no line above a text.
        lines.peek()?;
        if let Some(author) = byline(line) {
            return Some(author.nfc().collect());
        }
    }
    None
}

/// Returns the author whom a line names that says nothing of the news.
pub fn byline(line: &str) -> Option<&str> {
    let line = line.trim();
    // In small letters the line goes on with that above.
    if line.len() > LONGEST || line.starts_with(char::is_lowercase) {
        return None;
    }
    if sentence::ends_with_stop(line) {
        // `Publié le 4 mars 2025, par Anne Petit.` is no sentence.
        return line.strip_suffix('.').and_then(behind_date);
    }
    name(line).or_else(|| label::field(line, FIELDS).and_then(names)).or_else(|| behind_date(line))
}

/// Returns the author in a line of his day: `16 juillet 2025 - Par Anne Petit`, `Publié le 16/07/2025 par Anne Petit`.
fn behind_date(line: &str) -> Option<&str> {
    if !line.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let mut places = line.match_indices([' ', '\u{a0}']).map(|(at, space)| &line[at + space.len()..]);
    let found = places.find_map(|rest| {
        // `par Anne Petit le 16 juillet`
        let date = rest.find(|c: char| c.is_ascii_digit()).unwrap_or(rest.len());
        let rest = rest[..date].trim_end();
        name([" le", " on", ","].iter().find_map(|link| rest.strip_suffix(link)).unwrap_or(rest))
    })?;
    let is_dated = |line| {
        let (date, length) = forms::leading(line, Order::DayFirst)?;
        let rest: &str = line[length..].trim_start_matches(|c: char| !c.is_alphanumeric());
        (date.year.is_some() && name(rest).is_some()).then_some(())
    };
    (is_dated(line).is_some() || date::is_date_line(line)).then_some(found)
}

/// Returns the name behind `By`.
pub fn name(line: &str) -> Option<&str> {
    let length = BY.iter().filter_map(|by| letters::strip(line, by)).max()?;
    names(&line[length..])
}

/// Returns the name that a text begins with, or the names: `Anne Petit, Li Wei and Jane Roe`.
fn names(text: &str) -> Option<&str> {
    let text = text.trim();
    let end = ENDS.iter().filter_map(|end| text.find(end)).min().unwrap_or(text.len());
    let text = text[..end].trim();
    if is_list(text) {
        return Some(text);
    }
    // Behind a comma stands a place or a title.
    let name = text.split(',').next().unwrap_or_default().trim();
    is_name(name).then_some(name)
}

/// Returns whether these are names between commas, and the last one joined: a place and a title are none.
fn is_list(text: &str) -> bool {
    let Some((first, last)) = text.rsplit_once(',') else { return false };
    let last = last.trim();
    let joined = JOINS.iter().any(|join| {
        let (left, right) = last.split_once(&format!(" {join} ")).unwrap_or_default();
        is_name(left) && is_name(right) || last.strip_prefix(join).is_some_and(is_name)
    });
    joined && first.split(',').all(is_name)
}

/// Who made a file where nobody set up the program.
const NOBODY: &[&str] = &[
    "microsoft office user",
    "windows user",
    "utilisateur windows",
    "utilisateur de microsoft office",
    "unknown author",
    "auteur inconnu",
    "apache poi",
];

/// Returns whether a text names a person, or a desk: no program, and nobody.
pub fn is_person(text: &str) -> bool {
    is_name(text) && !NOBODY.contains(&text.to_lowercase().as_str())
}

fn is_name(name: &str) -> bool {
    // `d'Ormesson`
    let particle = |word: &str| {
        word.split_once(['\'', '’']).is_some_and(|(particle, name)| {
            matches!(particle, "d" | "l" | "de" | "dell") && name.starts_with(char::is_uppercase)
        })
    };
    let is_large = |word: &str| word.starts_with(char::is_uppercase) || particle(word);
    let words = || name.split_whitespace();
    words().all(|word| is_large(word) || SMALL.contains(&word))
        && words().filter(|word| is_large(word)).count() > 1
        && !name.contains(|c: char| c.is_ascii_digit())
        && words().last().is_some_and(is_large)
        && WORDS.contains(&words().count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_names_its_author() {
        for (line, author) in [
            ("Par Roxane Dumas", "Roxane Dumas"),
            ("PAR ROXANE DUMAS, À LYON", "ROXANE DUMAS"),
            ("Par Roxane Dumas et Élie de La Tour (avec Halden Presse)", "Roxane Dumas et Élie de La Tour"),
            ("By Li Wei in London", "Li Wei"),
            ("By Anna van der Berg and Li Wei | 12 March 2025", "Anna van der Berg and Li Wei"),
            ("By: Jane O'Neill", "Jane O'Neill"),
            ("  Par Jean-Marc Fèvre à Bruxelles", "Jean-Marc Fèvre"),
            ("By Anna Berg, Li Wei and Jane O'Neill", "Anna Berg, Li Wei and Jane O'Neill"),
            ("By Anna Berg, Li Wei, and Jane O'Neill in London", "Anna Berg, Li Wei, and Jane O'Neill"),
            ("By Anna Berg & Li Wei", "Anna Berg & Li Wei"),
            ("By Anna Berg, Energy and Transport Editor", "Anna Berg"),
            ("By Anna Berg, New York", "Anna Berg"),
            ("Par Luc d’Aubigny", "Luc d’Aubigny"),
            ("Author: Jane Roe", "Jane Roe"),
            ("Auteur : Luc d'Aubigny, à Lyon", "Luc d'Aubigny"),
            ("16 juillet 2025 - Par Roxane Dumas", "Roxane Dumas"),
            ("16/07/2025, 08:00 | par Roxane Dumas", "Roxane Dumas"),
            ("Publié le 16/07/2025 à 08:00 par Roxane Dumas", "Roxane Dumas"),
            ("Publié par Roxane Dumas le 16 juillet 2025", "Roxane Dumas"),
            ("Posted on July 13, 2025 by Jane Roe", "Jane Roe"),
            ("March 4, 2025, 8:30 AM, by Jane Roe", "Jane Roe"),
            ("By Jane Roe for Halden Daily", "Jane Roe"),
            ("Par Roxane Dumas pour Le Quotidien", "Roxane Dumas"),
            ("By Jane Roe @janeroe", "Jane Roe"),
            ("Written by Jane Roe", "Jane Roe"),
            ("4 mars 2025 à 08:05 par Anne Petit, Agence Exemple", "Anne Petit"),
            ("Publié le 4 mars 2025 à 18h05, par Anne Petit.", "Anne Petit"),
        ] {
            assert_eq!(byline(line), Some(author), "{line}");
        }
    }

    #[test]
    fn a_sentence_names_none() {
        for line in [
            "Par ailleurs, le groupe relève son objectif",
            "By Friday the shares had doubled",
            "By Monday",
            "Par action : 2,10 euros",
            "By The end of the year Halden will have closed three plants",
            "Par Roxane Dumas.",
            "Par Halden 2 Presse",
            "Roxane Dumas",
            "16 juillet 2025",
            "3 millions vendus par Roxane Dumas",
            "Le 3 mars 2025 repris par Halden Presse",
            "Author: the man who sold the world",
            "Auteur : un inconnu",
            "by Halden Corp, which sold it",
            "",
        ] {
            assert_eq!(byline(line), None, "{line}");
        }
    }

    #[test]
    fn what_is_stated_goes_before_what_is_written() {
        let text = "Le titre\n\nPar Roxane Dumas\n\nLe groupe monte.";
        assert_eq!(read(Some("By Li Wei"), text).as_deref(), Some("Li Wei"));
        assert_eq!(read(Some("Byron Wei"), text).as_deref(), Some("Byron Wei"));
        assert_eq!(read(Some(" "), text).as_deref(), Some("Roxane Dumas"));
        assert_eq!(read(None, text).as_deref(), Some("Roxane Dumas"));
        assert_eq!(read(None, "Le groupe monte.\nPar Roxane Dumas"), None);
        assert_eq!(read(None, "BY HALDEN PRESS"), None);
        assert_eq!(read(None, ""), None);
    }
}
