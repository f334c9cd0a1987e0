//! Which forms a typed word or pattern stands for, told by trying each form: what [`crate::brute`] knows in the
//! place of a vocabulary.

use telex::analysis::{
    Stemmers, canonical_numbers, fold, inflection_root, inflections as inflections_of, is_function_word, is_quantity,
    is_same_number,
};
use telex::article::Language;
use telex::vocabulary::derived_stems;

/// What is written before a word with a hyphen, a space or nothing between (docs/query.md).
const PREFIXES: &str = "anti auto bio co cyber e euro ex extra hyper infra inter macro mega meta micro mini mono multi \
    nano neo néo non post pre pré pro pseudo quasi re semi sous sub super tele télé trans ultra vice";

/// Verbs and particles that are written in one or in two.
const VERBS: &str = "bail break build buy carve claw crack cut draw fall hand hold lay lock mark melt pay pull push roll \
    sell shake shut sign slow spin stand start take trade turn wind write";
const PARTICLES: &str = "away back down off out over through up";

/// The family of a word typed in small letters.
pub struct Kin<'a> {
    typed: String,
    languages: Vec<Language>,
    forms: &'a [String],
    stemmers: &'a Stemmers,
    /// The stems of every spelling of the word, and those derived from them.
    stems: Vec<(Language, String)>,
    derived: Vec<(Language, String)>,
    /// Its folds in another number or gender.
    inflections: Vec<String>,
}

impl Kin<'_> {
    pub fn of<'a>(
        typed: &str,
        forms: &'a [String],
        stemmers: &'a Stemmers,
        languages: &[Language],
        stems: bool,
    ) -> Kin<'a> {
        let (typed, languages) = (typed.to_owned(), languages.to_vec());
        let (stem_of, derived, inflections) = (Vec::new(), Vec::new(), Vec::new());
        let mut kin = Kin { typed, languages, forms, stemmers, stems: stem_of, derived, inflections };
        if !stems {
            return kin;
        }
        kin.inflections = inflections_of(&fold(&kin.typed));
        let folded = fold(&kin.typed);
        let same = forms.iter().map(String::as_str).filter(|form| fold(form) == folded && !is_quantity(form));
        let spellings: Vec<&str> = same.chain([kin.typed.as_str()]).collect();
        let singular = kin.typed.strip_suffix("nt").filter(|singular| kin.is_present(singular));
        for language in &kin.languages {
            let singular = singular.filter(|_| *language == Language::French);
            for spelling in spellings.iter().copied().chain(singular) {
                let Some(stem) = stemmers.stem(spelling, *language) else { continue };
                kin.derived.extend(derived_stems(&stem, *language).map(|derived| (*language, derived.to_owned())));
                kin.stems.push((*language, stem));
            }
        }
        kin
    }

    /// Returns whether a form of a verb in `-e` stands in some article.
    fn is_present(&self, singular: &str) -> bool {
        singular.len() >= 4 && singular.ends_with('e') && self.forms.iter().any(|form| form == singular)
    }

    pub fn has(&self, form: &str) -> bool {
        let (folded, typed) = (fold(form), fold(&self.typed));
        let is_of = |stems: &[(Language, String)], form: &str| {
            let of =
                |(language, stem): &&(Language, String)| self.stemmers.stem(form, *language).as_ref() == Some(stem);
            stems.iter().filter(of).map(|(language, _)| *language).collect::<Vec<_>>()
        };
        // A function word is in no family by its stem.
        let is_kin = |form: &str, language: &Language| {
            is_function_word(&typed, &[*language])
                || inflection_root(form) == inflection_root(&self.typed)
                || !is_function_word(&fold(form), &[*language])
        };
        let by_stem =
            |form: &str| is_of(&self.stems, form).into_iter().filter(|language| is_kin(form, language)).collect();
        let by_plural = || {
            let singular = form.strip_suffix("nt").filter(|singular| self.is_present(singular));
            let languages: Vec<Language> = singular.map(by_stem).unwrap_or_default();
            languages.contains(&Language::French)
        };
        let by_stem: Vec<Language> = by_stem(form);
        folded == typed
            || is_same_number(&self.typed, form)
            || self.typed == "1" && form == "1er" && self.languages.contains(&Language::French)
            || !is_quantity(form)
                && (self.inflections.contains(&folded)
                    || !by_stem.is_empty()
                    || !is_of(&self.derived, form).is_empty()
                    || by_plural())
    }
}

/// Returns the two words that a word is also read as: `cac` and `40`, `e` and `commerce`.
pub fn in_two(word: &str) -> Option<(&str, &str)> {
    let letters = |text: &str, least| text.chars().count() >= least && text.chars().all(char::is_alphabetic);
    if let Some(at) = word.find(|c: char| c.is_ascii_digit()) {
        let (first, second) = word.split_at(at);
        return (letters(&first.replace('&', "s"), 2) && !canonical_numbers(second).is_empty())
            .then_some((first, second));
    }
    let parts = PREFIXES.split_whitespace().filter_map(|prefix| Some((prefix, word.strip_prefix(prefix)?)));
    let least = |prefix: &str| if prefix == "e" { 4 } else { 5 };
    let prefixed = parts.filter(|(prefix, rest)| letters(rest, least(prefix))).max_by_key(|(prefix, _)| prefix.len());
    prefixed.or_else(|| {
        let verbs = VERBS.split_whitespace().filter_map(|verb| Some((verb, word.strip_prefix(verb)?)));
        let is_particle = |rest: &str| PARTICLES.split(' ').any(|particle| rest == particle);
        verbs.into_iter().find(|(_, rest)| is_particle(rest) || rest.strip_suffix('s').is_some_and(is_particle))
    })
}

/// Matches `*` and `?` by trying everything.
pub fn wildcard(pattern: &[char], form: &[char]) -> bool {
    match pattern.split_first() {
        None => form.is_empty(),
        Some(('*', rest)) => (0..=form.len()).any(|at| wildcard(rest, &form[at..])),
        Some((c, rest)) => {
            form.split_first().is_some_and(|(f, others)| (*c == '?' || c == f) && wildcard(rest, others))
        }
    }
}

/// Returns how many letters must be added, dropped or changed.
pub fn edits(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, c) in a.iter().enumerate() {
        let mut before = std::mem::replace(&mut row[0], i + 1);
        for (j, d) in b.iter().enumerate() {
            let change = before + usize::from(c != d);
            before = row[j + 1];
            row[j + 1] = change.min(before + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}
