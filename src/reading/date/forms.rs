//! One parser for a date as anyone writes it: machine forms, French, English, numbers alone. It says
//! what is written, not whether that is plausible: bounds and precedence are the room's own.

use jiff::civil::{Date, DateTime, Time};

use super::names;
use super::zone::{self, Zone};
use crate::reading::letters;

/// A date as written, which may lack its year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written {
    /// The year, if it is written.
    pub year: Option<i16>,
    /// From 1 to 12.
    pub month: i8,
    /// From 1 to 31.
    pub day: i8,
    /// Whether day and month could change places: `03/04/2025`.
    pub swappable: bool,
    /// The time of day.
    pub time: Option<Time>,
    /// The zone of that time.
    pub zone: Option<Zone>,
}

/// Which number comes first in a date like `03/04/2025`, where both could be the month.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// As in France and Britain.
    #[default]
    DayFirst,
    /// As in the United States.
    MonthFirst,
}

/// Reads `text`, which is a date and nothing else (a comment in brackets or a dot may follow).
pub fn whole(text: &str, order: Order) -> Option<Written> {
    let text = text.trim().trim_matches(['"', '\'']);
    if let Some(written) = digits_alone(text) {
        return Some(written);
    }
    let (written, length) = leading(text, order)?;
    let rest = text.get(length..)?.trim();
    let comment = |open, close| rest.starts_with(open) && rest.ends_with(close);
    (matches!(rest, "" | "." | ";" | ",") || comment('(', ')') || comment('[', ']')).then_some(written)
}

/// Reads a date at the start of `text`, with its time of day if one follows or precedes it; returns
/// it with the bytes it takes.
pub fn leading(text: &str, order: Order) -> Option<(Written, usize)> {
    let text = letters::head(text, LONGEST);
    let start = Cursor { rest: text };
    let (written, end) = date_then_time(start, order).or_else(|| time_then_date(start, order))?;
    Some((written, text.len() - end.rest.len()))
}

impl Written {
    /// Returns the day in its own year, or in `year` if none is written; with the second reading
    /// (day and month changed) where there is one. Days that do not exist are left out.
    pub fn days(&self, year: Option<i16>) -> impl Iterator<Item = Date> + use<> {
        let year = self.year.or(year);
        let first = year.and_then(|year| Date::new(year, self.month, self.day).ok());
        let second = year.filter(|_| self.swappable).and_then(|year| Date::new(year, self.day, self.month).ok());
        first.into_iter().chain(second)
    }

    /// Returns the seconds since 1970 UTC of this date on `day`; without a zone the time is UTC.
    pub fn seconds(&self, day: Date) -> Option<i64> {
        let time = self.time.filter(|_| self.zone != Some(Zone::Unknown));
        let local = day.to_datetime(time.unwrap_or(Time::midnight()));
        self.zone.filter(|_| time.is_some()).unwrap_or(Zone::Fixed(0)).seconds(local)
    }

    /// Returns whether a time of day is known. A midnight without a zone is how many programs write
    /// a day alone.
    pub fn has_time(&self) -> bool {
        self.zone != Some(Zone::Unknown)
            && self.time.is_some_and(|time| time != Time::midnight() || self.zone.is_some())
    }
}

/// No written date is longer than this many bytes.
const LONGEST: usize = 96;

/// A place in a text. Copied to try one reading and come back.
#[derive(Clone, Copy)]
struct Cursor<'a> {
    rest: &'a str,
}

impl<'a> Cursor<'a> {
    fn skip(self, bytes: usize) -> Cursor<'a> {
        Cursor { rest: self.rest.get(bytes..).unwrap_or_default() }
    }

    fn spaces(self) -> Cursor<'a> {
        Cursor { rest: self.rest.trim_start() }
    }

    fn eat(self, c: char) -> Option<Cursor<'a>> {
        self.rest.strip_prefix(c).map(|rest| Cursor { rest })
    }

    /// Passes over any of these characters.
    fn over(self, characters: &[char]) -> Cursor<'a> {
        Cursor { rest: self.rest.trim_start_matches(characters) }
    }

    /// Reads a run of at most 18 digits: its value and how many there are.
    fn number(self) -> Option<(i64, usize, Cursor<'a>)> {
        let run = self.rest.bytes().take_while(u8::is_ascii_digit).count();
        if !(1..=18).contains(&run) {
            return None;
        }
        Some((self.rest[..run].parse().ok()?, run, self.skip(run)))
    }

    /// Reads a number of one or two digits between the bounds.
    fn small(self, from: i64, to: i64) -> Option<(i8, Cursor<'a>)> {
        let (value, run, after) = self.number()?;
        (run <= 2 && (from..=to).contains(&value)).then_some((value as i8, after))
    }

    /// Reads a run of letters.
    fn word(self) -> Option<(&'a str, Cursor<'a>)> {
        let letter = |c: char| c.is_alphabetic() || ('\u{300}'..='\u{36f}').contains(&c);
        let length = self.rest.find(|c| !letter(c)).unwrap_or(self.rest.len());
        (length > 0).then(|| (&self.rest[..length], self.skip(length)))
    }

    /// Passes over one of these plain words, if it stands here.
    fn optional(self, words: &[&str]) -> Cursor<'a> {
        let found = words.iter().find_map(|word| letters::strip_word(self.rest, word));
        found.map_or(self, |length| self.skip(length).spaces())
    }

    /// Passes over spaces and the one of these plain words that stands behind them.
    fn behind(self, words: &[&str]) -> Option<Cursor<'a>> {
        let next = self.spaces();
        words.iter().find_map(|word| letters::strip_word(next.rest, word)).map(|length| next.skip(length))
    }
}

fn date_then_time(start: Cursor<'_>, order: Order) -> Option<(Written, Cursor<'_>)> {
    let start = start.spaces().optional(&["le", "the", "on"]);
    let day = weekday(start).and_then(|(weekday, after)| calendar(after, order).map(|found| (Some(weekday), found)));
    let (weekday, (mut written, mut end)) = day.or_else(|| calendar(start, order).map(|found| (None, found)))?;
    if let Some((time, zone, after)) = time_after(end) {
        (written.time, written.zone, end) = (Some(time), zone, after);
    }
    // `Tue Mar 01 08:22:33 +0000 2016`: the year comes last.
    if written.year.is_none()
        && written.time.is_some()
        && let Some((year, 4, after)) = end.spaces().number()
    {
        (written.year, end) = (Some(year as i16), after);
    }
    settle_order(&mut written, weekday);
    Some((written, end))
}

/// Reads `09:30, 14 juillet 2025` and `3:15 PM EDT on July 13, 2025`.
fn time_then_date(start: Cursor<'_>, order: Order) -> Option<(Written, Cursor<'_>)> {
    let (time, zone, after) = clock(start.spaces())?;
    let after = after.over(BETWEEN).optional(&["le", "the", "on"]);
    let day = weekday(after).and_then(|(weekday, after)| calendar(after, order).map(|found| (Some(weekday), found)));
    let (weekday, (mut written, end)) = day.or_else(|| calendar(after, order).map(|found| (None, found)))?;
    (written.time, written.zone) = (Some(time), zone);
    settle_order(&mut written, weekday);
    Some((written, end))
}

/// What may stand between a day and its time.
const BETWEEN: &[char] = &[' ', '\u{a0}', '\u{202f}', ',', '•', '·', '|', '-', '–', '—', '@', '/', '\t'];

/// A weekday beside a date tells which of two readings is meant.
fn settle_order(written: &mut Written, weekday: Option<i8>) {
    let (true, Some(weekday)) = (written.swappable, weekday) else { return };
    let fits = |day: Date| day.weekday().to_monday_one_offset() == weekday;
    let mut days = written.days(None);
    let (Some(first), Some(second)) = (days.next(), days.next()) else { return };
    if fits(first) != fits(second) {
        if fits(second) {
            (written.month, written.day) = (written.day, written.month);
        }
        written.swappable = false;
    }
}

fn weekday(start: Cursor<'_>) -> Option<(i8, Cursor<'_>)> {
    let (word, after) = start.word()?;
    let weekday = names::weekday(word)?;
    Some((weekday, after.over(&['.', ',', ' ', '\u{a0}', '\u{202f}']).optional(&["le", "the"])))
}

/// Reads day, month and year in any of their orders.
fn calendar(start: Cursor<'_>, order: Order) -> Option<(Written, Cursor<'_>)> {
    match start.rest.chars().next()? {
        c if c.is_ascii_digit() => numeric(start, order).or_else(|| day_month(start)),
        c if c.is_alphabetic() => month_day(start),
        _ => None,
    }
}

/// Reads `2025-07-14`, `20250714`, `14/07/2025`, `14.07.25`.
fn numeric(start: Cursor<'_>, order: Order) -> Option<(Written, Cursor<'_>)> {
    let (first, run, after) = start.number()?;
    if run == 8 {
        return Some((day_of(first / 10_000, first / 100 % 100, first % 100)?, after));
    }
    let mark = after.rest.chars().next().filter(|c| matches!(c, '/' | '-' | '.'))?;
    let (second, second_run, after) = after.eat(mark)?.number()?;
    let (third, third_run, after) = after.eat(mark)?.number()?;
    // A fourth part makes it an address or a version.
    if second_run > 2 || after.eat(mark).is_some_and(|next| next.number().is_some()) {
        return None;
    }
    match (run, third_run) {
        (4, 1 | 2) => Some((day_of(first, second, third)?, after)),
        (2, 2) if first > 31 => Some((day_of(full_year(first), second, third)?, after)),
        (1 | 2, 2 | 4) => {
            let year = if third_run == 2 { full_year(third) } else { third };
            let month_first = mark != '.' && order == Order::MonthFirst;
            let (month, day) = match (first > 12, second > 12) {
                (false, true) => (first, second),
                (true, false) => (second, first),
                _ if month_first => (first, second),
                _ => (second, first),
            };
            let mut written = day_of(year, month, day)?;
            written.swappable = mark != '.' && first <= 12 && second <= 12 && first != second;
            Some((written, after))
        }
        _ => None,
    }
}

/// Reads `1er août 2025`, `14-Jul-2025`, `13 July`.
fn day_month(start: Cursor<'_>) -> Option<(Written, Cursor<'_>)> {
    let (day, after) = start.small(1, 31)?;
    let after = ordinal(after).over(JOINTS).optional(&["of", "de"]);
    let (month, after) = month(after)?;
    Some(with_year(month, day, after))
}

/// Reads `July 13, 2025`, `Jul 13 2025`, `août 1er 2025`.
fn month_day(start: Cursor<'_>) -> Option<(Written, Cursor<'_>)> {
    let (month, after) = month(start)?;
    let (day, after) = after.over(JOINTS).optional(&["the"]).small(1, 31)?;
    // `March 2.5` and `May 10%` are no days, nor is the hour of `May 10:30`.
    if followed_by_figures(after) {
        return None;
    }
    Some(with_year(month, day, ordinal(after)))
}

const JOINTS: &[char] = &[' ', '\u{a0}', '\u{202f}', '-', '/', '_', '.'];

fn ordinal(start: Cursor<'_>) -> Cursor<'_> {
    let endings = ["er", "e", "st", "nd", "rd", "th", "\u{1d49}\u{2b3}"];
    match start.word() {
        Some((word, after)) if endings.iter().any(|ending| letters::same(word, ending)) => after,
        _ => start,
    }
}

fn month(start: Cursor<'_>) -> Option<(i8, Cursor<'_>)> {
    let (word, after) = start.word()?;
    let month = names::month(word)?;
    Some((month, after.eat('.').unwrap_or(after)))
}

/// Adds the year if one follows: four digits, or two where a dash, an apostrophe or a time of day
/// makes it plain.
fn with_year(month: i8, day: i8, after: Cursor<'_>) -> (Written, Cursor<'_>) {
    let bare = Written { year: None, month, day, swappable: false, time: None, zone: None };
    let dashed = after.rest.starts_with(['-', '/', '_']);
    let mut next = after.over(&[',', ' ', '\u{a0}', '\u{202f}', '-', '/', '_', '.']).optional(&["of", "de"]);
    let apostrophe = next.rest.starts_with(['\'', '\u{2019}']);
    if apostrophe {
        next = next.over(&['\'', '\u{2019}']);
    }
    match next.number() {
        Some((year, 4, end)) if (1000..3000).contains(&year) && !followed_by_figures(end) => {
            (Written { year: Some(year as i16), ..bare }, end)
        }
        Some((year, 2, end))
            if !followed_by_figures(end)
                && (dashed && !after.rest.starts_with("--") || apostrophe || clock(end.spaces()).is_some()) =>
        {
            (Written { year: Some(full_year(year) as i16), ..bare }, end)
        }
        _ => (bare, after),
    }
}

/// Whether the number read goes on: `2025,5`, `10:30`, `10%`.
fn followed_by_figures(after: Cursor<'_>) -> bool {
    let mut characters = after.rest.chars();
    match characters.next() {
        Some('%' | '$' | '€' | '£') => true,
        Some('.' | ',' | ':') => characters.next().is_some_and(|c| c.is_ascii_digit()),
        _ => false,
    }
}

fn day_of(year: i64, month: i64, day: i64) -> Option<Written> {
    let possible = (1000..3000).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    possible.then_some(Written {
        year: Some(year as i16),
        month: month as i8,
        day: day as i8,
        swappable: false,
        time: None,
        zone: None,
    })
}

/// Two digits: 00 to 69 are of this century, 70 to 99 of the last.
fn full_year(two_digits: i64) -> i64 {
    if two_digits < 70 { 2000 + two_digits } else { 1900 + two_digits }
}

/// Reads a time of day after a date: `T09:30:00Z`, ` à 12h45`, `, 3:15 PM EDT`.
fn time_after(end: Cursor<'_>) -> Option<(Time, Option<Zone>, Cursor<'_>)> {
    if let Some(after) = end.eat('T').or_else(|| end.eat('t')) {
        return clock(after).or_else(|| packed_clock(after));
    }
    let next = end.over(BETWEEN);
    if next.rest.len() == end.rest.len() && !end.rest.starts_with(':') {
        return None;
    }
    let next = next.eat(':').map_or(next, Cursor::spaces);
    if let Some(inner) = next.eat('(').or_else(|| next.eat('[')) {
        let (time, zone, after) = clock(inner)?;
        return Some((time, zone, after.eat(')').or_else(|| after.eat(']'))?));
    }
    let after_word = next.optional(&["a", "at", "around", "vers", "t"]);
    clock(after_word).or_else(|| {
        let (time, zone, after) = hour_alone(after_word)?;
        let called = after_word.rest.len() < next.rest.len();
        // `– 18 h` that ends the line; `– 18 heures de débat` is no time of day.
        let dashed = end.rest.trim_start().starts_with(['-', '–', '—']) && after.spaces().rest.is_empty();
        (called || dashed).then_some((time, zone, after))
    })
}

/// Reads `09:30`, `9:30:15.25`, `12h45`, `12 h 45`, `3 PM`, `8.30pm`, with a zone if one follows.
fn clock(start: Cursor<'_>) -> Option<(Time, Option<Zone>, Cursor<'_>)> {
    let (hour, after) = start.small(0, 23)?;
    if let Some(afternoon) = half_of_day(after) {
        return finish(twelve_hours(hour, afternoon.0)?, 0, 0, afternoon.1);
    }
    let next = after.spaces();
    let hours = next.behind(&["heures"]).or_else(|| next.eat('h')).or_else(|| next.eat('H'));
    let (after, dotted) = match (after.eat(':'), hours, after.eat('.')) {
        (Some(after), _, _) => (after, false),
        (None, Some(after), _) => (after.spaces(), false),
        (None, None, Some(after)) => (after, true),
        _ => return None,
    };
    let (minute, run, after) = after.number()?;
    if run != 2 || minute > 59 {
        return None;
    }
    let (second, after) = match after.eat(':').and_then(|after| after.small(0, 60)) {
        Some((second, after)) => (second.min(59), fraction(after)),
        None => (0, after),
    };
    if let Some((afternoon, after)) = half_of_day(after) {
        return finish(twelve_hours(hour, afternoon)?, minute, second, after);
    }
    // `8 h 05 min`
    let after = Some(after).filter(|_| hours.is_some()).and_then(|after| after.behind(MINUTES)).unwrap_or(after);
    let named = after.behind(HOURS);
    // `7.15` alone is a number; hours or a zone behind it make it a time.
    finish(hour, minute, second, named.unwrap_or(after))
        .filter(|(_, zone, _)| !dotted || named.is_some() || zone.is_some())
}

/// What may stand behind the figures of a time of day.
const HOURS: &[&str] = &["hrs", "hours", "heures"];
const MINUTES: &[&str] = &["min", "mn", "minutes"];

/// Reads `165940`, `1659`, `16` after a `T`.
fn packed_clock(start: Cursor<'_>) -> Option<(Time, Option<Zone>, Cursor<'_>)> {
    let (value, run, after) = start.number()?;
    let (hour, minute, second) = match run {
        6 => (value / 10_000, value / 100 % 100, value % 100),
        4 => (value / 100, value % 100, 0),
        2 => (value, 0, 0),
        _ => return None,
    };
    (hour < 24 && second <= 60).then_some(())?;
    finish(hour as i8, minute, (second as i8).min(59), fraction(after))
}

/// Hours that have a name.
const NAMED: &[(&str, i8)] = &[("midi", 12), ("noon", 12), ("minuit", 0), ("midnight", 0)];

/// Reads `18h` and `midi`, which are times only after `à`.
fn hour_alone(start: Cursor<'_>) -> Option<(Time, Option<Zone>, Cursor<'_>)> {
    let Some((hour, after)) = start.small(0, 23) else {
        let (word, after) = start.word()?;
        let (_, hour) = NAMED.iter().find(|(name, _)| letters::same(word, name))?;
        return finish(*hour, 0, 0, after);
    };
    let (word, after) = after.spaces().word()?;
    ["h", "heures"].iter().any(|hours| letters::same(word, hours)).then_some(())?;
    finish(hour, 0, 0, after)
}

fn fraction(after: Cursor<'_>) -> Cursor<'_> {
    let digits = after.eat('.').or_else(|| after.eat(',')).and_then(Cursor::number);
    digits.map_or(after, |(_, _, end)| end)
}

/// Reads `am`, `PM`, `p.m.`; returns whether it is the afternoon.
fn half_of_day(after: Cursor<'_>) -> Option<(bool, Cursor<'_>)> {
    let after = after.spaces();
    for (mark, afternoon) in [("a.m.", false), ("p.m.", true), ("a.m", false), ("p.m", true)] {
        if let Some(length) = letters::strip(after.rest, mark) {
            return Some((afternoon, after.skip(length)));
        }
    }
    for (mark, afternoon) in [("am", false), ("pm", true)] {
        if let Some(length) = letters::strip_word(after.rest, mark) {
            return Some((afternoon, after.skip(length)));
        }
    }
    None
}

fn twelve_hours(hour: i8, afternoon: bool) -> Option<i8> {
    match (hour, afternoon) {
        (12, false) => Some(0),
        (1..=11, true) => Some(hour + 12),
        (0..=12, _) => Some(hour),
        // `15:30 PM` is written too; the hour says enough.
        (_, true) => Some(hour),
        _ => None,
    }
}

fn finish(hour: i8, minute: i64, second: i8, after: Cursor<'_>) -> Option<(Time, Option<Zone>, Cursor<'_>)> {
    let time = Time::new(hour, i8::try_from(minute).ok()?, second, 0).ok()?;
    let near = zone::leading(after.rest).map(|found| (found, after));
    let far = || {
        let next = after.spaces();
        // ` -05` after a space is the start of something else; ` -0500` is a zone.
        let zone = zone::leading(next.rest).filter(|(_, length)| !next.rest.starts_with('-') || *length >= 5);
        zone.map(|found| (found, next))
    };
    match near.or_else(far) {
        Some(((zone, length), at)) => Some((time, Some(zone), at.skip(length))),
        None => Some((time, None, after)),
    }
}

/// Reads a date that is nothing but digits: `20250714`, `202507140930`, `20250714093000`, seconds since
/// 1970 (9 or 10 digits, perhaps with a fraction), milliseconds (12 or 13), microseconds (16).
fn digits_alone(text: &str) -> Option<Written> {
    let (value, run, after) = Cursor { rest: text }.number()?;
    if !fraction(after).rest.is_empty() || !after.rest.is_empty() && !(9..=10).contains(&run) {
        return None;
    }
    let stamp = |day: i64, time: i64| {
        let mut written = day_of(day / 10_000, day / 100 % 100, day % 100)?;
        let part = |n: i64| i8::try_from(n % 100).ok();
        written.time = Some(Time::new(part(time / 10_000)?, part(time / 100)?, part(time)?, 0).ok()?);
        Some(written)
    };
    let second = match run {
        8 => return day_of(value / 10_000, value / 100 % 100, value % 100),
        14 => return stamp(value / 1_000_000, value % 1_000_000),
        12 => match stamp(value / 10_000, value % 10_000 * 100) {
            Some(written) => return Some(written),
            None => value / 1000,
        },
        9 | 10 => value,
        13 => value / 1000,
        16 => value / 1_000_000,
        _ => return None,
    };
    let local: DateTime = jiff::tz::Offset::UTC.to_datetime(jiff::Timestamp::from_second(second).ok()?);
    Some(Written {
        year: Some(local.year()),
        month: local.month(),
        day: local.day(),
        swappable: false,
        time: Some(local.time()),
        zone: Some(Zone::Fixed(0)),
    })
}

#[cfg(test)]
#[path = "forms_tests.rs"]
mod tests;
