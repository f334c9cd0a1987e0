//! Exports of press databases as pages: Europresse's, which mark every part with a class, and those of
//! Factiva, whose articles are blocks of the lines that `press` reads.

use dom_query::{Document, Selection};

use super::markup;
use super::press::{self, Clip};
use crate::article::{DateOrigin, Draft};

/// Returns the articles of an export; `None` if the page is none.
pub(super) fn articles(html: &str) -> Option<Vec<Clip>> {
    // Most pages are none, and need not be parsed twice.
    let europresse = html.contains("DocPublicationName");
    let factiva =
        ["enHeadline", "frHeadline", "articleParagraph", "class=\"article"].iter().any(|sign| html.contains(sign))
            && html.contains("Document ");
    let nexis = html.contains("DOCUMENTS") || html.contains("End of Document") || html.contains("Fin du document");
    if !(europresse || factiva || nexis) || markup::is_too_deep(html) {
        return None;
    }
    let page = Document::from(html);
    let clips = match europresse {
        true => page.select("article").iter().filter_map(|article| of_europresse(&article)).collect(),
        false => of_lines(&page),
    };
    (!clips.is_empty()).then_some(clips)
}

fn of_europresse(article: &Selection<'_>) -> Option<Clip> {
    let text = |selector: &str| {
        let found = article.select_single(selector);
        let text = found.nodes().first().map(markup::text_of)?;
        let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
        (!line.is_empty()).then_some(line)
    };
    let headline = text("[class*='titreArticleVisu']").or_else(|| text("[class*='titreArticle']"));
    let body = [".docOcurrContainer", ".DocText"].iter().find_map(|selector| {
        let found = article.select_single(selector);
        found.nodes().first().map(markup::text_of).filter(|text| !text.is_empty())
    });
    let publication = text(".DocPublicationName");
    let source =
        publication.as_deref().and_then(|name| name.split([',', '•']).next()).map(|name| name.trim().to_owned());
    let header = text(".DocHeader").unwrap_or_default();
    // The day stands among the section, the page and the number of words.
    let parts = header.split([',', '•', '|']).flat_map(|part| part.split(" - ")).map(str::trim);
    let is_day = |part: &&str| part.split(|c: char| !c.is_ascii_digit()).any(|word| word.len() == 4);
    let dates = parts.clone().filter(is_day).map(|part| {
        let day = part.split(" p. ").next().unwrap_or(part);
        (day.to_owned(), DateOrigin::Metadata)
    });
    let section = parts.clone().next().filter(|part| !part.is_empty() && !is_day(part) && !part.starts_with("p."));
    let draft = Draft {
        headline,
        body: body.unwrap_or_default(),
        language: None,
        dates: dates.collect(),
        tickers: Vec::new(),
        source,
        author: text(".docAuthors").or_else(|| text(".sm-margin-bottomNews")),
        url: None,
        section: section.map(str::to_owned),
        ..Draft::default()
    };
    let id = text(".publiC-lblNodoc").map(|id| id.replace('·', "-"));
    (draft.headline.is_some() || !draft.body.is_empty()).then_some(Clip { draft, id })
}

/// Reads the lines of a page: a row of a table is a line, its cells parted by tabs.
fn of_lines(page: &Document) -> Vec<Clip> {
    for cell in page.select("td, th").nodes() {
        cell.append_html("\u{E000}");
    }
    let text = page.select("body").nodes().first().map(markup::text_of).unwrap_or_default();
    let text = text.replace("\u{E000} ", "\t").replace('\u{E000}', "\t");
    press::articles(&text.lines().collect::<Vec<_>>()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use crate::ingest::testing::{read, read_one};

    #[test]
    fn europresse_is_read() {
        let article = |number: u32| {
            format!(
                "<article><header><div class='rdp__DocPublicationName'><span class='DocPublicationName'>Le Quotidien, no. 12{number}</span></div>\
                 <div><span class='DocHeader'>Bourse, mercredi 19 mars 2025 120 mots, p. 4</span></div>\
                 <div class='titreArticle'><p class='titreArticleVisu rdp__articletitle'>Vinci gagne {number}</p></div>\
                 <div class='docAuthors'>A. Durand</div></header><section><div class='DocText clearfix'>\
                 <div class='docOcurrContainer'><p>Un.</p><p>Deux.</p></div></div></section>\
                 <footer><div class='publiC-lblNodoc'>news·20250319·QT·{number}</div></footer></article>"
            )
        };
        let page = format!("<html><body>{}{}</body></html>", article(1), article(2));
        let results = read("a.html", page.as_bytes());
        assert_eq!(results.len(), 2, "{results:?}");
        let draft = results[1].as_ref().unwrap();
        assert_eq!((draft.headline.as_deref(), draft.body.as_str()), (Some("Vinci gagne 2"), "Un.\n\nDeux."));
        assert_eq!((draft.source.as_deref(), draft.author.as_deref()), (Some("Le Quotidien"), Some("A. Durand")));
        assert_eq!((draft.section.as_deref(), draft.record.as_deref()), (Some("Bourse"), Some("news-20250319-QT-2")));
        assert!(draft.dates[0].0.starts_with("mercredi 19 mars 2025"), "{:?}", draft.dates);
    }

    #[test]
    fn factiva_is_read_in_blocks_and_in_tables() {
        let printed = "<div class='article frArticle'><div id='hd'><span class='frHeadline'>Vinci gagne</span></div><div>120 mots</div>\
            <div>19 mars 2025</div><div>Le Quotidien</div><div>QUOTI</div><div>Français</div><div>Copyright 2025</div>\
            <p class='articleParagraph frarticleParagraph'>Un.</p><p class='articleParagraph'>Deux.</p>\
            <p>Document QUOTI00020250319el3j0001x</p></div>";
        let coded = "<div class='article frArticle'><table><tr><td><b>HD</b></td><td><span class='frHeadline'>Vinci gagne</span></td></tr>\
            <tr><td><b>PD</b></td><td>19 mars 2025</td></tr><tr><td>SN</td><td>Le Quotidien</td></tr>\
            <tr><td><b>LP</b></td><td><p>Un.</p></td></tr><tr><td><b>TD</b></td><td><p>Deux.</p></td></tr>\
            <tr><td><b>AN</b></td><td>Document QUOTI00020250319el3j0001x</td></tr></table></div>";
        for page in [printed, coded] {
            let draft = read_one("a.html", format!("<html><body>{page}</body></html>").as_bytes());
            assert_eq!(
                (draft.headline.as_deref(), draft.body.as_str()),
                (Some("Vinci gagne"), "Un.\n\nDeux."),
                "{page}"
            );
            assert_eq!((draft.source.as_deref(), draft.dates[0].0.as_str()), (Some("Le Quotidien"), "19 mars 2025"));
            assert_eq!(draft.record.as_deref(), Some("QUOTI00020250319el3j0001x"));
        }
    }
}
