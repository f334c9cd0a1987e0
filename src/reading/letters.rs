//! Letters without case or accent, so that text can be compared with the tables of this room
//! without making a copy of it. Apart because dates, datelines and boilerplate all compare that way.

use rustc_hash::FxHashMap;

/// The spaces that stand within a line, French typography's among them.
pub const SPACES: &[char] = &[' ', '\u{a0}', '\u{202f}'];

/// Returns the bytes of `text` taken by `pattern` if `text` begins with it, letter case, accents,
/// the sort of apostrophe, dash and space aside. `pattern` is plain: lower case, no accents.
pub fn strip(text: &str, pattern: &str) -> Option<usize> {
    // Most texts begin with another letter: a word is held against the names of all months.
    let (first, wanted) = (text.bytes().next(), pattern.bytes().next());
    if first.is_some_and(|first| first.is_ascii() && wanted.is_some_and(|wanted| wanted != first.to_ascii_lowercase()))
    {
        return None;
    }
    let mut wanted = pattern.chars().peekable();
    let mut taken = 0;
    for (at, c) in text.char_indices() {
        let Some(c) = plain(c) else {
            taken = at + c.len_utf8();
            continue;
        };
        match wanted.peek() {
            None => break,
            Some(&w) if w == c => {
                wanted.next();
                taken = at + text[at..].chars().next().map_or(0, char::len_utf8);
            }
            Some(_) => return None,
        }
    }
    wanted.peek().is_none().then_some(taken)
}

/// Returns the same as [`strip`], if no letter or digit follows the pattern.
pub fn strip_word(text: &str, pattern: &str) -> Option<usize> {
    let taken = strip(text, pattern)?;
    let next = text[taken..].chars().next();
    (!next.is_some_and(char::is_alphanumeric)).then_some(taken)
}

/// Returns whether `word` is `pattern`, letter case and accents aside. `pattern` is plain.
pub fn same(word: &str, pattern: &str) -> bool {
    strip(word, pattern) == Some(word.len())
}

/// Returns the letter in lower case without its accent; apostrophes, dashes and spaces in their
/// ASCII form; `None` for a combining accent, which stands for nothing by itself.
pub fn plain(c: char) -> Option<char> {
    if c.is_ascii() {
        return Some(c.to_ascii_lowercase());
    }
    Some(match c {
        '\u{300}'..='\u{36f}' => return None,
        'à' | 'â' | 'ä' | 'á' | 'ã' | 'å' | 'À' | 'Â' | 'Ä' | 'Á' | 'Ã' | 'Å' => 'a',
        'ç' | 'Ç' => 'c',
        'é' | 'è' | 'ê' | 'ë' | 'É' | 'È' | 'Ê' | 'Ë' => 'e',
        'î' | 'ï' | 'í' | 'ì' | 'Î' | 'Ï' | 'Í' | 'Ì' => 'i',
        'ñ' | 'Ñ' => 'n',
        'ô' | 'ö' | 'ó' | 'ò' | 'õ' | 'Ô' | 'Ö' | 'Ó' | 'Ò' | 'Õ' => 'o',
        'û' | 'ù' | 'ü' | 'ú' | 'Û' | 'Ù' | 'Ü' | 'Ú' => 'u',
        'ÿ' | 'Ÿ' => 'y',
        '\u{2018}' | '\u{2019}' | '\u{2bc}' => '\'',
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        '\u{a0}' | '\u{202f}' | '\u{2000}'..='\u{200a}' | '\u{3000}' => ' ',
        '\u{ff1a}' => ':',
        other => other,
    })
}

/// Phrases in plain form with what is known of each, found by the first letter of a line: every line is held against them.
pub struct Phrases<T>(FxHashMap<char, Vec<(&'static str, T)>>);

impl<T> Phrases<T> {
    /// Returns these phrases.
    pub fn of(phrases: impl Iterator<Item = (&'static str, T)>) -> Phrases<T> {
        let mut all: FxHashMap<char, Vec<(&'static str, T)>> = FxHashMap::default();
        for phrase in phrases {
            let first = phrase.0.chars().next().unwrap_or_default();
            all.entry(first).or_default().push(phrase);
        }
        Phrases(all)
    }

    /// Returns those that begin with the first letter of a line, in their order.
    pub fn beginning(&self, line: &str) -> &[(&'static str, T)] {
        let first = line.chars().find_map(plain);
        first.and_then(|first| self.0.get(&first)).map_or(&[], Vec::as_slice)
    }
}

/// Returns the longest beginning of `text` that has no more than `bytes` bytes and cuts no character.
pub fn head(text: &str, bytes: usize) -> &str {
    // A character has four bytes at most; the loop always ends, for 0 is a boundary.
    let mut end = bytes.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// Returns the longest end of `text` that has no more than `bytes` bytes and cuts no character.
pub fn tail(text: &str, bytes: usize) -> &str {
    let mut start = text.len().saturating_sub(bytes);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    &text[start..]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn patterns_match_text_of_any_dress() {
        for (text, pattern, want) in [
            ("Publié le 3", "publie le", Some("Publié le")),
            ("PUBLIE\u{301} LE", "publie le", Some("PUBLIE\u{301} LE")),
            ("À\u{a0}lire", "a lire", Some("À\u{a0}lire")),
            ("l’Est", "l'est", Some("l’Est")),
            ("Publ", "publie", None),
            ("", "a", None),
        ] {
            assert_eq!(strip(text, pattern), want.map(str::len), "{text}");
        }
    }

    #[test]
    fn a_word_ends_where_no_letter_follows() {
        assert_eq!(strip_word("Photo : x", "photo"), Some(5));
        assert_eq!(strip_word("Photographe", "photo"), None);
        assert!(same("AOÛT", "aout") && !same("aoûts", "aout"));
    }

    proptest! {
        #[test]
        fn any_text_matches_its_own_plain_form(text in "\\PC{0,20}") {
            let pattern: String = text.chars().filter_map(plain).collect();
            prop_assert!(strip(&text, &pattern).is_some());
        }

        #[test]
        fn a_head_is_short_and_is_a_beginning(text in "\\PC{0,20}", bytes in 0usize..40) {
            prop_assert!(head(&text, bytes).len() <= bytes && text.starts_with(head(&text, bytes)));
        }
    }

    #[test]
    fn phrases_are_found_by_the_first_letter_of_a_line() {
        let phrases = Phrases::of([("a lire", 1), ("lire", 2), ("a voir", 3), ("((", 4)].into_iter());
        let found = |line| phrases.beginning(line).iter().map(|(_, number)| *number).collect::<Vec<_>>();
        for (line, want) in
            [("À lire", &[1, 3][..]), ("a", &[1, 3]), ("Lire", &[2]), ("((x", &[4]), ("b", &[]), ("", &[])]
        {
            assert_eq!(found(line), want, "{line}");
        }
    }

    #[test]
    fn head_and_tail_cut_no_character() {
        for (bytes, first, last) in [(0, "", ""), (1, "a", "z"), (2, "a", "z"), (3, "aé", "éz"), (9, "aéz", "aéz")]
        {
            assert_eq!((head("aéz", bytes), tail("aéz", bytes)), (first, last), "{bytes}");
        }
    }
}
