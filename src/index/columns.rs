//! The columns that every search reads, opened once for each segment: to open one is to decode where its parts lie.
//! So are the stories of its documents kept, window by window, once many of them have been asked for.

use std::sync::OnceLock;

use rustc_hash::FxHashSet;
use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocAddress, DocId, Searcher, SegmentReader};

use super::kept::Kept;
use super::once::get_or_try;
use super::schema::{name, text_of};
use super::stories::Stories;
use super::window::{Bits, WINDOW};

/// The columns of an index.
pub(super) struct Columns {
    by_segment: Vec<OnceLock<SegmentColumns>>,
}

/// The columns of one segment.
pub(super) struct SegmentColumns {
    published: Column<i64>,
    ids: Option<StrColumn>,
    keys: Column<u64>,
    /// By window, once many of its documents have been asked for.
    copies: Vec<Kept<Vec<Copied>>>,
}

/// A document that has copies, by its place in a window, and the story that they tell.
pub(super) type Copied = (u16, u32);

/// How often a document of a window is asked for until the stories of all of them are kept.
const MANY: u32 = WINDOW / 4;

impl Columns {
    /// Returns those of `segments` segments, none of them opened yet.
    pub fn new(segments: usize) -> Columns {
        Columns { by_segment: (0..segments).map(|_| OnceLock::new()).collect() }
    }

    /// Returns the columns of a segment. The stories of their documents must be asked for with one table.
    pub fn of(&self, searcher: &Searcher, segment: u32) -> tantivy::Result<&SegmentColumns> {
        get_or_try(&self.by_segment[segment as usize], || SegmentColumns::open(searcher.segment_reader(segment)))
    }

    /// Returns the id of a document.
    pub fn id(&self, searcher: &Searcher, address: DocAddress) -> tantivy::Result<String> {
        self.of(searcher, address.segment_ord)?.id(address.doc_id)
    }
}

impl SegmentColumns {
    fn open(reader: &SegmentReader) -> tantivy::Result<SegmentColumns> {
        let columns = reader.fast_fields();
        Ok(SegmentColumns {
            published: columns.i64(name::PUBLISHED)?,
            ids: columns.str(name::ID)?,
            keys: columns.u64(name::KEY)?,
            copies: (0..reader.max_doc().div_ceil(WINDOW)).map(|_| Kept::default()).collect(),
        })
    }

    /// Returns which documents of a window have copies, in order, with their stories.
    pub fn copies(&self, start: DocId, documents: &Bits, stories: &Stories) -> Vec<Copied> {
        if stories.is_empty() {
            return Vec::new();
        }
        let copy = |at: usize| Some((at as u16, stories.of(self.key(start + at as DocId)?)?));
        let all = || Bits::up_to(self.keys.num_docs().saturating_sub(start)).iter().filter_map(copy).collect();
        match self.copies[(start / WINDOW) as usize].ask(documents.count(), MANY, all) {
            Some(all) => all.iter().filter(|(at, _)| documents.has(usize::from(*at))).copied().collect(),
            None => documents.iter().filter_map(copy).collect(),
        }
    }

    /// Returns when a document was published, in seconds since 1970 UTC.
    #[inline]
    pub fn published(&self, doc: DocId) -> Option<i64> {
        self.published.first(doc)
    }

    /// Returns the key of a document, a number made of its id.
    #[inline]
    pub fn key(&self, doc: DocId) -> Option<u64> {
        self.keys.first(doc)
    }

    /// Returns the documents with one of these keys, in order; the deleted ones, too.
    pub fn with_key(&self, keys: &FxHashSet<u64>) -> Vec<DocId> {
        let mut documents = Vec::new();
        if let Some(key) = keys.iter().next().filter(|_| keys.len() == 1) {
            self.keys.get_docids_for_value_range(*key..=*key, 0..self.keys.num_docs(), &mut documents);
            // A key below the least one is taken for that one (tantivy 0.27).
            documents.retain(|doc| self.key(*doc) == Some(*key));
        } else {
            documents.extend(passing(&self.keys, |key| keys.contains(&key)));
        }
        documents
    }

    /// Returns the number of a document's id: numbers are in the order of the ids of the segment.
    pub fn id_number(&self, doc: DocId) -> u64 {
        self.ids.as_ref().and_then(|ids| ids.ords().first(doc)).unwrap_or(0)
    }

    /// Returns the id of a document. It must be unpacked, so this is not for every document of a search.
    pub fn id(&self, doc: DocId) -> tantivy::Result<String> {
        let id = self.ids.as_ref().map(|ids| text_of(ids, doc)).transpose()?;
        Ok(id.flatten().unwrap_or_default())
    }
}

/// Returns the documents whose number in a column passes a test, in order. Numbers are read many at a time, which takes
/// a fraction of what one by one does.
pub(super) fn passing(column: &Column<u64>, test: impl Fn(u64) -> bool) -> Vec<DocId> {
    let (mut docs, mut numbers, mut passing) = (Vec::new(), Vec::new(), Vec::new());
    for start in (0..column.num_docs()).step_by(WINDOW as usize) {
        docs.clear();
        docs.extend(start..column.num_docs().min(start + WINDOW));
        numbers.clear();
        numbers.resize(docs.len(), None);
        column.first_vals(&docs, &mut numbers);
        let some = docs.iter().zip(&numbers).filter(|(_, number)| number.is_some_and(&test));
        passing.extend(some.map(|(doc, _)| *doc));
    }
    passing
}
