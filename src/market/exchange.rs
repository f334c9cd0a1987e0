//! What news and people call a market: a label before a colon, the suffix of a Reuters or Yahoo code,
//! Bloomberg's country code; each to its ISO 10383 code.
//!
//! The lists are closed. A shape (`word: VALUE`) would take ages, ratios and job titles for markets, so
//! what is not in `data/exchanges.csv` is not a label.

use std::sync::OnceLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::{companies, symbol, table};
use crate::article::{Mic, Ticker};

/// What a label stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Market {
    /// One market.
    Mic(Mic),
    /// Euronext without its city: Paris, unless the symbol is known in another city alone.
    Euronext,
    /// A crypto asset, which has no market code.
    Crypto,
    /// An index, a fund or a currency: no security.
    None,
}

/// A label found in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Label {
    /// What it stands for.
    pub market: Market,
    /// Whether it is written as markets are: as in the list, or long enough to be no other word.
    pub sure: bool,
}

/// The longest label in bytes, as written; longer texts are not looked up.
pub const LONGEST_LABEL: usize = 60;

const TABLE: &str = include_str!("../../data/exchanges.csv");

struct Exchanges {
    labels: FxHashMap<String, Market>,
    spelled: FxHashSet<&'static str>,
    suffixes: FxHashMap<&'static str, Mic>,
    countries: FxHashMap<&'static str, Mic>,
    mics: FxHashSet<Mic>,
}

/// What exchanges write between their label and the colon: `HKEX Stock Code: 1810`, `TSE Prime: 9984`.
const TAILS: [&str; 7] = ["share code", "stock code", "code", "prime", "mainboard", "main board", "symbol"];

/// Returns the label that `text` is, letter case, spacing and accents aside.
pub fn label(text: &str) -> Option<Label> {
    exact(text).or_else(|| TAILS.into_iter().find_map(|tail| exact(without(text, tail)?)))
}

/// Returns what stands before a word or two at the end, letter case aside.
fn without<'a>(text: &'a str, tail: &str) -> Option<&'a str> {
    let (head, end) = text.split_at_checked(text.len().checked_sub(tail.len())?)?;
    let label = head.trim_end();
    (end.eq_ignore_ascii_case(tail) && label.len() < head.len()).then_some(label)
}

/// Returns the label that `text` is, and nothing else.
fn exact(text: &str) -> Option<Label> {
    if text.is_empty() || text.len() > LONGEST_LABEL {
        return None;
    }
    let exchanges = exchanges();
    let folded = fold(text);
    let market = *exchanges.labels.get(&folded)?;
    // Short codes are also words in small letters: `mad`, `bit`, `plus`, `war`.
    let sure = exchanges.spelled.contains(text) || (folded.len() > 4 && text.chars().any(char::is_uppercase));
    Some(Label { market, sure })
}

/// Returns the market of a Reuters or Yahoo suffix, given without its dot and in capitals: `PA`, `O`, `DE`.
pub fn suffix(suffix: &str) -> Option<Mic> {
    exchanges().suffixes.get(suffix).copied()
}

/// Returns the ticker of a symbol under Bloomberg's country code in capitals: `MC FP`, `NOVOB DC`. Under `US`, which is no
/// market, the symbol decides and must be known.
pub fn bloomberg(written: &str, country: &str) -> Option<Ticker> {
    let mic = match (country, written.as_bytes().first()) {
        ("US", _) => companies::us_listing(&symbol::canonical(written, Mic::UNKNOWN))?,
        // Of China as a whole; Shanghai's numbers begin with another digit.
        ("CH", Some(b'0'..=b'3')) => mic_of("XSHE"),
        _ => *exchanges().countries.get(country)?,
    };
    let symbol = with_class(symbol::canonical(written, mic), mic);
    symbol::fits(&symbol, mic).then(|| Ticker::new(symbol, mic))
}

/// Returns a symbol whose share class is written without a sign (`NOVOB`, `ERICB`) in its canonical spelling, if the
/// market knows it so.
fn with_class(symbol: String, mic: Mic) -> String {
    let Some((stem, class)) = symbol.split_at_checked(symbol.len().saturating_sub(1)) else { return symbol };
    if matches!(class, "A" | "B" | "C" | "D") && !companies::is_listed(&symbol, mic) {
        let classed = format!("{stem}.{class}");
        if companies::is_listed(&classed, mic) {
            return classed;
        }
    }
    symbol
}

/// Returns whether `mic` is a market of the tables.
pub fn is_known(mic: Mic) -> bool {
    exchanges().mics.contains(&mic)
}

/// Returns the ticker that a symbol written under a market is, if it has the shape of that market's symbols.
///
/// Here the labels of two meanings are settled: `TSE` with digits is Tokyo and with letters Toronto,
/// Euronext without a city goes where the symbol is known, and a code that repeats its market
/// (`KRX: 005380.KS`) loses the suffix.
pub fn listing(market: Market, written: &str) -> Option<Ticker> {
    let mic = match market {
        Market::None => return None,
        Market::Crypto => Mic::UNKNOWN,
        Market::Euronext => euronext(&symbol::canonical(written, Mic::UNKNOWN)),
        Market::Mic(mic) => match (mic.as_str(), written.as_bytes().first()) {
            ("XTSE", Some(b'0'..=b'9')) => mic_of("XTKS"),
            ("XOSL", Some(b'0'..=b'9')) => mic_of("XOSE"),
            _ => mic,
        },
    };
    let mut symbol = symbol::canonical(written, mic);
    if let Some((root, end)) = symbol.rsplit_once('.')
        && suffix(end) == Some(mic)
        && !symbol::is_class(end)
    {
        symbol = symbol::canonical(root, mic);
    }
    let symbol = with_class(symbol, mic);
    symbol::fits(&symbol, mic).then(|| Ticker::new(symbol, mic))
}

/// The markets of Euronext.
const CITIES: [&str; 8] = ["XPAR", "ALXP", "XAMS", "XBRU", "XLIS", "XDUB", "XOSL", "XMIL"];

/// Returns the markets that a bare `Euronext` may mean.
pub fn euronext_cities() -> impl Iterator<Item = Mic> {
    CITIES.into_iter().map(mic_of)
}

/// The venue of a symbol under a bare `Euronext`.
fn euronext(symbol: &str) -> Mic {
    let mut known = companies::listings(symbol).map(|l| l.mic).filter(|mic| CITIES.contains(&mic.as_str()));
    match (known.next(), known.next()) {
        (Some(only), None) => only,
        _ => mic_of("XPAR"),
    }
}

fn mic_of(code: &str) -> Mic {
    Mic::new(code).unwrap_or(Mic::UNKNOWN)
}

fn exchanges() -> &'static Exchanges {
    static EXCHANGES: OnceLock<Exchanges> = OnceLock::new();
    EXCHANGES.get_or_init(|| {
        let mut all = Exchanges {
            labels: FxHashMap::default(),
            spelled: FxHashSet::default(),
            suffixes: FxHashMap::default(),
            countries: FxHashMap::default(),
            mics: FxHashSet::default(),
        };
        for [written, code, kind] in table::rows::<3>(TABLE) {
            let mic = Mic::new(code);
            all.mics.extend(mic);
            let market = match (kind, mic) {
                ("label", Some(mic)) => Market::Mic(mic),
                ("euronext", _) => Market::Euronext,
                ("crypto", _) => Market::Crypto,
                ("skip", _) => Market::None,
                ("ric" | "yahoo", Some(mic)) => {
                    // Where Reuters and Yahoo differ, Reuters comes first in the table.
                    all.suffixes.entry(written.trim_start_matches('.')).or_insert(mic);
                    continue;
                }
                ("bloomberg", Some(mic)) => {
                    all.countries.insert(written, mic);
                    continue;
                }
                _ => continue,
            };
            all.labels.entry(fold(written)).or_insert(market);
            all.spelled.insert(written);
        }
        all
    })
}

/// Folds a label: capitals, no accents, no spaces, straight apostrophes.
fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '’' => folded.push('\''),
            '\u{2010}' | '\u{2011}' | '–' => folded.push('-'),
            'é' | 'è' | 'ê' | 'ë' | 'É' | 'È' | 'Ê' => folded.push('E'),
            'à' | 'â' | 'ä' | 'À' | 'Â' | 'Ä' => folded.push('A'),
            'ï' | 'î' | 'Î' | 'Ï' => folded.push('I'),
            'ö' | 'ô' | 'ø' | 'Ö' | 'Ô' | 'Ø' => folded.push('O'),
            'ü' | 'û' | 'Ü' | 'Û' => folded.push('U'),
            'ç' | 'Ç' => folded.push('C'),
            c if c.is_whitespace() => {}
            c => folded.push(c.to_ascii_uppercase()),
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<&str>) {
        let found = label(text).map(|label| match label.market {
            Market::Mic(mic) => mic.to_string(),
            other => format!("{other:?}"),
        });
        assert_eq!(found.as_deref(), expected, "{text}");
    }

    #[test]
    fn labels_of_every_dress_lead_to_their_market() {
        for (text, expected) in [
            ("NASDAQ", Some("XNAS")),
            ("NasdaqGS", Some("XNAS")),
            ("Nasdaq Global Select Market", Some("XNAS")),
            ("Nasdaq\u{a0}Stockholm", Some("XSTO")),
            ("NADSAQ", Some("XNAS")),
            ("Bourse de Montreal", Some("XMOD")),
            ("bourse de paris", Some("XPAR")),
            ("Bourse d’Oslo", Some("XOSL")),
            ("XPAR", Some("XPAR")),
            ("Euronext", Some("Euronext")),
            ("INDEXSP", Some("None")),
            ("CRYPTO", Some("Crypto")),
            ("HKEX Stock Code", Some("XHKG")),
            ("TSE Prime", Some("XTSE")),
            ("Postal Code", None),
            ("Code", None),
            ("CEO", None),
            ("HR", None),
            ("Note", None),
            ("", None),
        ] {
            check(text, expected);
        }
    }

    #[test]
    fn short_labels_in_small_letters_are_not_sure() {
        for (text, sure) in
            [("MAD", true), ("mad", false), ("Plus", false), ("Oslo", true), ("Nasdaq", true), ("NYSE", true)]
        {
            assert_eq!(label(text).map(|label| label.sure), Some(sure), "{text}");
        }
    }

    #[test]
    fn suffixes_and_countries_lead_to_their_market() {
        for (code, expected) in [("PA", Some("XPAR")), ("O", Some("XNAS")), ("SW", Some("XSWX")), ("ZZ", None)] {
            assert_eq!(suffix(code).map(|mic| mic.to_string()).as_deref(), expected, "{code}");
        }
    }

    #[test]
    fn codes_of_bloomberg_lead_to_their_ticker() {
        for (symbol, country, expected) in [
            ("MC", "FP", Some("XPAR:MC")),
            ("AAPL", "US", Some("XNAS:AAPL")),
            ("ZZZZQ", "US", None),
            ("MC", "ZZ", None),
            ("NOVOB", "DC", Some("XCSE:NOVO.B")),
            ("ERICB", "SS", Some("XSTO:ERIC.B")),
            ("MAERSKB", "DC", Some("XCSE:MAERSK.B")),
            ("002594", "CH", Some("XSHE:002594")),
            ("600519", "CH", Some("XSHG:600519")),
        ] {
            let found = bloomberg(symbol, country).map(|ticker| ticker.to_string());
            assert_eq!(found.as_deref(), expected, "{symbol} {country}");
        }
    }

    #[test]
    fn labels_of_two_meanings_are_settled_by_the_symbol() {
        let listed = |text: &str, symbol: &str| {
            label(text).and_then(|label| listing(label.market, symbol)).map(|ticker| ticker.to_string())
        };
        for (text, symbol, expected) in [
            ("TSE", "7203", Some("XTKS:7203")),
            ("TSE", "SHOP", Some("XTSE:SHOP")),
            ("Euronext", "OR", Some("XPAR:OR")),
            ("Euronext", "ADYEN", Some("XAMS:ADYEN")),
            ("Euronext", "ZZZZ", Some("XPAR:ZZZZ")),
            ("KRX", "005380.KS", Some("XKRX:005380")),
            ("SSE", "SSE", None),
            ("Nasdaq Copenhagen", "NOVOB", Some("XCSE:NOVO.B")),
            ("HKEX", "5", Some("XHKG:0005")),
            ("INDEXSP", "INX", None),
        ] {
            assert_eq!(listed(text, symbol).as_deref(), expected, "{text}:{symbol}");
        }
    }

    #[test]
    fn every_row_of_the_table_is_well_formed() {
        let mut labels = FxHashMap::default();
        let mut codes = FxHashSet::default();
        for [written, code, kind] in table::rows::<3>(TABLE) {
            assert!(!written.is_empty() && written.len() <= LONGEST_LABEL, "{written}");
            assert!(matches!(kind, "label" | "euronext" | "ric" | "yahoo" | "bloomberg" | "crypto" | "skip"), "{kind}");
            let without_market = matches!(kind, "crypto" | "skip") || (kind, written) == ("bloomberg", "US");
            assert_eq!(Mic::new(code).is_none(), without_market, "{written} {code}");
            match kind {
                "ric" | "yahoo" => assert!(written.starts_with('.'), "{written}"),
                "bloomberg" => assert_eq!(written.len(), 2),
                // The same label in two spellings must name the same market.
                _ => assert_eq!(*labels.entry(fold(written)).or_insert(code), code, "{written}"),
            }
            assert!(codes.insert((written, kind)), "{written} stands twice");
        }
        // A suffix of both agencies names one market.
        for [written, code, kind] in table::rows::<3>(TABLE) {
            if matches!(kind, "ric" | "yahoo") {
                assert_eq!(suffix(&written[1..]), Mic::new(code), "{written}");
            }
        }
    }
}
