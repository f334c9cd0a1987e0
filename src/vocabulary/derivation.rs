//! Derivations: words of one family whose stems differ, such as `racheter` and `rachat`, `grow` and
//! `growth`. A stemmer cuts endings and cannot know them; the lists of `data/derivations_*.txt` do.

use crate::article::Language;

/// Lines of a stem, a tab and the stems of the other words of its families, in the order of the stems: compiled
/// from the lists by the build script.
const FRENCH: &str = include_str!(concat!(env!("OUT_DIR"), "/derivations_fr.tsv"));
const ENGLISH: &str = include_str!(concat!(env!("OUT_DIR"), "/derivations_en.tsv"));

/// Returns the stems of the words that belong to the family of a word with this stem (as
/// [`crate::analysis::Stemmers`] gives it), itself excepted.
pub fn derived_stems(stem: &str, language: Language) -> impl Iterator<Item = &'static str> + use<> {
    let table = match language {
        Language::French => FRENCH,
        Language::English => ENGLISH,
        Language::Other => "",
    };
    partners(table, stem).split_whitespace()
}

/// Finds the line of a stem by bisection, and returns what stands behind the tab.
fn partners(mut table: &'static str, stem: &str) -> &'static str {
    while !table.is_empty() {
        let start = table.as_bytes()[..table.len() / 2].iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        let end = table[start..].find('\n').map_or(table.len(), |at| start + at + 1);
        let (known, others) = table[start..end].split_once('\t').unwrap_or_default();
        match stem.cmp(known) {
            std::cmp::Ordering::Less => table = &table[..start],
            std::cmp::Ordering::Equal => return others,
            std::cmp::Ordering::Greater => table = &table[end..],
        }
    }
    ""
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Stemmers;

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
            assert_eq!(derived_stems(&stem(a), language).any(|derived| derived == stem(b)), want, "{a} {b}");
        }
    }

    #[test]
    fn every_stem_is_found_with_its_partners() {
        for (table, language) in [(FRENCH, Language::French), (ENGLISH, Language::English)] {
            assert!(table.lines().count() > 300);
            for line in table.lines() {
                let (stem, others) = line.split_once('\t').unwrap();
                assert!(derived_stems(stem, language).eq(others.split(' ')), "{line}");
                assert_eq!(derived_stems(&format!("{stem}~"), language).count(), 0);
            }
        }
        assert_eq!(derived_stems("", Language::French).count(), 0);
    }
}
