//! What an article is about: where the query names a company, articles that name it score a little more, and more if
//! they are about it.
//!
//! Asked for the best documents alone. The share is a part of what the company tells in this index, its inverse
//! document frequency, as a word's score is: so that it decides between articles of nearly the same words, and never
//! against the words.

use tantivy::postings::SegmentPostings;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, Term};

use super::bm25::Bm25;
use super::filter::Sources;
use super::postings::reach;
use super::schema::ticker_facet;
use crate::article::Ticker;
use crate::search::About;

/// What part of the idf counts for an article that names the company.
const NAMED: f32 = 0.1;
/// What part counts for an article about it.
const MAIN: f32 = 0.3;

/// The companies of a query in a segment.
pub(super) struct Subject {
    companies: Vec<Company>,
}

struct Company {
    ticker: Ticker,
    idf: f32,
    named: Option<SegmentPostings>,
    main: Option<SegmentPostings>,
}

impl Subject {
    /// Returns the companies as the documents of a segment name them.
    pub fn new(sources: Sources<'_>, companies: &[Ticker], segment: usize) -> tantivy::Result<Subject> {
        let Sources { searcher, fields, dead, .. } = sources;
        let reader = searcher.segment_reader(segment as u32);
        let company = |ticker: &Ticker| {
            let term = |field| Term::from_facet(field, &ticker_facet(ticker));
            let read = |field| -> tantivy::Result<Option<SegmentPostings>> {
                Ok(reader.inverted_index(field)?.read_postings(&term(field), IndexRecordOption::Basic)?)
            };
            let idf = Bm25::idf(dead.frequency(searcher, &term(fields.ticker))?, searcher.num_docs());
            Ok(Company { ticker: ticker.clone(), idf, named: read(fields.ticker)?, main: read(fields.main)? })
        };
        Ok(Subject { companies: companies.iter().map(company).collect::<tantivy::Result<_>>()? })
    }

    /// Returns what a document scores for the one of the companies that counts most in it. Documents must be asked for
    /// in order.
    pub fn of(&mut self, doc: DocId) -> Option<About> {
        let mut best: Option<About> = None;
        for Company { ticker, idf, named, main } in &mut self.companies {
            let stands_in = |postings: &mut Option<SegmentPostings>| {
                postings.as_mut().is_some_and(|postings| reach(postings, doc) == doc)
            };
            let (main, named) = (stands_in(main), stands_in(named));
            let score = *idf * if main { MAIN } else { NAMED };
            if (main || named) && best.as_ref().is_none_or(|best| score > best.score) {
                best = Some(About { company: ticker.clone(), main, score });
            }
        }
        best
    }
}
