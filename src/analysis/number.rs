//! Numbers: the canonical value of a written number, so that `0,31` and `0.31`, `1 234,56` and
//! `1,234.56` are forms of one number.

/// Returns whether a form (as the tokenizer gives it) is a number: digits with inner separators.
pub fn is_number(form: &str) -> bool {
    form.as_bytes().first().is_some_and(u8::is_ascii_digit)
        && form.bytes().all(|b| b.is_ascii_digit() || b == b',' || b == b'.')
}

/// Returns the values that a written number can have, in a canonical spelling: no grouping, a dot
/// before the decimals, no trailing zeros. `1.234` has two (1234 in one house, 1.234 in another);
/// what is not a number has none.
pub fn canonical_numbers(form: &str) -> Vec<String> {
    if !is_number(form) {
        return Vec::new();
    }
    let separators: Vec<(usize, u8)> = form.bytes().enumerate().filter(|(_, b)| !b.is_ascii_digit()).collect();
    let as_groups = || form.bytes().filter(u8::is_ascii_digit).map(char::from).collect::<String>();
    let with_decimals = |at: usize| {
        let whole: String = form[..at].bytes().filter(u8::is_ascii_digit).map(char::from).collect();
        format!("{whole}.{}", &form[at + 1..])
    };
    let groups_of_three = |end: usize| {
        let whole = &form[..end];
        let mut parts = whole.split([',', '.']);
        let first = parts.next().unwrap_or_default();
        (1..=3).contains(&first.len()) && parts.all(|part| part.len() == 3)
    };
    let spellings = match separators.as_slice() {
        [] => vec![as_groups()],
        [(at, _)] => {
            // One separator: decimals; or a group, if three digits follow and at most three stand before.
            let decimals = form.len() - at - 1;
            if decimals == 3 && *at <= 3 && !form.starts_with('0') {
                vec![as_groups(), with_decimals(*at)]
            } else {
                vec![with_decimals(*at)]
            }
        }
        [rest @ .., (last, mark)] => {
            if rest.iter().all(|(_, other)| other == mark) {
                // The same mark throughout groups: 1.234.567. Anything else is a version or a date.
                if groups_of_three(form.len()) { vec![as_groups()] } else { Vec::new() }
            } else if rest.iter().all(|(_, other)| other == &rest[0].1) && groups_of_three(*last) {
                vec![with_decimals(*last)]
            } else {
                Vec::new()
            }
        }
    };
    spellings.into_iter().map(|spelling| trimmed(&spelling)).collect()
}

/// Returns whether two written numbers may be one: `1.234` and `1,234`, `2,5` and `2.50`. Three digits behind a mark are
/// decimals only for one who writes three decimals: `137,000` is not 137, nor `1,150` 1.15.
pub fn is_same_number(a: &str, b: &str) -> bool {
    let readings = |form: &str| {
        let values = canonical_numbers(form);
        let is_doubtful = values.len() > 1;
        // What it comes to in decimals comes last.
        values.into_iter().enumerate().map(move |(n, value)| (value, is_doubtful && n == 1)).collect::<Vec<_>>()
    };
    let decimals = |form: &str| form.rfind([',', '.']).map_or(0, |mark| form.len() - mark - 1);
    let (left, right) = (readings(a), readings(b));
    left.iter().any(|(value, doubtful)| {
        let same = right.iter().find(|(other, _)| other == value);
        same.is_some_and(|(_, other_doubtful)| !(doubtful | other_doubtful) || decimals(a) == decimals(b))
    })
}

/// Which marks part decimals from the whole, as far as is known: true if that mark does, false if it parts groups.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Marks {
    pub dot: Option<bool>,
    pub comma: Option<bool>,
}

/// Returns the values that a written number can have ([`canonical_numbers`]) where its marks are known.
pub(super) fn settled(form: &str, marks: Marks) -> Vec<String> {
    let mut values = canonical_numbers(form);
    let parts_decimals = if form.contains(',') { marks.comma } else { marks.dot };
    if let (2, Some(decimals)) = (values.len(), parts_decimals) {
        // In groups it comes first.
        values.remove(usize::from(!decimals));
    }
    values
}

/// Drops leading zeros of the whole part and trailing zeros of the decimals.
fn trimmed(spelling: &str) -> String {
    let (whole, decimals) = spelling.split_once('.').unwrap_or((spelling, ""));
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    match decimals.trim_end_matches('0') {
        "" => whole.to_owned(),
        decimals => format!("{whole}.{decimals}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values() {
        for (form, want) in [
            ("0,31", &["0.31"][..]),
            ("0.31", &["0.31"]),
            ("2,50", &["2.5"]),
            ("1234,56", &["1234.56"]),
            ("1.234,56", &["1234.56"]),
            ("1,234.56", &["1234.56"]),
            ("1,234", &["1234", "1.234"]),
            ("0,125", &["0.125"]),
            ("12345,678", &["12345.678"]),
            ("1.234.567", &["1234567"]),
            ("007", &["7"]),
            ("2025", &["2025"]),
            ("1.2.3", &[]),
            ("10k", &[]),
            ("", &[]),
        ] {
            assert_eq!(canonical_numbers(form), want, "{form}");
        }
    }

    #[test]
    fn three_digits_behind_a_mark_are_decimals_for_three_decimals_alone() {
        for (a, b, want) in [
            ("137", "137,000", false),
            ("1,15", "1,150", false),
            ("1.15", "1,150", false),
            ("5", "5.000", false),
            ("1150", "1,150", true),
            ("1.234", "1,234", true),
            ("1,234", "1234", true),
            ("1.234", "1.234,00", true),
            ("2,5", "2.50", true),
            ("0,31", "0.31", true),
            ("12345,678", "12345.678", true),
            ("1,2", "1,3", false),
        ] {
            assert_eq!((is_same_number(a, b), is_same_number(b, a)), (want, want), "{a} {b}");
        }
    }

    #[test]
    fn a_known_mark_leaves_one_value() {
        let english = Marks { dot: Some(true), comma: Some(false) };
        for (form, marks, want) in [
            ("1,234", english, &["1234"][..]),
            ("1.234", english, &["1.234"]),
            ("1,234", Marks { comma: Some(true), ..english }, &["1.234"]),
            ("1,234", Marks { comma: None, ..english }, &["1234", "1.234"]),
            ("1,5", english, &["1.5"]),
        ] {
            assert_eq!(settled(form, marks), want, "{form}");
        }
    }
}
