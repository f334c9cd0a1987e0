//! Counts by key, and which of them are shown.

use rustc_hash::FxHashMap;

use super::values::{key_span, shown, span_key};
use crate::search::{Branch, Facet, FacetRequest, TimeUnit};

/// The most spans that a timeline fills with zeros; one that is longer shows those that have articles.
const LONGEST: i64 = 10_000;

/// Counts by key, in the order of the keys. The keys lie in one buffer: a facet may have many thousand
/// values, of which a few are shown.
#[derive(Default)]
pub(super) struct Tally {
    keys: Vec<u8>,
    /// Where each key ends, and its count.
    entries: Vec<(usize, Count)>,
}

/// How many articles have a value, and how many stories they tell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Count {
    /// An article and its copies are one.
    pub stories: u64,
    pub articles: u64,
}

/// What is shown of a tally.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Chosen {
    /// Keys with their counts, in the order in which they are shown.
    pub values: Vec<(Vec<u8>, Count)>,
    /// How many further keys there are.
    pub others: u64,
}

impl Tally {
    /// Adds a key that is not smaller than the last one; the same key again adds to its count.
    pub fn push(&mut self, key: &[u8], articles: u64) {
        self.add(key, Count { stories: articles, articles });
    }

    fn add(&mut self, key: &[u8], count: Count) {
        if !self.entries.is_empty() && self.key(self.entries.len() - 1) == key {
            if let Some((_, total)) = self.entries.last_mut() {
                total.articles += count.articles;
                total.stories += count.stories;
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

    /// Joins two tallies.
    pub fn merged(self, other: Tally) -> Tally {
        if self.entries.is_empty() {
            return other;
        }
        let mut merged = Tally::default();
        let (mut a, mut b) = (0, 0);
        while a < self.entries.len() || b < other.entries.len() {
            let first = b == other.entries.len() || a < self.entries.len() && self.key(a) <= other.key(b);
            let (from, at) = if first { (&self, &mut a) } else { (&other, &mut b) };
            merged.add(from.key(*at), from.entries[*at].1);
            *at += 1;
        }
        merged
    }

    /// Counts no story twice: `repeats` are how many articles of a key repeat one.
    pub fn leave_out(&mut self, repeats: &FxHashMap<Vec<u8>, u64>) {
        if repeats.is_empty() {
            return;
        }
        for at in 0..self.entries.len() {
            let repeated = repeats.get(self.key(at)).copied().unwrap_or(0);
            self.entries[at].1.stories -= repeated;
        }
    }

    /// Returns the keys of the most stories, then of the most articles, spans of time in their own order; or, for a timeline, every span
    /// from the first to the last, those without an article too. `asked` are the spans that a filter asks for.
    pub fn chosen(&self, request: &FacetRequest, asked: (Option<i64>, Option<i64>)) -> Chosen {
        let here = |at: &usize| request.under.as_ref().is_none_or(|branch| is_under(branch, request, self.key(*at)));
        let mut best: Vec<usize> = (0..self.entries.len()).filter(here).collect();
        if request.timeline && request.facet.unit().is_some() {
            return self.timeline(&best, asked);
        }
        let found = best.len();
        // Keys are in order, so that of equal counts the smaller key comes first.
        let order = |at: &usize| (std::cmp::Reverse(self.entries[*at].1), *at);
        if request.limit < best.len() {
            if request.limit > 0 {
                best.select_nth_unstable_by_key(request.limit - 1, order);
            }
            best.truncate(request.limit);
        }
        match request.facet.unit() {
            Some(_) => best.sort_unstable(),
            None => best.sort_unstable_by_key(order),
        }
        Chosen { others: (found - best.len()) as u64, values: self.values(&best) }
    }

    fn timeline(&self, spans: &[usize], asked: (Option<i64>, Option<i64>)) -> Chosen {
        let span = |at: Option<&usize>| at.and_then(|at| key_span(self.key(*at)));
        let (first, last) = (asked.0.or(span(spans.first())), asked.1.or(span(spans.last())));
        let (Some(first), Some(last)) = (first, last) else { return Chosen::default() };
        if last.saturating_sub(first) >= LONGEST {
            return Chosen { values: self.values(spans), others: 0 };
        }
        let mut found = spans.iter().peekable();
        let values = (first..=last).map(|span| {
            let key = span_key(span);
            while found.next_if(|at| self.key(**at) < &key[..]).is_some() {}
            let count = found.next_if(|at| self.key(**at) == key).map_or(Count::default(), |at| self.entries[*at].1);
            (key.to_vec(), count)
        });
        Chosen { values: values.collect(), others: 0 }
    }

    fn values(&self, places: &[usize]) -> Vec<(Vec<u8>, Count)> {
        places.iter().map(|at| (self.key(*at).to_vec(), self.entries[*at].1)).collect()
    }
}

/// Returns whether a key lies under a branch of the facet's hierarchy.
pub(super) fn is_under(branch: &Branch, request: &FacetRequest, key: &[u8]) -> bool {
    match (branch, request.facet.unit()) {
        (Branch::Market(mic), None) if matches!(request.facet, Facet::Ticker | Facet::Exchange) => {
            let value = shown(request.facet, key);
            value.strip_prefix(mic.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with(':'))
        }
        (Branch::Period(range), Some(unit)) => {
            key_span(key).and_then(|span| unit.start(span)).is_some_and(|start| range.contains(start))
        }
        // A branch of another hierarchy says nothing of this one.
        _ => true,
    }
}

/// Returns the spans in which an interval begins and ends, as far as `known`, the first and the last moment
/// there is, reach.
pub(super) fn spans_of(
    unit: TimeUnit,
    range: crate::query::DateRange,
    known: Option<(i64, i64)>,
) -> (Option<i64>, Option<i64>) {
    let Some((first, last)) = known else { return (None, None) };
    let from = range.from.and_then(|from| unit.span_of(from.max(first)));
    let until = range.until.and_then(|until| unit.span_of((until - 1).min(last)));
    (from, until)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(counts: &[(&str, u64)]) -> Tally {
        let mut tally = Tally::default();
        counts.iter().for_each(|(key, count)| tally.push(key.as_bytes(), *count));
        tally
    }

    #[test]
    fn the_most_frequent_come_first_and_the_rest_is_counted() {
        let counts = tally(&[("a", 1), ("b", 3)]).merged(tally(&[("b", 0), ("c", 3), ("d", 2)]));
        for (limit, want, others) in [
            (3, &[("b", 3), ("c", 3), ("d", 2)][..], 1),
            (9, &[("b", 3), ("c", 3), ("d", 2), ("a", 1)], 0),
            (0, &[], 4),
        ] {
            let got = counts.chosen(&FacetRequest::top(Facet::Source, limit), (None, None));
            let values: Vec<(&str, u64)> =
                got.values.iter().map(|(key, count)| (std::str::from_utf8(key).unwrap(), count.articles)).collect();
            assert_eq!((values.as_slice(), got.others), (want, others));
        }
    }

    #[test]
    fn stories_come_before_articles() {
        let mut counts = tally(&[("a", 9), ("b", 3), ("c", 3)]);
        counts.leave_out(&[(b"a".to_vec(), 7), (b"c".to_vec(), 1)].into_iter().collect());
        let got = counts.chosen(&FacetRequest::top(Facet::Source, 9), (None, None));
        let shown: Vec<(u64, u64)> = got.values.iter().map(|(_, count)| (count.stories, count.articles)).collect();
        assert_eq!(shown, [(3, 3), (2, 9), (2, 3)]);
    }

    fn months(counts: &[(i64, u64)]) -> Tally {
        let mut tally = Tally::default();
        counts.iter().for_each(|(span, count)| tally.push(&span_key(*span), *count));
        tally
    }

    #[test]
    fn a_timeline_has_its_empty_spans() {
        let counts = months(&[(10, 2), (13, 1)]);
        let line = |asked| {
            let got = counts.chosen(&FacetRequest::timeline(Facet::Month), asked);
            got.values.iter().map(|(key, count)| (key_span(key).unwrap(), count.articles)).collect::<Vec<_>>()
        };
        assert_eq!(line((None, None)), [(10, 2), (11, 0), (12, 0), (13, 1)]);
        assert_eq!(line((Some(9), Some(11))), [(9, 0), (10, 2), (11, 0)]);
        assert_eq!(line((None, Some(1_000_000))), [(10, 2), (13, 1)], "too long to fill");
        let busiest = counts.chosen(&FacetRequest::top(Facet::Month, 1), (None, None));
        assert_eq!((busiest.values.len(), busiest.others), (1, 1));
    }
}
