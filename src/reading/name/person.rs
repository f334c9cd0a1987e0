//! Persons who bear the name of a company: by a title, an office or an age beside the name (`Mr. Dell`, `le député Renault`,
//! `Roche, 21 ans`), and then all through the article, as towns (`le maire de Vittel`) and things (`le Carrefour des métiers`)
//! keep their names.

use rustc_hash::FxHashSet;

use super::around::Around;
use super::list::List;
use super::sign::Sign;
use super::{Candidate, is_place, rows, signs, words};
use crate::article::Language;
use crate::market::names::Class;
use crate::reading::letters;

/// Titles that are cut short or are ordinary words, too, written with a capital.
static SHORT: List = List::of(
    "\
mr mrs ms mx dr prof gov sen rep gen adm lt col capt cmdr maj sgt cpl rev hon st m mm mme mmes mlle mlles me mgr pr \
general major president secretary king queen prince princess pope",
);

/// Titles in full, and the offices and trades of persons.
static OFFICES: List = List::of(
    "\
sir lord lady monsieur madame mademoiselle maître miss \
senator congressman congresswoman lawmaker assemblyman councilman councilwoman governor mayor minister ambassador chancellor \
judge prosecutor attorney lawyer sheriff detective lieutenant colonel sergeant captain admiral marshal bishop cardinal pastor \
priest rabbi professor doctor physician surgeon historian coach actor actress singer writer novelist author poet painter \
goalkeeper striker midfielder quarterback boxer golfer goddess god \
député députée sénateur sénatrice ministre maire préfet préfète gouverneur gouverneure ambassadeur ambassadrice chancelier \
chancelière juge magistrat magistrate procureur procureure avocat avocate notaire huissier commissaire inspecteur inspectrice \
capitaine lieutenante colonelle commandant commandante adjudant brigadier sergent caporal amiral maréchal gendarme policier \
policière pompier entraîneur entraîneuse sélectionneur footballeur footballeuse nageur nageuse boxeur boxeuse athlète acteur \
actrice comédien comédienne chanteur chanteuse musicien musicienne pianiste écrivain écrivaine romancier romancière poète \
cinéaste peintre sculpteur sculptrice journaliste professeur professeure docteur docteure médecin chirurgien chirurgienne \
infirmier infirmière psychologue historien historienne sociologue philosophe évêque abbé curé imam rabbin pasteur \
déesse dieu",
);

/// How long a title and what stands before it are at most, in bytes.
const LONGEST: usize = 40;

/// What an office of old or of second rank begins with: `ex-député`.
const PREFIXES: [&str; 3] = ["ex-", "vice-", "co-"];

/// Returns whether the title or the office of a person ends a text with nothing but a space behind it.
pub(super) fn ends_in_title(before: &str) -> bool {
    let Some(head) = before.strip_suffix(letters::SPACES) else { return false };
    let head = head.strip_suffix('.').unwrap_or(head);
    let word = last_word(head);
    if word.starts_with(char::is_uppercase) && words::holds(&SHORT, word) {
        return true;
    }
    let office = PREFIXES.iter().find_map(|prefix| word.strip_prefix(prefix)).unwrap_or(word);
    // `le tribunal juge Orange`
    let is_verb = || {
        let before = last_word(head[..head.len() - word.len()].trim_end_matches(letters::SPACES));
        office == "juge" && !(words::is_article(before) || before == "ancien" || before == "ancienne")
    };
    words::holds(&OFFICES, office) && !is_verb()
}

/// Returns the word that a text ends in.
fn last_word(text: &str) -> &str {
    letters::tail(text, LONGEST).rsplit(|c: char| !c.is_alphanumeric() && c != '-').next().unwrap_or_default()
}

/// Returns whether a text begins with the age of the person whose name stands before it: `, 21 ans,`, `, 45, said`,
/// `, aged 45`, ` (45 ans)`.
pub(super) fn begins_with_age(after: &str) -> bool {
    let Some(rest) = after.strip_prefix(", ").or_else(|| after.strip_prefix(" (")) else { return false };
    let told = ["aged ", "age ", "âgé de ", "âgée de "].into_iter().find_map(|word| rest.strip_prefix(word));
    let digits = told.unwrap_or(rest);
    let length = digits.bytes().take_while(u8::is_ascii_digit).count();
    if !matches!(length, 1 | 2) {
        return false;
    }
    let rest = digits[length..].trim_start_matches(letters::SPACES);
    let ends = |rest: &str| rest.is_empty() || rest.starts_with([',', '.', ';', ')', ':', '\n']);
    match rest.strip_prefix("ans") {
        Some(rest) => ends(rest),
        // `Safran, 45, Thales, 12`
        None => {
            let next = rest.strip_prefix(", ").and_then(|rest| rest.chars().next());
            told.is_some() && ends(rest) || length == 2 && next.is_some_and(char::is_lowercase)
        }
    }
}

/// Marks what is the name of a person, a town or a thing elsewhere in the article, unless the company is surely named
/// there, too. Where the person is named first, a sure name alone does not say so: `Susan Dell won. Dell was glad.` A
/// headline that has but the surname follows the text: `Dell re-elected`.
pub(super) fn mark(found: &mut [Vec<Candidate>; 2], texts: [&str; 2], around: &[Around<'_>; 2], language: Language) {
    mark_towns(found, texts, around, language);
    let is_thing = |it: &Candidate| it.class == Class::Word && it.signs.has(Sign::Tied);
    let is_other =
        |it: &Candidate| !it.accepted && (it.signs.has(Sign::NameBefore) || it.signs.has(Sign::Title) || is_thing(it));
    if !found.iter().flatten().any(is_other) {
        return;
    }
    let (mut seen, mut first): (FxHashSet<&str>, FxHashSet<&str>) = Default::default();
    for (at, (candidates, text)) in found.iter_mut().zip(texts).enumerate() {
        for candidate in candidates.iter_mut() {
            let Some(name) = text.get(candidate.start..candidate.end).filter(|name| !name.contains(' ')) else {
                continue;
            };
            let names_first = || {
                let signs = candidate.signs.with(signs::read(candidate, &around[at], language));
                signs.are_of_its_own() || signs.has(Sign::Code) || signs.has(Sign::Verb) && signs.has(Sign::Business)
            };
            if at == HEADLINE && !is_other(candidate) && !names_first() {
                continue;
            }
            // Brands have things before them, such as models and colours, and few persons bear them.
            if seen.insert(name) && !candidate.brand && is_other(candidate) {
                first.insert(name);
            }
        }
    }
    // What is sure by itself has not been looked at closely.
    for ((candidates, text), around) in found.iter_mut().zip(texts).zip(around) {
        for candidate in candidates.iter_mut().filter(|it| it.class == Class::Sure && it.accepted) {
            if text.get(candidate.start..candidate.end).is_some_and(|name| first.contains(name)) {
                candidate.signs = candidate.signs.with(signs::read(candidate, around, language));
            }
        }
    }
    let mut sure: FxHashSet<_> = FxHashSet::default();
    for (candidates, text) in found.iter().zip(texts) {
        let is_sure = |it: &&Candidate| {
            let name = text.get(it.start..it.end).unwrap_or_default();
            let alone = it.class == Class::Sure && !it.signs.has(Sign::NameBefore) && !first.contains(name);
            it.accepted && (alone || it.signs.are_of_its_own() || it.signs.has(Sign::Code))
        };
        sure.extend(candidates.iter().filter(is_sure).map(Candidate::company));
    }
    let is_person = |it: &Candidate| is_other(it) && !sure.contains(&it.company());
    let mut persons: FxHashSet<&str> = FxHashSet::default();
    for (candidates, text) in found.iter().zip(texts) {
        // Who is joined with a company is one: `Rivals Snap and Pinterest`.
        let is_joined = |at: usize| rows::beside_company(candidates, at, text) == Some(Sign::Joined);
        let names = candidates.iter().enumerate().filter(|(at, it)| is_person(it) && !is_joined(*at));
        persons.extend(names.filter_map(|(_, it)| text.get(it.start..it.end)));
    }
    for (candidates, text) in found.iter_mut().zip(texts) {
        for candidate in candidates {
            if text.get(candidate.start..candidate.end).is_some_and(|name| persons.contains(name)) {
                candidate.signs.add(Sign::Person);
                candidate.accepted = candidate.signs.suffice(candidate.class);
            }
        }
    }
}

/// Which of the two texts is the headline.
const HEADLINE: usize = 0;

/// Marks the names of towns all through the article, in any letter case, unless something stands beside one of them that
/// companies have: `WHEATON, Ill. (AP) - Wheaton schools closed`, `La commune de Vittel se mobilise`.
fn mark_towns(found: &mut [Vec<Candidate>; 2], texts: [&str; 2], around: &[Around<'_>; 2], language: Language) {
    let mut towns: FxHashSet<String> = FxHashSet::default();
    for ((candidates, text), around) in found.iter().zip(texts).zip(around) {
        for candidate in candidates.iter().filter(|it| !it.accepted) {
            let is_town = candidate.signs.has(Sign::Place) && is_place(candidate, around)
                || signs::is_of_municipality(candidate, around);
            if is_town {
                towns.extend(text.get(candidate.start..candidate.end).map(str::to_lowercase));
            }
        }
    }
    if towns.is_empty() {
        return;
    }
    let is_town = |it: &Candidate, text: &str| {
        text.get(it.start..it.end).is_some_and(|name| towns.contains(&name.to_lowercase()))
    };
    for ((candidates, text), around) in found.iter_mut().zip(texts).zip(around) {
        // What is sure by itself has not been looked at closely.
        for candidate in candidates.iter_mut().filter(|it| it.class == Class::Sure && it.accepted && is_town(it, text))
        {
            candidate.signs = candidate.signs.with(signs::read(candidate, around, language));
        }
    }
    let does_business =
        |it: &Candidate| it.class == Class::Sure && it.signs.has(Sign::Verb) && it.signs.has(Sign::Business);
    let is_sure =
        |it: &&Candidate| it.accepted && (it.signs.are_of_its_own() || it.signs.has(Sign::Code) || does_business(it));
    let sure: FxHashSet<_> = found.iter().flatten().filter(is_sure).map(Candidate::company).collect();
    for (candidates, text) in found.iter_mut().zip(texts) {
        for candidate in candidates.iter_mut().filter(|it| !sure.contains(&it.company()) && is_town(it, text)) {
            candidate.signs.add(Sign::Person);
            candidate.accepted = candidate.signs.suffice(candidate.class);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_and_offices_stand_before_persons() {
        for text in [
            "said Mr. ",
            "Mr ",
            "and Gov. ",
            "Rep. ",
            "M. ",
            "Me ",
            "Le député ",
            "l’ex-ministre ",
            "Texas governor ",
            "le juge ",
            "l’ancien juge ",
            "Maître\u{a0}",
        ] {
            assert!(ends_in_title(text), "{text}");
        }
        for text in ["", "Mr.", "told me ", "le tribunal juge ", "the group ", "le rep ", "vitamin C. ", "le PDG "] {
            assert!(!ends_in_title(text), "{text}");
        }
    }

    #[test]
    fn an_age_stands_behind_persons() {
        for text in [", 21 ans, étudiante", ", 45, said", ", aged 45", ", âgée de 32 ans.", " (45 ans)", ", 7 ans"] {
            assert!(begins_with_age(text), "{text}");
        }
        for text in
            ["", ", 30 ans d’histoire", ", 120 ans,", ", 45, Thales", ", 45", " 21 ans", ", 21 euros", ", 3, said", ","]
        {
            assert!(!begins_with_age(text), "{text}");
        }
    }
}
