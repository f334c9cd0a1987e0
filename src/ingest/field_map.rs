//! A field map: where the fields of an article stand in JSON and tables whose names telex does not know.
//!
//! Separate from `fields`, the names that are known to all: these are one user's, and may be paths into
//! objects within objects.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

use super::fields::{Field, Role, fold};

/// Where the fields of an article stand in a record: for each field paths, the first that leads to a value
/// counting. Names compare without case, accents and punctuation. A field that is not mapped, or whose
/// paths lead nowhere, is found by the names that telex knows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldMap {
    paths: Vec<(Role, Path)>,
    articles: Vec<Path>,
}

/// What is written between dots: the names of objects in objects; a number counts in a list, from 0.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Path(Vec<String>);

impl FieldMap {
    /// Returns whether nothing is mapped.
    pub fn is_empty(&self) -> bool {
        self.paths.is_empty() && self.articles.is_empty()
    }

    /// Returns what stands at the mapped places of an object, each with the field it is.
    pub(super) fn values<'a>(&'a self, object: &'a Map<String, Value>) -> impl Iterator<Item = (Role, Value)> + 'a {
        self.paths.iter().filter_map(|(role, path)| Some((*role, within(object, &path.0)?)))
    }

    /// Returns what a column, or a field outside all others, of this name holds.
    pub(super) fn role(&self, name: &str) -> Option<Role> {
        let name = fold(name);
        self.paths.iter().find(|(_, path)| path.0.concat() == name).map(|(role, _)| *role)
    }

    /// Returns whether an object of this name, or a list, leads to the articles.
    pub(super) fn leads_to_articles(&self, name: &str) -> bool {
        let name = fold(name);
        self.articles.iter().any(|path| path.0.contains(&name))
    }

    /// Returns whether an object has a mapped title or text.
    pub(super) fn has_words(&self, object: &Map<String, Value>) -> bool {
        self.values(object).any(|(role, _)| matches!(role.field, Field::Headline | Field::Body))
    }
}

/// Returns what a path leads to. In a list without a number in the path, it is followed in every item.
fn within(object: &Map<String, Value>, path: &[String]) -> Option<Value> {
    let (name, rest) = path.split_first()?;
    // A name may have dots of its own.
    let whole = path.concat();
    let found = |wanted: &str| object.iter().find(|(key, _)| fold(key) == wanted).map(|(_, value)| value);
    match found(&whole) {
        Some(value) => Some(value.clone()),
        None => follow(found(name)?, rest),
    }
}

fn follow(value: &Value, path: &[String]) -> Option<Value> {
    let Some((name, rest)) = path.split_first() else { return Some(value.clone()) };
    match value {
        Value::Object(object) => within(object, path),
        Value::Array(values) => match name.parse::<usize>() {
            Ok(at) => follow(values.get(at)?, rest),
            Err(_) => {
                let found: Vec<Value> = values.iter().filter_map(|value| follow(value, path)).collect();
                (!found.is_empty()).then_some(Value::Array(found))
            }
        },
        _ => None,
    }
}

/// The table as written.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Written {
    id: Paths,
    headline: Paths,
    body: Paths,
    lead: Paths,
    summary: Paths,
    date: Paths,
    language: Paths,
    tickers: Paths,
    source: Paths,
    author: Paths,
    url: Paths,
    section: Paths,
    articles: Paths,
}

/// One path or several, the preferred first.
#[derive(Default)]
struct Paths(Vec<Path>);

impl<'de> Deserialize<'de> for FieldMap {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<FieldMap, D::Error> {
        let written = Written::deserialize(deserializer)?;
        let fields = [
            (Field::Id, written.id),
            (Field::Headline, written.headline),
            (Field::Body, written.body),
            (Field::Lead, written.lead),
            (Field::Summary, written.summary),
            (Field::Date, written.date),
            (Field::Language, written.language),
            (Field::Tickers, written.tickers),
            (Field::Source, written.source),
            (Field::Author, written.author),
            (Field::Url, written.url),
            (Field::Section, written.section),
        ];
        let of_field = |(field, Paths(paths)): (Field, Paths)| {
            paths.into_iter().enumerate().map(move |(rank, path)| (Role::mapped(field, rank), path))
        };
        Ok(FieldMap { paths: fields.into_iter().flat_map(of_field).collect(), articles: written.articles.0 })
    }
}

impl<'de> Deserialize<'de> for Paths {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Paths, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged, expecting = "expected a path such as \"meta.title\", or a list of them")]
        enum Written {
            One(String),
            Several(Vec<String>),
        }
        let written = match Written::deserialize(deserializer)? {
            Written::One(path) => vec![path],
            Written::Several(paths) => paths,
        };
        let path = |written: String| {
            let names: Vec<String> = written.split('.').map(fold).collect();
            let bad = || D::Error::custom(format!("`{written}` is no path: a name is missing in it"));
            if names.iter().any(String::is_empty) { Err(bad()) } else { Ok(Path(names)) }
        };
        written.into_iter().map(path).collect::<Result<_, _>>().map(Paths)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::article::{DateOrigin, Draft};
    use crate::ingest::Limits;
    use crate::ingest::testing::{read, read_mapped, zip};

    fn map(text: &str) -> FieldMap {
        toml::from_str(text).unwrap()
    }

    const MAP: &str = "headline = 'meta.intitule'\nbody = ['contenu.fr', 'contenu.en']\ndate = 'meta.parution'\n\
                       tickers = 'valeurs_citees.code'\nsource = 'diffuseur'\nid = 'ref'\nsection = 'plan.0'\n\
                       articles = 'lot.pieces'";

    #[test]
    fn json_is_read_by_its_map() {
        let record = json!({
            "REF": 7, "meta": {"intitulé": "Un titre", "parution": "2025-03-04"}, "contenu": {"en": "A text."},
            "valeursCitées": [{"code": "MC.PA"}, {"nom": "x"}, {"code": "OR.PA"}], "diffuseur": "Agence",
            "plan": ["Bourse", "Luxe"], "url": "https://a.example/7",
        });
        let expected = Draft {
            record: Some("7".to_owned()),
            headline: Some("Un titre".to_owned()),
            body: "A text.".to_owned(),
            dates: vec![("2025-03-04".to_owned(), DateOrigin::Metadata)],
            tickers: vec!["MC.PA".to_owned(), "OR.PA".to_owned()],
            source: Some("Agence".to_owned()),
            section: Some("Bourse".to_owned()),
            url: Some("https://a.example/7".to_owned()),
            ..Draft::default()
        };
        let list = json!({"lot": {"pieces": [record, record]}}).to_string();
        let twice = |results: Vec<Result<Draft, crate::article::Skip>>| {
            let names = ["7", "7~2"].map(|name| Draft { record: Some(name.to_owned()), ..expected.clone() });
            assert_eq!(results.into_iter().map(Result::unwrap).collect::<Vec<_>>(), names);
        };
        let limits = Limits::default();
        twice(read_mapped("a.json", list.as_bytes(), &limits, &map(MAP)));
        twice(read_mapped("a.json", list.as_bytes(), &Limits { text: 0, ..limits }, &map(MAP)));
        twice(read_mapped("a.jsonl", format!("{record}\n{record}\n").as_bytes(), &limits, &map(MAP)));
        assert!(read("a.json", list.as_bytes())[0].is_err());
        let packed = zip(&[("a.json", record.to_string().as_bytes())]);
        assert_eq!(read_mapped("a.zip", &packed, &limits, &map(MAP))[0].as_ref().unwrap().body, "A text.");
    }

    #[test]
    fn columns_are_read_by_their_map() {
        let map = map("headline = 'Kopf'\nbody = 'a.b'\nsource = 'title'");
        let found = read_mapped("a.csv", b"Kopf,a.b,Title,date\nOne,Two,Three,2025-01-02\n", &Limits::default(), &map);
        let draft = found[0].as_ref().unwrap();
        assert_eq!((draft.headline.as_deref(), draft.body.as_str()), (Some("One"), "Two"));
        // A name that is mapped means nothing else.
        assert_eq!((draft.source.as_deref(), draft.dates.len()), (Some("Three"), 1));
    }

    #[test]
    fn names_that_telex_knows_stand_in() {
        let found = read_mapped("a.jsonl", b"{\"title\":\"T\",\"text\":\"B\"}\n", &Limits::default(), &map(MAP));
        assert_eq!(found[0].as_ref().unwrap().headline.as_deref(), Some("T"));
    }

    #[test]
    fn what_is_no_map_is_told() {
        for (text, expected) in [
            ("titel = 'x'", "unknown field `titel`"),
            ("headline = 3", "expected a path such as"),
            ("headline = 'a..b'", "`a..b` is no path"),
            ("headline = ['']", "`` is no path"),
        ] {
            let error = toml::from_str::<FieldMap>(text).unwrap_err();
            assert!(error.message().contains(expected), "{text}: {error}");
        }
    }
}
