//! What markets call things: exchange labels, Reuters, Yahoo and Bloomberg codes, ISINs, known symbols.
//!
//! This room holds facts and no reading of text: [`crate::reading::ticker`] finds codes in articles, and
//! the query parser hands over what a person typed; both ask here. The tables lie in `data/` as CSV, are
//! compiled in, and are read once, at the first question (a few milliseconds); the names of companies are
//! compiled further, into maps that are searched in place (`build.rs`).
//!
//! - [`exchange`]: a label, a suffix or a country code to a market.
//! - [`symbol`]: the canonical spelling of a symbol, and which shapes a market uses.
//! - [`companies`]: known symbols with their companies; Reuters codes and ISINs to tickers.
//! - [`brands`]: since when a brand is its company's.
//! - `gone`: companies that are gone and whose symbol another one has today.
//! - `houses`: markets that are segments of one exchange.
//! - [`names`]: names as news writes them, and as people type them, to companies.
//! - [`isin`]: the check digit.

pub mod brands;
pub mod companies;
mod compile;
pub mod exchange;
mod gone;
mod houses;
pub mod isin;
pub mod names;
mod openings;
mod own;
mod spelling;
pub mod symbol;
mod table;

pub use own::{check_table as check_companies, merge_tables as merge_companies, use_tables as use_companies};

use crate::article::{Mic, Ticker, distinct};
use exchange::Market;

/// Returns the securities that a code typed by a person names, letter case aside; several when the code
/// has several readings.
///
/// It reads a market and a symbol (`NASDAQ:MSFT`, `XNAS:MSFT`, `Euronext Paris:MC`, `AAPL:US`), a
/// Reuters or Yahoo code (`BNPP.PA`, `MC.PA`, `AMZN.O`), a Bloomberg code (`AMZN US`, `MC FP Equity`),
/// an ISIN, and a cashtag of a known symbol (`$AMZN`). The listing stays as typed: an ADR is not turned
/// into its share (see [`canonical`]). Empty for a bare symbol, which stands for itself on any market,
/// and for what is no code at all.
pub fn resolve(code: &str) -> Vec<Ticker> {
    let code = code.trim().trim_matches(['"', '\'', '«', '»', '“', '”', '<', '>', '(', ')', '[', ']']).trim();
    if let Some((left, right)) = code.split_once([':', '：']) {
        return labelled(left.trim(), right.trim());
    }
    if let Some(symbol) = code.strip_prefix('$') {
        let symbol = symbol::canonical(symbol, Mic::UNKNOWN);
        return match companies::us_listing(&symbol) {
            Some(mic) => vec![Ticker::new(symbol, mic)],
            None => companies::listings(&symbol).map(|listing| listing.ticker()).collect(),
        };
    }
    if let Some(isin) = isin::parse(code) {
        return vec![companies::by_isin(&isin).unwrap_or_else(|| Ticker::new(isin, Mic::UNKNOWN))];
    }
    let mut words = code.split_whitespace();
    if let (Some(symbol), Some(country), rest) = (words.next(), words.next(), words.next()) {
        let plain = rest.is_none_or(|word| word.eq_ignore_ascii_case("equity")) && words.next().is_none();
        return if plain { bloomberg(symbol, country).into_iter().collect() } else { Vec::new() };
    }
    reuters(code).into_iter().collect()
}

/// Returns the share behind a ticker: a symbol that was renamed gives the present one, and an ADR or
/// another line of the same share gives its main listing (`XPAR:FP` and `XNYS:TTE` give `XPAR:TTE`).
///
/// What is read from articles and queries keeps the listing as written; this is for grouping by company.
///
/// `at` is when the symbol was written, in seconds since 1970: a former symbol that another company has
/// taken up since means the old one only before that.
pub fn canonical(ticker: &Ticker, at: Option<i64>) -> Ticker {
    if let Some(gone) = at.and_then(|at| gone::gone_since(ticker, at)) {
        return gone;
    }
    let mut ticker = ticker.clone();
    // Chains are short; the bound only guards against a circle in the tables.
    for _ in 0..8 {
        let next = companies::renamed(&ticker, at).or_else(|| companies::main_line(&ticker));
        match next.or_else(|| companies::moved(&ticker)) {
            Some(next) if next != ticker => ticker = next,
            _ => break,
        }
    }
    ticker
}

/// Returns the share behind a listing whose company was named at a time, as [`canonical`] does of its ticker; a company
/// that is gone and whose symbol another one has today is meant whatever the time.
pub fn company(listing: &companies::Listing, at: Option<i64>) -> Ticker {
    listing.gone().unwrap_or_else(|| canonical(&listing.ticker(), at))
}

/// Returns the shares behind tickers, each once. A symbol that changed hands means its former and its present
/// owner.
pub fn companies_of(tickers: &[Ticker]) -> Vec<Ticker> {
    distinct(tickers.iter().flat_map(|ticker| [canonical(ticker, None), canonical(ticker, Some(0))]))
}

/// Returns whether a ticker is a right ISIN whose company no table has: it names a security, and nobody knows which.
pub fn is_unknown_isin(ticker: &Ticker) -> bool {
    ticker.mic == Mic::UNKNOWN && isin::is_valid(&ticker.symbol)
}

/// Returns whether some table knows the security, or the share behind it.
pub fn is_known(ticker: &Ticker) -> bool {
    companies::of(ticker).is_some() || companies::of(&canonical(ticker, None)).is_some()
}

/// Returns the shares that have, or had, this symbol on any market.
pub fn holders(symbol: &str) -> Vec<Ticker> {
    companies_of(&companies::listings(symbol).map(|listing| listing.ticker()).collect::<Vec<_>>())
}

/// Reads `NASDAQ:MSFT`, or Bloomberg's `AAPL:US`.
fn labelled(left: &str, right: &str) -> Vec<Ticker> {
    if right.is_empty() {
        return Vec::new();
    }
    if let Some(label) = exchange::label(left) {
        return exchange::listing(label.market, right).into_iter().collect();
    }
    let mic = Mic::new(&left.to_ascii_uppercase());
    let gone = mic.map(|mic| Ticker::new(right.to_ascii_uppercase(), mic)).filter(|it| gone::gone(it).is_some());
    if let Some(gone) = gone {
        return vec![gone];
    }
    if let Some(mic) = mic.filter(|mic| exchange::is_known(*mic) || *mic == Mic::UNKNOWN) {
        return exchange::listing(Market::Mic(mic), right).into_iter().collect();
    }
    if left.eq_ignore_ascii_case("us") {
        return bloomberg(right, "US").into_iter().collect();
    }
    bloomberg(left, right).into_iter().collect()
}

/// Reads a symbol with Bloomberg's country code: `AMZN US`, `MC FP`.
fn bloomberg(symbol: &str, country: &str) -> Option<Ticker> {
    exchange::bloomberg(symbol, &country.to_ascii_uppercase())
}

/// Reads a Reuters or Yahoo code typed in any letter case; class shares (`BRK.B`) are symbols, not codes.
fn reuters(code: &str) -> Option<Ticker> {
    if let Some(ticker) = companies::by_ric(code) {
        return Some(ticker);
    }
    let (root, suffix) = code.rsplit_once('.')?;
    let (upper, suffix) = (code.to_ascii_uppercase(), suffix.to_ascii_uppercase());
    if let Some(ticker) = companies::by_ric(&upper) {
        return Some(ticker);
    }
    if companies::listings(&upper).next().is_some() {
        return None;
    }
    let mic = exchange::suffix(&suffix)?;
    let symbol = symbol::of_ric(root, mic);
    if !symbol::fits(&symbol, mic) || (symbol::is_class(&suffix) && !companies::is_listed(&symbol, mic)) {
        return None;
    }
    Some(Ticker::new(symbol, mic))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(code: &str, expected: &str) {
        let found: Vec<String> = resolve(code).iter().map(Ticker::to_string).collect();
        assert_eq!(found.join(" "), expected, "{code}");
    }

    #[test]
    fn typed_codes_name_securities() {
        for (code, expected) in [
            ("NASDAQ:MSFT", "XNAS:MSFT"),
            ("nasdaq:msft", "XNAS:MSFT"),
            ("XNAS:MSFT", "XNAS:MSFT"),
            ("NYSE: GM", "XNYS:GM"),
            ("NASDAQ:ZZZZ", "XNAS:ZZZZ"),
            ("Euronext Paris:MC", "XPAR:MC"),
            ("Euronext:MC", "XPAR:MC"),
            ("Euronext:ASML", "XAMS:ASML"),
            ("XPAR:MC", "XPAR:MC"),
            ("TSE:7203", "XTKS:7203"),
            ("TSE:SHOP", "XTSE:SHOP"),
            ("HKEX:5", "XHKG:0005"),
            ("LSE:BP.", "XLON:BP"),
            ("AAPL:US", "XNAS:AAPL"),
            ("US:AAPL", "XNAS:AAPL"),
            ("MC.PA", "XPAR:MC"),
            ("mc.pa", "XPAR:MC"),
            ("BNPP.PA", "XPAR:BNP"),
            ("AMZN.O", "XNAS:AMZN"),
            ("BRKb.N", "XNYS:BRK.B"),
            ("0700.HK", "XHKG:0700"),
            ("AMZN US", "XNAS:AMZN"),
            ("MC FP", "XPAR:MC"),
            ("MC FP Equity", "XPAR:MC"),
            ("$AMZN", "XNAS:AMZN"),
            ("$brk.b", "XNYS:BRK.B"),
            ("FR0000121014", "XPAR:MC"),
            ("fr0000121014", "XPAR:MC"),
            ("US0378331005", "XXXX:US0378331005"),
            ("CRYPTO:BTC", "XXXX:BTC"),
            // No market is none, and not one whose country code the symbol might be.
            ("XXXX:MC", "XXXX:MC"),
        ] {
            check(code, expected);
        }
    }

    #[test]
    fn a_right_isin_may_be_unknown() {
        for (code, unknown) in [("US0378331005", true), ("FR0000121014", false), ("NASDAQ:ZZZZ", false)] {
            assert_eq!(resolve(code).iter().any(is_unknown_isin), unknown, "{code}");
        }
    }

    #[test]
    fn what_is_no_code_names_nothing() {
        for code in [
            "",
            "AMZN",
            "BRK.B",
            "FR0000121015",
            "résultats",
            "CEO: Smith",
            "10:30",
            "a b c d",
            "NASDAQ:",
            ".",
            "$",
            ":",
        ] {
            check(code, "");
        }
    }

    #[test]
    fn everyday_names_mean_their_company() {
        use names::Class::{Proper, Sure, Word};
        // 2025-06-01 and 2008-06-01.
        let (today, then) = (1_748_736_000, 1_212_278_400);
        for (written, at, symbol, class) in [
            ("L&G", today, "LGEN", Sure),
            ("Wise", today, "WISE", Word),
            ("Otis", today, "OTIS", Word),
            ("Microchip", today, "MCHP", Word),
            ("Williams", today, "WMB", Word),
            ("O'Reilly", today, "ORLY", Proper),
            ("Ulta", today, "ULTA", Sure),
            ("LKQ", today, "LKQ", Sure),
            ("Bio-Rad", today, "BIO", Sure),
            ("Zions", today, "ZION", Sure),
            ("AEP", today, "AEP", Proper),
            ("PDD", today, "PDD", Proper),
            ("CBA", today, "CBA", Proper),
            ("Mitsui", today, "8031", Proper),
            ("Kerry", today, "KRZ", Word),
            ("Box", today, "BOX", Word),
            ("Unity", today, "U", Word),
            ("Temu", today, "PDD", Sure),
            // A register has another of this name.
            ("Vertex", today, "VRTX", Proper),
            ("Hydro", today, "NHY", Word),
            ("Hydro One", today, "H", Sure),
            ("Carrefour", today, "CA", Word),
            ("Maersk", today, "MAERSK.B", Sure),
            ("Kone", today, "KNEBV", Sure),
            ("Roche", today, "ROG", Sure),
            ("EON", today, "EOAN", Sure),
            // A name passes to the successor.
            ("Motorola", today, "MSI", Proper),
            ("Motorola", then, "MOT", Proper),
        ] {
            let (end, name) = names::longest_at(written, 0).unwrap_or_else(|| panic!("{written} is no name"));
            let found = (name.owner(Some(at)).listing.symbol, name.class);
            assert_eq!((end, found), (written.len(), (symbol, class)), "{written}");
        }
    }

    #[test]
    fn renamed_symbols_and_receipts_lead_to_the_share() {
        let ticker = |mic: &str, symbol: &str| Ticker::new(symbol, Mic::new(mic).unwrap());
        for (from, to) in [
            (ticker("XNAS", "FB"), ticker("XNAS", "META")),
            (ticker("XPAR", "FP"), ticker("XPAR", "TTE")),
            (ticker("XNYS", "TTE"), ticker("XPAR", "TTE")),
            (ticker("XASX", "RIO"), ticker("XLON", "RIO")),
            (ticker("XLON", "BHP"), ticker("XASX", "BHP")),
            (ticker("XAMS", "UNA"), ticker("XLON", "ULVR")),
            (ticker("XLON", "CCL"), ticker("XNYS", "CCL")),
            (ticker("XJSE", "INL"), ticker("XLON", "INVP")),
            (ticker("XNYS", "CNI"), ticker("XTSE", "CNR")),
            (ticker("XLON", "DOM"), ticker("XLON", "DOM")),
            (ticker("XNAS", "AAPL"), ticker("XNAS", "AAPL")),
            // From one American market to another, with the symbol.
            (ticker("XNYS", "WMT"), ticker("XNAS", "WMT")),
            (ticker("XNYS", "ZZZZ"), ticker("XNYS", "ZZZZ")),
            // From one segment of a house to another.
            (ticker("XPAR", "ALCRB"), ticker("ALXP", "ALCRB")),
            (ticker("ALXP", "MC"), ticker("XPAR", "MC")),
            (ticker("AIMX", "JET2"), ticker("XLON", "JET2")),
            (ticker("XASE", "UEC"), ticker("XNYS", "UEC")),
            (ticker("XASE", "IMO"), ticker("XTSE", "IMO")),
            (ticker("OTCQ", "RHHBY"), ticker("XSWX", "ROG")),
            (ticker("XSTU", "SAP"), ticker("XETR", "SAP")),
            (ticker("XBOM", "INFY"), ticker("XNSE", "INFY")),
            (ticker("XLON", "ALCRB"), ticker("XLON", "ALCRB")),
        ] {
            assert_eq!(canonical(&from, None), to);
        }
    }
}
