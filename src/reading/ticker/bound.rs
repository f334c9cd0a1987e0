//! Codes in brackets and the name before them: `Lundin Gold Inc. (TSX: LUG; Nasdaq Stockholm: LUG)`.
//!
//! What stands in brackets behind one name are lines of one company, whichever of them the tables know. A code that no
//! table has under that name, while the name is another known company's, is that company's: symbols change hands.
//! Otherwise the name is the code's company's, all through the article ([`super::name::Given`]).

use rustc_hash::FxHashMap;

use super::named::{SHARED, fold, without_form};
use super::{Found, is_other_class};
use crate::article::{Mic, Ticker};
use crate::market::names::{self, Class};
use crate::market::{self, companies, symbol};
use crate::reading::letters;
use crate::reading::name::{self, Given};

/// What an article says of its codes by the names before them.
#[derive(Default)]
pub(super) struct Bound<'a> {
    /// The companies of codes that the tables do not know as theirs.
    pub companies: FxHashMap<Ticker, Ticker>,
    /// The names that are given with codes.
    pub given: Vec<Given<'a>>,
    at: Option<i64>,
}

/// How far before a code its bracket opens, and how long the brackets between it and its name are, in bytes.
const REACH: usize = 160;

/// How many names of an article are bound: what gives more is a table.
const MOST: usize = 100;

/// How many bytes and words a name has at most.
const LONGEST: (usize, usize) = (100, 8);

impl<'a> Bound<'a> {
    /// Reads the names before the codes of headline and text.
    pub fn of(places: [(&'a str, &[Found]); 2], at: Option<i64>) -> Bound<'a> {
        let mut bound = Bound { at, ..Bound::default() };
        for (is_headline, (source, codes)) in [true, false].into_iter().zip(places) {
            let ends: Vec<Option<usize>> = codes.iter().map(|code| name_end(source, code.start)).collect();
            let mut from = 0;
            while from < codes.len() {
                let same = ends[from..].iter().take_while(|end| **end == ends[from]).count();
                let run = ends[from].and_then(|end| Run::before(source, end));
                if let Some(run) = run {
                    bound.add(&run, &codes[from..from + same], is_headline);
                }
                from += same;
            }
        }
        bound
    }

    /// Returns the company of a security.
    pub fn company(&self, ticker: &Ticker) -> Ticker {
        self.companies.get(ticker).cloned().unwrap_or_else(|| market::canonical(ticker, self.at))
    }

    /// Binds the codes of one name.
    fn add(&mut self, run: &Run<'a>, codes: &[Found], is_headline: bool) {
        let matched = |code: &&Found| run.names_of(&self.company(&code.ticker), &code.ticker);
        let known = run.known(self.at);
        // Of the classes of a share, the one that its name means.
        let is_main = |code: &&Found| {
            known.is_some_and(|(_, listing)| market::company(&listing, self.at) == self.company(&code.ticker))
        };
        let in_order = codes.iter().filter(is_main).chain(codes);
        let leads = in_order.into_iter().find_map(|code| Some((code, matched(&code)?)));
        let is_unknown = |code: &&Found| !market::is_known(&code.ticker);
        let (ticker, company, name) = match (leads, known) {
            (Some((code, name)), _) => (&code.ticker, self.company(&code.ticker), Some(name)),
            (None, Some((class, listing))) => {
                let near = |code: &Found| {
                    let (mic, home) = (code.ticker.mic, listing.mic);
                    mic == home || mic == Mic::UNKNOWN || symbol::is_american(mic) && symbol::is_american(home)
                };
                if class != Class::Sure && !codes.iter().all(near) {
                    return;
                }
                let company = market::company(&listing, self.at);
                for code in codes {
                    self.companies.entry(code.ticker.clone()).or_insert_with(|| company.clone());
                }
                return;
            }
            (None, None) => {
                // `NASDAQ: QQAU, QQA, QQAW`: units and warrants have the symbol of the share before their letter.
                let begins =
                    |code: &&Found| codes.iter().all(|other| other.ticker.symbol.starts_with(&code.ticker.symbol));
                let lead = codes.iter().find(|code| !is_unknown(code)).or_else(|| codes.iter().find(begins));
                let lead = lead.unwrap_or(&codes[0]);
                (&lead.ticker, self.company(&lead.ticker), None)
            }
        };
        // `Miners (ASX: AAA, BBB)`
        let is_list = name.is_none() && run.words.len() == 1 && run.core().ends_with('s');
        // `BRK.A` and `BRK.B` are told apart.
        let is_line = |code: &&Found| {
            (is_unknown(code) || matched(code).is_some()) && !is_other_class(&self.company(&code.ticker), &company)
        };
        let lines: Vec<&Found> = codes.iter().filter(|code| code.ticker != *ticker).filter(is_line).collect();
        for code in lines.into_iter().filter(|_| !is_list) {
            self.companies.entry(code.ticker.clone()).or_insert_with(|| company.clone());
        }
        let name = name.unwrap_or_else(|| if is_headline { run.last_known() } else { run.core() });
        let is_table = self.given.len() >= MOST;
        if !is_table
            && !name.is_empty()
            && ticker.mic != Mic::UNKNOWN
            && self.given.iter().all(|given| given.name != name)
        {
            self.given.push(Given { name, ticker: ticker.clone(), company });
        }
    }
}

/// Returns where the text before the brackets around `at` ends, brackets that stand before one another passed.
fn name_end(source: &str, at: usize) -> Option<usize> {
    let is_open = |c: char| matches!(c, '(' | '[' | '<' | '（');
    let is_closed = |c: char| matches!(c, ')' | ']' | '>' | '）');
    let mut end = at;
    for _ in 0..4 {
        let head = letters::tail(&source[..end], REACH);
        let open = head.rfind(|c: char| is_open(c) || is_closed(c) || c == '\n')?;
        if !head[open..].starts_with(is_open) {
            return None;
        }
        let before = head[..open].trim_end();
        end = end - head.len() + before.len();
        let Some(inner) = before.strip_suffix(is_closed) else { return Some(end).filter(|end| *end > 0) };
        end -= before.len() - inner.len();
    }
    None
}

/// Words with capitals that end right before a bracket.
struct Run<'a> {
    source: &'a str,
    /// Each with its first byte, the byte after its last, and its fold; the form of company at the end too.
    words: Vec<(usize, usize, String)>,
    /// How many words stand before the name: an opener, an article, a day.
    leading: usize,
}

impl<'a> Run<'a> {
    /// Reads the run that ends at `end`.
    fn before(source: &'a str, end: usize) -> Option<Run<'a>> {
        let head = letters::tail(&source[..end], LONGEST.0);
        let head = &head[head.rfind('\n').map_or(0, |line| line + 1)..];
        let start = end - head.len();
        let mut words: Vec<(usize, usize, String)> = Vec::new();
        for word in head.rsplit(char::is_whitespace).filter(|word| !word.is_empty()).take(LONGEST.1) {
            let at = start + (word.as_ptr() as usize - head.as_ptr() as usize);
            let bare = word.trim_start_matches(['"', '“', '«', '\'', '‘', '(']);
            let folded = fold(bare);
            let is_form = |word: &(usize, usize, String)| super::named::is_form(&word.2);
            let last = words.last();
            let is_ended = match bare.chars().next_back() {
                // `Compass, Inc.`, but not `Rome, Delta`
                Some(',') => !last.is_some_and(is_form),
                Some('.') => last.is_some() && bare.chars().filter(|c| c.is_alphanumeric()).count() > 2,
                Some(';' | ':' | '—' | '–' | '!' | '?' | ')' | '»' | '”') => last.is_some(),
                _ => false,
            };
            let is_capital = bare.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
            let joins = matches!(bare, "&" | "of" | "de" | "du") && last.is_some();
            if is_ended && !is_form(&(0, 0, folded.clone())) || !(is_capital || joins) {
                break;
            }
            // `Australia's Domino's Pizza`
            let owner = ["'s", "’s"].into_iter().find_map(|mark| bare.strip_suffix(mark)).filter(|_| last.is_some());
            if owner.is_some_and(name::is_country) {
                break;
            }
            let begin = at + word.len() - bare.len();
            words.push((begin, at + word.len(), folded));
        }
        words.reverse();
        let leading = words.iter().take_while(|word| name::leads(&word.2)).count();
        (leading < words.len()).then_some(Run { source, words, leading })
    }

    /// Returns how many of the words stand before the form of company.
    fn core_length(&self) -> usize {
        without_form(&self.words, |word| &word.2).len()
    }

    /// Returns the name without its form of company.
    fn core(&self) -> &'a str {
        self.name(self.leading, self.core_length())
    }

    /// Returns the name from the last word on with which a name of the tables begins: in a headline every word may have a
    /// capital.
    fn last_known(&self) -> &'a str {
        let is_known = |at: &usize| names::longest_at(self.source, self.words[*at].0).is_some();
        let from = (self.leading..self.core_length()).rev().find(is_known);
        from.map_or("", |from| self.name(from, self.core_length()))
    }

    fn name(&self, from: usize, to: usize) -> &'a str {
        let Some(words) = self.words.get(from..to).filter(|words| !words.is_empty()) else { return "" };
        let name = &self.source[words[0].0..words[words.len() - 1].1];
        let name = name.trim_end_matches([',', '"', '”', '»']);
        ["'s", "’s"].into_iter().find_map(|mark| name.strip_suffix(mark)).unwrap_or(name)
    }

    /// Returns the words at the end that are a name, or the beginning of a name, of a company and its security.
    fn names_of(&self, company: &Ticker, ticker: &Ticker) -> Option<&'a str> {
        let listed = [company, ticker].map(|ticker| {
            let same = companies::listings(&ticker.symbol).filter(|listing| listing.mic == ticker.mic);
            same.chain(companies::of(ticker))
        });
        let length = listed.into_iter().flatten().flat_map(|listing| listing.names()).map(|name| self.matched(name));
        let length = length.max().filter(|length| *length > 0)?;
        let end = self.core_length();
        Some(self.name(end.saturating_sub(length), end))
    }

    /// Returns how many words before the form of company are a name or its beginning.
    fn matched(&self, name: &str) -> usize {
        // Most names share no word with these: a letter tells.
        let first = name.bytes().next().filter(u8::is_ascii_alphanumeric).map(|byte| byte.to_ascii_lowercase());
        let may_begin = |first: u8| self.words.iter().any(|word| word.2.as_bytes().first() == Some(&first));
        if first.is_some_and(|first| !may_begin(first)) && !name.starts_with("The ") {
            return 0;
        }
        let parts: Vec<String> = name.split_whitespace().map(fold).filter(|part| !part.is_empty()).collect();
        let core = without_form(&parts, |part| part);
        let core = if core.len() > 1 && core[0] == "the" { &core[1..] } else { core };
        let words = &self.words[..self.core_length()];
        let ends = |length: usize| {
            let weak =
                length == 1 && core.len() > 1 && (core[0].chars().count() < 4 || SHARED.contains(&core[0].as_str()));
            let tail = words.len().checked_sub(length).map(|from| &words[from..]);
            !weak && tail.is_some_and(|tail| tail.iter().zip(core).all(|(word, part)| word.2 == *part))
        };
        (1..=core.len()).rev().find(|length| ends(*length)).unwrap_or(0)
    }

    /// Returns the company whose name the words are, with the form of company or without, as far as it was looked
    /// through: not one of a brand.
    fn known(&self, at: Option<i64>) -> Option<(Class, companies::Listing)> {
        let core = self.core();
        let core_end = core.as_ptr() as usize - self.source.as_ptr() as usize + core.len();
        let ends = core_end..=self.words[self.words.len() - 1].1;
        let name_at = |word: usize| names::longest_at(self.source, self.words[word].0);
        let (_, name) = [0, self.leading].into_iter().filter_map(name_at).find(|(end, _)| ends.contains(end))?;
        let owner = name.owner(at);
        (!owner.brand && !owner.listing.is_unreviewed()).then_some((name.class, owner.listing))
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Written, read};
    use crate::article::Language;

    /// The companies of an article, each once, in order.
    fn companies(headline: &str, text: &str) -> String {
        let language = Language::English;
        let written = Written { headline, text, stated: &[], language, at: Some(1_748_000_000), names: true };
        let mut companies: Vec<String> = read(&written).into_iter().map(|it| it.company.to_string()).collect();
        companies.dedup();
        companies.join(" ")
    }

    #[test]
    fn a_name_given_with_a_code_is_no_one_elses() {
        for (text, expected) in [
            ("Compass, Inc. (NYSE: COMP) said sales rose. Compass shares fell 15%.", "XNYS:COMP"),
            ("Target Hospitality Corp. (NASDAQ: TH) won a contract. Target shares rose 12%.", "XNAS:TH"),
            ("Lundin Gold Inc. (TSX: LUG) reported a profit. Lundin shares rose.", "XTSE:LUG"),
            ("Vulcan Energy Resources (ASX: VUL) raised money. Vulcan shares rose 5%.", "XASX:VUL"),
            ("FMC Corp (NYSE: FMC) cut its forecast. FMC shares rose 3%.", "XNYS:FMC"),
            // The other one stands there, too.
            (
                "Target Hospitality (NASDAQ: TH) rose. Target Corp. (NYSE: TGT) fell. Target shares fell 3%.",
                "XNAS:TH XNYS:TGT",
            ),
            ("Toyota Industries (TYO: 6201), a supplier of Toyota, rose. Toyota shares fell.", "XTKS:6201 XTKS:7203"),
            ("Boeing and Airbus (EPA: AIR) rose.", "XNYS:BA XPAR:AIR"),
            ("Apple supplier Hon Hai (TPE: 2317) rose, and Apple fell.", "XNAS:AAPL XTAI:2317"),
        ] {
            assert_eq!(companies("", text), expected, "{text}");
        }
        let headline = "Deutsche Bank Upgrades Lundin Gold (TSX: LUG)";
        assert_eq!(companies(headline, "Shares of the miner rose."), "XETR:DBK XTSE:LUG");
    }

    #[test]
    fn codes_behind_one_name_are_one_company() {
        for (text, expected) in [
            ("Lundin Gold Inc. (TSX: LUG; Nasdaq Stockholm: LUG) rose.", "XTSE:LUG"),
            ("Eldorado Gold Corporation (TSX: ELD; NYSE: EGO) rose.", "XTSE:ELD"),
            ("Tata Consultancy Services (BSE: 532540, NSE: TCS) rose.", "XNSE:TCS"),
            ("News Corp (Nasdaq: NWS, NWSA; ASX: NWS, NWSLV) rose.", "XNAS:NWSA"),
            ("Curaleaf Holdings (CSE: CURA) (OTCQX: CURLF) rose.", "OTCM:CURLF"),
            ("LNA Santé (code ISIN : FR0004170017, mnémonique : LNA) monte.", "XPAR:LNA"),
            ("Acme Acquisition Corp. (NASDAQ: QQZZU, QQZZ, QQZZW) said so.", "XNAS:QQZZ"),
            ("Acme Corp. (TSX: QQZ.A QQZ.B) said so.", "XTSE:QQZ.A XTSE:QQZ.B"),
            ("Miners (ASX: QQA, QQB) rose.", "XASX:QQA XASX:QQB"),
            ("Banks (NYSE: JPM, BAC) rose.", "XNYS:JPM XNYS:BAC"),
        ] {
            assert_eq!(companies("", text), expected, "{text}");
        }
    }

    #[test]
    fn a_code_behind_a_known_name_is_its_companys() {
        for (text, expected) in [
            ("Fiserv Inc (NYSE: FI) rose.", "XNAS:FISV"),
            ("Tempur Sealy (NYSE: TPX) rose.", "XNYS:SGI"),
            ("On Monday Jacobs Solutions (NYSE: JEC) rose.", "XNYS:J"),
        ] {
            assert_eq!(companies("", text), expected, "{text}");
        }
    }
}
