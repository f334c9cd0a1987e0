//! Names of publishers, authors and sections as a person types them: letter case, accents and the shape of apostrophes do
//! not count.

use crate::analysis::{fold, is_apostrophe};

/// Returns a name without letter case, accents and apostrophes, whatever their shape.
pub(super) fn folded_name(name: &str) -> String {
    fold(&name.to_lowercase().replace(is_apostrophe, ""))
}

/// Some words of a name, to be found in others. Letter case and accents do not count; an apostrophe parts words, or joins
/// them: `ormesson` and `dormesson` are both in `d’Ormesson`.
pub(super) struct WordsOfName {
    /// With their words parted by apostrophes, and joined by them.
    spaced: [String; 2],
}

impl WordsOfName {
    /// Reads the words that are wanted.
    pub fn new(wanted: &str) -> WordsOfName {
        WordsOfName { spaced: ["", " "].map(|apostrophe| spaced(wanted, apostrophe)) }
    }

    /// Returns whether they stand side by side in a name.
    pub fn are_in(&self, name: &str) -> bool {
        let [joined, parted] = &self.spaced;
        let has = |apostrophe, wanted: &str| spaced(name, apostrophe).contains(wanted);
        // Most names have no apostrophe, and one way to be read.
        has("", joined) || (name.contains(is_apostrophe) || joined != parted) && has(" ", parted)
    }
}

/// Returns the words of a text, each between spaces.
fn spaced(text: &str, apostrophe: &str) -> String {
    let folded = fold(&text.to_lowercase().replace(is_apostrophe, apostrophe));
    let mut spaced = String::with_capacity(folded.len() + 2);
    spaced.push(' ');
    for word in folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        spaced.push_str(word);
        spaced.push(' ');
    }
    spaced
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shape_of_apostrophe_is_one_in_names() {
        for (value, wanted, want) in [
            ("Sean O’Brien", "O'Brien", true),
            ("Sean O'Brien", "o’brien", true),
            ("Sean O’Brien", "obrien", true),
            ("Jean d’Ormesson", "ormesson", true),
            ("Jean d'Ormesson", "Jean d’Ormesson", true),
            ("Jean Dormesson", "ormesson", false),
        ] {
            assert_eq!(WordsOfName::new(wanted).are_in(value), want, "{value}: {wanted}");
        }
        assert_eq!(folded_name("L’Agefi"), folded_name("l'AGEFI"));
    }

    #[test]
    fn a_name_is_known_by_some_of_its_words() {
        for (value, wanted, want) in [
            ("Marie-Hélène Dupont", "dupont", true),
            ("Marie-Hélène Dupont", "helene dupont", true),
            ("Marie-Hélène Dupont", "Marie Dupont", false),
            ("Marie-Hélène Dupont", "dupon", false),
            ("Marchés / Actions", "marchés actions", true),
            ("", "x", false),
        ] {
            assert_eq!(WordsOfName::new(wanted).are_in(value), want, "{value} {wanted}");
        }
    }
}
