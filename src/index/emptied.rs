//! Which part of a request leaves nothing over, and what would help: counted exactly, part by part.

use super::reader::Index;
use crate::error::Result;
use crate::search::{Matching, SearchRequest, SearchResponse, Without, parts};

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
            let total = self.search_once(&request, matching)?.total;
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
            let any = SearchRequest { limit: 0, facets: Vec::new(), words: None, ..request.clone() };
            let total = self.search_once(&any, Matching::Any)?.total;
            if total > 0 {
                response.notes.push(said!(
                    "{total} with any of the words: try --any",
                    "{total} avec l’un des mots : essayez --any"
                ));
            }
        }
        Ok(())
    }
}
