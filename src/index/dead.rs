//! The documents of a segment that are deleted and not yet merged away. The postings of their terms are still there: how
//! many living documents have a term is told by looking these few up in its list, and not by reading all of it.

use std::sync::OnceLock;

use tantivy::index::InvertedIndexReader;
use tantivy::postings::TermInfo;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, Searcher, SegmentReader, TERMINATED, Term};

use super::postings::reach;

/// The deleted documents of an index.
pub(super) struct Dead {
    /// By segment, in order, once they are asked for.
    by_segment: Vec<OnceLock<Vec<DocId>>>,
}

impl Dead {
    /// Returns those of `segments` segments, none of them listed yet.
    pub fn new(segments: usize) -> Dead {
        Dead { by_segment: (0..segments).map(|_| OnceLock::new()).collect() }
    }

    fn of(&self, segment: usize, reader: &SegmentReader) -> &[DocId] {
        self.by_segment[segment].get_or_init(|| {
            let alive = reader.alive_bitset();
            alive.map_or_else(Vec::new, |alive| (0..reader.max_doc()).filter(|doc| alive.is_deleted(*doc)).collect())
        })
    }

    /// Returns how many living documents of a segment have a term.
    pub fn living(
        &self,
        info: &TermInfo,
        index: &InvertedIndexReader,
        segment: usize,
        reader: &SegmentReader,
    ) -> tantivy::Result<u64> {
        let dead = self.of(segment, reader);
        if dead.is_empty() {
            return Ok(u64::from(info.doc_freq));
        }
        let mut postings = index.read_postings_from_terminfo(info, IndexRecordOption::Basic)?;
        if dead.len() < info.doc_freq as usize {
            let is_there = |doc: &&DocId| reach(&mut postings, **doc) == **doc;
            return Ok(u64::from(info.doc_freq) - dead.iter().filter(is_there).count() as u64);
        }
        let mut count = 0;
        while postings.doc() != TERMINATED {
            count += u64::from(dead.binary_search(&postings.doc()).is_err());
            postings.advance();
        }
        Ok(count)
    }

    /// Returns how many living documents of an index have a term.
    pub fn frequency(&self, searcher: &Searcher, term: &Term) -> tantivy::Result<u64> {
        let mut count = 0;
        for (segment, reader) in searcher.segment_readers().iter().enumerate() {
            let index = reader.inverted_index(term.field())?;
            if let Some(info) = index.get_term_info(term)? {
                count += self.living(&info, &index, segment, reader)?;
            }
        }
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use tantivy::schema::{STRING, Schema};
    use tantivy::{Index, IndexWriter, TantivyDocument};

    use super::*;

    #[test]
    fn the_living_are_counted_whether_few_or_many_are_dead() {
        let mut builder = Schema::builder();
        let field = builder.add_text_field("text", STRING);
        let index = Index::create_in_ram(builder.build());
        let mut writer: IndexWriter = index.writer_with_num_threads(1, 15 << 20).unwrap();
        writer.set_merge_policy(Box::new(tantivy::indexer::NoMergePolicy));
        for doc in 0..1000 {
            let mut document = TantivyDocument::new();
            let words = [("all", 1), ("half", 2), ("few", 100), ("gone", 7)];
            words.iter().filter(|(_, every)| doc % every == 0).for_each(|(word, _)| document.add_text(field, word));
            writer.add_document(document).unwrap();
        }
        writer.commit().unwrap();
        writer.delete_term(Term::from_field_text(field, "gone"));
        writer.commit().unwrap();
        let searcher = index.reader().unwrap().searcher();
        let dead = Dead::new(searcher.segment_readers().len());
        for (word, want) in [("all", 857), ("half", 428), ("few", 8), ("gone", 0), ("none", 0)] {
            let count = dead.frequency(&searcher, &Term::from_field_text(field, word)).unwrap();
            assert_eq!(count, want, "{word}");
        }
    }
}
