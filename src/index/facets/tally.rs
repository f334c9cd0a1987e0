//! The counts of a facet, and which of them are shown.

use std::borrow::Cow;

use super::groups::{key_span, shown, span_key};
use crate::search::{Branch, Facet, FacetRequest, TimeUnit};

/// The most spans that a timeline fills with zeros; one that is longer shows those that have articles.
const LONGEST: i64 = 10_000;

/// Tells whether the filters ask for a key.
pub(super) type IsSelected<'a> = dyn Fn(&[u8]) -> bool + 'a;

/// The counts of the groups that have articles, in the order of their keys.
pub(super) struct Tally<'a> {
    pub counts: Vec<(u32, Count)>,
    /// Returns the key of a group: a facet may have many thousand, of which a few are shown.
    pub key: &'a dyn Fn(u32) -> Cow<'a, [u8]>,
    /// Returns whether the filters ask for a key, if they may: such are always shown.
    pub selected: Option<&'a IsSelected<'a>>,
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

impl Tally<'_> {
    fn key(&self, at: usize) -> Cow<'_, [u8]> {
        (self.key)(self.counts[at].0)
    }

    /// Returns the keys of the most stories, then of the most articles, spans of time in their own order; or, for a
    /// timeline, every span from the first to the last, those without an article too. `asked` are the spans that a filter
    /// asks for.
    pub fn chosen(&self, request: &FacetRequest, asked: (Option<i64>, Option<i64>)) -> Chosen {
        let here = |at: &usize| request.under.as_ref().is_none_or(|branch| is_under(branch, request, &self.key(*at)));
        let mut best: Vec<usize> = (0..self.counts.len()).filter(here).collect();
        if request.timeline && request.facet.unit().is_some() {
            return self.timeline(&best, asked);
        }
        let found = best.len();
        // Keys are in order, so that of equal counts the smaller key comes first.
        let order = |at: &usize| (std::cmp::Reverse(self.counts[*at].1), *at);
        if request.limit == 0 {
            best.clear();
        } else if request.limit < best.len() {
            let asked: Vec<usize> = match self.selected {
                Some(selected) => best.iter().copied().filter(|at| selected(&self.key(*at))).collect(),
                None => Vec::new(),
            };
            best.retain(|at| asked.binary_search(at).is_err());
            let room = request.limit.saturating_sub(asked.len());
            if 0 < room && room < best.len() {
                best.select_nth_unstable_by_key(room - 1, order);
            }
            best.truncate(room);
            best.extend(asked);
        }
        match request.facet.unit() {
            Some(_) => best.sort_unstable(),
            None => best.sort_unstable_by_key(order),
        }
        Chosen { others: (found - best.len()) as u64, values: self.values(&best) }
    }

    fn timeline(&self, spans: &[usize], asked: (Option<i64>, Option<i64>)) -> Chosen {
        let span = |at: Option<&usize>| at.and_then(|at| key_span(&self.key(*at)));
        let (first, last) = (asked.0.or(span(spans.first())), asked.1.or(span(spans.last())));
        let (Some(first), Some(last)) = (first, last) else { return Chosen::default() };
        if last.saturating_sub(first) >= LONGEST {
            return Chosen { values: self.values(spans), others: 0 };
        }
        let mut found = spans.iter().peekable();
        let values = (first..=last).map(|span| {
            let key = span_key(span);
            while found.next_if(|at| *self.key(**at) < key[..]).is_some() {}
            let count =
                found.next_if(|at| *self.key(**at) == key[..]).map_or(Count::default(), |at| self.counts[*at].1);
            (key.to_vec(), count)
        });
        Chosen { values: values.collect(), others: 0 }
    }

    fn values(&self, places: &[usize]) -> Vec<(Vec<u8>, Count)> {
        places.iter().map(|at| (self.key(*at).into_owned(), self.counts[*at].1)).collect()
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
            // A span that reaches into the interval lies under it, too: the first week of a year, the month of a day.
            let bounds = key_span(key).and_then(|span| unit.start(span).zip(unit.start(span.saturating_add(1))));
            bounds.is_some_and(|(start, next)| range.overlaps(start, next))
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
    let until = range.until.and_then(|until| unit.span_of(until.saturating_sub(1).min(last)));
    (from, until)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is shown of groups with these keys, stories and articles.
    fn chosen(
        groups: &[(&[u8], u64, u64)],
        request: &FacetRequest,
        asked: (Option<i64>, Option<i64>),
    ) -> (Vec<(Vec<u8>, u64)>, u64) {
        let counts = (0..)
            .zip(groups)
            .map(|(group, (_, stories, articles))| (group, Count { stories: *stories, articles: *articles }));
        let tally = Tally {
            counts: counts.collect(),
            key: &|group| Cow::Borrowed(groups[group as usize].0),
            selected: Some(&|key| key == b"z"),
        };
        let chosen = tally.chosen(request, asked);
        (chosen.values.into_iter().map(|(key, count)| (key, count.articles)).collect(), chosen.others)
    }

    fn named(values: &[(&str, u64)]) -> Vec<(Vec<u8>, u64)> {
        values.iter().map(|(key, count)| (key.as_bytes().to_vec(), *count)).collect()
    }

    #[test]
    fn the_most_frequent_come_first_and_the_rest_is_counted() {
        let groups: [(&[u8], u64, u64); 4] = [(b"a", 1, 1), (b"b", 3, 3), (b"c", 3, 3), (b"d", 2, 2)];
        for (limit, want, others) in [
            (3, &[("b", 3), ("c", 3), ("d", 2)][..], 1),
            (9, &[("b", 3), ("c", 3), ("d", 2), ("a", 1)], 0),
            (0, &[], 4),
        ] {
            let got = chosen(&groups, &FacetRequest::top(Facet::Source, limit), (None, None));
            assert_eq!(got, (named(want), others));
        }
    }

    #[test]
    fn what_is_asked_for_is_shown_though_it_is_rare() {
        let groups: [(&[u8], u64, u64); 4] = [(b"a", 1, 1), (b"b", 3, 3), (b"c", 4, 4), (b"z", 1, 1)];
        for (limit, want, others) in [(3, &[("c", 4), ("b", 3), ("z", 1)][..], 1), (1, &[("z", 1)], 3), (0, &[], 4)] {
            let got = chosen(&groups, &FacetRequest::top(Facet::Source, limit), (None, None));
            assert_eq!(got, (named(want), others));
        }
    }

    #[test]
    fn stories_come_before_articles() {
        let groups: [(&[u8], u64, u64); 3] = [(b"a", 2, 9), (b"b", 3, 3), (b"c", 2, 3)];
        let (got, _) = chosen(&groups, &FacetRequest::top(Facet::Source, 9), (None, None));
        assert_eq!(got, named(&[("b", 3), ("a", 9), ("c", 3)]));
    }

    #[test]
    fn a_timeline_has_its_empty_spans() {
        let (ten, thirteen) = (span_key(10), span_key(13));
        let groups: [(&[u8], u64, u64); 2] = [(&ten, 2, 2), (&thirteen, 1, 1)];
        let line = |asked| {
            let (got, _) = chosen(&groups, &FacetRequest::timeline(Facet::Month), asked);
            got.iter().map(|(key, count)| (key_span(key).unwrap(), *count)).collect::<Vec<_>>()
        };
        assert_eq!(line((None, None)), [(10, 2), (11, 0), (12, 0), (13, 1)]);
        assert_eq!(line((Some(9), Some(11))), [(9, 0), (10, 2), (11, 0)]);
        assert_eq!(line((None, Some(1_000_000))), [(10, 2), (13, 1)], "too long to fill");
        let (busiest, others) = chosen(&groups, &FacetRequest::top(Facet::Month, 1), (None, None));
        assert_eq!((busiest.len(), others), (1, 1));
    }

    #[test]
    fn a_span_that_reaches_into_an_interval_lies_under_it() {
        const DAY: i64 = 86_400;
        // 2025-01-01, a Wednesday, and the day after 2025.
        let (first, last) = (20_089 * DAY, 20_454 * DAY);
        let under = |facet: Facet, from: i64, until: i64, at: i64| {
            let range = crate::query::DateRange { from: Some(from), until: Some(until) };
            let request = FacetRequest::timeline(facet);
            let span = facet.unit().and_then(|unit| unit.span_of(at)).unwrap();
            is_under(&Branch::Period(range), &request, &span_key(span))
        };
        assert!(under(Facet::Week, first, last, first), "the first week of a year");
        assert!(!under(Facet::Week, first, last, first - 7 * DAY));
        assert!(under(Facet::Month, first + 16 * DAY, first + 17 * DAY, first), "the month of a day");
        assert!(!under(Facet::Month, first, last, last) && !under(Facet::Month, first, last, first - 1));
    }
}
