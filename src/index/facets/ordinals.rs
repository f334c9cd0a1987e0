//! The values of a column of terms, numbered through all segments in their order: what is counted is numbers, and only
//! the values that are shown are named. (Lucene calls them global ordinals.) They are made when a facet first asks for
//! them; so are the numbers of the documents kept, window by window, once many of them have been asked for.

use std::sync::OnceLock;

use tantivy::columnar::{Column, RowId};
use tantivy::{DocId, Searcher, SegmentReader};

use super::marks::documents;
use crate::index::kept::Kept;
use crate::index::once::get_or_try;
use crate::index::schema::name;
use crate::index::window::{Bits, WINDOW};
use crate::search::Facet;

/// A column of terms that facets are counted by.
#[derive(Clone, Copy)]
pub(super) enum TermColumn {
    Ticker,
    Main,
    Language,
    Source,
    Author,
    Section,
}

impl TermColumn {
    const COUNT: usize = TermColumn::Section as usize + 1;

    fn name(self) -> &'static str {
        match self {
            TermColumn::Ticker => name::TICKER,
            TermColumn::Main => name::MAIN,
            TermColumn::Language => name::LANGUAGE,
            TermColumn::Source => name::SOURCE,
            TermColumn::Author => name::AUTHOR,
            TermColumn::Section => name::SECTION,
        }
    }
}

/// The columns of an index that facets are counted by, none of them opened at first.
#[derive(Default)]
pub(in crate::index) struct FacetColumns([OnceLock<Ordinals>; TermColumn::COUNT]);

impl FacetColumns {
    /// Returns the values of a column.
    pub(super) fn of(&self, searcher: &Searcher, column: TermColumn) -> tantivy::Result<&Ordinals> {
        get_or_try(&self.0[column as usize], || Ordinals::open(searcher, column.name()))
    }
}

/// Returns the column that a facet of terms is counted by; `None` for those of time.
pub(super) fn column_of(facet: Facet) -> Option<TermColumn> {
    match facet {
        Facet::Ticker | Facet::Exchange => Some(TermColumn::Ticker),
        Facet::Language => Some(TermColumn::Language),
        Facet::Source => Some(TermColumn::Source),
        Facet::Author => Some(TermColumn::Author),
        Facet::Section => Some(TermColumn::Section),
        Facet::Year | Facet::Quarter | Facet::Month | Facet::Week | Facet::Day | Facet::Hour => None,
    }
}

/// The values of a column, in order, and those of each document.
pub(super) struct Ordinals {
    /// The values, one after the other.
    names: Vec<u8>,
    /// Where each ends.
    ends: Vec<usize>,
    segments: Vec<Segment>,
}

/// A segment, if a document of it has a value.
struct Segment {
    column: Option<Column<u64>>,
    /// The number of each value of the segment.
    numbers: Vec<u32>,
    /// By window, once many of its documents have been asked for.
    windows: Vec<Kept<Window>>,
}

/// The numbers of the documents of a window.
struct Window {
    /// The documents that have any.
    with: Bits,
    /// Where those of each document begin, and where those of the last one end.
    starts: Vec<u32>,
    numbers: Vec<u32>,
}

/// How often a document of a window is asked for until the numbers of all of them are kept.
const MANY: u32 = WINDOW / 8;

/// Room for the values of many documents.
#[derive(Default)]
pub(super) struct Block {
    asked: Vec<DocId>,
    /// The document of each row.
    docs: Vec<DocId>,
    rows: Vec<RowId>,
    values: Vec<u64>,
}

impl Ordinals {
    fn open(searcher: &Searcher, name: &str) -> tantivy::Result<Ordinals> {
        let readers = searcher.segment_readers();
        let columns =
            readers.iter().map(|reader| reader.fast_fields().str(name)).collect::<tantivy::Result<Vec<_>>>()?;
        // Each segment has its values in order: they are merged.
        let mut streams = Vec::new();
        for (segment, column) in columns.iter().enumerate() {
            let Some(column) = column else { continue };
            let mut stream = column.dictionary().stream()?;
            if stream.advance() {
                streams.push((segment, stream));
            }
        }
        let mut all = Ordinals { names: Vec::new(), ends: Vec::new(), segments: Vec::new() };
        let mut numbers = vec![Vec::new(); readers.len()];
        while let Some(least) = (0..streams.len()).min_by(|a, b| streams[*a].1.key().cmp(streams[*b].1.key())) {
            let start = all.names.len();
            all.names.extend_from_slice(streams[least].1.key());
            let number = all.ends.len() as u32;
            all.ends.push(all.names.len());
            streams.retain_mut(|(segment, stream)| {
                let has_it = stream.key() == &all.names[start..];
                if has_it {
                    numbers[*segment].push(number);
                }
                !has_it || stream.advance()
            });
        }
        let segment = |((column, numbers), reader): ((_, _), &SegmentReader)| Segment {
            column: Option::map(column, |column: tantivy::columnar::StrColumn| column.ords().clone()),
            numbers,
            windows: (0..reader.max_doc().div_ceil(WINDOW)).map(|_| Kept::default()).collect(),
        };
        all.segments = columns.into_iter().zip(numbers).zip(readers).map(segment).collect();
        Ok(all)
    }

    /// Returns how many values there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Returns the value with a number.
    pub fn name(&self, number: u32) -> &[u8] {
        let number = number as usize;
        let start = if number == 0 { 0 } else { self.ends[number - 1] };
        &self.names[start..self.ends[number]]
    }

    /// Returns the number of a value; `None` if no document has it.
    pub fn number(&self, name: &[u8]) -> Option<u32> {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = (low + high) / 2;
            if self.name(middle as u32) < name { low = middle + 1 } else { high = middle }
        }
        (low < self.len() && self.name(low as u32) == name).then_some(low as u32)
    }

    /// Calls `each` with documents of a window of a segment and the numbers of their values, in the order of the
    /// documents; returns how many of them have any.
    pub fn for_each(
        &self,
        segment: usize,
        (start, wanted): (DocId, &Bits),
        block: &mut Block,
        mut each: impl FnMut(DocId, u32),
    ) -> u32 {
        let Segment { column, numbers, windows } = &self.segments[segment];
        let Some(column) = column else { return 0 };
        let all = || Window::read(column, numbers, start);
        if let Some(window) = windows[(start / WINDOW) as usize].ask(wanted.count(), MANY, all) {
            return window.for_each(start, wanted, each);
        }
        let (mut last, mut with) = (None, 0);
        block.read(column, documents(start, wanted), |doc, ord| {
            with += u32::from(last != Some(doc));
            last = Some(doc);
            each(doc, numbers[ord as usize]);
        });
        with
    }
}

impl Window {
    /// Reads the numbers of all documents of the window that begins with `start`.
    fn read(column: &Column<u64>, numbers: &[u32], start: DocId) -> Window {
        let end = column.num_docs().min(start + WINDOW);
        let mut window = Window { with: Bits::NONE, starts: vec![0; (end - start) as usize + 1], numbers: Vec::new() };
        Block::default().read(column, start..end, |doc, ord| {
            let at = (doc - start) as usize;
            window.with.set(at);
            window.starts[at + 1] += 1;
            window.numbers.push(numbers[ord as usize]);
        });
        (1..window.starts.len()).for_each(|at| window.starts[at] += window.starts[at - 1]);
        window.numbers.shrink_to_fit();
        window
    }

    fn for_each(&self, start: DocId, wanted: &Bits, mut each: impl FnMut(DocId, u32)) -> u32 {
        let wanted = wanted.and(&self.with);
        for at in wanted.iter() {
            let own = self.starts[at] as usize..self.starts[at + 1] as usize;
            self.numbers[own].iter().for_each(|number| each(start + at as DocId, *number));
        }
        wanted.count()
    }
}

impl Block {
    /// Reads the values of many documents at once: to ask for those of one after another takes several times as long.
    fn read(&mut self, column: &Column<u64>, docs: impl Iterator<Item = DocId>, mut each: impl FnMut(DocId, u64)) {
        self.asked.clear();
        self.asked.extend(docs);
        self.docs.clear();
        self.rows.clear();
        column.row_ids_for_docs(&self.asked, &mut self.docs, &mut self.rows);
        self.values.resize(self.rows.len(), 0);
        column.values.get_vals(&self.rows, &mut self.values);
        self.docs.iter().zip(&self.values).for_each(|(doc, value)| each(*doc, *value));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::collection::{btree_set, vec};
    use proptest::prelude::*;
    use tantivy::indexer::NoMergePolicy;
    use tantivy::schema::{FacetOptions, Schema};
    use tantivy::{Index, IndexWriter, TantivyDocument};

    /// The paths of each document, segment by segment.
    fn index_of(segments: &[Vec<Vec<String>>]) -> Index {
        let mut builder = Schema::builder();
        let ticker = builder.add_facet_field(name::TICKER, FacetOptions::default());
        let index = Index::create_in_ram(builder.build());
        let mut writer: IndexWriter = index.writer_with_num_threads(1, 15 << 20).unwrap();
        writer.set_merge_policy(Box::new(NoMergePolicy));
        for documents in segments {
            for paths in documents {
                let mut document = TantivyDocument::new();
                paths.iter().for_each(|path| document.add_facet(ticker, path.as_str()));
                writer.add_document(document).unwrap();
            }
            writer.commit().unwrap();
        }
        index
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(16))]
        #[test]
        fn numbers_are_in_the_order_of_the_values_and_lead_back_to_them(
            made in vec(vec(btree_set("/[ab]/[a-d]", 0..3), 1..300), 1..4),
            every in 1..4_usize,
        ) {
            // So many documents that the windows of some are kept.
            let made: Vec<Vec<Vec<String>>> = made.into_iter().map(|documents| {
                let documents: Vec<Vec<String>> = documents.into_iter().map(Vec::from_iter).collect();
                documents.iter().cycle().take(documents.len() * 9).cloned().collect()
            }).collect();
            let index = index_of(&made);
            let searcher = index.reader().unwrap().searcher();
            let columns = FacetColumns::default();
            let ordinals = columns.of(&searcher, TermColumn::Ticker).unwrap();
            let values: Vec<&[u8]> = (0..ordinals.len() as u32).map(|number| ordinals.name(number)).collect();
            prop_assert!(values.is_sorted_by(|a, b| a < b));
            for (number, value) in values.iter().enumerate() {
                prop_assert_eq!(ordinals.number(value), Some(number as u32));
            }
            for value in [&b""[..], b"a", b"a\0e", b"c"] {
                prop_assert_eq!(ordinals.number(value), None);
            }
            // The segments are in no set order: what each document has is asked of the engine.
            for (segment, reader) in searcher.segment_readers().iter().enumerate() {
                let column = reader.fast_fields().str(name::TICKER).unwrap();
                for start in (0..reader.max_doc()).step_by(WINDOW as usize) {
                    let docs: Vec<DocId> =
                        (start..reader.max_doc().min(start + WINDOW)).step_by(every).collect();
                    // Asked for once more, they may be kept.
                    for docs in [&docs[..docs.len().min(3)], &docs, &docs] {
                        let mut got = Vec::new();
                        let wanted: Bits = docs.iter().map(|doc| (doc - start) as usize).collect();
                        let with = ordinals.for_each(segment, (start, &wanted), &mut Block::default(), |doc, number| {
                            got.push((doc, ordinals.name(number).to_vec()));
                        });
                        let mut want = Vec::new();
                        for doc in docs {
                            for ord in column.iter().flat_map(|column| column.ords().values_for_doc(*doc)) {
                                let mut name = Vec::new();
                                column.as_ref().unwrap().ord_to_bytes(ord, &mut name).unwrap();
                                want.push((*doc, name));
                            }
                        }
                        prop_assert_eq!(&got, &want);
                        want.dedup_by_key(|(doc, _)| *doc);
                        prop_assert_eq!(with as usize, want.len());
                    }
                }
            }
        }
    }
}
