//! The tokenizer: one pass over a text, no allocation per token, offsets into the text as written.
//!
//! Rules, in the order in which a reader of French and English news meets them:
//! - A word is a run of letters and digits, in lower case, NFC, soft hyphens dropped: `1er`, `CAC40`.
//! - `l'action` is `action`: an elided article is no word, and takes no position. Before a capital
//!   (`L'Oréal`, `D'Ieteren`) the two together stand at the same position, since names are typed so.
//! - `company's` is `company`; `aujourd'hui` is one word.
//! - Hyphens part words: `porte-parole` is `porte`, `parole`, side by side.
//! - `S&P`, `R&D`, `AT&T`, `U.S.`, `BRK.B` and `AIR.PA` are one word; for the last two, the part
//!   before the dot stands at the same position, since people type it alone.
//! - `0,31`, `1.234,56` are one number; so is `1 200,50`, whose spaces group its digits.
//! - `%`, `€`, `$`, `£`, `¥` are words of their own; `EUR200` is a currency and a number.
//! - What a number and its unit come to is said once more in one canonical form (see `quantity`).
//! - Between two words a sentence or a paragraph may end: a break token says so, at the position of
//!   the word that follows.

use unicode_normalization::UnicodeNormalization;

use super::character::{ASCII, Class, ascii_run_with_case, class, push_lower};
use super::elision::{self, Apostrophe};
use super::quantity::{self, Quantity, Spotter};
use super::sentence::{Break, Gap, break_between};

/// The longest token, in bytes; what comes after in the same word is passed over, in text and query alike.
const LONGEST: usize = 128;
/// The longest number that spaces may still group, in digits.
const LONGEST_NUMBER: usize = 15;

/// A token of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Token {
    /// The form: what the index holds.
    pub text: String,
    /// The first byte of the text it was read from.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
    /// Its place among the words, from 0.
    pub position: u32,
    /// What it is.
    pub kind: TokenKind,
}

/// The sorts of tokens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TokenKind {
    /// A word, number or sign.
    #[default]
    Word,
    /// Another way to type the word just given, at the same position: the part before its dot (`brk` of
    /// `brk.b`), or with its article (`l'oréal` of `L'Oréal`); or what a quantity is without its currency,
    /// sign or year.
    Part,
    /// The canonical form of a quantity, at the position of its first word; it comes after its last word.
    Quantity,
    /// A sentence ends before the word at this position.
    SentenceBreak,
    /// A paragraph, and with it a sentence, ends before the word at this position.
    ParagraphBreak,
}

impl TokenKind {
    /// The form that stands for a sentence break in the index; no word has it.
    pub const SENTENCE: &'static str = "\u{1}s";
    /// The form that stands for a paragraph break in the index.
    pub const PARAGRAPH: &'static str = "\u{1}p";

    /// Returns whether a form of the index stands for a break.
    pub fn is_break(form: &str) -> bool {
        form == TokenKind::SENTENCE || form == TokenKind::PARAGRAPH
    }
}

/// The tokens of a text, given one by one into a buffer that is used again.
pub struct Tokens<'a> {
    text: &'a str,
    at: usize,
    position: u32,
    line_start: usize,
    previous: String,
    /// The word read while its break was given.
    word: Token,
    has_word: bool,
    /// Another way to type the last word.
    part: Option<Part>,
    /// Whether quantities are looked for.
    measures: bool,
    spotter: Spotter,
    /// The quantity whose forms are being given, those left.
    quantity: Option<Quantity>,
}

/// Another way to type a word.
#[derive(Clone, Copy)]
enum Part {
    /// What stands before its dot.
    Root { start: usize, end: usize },
    /// The word that ends here with the elided article that begins there.
    Glued { article: char, start: usize, end: usize },
}

impl<'a> Tokens<'a> {
    /// Begins at the start of `text`.
    pub fn new(text: &'a str) -> Tokens<'a> {
        Tokens {
            text,
            at: 0,
            position: 0,
            line_start: 0,
            previous: String::new(),
            word: Token::default(),
            has_word: false,
            part: None,
            measures: true,
            spotter: Spotter::default(),
            quantity: None,
        }
    }

    /// The same without canonical forms of quantities, for whoever looks for none: the other tokens are the same, in
    /// the same places.
    pub fn without_quantities(text: &'a str) -> Tokens<'a> {
        Tokens { measures: false, ..Tokens::new(text) }
    }

    /// Reads the next token into `token`; false at the end of the text.
    pub fn next(&mut self, token: &mut Token) -> bool {
        if self.has_word {
            self.has_word = false;
            std::mem::swap(token, &mut self.word);
            self.spot(token);
            return true;
        }
        if let Some(part) = self.part.take() {
            token.text.clear();
            let (start, end) = match part {
                Part::Root { start, end } => {
                    push_lowered(&mut token.text, &self.text[start..end]);
                    (start, end)
                }
                Part::Glued { article, start, end } => {
                    token.text.extend([article, '\'']);
                    token.text.push_str(&self.previous);
                    (start, end)
                }
            };
            (token.start, token.end) = (start, end);
            token.position = self.position - 1;
            token.kind = TokenKind::Part;
            return true;
        }
        if self.next_quantity(token) {
            return true;
        }
        let gap_start = self.at;
        let mut broken = None;
        if !self.skip_space() {
            let Some(gap) = self.skip_gap() else { return self.end(token) };
            let line = gap_start.saturating_sub(self.line_start);
            let (written, rest) = (&self.text[gap_start..self.at], &self.text[self.at..]);
            broken = break_between(&self.previous, gap, written, rest, line);
            if gap.newlines > 0 {
                self.line_start = self.at;
            }
        }
        // An elided article before a quotation mark is no word: what follows the mark is.
        while !self.read_word(token) {
            if self.skip_gap().is_none() {
                return self.end(token);
            }
        }
        self.previous.clear();
        self.previous.push_str(&token.text);
        token.position = self.position;
        token.kind = TokenKind::Word;
        self.position += 1;
        match broken {
            Some(kind) => self.break_before(token, kind, gap_start),
            None => self.spot(token),
        }
        true
    }

    /// Shows a word that is given to those who look for quantities.
    fn spot(&mut self, token: &Token) {
        if !self.measures {
            return;
        }
        self.spotter.read(self.text, &token.text, token.start, token.end, token.position);
    }

    /// Gives the next form of a quantity that ended, if there is one.
    fn next_quantity(&mut self, token: &mut Token) -> bool {
        if self.quantity.is_none() {
            self.quantity = self.spotter.next();
        }
        let Some(quantity) = &mut self.quantity else { return false };
        let (form, kind) = match quantity.exact.pop() {
            Some(form) => (form, TokenKind::Quantity),
            None => match quantity.partial.pop() {
                Some(form) => (form, TokenKind::Part),
                None => return false,
            },
        };
        *token = Token { text: form, start: quantity.start, end: quantity.end, position: quantity.position, kind };
        if quantity.exact.is_empty() && quantity.partial.is_empty() {
            self.quantity = None;
        }
        true
    }

    /// Gives what is left at the end of the text.
    fn end(&mut self, token: &mut Token) -> bool {
        self.spotter.finish();
        self.next_quantity(token)
    }

    /// Puts the word aside and gives its break first.
    fn break_before(&mut self, token: &mut Token, kind: Break, gap_start: usize) {
        std::mem::swap(token, &mut self.word);
        self.has_word = true;
        token.text.clear();
        let (form, kind) = match kind {
            Break::Sentence => (TokenKind::SENTENCE, TokenKind::SentenceBreak),
            Break::Paragraph => (TokenKind::PARAGRAPH, TokenKind::ParagraphBreak),
        };
        token.text.push_str(form);
        token.start = gap_start;
        token.end = self.word.start;
        token.position = self.word.position;
        token.kind = kind;
    }

    /// Passes over the one space that separates most words, if a letter or digit follows: nothing breaks there.
    fn skip_space(&mut self) -> bool {
        let skips = matches!(self.text.as_bytes()[self.at..], [b' ', next, ..] if next.is_ascii_alphanumeric());
        self.at += usize::from(skips);
        skips
    }

    /// Passes over what separates words; stops before a word or sign and returns what was passed. `None` at the end
    /// of the text.
    fn skip_gap(&mut self) -> Option<Gap> {
        let mut gap = Gap::default();
        let bytes = self.text.as_bytes();
        while let Some(&b) = bytes.get(self.at) {
            let (c, class) = if b < 128 {
                (b as char, ASCII[b as usize])
            } else {
                let c = self.text[self.at..].chars().next()?;
                (c, class(c))
            };
            match class {
                Class::Word | Class::Ideograph => return Some(gap),
                Class::Sign if self.sign_counts(c) => return Some(gap),
                Class::Newline => {
                    // "\r\n" is one line end; text read from files has only "\n".
                    if !(c == '\n' && self.at > 0 && bytes[self.at - 1] == b'\r') {
                        gap.newlines += 1;
                    }
                    gap.indented = false;
                }
                Class::Space if gap.newlines > 0 && self.at > 0 && bytes[self.at - 1] == b'\n' => {
                    gap.indented = next_is_space(bytes, self.at + c.len_utf8());
                }
                Class::Terminator if c == '.' && self.begins_decimals() => return Some(gap),
                Class::Terminator => gap.terminator = Some(c),
                _ => {}
            }
            gap.length += 1;
            self.at += c.len_utf8();
        }
        None
    }

    /// Returns whether the dot at the current place begins a number: `.25` is 0.25.
    fn begins_decimals(&self) -> bool {
        let before = self.text[..self.at].chars().next_back();
        self.text.as_bytes().get(self.at + 1).is_some_and(u8::is_ascii_digit)
            && before.is_none_or(|c| c.is_whitespace() || "([«“\"$€£¥+-\u{2212}\u{2011}~<>=≈".contains(c))
    }

    /// Returns whether the sign at the current place is a word: `$` is none before a letter (`$AAPL`).
    fn sign_counts(&self, sign: char) -> bool {
        let after = self.text[self.at + sign.len_utf8()..].chars().next();
        sign != '$' || !after.is_some_and(char::is_alphabetic)
    }

    /// Reads the word or sign at the current place into `token`; false if it was only an elided article.
    fn read_word(&mut self, token: &mut Token) -> bool {
        let bytes = self.text.as_bytes();
        let mut word = Word::at(self.at);
        token.text.clear();
        if bytes.get(self.at) == Some(&b'.') && self.begins_decimals() {
            token.text.push_str("0.");
            self.at += 1;
        }
        while let Some(&b) = bytes.get(self.at) {
            if b < 128 {
                // Most words end so; a space only goes on between digits.
                if b == b' ' && !word.numeric {
                    break;
                }
                let (run, has_capital) = ascii_run_with_case(&bytes[self.at..]);
                if run > 0 {
                    if self.push_ascii(token, &mut word, self.at + run, has_capital) {
                        continue;
                    }
                    break;
                }
            }
            let Some(c) = self.text[self.at..].chars().next() else { break };
            match class(c) {
                Class::Word => {
                    word.numeric = word.numeric && c.is_numeric();
                    if token.text.len() <= LONGEST {
                        push_lower(&mut token.text, c);
                    }
                    self.at += c.len_utf8();
                    word.end = self.at;
                }
                Class::Mark => {
                    if token.text.len() <= LONGEST {
                        token.text.push(c);
                    }
                    word.marks = true;
                    self.at += c.len_utf8();
                    word.end = self.at;
                }
                Class::Ignorable => self.at += c.len_utf8(),
                Class::Sign | Class::Ideograph if word.end == word.start => {
                    token.text.push(c);
                    self.at += c.len_utf8();
                    word.end = self.at;
                    break;
                }
                kind => {
                    if !self.join(token, &mut word, c, kind) {
                        break;
                    }
                }
            }
        }
        if word.end == word.start {
            return false;
        }
        if word.marks {
            token.text = token.text.nfc().collect();
        }
        truncate(&mut token.text);
        if let Some((article, start)) = word.article
            && self.part.is_none()
        {
            self.part = Some(Part::Glued { article, start, end: word.end });
        }
        token.start = word.start;
        token.end = word.end;
        true
    }

    /// Appends the letters and digits up to `run`; of `EUR200` the currency alone. Returns whether the word
    /// may go on.
    fn push_ascii(&mut self, token: &mut Token, word: &mut Word, mut run: usize, has_capital: bool) -> bool {
        let is_currency = word.end == word.start && is_glued_currency(&self.text[self.at..run]);
        if is_currency {
            run = self.at + 3;
        }
        let piece = &self.text[self.at..run];
        word.numeric = word.numeric && piece.bytes().all(|b| b.is_ascii_digit());
        let from = token.text.len();
        if from <= LONGEST {
            token.text.push_str(&piece[..piece.len().min(LONGEST)]);
            if has_capital {
                token.text[from..].make_ascii_lowercase();
            }
        }
        self.at = run;
        word.end = run;
        !is_currency
    }

    /// Decides whether the word goes on over `c`, which is no part of words by itself. If so, moves
    /// past it and returns true. May end the word early (a possessive), or start it anew (an elision).
    fn join(&mut self, token: &mut Token, word: &mut Word, c: char, kind: Class) -> bool {
        let rest = &self.text[self.at + c.len_utf8()..];
        let next = rest.chars().next();
        match kind {
            Class::Apostrophe => return self.join_apostrophe(token, word, c, rest),
            Class::Space if word.numeric && groups_digits(c) => {
                // 1 200,50: groups of three digits after at most three. A column of numbers is not one.
                let group_fits = (word.grouped && token.text.len() <= LONGEST_NUMBER)
                    || (token.text.len() <= 3 && !token.text.starts_with('0'));
                if group_fits && token.text.bytes().all(|b| b.is_ascii_digit()) && is_group(rest) {
                    word.grouped = true;
                    self.at += c.len_utf8();
                    return true;
                }
            }
            Class::Terminator if c == '.' => return self.join_dot(token, word, rest),
            Class::Other if c == ',' && word.numeric && next.is_some_and(|c| c.is_ascii_digit()) => {
                push_joint(&mut token.text, ',');
                self.at += 1;
                return true;
            }
            // S&P, AT&T: one side is short. Names written without spaces (Ernst&Young) part.
            Class::Other
                if c == '&'
                    && next.is_some_and(char::is_alphanumeric)
                    && (letters(&token.text) <= 2 || letters(rest) <= 2) =>
            {
                push_joint(&mut token.text, '&');
                self.at += 1;
                word.numeric = false;
                return true;
            }
            _ => {}
        }
        false
    }

    fn join_apostrophe(&mut self, token: &mut Token, word: &mut Word, c: char, rest: &str) -> bool {
        if word.marks {
            token.text = token.text.nfc().collect();
            word.marks = false;
        }
        let after_len = rest.find(|c: char| !is_letter(c)).unwrap_or(rest.len());
        let after = &rest[..after_len];
        if word.numeric && is_group(rest) {
            // 11’231, as in Switzerland.
            self.at += c.len_utf8();
            return true;
        }
        if after.is_empty() {
            // Before a quotation mark the article is no word either: the word ends empty.
            if matches!(rest.chars().next(), Some('"' | '«' | '“' | '‘')) && elision::is_elided(&token.text) {
                self.start_anew(token, word, c);
            }
            return false;
        }
        match elision::apostrophe(&token.text, after) {
            Apostrophe::Elision => {
                let start = word.start;
                let letter = match token.text.as_str() {
                    "l" => Some('l'),
                    "d" => Some('d'),
                    _ => None,
                };
                self.start_anew(token, word, c);
                word.article = letter.filter(|_| after.starts_with(char::is_uppercase)).map(|letter| (letter, start));
                true
            }
            Apostrophe::Possessive => {
                self.at += c.len_utf8() + after_len;
                false
            }
            Apostrophe::Inside => {
                push_joint(&mut token.text, '\'');
                self.at += c.len_utf8();
                word.numeric = false;
                true
            }
        }
    }

    fn start_anew(&mut self, token: &mut Token, word: &mut Word, c: char) {
        self.at += c.len_utf8();
        token.text.clear();
        *word = Word::at(self.at);
    }

    fn join_dot(&mut self, token: &mut Token, word: &mut Word, rest: &str) -> bool {
        let Some(next) = rest.chars().next() else { return false };
        if word.numeric && next.is_ascii_digit() {
            push_joint(&mut token.text, '.');
            self.at += 1;
            return true;
        }
        if !next.is_alphabetic() {
            return false;
        }
        let after = letters(rest);
        let segment = &self.text[word.segment..word.end];
        let single = letters(segment) == 1 && segment.starts_with(char::is_alphabetic);
        // U.S., e.g.: letters and dots in turn.
        let initials = single && after == 1;
        // BRK.B, AIR.PA: a code in capitals, and one or two capitals after the dot.
        let code = word.segment == word.start
            && (1..=2).contains(&after)
            && segment.len() <= 6
            && segment.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
            && rest.bytes().take(after).all(|b| b.is_ascii_uppercase())
            && segment.bytes().any(|b| b.is_ascii_uppercase());
        if !initials && !code {
            return false;
        }
        if code && !single {
            self.part = Some(Part::Root { start: word.start, end: word.end });
        }
        push_joint(&mut token.text, '.');
        self.at += 1;
        word.segment = self.at;
        word.numeric = false;
        true
    }
}

/// A word being read.
struct Word {
    start: usize,
    end: usize,
    /// Where the piece after the last joining dot begins.
    segment: usize,
    /// Digits only so far, separators aside.
    numeric: bool,
    /// Spaces group its digits.
    grouped: bool,
    /// It holds combining marks, so it must be normalized.
    marks: bool,
    /// The elided article and where it begins, if the word is a name behind one.
    article: Option<(char, usize)>,
}

impl Word {
    fn at(start: usize) -> Word {
        Word { start, end: start, segment: start, numeric: true, grouped: false, marks: false, article: None }
    }
}

fn is_letter(c: char) -> bool {
    matches!(class(c), Class::Word | Class::Mark | Class::Ignorable)
}

/// Returns how many letters and digits `text` begins with, marks and invisible characters aside; 4 for more than 3.
fn letters(text: &str) -> usize {
    text.chars()
        .take(64)
        .map(class)
        .take_while(|class| matches!(class, Class::Word | Class::Mark | Class::Ignorable))
        .filter(|class| *class == Class::Word)
        .take(4)
        .count()
}

/// Returns whether a space may group digits: tabs and wide spaces part the columns of tables.
fn groups_digits(space: char) -> bool {
    matches!(space, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\u{2007}')
}

fn next_is_space(bytes: &[u8], at: usize) -> bool {
    matches!(bytes.get(at), Some(b' ' | b'\t'))
}

/// Returns whether `rest` begins with exactly three digits.
fn is_group(rest: &str) -> bool {
    let digits = rest.bytes().take(4).take_while(u8::is_ascii_digit).count();
    digits == 3 && !rest[3..].chars().next().is_some_and(is_letter)
}

/// Returns whether a run begins with a currency in capitals that is glued to its number: `EUR200`, `Rmb10`.
fn is_glued_currency(run: &str) -> bool {
    let Some(([first, rest @ .., digit], _)) = run.as_bytes().split_first_chunk::<4>() else { return false };
    let is_capital = rest.iter().all(u8::is_ascii_uppercase) || rest == b"mb";
    first.is_ascii_uppercase() && is_capital && digit.is_ascii_digit() && quantity::is_currency_code(&run[..3])
}

fn push_lowered(out: &mut String, piece: &str) {
    for c in piece.chars() {
        push_lower(out, c);
    }
}

/// Appends a character that joins the pieces of a word, unless the word is too long already.
fn push_joint(text: &mut String, joint: char) {
    if text.len() <= LONGEST {
        text.push(joint);
    }
}

fn truncate(text: &mut String) {
    if text.len() > LONGEST {
        let mut end = LONGEST;
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        text.truncate(end);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<Token> {
        let mut tokens = Tokens::new(text);
        let mut found = Vec::new();
        let mut token = Token::default();
        while tokens.next(&mut token) {
            found.push(token.clone());
        }
        found
    }

    /// Words as `form@position`, parts with `+`, breaks as `|` and `¶`.
    fn shown(text: &str) -> String {
        let pieces = words(text).into_iter().map(|token| match token.kind {
            TokenKind::Word => format!("{}@{}", token.text, token.position),
            TokenKind::Part => format!("+{}@{}", token.text, token.position),
            TokenKind::Quantity => token.text,
            TokenKind::SentenceBreak => "|".to_owned(),
            TokenKind::ParagraphBreak => "¶".to_owned(),
        });
        pieces.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn words_as_french_writes_them() {
        for (text, want) in [
            ("L’action de l'Oréal", "action@0 de@1 oréal@2 +l'oréal@2"),
            ("D’Ieteren et L'E\u{301}quipe", "ieteren@0 +d'ieteren@0 et@1 équipe@2 +l'équipe@2"),
            ("Lorsqu’Airbus vend", "airbus@0 vend@1"),
            ("aujourd'hui, jusqu’à demain", "aujourd'hui@0 à@1 demain@2"),
            ("d'AUJOURD’HUI", "aujourd'hui@0 +d'aujourd'hui@0"),
            ("les prud’hommes", "les@0 prud'hommes@1"),
            ("porte-parole", "porte@0 parole@1"),
            ("l’« intelligence »", "intelligence@0"),
            ("d'1,2 milliard", "1,2@0 milliard@1 #1200000000"),
            ("E\u{301}conomie finan\u{ad}cement ﬁnance", "économie@0 financement@1 finance@2"),
            ("ŒUVRE Straße", "œuvre@0 straße@1"),
        ] {
            assert_eq!(shown(text), want, "{text}");
        }
    }

    #[test]
    fn words_as_finance_writes_them() {
        for (text, want) in [
            ("S&P 500", "s&p@0 500@1"),
            ("AT&T et R&D", "at&t@0 et@1 r&d@2"),
            ("Ernst&Young", "ernst@0 young@1"),
            ("BRK.B rose", "brk.b@0 +brk@0 rose@1"),
            ("(AIR.PA)", "air.pa@0 +air@0"),
            ("10-K", "10@0 k@1"),
            ("CAC40 CAC 40", "cac40@0 cac@1 40@2"),
            ("the U.S. economy", "the@0 u.s@1 economy@2"),
            ("Amazon.com", "amazon@0 com@1"),
            ("company's AT&T's companies'", "company@0 at&t@1 companies@2"),
            ("$AAPL $5 5 $", "aapl@0 $@1 5@2 5@3 #5usd $@4 #5usd"),
            ("0,31 % 0.31%", "0,31@0 %@1 0.31@2 %@3 #0.31% #0.31%"),
            ("1 200,50 M€ EUR5", "1200,50@0 m@1 €@2 eur@3 5@4 #1200500000eur +#1200500000@0 #5eur"),
            ("1\u{202f}234\u{a0}567", "1234567@0"),
            ("11’231 francs", "11231@0 francs@1"),
            ("en 2019 300 personnes", "en@0 2019@1 300@2 personnes@3"),
            ("-5% 10:30", "5@0 %@1 10@2 30@3 #-5%"),
            (".25% and .5 percent", "0.25@0 %@1 and@2 #0.25% 0.5@3 percent@4 #0.5%"),
            ("$.75 (.04) -.5%", "$@0 0.75@1 0.04@2 #0.75usd 0.5@3 %@4 #-0.5%"),
            ("Fin.5 1...5 fin. 5", "fin@0 5@1 1@2 | 5@3 fin@4 | 5@5"),
        ] {
            assert_eq!(shown(text), want, "{text}");
        }
    }

    #[test]
    fn breaks_stand_before_the_word_that_follows() {
        assert_eq!(shown("Fin. Début"), "fin@0 | début@1");
        assert_eq!(shown("Un\n\nDeux"), "un@0 ¶ deux@1");
        assert_eq!(
            shown("une ligne assez longue pour en passer une autre\n    puis"),
            "une@0 ligne@1 assez@2 longue@3 pour@4 en@5 passer@6 une@7 autre@8 ¶ puis@9"
        );
        assert_eq!(shown("gagne 5 %. Le CAC"), "gagne@0 5@1 %@2 | le@3 #5% cac@4");
        assert_eq!(shown("Fin. «L’été» vient"), "fin@0 | été@1 vient@2");
        assert_eq!(shown("Amazon.com Inc. (NASDAQ)"), "amazon@0 com@1 inc@2 nasdaq@3");
    }

    #[test]
    fn what_tables_and_odd_texts_hold_is_kept_apart_and_takes_no_long_time() {
        assert_eq!(shown("Renault\t120\t350"), "renault@0 120@1 350@2");
        assert_eq!(words(&"100 ".repeat(12)).len(), 2);
        assert_eq!(shown("Ｌ'Oréal"), "oréal@0 +l'oréal@0");
        let odd = [
            "100 ".repeat(50_000),
            "e\u{301}'".repeat(50_000),
            format!("a{}", "\u{301}".repeat(50_000)) + &"&b".repeat(20_000),
        ];
        for text in odd {
            assert!(words(&text).iter().all(|token| token.text.len() <= LONGEST));
        }
    }

    #[test]
    fn offsets_point_at_the_text_as_written() {
        let text = "L’E\u{301}tat perd 1 200,50\u{a0}€.";
        let got: Vec<&str> = words(text).iter().map(|token| &text[token.start..token.end]).collect();
        assert_eq!(got, ["E\u{301}tat", "L’E\u{301}tat", "perd", "1 200,50", "€", "1 200,50\u{a0}€"]);
    }

    proptest::proptest! {
        #[test]
        fn any_text_gives_tokens_in_order_with_offsets_inside(text in "(\\PC|[a-zA-ZＬｄ'’&.,0-9 \t\n%$€é\u{301}\u{ad}-]){0,60}") {
            let mut at = 0;
            let mut position = 0;
            for token in words(&text) {
                proptest::prop_assert!(token.start <= token.end && token.end <= text.len());
                proptest::prop_assert!(text.is_char_boundary(token.start) && text.is_char_boundary(token.end));
                proptest::prop_assert!(!token.text.is_empty());
                if quantity::is_quantity(&token.text) {
                    continue;
                }
                proptest::prop_assert!(token.position >= position);
                if token.kind == TokenKind::Word {
                    proptest::prop_assert!(token.start >= at);
                    at = token.end;
                }
                position = token.position;
            }
        }

        #[test]
        fn what_is_no_quantity_is_the_same_without_them(text in "[a-zA-Zé'’.,0-9 \n%$€-]{0,60}") {
            let mut tokens = Tokens::without_quantities(&text);
            let plain = std::iter::from_fn(|| {
                let mut token = Token::default();
                tokens.next(&mut token).then_some(token)
            });
            let want: Vec<Token> = words(&text).into_iter().filter(|t| !quantity::is_quantity(&t.text)).collect();
            proptest::prop_assert_eq!(plain.collect::<Vec<_>>(), want);
        }

        #[test]
        fn the_shape_of_apostrophes_spaces_case_and_accents_changes_nothing(
            text in "[a-zA-Zéèàçœ '0-9.,&-]{0,40}"
        ) {
            let forms = |text: &str| words(text).into_iter().map(|t| (t.text, t.position)).collect::<Vec<_>>();
            let want = forms(&text);
            proptest::prop_assert_eq!(forms(&text.replace('\'', "’")), want.clone());
            proptest::prop_assert_eq!(forms(&text.replace(' ', "\u{a0}")), want.clone());
            proptest::prop_assert_eq!(forms(&text.nfd().collect::<String>()), want);
        }
    }
}
