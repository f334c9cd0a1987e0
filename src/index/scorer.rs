//! The scorers: which documents match a part of a plan, and what they score, a window of documents at a time, as in
//! Lucene's `BooleanScorer`: reading one list of postings after the other costs less than looking at each of a
//! hundred for every document. What is found of a window is asked for first, and scored only where that is wanted.
//!
//! Each sums its parts in the order of the query, so that a score is the same number in every segment and in every
//! run.

use tantivy::{DocId, TERMINATED};

use super::window::{Bits, Scores, WINDOW, window_of};

/// Documents of a segment that match, with scores. Each window is looked through once at most, in order.
pub(super) trait Scorer {
    /// Returns about how many documents match.
    fn size_hint(&self) -> u32;

    /// Returns a document from `target` on before which none matches; `TERMINATED` if none does any more.
    fn next(&mut self, target: DocId) -> DocId;

    /// Returns which of the documents `wanted` match, in the window that begins with `start`.
    fn find(&mut self, start: DocId, wanted: &Bits) -> Bits;

    /// Adds to `scores` what documents score, which must be some of those found last: nothing, where a scorer only
    /// matches. May be asked several times.
    fn score(&mut self, _found: &Bits, _scores: &mut Scores) {}

    /// Returns a score that none of those found last exceeds.
    fn most(&self) -> f32 {
        0.0
    }

    /// Returns which of `found`, some of those found last, may score `least` or more: all that do, and perhaps others.
    /// What a document can score at most costs less to tell than its score (Turtle and Flood, "Query evaluation:
    /// strategies and optimizations", 1995).
    fn competitive(&self, found: &Bits, least: f32) -> Bits {
        if self.most() < least { Bits::NONE } else { *found }
    }
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

    fn most(&self) -> f32 {
        if self.found.is_empty() { 0.0 } else { self.scorer.most() }
    }

    fn competitive(&self, found: &Bits, least: f32) -> Bits {
        let found = self.found.and(found);
        if found.is_empty() { found } else { self.scorer.competitive(&found, least) }
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

    fn most(&self) -> f32 {
        // The optional parts have not been looked for yet.
        let optional = self.optional.iter().map(|part| part.scorer.most());
        self.required.iter().map(|part| part.most()).chain(optional).sum()
    }

    fn competitive(&self, found: &Bits, least: f32) -> Bits {
        let most = self.most();
        self.required.iter().fold(*found, |found, part| part.competitive(&found, least - (most - part.most())))
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

    fn most(&self) -> f32 {
        self.parts.iter().map(Part::most).sum()
    }

    fn competitive(&self, found: &Bits, least: f32) -> Bits {
        let mut parts: Vec<(f32, &Part)> = self.parts.iter().map(|part| (part.most(), part)).collect();
        parts.sort_by(|a, b| a.0.total_cmp(&b.0));
        let all = self.most();
        // Parts that are too little even together make no document competitive that has none of the others.
        let mut together = 0.0;
        parts.iter().fold(Bits::NONE, |competitive, (most, part)| {
            together += most;
            if together < least { competitive } else { competitive.or(&part.competitive(found, least - (all - most))) }
        })
    }
}

/// What matches at least one part, and scores what the best of those scores that match.
pub(super) struct BestOf {
    any: Any,
    /// What the best part scores, and one of them.
    best: Box<Scores>,
    one: Box<Scores>,
}

impl BestOf {
    pub fn new(parts: Vec<Box<dyn Scorer>>) -> BestOf {
        let scores = || Box::new([0.0; WINDOW as usize]);
        BestOf { any: Any::new(parts), best: scores(), one: scores() }
    }
}

impl Scorer for BestOf {
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
        let BestOf { any, best, one } = self;
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

    fn most(&self) -> f32 {
        self.any.parts.iter().map(Part::most).fold(0.0, f32::max)
    }

    fn competitive(&self, found: &Bits, least: f32) -> Bits {
        let parts = self.any.parts.iter();
        parts.fold(Bits::NONE, |competitive, part| competitive.or(&part.competitive(found, least)))
    }
}

#[cfg(test)]
pub(super) mod tests {
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

        fn most(&self) -> f32 {
            self.0.iter().map(|(_, score)| *score).fold(0.0, f32::max)
        }

        fn competitive(&self, found: &Bits, least: f32) -> Bits {
            let some = self.0.iter().filter(|(doc, score)| Some(window_of(*doc)) == self.1 && *score >= least);
            some.map(|(doc, _)| (doc % WINDOW) as usize).collect::<Bits>().and(found)
        }
    }

    fn these(documents: &[(DocId, f32)]) -> Box<dyn Scorer> {
        Box::new(These(documents.to_vec(), None))
    }

    /// Reads what a scorer finds among `wanted`, to its end, and what it scores.
    pub fn read_among(mut scorer: impl Scorer, wanted: &dyn Fn(DocId) -> bool) -> Vec<(DocId, f32)> {
        let mut all = Vec::new();
        let mut target = 0;
        while let doc = scorer.next(target)
            && doc != TERMINATED
        {
            let start = window_of(doc);
            let wanted = (0..WINDOW as usize).filter(|at| wanted(start + *at as DocId)).collect();
            let found = scorer.find(start, &wanted);
            let mut scores = [0.0; WINDOW as usize];
            scorer.score(&found, &mut scores);
            all.extend(found.iter().map(|at| (start + at as DocId, scores[at])));
            target = start + WINDOW;
        }
        all
    }

    /// Reads a scorer to its end.
    pub fn read(scorer: impl Scorer) -> Vec<(DocId, f32)> {
        read_among(scorer, &|_| true)
    }

    const A: &[(DocId, f32)] = &[(1, 1.0), (5, 1.0), (3000, 1.0), (9000, 1.0)];
    const B: &[(DocId, f32)] = &[(5, 0.5), (6, 4.0), (9000, 2.0)];
    const C: &[(DocId, f32)] = &[(5, 0.25), (1, 0.25), (3000, 0.25)];

    #[test]
    fn parts_are_joined_by_sums_and_the_best() {
        assert_eq!(read(Any::new(vec![these(A), these(B)])), [(1, 1.0), (5, 1.5), (6, 4.0), (3000, 1.0), (9000, 3.0)]);
        assert_eq!(
            read(BestOf::new(vec![these(A), these(B)])),
            [(1, 1.0), (5, 1.0), (6, 4.0), (3000, 1.0), (9000, 2.0)]
        );
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
        let best = BestOf::new(vec![Box::new(with_optional), these(&[(3, 0.5), (9, 0.5)])]);
        assert_eq!(read(best), [(3, 1.0), (5, 1.25), (9, 0.5)]);
    }

    #[test]
    fn what_scores_enough_is_competitive_and_what_cannot_is_not() {
        let documents: Vec<DocId> = (0..400).collect();
        let part = |every: DocId, score: f32| {
            these(&documents.iter().filter(|doc| **doc % every == 0).map(|doc| (*doc, score)).collect::<Vec<_>>())
        };
        let (rare, common, varied) = (
            || part(50, 5.0),
            || part(2, 1.0),
            || these(&documents.iter().map(|doc| (*doc, *doc as f32 / 400.0)).collect::<Vec<_>>()),
        );
        let nested = || Box::new(Any::new(vec![common(), varied()])) as Box<dyn Scorer>;
        let of = |name| -> Box<dyn Scorer> {
            match name {
                "any" => Box::new(Any::new(vec![rare(), common(), varied()])),
                "best" => Box::new(BestOf::new(vec![common(), rare(), varied()])),
                "all" => Box::new(All::new(vec![common(), varied()], vec![rare()], Vec::new())),
                "without" => Box::new(All::new(vec![nested()], Vec::new(), vec![rare()])),
                _ => Box::new(BestOf::new(vec![nested(), rare()])),
            }
        };
        for (name, most) in [("any", 7.0), ("best", 5.0), ("all", 7.0), ("without", 2.0), ("best of sums", 5.0)] {
            let (mut all, mut kept) = (0, 0);
            for least in [0.0, 0.3, 1.0, 1.5, 2.0, 4.9, 5.0, 6.5, 7.0, 7.5] {
                let mut scorer = of(name);
                let found = scorer.find(0, &Bits::up_to(WINDOW));
                let competitive = scorer.competitive(&found, least);
                assert!(scorer.most() <= most, "{name}: {}", scorer.most());
                let mut scores = [0.0; WINDOW as usize];
                scorer.score(&found, &mut scores);
                assert!(found.iter().all(|at| scores[at] <= scorer.most()), "{name}");
                let lost = found.without(&competitive).iter().find(|at| scores[*at] >= least);
                assert_eq!(lost, None, "{name}: {least}");
                assert!(competitive.without(&found).is_empty(), "{name}");
                assert!(competitive.is_empty() || least <= scorer.most(), "{name}: {least}");
                kept += competitive.count();
                all += found.count();
            }
            assert!(kept < all, "{name}: all are scored");
        }
    }

    #[test]
    fn one_document_is_scored_alone() {
        let mut any = Any::new(vec![these(A), these(B)]);
        assert_eq!(score_of(&mut any, 5), Some(1.5));
        assert_eq!(score_of(&mut any, 2048), None);
        assert_eq!(score_of(&mut any, 9000), Some(3.0));
    }
}
