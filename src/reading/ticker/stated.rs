//! What metadata state of companies: codes and names, and several of them in one text.
//!
//! Codes and names hold spaces (`KER FP`, `ERIC B`, `Apple Inc`), so that a text is read whole first, and cut at its
//! spaces only where every part is written as a code. What is neither a code nor a company names nothing: words are no
//! symbols.

use super::{Found, Language, companies, symbol};
use crate::article::{Mic, Ticker};
use crate::market::{self, names};

/// What a stated text is read with.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a> {
    /// The codes of headline and text, which tell the market of a bare symbol.
    pub places: [&'a [Found]; 2],
    /// Decides between markets where nothing else does.
    pub language: Language,
    /// When it was written, in seconds since 1970: names change hands.
    pub at: Option<i64>,
}

/// Returns the texts that metadata state, one by one: a field may hold several.
pub fn stated_codes(stated: &[String]) -> impl Iterator<Item = &str> {
    let codes = stated.iter().flat_map(|codes| codes.split([',', ';', '|']));
    codes.map(bare).filter(|code| !code.is_empty())
}

/// Returns whether a stated text names nothing that is known.
pub fn is_unread(stated: &str, language: Language, at: Option<i64>) -> bool {
    let read = Reader { places: [&[], &[]], language, at }.read(stated);
    !read.iter().any(|ticker| ticker.mic != Mic::UNKNOWN || market::is_unknown_isin(ticker))
}

impl Reader<'_> {
    /// Returns the securities of one stated text.
    pub fn read(&self, text: &str) -> Vec<Ticker> {
        let code = market::resolve(text);
        if code.iter().any(market::is_known) {
            return code;
        }
        if let Some(ticker) = self.symbol_or_company(text) {
            return vec![ticker];
        }
        if !code.is_empty() && is_whole(text) {
            return code;
        }
        if text.contains(char::is_whitespace) {
            return self.parts(text).unwrap_or_default();
        }
        let unknown = Ticker::new(written_symbol(text), Mic::UNKNOWN);
        let is_symbol = is_capitals(text) && symbol::fits(&unknown.symbol, Mic::UNKNOWN);
        is_symbol.then_some(unknown).into_iter().collect()
    }

    /// Reads a symbol without its market, or a company's name: what has small letters is a name first.
    fn symbol_or_company(&self, text: &str) -> Option<Ticker> {
        let company = || Some(market::company(&names::stated(text, self.at)?, self.at));
        let symbol = || self.symbol(text);
        if is_capitals(text) { symbol().or_else(company) } else { company().or_else(symbol) }
    }

    /// Reads a bare symbol. It takes its market from the text, where the text names it, then from the tables: the home
    /// market of the language, then America, then any.
    fn symbol(&self, text: &str) -> Option<Ticker> {
        let symbol = written_symbol(text);
        let place = self.places.into_iter().flatten().find(|place| place.ticker.symbol == symbol);
        let mic = place.map(|place| place.ticker.mic).or_else(|| likely_market(&symbol, self.language))?;
        symbol::fits(&symbol, Mic::UNKNOWN).then(|| Ticker::new(symbol, mic))
    }

    /// Reads several codes with spaces between them; `None` if some part is written as a word, or too few are known.
    fn parts(&self, text: &str) -> Option<Vec<Ticker>> {
        let words: Vec<&str> = text.split_whitespace().map(bare).filter(|word| !word.is_empty()).collect();
        let (mut read, mut unknown) = (Vec::new(), 0);
        let mut at = 0;
        while at < words.len() {
            // `MC FP Equity`, `AAPL US`, `ERIC B`
            let longer = (2..=3).rev().filter_map(|count| Some((count, words.get(at..at + count)?.join(" "))));
            let known = longer.into_iter().find_map(|(count, code)| Some((count, self.known_code(&code)?)));
            if let Some((count, tickers)) = known {
                read.extend(tickers);
                at += count;
                continue;
            }
            let word = words[at];
            let is_coded = word.contains([':', '.']) && !market::resolve(word).is_empty();
            if !is_coded && (!is_capitals(word) || names::is_form(word)) {
                return None;
            }
            match self.known_code(word) {
                Some(tickers) => read.extend(tickers),
                None => {
                    unknown += 1;
                    let tickers = self.read(word);
                    if tickers.is_empty() {
                        return None;
                    }
                    read.extend(tickers);
                }
            }
            at += 1;
        }
        (unknown * 2 <= words.len()).then_some(read)
    }

    /// Reads one code that the tables or the text know.
    fn known_code(&self, text: &str) -> Option<Vec<Ticker>> {
        let code = market::resolve(text);
        if code.iter().any(market::is_known) {
            return Some(code);
        }
        self.symbol(text).map(|ticker| vec![ticker])
    }
}

/// Returns a text without the marks of a list around it.
fn bare(text: &str) -> &str {
    text.trim().trim_matches(|c: char| matches!(c, '[' | ']' | '(' | ')' | '{' | '}' | '\'' | '"')).trim()
}

fn written_symbol(text: &str) -> String {
    symbol::canonical(text.trim_start_matches('$'), Mic::UNKNOWN)
}

fn is_capitals(text: &str) -> bool {
    !text.contains(char::is_lowercase)
}

/// Returns whether a code that no table knows is one as it is written, and no list of codes and no words: `ZZZZ FP`,
/// `NASDAQ:ZZZZ`, `Nasdaq Stockholm:ZZZZ B`.
fn is_whole(text: &str) -> bool {
    match text.split_once([':', '：']) {
        Some((_, symbol)) => symbol.split_whitespace().skip(1).all(|class| class.len() == 1),
        None => is_capitals(text) || !text.contains(char::is_whitespace),
    }
}

/// Returns the market that a bare known symbol is most likely meant on.
pub(super) fn likely_market(symbol: &str, language: Language) -> Option<Mic> {
    let listed = || companies::listings(symbol).map(|listing| listing.mic);
    let french = || listed().find(|mic| matches!(mic.as_str(), "XPAR" | "ALXP" | "XMLI"));
    let american = || companies::us_listing(symbol);
    let home = if language == Language::French { french().or_else(american) } else { american().or_else(french) };
    home.or_else(|| listed().next())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let reader = Reader { places: [&[], &[]], language: Language::English, at: None };
        let stated = [text.to_owned()];
        let read: Vec<_> = stated_codes(&stated).flat_map(|code| reader.read(code)).map(|it| it.to_string()).collect();
        assert_eq!(read.join(" "), expected, "{text}");
    }

    #[test]
    fn codes_with_a_space_are_one() {
        for (text, expected) in [
            ("KER FP", "XPAR:KER"),
            ("SIE GR", "XETR:SIE"),
            ("7203 JP", "XTKS:7203"),
            ("MC FP Equity", "XPAR:MC"),
            ("BRK/B US Equity", "XNYS:BRK.B"),
            ("ERIC B", "XSTO:ERIC.B"),
            ("Nasdaq Stockholm:ZZZZ B", "XSTO:ZZZZ.B"),
            ("ZZZZ FP", "XPAR:ZZZZ"),
        ] {
            check(text, expected);
        }
    }

    #[test]
    fn several_codes_stand_in_one_text() {
        for (text, expected) in [
            ("AAPL MSFT", "XNAS:AAPL XNAS:MSFT"),
            ("AAPL US MC FP", "XNAS:AAPL XPAR:MC"),
            ("['AAPL', 'MSFT'] OR.PA", "XNAS:AAPL XNAS:MSFT XPAR:OR"),
            ("['AAPL' 'MSFT']", "XNAS:AAPL XNAS:MSFT"),
            ("NASDAQ:AAPL NYSE:IBM", "XNAS:AAPL XNYS:IBM"),
            ("NYSE:IBM AAPL", "XNYS:IBM XNAS:AAPL"),
            ("MC.PA BNPP.PA", "XPAR:MC XPAR:BNP"),
            ("AAPL ZZZZQ", "XNAS:AAPL XXXX:ZZZZQ"),
            ("AAPL;MC.PA|ERIC B", "XNAS:AAPL XPAR:MC XSTO:ERIC.B"),
        ] {
            check(text, expected);
        }
    }

    #[test]
    fn names_are_companies_and_words_are_nothing() {
        for (text, expected) in [
            ("LVMH", "XPAR:MC"),
            ("Apple Inc", "XNAS:AAPL"),
            ("Amazon.com, Inc.", "XNAS:AMZN"),
            // A country's code and a form of company look the same.
            ("Airbus SE", "XPAR:AIR"),
            ("Ford", "XNYS:F"),
            ("CARREFOUR", "XPAR:CA"),
            ("aapl", "XNAS:AAPL"),
            ("Zorglub Industries", ""),
            ("ZORGLUB INDUSTRIES GROUP", ""),
            ("ZORGLUB CO", ""),
            ("zorglub", ""),
            ("Crypto", ""),
            ("Zorglub", ""),
            ("ZZZZQ", "XXXX:ZZZZQ"),
        ] {
            check(text, expected);
        }
    }

    #[test]
    fn what_names_nothing_is_told() {
        for (text, unread) in [("KER FP", false), ("LVMH", false), ("ZZZZQ", true), ("zorglub", true)] {
            assert_eq!(is_unread(text, Language::French, None), unread, "{text}");
        }
    }
}
