//! Dates as people type them, in French and English, read as intervals of seconds.
//!
//! An end is inclusive as typed and exclusive as read: `2025-07..2025-08` holds the whole of August.
//! Days begin where the time zone of [`ParseOptions`] begins them. The day comes before the month.

use std::ops::Range;

use jiff::civil::{Date, DateTime, ISOWeekDate, Weekday};
use jiff::{Span, Timestamp};

use super::date_words::{Unit, fold, is_ordinal, length, month, part, period, weekday};
use super::{DateRange, ParseOptions};
use crate::error::{Error, Result};

const FORMS: &str = "telex reads `2025`, `2025-07`, `14/07/2025`, `july-2025`, `2025-Q3`, `2025-W28`, `7d`, `yesterday`, \
                     `last_month`, `2025-07..2025-08`, `>=2025-07`";

/// Returns the interval that `text` names: `2025-07`, `2025-T3`, `7d`, `hier`, `2025-07..2025-08`.
///
/// A length of time such as `7d` begins that long before [`ParseOptions::now`] and has no end. A
/// weekday is the last one, today included.
///
/// # Errors
/// A query error that points into `text`, and says what is wrong with it.
pub fn date_range(text: &str, options: &ParseOptions) -> Result<DateRange> {
    Reader { text, options }.range(0..text.len())
}

/// Returns the interval that begins with the date `text`, for instance `2025-07`, and has no end.
///
/// # Errors
/// As for [`date_range`]; a range or a comparison is no date.
pub fn date_since(text: &str, options: &ParseOptions) -> Result<DateRange> {
    Reader { text, options }.since(0..text.len())
}

/// Returns the interval that ends with the date `text`, the whole of it included.
///
/// # Errors
/// As for [`date_range`]; a range or a comparison is no date.
pub fn date_until(text: &str, options: &ParseOptions) -> Result<DateRange> {
    Reader { text, options }.until(0..text.len())
}

/// Reads dates that stand in a longer text, and points at their place in it.
#[derive(Clone, Copy)]
pub(super) struct Reader<'t> {
    /// The whole text.
    pub text: &'t str,
    /// When, and where on Earth.
    pub options: &'t ParseOptions,
}

/// What one date names: a period, or an instant when both ends are the same.
#[derive(Clone, Copy)]
struct Moment {
    from: i64,
    until: i64,
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

impl<'t> Reader<'t> {
    /// Reads a date, a range or a comparison at `span`.
    pub(super) fn range(self, span: Range<usize>) -> Result<DateRange> {
        let span = self.trimmed(span);
        let typed = &self.text[span.clone()];
        let range = if let Some(inside) = typed.strip_prefix('[') {
            let inside = inside.strip_suffix(']').unwrap_or(inside);
            let start = span.start + 1;
            let Some((left, right)) = sides(inside) else {
                return Err(self
                    .error(format!("`{typed}` is not an interval"), span)
                    .hint("write `[2025-07 TO 2025-08]`"));
            };
            self.between(&span, start..start + left, start + right..start + inside.len())?
        } else if let Some((sign, after)) = comparison(typed) {
            let moment = self.moment(span.start + sign.len()..span.end, after)?;
            match sign {
                ">=" | "≥" => DateRange { from: Some(moment.from), until: None },
                ">" => DateRange { from: Some(moment.until), until: None },
                "<=" | "≤" => DateRange { from: None, until: Some(moment.until) },
                _ => DateRange { from: None, until: Some(moment.from) },
            }
        } else if let Some((at, dots)) = typed.find("..").map(|at| (at, "..")).or(typed.find('…').map(|at| (at, "…")))
        {
            self.between(&span, span.start..span.start + at, span.start + at + dots.len()..span.end)?
        } else {
            let moment = self.moment(span, typed)?;
            DateRange { from: Some(moment.from), until: (moment.from < moment.until).then_some(moment.until) }
        };
        Ok(range)
    }

    /// Reads the date at `span` as the beginning of an interval.
    pub(super) fn since(self, span: Range<usize>) -> Result<DateRange> {
        let moment = self.single(span)?;
        Ok(DateRange { from: Some(moment.from), until: None })
    }

    /// Reads the date at `span` as the end of an interval.
    pub(super) fn until(self, span: Range<usize>) -> Result<DateRange> {
        let moment = self.single(span)?;
        Ok(DateRange { from: None, until: Some(moment.until) })
    }

    fn single(self, span: Range<usize>) -> Result<Moment> {
        let typed = &self.text[span.clone()];
        if typed.contains("..") || typed.contains('[') || comparison(typed.trim()).is_some() {
            return Err(self
                .error(format!("one date is wanted here, not `{typed}`"), span)
                .hint("give a single date, such as `2025-07`, or use `date:` for an interval"));
        }
        self.moment(span, typed)
    }

    /// Reads an interval at `whole` by its two sides, of which one may be empty or a star.
    fn between(self, whole: &Range<usize>, left: Range<usize>, right: Range<usize>) -> Result<DateRange> {
        let (left, right) = (self.trimmed(left), self.trimmed(right));
        let side = |span: Range<usize>| match &self.text[span.clone()] {
            "" | "*" => Ok(None),
            typed => self.moment(span, typed).map(Some),
        };
        let (from, until) = (side(left.clone())?, side(right.clone())?);
        let range = DateRange { from: from.map(|moment| moment.from), until: until.map(|moment| moment.until) };
        match (range.from, range.until) {
            (None, None) => Err(self.error("the interval has no date", whole.clone()).hint(FORMS)),
            (Some(from), Some(until)) if from >= until => Err(self
                .error("the interval ends before it begins", whole.clone())
                .hint(format!("did you mean `{}..{}`?", &self.text[right], &self.text[left]))),
            _ => Ok(range),
        }
    }

    /// Reads one date, `typed`, at `span`.
    fn moment(self, span: Range<usize>, typed: &str) -> Result<Moment> {
        let span = self.trimmed(span);
        let typed = typed.trim();
        if typed.is_empty() {
            return Err(self.error("a date is missing here", span).hint(FORMS));
        }
        let spoken = Spoken { reader: self, span, typed };
        if typed.contains(':') { spoken.stamp() } else { spoken.moment() }
    }

    fn trimmed(self, span: Range<usize>) -> Range<usize> {
        let inside = &self.text[span.clone()];
        let start = span.end - inside.trim_start().len();
        start..start + inside.trim().len()
    }

    fn error(self, message: impl Into<String>, span: Range<usize>) -> Error {
        Error::query(message, self.text, span)
    }
}

/// One date with its place.
struct Spoken<'t> {
    reader: Reader<'t>,
    span: Range<usize>,
    typed: &'t str,
}

impl Spoken<'_> {
    fn moment(&self) -> Result<Moment> {
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
            ([W(_)], Names { weekday: Some(after_monday), .. }) => {
                let today = self.today()?;
                let back = (i64::from(today.weekday().to_monday_zero_offset()) - i64::from(after_monday)).rem_euclid(7);
                let day = self.back(today, Unit::Day, back)?;
                self.days(day, self.back(day, Unit::Day, -1)?)
            }
            ([W(_)] | [N { .. }, W(_)] | [W(_), N { digits: 1 | 2, .. }], Names { month: Some(_), .. })
            | ([N { .. }, W(_)] | [W(_), N { digits: 1 | 2, .. }], Names { part: Some(_), .. }) => {
                let year = self.today()?.year();
                Err(self.wrong("it has no year").hint(format!("did you mean `{}-{year}`?", self.typed)))
            }
            _ => Err(self.unknown()),
        }
    }

    /// Cuts the date into runs of digits and of letters; ordinals such as `1er` lose their letters.
    fn pieces(&self) -> Result<Vec<Piece>> {
        let folded = fold(self.typed);
        let mut pieces: Vec<Piece> = Vec::new();
        let mut rest = folded.as_str();
        while let Some(c) = rest.chars().next() {
            let is_digit = |c: char| c.is_ascii_digit();
            let len = if is_digit(c) {
                let len = rest.find(|c| !is_digit(c)).unwrap_or(rest.len());
                let value = rest[..len].parse().map_err(|_| self.wrong("the number is too large"))?;
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
        let at = match self.typed.parse::<Timestamp>() {
            Ok(at) => at,
            Err(_) => {
                let civil: DateTime = self.typed.parse().map_err(|_| self.unknown())?;
                let zone = self.reader.options.zone.clone();
                civil.to_zoned_datetime(zone).map_err(|_| self.out_of_reach())?.timestamp()
            }
        };
        let time = self.typed.split(['T', 't', ' ']).nth(1).unwrap_or_default();
        let time = time.split(['+', '-', 'Z', 'z', '[']).next().unwrap_or_default();
        let length = if time.matches(':').count() > 1 { 1 } else { 60 };
        Ok(Moment { from: at.as_second(), until: at.as_second() + length })
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
        let (name, count) = match unit {
            Unit::Quarter => ("quarter", 4),
            Unit::Half => ("half-year", 2),
            _ => ("week", 53),
        };
        if !(1..=count).contains(&number) {
            return Err(self
                .wrong(format!("there is no {name} {number}"))
                .hint(format!("a {name} is from 1 to {count}")));
        }
        if unit == Unit::Week {
            let year = self.date(year, 1, 1)?.year();
            let week = i8::try_from(number).ok().and_then(|week| ISOWeekDate::new(year, week, Weekday::Monday).ok());
            let Some(week) = week else {
                return Err(self
                    .wrong(format!("{year} has no week {number}"))
                    .hint(format!("did you mean `{year}-W52`?")));
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

    /// Returns the instant `count` units before now.
    fn ago(&self, unit: Unit, count: u32) -> Result<Moment> {
        let now = self.now()?.to_zoned_datetime(self.reader.options.zone.clone());
        let at = length_of(unit, i64::from(count))
            .and_then(|span| now.checked_sub(span))
            .map_err(|_| self.out_of_reach())?;
        let at = at.timestamp().as_second();
        Ok(Moment { from: at, until: at })
    }

    fn now(&self) -> Result<Timestamp> {
        Timestamp::from_second(self.reader.options.now).map_err(|_| self.out_of_reach())
    }

    fn today(&self) -> Result<Date> {
        Ok(self.now()?.to_zoned_datetime(self.reader.options.zone.clone()).date())
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
            let swapped = month <= 31 && (1..=12).contains(&day) && self.typed.contains('/');
            let hint = if swapped {
                format!("the day comes first: did you mean `{month:02}/{day:02}/{year}`?")
            } else {
                format!("did you mean `{year}-{:02}`?", month.clamp(1, 12))
            };
            return Err(self.wrong(format!("there is no month {month}")).hint(hint));
        };
        let Some(date) = small(day).and_then(|day| Date::new(year, first.month(), day).ok()) else {
            let last = first.last_of_month();
            return Err(self
                .wrong(format!("{year}-{month:02} has {} days", last.day()))
                .hint(format!("did you mean `{}`?", if day == 0 { first } else { last })));
        };
        Ok(date)
    }

    /// Returns the period from the day `first` to the day before `after`.
    fn days(&self, first: Date, after: Date) -> Result<Moment> {
        let start = |date: Date| {
            let at = date.to_zoned_datetime(self.reader.options.zone.clone()).map_err(|_| self.out_of_reach())?;
            Ok(at.timestamp().as_second())
        };
        Ok(Moment { from: start(first)?, until: start(after)? })
    }

    fn wrong(&self, why: impl std::fmt::Display) -> Error {
        self.reader.error(format!("unknown date `{}`: {why}", self.typed), self.span.clone())
    }

    fn out_of_reach(&self) -> Error {
        self.wrong("it is out of reach").hint("telex reads dates of the years 1000 to 9998")
    }

    fn unknown(&self) -> Error {
        self.reader.error(format!("unknown date `{}`", self.typed), self.span.clone()).hint(FORMS)
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

fn comparison(typed: &str) -> Option<(&str, &str)> {
    let sign = [">=", "<=", "≥", "≤", ">", "<"].into_iter().find(|sign| typed.starts_with(sign))?;
    Some(typed.split_at(sign.len()))
}

/// Returns where the left side of `a TO b` ends and where its right side begins.
fn sides(inside: &str) -> Option<(usize, usize)> {
    let to = |at: &usize| {
        let (before, after) = (&inside[..*at], &inside[at + 2..]);
        before.ends_with(char::is_whitespace) && after.starts_with(char::is_whitespace)
    };
    let at = inside.match_indices("TO").map(|(at, _)| at).find(to)?;
    Some((at, at + 2))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use jiff::tz::{TimeZone, offset};
    use proptest::prelude::*;

    use super::*;
    use crate::query::caret;

    /// 14 July 2025, a Monday, 15:30 in UTC.
    const NOW: i64 = 1_752_507_000;

    fn options() -> ParseOptions {
        ParseOptions { now: NOW, zone: TimeZone::UTC }
    }

    /// Checks an interval of whole days, by its first and its last.
    fn check(typed: &str, want: &str) {
        let range = date_range(typed, &options()).unwrap_or_else(|error| panic!("{typed}: {error}"));
        let day = |at: i64| Timestamp::from_second(at).unwrap().to_zoned_datetime(TimeZone::UTC);
        let from = range.from.map(|at| day(at).to_string()).unwrap_or_default();
        let last = range.until.map(|at| day(at - 1).to_string()).unwrap_or_default();
        assert!(from.is_empty() || from.contains("T00:00:00"), "{typed}: {from}");
        assert!(last.is_empty() || last.contains("T23:59:59"), "{typed}: {last}");
        let short = |text: &str| text.chars().take(10).collect::<String>();
        assert_eq!(format!("{}..{}", short(&from), short(&last)), want, "{typed}");
        assert_eq!(date_range(&range.to_string(), &options()).unwrap(), range, "{typed}");
    }

    fn fails(typed: &str, message: &str, marks: &str, hint: &str) {
        let error = date_range(typed, &options()).expect_err(typed);
        let message = if message.is_empty() { format!("unknown date `{}`", typed.trim()) } else { message.to_owned() };
        assert_eq!(error.message(), message, "{typed}");
        assert_eq!(caret(error.place().expect(typed)).1, marks, "{typed}");
        assert_eq!(error.advice().unwrap_or_default(), if hint.is_empty() { FORMS } else { hint }, "{typed}");
    }

    #[test]
    fn calendar_periods() {
        for (typed, want) in [
            ("2025", "2025-01-01..2025-12-31"),
            ("2025-07", "2025-07-01..2025-07-31"),
            ("2025/07", "2025-07-01..2025-07-31"),
            ("07/2025", "2025-07-01..2025-07-31"),
            ("2025-12", "2025-12-01..2025-12-31"),
            ("2024-02", "2024-02-01..2024-02-29"),
            ("2025-07-14", "2025-07-14..2025-07-14"),
            ("2025-7-4", "2025-07-04..2025-07-04"),
            ("20250714", "2025-07-14..2025-07-14"),
            ("2025/07/14", "2025-07-14..2025-07-14"),
            ("14/07/2025", "2025-07-14..2025-07-14"),
            ("14.07.2025", "2025-07-14..2025-07-14"),
            ("14-07-2025", "2025-07-14..2025-07-14"),
            ("07-10-2025", "2025-10-07..2025-10-07"),
            ("14/07/25", "2025-07-14..2025-07-14"),
            ("14/07/99", "1999-07-14..1999-07-14"),
            ("juillet-2025", "2025-07-01..2025-07-31"),
            ("july_2025", "2025-07-01..2025-07-31"),
            ("Juil. 2025", "2025-07-01..2025-07-31"),
            ("AOÛT-2025", "2025-08-01..2025-08-31"),
            ("fe\u{301}vrier 2024", "2024-02-01..2024-02-29"),
            ("2025-août", "2025-08-01..2025-08-31"),
            ("14 sept. 2025", "2025-09-14..2025-09-14"),
            ("1er août 2025", "2025-08-01..2025-08-01"),
            ("14-juillet-2025", "2025-07-14..2025-07-14"),
            ("July 4th, 2025", "2025-07-04..2025-07-04"),
            ("2025-Q3", "2025-07-01..2025-09-30"),
            ("2025-T3", "2025-07-01..2025-09-30"),
            ("T3-2025", "2025-07-01..2025-09-30"),
            ("q4 2025", "2025-10-01..2025-12-31"),
            ("3T25", "2025-07-01..2025-09-30"),
            ("S1-2025", "2025-01-01..2025-06-30"),
            ("H1-2025", "2025-01-01..2025-06-30"),
            ("2H25", "2025-07-01..2025-12-31"),
            ("2025-W28", "2025-07-07..2025-07-13"),
            ("2025-W01", "2024-12-30..2025-01-05"),
            ("2020-W53", "2020-12-28..2021-01-03"),
        ] {
            check(typed, want);
        }
    }

    #[test]
    fn periods_named_from_today() {
        for (typed, want) in [
            ("today", "2025-07-14..2025-07-14"),
            ("aujourd'hui", "2025-07-14..2025-07-14"),
            ("Aujourd’hui", "2025-07-14..2025-07-14"),
            ("yesterday", "2025-07-13..2025-07-13"),
            ("hier", "2025-07-13..2025-07-13"),
            ("this_week", "2025-07-14..2025-07-20"),
            ("last_week", "2025-07-07..2025-07-13"),
            ("last week", "2025-07-07..2025-07-13"),
            ("semaine_dernière", "2025-07-07..2025-07-13"),
            ("this_month", "2025-07-01..2025-07-31"),
            ("ce_mois", "2025-07-01..2025-07-31"),
            ("last_month", "2025-06-01..2025-06-30"),
            ("mois_dernier", "2025-06-01..2025-06-30"),
            ("this_quarter", "2025-07-01..2025-09-30"),
            ("trimestre_dernier", "2025-04-01..2025-06-30"),
            ("this_year", "2025-01-01..2025-12-31"),
            ("last_year", "2024-01-01..2024-12-31"),
            ("année_dernière", "2024-01-01..2024-12-31"),
            ("lundi", "2025-07-14..2025-07-14"),
            ("monday", "2025-07-14..2025-07-14"),
            ("mardi", "2025-07-08..2025-07-08"),
            ("Sunday", "2025-07-13..2025-07-13"),
        ] {
            check(typed, want);
        }
    }

    #[test]
    fn intervals_have_inclusive_ends() {
        for (typed, want) in [
            ("2025-07..2025-08", "2025-07-01..2025-08-31"),
            ("2025-07-14..2025-07-14", "2025-07-14..2025-07-14"),
            ("..2025-06", "..2025-06-30"),
            ("2025-06..", "2025-06-01.."),
            ("2025-06…2025-07", "2025-06-01..2025-07-31"),
            (">=2025-07", "2025-07-01.."),
            (">2025-07", "2025-08-01.."),
            ("<2025-07", "..2025-06-30"),
            ("<=2025-07", "..2025-07-31"),
            ("≥ 2025-07", "2025-07-01.."),
            ("[2025-07 TO 2025-08]", "2025-07-01..2025-08-31"),
            ("[2025-07-01 TO *]", "2025-07-01.."),
            ("[* TO 2025-08]", "..2025-08-31"),
            ("hier..aujourd'hui", "2025-07-13..2025-07-14"),
            (" 2025 ", "2025-01-01..2025-12-31"),
        ] {
            check(typed, want);
        }
    }

    #[test]
    fn lengths_of_time_count_back_from_now() {
        let day = 86_400;
        for (typed, from, until) in [
            ("7d", Some(NOW - 7 * day), None),
            ("7j", Some(NOW - 7 * day), None),
            ("3w", Some(NOW - 21 * day), None),
            ("3s", Some(NOW - 21 * day), None),
            ("2m", Some(NOW - 61 * day), None),
            ("1y", Some(NOW - 365 * day), None),
            ("1a", Some(NOW - 365 * day), None),
            ("24h", Some(NOW - day), None),
            ("30 jours", Some(NOW - 30 * day), None),
            ("30d..7d", Some(NOW - 30 * day), Some(NOW - 7 * day)),
            ("<7d", None, Some(NOW - 7 * day)),
            ("2025-07-14T15:30:00Z", Some(NOW), Some(NOW + 1)),
            ("2025-07-14T17:30+02:00", Some(NOW), Some(NOW + 60)),
            ("2025-07-14T15:30..", Some(NOW), None),
        ] {
            assert_eq!(date_range(typed, &options()).unwrap(), DateRange { from, until }, "{typed}");
        }
    }

    #[test]
    fn one_end_alone() {
        let july = date_range("2025-07", &options()).unwrap();
        assert_eq!(date_since("2025-07", &options()).unwrap(), DateRange { until: None, ..july });
        assert_eq!(date_until("2025-07", &options()).unwrap(), DateRange { from: None, ..july });
        assert_eq!(date_until("7d", &options()).unwrap().until, Some(NOW - 7 * 86_400));
        for typed in ["2025-07..2025-08", ">2025", "[2025 TO 2026]"] {
            assert!(date_since(typed, &options()).is_err(), "{typed}");
            assert!(date_until(typed, &options()).is_err(), "{typed}");
        }
    }

    #[test]
    fn days_begin_where_the_reader_lives() {
        let east = ParseOptions { now: NOW, zone: offset(2).to_time_zone() };
        let range = date_range("2025-07-14", &east).unwrap();
        let midnight = date(2025, 7, 14).to_zoned_datetime(TimeZone::UTC).unwrap().timestamp().as_second();
        assert_eq!(range, DateRange { from: Some(midnight - 7200), until: Some(midnight + 79_200) });
        // At 23:30 in UTC the next day has begun there.
        let late = ParseOptions { now: midnight + 84_600, ..east };
        assert_eq!(date_range("hier", &late).unwrap(), range);
    }

    #[test]
    fn what_is_wrong_is_said_with_a_suggestion() {
        for (typed, message, marks, hint) in [
            ("2025-13", "unknown date `2025-13`: there is no month 13", "^^^^^^^", "did you mean `2025-12`?"),
            ("2025-00", "unknown date `2025-00`: there is no month 0", "^^^^^^^", "did you mean `2025-01`?"),
            (
                "2025-02-30",
                "unknown date `2025-02-30`: 2025-02 has 28 days",
                "^^^^^^^^^^",
                "did you mean `2025-02-28`?",
            ),
            (
                "07/14/2025",
                "unknown date `07/14/2025`: there is no month 14",
                "^^^^^^^^^^",
                "the day comes first: did you mean `14/07/2025`?",
            ),
            ("2025-Q5", "unknown date `2025-Q5`: there is no quarter 5", "^^^^^^^", "a quarter is from 1 to 4"),
            ("2025-W54", "unknown date `2025-W54`: there is no week 54", "^^^^^^^^", "a week is from 1 to 53"),
            ("2025-W53", "unknown date `2025-W53`: 2025 has no week 53", "^^^^^^^^", "did you mean `2025-W52`?"),
            ("juillet", "unknown date `juillet`: it has no year", "^^^^^^^", "did you mean `juillet-2025`?"),
            ("T3", "unknown date `T3`: it has no year", "^^", "did you mean `T3-2025`?"),
            (
                "2025-08..2025-07",
                "the interval ends before it begins",
                "^^^^^^^^^^^^^^^^",
                "did you mean `2025-07..2025-08`?",
            ),
            (
                "2025-07..2025-13",
                "unknown date `2025-13`: there is no month 13",
                "         ^^^^^^^",
                "did you mean `2025-12`?",
            ),
            (">=2025-13", "unknown date `2025-13`: there is no month 13", "  ^^^^^^^", "did you mean `2025-12`?"),
            (
                "[2025 TO 2025-13]",
                "unknown date `2025-13`: there is no month 13",
                "         ^^^^^^^",
                "did you mean `2025-12`?",
            ),
            ("[2025-07]", "`[2025-07]` is not an interval", "^^^^^^^^^", "write `[2025-07 TO 2025-08]`"),
            ("0999", "unknown date `0999`: it is out of reach", "^^^^", "telex reads dates of the years 1000 to 9998"),
            (
                "99999999y",
                "unknown date `99999999y`: it is out of reach",
                "^^^^^^^^^",
                "telex reads dates of the years 1000 to 9998",
            ),
            ("..", "the interval has no date", "^^", ""),
            (">=", "a date is missing here", "  ^", ""),
            ("", "a date is missing here", "^", ""),
            ("  hiver ", "", "  ^^^^^", ""),
            ("7", "", "^", ""),
            ("2025-07-14-15", "", "^^^^^^^^^^^^^", ""),
            ("12:99", "", "^^^^^", ""),
            ("2025+07", "", "^^^^^^^", ""),
        ] {
            fails(typed, message, marks, hint);
        }
    }

    proptest! {
        #[test]
        fn any_text_is_a_date_or_an_error_in_its_place(
            typed in "(\\PC{0,6}|[0-9]{1,10}|[dwmyhjqts><=.\\[\\] :TZ+/-]|hier|juil|TO|last_){0,6}",
            now in any::<i64>(),
        ) {
            let options = ParseOptions { now, zone: TimeZone::UTC };
            match date_range(&typed, &options) {
                Ok(range) => {
                    prop_assert!(range.from.is_none() || range.until.is_none() || range.from < range.until);
                    prop_assert_eq!(date_range(&range.to_string(), &options).unwrap(), range);
                }
                Err(error) => prop_assert!(typed.get(error.place().unwrap().span.clone()).is_some()),
            }
        }

        #[test]
        fn every_day_is_a_day_and_lies_in_its_month_and_week(days in -300_000i64..300_000) {
            let day = date(1970, 1, 1).checked_add(Span::new().days(days)).unwrap();
            let at = days * 86_400;
            let read = |typed: String| date_range(&typed, &options()).unwrap();
            prop_assert_eq!(read(day.to_string()), DateRange { from: Some(at), until: Some(at + 86_400) });
            prop_assert_eq!(read(day.to_string()), read(day.strftime("%d/%m/%Y").to_string()));
            let week = day.iso_week_date();
            for period in [day.strftime("%Y-%m").to_string(), format!("{}-W{}", week.year(), week.week())] {
                prop_assert!(read(period.clone()).contains(at) && read(period.clone()).contains(at + 86_399), "{}", period);
            }
        }
    }
}
