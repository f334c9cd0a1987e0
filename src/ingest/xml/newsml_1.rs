//! NewsML 1, the IPTC's format of 2000 (<https://iptc.org/standards/newsml-1/>): items made of nested
//! components, each with its lines of news, its metadata and its content.

use super::element::Element;
use super::tree::Open;
use super::{Dialect, Reading, behind_dateline, nitf};
use crate::article::{DateOrigin, Draft, distinct};
use crate::ingest::trouble::WORDLESS;

/// NewsML 1.0 to 1.2.
pub(super) const NEWSML_1: Dialect =
    Dialect { roots: &["newsml"], records: &["newsitem"], many_roots: false, around: &[], read };

fn read(item: &Element, _: &[Open]) -> Reading {
    let identifier = item.at("identification/newsidentifier");
    let id = identifier
        .and_then(|identifier| identifier.line_at("publicidentifier").or_else(|| identifier.line_at("newsitemid")));
    let management = ["thisrevisioncreated", "firstcreated"];
    let dates = management.iter().filter_map(|name| item.line_at(&format!("newsmanagement/{name}")));
    let dates: Vec<_> = dates.map(|date| (date, DateOrigin::Metadata)).collect();
    let provider = identifier.and_then(|identifier| identifier.line_at("providerid"));
    let mut parts = Vec::new();
    collect(item, &mut parts);
    let mut articles = Vec::new();
    // A component without lines of its own carries on the one before it.
    for part in parts {
        match articles.last_mut() {
            Some((before, _)) if part.headline.is_none() => join(before, part),
            Some((before, _)) if before.body.is_empty() && before.headline == part.headline => join(before, part),
            _ => {
                let draft = Draft { dates: dates.clone(), ..part };
                articles
                    .push((Draft { source: draft.source.clone().or_else(|| provider.clone()), ..draft }, id.clone()));
            }
        }
    }
    articles.retain(|(draft, _)| draft.headline.is_some() || !draft.body.is_empty());
    for (draft, _) in &mut articles {
        draft.tickers = distinct(std::mem::take(&mut draft.tickers));
    }
    // The lines of a package whose parts have their own are no article beside them.
    if articles.iter().any(|(draft, _)| !draft.body.is_empty()) {
        articles.retain(|(draft, _)| !draft.body.is_empty());
    }
    if articles.is_empty() { Err(WORDLESS.into()) } else { Ok(articles) }
}

/// Adds what a later component says to a draft.
fn join(draft: &mut Draft, part: Draft) {
    if !part.body.is_empty() {
        draft.body.push_str(if draft.body.is_empty() { "" } else { "\n\n" });
        draft.body.push_str(&part.body);
    }
    draft.tickers.extend(part.tickers);
    draft.language = draft.language.take().or(part.language);
    draft.source = draft.source.take().or(part.source);
    draft.author = draft.author.take().or(part.author);
    draft.section = draft.section.take().or(part.section);
}

/// Collects what each component says for itself, in order.
fn collect(element: &Element, parts: &mut Vec<Draft>) {
    for component in element.all("newscomponent") {
        parts.push(component_draft(component));
        collect(component, parts);
    }
}

fn component_draft(component: &Element) -> Draft {
    let lines = |name: &str| component.line_at(&format!("newslines/{name}"));
    let formal = |path: &str| component.at(path).and_then(|element| element.attribute("formalname")).map(str::to_owned);
    let contents = component.all("contentitem").filter_map(content).collect::<Vec<_>>().join("\n\n");
    let embedded = component.all("contentitem").find_map(|item| item.at("datacontent/nitf"));
    Draft {
        headline: lines("headline").or_else(|| embedded.and_then(nitf::headline)),
        body: behind_dateline(lines("dateline"), contents),
        language: formal("descriptivemetadata/language"),
        dates: Vec::new(),
        tickers: tickers(component),
        source: formal("administrativemetadata/provider/party")
            .or_else(|| formal("administrativemetadata/source/party")),
        author: lines("byline").or_else(|| embedded.and_then(nitf::author)),
        url: None,
        section: formal("descriptivemetadata/subjectcode/subject").or_else(|| lines("slugline")),
        ..Draft::default()
    }
}

/// Returns the text of a content item, if it is text.
fn content(item: &Element) -> Option<String> {
    let data = item.at("datacontent").filter(|data| data.at("encoding").is_none())?;
    let text = match data.at("nitf") {
        Some(embedded) => nitf::body(embedded),
        None => data.at("html/body").unwrap_or(data).prose(),
    };
    Some(text).filter(|text| !text.trim().is_empty())
}

/// Returns the securities that properties such as `<Property FormalName="Ticker" Value="DG.PA"/>` give.
fn tickers(component: &Element) -> Vec<String> {
    let Some(metadata) = component.at("descriptivemetadata") else { return Vec::new() };
    let properties = metadata.below("property").into_iter();
    let named = properties.filter(|property| {
        let name = property.attribute("formalname").unwrap_or_default().to_lowercase();
        ["ticker", "symbol", "ric", "isin"].iter().any(|word| name.contains(word))
    });
    named.filter_map(|property| property.attribute("value")).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::testing::{read, read_one};

    fn component(headline: &str, text: &str) -> String {
        format!(
            "<NewsComponent><NewsLines><HeadLine>{headline}</HeadLine><ByLine>A. Durand</ByLine></NewsLines>\
             <AdministrativeMetadata><Provider><Party FormalName='Agence Fluviale'/></Provider></AdministrativeMetadata>\
             <DescriptiveMetadata><Language FormalName='fr'/><Property FormalName='Ticker' Value='DG.PA'/></DescriptiveMetadata>\
             <ContentItem><DataContent>{text}</DataContent></ContentItem></NewsComponent>"
        )
    }

    fn document(components: &str) -> String {
        format!(
            "<NewsML><NewsEnvelope/><NewsItem><Identification><NewsIdentifier><ProviderId>fluviale.example</ProviderId>\
             <PublicIdentifier>urn:1</PublicIdentifier></NewsIdentifier></Identification><NewsManagement>\
             <ThisRevisionCreated>20250319T081500+0100</ThisRevisionCreated></NewsManagement>{components}</NewsItem></NewsML>"
        )
    }

    #[test]
    fn an_item_is_read() {
        let xml = document(&component("Vinci gagne", "<p>Un.</p><p>Deux.</p>"));
        let expected = Draft {
            record: Some("urn:1".to_owned()),
            headline: Some("Vinci gagne".to_owned()),
            body: "Un.\n\nDeux.".to_owned(),
            language: Some("fr".to_owned()),
            dates: vec![("20250319T081500+0100".to_owned(), DateOrigin::Metadata)],
            tickers: vec!["DG.PA".to_owned()],
            source: Some("Agence Fluviale".to_owned()),
            author: Some("A. Durand".to_owned()),
            url: None,
            section: None,
            ..Draft::default()
        };
        assert_eq!(read_one("a.xml", xml.as_bytes()), expected);
    }

    #[test]
    fn components_with_lines_of_their_own_are_articles() {
        let both = format!("{}{}", component("Un", "a"), component("Deux", "b"));
        for components in [
            both.clone(),
            format!("<NewsComponent><NewsLines><HeadLine>Tout</HeadLine></NewsLines>{both}</NewsComponent>"),
        ] {
            let results = read("a.xml", document(&components).as_bytes());
            let bodies = results.iter().map(|result| result.as_ref().unwrap().body.as_str()).collect::<Vec<_>>();
            assert_eq!(bodies, ["a", "b"], "{components}");
        }
    }

    #[test]
    fn a_text_may_stand_apart_from_its_lines() {
        let xml = document(
            "<NewsComponent><NewsLines><HeadLine>Un</HeadLine></NewsLines><NewsComponent><ContentItem><DataContent><nitf><body>\
             <body.content><p>a</p></body.content></body></nitf></DataContent></ContentItem></NewsComponent></NewsComponent>",
        );
        let draft = read_one("a.xml", xml.as_bytes());
        assert_eq!((draft.headline.as_deref(), draft.body.as_str()), (Some("Un"), "a"));
        assert_eq!(draft.source.as_deref(), Some("fluviale.example"));
    }
}
