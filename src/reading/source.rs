//! Where the article comes from, where a form above the text says so: `Source: Halden Wire` beside `Title:` and `Date:`.
//!
//! Apart because below the first sentence the same line tells where a figure comes from.

use super::date::forms::{self, Order};
use super::{author, date, label, sentence};

/// Among how many of the first lines the source is looked for.
const FIRST_LINES: usize = 8;
/// No name of a source is longer than this many bytes.
const LONGEST: usize = 60;

/// How a form calls it, in plain form.
const FIELDS: &[&str] = &["source"];

/// The other fields of such a form that neither headline, date nor author know.
const OTHERS: &[&str] = &[
    "section",
    "rubrique",
    "category",
    "categorie",
    "url",
    "link",
    "lien",
    "language",
    "langue",
    "lang",
    "id",
    "tags",
    "keywords",
    "mots-cles",
];

/// Returns the source that a form at the head of the text names, or the paper whose name stands there with its date.
pub fn read(text: &str) -> Option<&str> {
    of_form(text).or_else(|| paper(text))
}

/// Returns the name of the paper above the date of the day, or before it: `Le Quotidien du Nord, 4 mars 2025, p. 12`.
fn paper(text: &str) -> Option<&str> {
    let mut lines = text.split('\n').map(str::trim).filter(|line| !line.is_empty());
    let first = lines.next()?;
    let name = first.split([',', '|', '•', '·']).next().unwrap_or_default().trim_end();
    let dated = if name == first { lines.next()? } else { first };
    (label::is_paper(name) && date::is_date_line(dated)).then_some(name)
}

fn of_form(text: &str) -> Option<&str> {
    let mut lines = text.split('\n').map(str::trim).filter(|line| !line.is_empty()).peekable();
    for _ in 0..FIRST_LINES {
        let line = lines.next().filter(|line| is_of_form(line))?;
        // What nothing follows is no line above a text.
        lines.peek()?;
        let is_name = |name: &&str| {
            name.len() <= LONGEST && !name.starts_with(char::is_lowercase) && !sentence::ends_with_stop(name)
        };
        if let Some(name) = label::field(line, FIELDS) {
            return Some(without_date(name)).filter(is_name);
        }
    }
    None
}

/// Returns the name without the date behind it: `Halden Inc. | March 4, 2025`.
fn without_date(name: &str) -> &str {
    let marks = name.match_indices(['|', '•', '·', ',', '–', '—']);
    let dated = |text: &str| forms::whole(text, Order::DayFirst).is_some_and(|date| date.year.is_some());
    let cut = marks.filter(|(at, mark)| dated(&name[at + mark.len()..])).map(|(at, _)| at).next();
    cut.map_or(name, |at| name[..at].trim_end())
}

fn is_of_form(line: &str) -> bool {
    label::is_label(line)
        || label::field(line, OTHERS).is_some()
        || author::byline(line).is_some()
        || date::is_date_line(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_names_its_source() {
        for text in [
            "Source: Halden Wire\nLe groupe monte.",
            "Date: 2025-07-16\nAuthor: Jane Roe\n\nSource : Halden Wire\nURL: https://example.org\n\nLe groupe monte.",
            "Source: Halden Wire | March 4, 2025\nLe groupe monte.",
            "Source: Halden Wire, le 4 mars 2025\nLe groupe monte.",
            "Auteur : Anne Petit\nRubrique : Bourse\nSource : Halden Wire\n\nLe groupe monte.",
        ] {
            assert_eq!(read(text), Some("Halden Wire"), "{text}");
        }
    }

    #[test]
    fn a_paper_stands_with_its_date() {
        for (text, want) in [
            ("Le Quotidien du Nord\n4 mars 2025\n\nLe groupe monte.", Some("Le Quotidien du Nord")),
            ("Le Quotidien du Nord, mardi 4 mars 2025, p. 12\n\nLe groupe monte.", Some("Le Quotidien du Nord")),
            ("Le Quotidien du Nord\nLe groupe monte.", None),
            ("Le groupe Halden\n4 mars 2025\n\nLe groupe monte.", None),
        ] {
            assert_eq!(read(text), want, "{text}");
        }
    }

    #[test]
    fn figures_have_sources_too() {
        for text in [
            "Le groupe monte.\nSource: Halden Wire\nLe groupe monte.",
            "Source: the figures are those of the group.\nLe groupe monte.",
            "Source : https://example.org/a\nLe groupe monte.",
            "Source: Halden Wire",
            "Sources: Halden Wire\nLe groupe monte.",
            "",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
