//! The securities that a value of a record states: codes, objects with a symbol and perhaps its exchange, lists of these.
//!
//! Separate from `values`, because no other value is written in so many ways.

use serde_json::{Map, Value};

use super::fields::fold;
use super::values::is_missing;
use crate::article::distinct;

/// Returns the securities a value states: strings, objects with a symbol and perhaps its exchange, a
/// list of these, or one string with several.
pub(super) fn tickers(value: &Value) -> Option<Vec<String>> {
    let mut found = Vec::new();
    match value {
        Value::Array(values) => values.iter().for_each(|value| one_ticker(value, &mut found)),
        Value::Object(weights) if is_weighted(weights) => found.extend(weights.keys().cloned()),
        value => one_ticker(value, &mut found),
    }
    (!found.is_empty()).then(|| distinct(found))
}

/// Returns whether an object has a number for each of its codes: `{"HLD": 0.9, "FEN": 0.1}`.
fn is_weighted(object: &Map<String, Value>) -> bool {
    let is_code = |code: &String| !code.is_empty() && !code.contains(char::is_lowercase) && code.len() <= 20;
    !object.is_empty() && object.iter().all(|(code, weight)| weight.is_number() && is_code(code))
}

fn one_ticker(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) => split_tickers(text, found),
        Value::Object(object) => {
            let text = |names: &[&str]| {
                let entry = object.iter().find(|(key, _)| names.contains(&fold(key).as_str()));
                entry.and_then(|(_, value)| value.as_str()).map(str::trim).filter(|text| !is_missing(text))
            };
            let exchange = text(&["exchange", "market", "mic", "exchangecode", "marketlabel"]);
            // Some give the symbol as the name; a name with spaces is a company's, and so is one beside an ISIN alone.
            let name = text(&["name"]).filter(|name| !name.contains(' '));
            let listed =
                name.filter(|name| exchange.is_some() && name.len() <= 6 && !name.contains(char::is_lowercase));
            let symbol = text(&["ticker"]).or_else(|| text(&["symbol"])).or_else(|| text(&["code"]));
            let symbol = symbol.or(listed).or_else(|| text(&["isin"])).or(name);
            match (symbol, exchange) {
                (Some(symbol), Some(exchange)) if !symbol.contains(':') && !is_isin(symbol) => {
                    found.push(format!("{exchange}:{symbol}"));
                }
                (Some(symbol), _) => found.push(symbol.to_owned()),
                (None, _) => {}
            }
        }
        _ => {}
    }
}

/// Returns whether a code is an ISIN by its letters and digits.
fn is_isin(code: &str) -> bool {
    let code = code.as_bytes();
    code.len() == 12
        && code[..2].iter().all(u8::is_ascii_uppercase)
        && code.iter().all(u8::is_ascii_alphanumeric)
        && code[11].is_ascii_digit()
}

/// Cuts `NASDAQ: AAPL, MSFT;OR.PA` or `['AAPL', 'MSFT']` at commas, semicolons and bars. Which spaces part codes, and
/// which belong to one (`KER FP`), is for those who know codes: `reading::ticker`.
fn split_tickers(text: &str, found: &mut Vec<String>) {
    let mut joined = text.to_owned();
    for (spaced, tight) in [(" :", ":"), (": ", ":"), (":\u{A0}", ":"), ("\u{A0}:", ":")] {
        if joined.contains(spaced) {
            joined = joined.replace(spaced, tight);
        }
    }
    for piece in joined.split([',', ';', '|']) {
        push_ticker(piece, found);
    }
}

fn push_ticker(piece: &str, found: &mut Vec<String>) {
    let piece = piece.trim().trim_matches(|c: char| matches!(c, '[' | ']' | '(' | ')' | '{' | '}' | '\'' | '"')).trim();
    if !is_missing(piece) {
        found.push(piece.to_owned());
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_name_of_a_market_may_have_spaces() {
        for (text, want) in [
            ("Euronext Paris:CA", &["Euronext Paris:CA"][..]),
            ("Borsa Italiana : JUVE, AMZN", &["Borsa Italiana:JUVE", "AMZN"]),
            ("NASDAQ: AAPL NYSE: IBM", &["NASDAQ:AAPL NYSE:IBM"]),
        ] {
            assert_eq!(tickers(&json!(text)).unwrap(), want, "{text}");
        }
    }

    #[test]
    fn tickers_come_in_many_dresses() {
        for (value, expected) in [
            (json!("AAPL"), "AAPL"),
            (json!("NASDAQ: AAPL, NYSE : IBM;OR.PA|BRK.B"), "NASDAQ:AAPL NYSE:IBM OR.PA BRK.B"),
            (json!("['AAPL', 'MSFT', 'AAPL']"), "AAPL MSFT"),
            (json!(["KER FP", "ERIC B"]), "KER FP ERIC B"),
            (json!(["AAPL", "nan", {"ticker": "IBM", "exchange": "NYSE", "name": "IBM Corp"}]), "AAPL NYSE:IBM"),
            (json!([{"symbol": "NYSE:IBM", "exchange": "NYSE"}, {"name": "AMD", "cusip": "1"}]), "NYSE:IBM AMD"),
            (json!([{"name": "AAPL", "isin": "US0378331005", "exchange": "NASDAQ"}]), "NASDAQ:AAPL"),
            (json!([{"name": "HALDEN", "isin": "FR0000121014"}]), "FR0000121014"),
            (json!({"isin": "FR0000121014", "market": "XPAR"}), "FR0000121014"),
            (json!({"HLD": 0.9, "FEN": 0.1}), "FEN HLD"),
            (json!({"score": 0.9}), ""),
            (json!("NONE"), ""),
            (json!({"name": "Some Company"}), ""),
            (json!(null), ""),
            (json!(""), ""),
        ] {
            assert_eq!(tickers(&value).unwrap_or_default().join(" "), expected, "{value}");
        }
    }
}
