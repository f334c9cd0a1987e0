//! The dateline that opens a wire story: place, date, agency, dash (`PARIS, July 13 (Reuters) -`).
//! Apart from other date lines because it is also cut from a sentence that becomes a headline.

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

/// Words that a place may hold in lower case.
const LINKS: &[&str] = &["and", "et", "de", "du", "des", "la", "le", "les", "sur", "en", "of", "the", "sous", "près"];

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
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Year (if written), month and day.
    type Day = (Option<i16>, i8, i8);

    /// `want` is the text of the dateline, and its date if it has one.
    fn check(line: &str, want: Option<(&str, Option<Day>)>) {
        let found = read(line, Order::DayFirst)
            .map(|found| (&line[..found.length], found.date.map(|date| (date.year, date.month, date.day))));
        assert_eq!(found, want, "{line}");
    }

    #[test]
    fn wire_datelines_are_read() {
        for (dateline, date) in [
            ("PARIS, July 13 (Reuters) - ", (None, 7, 13)),
            ("April 20 (Reuters) - ", (None, 4, 20)),
            ("Nov 24 (Reuters) – ", (None, 11, 24)),
            ("LYON, 13 juil (Reuters) - ", (None, 7, 13)),
            ("PORTO ALEGRE, Feb 26 - ", (None, 2, 26)),
            ("STAMFORD, Conn., March 4 - ", (None, 3, 4)),
            ("TORONTO, March 20, Reuter - ", (None, 3, 20)),
            ("NEW YORK , March 11, 2025 /PRNewswire/ -- ", (Some(2025), 3, 11)),
            ("MONTREAL, Sept. 12, 2023 /CNW/ – ", (Some(2023), 9, 12)),
            ("MONTRÉAL, 25 avr. 2022 (GLOBE NEWSWIRE) -- ", (Some(2022), 4, 25)),
            ("HOUSTON and LONDON, July 05, 2023 (GLOBE NEWSWIRE) -- ", (Some(2023), 7, 5)),
            ("MIAMI, FL / ACCESSWIRE / June 28, 2024 / ", (Some(2024), 6, 28)),
            ("Toronto, Ontario--(Newsfile Corp. – May 31, 2022) – ", (Some(2022), 5, 31)),
            ("[03/05/2009 11:20:31] LILLE (AFP) - ", (Some(2009), 5, 3)),
            ("BOSTON--(BUSINESS WIRE)--July 13, 2010--", (Some(2010), 7, 13)),
            ("Boulogne-Billancourt, le 24 juillet 2025 – ", (Some(2025), 7, 24)),
            ("June 30, 2025 - ", (Some(2025), 6, 30)),
            ("Montréal (Québec), le 6 novembre 2024 (GLOBE NEWSWIRE) -- ", (Some(2024), 11, 6)),
            ("Toulouse, France – le 17 septembre 2024 – 07h00 CEST – ", (Some(2024), 9, 17)),
            ("Communiqué de presse – Nanterre, le 3 mars 2025 – ", (Some(2025), 3, 3)),
            ("Paris, le 20 janvier 2025. ", (Some(2025), 1, 20)),
            ("London, 20 January 2025. ", (Some(2025), 1, 20)),
            ("Amsterdam, the Netherlands, 20 January 2025, 7:00 AM CET. ", (Some(2025), 1, 20)),
        ] {
            check(&format!("{dateline}Shares of the group rose"), Some((dateline, Some(date))));
        }
        for line in [
            "Paris (France), le 18 octobre 2024 – 17h45",
            "Paris, vendredi 18 octobre 2024 (17:45)",
            "Paris – 18 octobre 2024 – 18 h",
        ] {
            check(line, Some((line, Some((Some(2024), 10, 18)))));
        }
        check("Paris, le 18 octobre 2024", Some(("Paris, le 18 octobre 2024", Some((Some(2024), 10, 18)))));
    }

    #[test]
    fn an_agency_alone_is_a_dateline_without_a_date() {
        for dateline in [
            "SEATTLE--(BUSINESS WIRE)--",
            "Paris (AFP) – ",
            "NEW YORK  (Reuters) - ",
            "(Boursier.com) — ",
            "DETROIT/TOKYO (Reuters) - ",
            "Frankfurt/Main (dpa-AFX) - ",
        ] {
            check(&format!("{dateline}Shares rose"), Some((dateline, None)));
        }
    }

    #[test]
    fn prose_is_no_dateline() {
        for line in [
            "Shares rose on July 13, 2025 after the results",
            "Apple (NASDAQ:AAPL) - the maker of phones",
            "Second Quarter, June 30, 2025 - Results",
            "Three months ended June 30, 2025 - sales rose",
            "Le 13 juillet 2025, la Bourse a monté",
            "In May 2025 - the group said",
            "Apple May 13 - a strange day",
            "Bilan, 30 juin 2025",
            "Bilan, 30 juin 2025. Le groupe va bien.",
            "Les comptes, le 30 juin 2025. Le groupe va bien.",
            "30 juin 2025. Le groupe va bien.",
            "June 30, 2025. The group is well.",
            "Paris, le 20 janvier. Le groupe va bien.",
            "Assemblée Générale, le 20 mai 2025. Le groupe vote.",
            "Annual Meeting, 20 May 2025. The group votes.",
            "Paris, le 20 janvier 2025.la suite",
            "Paris 20 janvier 2025. Le groupe va bien.",
            "Interim Report – 30 June 2025",
            "Sales Figures – 30 June 2025",
            "July 19th, 2018: the chief of staff",
            "PARIS - the city of light",
            "",
        ] {
            check(line, None);
        }
    }

    #[test]
    fn the_tables_are_plain() {
        for name in AGENCIES.iter().chain(NOT_PLACES).chain(EVENTS) {
            assert_eq!(letters::strip(name, name), Some(name.len()), "{name}");
        }
    }

    proptest! {
        #[test]
        fn a_dateline_is_a_beginning(line in "[A-Z]{0,6}[,/ ()–-]{0,3}(July 3|3 mai 2024|\\PC{0,9})[,/ ()–-]{0,4}\\PC{0,9}") {
            if let Some(found) = read(&line, Order::DayFirst) {
                prop_assert!(line.is_char_boundary(found.length));
            }
        }
    }
}
