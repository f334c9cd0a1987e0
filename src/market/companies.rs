//! Known securities: a symbol to its listings and its company, a Reuters code or an ISIN to its ticker,
//! a former symbol to the present one.
//!
//! One sorted list holds every listing of every table, so that a symbol is found by bisection and its
//! listings stand side by side, the main one first. Company names are kept for the rule that asks whether
//! the name stands next to the symbol.

use std::sync::OnceLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::{symbol, table};
use crate::article::{Mic, Ticker};

const COMPANIES: &str = include_str!("../../data/companies.csv");
const US_LISTED: &str = include_str!("../../data/us_listed.csv");
const CROSSLISTINGS: &str = include_str!("../../data/crosslistings.csv");
const CHANGES: &str = include_str!("../../data/symbol_changes.csv");
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
    standing: Standing,
}

/// Which table a listing comes from, the main ones first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Standing {
    Reviewed,
    Unreviewed,
    OtherLine,
    Former,
}

impl Listing {
    /// Returns the listing as a ticker.
    pub fn ticker(&self) -> Ticker {
        Ticker::new(self.symbol, self.mic)
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
    renamed: FxHashMap<(&'static str, Mic), (&'static str, Mic)>,
    main_lines: FxHashMap<(&'static str, Mic), (&'static str, Mic)>,
}

/// Returns the listings of `symbol` (in its canonical spelling), the main one first.
pub fn listings(symbol: &str) -> impl Iterator<Item = &'static Listing> + use<> {
    let all = &companies().listings;
    let start = all.partition_point(|listing| listing.symbol < symbol);
    let length = all[start..].partition_point(|listing| listing.symbol == symbol);
    all[start..start + length].iter()
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

/// Returns the name of the company behind a ticker, if it is known.
pub fn name(ticker: &Ticker) -> Option<&'static str> {
    let listing = listings(&ticker.symbol).find(|listing| listing.mic == ticker.mic)?;
    listing.name.split(" -> ").next().filter(|name| !name.is_empty())
}

/// Returns whether capitals in brackets are more often an acronym (`CEO`, `GAAP`) than a symbol.
pub fn is_acronym(text: &str) -> bool {
    companies().acronyms.contains(text)
}

/// Returns the present ticker of a security whose symbol was renamed.
pub(super) fn renamed(ticker: &Ticker) -> Option<Ticker> {
    find(&companies().renamed, ticker)
}

/// Returns the main listing of a share for its other lines and receipts.
pub(super) fn main_line(ticker: &Ticker) -> Option<Ticker> {
    find(&companies().main_lines, ticker)
}

fn find(map: &'static FxHashMap<(&str, Mic), (&str, Mic)>, ticker: &Ticker) -> Option<Ticker> {
    map.get(&(ticker.symbol.as_str(), ticker.mic)).map(|&(symbol, mic)| Ticker::new(symbol, mic))
}

fn companies() -> &'static Companies {
    static ALL: OnceLock<Companies> = OnceLock::new();
    ALL.get_or_init(read_tables)
}

fn read_tables() -> Companies {
    let mut all = Companies {
        listings: Vec::with_capacity(12_000),
        rics: FxHashMap::default(),
        isins: FxHashMap::default(),
        acronyms: table::rows::<1>(ACRONYMS).map(|[acronym]| acronym).collect(),
        renamed: FxHashMap::default(),
        main_lines: FxHashMap::default(),
    };
    let mut names = FxHashMap::default();
    for [symbol, code, name, aliases, isin] in table::rows::<5>(COMPANIES) {
        let Some(mic) = Mic::new(code) else { continue };
        all.listings.push(Listing { symbol, mic, name, aliases, standing: Standing::Reviewed });
        names.insert((symbol, mic), (name, aliases));
        if !isin.is_empty() {
            all.isins.insert(isin, (symbol, mic));
        }
    }
    for [symbol, code, name, aliases] in table::rows::<4>(US_LISTED) {
        let Some(mic) = Mic::new(code) else { continue };
        all.listings.push(Listing { symbol, mic, name, aliases, standing: Standing::Unreviewed });
    }
    for [symbol, code, main_symbol, main_code, _kind] in table::rows::<5>(CROSSLISTINGS) {
        let (Some(mic), Some(main_mic)) = (Mic::new(code), Mic::new(main_code)) else { continue };
        let (name, aliases) = names.get(&(main_symbol, main_mic)).copied().unwrap_or_default();
        all.listings.push(Listing { symbol, mic, name, aliases, standing: Standing::OtherLine });
        all.main_lines.insert((symbol, mic), (main_symbol, main_mic));
    }
    for [symbol, code, new_symbol, new_code, _when, kind, name] in table::rows::<7>(CHANGES) {
        let Some(mic) = Mic::new(code) else { continue };
        all.listings.push(Listing { symbol, mic, name, aliases: "", standing: Standing::Former });
        if let ("renamed", Some(new_mic)) = (kind, Mic::new(new_code)) {
            all.renamed.insert((symbol, mic), (new_symbol, new_mic));
        }
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

#[cfg(test)]
mod tests {
    use super::super::isin;
    use super::*;

    fn mic(code: &str) -> Mic {
        Mic::new(code).unwrap()
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
        for table in [COMPANIES, US_LISTED, CROSSLISTINGS, CHANGES] {
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
        for [symbol, _, main, code, kind] in table::rows::<5>(CROSSLISTINGS) {
            assert!(matches!(kind, "line" | "adr" | "renamed"), "{kind}");
            assert!(table::rows::<2>(COMPANIES).any(|row| row == [main, code]), "{symbol} leads to {code}:{main}");
        }
    }
}
