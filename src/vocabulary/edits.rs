//! Words a few edits away from one, as an automaton that is run along the forms (Schulz and Mihov, "Fast string
//! correction with Levenshtein automata", 2002). What all words have in common is computed once.

use std::sync::LazyLock;

use fst::automaton::Automaton;
use levenshtein_automata::{DFA, Distance, LevenshteinAutomatonBuilder, SINK_STATE};

/// The longest word, in characters, of which near ones are looked for: the automaton grows with it.
const LONGEST: usize = 100;

/// Accepts what is at most so many edits away from a word.
pub(super) struct Edits(DFA);

impl Edits {
    /// Returns the automaton of `word` for one edit or two; `None` for others, or if the word is too long. Two
    /// neighbours that are swapped are two edits.
    pub fn of(word: &str, distance: u32) -> Option<Edits> {
        static ONE: Builder = LazyLock::new(|| LevenshteinAutomatonBuilder::new(1, false));
        static TWO: Builder = LazyLock::new(|| LevenshteinAutomatonBuilder::new(2, false));
        let builder = match distance {
            1 => &ONE,
            2 => &TWO,
            _ => return None,
        };
        Edits::built(builder, word)
    }

    /// Returns the automaton of `word` for one edit, where two neighbours that are swapped are one; `None` if the word
    /// is too long.
    pub fn or_swap(word: &str) -> Option<Edits> {
        static ONE: Builder = LazyLock::new(|| LevenshteinAutomatonBuilder::new(1, true));
        Edits::built(&ONE, word)
    }

    fn built(builder: &LevenshteinAutomatonBuilder, word: &str) -> Option<Edits> {
        (word.chars().count() <= LONGEST).then(|| Edits(builder.build_dfa(word)))
    }
}

type Builder = LazyLock<LevenshteinAutomatonBuilder>;

impl Automaton for Edits {
    type State = u32;

    fn start(&self) -> u32 {
        self.0.initial_state()
    }

    fn is_match(&self, state: &u32) -> bool {
        matches!(self.0.distance(*state), Distance::Exact(_))
    }

    fn can_match(&self, state: &u32) -> bool {
        *state != SINK_STATE
    }

    fn accept(&self, state: &u32, byte: u8) -> u32 {
        self.0.transition(*state, byte)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn accepts(edits: Option<Edits>, other: &str) -> bool {
        let edits = edits.unwrap();
        edits.is_match(&other.bytes().fold(edits.start(), |state, byte| edits.accept(&state, byte)))
    }

    /// The distance as it is defined.
    fn distance(a: &[char], b: &[char]) -> u32 {
        match (a, b) {
            ([], rest) | (rest, []) => rest.len() as u32,
            ([x, a @ ..], [y, b @ ..]) if x == y => distance(a, b),
            ([_, a_rest @ ..], [_, b_rest @ ..]) => {
                1 + distance(a_rest, b_rest).min(distance(a_rest, b)).min(distance(a, b_rest))
            }
        }
    }

    proptest! {
        #[test]
        fn what_is_accepted_is_so_near(word in "[abé]{0,5}", other in "[abé]{0,5}") {
            let chars = |text: &str| text.chars().collect::<Vec<_>>();
            let far = distance(&chars(&word), &chars(&other));
            for most in 1..=2 {
                prop_assert_eq!(accepts(Edits::of(&word, most), &other), far <= most);
            }
            let swapped = |at| {
                let mut swapped = chars(&word);
                swapped.swap(at, at + 1);
                swapped == chars(&other)
            };
            let is_swapped = (1..word.chars().count()).any(|at| swapped(at - 1));
            prop_assert_eq!(accepts(Edits::or_swap(&word), &other), far <= 1 || is_swapped);
        }
    }

    #[test]
    fn a_word_too_long_and_too_many_edits_are_refused() {
        assert!(Edits::of(&"a".repeat(LONGEST), 2).is_some());
        assert!(Edits::of(&"a".repeat(LONGEST + 1), 2).is_none());
        assert!(Edits::or_swap(&"a".repeat(LONGEST + 1)).is_none());
        assert!(Edits::of("a", 0).is_none() && Edits::of("a", 3).is_none());
    }
}
