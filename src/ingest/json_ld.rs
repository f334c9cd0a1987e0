//! JSON-LD: which of the articles that a page describes is its own, and what its references mean.
//!
//! Separate from `page`, which takes the fields of the one that is chosen. A page may describe other stories beside its
//! own, and may say of a publisher or an author only under which `@id` it is described elsewhere on the page.

use dom_query::Document;
use rustc_hash::FxHashMap;
use serde_json::{Map, Value};

use super::fields::fold;
use super::json::mend;
use super::values::line;

/// How deep JSON-LD is looked into.
pub(super) const DEEPEST: usize = 6;

/// The shortest headline, folded, that is told to be a part of a longer one.
const SHORTEST_PART: usize = 12;

/// What a page says of its own story outside of JSON-LD.
pub(super) struct Own {
    /// Its addresses.
    pub urls: Vec<String>,
    /// Its titles: with the name of the site, or cut short, too.
    pub titles: Vec<String>,
}

/// Returns the article that the page is: the one with its address or title, else the best that is not plainly another; a
/// news article before any other.
pub(super) fn article(page: &Document, own: &Own) -> Option<Map<String, Value>> {
    let mut found = Found::default();
    for node in page.select("script[type='application/ld+json']").nodes() {
        let text = node.text();
        // Comments and `//<![CDATA[` stand around it on older pages.
        let text = match (text.find(['{', '[']), text.rfind(['}', ']'])) {
            (Some(start), Some(end)) => {
                without_cdata(&text).unwrap_or_else(|| text.get(start..=end).unwrap_or_default())
            }
            _ => continue,
        };
        let value = serde_json::from_str(text).or_else(|_| serde_json::from_str(&mend(text)));
        if let Ok(value) = value {
            found.take(value, 0);
        }
    }
    let titles: Vec<String> = own.titles.iter().map(|title| fold(title)).collect();
    let urls: Vec<&str> = own.urls.iter().map(|url| bare(url)).collect();
    let likelihood = |article: &Map<String, Value>| likelihood(article, &titles, &urls);
    let rated = found.articles.into_iter().map(|(rank, article)| ((likelihood(&article), rank), article));
    // The first of equals.
    let best =
        rated.rev().max_by_key(|(rating, _)| *rating).filter(|((likelihood, _), _)| *likelihood > Likelihood::Other);
    let (_, mut article) = best?;
    article.values_mut().for_each(|value| resolve(value, &found.named, 0));
    Some(article)
}

/// Returns what stands in a CDATA section.
fn without_cdata(text: &str) -> Option<&str> {
    let (_, rest) = text.split_once("<![CDATA[")?;
    let inner =
        rest.rsplit_once("]]>").map_or(rest, |(inner, _)| inner).trim_end_matches(['/', '*', ' ', '\n', '\r', '\t']);
    Some(inner.trim_start_matches(['/', '*', ' ', '\n', '\r', '\t']))
}

/// Whether an article is that of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Likelihood {
    /// Neither its address nor its title is the page's.
    Other,
    /// Nothing tells.
    Unknown,
    Title,
    Address,
}

fn likelihood(article: &Map<String, Value>, titles: &[String], urls: &[&str]) -> Likelihood {
    let addresses: Vec<String> =
        ["url", "mainEntityOfPage", "@id"].iter().filter_map(|name| article.get(*name).and_then(line)).collect();
    let mut addresses =
        addresses.iter().map(|address| bare(address)).filter(|address| address.contains('/')).peekable();
    let has_address = addresses.peek().is_some() && !urls.is_empty();
    let headline =
        article.get("headline").or_else(|| article.get("name")).and_then(line).map(|headline| fold(&headline));
    let is_title = |headline: &String| titles.iter().any(|title| is_same(title, headline));
    match headline {
        _ if addresses.any(|address| urls.contains(&address)) => Likelihood::Address,
        Some(headline) if is_title(&headline) => Likelihood::Title,
        Some(_) if has_address && !titles.is_empty() => Likelihood::Other,
        _ => Likelihood::Unknown,
    }
}

/// Returns whether two folded titles are one, the shorter of which may be cut, or lack the name of the site.
fn is_same(one: &str, other: &str) -> bool {
    let (short, long) = if one.len() < other.len() { (one, other) } else { (other, one) };
    !short.is_empty() && (short == long || short.len() >= SHORTEST_PART && long.contains(short))
}

/// Returns an address without what two spellings of it may differ in.
fn bare(url: &str) -> &str {
    let url = url.split('#').next().unwrap_or_default().trim();
    let url = url.split_once("://").map_or(url, |(_, rest)| rest);
    url.strip_prefix("www.").unwrap_or(url).trim_end_matches('/')
}

/// What the scripts of a page hold.
#[derive(Default)]
struct Found {
    /// The articles, with how much of a news article each is.
    articles: Vec<(u8, Map<String, Value>)>,
    /// The names of what has one and an `@id`.
    named: FxHashMap<String, String>,
}

impl Found {
    fn take(&mut self, value: Value, depth: usize) {
        self.name(&value, depth);
        self.choose(value, depth);
    }

    /// Notes the names of all that may be referred to.
    fn name(&mut self, value: &Value, depth: usize) {
        match value {
            _ if depth > DEEPEST => {}
            Value::Array(values) => values.iter().for_each(|value| self.name(value, depth + 1)),
            Value::Object(object) => {
                if let (Some(Value::String(id)), Some(Value::String(name))) = (object.get("@id"), object.get("name")) {
                    self.named.entry(id.clone()).or_insert_with(|| name.clone());
                }
                object.values().filter(|value| !value.is_string()).for_each(|value| self.name(value, depth + 1));
            }
            _ => {}
        }
    }

    fn choose(&mut self, value: Value, depth: usize) {
        match value {
            Value::Array(values) if depth < DEEPEST => {
                values.into_iter().for_each(|value| self.choose(value, depth + 1));
            }
            Value::Object(mut object) => {
                if let Some(graph) = object.remove("@graph")
                    && depth < DEEPEST
                {
                    self.choose(graph, depth + 1);
                }
                let rank = rank(object.get("@type"));
                if rank > 0 {
                    self.articles.push((rank, object));
                } else if let Some(inner) = object.remove("mainEntity")
                    && depth < DEEPEST
                {
                    self.choose(inner, depth + 1);
                }
            }
            _ => {}
        }
    }
}

/// Returns how much of a news article a type is; 0 for none.
fn rank(kind: Option<&Value>) -> u8 {
    match kind {
        Some(Value::String(kind)) => match kind.rsplit(['/', ':']).next().unwrap_or_default() {
            kind if kind.ends_with("NewsArticle") => 3,
            kind if kind.ends_with("Article") => 2,
            kind if kind.ends_with("Posting") || kind == "Report" => 1,
            _ => 0,
        },
        Some(Value::Array(kinds)) => {
            kinds.iter().filter(|kind| kind.is_string()).map(|kind| rank(Some(kind))).max().unwrap_or(0)
        }
        _ => 0,
    }
}

/// Gives every reference the name of what it refers to.
fn resolve(value: &mut Value, named: &FxHashMap<String, String>, depth: usize) {
    match value {
        Value::Array(values) if depth < DEEPEST => values.iter_mut().for_each(|value| resolve(value, named, depth + 1)),
        Value::Object(object) if !object.contains_key("name") => {
            let name = object.get("@id").and_then(Value::as_str).and_then(|id| named.get(id));
            if let Some(name) = name.cloned() {
                object.insert("name".to_owned(), Value::String(name));
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use crate::ingest::testing::read_one;

    fn script(json: &str) -> String {
        format!("<script type='application/ld+json'>{json}</script>")
    }

    #[test]
    fn the_article_of_the_page_is_told_from_others() {
        let other = r#"{"@type":"NewsArticle","headline":"Une autre histoire, plus lue","url":"https://a.example/autre","datePublished":"2020-01-01"}"#;
        let related = other.replace("\"url\":\"https://a.example/autre\",", "");
        let canonical = "<link rel='canonical' href='https://www.a.example/halden/'>";
        for (head, own) in [
            // By address, however it is written and wherever it stands.
            (
                canonical,
                r#"{"@type":"NewsArticle","headline":"H","url":"http://a.example/halden#article","datePublished":"2025-03-04"}"#,
            ),
            (
                canonical,
                r#"{"@type":"BlogPosting","headline":"H","mainEntityOfPage":{"@id":"https://a.example/halden"},"datePublished":"2025-03-04"}"#,
            ),
            // By title, that of the site behind it.
            (
                "<title>Halden supprime 400 postes - Le Courrier</title>",
                r#"{"@type":"BlogPosting","headline":"Halden supprime 400 postes","datePublished":"2025-03-04"}"#,
            ),
            (
                "<meta property='og:title' content='Halden supprime'>",
                r#"{"@type":"Article","headline":"Halden supprime","datePublished":"2025-03-04"}"#,
            ),
        ] {
            for other in [other, &related] {
                for both in
                    [script(other) + &script(own), script(own) + &script(other), script(&format!("[{other},{own}]"))]
                {
                    let draft = read_one("a.html", format!("{head}{both}<h1>Halden</h1><p>Texte.").as_bytes());
                    assert_eq!(draft.dates[0].0, "2025-03-04", "{head} {both}");
                }
            }
        }
    }

    #[test]
    fn an_article_that_is_plainly_another_says_nothing() {
        let other =
            script(r#"{"@type":"NewsArticle","headline":"Une autre histoire","url":"https://a.example/autre"}"#);
        let head = "<link rel='canonical' href='https://a.example/halden'><meta property='og:title' content='Halden embauche'>";
        let draft = read_one("a.html", format!("{head}{other}<p>Texte.").as_bytes());
        assert_eq!(draft.headline.as_deref(), Some("Halden embauche"));
        // Another title for readers, at the same address or at none, is none.
        for url in ["https://a.example/halden", ""] {
            let own = other.replace("https://a.example/autre", url);
            let draft = read_one("a.html", format!("{head}{own}<p>Texte.").as_bytes());
            assert_eq!(draft.headline.as_deref(), Some("Une autre histoire"), "{url}");
        }
    }

    #[test]
    fn references_are_resolved() {
        let graph = r##"{"@graph":[{"@type":"NewsArticle","headline":"H","publisher":{"@id":"https://a.example/#org"},"author":[{"@id":"#p"},{"@id":"#none"}]},
            {"@type":"WebSite","publisher":{"@type":"Organization","@id":"https://a.example/#org","name":"Le Courrier"}},
            {"@type":"Person","@id":"#p","name":"Anne Petit"}]}"##;
        let draft = read_one("a.html", format!("{}<p>Texte.", script(graph)).as_bytes());
        assert_eq!((draft.source.as_deref(), draft.author.as_deref()), (Some("Le Courrier"), Some("Anne Petit")));
        // What is described nowhere is no name.
        let alone = r##"{"@type":"NewsArticle","headline":"H","publisher":{"@id":"https://a.example/#org"},"author":{"@id":"#p"}}"##;
        let draft = read_one("a.html", format!("{}<p>Texte.", script(alone)).as_bytes());
        assert_eq!((draft.source, draft.author), (None, None));
    }

    #[test]
    fn what_stands_around_it_is_cut() {
        let json = r#"{"@type":"NewsArticle","headline":"H"}"#;
        for written in [
            format!("//<![CDATA[\n{json}\n//]]>"),
            format!("/* <![CDATA[ */{json}/* ]]> */"),
            format!("<!-- {json} -->"),
            format!("\n{json};\n"),
        ] {
            let draft = read_one("a.html", format!("{}<p>Texte.", script(&written)).as_bytes());
            assert_eq!(draft.headline.as_deref(), Some("H"), "{written}");
        }
    }
}
