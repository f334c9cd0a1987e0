//! Where sentences and paragraphs end. The tokenizer marks the breaks in the index (so that "same
//! sentence" can be asked), and [`sentences`] cuts a text for snippets by the same rules.

use std::ops::Range;

use super::tokenizer::{Token, TokenKind, Tokens};
use super::{fold, function_words, is_apostrophe};

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

/// Those of them, and letters with dots aside, that close a sentence as often as not: `Inc.`, `etc.`. The others are
/// followed by what they belong to: `Mr. He`, `No. 3`, `vs. The Bank`.
const CLOSING: &[&str] = &[
    "bros", "calif", "cie", "co", "conn", "corp", "cos", "etc", "ets", "inc", "jr", "llc", "ltd", "mass", "ont", "plc",
    "que", "sr", "st",
];

/// Words that a heading in capitals has in small letters, sorted.
const SMALL_IN_HEADINGS: &[&str] = &[
    "a", "an", "and", "as", "at", "but", "by", "d", "de", "des", "du", "et", "for", "from", "in", "into", "l", "la",
    "le", "les", "nor", "of", "on", "or", "over", "per", "s", "than", "the", "to", "up", "via", "vs", "with",
];

/// How many words are looked at to tell a sentence from a heading in capitals.
const TELLING: usize = 8;

/// Decides what `gap` is, between the word `before` (lower case) and `rest`, which begins with the next one. `written`
/// is the text of the gap, `line` the length in bytes of the line that `before` closes.
pub(super) fn break_between(before: &str, gap: Gap, written: &str, rest: &str, line: usize) -> Option<Break> {
    let next = rest.chars().next().filter(|_| !before.is_empty())?;
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
    let initial = is_initials(before);
    let glued = gap.length == 1 && gap.newlines == 0;
    let abbreviated =
        ABBREVIATIONS.binary_search(&before).is_ok() || next.is_numeric() && SHORT_DATES.contains(&before);
    let number_part = glued && next.is_numeric();
    let shortened = initial || abbreviated;
    let closed = || written.chars().all(|c| c.is_whitespace() || ".)]”»’\"'“«‘".contains(c));
    (!(shortened || number_part) || shortened && may_close(before) && closed() && opens_sentence(rest))
        .then_some(Break::Sentence)
}

/// Returns whether `word` is a letter, or letters with dots between them.
fn is_initials(word: &str) -> bool {
    word.starts_with(char::is_alphabetic) && word.split('.').all(|piece| piece.chars().nth(1).is_none())
}

/// Returns whether the shortened word (in lower case) may be the last of a sentence.
fn may_close(word: &str) -> bool {
    CLOSING.binary_search(&word).is_ok() || word.contains('.') && is_initials(word)
}

/// Returns whether a sentence opens with `text`, whatever stands before it: with a function word in a capital (`The`,
/// `Elle`, `L’action`), where what follows is no heading, which has capitals throughout. A name tells nothing.
fn opens_sentence(text: &str) -> bool {
    let end = text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len());
    let (word, rest) = text.split_at(end);
    let (Some(first), mut others) = (word.chars().next(), word.chars().skip(1)) else { return false };
    if !first.is_uppercase() || !others.all(char::is_lowercase) {
        return false;
    }
    if let Some(elided) = rest.strip_prefix(is_apostrophe)
        && word.len() <= 2
    {
        return elided.starts_with(char::is_lowercase);
    }
    // `Class A shares`, `Will Smith`, `May 3`.
    let is_other = matches!(word, "A" | "C" | "I" | "L" | "S" | "T" | "Y" | "May" | "Will");
    let is_telling = |word: &str| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        word.starts_with(|c: char| c.is_lowercase()) && SMALL_IN_HEADINGS.binary_search(&word).is_err()
    };
    !is_other
        && function_words::is_in_either(&fold(&word.to_lowercase()))
        && rest.split_whitespace().take(TELLING).any(is_telling)
}

/// Returns whether a sentence ends with the shortened `word`, in any letter case, before the text `rest`.
pub fn closes_before(word: &str, rest: &str) -> bool {
    may_close(&word.to_lowercase())
        && opens_sentence(rest.trim_start_matches([' ', '\u{a0}', '\n', '“', '«', '"', '‘']))
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
        for table in [ABBREVIATIONS, CLOSING, SMALL_IN_HEADINGS] {
            assert!(table.is_sorted_by(|a, b| a < b));
        }
        assert!(CLOSING.iter().all(|word| ABBREVIATIONS.binary_search(word).is_ok()));
        assert!(is_abbreviation("Inc") && is_abbreviation("SEPT") && !is_abbreviation("Bourse"));
    }

    #[test]
    fn a_function_word_opens_a_sentence_after_an_abbreviation() {
        for (first, second) in [
            ("The alpha deal was signed by Foo Inc.", "The beta unit fell."),
            ("The stake belongs to Halden Corp.", "Its shares rose."),
            ("He left Brightmere & Co.", "In March he founded another firm."),
            ("It was sold to Fenwick Ltd.", "On Monday the price was told."),
            ("Le contrat revient à Belvoir S.A.", "Le titre gagne 3 %."),
            ("L’usine est celle de Belvoir S.A.", "L’action recule."),
            ("Il vend des vis, des clous, etc.", "Elle en achète."),
            ("Profits fell in the U.S.", "It is the third fall."),
            ("The call is at 3 p.m.", "“We are ready”, he said."),
            ("« Une affaire de Belvoir S.A. »", "Après la clôture, le groupe confirme."),
            ("It was sold to Fenwick Ltd.", "The Federal Reserve Bank of New York said no."),
            ("It was sold to Fenwick Ltd.\n", "These plants\nare old."),
        ] {
            check(&format!("{first} {second}"), &[first.trim_end(), second]);
        }
    }

    #[test]
    fn a_name_or_a_heading_opens_none() {
        for text in [
            "Halden Inc. Chairman Paul Petit resigned",
            "Halden Inc. A shares rose",
            "M. Le Goff et Mme. La Roche parlent",
            "Mr. He and Mrs. Will spoke",
            "J. Le Goff parle",
            "Tiffany & Co. In Talks With LVMH on a Sale",
            "U.S. The Winner of the Year",
            "Fenwick Ltd., The Halden Group and others rose",
            "Fenwick Ltd. (The company is new) rose",
            "Belvoir S.A. L’Atelier monte",
            "Dr. On is the author",
            "Halden Inc. IT workers strike",
            "Halden vs. The state of Ohio",
        ] {
            check(text, &[text]);
        }
        assert!(closes_before("INC", " The unit fell") && !closes_before("Mr", " The unit fell"));
        assert!(closes_before("S.A", "« Le titre monte") && !closes_before("Inc", "") && !closes_before("M", " Il va"));
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
