//! The sign before a number: what is a minus, and what is a hyphen or a dash.

/// What is written for a minus: the sign itself, hyphens, and, as French type sets it, an en dash.
pub(super) const MINUS: [char; 4] = ['-', '\u{2011}', '\u{2212}', '\u{2013}'];

/// Returns whether a text ends with a minus sign that is no hyphen, or with the word for it.
pub(super) fn follows_minus(before: &str) -> bool {
    minus_before(before).is_some()
}

/// Returns where the minus sign begins with which a text ends, or the word for it; `None` if it ends with neither.
pub fn minus_before(before: &str) -> Option<usize> {
    let Some(rest) = before.strip_suffix(MINUS) else {
        if let Some(start) = word(before) {
            return Some(start);
        }
        // `(- 3 %)`: elsewhere a dash stands so.
        let rest = before.trim_end_matches([' ', '\u{a0}', '\u{202f}']).strip_suffix(MINUS)?;
        return rest.ends_with('(').then_some(rest.len());
    };
    let is_hyphen = rest.chars().next_back().is_some_and(|c| c.is_alphanumeric() || matches!(c, ')' | '%' | '€' | '$'));
    (!is_hyphen).then_some(rest.len())
}

/// Returns where the word begins if a text ends with `minus` or `moins` as the sign of the number behind it:
/// `au moins 5 %` is no less than that, and `plus ou moins 2 %` either.
fn word(before: &str) -> Option<usize> {
    let rest = before.strip_suffix([' ', '\u{a0}', '\u{202f}'])?;
    let rest = ["minus", "moins", "Minus", "Moins"].iter().find_map(|word| rest.strip_suffix(word))?;
    let last = rest.trim_end().rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let others = ["au", "du", "or", "ou", "and", "et", "en", "un", "le", "les", "bien", "pas", "tout", "not"];
    let is_sign = !rest.ends_with(char::is_alphanumeric)
        && !last.ends_with(|c: char| c.is_ascii_digit())
        && !others.iter().any(|other| last.eq_ignore_ascii_case(other));
    is_sign.then_some(rest.len())
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
            ("recule de moins ", true),
            ("growth of minus ", true),
            ("Moins\u{a0}", true),
            ("au moins ", false),
            ("plus ou moins ", false),
            ("plus or minus ", false),
            ("10 minus ", false),
            ("témoins ", false),
            ("moins de ", false),
        ] {
            assert_eq!(follows_minus(before), want, "{before}");
        }
        let signs = ["recule (– ", "baisse de moins ", "−"].map(|before| minus_before(before).map(|at| &before[at..]));
        assert_eq!(signs, [Some("– "), Some("moins "), Some("−")]);
    }
}
