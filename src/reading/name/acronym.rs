//! Acronyms that an article defines as something else: `le Conseil d'analyse économique (CAE)`.
//!
//! Separate from the signs around a name, since one definition speaks of the acronym wherever it stands in the text.

use super::Candidate;
use super::sign::Sign;
use crate::market;

/// The longest acronym looked at, and the most words before it.
const LONGEST: usize = 6;
const WORDS: usize = 12;

/// Marks the candidates whose name the text defines as other words than a name of their company.
pub(super) fn mark(candidates: &mut [Candidate], text: &str) {
    for at in 0..candidates.len() {
        let (start, end) = (candidates[at].start, candidates[at].end);
        let name = &text[start..end];
        let Some(words) = is_acronym(name).then(|| defined(text, start, end)).flatten() else { continue };
        let owner = candidates[at].owner;
        let is_itself = |other: &Candidate| (words..start).contains(&other.start) && other.owner == owner;
        if !candidates[..at].iter().any(is_itself) {
            let same = candidates.iter_mut().filter(|other| text.get(other.start..other.end) == Some(name));
            same.for_each(|other| other.signs.add(Sign::Defined));
        }
    }
}

fn is_acronym(name: &str) -> bool {
    (2..=LONGEST).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// Returns where the words begin whose initials the acronym in brackets is; short words in small letters need no letter
/// of their own.
fn defined(text: &str, start: usize, end: usize) -> Option<usize> {
    let before = text[..start].strip_suffix('(').filter(|_| text[end..].starts_with(')'))?.trim_end();
    let mut letters = text[start..end].bytes().rev().peekable();
    let mut at = before.len();
    for word in before.rsplit([' ', '\u{a0}', '-', '\'', '’']).take(WORDS) {
        at -= word.len();
        let initial = market::names::unaccented(word).bytes().next().unwrap_or(b' ');
        match letters.next_if_eq(&initial.to_ascii_uppercase()) {
            Some(_) if letters.peek().is_none() => return Some(at),
            None if word.len() > 3 || initial.is_ascii_uppercase() => return None,
            _ => {}
        }
        at -= before[..at].chars().next_back().map_or(0, char::len_utf8);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, words: Option<&str>) {
        let (start, end) = (text.find('(').unwrap() + 1, text.find(')').unwrap());
        assert_eq!(defined(text, start, end).map(|at| text[at..start - 1].trim_end()), words, "{text}");
    }

    #[test]
    fn the_initials_of_words_define_an_acronym() {
        check("Le Conseil d'analyse économique (CAE) a dit", Some("Conseil d'analyse économique"));
        check("the Bureau of Public Roads (BPR) said", Some("Bureau of Public Roads"));
        check("L’Institut d’études (IE)", Some("Institut d’études"));
        check("the maker of planes (BA) said", None);
        check("(BA)", None);
    }
}
