//! The canonical spelling of a symbol, and the shapes that a market gives to its symbols.
//!
//! A share class is written in many ways (`BRK.A`, `BRK-A`, `BRK/A`, `BRKa.N`, `VOLV B`), and some markets
//! number their securities; everything that becomes a [`Ticker`](crate::article::Ticker) passes through here.

use crate::article::Mic;

/// Returns `symbol` in its canonical spelling on `mic`: capitals, the share class after a dot (`BRK.A`), no
/// dot at the end (`BP.` is `BP`), Hong Kong numbers with four digits or more (`5` and `00005` are `0005`).
pub fn canonical(symbol: &str, mic: Mic) -> String {
    let joint = |c: char| matches!(c, '-' | '/' | ' ' | '\u{2010}' | '\u{2011}');
    let symbol = symbol.trim().trim_end_matches(|c| c == '.' || joint(c));
    let mut canonical = String::with_capacity(symbol.len());
    for c in symbol.chars() {
        canonical.push(if joint(c) { '.' } else { c.to_ascii_uppercase() });
    }
    if mic.as_str() == "XHKG" && is_digits(&canonical) {
        // The exchange itself writes five: `00700`.
        canonical = format!("{:0>4}", canonical.trim_start_matches('0'));
    }
    canonical
}

/// Returns the symbol that the root of a Reuters code stands for on `mic`, where no table knows better:
/// a small letter at the end is the share class (`BRKb` is `BRK.B`), or on Xetra marks registered or
/// preferred shares (`n`, `_p`).
pub fn of_ric(root: &str, mic: Mic) -> String {
    let plain = root.trim_end_matches("_p");
    let bytes = plain.as_bytes();
    match bytes {
        [.., before, last] if last.is_ascii_lowercase() && before.is_ascii_uppercase() => {
            let stem = &plain[..plain.len() - 1];
            if matches!(last, b'a'..=b'd' | b'k') || is_american(mic) {
                canonical(&format!("{stem}.{}", char::from(*last)), mic)
            } else {
                canonical(stem, mic)
            }
        }
        _ => canonical(plain, mic),
    }
}

/// Returns whether `symbol`, in its canonical spelling, has the shape of symbols on `mic`: letters first in
/// America, digits first in East Asia, a letter somewhere in Europe.
pub fn fits(symbol: &str, mic: Mic) -> bool {
    let bytes = symbol.as_bytes();
    let plain = (1..=12).contains(&bytes.len())
        && bytes.iter().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || matches!(b, b'.' | b'&'))
        && bytes.first().is_some_and(u8::is_ascii_alphanumeric);
    let root = bytes.iter().position(|b| *b == b'.').unwrap_or(bytes.len());
    let has_letter = bytes.iter().any(u8::is_ascii_uppercase);
    plain
        && match mic.as_str() {
            _ if is_american(mic) => bytes[0].is_ascii_uppercase() && root <= 5 && bytes.len() <= 8,
            "XSHG" | "XSHE" | "XKRX" | "XKOS" | "XTAI" | "XTKS" | "XHKG" | "XOSE" => {
                bytes[0].is_ascii_digit() && bytes.len() >= 4
            }
            // Frankfurt numbers some foreign shares: `472`, `639`.
            "XFRA" => has_letter || bytes.len() >= 3,
            "XBOM" | "XSAU" => has_letter || bytes.len() >= 4,
            _ => has_letter,
        }
}

/// Returns whether `mic` is a market of the United States.
pub fn is_american(mic: Mic) -> bool {
    matches!(
        mic.as_str(),
        "XNAS" | "XNYS" | "XASE" | "ARCX" | "BATS" | "IEXG" | "LTSE" | "OTCM" | "OTCQ" | "OTCB" | "PINX"
    )
}

/// Returns whether a one-letter suffix is more often a share class or a preferred line (`LGF.A`, `X.K`)
/// than a Reuters market.
pub fn is_class(suffix: &str) -> bool {
    suffix.len() == 1 && !matches!(suffix, "N" | "O" | "L" | "T")
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mic(code: &str) -> Mic {
        Mic::new(code).unwrap()
    }

    #[test]
    fn one_spelling_for_each_symbol() {
        for (written, market, expected) in [
            ("aapl", "XNAS", "AAPL"),
            ("BRK-A", "XNYS", "BRK.A"),
            ("BRK/B", "XNYS", "BRK.B"),
            ("VOLV B", "XSTO", "VOLV.B"),
            ("BP.", "XLON", "BP"),
            ("MC/", "XPAR", "MC"),
            ("5", "XHKG", "0005"),
            ("0700", "XHKG", "0700"),
            ("00700", "XHKG", "0700"),
            ("80700", "XHKG", "80700"),
            ("5", "XTAI", "5"),
        ] {
            assert_eq!(canonical(written, mic(market)), expected, "{written}");
        }
    }

    #[test]
    fn small_letters_of_reuters_roots_are_classes() {
        for (root, market, expected) in [
            ("BRKb", "XNYS", "BRK.B"),
            ("TECKa", "XTSE", "TECK.A"),
            ("XYZGn", "XETR", "XYZG"),
            ("XYZG_p", "XETR", "XYZG"),
        ] {
            assert_eq!(of_ric(root, mic(market)), expected, "{root}");
        }
    }

    #[test]
    fn shapes_belong_to_markets() {
        for (symbol, market, expected) in [
            ("AAPL", "XNAS", true),
            ("77", "XNAS", false),
            ("7203", "XTKS", true),
            ("SONY", "XTKS", false),
            ("75001", "XPAR", false),
            ("74SW", "XPAR", true),
            ("", "XPAR", false),
            ("ABCDEFGHIJKLM", "XPAR", false),
        ] {
            assert_eq!(fits(symbol, mic(market)), expected, "{symbol}");
        }
    }
}
