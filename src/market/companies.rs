//! Known securities: a symbol to its listings and its company, a Reuters code or an ISIN to its ticker,
//! a former symbol to the present one.
//!
//! One sorted list holds every listing of every table, so that a symbol is found by bisection and its
//! listings stand side by side, the main one first. Company names are kept for the rule that asks whether
//! the name stands next to the symbol.

use std::sync::OnceLock;

use fst::Map;
use memchr::memmem;
use rustc_hash::{FxHashMap, FxHashSet};

use super::gone::gone;
use super::{houses, own, spelling, symbol, table};
use crate::article::{Mic, Ticker};

const COMPANIES: &str = include_str!("../../data/companies.csv");
const WORLD: &str = include_str!("../../data/world.csv");
pub(super) const FORMER: &str = include_str!("../../data/former.csv");
const US_LISTED: &str = include_str!("../../data/us_listed.csv");
/// The tables whose rows names lead to, in the order in which the build script counts their rows.
const TABLES: [(&str, Standing); 4] = [
    (COMPANIES, Standing::Reviewed),
    (WORLD, Standing::Reviewed),
    (US_LISTED, Standing::Unreviewed),
    (FORMER, Standing::Former),
];
/// Where each of those rows begins in its table, in numbers of four bytes: written by the build script.
const ROWS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/companies.rows"));
/// Sorted, so that a security is found by bisection.
const CROSSLISTINGS: &str = include_str!("../../data/crosslistings.csv");
/// Sorted, too.
pub(super) const CHANGES: &str = include_str!("../../data/symbol_changes.csv");
const RICS: &str = include_str!("../../data/rics.csv");
const ISINS: &str = include_str!("../../data/isins.csv");
const ACRONYMS: &str = include_str!("../../data/acronyms.csv");

/// A symbol on a market, with the names of its company.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Listing {
    /// The symbol.
    pub symbol: &'static str,
    /// The market.
    pub mic: Mic,
    /// The company's name; two joined by `->` when it changed; empty if unknown.
    pub name: &'static str,
    /// Its other names, separated by `|`.
    aliases: &'static str,
    /// When it ceased to be listed, in seconds since 1970; [`i64::MAX`] if it has not.
    pub(super) until: i64,
    pub(super) standing: Standing,
}

/// Which table a listing comes from, the main ones first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Standing {
    Reviewed,
    Unreviewed,
    OtherLine,
    Former,
}

impl Listing {
    /// Reads a row of a table whose rows names lead to.
    fn read([symbol, code, name, aliases, until]: own::Row, standing: Standing) -> Listing {
        let until = if standing == Standing::Former { seconds(until) } else { i64::MAX };
        Listing { symbol, mic: Mic::new(code).unwrap_or(Mic::UNKNOWN), name, aliases, until, standing }
    }

    /// Returns the listing as a ticker.
    pub fn ticker(&self) -> Ticker {
        Ticker::new(self.symbol, self.mic)
    }

    /// Returns when the security ceased to be listed, in seconds since 1970; `None` if it is listed today.
    pub fn until(&self) -> Option<i64> {
        (self.until != i64::MAX).then_some(self.until)
    }

    /// Returns whether it stands in a table that was looked through.
    pub fn is_reviewed(&self) -> bool {
        self.standing == Standing::Reviewed
    }

    /// Returns whether it stands in a register that was taken as it is.
    pub fn is_unreviewed(&self) -> bool {
        self.standing == Standing::Unreviewed
    }

    /// Returns the company's name and its other names.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        let former = self.name.split(" -> ");
        former.chain(self.aliases.split('|')).map(str::trim).filter(|name| !name.is_empty())
    }
}

struct Companies {
    /// Sorted by symbol, then standing.
    listings: Vec<Listing>,
    rics: FxHashMap<&'static str, (&'static str, Mic)>,
    isins: FxHashMap<&'static str, (&'static str, Mic)>,
    acronyms: FxHashSet<&'static str>,
}

/// Returns the listings of `symbol` (in its canonical spelling), the main one first.
pub fn listings(symbol: &str) -> impl Iterator<Item = &'static Listing> + Clone + use<> {
    with_symbol(&companies().listings, symbol).iter()
}

/// Returns the listings of `symbol` among `sorted` ones.
fn with_symbol<'a>(sorted: &'a [Listing], symbol: &str) -> &'a [Listing] {
    let start = sorted.partition_point(|listing| listing.symbol < symbol);
    // Few symbols have more than three.
    let length = sorted[start..].iter().take_while(|listing| listing.symbol == symbol).count();
    &sorted[start..start + length]
}

/// Returns whether `symbol` is, or once was, listed on `mic`.
pub fn is_listed(symbol: &str, mic: Mic) -> bool {
    listings(symbol).any(|listing| listing.mic == mic)
}

/// Returns the market of the United States where `symbol` is listed; an exchange before an over-the-counter
/// market, and a present listing before a former one.
pub fn us_listing(symbol: &str) -> Option<Mic> {
    let american = || listings(symbol).map(|listing| listing.mic).filter(|mic| symbol::is_american(*mic));
    american().find(|mic| mic.as_str() != "OTCM").or_else(|| american().next())
}

/// Returns the security of a Reuters code that the table knows (`BNPP.PA`), letter case kept.
pub fn by_ric(ric: &str) -> Option<Ticker> {
    companies().rics.get(ric).map(|&(symbol, mic)| Ticker::new(symbol, mic))
}

/// Returns the security of an ISIN in capitals, if it is known.
pub fn by_isin(isin: &str) -> Option<Ticker> {
    companies().isins.get(isin).map(|&(symbol, mic)| Ticker::new(symbol, mic))
}

/// Returns the listing that stands for a company.
pub fn of(company: &Ticker) -> Option<&'static Listing> {
    listings(&company.symbol).find(|listing| listing.mic == company.mic).or_else(|| gone(company))
}

/// Returns the name of the company behind a ticker, if it is known.
///
/// The tables are looked through as text: a page of hits names a few companies, and to read every table for
/// them would take longer than the search. What they do not know may be another line or a former symbol.
pub fn name(ticker: &Ticker) -> Option<&'static str> {
    if let Some(listing) = gone(ticker) {
        return Some(listing.name);
    }
    let start = format!("\n{},{},", ticker.symbol, ticker.mic);
    let name = |table: &'static str| {
        let at = memmem::find(table.as_bytes(), start.as_bytes()).filter(|_| !own::is_alone())?;
        table[at..].lines().nth(1).map(|line| table::fields::<3>(line)[2])
    };
    let own = || own::row(&ticker.symbol, ticker.mic.as_str()).map(|row| row[2]);
    let name = match name(COMPANIES).or_else(|| name(WORLD)).or_else(own).or_else(|| name(US_LISTED)) {
        Some(name) => name,
        None => listings(&ticker.symbol).find(|listing| listing.mic == ticker.mic)?.name,
    };
    name.split(" -> ").next().filter(|name| !name.is_empty())
}

/// Returns the names by which the company behind a ticker goes, as a person types them: in small letters, without
/// accents and without the form of company, each once.
pub fn names(ticker: &Ticker) -> Vec<String> {
    let same = listings(&ticker.symbol).filter(|listing| listing.mic == ticker.mic && listing.gone().is_none());
    let same = same.chain(gone(ticker));
    let mut names: Vec<String> = same.flat_map(Listing::names).map(spelling::folded).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// Returns whether capitals in brackets are more often an acronym (`CEO`, `GAAP`) than a symbol.
pub fn is_acronym(text: &str) -> bool {
    companies().acronyms.contains(text)
}

/// Returns the present ticker of a security whose symbol was renamed after `at` (seconds since 1970, or
/// unknown); a symbol that someone else has today is renamed only in articles of its own time.
pub(super) fn renamed(ticker: &Ticker, at: Option<i64>) -> Option<Ticker> {
    let changes = find(CHANGES, ticker).map(table::fields);
    let [_, _, symbol, code, ..] = changes.into_iter().find(|[.., kind]: &[&str; 6]| *kind == "renamed")?;
    let renamed = Ticker::new(symbol, Mic::new(code)?);
    let mut here = listings(&ticker.symbol).filter(|listing| listing.mic == ticker.mic);
    let until = here.clone().find(|listing| listing.standing == Standing::Former)?.until;
    let taken = here.any(|listing| listing.standing < Standing::Former);
    (at.is_some_and(|at| at < until) || !taken).then_some(renamed)
}

/// Returns the security that a symbol is on another segment of its house, if its market does not know it.
pub(super) fn moved(ticker: &Ticker) -> Option<Ticker> {
    static SEGMENTS: OnceLock<Option<Map<&'static [u8]>>> = OnceLock::new();
    let segments =
        SEGMENTS.get_or_init(|| Map::new(&include_bytes!(concat!(env!("OUT_DIR"), "/segments.fst"))[..]).ok());
    if own::is_alone() {
        return None;
    }
    let home = Mic::new(houses::home(segments.as_ref()?, &ticker.symbol, ticker.mic.as_str())?)?;
    // A person's table may have it after all.
    (!is_listed(&ticker.symbol, ticker.mic)).then(|| Ticker::new(ticker.symbol.as_str(), home))
}

/// Returns the main listing of a share for its other lines and receipts.
pub(super) fn main_line(ticker: &Ticker) -> Option<Ticker> {
    let [_, _, symbol, code] = find(CROSSLISTINGS, ticker).next().map(table::fields)?;
    Some(Ticker::new(symbol, Mic::new(code)?))
}

/// Returns the rows of a sorted table that begin with this security; none if a person's tables stand alone.
pub(super) fn find(table: &'static str, ticker: &Ticker) -> impl Iterator<Item = &'static str> + use<> {
    let has_any = leads_on(&ticker.symbol) && !own::is_alone();
    has_any.then(|| table::of(table, &ticker.symbol, ticker.mic.as_str())).into_iter().flatten()
}

/// Returns whether a row of the sorted tables, which lead from one security to another, begins with this symbol. Every
/// mention and every search that names a company asks, and few do.
fn leads_on(symbol: &str) -> bool {
    static SYMBOLS: OnceLock<FxHashSet<&'static str>> = OnceLock::new();
    let rows = || [CHANGES, CROSSLISTINGS].into_iter().flat_map(table::rows);
    SYMBOLS.get_or_init(|| rows().map(|[symbol]| symbol).collect()).contains(symbol)
}

/// Returns the listing at a row of the tables that names lead to; the rows of a person's table come last. A query
/// names few companies, so that a row is only taken apart when it is asked for.
pub(super) fn row(at: usize) -> Option<Listing> {
    let (row, standing) = match at.checked_sub(own_rows()) {
        Some(at) => (*own::rows().get(at)?, Standing::Reviewed),
        None => own_row(at)?,
    };
    Some(Listing::read(row, standing))
}

/// Returns how many rows of the program's own tables names lead to; those of a person's table follow.
pub(super) fn own_rows() -> usize {
    if own::is_alone() { 0 } else { ROWS.len() / 4 }
}

/// Returns a row of the program's own tables and where it stands.
fn own_row(at: usize) -> Option<(own::Row, Standing)> {
    let mut start = u32::from_le_bytes(*ROWS[at * 4..].first_chunk()?) as usize;
    for (table, standing) in TABLES {
        match start.checked_sub(table.len()) {
            Some(after) => start = after,
            None => return Some((table::fields(table[start..].lines().next()?), standing)),
        }
    }
    None
}

/// Returns every row that names lead to, in order.
fn rows() -> impl Iterator<Item = (own::Row, Standing)> {
    let persons = own::rows().iter().map(|row| (*row, Standing::Reviewed));
    (0..own_rows()).filter_map(own_row).chain(persons)
}

/// Returns the present or former listings of every table, the main ones of each symbol first.
pub fn all() -> &'static [Listing] {
    &companies().listings
}

fn companies() -> &'static Companies {
    static ALL: OnceLock<Companies> = OnceLock::new();
    ALL.get_or_init(read_tables)
}

fn read_tables() -> Companies {
    let mut all = Companies {
        listings: rows().map(|(row, standing)| Listing::read(row, standing)).collect(),
        rics: FxHashMap::default(),
        isins: FxHashMap::default(),
        acronyms: table::rows::<1>(ACRONYMS).map(|[acronym]| acronym).collect(),
    };
    // The register has none, and those that are gone have a date in that place.
    for ([symbol, code, _, _, isin], _) in rows().filter(|(_, standing)| *standing == Standing::Reviewed) {
        if !isin.is_empty() {
            all.isins.insert(isin, (symbol, Mic::new(code).unwrap_or(Mic::UNKNOWN)));
        }
    }
    let mut names = FxHashMap::default();
    for listing in all.listings.iter().filter(|listing| listing.standing == Standing::Reviewed) {
        names.insert((listing.symbol, listing.mic), (listing.name, listing.aliases));
    }
    all.listings.sort_by(|a, b| (a.symbol, a.standing).cmp(&(b.symbol, b.standing)));
    if own::is_alone() {
        return all;
    }
    let own = all.listings.len();
    for [symbol, code, main_symbol, main_code] in table::rows::<4>(CROSSLISTINGS) {
        let (Some(mic), Some(main_mic)) = (Mic::new(code), Mic::new(main_code)) else { continue };
        // The register has some of the other lines, too.
        if !with_symbol(&all.listings[..own], symbol).iter().any(|listing| listing.mic == mic) {
            let (name, aliases) = names.get(&(main_symbol, main_mic)).copied().unwrap_or_default();
            all.listings.push(Listing { symbol, mic, name, aliases, until: i64::MAX, standing: Standing::OtherLine });
        }
    }
    for [symbol, code, _, _, when, _, name] in table::rows::<7>(CHANGES) {
        let Some(mic) = Mic::new(code) else { continue };
        all.listings.push(Listing { symbol, mic, name, aliases: "", until: seconds(when), standing: Standing::Former });
    }
    all.listings.sort_by(|a, b| (a.symbol, a.standing).cmp(&(b.symbol, b.standing)));
    for [ric, symbol, code] in table::rows::<3>(RICS) {
        all.rics.extend(Mic::new(code).map(|mic| (ric, (symbol, mic))));
    }
    for [isin, symbol, code] in table::rows::<3>(ISINS) {
        if let Some(mic) = Mic::new(code) {
            all.isins.entry(isin).or_insert((symbol, mic));
        }
    }
    all
}

/// Returns the first second, UTC, of a year, a month or a day (`2023`, `2022-06`, `2022-06-09`).
pub(super) fn seconds(date: &str) -> i64 {
    let mut parts = date.split('-').map(|part| part.parse().unwrap_or(1));
    let (year, month, day) = (parts.next().unwrap_or(1), parts.next().unwrap_or(1), parts.next().unwrap_or(1));
    let day = jiff::civil::Date::new(year, month as i8, day as i8).unwrap_or_default();
    jiff::tz::TimeZone::UTC.to_timestamp(day.at(0, 0, 0, 0)).map_or(0, |at| at.as_second())
}

#[cfg(test)]
mod tests {
    use super::super::{isin, spelling};
    use super::*;

    const AMBIGUOUS: &str = include_str!("../../data/ambiguous.csv");
    const BRANDS: &str = include_str!("../../data/brands.csv");

    fn mic(code: &str) -> Mic {
        Mic::new(code).unwrap()
    }

    #[test]
    fn tables_looked_up_by_bisection_are_sorted() {
        for table in [CROSSLISTINGS, CHANGES] {
            assert!(table.lines().skip(1).is_sorted_by(|a, b| a < b));
        }
    }

    #[test]
    fn rows_are_where_the_build_script_says() {
        let lines: Vec<_> = TABLES.iter().flat_map(|(table, _)| table::lines(table)).collect();
        assert_eq!(own_rows(), lines.len());
        for (at, line) in lines.iter().enumerate() {
            assert_eq!(own_row(at).unwrap().0, table::fields(line));
        }
    }

    #[test]
    fn a_symbol_finds_its_listings() {
        assert!(is_listed("AMZN", mic("XNAS")));
        assert!(!is_listed("AMZN", mic("XPAR")));
        assert_eq!(us_listing("AMZN"), Some(mic("XNAS")));
        assert_eq!(us_listing("FB"), Some(mic("XNAS")));
        assert_eq!(us_listing("ZZZZZZ"), None);
        assert_eq!(listings("").count(), 0);
        let air: Vec<_> = listings("AIR").map(|listing| listing.mic.to_string()).collect();
        assert!(air.contains(&"XPAR".to_owned()), "{air:?}");
    }

    #[test]
    fn codes_find_their_ticker() {
        assert_eq!(by_ric("BNPP.PA"), Some(Ticker::new("BNP", mic("XPAR"))));
        assert_eq!(by_ric("bnpp.pa"), None);
        assert_eq!(by_isin("FR0000121014"), Some(Ticker::new("MC", mic("XPAR"))));
        assert_eq!(name(&Ticker::new("MC", mic("XPAR"))), Some("LVMH"));
        assert_eq!(name(&Ticker::new("FB", mic("XNAS"))), Some("Facebook"));
        assert_eq!(name(&Ticker::new("MC", mic("XNAS"))), None);
    }

    #[test]
    fn the_name_of_a_ticker_is_that_of_its_first_listing() {
        for listing in all().iter().step_by(7) {
            let first = listings(listing.symbol).find(|other| other.mic == listing.mic).unwrap();
            let expected = first.name.split(" -> ").next().filter(|name| !name.is_empty());
            assert_eq!(name(&listing.ticker()), expected, "{}", listing.ticker());
        }
    }

    fn check_listings(table: &'static str) {
        let mut seen = FxHashSet::default();
        for [written, code] in table::rows::<2>(table) {
            assert!(Mic::new(code).is_some_and(super::super::exchange::is_known), "{written} {code}");
            assert_eq!(symbol::canonical(written, mic(code)), written);
            assert!(symbol::fits(written, mic(code)), "{written} on {code}");
            assert!(seen.insert((written, code)), "{written} {code} stands twice");
        }
        assert!(seen.len() > 50);
    }

    #[test]
    fn every_listing_is_canonical_and_stands_once() {
        for table in [COMPANIES, WORLD, US_LISTED, FORMER, CROSSLISTINGS, CHANGES] {
            check_listings(table);
        }
    }

    #[test]
    fn every_isin_is_right_and_names_one_company() {
        let mut seen = FxHashSet::default();
        let main = table::rows::<5>(COMPANIES).map(|row| (row[4], row[0], row[1]));
        let other = table::rows::<3>(ISINS).map(|row| (row[0], row[1], row[2]));
        for (code, symbol, market) in main.chain(other).filter(|row| !row.0.is_empty()) {
            assert!(isin::is_valid(code), "{code}");
            assert!(!code.starts_with("US") && !code.starts_with("CA"), "{code}: holds a CUSIP number");
            assert!(is_listed(symbol, mic(market)), "{code} leads to unknown {market}:{symbol}");
            assert!(seen.insert(code), "{code} stands twice");
        }
    }

    #[test]
    fn every_reuters_code_is_well_formed() {
        let mut seen = FxHashSet::default();
        for [ric, written, code] in table::rows::<3>(RICS) {
            assert!(symbol::fits(written, mic(code)), "{ric}");
            assert_eq!(symbol::canonical(written, mic(code)), written, "{ric}");
            assert!(seen.insert(ric), "{ric} stands twice");
        }
    }

    #[test]
    fn other_lines_lead_to_a_company() {
        let known: FxHashSet<[&str; 2]> =
            [COMPANIES, WORLD, US_LISTED].into_iter().flat_map(table::rows::<2>).collect();
        for [symbol, code, main, main_code, kind] in table::rows::<5>(CROSSLISTINGS) {
            assert!(matches!(kind, "line" | "adr" | "renamed"), "{kind}");
            assert!(known.contains(&[main, main_code]), "{symbol} leads to {main_code}:{main}");
            let main = Ticker::new(main, mic(main_code));
            assert!(main_line(&main).is_none(), "{code}:{symbol} leads to {main}, another line itself");
        }
    }

    /// The main listing of a row.
    fn main_listing(symbol: &str, code: &str) -> Ticker {
        crate::market::canonical(&Ticker::new(symbol, mic(code)), None)
    }

    #[test]
    fn a_name_of_two_companies_is_marked() {
        let marked: FxHashSet<&str> = table::rows::<2>(AMBIGUOUS).map(|[form, _]| form).collect();
        let mut owners: FxHashMap<&str, Ticker> = FxHashMap::default();
        let companies = [COMPANIES, WORLD].into_iter().flat_map(table::rows::<4>);
        // Of a brand that was sold the date decides, too.
        let brands = table::rows::<5>(BRANDS).filter(|[.., until]| until.is_empty());
        let brands = brands.map(|[brand, symbol, code, ..]| [symbol, code, brand, ""]);
        // Of a company that is gone and another the date decides.
        for [symbol, code, name, aliases] in companies.chain(brands) {
            let company = main_listing(symbol, code);
            for name in std::iter::once(name).chain(aliases.split('|')).filter(|name| !name.is_empty()) {
                let owner = owners.entry(name).or_insert_with(|| company.clone());
                assert!(*owner == company || marked.contains(name), "{name}: {owner} and {company}");
            }
        }
        assert!(owners.len() > 2_000);
    }

    #[test]
    fn no_name_is_cut_at_its_apostrophe() {
        for listing in all() {
            let capital = |name: &str| name.split("'S").skip(1).any(|rest| !rest.starts_with(char::is_alphabetic));
            let cut = listing.names().find(|name| capital(name) && name.contains(char::is_lowercase));
            assert_eq!(cut, None, "{}", listing.ticker());
        }
    }

    #[test]
    fn the_register_knows_no_company_twice() {
        let mut symbols: FxHashMap<(String, &str), [&str; 2]> = FxHashMap::default();
        for [symbol, code, name, aliases] in [COMPANIES, WORLD].into_iter().flat_map(table::rows::<4>) {
            for name in std::iter::once(name).chain(aliases.split('|')) {
                symbols.insert((spelling::folded(name), symbol), [symbol, code]);
            }
        }
        // One symbol and one name are one company, whatever the market.
        for [symbol, code, name] in table::rows::<3>(US_LISTED) {
            if let Some([main, main_code]) = symbols.get(&(spelling::folded(name), symbol)) {
                assert_eq!(main_listing(symbol, code), main_listing(main, main_code), "{name}");
            }
        }
    }
}
