//! NITF, the IPTC's News Industry Text Format (<https://iptc.org/standards/nitf/>): an article by itself,
//! or within NewsML.

use super::element::Element;
use super::tree::Open;
use super::{Dialect, Reading, behind_dateline};
use crate::article::{DateOrigin, Draft, distinct};
use crate::ingest::trouble::WORDLESS;

/// NITF 2 and 3, also in the element that NewsML puts around it.
pub(super) const NITF: Dialect =
    Dialect { roots: &["nitf", "inlinexml", "contentset"], records: &["nitf"], many_roots: false, around: &[], read };

fn read(nitf: &Element, _: &[Open]) -> Reading {
    let line = |path| nitf.line_at(path);
    let attribute = |path: &str, name| nitf.at(path).and_then(|element| element.attribute(name)).map(str::to_owned);
    let headline = headline(nitf).or_else(|| line("head/title"));
    let body = body(nitf);
    if headline.is_none() && body.is_empty() {
        return Err(WORDLESS.into());
    }
    let dates = [
        attribute("head/docdata/date.issue", "norm"),
        attribute("head/pubdata", "date.publication"),
        attribute("head/docdata/date.release", "norm"),
        attribute("body/body.head/dateline/story.date", "norm"),
    ];
    let id = attribute("head/docdata/doc-id", "id-string");
    let draft = Draft {
        headline,
        body,
        language: attribute("body", "xml:lang").or_else(|| nitf.attribute("xml:lang").map(str::to_owned)),
        dates: dates.into_iter().flatten().map(|date| (date, DateOrigin::Metadata)).collect(),
        tickers: tickers(nitf),
        source: attribute("head/pubdata", "name")
            .or_else(|| line("body/body.head/distributor"))
            .or_else(|| attribute("head/docdata/doc.copyright", "holder")),
        author: author(nitf),
        url: attribute("head/pubdata", "ex-ref"),
        section: attribute("head/pubdata", "position.section")
            .or_else(|| attribute("head/tobject/tobject.subject", "tobject.subject.type"))
            .or_else(|| attribute("head/tobject", "tobject.type")),
        ..Draft::default()
    };
    Ok(vec![(draft, id)])
}

/// Returns the headline within an element `nitf`.
pub(super) fn headline(nitf: &Element) -> Option<String> {
    nitf.line_at("body/body.head/hedline/hl1").or_else(|| nitf.line_at("body/body.head/hedline"))
}

/// Returns the author within an element `nitf`: the person, if one is marked.
pub(super) fn author(nitf: &Element) -> Option<String> {
    nitf.line_at("body/body.head/byline/person").or_else(|| nitf.line_at("body/body.head/byline"))
}

/// Returns the text within an element `nitf`, its dateline in front; the abstract if there is no other.
pub(super) fn body(nitf: &Element) -> String {
    let content = nitf.at("body/body.content").map(Element::prose).unwrap_or_default();
    match content.trim().is_empty() {
        true => nitf.at("body/body.head/abstract").map(Element::prose).unwrap_or_default(),
        false => behind_dateline(nitf.line_at("body/body.head/dateline"), content),
    }
}

/// Returns the securities that the text marks: `<org idsrc="NYSE" value="IBM">`, in the head too.
pub(super) fn tickers(nitf: &Element) -> Vec<String> {
    let marked = nitf.below("org").into_iter().chain(nitf.below("alt-code"));
    distinct(marked.filter_map(|org| {
        let value = org.attribute("value")?;
        let source = org.attribute("idsrc").unwrap_or_default();
        let is_market = !source.is_empty() && !source.contains([' ', '.', '/']);
        Some(if is_market && !value.contains(':') { format!("{source}:{value}") } else { value.to_owned() })
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::testing::read_one;

    #[test]
    fn an_article_is_read() {
        let xml = "<?xml version='1.0'?><!DOCTYPE nitf SYSTEM 'nitf.dtd'><nitf><head><title>Slug</title><docdata>\
            <doc-id id-string='x-1'/><date.issue norm='20250319T081500+0100'/></docdata>\
            <pubdata name='Agence Fluviale' position.section='Bourse'/></head><body xml:lang='fr'><body.head>\
            <hedline><hl1>Vinci  gagne</hl1><hl2>Un contrat</hl2></hedline><byline>par <person>A. Durand</person></byline>\
            <dateline><location>PARIS</location>, <story.date norm='20250319'>19 mars</story.date></dateline></body.head>\
            <body.content><p>Le groupe <org idsrc='XPAR' value='DG'>Vinci</org> signe.</p><hl2>Titre</hl2><p>Deux.</p>\
            </body.content></body></nitf>";
        let expected = Draft {
            headline: Some("Vinci gagne".to_owned()),
            body: "PARIS, 19 mars – Le groupe Vinci signe.\n\nTitre\n\nDeux.".to_owned(),
            language: Some("fr".to_owned()),
            dates: vec![
                ("20250319T081500+0100".to_owned(), DateOrigin::Metadata),
                ("20250319".to_owned(), DateOrigin::Metadata),
            ],
            tickers: vec!["XPAR:DG".to_owned()],
            source: Some("Agence Fluviale".to_owned()),
            author: Some("A. Durand".to_owned()),
            url: None,
            section: Some("Bourse".to_owned()),
            ..Draft::default()
        };
        assert_eq!(read_one("a.nitf", xml.as_bytes()), expected);
    }

    #[test]
    fn an_article_within_a_part_of_newsml_is_read() {
        for around in ["inlineXML", "contentSet"] {
            let xml =
                format!("<{around}><nitf><body><body.content><p>Un mot.</p></body.content></body></nitf></{around}>");
            assert_eq!(read_one("a.xml", xml.as_bytes()).body, "Un mot.", "{around}");
        }
    }

    #[test]
    fn the_abstract_stands_for_a_missing_text() {
        let xml = "<nitf><body><body.head><abstract><p>Court.</p></abstract></body.head><body.content/></body></nitf>";
        assert_eq!(read_one("a.xml", xml.as_bytes()).body, "Court.");
    }
}
