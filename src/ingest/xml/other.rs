//! Any other XML: elements whose names telex knows for the fields of an article, as in JSON and tables.

use serde_json::{Map, Value};

use super::element::{Element, Node};
use super::tree::Open;
use super::{Dialect, Reading};
use crate::article::DateOrigin;
use crate::ingest::record::Record;

/// XML of no known vocabulary.
pub(super) const OTHER: Dialect = Dialect {
    roots: &[],
    records: &[
        "article", "bulletin", "depeche", "dispatch", "doc", "document", "entry", "item", "news", "newsitem", "page",
        "record", "release", "row", "story", "url",
    ],
    many_roots: false,
    around: &[],
    read,
};

fn read(record: &Element, _: &[Open]) -> Reading {
    let Value::Object(object) = value(record) else {
        return Err(("it has no fields", "il n’a pas de champs").into());
    };
    let found = Record::of(object).draft(DateOrigin::Metadata);
    found.map(|found| vec![found]).ok_or_else(|| {
        (
            "it has no element that telex knows for a title or a text",
            "il n’a aucun élément que telex connaît pour un titre ou un texte",
        )
            .into()
    })
}

/// Returns an element as JSON has it: an object of its attributes and elements; its prose if all
/// elements in it are parts of a text, or if there are none.
fn value(element: &Element) -> Value {
    let fields = element.children().any(|child| !is_markup(&child.name));
    let has_words = element.nodes.iter().any(|node| matches!(node, Node::Text(text) if !text.trim().is_empty()));
    if !fields || (has_words && !element.name.is_empty() && mixes(element)) {
        return match element.attributes.is_empty() || has_words || element.children().next().is_some() {
            true => Value::String(element.prose()),
            false => Value::Object(attributes(element)),
        };
    }
    let mut object = attributes(element);
    for child in element.children() {
        let name = child.name.rsplit(':').next().unwrap_or(&child.name).to_owned();
        let value = value(child);
        match object.get_mut(&name) {
            Some(Value::Array(values)) => values.push(value),
            Some(before) => *before = Value::Array(vec![before.take(), value]),
            None => drop(object.insert(name, value)),
        }
    }
    Value::Object(object)
}

fn attributes(element: &Element) -> Map<String, Value> {
    element.attributes.iter().map(|(name, value)| (name.clone(), Value::String(value.clone()))).collect()
}

/// Returns whether words stand between the elements, as in a text that is marked up.
fn mixes(element: &Element) -> bool {
    let words = element.nodes.iter().filter(|node| matches!(node, Node::Text(text) if !text.trim().is_empty())).count();
    words > 1 || element.children().all(|child| is_markup(&child.name))
}

/// Returns whether an element of this name is part of a text.
fn is_markup(name: &str) -> bool {
    matches!(
        name,
        "p" | "br"
            | "b"
            | "i"
            | "em"
            | "strong"
            | "span"
            | "div"
            | "a"
            | "ul"
            | "ol"
            | "li"
            | "para"
            | "h1"
            | "h2"
            | "h3"
    )
}

#[cfg(test)]
mod tests {
    use crate::article::SkipReason;
    use crate::ingest::testing::{read, read_one};

    #[test]
    fn fields_are_told_by_their_names() {
        for xml in [
            "<corpus><bulletin><date>21/06/2011</date><rubrique>Focus</rubrique><titre>Un titre</titre>\
             <texte>Le texte.</texte><images><image/></images></bulletin></corpus>",
            "<articles total='1'><article date='21/06/2011' section='Focus'><headline>Un titre</headline>\
             <body><p>Le <b>texte</b>.</p></body></article></articles>",
            "<article><title>Un titre</title><pubDate>21/06/2011</pubDate><section>Focus</section><text>Le texte.</text></article>",
        ] {
            let draft = read_one("a.xml", xml.as_bytes());
            assert_eq!((draft.headline.as_deref(), draft.body.as_str()), (Some("Un titre"), "Le texte."), "{xml}");
            assert_eq!((draft.dates[0].0.as_str(), draft.section.as_deref()), ("21/06/2011", Some("Focus")), "{xml}");
        }
    }

    #[test]
    fn what_has_no_such_names_is_told() {
        for xml in ["<catalog><item><price>3</price></item></catalog>", "<svg><g/></svg>", "<x>word</x>"] {
            assert_eq!(read("a.xml", xml.as_bytes())[0].as_ref().unwrap_err().reason, SkipReason::Empty, "{xml}");
        }
    }
}
