//! What word processors write (DOCX, RTF), once it is paragraphs: one article, or the
//! many of a press database's export.
//!
//! Separate from the formats, which only find the paragraphs and what the file says of itself.

use super::press;
use super::record_names::RecordNames;
use super::source::{Drafts, Stop, Trouble};
use crate::article::{DateOrigin, Draft};

/// A document, before it is known what it holds.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Paragraphs {
    /// Its paragraphs, in order.
    pub texts: Vec<String>,
    /// The paragraph that its style marks as the title.
    pub title: Option<usize>,
    /// The title in its properties. Templates leave theirs there, so it counts only if the text has it too.
    pub stated_title: Option<String>,
    /// The author in its properties.
    pub author: Option<String>,
    /// When it was made, by its properties.
    pub created: Option<String>,
}

impl Paragraphs {
    /// Adds a paragraph, unless it is blank.
    pub fn push(&mut self, text: &str) {
        let text = text.trim_matches(|c: char| c.is_whitespace() && c != '\u{A0}');
        if !text.trim().is_empty() {
            self.texts.push(text.to_owned());
        }
    }

    /// Hands on the articles of the document.
    pub fn give(mut self, drafts: &mut Drafts<'_>) -> Result<(), Stop> {
        if self.texts.is_empty() {
            return Err(Trouble::no_text().into());
        }
        let lines = self.texts.iter().flat_map(|text| text.lines()).collect::<Vec<_>>();
        if let Some(articles) = press::articles(&lines) {
            return give_all(articles, drafts);
        }
        let stated = self.stated_title.take();
        let same = |text: &String| stated.as_ref().is_some_and(|title| title.trim() == text);
        let title = self.title.or_else(|| self.texts.iter().take(5).position(same));
        // What stands above the title is the letterhead, and stays in the text.
        let headline = title.filter(|at| *at < self.texts.len()).map(|at| self.texts.remove(at));
        let body = self.texts.join("\n\n");
        drafts.give(Draft {
            headline,
            body,
            maker: self.author,
            dates: self.created.map(|date| (date, DateOrigin::Properties)).into_iter().collect(),
            ..Draft::default()
        })
    }
}

/// Hands on the articles of an export under their names.
pub(super) fn give_all(articles: Vec<press::Clip>, drafts: &mut Drafts<'_>) -> Result<(), Stop> {
    let mut names = RecordNames::default();
    for press::Clip { draft, id } in articles {
        names.count();
        drafts.give(Draft { record: Some(names.name(id)), ..draft })?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::ops::ControlFlow;

    use super::*;

    fn check(document: Paragraphs, headline: Option<&str>, body: &str) {
        let mut given = Vec::new();
        let mut each = |result| {
            given.push(result);
            ControlFlow::Continue(())
        };
        document.give(&mut Drafts::new("a", &mut each)).unwrap();
        let draft = given.remove(0).unwrap();
        assert_eq!((draft.headline.as_deref(), draft.body.as_str()), (headline, body));
    }

    #[test]
    fn the_title_is_marked_or_stated_and_there() {
        let document = |title, stated: Option<&str>| {
            let mut document = Paragraphs { title, stated_title: stated.map(str::to_owned), ..Paragraphs::default() };
            ["Communiqué", " ", "Un titre", "Le texte."].iter().for_each(|text| document.push(text));
            document
        };
        check(document(Some(1), None), Some("Un titre"), "Communiqué\n\nLe texte.");
        check(document(None, Some("Un titre ")), Some("Un titre"), "Communiqué\n\nLe texte.");
        check(document(None, Some("Document1")), None, "Communiqué\n\nUn titre\n\nLe texte.");
        check(document(Some(9), None), None, "Communiqué\n\nUn titre\n\nLe texte.");
    }
}
