//! Reads a quantity at the beginning of a row of words: an amount, a rate, a period, or a range of them.

use super::super::number::{Marks, canonical_numbers, settled};
use super::range::compare;
use super::unit::{self, Nationality, Rate, Unit};
use super::{Piece, Quantity};

/// A number with what stands beside it.
#[derive(Default)]
struct Figure {
    /// How many words it takes.
    length: usize,
    /// What the number alone can be.
    values: Vec<String>,
    /// The power of ten of its scale, and whether that is a bare letter.
    scale: Option<(usize, bool)>,
    /// Its currency.
    code: Option<&'static str>,
    rate: Option<Rate>,
    /// Whether it counts hundredths: pence, centimes.
    hundredths: bool,
    /// Whether the number is in letters.
    named: bool,
}

/// Reads one quantity at the beginning of a row of words.
pub(super) struct Reader<'a> {
    /// The letters of the words.
    pub letters: &'a str,
    pub words: &'a [Piece],
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
    pub fn period(&self) -> Option<(usize, Quantity)> {
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
    pub fn measure(&self) -> Option<(usize, Quantity)> {
        self.part_of_a_point().or_else(|| self.quantity_of(self.figure()?))
    }

    /// Reads what central banks move rates by: `a quarter-point`, `half a percentage point`, `un quart de point`. It is a
    /// rate by either measure.
    fn part_of_a_point(&self) -> Option<(usize, Quantity)> {
        let forms = match self.unit(0)? {
            Unit::Quarter if self.letters(0) == "quarter" => ["#0.25%", "#25bp"],
            Unit::Fourth => ["#0.25%", "#25bp"],
            Unit::Half if self.letters(0) == "half" => ["#0.5%", "#50bp"],
            Unit::Demi => ["#0.5%", "#50bp"],
            _ => return None,
        };
        let links = self.words[1..].iter().take_while(|word| word.unit == Unit::Link).count();
        let point = 1 + links;
        let is_point = self.unit(point) == Some(Unit::Points) && self.letters(point) == "point";
        if !is_point || self.unit(point + 2) == Some(Unit::Base) {
            return None;
        }
        self.quantity(point + 1, forms.map(str::to_owned).into(), Vec::new())
    }

    /// Reads a range: `1,5 à 2 milliards d'euros`, `3-5 %`, `entre 10 et 15 euros`, `$1.5 to $2 billion`. What is said
    /// of its second end alone holds for the first one, too.
    pub fn range(&self) -> Option<(usize, [Quantity; 2])> {
        let begun = usize::from(self.unit(0) == Some(Unit::Between));
        let from = Reader { words: self.words.get(begun..)?, ..*self };
        let mut first = from.figure()?;
        let link = from.unit(first.length)?;
        let is_link = matches!(link, Unit::To | Unit::Or | Unit::Dash) || begun > 0 && link == Unit::And;
        if !is_link || first.named || first.rate.is_some() || first.scale.is_some() && first.code.is_some() {
            return None;
        }
        let to = Reader { words: &from.words[first.length + 1..], ..*self };
        let mut second = to.figure()?;
        let both = first.values.first().zip(second.values.first())?;
        // `en 2019 à 300 millions`; and a dash may be a minus, or part a score.
        let is_year = first.code.is_none() && unit::year(both.0).is_some();
        if second.named || is_year || link == Unit::Dash && first.scale.is_none() && compare(both.0, both.1).is_ge() {
            return None;
        }
        // `500 millions à 1 milliard d'euros`
        if first.scale.is_none() {
            (first.scale, first.rate) = (second.scale, second.rate.filter(|_| first.code.is_none()));
        } else if second.scale.is_none() {
            return None;
        }
        if second.scale.is_some() {
            second.code = second.code.or(first.code);
        }
        first.code = first.code.or(second.code);
        first.hundredths |= second.hundredths;
        let after = begun + first.length + 1 + second.length;
        let (_, first) = from.quantity_of(first)?;
        let (_, second) = to.quantity_of(second)?;
        Some((after, [first, second]))
    }

    /// Reads a number with what stands beside it.
    fn figure(&self) -> Option<Figure> {
        let before = match self.unit(0)? {
            Unit::Currency { code, weak: false } => Some(unit::untold(code)?),
            _ => None,
        };
        // `US` and `$` are two words, and one currency.
        let mut at =
            self.words.iter().take(2).take_while(|word| before.is_some() && word.unit == self.words[0].unit).count();
        let number = self.words.get(at)?;
        let letters = self.letters(at);
        let mut named = false;
        let before_word = before.map(|_| self.letters(0));
        let (mut values, mut scale) = match number.unit {
            Unit::Number => (settled(letters, self.marks_around(at, before_word)), None),
            Unit::Named(_) | Unit::Tens(_) => {
                let (value, length) = self.number_in_letters(at)?;
                named = true;
                // The last of its words is passed over below.
                at += length - 1;
                (vec![value.to_string()], None)
            }
            // `half a billion`, `half-billion`, `un demi-milliard`
            Unit::Half if letters == "half" => {
                at += 1 + usize::from(self.unit(at + 1) == Some(Unit::Link));
                (vec!["0.5".to_owned()], Some(self.scale_word(at)?))
            }
            Unit::Demi => {
                at += 1;
                (vec!["0.5".to_owned()], Some(self.scale_word(at)?))
            }
            Unit::Scaled { digits, power, letter } => {
                let (figure, word) = letters.split_at(digits);
                (settled(figure, marks(word, before_word)), Some((power, letter)))
            }
            // `$4T`
            Unit::NthQuarter(n, None) if before.is_some() && letters.ends_with('t') => {
                (vec![n.to_string()], Some((12, true)))
            }
            Unit::Pence { digits } => {
                let values = canonical_numbers(&letters[..digits]);
                return Some(Figure {
                    length: at + 1,
                    values,
                    code: Some("gbp"),
                    hundredths: true,
                    ..Figure::default()
                });
            }
            Unit::Rated { digits, rate } if before.is_none() => {
                let (figure, word) = letters.split_at(digits);
                let values = settled(figure, marks(word, None));
                return Some(Figure { length: at + 1, values, rate: Some(rate), ..Figure::default() });
            }
            _ => return None,
        };
        at += 1;
        if before.is_none()
            && (number.unit == Unit::Number || named)
            && let Some((rate, length)) = self.rate_at(at)
        {
            return Some(Figure { length, values, rate: Some(rate), ..Figure::default() });
        }
        if scale.is_none()
            && let Some(Unit::Scale { power, letter }) = self.unit(at)
            // `5 m` of `€5 m` is millions; `5 m from` is none.
            && (!letter || before.is_some() || self.currency_at(at + 1, true).is_some())
        {
            scale = Some((power, letter));
            at += 1;
        }
        if let Some((halved, length)) = self.and_a_half(at, scale) {
            values.iter_mut().filter(|value| !value.contains('.')).for_each(|value| value.push_str(".5"));
            (scale, at) = (Some(halved), length);
        }
        if scale.is_none()
            && let Some((code, length)) = self.hundredth_at(at)
        {
            let figure = Figure { length, values, code: before.or(code), hundredths: true, ..Figure::default() };
            return Some(figure);
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
        Some(Figure { length: at, values, scale, code: before.or(after), rate: None, hundredths: false, named })
    }

    /// Returns how the number at `at` parts its decimals, as far as what stands beside it tells.
    fn marks_around(&self, at: usize, before: Option<&str>) -> Marks {
        let (figure, Some(unit)) = (&self.words[at], self.words.get(at + 1)) else { return marks("", before) };
        match unit.unit {
            // French parts the sign from the number.
            Unit::Percent if self.letters(at + 1) == "%" && unit.start > figure.end => marks("pour", None),
            Unit::Percent | Unit::BasisPoint | Unit::Per | Unit::Points | Unit::Basis => {
                marks(self.letters(at + 1), None)
            }
            _ => marks(self.letters(at + 1), before),
        }
    }

    /// Reads the half that follows a number, with its scale: `un milliard et demi`, `two and a half billion`.
    fn and_a_half(&self, at: usize, scale: Option<(usize, bool)>) -> Option<((usize, bool), usize)> {
        if self.unit(at) != Some(Unit::And) {
            return None;
        }
        match (scale, self.unit(at + 1)?) {
            (Some((power, false)), Unit::Demi) => Some(((power, false), at + 2)),
            (None, Unit::Link) if self.unit(at + 2) == Some(Unit::Half) => Some((self.scale_word(at + 3)?, at + 4)),
            _ => None,
        }
    }

    /// Returns the power of ten of the scale at `at`, if it is a word.
    fn scale_word(&self, at: usize) -> Option<(usize, bool)> {
        match self.unit(at)? {
            Unit::Scale { power, letter: false } => Some((power, false)),
            _ => None,
        }
    }

    /// Returns the currency of whose hundredths a number at `at` counts, if that is told, and the word behind: `pence`,
    /// `centimes d'euro`, `US cents`.
    fn hundredth_at(&self, at: usize) -> Option<(Option<&'static str>, usize)> {
        let is_cents = |at: usize| self.unit(at) == Some(Unit::Hundred) && self.letters(at) == "cents";
        if let Some(Unit::Hundredth(Some(code))) = self.unit(at) {
            return Some((Some(code), at + 1));
        }
        if is_cents(at) || self.unit(at) == Some(Unit::Hundredth(None)) {
            let of = self.unit(at + 1) == Some(Unit::Link);
            let code = self.currency_at(at + 1, true).filter(|_| of);
            return Some(code.map_or((None, at + 1), |(code, length)| (Some(code), length)));
        }
        let (whose, length) = self.nationality_at(at);
        if whose.is_some() && is_cents(at + length) {
            return Some((whose.and_then(|whose| whose.of("usd")), at + length + 1));
        }
        let (code, length) = self.currency_at(at, true)?;
        is_cents(length).then_some((Some(code), length + 1))
    }

    /// Reads a number in letters: `deux cent trente`, `quatre-vingt-dix-sept`, `one hundred and five`; and how many words
    /// it takes.
    fn number_in_letters(&self, at: usize) -> Option<(u32, usize)> {
        let (first, mut length) = self.under_a_hundred(at)?;
        let is_hundred = match self.unit(at + length) {
            Some(Unit::Hundred) => true,
            // `deux cent trente millions`, and not `deux pour cent`.
            Some(Unit::Cent) => self.under_a_hundred(at + length + 1).is_some(),
            _ => false,
        };
        if first >= 20 || !is_hundred {
            return Some((first, length));
        }
        length += 1;
        let and = usize::from(self.unit(at + length) == Some(Unit::And));
        match self.under_a_hundred(at + length + and) {
            Some((rest, words)) => Some((first * 100 + rest, length + and + words)),
            None => Some((first * 100, length)),
        }
    }

    /// Reads a number below a hundred in letters.
    fn under_a_hundred(&self, at: usize) -> Option<(u32, usize)> {
        let small = |at: usize| match self.unit(at) {
            Some(Unit::Named(n)) => Some(u32::from(n)),
            _ => None,
        };
        let (tens, mut length) = match (self.unit(at)?, self.unit(at + 1)) {
            (Unit::Named(4), Some(Unit::Tens(20))) => (80, 2),
            (Unit::Named(_), _) => (0, 0),
            (Unit::Tens(tens), _) => (u32::from(tens), 1),
            _ => return None,
        };
        let and = usize::from(length > 0 && self.unit(at + length) == Some(Unit::And));
        let Some(mut rest) = small(at + length + and) else { return (length > 0).then_some((tens, length)) };
        length += and + 1;
        // `dix-sept`
        if rest == 10
            && let Some(more) = small(at + length).filter(|more| (7..=9).contains(more))
        {
            rest += more;
            length += 1;
        }
        Some((tens + rest, length))
    }

    /// Returns the quantity that a number at the beginning is, with what is known to stand beside it; `None` if that
    /// is too little.
    fn quantity_of(&self, figure: Figure) -> Option<(usize, Quantity)> {
        let Figure { length, mut values, scale, code, rate, hundredths, named } = figure;
        if let Some(rate) = rate {
            return self.rate(length, &values, rate);
        }
        if hundredths {
            let forms = values.iter().map(|value| format!("#{}{}", hundredth(value), code.unwrap_or_default()));
            return self.quantity(length, forms.collect(), Vec::new());
        }
        // No sum has three decimals that are all zeros: `500,000 euros`.
        if let [thousands, decimals] = &values[..]
            && thousands.strip_suffix("000") == Some(decimals)
        {
            values.truncate(1);
        }
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
                self.quantity(length, exact, partial)
            }
            None => self.quantity(length, numbers, Vec::new()),
        }
    }

    /// Returns the currency whose name begins at `at`, links and nationalities before and after it
    /// considered, and the word after it.
    fn currency_at(&self, mut at: usize, is_scaled: bool) -> Option<(&'static str, usize)> {
        if self.unit(at) == Some(Unit::Link) && matches!(self.letters(at), "de" | "d" | "of") {
            at += 1;
        }
        let (mut nationality, length) = self.nationality_at(at);
        at += length;
        let Some(Unit::Currency { code, weak }) = self.unit(at) else { return None };
        at += 1;
        if nationality.is_none() {
            // `dollars de Hong Kong`
            let link = usize::from(self.unit(at) == Some(Unit::Link) && self.letters(at) == "de");
            let (after, length) = self.nationality_at(at + link);
            if let Some(after) = after.filter(|after| after.tells(code)) {
                nationality = Some(after);
                at += link + length;
            }
        }
        match nationality {
            Some(nationality) => Some((nationality.of(code)?, at)),
            None if weak && !is_scaled => None,
            None => Some((unit::untold(code)?, at)),
        }
    }

    /// Returns the nationality that is named at `at`, and by how many words.
    fn nationality_at(&self, at: usize) -> (Option<Nationality>, usize) {
        let Some(Unit::Nationality(nationality)) = self.unit(at) else { return (None, 0) };
        // `Hong Kong`, `néo-zélandais`
        let same = |word: &&Piece| word.unit == Unit::Nationality(nationality);
        (Some(nationality), self.words[at..].iter().take_while(same).count())
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

/// Returns how a number parts its decimals that stands before a word, and behind the sign or code of a currency, if they
/// tell by their language: `3,571 pour cent` and `1,234 percent`, `1,2 milliard` and `$1,234 million`.
fn marks(word: &str, before: Option<&str>) -> Marks {
    let is_sign = before.is_some_and(|before| matches!(before, "$" | "£"));
    match word {
        "pour" | "points" | "pb" | "pdb" => Marks { dot: Some(true), comma: Some(true) },
        "percent" | "pct" | "pc" | "per" | "basis" => Marks { dot: Some(true), comma: Some(false) },
        "%" | "bp" | "bps" => Marks { dot: Some(true), comma: None },
        "milliard" | "milliards" | "md" | "mds" | "mrd" | "mrds" => Marks { dot: None, comma: Some(true) },
        "billion" | "billions" | "bn" | "bln" | "trillion" | "trillions" | "tn" | "trn" | "thousand" => {
            Marks { dot: Some(true), comma: Some(false) }
        }
        "million" | "m" | "mm" | "mn" | "b" | "k" => Marks { dot: Some(true), comma: is_sign.then_some(false) },
        _ if is_sign => Marks { dot: Some(true), comma: Some(false) },
        _ => Marks::default(),
    }
}

/// Multiplies a canonical number by a power of ten; `None` if that leaves fractions of a unit beyond sense.
pub(super) fn scaled(value: &str, power: usize) -> Option<String> {
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

/// Returns a hundredth of a canonical number.
pub(super) fn hundredth(value: &str) -> String {
    let (whole, decimals) = value.split_once('.').unwrap_or((value, ""));
    let digits = format!("{whole:0>3}{decimals}");
    let (whole, decimals) = digits.split_at(whole.len().max(3) - 2);
    match decimals.trim_end_matches('0') {
        "" => whole.to_owned(),
        decimals => format!("{whole}.{decimals}"),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_hundredth_of_a_number() {
        for (value, want) in
            [("391", "3.91"), ("25", "0.25"), ("5", "0.05"), ("100", "1"), ("12.5", "0.125"), ("0", "0")]
        {
            assert_eq!(super::hundredth(value), want, "{value}");
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
