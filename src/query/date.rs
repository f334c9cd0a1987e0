//! Dates as people type them, in French and English, read as intervals of seconds.
//!
//! An end is inclusive as typed and exclusive as read: `2025-07..2025-08` holds the whole of August.
//! Days begin where the time zone of [`ParseOptions`] begins them. The day comes before the month.

use std::ops::Range;

use super::moment::{FORMS, Moment, Spoken};
use super::range::{comparison, sides};
use super::scan::closers;
use super::{DateRange, ParseOptions};
use crate::error::{Error, Result};
use crate::wording::Bilingual;

/// Returns the interval that `text` names: `2025-07`, `2025-T3`, `7d`, `hier`, `2025-07..2025-08`.
///
/// A length of time such as `7d` begins with the day that long before [`ParseOptions::now`] (`24h` at the instant) and has
/// no end. A weekday is the last one, today included.
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

impl<'t> Reader<'t> {
    /// Reads a date, a range or a comparison at `span`.
    pub(super) fn range(self, span: Range<usize>) -> Result<DateRange> {
        let span = self.trimmed(span);
        let typed = &self.text[span.clone()];
        let range = if let Some(inside) = typed.strip_prefix(['[', '{']) {
            let inside = inside.strip_suffix([']', '}']).unwrap_or(inside);
            let start = span.start + 1;
            let Some((left, right)) = sides(inside) else {
                return Err(self
                    .error(said!("`{typed}` is not an interval", "`{typed}` n’est pas un intervalle"), span)
                    .hint(("write `[2025-07 TO 2025-08]`", "écrivez `[2025-07 TO 2025-08]`")));
            };
            let included = (typed.starts_with('['), typed.ends_with(']'));
            self.between(&span, start..start + left, start + right..start + inside.len(), included)?
        } else if let Some((sign, after)) = comparison(typed) {
            let moment = self.moment(span.start + sign.len()..span.end, after, &span)?;
            match sign {
                ">=" | "≥" => DateRange { from: Some(moment.from), until: None },
                ">" => DateRange { from: Some(moment.until), until: None },
                "<=" | "≤" => DateRange { from: None, until: Some(moment.until) },
                _ => DateRange { from: None, until: Some(moment.from) },
            }
        } else if let Some((at, dots)) = typed.find("..").map(|at| (at, "..")).or(typed.find('…').map(|at| (at, "…")))
        {
            self.between(&span, span.start..span.start + at, span.start + at + dots.len()..span.end, (true, true))?
        } else {
            let moment = self.moment(span.clone(), typed, &span)?;
            DateRange { from: Some(moment.from), until: (!moment.is_back).then_some(moment.until) }
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

    /// Reads the date at `span` as the one before which an interval ends.
    pub(super) fn before(self, span: Range<usize>) -> Result<DateRange> {
        let moment = self.single(span)?;
        Ok(DateRange { from: None, until: Some(moment.from) })
    }

    /// Reads the date at `span` as the one after which an interval begins.
    pub(super) fn after(self, span: Range<usize>) -> Result<DateRange> {
        let moment = self.single(span)?;
        Ok(DateRange { from: Some(moment.until), until: None })
    }

    fn single(self, span: Range<usize>) -> Result<Moment> {
        let typed = &self.text[span.clone()];
        if typed.contains("..") || typed.contains(['[', '{']) || comparison(typed.trim()).is_some() {
            return Err(self
                .error(
                    said!("one date is wanted here, not `{typed}`", "il faut ici une seule date, non `{typed}`"),
                    span,
                )
                .hint((
                    "give a single date, such as `2025-07`, or use `date:` for an interval",
                    "donnez une seule date, comme `2025-07`, ou `date:` pour un intervalle",
                )));
        }
        self.moment(span.clone(), typed, &span)
    }

    /// Reads an interval at `whole` by its two sides, of which one may be empty or a star, each with whether
    /// it lies inside.
    fn between(
        self,
        whole: &Range<usize>,
        left: Range<usize>,
        right: Range<usize>,
        included: (bool, bool),
    ) -> Result<DateRange> {
        let (left, right) = (self.trimmed(left), self.trimmed(right));
        let side = |span: Range<usize>| match &self.text[span.clone()] {
            "" | "*" => Ok(None),
            typed => self.moment(span, typed, whole).map(Some),
        };
        let (from, until) = (side(left.clone())?, side(right.clone())?);
        let starts = from.as_ref().zip(until.as_ref()).map(|(from, until)| (from.from, until.from));
        let range = DateRange {
            from: from.map(|moment| if included.0 { moment.from } else { moment.until }),
            until: until.map(|moment| if included.1 { moment.until } else { moment.from }),
        };
        match (range.from, range.until) {
            (None, None) => {
                Err(self.error(("the interval has no date", "l’intervalle n’a pas de date"), whole.clone()).hint(FORMS))
            }
            // In order, and nothing lies between, as the ends are left out.
            (Some(from), Some(until)) if from >= until && starts.is_some_and(|(from, until)| from <= until) => {
                let message = ("the interval is empty", "l’intervalle est vide");
                Err(self.error(message, whole.clone()).hint((
                    "`[` and `]` take the ends in, `{` and `}` leave them out",
                    "`[` et `]` comprennent les bornes, `{` et `}` les excluent",
                )))
            }
            (Some(from), Some(until)) if from >= until => Err(self
                .error(("the interval ends before it begins", "l’intervalle finit avant de commencer"), whole.clone())
                .hint(said!(
                    "did you mean `{}..{}`?",
                    "vouliez-vous dire `{}..{}` ?",
                    &self.text[right.clone()],
                    &self.text[left.clone()]
                ))),
            _ => Ok(range),
        }
    }

    /// Reads one date, `typed`, at `span`, which may be an end of the interval at `whole`.
    fn moment(self, span: Range<usize>, typed: &str, whole: &Range<usize>) -> Result<Moment> {
        let span = self.trimmed(span);
        if typed.trim().is_empty() {
            return Err(self.error(("a date is missing here", "il manque une date ici"), span).hint(FORMS));
        }
        if typed.trim().starts_with(['-', '+']) {
            let message = ("no sign stands before a date", "aucun signe ne se met devant une date");
            return Err(self.error(message, span).hint(("`7d` is seven days back", "`7d` remonte de sept jours")));
        }
        Spoken { text: self.text, span, within: whole.clone(), options: self.options }.moment()
    }

    /// Returns the place of what stands in `span` without white space, and without the quotation marks around it.
    fn trimmed(self, span: Range<usize>) -> Range<usize> {
        let inside = self.text[span].trim();
        let quoted = inside.chars().next().and_then(|open| {
            let closers = closers(open)?;
            let quoted = inside[open.len_utf8()..].strip_suffix(closers)?;
            (!quoted.contains(closers)).then_some(quoted)
        });
        let inside = quoted.map_or(inside, str::trim);
        let start = inside.as_ptr() as usize - self.text.as_ptr() as usize;
        start..start + inside.len()
    }

    fn error(self, message: impl Into<Bilingual>, span: Range<usize>) -> Error {
        Error::refused("bad_date", message, self.text, span)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use jiff::tz::{TimeZone, offset};
    use jiff::{Span, Timestamp};
    use proptest::prelude::*;

    use super::*;
    use crate::query::caret;

    /// 14 July 2025, a Monday, 15:30 in UTC.
    const NOW: i64 = 1_752_507_000;

    fn options() -> ParseOptions {
        ParseOptions { now: NOW, ..ParseOptions::default() }
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
        assert_eq!(error.advice().unwrap_or_default(), if hint.is_empty() { FORMS.0 } else { hint }, "{typed}");
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
            ("lundi dernier", "2025-07-07..2025-07-07"),
            ("last_tuesday", "2025-07-08..2025-07-08"),
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
    fn lengths_of_time_count_back_from_today_and_hours_from_now() {
        for (typed, want) in [
            ("7d", "2025-07-07.."),
            ("7j", "2025-07-07.."),
            ("3w", "2025-06-23.."),
            ("3s", "2025-06-23.."),
            ("2m", "2025-05-14.."),
            ("1y", "2024-07-14.."),
            ("1a", "2024-07-14.."),
            ("30 jours", "2025-06-14.."),
            ("30d..7d", "2025-06-14..2025-07-07"),
            ("<7d", "..2025-07-06"),
            (">7d", "2025-07-08.."),
        ] {
            check(typed, want);
        }
        for (typed, from, until) in [
            ("24h", Some(NOW - 86_400), None),
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
        let day = date_range("2025-07-07", &options()).unwrap();
        assert_eq!(date_until("7d", &options()).unwrap(), DateRange { from: None, ..day });
        assert_eq!(date_until("24h", &options()).unwrap().until, Some(NOW - 86_400));
        for typed in ["2025-07..2025-08", ">2025", "[2025 TO 2026]"] {
            assert!(date_since(typed, &options()).is_err(), "{typed}");
            assert!(date_until(typed, &options()).is_err(), "{typed}");
        }
    }

    #[test]
    fn days_begin_where_the_reader_lives() {
        let east = ParseOptions { now: NOW, zone: offset(2).to_time_zone(), ..ParseOptions::default() };
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
                "{2025-07 TO 2025-08}",
                "the interval is empty",
                "^^^^^^^^^^^^^^^^^^^^",
                "`[` and `]` take the ends in, `{` and `}` leave them out",
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
                "999999d",
                "unknown date `999999d`: it is out of reach",
                "^^^^^^^",
                "telex reads dates of the years 1000 to 9998",
            ),
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
            let options = ParseOptions { now, ..ParseOptions::default() };
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
