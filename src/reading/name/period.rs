//! Periods of accounts, which stand right behind the name of a company: `Amazon Q2`, `Orange S1 2025`, `Gap fourth-quarter`.

/// Adjectives made of a period.
const SPANS: [&str; 6] = ["first-half", "second-half", "half-year", "full-year", "nine-month", "six-month"];

/// Returns whether a word is a period of accounts.
pub(super) fn is_period(word: &str) -> bool {
    let lower = || word.to_ascii_lowercase();
    match word.as_bytes() {
        // `Q2`, `T3`, `S1`, `H2`, `Q2-2025`
        [b'Q' | b'T', b'1'..=b'4', rest @ ..] | [b'S' | b'H', b'1' | b'2', rest @ ..] => is_year(rest),
        // `FY`, `FY26`, `FY2026`
        [b'F', b'Y', rest @ ..] => is_year(rest),
        // `2Q`, `1H25`, `9M`
        [b'1'..=b'4', b'Q' | b'T', rest @ ..] | [b'1' | b'2', b'H' | b'S', rest @ ..] | [b'9', b'M', rest @ ..] => {
            is_year(rest)
        }
        _ => word.contains('-') && (lower().ends_with("-quarter") || SPANS.contains(&lower().as_str())),
    }
}

/// Returns whether what follows a period is a year, or nothing.
fn is_year(rest: &[u8]) -> bool {
    let digits = rest.strip_prefix(b"-").unwrap_or(rest);
    rest.is_empty() || matches!(digits.len(), 2 | 4) && digits.iter().all(u8::is_ascii_digit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quarters_and_halves_are_periods() {
        for word in ["Q2", "T4", "S1", "H2", "FY", "FY26", "FY2026", "2Q", "1H25", "9M", "T1-2025", "Second-quarter"] {
            assert!(is_period(word), "{word}");
        }
        for word in
            ["Q5", "T9", "S3", "H5", "F", "Q", "2X", "Q2x", "S1-", "FYI", "T-shirt", "quarter", "French-quarter ", ""]
        {
            assert!(!is_period(word), "{word}");
        }
    }
}
