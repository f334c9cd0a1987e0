//! How many tokens the headlines and the bodies of a segment have in all, noted in a file of the segment when it is
//! written or merged. The average lengths that every search needs are made of it; summed up over all documents they
//! would be a third of the time of a cold search among a million articles.

use std::io::Write;

use tantivy::directory::TerminatingWrite;
use tantivy::directory::error::OpenReadError;
use tantivy::error::DataCorruption;
use tantivy::fieldnorm::{FieldNormReader, FieldNormReaders};
use tantivy::index::SegmentComponent;
use tantivy::{DocId, Searcher, Segment, SegmentReader};

use super::plugin::Attendant;
use super::schema::Fields;

/// What the names of these files end with.
const EXTENSION: &str = "totals";

/// Returns the part of a segment that its totals are.
pub(super) fn component() -> SegmentComponent {
    SegmentComponent::Custom(EXTENSION.to_owned())
}

/// Returns the tokens of the living documents of a segment: of their headlines, and of their bodies. Lengths are counted
/// as they are kept, rounded to a byte each.
///
/// # Errors
/// If the file of the totals is damaged.
pub(super) fn totals(searcher: &Searcher, segment: &SegmentReader, fields: &Fields) -> tantivy::Result<[u64; 2]> {
    let index = searcher.index();
    let here = index.segment(index.new_segment_meta(segment.segment_id(), segment.max_doc()));
    let file = match here.open_read(component()) {
        Ok(file) => file,
        // The segment was merged into another since it was opened; its other files are open.
        Err(OpenReadError::FileDoesNotExist(_)) => return sums(segment, fields, |doc| !segment.is_deleted(doc)),
        Err(error) => return Err(error.into()),
    };
    let all = read(&file.read_bytes()?).ok_or_else(|| DataCorruption::comment_only("totals of another length"))?;
    if !segment.has_deletes() {
        return Ok(all);
    }
    let gone = sums(segment, fields, |doc| segment.is_deleted(doc))?;
    Ok([0, 1].map(|field| all[field].saturating_sub(gone[field])))
}

/// Returns how many tokens some documents of a segment have together: in their headlines, and in their bodies.
fn sums(segment: &SegmentReader, fields: &Fields, is_one: impl Fn(DocId) -> bool) -> tantivy::Result<[u64; 2]> {
    let total = |field| -> tantivy::Result<u64> {
        let documents = (0..segment.max_doc()).filter(|doc| is_one(*doc));
        Ok(sum(documents, &segment.get_fieldnorms_reader(field)?))
    };
    Ok([total(fields.headline)?, total(fields.body)?])
}

/// Returns how many tokens documents have together.
fn sum(documents: impl Iterator<Item = DocId>, lengths: &FieldNormReader) -> u64 {
    documents.map(|doc| u64::from(lengths.fieldnorm(doc))).sum()
}

fn read(bytes: &[u8]) -> Option<[u64; 2]> {
    let (headline, body) = bytes.split_first_chunk::<8>()?;
    Some([*headline, body.try_into().ok()?].map(u64::from_le_bytes))
}

/// Notes the totals of each segment.
#[derive(Clone, Copy)]
pub(super) struct Totals(pub Fields);

impl Attendant for Totals {
    const EXTENSIONS: &'static [&'static str] = &[EXTENSION];

    fn written(&self, segment: &Segment) -> tantivy::Result<()> {
        let readers = FieldNormReaders::open(segment.open_read(SegmentComponent::FieldNorms)?)?;
        let mut file = segment.open_write(component())?;
        for field in [self.0.headline, self.0.body] {
            let lengths = readers.get_field(field)?;
            let total = lengths.map_or(0, |lengths| sum(0..lengths.num_docs(), &lengths));
            file.write_all(&total.to_le_bytes())?;
        }
        Ok(file.terminate()?)
    }

    fn merged(&self, segment: &Segment) -> tantivy::Result<()> {
        self.written(segment)
    }
}

#[cfg(test)]
mod tests {
    use super::super::analyzer;
    use super::super::plugin::Plugin;
    use super::super::schema::schema;
    use super::*;
    use tantivy::indexer::NoMergePolicy;
    use tantivy::{Index, IndexWriter, Term, doc};

    /// The totals of every segment.
    fn noted(index: &Index, fields: &Fields) -> Vec<[u64; 2]> {
        let searcher = index.reader().unwrap().searcher();
        let totals = |segment| totals(&searcher, segment, fields).unwrap();
        searcher.segment_readers().iter().map(totals).collect()
    }

    #[test]
    fn totals_are_those_of_the_documents_that_live() {
        let (schema, fields) = schema();
        let builder = Index::builder().schema(schema).register_plugin(std::sync::Arc::new(Plugin(Totals(fields))));
        let index = builder.create_in_ram().unwrap();
        index.tokenizers().register(analyzer::NAME, analyzer::analyzer());
        let mut writer: IndexWriter = index.writer_with_num_threads(1, 15 << 20).unwrap();
        writer.set_merge_policy(Box::new(NoMergePolicy));
        let add = |writer: &mut IndexWriter, path: &str, headline: &str, body: &str| {
            writer.add_document(doc!(fields.path => path, fields.headline => headline, fields.body => body)).unwrap();
        };
        add(&mut writer, "a", "La hausse", "un deux trois");
        add(&mut writer, "b", "La", "un");
        writer.commit().unwrap();
        add(&mut writer, "c", "", "un deux");
        writer.commit().unwrap();
        let mut all = noted(&index, &fields);
        all.sort_unstable();
        assert_eq!(all, [[0, 2], [3, 4]]);
        writer.delete_term(Term::from_field_text(fields.path, "b"));
        writer.commit().unwrap();
        let mut all = noted(&index, &fields);
        all.sort_unstable();
        assert_eq!(all, [[0, 2], [2, 3]]);
        let segments = index.searchable_segment_ids().unwrap();
        writer.merge(&segments).wait().unwrap();
        assert_eq!(noted(&index, &fields), [[2, 5]]);
    }

    #[test]
    fn totals_of_another_length_are_none() {
        assert_eq!(read(&[1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0]), Some([1, 2]));
        assert_eq!((read(&[0; 15]), read(&[0; 17]), read(&[])), (None, None, None));
    }
}
