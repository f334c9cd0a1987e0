//! Search without an engine: what is asked and answered (plain data), how a query opens into the
//! forms of an index, and how what matched is lit in a text.

mod cursor;
mod emptied;
mod expand;
mod explanation;
mod highlight;
mod period;
mod plan;
mod recency;
mod request;
mod response;
mod sideways;
mod snippet;
mod span;
mod telling;

pub use cursor::{Cursor, MOST_SHOWN, Shown, fingerprint, shortened};
pub use emptied::{parts, small_operator};
pub use expand::{Reach, expand};
pub use explanation::{About, Explanation, FormOf, Nearness, Occurrences, Scored, Sought, What, Word};
pub use highlight::{Highlighter, Lit};
pub use period::TimeUnit;
pub use plan::{Expansion, Family, Form, Kin, Phrase, Placed, Plan};
pub use recency::Recency;
pub use request::{Branch, Facet, FacetRequest, Filters, Matching, SearchRequest, SnippetOptions, Sort};
pub use response::{
    Across, FacetCounts, FacetValue, Hit, Marked, SearchResponse, SignificantWord, SignificantWords, Snippet, StoryOf,
    Without,
};
pub use sideways::{left_aside, period};
pub use span::{BODY_OFFSET, LEAD, Span, Spans, Within};
pub use telling::telling_words;
