//! Which documents of a segment are to be counted: a bit each, set in the one pass over what matches,
//! so that counting may go over them as often as it needs.

use tantivy::DocId;

use crate::index::window::{BitSet, Bits};

/// The documents of one segment that match, and apart from them those that fail one filter alone.
pub(in crate::index) struct Marks {
    hits: BitSet,
    beside: Vec<BitSet>,
}

impl Marks {
    /// Returns the marks of a segment of `documents`, none set; `filters` are tested apart.
    pub fn new(documents: u32, filters: usize) -> Marks {
        Marks { hits: BitSet::new(documents), beside: vec![BitSet::new(documents); filters] }
    }

    /// Marks documents of a window that match.
    pub fn hits(&mut self, start: DocId, bits: &Bits) {
        self.hits.add(start, bits);
    }

    /// Marks documents of a window that match but for one filter.
    pub fn beside(&mut self, filter: usize, start: DocId, bits: &Bits) {
        self.beside[filter].add(start, bits);
    }

    /// Returns the documents that match, with those that fail `without` alone, in order.
    pub fn documents(&self, without: Option<usize>) -> impl Iterator<Item = DocId> {
        self.windows(without).flat_map(|(start, bits)| documents(start, &bits))
    }

    /// Returns the same documents by windows: the first document of each window in which there are any, and which.
    pub fn windows(&self, without: Option<usize>) -> impl Iterator<Item = (DocId, Bits)> {
        let beside = without.map(|filter| &self.beside[filter]);
        let bits = move |start, hits: &Bits| beside.map_or(*hits, |beside| hits.or(beside.window(start)));
        let windows = self.hits.windows().map(move |(start, hits)| (start, bits(start, hits)));
        windows.filter(|(_, bits)| !bits.is_empty())
    }
}

/// Returns the documents of the window that begins with `start`.
pub(super) fn documents(start: DocId, bits: &Bits) -> impl Iterator<Item = DocId> + use<> {
    bits.iter().map(move |at| start + at as DocId)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_marked_comes_back_in_order() {
        let mut marks = Marks::new(3000, 2);
        marks.hits(0, &[199, 0, 63, 64, 127].into_iter().collect());
        marks.hits(2048, &Bits::one(1));
        marks.beside(0, 0, &Bits::one(65));
        marks.beside(1, 0, &Bits::one(5));
        assert_eq!(marks.documents(None).collect::<Vec<_>>(), [0, 63, 64, 127, 199, 2049]);
        assert_eq!(marks.documents(Some(0)).collect::<Vec<_>>(), [0, 63, 64, 65, 127, 199, 2049]);
        assert_eq!(marks.documents(Some(1)).nth(1), Some(5));
        let windows = marks.windows(None).map(|(start, bits)| (start, bits.count()));
        assert_eq!(windows.collect::<Vec<_>>(), [(0, 5), (2048, 1)]);
    }
}
