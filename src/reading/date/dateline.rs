//! The dateline that opens a wire story: place, date, agency, dash (`PARIS, July 13 (Reuters) -`).
//! Separate from other date lines because it is also cut from a sentence that becomes a headline.

use super::forms::{self, Order, Written};
use crate::reading::{label, letters};

/// A dateline at the start of a line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dateline {
    /// Its date; `None` for `SEATTLE--(BUSINESS WIRE)--` and the like.
    pub date: Option<Written>,
    /// How many bytes it takes, with its dash and the spaces after it.
    pub length: usize,
}

/// Reads the dateline that opens `line`, if one does.
pub fn read(line: &str, order: Order) -> Option<Dateline> {
    let line = letters::head(line, LONGEST);
    let mut scan = Scan { rest: label::after_sorts(line), order, ..Scan::default() };
    while !scan.rest.is_empty() && scan.step() == Step::On {}
    let length = line.len() - scan.rest.len();
    scan.is_dateline().then_some(Dateline { date: scan.date, length })
}

/// No dateline is longer than this many bytes.
const LONGEST: usize = 240;

/// No place has more words than this (`HOUSTON and LONDON`, `Saint-Denis de La Réunion`).
const MOST_WORDS: usize = 10;

/// Agencies and wires that open a story without a date, in plain form.
const AGENCIES: &[&str] = &[
    "reuters",
    "reuter",
    "thomson reuters",
    "afp",
    "ap",
    "upi",
    "dpa",
    "ats",
    "belga",
    "ansa",
    "efe",
    "tass",
    "xinhua",
    "kyodo",
    "aof",
    "agefi",
    "agefi-dow jones",
    "dow jones",
    "bloomberg",
    "benzinga",
    "boursier.com",
    "cerclefinance.com",
    "cercle finance",
    "bfm bourse",
    "bfm business",
    "zonebourse",
    "zonebourse.com",
    "marketscreener",
    "easybourse.com",
    "business wire",
    "globe newswire",
    "globenewswire",
    "marketwired",
    "marketwire",
    "pr newswire",
    "prnewswire",
    "accesswire",
    "newsfile corp.",
    "newsfile",
    "cnw",
    "cnw telbec",
    "canada newswire",
    "la presse canadienne",
    "the canadian press",
    "mt newswires",
    "rttnews",
    "alliance news",
    "actusnews wire",
    "actusnews",
    "eqs news",
    "eqs-news",
    "asianet",
    "newswire",
];

/// Whether this is the name of an agency, or of a service of one: `dpa-AFX`.
pub fn is_agency(name: &str) -> bool {
    let known = |name: &str| AGENCIES.iter().any(|agency| letters::same(name, agency));
    known(name) || name.len() <= 40 && name.split(['-', '/']).any(|part| known(part.trim()))
}

/// Words of periods and accounts: `Second Quarter, June 30, 2025` is a heading, not a dateline.
const NOT_PLACES: &[&str] = &[
    "quarter",
    "trimestre",
    "semestre",
    "exercice",
    "half",
    "year",
    "fiscal",
    "months",
    "ended",
    "ending",
    "clos",
    "results",
    "resultats",
    "balance",
    "sheet",
    "sheets",
    "bilan",
    "statement",
    "statements",
    "earnings",
    "report",
    "rapport",
    "accounts",
    "comptes",
    "review",
    "interim",
    "as",
    "since",
    "depuis",
];

/// Words of what takes place on a day: `Assemblée Générale, le 20 mai 2025.`
const EVENTS: &[&str] = &[
    "assemblee",
    "conference",
    "reunion",
    "rendez-vous",
    "meeting",
    "call",
    "webcast",
    "webinar",
    "webinaire",
    "salon",
    "sommet",
    "summit",
];

/// Returns whether a title names a period or accounts.
pub fn names_period(line: &str) -> bool {
    letters::head(line, LONGEST)
        .split(|c: char| !c.is_alphanumeric())
        .any(|word| word.len() > 3 && NOT_PLACES.iter().any(|period| letters::same(word, period)))
}

/// Returns whether a line names what takes place on a day.
pub fn names_event(line: &str) -> bool {
    let line = letters::head(line, LONGEST);
    let mut places =
        line.char_indices().filter(|(at, c)| c.is_alphabetic() && !line[..*at].ends_with(char::is_alphanumeric));
    places.any(|(at, _)| EVENTS.iter().any(|event| letters::strip_word(&line[at..], event).is_some()))
}

/// Words that a place may hold in lower case.
const LINKS: &[&str] = &[
    "and", "et", "de", "du", "des", "la", "le", "les", "sur", "en", "of", "the", "sous", "près", "lès", "am", "an",
    "der", "den", "del", "upon",
];

#[derive(Default, PartialEq, Clone, Copy)]
enum Step {
    #[default]
    On,
    End,
}

/// What has been seen of a line so far.
#[derive(Default)]
struct Scan<'a> {
    rest: &'a str,
    order: Order,
    words: usize,
    period: bool,
    comma: bool,
    set_off: bool,
    dashed: bool,
    date: Option<Written>,
    bracketed: bool,
    agency: bool,
    known_agency: bool,
    closed: bool,
}

impl Scan<'_> {
    fn is_dateline(&self) -> bool {
        if self.period {
            return false;
        }
        match self.date {
            Some(date) if date.year.is_some() => {
                self.agency
                    || self.closed
                    || self.bracketed
                    // Behind a dash, a day alone on its line may be the end of a period.
                    || (self.rest.is_empty() && self.set_off && (!self.dashed || date.has_time()) && (1..=6).contains(&self.words))
            }
            Some(_) => self.agency || self.closed && self.words > 0 && self.set_off,
            None => self.known_agency && (self.closed || self.words > 0),
        }
    }

    /// Passes over the next part of the line.
    fn step(&mut self) -> Step {
        let Some(c) = self.rest.chars().next() else { return Step::End };
        match c {
            c if c.is_whitespace() => self.pass(c.len_utf8()),
            ',' | '|' | '•' | '·' => {
                self.comma = true;
                self.pass(c.len_utf8())
            }
            '(' => self.bracket(')'),
            '[' => self.bracket(']'),
            '/' => self.slash(),
            '-' | '–' | '—' => self.dash(),
            ':' if self.date.is_some() && self.words > 0 => self.close(1),
            '.' if self.is_a_sentence() => self.close(1),
            c if c.is_alphanumeric() => self.date_or_word(c),
            _ => Step::End,
        }
    }

    /// Whether place and date are a sentence by themselves, and another follows: `Paris, le 3 mars 2025. Le groupe …`.
    fn is_a_sentence(&self) -> bool {
        let next = self.rest[1..].trim_start();
        let follows = next.starts_with(|c: char| !c.is_lowercase()) && next.len() < self.rest.len() - 1;
        let dated = self.date.is_some_and(|date| date.year.is_some());
        dated && self.set_off && !self.dashed && (1..=6).contains(&self.words) && (follows || next.is_empty())
    }

    fn pass(&mut self, bytes: usize) -> Step {
        self.rest = self.rest.get(bytes..).unwrap_or_default();
        Step::On
    }

    /// Passes over the last mark and the spaces after it.
    fn close(&mut self, bytes: usize) -> Step {
        self.pass(bytes);
        self.rest = self.rest.trim_start();
        self.closed = true;
        Step::End
    }

    /// `(Reuters)`, `(Newsfile Corp. – May 31, 2022)`, `[03/05/2009 11:20:31]`.
    fn bracket(&mut self, closing: char) -> Step {
        let Some(end) = self.rest.find(closing).filter(|&end| end <= 60) else { return Step::End };
        let inner = self.rest[1..end].trim();
        // `SINGAPORE (March 4): …`
        if self.date.is_none()
            && self.words > 0
            && let Some(date) = forms::whole(inner, self.order)
            && date.year.is_none()
            && self.rest[end + 1..].trim_start().starts_with([':', '-', '–', '—'])
        {
            (self.date, self.set_off) = (Some(date), true);
            return self.pass(end + 1);
        }
        if self.date.is_none()
            && let Some((name, date)) = self.date_inside(inner)
        {
            (self.date, self.bracketed) = (Some(date), true);
            self.agency |= !name.trim().is_empty();
            return self.pass(end + 1);
        }
        let known = is_agency(inner);
        let letters_only =
            inner.chars().any(char::is_alphabetic) && !inner.contains(|c: char| c == ':' || c.is_numeric());
        // `Montréal (Québec), le 6 novembre`
        if letters_only && !known && self.date.is_none() && self.words > 0 && inner.starts_with(char::is_uppercase) {
            return self.pass(end + 1);
        }
        if !(known || letters_only && self.date.is_some() && !self.agency) {
            return Step::End;
        }
        self.agency = true;
        self.known_agency |= known;
        self.pass(end + 1)
    }

    /// Finds a date that ends `inner`; returns what stands before it.
    fn date_inside<'b>(&self, inner: &'b str) -> Option<(&'b str, Written)> {
        let starts = inner.char_indices().filter(|(_, c)| matches!(c, '-' | '–' | '—' | ',' | '|'));
        let starts = std::iter::once(0).chain(starts.map(|(at, c)| at + c.len_utf8()));
        for start in starts {
            if let Some(date) = forms::whole(&inner[start..], self.order).filter(|date| date.year.is_some()) {
                return Some((&inner[..start], date));
            }
        }
        None
    }

    /// `/PRNewswire/`, `/ ACCESSWIRE /`, `DETROIT/WASHINGTON`, and the slash that closes.
    fn slash(&mut self) -> Step {
        let inner = self.rest[1..].split_once('/').map(|(inner, _)| inner).filter(|inner| inner.len() <= 40);
        if let Some(inner) = inner {
            let name = inner.trim().split_once(" - ").map_or(inner.trim(), |(name, _)| name);
            let known = AGENCIES.iter().any(|agency| letters::strip_word(name, agency).is_some());
            let named = name.chars().any(char::is_alphabetic) && !name.contains(|c: char| c.is_numeric() || c == '(');
            if known || named && self.date.is_some() && !self.agency {
                self.agency = true;
                self.known_agency |= known;
                self.comma = true;
                return self.pass(inner.len() + 2);
            }
        }
        if self.date.is_some() { self.close(1) } else { self.pass(1) }
    }

    fn dash(&mut self) -> Step {
        let run = self.rest.len() - self.rest.trim_start_matches(['-', '–', '—']).len();
        let after = &self.rest[run..];
        if after.trim_start().starts_with('(') && !self.agency {
            return self.pass(run);
        }
        // `Toulouse – le 17 septembre 2024 – `
        if !self.agency
            && self.date.is_none()
            && self.words > 0
            && let Some((date, length)) = forms::leading(after, self.order)
            && date.year.is_some()
        {
            (self.date, self.set_off, self.dashed, self.comma) = (Some(date), true, true, false);
            return self.pass(run + length);
        }
        // `--(BUSINESS WIRE)--July 13, 2010--`
        if self.agency
            && self.date.is_none()
            && let Some((date, length)) = forms::leading(after, self.order)
            && date.year.is_some()
            && after[length..].trim_start().starts_with(['-', '–', '—'])
        {
            self.date = Some(date);
            return self.pass(run + length);
        }
        // `(AOF) - Paris, mardi 4 mars 2025 - `
        if self.agency
            && self.date.is_none()
            && self.words == 0
            && let Some(next) = read(after.trim_start(), self.order)
            && next.date.is_some_and(|date| date.year.is_some())
        {
            (self.date, self.closed) = (next.date, true);
            self.pass(self.rest.len() - after.trim_start().len() + next.length);
            return Step::End;
        }
        if self.date.is_some() || self.agency { self.close(run) } else { Step::End }
    }

    fn date_or_word(&mut self, first: char) -> Step {
        if self.date.is_none()
            && let Some((date, length)) = forms::leading(self.rest, self.order)
        {
            let article = letters::strip_word(self.rest, "le").is_some();
            self.set_off = self.comma || article;
            self.comma = false;
            self.date = Some(date);
            return self.pass(length);
        }
        // `MONTREAL, March 20, Reuter - `
        if self.date.is_some() && self.comma && !self.agency {
            let named = AGENCIES.iter().filter_map(|agency| letters::strip_word(self.rest, agency)).max();
            if let Some(length) = named {
                self.agency = true;
                return self.pass(length);
            }
        }
        let open = self.date.is_none() || self.bracketed;
        if !open || self.agency || self.words >= MOST_WORDS || first.is_numeric() {
            return Step::End;
        }
        let word = word(self.rest);
        let bare = word.trim_end_matches('.');
        if !first.is_uppercase() && !LINKS.contains(&bare) {
            return Step::End;
        }
        self.period |= NOT_PLACES.iter().chain(EVENTS).any(|period| letters::same(bare, period));
        self.words += 1;
        self.comma = false;
        self.pass(word.len())
    }
}

/// Returns the word that opens `text`, with inner dots, apostrophes and hyphens: `N.Y.`, `Saint-Ouen`.
fn word(text: &str) -> &str {
    let mut end = 0;
    let mut characters = text.char_indices().peekable();
    while let Some((at, c)) = characters.next() {
        let joins =
            matches!(c, '\'' | '\u{2019}' | '-') && characters.peek().is_some_and(|(_, next)| next.is_alphabetic());
        if !(c.is_alphabetic() || c == '.' || joins) {
            break;
        }
        end = at + c.len_utf8();
    }
    &text[..end]
}

#[cfg(test)]
#[path = "dateline_tests.rs"]
mod tests;
