//! The signatures of the documents of a segment, as their column keeps them: [`WORDS`] numbers each, side by side.

use tantivy::columnar::Column;
use tantivy::{DocId, SegmentReader};

use super::schema::name;
use super::window::WINDOW;
use crate::story::{Signature, WORDS};

/// The column of a segment's signatures.
pub(super) struct Signatures(Column<u64>);

impl Signatures {
    pub fn of(segment: &SegmentReader) -> tantivy::Result<Signatures> {
        Ok(Signatures(segment.fast_fields().u64(name::SIGNATURE)?))
    }

    /// Returns the signature of a document.
    pub fn get(&self, doc: DocId) -> Signature {
        Signature::from_words(self.0.values_for_doc(doc))
    }

    /// Returns one word of a document's signature.
    pub fn word(&self, doc: DocId, word: usize) -> Option<u64> {
        let mut rows = self.0.index.value_row_ids(doc);
        rows.nth(word).map(|row| self.0.values.get_val(row))
    }

    /// Calls `each` with the words of every document, the deleted ones too. They are unpacked many at a time, which
    /// takes a tenth of what one by one does.
    pub fn for_each(&self, mut each: impl FnMut(DocId, &[u64; WORDS])) {
        let mut words = Vec::new();
        let documents = self.0.num_docs();
        for start in (0..documents).step_by(WINDOW as usize) {
            let end = documents.min(start + WINDOW);
            let rows = self.0.index.docid_range_to_rowids(start..end);
            words.resize(rows.len(), 0);
            self.0.values.get_range(u64::from(rows.start), &mut words);
            for (doc, words) in (start..end).zip(words.as_chunks().0) {
                each(doc, words);
            }
        }
    }
}
