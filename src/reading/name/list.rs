//! Lists of words, written as one text each and looked up in a set.

use std::sync::OnceLock;

use rustc_hash::FxHashSet;

/// Words in small letters, looked up in a set that is made at the first question.
pub struct List {
    words: &'static str,
    set: OnceLock<FxHashSet<&'static str>>,
}

impl List {
    /// Returns the list of words.
    pub const fn of(words: &'static str) -> List {
        List { words, set: OnceLock::new() }
    }

    /// Returns whether a word in small letters is one of them.
    pub fn has(&self, word: &str) -> bool {
        self.set.get_or_init(|| self.words.split_ascii_whitespace().collect()).contains(word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_list_are_found_as_they_stand_in_it() {
        static LIST: List = List::of("un deux\ntrois");
        assert!(["un", "deux", "trois"].iter().all(|word| LIST.has(word)));
        assert!(["", "Un", "un deux", "quatre"].iter().all(|word| !LIST.has(word)));
    }
}
