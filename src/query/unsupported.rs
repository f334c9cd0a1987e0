//! What the query language will have and telex does not answer yet: proximity, wildcards, fuzzy
//! words, regular expressions, weights.
//!
//! Each is recognized and refused with its place, because a query that is silently made into another
//! one lies about what it found. When one of them is built, its row moves from here to the grammar.

use std::ops::Range;

use crate::error::{Error, Result};

/// Operators of distance, written `NEAR/5`.
static PROXIMITY: [&str; 5] = ["NEAR", "ONEAR", "ADJ", "PRE", "W"];

/// Operators of place: same sentence, same paragraph.
static PLACE: [&str; 2] = ["W/S", "W/P"];

/// Functions, written `ATLEAST3(…)`, `FIRST/50(…)`, `CAPS(…)`.
static FUNCTIONS: [&str; 4] = ["ATLEAST", "FIRST", "CAPS", "NOSTEM"];

/// A word and what touches it.
pub(super) struct Neighbors {
    /// Whether a quotation mark or a bracket closes just before it.
    pub closes_before: bool,
    /// Whether a bracket opens just after it.
    pub opens_after: bool,
}

/// Checks that the word at `span` of `text` asks for nothing that telex cannot do. A star at its end
/// is not looked at: that is a prefix.
///
/// # Errors
/// A query error that points at what is not supported.
pub(super) fn refuse(text: &str, span: &Range<usize>, neighbors: &Neighbors) -> Result<()> {
    let word = &text[span.clone()];
    let error = |what: &str, from: usize, to: usize| {
        let place = span.start + from..span.start + to;
        let shown = &text[place.clone()];
        Err(Error::query(format!("telex does not support {what} yet: `{shown}`"), text, place))
    };
    let quote = format!("to search for it as text, put it between quotation marks: `\"{word}\"`");
    // An address holds every sign.
    if word.contains("//") {
        return Ok(());
    }
    if neighbors.closes_before && word.starts_with(['~', '^']) {
        return error("this sign after a phrase or a group", 0, 1).map_err(|e| e.hint("leave it out"));
    }
    if is_proximity(word) {
        return error("proximity operators", 0, word.len()).map_err(|e| e.hint(quote));
    }
    if neighbors.opens_after && is_function(word) {
        return error("functions", 0, word.len()).map_err(|e| e.hint("put a space before `(` to search for the word"));
    }
    let regex =
        neighbors.opens_after || word.ends_with('/') || word.contains(['[', '\\', '+', '.', '*', '?', '|', '{']);
    if word.len() > 2 && word.starts_with('/') && regex {
        return error("regular expressions", 0, word.len()).map_err(|e| e.hint(quote));
    }
    for (sign, what) in [('~', "fuzzy words"), ('^', "weights")] {
        if let Some(at) = word.rfind(sign)
            && word[..at].ends_with(|c: char| c.is_alphanumeric() || c == '*')
            && word[at + 1..].chars().all(|c| c.is_ascii_digit() || ".,;?!".contains(c))
        {
            return error(what, at, word.len()).map_err(|e| e.hint(format!("write `{}`", &word[..at])));
        }
    }
    let mut between = word.char_indices().filter(|(at, c)| {
        *c == '?'
            && word[..*at].ends_with(char::is_alphanumeric)
            && word[at + 1..].starts_with(|c: char| c.is_alphanumeric() || c == '*')
    });
    if let Some((at, _)) = between.next() {
        return error("`?` inside a word", at, at + 1)
            .map_err(|e| e.hint("write the beginning and a star, such as `acqui*`, or a space after a question mark"));
    }
    Ok(())
}

fn is_proximity(word: &str) -> bool {
    let Some((name, distance)) = word.split_once('/') else { return false };
    let numbered = !distance.is_empty() && distance.bytes().all(|b| b.is_ascii_digit());
    PLACE.contains(&word) || numbered && PROXIMITY.iter().any(|known| known.eq_ignore_ascii_case(name))
}

fn is_function(word: &str) -> bool {
    let name = word.trim_end_matches(|c: char| c.is_ascii_digit());
    FUNCTIONS.contains(&name.strip_suffix('/').unwrap_or(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(word: &str, closes_before: bool, opens_after: bool) -> bool {
        refuse(word, &(0..word.len()), &Neighbors { closes_before, opens_after }).is_err()
    }

    #[test]
    fn what_is_not_built_is_refused() {
        for word in [
            "fuson~",
            "fusion~1",
            "taux^2",
            "NEAR/3",
            "w/3",
            "ADJ/12",
            "W/S",
            "W/P",
            "/fusion/",
            "/fus.on",
            "finan?ement",
        ] {
            assert!(refused(word, false, false), "{word}");
        }
        assert!(refused("~3", true, false));
        assert!(refused("ATLEAST3", false, true));
        assert!(refused("FIRST/50", false, true));
    }

    #[test]
    fn text_that_looks_a_little_like_it_is_let_through() {
        for word in
            ["~5", "^GSPC", "24/7", "km/h", "w/o", "w/s", "spams?", "http://a.fr/?b=c~1", "NEAR", "and/or", "a/b/"]
        {
            assert!(!refused(word, false, false), "{word}");
        }
        assert!(!refused("CAPS", false, false));
        assert!(!refused("Apple", false, true));
    }
}
