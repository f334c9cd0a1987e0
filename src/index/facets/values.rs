//! The values that the documents of a segment have of a facet: numbers of its groups while counting,
//! keys once at the end. A key's bytes are in the order of the values.

use rustc_hash::FxHashMap;
use tantivy::columnar::{Column, Dictionary, RowId, StrColumn};
use tantivy::{DocId, SegmentReader};

use crate::index::schema::name;
use crate::search::{Facet, TimeUnit};

/// Reads the values of one facet in one segment.
pub(super) struct Values {
    source: Source,
    found: Vec<u32>,
    block: Block,
}

/// The values of many documents: of each, where it stands in the column, and the value.
#[derive(Default)]
struct Block {
    docs: Vec<DocId>,
    rows: Vec<RowId>,
    values: Vec<u64>,
}

impl Block {
    fn read(&mut self, column: &Column<u64>, docs: &[DocId], mut each: impl FnMut(DocId, u64)) {
        self.docs.clear();
        self.rows.clear();
        column.row_ids_for_docs(docs, &mut self.docs, &mut self.rows);
        self.values.resize(self.rows.len(), 0);
        column.values.get_vals(&self.rows, &mut self.values);
        self.docs.iter().zip(&self.values).for_each(|(doc, value)| each(*doc, *value));
    }
}

enum Source {
    /// No document of the segment has any.
    Nothing,
    /// A text or a facet path; groups are ordinals.
    Terms { column: StrColumn, ords: Column<u64> },
    /// The first part of a facet path; each ordinal has the first ordinal of its group.
    Roots { column: StrColumn, ords: Column<u64>, roots: Vec<u32> },
    /// Spans of time, numbered as they are met.
    Times(Times),
}

struct Times {
    unit: TimeUnit,
    published: Column<i64>,
    timed: Column<bool>,
    /// The group of each day (or hour), so that the calendar is asked once for each.
    groups: FxHashMap<i64, Option<u32>>,
    by_span: FxHashMap<i64, u32>,
    spans: Vec<i64>,
}

impl Values {
    /// Opens the column of `facet`.
    pub fn open(facet: Facet, reader: &SegmentReader) -> tantivy::Result<Values> {
        let columns = reader.fast_fields();
        let source = match facet.unit() {
            Some(unit) => Source::Times(Times {
                unit,
                published: columns.i64(name::PUBLISHED)?,
                timed: columns.bool(name::TIMED)?,
                groups: FxHashMap::default(),
                by_span: FxHashMap::default(),
                spans: Vec::new(),
            }),
            None => match columns.str(column_name(facet))? {
                None => Source::Nothing,
                Some(column) => {
                    let ords = column.ords().clone();
                    match facet {
                        Facet::Exchange => Source::Roots { roots: roots(column.dictionary())?, column, ords },
                        _ => Source::Terms { column, ords },
                    }
                }
            },
        };
        Ok(Values { source, found: Vec::new(), block: Block::default() })
    }

    /// Opens the column of the tickers that articles are about.
    pub fn main(reader: &SegmentReader) -> tantivy::Result<Values> {
        let column = reader.fast_fields().str(name::MAIN)?;
        let source = column.map_or(Source::Nothing, |column| Source::Terms { ords: column.ords().clone(), column });
        Ok(Values { source, found: Vec::new(), block: Block::default() })
    }

    /// Returns the groups of a document, each once.
    pub fn of(&mut self, doc: DocId) -> &[u32] {
        let found = &mut self.found;
        found.clear();
        match &mut self.source {
            Source::Nothing => {}
            Source::Terms { ords, .. } => found.extend(ords.values_for_doc(doc).map(|ord| ord as u32)),
            Source::Roots { ords, roots, .. } => {
                for ord in ords.values_for_doc(doc) {
                    let root = roots[ord as usize];
                    if !found.contains(&root) {
                        found.push(root);
                    }
                }
            }
            Source::Times(times) => found.extend(times.group(doc)),
        }
        found
    }

    /// Calls `each` with the groups of many documents, each document with each of its groups once; in the order of the
    /// documents. Terms are read all at once: to ask for the values of one document after another takes several
    /// times as long.
    pub fn for_each(&mut self, docs: &[DocId], each: &mut impl FnMut(DocId, u32)) {
        match &mut self.source {
            Source::Nothing => {}
            Source::Terms { ords, .. } => self.block.read(ords, docs, |doc, ord| each(doc, ord as u32)),
            Source::Roots { ords, roots, .. } => {
                let (found, mut last) = (&mut self.found, None);
                self.block.read(ords, docs, |doc, ord| {
                    if last != Some(doc) {
                        found.clear();
                    }
                    last = Some(doc);
                    let root = roots[ord as usize];
                    if !found.contains(&root) {
                        found.push(root);
                        each(doc, root);
                    }
                });
            }
            Source::Times(times) => {
                docs.iter().for_each(|doc| times.group(*doc).into_iter().for_each(|group| each(*doc, group)));
            }
        }
    }

    /// Returns how many groups there may be by now.
    pub fn len(&self) -> usize {
        match &self.source {
            Source::Nothing => 0,
            Source::Terms { column, .. } | Source::Roots { column, .. } => column.num_terms(),
            Source::Times(times) => times.spans.len(),
        }
    }

    /// Returns the group of a key; `None` if no document of the segment has it.
    pub fn group_of(&self, key: &[u8]) -> tantivy::Result<Option<u32>> {
        Ok(match &self.source {
            Source::Nothing => None,
            Source::Terms { column, .. } => column.dictionary().term_ord(key)?.map(|ord| ord as u32),
            Source::Roots { column, roots, .. } => {
                // The first path of the root is the first one that is not before it.
                let mut first = column.dictionary().range().ge(key).limit(1).into_stream()?;
                let is_there = first.advance() && root(first.key()) == key;
                is_there.then(|| roots[first.term_ord() as usize])
            }
            Source::Times(times) => key_span(key).and_then(|span| times.by_span.get(&span).copied()),
        })
    }

    /// Calls `each` with those groups that `wanted` wants and their keys, in the order of the keys.
    pub fn keys(&self, wanted: impl Fn(u32) -> bool, mut each: impl FnMut(u32, &[u8])) -> tantivy::Result<()> {
        let groups: Vec<u32> = (0..self.len() as u32).filter(|group| wanted(*group)).collect();
        match &self.source {
            Source::Nothing => {}
            Source::Terms { column, .. } => name_all(column.dictionary(), &groups, each)?,
            Source::Roots { column, .. } => {
                name_all(column.dictionary(), &groups, |group, key| each(group, root(key)))?;
            }
            Source::Times(times) => {
                let mut groups = groups;
                groups.sort_unstable_by_key(|group| times.spans[*group as usize]);
                groups.iter().for_each(|group| each(*group, &span_key(times.spans[*group as usize])));
            }
        }
        Ok(())
    }
}

impl Times {
    fn group(&mut self, doc: DocId) -> Option<u32> {
        let at = self.published.first(doc)?;
        let by_hour = self.unit == TimeUnit::Hour;
        // The hour of an article that is dated to the day is not known.
        if by_hour && !self.timed.first(doc).unwrap_or(false) {
            return None;
        }
        let step = at.div_euclid(if by_hour { 3_600 } else { 86_400 });
        let Times { unit, groups, by_span, spans, .. } = self;
        *groups.entry(step).or_insert_with(|| {
            let span = unit.span_of(at)?;
            Some(*by_span.entry(span).or_insert_with(|| {
                spans.push(span);
                spans.len() as u32 - 1
            }))
        })
    }
}

fn name_all(dictionary: &Dictionary, ords: &[u32], mut each: impl FnMut(u32, &[u8])) -> tantivy::Result<()> {
    let wide: Vec<u64> = ords.iter().map(|ord| u64::from(*ord)).collect();
    let mut next = ords.iter();
    dictionary.sorted_ords_to_term_cb(&wide, |term| next.next().into_iter().for_each(|ord| each(*ord, term)))?;
    Ok(())
}

/// Returns the first part of a facet path; NUL stands between its parts.
fn root(term: &[u8]) -> &[u8] {
    term.split(|byte| *byte == 0).next().unwrap_or_default()
}

/// Returns, for each ordinal of a facet, the first ordinal with the same root.
fn roots(dictionary: &Dictionary) -> tantivy::Result<Vec<u32>> {
    let ords: Vec<u32> = (0..dictionary.num_terms() as u32).collect();
    let mut roots = Vec::with_capacity(ords.len());
    let mut last: Option<(Vec<u8>, u32)> = None;
    name_all(dictionary, &ords, |ord, term| match &last {
        Some((name, first)) if name == root(term) => roots.push(*first),
        _ => {
            roots.push(ord);
            last = Some((root(term).to_vec(), ord));
        }
    })?;
    Ok(roots)
}

fn column_name(facet: Facet) -> &'static str {
    match facet {
        Facet::Ticker | Facet::Exchange => name::TICKER,
        Facet::Language => name::LANGUAGE,
        Facet::Source => name::SOURCE,
        Facet::Author => name::AUTHOR,
        Facet::Section => name::SECTION,
        Facet::Year | Facet::Quarter | Facet::Month | Facet::Week | Facet::Day | Facet::Hour => name::PUBLISHED,
    }
}

/// Returns the key of a span of time.
pub(super) fn span_key(span: i64) -> [u8; 8] {
    (span as u64 ^ 1 << 63).to_be_bytes()
}

/// Returns the span of time that a key stands for.
pub(super) fn key_span(key: &[u8]) -> Option<i64> {
    Some((u64::from_be_bytes(key.try_into().ok()?) ^ 1 << 63) as i64)
}

/// Returns a value as people write it.
pub(super) fn shown(facet: Facet, key: &[u8]) -> String {
    match facet.unit() {
        Some(unit) => key_span(key).map(|span| unit.name(span)).unwrap_or_default(),
        None => String::from_utf8_lossy(key).replace('\0', ":"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_shown_as_people_write_them() {
        assert_eq!(shown(Facet::Ticker, b"XNAS\0AMZN"), "XNAS:AMZN");
        assert_eq!(shown(Facet::Exchange, root(b"XNAS\0AMZN")), "XNAS");
        assert_eq!(shown(Facet::Source, "Les Échos".as_bytes()), "Les Échos");
        assert_eq!(shown(Facet::Month, &span_key(2025 * 12 + 6)), "2025-07");
    }

    #[test]
    fn a_key_leads_back_to_its_group() {
        use tantivy::schema::{FacetOptions, Schema};
        use tantivy::{Index, IndexWriter, TantivyDocument};
        let mut builder = Schema::builder();
        let ticker = builder.add_facet_field(name::TICKER, FacetOptions::default());
        let index = Index::create_in_ram(builder.build());
        let mut writer: IndexWriter = index.writer_with_num_threads(1, 15 << 20).unwrap();
        for path in ["/XNAS/AMZN", "/XNYS/IBM", "/XNYS/GE", "/XPAR/MC"] {
            let mut document = TantivyDocument::new();
            document.add_facet(ticker, path);
            writer.add_document(document).unwrap();
        }
        writer.commit().unwrap();
        let searcher = index.reader().unwrap().searcher();
        for facet in [Facet::Ticker, Facet::Exchange] {
            let values = Values::open(facet, searcher.segment_reader(0)).unwrap();
            let mut keys = Vec::new();
            let is_first = |group: u32| match &values.source {
                Source::Roots { roots, .. } => roots[group as usize] == group,
                _ => true,
            };
            values.keys(is_first, |group, key| keys.push((group, key.to_vec()))).unwrap();
            assert_eq!(keys.len(), if facet == Facet::Ticker { 4 } else { 3 });
            for (group, key) in keys {
                assert_eq!(values.group_of(&key).unwrap(), Some(group), "{facet:?}");
            }
            for key in [&b""[..], b"XNA", b"XNYSE", b"ZZZZ"] {
                assert_eq!(values.group_of(key).unwrap(), None, "{facet:?} {key:?}");
            }
        }
    }

    #[test]
    fn keys_of_spans_are_in_their_order() {
        let spans = [i64::MIN, -1, 0, 1, 24_306, i64::MAX];
        assert!(spans.map(span_key).is_sorted());
        assert_eq!(spans.map(|span| key_span(&span_key(span))), spans.map(Some));
    }
}
