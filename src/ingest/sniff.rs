//! What a file is by its first bytes, where its name does not tell: pages, feeds and mailboxes that were saved under a name
//! without an ending, or with that of a text.

use super::format::Format;
use super::html::Html;
use super::mailbox::{Mailbox, is_field};
use super::xml::Xml;

/// How many of the first bytes are looked at.
pub(super) const HEAD: usize = 1024;

/// Returns the format of a file that begins so; `None` if it is text.
pub(super) fn format(head: &[u8]) -> Option<&'static dyn Format> {
    let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
    let begins = |start: &&str| head.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start.as_bytes()));
    let mut lines = head.split(|byte| *byte == b'\n');
    match () {
        () if ["<!doctype html", "<html"].iter().any(begins) => Some(&Html),
        () if ["<?xml", "<rss", "<feed"].iter().any(begins) => Some(&Xml),
        () if lines.next()?.starts_with(b"From ") && lines.next().is_some_and(is_field) => Some(&Mailbox),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::ingest::testing::read;

    #[test]
    fn a_file_without_an_ending_is_what_it_begins_as() {
        let text = "Le groupe, qui vend des vis, embauche.";
        for (name, bytes) in [
            ("article-123", format!("<!DOCTYPE html><title>T</title><p>{text}</p>")),
            ("page.txt", format!("\u{FEFF}\n<html><title>T</title><p>{text}</p>")),
            ("page.html?id=3", format!("<title>T</title><p>{text}</p>")),
            ("article.php", format!("<title>T</title><p>{text}</p>")),
            (
                "feed",
                format!(
                    "<?xml version='1.0'?><rss><channel><item><title>T</title><description>{text}</description></item></channel></rss>"
                ),
            ),
            ("Inbox", format!("From - Tue Mar 04 08:15:00 2025\nSubject: T\n\n{text}\n")),
        ] {
            let drafts = read(name, bytes.as_bytes());
            let draft = drafts[0].as_ref().unwrap();
            assert_eq!((draft.headline.as_deref(), draft.body.trim()), (Some("T"), text), "{name}");
        }
    }

    #[test]
    fn text_stays_text() {
        for text in ["From Paris\nLe groupe embauche.", "<T> monte", "< 3 % de hausse", ""] {
            for draft in read("a.txt", text.as_bytes()).into_iter().flatten() {
                assert_eq!(draft.body, text);
            }
        }
    }
}
