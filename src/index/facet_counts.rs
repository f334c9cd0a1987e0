//! Counts facets by ordinal, segment by segment, and names the values once at the end.

use std::collections::BTreeMap;

use tantivy::columnar::{Column, Dictionary, StrColumn};
use tantivy::{DocId, SegmentReader};

use super::schema::name;
use crate::search::{Facet, FacetCounts, FacetRequest, FacetValue};

/// The counts of a search.
pub(super) struct Counter<'a> {
    requests: &'a [FacetRequest],
    /// By request: counts by value.
    counts: Vec<BTreeMap<String, u64>>,
}

impl<'a> Counter<'a> {
    pub fn new(requests: &'a [FacetRequest]) -> Counter<'a> {
        Counter { requests, counts: vec![BTreeMap::new(); requests.len()] }
    }

    /// Returns the counters of one segment.
    pub fn segment(&self, reader: &SegmentReader) -> tantivy::Result<SegmentCounter> {
        let columns = self.requests.iter().map(|request| {
            let column = reader.fast_fields().str(column_name(request.facet))?;
            Ok(column.map(|column| OrdinalCounts::new(request.facet, column)))
        });
        Ok(SegmentCounter { columns: columns.collect::<tantivy::Result<_>>()? })
    }

    /// Adds what was counted in a segment.
    pub fn absorb(&mut self, segment: SegmentCounter) -> tantivy::Result<()> {
        for (counts, column) in self.counts.iter_mut().zip(segment.columns) {
            if let Some(column) = column {
                column.name_into(counts)?;
            }
        }
        Ok(())
    }

    /// Returns the most frequent values of each facet; dates in their own order.
    pub fn finish(self) -> Vec<FacetCounts> {
        let counted = self.requests.iter().zip(self.counts);
        counted.map(|(request, counts)| top(request, counts)).collect()
    }
}

fn top(request: &FacetRequest, counts: BTreeMap<String, u64>) -> FacetCounts {
    let mut values: Vec<FacetValue> =
        counts.into_iter().map(|(value, count)| FacetValue { value, count, selected: false }).collect();
    let is_date = request.facet.is_date();
    // The map gave them by name, and the sort is stable: names break ties.
    values.sort_by_key(|value| std::cmp::Reverse(value.count));
    let others = values.len().saturating_sub(request.limit) as u64;
    values.truncate(request.limit);
    if is_date {
        values.sort_by(|a, b| a.value.cmp(&b.value));
    }
    FacetCounts { facet: request.facet, values, others }
}

fn column_name(facet: Facet) -> &'static str {
    match facet {
        Facet::Ticker | Facet::Exchange => name::TICKER,
        Facet::Language => name::LANGUAGE,
        Facet::Source => name::SOURCE,
        Facet::Year | Facet::Month | Facet::Day => name::DATE,
    }
}

/// The counters of one segment, one for each request.
pub(super) struct SegmentCounter {
    columns: Vec<Option<OrdinalCounts>>,
}

impl SegmentCounter {
    /// Counts a document: for every facet, or, if it fails one filter, for that filter's own.
    pub fn add(&mut self, doc: DocId, only: Option<Facet>) {
        for column in self.columns.iter_mut().flatten() {
            if only.is_none_or(|only| column.facet.is_narrowed_by(only)) {
                column.add(doc);
            }
        }
    }
}

struct OrdinalCounts {
    facet: Facet,
    column: StrColumn,
    ords: Column<u64>,
    counts: Vec<u32>,
    /// For markets, the market of each ordinal; documents count once a market.
    groups: Vec<u32>,
    seen: Vec<u32>,
}

impl OrdinalCounts {
    fn new(facet: Facet, column: StrColumn) -> OrdinalCounts {
        let counts = vec![0; column.num_terms()];
        let ords = column.ords().clone();
        OrdinalCounts { facet, column, ords, counts, groups: Vec::new(), seen: Vec::new() }
    }

    fn add(&mut self, doc: DocId) {
        if self.facet != Facet::Exchange {
            for ord in self.ords.values_for_doc(doc) {
                self.counts[ord as usize] += 1;
            }
            return;
        }
        if self.groups.is_empty() {
            self.groups = markets(self.column.dictionary(), self.counts.len());
        }
        self.seen.clear();
        for ord in self.ords.values_for_doc(doc) {
            let group = self.groups[ord as usize];
            if !self.seen.contains(&group) {
                self.seen.push(group);
                self.counts[group as usize] += 1;
            }
        }
    }

    fn name_into(self, counts: &mut BTreeMap<String, u64>) -> tantivy::Result<()> {
        let ords: Vec<u64> = (0..).zip(&self.counts).filter(|(_, count)| **count > 0).map(|(ord, _)| ord).collect();
        let mut values = ords.iter().map(|ord| u64::from(self.counts[*ord as usize]));
        self.column.dictionary().sorted_ords_to_term_cb(&ords, |term| {
            if let Some(count) = values.next() {
                *counts.entry(shown(self.facet, &String::from_utf8_lossy(term))).or_default() += count;
            }
        })?;
        Ok(())
    }
}

/// Returns, for each ordinal of the ticker facet, the first ordinal of its market.
fn markets(dictionary: &Dictionary, terms: usize) -> Vec<u32> {
    let ords: Vec<u64> = (0..terms as u64).collect();
    let mut groups = Vec::with_capacity(terms);
    let mut last: Option<(Vec<u8>, u32)> = None;
    let _ = dictionary.sorted_ords_to_term_cb(&ords, |term| {
        let market = term.split(|b| *b == 0).next().unwrap_or_default();
        let ord = groups.len() as u32;
        match &last {
            Some((name, first)) if name == market => groups.push(*first),
            _ => {
                groups.push(ord);
                last = Some((market.to_vec(), ord));
            }
        }
    });
    groups.resize(terms, 0);
    groups
}

/// Returns a value as people write it; a facet path has NUL between its parts.
fn shown(facet: Facet, term: &str) -> String {
    let mut parts = term.split('\0');
    let mut part = || parts.next().unwrap_or_default();
    match facet {
        Facet::Ticker => format!("{}:{}", part(), part()),
        Facet::Exchange | Facet::Year => part().to_owned(),
        Facet::Month => format!("{}-{}", part(), part()),
        Facet::Day => format!("{}-{}-{}", part(), part(), part()),
        Facet::Language | Facet::Source => term.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_shown_as_people_write_them() {
        for (facet, term, want) in [
            (Facet::Ticker, "XNAS\0AMZN", "XNAS:AMZN"),
            (Facet::Exchange, "XNAS\0AMZN", "XNAS"),
            (Facet::Year, "2025\x0007\x0017", "2025"),
            (Facet::Month, "2025\x0007\x0017", "2025-07"),
            (Facet::Day, "2025\x0007\x0017", "2025-07-17"),
            (Facet::Source, "Les Échos", "Les Échos"),
        ] {
            assert_eq!(shown(facet, term), want);
        }
    }

    #[test]
    fn the_most_frequent_come_first_and_the_rest_is_counted() {
        let counts = BTreeMap::from([("a", 1), ("b", 3), ("c", 3), ("d", 2)].map(|(k, v)| (k.to_owned(), v)));
        let request = FacetRequest { facet: Facet::Source, limit: 3 };
        let got = top(&request, counts.clone());
        let names: Vec<&str> = got.values.iter().map(|value| value.value.as_str()).collect();
        assert_eq!((names, got.others), (vec!["b", "c", "d"], 1));
        let years = top(&FacetRequest { facet: Facet::Year, limit: 3 }, counts);
        assert_eq!(years.values.iter().map(|value| value.value.as_str()).collect::<Vec<_>>(), ["b", "c", "d"]);
    }
}
