//! Text whose accents stand apart from their letters, as macOS writes it (Unicode's form NFD), with the letters composed
//! (NFC): names are written so in the tables. What is found there is told by where it stands in the text as written.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The first of all combining marks: most letters need no look at the tables of Unicode.
const FIRST_MARK: char = '\u{300}';

/// A composed text.
pub(super) struct Composed {
    pub text: String,
    /// The letters that were composed, in order: where each begins and ends in the composed text, and where as written.
    letters: Vec<[(usize, usize); 2]>,
}

impl Composed {
    /// Composes a text; `None` if nothing in it stands apart.
    pub fn of(written: &str) -> Option<Composed> {
        if written.is_ascii() || !written.chars().any(|c| c >= FIRST_MARK && is_combining_mark(c)) {
            return None;
        }
        let (mut text, mut letters) = (String::with_capacity(written.len()), Vec::new());
        let mut rest = written;
        while let Some(mark) = rest.char_indices().find(|(_, c)| is_combining_mark(*c)).map(|(at, _)| at) {
            let letter = rest[..mark].char_indices().next_back().map_or(0, |(at, _)| at);
            let end = rest[mark..].find(|c| !is_combining_mark(c)).map_or(rest.len(), |end| mark + end);
            let place = |text: &str, rest: &str| (text.len(), written.len() - rest.len());
            text.push_str(&rest[..letter]);
            let start = place(&text, &rest[letter..]);
            text.extend(rest[letter..end].nfc());
            rest = &rest[end..];
            letters.push([start, place(&text, rest)]);
        }
        text.push_str(rest);
        Some(Composed { text, letters })
    }

    /// Returns where a place of the composed text stands in the text as written.
    pub fn written(&self, at: usize) -> usize {
        let before = self.letters.partition_point(|[_, (end, _)]| *end <= at);
        let (composed, written) = before.checked_sub(1).map_or((0, 0), |before| self.letters[before][1]);
        match self.letters.get(before) {
            // Inside a letter there is no place.
            Some([(start, letter), _]) if *start < at => *letter,
            _ => written + (at - composed),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn places_are_those_of_the_text_as_written() {
        assert!(Composed::of("Société Générale").is_none());
        let written = "La Socie\u{301}te\u{301} Ge\u{301}ne\u{301}rale, soeur.";
        let composed = Composed::of(written).unwrap();
        assert_eq!(composed.text, "La Société Générale, soeur.");
        let at = composed.text.find("Société Générale").unwrap();
        let [start, end] = [at, at + "Société Générale".len()].map(|at| composed.written(at));
        assert_eq!(&written[start..end], "Socie\u{301}te\u{301} Ge\u{301}ne\u{301}rale");
    }

    proptest! {
        #[test]
        fn every_place_between_letters_is_found(written in "[ae\u{301}\u{327}é \u{300}]{0,12}") {
            if let Some(composed) = Composed::of(&written) {
                prop_assert_eq!(composed.written(composed.text.len()), written.len());
                for (at, _) in composed.text.char_indices() {
                    prop_assert!(written.is_char_boundary(composed.written(at)));
                }
            }
        }
    }
}
