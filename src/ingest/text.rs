//! Plain text: the whole file is one article's text, title line included.
//!
//! Where the title ends and the story begins is not a matter of format; it is told later, for every
//! article without a stated title alike.

use super::decode::decode;
use super::document;
use super::format::Format;
use super::front_matter;
use super::press;
use super::record::Record;
use super::sniff;
use super::source::{Drafts, Source, Stop};
use crate::article::{DateOrigin, Draft};

/// Plain text, and every file without an ending.
pub(super) struct Text;

impl Format for Text {
    fn name(&self) -> &'static str {
        "Plain text"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["txt", "text"]
    }

    fn about(&self) -> &'static str {
        "one article; its title is told from the text; the exports of press databases hold many"
    }

    fn read(&self, source: &mut Source<'_>, drafts: &mut Drafts<'_>) -> Result<(), Stop> {
        if let Some(format) = sniff::format(&source.head(sniff::HEAD)?) {
            return format.read(source, drafts);
        }
        let body = decode(source.whole()?, source.charset.take().as_deref())?;
        if press::is_likely(&body)
            && let Some(clips) = press::articles(&body.lines().collect::<Vec<_>>())
        {
            return document::give_all(clips, drafts);
        }
        // Many who write with front matter call the file a text.
        if let Some((stated, text)) =
            front_matter::read(&body).filter(|(stated, _)| front_matter::is_of_article(stated))
        {
            let (stated, _) = Record::of(stated).stated(DateOrigin::FrontMatter);
            return drafts.give(Draft { body: text.trim_start_matches(['\n', '\r']).to_owned(), ..stated });
        }
        drafts.give(Draft { body, ..Draft::default() })
    }
}

#[cfg(test)]
mod tests {
    use crate::article::{Draft, SkipReason};
    use crate::ingest::testing::read;

    #[test]
    fn the_text_is_kept_as_written() {
        let drafts = read("a.txt", b"Danone rel\xE8ve ses objectifs\r\n\r\n  Le groupe vise plus.\r\n");
        let body = "Danone relève ses objectifs\n\n  Le groupe vise plus.\n".to_owned();
        assert_eq!(drafts, [Ok(Draft { body, ..Draft::default() })]);
    }

    #[test]
    fn front_matter_is_that_of_a_text_too() {
        let text = |matter: &str| format!("---\n{matter}\n---\nLe groupe vise plus.\n");
        let draft = crate::ingest::testing::read_one("a.txt", text("title: Danone\ndate: 2025-03-04").as_bytes());
        assert_eq!((draft.headline.as_deref(), draft.dates.len()), (Some("Danone"), 1));
        assert_eq!(draft.body, "Le groupe vise plus.\n");
        for none in ["title: Danone", "Un mot : le titre\nDeux : date"] {
            let draft = crate::ingest::testing::read_one("a.txt", text(none).as_bytes());
            assert_eq!(draft.body, text(none), "{none}");
        }
    }

    #[test]
    fn blank_and_binary_files_give_no_article() {
        for (bytes, reason) in
            [(&b""[..], SkipReason::Empty), (b" \r\n\t", SkipReason::Empty), (b"MZ\0\0\x03", SkipReason::Binary)]
        {
            let skips = read("a.txt", bytes).into_iter().map(|result| result.unwrap_err().reason).collect::<Vec<_>>();
            assert_eq!(skips, [reason], "{bytes:?}");
        }
    }
}
