//! One page of hits after another, through changes of the index in between.

use rustc_hash::FxHashSet;
use tantivy::DocAddress;

use super::collect::{Best, Collected};
use super::pass::date_of;
use super::reader::Index;
use super::stories::key;
use crate::error::{Error, Result};
use crate::search::{Cursor, MOST_SHOWN, Matching, SearchRequest, Shown, Sort, fingerprint, shortened};
use crate::wording::Bilingual;

/// The hits of one page.
pub(super) struct Page {
    /// The place of the first in the whole order, from 0.
    pub first: usize,
    pub hits: Vec<Best>,
    /// Where to read on, if there is more.
    pub next: Option<Cursor>,
}

/// Checks that a cursor belongs to a request.
///
/// # Errors
/// `Usage` if it does not.
pub(super) fn check(request: &SearchRequest) -> Result<()> {
    match &request.after {
        Some(cursor) if cursor.request != fingerprint(request) => {
            Err(Error::usage(("this cursor is of another search", "ce curseur est d’une autre recherche")).hint((
                "give the words, filters and order of the first page",
                "donnez les mots, les filtres et l’ordre de la première page",
            )))
        }
        _ => Ok(()),
    }
}

/// Returns the date from which on a page reads, as a collector compares it; `None` if it reads from the start: by
/// relevance, and where a story that was shown is to be known by its best article.
pub(super) fn from(request: &SearchRequest, sort: Sort) -> Option<i64> {
    match &request.after.as_ref()?.shown {
        Shown::Until(date, _) if !request.collapse => Some(date_of(*date, sort)),
        _ => None,
    }
}

/// Returns what to tell of a page whose index is not that of the first.
pub(super) fn changed() -> Bilingual {
    (
        "the index has changed since the first page: what is new may come, and nothing comes twice",
        "l’index a changé depuis la première page : du nouveau peut venir, et rien ne vient deux fois",
    )
        .into()
}

impl Index {
    /// Cuts the page of `request` out of what `collect` gives, which is asked for so many of the best.
    pub(super) fn page(
        &self,
        request: &SearchRequest,
        sort: Sort,
        matching: Matching,
        collect: &dyn Fn(usize) -> tantivy::Result<Collected>,
    ) -> tantivy::Result<(Collected, Page)> {
        let first = request.after.as_ref().map_or(request.offset, |cursor| cursor.rank);
        // One more than is shown tells whether there is more.
        let before = if from(request, sort).is_some() { 0 } else { first };
        let mut wanted = if request.limit == 0 { 0 } else { before.saturating_add(request.limit).saturating_add(1) };
        let (collected, left) = loop {
            let most = (self.searcher.num_docs() as usize).min(wanted);
            let collected = collect(most)?;
            let left = self.left(request, &collected.best)?;
            let all = collected.best.len() < most || most < wanted;
            if request.after.is_none() || request.limit == 0 || left.len() > request.limit || all {
                break (collected, left);
            }
            // What has come before the end of the last page takes places of what comes after it.
            wanted = wanted.saturating_mul(2);
        };
        let more = left.len() > request.limit;
        let hits: Vec<Best> = left.into_iter().take(request.limit).collect();
        let rank = first + hits.len();
        let next = if more { self.cursor(request, sort, matching, &collected, &hits, rank)? } else { None };
        Ok((collected, Page { first, hits, next }))
    }

    /// Returns those of the best that no page before has shown.
    fn left(&self, request: &SearchRequest, best: &[Best]) -> tantivy::Result<Vec<Best>> {
        let Some(cursor) = &request.after else {
            return Ok(best.iter().skip(request.offset).copied().collect());
        };
        let shown: FxHashSet<[u8; 6]> = match &cursor.shown {
            Shown::These(shown) => shown.iter().copied().collect(),
            Shown::Until(..) => FxHashSet::default(),
        };
        let mut left = Vec::new();
        for hit in best {
            let is_left = match &cursor.shown {
                Shown::These(_) => {
                    // As one card, a story has been shown with any of its copies.
                    let copies = hit.story.filter(|_| request.collapse).map(|story| self.stories.members(story));
                    let mut keys = copies.into_iter().flatten().map(key).chain([self.key(hit.address)?]);
                    !keys.any(|key| shown.contains(&shortened(key)))
                }
                Shown::Until(date, last) => {
                    let [at, end] = [self.published(hit.address)?, *date].map(|date| date_of(date, request.sort));
                    at < end || at == end && self.columns.id(&self.searcher, hit.address)? > *last
                }
            };
            if is_left {
                left.push(*hit);
            }
        }
        Ok(left)
    }

    fn cursor(
        &self,
        request: &SearchRequest,
        sort: Sort,
        matching: Matching,
        collected: &Collected,
        hits: &[Best],
        rank: usize,
    ) -> tantivy::Result<Option<Cursor>> {
        let Some(last) = hits.last() else { return Ok(None) };
        let shown = match sort {
            Sort::Newest | Sort::Oldest => {
                Shown::Until(self.published(last.address)?, self.columns.id(&self.searcher, last.address)?)
            }
            Sort::Relevance if rank > MOST_SHOWN => return Ok(None),
            Sort::Relevance => {
                let mut shown = match request.after.as_ref().map(|cursor| &cursor.shown) {
                    Some(Shown::These(shown)) => shown.clone(),
                    _ => Vec::new(),
                };
                let before = if request.after.is_none() { request.offset } else { 0 };
                for hit in collected.best.iter().take(before).chain(hits) {
                    shown.push(shortened(self.key(hit.address)?));
                }
                Shown::These(shown)
            }
        };
        let generation = request.after.as_ref().map_or(self.stamp.generation, |cursor| cursor.generation);
        let any = matching != Matching::All;
        Ok(Some(Cursor { request: fingerprint(request), generation, rank, any, shown }))
    }

    fn key(&self, address: DocAddress) -> tantivy::Result<u64> {
        Ok(self.columns.of(&self.searcher, address.segment_ord)?.key(address.doc_id).unwrap_or(0))
    }

    fn published(&self, address: DocAddress) -> tantivy::Result<Option<i64>> {
        Ok(self.columns.of(&self.searcher, address.segment_ord)?.published(address.doc_id))
    }
}
