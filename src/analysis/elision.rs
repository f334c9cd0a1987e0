//! What an apostrophe does: French elision (`l'action`), the English possessive (`company's`), and
//! the words that keep theirs (`aujourd'hui`, `prud'hommes`, `O'Neill`).

use unicode_normalization::UnicodeNormalization;

/// What to do at an apostrophe inside a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Apostrophe {
    /// What stands before it is an elided article or pronoun: it is no word, the next one begins here.
    Elision,
    /// What stands after it is a possessive `s`: the word ended before.
    Possessive,
    /// It belongs to the word.
    Inside,
}

/// The elided forms of French: articles, pronouns and conjunctions that lose their vowel.
const ELIDED: &[&str] =
    &["c", "d", "j", "l", "m", "n", "s", "t", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu", "presqu", "quelqu"];

/// Words in which the apostrophe is not an elision although they begin like one.
const WHOLE: &[(&str, &str)] = &[("presqu", "ile"), ("presqu", "île"), ("quelqu", "un"), ("quelqu", "une")];

/// Decides the apostrophe between `before` (lower case) and `after` (the letters that follow, as written).
pub(super) fn apostrophe(before: &str, after: &str) -> Apostrophe {
    if after.eq_ignore_ascii_case("s") {
        return Apostrophe::Possessive;
    }
    if ELIDED.contains(&before) {
        if WHOLE.iter().all(|(begin, _)| *begin != before) {
            return Apostrophe::Elision;
        }
        let after: String = after.nfc().flat_map(char::to_lowercase).collect();
        let after = after.strip_suffix('s').unwrap_or(&after);
        let stays = WHOLE.contains(&(before, after));
        return if stays { Apostrophe::Inside } else { Apostrophe::Elision };
    }
    Apostrophe::Inside
}

/// Returns whether a form is a name with the elided article before it: `l'oréal`. No word is written so, since an
/// article is none of its own word.
pub fn has_article(form: &str) -> bool {
    matches!(form.as_bytes(), [b'l' | b'd', b'\'', ..])
}

/// Returns whether `word` (lower case) is an elided form, for one that stands before a quotation mark, or apart.
pub fn is_elided(word: &str) -> bool {
    ELIDED.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn apostrophes() {
        use Apostrophe::*;
        for (before, after, want) in [
            ("l", "action", Elision),
            ("qu", "il", Elision),
            ("lorsqu", "elle", Elision),
            ("presqu", "île", Inside),
            ("presqu", "îles", Inside),
            ("quelqu", "un", Inside),
            ("aujourd", "hui", Inside),
            ("prud", "hommes", Inside),
            ("o", "Neill", Inside),
            ("company", "s", Possessive),
            ("APPLE", "S", Possessive),
        ] {
            assert_eq!(apostrophe(before, after), want, "{before}'{after}");
        }
    }
}
