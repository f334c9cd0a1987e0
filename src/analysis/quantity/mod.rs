//! Quantities: what a number and the words around it come to. `1,2 milliard d'euros`, `€1.2bn` and
//! `1 200 M€` are one amount; `0,31 %` and `0.31 percent` one rate; `T2 2025`, `Q2 2025` and `deuxième
//! trimestre 2025` one period. Each gets one canonical form beside the words as written, at the position
//! of the first of them, in text and query alike, so that any spelling finds the others.
//!
//! | canonical form | means |
//! | --- | --- |
//! | `#1200000000` | a scaled number |
//! | `#1200000000eur` | an amount of money, by its ISO 4217 code |
//! | `#0.31%`, `#-8.43%` | a rate |
//! | `#25bp` | hundredths of a percent |
//! | `#q2`, `#2025q2`, `#h1`, `#2025h1` | a quarter, a half of a year |
//!
//! No word begins with `#`. A number that can be read in two ways (`1.234 millions`) gets both forms.

mod minus;
mod range;
mod unit;

use super::character::{Class, class};
use super::number::canonical_numbers;
use minus::follows_minus;
pub use range::{Bound, Measure, QuantityRange, currency, typed_number};
use unit::{Nationality, Rate, Unit};

/// The most words a quantity is spread over; more are no quantity.
const LONGEST: usize = 10;

/// What the canonical form of a quantity begins with, and no other form.
pub const QUANTITY: &str = "#";

/// Returns whether a form is a quantity's canonical one.
pub fn is_quantity(form: &str) -> bool {
    form.starts_with(QUANTITY)
}

/// Returns the canonical form of a rate with a minus sign before it; `None` for any other form.
pub fn negative_rate(form: &str) -> Option<String> {
    let rate = form.strip_prefix('#').filter(|rate| rate.ends_with(['%', 'p']) && !rate.starts_with('-'))?;
    Some(format!("#-{rate}"))
}

/// Returns the value of a canonical form that is a number and no more; `None` for any other.
pub fn amount_without_unit(form: &str) -> Option<&str> {
    form.strip_prefix('#').filter(|value| value.bytes().all(|b| b.is_ascii_digit() || b == b'.'))
}

/// Returns whether `word` is an ISO 4217 code that quantities are written with.
pub(super) fn is_currency_code(word: &str) -> bool {
    unit::code_of(word).is_some()
}

/// A quantity found in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Quantity {
    /// Its first and last byte in the text.
    pub start: usize,
    pub end: usize,
    /// The position of its first word.
    pub position: u32,
    /// Its canonical forms: first those that say all that is written, then those that say less (without
    /// the currency, the sign or the year).
    pub exact: Vec<String>,
    pub partial: Vec<String>,
}

/// Reads quantities from the words of a text as they come.
#[derive(Default)]
pub(super) struct Spotter {
    /// The letters of the words kept.
    letters: String,
    words: Vec<Piece>,
    /// Quantities read and not yet given, last first.
    found: Vec<Quantity>,
}

/// A word that may belong to a quantity.
#[derive(Clone, Debug)]
struct Piece {
    unit: Unit,
    /// Its form, in `letters`.
    letters: std::ops::Range<usize>,
    start: usize,
    end: usize,
    position: u32,
    /// A minus sign stands right before it.
    negative: bool,
}

impl Spotter {
    /// Notes the word `form` that stands at `start..end` of `text`.
    pub(super) fn read(&mut self, text: &str, form: &str, start: usize, end: usize, position: u32) {
        let open = self.words.last().is_some_and(|last| joins(&text[last.end..start]));
        if !open && !self.words.is_empty() {
            self.flush();
        }
        let Some(unit) = self.unit(text, form, start, open) else {
            if open {
                self.flush();
            }
            return;
        };
        let follows = self.words.last().map(|last| last.unit);
        if self.words.len() == LONGEST || unit == Unit::Number && follows == Some(Unit::Number) {
            self.flush();
        }
        let from = self.letters.len();
        self.letters.push_str(form);
        let negative =
            matches!(unit, Unit::Number | Unit::Scaled { .. } | Unit::Rated { .. }) && follows_minus(&text[..start]);
        self.words.push(Piece { unit, letters: from..self.letters.len(), start, end, position, negative });
    }

    /// Reads what is left, at the end of the text.
    pub(super) fn finish(&mut self) {
        self.flush();
    }

    /// Gives the next quantity.
    pub(super) fn next(&mut self) -> Option<Quantity> {
        self.found.pop()
    }

    /// Returns what a word may be, its neighbours in the text considered: the dollar of `US$`, `$US`, `C$`.
    fn unit(&self, text: &str, form: &str, start: usize, open: bool) -> Option<Unit> {
        let end = start + form.len();
        if form.len() <= 3
            && text.as_bytes().get(end) == Some(&b'$')
            && let Some(code) = unit::dollar_of(form)
        {
            return Some(Unit::Currency { code, weak: false });
        }
        if form == "$" {
            let before = self.words.last().filter(|last| open && last.end == start).map(|last| last.unit);
            let dollar = Unit::Currency { code: "usd", weak: false };
            return Some(before.filter(|unit| matches!(unit, Unit::Currency { .. })).unwrap_or(dollar));
        }
        // The sign of `$US` is no word of its own.
        if matches!(form, "us" | "ca") && text[..start].ends_with('$') {
            let code = if form == "us" { "usd" } else { "cad" };
            return Some(Unit::Currency { code, weak: false });
        }
        unit::unit(form, open)
    }

    /// Reads the quantities of the words kept, and lets them go.
    fn flush(&mut self) {
        if self.words.len() > 1 || self.words.first().is_some_and(|word| stands_alone(word.unit)) {
            let mut at = 0;
            let mut found = Vec::new();
            while at < self.words.len() {
                let rest = Reader { letters: &self.letters, words: &self.words[at..] };
                match rest.period().or_else(|| rest.measure()) {
                    Some((length, quantity)) => {
                        found.push(quantity);
                        at += length;
                    }
                    None => at += 1,
                }
            }
            found.reverse();
            // Those found before were given, or are older: they come first.
            found.append(&mut self.found);
            self.found = found;
        }
        self.words.clear();
        self.letters.clear();
    }
}

/// Returns whether one word can be a quantity.
fn stands_alone(unit: Unit) -> bool {
    matches!(unit, Unit::Scaled { .. } | Unit::Rated { .. } | Unit::NthQuarter(..) | Unit::NthHalf(..))
}

/// Returns whether what stands between two words leaves them in one quantity.
fn joins(gap: &str) -> bool {
    let mut newlines = 0;
    let fits = |c: char| match class(c) {
        Class::Space | Class::Ignorable | Class::Apostrophe => true,
        Class::Newline => {
            newlines += 1;
            newlines == 1
        }
        // The elided articles of `d'euros` and `l'exercice`; hyphens of `T2-2025`; the sign of `$US`.
        _ => matches!(c, 'd' | 'D' | 'l' | 'L' | '-' | '\u{2010}' | '\u{2011}' | '/' | '$'),
    };
    gap.len() <= 16 && gap.chars().all(fits)
}

/// Reads one quantity at the beginning of a row of words.
struct Reader<'a> {
    letters: &'a str,
    words: &'a [Piece],
}

impl Reader<'_> {
    fn unit(&self, at: usize) -> Option<Unit> {
        self.words.get(at).map(|word| word.unit)
    }

    fn letters(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |word| &self.letters[word.letters.clone()])
    }

    fn quantity(&self, length: usize, exact: Vec<String>, partial: Vec<String>) -> Option<(usize, Quantity)> {
        let (first, last) = (self.words.first()?, self.words.get(length.checked_sub(1)?)?);
        if exact.is_empty() {
            return None;
        }
        Some((length, Quantity { start: first.start, end: last.end, position: first.position, exact, partial }))
    }

    /// Reads a period: `T2 2025`, `2T25`, `deuxième trimestre de l'exercice 2025`, `2025 Q2`.
    fn period(&self) -> Option<(usize, Quantity)> {
        let year_first = (self.unit(0) == Some(Unit::Number)).then(|| unit::year(self.letters(0))).flatten();
        let at = usize::from(year_first.is_some());
        let (name, glued, mut length) = match (self.unit(at)?, self.unit(at + 1)) {
            (Unit::NthQuarter(n, year), _) => (format!("q{n}"), year, at + 1),
            (Unit::NthHalf(n, year), _) => (format!("h{n}"), year, at + 1),
            (Unit::Ordinal(n), Some(Unit::Quarter)) if n <= 4 => (format!("q{n}"), None, at + 2),
            (Unit::Ordinal(n), Some(Unit::Half)) if n <= 2 => (format!("h{n}"), None, at + 2),
            _ => return None,
        };
        let mut year = glued.or(year_first);
        if year.is_none() {
            let links = self.words[length..].iter().take_while(|word| word.unit == Unit::Link).count();
            let after = length + links;
            year = match self.unit(after) {
                Some(Unit::Number) => unit::year(self.letters(after)),
                Some(Unit::FiscalYear(year)) => Some(year),
                _ => None,
            };
            if year.is_some() {
                length = after + 1;
            }
        }
        let bare = format!("#{name}");
        match year {
            Some(year) => self.quantity(length, vec![format!("#{year}{name}")], vec![bare]),
            None => self.quantity(length, vec![bare], Vec::new()),
        }
    }

    /// Reads a rate or an amount: `[currency] number [scale] [currency]`, `number percent`.
    fn measure(&self) -> Option<(usize, Quantity)> {
        let before = match self.unit(0)? {
            Unit::Currency { code, weak: false } => Some(code),
            _ => None,
        };
        // `US` and `$` are two words, and one currency.
        let mut at =
            self.words.iter().take(2).take_while(|word| before.is_some() && word.unit == self.words[0].unit).count();
        let number = self.words.get(at)?;
        let letters = self.letters(at);
        let (mut values, mut scale) = match number.unit {
            Unit::Number => (canonical_numbers(letters), None),
            Unit::Named(n) => (vec![n.to_string()], None),
            Unit::Scaled { digits, power, letter } => (canonical_numbers(&letters[..digits]), Some((power, letter))),
            Unit::Rated { digits, rate } if before.is_none() => {
                return self.rate(at + 1, &canonical_numbers(&letters[..digits]), rate);
            }
            _ => return None,
        };
        at += 1;
        if before.is_none()
            && number.unit == Unit::Number
            && let Some((rate, length)) = self.rate_at(at)
        {
            return self.rate(length, &values, rate);
        }
        if scale.is_none()
            && let Some(Unit::Scale { power, letter }) = self.unit(at)
            // `5 m` of `€5 m` is millions; `5 m from` is none.
            && (!letter || before.is_some() || self.currency_at(at + 1, true).is_some())
        {
            scale = Some((power, letter));
            at += 1;
        }
        let mut after = None;
        if scale.is_none()
            && let Some(Unit::ScaledCurrency { power, code }) = self.unit(at)
        {
            (scale, after) = (Some((power, false)), Some(code));
            at += 1;
        } else if before.is_none()
            && let Some((code, length)) = self.currency_at(at, scale.is_some())
        {
            after = Some(code);
            at = length;
        }
        let named = matches!(number.unit, Unit::Named(_));
        let code = before.or(after);
        match scale {
            Some((_, true)) if code.is_none() => return None,
            None if named || code.is_none() => return None,
            Some((power, _)) => values = values.iter().filter_map(|value| scaled(value, power)).collect(),
            None => {}
        }
        let numbers: Vec<String> = values.iter().map(|value| format!("#{value}")).collect();
        match code {
            Some(code) => {
                let exact = numbers.iter().map(|number| format!("{number}{code}")).collect();
                let partial = if scale.is_some() { numbers } else { Vec::new() };
                self.quantity(at, exact, partial)
            }
            None => self.quantity(at, numbers, Vec::new()),
        }
    }

    /// Returns the currency whose name begins at `at`, links and nationalities before and after it
    /// considered, and the word after it.
    fn currency_at(&self, mut at: usize, is_scaled: bool) -> Option<(&'static str, usize)> {
        if self.unit(at) == Some(Unit::Link) && matches!(self.letters(at), "de" | "d" | "of") {
            at += 1;
        }
        let mut nationality: Option<Nationality> = None;
        if let Some(Unit::Nationality(before)) = self.unit(at) {
            nationality = Some(before);
            at += 1;
        }
        let Some(Unit::Currency { code, weak }) = self.unit(at) else { return None };
        at += 1;
        if nationality.is_none()
            && let Some(Unit::Nationality(after)) = self.unit(at)
            && after.of(code).is_some()
        {
            nationality = Some(after);
            at += 1;
        }
        match nationality {
            Some(nationality) => Some((nationality.of(code)?, at)),
            None if weak && !is_scaled => None,
            None => Some((code, at)),
        }
    }

    /// Returns the rate whose name begins at `at`, and the word after it.
    fn rate_at(&self, at: usize) -> Option<(Rate, usize)> {
        Some(match (self.unit(at)?, self.unit(at + 1), self.unit(at + 2)) {
            (Unit::Percent, ..) => (Rate::Percent, at + 1),
            (Unit::Per, Some(Unit::Cent), _) => (Rate::Percent, at + 2),
            (Unit::BasisPoint, ..) => (Rate::BasisPoint, at + 1),
            (Unit::Points, Some(Unit::Link), Some(Unit::Base)) => (Rate::BasisPoint, at + 3),
            (Unit::Basis, Some(Unit::Points), _) => (Rate::BasisPoint, at + 2),
            _ => return None,
        })
    }

    fn rate(&self, length: usize, values: &[String], rate: Rate) -> Option<(usize, Quantity)> {
        let sign = match rate {
            Rate::Percent => "%",
            Rate::BasisPoint => "bp",
        };
        let minus = if self.words[length - 1].negative || self.words[0].negative { "-" } else { "" };
        let forms = values.iter().map(|value| format!("#{minus}{value}{sign}")).collect();
        self.quantity(length, forms, Vec::new())
    }
}

/// Multiplies a canonical number by a power of ten; `None` if that leaves fractions of a unit beyond sense.
fn scaled(value: &str, power: usize) -> Option<String> {
    let (whole, decimals) = value.split_once('.').unwrap_or((value, ""));
    let mut digits = String::with_capacity(whole.len() + power);
    digits.push_str(whole);
    let (moved, rest) = decimals.split_at(decimals.len().min(power));
    digits.push_str(moved);
    digits.extend(std::iter::repeat_n('0', power - moved.len()));
    let digits = digits.trim_start_matches('0');
    let digits = if digits.is_empty() { "0" } else { digits };
    (digits.len() <= 24).then(|| if rest.is_empty() { digits.to_owned() } else { format!("{digits}.{rest}") })
}

#[cfg(test)]
mod tests {
    use super::super::{Token, TokenKind, Tokens};

    /// The quantities of a text, as `[what is written] exact (partial)`.
    fn shown(text: &str) -> String {
        let mut tokens = Tokens::new(text);
        let mut token = Token::default();
        let mut shown = String::new();
        while tokens.next(&mut token) {
            if token.kind == TokenKind::Quantity {
                shown.push_str(&format!("[{}] {} ", &text[token.start..token.end], token.text));
            } else if super::is_quantity(&token.text) {
                shown.push_str(&format!("({}) ", token.text));
            }
        }
        shown.trim_end().to_owned()
    }

    #[test]
    fn rates() {
        for (text, want) in [
            ("recule de 0,31 % à", "[0,31 %] #0.31%"),
            ("0.31%", "[0.31%] #0.31%"),
            ("rose 0.310 percent.", "[0.310 percent] #0.31%"),
            ("0,31 pour cent", "[0,31 pour cent] #0.31%"),
            ("7.4 per cent", "[7.4 per cent] #7.4%"),
            ("3 pct", "[3 pct] #3%"),
            ("(-8,43%)", "[8,43%] #-8.43%"),
            ("(\u{2011}0,5 %)", "[0,5 %] #-0.5%"),
            ("10-5 %", "[5 %] #5%"),
            ("25 points de base", "[25 points de base] #25bp"),
            ("25 basis points, 25bps, 25 pb", "[25 basis points] #25bp [25bps] #25bp [25 pb] #25bp"),
            ("20 minutes pour cent personnes", ""),
        ] {
            assert_eq!(shown(text), want, "{text}");
        }
    }

    #[test]
    fn amounts_in_every_spelling_are_one() {
        for text in [
            "1,2 milliard d'euros",
            "1,2 milliard d’euros",
            "€1.2bn",
            "€1.2 billion",
            "1,2 Md€",
            "1,2 Mds d'euros",
            "1.2 billion euros",
            "EUR1.2bn",
            "EUR 1.2 billion",
            "1 200 M€",
            "1,200 million euros",
            "1200 MEUR",
        ] {
            let shown = shown(text);
            assert!(shown.contains("] #1200000000eur"), "{text}: {shown}");
            assert!(shown.contains("(#1200000000)"), "{text}: {shown}");
        }
    }

    #[test]
    fn amounts() {
        for (text, want) in [
            ("85,15 euros", "[85,15 euros] #85.15eur"),
            ("US$139.99", "[US$139.99] #139.99usd"),
            ("C$5.2 billion", "[C$5.2 billion] #5200000000cad (#5200000000)"),
            ("1000 milliards $US", "[1000 milliards $US] #1000000000000usd (#1000000000000)"),
            ("3 millions de dollars canadiens", "[3 millions de dollars canadiens] #3000000cad (#3000000)"),
            ("2 million US dollars", "[2 million US dollars] #2000000usd (#2000000)"),
            ("un milliard de francs suisses", "[un milliard de francs suisses] #1000000000chf (#1000000000)"),
            ("trois millions d'électeurs", "[trois millions] #3000000"),
            ("$5m, 5m", "[$5m] #5000000usd (#5000000)"),
            ("1.234 millions", "[1.234 millions] #1234000000 #1234000"),
            ("10 livres, 10 millions de livres", "[10 millions de livres] #10000000gbp (#10000000)"),
            ("Rs 500 crore", "[Rs 500 crore] #5000000000inr (#5000000000)"),
            ("5 m de long", ""),
            ("en 2019 300 personnes", ""),
        ] {
            let shown = shown(text).replace("[1.234 millions] #1234000 ", "#1234000 ");
            let want = want.split(' ').filter(|piece| piece.starts_with(['#', '('])).collect::<Vec<_>>();
            for piece in &want {
                assert!(shown.contains(piece), "{text}: {shown}");
            }
            assert_eq!(shown.matches('#').count(), want.len(), "{text}: {shown}");
        }
    }

    #[test]
    fn periods() {
        for (text, want) in [
            ("au T2 2025,", "[T2 2025] #2025q2 (#q2)"),
            ("Q2 2025", "[Q2 2025] #2025q2 (#q2)"),
            ("2T25", "[2T25] #2025q2 (#q2)"),
            ("Q2 FY25", "[Q2 FY25] #2025q2 (#q2)"),
            ("deuxième trimestre 2025", "[deuxième trimestre 2025] #2025q2 (#q2)"),
            ("2e trimestre de l’exercice 2025", "[2e trimestre de l’exercice 2025] #2025q2 (#q2)"),
            ("the second quarter of fiscal 2025", "[second quarter of fiscal 2025] #2025q2 (#q2)"),
            ("2025 Q2", "[2025 Q2] #2025q2 (#q2)"),
            ("T2-2025", "[T2-2025] #2025q2 (#q2)"),
            ("au S1", "[S1] #h1"),
            ("premier semestre 2024", "[premier semestre 2024] #2024h1 (#h1)"),
            ("H1 2024 first half", "[H1 2024] #2024h1 (#h1) [first half] #h1"),
            ("premier ministre 2024", ""),
        ] {
            assert_eq!(shown(text), want, "{text}");
        }
    }

    #[test]
    fn the_value_of_a_scaled_number() {
        for (value, power, want) in
            [("1.2", 9, "1200000000"), ("1.2345", 3, "1234.5"), ("0.05", 6, "50000"), ("0", 3, "0"), ("7", 0, "7")]
        {
            assert_eq!(super::scaled(value, power).as_deref(), Some(want));
        }
        assert_eq!(super::scaled(&"9".repeat(30), 9), None);
    }
}
