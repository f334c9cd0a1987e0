//! Keeps text from outside from commanding a terminal: control characters, escape codes and
//! bidirectional overrides are shown as what they are, each as one character.

/// Returns what is shown for `c`, a character of an article: itself, a space for white space, a
/// picture for a control character, `�` for an override of the direction of text.
pub(super) fn sanitized(c: char) -> char {
    match c {
        '\n' | '\r' | '\t' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => ' ',
        '\u{0}'..='\u{1f}' => char::from_u32(0x2400 + c as u32).unwrap_or('\u{fffd}'),
        '\u{7f}' => '\u{2421}',
        c if is_unseen(c) => '\u{fffd}',
        c => c,
    }
}

/// Returns whether a character, which JSON would leave as it is, does something to a terminal and shows nothing.
pub(super) fn is_unseen(c: char) -> bool {
    matches!(c, '\u{7f}'..='\u{9f}') || is_bidi_control(c)
}

/// Returns whether a character has the Unicode property `Bidi_Control`.
fn is_bidi_control(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Returns a text with every character as it is shown: what any text from outside goes through before a person sees it.
pub fn clean(text: &str) -> String {
    text.chars().map(sanitized).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_become_visible() {
        assert_eq!(clean("a\u{1b}[31mb\tc\r\nd\u{202e}e\u{9b}f"), "a␛[31mb c  d\u{fffd}e\u{fffd}f");
    }

    #[test]
    fn no_mark_of_direction_survives() {
        // Those of the property Bidi_Control, and no neighbours of theirs.
        let marks = "\u{61c}\u{200e}\u{200f}\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\u{2066}\u{2067}\u{2068}\u{2069}";
        assert_eq!(clean(marks), "\u{fffd}".repeat(12));
        assert_eq!(
            clean("\u{61b}\u{61e}\u{200d}\u{2010}\u{202f}\u{2065}"),
            "\u{61b}\u{61e}\u{200d}\u{2010}\u{202f}\u{2065}"
        );
    }

    proptest::proptest! {
        #[test]
        fn no_control_character_survives(text in "(.|[\u{0}-\u{1f}\u{7f}-\u{9f}\n]){0,40}") {
            let clean = clean(&text);
            proptest::prop_assert!(!clean.chars().any(char::is_control));
            proptest::prop_assert_eq!(clean.chars().count(), text.chars().count());
        }
    }
}
