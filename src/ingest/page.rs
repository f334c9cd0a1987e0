//! What an HTML page states about its article: JSON-LD, OpenGraph and other `meta` elements, and
//! attributes, each field from the best of them.
//!
//! Separate from `html`, which finds the text. The vocabularies are schema.org's `Article`
//! (<https://schema.org/Article>), the OpenGraph protocol (<https://ogp.me>) and Dublin Core.

use dom_query::Document;
use serde_json::{Map, Value};

use super::author_names;
use super::json_ld::{self, DEEPEST, Own};
use super::markup;
use super::page_elements::{self, Elements};
use super::values::{line, lines, one_line};
use crate::article::{DateOrigin, Draft, distinct};

/// `meta` names of each field, best first.
const META_DATES: &[&str] = &[
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "publication_date",
    "dc.date",
    "dc.date.issued",
    "dcterms.date",
    "dcterms.created",
    "parsely-pub-date",
    "sailthru.date",
];
const META_AUTHORS: &[&str] = &["author", "article:author", "dc.creator", "byl", "parsely-author", "sailthru.author"];
const META_SECTIONS: &[&str] = &["article:section", "og:article:section", "section", "parsely-section"];
const META_SOURCES: &[&str] = &["og:site_name", "application-name", "dc.publisher"];
const META_KEYWORDS: &[&str] = &["news_keywords", "keywords"];

/// Returns the draft of what a page states. Its body is JSON-LD's `articleBody`, or empty.
pub(super) fn stated(page: &Document, elements: &Elements<'_>) -> Draft {
    let metas = metas(page);
    let meta = |names: &[&str]| {
        names.iter().find_map(|name| metas.iter().find(|(known, _)| known == name).map(|(_, content)| content.clone()))
    };
    let address = attribute(page, "link[rel='canonical']", "href").or_else(|| meta(&["og:url"]));
    let titles = [meta(&["og:title"]), elements.headline(), page_elements::title(page)];
    let own = Own { urls: address.iter().cloned().collect(), titles: titles.into_iter().flatten().collect() };
    let article = json_ld::article(page, &own).unwrap_or_default();
    let said = |name: &str| article.get(name).and_then(line);
    let source =
        article.get("publisher").and_then(lines).or_else(|| meta(META_SOURCES)).or_else(|| elements.site.clone());
    let site = source.as_deref().into_iter().chain(elements.site.as_deref());
    let untold = |title: String| site.clone().fold(title, without_site);
    let is_site = |title: &String| site.clone().any(|site| site == title);
    let headline = said("headline")
        .map(markup::clean)
        .or_else(|| meta(&["og:title"]).filter(|title| !is_site(title)).map(untold))
        .or_else(|| elements.headline())
        .or_else(|| page_elements::title(page).filter(|title| !is_site(title)).map(untold));
    let mut dates = said("datePublished").into_iter().collect::<Vec<_>>();
    let attribute = |selector, name| attribute(page, selector, name);
    for date in META_DATES.iter().map(|name| meta(&[name])).chain([elements.date(), said("dateCreated")]) {
        dates.extend(date.filter(|date| !dates.contains(date)));
    }
    // A template's `html lang` is often left as it came; what is said of the article itself goes first.
    let language = said("inLanguage");
    let around = meta(&["og:locale"])
        .or_else(|| attribute("html[lang]", "lang"))
        .or_else(|| attribute("html", "xml:lang"))
        .or_else(|| meta(&["content-language", "dc.language", "language"]));
    Draft {
        headline,
        body: article.get("articleBody").and_then(Value::as_str).map(str::trim).unwrap_or_default().to_owned(),
        language_around: language.is_none() && around.is_some(),
        language: language.or(around),
        dates: dates.into_iter().map(|date| (date, DateOrigin::Metadata)).collect(),
        tickers: tickers(&article, META_KEYWORDS.iter().filter_map(|name| meta(&[name]))),
        source,
        author: article
            .get("author")
            .and_then(lines)
            .or_else(|| META_AUTHORS.iter().find_map(|name| meta(&[name]).filter(|author| !author.starts_with("http"))))
            .or_else(|| elements.author())
            .and_then(|author| author_names::clean(&author)),
        url: address.or_else(|| said("url")).or_else(|| said("mainEntityOfPage").filter(|url| url.starts_with("http"))),
        section: said("articleSection").or_else(|| meta(META_SECTIONS)),
        ..Draft::default()
    }
}

/// Returns the `meta` elements, their names in lower case, empty ones left out.
fn metas(page: &Document) -> Vec<(String, String)> {
    let mut metas = Vec::new();
    for node in page.select("meta").nodes() {
        let name = ["property", "name", "itemprop", "http-equiv"].into_iter().find_map(|name| node.attr(name));
        let content = node.attr("content").map(|content| one_line(content.to_string()));
        if let (Some(name), Some(content)) = (name, content)
            && !content.is_empty()
        {
            metas.push((name.trim().to_lowercase(), content));
        }
    }
    metas
}

fn attribute(page: &Document, selector: &str, name: &str) -> Option<String> {
    let value = page.select_single(selector).attr(name)?;
    Some(value.trim().to_owned()).filter(|value| !value.is_empty())
}

/// Returns a title without the name of the site behind a bar or dash.
fn without_site(title: String, site: &str) -> String {
    let short = title.strip_suffix(site).map(str::trim_end);
    let short = short.and_then(|short| short.strip_suffix(['|', '-', '–', '—', '·', '•'])).map(str::trim);
    match short {
        Some(short) if !short.is_empty() => short.to_owned(),
        _ => title,
    }
}

/// Returns the symbols of the companies that JSON-LD says the article is about, and the keywords
/// that are codes such as `NASDAQ:AAPL`. The publisher's own symbol is not one of them.
fn tickers(article: &Map<String, Value>, keywords: impl Iterator<Item = String>) -> Vec<String> {
    fn search(value: &Value, depth: usize, found: &mut Vec<String>) {
        match value {
            Value::Array(values) if depth < DEEPEST => values.iter().for_each(|value| search(value, depth + 1, found)),
            Value::Object(object) if depth < DEEPEST => {
                for (key, value) in object {
                    match key.as_str() {
                        "tickerSymbol" => found.extend(super::securities::tickers(value).unwrap_or_default()),
                        "publisher" | "author" | "copyrightHolder" | "sourceOrganization" => {}
                        _ => search(value, depth + 1, found),
                    }
                }
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    for (key, value) in article {
        if matches!(key.as_str(), "about" | "mentions" | "mainEntity" | "tickerSymbol" | "subjectOf") {
            search(&Value::Object(Map::from_iter([(key.clone(), value.clone())])), 0, &mut found);
        }
    }
    for keywords in keywords.chain(article.get("keywords").and_then(lines)) {
        found.extend(keywords.split([',', ';']).map(str::trim).filter(|keyword| is_code(keyword)).map(str::to_owned));
    }
    distinct(found)
}

/// Returns whether a keyword is an exchange and a symbol, `NYSE:BRK.B`.
pub(super) fn is_code(keyword: &str) -> bool {
    keyword.split_once(':').is_some_and(|(exchange, symbol)| {
        let symbol = symbol.trim_start();
        (2..=10).contains(&exchange.len())
            && exchange.bytes().all(|byte| byte.is_ascii_uppercase())
            && (1..=8).contains(&symbol.len())
            && symbol
                .bytes()
                .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || matches!(byte, b'.' | b'-'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(head: &str, expected: Draft) {
        let page = Document::from(format!("<html><head>{head}</head><body></body></html>").as_str());
        assert_eq!(stated(&page, &Elements::of(&page)), expected, "{head}");
    }

    #[test]
    fn json_ld_comes_first() {
        let article = r#"{"@type": ["NewsArticle"], "headline": "Safran &amp; Cie", "datePublished": "2025-03-04T10:00:00Z",
            "inLanguage": "fr", "publisher": {"name": "Agence", "tickerSymbol": "XPAR AGE"}, "author": [{"name": "A. Durand"}, "B. Petit"],
            "url": "https://a.b/1", "articleSection": ["Aéro", "Bourse"], "articleBody": " Le texte. ",
            "about": [{"@type": "Corporation", "tickerSymbol": "XPAR:SAF"}]}"#;
        let expected = Draft {
            headline: Some("Safran & Cie".to_owned()),
            body: "Le texte.".to_owned(),
            language: Some("fr".to_owned()),
            dates: vec![
                ("2025-03-04T10:00:00Z".to_owned(), DateOrigin::Metadata),
                ("2025-03-04".to_owned(), DateOrigin::Metadata),
            ],
            tickers: vec!["XPAR:SAF".to_owned()],
            source: Some("Agence".to_owned()),
            author: Some("A. Durand, B. Petit".to_owned()),
            url: Some("https://a.b/1".to_owned()),
            section: Some("Aéro".to_owned()),
            ..Draft::default()
        };
        for json in [
            article.to_owned(),
            format!(r#"[{{"@type": "WebPage", "headline": "no"}}, {article}]"#),
            format!(r#"{{"@context": "x", "@graph": [{{"@type": "BlogPosting", "headline": "no"}}, {article}]}}"#),
        ] {
            let meta = "<meta property='og:title' content='Other'><meta name='date' content='2025-03-04'>";
            check(&format!("<script type='application/ld+json'>{json}</script>{meta}"), expected.clone());
        }
    }

    #[test]
    fn meta_elements_come_next() {
        check(
            "<title>Other</title><meta property='og:title' content='Le titre - Site'><meta property='og:site_name' content='Site'>
             <meta property='article:published_time' content='2025-03-04'><meta property='og:locale' content='fr_FR'>
             <meta name='Author' content='A. Durand'><link rel='canonical' href='https://a.b/1'>
             <meta property='article:section' content='Bourse'><meta name='keywords' content='luxe, NASDAQ:AAPL, CEO: x'>",
            Draft {
                headline: Some("Le titre".to_owned()),
                language: Some("fr_FR".to_owned()),
                language_around: true,
                dates: vec![("2025-03-04".to_owned(), DateOrigin::Metadata)],
                tickers: vec!["NASDAQ:AAPL".to_owned()],
                source: Some("Site".to_owned()),
                author: Some("A. Durand".to_owned()),
                url: Some("https://a.b/1".to_owned()),
                section: Some("Bourse".to_owned()),
                ..Draft::default()
            },
        );
    }

    #[test]
    fn a_title_is_found_at_last() {
        for (body, expected) in [
            ("<title>T</title><body><h1>Logo</h1><article><h1>Un <b>titre</b></h1></article>", "Un titre"),
            ("<title>T</title><body><h1> </h1><h1>Titre</h1>", "Titre"),
            ("<title>T &amp; U</title><body><p>x", "T & U"),
        ] {
            let page = Document::from(body);
            assert_eq!(stated(&page, &Elements::of(&page)).headline.as_deref(), Some(expected), "{body}");
        }
        let page = Document::from("<p>x");
        assert_eq!(stated(&page, &Elements::of(&page)), Draft::default());
    }

    #[test]
    fn json_ld_of_any_depth_is_no_danger() {
        let deep = format!("{}{}", r#"{"@graph":["#.repeat(50_000), "]}".repeat(50_000));
        check(&format!("<script type='application/ld+json'>{deep}</script>"), Draft::default());
    }
}
