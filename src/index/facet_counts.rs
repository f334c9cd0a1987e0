//! Counts facets by ordinal, segment by segment, and names the values once at the end.

use tantivy::columnar::{Column, Dictionary, StrColumn};
use tantivy::{DocId, SegmentReader};

use super::schema::name;
use crate::search::{Facet, FacetCounts, FacetRequest, FacetValue};

/// The counts of a search.
pub(super) struct Counter<'a> {
    requests: &'a [FacetRequest],
    /// By request: counts by value.
    counts: Vec<Tally>,
    /// For tickers, the articles that are about each.
    mains: Tally,
}

impl<'a> Counter<'a> {
    pub fn new(requests: &'a [FacetRequest]) -> Counter<'a> {
        Counter { requests, counts: requests.iter().map(|_| Tally::default()).collect(), mains: Tally::default() }
    }

    /// Returns the counters of one segment.
    pub fn segment(&self, reader: &SegmentReader) -> tantivy::Result<SegmentCounter> {
        let columns = self.requests.iter().map(|request| {
            let column = reader.fast_fields().str(column_name(request.facet))?;
            Ok(column.map(|column| OrdinalCounts::new(request.facet, column)))
        });
        let columns = columns.collect::<tantivy::Result<_>>()?;
        let wants_mains = self.requests.iter().any(|request| request.facet == Facet::Ticker);
        let mains = if wants_mains { reader.fast_fields().str(name::MAIN)? } else { None };
        Ok(SegmentCounter { columns, mains: mains.map(|column| OrdinalCounts::new(Facet::Ticker, column)) })
    }

    /// Adds what was counted in a segment.
    pub fn absorb(&mut self, segment: SegmentCounter) -> tantivy::Result<()> {
        for (tally, column) in self.counts.iter_mut().zip(segment.columns) {
            if let Some(column) = column {
                *tally = std::mem::take(tally).merged(column.tally()?);
            }
        }
        if let Some(mains) = segment.mains {
            self.mains = std::mem::take(&mut self.mains).merged(mains.tally()?);
        }
        Ok(())
    }

    /// Returns the most frequent values of each facet; dates in their own order.
    pub fn finish(self) -> Vec<FacetCounts> {
        self.requests.iter().zip(self.counts).map(|(request, tally)| tally.top(request, &self.mains)).collect()
    }
}

/// Counts by key, in the order of the keys. The keys lie in one buffer: a facet may have many thousand
/// values, of which a few are shown.
#[derive(Default)]
struct Tally {
    keys: Vec<u8>,
    /// Where each key ends, and its count.
    entries: Vec<(usize, u64)>,
}

impl Tally {
    /// Adds a key that is not smaller than the last one; the same key again adds to its count.
    fn push(&mut self, key: &[u8], count: u64) {
        if !self.entries.is_empty() && self.key(self.entries.len() - 1) == key {
            if let Some((_, total)) = self.entries.last_mut() {
                *total += count;
            }
            return;
        }
        self.keys.extend_from_slice(key);
        self.entries.push((self.keys.len(), count));
    }

    fn key(&self, at: usize) -> &[u8] {
        let start = if at == 0 { 0 } else { self.entries[at - 1].0 };
        &self.keys[start..self.entries[at].0]
    }

    /// Returns the count of a key; 0 if it was not counted.
    fn count(&self, key: &[u8]) -> u64 {
        let (mut from, mut to) = (0, self.entries.len());
        while from < to {
            let middle = usize::midpoint(from, to);
            match self.key(middle).cmp(key) {
                std::cmp::Ordering::Equal => return self.entries[middle].1,
                std::cmp::Ordering::Less => from = middle + 1,
                std::cmp::Ordering::Greater => to = middle,
            }
        }
        0
    }

    /// Joins two tallies.
    fn merged(self, other: Tally) -> Tally {
        if self.entries.is_empty() {
            return other;
        }
        let mut merged = Tally::default();
        let (mut a, mut b) = (0, 0);
        while a < self.entries.len() || b < other.entries.len() {
            let first = b == other.entries.len() || a < self.entries.len() && self.key(a) <= other.key(b);
            let (from, at) = if first { (&self, &mut a) } else { (&other, &mut b) };
            merged.push(from.key(*at), from.entries[*at].1);
            *at += 1;
        }
        merged
    }

    /// Names the most frequent values and counts the rest.
    fn top(&self, request: &FacetRequest, mains: &Tally) -> FacetCounts {
        let mut best: Vec<usize> = (0..self.entries.len()).collect();
        // Keys are in order, so that of equal counts the smaller key comes first.
        let order = |at: &usize| (std::cmp::Reverse(self.entries[*at].1), *at);
        if request.limit < best.len() {
            if request.limit > 0 {
                best.select_nth_unstable_by_key(request.limit - 1, order);
            }
            best.truncate(request.limit);
        }
        match request.facet.is_date() {
            true => best.sort_unstable(),
            false => best.sort_unstable_by_key(order),
        }
        let value = |at: usize| FacetValue {
            value: shown(request.facet, &String::from_utf8_lossy(self.key(at))),
            count: self.entries[at].1,
            main: (request.facet == Facet::Ticker).then(|| mains.count(self.key(at))),
            selected: false,
        };
        FacetCounts {
            facet: request.facet,
            others: (self.entries.len() - best.len()) as u64,
            values: best.into_iter().map(value).collect(),
        }
    }
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
    mains: Option<OrdinalCounts>,
}

impl SegmentCounter {
    /// Counts a document: for every facet, or, if it fails one filter, for that filter's own.
    pub fn add(&mut self, doc: DocId, only: Option<Facet>) {
        for column in self.columns.iter_mut().chain([&mut self.mains]).flatten() {
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

    /// Returns the counts by name.
    fn tally(self) -> tantivy::Result<Tally> {
        let ords: Vec<u64> = (0..).zip(&self.counts).filter(|(_, count)| **count > 0).map(|(ord, _)| ord).collect();
        let mut counts = ords.iter().map(|ord| u64::from(self.counts[*ord as usize]));
        let mut tally = Tally::default();
        self.column.dictionary().sorted_ords_to_term_cb(&ords, |term| {
            tally.push(key(self.facet, term), counts.next().unwrap_or(0));
        })?;
        Ok(tally)
    }
}

/// Returns the part of a term that a facet groups by; a facet path has NUL between its parts.
fn key(facet: Facet, term: &[u8]) -> &[u8] {
    let parts = match facet {
        Facet::Exchange | Facet::Year => 1,
        Facet::Month => 2,
        Facet::Ticker | Facet::Day | Facet::Language | Facet::Source => return term,
    };
    let mut ends = term.iter().enumerate().filter(|(_, b)| **b == 0).map(|(at, _)| at);
    &term[..ends.nth(parts - 1).unwrap_or(term.len())]
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

    fn tally(counts: &[(&str, u64)]) -> Tally {
        let mut tally = Tally::default();
        counts.iter().for_each(|(key, count)| tally.push(key.as_bytes(), *count));
        tally
    }

    #[test]
    fn the_most_frequent_come_first_and_the_rest_is_counted() {
        let counts = tally(&[("a", 1), ("b", 3)]).merged(tally(&[("b", 0), ("c", 3), ("d", 2)]));
        for (facet, limit, want, others) in [
            (Facet::Source, 3, &[("b", 3), ("c", 3), ("d", 2)][..], 1),
            (Facet::Source, 9, &[("b", 3), ("c", 3), ("d", 2), ("a", 1)], 0),
            (Facet::Source, 0, &[], 4),
            (Facet::Year, 2, &[("b", 3), ("c", 3)], 2),
        ] {
            let got = counts.top(&FacetRequest { facet, limit }, &Tally::default());
            let values: Vec<(&str, u64)> = got.values.iter().map(|value| (value.value.as_str(), value.count)).collect();
            assert_eq!((values.as_slice(), got.others), (want, others));
        }
    }

    #[test]
    fn paths_are_grouped_by_their_beginning() {
        for (facet, want) in [(Facet::Year, "2025"), (Facet::Month, "2025\x0007"), (Facet::Day, "2025\x0007\x0017")] {
            assert_eq!(key(facet, b"2025\x0007\x0017"), want.as_bytes());
        }
        assert_eq!(key(Facet::Exchange, b"XNAS\0AMZN"), b"XNAS");
    }
}
