//! Search without an engine: what is asked and answered (plain data), how a query opens into the
//! forms of an index, and how what matched is lit in a text.

mod expand;
mod highlight;
mod plan;
mod request;
mod response;
mod snippet;
mod telling;

pub use expand::expand;
pub use highlight::{Lit, highlight};
pub use plan::{Expansion, Family, Phrase, Plan};
pub use request::{Facet, FacetRequest, Filters, Matching, SearchRequest, SnippetOptions, Sort};
pub use response::{FacetCounts, FacetValue, Hit, Marked, SearchResponse, Snippet, StoryOf};
pub use telling::telling_words;
