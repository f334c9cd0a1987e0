//! The front matter of a text: what stands between `---` (YAML) or `+++` (TOML) fences at its top. What is
//! not valid YAML, since people write `title: Renault : le titre bondit`, is read line by line.

use serde_json::{Map, Value};

use super::fields::{Field, role};

/// Returns the front matter, and the text after it. What opens like front matter but cannot be read
/// as such is text. One that nothing closes ends at the first blank line, if it is YAML with a title and more.
pub(super) fn read(text: &str) -> Option<(Map<String, Value>, &str)> {
    let text = text.trim_start_matches(['\u{feff}', '\n', '\r']);
    let (fence, rest) = text.split_once('\n')?;
    let closing: &[&str] = match fence.trim_end() {
        "---" => &["---", "..."],
        "+++" => &["+++"],
        _ => return None,
    };
    let Some((matter, text)) = until(rest, |line| closing.contains(&line)) else {
        let (matter, text) = until(rest, str::is_empty).filter(|_| fence.trim_end() == "---")?;
        let stated = entries(matter).filter(is_of_article)?;
        return Some((stated, text));
    };
    let value = match fence.trim_end() {
        "---" => yaml(matter).or_else(|| entries(matter).map(Value::Object))?,
        _ => from_toml(toml::Value::Table(toml::from_str(matter).ok()?)),
    };
    match value {
        Value::Object(object) => Some((object, text)),
        Value::Null => Some((Map::new(), text)),
        _ => None,
    }
}

/// Returns what stands above the first line that ends front matter, and what stands below.
fn until(text: &str, ends: impl Fn(&str) -> bool) -> Option<(&str, &str)> {
    let mut end = 0;
    let line = text.split_inclusive('\n').find(|line| {
        let is_end = ends(line.trim_end());
        end += if is_end { 0 } else { line.len() };
        is_end
    })?;
    Some((text.get(..end)?, text.get(end + line.len()..)?))
}

/// Returns whether front matter names a title, and a second thing that telex knows.
pub(super) fn is_of_article(stated: &Map<String, Value>) -> bool {
    let mut fields: Vec<Field> = stated.keys().filter_map(|key| role(key)).map(|role| role.field).collect();
    fields.dedup();
    fields.len() > 1 && fields.contains(&Field::Headline)
}

/// How deep lists and maps may lie in one another: the parser takes the square of it in time.
const DEEPEST: usize = 64;

fn yaml(matter: &str) -> Option<Value> {
    let mut depth = 0usize;
    let is_deep = matter.bytes().any(|byte| {
        match byte {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth > DEEPEST
    });
    if is_deep { None } else { serde_yaml_ng::from_str(matter).ok() }
}

/// Returns the front matter that was meant by what is no valid YAML, as `title: Renault : le titre`:
/// one `key: value` a line, with items or more of a text on the indented lines below it. `None` if a line
/// is neither, or if all that there is are lists that never close: that may be a text between two rules.
fn entries(matter: &str) -> Option<Map<String, Value>> {
    let mut entries: Vec<(&str, Value)> = Vec::new();
    let mut any_whole = false;
    for line in matter.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')) {
        let bare = line.trim();
        let item = bare.strip_prefix("- ");
        if line.starts_with([' ', '\t']) || item.is_some() {
            let (_, value) = entries.last_mut()?;
            match (item, value) {
                (Some(item), Value::Array(items)) => items.push(unquoted(item)),
                (Some(item), value) if value == "" => *value = Value::Array(vec![unquoted(item)]),
                (_, Value::String(text)) => {
                    if !text.is_empty() {
                        text.push(' ');
                    }
                    text.push_str(bare);
                }
                _ => {}
            }
            continue;
        }
        let (key, value) = bare.split_once(": ").or_else(|| Some((bare.strip_suffix(':')?, "")))?;
        let (key, value) = (key.trim(), value.trim());
        let named = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ' ' | ':' | '\'' | '’');
        if key.is_empty() || key.len() > 64 || !key.chars().all(named) {
            return None;
        }
        let list = value.strip_prefix('[');
        let items = list.and_then(|items| items.strip_suffix(']'));
        any_whole |= list.is_none() || items.is_some();
        let value = match items {
            Some(items) => items.split(',').map(unquoted).collect(),
            None if matches!(value, "|" | ">" | "|-" | ">-") => Value::from(""),
            None => unquoted(value),
        };
        entries.push((key, value));
    }
    let is_matter = any_whole || entries.is_empty();
    is_matter.then(|| entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
}

/// Returns a text without the quotes around it.
fn unquoted(text: &str) -> Value {
    let text = text.trim();
    let inner = |quote: char| text.strip_prefix(quote)?.strip_suffix(quote);
    inner('"').or_else(|| inner('\'')).unwrap_or(text).into()
}

/// Returns a TOML value as JSON has it, dates as written. The depth is that of the parser's own limit.
fn from_toml(value: toml::Value) -> Value {
    match value {
        toml::Value::String(text) => text.into(),
        toml::Value::Integer(number) => number.into(),
        toml::Value::Float(number) => number.into(),
        toml::Value::Boolean(truth) => truth.into(),
        toml::Value::Datetime(date) => date.to_string().into(),
        toml::Value::Array(values) => values.into_iter().map(from_toml).collect(),
        toml::Value::Table(table) => table.into_iter().map(|(key, value)| (key, from_toml(value))).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_in_lists_without_end_are_no_danger() {
        let start = std::time::Instant::now();
        let text = format!("---\ntitle: Un titre\na: {}\n---\nLe texte.\n", "[".repeat(100_000));
        assert!(read(&text).is_some_and(|(_, text)| text == "Le texte.\n"));
        assert!(start.elapsed().as_secs() < 5);
    }
}
