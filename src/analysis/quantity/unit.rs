//! The words and signs that quantities are written with, French and English: scales (`milliard`, `bn`),
//! currencies (`€`, `dollars`, `EUR`), rates (`%`, `basis`), periods (`T2`, `quarter`) and what links them.

use super::words::WORDS;

/// What a word of the text is to a quantity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    /// Digits.
    Number,
    /// A small number in letters: counts only before a scale.
    Named(u16),
    /// A multiple of ten in letters, which a small number may follow: `vingt`, `sixty`.
    Tens(u16),
    /// `cents`, `hundred`, behind a small number.
    Hundred,
    /// Ten to this power; a bare letter (`m`, `k`) counts only beside a currency.
    Scale { power: usize, letter: bool },
    /// Digits with the scale that is glued to them: `1.2bn`; with how many bytes are digits.
    Scaled { digits: usize, power: usize, letter: bool },
    /// A currency by its ISO 4217 code; one whose word means other things too counts only behind a scale.
    Currency { code: &'static str, weak: bool },
    /// A hundredth of a currency, if it tells of which: `pence`, `centimes`.
    Hundredth(Option<&'static str>),
    /// Digits with the pence that are glued to them: `391p`; with how many bytes are digits.
    Pence { digits: usize },
    /// `demi`, before a scale.
    Demi,
    /// A scale and a currency in one: `MEUR`.
    ScaledCurrency { power: usize, code: &'static str },
    /// Which dollar, franc or pound: the nationality before or after it.
    Nationality(Nationality),
    /// `%`, `percent`, `pct`; glued to digits, how many bytes those are.
    Percent,
    /// Digits with a glued rate: `25bp`, `5pct`.
    Rated { digits: usize, rate: Rate },
    /// `bp`, `pb`: hundredths of a percent.
    BasisPoint,
    /// `pour` or `per`, before `cent`.
    Per,
    /// `cent`, after those.
    Cent,
    /// `points`, before `de base` or after `basis`.
    Points,
    /// `base`.
    Base,
    /// `basis`.
    Basis,
    /// `2e`, `deuxième`, `second`.
    Ordinal(u8),
    /// `trimestre`, `quarter`.
    Quarter,
    /// `quart`, of a point.
    Fourth,
    /// `semestre`, `half`.
    Half,
    /// `T2`, `Q2`, `2T25`: a quarter, with its year if that is glued.
    NthQuarter(u8, Option<u16>),
    /// `S1`, `H1`, `1H25`.
    NthHalf(u8, Option<u16>),
    /// `FY25`.
    FiscalYear(u16),
    /// A word between a quantity's parts that adds nothing: `de`, `of`, `exercice`.
    Link,
    /// What stands between the two ends of a range: `à`, `to`.
    To,
    /// What stands between two of which one will be: `25 or 50 basis points`.
    Or,
    /// The dash of `3-5 %`, which is no word.
    Dash,
    /// What begins a range: `entre`, `between`.
    Between,
    /// What then stands between its ends: `et`, `and`.
    And,
}

/// The rates that may be glued to digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rate {
    Percent,
    BasisPoint,
}

/// Whose dollar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Nationality {
    American,
    Canadian,
    Australian,
    Swiss,
    HongKong,
    Singaporean,
    Taiwanese,
    NewZealander,
    Sterling,
    Cfa,
    Swedish,
    Norwegian,
    Danish,
    Czech,
    Mexican,
    /// Of a country whose currency has no code here.
    Another,
}

/// What stands for a code where a name means as many currencies as there are countries, and none of them first.
pub(super) const KRONE: &str = "krone";
pub(super) const PESO: &str = "peso";

impl Nationality {
    /// Returns the currency of this nationality that goes by the name of `code`, if there is one.
    pub(super) fn of(self, code: &str) -> Option<&'static str> {
        match (code, self) {
            ("usd", Nationality::American) => Some("usd"),
            ("usd", Nationality::Canadian) => Some("cad"),
            ("usd", Nationality::Australian) => Some("aud"),
            ("usd", Nationality::HongKong) => Some("hkd"),
            ("usd", Nationality::Singaporean) => Some("sgd"),
            ("usd", Nationality::Taiwanese) => Some("twd"),
            ("usd", Nationality::NewZealander) => Some("nzd"),
            (KRONE, Nationality::Swedish) => Some("sek"),
            (KRONE, Nationality::Norwegian) => Some("nok"),
            (KRONE, Nationality::Danish) => Some("dkk"),
            (KRONE, Nationality::Czech) => Some("czk"),
            (PESO, Nationality::Mexican) => Some("mxn"),
            ("chf", Nationality::Swiss) => Some("chf"),
            ("chf", Nationality::Cfa) => Some("xof"),
            ("gbp", Nationality::Sterling) => Some("gbp"),
            _ => None,
        }
    }

    /// Returns whether it may tell which currency goes by the name of `code`.
    pub(super) fn tells(self, code: &str) -> bool {
        self.of(code).is_some() || self == Nationality::Another && matches!(code, "usd" | "gbp" | "chf" | "inr")
    }
}

/// Returns the code of a currency that is not told from others of its name by a nationality.
pub(super) fn untold(code: &'static str) -> Option<&'static str> {
    (code != KRONE && code != PESO).then_some(code)
}

/// The ISO 4217 codes that are read before or behind a number.
pub(super) const CODES: &[&str] = &[
    "aed", "aud", "brl", "cad", "chf", "clp", "cny", "czk", "dkk", "egp", "eur", "gbp", "hkd", "huf", "idr", "ils",
    "inr", "jpy", "krw", "kwd", "mad", "mxn", "myr", "ngn", "nok", "nzd", "php", "pln", "qar", "ron", "rub", "sar",
    "sek", "sgd", "thb", "try", "twd", "usd", "vnd", "xaf", "xof", "zar",
];

/// Those that are words or names in small letters: in a text they count in capitals alone.
const CAPITALS: &[&str] = &["mad", "php", "ron", "sar", "try"];

/// Returns whether a code counts as it is written in a text.
pub(super) fn is_written_as_code(code: &str, written: &str) -> bool {
    !CAPITALS.contains(&code) || !written.eq_ignore_ascii_case(code) || written.bytes().all(|b| b.is_ascii_uppercase())
}

/// Returns the code that `word` is, in any case.
pub(super) fn code_of(word: &str) -> Option<&'static str> {
    CODES.iter().find(|code| word.eq_ignore_ascii_case(code)).copied()
}

/// Returns the currency of the dollar whose sign follows `letters` (lower case): `US$`, `C$`.
pub(super) fn dollar_of(letters: &str) -> Option<&'static str> {
    Some(match letters {
        "us" => "usd",
        "c" | "ca" | "cad" | "cdn" => "cad",
        "a" | "au" | "aud" => "aud",
        "hk" => "hkd",
        "s" => "sgd",
        "nz" => "nzd",
        "r" => "brl",
        "nt" | "t" => "twd",
        "mx" => "mxn",
        _ => return None,
    })
}

/// Returns what `form` (a token: lower case) may be to a quantity; `open` tells whether one has begun, for
/// only then do links and the like count.
pub(super) fn unit(form: &str, open: bool) -> Option<Unit> {
    match form.as_bytes() {
        [b'0'..=b'9', ..] => Some(figures(form)),
        [b'q' | b't' | b's' | b'h' | b'f', .., b'0'..=b'9'] => period(form),
        _ => WORDS.get(form, open).map(|(unit, _)| unit),
    }
}

/// Reads a token that begins with a digit.
fn figures(form: &str) -> Unit {
    let digits = form.bytes().take_while(|b| b.is_ascii_digit() || matches!(b, b',' | b'.')).count();
    let (figure, suffix) = form.split_at(digits);
    let small = match figure.as_bytes() {
        [digit] => digit - b'0',
        _ => 0,
    };
    // `2T` is a quarter, `4.2T` a sum.
    if let Some((power, letter)) = scale(suffix).filter(|_| suffix != "t" || nth(small, suffix).is_none()) {
        return Unit::Scaled { digits, power, letter };
    }
    match suffix {
        "pct" | "pc" => Unit::Rated { digits, rate: Rate::Percent },
        "bp" | "bps" | "pb" | "pdb" => Unit::Rated { digits, rate: Rate::BasisPoint },
        "p" => Unit::Pence { digits },
        "er" | "ere" | "ère" | "re" | "e" | "eme" | "ème" | "nd" | "nde" | "st" | "rd" | "th" if small > 0 => {
            Unit::Ordinal(small)
        }
        _ => nth(small, suffix).unwrap_or(Unit::Number),
    }
}

/// Reads what follows the digit of `2T25`, `1H`.
fn nth(small: u8, suffix: &str) -> Option<Unit> {
    let (letter, year) = suffix.split_at_checked(1)?;
    let year = if year.is_empty() { None } else { Some(glued_year(year)?) };
    match (letter, small) {
        ("t" | "q", 1..=4) => Some(Unit::NthQuarter(small, year)),
        ("s" | "h", 1..=2) => Some(Unit::NthHalf(small, year)),
        _ => None,
    }
}

/// Reads `T2`, `Q2`, `S1`, `H1`, `Q2'25`, `FY25`.
fn period(form: &str) -> Option<Unit> {
    if let Some(year) = form.strip_prefix("fy") {
        return glued_year(year).map(Unit::FiscalYear);
    }
    // `Q2'25`
    if let Some((form, year)) = form.split_once('\'') {
        return match (period(form)?, glued_year(year)?) {
            (Unit::NthQuarter(number, None), year) => Some(Unit::NthQuarter(number, Some(year))),
            (Unit::NthHalf(number, None), year) => Some(Unit::NthHalf(number, Some(year))),
            _ => None,
        };
    }
    let (letter, number) = form.split_at_checked(1)?;
    let number: u8 = number.parse().ok().filter(|_| number.len() == 1)?;
    match (letter, number) {
        ("t" | "q", 1..=4) => Some(Unit::NthQuarter(number, None)),
        ("s" | "h", 1..=2) => Some(Unit::NthHalf(number, None)),
        _ => None,
    }
}

/// Reads a year of two or four digits.
fn glued_year(digits: &str) -> Option<u16> {
    match digits.len() {
        2 => digits.parse().ok().map(|year: u16| 2000 + year),
        4 => year(digits),
        _ => None,
    }
}

/// Reads a year between 1900 and 2099.
pub(super) fn year(digits: &str) -> Option<u16> {
    let year = if digits.len() == 4 { digits.parse().ok()? } else { return None };
    (1900..2100).contains(&year).then_some(year)
}

/// Returns the power of ten of a scale, and whether it is a bare letter.
fn scale(form: &str) -> Option<(usize, bool)> {
    match WORDS.get(form, true) {
        Some((Unit::Scale { power, letter }, _)) => Some((power, letter)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_with_what_is_glued_to_them() {
        for (form, want) in [
            ("1,2", Unit::Number),
            ("2025", Unit::Number),
            ("1.2bn", Unit::Scaled { digits: 3, power: 9, letter: false }),
            ("5m", Unit::Scaled { digits: 1, power: 6, letter: true }),
            ("25bps", Unit::Rated { digits: 2, rate: Rate::BasisPoint }),
            ("1er", Unit::Ordinal(1)),
            ("2ème", Unit::Ordinal(2)),
            ("2t25", Unit::NthQuarter(2, Some(2025))),
            ("1h2024", Unit::NthHalf(1, Some(2024))),
            ("5t25", Unit::Number),
            ("2t", Unit::NthQuarter(2, None)),
            ("4.2t", Unit::Scaled { digits: 3, power: 12, letter: true }),
            ("20mm", Unit::Scaled { digits: 2, power: 6, letter: true }),
            ("3.8pc", Unit::Rated { digits: 3, rate: Rate::Percent }),
            ("3d", Unit::Number),
            ("391p", Unit::Pence { digits: 3 }),
        ] {
            assert_eq!(unit(form, false), Some(want), "{form}");
        }
    }

    #[test]
    fn words_that_only_count_inside() {
        for form in ["de", "%", "milliard", "cent", "us"] {
            assert_eq!(unit(form, false), None, "{form}");
            assert!(unit(form, true).is_some(), "{form}");
        }
        assert_eq!(unit("bourse", true), None);
        assert_eq!(unit("t5", true), None);
    }
}
