//! The names of months and weekdays, in French and English, whole and shortened, as articles and people write them:
//! lower case, without accents and dots.

/// Months, from January.
pub const MONTHS: [&[&str]; 12] = [
    &["janvier", "january", "janv", "jan"],
    &["fevrier", "february", "fevr", "febr", "fev", "feb"],
    &["mars", "march", "mar"],
    &["avril", "april", "avr", "apr"],
    &["mai", "may"],
    &["juin", "june", "jun"],
    &["juillet", "july", "juill", "juil", "jul"],
    &["aout", "august", "aou", "aug"],
    &["septembre", "september", "sept", "sep"],
    &["octobre", "october", "oct"],
    &["novembre", "november", "nov"],
    &["decembre", "december", "dec"],
];

/// Weekdays, from Monday. `mar` is a month, too.
pub const WEEKDAYS: [&[&str]; 7] = [
    &["lundi", "monday", "lun", "mon"],
    &["mardi", "tuesday", "mar", "tues", "tue"],
    &["mercredi", "wednesday", "mer", "weds", "wed"],
    &["jeudi", "thursday", "jeu", "thurs", "thur", "thu"],
    &["vendredi", "friday", "ven", "fri"],
    &["samedi", "saturday", "sam", "sat"],
    &["dimanche", "sunday", "dim", "sun"],
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_are_plain_and_stand_once() {
        for table in [&MONTHS[..], &WEEKDAYS[..]] {
            let mut names: Vec<&str> = table.iter().flat_map(|names| names.iter().copied()).collect();
            assert!(names.iter().all(|name| name.bytes().all(|b| b.is_ascii_lowercase())), "{names:?}");
            let count = names.len();
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), count);
        }
    }
}
