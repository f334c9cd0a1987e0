//! When an article was published, how exactly that is known, and where it was read.

use serde::{Deserialize, Serialize};

/// A publication date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    /// Seconds since 1970-01-01T00:00:00 UTC; at day precision, the first second of that day in UTC.
    pub at: i64,
    /// How exactly it is known.
    pub precision: Precision,
    /// Where it was read.
    pub origin: DateOrigin,
}

impl Published {
    /// Returns the year in UTC; `None` outside the calendar.
    pub fn year(&self) -> Option<i16> {
        let at = jiff::Timestamp::from_second(self.at).ok()?;
        Some(jiff::tz::TimeZone::UTC.to_datetime(at).year())
    }
}

/// How exactly a date is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Precision {
    /// With a time of day.
    Second,
    /// The day alone.
    Day,
}

/// Where a date was read, from the surest to the least sure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum DateOrigin {
    /// A field of the format: JSON, CSV, JSON-LD, a `meta` element.
    Metadata,
    /// The front matter of a Markdown file.
    FrontMatter,
    /// A "Publié le" or "Published" line.
    Byline,
    /// The dateline that opens the text, with its year.
    Dateline,
    /// A dateline without a year, which the file's name or time gave.
    DatelineNoYear,
    /// The name of the file or of a folder above it.
    FileName,
    /// The properties of a Word or RTF document: when it was made.
    Properties,
    /// The file's modification time.
    FileTime,
}

impl DateOrigin {
    /// Every origin, in order: each at the place of its number.
    pub const ALL: [DateOrigin; 8] = [
        DateOrigin::Metadata,
        DateOrigin::FrontMatter,
        DateOrigin::Byline,
        DateOrigin::Dateline,
        DateOrigin::DatelineNoYear,
        DateOrigin::FileName,
        DateOrigin::Properties,
        DateOrigin::FileTime,
    ];

    /// Returns the name used in JSON and on the screen, such as `file_name`.
    pub fn name(self) -> &'static str {
        match self {
            DateOrigin::Metadata => "metadata",
            DateOrigin::FrontMatter => "front_matter",
            DateOrigin::Byline => "byline",
            DateOrigin::Dateline => "dateline",
            DateOrigin::DatelineNoYear => "dateline_no_year",
            DateOrigin::FileName => "file_name",
            DateOrigin::Properties => "properties",
            DateOrigin::FileTime => "file_time",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_origin_is_at_the_place_of_its_number() {
        for (number, origin) in DateOrigin::ALL.into_iter().enumerate() {
            assert_eq!(origin as usize, number, "{}", origin.name());
        }
    }
}
