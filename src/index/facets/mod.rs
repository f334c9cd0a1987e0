//! Counts facets: by number of a group, over the documents that the pass marked; only values that are shown are named.
//! What is shown is known only when everything is counted, so the articles of the further values, and a second facet
//! across the first, take another look at the marks.

mod groups;
mod marks;
mod ordinals;
mod selected;
mod tally;

use tantivy::{DocId, Searcher};

use super::columns::Columns;
use super::schema::name;
use super::stories::Stories;
use super::window::Bits;
use crate::query::DateRange;
use crate::search::{Across, Branch, Facet, FacetCounts, FacetRequest, FacetValue};
use groups::{Groups, shown};
pub(super) use marks::Marks;
use marks::documents;
pub(super) use ordinals::FacetColumns;
pub(super) use selected::Selected;
use tally::{Chosen, Count, IsSelected, Tally, is_under, spans_of};

/// What a facet is counted over.
pub(super) struct Counted<'a> {
    pub searcher: &'a Searcher,
    /// By segment.
    pub marks: &'a [Marks],
    /// The filter that is left aside, by its place among those that are tested apart.
    pub without: Option<usize>,
    /// The interval that the filters ask for.
    pub period: DateRange,
    /// The stories of the index, if they are counted beside the articles, and the columns that tell them.
    pub stories: Option<&'a Stories>,
    pub columns: &'a Columns,
    /// The columns that facets are counted by.
    pub values: &'a FacetColumns,
    /// The values that the filters ask for.
    pub selected: Selected,
}

impl Counted<'_> {
    /// Returns the counts of a facet.
    pub fn count(&self, request: &FacetRequest) -> tantivy::Result<FacetCounts> {
        // A table compares articles: its cells are no stories.
        let told = self.stories.filter(|_| request.across.is_none());
        let mut rows = self.table(request, told)?;
        let mains = if request.facet == Facet::Ticker { Some(self.mains(&rows.chosen.values)?) } else { None };
        let counts = |request: &FacetRequest, chosen: Chosen, rest: &Rest| {
            self.counts(request, chosen, rest, &mains, told.is_some())
        };
        let Some(across) = &request.across else {
            let more = rows.chosen.others > 0 || request.under.is_some();
            let rest = match more {
                true => self.others(request, &mut rows),
                false => Rest { without: rows.without, ..Rest::default() },
            };
            return Ok(counts(request, rows.chosen, &rest));
        };
        let mut columns = self.table(across, None)?;
        let of_columns = self.others(across, &mut columns);
        let rest = self.across((request, &mut rows), (across, &mut columns));
        let width = columns.chosen.values.len();
        let cells = (0..rows.chosen.values.len()).map(|row| rest.cells[row * width..][..width].to_vec()).collect();
        let across = Across {
            columns: Box::new(self.counts(across, columns.chosen, &of_columns, &None, false)),
            cells,
            others: rest.others_by_column.clone(),
        };
        Ok(FacetCounts { across: Some(across), ..counts(request, rows.chosen, &rest) })
    }

    /// Calls `each` with the marked documents: their segment, and those of one window after the other.
    fn for_each_window(&self, mut each: impl FnMut(usize, (DocId, &Bits))) {
        for (segment, marks) in self.marks.iter().enumerate() {
            marks.windows(self.without).for_each(|(start, bits)| each(segment, (start, &bits)));
        }
    }

    /// Counts every value, and chooses those that are shown; by the stories of `told` before the articles.
    fn table(&self, request: &FacetRequest, told: Option<&Stories>) -> tantivy::Result<Table<'_>> {
        let mut groups = Groups::of(request.facet, self.searcher, self.values)?;
        let mut counts = vec![0; groups.len()];
        let mut without = 0;
        // The group and the story of articles that have copies.
        let mut copies: Vec<(u32, u32)> = Vec::new();
        let columns = (0..self.marks.len() as u32).map(|segment| self.columns.of(self.searcher, segment));
        let columns = columns.collect::<tantivy::Result<Vec<_>>>()?;
        self.for_each_window(|segment, window| {
            let with = groups.for_each(segment, window, |_, group| {
                if group as usize >= counts.len() {
                    counts.resize(group as usize + 1, 0);
                }
                counts[group as usize] += 1;
            });
            let (start, documents) = window;
            without += u64::from(documents.count() - with);
            let Some(stories) = told else { return };
            let copied = columns[segment].copies(start, documents, stories);
            let of: Bits = copied.iter().map(|(at, _)| usize::from(*at)).collect();
            let mut at = 0;
            groups.for_each(segment, (start, &of), |doc, group| {
                while start + DocId::from(copied[at].0) < doc {
                    at += 1;
                }
                copies.push((group, copied[at].1));
            });
        });
        // How many articles of each group repeat a story of it.
        let mut repeats = vec![0; counts.len()];
        copies.sort_unstable();
        copies.windows(2).filter(|pair| pair[0] == pair[1]).for_each(|pair| repeats[pair[0].0 as usize] += 1);
        let count = |group: u32| {
            let articles = counts[group as usize];
            Count { stories: articles - repeats[group as usize], articles }
        };
        let asked = match (request.facet.unit(), &request.under) {
            (Some(unit), Some(Branch::Period(range))) => spans_of(unit, *range, self.known()?),
            (Some(unit), _) => spans_of(unit, self.period, self.known()?),
            (None, _) => (None, None),
        };
        let counted = groups.in_order().into_iter().filter(|group| counts[*group as usize] > 0);
        let counts = counted.map(|group| (group, count(group))).collect();
        let key = |group| groups.key(group);
        let is_selected = |key: &[u8]| self.selected.has(request.facet, &shown(request.facet, key));
        let selected: Option<&IsSelected<'_>> =
            if self.selected.any(request.facet) { Some(&is_selected) } else { None };
        let chosen = Tally { counts, key: &key, selected }.chosen(request, asked);
        Ok(Table { groups, chosen, without })
    }

    /// Counts, for each of these tickers, the documents that are about it.
    fn mains(&self, tickers: &[(Vec<u8>, Count)]) -> tantivy::Result<Vec<u64>> {
        let mut groups = Groups::main(self.searcher, self.values)?;
        let mut counts = vec![0; groups.len()];
        self.for_each_window(|segment, window| {
            groups.for_each(segment, window, |_, group| counts[group as usize] += 1);
        });
        let of = |(ticker, _): &(Vec<u8>, Count)| groups.with_key(ticker).map_or(0, |group| counts[group as usize]);
        Ok(tickers.iter().map(of).collect())
    }

    /// Goes over the documents once more, now that it is known which values are shown: counts those that have one that
    /// is not, and those that have none here.
    fn others(&self, request: &FacetRequest, table: &mut Table<'_>) -> Rest {
        let fates = table.fates(request);
        let mut rest = Rest::default();
        self.for_each_window(|segment, window| {
            let (mut last_other, mut last_with, mut with) = (None, None, 0);
            table.groups.for_each(segment, window, |doc, group| {
                let fate = fates[group as usize];
                if !matches!(fate, Fate::Elsewhere) && last_with != Some(doc) {
                    last_with = Some(doc);
                    with += 1;
                }
                if matches!(fate, Fate::Further) && last_other != Some(doc) {
                    last_other = Some(doc);
                    rest.others += 1;
                }
            });
            rest.without += u64::from(window.1.count()) - with;
        });
        rest
    }

    /// The same, with how many documents have the value of a row and that of a column.
    fn across(
        &self,
        (rows_request, rows): (&FacetRequest, &mut Table<'_>),
        (columns_request, columns): (&FacetRequest, &mut Table<'_>),
    ) -> Rest {
        let (row_fates, column_fates) = (rows.fates(rows_request), columns.fates(columns_request));
        let width = columns.chosen.values.len();
        let mut rest = Rest {
            cells: vec![0; rows.chosen.values.len() * width],
            others_by_column: vec![0; width],
            ..Rest::default()
        };
        // Of the documents of a window, by document.
        let (mut in_rows, mut in_columns) = (Vec::new(), Vec::new());
        self.for_each_window(|segment, window| {
            in_rows.clear();
            in_columns.clear();
            rows.groups.for_each(segment, window, |doc, group| in_rows.push((doc, row_fates[group as usize])));
            columns.groups.for_each(segment, window, |doc, group| in_columns.push((doc, column_fates[group as usize])));
            let (mut in_rows, mut in_columns) = (&in_rows[..], &in_columns[..]);
            for doc in documents(window.0, window.1) {
                let (rows, columns) = (first_of(doc, &mut in_rows), first_of(doc, &mut in_columns));
                let across = || columns.iter().filter_map(|(_, fate)| fate.shown());
                for row in rows.iter().filter_map(|(_, fate)| fate.shown()) {
                    across().for_each(|column| rest.cells[row * width + column] += 1);
                }
                rest.without += u64::from(rows.iter().all(|(_, fate)| matches!(fate, Fate::Elsewhere)));
                if rows.iter().any(|(_, fate)| matches!(fate, Fate::Further)) {
                    rest.others += 1;
                    across().for_each(|column| rest.others_by_column[column] += 1);
                }
            }
        });
        rest
    }

    /// Returns the first and the last moment of publication in the index.
    fn known(&self) -> tantivy::Result<Option<(i64, i64)>> {
        let mut known: Option<(i64, i64)> = None;
        for reader in self.searcher.segment_readers() {
            let column = reader.fast_fields().i64(name::PUBLISHED)?;
            if reader.num_docs() > 0 && column.values.num_vals() > 0 {
                let mut widen = |from: i64, until: i64| {
                    let (first, last) = known.unwrap_or((i64::MAX, i64::MIN));
                    known = Some((first.min(from), last.max(until)));
                };
                // What the column says of itself counts the deleted documents as well.
                match reader.has_deletes() {
                    true => reader.doc_ids_alive().filter_map(|doc| column.first(doc)).for_each(|at| widen(at, at)),
                    false => widen(column.min_value(), column.max_value()),
                }
            }
        }
        Ok(known)
    }

    /// Returns the counts of what is shown; of stories, too, if `told` is set.
    fn counts(
        &self,
        request: &FacetRequest,
        chosen: Chosen,
        rest: &Rest,
        mains: &Option<Vec<u64>>,
        told: bool,
    ) -> FacetCounts {
        let value = |(row, (key, count)): (usize, (Vec<u8>, Count))| {
            let value = shown(request.facet, &key);
            FacetValue {
                selected: self.selected.has(request.facet, &value),
                value,
                count: count.articles,
                stories: told.then_some(count.stories),
                main: mains.as_ref().map(|mains| mains[row]),
            }
        };
        FacetCounts {
            facet: request.facet,
            values: chosen.values.into_iter().enumerate().map(value).collect(),
            others: chosen.others,
            other_articles: rest.others,
            without: rest.without,
            across: None,
        }
    }
}

/// The values of a facet while it is counted.
struct Table<'a> {
    groups: Groups<'a>,
    chosen: Chosen,
    /// How many documents have no value.
    without: u64,
}

impl Table<'_> {
    /// Returns what becomes of each group.
    fn fates(&self, request: &FacetRequest) -> Vec<Fate> {
        let fate = |group| match &request.under {
            Some(branch) if !is_under(branch, request, &self.groups.key(group)) => Fate::Elsewhere,
            _ => Fate::Further,
        };
        let mut fates: Vec<Fate> = (0..self.groups.len() as u32).map(fate).collect();
        for (row, (key, _)) in self.chosen.values.iter().enumerate() {
            if let Some(group) = self.groups.with_key(key) {
                fates[group as usize] = Fate::Shown(row);
            }
        }
        fates
    }
}

/// What a second look gives.
#[derive(Default)]
struct Rest {
    /// How many documents have a value that is not shown.
    others: u64,
    /// How many documents have no value here.
    without: u64,
    /// Counts by row and column, row after row.
    cells: Vec<u64>,
    others_by_column: Vec<u64>,
}

/// What becomes of the group of a value: in which row it is shown, or how else it is counted.
#[derive(Clone, Copy)]
enum Fate {
    Shown(usize),
    /// Among the further values.
    Further,
    /// In another branch than the one asked for.
    Elsewhere,
}

impl Fate {
    fn shown(self) -> Option<usize> {
        if let Fate::Shown(at) = self { Some(at) } else { None }
    }
}

/// Takes what belongs to `doc` from the front of what belongs to documents in their order.
fn first_of<'a, T>(doc: DocId, all: &mut &'a [(DocId, T)]) -> &'a [(DocId, T)] {
    let (first, rest) = all.split_at(all.iter().take_while(|(other, _)| *other == doc).count());
    *all = rest;
    first
}
