//! Feeds: RSS 0.9, 0.91 to 2.0 and 1.0 (RDF), and Atom 0.3 and 1.0 (RFC 4287), with the modules that
//! carry what an article needs: Dublin Core, `content:encoded`, Media RSS, iTunes.
//!
//! One reader for all, since real feeds mix them: the first element that says something counts.

use super::element::Element;
use super::tree::Open;
use super::{Dialect, Reading};
use crate::article::{DateOrigin, Draft};
use crate::ingest::page::is_code;
use crate::ingest::trouble::WORDLESS;
use crate::ingest::{author_names, securities};

/// RSS of all versions.
pub(super) const RSS: Dialect =
    Dialect { roots: &["rss", "rdf", "channel"], records: &["item"], many_roots: false, around: AROUND, read };

/// Atom; a file may also be a single entry.
pub(super) const ATOM: Dialect =
    Dialect { roots: &["feed", "entry"], records: &["entry"], many_roots: false, around: AROUND, read };

/// Where each field stands, best first.
const TITLES: &[&str] = &["title", "dc:title", "media:title", "media:group/media:title"];
const BODIES: &[&str] = &["content:encoded", "content", "body", "fullitem", "fulltext"];
const SUMMARIES: &[&str] = &[
    "description",
    "summary",
    "dc:description",
    "media:description",
    "media:group/media:description",
    "itunes:summary",
    "abstract",
];
const DATES: &[&str] = &[
    "pubdate",
    "published",
    "issued",
    "dc:date",
    "dcterms:issued",
    "dcterms:created",
    "created",
    "updated",
    "dcterms:modified",
    "modified",
];
const AUTHORS: &[&str] = &["dc:creator", "author/name", "author", "itunes:author", "media:credit", "dc:author"];
const LANGUAGES: &[&str] = &["dc:language", "language"];
/// What the feed around an item says of it.
const AROUND: &[&str] = &[
    "dc:language",
    "language",
    "@xml:lang",
    "title",
    "dc:publisher",
    "author/name",
    "author",
    "dc:creator",
    "channel/dc:language",
    "channel/language",
    "channel/@xml:lang",
    "channel/title",
    "channel/dc:publisher",
    "channel/author/name",
    "channel/author",
    "channel/dc:creator",
];
/// Elements that list securities and nothing else.
const TICKERS: &[&str] = &["nasdaq:tickers", "tickers", "ticker", "symbols", "symbol", "stocks"];

fn read(item: &Element, around: &[Open]) -> Reading {
    let first = |names: &[&str]| names.iter().find_map(|name| item.line_at(name));
    let text = |names: &[&str]| names.iter().find_map(|name| prose_at(item, name));
    let (headline, body) = (first(TITLES), text(BODIES).or_else(|| text(SUMMARIES)));
    if headline.is_none() && body.is_none() {
        return Err(WORDLESS.into());
    }
    let id = first(&["guid", "id"]).or_else(|| item.attribute("rdf:about").map(str::to_owned));
    let language = first(LANGUAGES).or_else(|| item.attribute("xml:lang").map(str::to_owned));
    let draft = Draft {
        headline,
        body: body.unwrap_or_default(),
        language_around: language.is_none(),
        language: language.or_else(|| said(around, LANGUAGES)).or_else(|| said(around, &["@xml:lang"])),
        dates: DATES.iter().filter_map(|name| item.line_at(name)).map(|date| (date, DateOrigin::Metadata)).collect(),
        tickers: tickers(item),
        source: first(&["source", "source/title", "dc:publisher"]).or_else(|| said(around, &["title", "dc:publisher"])),
        author: first(AUTHORS)
            .or_else(|| said(around, &["author/name", "author", "dc:creator"]))
            .and_then(|author| author_names::clean(&author)),
        url: link(item).or_else(|| id.clone().filter(|id| is_address(id))),
        section: categories(item).find(|(category, domain)| !is_market(domain) && !is_code(category)).map(|(c, _)| c),
        ..Draft::default()
    };
    Ok(vec![(draft, id)])
}

/// Returns what the feed around an item says at the first of these paths, the innermost element first. In RSS 1.0
/// the channel stands beside the items, elsewhere around them.
fn said(around: &[Open], paths: &[&str]) -> Option<String> {
    let of_item = around.iter().rev().find_map(|open| paths.iter().find_map(|path| open.said(path)));
    let beside = || {
        let paths: Vec<String> = paths.iter().map(|path| format!("channel/{path}")).collect();
        around.iter().find_map(|open| paths.iter().find_map(|path| open.said(path))).map(str::to_owned)
    };
    of_item.map(str::to_owned).or_else(beside)
}

/// Returns the text at a path, unless it is no text (encoded bytes, or an address of it).
fn prose_at(item: &Element, path: &str) -> Option<String> {
    let element = item.at(path)?;
    let is_text = element.attribute("mode") != Some("base64")
        && element.attribute("type").is_none_or(|kind| {
            !kind.contains('/') || kind.starts_with("text/") || kind.ends_with("xml") || kind.ends_with("html")
        });
    Some(element.prose()).filter(|text| is_text && !text.trim().is_empty())
}

/// Returns the address of the article: RSS has it as text, Atom as an attribute.
fn link(item: &Element) -> Option<String> {
    let original = item.line_at("feedburner:origlink");
    let alternate = |link: &Element| {
        let is_article = link.attribute("rel").is_none_or(|rel| rel == "alternate");
        link.attribute("href").filter(|_| is_article).map(str::to_owned).or_else(|| link.line())
    };
    original.or_else(|| item.all("link").find_map(alternate)).filter(|link| is_address(link))
}

fn is_address(text: &str) -> bool {
    text.starts_with("http://") || text.starts_with("https://")
}

/// Returns the categories of an item, each with its domain or scheme.
fn categories(item: &Element) -> impl Iterator<Item = (String, String)> {
    let all = item.all("category").chain(item.all("dc:subject")).chain(item.all("media:category"));
    all.filter_map(|category| {
        let label = category.attribute("label").or_else(|| category.attribute("term")).map(str::to_owned);
        let domain = category.attribute("domain").or_else(|| category.attribute("scheme")).unwrap_or_default();
        Some((label.or_else(|| category.line())?, domain.to_lowercase()))
    })
}

/// Returns whether the categories of a domain are securities, as GlobeNewswire's are.
fn is_market(domain: &str) -> bool {
    ["stock", "ticker", "isin", "symbol"].iter().any(|word| domain.contains(word))
}

fn tickers(item: &Element) -> Vec<String> {
    let listed = TICKERS.iter().filter_map(|name| item.line_at(name));
    let found = categories(item).filter(|(category, domain)| is_market(domain) || is_code(category)).map(|(c, _)| c);
    listed.chain(found).flat_map(|text| securities::tickers(&text.into()).unwrap_or_default()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::testing::{read, read_one};

    const ITEM: &str = "<title>Vinci &amp; Cie &lt;b&gt;gagne&lt;/b&gt;</title><link>https://a.b/1</link>\
        <description>Court.</description><guid isPermaLink='false'>g-1</guid><pubDate>Wed, 19 Mar 2025 08:15:00 +0100</pubDate>\
        <dc:creator>A. Durand</dc:creator><category>BTP</category>\
        <category domain='https://www.example.com/rss/stock'>Euronext Paris:DG</category>";

    #[test]
    fn every_version_of_rss_is_read() {
        let expected = Draft {
            record: Some("g-1".to_owned()),
            headline: Some("Vinci & Cie gagne".to_owned()),
            body: "Court.".to_owned(),
            language: Some("fr".to_owned()),
            language_around: true,
            dates: vec![("Wed, 19 Mar 2025 08:15:00 +0100".to_owned(), DateOrigin::Metadata)],
            tickers: vec!["Euronext Paris:DG".to_owned()],
            source: Some("Agence".to_owned()),
            author: Some("A. Durand".to_owned()),
            url: Some("https://a.b/1".to_owned()),
            section: Some("BTP".to_owned()),
            ..Draft::default()
        };
        let channel = "<title>Agence</title><language>fr</language>";
        for xml in [
            format!("<rss version='2.0'><channel>{channel}<item>{ITEM}</item></channel></rss>"),
            format!(
                "<rdf:RDF xmlns='http://purl.org/rss/1.0/'><channel>{channel}</channel><item>{ITEM}</item></rdf:RDF>"
            ),
            format!("<channel>{channel}<item>{ITEM}</item></channel>"),
        ] {
            assert_eq!(read_one("a.xml", xml.as_bytes()), expected, "{xml}");
        }
    }

    #[test]
    fn atom_is_read() {
        let entry = "<id>urn:1</id><title type='html'>R&amp;amp;D</title><link rel='self' href='https://a.b/s'/>\
            <link href='https://a.b/1'/><published>2025-03-19T08:15:00Z</published><updated>2025-03-20T00:00:00Z</updated>\
            <author><name>B. Petit</name><email>x@y.z</email></author><category term='Bourse'/><summary>Court.</summary>\
            <content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>Un.</p><p>Deux.</p></div></content>";
        let xml = format!(
            "<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='fr'><title>Agence</title><entry>{entry}</entry></feed>"
        );
        let draft = read_one("a.atom", xml.as_bytes());
        assert_eq!((draft.headline.as_deref(), draft.body.as_str()), (Some("R&D"), "Un.\n\nDeux."));
        assert_eq!((draft.url.as_deref(), draft.section.as_deref()), (Some("https://a.b/1"), Some("Bourse")));
        assert_eq!((draft.author.as_deref(), draft.source.as_deref()), (Some("B. Petit"), Some("Agence")));
        assert_eq!((draft.language.as_deref(), draft.record.as_deref()), (Some("fr"), Some("urn:1")));
        assert_eq!(draft.dates.iter().map(|(date, _)| &date[..10]).collect::<Vec<_>>(), ["2025-03-19", "2025-03-20"]);
        let alone = read_one("a.xml", format!("<entry>{entry}</entry>").as_bytes());
        assert_eq!((alone.record, alone.headline.as_deref()), (None, Some("R&D")));
    }

    #[test]
    fn the_whole_text_goes_before_the_summary() {
        for (item, expected) in [
            ("<description>short</description><content:encoded><![CDATA[<p>long</p>]]></content:encoded>", "long"),
            ("<description>short</description><content:encoded> </content:encoded>", "short"),
            ("<content type='image/png' src='x'>AAAA</content><summary>short</summary>", "short"),
            ("<description><p>One</p><br>two</description>", "One\n\ntwo"),
            ("<description>S&P 500 & others</description>", "S&P 500 & others"),
        ] {
            let xml = format!("<rss><channel><item>{item}</item></channel></rss>");
            assert_eq!(read_one("a.xml", xml.as_bytes()).body, expected, "{item}");
        }
    }

    #[test]
    fn items_without_words_are_told_and_the_others_read() {
        let xml = "<rss><channel><item><link>x</link></item><item><title>T</title></item></channel></rss>";
        let results = read("a.xml", xml.as_bytes());
        assert!(results[0].is_err() && results[1].as_ref().unwrap().record.as_deref() == Some("2"), "{results:?}");
    }
}
