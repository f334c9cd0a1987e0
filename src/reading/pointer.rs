//! Lines that point to another story: `Lire aussi : Les banques reculent`, `READ MORE: Oil falls`. They stay in the
//! text to be read, but the companies in them are those of the other story.
//!
//! Separate from the boilerplate, which ends a text: these stand between two paragraphs as well.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use super::letters::{self, Phrases, SPACES};
use super::{boilerplate, sentence};

/// What such a line begins with, in plain form, where a mark sets it off: `Related: …`.
const LABELS: &[&str] = &[
    "lecture suivante",
    "lectures suivantes",
    "a lire",
    "a lire ensuite",
    "a decouvrir",
    "a voir",
    "articles lies",
    "articles connexes",
    "see more",
    "up next",
    "related",
    "related link",
    "related links",
    "related article",
    "related articles",
    "related stories",
    "related story",
    "related news",
    "check this out",
    "don't miss",
    "more on this story",
    "more on this topic",
    "a lire sur le meme sujet",
    "dans la meme rubrique",
    "pour aller plus loin",
    "share this",
    "share this article",
    "share this story",
    "partager cet article",
    "partagez cet article",
];

/// The same of what opens no line of news, and needs no mark before a title.
const CALLS: &[&str] = &[
    "lire aussi",
    "lire egalement",
    "lire la suite",
    "a lire aussi",
    "a lire egalement",
    "voir aussi",
    "voir egalement",
    "a voir aussi",
    "a voir egalement",
    "sur le meme sujet",
    "read also",
    "also read",
    "read more",
    "read next",
    "see also",
    "check out more",
    "share on",
    "share via",
    "partager sur",
    "partagez sur",
    "partager via",
    "suivez-nous sur",
    "follow us on",
];

/// What sets a label off from the title.
const MARKS: &[char] = &[':', '\u{ff1a}', '–', '—', '|', '>', '»', '›', '→', '►'];

/// A title is no longer than this many bytes.
const LONGEST: usize = 200;

/// A line that points elsewhere.
struct Pointer<'a> {
    /// What follows its label; empty if the titles stand below.
    title: &'a str,
    /// Whether its label opens no line of news.
    is_call: bool,
}

/// Returns whether the line points to another story, or to those on the lines below.
pub fn is_pointer(line: &str) -> bool {
    pointer(line).is_some()
}

fn pointer(line: &str) -> Option<Pointer<'_>> {
    let inner = line.trim_start_matches(|c: char| !c.is_alphanumeric());
    // In lower case the line goes on with the sentence of the line above.
    if inner.starts_with(char::is_lowercase) && !line.starts_with(['(', '[']) {
        return None;
    }
    // Each with whether it is a call.
    static PHRASES: LazyLock<Phrases<bool>> = LazyLock::new(|| {
        Phrases::of(CALLS.iter().map(|call| (*call, true)).chain(LABELS.iter().map(|label| (*label, false))))
    });
    PHRASES.beginning(inner).iter().find_map(|&(phrase, is_call)| {
        let length = letters::strip_word(inner, phrase)?;
        let rest = &inner[length..];
        let title = rest.trim_start_matches(SPACES).trim_start_matches(['*', '_', '.']).trim_start_matches(SPACES);
        // `Related-party deals` are no dash.
        let is_marked = title.is_empty()
            || title.starts_with(MARKS)
            || title.starts_with('-') && rest.starts_with(SPACES)
            || is_capitals(&inner[..length]) && title.split(SPACES).next().is_some_and(|word| !is_capitals(word));
        let title = title.trim_matches(|c: char| !c.is_alphanumeric());
        (is_marked || is_call && !boilerplate::is_prose(inner)).then_some(Pointer { title, is_call })
    })
}

fn is_capitals(text: &str) -> bool {
    !text.contains(char::is_lowercase)
}

/// Returns the text with spaces in place of what points to other stories: every other byte stays where it is.
pub fn without(text: &str) -> Cow<'_, str> {
    let mut spans: Vec<Range<usize>> = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let end = start + line.len();
        if spans.last().is_none_or(|last| last.end <= start) {
            spans.extend(span(text, start..end));
        }
        start = end;
    }
    if spans.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut blank = String::with_capacity(text.len());
    for span in spans {
        blank.push_str(&text[blank.len()..span.start]);
        blank.extend(text[span].bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }));
    }
    blank.push_str(&text[blank.len()..]);
    Cow::Owned(blank)
}

/// Returns what points to other stories from a line of the text, if it does: a title behind its label, or those below.
fn span(text: &str, line: Range<usize>) -> Option<Range<usize>> {
    let written = text[line.clone()].trim();
    let Pointer { title, is_call } = pointer(written)?;
    if title.is_empty() {
        return Some(line.start..titles_below(text, line.end));
    }
    // `Up next: Halden reports on Thursday, and so does its rival.` is news.
    if boilerplate::is_prose(written) && !is_call {
        return None;
    }
    // The text may go on in the same line.
    let start = line.start + (text[line.clone()].len() - text[line].trim_start().len());
    let ends = sentence::ends_with_stop(written);
    let length = if ends { sentence::first_end(written) } else { written.len() };
    (length <= LONGEST).then_some(start..start + length)
}

/// Returns where the titles end that stand below the label which ends at `at`: the next lines until a blank one; the
/// first alone, if prose follows at once.
fn titles_below(text: &str, at: usize) -> usize {
    let (mut end, mut first) = (at, None);
    for line in text[at..].split_inclusive('\n') {
        let title = line.trim();
        if title.is_empty() && first.is_some() {
            break;
        }
        if sentence::ends_with_stop(title) || title.len() > LONGEST {
            return first.unwrap_or(at);
        }
        end += line.len();
        if !title.is_empty() {
            first = first.or(Some(end));
        }
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const BEFORE: &str = "Le groupe Halden gagne 3 % à la Bourse de Paris, où il avait perdu un quart de sa valeur.\n";
    const AFTER: &str = "\nLe bénéfice monte de 12 %, grâce aux ventes de vis et de clous en Amérique du Nord.";

    /// What is left of `line` between two paragraphs.
    fn left(line: &str) -> String {
        let text = format!("{BEFORE}{line}{AFTER}");
        let read = without(&text);
        assert_eq!(read.len(), text.len());
        assert!(read.starts_with(BEFORE) && read.ends_with(AFTER), "{line}: {read}");
        read[BEFORE.len()..read.len() - AFTER.len()].trim().to_owned()
    }

    #[test]
    fn lines_that_point_elsewhere_are_left_out() {
        for line in [
            "LIRE AUSSI : Belvoir chute en Bourse",
            "À lire aussi\u{a0}: Belvoir chute en Bourse",
            "(Lire aussi : Belvoir chute en Bourse)",
            "[lire aussi : Belvoir chute en Bourse]",
            "→ À lire : Faut-il vendre Belvoir ?",
            "Lire aussi | Belvoir chute en Bourse",
            "A LIRE AUSSI Belvoir chute en Bourse",
            "Lire aussi Belvoir chute en Bourse",
            "**Sur le même sujet** : Belvoir chute en Bourse",
            "Voir aussi – Belvoir chute en Bourse",
            "Share on Facebook",
            "Partager sur LinkedIn",
            "Follow us on Halden News",
            "Share this: Facebook, Twitter",
            "Lire aussi : Belvoir chute en Bourse après la publication de ses résultats.",
            "Read also: Belvoir falls",
            "READ MORE: Belvoir falls",
            "READ MORE Belvoir falls",
            "Related: Belvoir falls",
            "RELATED Belvoir falls",
            "Don’t miss: Belvoir falls",
            "Read more: Belvoir falls after it lowered its forecast for the whole year.",
            "Related stories > Belvoir falls",
            "À lire aussi :\nBelvoir chute en Bourse",
            "À lire aussi\n\n- Belvoir chute en Bourse\n- Fenwick aussi\n",
        ] {
            assert_eq!(left(line), "", "{line}");
        }
        assert_eq!(left("Lire aussi : Belvoir chute. Halden, lui, monte."), "Halden, lui, monte.");
    }

    #[test]
    fn news_is_read() {
        for line in [
            "À lire Belvoir dans le texte, on comprend que la dette ne baissera pas avant 2027.",
            "Up next: Belvoir reports on Thursday, and Fenwick a week later.",
            "Related-party deals of Belvoir",
            "RELATED DIGITAL FALLS",
            "Related parties sold their shares of Belvoir",
            "Read more slowly than others, the report of Belvoir says as much as it hides.",
            "Lire aussi vite que Belvoir compte est un don, et le patron de Halden le sait bien.",
            "lire aussi : la suite d’une phrase",
            "Un intertitre sur Belvoir",
        ] {
            assert_eq!(left(line), line, "{line}");
        }
        // Of the lines under a label, prose is read, and so is what a blank line parts from the titles.
        let text = "Lire aussi\nBelvoir chute\nLe groupe Halden monte.\n\nRelated:\n\nHalden grows, and says so.";
        let read = without(text);
        let read: Vec<&str> = read.split('\n').map(str::trim).filter(|line| !line.is_empty()).collect();
        assert_eq!(read, ["Le groupe Halden monte.", "Halden grows, and says so."]);
        let text = "Lire aussi\n\nBelvoir chute\n\nHalden en tête\n\nLe groupe monte.";
        assert!(without(text).trim().starts_with("Halden en tête"), "{}", without(text));
        assert!(matches!(without(BEFORE), Cow::Borrowed(_)));
    }

    #[test]
    fn the_tables_are_plain() {
        for phrase in LABELS.iter().chain(CALLS) {
            assert_eq!(letters::strip(phrase, phrase), Some(phrase.len()), "{phrase}");
            assert!(is_pointer(&format!("{} : Belvoir", phrase.to_uppercase())), "{phrase}");
        }
    }

    proptest! {
        #[test]
        fn nothing_moves(text in "(\\PC{0,20}|\n|Lire aussi|Related: |READ MORE|\\. |é){0,20}") {
            let read = without(&text);
            prop_assert_eq!(read.len(), text.len());
            prop_assert!(read.char_indices().all(|(at, c)| c == ' ' || text[at..].starts_with(c)));
        }
    }
}
