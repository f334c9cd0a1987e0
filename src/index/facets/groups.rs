//! How a facet groups documents: a number for each group while they are counted, a key for those that are shown. The
//! bytes of keys are in the order of the values.

use std::borrow::Cow;

use rustc_hash::FxHashMap;
use tantivy::columnar::Column;
use tantivy::{DocId, Searcher};

use super::marks::documents;
use super::ordinals::{Block, FacetColumns, Ordinals, TermColumn, column_of};
use crate::index::schema::name;
use crate::index::window::Bits;
use crate::search::{Facet, TimeUnit};

/// The groups of a facet, through all segments.
pub(super) struct Groups<'a> {
    by: By<'a>,
    block: Block,
    /// The groups of a document.
    found: Vec<u32>,
}

enum By<'a> {
    /// A text or a facet path; groups are ordinals.
    Terms(&'a Ordinals),
    /// The first part of a facet path; each ordinal has the first ordinal of its group.
    Roots { ordinals: &'a Ordinals, roots: Vec<u32> },
    /// Spans of time, numbered as they are met.
    Times(Times),
}

struct Times {
    unit: TimeUnit,
    /// By segment: when each document was published, and whether the hour is known.
    columns: Vec<(Column<i64>, Column<bool>)>,
    /// The group of each day (or hour), so that the calendar is asked once for each.
    groups: FxHashMap<i64, Option<u32>>,
    by_span: FxHashMap<i64, u32>,
    spans: Vec<i64>,
}

impl<'a> Groups<'a> {
    /// Returns the groups of `facet`.
    pub fn of(facet: Facet, searcher: &Searcher, columns: &'a FacetColumns) -> tantivy::Result<Groups<'a>> {
        let by = match (column_of(facet), facet.unit()) {
            (Some(name), _) => {
                let ordinals = columns.of(searcher, name)?;
                match facet {
                    Facet::Exchange => By::Roots { ordinals, roots: roots(ordinals) },
                    _ => By::Terms(ordinals),
                }
            }
            (None, unit) => By::Times(Times {
                unit: unit.unwrap_or(TimeUnit::Year),
                columns: times(searcher)?,
                groups: FxHashMap::default(),
                by_span: FxHashMap::default(),
                spans: Vec::new(),
            }),
        };
        Ok(Groups::by(by))
    }

    /// Returns the tickers that articles are about.
    pub fn main(searcher: &Searcher, columns: &'a FacetColumns) -> tantivy::Result<Groups<'a>> {
        columns.of(searcher, TermColumn::Main).map(|ordinals| Groups::by(By::Terms(ordinals)))
    }

    fn by(by: By<'a>) -> Groups<'a> {
        Groups { by, block: Block::default(), found: Vec::new() }
    }

    /// Calls `each` with documents of a window of a segment and their groups, each document with each of its groups
    /// once, in the order of the documents; returns how many of them have any.
    pub fn for_each(
        &mut self,
        segment: usize,
        (start, wanted): (DocId, &Bits),
        mut each: impl FnMut(DocId, u32),
    ) -> u32 {
        match &mut self.by {
            By::Terms(ordinals) => ordinals.for_each(segment, (start, wanted), &mut self.block, each),
            By::Roots { ordinals, roots } => {
                let (found, mut last) = (&mut self.found, None);
                ordinals.for_each(segment, (start, wanted), &mut self.block, |doc, number| {
                    if last != Some(doc) {
                        found.clear();
                    }
                    last = Some(doc);
                    let root = roots[number as usize];
                    if !found.contains(&root) {
                        found.push(root);
                        each(doc, root);
                    }
                })
            }
            By::Times(times) => {
                let mut with = 0;
                for doc in documents(start, wanted) {
                    if let Some(group) = times.group(segment, doc) {
                        with += 1;
                        each(doc, group);
                    }
                }
                with
            }
        }
    }

    /// Returns how many groups there may be by now.
    pub fn len(&self) -> usize {
        match &self.by {
            By::Terms(ordinals) | By::Roots { ordinals, .. } => ordinals.len(),
            By::Times(times) => times.spans.len(),
        }
    }

    /// Returns the key of a group.
    pub fn key(&self, group: u32) -> Cow<'a, [u8]> {
        match &self.by {
            By::Terms(ordinals) => Cow::Borrowed(ordinals.name(group)),
            By::Roots { ordinals, .. } => Cow::Borrowed(root(ordinals.name(group))),
            By::Times(times) => Cow::Owned(span_key(times.spans[group as usize]).to_vec()),
        }
    }

    /// Returns the group with a key; `None` if no document has it.
    pub fn with_key(&self, key: &[u8]) -> Option<u32> {
        match &self.by {
            By::Terms(ordinals) => ordinals.number(key),
            By::Roots { roots, .. } => roots.iter().copied().find(|group| *self.key(*group) == *key),
            By::Times(times) => key_span(key).and_then(|span| times.by_span.get(&span).copied()),
        }
    }

    /// Returns the groups in the order of their keys.
    pub fn in_order(&self) -> Vec<u32> {
        let mut groups: Vec<u32> = (0..self.len() as u32).collect();
        if let By::Times(times) = &self.by {
            groups.sort_unstable_by_key(|group| times.spans[*group as usize]);
        }
        groups
    }
}

impl Times {
    fn group(&mut self, segment: usize, doc: DocId) -> Option<u32> {
        let (published, timed) = &self.columns[segment];
        let at = published.first(doc)?;
        let by_hour = self.unit == TimeUnit::Hour;
        // The hour of an article that is dated to the day is not known.
        if by_hour && !timed.first(doc).unwrap_or(false) {
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

fn times(searcher: &Searcher) -> tantivy::Result<Vec<(Column<i64>, Column<bool>)>> {
    let columns = searcher.segment_readers().iter().map(|reader| {
        let columns = reader.fast_fields();
        Ok((columns.i64(name::PUBLISHED)?, columns.bool(name::TIMED)?))
    });
    columns.collect()
}

/// Returns the first part of a facet path; NUL stands between its parts.
fn root(path: &[u8]) -> &[u8] {
    path.split(|byte| *byte == 0).next().unwrap_or_default()
}

/// Returns, for each ordinal of a facet, the first ordinal with the same root.
fn roots(ordinals: &Ordinals) -> Vec<u32> {
    let mut roots: Vec<u32> = Vec::with_capacity(ordinals.len());
    for number in 0..ordinals.len() as u32 {
        let same = roots.last().copied().filter(|first| root(ordinals.name(*first)) == root(ordinals.name(number)));
        roots.push(same.unwrap_or(number));
    }
    roots
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
        let columns = FacetColumns::default();
        for (facet, want) in [(Facet::Ticker, 4), (Facet::Exchange, 3)] {
            let mut groups = Groups::of(facet, &searcher, &columns).unwrap();
            let mut met = Vec::new();
            let with = groups.for_each(0, (0, &Bits::up_to(4)), |_, group| met.push(group));
            assert_eq!(with, 4);
            met.sort_unstable();
            met.dedup();
            assert_eq!(met.len(), want);
            assert!(met.iter().all(|group| groups.with_key(&groups.key(*group)) == Some(*group)), "{facet:?}");
            for key in [&b""[..], b"XNA", b"XNYSE", b"ZZZZ"] {
                assert_eq!(groups.with_key(key), None, "{facet:?} {key:?}");
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
