//! One record of JSON, CSV or front matter: its values, on their way to a draft.
//!
//! Separate from `fields`, which knows what fields are called, and `values`, which knows how their values are written.

use serde_json::{Map, Value};

use super::author_names;
use super::field_map::FieldMap;
use super::fields::{Field, Role, fold, role};
use super::page::is_code;
use super::prose::prose;
use super::securities::tickers;
use super::values::{line, lines, listed, names, one_line};
use super::written::{dated, host};
use crate::article::{DateOrigin, Draft};

/// Fields that only wrap the others, as search engines and interfaces deliver them.
const WRAPPERS: &[&str] =
    &["_source", "article", "attributes", "fields", "document", "item", "record", "news", "data", "result"];

/// How deep a value is looked into.
const DEEPEST: usize = 4;

/// The values of one record whose names are known, on their way to a draft.
#[derive(Default)]
pub(super) struct Record {
    values: Vec<(Role, Value)>,
}

impl Record {
    /// Returns the record of a JSON object.
    pub fn of(object: Map<String, Value>) -> Record {
        let mut record = Record::default();
        record.take(object, 0);
        record
    }

    /// Returns the same of an object some of whose fields are mapped. A name that is, means nothing else.
    pub fn mapped(mut object: Map<String, Value>, fields: &FieldMap) -> Record {
        let values = fields.values(&object).collect();
        object.retain(|name, _| fields.role(name).is_none());
        let mut record = Record { values };
        record.take(object, 0);
        record
    }

    fn take(&mut self, object: Map<String, Value>, depth: usize) {
        let of_ticker = |key: &String| role(key).is_some_and(|role| role.field == Field::Tickers);
        let is_typed = object.contains_key("@type") && !object.keys().any(of_ticker);
        for (name, value) in object {
            match value {
                Value::Object(inner) if depth < DEEPEST && wraps(&name, &inner, depth) => self.take(inner, depth + 1),
                Value::Array(organisations) if matches!(fold(&name).as_str(), "organisation" | "organisations") => {
                    self.put_symbols(organisations);
                }
                value => {
                    let role = role(&name)
                        .or_else(|| (is_typed && name == "name").then_some(Role::NAME))
                        .or_else(|| is_parts(&name, &value).then_some(Role::PARTS));
                    if let Some(role) = role {
                        self.put(role, value);
                    }
                }
            }
        }
    }

    /// Adds the securities of organisations, which ninjs has within each.
    fn put_symbols(&mut self, organisations: Vec<Value>) {
        let of_each =
            organisations.into_iter().filter_map(|mut organisation| match organisation.get_mut("symbols")?.take() {
                Value::Array(symbols) => Some(symbols),
                _ => None,
            });
        let symbols: Vec<Value> = of_each.flatten().collect();
        if let Some(role) = role("symbols").filter(|_| !symbols.is_empty()) {
            self.put(role, Value::Array(symbols));
        }
    }

    /// Adds a value.
    pub fn put(&mut self, role: Role, value: Value) {
        self.values.push((role, value));
    }

    /// Returns the draft and the record's own id; `None` if there is neither title nor text. The
    /// dates are marked as read from `origin`.
    pub fn draft(self, origin: DateOrigin) -> Option<(Draft, Option<String>)> {
        let (draft, id) = self.stated(origin);
        (draft.headline.is_some() || !draft.body.is_empty()).then_some((draft, id))
    }

    /// Returns the same of a record whose title and text may stand elsewhere.
    pub fn stated(mut self, origin: DateOrigin) -> (Draft, Option<String>) {
        self.values.sort_by_key(|(role, _)| *role);
        let headline = self.first(|value| prose(value).map(one_line), Field::Headline);
        let lead = self.first(prose, Field::Lead);
        let body = self.first(prose, Field::Body);
        let body = match (lead, body) {
            (Some(lead), Some(body)) if !body.starts_with(lead.trim()) => format!("{}\n\n{body}", lead.trim_end()),
            (lead, body) => body.or(lead).or_else(|| self.first(prose, Field::Summary)).unwrap_or_default(),
        };
        let source = self.first(lines, Field::Source);
        // A note's source is the page that it was clipped from.
        let page = source.as_deref().filter(|source| host(source).is_some());
        let dates = dated(self.of_field(Field::Date).filter_map(line).collect());
        let draft = Draft {
            headline,
            body,
            language: self.first(line, Field::Language),
            dates: dates.into_iter().map(|date| (date, origin)).collect(),
            tickers: self.first(tickers, Field::Tickers).unwrap_or_default(),
            url: self.first(line, Field::Url).or_else(|| page.map(str::to_owned)),
            source: page.and_then(host).map(str::to_owned).or(source),
            author: self.first(author_names::of, Field::Author),
            section: self.section(),
            ..Draft::default()
        };
        (draft, self.first(line, Field::Id))
    }

    /// Returns the section: no code among the tags, and no list of them in one string.
    fn section(&self) -> Option<String> {
        let tags = role("tags");
        let of_section = self.values.iter().filter(|(role, _)| role.field == Field::Section);
        of_section.flat_map(|(role, value)| names(value).into_iter().map(move |name| (role, name))).find_map(
            |(role, name)| {
                let is_tag = Some(*role) == tags;
                let name = listed(&name).map_or(Some(name), |names| names.into_iter().next())?;
                let is_list = is_tag && name.contains([',', ';']);
                (!is_list && !is_code(&name)).then_some(name)
            },
        )
    }

    fn of_field(&self, field: Field) -> impl Iterator<Item = &Value> {
        self.values.iter().filter(move |(role, _)| role.field == field).map(|(_, value)| value)
    }

    fn first<T>(&self, read: impl Fn(&Value) -> Option<T>, field: Field) -> Option<T> {
        self.of_field(field).find_map(read)
    }
}

/// Returns whether an object is there to hold the fields of the article, or what holds them, and is no
/// value itself.
fn wraps(name: &str, inner: &Map<String, Value>, depth: usize) -> bool {
    // What is called after the text, and has a title too, is the article.
    let is_article = || {
        let titled = |(name, value): (&String, &Value)| {
            !value.is_object() && role(name).is_some_and(|role| role.field == Field::Headline)
        };
        role(name).is_some_and(|role| role.field == Field::Body) && inner.iter().any(titled)
    };
    (is_wrapper(name) || is_article())
        && (has_words(inner) && inner.keys().filter(|key| role(key).is_some()).count() > 1
            || depth < DEEPEST
                && inner
                    .iter()
                    .any(|(name, value)| value.as_object().is_some_and(|value| wraps(name, value, depth + 1))))
}

fn is_wrapper(name: &str) -> bool {
    WRAPPERS.iter().any(|wrapper| wrapper.eq_ignore_ascii_case(name))
}

/// Returns whether an object has a field for a title or a text.
fn has_words(object: &Map<String, Value>) -> bool {
    object.keys().filter_map(|key| role(key)).any(|role| matches!(role.field, Field::Headline | Field::Body))
}

/// Returns whether a field holds the parts of a text, each an object that has one.
fn is_parts(name: &str, value: &Value) -> bool {
    let has_text =
        |part: &Value| ["text", "content", "body", "data", "children"].iter().any(|key| part.get(key).is_some());
    matches!(name, "paragraphs" | "sections" | "blocks")
        && value.as_array().is_some_and(|parts| parts.iter().any(has_text) || name == "paragraphs")
}

/// Returns whether an object is a list of articles by their ids: all its values are objects with a
/// title or a text, and none of its names says something else.
pub(super) fn is_keyed(object: &Map<String, Value>, fields: &FieldMap) -> bool {
    let is_article = |inner: &Map<String, Value>| has_words(inner) || fields.has_words(inner);
    !object.is_empty()
        && object
            .iter()
            .all(|(name, value)| value.as_object().is_some_and(is_article) && role(name).is_none() && !is_wrapper(name))
        && !fields.has_words(object)
}

/// Returns the records of an object that has a table by its columns: `{"title": ["A", "B"], "text": ["…", "…"]}`, or, as
/// pandas writes it, `{"title": {"0": "A", "1": "B"}, …}`. What is no column is said of all.
pub(super) fn rows(object: &Map<String, Value>, fields: &FieldMap) -> Option<Vec<Map<String, Value>>> {
    let field = |name: &str| fields.role(name).or_else(|| role(name)).map(|role| role.field);
    let length =
        |wanted| object.iter().find(|(name, _)| field(name) == Some(wanted)).and_then(|(_, value)| height(value));
    let height_of_all = length(Field::Headline).filter(|&height| height > 1 && length(Field::Body) == Some(height))?;
    let columns = || object.iter().map(|(name, value)| (name, value, height(value) == Some(height_of_all)));
    let cell = |value: &Value, at: usize| match value {
        Value::Array(cells) => cells.get(at).cloned(),
        value => value.get(at.to_string()).cloned(),
    };
    let row = |at: usize| {
        let cells = columns().filter_map(|(name, value, is_column)| {
            Some((name.clone(), if is_column { cell(value, at)? } else { value.clone() }))
        });
        cells.collect()
    };
    Some((0..height_of_all).map(row).collect())
}

/// Returns how many cells a column has, strings and the like: of a list, or a map of the numbers from 0 on.
fn height(column: &Value) -> Option<usize> {
    let is_cell = |value: &Value| !value.is_array() && !value.is_object();
    match column {
        Value::Array(cells) => cells.iter().all(is_cell).then_some(cells.len()),
        Value::Object(cells) => {
            let is_numbered = (0..cells.len()).all(|at| cells.get(&at.to_string()).is_some_and(is_cell));
            is_numbered.then_some(cells.len())
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn draft(value: Value) -> Option<Draft> {
        let Value::Object(object) = value else { panic!("not an object: {value}") };
        let (draft, id) = Record::of(object).draft(DateOrigin::Metadata)?;
        Some(Draft { record: id, ..draft })
    }

    #[test]
    fn every_field_is_read_under_its_names() {
        let expected = Draft {
            record: Some("42".to_owned()),
            headline: Some("Vinci gagne".to_owned()),
            body: "Le groupe signe.".to_owned(),
            language: Some("fr".to_owned()),
            dates: vec![("2025-03-04".to_owned(), DateOrigin::Metadata)],
            tickers: vec!["DG.PA".to_owned()],
            source: Some("Agence".to_owned()),
            author: Some("A. Durand, B. Petit".to_owned()),
            url: Some("https://example.com/1".to_owned()),
            section: Some("BTP".to_owned()),
            ..Draft::default()
        };
        for value in [
            json!({"id": 42, "title": "Vinci gagne", "body": "Le groupe signe.", "lang": "fr", "date": "2025-03-04",
                "tickers": ["DG.PA"], "source": "Agence", "author": "A. Durand, B. Petit",
                "url": "https://example.com/1", "section": "BTP"}),
            json!({"_id": {"$oid": "42"}, "Titre": {"rendered": "Vinci gagne"}, "TEXTE": "Le groupe signe.",
                "Langue": "fr", "Date de publication": "2025-03-04", "Stock_symbol": "DG.PA",
                "éditeur": {"name": "Agence"}, "auteurs": ["A. Durand", {"name": "B. Petit"}],
                "lien": "https://example.com/1", "catégorie": ["BTP", "France"]}),
            json!({"_source": {"guid": "42", "headline": " Vinci\n gagne ", "content": "<p>Le groupe signe.</p>",
                "inLanguage": "fr", "publishedAt": "2025-03-04", "stocks": [{"name": "DG.PA"}],
                "provider": "Agence", "byline": "A. Durand, B. Petit", "link": "https://example.com/1",
                "channels": [{"name": "BTP"}]}}),
        ] {
            assert_eq!(draft(value.clone()).as_ref(), Some(&expected), "{value}");
        }
    }

    #[test]
    fn the_best_name_with_a_value_wins() {
        for (value, expected) in [
            (json!({"text": "b", "body": "a"}), "a"),
            (json!({"text": "b", "body": " "}), "b"),
            (json!({"summary": "s", "body": null, "title": "t"}), "s"),
            (json!({"summary": "s", "body": "a"}), "a"),
            (json!({"chapo": "Lead.", "texte": "Story."}), "Lead.\n\nStory."),
            (json!({"heading": "Lead.", "text": "Lead. Story."}), "Lead. Story."),
            (json!({"chapo": "Lead."}), "Lead."),
            (json!({"body": ["One", "Two"]}), "One\n\nTwo"),
            (json!({"body": "a\r\nb"}), "a\nb"),
            (json!({"bodies": [{"value": "<p>One</p>"}]}), "One"),
            (json!({"paragraphs": [{"text": "One"}, {"text": "Two"}]}), "One\n\nTwo"),
            (json!({"sections": [{"title": "A", "text": "One"}, {"text": "Two"}]}), "A\n\nOne\n\nTwo"),
            (json!({"sections": [{"text": "b"}], "text": "a"}), "a"),
            (json!({"sections": [{"name": "Markets"}], "summary": "s"}), "s"),
        ] {
            assert_eq!(draft(value.clone()).map(|draft| draft.body).as_deref(), Some(expected), "{value}");
        }
    }

    #[test]
    fn a_name_is_a_title_of_what_states_its_type_alone() {
        for (value, expected) in [
            (json!({"@type": "Article", "name": "N", "text": "x"}), Some("N")),
            (json!({"@type": "Article", "name": "N", "title": "T", "text": "x"}), Some("T")),
            (json!({"@type": "Corporation", "name": "N", "ticker": "OR.PA", "text": "x"}), None),
            (json!({"name": "N", "text": "x"}), None),
            (json!({"headline": {"kicker": "K", "main": "M", "name": null}, "text": "x"}), Some("M")),
        ] {
            assert_eq!(draft(value.clone()).unwrap().headline.as_deref(), expected, "{value}");
        }
    }

    #[test]
    fn numbers_links_and_addresses_are_no_names() {
        let read = |value| draft(value).map(|draft| [draft.author, draft.source, draft.section, draft.url]).unwrap();
        let (note, page) = ("https://www.a.example/1", "https://b.example/1");
        for (value, expected) in [
            (json!({"title": "t", "author": 3, "categories": [4, 7], "source": "12"}), [None, None, None, None]),
            (json!({"title": "t", "author": "[[Anne Petit]]"}), [Some("Anne Petit"), None, None, None]),
            (
                json!({"title": "t", "author": ["[[p/Anne Petit]]", "[[x|Paul Roux]]"]}),
                [Some("Anne Petit, Paul Roux"), None, None, None],
            ),
            (json!({"title": "t", "source": note}), [None, Some("a.example"), None, Some(note)]),
            (json!({"title": "t", "url": page, "domain": "a.example"}), [None, Some("a.example"), None, Some(page)]),
            (json!({"title": "t", "author": "https://a.example/anne"}), [None, None, None, None]),
        ] {
            assert_eq!(read(value.clone()), expected.map(|text| text.map(str::to_owned)), "{value}");
        }
    }

    #[test]
    fn what_is_called_after_the_text_may_be_the_article() {
        for value in [
            json!({"id": "1", "content": {"title": "T", "summary": "Text.", "pubDate": "2025-03-04"}}),
            json!({"id": "1", "story": {"title": "T", "text": "Text.", "date": "2025-03-04"}}),
        ] {
            let draft = draft(value.clone()).unwrap();
            assert_eq!((draft.headline.as_deref(), draft.body.as_str()), (Some("T"), "Text."), "{value}");
            assert_eq!((draft.record.as_deref(), draft.dates.len()), (Some("1"), 1), "{value}");
        }
    }

    #[test]
    fn a_record_without_words_is_none() {
        for value in
            [json!({}), json!({"id": 1, "date": "2025"}), json!({"title": " ", "body": "NaN"}), json!({"x": "y"})]
        {
            assert_eq!(draft(value.clone()), None, "{value}");
        }
    }

    #[test]
    fn dates_are_kept_as_written_best_first() {
        let draft =
            draft(json!({"title": "t", "created": 1_700_000_000.0, "date": "4 mars", "published": 17})).unwrap();
        let dates = draft.dates.iter().map(|(date, _)| date.as_str()).collect::<Vec<_>>();
        assert_eq!(dates, ["17", "4 mars", "1700000000"]);
    }

    #[test]
    fn a_table_by_its_columns_is_one() {
        for (value, expected) in [
            (json!({"title": ["A", "B"], "text": ["x", "y"], "lang": "fr"}), Some(vec!["A x fr", "B y fr"])),
            (json!({"title": {"0": "A", "1": "B"}, "text": {"0": "x", "1": null}}), Some(vec!["A x", "B null"])),
            (json!({"title": "A", "text": ["x", "y"]}), None),
            (json!({"title": ["A", "B"], "text": ["x"]}), None),
            (json!({"title": ["A"], "text": ["x"]}), None),
            (json!({"title": ["A", "B"], "text": [{"text": "x"}, {"text": "y"}]}), None),
        ] {
            let rows = rows(value.as_object().unwrap(), &FieldMap::default());
            let shown = rows.map(|rows| {
                let row = |row: &Map<String, Value>| {
                    let cell = |name: &str| Some(row.get(name)?.as_str().unwrap_or("null").to_owned());
                    ["title", "text", "lang"].iter().filter_map(|name| cell(name)).collect::<Vec<_>>().join(" ")
                };
                rows.iter().map(row).collect::<Vec<_>>()
            });
            assert_eq!(shown, expected.map(|rows| rows.into_iter().map(str::to_owned).collect()), "{value}");
        }
    }

    #[test]
    fn a_tag_is_a_section_if_it_names_one() {
        for (value, expected) in [
            (json!({"title": "t", "tags": ["NASDAQ:HLD", "screws"]}), Some("screws")),
            (json!({"title": "t", "tags": "HLD, screws, europe"}), None),
            (json!({"title": "t", "tags": "screws"}), Some("screws")),
            (json!({"title": "t", "section": "['Markets']"}), Some("Markets")),
            (json!({"title": "t", "section": "Banks, Insurance"}), Some("Banks, Insurance")),
        ] {
            assert_eq!(draft(value.clone()).unwrap().section.as_deref(), expected, "{value}");
        }
    }
}
