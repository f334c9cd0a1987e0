//! Datelines as agencies and companies write them, and lines of prose that look like them.

use super::*;
use proptest::prelude::*;

/// Year (if written), month and day.
type Day = (Option<i16>, i8, i8);

/// `want` is the text of the dateline, and its date if it has one.
fn check(line: &str, want: Option<(&str, Option<Day>)>) {
    let found = read(line, Order::DayFirst)
        .map(|found| (&line[..found.length], found.date.map(|date| (date.year, date.month, date.day))));
    assert_eq!(found, want, "{line}");
}

#[test]
fn wire_datelines_are_read() {
    for (dateline, date) in [
        ("PARIS, July 13 (Reuters) - ", (None, 7, 13)),
        ("April 20 (Reuters) - ", (None, 4, 20)),
        ("Nov 24 (Reuters) – ", (None, 11, 24)),
        ("LYON, 13 juil (Reuters) - ", (None, 7, 13)),
        ("PORTO ALEGRE, Feb 26 - ", (None, 2, 26)),
        ("STAMFORD, Conn., March 4 - ", (None, 3, 4)),
        ("TORONTO, March 20, Reuter - ", (None, 3, 20)),
        ("NEW YORK , March 11, 2025 /PRNewswire/ -- ", (Some(2025), 3, 11)),
        ("MONTREAL, Sept. 12, 2023 /CNW/ – ", (Some(2023), 9, 12)),
        ("MONTRÉAL, 25 avr. 2022 (GLOBE NEWSWIRE) -- ", (Some(2022), 4, 25)),
        ("HOUSTON and LONDON, July 05, 2023 (GLOBE NEWSWIRE) -- ", (Some(2023), 7, 5)),
        ("MIAMI, FL / ACCESSWIRE / June 28, 2024 / ", (Some(2024), 6, 28)),
        ("Toronto, Ontario--(Newsfile Corp. – May 31, 2022) – ", (Some(2022), 5, 31)),
        ("[03/05/2009 11:20:31] LILLE (AFP) - ", (Some(2009), 5, 3)),
        ("BOSTON--(BUSINESS WIRE)--July 13, 2010--", (Some(2010), 7, 13)),
        ("Boulogne-Billancourt, le 24 juillet 2025 – ", (Some(2025), 7, 24)),
        ("June 30, 2025 - ", (Some(2025), 6, 30)),
        ("Montréal (Québec), le 6 novembre 2024 (GLOBE NEWSWIRE) -- ", (Some(2024), 11, 6)),
        ("Toulouse, France – le 17 septembre 2024 – 07h00 CEST – ", (Some(2024), 9, 17)),
        ("Communiqué de presse – Nanterre, le 3 mars 2025 – ", (Some(2025), 3, 3)),
        ("Paris, le 20 janvier 2025. ", (Some(2025), 1, 20)),
        ("London, 20 January 2025. ", (Some(2025), 1, 20)),
        ("(AOF) - Paris, lundi 20 janvier 2025 - ", (Some(2025), 1, 20)),
        ("Frankfurt am Main, 4 March 2025 - ", (Some(2025), 3, 4)),
        ("Frankfurt am Main, 4 March 2025. ", (Some(2025), 3, 4)),
        ("SINGAPORE (March 4): ", (None, 3, 4)),
        ("Amsterdam, the Netherlands, 20 January 2025, 7:00 AM CET. ", (Some(2025), 1, 20)),
    ] {
        check(&format!("{dateline}Shares of the group rose"), Some((dateline, Some(date))));
    }
    for line in [
        "Paris (France), le 18 octobre 2024 – 17h45",
        "Paris, vendredi 18 octobre 2024 (17:45)",
        "Paris – 18 octobre 2024 – 18 h",
    ] {
        check(line, Some((line, Some((Some(2024), 10, 18)))));
    }
    check("Paris, le 18 octobre 2024", Some(("Paris, le 18 octobre 2024", Some((Some(2024), 10, 18)))));
}

#[test]
fn an_agency_alone_is_a_dateline_without_a_date() {
    for dateline in [
        "SEATTLE--(BUSINESS WIRE)--",
        "Paris (AFP) – ",
        "NEW YORK  (Reuters) - ",
        "(Boursier.com) — ",
        "DETROIT/TOKYO (Reuters) - ",
        "Frankfurt/Main (dpa-AFX) - ",
    ] {
        check(&format!("{dateline}Shares rose"), Some((dateline, None)));
    }
}

#[test]
fn prose_is_no_dateline() {
    for line in [
        "Shares rose on July 13, 2025 after the results",
        "Apple (NASDAQ:AAPL) - the maker of phones",
        "Second Quarter, June 30, 2025 - Results",
        "Three months ended June 30, 2025 - sales rose",
        "Le 13 juillet 2025, la Bourse a monté",
        "In May 2025 - the group said",
        "Apple May 13 - a strange day",
        "Bilan, 30 juin 2025",
        "Bilan, 30 juin 2025. Le groupe va bien.",
        "Les comptes, le 30 juin 2025. Le groupe va bien.",
        "30 juin 2025. Le groupe va bien.",
        "June 30, 2025. The group is well.",
        "Paris, le 20 janvier. Le groupe va bien.",
        "Assemblée Générale, le 20 mai 2025. Le groupe vote.",
        "Annual Meeting, 20 May 2025. The group votes.",
        "Paris, le 20 janvier 2025.la suite",
        "Paris 20 janvier 2025. Le groupe va bien.",
        "Interim Report – 30 June 2025",
        "Sales Figures – 30 June 2025",
        "July 19th, 2018: the chief of staff",
        "PARIS - the city of light",
        "SINGAPORE (March 4) saw shares rise",
        "Halden (March 4) Update: shares rose",
        "",
    ] {
        check(line, None);
    }
}

#[test]
fn the_tables_are_plain() {
    for name in AGENCIES.iter().chain(NOT_PLACES).chain(EVENTS) {
        assert_eq!(letters::strip(name, name), Some(name.len()), "{name}");
    }
}

proptest! {
    #[test]
    fn a_dateline_is_a_beginning(line in "[A-Z]{0,6}[,/ ()–-]{0,3}(July 3|3 mai 2024|\\PC{0,9})[,/ ()–-]{0,4}\\PC{0,9}") {
        if let Some(found) = read(&line, Order::DayFirst) {
            prop_assert!(line.is_char_boundary(found.length));
        }
    }
}
