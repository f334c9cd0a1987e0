//! telex on the corpus, with everything on.

use std::path::Path;
use std::time::Instant;

use telex::index::Index;
use telex::indexer::{self, IndexOptions, Observer};
use telex::query::{ParseOptions, parse};
use telex::search::{Facet, FacetRequest, Matching, SearchRequest, SnippetOptions};

use crate::Result;
use crate::engine::{HITS, MEMORY, Mode, threads};
use crate::queries::{Operation, Query};

/// The present, for the indexer: later than any article.
const NOW: i64 = 1_800_000_000;

struct Quiet;

impl Observer for Quiet {}

/// Indexes a corpus; returns how many articles it had.
pub fn index(corpus: &Path, place: &Path) -> Result<u64> {
    let options = IndexOptions {
        threads: threads(),
        memory: MEMORY,
        ..IndexOptions::new(vec![corpus.to_owned()], place.to_owned(), NOW)
    };
    Ok(indexer::run(&options, &Quiet)?.articles_written)
}

/// An index opened for searching.
pub struct Opened {
    index: Index,
    /// Whether words are looked for in the other language, too.
    translates: bool,
}

impl Opened {
    pub fn open(translates: bool, place: &Path) -> Result<Opened> {
        Ok(Opened { index: Index::open(place)?, translates })
    }

    /// Answers a query; returns the microseconds it took and how much was found.
    pub fn time(&self, query: &Query, mode: Mode) -> Result<(f64, usize)> {
        let start = Instant::now();
        let response = self.index.search(&self.request(query, mode)?)?;
        let found = if mode == Mode::Facet { response.facets[0].values.len() } else { response.hits.len() };
        Ok((start.elapsed().as_secs_f64() * 1e6, found))
    }

    fn request(&self, query: &Query, mode: Mode) -> Result<SearchRequest> {
        let typed = match query.operation {
            Operation::Term | Operation::And | Operation::Typed => query.words.clone(),
            Operation::Or => query.words.replace(' ', " OR "),
            Operation::Phrase => format!("\"{}\"", query.words),
            Operation::Prefix => format!("{}*", query.words),
        };
        let query = parse(&typed, &ParseOptions::default())?;
        let mut request = SearchRequest { matching: Matching::All, limit: HITS, ..SearchRequest::new(query) };
        if mode != Mode::Snippets {
            request.snippets = SnippetOptions { fragments: 0, chars: 0 };
        }
        if mode == Mode::Facet {
            request.limit = 0;
            request.facets = vec![FacetRequest::top(Facet::Ticker, HITS)];
        }
        if !self.translates {
            request.lexicon = None;
        }
        Ok(request)
    }
}
