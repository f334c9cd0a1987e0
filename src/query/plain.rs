//! A text that is no query, read as its words.

use super::scan::plain_words;
use super::sequence::extent;
use super::{Kind, Node, Query};

/// Reads a text that is no query: its words, without operators, fields or quotation marks.
///
/// What carries nothing to search for is left out. A text without a word gives [`Kind::Words`] of
/// nothing, which finds nothing.
pub fn parse_plain(text: &str) -> Query {
    let words = plain_words(text);
    let span = extent(words.first(), words.last());
    let mut nodes = words.into_iter().map(|span| Node { kind: Kind::Word(text[span.clone()].to_owned()), span });
    let root = match (nodes.next(), nodes.len()) {
        (Some(node), 0) => node,
        (first, _) => Node { kind: Kind::Words(first.into_iter().chain(nodes).collect()), span },
    };
    Query { text: text.to_owned(), root }
}
