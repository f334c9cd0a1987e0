//! The SGML in which Reuters stories of 1987 are handed down (the Reuters-21578 collection): a row of
//! `REUTERS` elements, each an article.

use super::element::Element;
use super::tree::Open;
use super::{Dialect, Reading, behind_dateline};
use crate::article::{DateOrigin, Draft};
use crate::ingest::trouble::WORDLESS;

/// Reuters SGML.
pub(super) const REUTERS: Dialect =
    Dialect { roots: &["reuters", "lewis"], records: &["reuters"], many_roots: true, around: &[], read };

fn read(story: &Element, _: &[Open]) -> Reading {
    let headline = story.line_at("text/title");
    let body = match story.at("text/body") {
        Some(body) => body.text(),
        // Stories that were not cut up have all their text there; briefs have a title alone.
        None if headline.is_none() => story.at("text").map(Element::text).unwrap_or_default(),
        None => String::new(),
    };
    let body = behind_dateline(story.line_at("text/dateline"), without_signature(&body).to_owned());
    if headline.is_none() && body.is_empty() {
        return Err(WORDLESS.into());
    }
    let draft = Draft {
        headline,
        body,
        language: Some("en".to_owned()),
        dates: story.line_at("date").map(|date| (date, DateOrigin::Metadata)).into_iter().collect(),
        tickers: Vec::new(),
        source: Some("Reuters".to_owned()),
        author: story.line_at("text/author"),
        url: None,
        section: story.line_at("topics/d"),
        ..Draft::default()
    };
    Ok(vec![(draft, story.attribute("newid").map(str::to_owned))])
}

/// Returns the text without the agency's name that closes it.
fn without_signature(text: &str) -> &str {
    let text = text.trim();
    let shorter = text.strip_suffix("Reuter").or_else(|| text.strip_suffix("REUTER"));
    shorter.filter(|shorter| shorter.is_empty() || shorter.ends_with(char::is_whitespace)).map_or(text, str::trim_end)
}

#[cfg(test)]
mod tests {
    use crate::ingest::testing::read;

    #[test]
    fn stories_are_read_one_after_the_other() {
        let story = |id: u32, text: &str| {
            format!(
                "<REUTERS TOPICS=\"YES\" NEWID=\"{id}\">\n<DATE>26-FEB-1987 15:01:01.79</DATE>\n<TOPICS><D>cocoa</D><D>oil</D></TOPICS>\n\
                 <UNKNOWN>&#5;&#22;</UNKNOWN>\n<TEXT>&#2;\n{text}</TEXT>\n</REUTERS>\n"
            )
        };
        let sgml = [
            "<!DOCTYPE lewis SYSTEM \"lewis.dtd\">\n".to_owned(),
            story(7, "<TITLE>COCOA &lt;XYZ> &amp; OIL</TITLE>\n<DATELINE>    LONDON, Feb 26 - </DATELINE><BODY>Prices rose.\n    More.\n Reuter\n&#3;</BODY>"),
            story(8, "<TITLE>BRIEF</TITLE>Blah"),
            story(9, "All in one.\n&#3;"),
            story(10, "&#3;"),
        ]
        .concat();
        let results = read("a.sgm", sgml.as_bytes());
        let first = results[0].as_ref().unwrap();
        assert_eq!((first.record.as_deref(), first.headline.as_deref()), (Some("7"), Some("COCOA <XYZ> & OIL")));
        assert_eq!(first.body, "LONDON, Feb 26 - Prices rose.\n    More.");
        assert_eq!((first.section.as_deref(), first.dates[0].0.as_str()), (Some("cocoa"), "26-FEB-1987 15:01:01.79"));
        assert_eq!(results[1].as_ref().unwrap().body, "");
        assert_eq!(results[2].as_ref().unwrap().body, "All in one.");
        assert!(results[3].is_err() && results.len() == 4, "{results:?}");
    }
}
