//! Where a sentence ends. Apart because the full stop has many other uses in financial news: `Inc.`,
//! `S.A.`, `No. 2`, `3.5`, `M. Martin`.

use super::letters::SPACES;
use crate::analysis;

/// Returns the byte after the first sentence of `text`: after its stop and closing quotes, or where a
/// blank line cuts it off.
pub fn first_end(text: &str) -> usize {
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        match c {
            '\n' if text[end..].split('\n').next().is_none_or(|line| line.trim().is_empty()) => return at,
            '.' | '!' | '?' | '…' => {
                let closing = |c: char| matches!(c, '"' | '\'' | '”' | '’' | ')' | ']' | '.' | '!' | '?' | '…');
                let rest = text[end..].trim_start_matches(closing);
                // French sets the closing guillemet off with a space.
                let guillemet = rest.trim_start_matches(SPACES).strip_prefix('»');
                let rest = guillemet.unwrap_or(rest);
                let apart = rest.is_empty() || rest.starts_with(char::is_whitespace);
                let goes_on = rest.trim_start().starts_with(char::is_lowercase);
                let before = &text[..at];
                let shortens = || is_abbreviation(before) && !analysis::closes_before(last_word(before), rest);
                if apart && !goes_on && (c != '.' || rest.trim().is_empty() || !shortens()) {
                    return text.len() - rest.len();
                }
            }
            _ => {}
        }
    }
    text.len()
}

/// Returns whether `line` ends with the full stop of a sentence, not that of an abbreviation.
pub fn ends_with_stop(line: &str) -> bool {
    let line = line.trim_end().trim_end_matches(['"', '”', '»', '\'', '’', ')', ' ', '\u{a0}']);
    match line.strip_suffix('.') {
        Some(before) => !before.ends_with('.') && !is_abbreviation(before),
        None => false,
    }
}

/// Returns the word that ends `before`, with the dots in it.
fn last_word(before: &str) -> &str {
    before.rsplit(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | '&'))).next().unwrap_or_default()
}

/// Whether the word that ends `before` is one that a full stop shortens.
fn is_abbreviation(before: &str) -> bool {
    let word = last_word(before);
    let mut letters = word.chars();
    let initial = matches!((letters.next(), letters.next()), (Some(c), None) if c.is_uppercase());
    // `U.S`, `S.A`: single letters between dots.
    let dotted = word.contains('.') && word.split('.').all(|part| part.chars().count() <= 1);
    initial || dotted || analysis::is_abbreviation(word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(text: &str, want: &str) {
        assert_eq!(&text[..first_end(text)], want);
    }

    #[test]
    fn a_sentence_ends_at_its_own_stop() {
        check("Apple Inc. rose 3.5 % on Monday. Others fell.", "Apple Inc. rose 3.5 % on Monday.");
        check("Selon M. Martin, la S.A. Exemple recule. Fin.", "Selon M. Martin, la S.A. Exemple recule.");
        check("The U.S. Treasury sold No. 2 notes. Yields fell.", "The U.S. Treasury sold No. 2 notes.");
        check("The unit was sold to Apple Inc. The price is not known.", "The unit was sold to Apple Inc.");
        check("Selon Mme. Le Goff, la S.A. Exemple recule. Fin.", "Selon Mme. Le Goff, la S.A. Exemple recule.");
        check("« C’est fini. » Le patron part.", "« C’est fini. »");
        check("“It is over.” He left.", "“It is over.”");
        check("Qui paie ? Les clients.", "Qui paie ?");
        check("Yahoo! a monté. Fin.", "Yahoo! a monté.");
        check("Shares of the firm\nrose again. More.", "Shares of the firm\nrose again.");
        check("Un titre sans point\n\nLe texte.", "Un titre sans point");
        check("Sans point", "Sans point");
        check("", "");
    }

    #[test]
    fn a_stop_is_not_an_abbreviation() {
        for (line, want) in [
            ("Les ventes montent.", true),
            ("Il a dit : « Les ventes montent. »", true),
            ("Example Holdings Inc.", false),
            ("Accord avec Exemple S.A.", false),
            ("Et maintenant...", false),
            ("Les ventes montent", false),
            ("", false),
        ] {
            assert_eq!(ends_with_stop(line), want, "{line}");
        }
    }

    proptest! {
        #[test]
        fn an_end_is_in_the_text(text in "(\\PC|[.!?»\n ]){0,40}") {
            prop_assert!(text.is_char_boundary(first_end(&text)));
        }
    }
}
