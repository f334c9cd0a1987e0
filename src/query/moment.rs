//! One date as people type it, read as a period or as an instant: the forms of the calendar, and
//! the words of French and English. Intervals are made of these in [`super::date`].

use std::ops::Range;

use jiff::civil::{Date, DateTime, ISOWeekDate, Weekday};
use jiff::{Span, Timestamp};

use super::ParseOptions;
use super::date_words::{Unit, fold, is_last, is_ordinal, length, month, part, period, weekday};
use crate::error::{Error, Result};
use crate::wording::Bilingual;

/// The hint for a date that is not understood at all.
pub(super) const FORMS: (&str, &str) = (
    "telex reads `2025`, `2025-07`, `14/07/2025`, `july-2025`, `2025-Q3`, `2025-W28`, `7d`, `yesterday`, \
                     `last_month`, `2025-07..2025-08`, `>=2025-07`",
    "telex lit `2025`, `2025-07`, `14/07/2025`, `juillet-2025`, `2025-T3`, `2025-W28`, `7j`, `hier`, \
                     `mois_dernier`, `2025-07..2025-08`, `>=2025-07`",
);

/// What one date names: a period, or an instant when both ends are the same.
#[derive(Clone, Copy)]
pub(super) struct Moment {
    /// The first second.
    pub from: i64,
    /// The first second after; the same for an instant.
    pub until: i64,
    /// Whether it is a length of time back from now, which alone means all since then.
    pub is_back: bool,
}

/// One date with its place.
pub(super) struct Spoken<'t> {
    /// The whole text, for messages.
    pub text: &'t str,
    /// Its place in the text, without white space around it.
    pub span: Range<usize>,
    /// The place of the interval that it is an end of, or its own: the other end may tell its year.
    pub within: Range<usize>,
    /// When it is said, and where.
    pub options: &'t ParseOptions,
}

/// A run of digits, or a run of letters, in a date.
#[derive(Debug)]
enum Piece {
    Number { value: u32, digits: usize },
    Word(String),
}

/// What the word in a date may mean.
struct Names {
    month: Option<u32>,
    part: Option<Unit>,
    length: Option<Unit>,
    weekday: Option<u32>,
}

impl Spoken<'_> {
    /// Reads the date.
    ///
    /// # Errors
    /// A query error that says what is wrong with it.
    pub(super) fn moment(&self) -> Result<Moment> {
        if self.typed().contains(':') {
            return self.stamp();
        }
        let pieces = self.pieces()?;
        let words: Option<Vec<&str>> = pieces.iter().map(Piece::word).collect();
        if let Some((unit, back)) = words.and_then(|words| period(&words.join("_"))) {
            return self.named_from_today(unit, back);
        }
        let word = pieces.iter().find_map(Piece::word).unwrap_or_default();
        let names = Names { month: month(word), part: part(word), length: length(word), weekday: weekday(word) };
        use Piece::{Number as N, Word as W};
        match (pieces.as_slice(), names) {
            ([N { value: year, digits: 4 }], _) => self.days(self.date(*year, 1, 1)?, self.date(year + 1, 1, 1)?),
            ([N { value, digits: 8 }], _) => self.day(value / 10_000, value / 100 % 100, value % 100),
            ([N { value: year, digits: 4 }, N { value: month, .. }], _)
            | ([N { value: month, digits: 1 | 2 }, N { value: year, digits: 4 }], _) => self.month(*year, *month),
            ([N { value: year, digits: 4 }, N { value: month, .. }, N { value: day, .. }], _) => {
                self.day(*year, *month, *day)
            }
            (
                [
                    N { value: year, digits: 4 },
                    N { value: month, .. },
                    N { value: day, .. },
                    W(t),
                    N { value: hour, .. },
                ],
                _,
            ) if t == "t" => self.hour(self.date(*year, *month, *day)?, *hour),
            ([N { value: day, digits: 1 | 2 }, N { value: month, .. }, year @ N { digits: 2 | 4, .. }], _) => {
                self.day(year.year(), *month, *day)
            }
            ([N { value, .. }, W(_)], Names { length: Some(unit), .. }) => self.ago(unit, *value),
            (
                [W(_), N { value: year, digits: 4 }] | [N { value: year, digits: 4 }, W(_)],
                Names { month: Some(month), .. },
            ) => self.month(*year, month),
            (
                [N { value: day, digits: 1 | 2 }, W(_), year @ N { digits: 2 | 4, .. }]
                | [W(_), N { value: day, digits: 1 | 2 }, year @ N { digits: 4, .. }]
                | [year @ N { digits: 4, .. }, W(_), N { value: day, digits: 1 | 2 }],
                Names { month: Some(month), .. },
            ) => self.day(year.year(), month, *day),
            (
                [year @ N { digits: 4, .. }, W(_), N { value, .. }]
                | [W(_), N { value, digits: 1 | 2 }, year @ N { digits: 2 | 4, .. }]
                | [N { value, digits: 1 | 2 }, W(_), year @ N { digits: 2 | 4, .. }],
                Names { part: Some(unit), .. },
            ) => self.part(year.year(), unit, *value),
            ([W(_)], Names { weekday: Some(after_monday), .. }) => self.weekday(after_monday, 0),
            // `lundi dernier`: before today.
            ([W(left), W(right)], _) if is_last(left) != is_last(right) => {
                let day = if is_last(left) { right } else { left };
                let Some(after_monday) = weekday(day) else { return Err(self.unknown()) };
                self.weekday(after_monday, 1)
            }
            ([W(_)] | [N { .. }, W(_)] | [W(_), N { digits: 1 | 2, .. }], Names { month: Some(_), .. })
            | ([N { .. }, W(_)] | [W(_), N { digits: 1 | 2, .. }], Names { part: Some(_), .. }) => {
                let year = self.year_beside().map_or_else(|| Ok(self.today()?.year()), Ok)?;
                Err(self.wrong(("it has no year", "l’année manque")).hint(said!(
                    "did you mean `{}-{year}`?",
                    "vouliez-vous dire `{}-{year}` ?",
                    self.typed()
                )))
            }
            _ => Err(self.unknown()),
        }
    }

    /// Cuts the date into runs of digits and of letters; ordinals such as `1er` lose their letters.
    fn pieces(&self) -> Result<Vec<Piece>> {
        let folded = fold(self.typed());
        let mut pieces: Vec<Piece> = Vec::new();
        let mut rest = folded.as_str();
        while let Some(c) = rest.chars().next() {
            let is_digit = |c: char| c.is_ascii_digit();
            let len = if is_digit(c) {
                let len = rest.find(|c| !is_digit(c)).unwrap_or(rest.len());
                let value = rest[..len]
                    .parse()
                    .map_err(|_| self.wrong(("the number is too large", "le nombre est trop grand")))?;
                pieces.push(Piece::Number { value, digits: len });
                len
            } else if c.is_alphabetic() {
                let len = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
                if !(is_ordinal(&rest[..len]) && matches!(pieces.last(), Some(Piece::Number { .. }))) {
                    pieces.push(Piece::Word(rest[..len].to_owned()));
                }
                len
            } else if c.is_whitespace() || "-_/.,'’".contains(c) {
                c.len_utf8()
            } else {
                return Err(self.unknown());
            };
            // No date has more pieces than this.
            if pieces.len() > 8 {
                return Err(self.unknown());
            }
            rest = &rest[len..];
        }
        Ok(pieces)
    }

    /// Reads a date with a time of day (RFC 3339), of which the offset and the seconds may be missing.
    fn stamp(&self) -> Result<Moment> {
        let at = match self.typed().parse::<Timestamp>() {
            Ok(at) => at,
            Err(_) => {
                let civil: DateTime = self.typed().parse().map_err(|_| self.unknown())?;
                let zone = self.options.zone.clone();
                civil.to_zoned_datetime(zone).map_err(|_| self.out_of_reach())?.timestamp()
            }
        };
        let time = self.typed().split(['T', 't', ' ']).nth(1).unwrap_or_default();
        let time = time.split(['+', '-', 'Z', 'z', '[']).next().unwrap_or_default();
        let length = if time.matches(':').count() > 1 { 1 } else { 60 };
        Ok(Moment { from: at.as_second(), until: at.as_second() + length, is_back: false })
    }

    /// Reads an hour of a day, as the facet of hours names it: `2025-07-17T08`.
    fn hour(&self, day: Date, hour: u32) -> Result<Moment> {
        let Some(hour) = i8::try_from(hour).ok().filter(|hour| (0..24).contains(hour)) else {
            return Err(self.wrong(said!("there is no hour {hour}", "il n’y a pas d’heure {hour}")));
        };
        let start =
            day.at(hour, 0, 0, 0).to_zoned_datetime(self.options.zone.clone()).map_err(|_| self.out_of_reach())?;
        let from = start.timestamp().as_second();
        Ok(Moment { from, until: from + 3600, is_back: false })
    }

    fn month(&self, year: u32, month: u32) -> Result<Moment> {
        let first = self.date(year, month, 1)?;
        let (year, month) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
        self.days(first, self.date(year, month, 1)?)
    }

    fn day(&self, year: u32, month: u32, day: u32) -> Result<Moment> {
        let day = self.date(year, month, day)?;
        self.days(day, self.back(day, Unit::Day, -1)?)
    }

    /// Reads the quarter, half or week `number` of `year`.
    fn part(&self, year: u32, unit: Unit, number: u32) -> Result<Moment> {
        let (name, nom, count) = match unit {
            Unit::Quarter => ("quarter", "trimestre", 4),
            Unit::Half => ("half-year", "semestre", 2),
            _ => ("week", "numéro de semaine", 53),
        };
        if !(1..=count).contains(&number) {
            return Err(self
                .wrong(said!("there is no {name} {number}", "il n’y a pas de {nom} {number}"))
                .hint(said!("a {name} is from 1 to {count}", "un {nom} va de 1 à {count}")));
        }
        if unit == Unit::Week {
            let year = self.date(year, 1, 1)?.year();
            let week = i8::try_from(number).ok().and_then(|week| ISOWeekDate::new(year, week, Weekday::Monday).ok());
            let Some(week) = week else {
                return Err(self
                    .wrong(said!("{year} has no week {number}", "{year} n’a pas de semaine {number}"))
                    .hint(said!("did you mean `{year}-W52`?", "vouliez-vous dire `{year}-W52` ?")));
            };
            return self.days(week.date(), self.back(week.date(), Unit::Week, -1)?);
        }
        let months = 12 / count;
        let first = self.date(year, (number - 1) * months + 1, 1)?;
        let after = if number == count { self.date(year + 1, 1, 1)? } else { self.date(year, number * months + 1, 1)? };
        self.days(first, after)
    }

    /// Returns the period of one `unit` that lies `back` units before the one we are in.
    fn named_from_today(&self, unit: Unit, back: i64) -> Result<Moment> {
        let today = self.today()?;
        let first = match unit {
            Unit::Week => self.back(today, Unit::Day, i64::from(today.weekday().to_monday_zero_offset()))?,
            Unit::Month => today.first_of_month(),
            Unit::Quarter => self.back(today.first_of_month(), Unit::Month, i64::from((today.month() - 1) % 3))?,
            Unit::Year => today.first_of_year(),
            _ => today,
        };
        let first = self.back(first, unit, back)?;
        self.days(first, self.back(first, unit, -1)?)
    }

    /// Returns the day that lies `count` units before today; of hours, the instant before now.
    fn ago(&self, unit: Unit, count: u32) -> Result<Moment> {
        if unit != Unit::Hour {
            let day = self.back(self.today()?, unit, i64::from(count))?;
            self.date(u32::try_from(day.year()).unwrap_or_default(), 1, 1)?;
            return Ok(Moment { is_back: true, ..self.days(day, self.back(day, Unit::Day, -1)?)? });
        }
        let now = self.now()?.to_zoned_datetime(self.options.zone.clone());
        let at = length_of(unit, i64::from(count))
            .and_then(|span| now.checked_sub(span))
            .map_err(|_| self.out_of_reach())?;
        if at.year() < 1000 {
            return Err(self.out_of_reach());
        }
        let at = at.timestamp().as_second();
        Ok(Moment { from: at, until: at, is_back: true })
    }

    /// Returns the last day that comes so many days after Monday, and lies at least `least` days back.
    fn weekday(&self, after_monday: u32, least: i64) -> Result<Moment> {
        let from = self.back(self.today()?, Unit::Day, least)?;
        let back = (i64::from(from.weekday().to_monday_zero_offset()) - i64::from(after_monday)).rem_euclid(7);
        let day = self.back(from, Unit::Day, back)?;
        self.days(day, self.back(day, Unit::Day, -1)?)
    }

    /// Returns the year that is typed in the interval: of `2025-Q1..Q2`, that of both.
    fn year_beside(&self) -> Option<i16> {
        let digits = self.text[self.within.clone()].split(|c: char| !c.is_ascii_digit());
        digits.filter(|digits| digits.len() == 4).find_map(|digits| digits.parse().ok())
    }

    fn now(&self) -> Result<Timestamp> {
        Timestamp::from_second(self.options.now).map_err(|_| self.out_of_reach())
    }

    fn today(&self) -> Result<Date> {
        Ok(self.now()?.to_zoned_datetime(self.options.zone.clone()).date())
    }

    fn back(&self, date: Date, unit: Unit, count: i64) -> Result<Date> {
        length_of(unit, count).and_then(|span| date.checked_sub(span)).map_err(|_| self.out_of_reach())
    }

    /// Returns a day of the calendar, or an error that says why there is none.
    fn date(&self, year: u32, month: u32, day: u32) -> Result<Date> {
        let Some(year) = i16::try_from(year).ok().filter(|year| (1000..=9999).contains(year)) else {
            return Err(self.out_of_reach());
        };
        let small = |number: u32| i8::try_from(number).ok();
        let Some(first) = small(month).and_then(|month| Date::new(year, month, 1).ok()) else {
            let swapped = month <= 31 && (1..=12).contains(&day) && self.typed().contains('/');
            let hint = if swapped {
                said!(
                    "the day comes first: did you mean `{month:02}/{day:02}/{year}`?",
                    "le jour vient d’abord : vouliez-vous dire `{month:02}/{day:02}/{year}` ?"
                )
            } else {
                said!("did you mean `{year}-{:02}`?", "vouliez-vous dire `{year}-{:02}` ?", month.clamp(1, 12))
            };
            return Err(self.wrong(said!("there is no month {month}", "il n’y a pas de mois {month}")).hint(hint));
        };
        let Some(date) = small(day).and_then(|day| Date::new(year, first.month(), day).ok()) else {
            let last = first.last_of_month();
            return Err(self
                .wrong(said!("{year}-{month:02} has {} days", "{year}-{month:02} a {} jours", last.day()))
                .hint(said!("did you mean `{}`?", "vouliez-vous dire `{}` ?", if day == 0 { first } else { last })));
        };
        Ok(date)
    }

    /// Returns the period from the day `first` to the day before `after`.
    fn days(&self, first: Date, after: Date) -> Result<Moment> {
        let start = |date: Date| {
            let at = date.to_zoned_datetime(self.options.zone.clone()).map_err(|_| self.out_of_reach())?;
            Ok(at.timestamp().as_second())
        };
        Ok(Moment { from: start(first)?, until: start(after)?, is_back: false })
    }

    fn typed(&self) -> &str {
        &self.text[self.span.clone()]
    }

    fn error(&self, message: impl Into<Bilingual>, span: Range<usize>) -> Error {
        Error::refused("bad_date", message, self.text, span)
    }

    fn wrong(&self, why: impl Into<Bilingual>) -> Error {
        let (typed, why) = (self.typed(), why.into());
        let message = Bilingual {
            english: format!("unknown date `{typed}`: {}", why.english),
            french: format!("date inconnue `{typed}` : {}", why.french),
        };
        self.error(message, self.span.clone())
    }

    fn out_of_reach(&self) -> Error {
        self.wrong(("it is out of reach", "elle est hors de portée"))
            .hint(("telex reads dates of the years 1000 to 9998", "telex lit les dates des années 1000 à 9998"))
    }

    fn unknown(&self) -> Error {
        self.error(said!("unknown date `{}`", "date inconnue `{}`", self.typed()), self.span.clone()).hint(FORMS)
    }
}

impl Piece {
    fn word(&self) -> Option<&str> {
        match self {
            Piece::Word(word) => Some(word),
            Piece::Number { .. } => None,
        }
    }

    /// Returns the number as a year; of two digits, those below 70 are of this century.
    fn year(&self) -> u32 {
        match *self {
            Piece::Number { value, digits: 2 } => value + if value < 70 { 2000 } else { 1900 },
            Piece::Number { value, .. } => value,
            Piece::Word(_) => 0,
        }
    }
}

fn length_of(unit: Unit, count: i64) -> Result<Span, jiff::Error> {
    match unit {
        Unit::Hour => Span::new().try_hours(count),
        Unit::Day => Span::new().try_days(count),
        Unit::Week => Span::new().try_weeks(count),
        Unit::Month => Span::new().try_months(count),
        Unit::Quarter => Span::new().try_months(count * 3),
        Unit::Half => Span::new().try_months(count * 6),
        Unit::Year => Span::new().try_years(count),
    }
}

#[cfg(test)]
mod tests {
    use crate::query::{ParseOptions, date_range};

    #[test]
    fn an_hour_is_a_period() {
        let options = ParseOptions::default();
        let read = |typed: &str| date_range(typed, &options).map(|range| (range.from.unwrap(), range.until.unwrap()));
        // 2025-07-17T00:00Z.
        let day = 1_752_710_400;
        for (typed, from, until) in
            [("2025-07-17T08", 8, 9), ("2025-07-17t00", 0, 1), ("2025-07-17T08..2025-07-17T23", 8, 24)]
        {
            assert_eq!(read(typed).unwrap(), (day + from * 3600, day + until * 3600), "{typed}");
        }
        for wrong in ["2025-07-17T24", "2025-02-30T08", "2025-07T08", "2025-07-17T"] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}
