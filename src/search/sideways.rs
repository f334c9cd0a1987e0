//! Which filters a facet is counted without ("drill-sideways"). A filter that picks one value of a
//! facet, or some of them, would hide the others, between which a person may want to change: it is left
//! aside while that facet is counted. One that goes deeper into the facet is what was asked for.

use super::plan::Plan;
use super::request::{Facet, FacetRequest};
use crate::query::{DateRange, Filter};

/// Returns whether a request is counted without the filter `plan`, which narrows `filter`:
///
/// - A date is left aside if it lies within one span of the facet: for `date:2025` the years are counted
///   beside one another, and the months are those of 2025.
/// - A security is left aside among several (`ticker:MC,RMS`) and in a table, which compares. With one
///   alone, or several at once, the others are counted in the articles that name it: co-mentions.
/// - Anything else is left aside.
pub fn left_aside(request: &FacetRequest, filter: Facet, plan: &Plan) -> bool {
    if !request.facet.is_narrowed_by(filter) {
        return false;
    }
    match request.facet.unit() {
        Some(unit) => {
            let range = period(plan);
            let span = |at: Option<i64>| at.and_then(|at| unit.span_of(at));
            let first = span(range.from);
            first.is_some() && first == span(range.until.map(|until| until.saturating_sub(1)))
        }
        None if request.facet.has_many() && request.across.is_none() => is_choice(plan),
        None => true,
    }
}

/// Returns the interval in which all that passes a filter of dates was published, as far as it tells.
pub fn period(plan: &Plan) -> DateRange {
    match plan {
        Plan::Filter(Filter::Date(range)) => *range,
        Plan::Bool { required, optional, .. } if required.is_empty() => {
            let mut parts = optional.iter().map(period);
            let first = parts.next().unwrap_or_default();
            parts.fold(first, |a, b| DateRange {
                from: a.from.zip(b.from).map(|(a, b)| a.min(b)),
                until: a.until.zip(b.until).map(|(a, b)| a.max(b)),
            })
        }
        Plan::Bool { required, .. } => required.iter().map(period).fold(DateRange::default(), |a, b| DateRange {
            from: a.from.max(b.from),
            until: [a.until, b.until].into_iter().flatten().min(),
        }),
        _ => DateRange::default(),
    }
}

/// Returns whether a filter is passed by any of several values.
fn is_choice(plan: &Plan) -> bool {
    matches!(plan, Plan::Bool { required, optional, .. } if required.is_empty() && optional.len() > 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::{ParseOptions, parse};
    use crate::search::{Filters, Matching, Reach, expand};
    use crate::vocabulary::Vocabulary;

    #[test]
    fn a_choice_is_left_aside_and_a_descent_is_not() {
        for (query, facet, want) in [
            ("date:2025", Facet::Year, true),
            ("date:2025", Facet::Month, false),
            ("date:2025-07", Facet::Month, true),
            ("date:2025-07..2025-08", Facet::Month, false),
            ("date:2025-07..2025-08", Facet::Quarter, true),
            ("since:2025-07", Facet::Year, false),
            ("date:2025 date:2025-07", Facet::Month, true),
            ("date:2024 OR date:2025", Facet::Year, false),
            ("ticker:MC", Facet::Ticker, false),
            ("ticker:MC,RMS", Facet::Ticker, true),
            ("ticker:MC ticker:RMS", Facet::Ticker, false),
            ("ticker:MC,RMS", Facet::Source, false),
            ("lang:fr", Facet::Language, true),
            ("source:Reuters", Facet::Source, true),
        ] {
            let parsed = parse(query, &ParseOptions::default()).unwrap();
            let expansion =
                expand(&parsed, &Filters::default(), Matching::All, &Vocabulary::default(), None, Reach::Asked);
            let (filter, plan) = &expansion.filters[0];
            let request = FacetRequest::top(facet, 10);
            assert_eq!(left_aside(&request, filter.unwrap(), plan), want, "{query} {}", facet.name());
        }
        let table = FacetRequest {
            across: Some(Box::new(FacetRequest::timeline(Facet::Month))),
            ..FacetRequest::top(Facet::Ticker, 10)
        };
        let parsed = parse("ticker:MC", &ParseOptions::default()).unwrap();
        let expansion = expand(&parsed, &Filters::default(), Matching::All, &Vocabulary::default(), None, Reach::Asked);
        assert!(left_aside(&table, Facet::Ticker, &expansion.filters[0].1));
    }
}
