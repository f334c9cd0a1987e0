//! What companies do, right behind a name: `Delta said`, `Safran va supprimer`, `Puma is cutting`.
//!
//! The list of verbs holds finite forms and participles; infinitives and gerunds are brought back to them behind an
//! auxiliary.

use super::words;
use crate::article::Language;

/// What a noun has behind it that looks like a verb: `Visa cuts would`, `Delta plans are`.
const MODALS: [&str; 14] =
    ["would", "will", "could", "may", "might", "should", "must", "can", "are", "were", "is", "was", "have", "had"];

/// Returns whether the words behind a name begin with what companies do.
pub(super) fn follows(after: &[&str], language: Language) -> bool {
    let Some((&first, rest)) = after.split_first() else { return false };
    let second = rest.first().copied().unwrap_or_default();
    if words::is_verb(first) {
        // `Visa supprimé`: a participle alone is what is done to it.
        let is_passive = language == Language::French && first.ends_with(['é', 'u']);
        return !(is_passive || first.ends_with('s') && MODALS.contains(&second));
    }
    // `n'a pas annoncé`, `s'effondre`
    if matches!(first, "n" | "s") {
        return follows(rest, language);
    }
    let is_denied = matches!(second, "pas" | "not");
    let second = if is_denied { rest.get(1).copied().unwrap_or_default() } else { second };
    words::is_auxiliary(first) && (words::is_verb(second) || is_other_form(second))
}

/// Returns whether the words behind a name begin with another name, and with what both do: `et Bosch suppriment`.
pub(super) fn follow_two(after: &[&str], language: Language) -> bool {
    let [conjunction, other, rest @ ..] = after else { return false };
    let plural = || {
        rest.first()
            .is_some_and(|word| word.strip_suffix("ent").is_some_and(|stem| words::is_verb(&format!("{stem}e"))))
    };
    matches!(*conjunction, "and" | "et")
        && other.starts_with(char::is_uppercase)
        && (follows(rest, language)
            || plural()
            || rest.first() == Some(&"ont") && rest.get(1).is_some_and(|word| words::is_verb(word)))
}

/// Returns whether a word is an infinitive or a gerund of what companies do.
fn is_other_form(word: &str) -> bool {
    let as_verb = |stem: &str, ending: &str| words::is_verb(&format!("{stem}{ending}"));
    let any = |stem: &str, endings: &[&str]| endings.iter().any(|ending| as_verb(stem, ending));
    if any(word, &["s", "es"]) {
        return true;
    }
    if let Some(stem) = word.strip_suffix("ing") {
        let doubled = stem
            .strip_suffix(|c: char| c.is_ascii_alphabetic())
            .filter(|rest| rest.chars().last() == stem.chars().last());
        return any(stem, &["", "s", "es"]) || doubled.is_some_and(|stem| any(stem, &["s", "es"]));
    }
    word.strip_suffix("er").is_some_and(|stem| any(stem, &["é", "e"]))
        || word.strip_suffix("ir").is_some_and(|stem| any(stem, &["it", "i", "e"]))
        || word.strip_suffix("re").is_some_and(|stem| any(stem, &["", "t"]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(after: &str, expected: bool) {
        let words: Vec<_> = after.split(' ').collect();
        assert_eq!(follows(&words, Language::French), expected, "{after}");
    }

    #[test]
    fn verbs_are_told_in_their_forms() {
        for after in [
            "said on",
            "cuts jobs",
            "will axe 500",
            "is cutting jobs",
            "is raising prices",
            "will launch a",
            "a annoncé",
            "n a pas publié",
            "will not raise",
            "va racheter les",
            "devrait supprimer 500",
            "pourrait vendre sa",
            "va réduire ses",
            "va investir un",
        ] {
            check(after, true);
        }
        for after in [
            "supprimé pour",
            "vendu aux",
            "cuts would",
            "plans are",
            "is king",
            "will thing",
            "a er",
            "to r",
            "year",
            "",
            "va mer",
            "a ing",
        ] {
            check(after, false);
        }
    }

    #[test]
    fn two_may_do_something_together() {
        let two = |after: &str| follow_two(&after.split(' ').collect::<Vec<_>>(), Language::French);
        assert!(two("et Bosch suppriment") && two("and Bosch will cut") && two("et Bosch ont annoncé"));
        assert!(!two("et Bosch sont") && !two("et les suppriment") && !two("Bosch suppriment") && !two("et"));
    }
}
