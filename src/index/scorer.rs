//! The scorers: documents that match a part of a plan, in order, with their score. Each sums its
//! parts in the order of the query, so that a score is the same number in every segment and in
//! every run.

use std::sync::Arc;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::{DocId, DocSet, TERMINATED};

use super::postings::{FamilyPostings, Frequencies};

/// Documents in order, with a score for the current one.
pub(super) trait Scorer: DocSet {
    /// Returns the score of the current document.
    fn score(&mut self) -> f32;
}

/// Moves to `target` or after it, unless already there.
fn reach(scorer: &mut impl DocSet, target: DocId) -> DocId {
    if scorer.doc() < target { scorer.seek(target) } else { scorer.doc() }
}

/// BM25 with its constants (Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and
/// Beyond", 2009): how much a frequency counts in a document of a given length.
pub(super) struct Bm25 {
    /// k1 · (1 − b + b · length / average length), by the byte that stands for a length.
    norms: [f32; 256],
}

// b is lower than the usual .75: long articles of a newspaper are not padded. Both were chosen on judged
// sets of French and English questions.
const K1: f32 = 1.2;
const B: f32 = 0.6;

impl Bm25 {
    /// Returns the constants for bodies of `average` tokens.
    pub fn new(average: f32) -> Bm25 {
        let norm = |id: usize| {
            let length = FieldNormReader::id_to_fieldnorm(id as u8) as f32;
            K1 * (1.0 - B + B * length / average.max(1.0))
        };
        Bm25 { norms: std::array::from_fn(norm) }
    }

    /// Returns what a term is worth that `matching` of `all` documents have.
    pub fn idf(matching: u64, all: u64) -> f32 {
        let (matching, all) = (matching.min(all) as f64, all as f64);
        (1.0 + (all - matching + 0.5) / (matching + 0.5)).ln() as f32
    }

    /// Returns what a frequency counts in a document whose length has this byte.
    fn saturation(&self, frequency: f32, length: u8) -> f32 {
        frequency * (K1 + 1.0) / (frequency + self.norms[length as usize])
    }
}

/// What a scorer needs of its segment.
#[derive(Clone)]
pub(super) struct Lengths {
    pub bm25: Arc<Bm25>,
    pub norms: FieldNormReader,
}

impl Lengths {
    fn score(&self, weight: f32, frequency: f32, doc: DocId) -> f32 {
        weight * self.bm25.saturation(frequency, self.norms.fieldnorm_id(doc))
    }
}

/// Scores a family as one term.
pub(super) struct FamilyScorer<P> {
    pub postings: P,
    /// idf · boost.
    pub weight: f32,
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
        let frequency = self.postings.frequency();
        self.lengths.score(self.weight, frequency, self.postings.doc())
    }
}

/// Scores families that stand in fixed places to one another as one term, whose frequency is the sum
/// over the places where they do of the lightest form's weight.
pub(super) struct PhraseScorer {
    slots: Vec<(u32, FamilyPostings)>,
    /// Slots by how many documents they have, fewest first.
    order: Vec<usize>,
    weight: f32,
    lengths: Lengths,
    doc: DocId,
    frequency: f32,
    places: Vec<(u32, f32)>,
    others: Vec<(u32, f32)>,
}

impl PhraseScorer {
    pub fn new(slots: Vec<(u32, FamilyPostings)>, weight: f32, lengths: Lengths) -> PhraseScorer {
        let mut order: Vec<usize> = (0..slots.len()).collect();
        order.sort_by_key(|slot| slots[*slot].1.size_hint());
        let mut scorer = PhraseScorer {
            slots,
            order,
            weight,
            lengths,
            doc: 0,
            frequency: 0.0,
            places: Vec::new(),
            others: Vec::new(),
        };
        scorer.doc = scorer.settle(0);
        scorer
    }

    /// Moves to the first document from `target` on where the phrase stands.
    fn settle(&mut self, mut target: DocId) -> DocId {
        'document: loop {
            if target == TERMINATED {
                return TERMINATED;
            }
            for slot in &self.order {
                let doc = reach(&mut self.slots[*slot].1, target);
                if doc > target {
                    target = doc;
                    continue 'document;
                }
            }
            self.frequency = self.count();
            if self.frequency > 0.0 {
                return target;
            }
            target += 1;
        }
    }

    /// Returns the frequency of the phrase in the document where all slots stand.
    fn count(&mut self) -> f32 {
        for (n, slot) in self.order.iter().enumerate() {
            let (distance, postings) = &mut self.slots[*slot];
            if n == 0 {
                postings.positions(&mut self.places);
                self.places.retain_mut(|(place, _)| match place.checked_sub(*distance) {
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
                    let wanted = *start + *distance;
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
        self.places.iter().map(|(_, weight)| weight).sum()
    }
}

impl DocSet for PhraseScorer {
    fn advance(&mut self) -> DocId {
        if self.doc != TERMINATED {
            self.doc = self.settle(self.doc + 1);
        }
        self.doc
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if target > self.doc {
            self.doc = self.settle(target);
        }
        self.doc
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        self.order.first().map_or(0, |slot| self.slots[*slot].1.size_hint() / 4)
    }
}

impl Scorer for PhraseScorer {
    fn score(&mut self) -> f32 {
        self.lengths.score(self.weight, self.frequency, self.doc)
    }
}

/// Documents that match every one of `required` and none of `excluded`; `optional` only scores.
pub(super) struct AllScorer {
    required: Vec<Box<dyn Scorer>>,
    /// Required parts by how many documents they have, fewest first.
    order: Vec<usize>,
    optional: Vec<Box<dyn Scorer>>,
    excluded: Vec<Box<dyn Scorer>>,
    doc: DocId,
}

impl AllScorer {
    pub fn new(
        required: Vec<Box<dyn Scorer>>,
        optional: Vec<Box<dyn Scorer>>,
        excluded: Vec<Box<dyn Scorer>>,
    ) -> AllScorer {
        let mut order: Vec<usize> = (0..required.len()).collect();
        order.sort_by_key(|part| required[*part].size_hint());
        let mut scorer = AllScorer { required, order, optional, excluded, doc: 0 };
        scorer.doc = scorer.settle(0);
        scorer
    }

    fn settle(&mut self, mut target: DocId) -> DocId {
        if self.order.is_empty() {
            return TERMINATED;
        }
        'document: loop {
            if target == TERMINATED {
                return TERMINATED;
            }
            for part in &self.order {
                let doc = reach(&mut self.required[*part], target);
                if doc > target {
                    target = doc;
                    continue 'document;
                }
            }
            if self.excluded.iter_mut().all(|part| reach(part, target) != target) {
                return target;
            }
            target += 1;
        }
    }
}

impl DocSet for AllScorer {
    fn advance(&mut self) -> DocId {
        if self.doc != TERMINATED {
            self.doc = self.settle(self.doc + 1);
        }
        self.doc
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if target > self.doc {
            self.doc = self.settle(target);
        }
        self.doc
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        self.order.first().map_or(0, |part| self.required[*part].size_hint())
    }
}

impl Scorer for AllScorer {
    fn score(&mut self) -> f32 {
        let required: f32 = self.required.iter_mut().map(|part| part.score()).sum();
        let doc = self.doc;
        let present = self.optional.iter_mut().filter_map(|part| (reach(part, doc) == doc).then(|| part.score()));
        required + present.sum::<f32>()
    }
}

/// Documents that match at least one part.
pub(super) struct AnyScorer {
    parts: Vec<Box<dyn Scorer>>,
    /// Whether the best part counts alone; otherwise the sum.
    best: bool,
    doc: DocId,
}

impl AnyScorer {
    pub fn new(parts: Vec<Box<dyn Scorer>>, best: bool) -> AnyScorer {
        let doc = parts.iter().map(|part| part.doc()).min().unwrap_or(TERMINATED);
        AnyScorer { parts, best, doc }
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
            self.doc = self.parts.iter_mut().map(|part| reach(part, target)).min().unwrap_or(TERMINATED);
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
        let scores = self.parts.iter_mut().filter(|part| part.doc() == doc).map(|part| part.score());
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
