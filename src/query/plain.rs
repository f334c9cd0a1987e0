//! A text that is no query, read as its words.

use super::parse::{MAX_CLAUSES, too_many_clauses};
use super::scan::plain_words;
use super::sequence::extent;
use super::{Kind, Node, Query};
use crate::error::Result;

/// Reads a text that is no query: its words, without operators, fields or quotation marks.
///
/// What carries nothing to search for is left out. A text without a word gives [`Kind::Words`] of
/// nothing, which finds nothing.
///
/// # Errors
/// A text of more words than a query may have terms.
pub fn parse_plain(text: &str) -> Result<Query> {
    let words = plain_words(text);
    if let Some(span) = words.get(MAX_CLAUSES) {
        return Err(too_many_clauses(text, span.clone()));
    }
    let span = extent(words.first(), words.last());
    let mut nodes = words.into_iter().map(|span| Node { kind: Kind::Word(text[span.clone()].to_owned()), span });
    let root = match (nodes.next(), nodes.len()) {
        (Some(node), 0) => node,
        (first, _) => Node { kind: Kind::Words(first.into_iter().chain(nodes).collect()), span },
    };
    Ok(Query { text: text.to_owned(), root })
}
