//! What companies do, right behind a name: `Delta said`, `Safran va supprimer`, `Puma is cutting`.
//!
//! The list of verbs holds finite forms and participles; infinitives and gerunds are brought back to them behind an
//! auxiliary.

use super::list::List;
use super::{object, words};
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
    // `fournira`, `suspendra`
    if language == Language::French
        && let Some(infinitive) = first.strip_suffix('a').filter(|stem| stem.ends_with('r'))
        && (is_other_form(infinitive) || words::is_verb(&infinitive[..infinitive.len() - 1]))
    {
        return true;
    }
    // `n'a pas annoncé`, `s'effondre`, `se recentre`
    if matches!(first, "n" | "ne" | "s" | "se") {
        // `s'est engagé à`
        let is_past =
            matches!(second, "est" | "était" | "sera") && rest.get(1).is_some_and(|word| is_past_reflexive(word));
        let is_self = matches!(first, "s" | "se") && (words::is_reflexive(second) || is_past);
        return is_self || follows(rest, language);
    }
    if is_phrase(after) {
        return true;
    }
    let is_denied = matches!(second, "pas" | "not");
    let second = if is_denied { rest.get(1).copied().unwrap_or_default() } else { second };
    // `was cancelled`, `est fixé`: what is done to it
    let is_done = matches!(first, "is" | "was") && second.ends_with("ed");
    words::is_auxiliary(first) && !is_done && (words::is_verb(second) || is_other_form(second))
        || first != "est" && words::is_auxiliary(first) && is_participle(second)
}

/// Returns whether a word is the participle of what companies do with themselves: `engagé`, `effondrée`.
fn is_past_reflexive(word: &str) -> bool {
    let stem = word.strip_suffix("ée").or_else(|| word.strip_suffix('é'));
    stem.is_some_and(|stem| words::is_reflexive(&format!("{stem}e")))
}

/// Returns whether a word is the participle of what companies do, in French: `retardé`, `réuni`.
fn is_participle(word: &str) -> bool {
    let of = |ending: &str, finite: &str| {
        word.strip_suffix(ending).is_some_and(|stem| words::is_verb(&format!("{stem}{finite}")))
    };
    of("é", "e") || of("i", "it")
}

/// What stands before the infinitive of what one has just done or is about to do: `vient d'annoncer`, `s'apprête à fermer`.
const LEADS: [(&str, &str); 9] = [
    ("vient", "de"),
    ("envisage", "de"),
    ("envisagerait", "de"),
    ("menace", "de"),
    ("accepte", "de"),
    ("apprête", "à"),
    ("songe", "à"),
    ("songerait", "à"),
    ("cherche", "à"),
];

/// What becomes of companies, as participles.
static BOUGHT: List = List::of(
    "\
racheté rachetée absorbé absorbée privatisé privatisée nationalisé nationalisée scindé scindée démantelé démantelée recapitalisé \
recapitalisée sanctionné sanctionnée acquired bought delisted nationalised nationalized privatised privatized",
);

/// Whom companies ask for something.
static COURTS: List = List::of(
    "\
court courts judge judges tribunal regulator regulators shareholders investors creditors lenders congress fda",
);

/// Returns whether several words tell together what companies do: `est en discussions`, `songerait à vendre`, `is in talks`,
/// `pourrait être racheté`, `asked a court`.
fn is_phrase(after: &[&str]) -> bool {
    match after {
        [first, preposition, infinitive, ..] if LEADS.iter().any(|(lead, _)| lead == first) => {
            let of = if *preposition == "d" { "de" } else { preposition };
            LEADS.contains(&(*first, of)) && is_other_form(infinitive)
        }
        ["est" | "serait" | "entre" | "entrerait", "en", what, ..] => {
            matches!(*what, "discussions" | "négociations" | "pourparlers")
        }
        ["is" | "was" | "are" | "were" | "enters" | "entered", "in" | "into", what, rest @ ..] => {
            let is_talk = |word: &str| matches!(word, "talks" | "discussions" | "negotiations");
            is_talk(what) || rest.first().is_some_and(|word| is_talk(word))
        }
        ["is" | "are" | "was" | "were", "set" | "poised", "to", verb, ..] => is_other_form(verb),
        [first, "être" | "be", done, ..] if words::is_auxiliary(first) || MODALS.contains(first) => {
            words::holds(&BOUGHT, done)
        }
        // `offre 29 euros par action`
        ["offre" | "offrirait", sum, rest @ ..] => {
            let is_price = |words: &[&str]| words[0].starts_with("milli") || words == ["par", "action"];
            sum.starts_with(|c: char| c.is_ascii_digit()) && rest.windows(2).take(4).any(is_price)
        }
        ["asked" | "asks" | "urged" | "urges", rest @ ..] => {
            rest.iter().take(3).any(|word| words::holds(&COURTS, word))
        }
        _ => false,
    }
}

/// What says of a thing alone, in English, that it is the subject.
const SUBJECT: [&str; 7] = ["has", "had", "will", "would", "could", "may", "might"];

/// Returns whether the words behind a name without an article say, in English, what it has or will do, or that it was
/// accused: `Block has more than`, `Target could close`, `Shell was fined`; `Visa is required` says it of a thing.
pub(super) fn has_subject(after: &[&str]) -> bool {
    let [first, rest @ ..] = after else { return false };
    let rest = if rest.first() == Some(&"not") { &rest[1..] } else { rest };
    let [second, rest @ ..] = rest else { return false };
    match *first {
        "is" | "was" => object::is_accused(second),
        "has" | "had" | "will" | "would" if matches!(*second, "be" | "been") => {
            rest.first().is_some_and(|third| object::is_accused(third))
        }
        _ => SUBJECT.contains(first) && second.starts_with(char::is_lowercase),
    }
}

/// Returns whether the words behind a name begin with another name, and with what both do: `et Bosch suppriment`.
pub(super) fn follow_two(after: &[&str], language: Language) -> bool {
    let [conjunction, other, rest @ ..] = after else { return false };
    matches!(*conjunction, "and" | "et")
        && other.starts_with(char::is_uppercase)
        && (follows(rest, language)
            || rest.first().is_some_and(|word| is_plural(word))
            || rest.first() == Some(&"ont") && rest.get(1).is_some_and(|word| words::is_verb(word)))
}

/// Returns whether a word is what several companies do: `suppriment`, `agree`.
pub(super) fn is_plural(word: &str) -> bool {
    match word.strip_suffix("ent") {
        Some(stem) => words::is_verb(stem) || words::is_verb(&format!("{stem}e")),
        None => word.starts_with(char::is_lowercase) && words::is_verb(&format!("{word}s")),
    }
}

/// Returns whether the words behind a name, in English, are an ordinary noun and what it does, which the name but
/// describes: `Amazon deforestation fell`, `Apple growers expect`.
pub(super) fn describes(after: &[&str]) -> bool {
    let [noun, verb, ..] = after else { return false };
    let is_other = [
        words::is_verb,
        words::is_holding,
        words::is_business,
        words::is_auxiliary,
        words::is_form,
        words::is_of,
        words::is_opener,
        words::is_article,
    ];
    noun.len() > 3
        && noun.bytes().all(|byte| byte.is_ascii_lowercase())
        && !["ly", "ed", "ing"].iter().any(|ending| noun.ends_with(ending))
        && !matches!(*noun, "which" | "whose" | "than")
        && !is_other.iter().any(|is| is(noun))
        && (words::is_verb(verb) || MODALS.contains(verb) || is_plural(verb))
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
            "fournira les",
            "supprimera 500",
            "vendra sa",
            "vient d annoncer un",
            "s apprête à fermer deux",
            "songerait à vendre sa",
            "est en discussions exclusives",
            "entre en négociations",
            "envisage de supprimer 300",
            "pourrait être racheté par",
            "is in advanced talks",
            "is set to cut",
            "asked the Supreme Court to",
            "s effondre",
            "s envole de",
            "s est engagé à",
            "se recentre sur",
            "s offre un concurrent",
            "a retardé le lancement",
            "rappelle des pneus",
            "offre 29 euros par action Zodiac",
            "offre 3 milliards d euros",
            "ne versera pas",
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
            "vient d un mot",
            "vient de fêter ses",
            "envisage un voyage",
            "est en fête",
            "entre en gare",
            "pourrait être fermé",
            "is in town",
            "is set to music",
            "asked a friend to",
            "sera là",
            "a ing",
            "offre 20 euros aux joueurs",
            "s appelle",
            "s est tue",
            "se dit",
            "effondre",
            "a midi",
            "was cancelled on",
            "est retardé",
        ] {
            check(after, false);
        }
    }

    #[test]
    fn a_noun_behind_a_name_may_do_something_itself() {
        let does = |after: &str| describes(&after.split(' ').collect::<Vec<_>>());
        assert!(does("deforestation fell by") && does("growers expect revenue") && does("holders must wait"));
        assert!(!does("shares fell") && !does("then said") && !does("said sales") && !does("years") && !does(""));
    }

    #[test]
    fn a_subject_has_something_or_is_accused() {
        let has = |after: &str| has_subject(&after.split(' ').collect::<Vec<_>>());
        for after in
            ["has more than", "could close more", "was fined $10", "has been sued", "will not exit", "will exit"]
        {
            assert!(has(after), "{after}");
        }
        for after in ["was found on", "was 45", "is required", "will be required", "has been set", "will", "said", ""] {
            assert!(!has(after), "{after}");
        }
    }

    #[test]
    fn two_may_do_something_together() {
        let two = |after: &str| follow_two(&after.split(' ').collect::<Vec<_>>(), Language::French);
        assert!(two("et Bosch suppriment") && two("and Bosch will cut") && two("et Bosch ont annoncé"));
        assert!(two("and Bosch agree") && two("et Bosch suspendent"));
        assert!(!two("et Bosch sont") && !two("et les suppriment") && !two("Bosch suppriment") && !two("et"));
    }
}
