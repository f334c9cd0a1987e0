//! Which documents of a segment are to be counted: a bit each, set in the one pass over what matches,
//! so that counting may go over them as often as it needs.

use tantivy::DocId;

/// The documents of one segment that match, and apart from them those that fail one filter alone.
pub(in crate::index) struct Marks {
    hits: Bits,
    beside: Vec<Bits>,
}

impl Marks {
    /// Returns the marks of a segment of `documents`, none set; `filters` are tested apart.
    pub fn new(documents: u32, filters: usize) -> Marks {
        let bits = || Bits { words: vec![0; documents.div_ceil(64) as usize] };
        Marks { hits: bits(), beside: (0..filters).map(|_| bits()).collect() }
    }

    /// Marks a document that matches.
    pub fn hit(&mut self, doc: DocId) {
        self.hits.set(doc);
    }

    /// Marks a document that matches but for one filter.
    pub fn beside(&mut self, filter: usize, doc: DocId) {
        self.beside[filter].set(doc);
    }

    /// Returns the documents that match, with those that fail `without` alone, in order.
    pub fn documents(&self, without: Option<usize>) -> impl Iterator<Item = DocId> {
        let beside = without.map(|filter| &self.beside[filter].words);
        (0..).zip(&self.hits.words).flat_map(move |(at, word)| {
            let mut left = word | beside.map_or(0, |beside| beside[at as usize]);
            std::iter::from_fn(move || {
                let bit = left.trailing_zeros();
                left &= left.wrapping_sub(1);
                (bit < 64).then_some(at * 64 + bit)
            })
        })
    }
}

struct Bits {
    words: Vec<u64>,
}

impl Bits {
    fn set(&mut self, doc: DocId) {
        self.words[doc as usize / 64] |= 1 << (doc % 64);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_marked_comes_back_in_order() {
        let mut marks = Marks::new(200, 2);
        [199, 0, 63, 64, 127].into_iter().for_each(|doc| marks.hit(doc));
        marks.beside(0, 65);
        marks.beside(1, 5);
        assert_eq!(marks.documents(None).collect::<Vec<_>>(), [0, 63, 64, 127, 199]);
        assert_eq!(marks.documents(Some(0)).collect::<Vec<_>>(), [0, 63, 64, 65, 127, 199]);
        assert_eq!(marks.documents(Some(1)).next(), Some(0));
    }
}
