//! Where a page of hits ended, as a text that a person or a program gives back to read on.
//!
//! The index may have changed meanwhile. What was there and has not been shown still comes, and nothing
//! comes twice: by date, the next page begins after the date and id of the last hit; by relevance, where
//! a change may move anything, it has the best of what has not been shown, which the cursor lists.

use std::hash::{Hash, Hasher};

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::Xxh3;

use super::request::{Matching, SearchRequest};
use crate::query::{DateRange, Filter, Kind, Node};

/// The most hits by relevance that a cursor can list.
pub const MOST_SHOWN: usize = 5_000;

/// The end of a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cursor {
    /// Of which request it is: a number made of what is asked for.
    pub request: u64,
    /// Which commit the first page was read from.
    pub generation: u64,
    /// How many hits have been shown.
    pub rank: usize,
    /// Whether one word was enough.
    pub any: bool,
    /// What has been shown.
    pub shown: Shown,
}

/// What the pages before have shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Shown {
    /// Everything up to this date (none for hits without one) and id.
    Until(Option<i64>, String),
    /// The articles of these ids, by the key of each ([`shortened`]).
    These(Vec<[u8; 6]>),
}

/// Returns what is told of the key of an article, short enough to list many.
pub fn shortened(key: u64) -> [u8; 6] {
    let [a, b, c, d, e, f, ..] = key.to_le_bytes();
    [a, b, c, d, e, f]
}

/// Returns a number for what a request asks for: the query as typed and as read, and the filters. Dates count as
/// typed, since `7d` means another moment each time.
pub fn fingerprint(request: &SearchRequest) -> u64 {
    let SearchRequest { query, filters, sort, recency, collapse, .. } = request;
    let mut root = query.root.clone();
    undate(&mut root);
    let dates = filters.dates_typed.clone().unwrap_or_else(|| filters.dates.to_string());
    let mut hash = Xxh3::new();
    [&query.text, &root.to_string(), &dates].into_iter().for_each(|text| text.hash(&mut hash));
    filters.tickers.iter().map(ToString::to_string).collect::<Vec<_>>().hash(&mut hash);
    filters.languages.iter().map(|language| language.code()).collect::<Vec<_>>().hash(&mut hash);
    (&filters.sources, &filters.paths).hash(&mut hash);
    (*sort as u8, recency.map(|recency| recency.half_life), collapse).hash(&mut hash);
    (request.matching == Matching::Any, request.lexicon.is_some()).hash(&mut hash);
    hash.finish()
}

/// Takes the moments out of a query; what was typed of them stands in its text.
fn undate(node: &mut Node) {
    if let Kind::Filter(Filter::Date(range) | Filter::Indexed(range)) = &mut node.kind {
        *range = DateRange::default();
    }
    node.parts_mut().into_iter().for_each(undate);
}

impl Cursor {
    /// Returns the cursor as a text: letters, digits, `-` and `_`.
    pub fn to_text(&self) -> String {
        let mut bytes = postcard::to_stdvec(self).unwrap_or_default();
        bytes.extend_from_slice(&crc32fast::hash(&bytes).to_le_bytes());
        let digit = |bits: u8| char::from(DIGITS[usize::from(bits & 63)]);
        let mut text = String::with_capacity(bytes.len() * 4 / 3 + 3);
        for group in bytes.chunks(3) {
            let [a, b, c] = [0, 1, 2].map(|n| group.get(n).copied().unwrap_or(0));
            let digits = [a >> 2, a << 4 | b >> 4, b << 2 | c >> 6, c];
            text.extend(digits.iter().take(group.len() + 1).map(|bits| digit(*bits)));
        }
        text
    }

    /// Reads a cursor; `None` if the text is none, or is damaged.
    pub fn from_text(text: &str) -> Option<Cursor> {
        let digits: Vec<u8> = text
            .trim()
            .bytes()
            .map(|digit| DIGITS.iter().position(|known| *known == digit).map(|at| at as u8))
            .collect::<Option<_>>()?;
        let mut bytes = Vec::with_capacity(digits.len() * 3 / 4);
        for group in digits.chunks(4) {
            let [a, b, c, d] = [0, 1, 2, 3].map(|n| group.get(n).copied().unwrap_or(0));
            let triple = [a << 2 | b >> 4, b << 4 | c >> 2, c << 6 | d];
            bytes.extend_from_slice(&triple[..group.len().saturating_sub(1)]);
        }
        let (bytes, sum) = bytes.split_last_chunk::<4>()?;
        (crc32fast::hash(bytes) == u32::from_le_bytes(*sum)).then(|| postcard::from_bytes(bytes).ok())?
    }
}

/// The digits of base 64 for addresses (RFC 4648, section 5).
const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::article::Language;
    use crate::query::{Dialect, ParseOptions, parse};
    use crate::search::Sort;

    /// The fingerprint of a query that is read on some day.
    fn asked(text: &str, dialect: Dialect, day: i64, change: impl Fn(&mut SearchRequest)) -> u64 {
        let options = ParseOptions { now: day * 86_400, dialect, ..ParseOptions::default() };
        let mut request = SearchRequest::new(parse(text, &options).unwrap());
        change(&mut request);
        fingerprint(&request)
    }

    #[test]
    fn what_is_asked_is_told_from_anything_else() {
        let since = |from| move |request: &mut SearchRequest| request.filters.dates.from = Some(from);
        let typed = |dates: &'static str, from| {
            move |request: &mut SearchRequest| {
                request.filters.dates.from = Some(from);
                request.filters.dates_typed = Some(dates.to_owned());
            }
        };
        let none = |_: &mut SearchRequest| {};
        let (lexis, factiva) = (Dialect::Lexis, Dialect::Factiva);
        let all = [
            asked("a w/5 b", lexis, 20_000, none),
            asked("a w/5 b", factiva, 20_000, none),
            asked("a date:7d", lexis, 20_000, none),
            asked("a date:8d", lexis, 20_000, none),
            asked("a", lexis, 20_000, none),
            asked("a", lexis, 20_000, since(1)),
            asked("a", lexis, 20_000, since(2)),
            asked("a", lexis, 20_000, typed("7d", 1)),
            asked("a", lexis, 20_000, typed("8d", 1)),
            asked("a", lexis, 20_000, |request| request.sort = Sort::Oldest),
            asked("a", lexis, 20_000, |request| request.filters.sources = vec!["b".to_owned()]),
            asked("a", lexis, 20_000, |request| request.filters.paths = vec!["b".to_owned()]),
            asked("a", lexis, 20_000, |request| request.filters.languages = vec![Language::French]),
            asked("a", lexis, 20_000, |request| request.matching = Matching::Any),
            asked("a", lexis, 20_000, |request| request.collapse = !request.collapse),
        ];
        for (n, one) in all.iter().enumerate() {
            assert!(!all[..n].contains(one), "{n}");
        }
        // A date that is told from today is the same tomorrow.
        assert_eq!(asked("a date:7d", lexis, 20_001, none), all[2]);
        assert_eq!(asked("a indexed:7d", lexis, 1, none), asked("a indexed:7d", lexis, 9, none));
        assert_eq!(asked("a", lexis, 20_001, typed("7d", 2)), all[7]);
    }

    proptest! {
        #[test]
        fn a_cursor_reads_back(request: u64, rank: usize, date: Option<i64>, id in ".{0,20}", shown: Vec<[u8; 6]>) {
            for shown in [Shown::Until(date, id.clone()), Shown::These(shown.clone())] {
                let cursor = Cursor { request, generation: 7, rank, any: false, shown };
                let text = cursor.to_text();
                prop_assert!(text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_'));
                prop_assert_eq!(Cursor::from_text(&text), Some(cursor));
            }
        }

        #[test]
        fn any_other_text_is_none(text in ".{0,60}|[A-Za-z0-9_-]{0,80}") {
            prop_assert_eq!(Cursor::from_text(&text), None);
        }
    }
}
