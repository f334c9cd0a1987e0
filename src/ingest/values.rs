//! How the values of a record are written: strings, numbers, objects with a name in them, lists of any of these.
//!
//! Separate from `record`, which puts them in their places.

use serde_json::Value;

use super::written::unlinked;

/// How deep a value is looked into.
const DEEPEST: usize = 4;

/// Returns the first text of a value, on one line: a string, a name in an object, or what an object refers to.
pub(super) fn line(value: &Value) -> Option<String> {
    let first = |keys| texts(value, keys).into_iter().next();
    first(NAMES).or_else(|| first(&["@id"])).map(one_line)
}

/// What holds the name in an object that is a value.
pub(super) const NAMES: &[&str] =
    &["name", "title", "label", "topic", "rendered", "value", "text", "$oid", "$date", "$numberLong"];

/// Returns all names of a value, joined by commas. A reference is none.
pub(super) fn lines(value: &Value) -> Option<String> {
    let names = names(value);
    (!names.is_empty()).then(|| names.join(", "))
}

/// Returns the names of a value. A number, of a table in another program, is none.
pub(super) fn names(value: &Value) -> Vec<String> {
    let names = texts(value, NAMES).into_iter().map(|name| unlinked(one_line(name)));
    names.filter(|name| name.bytes().any(|byte| !byte.is_ascii_digit())).collect()
}

/// Returns the texts of a value; of an object, that of the first of `keys` it has.
pub(super) fn texts(value: &Value, keys: &[&str]) -> Vec<String> {
    fn collect(value: &Value, keys: &[&str], depth: usize, texts: &mut Vec<String>) {
        match value {
            Value::String(text) if !is_missing(text) => texts.push(text.clone()),
            Value::Number(number) => texts.push(match number.as_f64() {
                // Spreadsheets and pandas make floats of whole numbers.
                Some(float) if number.is_f64() && float.fract() == 0.0 && float.abs() < 1e15 => format!("{float:.0}"),
                _ => number.to_string(),
            }),
            Value::Array(values) if depth < DEEPEST => {
                values.iter().for_each(|value| collect(value, keys, depth + 1, texts));
            }
            Value::Object(object) if depth < DEEPEST => {
                if let Some(value) = keys.iter().find_map(|key| object.get(*key)) {
                    collect(value, keys, depth + 1, texts);
                }
            }
            _ => {}
        }
    }
    let mut texts = Vec::new();
    collect(value, keys, 0, &mut texts);
    texts
}

/// Returns whether a text only says that there is no value, as exports write it.
pub(super) fn is_missing(text: &str) -> bool {
    let text = text.trim();
    // `NAN` is a symbol.
    matches!(text, "" | "nan" | "NaN" | "Nan")
        || ["null", "none", "n/a", "<na>"].iter().any(|missing| missing.eq_ignore_ascii_case(text))
}

/// Returns the text on one line.
pub(super) fn one_line(text: String) -> String {
    let trimmed = text.trim();
    if trimmed.len() == text.len() && !trimmed.contains(['\n', '\r', '\t']) {
        return text;
    }
    trimmed.split(['\n', '\r', '\t']).map(str::trim).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Returns the items of a list that a program wrote as one string: `['Jane Roe', "Li Wei"]`, `[]`. Brackets around
/// something else (`[Reuters]`) are none.
pub(super) fn listed(text: &str) -> Option<Vec<String>> {
    let mut rest = text.trim().strip_prefix('[')?.strip_suffix(']')?.trim();
    let mut items = Vec::new();
    while !rest.is_empty() {
        let quote = rest.chars().next().filter(|first| matches!(first, '\'' | '"'))?;
        // The quote that ends an item stands before a comma or the end; an apostrophe does not.
        let inner = &rest[1..];
        let mut ends = inner.match_indices(quote).map(|(at, _)| (at, inner[at + 1..].trim_start()));
        let (end, after) = ends.find(|(_, after)| after.is_empty() || after.starts_with(','))?;
        items.push(inner[..end].trim().to_owned());
        rest = after.strip_prefix(',').unwrap_or(after).trim_start();
    }
    items.retain(|item| !is_missing(item));
    Some(items)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_in_a_string_are_lists() {
        for (text, expected) in [
            ("['Jane Roe', 'Li Wei']", Some(&["Jane Roe", "Li Wei"][..])),
            (r#"["Jane O'Neill", 'None']"#, Some(&["Jane O'Neill"])),
            ("['Jane O'Neill','Li Wei' ]", Some(&["Jane O'Neill", "Li Wei"])),
            ("[]", Some(&[])),
            ("[Reuters]", None),
            ("['Jane Roe'", None),
            ("Jane Roe", None),
        ] {
            let expected = expected.map(|items| items.iter().map(|item| (*item).to_owned()).collect());
            assert_eq!(listed(text), expected, "{text}");
        }
    }

    #[test]
    fn a_value_may_say_that_there_is_none() {
        for text in ["", " ", "NONE", "None", "null", "NaN", "n/a", "<NA>"] {
            assert!(is_missing(text), "{text}");
        }
        for text in ["NAN", "NA", "Non", "0"] {
            assert!(!is_missing(text), "{text}");
        }
    }
}
