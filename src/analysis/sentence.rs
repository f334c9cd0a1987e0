//! Where sentences and paragraphs end. The tokenizer marks the breaks in the index (so that "same
//! sentence" can be asked), and [`sentences`] cuts a text for snippets by the same rules.

use std::ops::Range;

use super::tokenizer::{Token, TokenKind, Tokens};

/// What separates two words.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Gap {
    /// The last `.` `!` `?` or `…` in it.
    pub terminator: Option<char>,
    /// How many line ends it holds.
    pub newlines: u32,
    /// Whether the line after the last line end is indented.
    pub indented: bool,
    /// How many characters it has in all.
    pub length: u32,
}

/// A break between two words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Break {
    Sentence,
    Paragraph,
}

/// Words before a dot that ends no sentence, in lower case, sorted.
#[rustfmt::skip]
const ABBREVIATIONS: &[&str] = &[
    "approx", "art", "av", "ave", "bd", "bros", "calif", "capt", "cf", "cie", "co", "col", "conn", "corp",
    "cos", "dept", "dr", "env", "etc", "ets", "ex", "fig", "gen", "gov", "hon", "inc", "jr", "llc", "lt", "ltd",
    "mass", "mlle", "mm", "mme", "mr", "mrs", "ms", "no", "nos", "nr", "ont", "plc", "pp", "pr", "prof", "que",
    "rep", "sen", "sr", "st", "ste", "tel", "tél", "vol", "vs",
];

/// Months and weekdays as they are cut short; a dot after one ends no sentence before a digit.
const SHORT_DATES: &[&str] = &[
    "jan", "janv", "feb", "fev", "fév", "févr", "mar", "apr", "avr", "jul", "juil", "aug", "sep", "sept", "oct", "nov",
    "dec", "déc", "n",
];

/// Decides what `gap` is, between the word `before` (lower case) and the next one, which begins with `next`.
/// `line` is the length in bytes of the line that `before` closes.
pub(super) fn break_between(before: &str, gap: Gap, next: char, line: usize) -> Option<Break> {
    if before.is_empty() {
        return None;
    }
    if gap.newlines >= 2 {
        return Some(Break::Paragraph);
    }
    // One line end: a paragraph where lines are paragraphs (indented, or long and closed), or after a
    // title or date line (short, and the next begins anew); else a line wrapped by hand.
    let wrapped = !(gap.indented || gap.terminator.is_some() && line > 90 || line < 45 && next.is_uppercase());
    if gap.newlines == 1 && !wrapped {
        return Some(Break::Paragraph);
    }
    let terminator = gap.terminator?;
    if !(next.is_uppercase() || next.is_numeric()) {
        return None;
    }
    if terminator != '.' {
        return Some(Break::Sentence);
    }
    // A., U.S., S.A.: letters with dots; a sentence may end there, but mostly none does.
    let initial =
        before.split('.').all(|piece| piece.chars().nth(1).is_none()) && before.starts_with(char::is_alphabetic);
    let glued = gap.length == 1 && gap.newlines == 0;
    let abbreviated =
        ABBREVIATIONS.binary_search(&before).is_ok() || next.is_numeric() && SHORT_DATES.contains(&before);
    let number_part = glued && next.is_numeric();
    (!(initial && !before.starts_with(|c: char| c.is_numeric()) || abbreviated || number_part))
        .then_some(Break::Sentence)
}

/// Returns whether `word`, in any letter case, is one that a full stop shortens.
pub fn is_abbreviation(word: &str) -> bool {
    let word = word.to_lowercase();
    ABBREVIATIONS.binary_search(&word.as_str()).is_ok() || SHORT_DATES.contains(&word.as_str())
}

/// Cuts a text into its sentences while its tokens are read for something else.
pub struct SentenceCutter<'a> {
    text: &'a str,
    start: usize,
    found: Vec<Range<usize>>,
}

impl<'a> SentenceCutter<'a> {
    /// Begins at the start of `text`.
    pub fn new(text: &'a str) -> SentenceCutter<'a> {
        SentenceCutter { text, start: 0, found: Vec::new() }
    }

    /// Takes note of the next token of the text.
    pub fn see(&mut self, token: &Token) {
        if token.kind == TokenKind::SentenceBreak || token.kind == TokenKind::ParagraphBreak {
            let end = token.start + closing(&self.text[token.start..token.end]);
            self.add(end);
        }
    }

    /// Returns the sentences in order: byte ranges without the white space between them.
    pub fn finish(mut self) -> Vec<Range<usize>> {
        self.add(self.text.len());
        self.found
    }

    fn add(&mut self, end: usize) {
        let piece = &self.text[self.start..end];
        let trimmed = piece.trim();
        if !trimmed.is_empty() {
            let at = self.start + (piece.len() - piece.trim_start().len());
            self.found.push(at..at + trimmed.len());
        }
        self.start = end;
    }
}

/// Returns the sentences of `text` in order: byte ranges without the white space between them.
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut cutter = SentenceCutter::new(text);
    let mut tokens = Tokens::without_quantities(text);
    let mut token = Token::default();
    while tokens.next(&mut token) {
        cutter.see(&token);
    }
    cutter.finish()
}

/// Returns how many bytes of a gap still belong to the sentence before: its terminators and the
/// quotation marks and brackets that close after them.
fn closing(gap: &str) -> usize {
    let mut end = 0;
    let mut space = 0;
    for (at, c) in gap.char_indices() {
        match c {
            '\n' | '\r' => break,
            _ if c.is_whitespace() => space = at + c.len_utf8(),
            // « fin. » : a no-break space may stand before a closing mark.
            '.' | '!' | '?' | '…' | ')' | ']' | '”' | '»' | '’' | '"' | '\'' | ',' | ';' | ':' => {
                if space > end && !matches!(c, '»' | '!' | '?' | ':' | ';') {
                    break;
                }
                end = at + c.len_utf8();
            }
            _ => break,
        }
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, want: &[&str]) {
        let got: Vec<&str> = sentences(text).into_iter().map(|range| &text[range]).collect();
        assert_eq!(got, want);
    }

    #[test]
    fn sentences_end_where_a_reader_sees_them_end() {
        check(
            "Le titre monte. La Bourse aussi !  Et demain ?",
            &["Le titre monte.", "La Bourse aussi !", "Et demain ?"],
        );
        check("« C’est fini. » Le groupe part.", &["« C’est fini. »", "Le groupe part."]);
        check("Fin des vacances.Le CAC recule.", &["Fin des vacances.", "Le CAC recule."]);
        check("One line\n\nAnother one", &["One line", "Another one"]);
    }

    #[test]
    fn the_table_is_sorted() {
        assert!(ABBREVIATIONS.is_sorted_by(|a, b| a < b));
        assert!(is_abbreviation("Inc") && is_abbreviation("SEPT") && !is_abbreviation("Bourse"));
    }

    #[test]
    fn abbreviations_initials_and_numbers_end_none() {
        for text in [
            "Amazon.com Inc. A new plan",
            "M. Martin et Mme. Durand parlent",
            "The U.S. Senate voted",
            "J.P. Morgan rose 2.5 percent",
            "le no. 3 mondial",
            "PARIS, 12 sept. 2025",
        ] {
            check(text, &[text]);
        }
    }
}
