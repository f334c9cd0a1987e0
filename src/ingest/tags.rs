//! HTML as a scan of its tags sees it, without a tree: for questions that must be answered before a tree is made of it.
//!
//! Separate from `markup`, which asks them: whether a tree would be too deep, whether a text is HTML at all.

use std::borrow::Cow;

use memchr::{memchr, memmem};

/// A stretch of HTML, without the attributes.
pub(super) enum Piece<'a> {
    /// Text, its entities as written.
    Text(&'a str),
    /// The name of an opening tag.
    Open(&'a str),
    /// The name of a closing tag.
    Close(&'a str),
}

/// Cuts HTML at its tags in one pass; comments, declarations, scripts and styles are left out.
pub(super) struct Pieces<'a> {
    /// What is not yet cut.
    pub rest: &'a str,
}

impl<'a> Pieces<'a> {
    /// Returns the pieces of a text.
    pub fn new(rest: &'a str) -> Pieces<'a> {
        Pieces { rest }
    }

    /// Moves past the first `end`, or to the end of the text.
    fn skip_past(&mut self, end: &str) {
        self.rest = memmem::find(self.rest.as_bytes(), end.as_bytes())
            .and_then(|at| self.rest.get(at + end.len()..))
            .unwrap_or_default();
    }

    /// Moves to the closing tag of the raw element `name`.
    fn skip_raw(&mut self, name: &str) {
        while let Some(at) = memmem::find(self.rest.as_bytes(), b"</") {
            let after = self.rest.get(at + 2..).unwrap_or_default();
            if after.get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name)) {
                self.rest = self.rest.get(at..).unwrap_or_default();
                return;
            }
            self.rest = after;
        }
        self.rest = "";
    }

    /// Returns where the tag ends that `rest` begins with, quoted attributes respected.
    fn end_of_tag(&self) -> usize {
        let bytes = self.rest.as_bytes();
        let mut quote = None;
        for (at, &byte) in bytes.iter().enumerate() {
            match (quote, byte) {
                (Some(open), _) if byte == open => quote = None,
                (Some(_), _) => {}
                (None, b'"' | b'\'') if at > 0 && matches!(bytes.get(at - 1), Some(b'=' | b' ')) => quote = Some(byte),
                (None, b'>') => return at + 1,
                _ => {}
            }
        }
        bytes.len()
    }
}

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        loop {
            let bytes = self.rest.as_bytes();
            let first = *bytes.first()?;
            match (first, bytes.get(1)) {
                (b'<', Some(b'!')) if self.rest.starts_with("<!--") => self.skip_past("-->"),
                (b'<', Some(b'!' | b'?')) => self.skip_past(">"),
                (b'<', Some(&second)) if second.is_ascii_alphabetic() || second == b'/' => {
                    let (tag, rest) = self.rest.split_at(self.end_of_tag());
                    let closing = second == b'/';
                    let name = tag.get(1 + usize::from(closing)..).unwrap_or_default();
                    let end = name.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(name.len());
                    let name = name.get(..end).unwrap_or_default();
                    self.rest = rest;
                    if closing {
                        return Some(Piece::Close(name));
                    }
                    if is_in(name, &["script", "style"]) {
                        self.skip_raw(name);
                    }
                    return Some(Piece::Open(name));
                }
                _ => {
                    let end = memchr(b'<', bytes.get(1..).unwrap_or_default()).map_or(bytes.len(), |at| at + 1);
                    let (text, rest) = self.rest.split_at(end);
                    self.rest = rest;
                    return Some(Piece::Text(text));
                }
            }
        }
    }
}

/// Returns the text without the comments that begin a line.
pub(super) fn without_comments(text: &str) -> Cow<'_, str> {
    let mut kept = String::new();
    let mut rest = text;
    while let Some(at) = memmem::find(rest.as_bytes(), b"<!--") {
        let (before, comment) = rest.split_at(at);
        let Some(end) = memmem::find(comment.as_bytes(), b"-->") else { break };
        let begins_line = before.rsplit('\n').next().is_some_and(|line| line.trim().is_empty());
        kept.push_str(if begins_line { before } else { &rest[..at + end + 3] });
        rest = &comment[end + 3..];
    }
    match rest.len() == text.len() {
        true => Cow::Borrowed(text),
        false => Cow::Owned(kept + rest),
    }
}

/// Returns whether a name is one of these, letter case aside.
pub(super) fn is_in(name: &str, names: &[&str]) -> bool {
    names.iter().any(|known| known.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_and_text_are_told_apart() {
        let cut = |html| {
            let pieces = Pieces::new(html).map(|piece| match piece {
                Piece::Text(text) => text.to_owned(),
                Piece::Open(name) => format!("<{name}>"),
                Piece::Close(name) => format!("</{name}>"),
            });
            pieces.collect::<Vec<_>>().join("|")
        };
        for (html, pieces) in [
            ("a<b class='x>y'>c</b>", "a|<b>|c|</b>"),
            ("3 < 4 <!-- <p> --><p", "3 |< 4 |<p>"),
            ("<script>'<div>'</script>x", "<script>|</script>|x"),
            ("<!doctype html><?xml?>", ""),
        ] {
            assert_eq!(cut(html), pieces, "{html}");
        }
    }
}
