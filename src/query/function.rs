//! Functions of the query language, written before a bracket: `ATLEAST3(…)`, `FIRST/50(…)`, `NOSTEM(…)`.

/// A function with its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Function {
    /// So many times at least.
    AtLeast(u32),
    /// Among so many first words.
    First(u32),
    /// Without inflections.
    NoStem,
    /// In capitals: telex keeps no letter case in its index.
    Caps,
    /// In the singular or the plural alone.
    Number,
    /// In the headline or the lead.
    HeadlineOrLead,
    /// One whose number is missing or out of bounds; what it should look like.
    Unnumbered(&'static str),
}

/// The greatest number that a function takes.
const MOST: u32 = 1_000_000;

/// Returns the function called `word`, in any letter case.
pub(super) fn function(word: &str) -> Option<Function> {
    let word = word.to_ascii_uppercase();
    match word.as_str() {
        "PLURAL" | "SINGULAR" => return Some(Function::Number),
        "NOSTEM" => return Some(Function::NoStem),
        "CAPS" | "ALLCAPS" | "NOCAPS" => return Some(Function::Caps),
        "HLEAD" => return Some(Function::HeadlineOrLead),
        _ => {}
    }
    let name = word.trim_end_matches(|c: char| c.is_ascii_digit());
    let number = word[name.len()..].parse().ok().filter(|number| (1..=MOST).contains(number));
    match (name.strip_suffix('/').unwrap_or(name), number) {
        ("ATLEAST", Some(times)) => Some(Function::AtLeast(times)),
        ("FIRST", Some(words)) => Some(Function::First(words)),
        ("ATLEAST", None) => Some(Function::Unnumbered("ATLEAST3")),
        ("FIRST", None) => Some(Function::Unnumbered("FIRST/50")),
        _ => None,
    }
}

/// Returns whether `word` is a function that no one types as a word, with or without its bracket: its name, or its name
/// with a number, is none.
pub(super) fn is_function_alone(word: &str) -> bool {
    match function(word) {
        Some(Function::NoStem) => true,
        Some(Function::First(_)) => word.contains('/') || word.starts_with("FIRST"),
        _ => false,
    }
}

/// Returns the number of `ATLEAST3` and `atleast3`, which Factiva's users write without brackets.
pub(super) fn at_least(word: &str) -> Option<u32> {
    let (name, number) = word.split_at_checked("ATLEAST".len())?;
    let number = number.parse().ok().filter(|number| (1..=MOST).contains(number));
    number.filter(|_| name.eq_ignore_ascii_case("ATLEAST") && word.ends_with(|c: char| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_are_known_by_their_names() {
        for (word, want) in [
            ("ATLEAST3", Some(Function::AtLeast(3))),
            ("ATLEAST/3", Some(Function::AtLeast(3))),
            ("FIRST/50", Some(Function::First(50))),
            ("FIRST50", Some(Function::First(50))),
            ("NOSTEM", Some(Function::NoStem)),
            ("FIRST", Some(Function::Unnumbered("FIRST/50"))),
            ("ATLEAST0", Some(Function::Unnumbered("ATLEAST3"))),
            ("First", Some(Function::Unnumbered("FIRST/50"))),
            ("first/50", Some(Function::First(50))),
            ("nostem", Some(Function::NoStem)),
            ("HLead", Some(Function::HeadlineOrLead)),
            ("Apple", None),
        ] {
            assert_eq!(function(word), want, "{word}");
        }
        for (word, want) in [
            ("NOSTEM", true),
            ("first/50", true),
            ("FIRST50", true),
            ("first50", false),
            ("FIRST", false),
            ("CAPS", false),
        ] {
            assert_eq!(is_function_alone(word), want, "{word}");
        }
        assert_eq!(
            (at_least("atleast3"), at_least("ATLEAST12"), at_least("atleast"), at_least("été3")),
            (Some(3), Some(12), None, None)
        );
    }
}
