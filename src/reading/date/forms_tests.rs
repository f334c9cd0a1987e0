//! The forms of dates, one a line, and a generator that prints a day in many forms and reads it back.

use jiff::civil::date;
use proptest::prelude::*;

use super::*;

/// Reads `text` whole, the day first, and compares with `2025-07-14T12:45` in UTC (the day alone when no time is known).
fn check(text: &str, want: &str) {
    check_order(text, Order::DayFirst, want);
}

fn check_order(text: &str, order: Order, want: &str) {
    let found = whole(text, order).and_then(|written| {
        let day = written.days(Some(2025)).next()?;
        let at = jiff::Timestamp::from_second(written.seconds(day)?).ok()?;
        let shown = jiff::tz::Offset::UTC.to_datetime(at).to_string();
        Some(if written.has_time() { shown } else { shown[..10].to_owned() })
    });
    assert_eq!(found.as_deref().unwrap_or("none"), want, "{text}");
}

#[test]
fn machine_forms() {
    check("2025-07-14", "2025-07-14");
    check("2025-07-14T09:30:00Z", "2025-07-14T09:30:00");
    check("2025-07-14T09:30:00.123456+02:00", "2025-07-14T07:30:00");
    check("2025-07-14T09:30:00.5+02:00[Europe/Paris]", "2025-07-14T07:30:00");
    check("2025-07-14T0930", "2025-07-14T09:30:00");
    check("2025-07-14 09:30:00", "2025-07-14T09:30:00");
    check("2025-07-14 09:30:00 UTC", "2025-07-14T09:30:00");
    check("2025-07-14 00:00:00", "2025-07-14");
    check("2025-07-14 00:00:00+00:00", "2025-07-14T00:00:00");
    check("2025/07/14", "2025-07-14");
    check("20250714", "2025-07-14");
    check("20240103T165940Z", "2024-01-03T16:59:40");
    check("20240103T1659", "2024-01-03T16:59:00");
    check("20240103165940", "2024-01-03T16:59:40");
    check("202401031659", "2024-01-03T16:59:00");
    check("1752485400", "2025-07-14T09:30:00");
    check("1752485400.25", "2025-07-14T09:30:00");
    check("1752485400123", "2025-07-14T09:30:00");
    check("1752485400123456", "2025-07-14T09:30:00");
    check("26-FEB-1987 15:01:01.79", "1987-02-26T15:01:01");
    check("Wed, 19 Mar 2025 08:15:00 +0100", "2025-03-19T07:15:00");
    check("Wed, 02 Oct 02 08:00:00 EST", "2002-10-02T13:00:00");
    check("Sunday, 06-Nov-94 08:49:37 GMT", "1994-11-06T08:49:37");
    check("Thu Jul 17 2025 10:00:00 GMT+0200 (CEST)", "2025-07-17T08:00:00");
    check("2025-07-14T09:30:00.000+0000", "2025-07-14T09:30:00");
    check("2025-7-4", "2025-07-04");
    check("20250714T09:30:00", "2025-07-14T09:30:00");
    check("19 Mar 2025 08:15:00 GMT (origin)", "2025-03-19T08:15:00");
    check("Tue Mar  1 08:22:33 +0000 2016", "2016-03-01T08:22:33");
}

#[test]
fn french_forms() {
    check("1er août 2025", "2025-08-01");
    check("14 juillet 2025 à 12h45", "2025-07-14T12:45:00");
    check("14 juillet 2025 à 12 h 45", "2025-07-14T12:45:00");
    check("14 juillet 2025 à 12 h 45 min", "2025-07-14T12:45:00");
    check("14 juillet 2025 à 12 heures 45", "2025-07-14T12:45:00");
    check("14 juillet 2025 à midi", "2025-07-14T12:00:00");
    check("14 juillet 2025, midi", "none");
    check("14 juillet 2025, 18h", "none");
    check("14 juillet 2025 à 18h", "2025-07-14T18:00:00");
    check("jeudi 17 juillet 2025", "2025-07-17");
    check("JEUDI 17 JUILLET 2025", "2025-07-17");
    check("17 juil. 2025", "2025-07-17");
    check("mar. 4 févr. 2025", "2025-02-04");
    check("le 05/07/21 16:40", "2021-07-05T16:40:00");
    check("17/11/2023 à 16:20", "2023-11-17T16:20:00");
    check("17.08.2017 à 17h00", "2017-08-17T17:00:00");
    check("14/07/2025", "2025-07-14");
    check("14-07-25", "2025-07-14");
    check("14 juillet 2025 à 12h45 (heure de Paris)", "2025-07-14T10:45:00");
    check("25 décembre", "2025-12-25");
    check("31 février 2025", "none");
    check("32 juillet 2025", "none");
    check("juillet 2025", "none");
}

#[test]
fn english_forms() {
    check("July 13, 2025", "2025-07-13");
    check("Jul 13 2025", "2025-07-13");
    check("13 July 2025", "2025-07-13");
    check("Jul. 13, 2025, 8:05 a.m. ET", "2025-07-13T12:05:00");
    check("13 July 2025, 15:30 BST", "2025-07-13T14:30:00");
    check("13th of July, 2025", "2025-07-13");
    check("Sept. 12, 2023", "2023-09-12");
    check("Mar 13, 2025", "2025-03-13");
    check("Wed, 02nd Mar 2016 07:45", "2016-03-02T07:45:00");
    check("November 16, 2021 3:51am", "2021-11-16T03:51:00");
    check("July 13, 2025 3:15 PM EDT", "2025-07-13T19:15:00");
    check("July 13, 2025 at 12:05 p.m. ET", "2025-07-13T16:05:00");
    check("July 13, 2025 12:05 a.m.", "2025-07-13T00:05:00");
    check("09:30 GMT, 14 July 2025", "2025-07-14T09:30:00");
    check("Monday, July 14, 2025 - 5 PM", "2025-07-14T17:00:00");
    check("May 10% of sales", "none");
    check("March 2.5", "none");
    check("not a date", "none");
    check("", "none");
    check("192.168.10.1", "none");
}

#[test]
fn the_order_of_numbers_is_asked_for_only_where_it_matters() {
    for (text, order, want) in [
        ("03/04/2025", Order::DayFirst, "2025-04-03"),
        ("03/04/2025", Order::MonthFirst, "2025-03-04"),
        ("07/14/2025", Order::DayFirst, "2025-07-14"),
        ("14/07/2025", Order::MonthFirst, "2025-07-14"),
        ("03.04.2025", Order::MonthFirst, "2025-04-03"),
        ("Tuesday 03/04/2025", Order::DayFirst, "2025-03-04"),
        ("jeudi 03/04/2025", Order::MonthFirst, "2025-04-03"),
    ] {
        check_order(text, order, want);
    }
}

#[test]
fn a_date_in_a_line_ends_where_it_ends() {
    for (text, want) in [
        ("July 13 (Reuters) - Shares", "July 13"),
        ("Feb 26 - Showers", "Feb 26"),
        ("11 mars 2025 /PRNewswire/", "11 mars 2025"),
        ("14 juillet 2025 à 12h45 par Jean", "14 juillet 2025 à 12h45"),
        ("July 13 2,500 jobs", "July 13"),
        ("July 13, 2025, the firm", "July 13, 2025"),
    ] {
        assert_eq!(leading(text, Order::DayFirst).map(|(_, length)| &text[..length]), Some(want), "{text}");
    }
}

const FRENCH: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];
const ENGLISH: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

proptest! {
    #[test]
    fn every_form_of_a_day_reads_back(year in 1900i16..2100, month in 1i8..=12, day in 1i8..=31) {
        let Ok(want) = date(2000, 1, 1).with().year(year).month(month).day(day).build() else { return Ok(()) };
        let french = FRENCH[month as usize - 1];
        let english = ENGLISH[month as usize - 1];
        let short: String = english.chars().take(3).collect();
        let first = if day == 1 { "1er".to_owned() } else { day.to_string() };
        let forms = [
            format!("{year:04}-{month:02}-{day:02}"),
            format!("{year:04}{month:02}{day:02}"),
            format!("{year:04}-{month:02}-{day:02}T23:59:59Z"),
            format!("{day:02}/{month:02}/{year}"),
            format!("{day}.{month}.{year}"),
            format!("{day:02}-{month:02}-{year} 10:00"),
            format!("{first} {french} {year}"),
            format!("le {first} {} {year} à 8h05", french.to_uppercase()),
            format!("{english} {day}, {year}"),
            format!("{short} {day} {year} 11:05 pm"),
            format!("{short}. {day:02}, {year}"),
            format!("{day:02}-{}-{year} 15:01:01.79", short.to_uppercase()),
            format!("{day} {short} {year} 08:15:00 +0000"),
        ];
        for form in forms {
            let read = whole(&form, Order::DayFirst).and_then(|written| written.days(None).next());
            prop_assert_eq!(read, Some(want), "{}", form);
        }
    }

    #[test]
    fn what_is_read_is_a_day_and_a_beginning(text in "[0-9A-Za-zéû:/.,+ -]{0,40}") {
        if let Some((written, length)) = leading(&text, Order::MonthFirst) {
            prop_assert!(text.is_char_boundary(length));
            prop_assert!((1..=12).contains(&written.month) && (1..=31).contains(&written.day));
        }
    }

    #[test]
    fn any_text_is_survived(text in "\\PC{0,60}") {
        let found = whole(&text, Order::DayFirst);
        prop_assert!(found.is_none_or(|written| written.days(Some(2024)).count() <= 2));
    }
}
