//! The calendar as counts need it: time cut into years, quarters, months, ISO weeks, days or hours, in
//! UTC. Each span of a unit has a number, and the next span has the next one, so that a timeline with
//! its empty spans is a range of numbers.

use jiff::civil::{Date, date};

/// How time is cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TimeUnit {
    /// Calendar years.
    Year,
    /// Quarters of a year.
    Quarter,
    /// Calendar months.
    Month,
    /// Weeks that begin on Monday (ISO 8601).
    Week,
    /// Days.
    Day,
    /// Hours.
    Hour,
}

const DAY: i64 = 86_400;
const HOUR: i64 = 3_600;
/// The Monday of the week of 1970-01-01, in days from that day.
const FIRST_MONDAY: i64 = -3;

impl TimeUnit {
    /// Returns the number of the span that holds `at`, in seconds since 1970 UTC; `None` outside the calendar.
    pub fn span_of(self, at: i64) -> Option<i64> {
        let day = at.div_euclid(DAY);
        let date = day_of(day)?;
        let (year, month) = (i64::from(date.year()), i64::from(date.month()) - 1);
        Some(match self {
            TimeUnit::Year => year,
            TimeUnit::Quarter => year * 4 + month / 3,
            TimeUnit::Month => year * 12 + month,
            TimeUnit::Week => (day - FIRST_MONDAY).div_euclid(7),
            TimeUnit::Day => day,
            TimeUnit::Hour => at.div_euclid(HOUR),
        })
    }

    /// Returns the first second of a span; `None` outside the calendar.
    pub fn start(self, span: i64) -> Option<i64> {
        let first = |year: i64, month: i64| {
            let year = i16::try_from(year).ok()?;
            days_of(Date::new(year, month as i8 + 1, 1).ok()?)?.checked_mul(DAY)
        };
        match self {
            TimeUnit::Year => first(span, 0),
            TimeUnit::Quarter => first(span.div_euclid(4), span.rem_euclid(4) * 3),
            TimeUnit::Month => first(span.div_euclid(12), span.rem_euclid(12)),
            TimeUnit::Week => span.checked_mul(7)?.checked_add(FIRST_MONDAY)?.checked_mul(DAY),
            TimeUnit::Day => span.checked_mul(DAY),
            TimeUnit::Hour => span.checked_mul(HOUR),
        }
    }

    /// Returns a span as people and the query language write it: `2025`, `2025-Q3`, `2025-07`, `2025-W28`,
    /// `2025-07-17`, `2025-07-17T08`; its number outside the calendar.
    pub fn name(self, span: i64) -> String {
        let name = || {
            let start = self.start(span)?;
            let date = day_of(start.div_euclid(DAY))?;
            Some(match self {
                TimeUnit::Year => format!("{:04}", date.year()),
                TimeUnit::Quarter => format!("{:04}-Q{}", date.year(), span.rem_euclid(4) + 1),
                TimeUnit::Month => format!("{:04}-{:02}", date.year(), date.month()),
                TimeUnit::Week => {
                    let week = date.iso_week_date();
                    format!("{:04}-W{:02}", week.year(), week.week())
                }
                TimeUnit::Day => date.to_string(),
                TimeUnit::Hour => format!("{date}T{:02}", span.rem_euclid(24)),
            })
        };
        name().unwrap_or_else(|| span.to_string())
    }
}

fn day_of(day: i64) -> Option<Date> {
    date(1970, 1, 1).checked_add(jiff::Span::new().try_days(day).ok()?).ok()
}

fn days_of(day: Date) -> Option<i64> {
    date(1970, 1, 1).until(day).ok().map(|span| span.get_days().into())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const UNITS: [TimeUnit; 6] =
        [TimeUnit::Year, TimeUnit::Quarter, TimeUnit::Month, TimeUnit::Week, TimeUnit::Day, TimeUnit::Hour];

    #[test]
    fn spans_have_the_names_that_people_write() {
        // 2024-12-30 is a Monday, of the first week of 2025.
        let monday = 1_735_516_800;
        for (unit, at, want) in [
            (TimeUnit::Year, monday, "2024"),
            (TimeUnit::Quarter, monday, "2024-Q4"),
            (TimeUnit::Month, monday, "2024-12"),
            (TimeUnit::Week, monday, "2025-W01"),
            (TimeUnit::Week, monday - 1, "2024-W52"),
            (TimeUnit::Day, monday - 1, "2024-12-29"),
            (TimeUnit::Hour, monday - 1, "2024-12-29T23"),
            (TimeUnit::Month, -1, "1969-12"),
        ] {
            assert_eq!(unit.span_of(at).map(|span| unit.name(span)).as_deref(), Some(want));
        }
        for unit in UNITS {
            for far in [i64::MIN, i64::MAX] {
                assert_eq!((unit.span_of(far), unit.start(far), unit.name(far)), (None, None, far.to_string()));
            }
        }
    }

    proptest! {
        #[test]
        fn a_moment_lies_in_its_span_and_spans_follow_one_another(at in -60_000_000_000i64..250_000_000_000) {
            for unit in UNITS {
                let span = unit.span_of(at).unwrap();
                let (start, next) = (unit.start(span).unwrap(), unit.start(span + 1).unwrap());
                prop_assert!(start <= at && at < next, "{unit:?} {at}");
                prop_assert_eq!(unit.span_of(start), Some(span));
                prop_assert_eq!(unit.span_of(next), Some(span + 1));
                prop_assert_ne!(unit.name(span), unit.name(span + 1));
            }
        }
    }
}
