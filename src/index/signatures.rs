//! The signatures of the documents of a segment, read from their column, which has [`WORDS`] values for each document.

use tantivy::columnar::Column;
use tantivy::error::DataCorruption;
use tantivy::{DocId, SegmentReader};

use super::schema::name;
use super::window::WINDOW;
use crate::story::{Signature, WORDS};

/// The column of a segment's signatures.
pub(super) struct Signatures(Column<u64>);

impl Signatures {
    /// Opens the column of a segment.
    ///
    /// # Errors
    /// If not every document has a signature, which is so in a damaged index alone.
    pub fn of(segment: &SegmentReader) -> tantivy::Result<Signatures> {
        let column = segment.fast_fields().u64(name::SIGNATURE)?;
        if u64::from(column.values.num_vals()) != u64::from(segment.max_doc()) * WORDS as u64 {
            return Err(DataCorruption::comment_only("documents without a signature").into());
        }
        Ok(Signatures(column))
    }

    /// Returns the signature of a document.
    pub fn get(&self, doc: DocId) -> Signature {
        Signature::from_words((0..WORDS).map(|word| self.word(doc, word)))
    }

    /// Returns one word of a document's signature.
    #[inline]
    pub fn word(&self, doc: DocId, word: usize) -> u64 {
        self.0.values.get_val(doc * WORDS as u32 + word as u32)
    }

    /// Calls `each` with the words of every document, the deleted ones too. They are unpacked many at a time, which
    /// takes a tenth of what one by one does.
    pub fn for_each(&self, mut each: impl FnMut(DocId, &[u64; WORDS])) {
        let mut words = Vec::new();
        let documents = self.0.values.num_vals() / WORDS as u32;
        for start in (0..documents).step_by(WINDOW as usize) {
            let end = documents.min(start + WINDOW);
            words.resize((end - start) as usize * WORDS, 0);
            self.0.values.get_range(u64::from(start) * WORDS as u64, &mut words);
            for (doc, words) in (start..end).zip(words.as_chunks().0) {
                each(doc, words);
            }
        }
    }
}
