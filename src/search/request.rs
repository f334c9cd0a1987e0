//! What is asked of an index: plain data.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::article::Language;
use crate::lexicon::Lexicon;
use crate::query::{DateRange, Query, TickerPattern};

/// One search.
#[derive(Clone, Debug)]
pub struct SearchRequest {
    /// What to look for.
    pub query: Query,
    /// What to look in.
    pub filters: Filters,
    /// Whether every word must match.
    pub matching: Matching,
    /// The order of the hits.
    pub sort: Sort,
    /// How many hits at the most.
    pub limit: usize,
    /// How many hits to pass over first.
    pub offset: usize,
    /// Whether of each story (copies of one text) only the best article is a hit.
    pub collapse: bool,
    /// The counts wanted beside the hits.
    pub facets: Vec<FacetRequest>,
    /// How much text to show of each hit; none when `fragments` is 0.
    pub snippets: SnippetOptions,
    /// What tells the words of the other language, which are then looked for, too; `None` to look for no
    /// others than those typed.
    pub lexicon: Option<Lexicon>,
}

impl SearchRequest {
    /// Returns a request for the ten best articles for `query`, with every default.
    pub fn new(query: Query) -> SearchRequest {
        SearchRequest {
            query,
            filters: Filters::default(),
            matching: Matching::default(),
            sort: Sort::default(),
            limit: 10,
            offset: 0,
            collapse: false,
            facets: Vec::new(),
            snippets: SnippetOptions::default(),
            lexicon: Some(Lexicon::built_in()),
        }
    }
}

/// Filters given apart from the query; those of one sort are joined by OR, the sorts by AND.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filters {
    /// Securities named.
    pub tickers: Vec<TickerPattern>,
    /// Languages.
    pub languages: Vec<Language>,
    /// Publishers.
    pub sources: Vec<String>,
    /// When published.
    pub dates: DateRange,
    /// Files, and folders for all in them.
    pub paths: Vec<String>,
    /// Only articles that say one of these things ([`crate::article::Article::content`]).
    pub contents: Option<Arc<BTreeSet<u64>>>,
}

/// Whether every word of a query must match.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Matching {
    /// Every one; and when no article has them all, any.
    #[default]
    AllThenAny,
    /// Every one.
    All,
    /// At least one.
    Any,
}

/// The order of hits. Ties go to the newest, then to the smallest id.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// Best first.
    #[default]
    Relevance,
    /// Latest first; articles without a date come last.
    Newest,
    /// Earliest first; articles without a date come last.
    Oldest,
}

/// A facet to count.
#[derive(Clone, Debug, PartialEq)]
pub struct FacetRequest {
    /// Which.
    pub facet: Facet,
    /// How many values at the most, the most frequent ones.
    pub limit: usize,
}

/// The facets. Each has its own way to group articles.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Facet {
    /// By security.
    Ticker,
    /// By market.
    Exchange,
    /// By language.
    Language,
    /// By publisher.
    Source,
    /// By year of publication, UTC.
    Year,
    /// By month of publication, UTC.
    Month,
    /// By day of publication, UTC.
    Day,
}

impl Facet {
    /// Every facet, in the order in which they are listed.
    pub const ALL: [Facet; 7] =
        [Facet::Ticker, Facet::Exchange, Facet::Language, Facet::Source, Facet::Year, Facet::Month, Facet::Day];

    /// Returns the name on the command line and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Facet::Ticker => "ticker",
            Facet::Exchange => "exchange",
            Facet::Language => "lang",
            Facet::Source => "source",
            Facet::Year => "year",
            Facet::Month => "month",
            Facet::Day => "day",
        }
    }

    /// Returns whether its values are spans of time.
    pub fn is_date(self) -> bool {
        matches!(self, Facet::Year | Facet::Month | Facet::Day)
    }

    /// Returns whether a filter of the facet `filter` narrows its counts: a date narrows years, months and
    /// days alike.
    pub fn is_narrowed_by(self, filter: Facet) -> bool {
        self == filter || self.is_date() && filter.is_date()
    }

    /// Reads a facet's name; `date` is the year.
    pub fn from_name(name: &str) -> Option<Facet> {
        if name == "date" {
            return Some(Facet::Year);
        }
        Facet::ALL.into_iter().find(|facet| facet.name() == name)
    }
}

/// How snippets are cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SnippetOptions {
    /// How many fragments a hit may show.
    pub fragments: usize,
    /// How long a fragment may be, in characters.
    pub chars: usize,
}

impl Default for SnippetOptions {
    fn default() -> SnippetOptions {
        SnippetOptions { fragments: 2, chars: 240 }
    }
}
