//! Counts facets: by number of a group, segment by segment, over the documents that the pass marked;
//! values are named once at the end. What is shown is known only when everything is counted, so the
//! articles of the further values, and a second facet across the first, take another look at the marks.

mod copies;
mod marks;
mod selected;
mod tally;
mod values;

use tantivy::{DocId, Searcher, SegmentReader};

use super::columns::Columns;
use super::schema::name;
use super::stories::Stories;
use crate::query::DateRange;
use crate::search::{Across, Branch, Facet, FacetCounts, FacetRequest, FacetValue};
use copies::Copies;
pub(super) use marks::Marks;
pub(super) use selected::mark_selected;
use tally::{Chosen, Count, Tally, is_under, spans_of};
use values::{Values, shown};

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
}

impl Counted<'_> {
    /// Returns the counts of a facet.
    pub fn count(&self, request: &FacetRequest) -> tantivy::Result<FacetCounts> {
        // A table compares articles: its cells are no stories.
        let told = self.stories.filter(|_| request.across.is_none());
        let mut rows = self.table(request, told)?;
        let mains = if request.facet == Facet::Ticker { Some(self.mains(&rows.chosen.values)?) } else { None };
        let counts =
            |request: &FacetRequest, chosen: Chosen, rest: &Rest| counts(request, chosen, rest, &mains, told.is_some());
        let Some(across) = &request.across else {
            let more = rows.chosen.others > 0 || request.under.is_some();
            let rest = if more {
                self.look_again(request, &mut rows, None)?
            } else {
                Rest { without: rows.without, ..Rest::default() }
            };
            return Ok(counts(request, rows.chosen, &rest));
        };
        let mut columns = self.table(across, None)?;
        let of_columns = self.look_again(across, &mut columns, None)?;
        let rest = self.look_again(request, &mut rows, Some((across, &mut columns)))?;
        let width = columns.chosen.values.len();
        let cells = (0..rows.chosen.values.len()).map(|row| rest.cells[row * width..][..width].to_vec()).collect();
        let across = Across {
            columns: Box::new(self::counts(across, columns.chosen, &of_columns, &None, false)),
            cells,
            others: rest.others_by_column.clone(),
        };
        Ok(FacetCounts { across: Some(across), ..counts(request, rows.chosen, &rest) })
    }

    fn segments(&self) -> impl Iterator<Item = (&SegmentReader, &Marks)> {
        self.searcher.segment_readers().iter().zip(self.marks)
    }

    /// Counts every value, and chooses those that are shown; by the stories of `told` before the articles.
    fn table(&self, request: &FacetRequest, told: Option<&Stories>) -> tantivy::Result<Table> {
        let mut table = Table::default();
        let mut tally = Tally::default();
        let mut copies = Copies::default();
        for (segment, (reader, marks)) in (0..).zip(self.segments()) {
            let mut values = Values::open(request.facet, reader)?;
            let mut counts = vec![0; values.len()];
            let columns = self.columns.of(self.searcher, segment)?;
            let mut of_stories = Vec::new();
            marks.for_each_window(self.without, &mut |start, documents, docs| {
                table.without += docs.len() as u64;
                let told = told.map(|stories| columns.copies(start, documents, stories)).unwrap_or_default();
                let mut told = told.into_iter().map(|(at, story)| (start + DocId::from(at), story)).peekable();
                // The document met last, and its story.
                let (mut last, mut story) = (None, None);
                values.for_each(docs, &mut |doc, group| {
                    if last != Some(doc) {
                        last = Some(doc);
                        table.without -= 1;
                        while told.next_if(|(other, _)| *other < doc).is_some() {}
                        story = told.next_if(|(other, _)| *other == doc).map(|(_, story)| story);
                    }
                    if group as usize >= counts.len() {
                        counts.resize(group as usize + 1, 0);
                    }
                    counts[group as usize] += 1;
                    of_stories.extend(story.map(|story| (group, story)));
                });
            });
            let mut here = Tally::default();
            values.keys(|group| counts[group as usize] > 0, |group, key| here.push(key, counts[group as usize]))?;
            tally = tally.merged(here);
            copies.add(&values, &of_stories)?;
            table.values.push(values);
        }
        tally.leave_out(&copies.repeats());
        let asked = match (request.facet.unit(), &request.under) {
            (Some(unit), Some(Branch::Period(range))) => spans_of(unit, *range, self.known()?),
            (Some(unit), _) => spans_of(unit, self.period, self.known()?),
            (None, _) => (None, None),
        };
        table.chosen = tally.chosen(request, asked);
        Ok(table)
    }

    /// Counts, for each of these tickers, the documents that are about it.
    fn mains(&self, tickers: &[(Vec<u8>, Count)]) -> tantivy::Result<Vec<u64>> {
        let mut mains = vec![0; tickers.len()];
        for (reader, marks) in self.segments() {
            let mut values = Values::main(reader)?;
            let mut counts = vec![0; values.len()];
            marks.for_each_window(self.without, &mut |_, _, docs| {
                values.for_each(docs, &mut |_, group| counts[group as usize] += 1);
            });
            for (sum, (ticker, _)) in mains.iter_mut().zip(tickers) {
                *sum += values.group_of(ticker)?.map_or(0, |group| counts[group as usize]);
            }
        }
        Ok(mains)
    }

    /// Goes over the documents once more, now that it is known which values are shown.
    fn look_again(
        &self,
        request: &FacetRequest,
        rows: &mut Table,
        mut columns: Option<(&FacetRequest, &mut Table)>,
    ) -> tantivy::Result<Rest> {
        let width = columns.as_ref().map_or(0, |(_, columns)| columns.chosen.values.len());
        let mut rest = Rest {
            cells: vec![0; rows.chosen.values.len() * width],
            others_by_column: vec![0; width],
            ..Rest::default()
        };
        let mut across = Vec::new();
        for (segment, (_, marks)) in self.segments().enumerate() {
            let row_places = places(request, &rows.values[segment], &rows.chosen)?;
            let Some((request, columns)) = &mut columns else {
                let (others, without) = others(&mut rows.values[segment], &row_places, marks, self.without);
                rest.others += others;
                rest.without += without;
                continue;
            };
            let column_places = places(request, &columns.values[segment], &columns.chosen)?;
            for doc in marks.documents(self.without) {
                let shown = columns.values[segment].of(doc).iter().map(|group| column_places[*group as usize]);
                across.clear();
                across.extend(shown.filter_map(|place| if let Place::Shown(at) = place { Some(at) } else { None }));
                let (mut any, mut other) = (false, false);
                for group in rows.values[segment].of(doc) {
                    match row_places[*group as usize] {
                        Place::Elsewhere => continue,
                        Place::Further => other = true,
                        Place::Shown(row) => across.iter().for_each(|column| rest.cells[row * width + column] += 1),
                    }
                    any = true;
                }
                rest.without += u64::from(!any);
                rest.others += u64::from(other);
                if other {
                    across.iter().for_each(|column| rest.others_by_column[*column] += 1);
                }
            }
        }
        Ok(rest)
    }

    /// Returns the first and the last moment of publication in the index.
    fn known(&self) -> tantivy::Result<Option<(i64, i64)>> {
        let mut known: Option<(i64, i64)> = None;
        for (reader, _) in self.segments() {
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
}

/// The values of a facet while it is counted.
#[derive(Default)]
struct Table {
    /// By segment.
    values: Vec<Values>,
    chosen: Chosen,
    /// How many documents have no value.
    without: u64,
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

/// Where the group of a value stands.
#[derive(Clone, Copy)]
enum Place {
    Shown(usize),
    /// Among the further values.
    Further,
    /// In another branch than the one asked for.
    Elsewhere,
}

/// Returns how many documents have a value that is not shown, and how many have none here.
fn others(values: &mut Values, places: &[Place], marks: &Marks, without: Option<usize>) -> (u64, u64) {
    let (mut others, mut with, mut all) = (0, 0, 0);
    marks.for_each_window(without, &mut |_, _, docs| {
        all += docs.len() as u64;
        let (mut last_other, mut last_with) = (None, None);
        values.for_each(docs, &mut |doc, group| {
            let place = places[group as usize];
            if !matches!(place, Place::Elsewhere) && last_with != Some(doc) {
                last_with = Some(doc);
                with += 1;
            }
            if matches!(place, Place::Further) && last_other != Some(doc) {
                last_other = Some(doc);
                others += 1;
            }
        });
    });
    (others, all - with)
}

/// Returns the place of each group of a segment.
fn places(request: &FacetRequest, values: &Values, chosen: &Chosen) -> tantivy::Result<Vec<Place>> {
    let mut places = vec![Place::Further; values.len()];
    if let Some(branch) = &request.under {
        let elsewhere = |group: u32, key: &[u8]| {
            if !is_under(branch, request, key) {
                places[group as usize] = Place::Elsewhere;
            }
        };
        values.keys(|_| true, elsewhere)?;
    }
    for (row, (key, _)) in chosen.values.iter().enumerate() {
        if let Some(group) = values.group_of(key)? {
            places[group as usize] = Place::Shown(row);
        }
    }
    Ok(places)
}

/// Returns the counts of what is shown; of stories, too, if `told` is set.
fn counts(request: &FacetRequest, chosen: Chosen, rest: &Rest, mains: &Option<Vec<u64>>, told: bool) -> FacetCounts {
    let value = |(row, (key, count)): (usize, (Vec<u8>, Count))| FacetValue {
        value: shown(request.facet, &key),
        count: count.articles,
        stories: told.then_some(count.stories),
        main: mains.as_ref().map(|mains| mains[row]),
        selected: false,
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
