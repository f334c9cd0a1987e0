//! The date in a file's name or in the folders above it. Apart because names have their own forms
//! (`2025/07/17/`, `20250717`) and never a time of day that one could trust.

use jiff::civil::Date;

use super::forms::{self, Order};

/// Returns the day that the path names; the file's own name is asked first, then the folders above it.
/// `plausible` says which days may be meant.
pub fn day(path: &str, plausible: impl Fn(Date) -> bool) -> Option<Date> {
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    (0..parts.len()).rev().find_map(|at| {
        let inside = starts(parts[at]).find_map(|text| in_name(text, &plausible));
        inside.or_else(|| across(&parts[at..]).filter(|&day| plausible(day)))
    })
}

/// Returns the day that the folders of an address name (`https://example.org/2025/03/04/halden-up`), the year first: any
/// other number in it is as likely another's.
pub fn day_of_address(url: &str, plausible: impl Fn(Date) -> bool) -> Option<Date> {
    let path = url.split_once("//").map_or(url, |(_, rest)| rest).split(['?', '#']).next().unwrap_or_default();
    let parts: Vec<&str> = path.split('/').skip(1).filter(|part| !part.is_empty()).collect();
    (0..parts.len()).rev().find_map(|at| {
        let packed = || Some(parts[at]).filter(|part| part.len() == 8 && part.bytes().all(|b| b.is_ascii_digit()));
        let day = across(&parts[at..]).or_else(|| in_name(packed()?, &plausible));
        day.filter(|&day| plausible(day))
    })
}

/// Returns the year that a folder of the path names, the nearest to the file first: `2025`, `news-2025`.
/// A number in the file's own name is more often a serial number.
pub fn year(path: &str) -> Option<i16> {
    path.rsplit('/').skip(1).find_map(|folder| {
        let words = folder.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() == 4);
        words.filter_map(|word| word.parse().ok()).find(|year| (1900..2100).contains(year))
    })
}

/// Returns `part` from each place where a number or a word begins.
fn starts(part: &str) -> impl Iterator<Item = &str> {
    let mut before = ' ';
    part.char_indices().filter_map(move |(at, c)| {
        let fresh =
            if c.is_ascii_digit() { !before.is_ascii_digit() } else { c.is_alphabetic() && !before.is_alphabetic() };
        before = c;
        fresh.then(|| &part[at..])
    })
}

/// Reads a date with its year that begins a piece of a name: `2025-07-17`, `2025_07_17`, `20250717`,
/// `20250717T120000`, `17-07-2025`, `17-juillet-2025`.
fn in_name(text: &str, plausible: &impl Fn(Date) -> bool) -> Option<Date> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let day = match digits {
        8 | 12 | 14 => forms::whole(&text[..8], Order::DayFirst)?.days(None).next()?,
        0..=4 => underscored(text).or_else(|| forms::leading(text, Order::DayFirst)?.0.days(None).next())?,
        _ => return None,
    };
    plausible(day).then_some(day)
}

/// Reads `2025_07_17` and `17_07_2025`.
fn underscored(text: &str) -> Option<Date> {
    let mut numbers = text.splitn(3, '_');
    let (first, second) = (numbers.next()?, numbers.next()?);
    let third = numbers.next()?;
    let third = &third[..third.bytes().take_while(u8::is_ascii_digit).count()];
    match (first.len(), second.len(), third.len()) {
        (4, 1..=2, 1..=2) => date(first, second, third),
        (1..=2, 1..=2, 4) => date(third, second, first),
        _ => None,
    }
}

/// Reads `2025/07/17`, `2025-07/17`, `2025/07-17`, `2025/07/17-name.txt` across folders.
fn across(parts: &[&str]) -> Option<Date> {
    let mut numbers = parts.iter().take(3).flat_map(|part| part.split(['-', '_', '.', ' ']));
    let (year, month, day) = (numbers.next()?, numbers.next()?, numbers.next()?);
    (year.len() == 4).then(|| date(year, month, day))?
}

fn date(year: &str, month: &str, day: &str) -> Option<Date> {
    let short = |text: &str| (1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    (short(month) && short(day)).then_some(())?;
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn check(path: &str, want: Option<Date>) {
        assert_eq!(day(path, |day| (1900..2026).contains(&day.year())), want, "{path}");
    }

    #[test]
    fn dates_in_names_are_found() {
        let want = Some(date(2025, 7, 17));
        for path in [
            "2025-07-17.txt",
            "news_2025-07-17_0042.txt",
            "20250717.txt",
            "afp-20250717T093000Z.txt",
            "afp-20250717093000.txt",
            "17-07-2025.txt",
            "17.07.2025 bourse.txt",
            "2025_07_17.txt",
            "edition_17_07_2025_soir.txt",
            "2025/07/17/a.txt",
            "2025/7/17-a.txt",
            "2025-07/17/a.txt",
            "news/2025-07-17/a.txt",
            "journal-17-juillet-2025.txt",
            "july-17-2025.txt",
            "2019-01-01/2025-07-17.txt",
        ] {
            check(path, want);
        }
    }

    #[test]
    fn other_numbers_are_not_dates() {
        for path in [
            "000_5245869.txt",
            "99999999.txt",
            "a/b/c.txt",
            "2025/a.txt",
            "2031-01-01.txt",
            "1.2.3.txt",
            "2025/13/01.txt",
            "",
            "/",
        ] {
            check(path, None);
        }
    }

    #[test]
    fn addresses_name_days() {
        let of = |url| day_of_address(url, |day| (1900..2026).contains(&day.year()));
        for url in [
            "https://e.example/2025/07/17/halden-up",
            "https://e.example/news/2025/7/17/halden-up.html?id=2024/01/01",
            "https://e.example/2025-07-17/halden-up",
            "https://e.example/2025/07-17/halden-up",
            "https://e.example/article/20250717/halden-up#2024",
        ] {
            assert_eq!(of(url), Some(date(2025, 7, 17)), "{url}");
        }
        for url in [
            "https://e.example/halden-on-july-17-2025",
            "https://2025.example/07/17/a",
            "https://e.example/2031/07/17/a",
            "https://e.example/a?day=2025/07/17",
            "x",
            "",
        ] {
            assert_eq!(of(url), None, "{url}");
        }
    }

    #[test]
    fn the_year_of_a_folder_is_found() {
        assert_eq!(year("news/2024/cafe.txt"), Some(2024));
        assert_eq!(year("a-2023/news-1959.txt"), Some(2023));
        for path in ["news/0042.txt", "1953.txt", "news/item-1959.txt", "a1953.txt", "", "2024.", "/"] {
            assert_eq!(year(path), None, "{path}");
        }
    }

    proptest! {
        #[test]
        fn every_day_is_found_in_every_form(day in 1i8..=28, month in 1i8..=12, year in 1950i16..2025) {
            for path in [
                format!("a/{year}-{month:02}-{day:02}-b.txt"),
                format!("{year}/{month:02}/{day:02}/b.txt"),
                format!("x{year}{month:02}{day:02}.txt"),
            ] {
                check(&path, Some(date(year, month, day)));
            }
        }

        #[test]
        fn any_path_is_survived(path in "[0-9_./é-]{0,30}") {
            let found = day(&path, |day| day.year() == 2000);
            prop_assert!(found.is_none_or(|day| day.year() == 2000));
        }
    }
}
