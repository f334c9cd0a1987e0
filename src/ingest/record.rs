//! One record of JSON, CSV or front matter: its values, on their way to a draft.
//!
//! Apart from `fields`, which knows what fields are called; here is how their values are written:
//! strings, numbers, objects with a name in them, lists of any of these.

use serde_json::{Map, Value};

use super::decode::line_ends;
use super::field_map::FieldMap;
use super::fields::{Field, Role, fold, role};
use super::markup;
use super::written::{dated, host, unlinked};
use crate::article::{DateOrigin, Draft, distinct};

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
                    if let Some(role) = role(&name).or_else(|| (is_typed && name == "name").then_some(Role::NAME)) {
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
            author: self.first(lines, Field::Author).filter(|author| host(author).is_none()),
            section: self.first(|value| names(value).into_iter().next(), Field::Section),
            ..Draft::default()
        };
        (draft, self.first(line, Field::Id))
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

/// Returns a value as running text: tags and entities resolved, the items of a list as paragraphs.
fn prose(value: &Value) -> Option<String> {
    let texts = texts(value, &["value", "rendered", "main", "text", "content", "html", "#text", "__cdata", "name"]);
    let text = texts.into_iter().map(|text| markup::clean(line_ends(text))).collect::<Vec<_>>().join("\n\n");
    (!text.trim().is_empty()).then_some(text)
}

/// Returns the first text of a value, on one line: a string, a name in an object, or what an object refers to.
pub(super) fn line(value: &Value) -> Option<String> {
    let first = |keys| texts(value, keys).into_iter().next();
    first(NAMES).or_else(|| first(&["@id"])).map(one_line)
}

/// What holds the name in an object that is a value.
const NAMES: &[&str] =
    &["name", "title", "label", "topic", "rendered", "value", "text", "$oid", "$date", "$numberLong"];

/// Returns all names of a value, joined by commas. A reference is none.
pub(super) fn lines(value: &Value) -> Option<String> {
    let names = names(value);
    (!names.is_empty()).then(|| names.join(", "))
}

/// Returns the names of a value. A number, of a table in another program, is none.
fn names(value: &Value) -> Vec<String> {
    let names = texts(value, NAMES).into_iter().map(|name| unlinked(one_line(name)));
    names.filter(|name| name.bytes().any(|byte| !byte.is_ascii_digit())).collect()
}

/// Returns the texts of a value; of an object, that of the first of `keys` it has.
fn texts(value: &Value, keys: &[&str]) -> Vec<String> {
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
fn is_missing(text: &str) -> bool {
    matches!(text.trim(), "" | "nan" | "NaN" | "null" | "NULL" | "None" | "none" | "N/A" | "n/a")
}

/// Returns the text on one line.
pub(super) fn one_line(text: String) -> String {
    let trimmed = text.trim();
    if trimmed.len() == text.len() && !trimmed.contains(['\n', '\r', '\t']) {
        return text;
    }
    trimmed.split(['\n', '\r', '\t']).map(str::trim).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Returns the securities a value states: strings, objects with a symbol and perhaps its exchange, a
/// list of these, or one string with several.
pub(super) fn tickers(value: &Value) -> Option<Vec<String>> {
    let mut found = Vec::new();
    match value {
        Value::Array(values) => values.iter().for_each(|value| one_ticker(value, &mut found)),
        value => one_ticker(value, &mut found),
    }
    (!found.is_empty()).then(|| distinct(found))
}

fn one_ticker(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) => split_tickers(text, found),
        Value::Object(object) => {
            let text = |names: &[&str]| {
                let entry = object.iter().find(|(key, _)| names.contains(&fold(key).as_str()));
                entry.and_then(|(_, value)| value.as_str()).map(str::trim).filter(|text| !is_missing(text))
            };
            let exchange = text(&["exchange", "market", "mic", "exchangecode", "marketlabel"]);
            // Some give the symbol as the name; a name with spaces is a company's, and so is one beside an ISIN alone.
            let name = text(&["name"]).filter(|name| !name.contains(' '));
            let listed =
                name.filter(|name| exchange.is_some() && name.len() <= 6 && !name.contains(char::is_lowercase));
            let symbol = text(&["ticker"]).or_else(|| text(&["symbol"])).or_else(|| text(&["code"]));
            let symbol = symbol.or(listed).or_else(|| text(&["isin"])).or(name);
            match (symbol, exchange) {
                (Some(symbol), Some(exchange)) if !symbol.contains(':') && !is_isin(symbol) => {
                    found.push(format!("{exchange}:{symbol}"));
                }
                (Some(symbol), _) => found.push(symbol.to_owned()),
                (None, _) => {}
            }
        }
        _ => {}
    }
}

/// Returns whether a code is an ISIN by its letters and digits.
fn is_isin(code: &str) -> bool {
    let code = code.as_bytes();
    code.len() == 12
        && code[..2].iter().all(u8::is_ascii_uppercase)
        && code.iter().all(u8::is_ascii_alphanumeric)
        && code[11].is_ascii_digit()
}

/// Cuts `NASDAQ: AAPL, MSFT;OR.PA` or `['AAPL', 'MSFT']` at commas, semicolons and bars. Which spaces part codes, and
/// which belong to one (`KER FP`), is for those who know codes: `reading::ticker`.
fn split_tickers(text: &str, found: &mut Vec<String>) {
    let mut joined = text.to_owned();
    for (spaced, tight) in [(" :", ":"), (": ", ":"), (":\u{A0}", ":"), ("\u{A0}:", ":")] {
        if joined.contains(spaced) {
            joined = joined.replace(spaced, tight);
        }
    }
    for piece in joined.split([',', ';', '|']) {
        push_ticker(piece, found);
    }
}

fn push_ticker(piece: &str, found: &mut Vec<String>) {
    let piece = piece.trim().trim_matches(|c: char| matches!(c, '[' | ']' | '(' | ')' | '{' | '}' | '\'' | '"')).trim();
    if !is_missing(piece) {
        found.push(piece.to_owned());
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
    fn the_name_of_a_market_may_have_spaces() {
        for (text, want) in [
            ("Euronext Paris:CA", &["Euronext Paris:CA"][..]),
            ("Borsa Italiana : JUVE, AMZN", &["Borsa Italiana:JUVE", "AMZN"]),
            ("NASDAQ: AAPL NYSE: IBM", &["NASDAQ:AAPL NYSE:IBM"]),
        ] {
            assert_eq!(tickers(&json!(text)).unwrap(), want, "{text}");
        }
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
    fn tickers_come_in_many_dresses() {
        for (value, expected) in [
            (json!("AAPL"), "AAPL"),
            (json!("NASDAQ: AAPL, NYSE : IBM;OR.PA|BRK.B"), "NASDAQ:AAPL NYSE:IBM OR.PA BRK.B"),
            (json!("['AAPL', 'MSFT', 'AAPL']"), "AAPL MSFT"),
            (json!(["KER FP", "ERIC B"]), "KER FP ERIC B"),
            (json!(["AAPL", "nan", {"ticker": "IBM", "exchange": "NYSE", "name": "IBM Corp"}]), "AAPL NYSE:IBM"),
            (json!([{"symbol": "NYSE:IBM", "exchange": "NYSE"}, {"name": "AMD", "cusip": "1"}]), "NYSE:IBM AMD"),
            (json!([{"name": "AAPL", "isin": "US0378331005", "exchange": "NASDAQ"}]), "NASDAQ:AAPL"),
            (json!([{"name": "HALDEN", "isin": "FR0000121014"}]), "FR0000121014"),
            (json!({"isin": "FR0000121014", "market": "XPAR"}), "FR0000121014"),
            (json!({"name": "Some Company"}), ""),
            (json!(null), ""),
            (json!(""), ""),
        ] {
            assert_eq!(tickers(&value).unwrap_or_default().join(" "), expected, "{value}");
        }
    }
}
