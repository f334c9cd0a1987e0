//! Intervals of quantities: which canonical forms lie between two amounts, rates or numbers of basis
//! points. The numbers are compared as decimals, digit by digit, so that no bound is rounded.

use std::borrow::Cow;
use std::cmp::Ordering;

use super::super::number::{Marks, canonical_numbers, settled};
use super::super::tokenizer::{Token, TokenKind, Tokens};
use super::minus::MINUS;
use super::reader::{hundredth, scaled};
use super::unit::{self, Unit};

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// A sum of money or a scaled number: in one currency, by its ISO 4217 code in small letters, or in any
    /// and in none.
    Amount(Option<&'static str>),
    /// A rate in percent.
    Percent,
    /// A number of basis points.
    BasisPoints,
}

/// An end of an interval.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bound {
    /// The number, in its canonical spelling: `1200000000`, `-0.5`.
    pub number: String,
    /// Whether it lies inside.
    pub included: bool,
}

/// An interval of quantities of one sort; an open end is `None`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuantityRange {
    /// What is measured.
    pub measure: Measure,
    /// The lower end.
    pub low: Option<Bound>,
    /// The upper end.
    pub high: Option<Bound>,
}

impl QuantityRange {
    /// Returns the interval that holds every quantity of a sort.
    pub fn all(measure: Measure) -> QuantityRange {
        QuantityRange { measure, low: None, high: None }
    }

    /// Returns whether a form is the canonical one of a quantity that lies inside.
    pub fn contains(&self, form: &str) -> bool {
        let Some((number, unit)) = parts(form) else { return false };
        let fits = match (self.measure, unit) {
            (Measure::Percent, "%") | (Measure::BasisPoints, "bp") | (Measure::Amount(None), "") => true,
            (Measure::Amount(wanted), unit) => unit::code_of(unit).is_some_and(|code| wanted.is_none_or(|w| w == code)),
            _ => false,
        };
        let inside = |bound: &Option<Bound>, outside: Ordering| match bound {
            None => true,
            Some(bound) => match compare(number, &bound.number) {
                Ordering::Equal => bound.included,
                order => order != outside,
            },
        };
        fits && inside(&self.low, Ordering::Less) && inside(&self.high, Ordering::Greater)
    }

    /// Returns whether nothing can lie inside.
    pub fn is_empty(&self) -> bool {
        match (&self.low, &self.high) {
            (Some(low), Some(high)) => match compare(&low.number, &high.number) {
                Ordering::Less => false,
                Ordering::Equal => !(low.included && high.included),
                Ordering::Greater => true,
            },
            _ => false,
        }
    }
}

/// Returns the number and the unit of a canonical form; `None` for the name of a period.
fn parts(form: &str) -> Option<(&str, &str)> {
    let form = form.strip_prefix('#')?;
    let digits = form.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '-'))).unwrap_or(form.len());
    (digits > 0).then(|| form.split_at(digits))
}

/// Compares two numbers in their canonical spelling.
pub(super) fn compare(a: &str, b: &str) -> Ordering {
    let sizes = |a: &str, b: &str| {
        let ((a, a_rest), (b, b_rest)) = (a.split_once('.').unwrap_or((a, "")), b.split_once('.').unwrap_or((b, "")));
        a.len().cmp(&b.len()).then_with(|| a.cmp(b)).then_with(|| a_rest.cmp(b_rest))
    };
    match (a.strip_prefix('-'), b.strip_prefix('-')) {
        (None, None) => sizes(a, b),
        (Some(a), Some(b)) => sizes(b, a),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
    }
}

/// A number as somebody types it into a filter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypedNumber {
    /// What it can be, in canonical spelling: `1,234` is a thousand in one house and one in another.
    pub readings: Vec<String>,
    /// The currency that stands beside it.
    pub currency: Option<&'static str>,
    /// The power of ten of the scale that stands beside it, such as `bn`.
    pub scale: Option<usize>,
}

impl TypedNumber {
    /// Gives this number, the lower end of an interval, the scale that its upper end alone has, unless the interval would
    /// hold nothing then: `1,5..2 milliards`, and not `500..2k`.
    pub fn take_scale(&mut self, upper: &TypedNumber) {
        let (None, Some(power)) = (self.scale, upper.scale) else { return };
        let lifted: Option<Vec<String>> = self.readings.iter().map(|number| scaled(number, power)).collect();
        let fits = |number: &String| upper.readings.iter().all(|most| compare(number, most) == Ordering::Less);
        if let Some(lifted) = lifted.filter(|lifted| lifted.iter().all(fits)) {
            (self.readings, self.scale) = (lifted, Some(power));
        }
    }
}

/// Reads `1bn€`, `$2.5 million`, `1,5Md€`, `EUR 300m`, `-3`, `5 %`, `25bp`, and what a text would say, such as
/// `60 milliards de dollars`; `None` if it is none of these for `measure`, whatever its currency.
pub fn typed_number(text: &str, measure: Measure) -> Option<TypedNumber> {
    short_number(text, measure).or_else(|| spelled_number(text, measure))
}

/// Reads a number as texts say it, in which words may stand that no short form has.
fn spelled_number(text: &str, measure: Measure) -> Option<TypedNumber> {
    /// No quantity is longer.
    const LONGEST: usize = 80;
    let text = text.trim();
    if text.len() > LONGEST || !text.contains(char::is_alphabetic) {
        return None;
    }
    let unsigned = text.strip_prefix(MINUS).or_else(|| text.strip_prefix('+')).unwrap_or(text);
    let negative = text.starts_with(MINUS);
    let mut number = TypedNumber { readings: Vec::new(), currency: None, scale: None };
    let (mut tokens, mut token) = (Tokens::new(unsigned), Token::default());
    while tokens.next(&mut token) {
        if token.kind != TokenKind::Quantity || token.start > 0 || token.end < unsigned.len() {
            continue;
        }
        let (value, unit) = parts(&token.text)?;
        number.currency = match (measure, unit) {
            (Measure::Percent, "%") | (Measure::BasisPoints, "bp") | (Measure::Amount(_), "") => None,
            (Measure::Amount(_), code) => Some(currency(code)?),
            // A quarter of a point is a rate by either measure.
            _ => continue,
        };
        number.readings.push(if negative && value != "0" { format!("-{value}") } else { value.to_owned() });
    }
    let figure: String = unsigned.chars().take_while(|c| c.is_ascii_digit() || ",. ".contains(*c)).collect();
    let figures = canonical_numbers(figure.trim());
    let is_scale = |power: &usize| {
        let lifted = figures.iter().filter_map(|figure| scaled(figure, *power));
        number.readings.first().is_some_and(|reading| lifted.into_iter().any(|lifted| lifted == *reading))
    };
    number.scale = [3, 6, 9, 12].into_iter().find(is_scale);
    (!number.readings.is_empty()).then_some(number)
}

/// Reads a number with a unit in few letters.
fn short_number(text: &str, measure: Measure) -> Option<TypedNumber> {
    // Pence are told from pounds by a small letter.
    let text = text.trim_end();
    let text = text.strip_suffix("GBp").map_or(Cow::Borrowed(text), |number| Cow::Owned(format!("{number}p")));
    let compact: String = text.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect();
    let (negative, rest) = match compact.strip_prefix(MINUS) {
        Some(rest) => (true, rest),
        None => (false, compact.strip_prefix('+').unwrap_or(&compact)),
    };
    let start = rest.find(|c: char| c.is_ascii_digit())?;
    let (before, rest) = rest.split_at(start);
    let end = rest.find(|c: char| !(c.is_ascii_digit() || matches!(c, ',' | '.'))).unwrap_or(rest.len());
    let (figure, after) = rest.split_at(end);
    // `.25` is 0.25.
    let (before, figure) = match before.strip_suffix('.') {
        Some(before) => (before, format!("0.{figure}")),
        None => (before, figure.to_owned()),
    };
    let (power, currency) = match (measure, after) {
        (Measure::Percent, "" | "%" | "pct" | "percent") | (Measure::BasisPoints, "" | "bp" | "bps" | "pb" | "pdb")
            if before.is_empty() =>
        {
            (None, None)
        }
        (Measure::Amount(_), "p" | "pence" | "penny" | "gbx") if before.is_empty() => {
            let readings = canonical_numbers(&figure).iter().map(|number| hundredth(number)).collect();
            return (!negative).then_some(TypedNumber { readings, currency: Some("gbp"), scale: None });
        }
        (Measure::Amount(_), _) => {
            let (power, behind) = scale_and_currency(after)?;
            let ahead = if before.is_empty() { None } else { Some(currency(before)?) };
            if ahead.is_some() && behind.is_some() {
                return None;
            }
            (power, ahead.or(behind))
        }
        _ => return None,
    };
    // Whoever types three decimals has a dot at hand; three zeros are rather a thousand.
    let dot = (!figure.ends_with("000")).then_some(true);
    let numbers = settled(&figure, Marks { dot, comma: None }).into_iter();
    let scaled_by = power.unwrap_or(0);
    let mut readings: Vec<String> = numbers.filter_map(|number| scaled(&number, scaled_by)).collect();
    if negative {
        readings.iter_mut().filter(|number| *number != "0").for_each(|number| number.insert(0, '-'));
    }
    (!readings.is_empty()).then_some(TypedNumber { readings, currency, scale: power })
}

/// Returns the code of a currency by its sign, its name or its code, in any letter case.
pub fn currency(text: &str) -> Option<&'static str> {
    let text = text.to_lowercase();
    match (text.strip_suffix('$'), unit::unit(&text, true)) {
        (Some(""), _) => Some("usd"),
        (Some(whose), _) => unit::dollar_of(whose),
        (None, Some(Unit::Currency { code, .. })) => unit::untold(code),
        _ => None,
    }
}

/// Reads what follows the figures of an amount: `bn€`, `mdeur`, `m`, `€`, or nothing.
fn scale_and_currency(after: &str) -> Option<(Option<usize>, Option<&'static str>)> {
    if after.is_empty() {
        return Some((None, None));
    }
    if let Some(code) = currency(after) {
        return Some((None, Some(code)));
    }
    if let Some(Unit::ScaledCurrency { power, code }) = unit::unit(after, true) {
        return Some((Some(power), Some(code)));
    }
    // The longest scale that leaves a currency or nothing: `mdeur` is no `m`.
    (1..=after.len()).rev().filter(|end| after.is_char_boundary(*end)).find_map(|end| {
        let (scale, rest) = after.split_at(end);
        let Some(Unit::Scale { power, .. }) = unit::unit(scale, true) else { return None };
        // `milliard d'euros`
        let rest = ["d'", "d’"].into_iter().find_map(|of| rest.strip_prefix(of)).unwrap_or(rest);
        if rest.is_empty() { Some((Some(power), None)) } else { Some((Some(power), Some(currency(rest)?))) }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(measure: Measure, low: Option<(&str, bool)>, high: Option<(&str, bool)>) -> QuantityRange {
        let bound = |(number, included): (&str, bool)| Bound { number: number.to_owned(), included };
        QuantityRange { measure, low: low.map(bound), high: high.map(bound) }
    }

    #[test]
    fn numbers_are_compared_by_their_digits() {
        let ordered = ["-12", "-2", "-0.31", "0", "0.05", "0.31", "0.310000000000000001", "2", "10", "10.5", "1000"];
        for (at, a) in ordered.iter().enumerate() {
            for (other, b) in ordered.iter().enumerate() {
                assert_eq!(compare(a, b), at.cmp(&other), "{a} {b}");
            }
        }
    }

    #[test]
    fn an_interval_holds_the_forms_of_its_measure() {
        let billion = range(Measure::Amount(Some("eur")), Some(("1000000000", false)), None);
        let any = range(Measure::Amount(None), Some(("1000000000", true)), Some(("2000000000", false)));
        let falls = range(Measure::Percent, None, Some(("-5", false)));
        for (interval, form, want) in [
            (&billion, "#1000000000eur", false),
            (&billion, "#1000000000.5eur", true),
            (&billion, "#1200000000eur", true),
            (&billion, "#1200000000usd", false),
            (&billion, "#1200000000", false),
            (&any, "#1000000000", true),
            (&any, "#1200000000usd", true),
            (&any, "#2000000000eur", false),
            (&any, "#1200000000%", false),
            (&falls, "#-5%", false),
            (&falls, "#-5.01%", true),
            (&falls, "#7%", false),
            (&falls, "#-7bp", false),
            (&QuantityRange::all(Measure::BasisPoints), "#25bp", true),
            (&QuantityRange::all(Measure::Amount(None)), "#2025q2", false),
            (&QuantityRange::all(Measure::Amount(None)), "#q2", false),
            (&QuantityRange::all(Measure::Amount(None)), "action", false),
        ] {
            assert_eq!(interval.contains(form), want, "{interval:?} {form}");
        }
    }

    #[test]
    fn numbers_as_people_type_them() {
        let amount = Measure::Amount(None);
        for (typed, measure, want) in [
            ("1bn€", amount, "1000000000 eur scaled"),
            ("1,5Md€", amount, "1500000000 eur scaled"),
            ("$2.5 million", amount, "2500000 usd scaled"),
            ("EUR 300m", amount, "300000000 eur scaled"),
            ("500M", amount, "500000000 - scaled"),
            ("3MEUR", amount, "3000000 eur scaled"),
            ("85.15 €", amount, "85.15 eur"),
            ("5bnC$", amount, "5000000000 cad scaled"),
            ("1000000000eur", amount, "1000000000 eur"),
            ("391p", amount, "3.91 gbp"),
            ("391 GBp", amount, "3.91 gbp"),
            ("391 GBP", amount, "391 gbp"),
            ("12 AED", amount, "12 aed"),
            ("1,234", amount, "1234 1.234 -"),
            ("-3", Measure::Percent, "-3 -"),
            ("\u{2212}0,5 %", Measure::Percent, "-0.5 -"),
            ("25bp", Measure::BasisPoints, "25 -"),
            ("25bp", Measure::Percent, ""),
            ("5%", amount, ""),
            ("€5€", amount, ""),
            ("60 milliards de dollars", amount, "60000000000 usd scaled"),
            ("2 millions de francs suisses", amount, "2000000 chf scaled"),
            ("3 milliards de yens", amount, "3000000000 jpy scaled"),
            ("5 billion US dollars", amount, "5000000000 usd scaled"),
            ("-1,5 pour cent", Measure::Percent, "-1.5 -"),
            ("5 per cent", Measure::Percent, "5 -"),
            ("25 basis points", Measure::BasisPoints, "25 -"),
            ("25 basis points", Measure::Percent, ""),
            ("5 pour cent", amount, ""),
            ("T2 2025", amount, ""),
            ("beaucoup", amount, ""),
            ("5 pommes", amount, ""),
        ] {
            let shown = typed_number(typed, measure).map(|number| {
                let scaled = if number.scale.is_some() { " scaled" } else { "" };
                format!("{} {}{scaled}", number.readings.join(" "), number.currency.unwrap_or("-"))
            });
            assert_eq!(shown.unwrap_or_default(), want, "{typed}");
        }
    }
}
