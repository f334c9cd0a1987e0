//! When an article was published. The sources of a date are asked in the order of their worth, and the
//! first that gives a possible date decides: what the format states, a "Published" line, the dateline,
//! the article's address, the file's name, the file's time. A date somewhere in the text never counts: it is the end of a
//! period, or the day of an event.

mod byline;
pub mod dateline;
mod file_name;
pub mod forms;
mod names;
mod zone;

use jiff::civil::Date;

pub use forms::Order;
pub use names::{month, weekday};

use super::{Circumstances, sentence};
use crate::article::{DateOrigin, Precision, Published};
use byline::Says;
use forms::Written;

/// Returns when the article was published: the first possible date of `stated` (as the format gives
/// them, best first), then of `text`, of its address, of the file's name, of the file's time.
pub fn read(
    stated: &[(String, DateOrigin)],
    url: Option<&str>,
    headline: &str,
    text: &str,
    order: Order,
    circumstances: &Circumstances<'_>,
) -> Option<Published> {
    let bounds = Bounds::until(circumstances.now);
    let parsed = |written: &str| {
        let order = names::order_in(written, order);
        forms::whole(written, order)
            .or_else(|| byline::marked(written, order).map(|(date, _)| date))
            // What comes after the day may be in no form known: the day still holds.
            .or_else(|| forms::leading(written.trim(), order).map(|(date, _)| date))
            .filter(|date| date.year.is_some())
    };
    let settle = |(written, origin): &(String, DateOrigin)| {
        let date = parsed(written)?;
        Some((date, bounds.settle(&date, None, *origin)?))
    };
    // When a document was made is known better from what it says.
    let (properties, stated): (Vec<_>, Vec<_>) =
        stated.iter().partition(|(_, origin)| *origin == DateOrigin::Properties);
    let mut dates = stated.into_iter().filter_map(settle);
    let best = dates.next().map(|(day, best)| {
        // The same day may be stated with its time too.
        let is_finer = |(date, published): &(Written, Published)| {
            published.precision == Precision::Second && date.days(None).next() == day.days(None).next()
        };
        let finer = Some(best.precision).filter(|precision| *precision == Precision::Day);
        finer.and_then(|_| dates.find(is_finer)).map_or(best, |(_, finer)| finer)
    });
    best.or_else(|| in_text(headline, text, order, url, circumstances, &bounds))
        .or_else(|| in_headline(headline, order, &bounds))
        .or_else(|| {
            Some(Published {
                at: start_of(named_day(url, circumstances, &bounds)?)?,
                precision: Precision::Day,
                origin: DateOrigin::FileName,
            })
        })
        .or_else(|| properties.into_iter().find_map(settle).map(|(_, published)| published))
        .or_else(|| {
            // A time of 0 or before is what archives without times give.
            let at = circumstances.modified.div_euclid(1_000_000_000);
            let published = Published { at, precision: Precision::Second, origin: DateOrigin::FileTime };
            (at > 0 && bounds.contain(at)).then_some(published)
        })
}

/// Reads the day that a bulletin sets before its title: `2012/01/24 > Issue 266 > A new alloy`.
fn in_headline(headline: &str, order: Order, bounds: &Bounds) -> Option<Published> {
    let (date, length) = forms::leading(headline, order)?;
    let set_off = headline[length..].trim_start().starts_with(['>', '|', ':', '–', '—', '-']);
    let date = Some(date).filter(|date| set_off && date.year.is_some())?;
    bounds.settle(&date, None, DateOrigin::Byline)
}

/// Returns whether `line` carries a date and no news: a dateline by itself, a "Published" line, a date.
pub fn is_date_line(line: &str) -> bool {
    let order = Order::DayFirst;
    byline::alone(line, order).is_some()
        || byline::marked(line, order).is_some()
        || dateline::read(line, order).is_some_and(|dateline| line.trim_end().len() <= dateline.length)
}

/// How many lines with text are looked at from the start, and from the end.
const FIRST_LINES: usize = 6;
const LAST_LINES: usize = 6;

/// Whether a line by itself is followed by the day of what it names: `Prochain rendez-vous :`, `Inscription au webinaire`.
fn announces(line: &str) -> bool {
    let line = line.trim_end();
    line.ends_with([':', '\u{ff1a}']) || !sentence::ends_with_stop(line) && dateline::names_event(line)
}

/// Looks for date lines, then for a dateline, at both ends of the text.
fn in_text(
    headline: &str,
    text: &str,
    order: Order,
    url: Option<&str>,
    circumstances: &Circumstances<'_>,
    bounds: &Bounds,
) -> Option<Published> {
    let filled = |line: &&str| !line.trim().is_empty();
    let first: Vec<&str> = text.split('\n').filter(filled).take(FIRST_LINES).collect();
    let last: Vec<&str> = text.rsplit('\n').filter(filled).take(LAST_LINES + 1).collect();
    let above_last = |at: usize| last.get(at + 1).copied().unwrap_or_default();
    let last_lines = || last.iter().take(LAST_LINES);

    let is_dated = |line: &&str| {
        dateline::read(line.trim_start(), order).is_some_and(|line| line.date.is_some_and(|date| date.year.is_some()))
    };
    // What stands below a dateline with its year belongs to the story.
    let top = first.iter().position(is_dated).map_or(first.len(), |at| at + 1);
    let mut lines: Vec<(Written, Says)> = Vec::new();
    // "Date:" alone is of the text in a form at its head; below prose it is of the call that a release announces.
    let prose = first.iter().position(|line| sentence::ends_with_stop(line)).unwrap_or(first.len());
    let of_text = |(at, line): &(usize, &&str)| *at < prose || !byline::is_date_field(line);
    lines.extend(first[..top].iter().enumerate().filter(of_text).filter_map(|(_, line)| byline::marked(line, order)));
    lines.extend(first[..top].iter().enumerate().filter_map(|(at, line)| {
        let above = if at == 0 { headline } else { first[at - 1] };
        let date = byline::alone(line, order)?;
        let of_period = dateline::names_period(above) && is_end_of_month(&date);
        // Below prose, a day may be that of an event.
        let ahead = at > prose && announces(above);
        (!of_period && !ahead).then_some((date, Says::Alone))
    }));
    lines.sort_by_key(|&(_, says)| says);
    let says_published = |line: &&&str| !byline::is_date_field(line);
    let mut closing: Vec<(Written, Says)> =
        last_lines().filter(says_published).filter_map(|line| byline::marked(line, order)).collect();
    // At the end, a day alone may belong to a table; with its time it is when the story was sent, or when something is to be.
    let sent = last_lines().enumerate().filter(|(at, _)| !announces(above_last(*at)));
    let sent = sent.filter_map(|(_, line)| byline::alone(line, order)).filter(|date| date.has_time());
    closing.extend(sent.map(|date| (date, Says::Alone)));
    closing.sort_by_key(|&(_, says)| says);

    let mut datelines: Vec<Written> =
        first.iter().filter_map(|line| dateline::read(line.trim_start(), order)?.date).collect();
    // A day and month alone on their line are as good as a dateline without a year.
    datelines.extend(lines.iter().chain(&closing).map(|&(date, _)| date).filter(|date| date.year.is_none()));
    let whole = |lines: &[(Written, Says)]| {
        let mut dated = lines.iter().filter(|(date, _)| date.year.is_some());
        dated.find_map(|(date, _)| bounds.settle(date, None, DateOrigin::Byline))
    };
    let mut dated = datelines.iter().filter(|date| date.year.is_some());
    let mut undated = datelines.iter().filter(|date| date.year.is_none());
    // The end of a release holds dates of things to come: a call, a calendar. It is asked after the top.
    whole(&lines)
        .or_else(|| dated.find_map(|date| bounds.settle(date, None, DateOrigin::Dateline)))
        .or_else(|| whole(&closing))
        .or_else(|| {
            let year = |date| year_for(date, url, circumstances, bounds);
            undated.find_map(|date| bounds.settle(date, year(date), DateOrigin::DatelineNoYear))
        })
}

/// Returns whether a day without a time is the last of its month: below the title of accounts, the end of the period.
fn is_end_of_month(date: &Written) -> bool {
    !date.has_time() && date.days(None).any(|day| day == day.last_of_month())
}

/// Returns the day that the article's address names, or else the file's name.
fn named_day(url: Option<&str>, circumstances: &Circumstances<'_>, bounds: &Bounds) -> Option<Date> {
    let of_url = url.and_then(|url| file_name::day_of_address(url, |day| bounds.hold(day)));
    of_url.or_else(|| file_name::day(circumstances.path, |day| bounds.hold(day)))
}

/// Returns the year of a date that has none: the one nearest to the day that the address or the file's name gives, or
/// the year in a folder's name, or the last that is not after the file's time.
fn year_for(date: &Written, url: Option<&str>, circumstances: &Circumstances<'_>, bounds: &Bounds) -> Option<i16> {
    if let Some(day) = named_day(url, circumstances, bounds) {
        let near = start_of(day)?;
        let years = (day.year() - 1)..=(day.year() + 1);
        let distance = |year: &i16| {
            let day = date.days(Some(*year)).next()?;
            Some(start_of(day)?.abs_diff(near))
        };
        return years.filter(|year| distance(year).is_some()).min_by_key(|year| distance(year));
    }
    if let Some(year) = file_name::year(circumstances.path) {
        return Some(year);
    }
    let modified = circumstances.modified.div_euclid(1_000_000_000).min(bounds.last);
    let last = jiff::Timestamp::from_second(modified).ok().filter(|_| circumstances.modified > 0)?;
    let last = jiff::tz::Offset::UTC.to_datetime(last).date();
    // The eight years hold a 29 February. A day more, for zones east of Greenwich.
    let fits = |year: &i16| {
        let day = date.days(Some(*year)).next().and_then(start_of);
        day.is_some_and(|at| at <= modified + DAY)
    };
    (last.year() - 8..=last.year() + 1).rev().find(fits)
}

const DAY: i64 = 86_400;

/// The first and the last second that a publication may have.
struct Bounds {
    first: i64,
    last: i64,
}

impl Bounds {
    /// From 1900 until a day after `now`.
    fn until(now: i64) -> Bounds {
        Bounds { first: -2_208_988_800, last: now.saturating_add(DAY) }
    }

    fn contain(&self, at: i64) -> bool {
        (self.first..=self.last).contains(&at)
    }

    fn hold(&self, day: Date) -> bool {
        start_of(day).is_some_and(|at| self.contain(at))
    }

    /// Returns the first reading of `date` that lies within the bounds.
    fn settle(&self, date: &Written, year: Option<i16>, origin: DateOrigin) -> Option<Published> {
        let precision = if date.has_time() { Precision::Second } else { Precision::Day };
        let mut seconds = date.days(year).filter_map(|day| date.seconds(day));
        seconds.find(|&at| self.contain(at)).map(|at| Published { at, precision, origin })
    }
}

/// Returns the first second of the day, UTC.
fn start_of(day: Date) -> Option<i64> {
    zone::Zone::Fixed(0).seconds(day.to_datetime(jiff::civil::Time::midnight()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2025-09-01, both the present and the file's time.
    const NOW: i64 = 1_756_684_800;

    fn at(path: &str, stated: &[&str], text: &str) -> Option<(String, DateOrigin)> {
        let stated: Vec<_> = stated.iter().map(|date| ((*date).to_owned(), DateOrigin::Metadata)).collect();
        let circumstances = Circumstances { path, modified: NOW * 1_000_000_000, now: NOW, names: true };
        let published = read(&stated, None, "", text, Order::DayFirst, &circumstances)?;
        let shown = jiff::Timestamp::from_second(published.at).ok()?.to_string();
        let shown = if published.precision == Precision::Day { &shown[..10] } else { &shown[..19] };
        Some((shown.to_owned(), published.origin))
    }

    #[test]
    fn dates_at_the_end_do_not_outdo_the_dateline() {
        let text = "NEW YORK, April 28, 2025 (GLOBE NEWSWIRE) -- The group will report.\n\nMore text here.\n\nDate: May 8, 2025";
        let circumstances = Circumstances { path: "a.txt", modified: 0, now: 1_800_000_000, names: true };
        let published = read(&[], None, "", text, Order::DayFirst, &circumstances).unwrap();
        assert_eq!((published.at, published.origin), (1_745_798_400, DateOrigin::Dateline));
    }

    #[test]
    fn a_stated_day_holds_whatever_follows_it() {
        let circumstances =
            Circumstances { path: "a.txt", modified: 1_700_000_000_000_000_000, now: 1_800_000_000, names: true };
        for written in ["2025-03-03 24:00:00", "2025-03-03 09:30:00.000 Europe/Paris", "2025-03-03 vers midi"] {
            let stated = [(written.to_owned(), DateOrigin::Metadata)];
            let published = read(&stated, None, "", "Texte.", Order::DayFirst, &circumstances).unwrap();
            assert_eq!(published.at.div_euclid(86_400), 20_150, "{written}");
        }
    }

    #[test]
    fn a_day_set_off_before_the_title_dates_a_bulletin() {
        let circumstances = Circumstances { path: "a.htm", modified: 0, now: 1_800_000_000, names: true };
        let origin = |headline| {
            read(&[], None, headline, "Texte.", Order::DayFirst, &circumstances).map(|date| (date.at, date.origin))
        };
        let day = Some((1_327_363_200, DateOrigin::Byline));
        assert_eq!(origin("2012/01/24 > Bulletin 266 > Un alliage"), day);
        assert_eq!(origin("24 janvier 2012 – Un alliage"), day);
        for headline in ["24 janvier 2012 fut un jour noir", "2012 : une année noire", "24 janvier : un jour noir"] {
            assert_eq!(origin(headline), None, "{headline}");
        }
    }

    fn check(path: &str, stated: &[&str], text: &str, want: &str, origin: DateOrigin) {
        assert_eq!(at(path, stated, text), Some((want.to_owned(), origin)), "{path} {stated:?} {text}");
    }

    #[test]
    fn the_address_goes_before_the_name_of_the_file() {
        let circumstances = Circumstances { path: "2025-03-01.txt", modified: 0, now: NOW, names: true };
        let origin = |url, text| {
            read(&[], url, "", text, Order::DayFirst, &circumstances).map(|published| (published.at, published.origin))
        };
        let url = Some("https://example.org/2024/03/04/halden-up");
        assert_eq!(origin(url, "La Bourse monte."), Some((1_709_510_400, DateOrigin::FileName)));
        assert_eq!(origin(None, "La Bourse monte."), Some((1_740_787_200, DateOrigin::FileName)));
        let dateline = "PARIS, March 3 (Reuters) - Shares rose.";
        assert_eq!(origin(url, dateline), Some((1_709_424_000, DateOrigin::DatelineNoYear)));
    }

    #[test]
    fn the_best_source_decides() {
        let text = "Publié le 3 mars 2025 à 8h30\nPARIS, 2 mars 2025 (AFP) - La Bourse monte.\n";
        check("2025-03-01.txt", &["2025-03-04"], text, "2025-03-04", DateOrigin::Metadata);
        check("2025-03-01.txt", &["soon", "2025-03-04T10:00:00Z"], text, "2025-03-04T10:00:00", DateOrigin::Metadata);
        check("2025-03-01.txt", &[], text, "2025-03-03T08:30:00", DateOrigin::Byline);
        let text = &text[text.find('P').unwrap() + text.find('\n').unwrap() + 1..];
        check("2025-03-01.txt", &[], text, "2025-03-02", DateOrigin::Dateline);
        check("2025-03-01.txt", &[], "La Bourse monte.", "2025-03-01", DateOrigin::FileName);
        check("a.txt", &[], "La Bourse monte.", "2025-09-01T00:00:00", DateOrigin::FileTime);
    }

    #[test]
    fn a_day_is_known_to_the_second_where_it_is_stated_so_too() {
        let metadata = DateOrigin::Metadata;
        check("a.txt", &["2025-03-04", "2025-03-04T08:15:00Z"], "", "2025-03-04T08:15:00", metadata);
        check("a.txt", &["2025-03-04", "2025-03-05T08:15:00Z"], "", "2025-03-04", metadata);
        check("a.txt", &["2025-03-04 08:15:00 America/New_York"], "", "2025-03-04T13:15:00", metadata);
        check("a.txt", &["2025-03-04 08:15:00 Asia/Atlantis"], "", "2025-03-04", metadata);
    }

    #[test]
    fn a_missing_year_is_found() {
        let text = "PARIS, Dec 31 (Reuters) - Shares rose.";
        check("2025/01/02/a.txt", &[], text, "2024-12-31", DateOrigin::DatelineNoYear);
        check("2019/a.txt", &[], text, "2019-12-31", DateOrigin::DatelineNoYear);
        check("a.txt", &[], text, "2024-12-31", DateOrigin::DatelineNoYear);
        check("a.txt", &[], "PARIS, Feb 29 (Reuters) - Shares rose.", "2024-02-29", DateOrigin::DatelineNoYear);
        check("a.txt", &[], "21 août\n\nLe groupe présente sa voiture.", "2025-08-21", DateOrigin::DatelineNoYear);
    }

    #[test]
    fn impossible_dates_are_passed_over() {
        for bad in ["2026-01-01", "1899-12-31", "31/02/2025", "0000-00-00", "99999999999999", "juillet"] {
            check("2025-03-01.txt", &[bad], "", "2025-03-01", DateOrigin::FileName);
        }
        check("a.txt", &["2025-09-01T20:00:00Z"], "", "2025-09-01T20:00:00", DateOrigin::Metadata);
        // Read the other way it would lie in the future.
        check("a.txt", &["08/12/2025"], "", "2025-08-12", DateOrigin::Metadata);
    }

    #[test]
    fn a_date_in_the_text_is_no_publication() {
        let text = "Le groupe a clos ses comptes au 30 juin 2025.\nLes ventes montent depuis le 1er mars 2024.";
        check("a.txt", &[], text, "2025-09-01T00:00:00", DateOrigin::FileTime);
    }

    #[test]
    fn the_end_of_a_period_and_the_day_of_a_call_are_no_publication() {
        let file = "2025-09-01T00:00:00";
        check("a.txt", &[], "Condensed Balance Sheets\n\nJune 30, 2025\n\nCash rose.", file, DateOrigin::FileTime);
        let circumstances = Circumstances { path: "a.txt", modified: 0, now: NOW, names: true };
        assert_eq!(
            read(&[], None, "Bilan consolidé", "30 juin 2025\n\nLe texte.", Order::DayFirst, &circumstances),
            None
        );
        check("a.txt", &[], "Un titre\n\n30 juin 2025\n\nLe texte.", "2025-06-30", DateOrigin::Byline);
        let call =
            "The group will hold a call.\nA.\nB.\nC.\nD.\nIt is open to all.\nDate: July 31, 2025\nTime: 8:30 a.m. ET";
        check("a.txt", &[], call, file, DateOrigin::FileTime);
        check(
            "a.txt",
            &[],
            "The group will hold a call.\n\nDate: July 31, 2025\nTime: 8:30",
            file,
            DateOrigin::FileTime,
        );
        check("a.txt", &[], "Date: July 31, 2025\nThe group grew.", "2025-07-31", DateOrigin::Byline);
        let story = "The group grew, it said.\nMore.\nMore.\nMore.\nMore.\nMore.\n";
        for event in [
            "The annual meeting will take place in Paris on:\nJune 12, 2025 at 10:00 a.m. ET",
            "Prochain rendez-vous\u{a0}:\n12 juin 2025 à 10h00",
            "Prochain rendez-vous\n12 juin 2025 à 10h00",
            "Inscription au webinaire\n12 juin 2025, 10:00",
        ] {
            check("a.txt", &[], &format!("The group grew, it said.\n\n{event}"), file, DateOrigin::FileTime);
            check("a.txt", &[], &format!("{story}\n{event}"), file, DateOrigin::FileTime);
        }
        let sent = format!("{story}It will hold a call.\n12 juin 2025, 10:00");
        check("a.txt", &[], &sent, "2025-06-12T10:00:00", DateOrigin::Byline);
        check("a.txt", &[], "Published:\n12 June 2025\nThe group grew.", "2025-06-12", DateOrigin::Byline);
    }

    #[test]
    fn a_line_at_the_end_counts() {
        let text = "La Bourse monte.\nLes banques aussi.\nMis à jour le 4 mars 2025\nPublié le 3 mars 2025\n";
        check("a.txt", &[], text, "2025-03-03", DateOrigin::Byline);
        let text = "La Bourse monte.\nLes banques aussi.\n08/01/2025 08:49:35 -\nPARIS (AFP) -\n";
        check("a.txt", &[], text, "2025-01-08T08:49:35", DateOrigin::Byline);
    }

    #[test]
    fn no_source_no_date() {
        let circumstances = Circumstances { path: "a.txt", modified: 0, now: NOW, names: true };
        assert_eq!(read(&[], None, "", "La Bourse monte.", Order::DayFirst, &circumstances), None);
    }
}
