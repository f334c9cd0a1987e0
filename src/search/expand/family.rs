//! The family of a word: every form of the vocabulary that it may stand as in an article, with what each
//! counts.

use rustc_hash::FxHashMap;

use super::{Expander, is_common, words_of};
use crate::analysis::{
    Token, canonical_numbers, fold, has_article, inflection_root, inflections, is_function_word, is_number,
    is_quantity, is_same_number,
};
use crate::article::Language;
use crate::query::TextField;
use crate::search::plan::{Family, Form, Kin, Phrase, Plan};
use crate::vocabulary::derived_stems;

// What forms weigh that are not the one typed; `docs/relevance.md` has what the weights were chosen on.
/// Another spelling of the same number.
const SAME_NUMBER: f32 = 0.95;
/// The same fold: other accents.
const SAME_FOLD: f32 = 0.9;
/// The same fold with accents that contradict those typed: another word, most likely.
const OTHER_ACCENTS: f32 = 0.3;
/// Another number or gender of the same word.
const INFLECTED: f32 = 0.8;
/// The same stem.
const SAME_STEM: f32 = 0.6;
/// A stem of the same family of words.
const DERIVED: f32 = 0.4;
/// The least letters of a verb's form in `-e`.
const SHORTEST_VERB: usize = 4;
/// What the score of a function word counts for.
pub(super) const COMMON_BOOST: f32 = 0.2;

impl Expander<'_> {
    /// Returns the family, or, beside it, what a word may have been typed for: `cac40` for `CAC 40`, `ecommerce`
    /// for `e-commerce`; and `glued`, the word with its article, as names are typed without their apostrophe.
    pub(super) fn with_other_readings(&self, family: Family, glued: Option<Family>) -> Plan {
        let form = family.forms.first().map(|form| form.text.clone()).unwrap_or_default();
        let mut readings = Vec::new();
        if let Some((first, second)) = parted(&form).or_else(|| prefixed(&form)).or_else(|| with_particle(&form)) {
            let slots = [first, second].map(|part| self.family(part, part, family.field));
            if slots.iter().all(|slot| self.is_known(slot)) {
                let slots = (0..).zip(slots).collect();
                readings.push(Plan::Phrase(Phrase { slots, field: family.field, boost: 1.0 }));
            }
        }
        readings.extend(glued.filter(|glued| self.is_known(glued)).map(Plan::Family));
        if readings.is_empty() {
            return Plan::Family(family);
        }
        readings.insert(0, Plan::Family(family));
        Plan::Best(readings)
    }

    /// Returns another reading of a phrase with a number behind a word: `le CAC40 recule` for `le CAC 40 recule`.
    pub(super) fn phrase_with_joined_number(
        &self,
        text: &str,
        tokens: &[Token],
        field: Option<TextField>,
    ) -> Option<Plan> {
        let is_joined = |pair: &&[Token]| {
            let gap = &text[pair[0].end..pair[1].start];
            (gap.chars().all(char::is_whitespace) || matches!(gap, "-" | "\u{2010}" | "\u{2011}"))
                && self.joined_number(text, &pair[0], &pair[1], field).is_some()
        };
        let pair = tokens.windows(2).find(is_joined)?;
        let joined = [&text[..pair[0].end], &text[pair[1].start..]].concat();
        let tokens: Vec<Token> = words_of(&joined).collect();
        Some(match tokens.as_slice() {
            [token] => Plan::Family(self.family(&token.text, &joined, field)),
            tokens => self.phrase_of(&joined, tokens, field, false),
        })
    }

    /// Returns another reading of a phrase with letters and digits in one: `le CAC 40 recule` for `le CAC40 recule`.
    pub(super) fn phrase_with_parted_number(
        &self,
        text: &str,
        tokens: &[Token],
        field: Option<TextField>,
    ) -> Option<Plan> {
        let is_known = |part: &&str| self.is_known(&self.family(part, part, field));
        let (token, (first, second)) = tokens.iter().find_map(|token| Some((token, parted(&token.text)?)))?;
        [first, second].iter().all(is_known).then_some(())?;
        let parted = [&text[..token.start], first, " ", second, &text[token.end..]].concat();
        let tokens: Vec<Token> = words_of(&parted).collect();
        Some(self.phrase_of(&parted, &tokens, field, false))
    }

    /// Returns what a word and the number after it, or before it, are written as in one, if articles have that: `cac40` for
    /// `CAC 40`, `5g` for `5 G`.
    pub(super) fn joined_number(
        &self,
        text: &str,
        first: &Token,
        second: &Token,
        field: Option<TextField>,
    ) -> Option<Family> {
        let (word, number) = if is_number(&first.text) { (second, first) } else { (first, second) };
        let is_word = word.text.chars().all(char::is_alphabetic);
        // `A 380`: a letter typed as a capital is no function word.
        let is_letter = word.text.len() == 1 && text[word.start..].starts_with(char::is_uppercase);
        let is_common = || !is_letter && is_function_word(&fold(&word.text), &self.languages);
        if !is_word || !is_number(&number.text) || is_common() {
            return None;
        }
        let family = self.family(&[&*first.text, &second.text].concat(), &text[first.start..second.end], field);
        self.is_known(&family).then_some(family)
    }

    /// Returns the family of `form`, which was typed as `typed`.
    pub(super) fn family(&self, form: &str, typed: &str, field: Option<TextField>) -> Family {
        let folded = fold(form);
        let acronym = is_acronym(typed);
        let mut forms = Forms::default();
        forms.add(Form::whole(form.to_owned(), Kin::Typed));
        let same_fold = self.vocabulary.with_fold(&folded);
        if form == "1" && self.languages.contains(&Language::French) {
            // `1 janvier` is written `1er janvier`.
            forms.extend(vec!["1er".to_owned()], INFLECTED, Kin::Number);
        }
        for value in canonical_numbers(form) {
            let is_same = |other: &String| is_quantity(other) || is_same_number(form, other);
            let same = self.vocabulary.with_number(&value).into_iter().filter(is_same);
            forms.extend(same.collect(), SAME_NUMBER, Kin::Number);
        }
        if self.stems && !acronym {
            self.add_inflected(form, &folded, &same_fold, &mut forms);
        }
        for other in same_fold {
            // A name typed in one with its article, as addresses have it: the same letters.
            let weight = if has_article(&other) && other.replacen('\'', "", 1) == form {
                1.0
            } else if has_other_accents(form, &other) && self.vocabulary.contains(form) {
                OTHER_ACCENTS
            } else {
                SAME_FOLD
            };
            forms.add(Form { text: other, weight, kin: Kin::Accents });
        }
        let common = is_common(&folded, typed, &self.languages);
        let boost = if common { COMMON_BOOST } else { 1.0 };
        Family { typed: typed.to_owned(), forms: forms.list, field, boost, common, ..Family::default() }
    }

    /// Adds the inflections of a word, what has its stem, and what is derived from it.
    fn add_inflected(&self, form: &str, folded: &str, same_fold: &[String], forms: &mut Forms) {
        let root = inflection_root(form);
        let is_accented = !form.is_ascii() && self.vocabulary.contains(form);
        for language in &self.languages {
            let spellings = same_fold.iter().map(String::as_str).chain([form]);
            // Most spellings of a word have one stem.
            let mut stems = Vec::new();
            let plural = (*language == Language::French).then(|| self.third_singular(form)).flatten();
            for stem in spellings.chain(plural.as_deref()).filter_map(|form| self.stemmers.stem(form, *language)) {
                if !stems.contains(&stem) {
                    stems.push(stem);
                }
            }
            let typed_function_word = is_function_word(folded, &[*language]);
            for stem in stems {
                for other in self.vocabulary.with_stem(*language, &stem) {
                    let (weight, kin) = match inflection_root(&other) == root {
                        true if is_accented && has_other_accents(form, &other) => (OTHER_ACCENTS, Kin::Accents),
                        true => (INFLECTED, Kin::Inflection),
                        // `sera` is no form of `série`, nor `comme` of `commissions`.
                        false if !typed_function_word && is_function_word(&fold(&other), &[*language]) => continue,
                        false => (SAME_STEM, Kin::Stem),
                    };
                    if *language == Language::French
                        && let Some(plural) = self.third_plural(&other)
                    {
                        forms.add(Form { text: plural, weight: SAME_STEM, kin: Kin::Stem });
                    }
                    forms.add(Form { text: other, weight, kin });
                }
                for derived in derived_stems(&stem, *language) {
                    forms.extend(self.vocabulary.with_stem(*language, derived), DERIVED, Kin::Derivation);
                }
            }
        }
        for inflection in inflections(folded) {
            // Most of them their stem has told already.
            if forms.has(&inflection) {
                continue;
            }
            for other in self.vocabulary.with_fold(&inflection) {
                if !(is_accented && has_other_accents(form, &other)) {
                    forms.add(Form { text: other, weight: INFLECTED, kin: Kin::Inflection });
                }
            }
        }
    }

    /// Returns the form in `-e` of a French verb in the present plural, `augmente` of `augmentent`, which the stemmer
    /// leaves as it is; where the index has it, since nouns end so, too.
    fn third_singular(&self, form: &str) -> Option<String> {
        let singular = form.strip_suffix("nt").filter(|rest| rest.len() >= SHORTEST_VERB && rest.ends_with('e'))?;
        self.vocabulary.contains(singular).then(|| singular.to_owned())
    }

    /// Returns the present plural of a form of a French verb in `-e`, where the index has it.
    fn third_plural(&self, form: &str) -> Option<String> {
        let may_be = form.len() >= SHORTEST_VERB && form.ends_with('e');
        may_be.then(|| format!("{form}nt")).filter(|plural| self.vocabulary.contains(plural))
    }

    /// Returns the family of a form that is meant exactly.
    pub(super) fn exact(&self, form: &str, typed: &str, field: Option<TextField>) -> Family {
        Family {
            typed: typed.to_owned(),
            forms: vec![Form::whole(form.to_owned(), Kin::Typed)],
            field,
            boost: 1.0,
            ..Family::default()
        }
    }

    /// Returns whether any article may have a form of it.
    pub(super) fn is_known(&self, family: &Family) -> bool {
        family.forms.iter().any(|form| self.vocabulary.contains(&form.text))
    }
}

/// Forms with their best weight, in the order in which they were met.
#[derive(Default)]
pub(super) struct Forms {
    pub list: Vec<Form>,
    places: FxHashMap<String, usize>,
}

impl Forms {
    pub fn has(&self, form: &str) -> bool {
        self.places.contains_key(form)
    }

    pub fn add(&mut self, form: Form) {
        match self.places.get(&form.text) {
            Some(at) if self.list[*at].weight < form.weight => self.list[*at] = form,
            Some(_) => {}
            None => {
                self.places.insert(form.text.clone(), self.list.len());
                self.list.push(form);
            }
        }
    }

    pub(super) fn extend(&mut self, forms: Vec<String>, weight: f32, kin: Kin) {
        forms.into_iter().for_each(|text| self.add(Form { text, weight, kin }));
    }
}

/// Returns whether two forms both have accents, and one has an accent on a letter that has none in the other, `e` aside,
/// which changes its own within a verb: `coté` and `côté`, and not `relève` and `relevé`.
fn has_other_accents(a: &str, b: &str) -> bool {
    let is_accented = |form: &str| !form.is_ascii();
    let differ = |(a, b): (char, char)| a.is_ascii() != b.is_ascii() && !"éèêë".contains([a, b]);
    is_accented(a) && is_accented(b) && a.chars().zip(b.chars()).any(differ)
}

/// The most letters and signs of an acronym: longer ones are mostly words typed in capitals.
const ACRONYM: usize = 5;

/// Returns whether a word is typed as an acronym or ticker: short, two capitals or more, no small letter.
pub(super) fn is_acronym(typed: &str) -> bool {
    let capitals = typed.chars().filter(|c| c.is_uppercase()).nth(1).is_some();
    capitals && !typed.chars().any(char::is_lowercase) && typed.chars().nth(ACRONYM).is_none()
}

/// What is written before a word with a hyphen or without, and is hardly a word by itself.
const PREFIXES: &[&str] = &[
    "anti", "auto", "bio", "co", "cyber", "e", "euro", "ex", "extra", "hyper", "infra", "inter", "macro", "mega",
    "meta", "micro", "mini", "mono", "multi", "nano", "neo", "néo", "non", "post", "pre", "pré", "pro", "pseudo",
    "quasi", "re", "semi", "sous", "sub", "super", "tele", "télé", "trans", "ultra", "vice",
];
/// The least letters that follow one, and `e`, as in `email`.
const AFTER_PREFIX: usize = 5;
const AFTER_E: usize = 4;

/// Verbs and particles that English writes in one, with a hyphen or apart: `buyback`, `buy-back`; with the plural's s.
const PARTICLES: &[&str] = &["away", "back", "down", "off", "out", "over", "through", "up"];
const VERBS_BEFORE: &[&str] = &[
    "bail", "break", "build", "buy", "carve", "claw", "crack", "cut", "draw", "fall", "hand", "hold", "lay", "lock",
    "mark", "melt", "pay", "pull", "push", "roll", "sell", "shake", "shut", "sign", "slow", "spin", "stand", "start",
    "take", "trade", "turn", "wind", "write",
];

/// Parts a prefix from the word that follows: `ecommerce`, `covoiturage`.
fn prefixed(form: &str) -> Option<(&str, &str)> {
    let parts = PREFIXES.iter().filter_map(|prefix| Some((*prefix, form.strip_prefix(prefix)?)));
    let least = |prefix: &str| if prefix == "e" { AFTER_E } else { AFTER_PREFIX };
    let long = |prefix, rest: &str| rest.chars().count() >= least(prefix) && rest.chars().all(char::is_alphabetic);
    parts.filter(|(prefix, rest)| long(prefix, rest)).max_by_key(|(prefix, _)| prefix.len())
}

/// Parts a verb from the particle behind it.
fn with_particle(form: &str) -> Option<(&str, &str)> {
    let is_particle = |rest: &str| PARTICLES.contains(&rest);
    let mut parts = VERBS_BEFORE.iter().filter_map(|verb| Some((*verb, form.strip_prefix(verb)?)));
    parts.find(|(_, rest)| is_particle(rest) || rest.strip_suffix('s').is_some_and(is_particle))
}

/// Parts letters from the digits that follow them, or stand before them: `cac40`, `g7`, `s&p500`, `5g`.
fn parted(form: &str) -> Option<(&str, &str)> {
    let is_digit = |c: char| c.is_ascii_digit();
    let begins_with_digit = form.starts_with(is_digit);
    let (first, second) = form.split_at(form.find(|c| is_digit(c) != begins_with_digit)?);
    let (letters, digits) = if begins_with_digit { (second, first) } else { (first, second) };
    let right = letters.chars().all(|c| c.is_alphabetic() || c == '&') && is_number(digits);
    right.then_some((first, second))
}
