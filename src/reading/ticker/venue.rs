//! Networks on which something is said: `écrit-il sur Facebook`, `in a post on X`. They are named, and nothing is told of
//! them.

use crate::article::Span;

/// Networks on which people publish, in small letters.
const NETWORKS: [&str; 16] = [
    "facebook",
    "instagram",
    "twitter",
    "x",
    "youtube",
    "linkedin",
    "snapchat",
    "whatsapp",
    "tiktok",
    "telegram",
    "reddit",
    "pinterest",
    "twitch",
    "messenger",
    "threads",
    "bluesky",
];

/// What stands before a place where something is said.
const AT: [&str; 3] = ["on", "sur", "via"];

/// What stands between several.
const JOINTS: [&str; 5] = ["and", "et", "or", "ou", "&"];

/// How many words are looked back at.
const FURTHEST: usize = 12;

/// Returns whether a network stands at a place of a text, and something is said on it.
pub(super) fn is_venue(text: &str, span: &Span) -> bool {
    if !text.get(span.start..span.end).is_some_and(is_network) {
        return false;
    }
    let words = text[..span.start].rsplit(|c: char| c.is_whitespace()).filter(|word| !word.is_empty());
    // `sur Facebook et Instagram`, `on Facebook, YouTube and X`
    for word in words.take(FURTHEST) {
        if AT.iter().any(|at| word.eq_ignore_ascii_case(at)) {
            return true;
        }
        if !JOINTS.contains(&word) && !is_network(word.trim_end_matches(',')) {
            return false;
        }
    }
    false
}

fn is_network(word: &str) -> bool {
    NETWORKS.iter().any(|network| word.eq_ignore_ascii_case(network))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, name: &str, expected: bool) {
        let start = text.rfind(name).unwrap();
        assert_eq!(is_venue(text, &Span { headline: false, start, end: start + name.len() }), expected, "{text}");
    }

    #[test]
    fn something_is_said_on_a_network() {
        check("« Merci », écrit-il sur Facebook.", "Facebook", true);
        check("In a post on X, he said", "X", true);
        check("des images sur Facebook, Twitter et Instagram", "Instagram", true);
        check("Facebook", "Facebook", false);
        check("L'enquête sur Worldline", "Worldline", false);
        check("La Commission menace Facebook et Instagram", "Instagram", false);
        check("Le titre de YouTube", "YouTube", false);
    }
}
