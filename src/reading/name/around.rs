//! The words around a name: what stands before and after it in the same phrase, its sentence, its writing.

use std::ops::Range;

use super::{Candidate, trade, words};
use crate::analysis;
use crate::article::Language;
use crate::market::names::{self, Class};
use crate::reading::letters;

/// A text whose names are asked about.
pub(super) struct Around<'a> {
    text: &'a str,
    /// Whether the text is written in capitals at the start of every word, as English headlines are.
    titled: bool,
}

/// At most `N` words beside a name.
pub(super) struct Words<'a, const N: usize> {
    words: [&'a str; N],
    count: usize,
}

impl<'a, const N: usize> Words<'a, N> {
    fn none() -> Words<'a, N> {
        Words { words: [""; N], count: 0 }
    }

    fn push(&mut self, word: &'a str) {
        self.words[self.count] = word;
        self.count += 1;
    }
}

impl<'a, const N: usize> std::ops::Deref for Words<'a, N> {
    type Target = [&'a str];

    fn deref(&self) -> &[&'a str] {
        &self.words[..self.count]
    }
}

/// How many words after a name that of an index may end.
const INDEX: usize = 5;
/// How many words after a name that of a fund may end.
const FUND: usize = 6;
/// How many words after a name that of another body may end.
const BODY: usize = 3;
/// A tournament of golf, the one event with a hyphen.
const PRO_AM: &str = "Pro-Am";
/// How long the line before a report is at most, in bytes.
const DATELINE: usize = 70;
/// How far a sentence is followed, in bytes.
const REACH: usize = 400;

impl<'a> Around<'a> {
    /// Returns a headline, which English may write with capitals.
    pub fn of_headline(text: &'a str, language: Language) -> Around<'a> {
        let may_be_titled = language != Language::French && text.len() < 250;
        Around { text, titled: may_be_titled && is_titled(text) }
    }

    /// Returns the text below a headline.
    pub fn of_body(text: &'a str) -> Around<'a> {
        Around { text, titled: false }
    }

    /// Returns whether capitals at the start of words tell nothing here.
    pub fn is_titled(&self) -> bool {
        self.titled
    }

    /// Returns the text of a range.
    pub fn slice(&self, start: usize, end: usize) -> &'a str {
        self.text.get(start..end).unwrap_or_default()
    }

    /// Returns whether the line around `at` is a heading: four words or more without a comma.
    pub fn is_heading(&self, at: usize) -> bool {
        let before = letters::tail(&self.text[..at], REACH).rsplit('\n').next().unwrap_or_default();
        let after = &self.text[at..self.bounds(at..at).end];
        !before.contains(',')
            && !after.contains(',')
            && before.split_whitespace().chain(after.split_whitespace()).nth(3).is_some()
    }

    /// Returns the text before `at`.
    pub fn head(&self, at: usize) -> &'a str {
        &self.text[..at]
    }

    /// Returns the text from `at` on.
    pub fn tail(&self, at: usize) -> &'a str {
        &self.text[at..]
    }

    /// Returns whether the initial of a name stands before `at`: `George W. Dell`, `D.E. Shaw`.
    pub fn has_initial_before(&self, at: usize) -> bool {
        let before = self.before::<2>(at);
        let is_letter = |part: &str| part.len() == 1 && part.starts_with(|c: char| c.is_ascii_uppercase());
        let is_initial = |word: &&str| {
            word.strip_suffix('.').is_some_and(|letters| letters.split('.').all(is_letter)) && !words::is_demonym(word)
        };
        let begins =
            || before.get(1).is_none_or(|word| word.starts_with(char::is_uppercase) || words::is_article(word));
        before.first().is_some_and(|last| is_initial(last) && (last.len() > 2 || begins()))
    }

    /// Returns whether a name that begins at `at` is joined by a hyphen to another capitalized word, and no company, within a
    /// sentence: `Faure-Roche`, but not `Renault-Nissan`.
    pub fn is_compound(&self, at: usize) -> bool {
        let Some(head) = self.text[..at].strip_suffix('-') else { return false };
        let start =
            head.len() - head.chars().rev().take_while(|c| c.is_alphabetic()).map(char::len_utf8).sum::<usize>();
        let word = &head[start..];
        word.starts_with(char::is_uppercase)
            && word.contains(char::is_lowercase)
            && !self.begins_sentence(start)
            && names::longest_at(self.text, start).is_none()
    }

    /// Returns the word before `at`, if nothing but a space stands between.
    pub fn word_before(&self, at: usize) -> Option<&'a str> {
        let head = self.text[..at].strip_suffix([' ', '\u{a0}'])?;
        let word = head.rsplit(|c: char| !c.is_alphanumeric() && c != '-').next()?;
        (!word.is_empty()).then_some(word)
    }

    /// Returns the words before `at` in the same phrase, the nearest first.
    pub fn before<const N: usize>(&self, at: usize) -> Words<'a, N> {
        let mut words = Words::none();
        let mut end = at;
        while words.len() < N {
            let head = &self.text[..end];
            let trimmed = head.trim_end_matches([' ', '\u{a0}', '\u{202f}', '"', '“', '«', '\'', '’', '-']);
            // An elided article belongs to the name: `d'Airbus`.
            let Some(last) = trimmed.chars().next_back().filter(|c| c.is_alphanumeric() || *c == '.') else { break };
            if last == '.' && !is_abbreviation(trimmed) {
                break;
            }
            let start = trimmed
                .rfind(|c: char| !is_inner(c))
                .map_or(0, |at| at + trimmed[at..].chars().next().map_or(1, char::len_utf8));
            if start == trimmed.len() {
                break;
            }
            let word = &trimmed[start..];
            // A sentence may end without a space: `de Stuttgart.La Porsche`.
            let is_end = |head: &str| head.len() >= 3 && head.ends_with(char::is_lowercase);
            let last =
                word.rsplit_once('.').filter(|(head, last)| is_end(head) && last.starts_with(char::is_uppercase));
            if let Some((_, last)) = last {
                words.push(last);
                break;
            }
            words.push(word);
            end = start;
        }
        words
    }

    /// Returns the words after `at` in the same phrase, a possessive `'s` aside.
    pub fn after<const N: usize>(&self, at: usize) -> Words<'a, N> {
        let mut words = Words::none();
        let mut rest = &self.text[at..];
        for possessive in ["'s", "’s"] {
            rest = rest.strip_prefix(possessive).unwrap_or(rest);
        }
        while words.len() < N {
            rest = rest.trim_start_matches([' ', '\u{a0}', '\u{202f}', '"', '”', '»']);
            // `à l'achat`: what is elided and what follows are two words.
            let is_elided = words.last().is_some_and(|word: &&str| word.chars().nth(2).is_none());
            rest = if is_elided { rest.trim_start_matches(['\'', '’']) } else { rest };
            if !rest.starts_with(char::is_alphanumeric) {
                break;
            }
            let end = rest.find(|c: char| !is_inner(c)).unwrap_or(rest.len());
            words.push(rest[..end].trim_end_matches('.'));
            rest = &rest[end..];
        }
        words
    }

    /// Returns whether a name is, or goes on as, that of an index: `MSCI Emerging Markets Index`, `the Dow`.
    pub fn names_index(&self, name: Range<usize>) -> bool {
        if words::is_index_name(&self.text[name.clone()]) {
            let is_indexed = |word: &&str| words::is_indexed(word);
            let is_index = || self.word_before(name.start).is_some_and(words::is_article);
            return self.after::<1>(name.end).first().is_some_and(is_indexed) || is_index();
        }
        self.goes_on_as_index(name.end) || self.goes_on_as_fund(name.end)
    }

    /// Returns whether the name that ends at `at` goes on as that of a fund: `BlackRock Strategic Income fund`. A fund of the
    /// company's has no name between.
    fn goes_on_as_fund(&self, at: usize) -> bool {
        let after = self.after::<FUND>(at);
        let is_name = |word: &&&str| word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
        let named = after.iter().take_while(is_name).count();
        let is_fund = |word: &str| words::is_fund(word) && (word != "trust");
        let ends = |at: usize| at >= 1 && after.get(at).is_some_and(|word| is_fund(word));
        named > 0 && !self.titled && self.text[at..].starts_with([' ', '\u{a0}']) && (1..=named).any(ends)
    }

    /// Returns whether the name that ends at `at` stands before what a town or a river has it from: `Fairfax mayor`, `Roper
    /// River`.
    pub fn is_local(&self, at: usize) -> bool {
        let Some(rest) = self.text[at..].strip_prefix([' ', '\u{a0}']) else { return false };
        let word = &rest[..rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len())];
        words::is_local(word)
            && (word.starts_with(char::is_uppercase) || matches!(word, "mayor" | "residents" | "county"))
    }

    /// Returns whether a name goes on as that of a street or a building, or is the end of one: `Accor Arena`.
    pub fn names_place(&self, name: Range<usize>) -> bool {
        let at = name.end;
        // `Amerant Bank Arena`, in a title, too
        if words::is_site(&self.text[name.clone()]) {
            return self.word_before(name.start).is_some_and(|word| word.starts_with(char::is_uppercase));
        }
        let Some(rest) = self.text[at..].strip_prefix([' ', '\u{a0}']) else { return false };
        let word = &rest[..rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len())];
        let goes_on = || self.may_go_on(&rest[word.len()..]);
        word.starts_with(char::is_uppercase) && (words::is_site(word) || words::is_ground(word) && !goes_on())
    }

    /// Returns whether a name is the beginning of that of another body: `Metro Bank`, `Barclays Women's Super League`; the tables
    /// have the names of banks that are written so.
    pub fn names_body(&self, candidate: &Candidate) -> bool {
        let Some(mut rest) = self.text[candidate.end..].strip_prefix([' ', '\u{a0}']) else { return false };
        for place in 0..BODY {
            let word = match rest.get(..PRO_AM.len()) {
                Some(PRO_AM) => PRO_AM,
                _ => &rest[..rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len())],
            };
            if !word.starts_with(char::is_uppercase) {
                return false;
            }
            let behind = &rest[word.len()..];
            let is_near = place == 0 || !self.titled;
            let is_event = || is_near && words::is_event(word) && !is_model(behind) && !self.may_go_on(behind);
            if words::is_body(word) || is_event() || place == 0 && words::is_lender(word) && self.may_be_bank(candidate)
            {
                return true;
            }
            rest = &rest[word.len()..];
            rest = rest.strip_prefix("'s").or_else(|| rest.strip_prefix("’s")).unwrap_or(rest);
            let Some(next) = rest.strip_prefix([' ', '\u{a0}']) else { return false };
            rest = next;
        }
        false
    }

    /// Returns whether a word before `rest` may be any noun or verb of a title: `Toyota Field Tests a Truck`.
    fn may_go_on(&self, rest: &str) -> bool {
        self.titled && rest.trim_start().starts_with(char::is_uppercase)
    }

    /// Returns whether a bank that goes by a name may be another company: `Metro Bank`, since the name is an ordinary word,
    /// and `Novo Banco`, since it is but the beginning of the company's. `Tesco Bank` is of Tesco.
    fn may_be_bank(&self, candidate: &Candidate) -> bool {
        let more = candidate.owner.name.strip_prefix(self.slice(candidate.start, candidate.end)).unwrap_or_default();
        let is_short = more.split_whitespace().any(|word| !words::is_form(word));
        (candidate.class == Class::Word || is_short) && !trade::lends(candidate)
    }

    fn goes_on_as_index(&self, at: usize) -> bool {
        let after = self.after::<INDEX>(at);
        let Some(last) = after.iter().position(|word| words::is_index(word)) else { return false };
        let is_name = |word: &&str| word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
        // An average is one of something.
        let is_mean = last == 0 && after[0].eq_ignore_ascii_case("average");
        after[..last].iter().all(is_name) && !is_mean
    }

    /// Returns how many bytes of spaces and quotation marks stand before `at`.
    pub fn gap(&self, at: usize) -> usize {
        let head = &self.text[..at];
        head.len() - head.trim_end_matches([' ', '\u{a0}', '\u{202f}', '"', '“', '«', '\'', '’', '-']).len()
    }

    /// Returns the text from `at` on.
    pub fn rest(&self, at: usize) -> &'a str {
        self.slice(at, self.text.len())
    }

    /// Returns what follows `at` directly, without its leading space.
    pub fn next(&self, at: usize) -> &'a str {
        self.text[at..].trim_start_matches(letters::SPACES)
    }

    /// Returns whether a sentence, a line or a quotation begins at `at`.
    pub fn begins_sentence(&self, at: usize) -> bool {
        let head = self.text[..at]
            .trim_end_matches([' ', '\u{a0}', '\u{202f}', '"', '“', '«', '\'', '(', '-', '–', '—', '*', '•']);
        match head.chars().next_back() {
            None | Some('\n' | '!' | '?' | ':' | ';' | '…') => true,
            Some('.') => !is_abbreviation(head),
            Some(')') => self.text[head.len()..at].contains(['-', '–', '—']) && is_dateline(head),
            _ => false,
        }
    }

    /// Returns the sentence around a range, bounded.
    pub fn sentence(&self, range: Range<usize>) -> &'a str {
        &self.text[self.bounds(range)]
    }

    /// Returns what follows the sentence around `at`.
    pub fn behind_sentence(&self, at: usize) -> &'a str {
        self.text[self.bounds(at..at).end..].trim_start_matches(letters::SPACES)
    }

    /// Returns the next cell of the row of a table that a name at `at` is a cell of: `Visa | V | 340.10`.
    pub fn next_cell(&self, at: usize) -> Option<&'a str> {
        let rest = self.text[at..].trim_start_matches([' ', '\u{a0}']).strip_prefix(['|', '\t'])?;
        rest.split(['|', '\t', '\n']).next().map(str::trim)
    }

    fn bounds(&self, range: Range<usize>) -> Range<usize> {
        let least = (range.start.saturating_sub(REACH)..=range.start).find(|at| self.text.is_char_boundary(*at));
        let most =
            (range.end..=(range.end + REACH).min(self.text.len())).rev().find(|at| self.text.is_char_boundary(*at));
        let (least, most) = (least.unwrap_or(range.start), most.unwrap_or(range.end));
        let head = &self.text[least..range.start];
        let tail = &self.text[range.end..most];
        let start = breaks(head).next_back().map_or(least, |at| least + at);
        let end = breaks(tail).next().map_or(most, |at| range.end + at);
        start..end
    }
}

/// Returns whether a text that ends in a bracket ends in the place, the day and the agency that open a report: `LONDON, Sept 10
/// (Reuters)`.
fn is_dateline(head: &str) -> bool {
    let line = letters::tail(head, DATELINE + 1).rsplit('\n').next().unwrap_or_default();
    line.len() <= DATELINE && line.starts_with(char::is_uppercase) && !line.contains(". ")
}

/// Returns whether the number of a product follows: `Watch Series 9`, `Series X`.
fn is_model(text: &str) -> bool {
    let word = text.trim_start().split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    word.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit()) && !word.is_empty()
}

/// Returns the ends of sentences in `text`.
fn breaks(text: &str) -> impl DoubleEndedIterator<Item = usize> + '_ {
    let bytes = text.as_bytes();
    bytes.iter().enumerate().filter_map(move |(at, byte)| {
        let ends = match byte {
            b'\n' => true,
            b'!' | b'?' => true,
            b'.' => bytes.get(at + 1).is_none_or(u8::is_ascii_whitespace) && !is_abbreviation(&text[..=at]),
            _ => false,
        };
        ends.then_some(at + 1)
    })
}

/// Returns whether a text that ends in a dot ends in an abbreviation: `Mr.`, `U.S.`, `Corp.`, an initial.
fn is_abbreviation(text: &str) -> bool {
    let text = text.trim_end_matches('.');
    let word = text.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    word.chars().count() == 1 && word.chars().all(char::is_uppercase) || analysis::is_abbreviation(word)
}

/// Returns whether a letter, a digit or a sign of the kind that stands inside words.
fn is_inner(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '&' | '.' | '-')
}

/// Returns whether most of the words begin with a capital.
fn is_titled(text: &str) -> bool {
    let words =
        || text.split_whitespace().filter(|word| word.chars().count() > 3 && word.starts_with(char::is_alphabetic));
    let capitals = words().filter(|word| word.starts_with(char::is_uppercase)).count();
    let all = words().count();
    all >= 3 && capitals * 4 >= all * 3
}
