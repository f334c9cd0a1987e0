//! Derivations: words of one family whose stems differ, such as `racheter` and `rachat`, `grow` and
//! `growth`. A stemmer cuts endings and cannot know them; the lists of `data/derivations_*.txt` do.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::Stemmers;
use crate::article::Language;

/// By stem: the stems of the other words of its families.
type Partners = FxHashMap<String, Vec<String>>;

static FRENCH: LazyLock<Partners> =
    LazyLock::new(|| read(include_str!("../../data/derivations_fr.txt"), Language::French));
static ENGLISH: LazyLock<Partners> =
    LazyLock::new(|| read(include_str!("../../data/derivations_en.txt"), Language::English));

/// Returns the stems of the words that belong to the family of a word with this stem (as [`Stemmers`]
/// gives it), itself excepted.
pub fn derived_stems(stem: &str, language: Language) -> &'static [String] {
    let partners = match language {
        Language::French => &FRENCH,
        Language::English => &ENGLISH,
        Language::Other => return &[],
    };
    partners.get(stem).map_or(&[], Vec::as_slice)
}

fn read(list: &str, language: Language) -> Partners {
    let stemmers = Stemmers::default();
    let mut partners = Partners::default();
    for line in list.lines().filter(|line| !line.starts_with('#')) {
        let stems: Vec<String> = line.split_whitespace().filter_map(|word| stemmers.stem(word, language)).collect();
        for stem in &stems {
            let known = partners.entry(stem.clone()).or_default();
            for other in &stems {
                if other != stem && !known.contains(other) {
                    known.push(other.clone());
                }
            }
        }
    }
    partners
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_lists_joins_something() {
        let stemmers = Stemmers::default();
        for (list, language) in [
            (include_str!("../../data/derivations_fr.txt"), Language::French),
            (include_str!("../../data/derivations_en.txt"), Language::English),
        ] {
            let mut seen = std::collections::HashSet::new();
            for line in list.lines().filter(|line| !line.starts_with('#')) {
                assert!(seen.insert(line), "twice: {line}");
                let stems = line.split_whitespace().map(|word| {
                    assert_eq!(word, word.to_lowercase());
                    stemmers.stem(word, language).unwrap_or_else(|| panic!("no stem: {word}"))
                });
                let stems: std::collections::HashSet<String> = stems.collect();
                assert!(stems.len() > 1, "the stemmer joins these already: {line}");
            }
        }
    }

    #[test]
    fn families() {
        let stemmers = Stemmers::default();
        for (a, b, language, want) in [
            ("rachats", "racheter", Language::French, true),
            ("croît", "bourse", Language::French, false),
            ("acquisitions", "acquéreurs", Language::French, true),
            ("growth", "growing", Language::English, true),
            ("sold", "sellers", Language::English, true),
            ("growth", "growing", Language::Other, false),
        ] {
            let stem = |word| stemmers.stem(word, language).unwrap_or_default();
            assert_eq!(derived_stems(&stem(a), language).contains(&stem(b)), want, "{a} {b}");
        }
    }
}
