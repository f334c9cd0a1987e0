//! Scores words that stand in places that depend on one another: finds the documents that have them all,
//! reads their places there, and counts how often they stand as they must.

use tantivy::{DocId, DocSet, TERMINATED};

use super::bm25::{Bm25, Lengths};
use super::place::Place;
use super::postings::FamilyPostings;
use super::scorer::{Scorer, Settle, Settled, reach};
use crate::search::Spans;

/// Finds spans, and scores them as one term, whose frequency is the sum of their weights.
pub(super) struct PlacedScorer {
    spans: Spans<FamilyPostings>,
    /// How many there must be.
    times: u32,
    weight: f32,
    lengths: Lengths,
    frequency: f32,
}

impl PlacedScorer {
    /// Returns the scorer of `spans`, of which a document must have `times`.
    pub fn scorer(spans: Spans<FamilyPostings>, times: u32, weight: f32, lengths: Lengths) -> Settled<PlacedScorer> {
        Settled::new(PlacedScorer { spans, times, weight, lengths, frequency: 0.0 })
    }
}

impl Settle for PlacedScorer {
    fn settle(&mut self, mut target: DocId) -> DocId {
        loop {
            target = next(&mut self.spans, target);
            if target == TERMINATED {
                return TERMINATED;
            }
            let found = self.spans.find(&mut |postings, places| {
                if reach(postings, target) == target {
                    postings.positions(places);
                }
            });
            if !found.is_empty() && found.len() >= self.times as usize {
                let share = |place| self.lengths.share(Place::of(place), target);
                self.frequency = found.iter().map(|span| span.weight * share(span.start)).sum();
                return target;
            }
            target += 1;
        }
    }

    fn size_hint(&self) -> u32 {
        size_hint(&self.spans)
    }
}

impl Scorer for Settled<PlacedScorer> {
    fn score(&mut self) -> f32 {
        self.inner.weight * Bm25::saturation(self.inner.frequency)
    }
}

/// Returns the first document from `target` on that has all the words that are needed.
fn next(spans: &mut Spans<FamilyPostings>, mut target: DocId) -> DocId {
    match spans {
        Spans::Word(postings) => reach(postings, target),
        Spans::Phrase { slots, .. } => 'document: loop {
            for (_, postings) in slots.iter_mut() {
                let doc = reach(postings, target);
                if doc > target {
                    target = doc;
                    continue 'document;
                }
            }
            return target;
        },
        Spans::Any(parts) => parts.iter_mut().map(|part| next(part, target)).min().unwrap_or(TERMINATED),
        Spans::Near { left, right, .. } => loop {
            let doc = next(left, target);
            target = next(right, doc);
            if doc == target {
                return target;
            }
        },
        Spans::First { inner, .. } => next(inner, target),
    }
}

/// Returns about how many documents have the words.
fn size_hint(spans: &Spans<FamilyPostings>) -> u32 {
    match spans {
        Spans::Word(postings) => postings.size_hint(),
        Spans::Phrase { slots, .. } => slots.iter().map(|(_, postings)| postings.size_hint()).min().unwrap_or(0) / 4,
        Spans::Any(parts) => parts.iter().map(size_hint).fold(0, u32::saturating_add),
        Spans::Near { left, right, .. } => size_hint(left).min(size_hint(right)) / 4,
        Spans::First { inner, .. } => size_hint(inner) / 4,
    }
}
