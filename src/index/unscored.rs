//! The scorers of what only matches: documents that are known beforehand, all of them, and those that pass a test. None
//! adds to a score.

use std::sync::Arc;

use tantivy::{DocId, TERMINATED};

use super::scorer::Scorer;
use super::window::{BitSet, Bits};

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
}

/// Every document of a segment, given how many there are, without a score.
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
}

/// The documents of a segment that pass a test, without a score. Where a value is that of half the index, and words
/// are asked for besides, a look at the few documents that have them is cheaper than a list.
pub(super) struct Tested<T> {
    pub test: T,
    pub every: Every,
}

impl<T: Fn(DocId) -> bool> Scorer for Tested<T> {
    fn size_hint(&self) -> u32 {
        // A test of each document is expensive: let the postings lead.
        self.every.size_hint()
    }

    fn next(&mut self, target: DocId) -> DocId {
        self.every.next(target)
    }

    fn find(&mut self, start: DocId, wanted: &Bits) -> Bits {
        self.every.find(start, wanted).iter().filter(|at| (self.test)(start + *at as DocId)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::scorer::tests::read;

    #[test]
    fn a_test_and_a_set_find_without_a_score() {
        let mut set = BitSet::new(5000);
        [3, 4999].into_iter().for_each(|doc| set.set(doc));
        let set = Arc::new(set);
        assert_eq!(read(Known::new(set.clone())), [(3, 0.0), (4999, 0.0)]);
        let tested = || Tested { test: |doc| doc % 2000 == 1999, every: Every(5000) };
        assert_eq!(read(tested()), [(1999, 0.0), (3999, 0.0)]);
        assert_eq!(read(Every(3)), [(0, 0.0), (1, 0.0), (2, 0.0)]);
        let found = Bits::one(7);
        for scorer in [&Known::new(set) as &dyn Scorer, &tested(), &Every(3)] {
            assert_eq!([0.0, 0.1].map(|least| scorer.competitive(&found, least)), [found, Bits::NONE]);
        }
    }
}
