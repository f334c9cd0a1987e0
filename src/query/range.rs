//! Intervals as people type them after a field: `3`, `>2`, `<=5`, `2..5`, `..5`, `[2 TO 5]`, `{2 TO 5}`.

/// The ends of an interval as typed, each with whether it lies inside; an open end is `None`. At least one
/// is not open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Ends<'t> {
    /// The lower end.
    pub low: Option<(&'t str, bool)>,
    /// The upper end.
    pub high: Option<(&'t str, bool)>,
}

fn end(value: &str, included: bool) -> Option<(&str, bool)> {
    (!matches!(value, "" | "*")).then_some((value, included))
}

/// Returns the ends of the interval `typed`; a single value is both. `None` if it is none.
pub(super) fn ends(typed: &str) -> Option<Ends<'_>> {
    let typed = typed.trim();
    let ends = if typed.starts_with(['[', '{']) {
        let inside = typed.strip_suffix([']', '}'])?;
        let (left, right) = sides(&inside[1..])?;
        let (low, high) = (inside[1..1 + left].trim(), inside[1 + right..].trim());
        Ends { low: end(low, typed.starts_with('[')), high: end(high, typed.ends_with(']')) }
    } else if let Some((sign, value)) = comparison(typed) {
        let value = Some((value.trim(), sign != ">" && sign != "<")).filter(|(value, _)| !value.is_empty())?;
        match sign {
            ">" | ">=" | "≥" => Ends { low: Some(value), high: None },
            _ => Ends { low: None, high: Some(value) },
        }
    } else if let Some((low, high)) = typed.split_once("..").or_else(|| typed.split_once('…')) {
        Ends { low: end(low.trim(), true), high: end(high.trim(), true) }
    } else {
        Ends { low: end(typed, true), high: end(typed, true) }
    };
    (ends.low.is_some() || ends.high.is_some()).then_some(ends)
}

/// Returns where the left side of `a TO b` ends and where its right side begins.
pub(super) fn sides(inside: &str) -> Option<(usize, usize)> {
    let to = |at: &usize| {
        let (before, after) = (&inside[..*at], &inside[at + 2..]);
        before.ends_with(char::is_whitespace) && after.starts_with(char::is_whitespace)
    };
    let at = inside.match_indices("TO").map(|(at, _)| at).find(to)?;
    Some((at, at + 2))
}

/// Splits the sign of a comparison from what is compared with.
pub(super) fn comparison(typed: &str) -> Option<(&str, &str)> {
    let sign = [">=", "<=", "≥", "≤", ">", "<"].into_iter().find(|sign| typed.starts_with(sign))?;
    Some(typed.split_at(sign.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_in_every_spelling() {
        for (typed, want) in [
            ("3", Some((Some(("3", true)), Some(("3", true))))),
            (">2", Some((Some(("2", false)), None))),
            ("≥ 2", Some((Some(("2", true)), None))),
            ("<=5", Some((None, Some(("5", true))))),
            ("2..5", Some((Some(("2", true)), Some(("5", true))))),
            ("-3..-1", Some((Some(("-3", true)), Some(("-1", true))))),
            ("2…", Some((Some(("2", true)), None))),
            ("[2 TO 5]", Some((Some(("2", true)), Some(("5", true))))),
            ("{2 TO 5]", Some((Some(("2", false)), Some(("5", true))))),
            ("[* TO 5}", Some((None, Some(("5", false))))),
            ("[* TO *]", None),
            ("[2 5]", None),
            ("..", None),
            (">", None),
            ("", None),
        ] {
            assert_eq!(ends(typed).map(|ends| (ends.low, ends.high)), want, "{typed}");
        }
    }
}
