//! Who wrote the article, where a line above the text says no more than that: `Par Roxane Dumas`, `By Li Wei in London`.
//!
//! Apart because the headline passes over the same lines.

use unicode_normalization::UnicodeNormalization;

use super::{letters, sentence};

/// Among how many of the first lines the author is looked for.
const FIRST_LINES: usize = 6;
/// No such line is longer than this many bytes.
const LONGEST: usize = 80;
/// How many words a name has, or several with what joins them.
const WORDS: std::ops::RangeInclusive<usize> = 2..=10;

/// What a line begins with that names its author, in plain form.
const BY: [&str; 4] = ["par ", "by ", "par : ", "by: "];

/// Words of names in small letters, and what joins names.
const SMALL: [&str; 13] = ["et", "and", "avec", "with", "de", "du", "des", "la", "le", "van", "von", "der", "den"];

/// Where the name ends, and place, date or title of the author begin.
const ENDS: [&str; 10] = ["|", "•", "·", "(", ",", " - ", " – ", " — ", " à ", " in "];

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
    if line.len() > LONGEST || sentence::ends_with_stop(line) || line.starts_with(char::is_lowercase) {
        return None;
    }
    name(line)
}

/// Returns the name behind `By`.
fn name(line: &str) -> Option<&str> {
    let length = BY.iter().filter_map(|by| letters::strip(line, by)).max()?;
    let rest = line[length..].trim();
    let end = ENDS.iter().filter_map(|end| rest.find(end)).min().unwrap_or(rest.len());
    let name = rest[..end].trim();
    let words: Vec<&str> = name.split_whitespace().collect();
    let is_large = |word: &&str| word.starts_with(char::is_uppercase);
    let fits = words.iter().all(|word| is_large(word) || SMALL.contains(word))
        && words.iter().filter(|word| is_large(word)).count() > 1
        && !name.contains(|c: char| c.is_ascii_digit())
        && words.last().is_some_and(is_large);
    (fits && WORDS.contains(&words.len())).then_some(name)
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
