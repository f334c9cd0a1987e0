//! The scorers: which documents match a part of a plan, and what they score, a window of documents at a time, as in
//! Lucene's `BooleanScorer`: reading one list of postings after the other costs less than looking at each of a
//! hundred for every document. What is found of a window is asked for first, and scored only where that is wanted.
//!
//! Each sums its parts in the order of the query, so that a score is the same number in every segment and in every
//! run.

use std::sync::Arc;

use tantivy::{DocId, TERMINATED};

use super::window::{BitSet, Bits, Scores, WINDOW, window_of};

/// Documents of a segment that match, with scores. Each window is looked through once at the most, in order.
pub(super) trait Scorer {
    /// Returns about how many documents match.
    fn size_hint(&self) -> u32;

    /// Returns a document from `target` on before which none matches; `TERMINATED` if none does any more.
    fn next(&mut self, target: DocId) -> DocId;

    /// Returns which of the documents `wanted` match, in the window that begins with `start`.
    fn find(&mut self, start: DocId, wanted: &Bits) -> Bits;

    /// Adds to `scores` what documents score, which must be some of those found last. May be asked several times.
    fn score(&mut self, found: &Bits, scores: &mut Scores);
}

/// Returns what one document scores, if it matches. The scorer is used up for its window.
pub(super) fn score_of(scorer: &mut dyn Scorer, doc: DocId) -> Option<f32> {
    let (start, at) = (window_of(doc), (doc % WINDOW) as usize);
    let found = scorer.find(start, &Bits::one(at));
    let mut scores = [0.0; WINDOW as usize];
    scorer.score(&found, &mut scores);
    (!found.is_empty()).then_some(scores[at])
}

/// A part of a scorer, with what it found in the last window.
struct Part {
    scorer: Box<dyn Scorer>,
    found: Bits,
}

impl Part {
    fn all(scorers: Vec<Box<dyn Scorer>>) -> Vec<Part> {
        scorers.into_iter().map(|scorer| Part { scorer, found: Bits::NONE }).collect()
    }

    fn find(&mut self, start: DocId, wanted: &Bits) -> Bits {
        self.found = self.scorer.find(start, wanted);
        self.found
    }

    fn score(&mut self, found: &Bits, scores: &mut Scores) {
        let found = self.found.and(found);
        if !found.is_empty() {
            self.scorer.score(&found, scores);
        }
    }
}

/// What matches every one of some parts and none of others; further ones only score.
pub(super) struct All {
    required: Vec<Box<dyn Scorer>>,
    /// The places of those that are required, fewest documents first.
    order: Vec<usize>,
    optional: Vec<Part>,
    /// The window and the documents in which the optional parts are still to be looked for.
    unseen: Option<(DocId, Bits)>,
    excluded: Vec<Box<dyn Scorer>>,
}

impl All {
    /// Returns the scorer of these parts. There must be one that is required.
    pub fn new(required: Vec<Box<dyn Scorer>>, optional: Vec<Box<dyn Scorer>>, excluded: Vec<Box<dyn Scorer>>) -> All {
        let mut order: Vec<usize> = (0..required.len()).collect();
        order.sort_by_key(|part| required[*part].size_hint());
        All { required, order, optional: Part::all(optional), unseen: None, excluded }
    }
}

impl Scorer for All {
    fn size_hint(&self) -> u32 {
        self.order.first().map_or(0, |part| self.required[*part].size_hint())
    }

    fn next(&mut self, mut target: DocId) -> DocId {
        for part in &self.order {
            target = self.required[*part].next(target);
            if target == TERMINATED {
                break;
            }
        }
        target
    }

    fn find(&mut self, start: DocId, wanted: &Bits) -> Bits {
        let mut found = *wanted;
        for part in &self.order {
            found = self.required[*part].find(start, &found);
            if found.is_empty() {
                return found;
            }
        }
        for part in &mut self.excluded {
            found = found.without(&part.find(start, &found));
        }
        self.unseen = Some((start, found));
        found
    }

    fn score(&mut self, found: &Bits, scores: &mut Scores) {
        self.required.iter_mut().for_each(|part| part.score(found, scores));
        if let Some((start, all)) = self.unseen.take() {
            for part in &mut self.optional {
                part.find(start, &all);
            }
        }
        self.optional.iter_mut().for_each(|part| part.score(found, scores));
    }
}

/// What matches at least one part, and scores the sum of those that match.
pub(super) struct Any {
    parts: Vec<Part>,
}

impl Any {
    pub fn new(parts: Vec<Box<dyn Scorer>>) -> Any {
        Any { parts: Part::all(parts) }
    }
}

impl Scorer for Any {
    fn size_hint(&self) -> u32 {
        self.parts.iter().map(|part| part.scorer.size_hint()).fold(0, u32::saturating_add)
    }

    fn next(&mut self, target: DocId) -> DocId {
        self.parts.iter_mut().map(|part| part.scorer.next(target)).min().unwrap_or(TERMINATED)
    }

    fn find(&mut self, start: DocId, wanted: &Bits) -> Bits {
        self.parts.iter_mut().fold(Bits::NONE, |found, part| found.or(&part.find(start, wanted)))
    }

    fn score(&mut self, found: &Bits, scores: &mut Scores) {
        self.parts.iter_mut().for_each(|part| part.score(found, scores));
    }
}

/// What matches at least one part, and scores what the best of those scores that match.
pub(super) struct Best {
    any: Any,
    /// What the best part scores, and one of them.
    best: Box<Scores>,
    one: Box<Scores>,
}

impl Best {
    pub fn new(parts: Vec<Box<dyn Scorer>>) -> Best {
        let scores = || Box::new([0.0; WINDOW as usize]);
        Best { any: Any::new(parts), best: scores(), one: scores() }
    }
}

impl Scorer for Best {
    fn size_hint(&self) -> u32 {
        self.any.size_hint()
    }

    fn next(&mut self, target: DocId) -> DocId {
        self.any.next(target)
    }

    fn find(&mut self, start: DocId, wanted: &Bits) -> Bits {
        self.any.find(start, wanted)
    }

    fn score(&mut self, found: &Bits, scores: &mut Scores) {
        let Best { any, best, one } = self;
        // Most documents have a word in their language alone: there is nothing to choose from.
        let (mut matched, mut several) = (Bits::NONE, Bits::NONE);
        for part in &any.parts {
            several = several.or(&matched.and(&part.found));
            matched = matched.or(&part.found);
        }
        several = several.and(found);
        let single = found.without(&several);
        any.parts.iter_mut().for_each(|part| part.score(&single, scores));
        if several.is_empty() {
            return;
        }
        several.iter().for_each(|at| best[at] = 0.0);
        for part in &mut any.parts {
            let found = several.and(&part.found);
            found.iter().for_each(|at| one[at] = 0.0);
            part.score(&found, one);
            found.iter().for_each(|at| best[at] = best[at].max(one[at]));
        }
        several.iter().for_each(|at| scores[at] += best[at]);
    }
}

/// Documents without a score that are known beforehand.
pub(super) struct Known {
    documents: Arc<BitSet>,
    count: u32,
}

impl Known {
    pub fn new(documents: Arc<BitSet>) -> Known {
        let count = documents.count();
        Known { documents, count }
    }
}

impl Scorer for Known {
    fn size_hint(&self) -> u32 {
        self.count
    }

    fn next(&mut self, target: DocId) -> DocId {
        self.documents.next(target).unwrap_or(TERMINATED)
    }

    fn find(&mut self, start: DocId, wanted: &Bits) -> Bits {
        wanted.and(self.documents.window(start))
    }

    fn score(&mut self, _: &Bits, _: &mut Scores) {}
}

/// Every one of so many documents, without a score.
pub(super) struct Every(pub DocId);

impl Scorer for Every {
    fn size_hint(&self) -> u32 {
        self.0
    }

    fn next(&mut self, target: DocId) -> DocId {
        if target < self.0 { target } else { TERMINATED }
    }

    fn find(&mut self, start: DocId, wanted: &Bits) -> Bits {
        wanted.and(&Bits::up_to(self.0.saturating_sub(start)))
    }

    fn score(&mut self, _: &Bits, _: &mut Scores) {}
}

/// The documents of a segment that pass a test, without a score. Where a value is that of half the index, and words
/// are asked for besides, a look at the few documents that have them is cheaper than a list.
pub(super) struct Tested<T> {
    pub test: T,
    pub every: Every,
}

impl<T: Fn(DocId) -> bool> Scorer for Tested<T> {
    fn size_hint(&self) -> u32 {
        // A test of each document is dear: let the postings lead.
        self.every.size_hint()
    }

    fn next(&mut self, target: DocId) -> DocId {
        self.every.next(target)
    }

    fn find(&mut self, start: DocId, wanted: &Bits) -> Bits {
        self.every.find(start, wanted).iter().filter(|at| (self.test)(start + *at as DocId)).collect()
    }

    fn score(&mut self, _: &Bits, _: &mut Scores) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Documents that score what is said, with the window looked through last: as with postings, what was read once
    /// does not come again.
    struct These(Vec<(DocId, f32)>, Option<DocId>);

    impl Scorer for These {
        fn size_hint(&self) -> u32 {
            self.0.len() as u32
        }

        fn next(&mut self, target: DocId) -> DocId {
            self.0.iter().map(|(doc, _)| *doc).find(|doc| *doc >= target).unwrap_or(TERMINATED)
        }

        fn find(&mut self, start: DocId, wanted: &Bits) -> Bits {
            assert!(self.1.replace(start).is_none_or(|before| before < start), "a window looked through twice");
            let here = self.0.iter().filter(|(doc, _)| window_of(*doc) == start);
            here.map(|(doc, _)| (doc - start) as usize).collect::<Bits>().and(wanted)
        }

        fn score(&mut self, found: &Bits, scores: &mut Scores) {
            for (doc, score) in self.0.iter().filter(|(doc, _)| Some(window_of(*doc)) == self.1) {
                let at = (doc % WINDOW) as usize;
                if found.has(at) {
                    scores[at] += score;
                }
            }
        }
    }

    fn these(documents: &[(DocId, f32)]) -> Box<dyn Scorer> {
        Box::new(These(documents.to_vec(), None))
    }

    /// Reads a scorer to its end.
    fn read(mut scorer: impl Scorer) -> Vec<(DocId, f32)> {
        let mut all = Vec::new();
        let mut target = 0;
        while let doc = scorer.next(target)
            && doc != TERMINATED
        {
            let start = window_of(doc);
            let found = scorer.find(start, &Bits::up_to(WINDOW));
            let mut scores = [0.0; WINDOW as usize];
            scorer.score(&found, &mut scores);
            all.extend(found.iter().map(|at| (start + at as DocId, scores[at])));
            target = start + WINDOW;
        }
        all
    }

    const A: &[(DocId, f32)] = &[(1, 1.0), (5, 1.0), (3000, 1.0), (9000, 1.0)];
    const B: &[(DocId, f32)] = &[(5, 0.5), (6, 4.0), (9000, 2.0)];
    const C: &[(DocId, f32)] = &[(5, 0.25), (1, 0.25), (3000, 0.25)];

    #[test]
    fn parts_are_joined_by_sums_and_the_best() {
        assert_eq!(read(Any::new(vec![these(A), these(B)])), [(1, 1.0), (5, 1.5), (6, 4.0), (3000, 1.0), (9000, 3.0)]);
        assert_eq!(read(Best::new(vec![these(A), these(B)])), [(1, 1.0), (5, 1.0), (6, 4.0), (3000, 1.0), (9000, 2.0)]);
        assert_eq!(read(Any::new(Vec::new())), []);
    }

    #[test]
    fn what_is_required_must_be_there_and_what_is_excluded_must_not() {
        let all = |required: &[&[(DocId, f32)]], optional: &[&[(DocId, f32)]], excluded: &[&[(DocId, f32)]]| {
            let parts = |parts: &[&[(DocId, f32)]]| parts.iter().map(|part| these(part)).collect();
            read(All::new(parts(required), parts(optional), parts(excluded)))
        };
        assert_eq!(all(&[A, B], &[], &[]), [(5, 1.5), (9000, 3.0)]);
        assert_eq!(all(&[A, B], &[C], &[]), [(5, 1.75), (9000, 3.0)]);
        assert_eq!(all(&[A, B], &[], &[C]), [(9000, 3.0)]);
        assert_eq!(all(&[A], &[], &[B]), [(1, 1.0), (3000, 1.0)]);
    }

    #[test]
    fn optional_parts_are_looked_for_once_however_often_scores_are_asked_for() {
        let with_optional = All::new(vec![these(&[(3, 1.0), (5, 1.0)])], vec![these(C)], Vec::new());
        let best = Best::new(vec![Box::new(with_optional), these(&[(3, 0.5), (9, 0.5)])]);
        assert_eq!(read(best), [(3, 1.0), (5, 1.25), (9, 0.5)]);
    }

    #[test]
    fn a_test_and_a_set_find_without_a_score() {
        let mut set = BitSet::new(5000);
        [3, 4999].into_iter().for_each(|doc| set.set(doc));
        assert_eq!(read(Known::new(Arc::new(set))), [(3, 0.0), (4999, 0.0)]);
        let tested = Tested { test: |doc| doc % 2000 == 1999, every: Every(5000) };
        assert_eq!(read(tested), [(1999, 0.0), (3999, 0.0)]);
        assert_eq!(read(Every(3)), [(0, 0.0), (1, 0.0), (2, 0.0)]);
    }

    #[test]
    fn one_document_is_scored_alone() {
        let mut any = Any::new(vec![these(A), these(B)]);
        assert_eq!(score_of(&mut any, 5), Some(1.5));
        assert_eq!(score_of(&mut any, 2048), None);
        assert_eq!(score_of(&mut any, 9000), Some(3.0));
    }
}
