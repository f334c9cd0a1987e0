//! When nothing matches: which single part of the request is to blame, and how many hits there are without it, counted
//! exactly.

use super::reader::Index;
use crate::error::Result;
use crate::search::{Matching, Reach, SearchRequest, SearchResponse, Sort, Without, expand, parts, small_operator};

impl Index {
    /// Finds out which part of a request leaves nothing over, and what would help.
    pub(super) fn explain_emptiness(
        &self,
        request: &SearchRequest,
        matching: Matching,
        response: &mut SearchResponse,
    ) -> Result<()> {
        let parts = parts(request);
        let count = parts.len();
        for (part, request) in parts {
            let total = self.total(&request, matching)?;
            if total > 0 {
                response.without.push(Without { part, total });
            }
        }
        response.without.sort_by_key(|without| std::cmp::Reverse(without.total));
        let listed = |by: &str| {
            let one = |without: &Without| format!("{} {by} `{}`", without.total, without.part);
            response.without.iter().take(3).map(one).collect::<Vec<_>>().join(", ")
        };
        if !response.without.is_empty() {
            let (english, french) = (listed("without"), listed("sans"));
            response.notes.push(said!(
                "no article for all {count} together: {english}",
                "aucun article pour les {count} ensemble : {french}"
            ));
        }
        if request.matching == Matching::All && count > 1 {
            let any = SearchRequest { facets: Vec::new(), words: None, ..request.clone() };
            let total = self.total(&any, Matching::Any)?;
            if total > 0 {
                response.notes.push(said!(
                    "{total} with any of the words: try --any",
                    "{total} avec l’un des mots : essayez --any"
                ));
            }
        }
        if let Some((small, capitals)) = small_operator(&request.query.root) {
            response.notes.push(said!(
                "in small letters `{small}` is a word; the operator is in capitals: `{capitals}`",
                "en minuscules `{small}` est un mot ; l’opérateur s’écrit en capitales : `{capitals}`"
            ));
        }
        Ok(())
    }

    /// Returns how many articles a request finds, and nothing else of them.
    fn total(&self, request: &SearchRequest, matching: Matching) -> Result<u64> {
        let lexicon = request.lexicon.as_ref();
        let expansion = expand(&request.query, &request.filters, matching, &self.vocabulary, lexicon, Reach::Asked);
        let collected = self.collect(&expansion, request, Sort::Newest, 0, &[]);
        self.told(collected.map(|collected| collected.total))
    }
}
