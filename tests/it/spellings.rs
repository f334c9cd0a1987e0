//! Which forms a typed word or pattern stands for, told by trying each form: what [`crate::brute`] knows in the
//! place of a vocabulary.

use telex::analysis::{Stemmers, canonical_numbers, fold, is_quantity};
use telex::article::Language;
use telex::vocabulary::derived_stems;

/// What is written before a word with a hyphen, a space or nothing between (docs/query.md).
const PREFIXES: &str = "anti auto bio co cyber e euro ex extra hyper infra inter macro mega meta micro mini mono multi \
    nano neo néo non post pre pré pro pseudo quasi re semi sous sub super tele télé trans ultra vice";

/// The family of a word typed in small letters.
pub struct Kin<'a> {
    fold: String,
    values: Vec<String>,
    stemmers: &'a Stemmers,
    /// The stems of every spelling of the word, and those derived from them.
    stems: Vec<(Language, String)>,
}

impl Kin<'_> {
    pub fn of<'a>(
        typed: &str,
        forms: &[String],
        stemmers: &'a Stemmers,
        languages: &[Language],
        stems: bool,
    ) -> Kin<'a> {
        let mut kin = Kin { fold: fold(typed), values: canonical_numbers(typed), stemmers, stems: Vec::new() };
        let same = forms.iter().map(String::as_str).filter(|form| fold(form) == kin.fold && !is_quantity(form));
        let spellings: Vec<&str> = same.chain([typed]).filter(|_| stems).collect();
        for (spelling, language) in spellings.iter().flat_map(|form| languages.iter().map(move |l| (form, *l))) {
            let Some(stem) = stemmers.stem(spelling, language) else { continue };
            kin.stems.extend(derived_stems(&stem, language).map(|derived| (language, derived.to_owned())));
            kin.stems.push((language, stem));
        }
        kin
    }

    pub fn has(&self, form: &str) -> bool {
        let by_stem =
            || self.stems.iter().any(|(language, stem)| self.stemmers.stem(form, *language).as_ref() == Some(stem));
        fold(form) == self.fold
            || canonical_numbers(form).iter().any(|value| self.values.contains(value))
            || !is_quantity(form) && by_stem()
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
    parts.filter(|(_, rest)| letters(rest, 5)).max_by_key(|(prefix, _)| prefix.len())
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
