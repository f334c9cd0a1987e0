//! The filters of a query: taken out of the plan where every hit must pass them, and joined by the
//! facet that they narrow, so that a facet can be counted as if its own were not there.

use crate::query::{DateRange, Filter, Kind, Node};
use crate::search::plan::Plan;
use crate::search::request::{Facet, Filters};

/// Returns whether a part of a query only filters, however it is put together.
pub(super) fn only_filters(node: &Node) -> bool {
    match &node.kind {
        Kind::Filter(_) => true,
        Kind::Words(parts) | Kind::And(parts) | Kind::Or(parts) => !parts.is_empty() && parts.iter().all(only_filters),
        Kind::Not(part) | Kind::Must(part) => only_filters(part),
        _ => false,
    }
}

/// Takes the filters that every hit must pass out of a plan.
pub(super) fn take_filters(plan: Plan, out: &mut Vec<(Option<Facet>, Plan)>) -> Plan {
    match plan {
        Plan::Filter(filter) => {
            out.push((facet_of(&filter), Plan::Filter(filter)));
            Plan::All
        }
        plan if filters_of_one_facet(&plan).is_some() => {
            out.push((filters_of_one_facet(&plan), plan));
            Plan::All
        }
        // Where nothing is required, the optional parts decide, and hold no filter of every hit.
        Plan::Bool { required, optional, excluded } if !required.is_empty() => {
            let mut kept = Vec::new();
            for part in required {
                match take_filters(part, out) {
                    Plan::All => {}
                    part => kept.push(part),
                }
            }
            if kept.is_empty() && optional.is_empty() && excluded.is_empty() {
                return Plan::All;
            }
            if kept.is_empty() {
                kept.push(Plan::All);
            }
            Plan::Bool { required: kept, optional, excluded }
        }
        plan => plan,
    }
}

/// Returns the facet that all parts of an OR narrow.
fn filters_of_one_facet(plan: &Plan) -> Option<Facet> {
    let Plan::Bool { required, optional, excluded } = plan else { return None };
    if !required.is_empty() || !excluded.is_empty() {
        return None;
    }
    let mut facets = optional.iter().map(|part| match part {
        Plan::Filter(filter) => facet_of(filter),
        _ => None,
    });
    let first = facets.next()??;
    facets.all(|facet| facet == Some(first)).then_some(first)
}

fn facet_of(filter: &Filter) -> Option<Facet> {
    match filter {
        Filter::Ticker(_) => Some(Facet::Ticker),
        Filter::Language(_) => Some(Facet::Language),
        Filter::Source(_) => Some(Facet::Source),
        Filter::Author(_) => Some(Facet::Author),
        Filter::Section(_) => Some(Facet::Section),
        Filter::Exchange(_) => Some(Facet::Exchange),
        Filter::Date(_) => Some(Facet::Year),
        Filter::Path(_)
        | Filter::Url(_)
        | Filter::FileType(_)
        | Filter::Has(_)
        | Filter::Indexed(_)
        | Filter::Words(_)
        | Filter::Quantity(_)
        | Filter::Story(_)
        | Filter::Copies(_)
        | Filter::Contents(_)
        | Filter::Keys(_) => None,
    }
}

pub(super) fn push_filters(filters: &Filters, out: &mut Vec<(Option<Facet>, Plan)>) {
    let mut push = |facet: Option<Facet>, parts: Vec<Filter>| {
        if !parts.is_empty() {
            out.push((facet, Plan::any_of(parts.into_iter().map(Plan::Filter).collect())));
        }
    };
    push(Some(Facet::Ticker), filters.tickers.iter().cloned().map(Filter::Ticker).collect());
    push(Some(Facet::Language), filters.languages.iter().copied().map(Filter::Language).collect());
    push(Some(Facet::Source), filters.sources.iter().cloned().map(Filter::Source).collect());
    push(None, filters.paths.iter().cloned().map(Filter::Path).collect());
    push(None, filters.contents.iter().cloned().map(Filter::Contents).collect());
    if filters.dates != DateRange::default() {
        push(Some(Facet::Year), vec![Filter::Date(filters.dates)]);
    }
}

/// Joins the filters that narrow one facet, so that a document fails them together or not at all.
pub(super) fn grouped(filters: Vec<(Option<Facet>, Plan)>) -> Vec<(Option<Facet>, Plan)> {
    let mut groups: Vec<(Option<Facet>, Vec<Plan>)> = Vec::new();
    for (facet, plan) in filters {
        match groups.iter_mut().find(|(other, _)| facet.is_some() && *other == facet) {
            Some((_, plans)) => plans.push(plan),
            None => groups.push((facet, vec![plan])),
        }
    }
    groups.into_iter().map(|(facet, plans)| (facet, Plan::all_of(plans))).collect()
}
