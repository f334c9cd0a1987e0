//! NewsML-G2, the IPTC's format for exchanging news (<https://iptc.org/standards/newsml-g2/>): one news
//! item, or a message with several. The text within is XHTML or NITF.
//!
//! Packages, concepts, plans and events are no articles, and are told as such.

use super::element::Element;
use super::tree::Open;
use super::{Dialect, Reading, nitf};
use crate::article::{DateOrigin, Draft, distinct};
use crate::ingest::trouble::WORDLESS;

/// NewsML-G2, and its older kin NewsML-G2 1.x.
pub(super) const NEWSML_G2: Dialect = Dialect {
    roots: &["newsitem", "newsmessage", "packageitem", "conceptitem", "knowledgeitem", "planningitem", "catalogitem"],
    records: &["newsitem", "packageitem", "conceptitem", "knowledgeitem", "planningitem", "catalogitem"],
    many_roots: false,
    around: &[],
    read,
};

fn read(item: &Element, _: &[Open]) -> Reading {
    let (kind, sorte) = match item.name.as_str() {
        "packageitem" => ("a package of other items", "un paquet d’autres éléments"),
        "conceptitem" | "knowledgeitem" => ("knowledge of concepts", "un savoir sur des concepts"),
        "planningitem" => ("a plan of coverage", "un plan de couverture"),
        "catalogitem" => ("a catalog of schemes", "un catalogue de schémas"),
        _ => ("", ""),
    };
    if !kind.is_empty() {
        return Err(said!("it is {kind}, and no article", "c’est {sorte}, et pas un article"));
    }
    let line = |path| item.line_at(path);
    let embedded = item.at("contentset/inlinexml/nitf");
    let headline = line("contentmeta/headline").or_else(|| embedded.and_then(nitf::headline));
    let body = body(item, embedded);
    if headline.is_none() && body.is_empty() {
        return Err(WORDLESS.into());
    }
    let id = item.attribute("guid").map(str::to_owned);
    let attribute = |path: &str, name| item.at(path).and_then(|element| element.attribute(name)).map(str::to_owned);
    let dates = ["itemmeta/versioncreated", "contentmeta/contentcreated", "itemmeta/firstcreated"];
    let mut tickers = instruments(item);
    tickers.extend(embedded.map(nitf::tickers).unwrap_or_default());
    let draft = Draft {
        headline,
        body,
        language: attribute("contentmeta/language", "tag").or_else(|| item.attribute("xml:lang").map(str::to_owned)),
        dates: dates.into_iter().filter_map(line).map(|date| (date, DateOrigin::Metadata)).collect(),
        tickers,
        source: item
            .at("itemmeta/provider")
            .and_then(named)
            .or_else(|| item.at("contentmeta/infosource").and_then(named))
            .or_else(|| line("rightsinfo/copyrightholder/name")),
        author: line("contentmeta/by")
            .or_else(|| item.at("contentmeta/creator").and_then(named))
            .or_else(|| embedded.and_then(nitf::author)),
        url: id.clone().filter(|id| id.starts_with("http")),
        section: item.at("contentmeta").and_then(|meta| meta.all("subject").find_map(line_of_name)),
        ..Draft::default()
    };
    Ok(vec![(draft, id)])
}

/// Returns the text of an item, or its description if it has none (as pictures do).
fn body(item: &Element, embedded: Option<&Element>) -> String {
    let content = item.at("contentset");
    let plain = |data: &&Element| data.attribute("encoding").is_none();
    let texts = [
        embedded.map(nitf::body),
        content.and_then(|content| content.at("inlinexml/html/body")).map(Element::prose),
        content.and_then(|content| content.at("inlinexml")).map(Element::prose),
        content.and_then(|content| content.all("inlinedata").find(plain)).map(Element::prose),
        item.at("contentmeta/description").map(Element::prose),
    ];
    texts.into_iter().flatten().find(|text| !text.trim().is_empty()).unwrap_or_default()
}

fn line_of_name(element: &Element) -> Option<String> {
    element.line_at("name")
}

/// Returns the name of a party, or the host of its address, or the last part of its code.
fn named(party: &Element) -> Option<String> {
    let code = party.attribute("literal").or_else(|| party.attribute("qcode")).or_else(|| party.attribute("uri"));
    let code = code.map(|code| match code.split_once("://") {
        Some((_, address)) => address.split('/').next().unwrap_or(address).to_owned(),
        None => code.rsplit(['/', ':']).next().unwrap_or(code).to_owned(),
    });
    line_of_name(party).or_else(|| party.line()).or(code)
}

/// Returns the securities that an item's assertions name, with the market's code (`mic:XTSE`) or label,
/// and those of its subjects that are Reuters codes (`R:IBM.N`).
fn instruments(item: &Element) -> Vec<String> {
    let stated = item.below("hasinstrument").into_iter().filter_map(|instrument| {
        let symbol = instrument.attribute("symbol")?;
        let market = instrument.attribute("market").and_then(|market| market.strip_prefix("mic:"));
        Some(match market.or_else(|| instrument.attribute("marketlabel")) {
            Some(market) if !symbol.contains(':') => format!("{market}:{symbol}"),
            _ => symbol.to_owned(),
        })
    });
    let subjects = item.below("subject").into_iter().filter_map(|subject| subject.attribute("qcode"));
    distinct(stated.chain(subjects.filter_map(|code| code.strip_prefix("R:")).map(str::to_owned)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::testing::{read, read_one};

    fn item(meta: &str, content: &str) -> String {
        format!(
            "<newsItem guid='urn:newsml:fluviale:1' xml:lang='fr'><itemMeta><provider literal='Agence Fluviale'/>\
             <versionCreated>2025-03-19T08:15:00+01:00</versionCreated></itemMeta><contentMeta>\
             <headline>Vinci gagne</headline>{meta}</contentMeta>\
             <assert><organisationDetails><hasInstrument symbol='DG' market='mic:XPAR'/></organisationDetails></assert>\
             <contentSet>{content}</contentSet></newsItem>"
        )
    }

    #[test]
    fn an_item_is_read() {
        let meta = "<by>A. Durand</by><language tag='fr-FR'/><subject qcode='R:DG.PA'><name>BTP</name></subject>";
        let xml = item(
            meta,
            "<inlineXML><html><head><title>x</title></head><body><p>Un.</p><p>Deux.</p></body></html></inlineXML>",
        );
        let expected = Draft {
            headline: Some("Vinci gagne".to_owned()),
            body: "Un.\n\nDeux.".to_owned(),
            language: Some("fr-FR".to_owned()),
            dates: vec![("2025-03-19T08:15:00+01:00".to_owned(), DateOrigin::Metadata)],
            tickers: vec!["XPAR:DG".to_owned(), "DG.PA".to_owned()],
            source: Some("Agence Fluviale".to_owned()),
            author: Some("A. Durand".to_owned()),
            url: None,
            section: Some("BTP".to_owned()),
            ..Draft::default()
        };
        assert_eq!(read_one("a.xml", xml.as_bytes()), expected);
    }

    #[test]
    fn the_text_may_be_of_any_kind() {
        for (content, expected) in [
            ("<inlineXML><nitf><body><body.content><p>Un.</p></body.content></body></nitf></inlineXML>", "Un."),
            ("<inlineData>Un.\n\nDeux.</inlineData>", "Un.\n\nDeux."),
            ("<inlineData encoding='base64'>AAAA</inlineData>", "Légende."),
            ("<remoteContent href='x.jpg'/>", "Légende."),
        ] {
            let xml = item("<description>Légende.</description>", content);
            assert_eq!(read_one("a.xml", xml.as_bytes()).body, expected, "{content}");
        }
    }

    #[test]
    fn a_message_gives_its_items_and_tells_the_others() {
        let one = item("", "<inlineData>Un.</inlineData>");
        let xml = format!("<newsMessage><itemSet>{one}<packageItem guid='p'/>{one}</itemSet></newsMessage>");
        let results = read("a.xml", xml.as_bytes());
        let record = |at: usize| results[at].as_ref().unwrap().record.clone().unwrap();
        assert_eq!((record(0), record(2)), ("urn:newsml:fluviale:1".into(), "urn:newsml:fluviale:1~2".into()));
        assert!(results[1].as_ref().unwrap_err().detail.english.contains("package"), "{results:?}");
    }
}
