//! Which values of the facets the filters of a search ask for: they carry a mark.

use crate::index::filter::{WordsOfName, folded_name};
use crate::query::Filter;
use crate::search::{Expansion, Facet, FacetCounts, Plan, period};

/// Marks the values of facets that the filters ask for by name.
pub(in crate::index) fn mark_selected(facets: &mut [FacetCounts], expansion: &Expansion) {
    let mut selected: Vec<(Facet, String)> = Vec::new();
    fn visit(plan: &Plan, each: &mut dyn FnMut(&Filter)) {
        match plan {
            Plan::Filter(filter) => each(filter),
            Plan::Bool { required, optional, .. } => {
                required.iter().chain(optional).for_each(|plan| visit(plan, each));
            }
            _ => {}
        }
    }
    for (_, plan) in &expansion.filters {
        visit(plan, &mut |filter| match filter {
            Filter::Language(language) => selected.push((Facet::Language, language.code().to_owned())),
            Filter::Source(source) => selected.push((Facet::Source, folded_name(source))),
            Filter::Author(author) => selected.push((Facet::Author, author.clone())),
            Filter::Section(section) => selected.push((Facet::Section, section.clone())),
            Filter::Exchange(markets) => {
                selected.extend(markets.iter().map(|mic| (Facet::Exchange, mic.to_string())));
            }
            Filter::Ticker(pattern) => {
                selected.extend(pattern.symbol.iter().map(|symbol| (Facet::Ticker, format!(":{symbol}"))));
                selected.extend(pattern.companies.iter().map(|ticker| (Facet::Ticker, ticker.to_string())));
            }
            _ => {}
        });
    }
    let asked = expansion.filters.iter().find(|(facet, _)| facet.is_some_and(|facet| facet.unit().is_some()));
    let asked = asked.map(|(_, plan)| period(plan)).unwrap_or_default();
    for counts in facets {
        if let Some(unit) = counts.facet.unit() {
            // A span is asked for by an interval that lies within it.
            let span = |at: Option<i64>| at.and_then(|at| unit.span_of(at));
            let first =
                span(asked.from).filter(|first| span(asked.until.map(|until| until.saturating_sub(1))) == Some(*first));
            let name = first.map(|span| unit.name(span));
            counts.values.iter_mut().for_each(|value| value.selected = Some(&value.value) == name.as_ref());
            continue;
        }
        for value in &mut counts.values {
            value.selected = selected.iter().any(|(facet, wanted)| {
                *facet == counts.facet
                    && match facet {
                        Facet::Ticker if wanted.starts_with(':') => value.value.ends_with(wanted),
                        Facet::Source => folded_name(&value.value) == *wanted,
                        Facet::Author | Facet::Section => WordsOfName::new(wanted).are_in(&value.value),
                        _ => value.value == *wanted,
                    }
            });
        }
    }
}
