//! What is asked of an index: plain data.

use std::collections::BTreeSet;
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;

use super::cursor::Cursor;
use super::period::TimeUnit;
use super::recency::Recency;
use crate::article::{Language, Mic};
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
    /// How much newer articles are preferred where hits are in the order of relevance; not at all by default.
    pub recency: Option<Recency>,
    /// How many hits at most.
    pub limit: usize,
    /// How many hits to pass over first.
    pub offset: usize,
    /// Whether of each story (copies of one text) only the best article is a hit, and facets count stories,
    /// too.
    pub collapse: bool,
    /// The end of the page before; `offset` says nothing then.
    pub after: Option<Cursor>,
    /// The counts wanted beside the hits.
    pub facets: Vec<FacetRequest>,
    /// Whether a facet is counted as if its own filter were not there, where that filter names one of the
    /// values among others (see [`left_aside`](super::sideways::left_aside)).
    pub sideways: bool,
    /// The words wanted that tell the matching articles from the others, how many at most.
    pub words: Option<usize>,
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
            recency: None,
            limit: 10,
            offset: 0,
            collapse: false,
            after: None,
            facets: Vec::new(),
            sideways: true,
            words: None,
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
    /// How `dates` was typed, if it was: a [`Cursor`] goes by that, since `7d` means another moment each time.
    pub dates_typed: Option<String>,
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
    /// How many values at most, the most frequent ones.
    pub limit: usize,
    /// For a facet of time: every span from the first to the last, those without an article too, whatever
    /// `limit` is.
    pub timeline: bool,
    /// Only values that lie under this one.
    pub under: Option<Branch>,
    /// A second facet, counted within each value of the first.
    pub across: Option<Box<FacetRequest>>,
}

impl FacetRequest {
    /// Returns a request for the `limit` most frequent values.
    pub fn top(facet: Facet, limit: usize) -> FacetRequest {
        FacetRequest { facet, limit, timeline: false, under: None, across: None }
    }

    /// Returns a request for every span of a facet of time, from the first to the last.
    pub fn timeline(facet: Facet) -> FacetRequest {
        FacetRequest { timeline: true, ..FacetRequest::top(facet, usize::MAX) }
    }
}

/// A place in the hierarchy of a facet, to see what lies under it.
#[derive(Clone, Debug, PartialEq)]
pub enum Branch {
    /// A market, for its securities.
    Market(Mic),
    /// An interval, for its months or days.
    Period(DateRange),
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
    /// By author.
    Author,
    /// By section or category.
    Section,
    /// By year of publication, UTC.
    Year,
    /// By quarter of publication, UTC.
    Quarter,
    /// By month of publication, UTC.
    Month,
    /// By ISO week of publication, UTC.
    Week,
    /// By day of publication, UTC.
    Day,
    /// By hour of publication, UTC; articles that are dated to the day have none.
    Hour,
}

impl Facet {
    /// Every facet, in the order in which they are listed.
    pub const ALL: [Facet; 12] = [
        Facet::Ticker,
        Facet::Exchange,
        Facet::Language,
        Facet::Source,
        Facet::Author,
        Facet::Section,
        Facet::Year,
        Facet::Quarter,
        Facet::Month,
        Facet::Week,
        Facet::Day,
        Facet::Hour,
    ];

    /// Returns the name on the command line and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Facet::Ticker => "ticker",
            Facet::Exchange => "exchange",
            Facet::Language => "lang",
            Facet::Source => "source",
            Facet::Author => "author",
            Facet::Section => "section",
            Facet::Year => "year",
            Facet::Quarter => "quarter",
            Facet::Month => "month",
            Facet::Week => "week",
            Facet::Day => "day",
            Facet::Hour => "hour",
        }
    }

    /// Returns how it cuts time, if its values are spans of time.
    pub fn unit(self) -> Option<TimeUnit> {
        match self {
            Facet::Year => Some(TimeUnit::Year),
            Facet::Quarter => Some(TimeUnit::Quarter),
            Facet::Month => Some(TimeUnit::Month),
            Facet::Week => Some(TimeUnit::Week),
            Facet::Day => Some(TimeUnit::Day),
            Facet::Hour => Some(TimeUnit::Hour),
            Facet::Ticker | Facet::Exchange | Facet::Language | Facet::Source | Facet::Author | Facet::Section => None,
        }
    }

    /// Returns whether an article may have several of its values.
    pub fn has_many(self) -> bool {
        matches!(self, Facet::Ticker | Facet::Exchange)
    }

    /// Returns whether a filter of the facet `filter` narrows its counts: a date narrows years, months and
    /// days alike.
    pub fn is_narrowed_by(self, filter: Facet) -> bool {
        self == filter || self.unit().is_some() && filter.unit().is_some()
    }

    /// Returns the name in French.
    pub fn french_name(self) -> &'static str {
        match self {
            Facet::Ticker => "symbole",
            Facet::Exchange => "bourse",
            Facet::Language => "langue",
            Facet::Source => "source",
            Facet::Author => "auteur",
            Facet::Section => "rubrique",
            Facet::Year => "année",
            Facet::Quarter => "trimestre",
            Facet::Month => "mois",
            Facet::Week => "semaine",
            Facet::Day => "jour",
            Facet::Hour => "heure",
        }
    }

    /// Reads a facet's name, English or French, in either case; `date` is the year.
    pub fn from_name(name: &str) -> Option<Facet> {
        // Whether an accent and its letter are one or two.
        match name.nfc().flat_map(char::to_lowercase).collect::<String>().as_str() {
            "date" | "annee" => Some(Facet::Year),
            name => Facet::ALL.into_iter().find(|facet| [facet.name(), facet.french_name()].contains(&name)),
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_facet_is_known_by_its_names_in_either_case() {
        for facet in Facet::ALL {
            for name in [facet.name(), facet.french_name()] {
                assert_eq!(Facet::from_name(name), Some(facet), "{name}");
                assert_eq!(Facet::from_name(&name.to_uppercase()), Some(facet), "{name}");
                assert_eq!(Facet::from_name(&name.nfd().collect::<String>()), Some(facet), "{name}");
            }
        }
        for (name, want) in [("Date", Some(Facet::Year)), ("annee", Some(Facet::Year)), ("words", None), ("", None)] {
            assert_eq!(Facet::from_name(name), want, "{name}");
        }
    }
}
