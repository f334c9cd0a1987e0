//! Which documents of a segment are to be counted: a bit each, set in the one pass over what matches,
//! so that counting may go over them as often as it needs.

use tantivy::DocId;

use crate::index::window::{BitSet, Bits, WINDOW};

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
        self.windows(without).flat_map(|(start, bits)| bits.iter().map(move |at| start + at as DocId))
    }

    /// Calls `each` with the same documents by windows: the first document of one, which of it, and these written out.
    pub fn for_each_window(&self, without: Option<usize>, each: &mut dyn FnMut(DocId, &Bits, &[DocId])) {
        let mut docs = Vec::with_capacity(WINDOW as usize);
        for (start, bits) in self.windows(without) {
            docs.clear();
            docs.extend(bits.iter().map(|at| start + at as DocId));
            if !docs.is_empty() {
                each(start, &bits, &docs);
            }
        }
    }

    fn windows(&self, without: Option<usize>) -> impl Iterator<Item = (DocId, Bits)> {
        let beside = without.map(|filter| &self.beside[filter]);
        let bits = move |start, hits: &Bits| beside.map_or(*hits, |beside| hits.or(beside.window(start)));
        self.hits.windows().map(move |(start, hits)| (start, bits(start, hits)))
    }
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
        let mut windows = Vec::new();
        marks.for_each_window(None, &mut |start, bits, docs| windows.push((start, bits.count(), docs.to_vec())));
        assert_eq!(windows, [(0, 5, vec![0, 63, 64, 127, 199]), (2048, 1, vec![2049])]);
    }
}
