//! A value of a record as running text: a string, a list of paragraphs, or the tree that an editor makes of a text.
//!
//! Separate from `values`, whose texts are names and codes. The trees are those of ProseMirror, Slate, Lexical, Editor.js,
//! Portable Text and their kin: blocks in lists, and in each block its text, whole or in runs.

use serde_json::{Map, Value};

use super::decode::line_ends;
use super::markup;
use super::values::is_missing;

/// What holds the text in an object that is a value, best first.
const TEXTS: &[&str] = &["value", "rendered", "main", "text", "content", "html", "#text", "__cdata", "name"];

/// What holds the blocks of a text, or those within a block.
const HOLDERS: &[&str] = &[
    "root",
    "document",
    "children",
    "content",
    "blocks",
    "nodes",
    "sections",
    "paragraphs",
    "data",
    "body",
    "value",
    "items",
];

/// What holds the runs of a block.
const RUNS: &[&str] = &["children", "content", "nodes", "spans", "runs"];

/// How deep a text may lie.
const DEEPEST: usize = 24;

/// Returns a value as running text: tags and entities resolved, the blocks of it as paragraphs.
pub(super) fn prose(value: &Value) -> Option<String> {
    let mut paragraphs = Vec::new();
    gather(value, 0, &mut paragraphs);
    let text = paragraphs.into_iter().map(|text| markup::clean(line_ends(text))).collect::<Vec<_>>().join("\n\n");
    (!text.trim().is_empty()).then_some(text)
}

fn gather(value: &Value, depth: usize, paragraphs: &mut Vec<String>) {
    match value {
        Value::String(text) if !is_missing(text) => paragraphs.push(text.clone()),
        Value::Number(number) => paragraphs.push(number.to_string()),
        Value::Array(values) if depth < DEEPEST => {
            values.iter().for_each(|value| gather(value, depth + 1, paragraphs));
        }
        Value::Object(object) if depth < DEEPEST => gather_block(object, depth, paragraphs),
        _ => {}
    }
}

fn gather_block(block: &Map<String, Value>, depth: usize, paragraphs: &mut Vec<String>) {
    if let Some(text) = RUNS.iter().find_map(|key| runs(block.get(*key)?, depth + 1)) {
        paragraphs.push(text);
        return;
    }
    if let Some(text) = own_text(block) {
        // A part of a story may have a title of its own.
        let title = ["title", "heading"].iter().find_map(|key| block.get(*key)?.as_str());
        paragraphs.extend(title.filter(|title| depth > 0 && !is_missing(title)).map(str::to_owned));
        paragraphs.push(text.to_owned());
        return;
    }
    for value in HOLDERS.iter().filter_map(|key| block.get(*key)).filter(|value| value.is_array() || value.is_object())
    {
        gather(value, depth + 1, paragraphs);
    }
}

/// Returns the text that an object has as a whole.
fn own_text(object: &Map<String, Value>) -> Option<&str> {
    TEXTS.iter().find_map(|key| object.get(*key)?.as_str()).filter(|text| !is_missing(text))
}

/// Returns the text of a list of runs; `None` if they are blocks.
fn runs(value: &Value, depth: usize) -> Option<String> {
    let items = value.as_array().filter(|_| depth < DEEPEST)?;
    let has_text = |item: &Value| item.get("text").is_some_and(Value::is_string);
    if !items.iter().any(has_text) {
        return None;
    }
    let run = |item: &Value| match item.get("text").and_then(Value::as_str) {
        Some(text) => Some(text.to_owned()),
        None if is_break(item) => Some("\n".to_owned()),
        None => RUNS.iter().find_map(|key| runs(item.get(*key)?, depth + 1)),
    };
    items.iter().map(run).collect()
}

/// Returns whether an item stands for a line break.
fn is_break(item: &Value) -> bool {
    let kind = item.get("type").and_then(Value::as_str).unwrap_or_default();
    matches!(kind, "hardBreak" | "hard_break" | "linebreak" | "line_break" | "br")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_trees_of_editors_are_read() {
        let text = |text: &str| json!({"type": "text", "text": text});
        for (value, expected) in [
            (json!("One."), "One."),
            (json!(["One.", {"text": "Two."}, null]), "One.\n\nTwo."),
            (
                json!([{"type": "paragraph", "children": [{"text": "One"}, {"text": " bold", "bold": true}, {"text": "."}]}]),
                "One bold.",
            ),
            (
                json!([{"type": "p", "children": [{"text": "See "}, {"type": "link", "children": [{"text": "this"}]}, {"text": "."}]},
                    {"type": "ul", "children": [{"type": "li", "children": [{"text": "a"}]}, {"type": "li", "children": [{"text": "b"}]}]}]),
                "See this.\n\na\n\nb",
            ),
            (
                json!({"type": "doc", "content": [{"type": "paragraph", "content": [text("One"), {"type": "hardBreak"}, text("two.")]},
                    {"type": "paragraph"}, {"type": "blockquote", "content": [{"type": "paragraph", "content": [text("Three.")]}]}]}),
                "One\ntwo.\n\nThree.",
            ),
            (json!({"root": {"children": [{"type": "paragraph", "children": [text("One.")]}]}}), "One."),
            (
                json!({"time": 1, "blocks": [{"type": "header", "data": {"text": "One", "level": 2}},
                    {"type": "paragraph", "data": {"text": "Two &amp; <b>more</b>."}}, {"type": "list", "data": {"items": ["a", "b"]}}]}),
                "One\n\nTwo & more.\n\na\n\nb",
            ),
            (json!([{"_type": "block", "children": [{"_type": "span", "text": "One."}]}, {"_type": "image"}]), "One."),
            (json!([{"title": "A", "text": "One."}, {"title": "B", "text": "Two."}]), "A\n\nOne.\n\nB\n\nTwo."),
            (json!({"kicker": "K", "main": "M", "name": null}), "M"),
        ] {
            assert_eq!(prose(&value).as_deref(), Some(expected), "{value}");
        }
        for value in [json!([]), json!({}), json!({"type": "image", "url": "a.png"}), json!([[], [{}]]), json!("NaN")] {
            assert_eq!(prose(&value), None, "{value}");
        }
    }
}
