//! Goes through all articles in the order of their ids.
//!
//! The ids of a segment are read in one go, as their dictionary has them in order; to look them up one by one would take
//! longer than to unpack the articles.

use tantivy::columnar::StrColumn;
use tantivy::{DocAddress, DocId, SegmentReader};

use super::reader::Index;
use super::schema::name;
use crate::article::Article;
use crate::error::Result;

/// The ids of a segment.
struct Ids {
    column: StrColumn,
    /// The living documents in the order of their ids, with the numbers of these. Two may have one id: a record, and a
    /// file that is called as the record is.
    documents: Vec<(u64, DocId)>,
}

impl Ids {
    /// Returns the ids of a segment; `None` if it has none.
    fn of(segment: &SegmentReader) -> tantivy::Result<Option<Ids>> {
        let Some(column) = segment.fast_fields().str(name::ID)? else { return Ok(None) };
        let living = segment.doc_ids_alive();
        let mut documents: Vec<_> = living.filter_map(|doc| Some((column.ords().first(doc)?, doc))).collect();
        documents.sort_unstable();
        Ok(Some(Ids { column, documents }))
    }
}

impl Index {
    /// Calls `each` with every article, in the order of their ids, until it returns an error.
    ///
    /// # Errors
    /// That of `each`; `Corrupt` if what is read is damaged, `Io` if it cannot be read.
    pub fn for_each_article(&self, each: &mut dyn FnMut(Article) -> Result<()>) -> Result<()> {
        let failed = |error: tantivy::TantivyError| self.failed(error);
        let segments = self.searcher.segment_readers().iter();
        let ids = segments.map(Ids::of).collect::<tantivy::Result<Vec<_>>>().map_err(failed)?;
        let mut lists = Vec::new();
        for (segment, ids) in (0..).zip(&ids) {
            let Some(ids) = ids else { continue };
            let stream = ids.column.dictionary().stream().map_err(|error| failed(error.into()))?;
            lists.push((segment, ids.documents.iter().peekable(), stream));
        }
        // Each list stands at the first id that is left of its segment.
        lists.retain_mut(|(.., stream)| stream.advance());
        while let Some(next) = (0..lists.len()).min_by(|a, b| lists[*a].2.key().cmp(lists[*b].2.key())) {
            let (segment, documents, stream) = &mut lists[next];
            while let Some((_, doc)) = documents.next_if(|(ord, _)| *ord <= stream.term_ord()) {
                each(self.stored(DocAddress::new(*segment, *doc))?)?;
            }
            if !stream.advance() {
                drop(lists.swap_remove(next));
            }
        }
        Ok(())
    }
}
