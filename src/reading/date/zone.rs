//! Time zones as dates write them: an offset, `Z`, a short name, or "heure de Paris". Apart because
//! the names are a table of their own.

use jiff::civil::DateTime;
use jiff::tz::{Offset, TimeZone};

use crate::reading::letters;

/// A time zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Zone {
    /// Minutes east of Greenwich.
    Fixed(i16),
    /// A zone with summer time, by its POSIX rule. The rule of today also stands for the past.
    Rule(&'static str),
    /// One that is named and not known: what the clock shows there tells no moment.
    Unknown,
}

impl Zone {
    /// Returns the seconds since 1970 UTC at which clocks of this zone show `local`.
    pub fn seconds(self, local: DateTime) -> Option<i64> {
        let timestamp = match self {
            Zone::Fixed(minutes) => Offset::from_seconds(i32::from(minutes) * 60).ok()?.to_timestamp(local).ok()?,
            Zone::Unknown => return None,
            Zone::Rule(rule) => TimeZone::posix(rule).ok()?.to_timestamp(local).ok()?,
        };
        Some(timestamp.as_second())
    }
}

/// Reads a zone at the start of `text`; returns it with the bytes it takes.
pub fn leading(text: &str) -> Option<(Zone, usize)> {
    if let Some(inner) = text.strip_prefix('(') {
        let (zone, length) = leading(inner.strip_prefix('(').map_or(inner, |_| ""))?;
        return inner[length..].starts_with(')').then_some((zone, length + 2));
    }
    if let Some(found) = offset(text) {
        return Some(found);
    }
    if let Some(found) = city(text).or_else(|| region(text)) {
        return Some(found);
    }
    for &(name, zone, capitals) in NAMES {
        let Some(length) = letters::strip_word(text, name) else { continue };
        if capitals && text[..length].chars().any(char::is_lowercase) {
            continue;
        }
        // `GMT+2` and `UTC-05:00` count from Greenwich.
        return Some(match offset(&text[length..]) {
            Some((further, more)) if zone == Zone::Fixed(0) => (further, length + more),
            _ => (zone, length),
        });
    }
    None
}

/// Name in plain form, zone, and whether it must stand in capitals (`est` is a French verb).
const NAMES: &[(&str, Zone, bool)] = &[
    ("z", Zone::Fixed(0), true),
    ("utc", Zone::Fixed(0), false),
    ("gmt", Zone::Fixed(0), false),
    ("ut", Zone::Fixed(0), true),
    ("tu", Zone::Fixed(0), true),
    ("wet", Zone::Fixed(0), true),
    ("bst", Zone::Fixed(60), true),
    ("ist", Zone::Fixed(330), true),
    ("cet", Zone::Fixed(60), true),
    ("met", Zone::Fixed(60), true),
    ("cest", Zone::Fixed(120), true),
    ("eet", Zone::Fixed(120), true),
    ("eest", Zone::Fixed(180), true),
    ("msk", Zone::Fixed(180), true),
    ("hkt", Zone::Fixed(480), true),
    ("sgt", Zone::Fixed(480), true),
    ("jst", Zone::Fixed(540), true),
    ("kst", Zone::Fixed(540), true),
    ("aest", Zone::Fixed(600), true),
    ("aedt", Zone::Fixed(660), true),
    ("nst", Zone::Fixed(-210), true),
    ("ndt", Zone::Fixed(-150), true),
    ("ast", Zone::Fixed(-240), true),
    ("adt", Zone::Fixed(-180), true),
    ("est", Zone::Fixed(-300), true),
    ("edt", Zone::Fixed(-240), true),
    ("cst", Zone::Fixed(-360), true),
    ("cdt", Zone::Fixed(-300), true),
    ("mst", Zone::Fixed(-420), true),
    ("mdt", Zone::Fixed(-360), true),
    ("pst", Zone::Fixed(-480), true),
    ("pdt", Zone::Fixed(-420), true),
    ("hne", Zone::Fixed(-300), true),
    ("hae", Zone::Fixed(-240), true),
    ("et", EASTERN, true),
    ("he", EASTERN, true),
    ("ct", CENTRAL, true),
    ("mt", MOUNTAIN, true),
    ("pt", PACIFIC, true),
    ("eastern", EASTERN, false),
    ("new york time", EASTERN, false),
    ("heure de new york", EASTERN, false),
    ("heure de l'est", EASTERN, false),
    ("heure de montreal", EASTERN, false),
    ("heure de paris", PARIS, false),
    ("heure francaise", PARIS, false),
    ("heures de paris", PARIS, false),
    ("paris time", PARIS, false),
    ("heure de londres", LONDON, false),
    ("london time", LONDON, false),
];

/// Regions by whose name a zone is called, in plain form, with their time in winter; and the zone with its summer time.
const REGIONS: &[(&str, i16, Zone)] = &[
    ("eastern", -300, EASTERN),
    ("central european", 60, PARIS),
    ("central", -360, CENTRAL),
    ("mountain", -420, MOUNTAIN),
    ("pacific", -480, PACIFIC),
    ("alaska", -540, Zone::Rule("AKST9AKDT,M3.2.0,M11.1.0")),
    ("hawaii", -600, Zone::Fixed(-600)),
    ("atlantic", -240, Zone::Rule("AST4ADT,M3.2.0,M11.1.0")),
    ("newfoundland", -210, Zone::Rule("NST3:30NDT,M3.2.0,M11.1.0")),
    ("greenwich mean", 0, Zone::Fixed(0)),
    ("british", 0, LONDON),
    ("western european", 0, Zone::Rule("WET0WEST,M3.5.0/1,M10.5.0")),
    ("eastern european", 120, ATHENS),
    ("india", 330, Zone::Fixed(330)),
    ("singapore", 480, Zone::Fixed(480)),
    ("hong kong", 480, Zone::Fixed(480)),
    ("china", 480, Zone::Fixed(480)),
    ("japan", 540, Zone::Fixed(540)),
    ("korea", 540, Zone::Fixed(540)),
    ("australian eastern", 600, SYDNEY),
];

/// Reads `Pacific Standard Time`, `Central European Summer Time`, `Eastern Time`.
fn region(text: &str) -> Option<(Zone, usize)> {
    REGIONS.iter().find_map(|&(name, winter, zone)| {
        let length = letters::strip_word(text, name)?;
        let seasons = [
            (" standard time", Zone::Fixed(winter)),
            (" daylight time", Zone::Fixed(winter + 60)),
            (" summer time", Zone::Fixed(winter + 60)),
            (" time", zone),
        ];
        seasons.iter().find_map(|(words, zone)| Some((*zone, length + letters::strip_word(&text[length..], words)?)))
    })
}

/// The areas of the names that the tz database gives its zones.
const AREAS: &[&str] = &[
    "Africa",
    "America",
    "Antarctica",
    "Arctic",
    "Asia",
    "Atlantic",
    "Australia",
    "Canada",
    "Etc",
    "Europe",
    "Indian",
    "Pacific",
    "US",
];

/// Cities of those names, each with its zone.
const CITIES: &[(&[&str], Zone)] = &[
    (
        &[
            "Paris",
            "Berlin",
            "Brussels",
            "Amsterdam",
            "Luxembourg",
            "Madrid",
            "Rome",
            "Zurich",
            "Vienna",
            "Stockholm",
            "Oslo",
            "Copenhagen",
            "Prague",
            "Warsaw",
            "Budapest",
            "Monaco",
            "Malta",
        ],
        PARIS,
    ),
    (&["London", "Dublin", "Lisbon", "Jersey", "Guernsey"], LONDON),
    (&["Athens", "Helsinki", "Bucharest", "Sofia", "Riga", "Tallinn", "Vilnius", "Kyiv"], ATHENS),
    (&["Moscow", "Istanbul", "Riyadh"], Zone::Fixed(180)),
    (&["New_York", "Toronto", "Montreal", "Detroit", "Eastern"], EASTERN),
    (&["Chicago", "Winnipeg", "Central"], CENTRAL),
    (&["Denver", "Edmonton", "Mountain"], MOUNTAIN),
    (&["Los_Angeles", "Vancouver", "Pacific"], PACIFIC),
    (&["Sao_Paulo", "Buenos_Aires"], Zone::Fixed(-180)),
    (&["Casablanca"], Zone::Fixed(60)),
    (&["Johannesburg"], Zone::Fixed(120)),
    (&["Dubai"], Zone::Fixed(240)),
    (&["Kolkata", "Calcutta"], Zone::Fixed(330)),
    (&["Shanghai", "Hong_Kong", "Singapore", "Taipei"], Zone::Fixed(480)),
    (&["Tokyo", "Seoul"], Zone::Fixed(540)),
    (&["Sydney", "Melbourne"], SYDNEY),
    (&["UTC", "GMT", "Greenwich", "Zulu"], Zone::Fixed(0)),
];

/// Reads a name of the tz database: `Europe/Paris`.
fn city(text: &str) -> Option<(Zone, usize)> {
    let length =
        text.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '/' | '_' | '-' | '+'))).unwrap_or(text.len());
    let (area, place) = text[..length].split_once('/')?;
    let place = place.rsplit('/').next().unwrap_or(place);
    if !AREAS.contains(&area) || !place.starts_with(|c: char| c.is_ascii_uppercase()) {
        return None;
    }
    let known = CITIES.iter().find(|(cities, _)| cities.contains(&place));
    Some((known.map_or(Zone::Unknown, |(_, zone)| *zone), length))
}

const PARIS: Zone = Zone::Rule("CET-1CEST,M3.5.0,M10.5.0/3");
const LONDON: Zone = Zone::Rule("GMT0BST,M3.5.0/1,M10.5.0");
const EASTERN: Zone = Zone::Rule("EST5EDT,M3.2.0,M11.1.0");
const CENTRAL: Zone = Zone::Rule("CST6CDT,M3.2.0,M11.1.0");
const MOUNTAIN: Zone = Zone::Rule("MST7MDT,M3.2.0,M11.1.0");
const PACIFIC: Zone = Zone::Rule("PST8PDT,M3.2.0,M11.1.0");

const ATHENS: Zone = Zone::Rule("EET-2EEST,M3.5.0/3,M10.5.0/4");
const SYDNEY: Zone = Zone::Rule("AEST-10AEDT,M10.1.0,M4.1.0/3");

/// Reads `+02:00`, `-0500`, `+2`, `−05:00`.
fn offset(text: &str) -> Option<(Zone, usize)> {
    let sign = text.chars().next()?;
    let east = match sign {
        '+' => 1,
        '-' | '\u{2212}' => -1,
        _ => return None,
    };
    let digits = &text[sign.len_utf8()..];
    let run = digits.bytes().take_while(u8::is_ascii_digit).count();
    let (hours, minutes, length) = match run {
        4 => (digits[..2].parse::<i16>().ok()?, digits[2..4].parse::<i16>().ok()?, 4),
        1 | 2 => {
            let hours = digits[..run].parse::<i16>().ok()?;
            let after = digits[run..].strip_prefix(':').unwrap_or_default();
            match after.bytes().take_while(u8::is_ascii_digit).count() {
                2 => (hours, after[..2].parse().ok()?, run + 3),
                _ => (hours, 0, run),
            }
        }
        _ => return None,
    };
    // The widest offsets in use are +14:00 and -12:00.
    (hours <= 14 && minutes < 60).then_some((Zone::Fixed(east * (hours * 60 + minutes)), sign.len_utf8() + length))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn check(text: &str, want: Option<(Zone, &str)>) {
        let found = leading(text).map(|(zone, length)| (zone, &text[..length]));
        assert_eq!(found, want, "{text}");
    }

    #[test]
    fn zones_of_every_dress_are_read() {
        check("Z", Some((Zone::Fixed(0), "Z")));
        check("+02:00 x", Some((Zone::Fixed(120), "+02:00")));
        check("-0530", Some((Zone::Fixed(-330), "-0530")));
        check("+1", Some((Zone::Fixed(60), "+1")));
        check("GMT+2", Some((Zone::Fixed(120), "GMT+2")));
        check("(GMT)", Some((Zone::Fixed(0), "(GMT)")));
        check("EDT,", Some((Zone::Fixed(-240), "EDT")));
        check("heure de Paris", Some((PARIS, "heure de Paris")));
        check("Eastern Daylight Time.", Some((Zone::Fixed(-240), "Eastern Daylight Time")));
        check("Pacific Standard Time", Some((Zone::Fixed(-480), "Pacific Standard Time")));
        check("Mountain Time", Some((MOUNTAIN, "Mountain Time")));
        check("Central European Summer Time", Some((Zone::Fixed(120), "Central European Summer Time")));
        check("America/New_York", Some((EASTERN, "America/New_York")));
        check("America/Argentina/Buenos_Aires", Some((Zone::Fixed(-180), "America/Argentina/Buenos_Aires")));
        check("(Europe/Paris)", Some((PARIS, "(Europe/Paris)")));
        check("Asia/Atlantis", Some((Zone::Unknown, "Asia/Atlantis")));
        check("Pacific/", None);
        check("Central bank", None);
        check("est mort", None);
        check("+15:00", None);
        check("(Reuters)", None);
        check("((((", None);
        check("Zone", None);
    }

    #[test]
    fn every_name_reads_and_every_rule_holds() {
        let noon = date(2025, 7, 14).at(12, 0, 0, 0);
        for &(name, zone, _) in NAMES {
            assert_eq!(leading(&name.to_uppercase()), Some((zone, name.len())), "{name}");
            assert!(zone.seconds(noon).is_some(), "{name}");
        }
        for zone in REGIONS.iter().map(|(_, _, zone)| zone).chain(CITIES.iter().map(|(_, zone)| zone)) {
            assert!(zone.seconds(noon).is_some(), "{zone:?}");
        }
    }

    #[test]
    fn summer_time_moves_the_clock() {
        let noon = |month| date(2025, month, 14).at(12, 0, 0, 0);
        assert_eq!(PARIS.seconds(noon(7)), Zone::Fixed(120).seconds(noon(7)));
        assert_eq!(PARIS.seconds(noon(1)), Zone::Fixed(60).seconds(noon(1)));
        assert_eq!(EASTERN.seconds(noon(7)), Zone::Fixed(-240).seconds(noon(7)));
        assert_eq!(LONDON.seconds(noon(1)), Zone::Fixed(0).seconds(noon(1)));
    }
}
