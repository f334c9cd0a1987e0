//! What companies say to the press, or leave unsaid: `Shell declined to comment`, `Contacté, Casino n'a pas réagi`, `Target
//! said in a statement`.
//!
//! The formulas of agencies, read word by word from the text, since an apostrophe stands within them.

use super::list::List;
use super::words;
use crate::reading::letters;

/// What one says nothing to.
static ASKED: List = List::of(
    "\
comment commenter commentaire commentaires request requests inquiry inquiries calls messages questions email emails sollicitation \
sollicitations demande demandes interview s'exprimer",
);

/// How one says nothing, in the words right behind the name; an adverb may stand within.
const SILENT: [&str; 23] = [
    "did not respond",
    "didn't respond",
    "did not reply",
    "didn't reply",
    "did not return",
    "didn't return",
    "declined to comment",
    "declines to comment",
    "has declined to comment",
    "had declined to comment",
    "refused to comment",
    "would not comment",
    "wouldn't comment",
    "had no comment",
    "was not available",
    "wasn't available",
    "could not be reached",
    "couldn't be reached",
    "n'a pas souhaité",
    "n'a pas répondu",
    "n'était pas disponible",
    "a refusé de",
    "a décliné toute",
];

/// How one says nothing, with no word of what was asked.
const CLOSED: [&str; 4] = ["n'a pas donné suite", "s'est refusé à tout", "s'est refusée à tout", "se refuse à tout"];

/// Adverbs within those.
static ADVERBS: List = List::of("immediately yet also so");

/// Who is asked, before the name of who was.
const SOUGHT: [&str; 4] = ["contacté", "sollicité", "interrogé", "joint"];

/// Where one says something.
const STATEMENTS: [&str; 9] = [
    "in a statement",
    "in an emailed statement",
    "in an e-mailed statement",
    "in a filing",
    "in a regulatory filing",
    "in a press release",
    "in a news release",
    "in an email",
    "dans un communiqué",
];

/// How many words of a formula are looked at, and how many bytes before it.
const REACH: usize = 12;
const BEFORE: usize = 90;

/// What such a formula begins with, behind the name.
static FIRST: List = List::of(
    "did didn't declined declines has had refused would wouldn't was wasn't could couldn't n'a n'était a ne s'est se dit",
);

/// Returns whether what stands before and behind a name says what it says to the press.
pub(super) fn speaks(before: &str, after: &str) -> bool {
    if is_cited(before) && (after.starts_with(',') || after.starts_with(". ")) {
        return true;
    }
    let Some(rest) = after.strip_prefix([' ', '\u{a0}']) else { return false };
    let first = plain(rest.split_whitespace().next().unwrap_or_default());
    if !FIRST.has(&first) && !words::is_saying(&first) {
        return false;
    }
    let phrase = phrase(rest);
    let second = phrase.split(' ').nth(1).unwrap_or_default();
    // `said on Monday in a statement`
    let says = words::is_saying(&first) || matches!(first.as_str(), "a" | "has") && words::is_verb(second);
    if says && STATEMENTS.iter().any(|statement| phrase.contains(statement)) || is_silent(&phrase) {
        return true;
    }
    let Some(opening) = opening(before).trim_end().strip_suffix(',') else { return false };
    let opening = plain(opening);
    let is_asked = SOUGHT.iter().any(|sought| {
        let rest = opening.strip_prefix(sought).map(|rest| rest.trim_start_matches(['e', 's']));
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    });
    // `In a statement, Target said`
    is_asked || says && STATEMENTS.contains(&opening.as_str())
}

/// Returns whether what stands before a name cites it: `Selon Safran`.
fn is_cited(before: &str) -> bool {
    let mut words = letters::tail(before, BEFORE).split_whitespace().rev().map(str::to_lowercase);
    let last = words.next().filter(|_| before.ends_with([' ', '\u{a0}'])).unwrap_or_default();
    last == "selon" || last == "to" && words.next().is_some_and(|word| word == "according")
}

/// Returns whether a phrase says that nothing was said.
fn is_silent(phrase: &str) -> bool {
    let behind = |formula: &&str| phrase.strip_prefix(*formula).filter(|rest| rest.is_empty() || rest.starts_with(' '));
    if CLOSED.iter().any(|formula| behind(formula).is_some()) {
        return true;
    }
    SILENT.iter().any(|formula| {
        // `declined to comment` is whole, `n'a pas souhaité` goes on.
        let is_whole = formula.ends_with("comment") || formula.ends_with("reached");
        behind(formula).is_some_and(|rest| is_whole || rest.split(' ').any(|word| ASKED.has(word)))
    })
}

/// Returns the words that follow a name in the same sentence, plain and without adverbs.
fn phrase(after: &str) -> String {
    let mut words = Vec::new();
    for word in after.split_whitespace().take(REACH) {
        words.push(plain(word));
        if word.ends_with(['.', ';', '!', '?']) {
            break;
        }
    }
    words.retain(|word| !word.is_empty() && !ADVERBS.has(word));
    words.join(" ")
}

/// Returns words in small letters, with one sort of apostrophe and no signs at the end.
fn plain(words: &str) -> String {
    words.trim_end_matches([',', '.', ';', ':', '"', '”', '»', ')']).to_lowercase().replace('’', "'")
}

/// Returns what opens the sentence that a name goes on with.
fn opening(before: &str) -> &str {
    let near = letters::tail(before, BEFORE);
    near.rsplit(['.', '\n', '!', '?', ';', '"', '”', '»']).next().unwrap_or_default().trim_start()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: bool) {
        let (before, after) = text.split_once('@').unwrap();
        assert_eq!(speaks(before, after), expected, "{text}");
    }

    #[test]
    fn the_formulas_of_agencies_are_read() {
        for text in [
            "@ did not respond to a request for comment.",
            "@ did not immediately respond to requests for comment.",
            "@ didn’t reply to an email.",
            "@ declined to comment.",
            "It rose. @ could not be reached for comment.",
            "@ was not immediately available for comment.",
            "@ n'a pas souhaité faire de commentaire.",
            "@ n’a pas répondu dans l'immédiat à nos sollicitations.",
            "@ s'est refusé à tout commentaire",
            "Contacté, @ n'a pas réagi.",
            "Contactée par l'agence, @ n'a pas réagi.",
            "@ said on Monday in a statement.",
            "@ a indiqué dans un communiqué que",
            "In a statement, @ said it would appeal.",
            "Selon @, la demande reste solide.",
            "Demand is firm, according to @. The",
        ] {
            check(text, true);
        }
    }

    #[test]
    fn what_is_not_said_to_the_press_is_none() {
        for text in [
            "@",
            "@ declined.",
            "@ declined to 5 percent.",
            "@ did not respond to treatment.",
            "@ was not available.",
            "@ n'a pas souhaité venir.",
            "@ in a statement.",
            "@ said no. It was in a statement.",
            "In a statement on @ said the minister",
            "Contact, @ n'a pas réagi.",
            "Contacté, @",
            "Contacté, @ et la ville",
            "Selon @ et la ville,",
            "He came to @, and left.",
            "@-backed did not respond to a request",
        ] {
            check(text, false);
        }
    }
}
