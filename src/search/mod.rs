//! Plain data asked and answered.

mod request;
mod response;

pub use request::{Facet, FacetRequest, Filters, Matching, SearchRequest, SnippetOptions, Sort};
pub use response::{FacetCounts, FacetValue, Hit, Marked, SearchResponse, Snippet};
