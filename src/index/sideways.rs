//! Facets counted without a filter of their own ([`left_aside`]): which filter that is, and what else changes with it.

use super::reader::Index;
use crate::error::Result;
use crate::search::{
    Expansion, Facet, FacetCounts, FacetRequest, Matching, Plan, Reach, SearchRequest, Sort, expand, left_aside,
};

/// Returns the filter that a facet is counted without, by its place in the expansion.
pub(super) fn aside(facet: &FacetRequest, request: &SearchRequest, expansion: &Expansion) -> Option<usize> {
    let is_aside =
        |(filter, plan): &(Option<Facet>, Plan)| filter.is_some_and(|filter| left_aside(facet, filter, plan));
    expansion.filters.iter().position(is_aside).filter(|_| request.sideways)
}

/// Returns the filters that any facet is counted without, each once.
pub(super) fn besides(aside: &[Option<usize>]) -> Vec<usize> {
    let mut filters: Vec<usize> = aside.iter().flatten().copied().collect();
    filters.sort_unstable();
    filters.dedup();
    filters
}

impl Index {
    /// Counts the languages again that are counted without the filter of language, if that has narrowed what the words
    /// open into: articles in another language are found by other words.
    pub(super) fn count_any_language(
        &self,
        request: &SearchRequest,
        matching: Matching,
        sort: Sort,
        (narrow, aside_of): (&Expansion, &[Option<usize>]),
        counts: &mut [FacetCounts],
    ) -> Result<()> {
        let is_wide =
            |(facet, aside): (&FacetRequest, &Option<usize>)| facet.facet == Facet::Language && aside.is_some();
        let wide: Vec<bool> = request.facets.iter().zip(aside_of).map(is_wide).collect();
        if !wide.contains(&true) {
            return Ok(());
        }
        let lexicon = request.lexicon.as_ref();
        let expansion =
            expand(&request.query, &request.filters, matching, &self.vocabulary, lexicon, Reach::AnyLanguage);
        if expansion.plan == narrow.plan {
            return Ok(());
        }
        let facets = request.facets.iter().zip(&wide).filter(|(_, wide)| **wide).map(|(facet, _)| facet.clone());
        let request = &SearchRequest { facets: facets.collect(), words: None, ..request.clone() };
        let aside: Vec<Option<usize>> = request.facets.iter().map(|facet| aside(facet, request, &expansion)).collect();
        let counted = self.collect(&expansion, request, sort, 0, &aside);
        let counted = counted.and_then(|collected| self.count(&expansion, request, &aside, &collected));
        let mut counted = self.told(counted)?.into_iter();
        let places = counts.iter_mut().zip(&wide).filter(|(_, wide)| **wide);
        places.for_each(|(count, _)| counted.next().into_iter().for_each(|new| *count = new));
        Ok(())
    }
}
