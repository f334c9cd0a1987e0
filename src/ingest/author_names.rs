//! Who wrote an article, as records, feeds and pages write it beside the name: addresses, lists in a string, `Posted by`.
//!
//! Separate from `values`, since what a name is not is a matter of authors alone.

use serde_json::{Map, Value};

use super::markup;
use super::values::{lines, listed, one_line};
use super::written::host;

/// What a program, or a form that nobody filled in, has for a name.
const NOBODY: &[&str] = &[
    "admin",
    "administrator",
    "administrateur",
    "anonymous",
    "anonyme",
    "author",
    "auteur",
    "root",
    "unknown",
    "unknown author",
    "inconnu",
    "user",
    "webmaster",
    "-",
];

/// What stands before a name where an article says who wrote it, in small letters. `By` alone is for those who know
/// where a name ends.
const BY: &[&str] = &[
    "posted by ",
    "published by ",
    "written by ",
    "reported by ",
    "écrit par ",
    "publié par ",
    "rédigé par ",
    "posté par ",
];

/// Returns the authors that a value of a record names.
pub(super) fn of(value: &Value) -> Option<String> {
    match value {
        Value::Array(values) => {
            let all: Vec<String> = values.iter().filter_map(of).collect();
            clean(&all.join(", "))
        }
        Value::Object(person) => full_name(person).or_else(|| clean(&lines(value)?)),
        value => clean(&lines(value)?),
    }
}

/// Returns the name of a person that has it in two fields.
fn full_name(person: &Map<String, Value>) -> Option<String> {
    let part = |keys: [&str; 4]| keys.iter().find_map(|key| person.get(*key)?.as_str()).map(str::trim);
    let first = part(["first_name", "firstName", "given_name", "givenName"])?;
    let last = part(["last_name", "lastName", "family_name", "familyName"])?;
    clean(&format!("{first} {last}"))
}

/// Returns the names in a text that says who wrote an article, each once; `None` if it names nobody.
pub(super) fn clean(text: &str) -> Option<String> {
    if let Some(items) = listed(text) {
        let names: Vec<String> = items.iter().filter_map(|item| clean(item)).collect();
        return distinct_names(&names.join(", "));
    }
    let text = one_line(markup::clean(text.to_owned())).replace('\u{a0}', " ");
    let name = without_address(text.trim())?;
    let name = BY.iter().find_map(|by| behind(name, by)).unwrap_or(name).trim();
    let bare = name.trim_matches(['(', ')']);
    let is_nobody = NOBODY.iter().any(|nobody| bare.eq_ignore_ascii_case(nobody));
    if is_nobody || host(name).is_some() { None } else { distinct_names(name) }
}

/// Returns what stands behind `start`, whatever the case of its letters.
fn behind<'t>(text: &'t str, start: &str) -> Option<&'t str> {
    let head = text.get(..start.len())?;
    (head.to_lowercase() == start).then(|| &text[start.len()..])
}

/// Returns the name beside an address, `jane@e.example (Jane Roe)` or `Jane Roe <jane@e.example>`; `None` of an address
/// alone.
fn without_address(text: &str) -> Option<&str> {
    let is_address = |word: &str| {
        word.split_once('@').is_some_and(|(user, host)| !user.is_empty() && host.contains('.') && !word.contains(' '))
    };
    let address = |part: &str| is_address(part.trim().trim_matches(['<', '>', '(', ')']));
    if address(text) {
        return None;
    }
    match text.split_once(" (").or_else(|| text.split_once(" <")) {
        Some((before, inside)) if address(before) => Some(inside.trim_end_matches([')', '>']).trim()),
        Some((before, inside)) if address(inside) => Some(before.trim()),
        _ => Some(text),
    }
    .filter(|name| !name.is_empty())
}

/// Returns names between commas, each once.
fn distinct_names(names: &str) -> Option<String> {
    let parts = || names.split(',').map(str::trim);
    let mut distinct: Vec<&str> = Vec::new();
    for part in parts() {
        if !distinct.contains(&part) {
            distinct.push(part);
        }
    }
    let names = if distinct.len() < parts().count() { distinct.join(", ") } else { names.to_owned() };
    (!names.is_empty()).then_some(names)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn names_are_told_from_what_stands_beside_them() {
        for (value, expected) in [
            (json!("Jane Roe"), Some("Jane Roe")),
            (json!("['Jane Roe', 'Li Wei']"), Some("Jane Roe, Li Wei")),
            (json!("[]"), None),
            (json!("<a href=\"/j\">Jane Roe</a>"), Some("Jane Roe")),
            (json!("Jane&nbsp;Roe"), Some("Jane Roe")),
            (json!("&Eacute;lise Petit"), Some("Élise Petit")),
            (json!("Jane Roe, Jane Roe"), Some("Jane Roe")),
            (json!(["Jane Roe", "Jane Roe", "Li Wei"]), Some("Jane Roe, Li Wei")),
            (json!("Écrit par Anne Petit"), Some("Anne Petit")),
            (json!("Posted by Jane Roe"), Some("Jane Roe")),
            (json!("By Jane Roe in London"), Some("By Jane Roe in London")),
            (json!("admin"), None),
            (json!("(anonymous)"), None),
            (json!("jane@e.example (Jane Roe)"), Some("Jane Roe")),
            (json!("Jane Roe <jane@e.example>"), Some("Jane Roe")),
            (json!("Jane Roe (Halden Wire)"), Some("Jane Roe (Halden Wire)")),
            (json!("noreply@e.example"), None),
            (json!({"first_name": "Jane", "last_name": "Roe"}), Some("Jane Roe")),
            (json!([{"name": "Jane Roe"}, {"givenName": "Li", "familyName": "Wei"}]), Some("Jane Roe, Li Wei")),
            (json!("https://a.example/jane"), None),
        ] {
            assert_eq!(of(&value).as_deref(), expected, "{value}");
        }
    }
}
