//! Words whose places depend on one another in some other way than a phrase's: finds the documents that have what is
//! needed, reads the places there, and counts the spans that are as they must.

use tantivy::{DocId, DocSet, TERMINATED};

use super::in_places::{Occurring, Places};
use super::postings::{FamilyPostings, meet, reach};
use super::quantities::Gathered;
use crate::search::Spans;

/// A word of spans.
pub(super) enum Word {
    /// Read from the lists of its forms.
    Listed(FamilyPostings),
    /// Read already.
    Gathered(Gathered),
    /// Not known yet: it may stand in any of so many documents.
    Anywhere(DocId),
}

impl Word {
    /// Returns the first document from `target` on that has it.
    fn reach(&mut self, target: DocId) -> DocId {
        match self {
            Word::Listed(postings) => reach(postings, target),
            Word::Gathered(gathered) => gathered.reach(target),
            Word::Anywhere(documents) => {
                if target < *documents {
                    target
                } else {
                    TERMINATED
                }
            }
        }
    }

    fn size_hint(&self) -> u32 {
        match self {
            Word::Listed(postings) => postings.size_hint(),
            Word::Gathered(gathered) => gathered.size_hint(),
            Word::Anywhere(documents) => *documents,
        }
    }
}

/// Spans of words, of which a document must have so many.
pub(super) struct PlacedWords {
    pub spans: Spans<Word>,
    pub times: u32,
    pub occurring: Occurring,
}

impl Places for PlacedWords {
    fn size_hint(&self) -> u32 {
        size_hint(&self.spans)
    }

    fn next(&mut self, target: DocId) -> DocId {
        next(&mut self.spans, target)
    }

    fn score(&mut self, doc: DocId) -> Option<f32> {
        let found = self.spans.find(&mut |word, places| {
            if word.reach(doc) == doc {
                match word {
                    Word::Listed(postings) => postings.positions(places),
                    Word::Gathered(gathered) => gathered.positions(places),
                    Word::Anywhere(_) => {}
                }
            }
        });
        let enough = found.len() >= self.times as usize;
        enough.then(|| self.occurring.score(doc, found.iter().map(|span| (span.start, span.weight)))).flatten()
    }
}

/// Returns the first document from `target` on that has all the words that are needed.
pub(super) fn next(spans: &mut Spans<Word>, target: DocId) -> DocId {
    match spans {
        Spans::Word(word) => word.reach(target),
        Spans::Phrase { slots, .. } => meet(slots.len(), target, |nth, target| slots[nth].1.reach(target)),
        Spans::Any(parts) => parts.iter_mut().map(|part| next(part, target)).min().unwrap_or(TERMINATED),
        Spans::Near { left, right, .. } => {
            meet(2, target, |nth, target| if nth == 0 { next(left, target) } else { next(right, target) })
        }
        Spans::First { inner, .. } => next(inner, target),
    }
}

/// Returns about how many documents have the words.
fn size_hint(spans: &Spans<Word>) -> u32 {
    match spans {
        Spans::Word(word) => word.size_hint(),
        Spans::Phrase { slots, .. } => slots.iter().map(|(_, word)| word.size_hint()).min().unwrap_or(0) / 4,
        Spans::Any(parts) => parts.iter().map(size_hint).fold(0, u32::saturating_add),
        Spans::Near { left, right, .. } => size_hint(left).min(size_hint(right)) / 4,
        Spans::First { inner, .. } => size_hint(inner) / 4,
    }
}
