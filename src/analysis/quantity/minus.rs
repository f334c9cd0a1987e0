//! The sign before a number: what is a minus, and what is a hyphen or a dash.

/// What is written for a minus: the sign itself, hyphens, and, as French type sets it, an en dash.
pub(super) const MINUS: [char; 4] = ['-', '\u{2011}', '\u{2212}', '\u{2013}'];

/// Returns whether a text ends with a minus sign that is no hyphen.
pub(super) fn follows_minus(before: &str) -> bool {
    let Some(rest) = before.strip_suffix(MINUS) else {
        // `(- 3 %)`: elsewhere a dash stands so.
        let bracket = before.trim_end_matches([' ', '\u{a0}', '\u{202f}']).strip_suffix(MINUS);
        return bracket.is_some_and(|rest| rest.ends_with('('));
    };
    !rest.chars().next_back().is_some_and(|c| c.is_alphanumeric() || matches!(c, ')' | '%' | '€' | '$'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_minus_stands_apart_from_what_comes_before() {
        for (before, want) in [
            ("recule de -", true),
            ("recule (–", true),
            ("LVMH –", true),
            ("(- ", true),
            ("(–\u{a0}", true),
            ("Atos – ", false),
            ("2024-", false),
            ("10–", false),
            ("5 %-", false),
            ("recule de ", false),
        ] {
            assert_eq!(follows_minus(before), want, "{before}");
        }
    }
}
