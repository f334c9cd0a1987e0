//! JSON: one article, a list of them, or an object with a list of them in it.
//!
//! Lists are read element by element, so that a file of any size takes the memory of one article.

use std::cell::Cell;
use std::fmt;
use std::io::BufRead;
use std::rc::Rc;

use memchr::memmem;
use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::decode::{Decoded, decode};
use super::field_map::FieldMap;
use super::fields::{Field, fold, role};
use super::format::Format;
use super::record::{Record, is_keyed, rows};
use super::record_names::RecordNames;
use super::source::{Drafts, Metered, Source, Stop, Trouble, of_record};
use super::trouble::WORDLESS;
use crate::article::{DateOrigin, SkipReason};

/// A JSON document, or several one after the other.
pub(super) struct Json;

/// What a list of articles is called in the object around it.
const LISTS: &[&str] = &[
    "articles",
    "items",
    "data",
    "results",
    "feed",
    "documents",
    "docs",
    "news",
    "stories",
    "entries",
    "records",
    "hits",
    "posts",
    "response",
];

/// How many objects may stand around the list.
const DEEPEST: usize = 3;

impl Format for Json {
    fn name(&self) -> &'static str {
        "JSON"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["json"]
    }

    fn about(&self) -> &'static str {
        "one article, a list, or an object with a list named articles, items, data, results, feed or documents"
    }

    fn read(&self, source: &mut Source<'_>, drafts: &mut Drafts<'_>) -> Result<(), Stop> {
        if !source.fits() {
            let (limit, fields) = (source.limits.record, source.fields);
            return read_stream(Decoded::new(source.stream())?, limit, fields, drafts);
        }
        let mut text = decode(source.whole()?, None)?;
        if ["NaN", "Infinity", "\\ud", "\\uD"]
            .iter()
            .any(|sign| memmem::find(text.as_bytes(), sign.as_bytes()).is_some())
        {
            text = mend(&text);
        }
        let fields = source.fields;
        match is_row(&text) {
            true => {
                let reader = text.as_bytes();
                read_documents(&mut serde_json::Deserializer::from_reader(reader), &Rc::default(), fields, drafts)
            }
            false => read_documents(&mut serde_json::Deserializer::from_str(&text), &Rc::default(), fields, drafts),
        }
    }
}

/// Returns whether values may stand one behind another with nothing between. Of a text, `serde_json` finds the
/// place of each anew from the start of the line, in the square of their number; of a reader it keeps count.
fn is_row(text: &str) -> bool {
    memchr::memchr2_iter(b'}', b']', text.as_bytes())
        .any(|at| text[at + 1..].trim_start_matches([' ', '\t', '\r', '\n']).starts_with(['{', '[']))
}

/// Reads JSON of any size; no article may be larger than `limit`.
pub(super) fn read_stream(
    reader: impl BufRead,
    limit: u64,
    fields: &FieldMap,
    drafts: &mut Drafts<'_>,
) -> Result<(), Stop> {
    let passed = Rc::<Cell<u64>>::default();
    let metered = Metered { inner: reader, passed: passed.clone(), limit };
    // serde_json asks for one byte at a time.
    let buffered = std::io::BufReader::with_capacity(64 * 1024, metered);
    read_documents(&mut serde_json::Deserializer::from_reader(buffered), &passed, fields, drafts)
}

fn read_documents<'de, R: serde_json::de::Read<'de>>(
    json: &mut serde_json::Deserializer<R>,
    passed: &Cell<u64>,
    fields: &FieldMap,
    drafts: &mut Drafts<'_>,
) -> Result<(), Stop> {
    let mut articles = Articles { drafts, fields, records: RecordNames::default(), passed, stop: None };
    // The first object is the file's only article until something follows it.
    let mut only = None;
    loop {
        let ended = json.end();
        match (ended, only.take()) {
            (Err(error), only) if error.is_io() => {
                only.map_or(Ok(()), |object| articles.give(object, false))?;
                return Err(trouble_of(error).into());
            }
            (Ok(()), Some(object)) => return articles.give(object, false),
            (Ok(()), None) if articles.records.is_empty() => {
                return Err(Trouble::no_article().into());
            }
            (Ok(()), None) => return Ok(()),
            (Err(_), Some(object)) => articles.give(object, true)?,
            (Err(_), None) => {}
        }
        let before = articles.records.total();
        match (Level { articles: &mut articles, depth: 0 }).deserialize(&mut *json) {
            Err(error) => return Err(articles.stop.take().unwrap_or_else(|| trouble_of(error).into())),
            Ok(Value::Object(object)) if articles.records.total() == before => match before {
                0 => only = Some(object),
                _ => articles.give(object, true)?,
            },
            Ok(_) => {}
        }
        passed.set(0);
    }
}

/// Returns what serde_json complains of, with its line.
pub(super) fn trouble_of(error: serde_json::Error) -> Trouble {
    if error.is_io() {
        return std::io::Error::from(error).into();
    }
    let line = error.line() as u64;
    let trouble =
        Trouble::new(SkipReason::Malformed, said!("this is not JSON: {error}", "ce n’est pas du JSON : {error}"));
    if line > 0 { trouble.at(line) } else { trouble }
}

/// The articles on their way out.
struct Articles<'a, 'b> {
    drafts: &'a mut Drafts<'b>,
    fields: &'a FieldMap,
    records: RecordNames,
    passed: &'a Cell<u64>,
    stop: Option<Stop>,
}

impl Articles<'_, '_> {
    /// Hands on the article of an object, with a name if it is `one_of_many`.
    fn give(&mut self, object: Map<String, Value>, one_of_many: bool) -> Result<(), Stop> {
        if is_keyed(&object, self.fields) {
            return self.give_keyed(object);
        }
        if let Some(rows) = rows(&object, self.fields) {
            return rows.into_iter().try_for_each(|row| self.give(row, true));
        }
        self.passed.set(0);
        let number = self.records.count();
        match Record::mapped(object, self.fields).draft(DateOrigin::Metadata) {
            Some((mut draft, id)) => {
                draft.record = one_of_many.then(|| self.records.name(id));
                self.drafts.give(draft)
            }
            None if one_of_many => self.skip(number, SkipReason::Empty, WORDLESS),
            None => Err(Trouble::new(
                SkipReason::Empty,
                (
                    "it has no field that telex knows for a title or a text",
                    "il n’a aucun champ que telex connaît pour un titre ou un texte",
                ),
            )
            .into()),
        }
    }

    /// Hands on the articles of an object that has each under its id.
    fn give_keyed(&mut self, object: Map<String, Value>) -> Result<(), Stop> {
        self.passed.set(0);
        for (key, value) in object {
            let Value::Object(object) = value else { continue };
            let number = self.records.count();
            match Record::mapped(object, self.fields).draft(DateOrigin::Metadata) {
                Some((mut draft, _)) => {
                    draft.record = Some(self.records.name(Some(key)));
                    self.drafts.give(draft)?;
                }
                None => self.skip(number, SkipReason::Empty, WORDLESS)?,
            }
        }
        Ok(())
    }

    fn skip(&mut self, number: u64, reason: SkipReason, (english, french): (&str, &str)) -> Result<(), Stop> {
        self.drafts.skip(Trouble::new(reason, of_record(number, english, french)).at(number))
    }
}

/// Reads a value that may be, or hold, a list of articles. Objects of a list are handed on; what is
/// left is returned.
struct Level<'x, 'a, 'b> {
    articles: &'x mut Articles<'a, 'b>,
    depth: usize,
}

impl<'de> DeserializeSeed<'de> for Level<'_, '_, '_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Level<'_, '_, '_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an article or a list of articles")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let mut others = Vec::new();
        while let Some(value) = list.next_element()? {
            let done = match value {
                Value::Object(object) => self.articles.give(object, true),
                // The strings of an inner list may be a field of the article around it.
                value if self.depth > 0 => {
                    others.push(value);
                    Ok(())
                }
                _ => {
                    let number = self.articles.records.count();
                    self.articles.skip(
                        number,
                        SkipReason::Malformed,
                        ("it is no JSON object", "ce n’est pas un objet JSON"),
                    )
                }
            };
            if let Err(stop) = done {
                self.articles.stop = Some(stop);
                return Err(A::Error::custom("stopped"));
            }
        }
        Ok(Value::Array(others))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let fields = self.articles.fields;
        let mut object = Map::new();
        let mut has_body = false;
        while let Some(name) = map.next_key::<String>()? {
            let may_hold = self.depth < DEEPEST
                && !has_body
                && (LISTS.contains(&fold(&name).as_str()) || fields.leads_to_articles(&name));
            let value = if may_hold {
                map.next_value_seed(Level { articles: &mut *self.articles, depth: self.depth + 1 })?
            } else {
                map.next_value()?
            };
            has_body |= fields.role(&name).or_else(|| role(&name)).is_some_and(|role| role.field == Field::Body);
            object.insert(name, value);
        }
        if self.depth > 0 && is_keyed(&object, self.articles.fields) {
            return match self.articles.give_keyed(object) {
                Ok(()) => Ok(Value::Null),
                Err(stop) => {
                    self.articles.stop = Some(stop);
                    Err(A::Error::custom("stopped"))
                }
            };
        }
        Ok(Value::Object(object))
    }

    fn visit_bool<E: serde::de::Error>(self, value: bool) -> Result<Value, E> {
        self.scalar(value.into())
    }

    fn visit_i64<E: serde::de::Error>(self, value: i64) -> Result<Value, E> {
        self.scalar(value.into())
    }

    fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<Value, E> {
        self.scalar(value.into())
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Value, E> {
        self.scalar(value.into())
    }

    fn visit_str<E: serde::de::Error>(self, value: &str) -> Result<Value, E> {
        self.scalar(value.into())
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<Value, E> {
        self.scalar(Value::Null)
    }
}

impl Level<'_, '_, '_> {
    fn scalar<E: serde::de::Error>(self, value: Value) -> Result<Value, E> {
        if self.depth > 0 { Ok(value) } else { Err(E::custom("there is no article in it")) }
    }
}

/// Returns JSON from writers that stray from the standard in known ways (Python's `NaN`, halves of
/// surrogate pairs, raw control codes in strings) as standard JSON.
pub(super) fn mend(text: &str) -> String {
    let mut mended = String::with_capacity(text.len());
    let mut rest = text;
    let mut quoted = false;
    while let Some(first) = rest.chars().next() {
        let word = ["-Infinity", "Infinity", "NaN"].into_iter().find(|word| !quoted && rest.starts_with(word));
        let length = match (word, first) {
            (Some(word), _) => {
                mended.push_str("null");
                word.len()
            }
            (_, '"') => {
                quoted = !quoted;
                mended.push('"');
                1
            }
            (_, '\\') if quoted => {
                let escape = escape(rest);
                mended.push_str(if is_lone_surrogate(rest) { "\\uFFFD" } else { escape });
                escape.len()
            }
            (_, control) if quoted && control < ' ' => {
                mended.push_str(&format!("\\u{:04x}", u32::from(control)));
                1
            }
            // Everything up to the next sign that may matter is copied at once.
            (_, other) => {
                let length = other.len_utf8();
                let more = rest.as_bytes().get(length..).unwrap_or_default();
                let next =
                    more.iter().position(|&byte| matches!(byte, b'"' | b'\\' | b'-' | b'I' | b'N') || byte < b' ');
                let length = length + next.unwrap_or(more.len());
                mended.push_str(rest.get(..length).unwrap_or_default());
                length
            }
        };
        rest = rest.get(length..).unwrap_or_default();
    }
    mended
}

/// Returns the escape that `text` begins with; both halves of a surrogate pair are one.
fn escape(text: &str) -> &str {
    let length = match surrogate(text) {
        Some(0xD800..=0xDBFF) if matches!(text.get(6..).and_then(surrogate), Some(0xDC00..=0xDFFF)) => 12,
        Some(_) => 6,
        None => 1 + text.chars().nth(1).map_or(0, char::len_utf8),
    };
    text.get(..length).unwrap_or(text)
}

fn is_lone_surrogate(text: &str) -> bool {
    surrogate(text).is_some() && escape(text).len() == 6
}

/// Returns the surrogate whose escape the text begins with.
fn surrogate(text: &str) -> Option<u32> {
    let digits = text.strip_prefix("\\u")?.get(..4)?;
    u32::from_str_radix(digits, 16).ok().filter(|code| (0xD800..=0xDFFF).contains(code))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::ingest::Limits;
    use crate::ingest::testing::{read, read_within};

    /// Returns `record:body` for each article, `!reason` for each skip.
    fn summary(json: &str) -> String {
        let results = read("a.json", json.as_bytes());
        // Read as a stream, a file gives the same.
        let streamed = read_within("a.json", json.as_bytes(), &Limits { text: 0, ..Limits::default() });
        assert_eq!(results, streamed, "{json}");
        let each = results.into_iter().map(|result| match result {
            Ok(draft) => format!("{}:{}", draft.record.unwrap_or_default(), draft.body),
            Err(skip) => format!("!{:?}", skip.reason),
        });
        each.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn every_arrangement_is_read() {
        for (json, expected) in [
            (r#"{"id": 7, "body": "a"}"#, ":a"),
            (r#"[{"id": 7, "body": "a"}, {"body": "b"}]"#, "7:a 2:b"),
            (r#"{"status": "ok", "articles": [{"body": "a"}, {"body": "b"}]}"#, "1:a 2:b"),
            (r#"{"items": "2", "feed": [{"summary": "a"}]}"#, "1:a"),
            (r#"{"response": {"status": "ok", "results": [{"body": "a"}]}}"#, "1:a"),
            (r#"{"hits": {"hits": [{"_id": "x", "_source": {"title": "t", "body": "a"}}]}}"#, "x:a"),
            (r#"{"title": "t", "body": "a", "items": [{"price": 3}]}"#, ":a"),
            ("{\"body\": \"a\"}\n{\"body\": \"b\"}\n", "1:a 2:b"),
            (r#"[{"body": "a"}, 3, {"x": 1}, {"body": "d"}]"#, "1:a !Malformed !Empty 4:d"),
            (r#"[{"body": "a"}, {"body": "#, "1:a !Malformed"),
            ("", "!Empty"),
            ("[]", "!Empty"),
            (r#"{"x": 1}"#, "!Empty"),
            ("3", "!Malformed"),
            ("no json", "!Malformed"),
        ] {
            assert_eq!(summary(json), expected, "{json}");
        }
    }

    #[test]
    fn depth_is_no_danger() {
        assert_eq!(summary(&"[".repeat(100_000)), "!Malformed");
        assert_eq!(summary(&r#"{"data":"#.repeat(100_000)), "!Malformed");
    }

    #[test]
    fn an_article_too_large_ends_a_stream() {
        let json = format!(r#"[{{"body": "a"}}, {{"body": "{}"}}]"#, "b".repeat(300_000));
        let limits = Limits { text: 0, record: 100_000, ..Limits::default() };
        let results = read_within("a.json", json.as_bytes(), &limits);
        assert_eq!(results.len(), 2);
        assert_eq!(results[1].as_ref().unwrap_err().reason, SkipReason::TooLarge);
    }

    #[test]
    fn what_other_writers_do_is_mended() {
        for (json, expected) in [
            (r#"{"a": NaN, "b": [-Infinity, Infinity]}"#, r#"{"a": null, "b": [null, null]}"#),
            (r#"{"a": "NaN \" NaN"}"#, r#"{"a": "NaN \" NaN"}"#),
            (r#""\ud83d \uDE00 x""#, r#""\uFFFD \uFFFD x""#),
            (r#""\ud83d\ude00 \\ud83d""#, r#""\ud83d\ude00 \\ud83d""#),
            ("\"a\nb\"\n", "\"a\\u000ab\"\n"),
        ] {
            assert_eq!(mend(json), expected, "{json}");
        }
        let drafts = read("a.json", br#"[{"body": "a \ud83d", "date": NaN}]"#);
        assert_eq!(drafts[0].as_ref().unwrap().body, "a \u{FFFD}");
    }

    #[test]
    fn articles_may_be_wrapped_or_under_their_ids() {
        for (json, expected) in [
            (r#"{"status": 200, "data": {"title": "t", "body": "a"}}"#, ":a"),
            (r#"{"result": {"article": {"title": "t", "body": "a"}}}"#, ":a"),
            (r#"{"n1": {"title": "t", "body": "a"}, "n2": {"body": "b"}}"#, "n1:a n2:b"),
            (r#"{"total": 2, "articles": {"n1": {"id": 7, "body": "a"}, "n2": {"body": "b"}}}"#, "n1:a n2:b"),
        ] {
            assert_eq!(summary(json), expected, "{json}");
        }
    }

    #[test]
    fn a_long_row_of_articles_on_one_line_is_read() {
        let start = std::time::Instant::now();
        let results = read("a.json", r#"{"text":"a"}"#.repeat(200_000).as_bytes());
        assert!(results.len() == 200_000 && results.iter().all(Result::is_ok));
        // In the square of their number it took minutes.
        assert!(start.elapsed().as_secs() < 20);
    }

    proptest! {
        #[test]
        fn good_json_needs_no_mending(texts in prop::collection::vec("\\PC{0,20}", 0..5)) {
            let json = serde_json::to_string(&texts).unwrap();
            prop_assert_eq!(mend(&json), json);
        }
    }
}
