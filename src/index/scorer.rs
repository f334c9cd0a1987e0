//! The scorers: documents that match a part of a plan, in order, with their score. Each sums its
//! parts in the order of the query, so that a score is the same number in every segment and in
//! every run.

use tantivy::{DocId, DocSet, TERMINATED};

use super::bm25::{Bm25, Lengths};
use super::place::Place;
use super::postings::{FamilyPostings, Frequencies, Frequency};

/// Documents in order, with a score for the current one.
pub(super) trait Scorer: DocSet {
    /// Returns the score of the current document.
    fn score(&mut self) -> f32;
}

/// Moves to `target` or after it, unless already there.
pub(super) fn reach(scorer: &mut impl DocSet, target: DocId) -> DocId {
    if scorer.doc() < target { scorer.seek(target) } else { scorer.doc() }
}

/// Returns the first document from `target` on at which all `lists` stand, asking them in `order`.
fn meet<D: DocSet>(lists: &mut [D], order: &[usize], mut target: DocId) -> DocId {
    if order.is_empty() {
        return TERMINATED;
    }
    'document: while target != TERMINATED {
        for list in order {
            let doc = reach(&mut lists[*list], target);
            if doc > target {
                target = doc;
                continue 'document;
            }
        }
        break;
    }
    target
}

/// Returns the places of `lists` in the order of how many documents they have, fewest first.
fn fewest_first<D: DocSet>(lists: &[D]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..lists.len()).collect();
    order.sort_by_key(|list| lists[*list].size_hint());
    order
}

/// What finds documents by looking for the next one from a given place on.
pub(super) trait Settle: Send {
    /// Returns the first document from `target` on that matches.
    fn settle(&mut self, target: DocId) -> DocId;

    /// Returns about how many documents match.
    fn size_hint(&self) -> u32;
}

/// The documents that something settles on, in order.
pub(super) struct Settled<S> {
    pub inner: S,
    doc: DocId,
}

impl<S: Settle> Settled<S> {
    /// Begins at the first document.
    pub fn new(mut inner: S) -> Settled<S> {
        let doc = inner.settle(0);
        Settled { inner, doc }
    }
}

impl<S: Settle> DocSet for Settled<S> {
    fn advance(&mut self) -> DocId {
        if self.doc != TERMINATED {
            self.doc = self.inner.settle(self.doc + 1);
        }
        self.doc
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if target > self.doc {
            self.doc = self.inner.settle(target);
        }
        self.doc
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        self.inner.size_hint()
    }
}

/// What the form typed counts once more by itself, so that an article that has it goes before one that
/// has only its kin.
pub(super) const EXACT: f32 = 0.3;

/// Scores a family as one term.
pub(super) struct FamilyScorer<P> {
    pub postings: P,
    /// idf · boost.
    pub weight: f32,
    /// The same of the form typed alone, times [`EXACT`].
    pub exact: f32,
    pub lengths: Lengths,
}

impl<P: Frequencies> DocSet for FamilyScorer<P> {
    fn advance(&mut self) -> DocId {
        self.postings.advance()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        self.postings.seek(target)
    }

    fn doc(&self) -> DocId {
        self.postings.doc()
    }

    fn size_hint(&self) -> u32 {
        self.postings.size_hint()
    }
}

impl<P: Frequencies> Scorer for FamilyScorer<P> {
    fn score(&mut self) -> f32 {
        let Frequency { all, exact } = self.postings.frequency(&self.lengths);
        let whole = self.weight * Bm25::saturation(all);
        if exact == 0.0 { whole } else { whole + self.exact * Bm25::saturation(exact) }
    }
}

/// Finds families that stand in fixed places to one another, and scores them as one term, whose
/// frequency is the sum over the places where they do of the lightest form's weight.
pub(super) struct Adjacent {
    slots: Vec<FamilyPostings>,
    /// The distance of each slot from the first.
    distances: Vec<u32>,
    order: Vec<usize>,
    weight: f32,
    lengths: Lengths,
    frequency: f32,
    places: Vec<(u32, f32)>,
    others: Vec<(u32, f32)>,
}

impl Adjacent {
    /// Returns the scorer of a phrase.
    pub fn scorer(slots: Vec<FamilyPostings>, distances: Vec<u32>, weight: f32, lengths: Lengths) -> Settled<Adjacent> {
        let order = fewest_first(&slots);
        let (places, others) = (Vec::new(), Vec::new());
        Settled::new(Adjacent { slots, distances, order, weight, lengths, frequency: 0.0, places, others })
    }

    /// Returns the frequency of the phrase in the document where all slots stand.
    fn count(&mut self) -> f32 {
        for (n, slot) in self.order.iter().enumerate() {
            let (distance, postings) = (self.distances[*slot], &mut self.slots[*slot]);
            if n == 0 {
                postings.positions(&mut self.places);
                self.places.retain_mut(|(place, _)| match place.checked_sub(distance) {
                    Some(start) => {
                        *place = start;
                        true
                    }
                    None => false,
                });
            } else {
                postings.positions(&mut self.others);
                let others = &self.others;
                let mut at = 0;
                self.places.retain_mut(|(start, weight)| {
                    let wanted = *start + distance;
                    while others.get(at).is_some_and(|(place, _)| *place < wanted) {
                        at += 1;
                    }
                    match others.get(at) {
                        Some((place, other)) if *place == wanted => {
                            *weight = weight.min(*other);
                            true
                        }
                        _ => false,
                    }
                });
            }
            if self.places.is_empty() {
                return 0.0;
            }
        }
        let doc = self.slots.first().map_or(TERMINATED, |slot| slot.doc());
        self.places.iter().map(|(place, weight)| weight * self.lengths.share(Place::of(*place), doc)).sum()
    }
}

impl Settle for Adjacent {
    fn settle(&mut self, mut target: DocId) -> DocId {
        loop {
            target = meet(&mut self.slots, &self.order, target);
            if target == TERMINATED {
                return TERMINATED;
            }
            self.frequency = self.count();
            if self.frequency > 0.0 {
                return target;
            }
            target += 1;
        }
    }

    fn size_hint(&self) -> u32 {
        self.order.first().map_or(0, |slot| self.slots[*slot].size_hint() / 4)
    }
}

impl Scorer for Settled<Adjacent> {
    fn score(&mut self) -> f32 {
        self.inner.weight * Bm25::saturation(self.inner.frequency)
    }
}

/// Finds what matches every one of `required` and none of `excluded`; `optional` only scores.
pub(super) struct All {
    required: Vec<Box<dyn Scorer>>,
    order: Vec<usize>,
    optional: Vec<Box<dyn Scorer>>,
    excluded: Vec<Box<dyn Scorer>>,
}

impl All {
    /// Returns the scorer of these parts.
    pub fn scorer(
        required: Vec<Box<dyn Scorer>>,
        optional: Vec<Box<dyn Scorer>>,
        excluded: Vec<Box<dyn Scorer>>,
    ) -> Settled<All> {
        let order = fewest_first(&required);
        Settled::new(All { required, order, optional, excluded })
    }
}

impl Settle for All {
    fn settle(&mut self, mut target: DocId) -> DocId {
        loop {
            target = meet(&mut self.required, &self.order, target);
            if target == TERMINATED || self.excluded.iter_mut().all(|part| reach(part, target) != target) {
                return target;
            }
            target += 1;
        }
    }

    fn size_hint(&self) -> u32 {
        self.order.first().map_or(0, |part| self.required[*part].size_hint())
    }
}

impl Scorer for Settled<All> {
    fn score(&mut self) -> f32 {
        let doc = self.doc;
        let required: f32 = self.inner.required.iter_mut().map(|part| part.score()).sum();
        let optional = self.inner.optional.iter_mut();
        let present = optional.filter_map(|part| (reach(part, doc) == doc).then(|| part.score()));
        required + present.sum::<f32>()
    }
}

/// Documents that match at least one part.
pub(super) struct AnyScorer {
    parts: Vec<Box<dyn Scorer>>,
    /// The document at which each part stands: beside one another, since all are looked at for every document, and
    /// a part itself only when it is behind.
    docs: Vec<DocId>,
    /// Whether the best part counts alone; otherwise the sum.
    best: bool,
    doc: DocId,
}

impl AnyScorer {
    pub fn new(parts: Vec<Box<dyn Scorer>>, best: bool) -> AnyScorer {
        let docs: Vec<DocId> = parts.iter().map(|part| part.doc()).collect();
        let doc = docs.iter().copied().min().unwrap_or(TERMINATED);
        AnyScorer { parts, docs, best, doc }
    }
}

impl DocSet for AnyScorer {
    fn advance(&mut self) -> DocId {
        if self.doc == TERMINATED {
            return TERMINATED;
        }
        self.seek(self.doc + 1)
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if target > self.doc {
            let mut next = TERMINATED;
            for (at, doc) in self.docs.iter_mut().enumerate() {
                if *doc < target {
                    let part = &mut self.parts[at];
                    // The next document is mostly the one wanted, and is had without a search.
                    *doc = if *doc + 1 == target { part.advance() } else { part.seek(target) };
                }
                next = next.min(*doc);
            }
            self.doc = next;
        }
        self.doc
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        self.parts.iter().map(|part| part.size_hint()).fold(0, u32::saturating_add)
    }
}

impl Scorer for AnyScorer {
    fn score(&mut self) -> f32 {
        let doc = self.doc;
        let here = self.parts.iter_mut().zip(&self.docs).filter(|(_, at)| **at == doc);
        let scores = here.map(|(part, _)| part.score());
        if self.best { scores.fold(0.0, f32::max) } else { scores.sum() }
    }
}

/// Documents without a score: a filter, or every document.
pub(super) struct Unscored<D>(pub D);

impl<D: DocSet> DocSet for Unscored<D> {
    fn advance(&mut self) -> DocId {
        self.0.advance()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if target <= self.0.doc() { self.0.doc() } else { self.0.seek(target) }
    }

    fn doc(&self) -> DocId {
        self.0.doc()
    }

    fn size_hint(&self) -> u32 {
        self.0.size_hint()
    }
}

impl<D: DocSet> Scorer for Unscored<D> {
    fn score(&mut self) -> f32 {
        0.0
    }
}
