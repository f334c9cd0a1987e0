//! Dates as every format writes them: RFC 3339 in UTC, or the day alone when no more is known.

use crate::article::{Precision, Published};

/// Returns `2025-07-17T08:30:00Z`, or `2025-07-17` for a date known to the day; the seconds since 1970
/// outside the calendar.
pub fn date(published: &Published) -> String {
    let Ok(at) = jiff::Timestamp::from_second(published.at) else { return published.at.to_string() };
    match published.precision {
        Precision::Second => at.to_string(),
        Precision::Day => jiff::tz::TimeZone::UTC.to_datetime(at).date().to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::DateOrigin;

    #[test]
    fn dates() {
        let show = |at, precision| date(&Published { at, precision, origin: DateOrigin::Metadata });
        assert_eq!(show(1_752_741_000, Precision::Second), "2025-07-17T08:30:00Z");
        assert_eq!(show(1_752_741_000, Precision::Day), "2025-07-17");
        assert_eq!(show(i64::MAX, Precision::Day), i64::MAX.to_string());
    }
}
