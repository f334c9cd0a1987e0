//! telex is full-text search for French and English financial news, on your own machine.
//!
//! It reads folders of articles (text, HTML, JSON, tables, PDF, mail, news in XML and more, plain, packed or in archives), learns of each
//! its language, its date and the securities it names, and answers queries with ranked hits, lit
//! snippets and exact counts by ticker and date. The program `telex` is a thin door to this library;
//! the library itself prints nothing and reads neither the environment nor the time of day.
//!
//! # An example
//!
//! A folder is indexed, then asked. What was written *licenciements* answers to *licencier*, and the
//! article about gold does not.
//!
//! ```
//! use telex::index::Index;
//! use telex::indexer::{self, IndexOptions};
//! use telex::query::{ParseOptions, parse};
//! use telex::search::{Facet, FacetRequest, SearchRequest};
//!
//! let folder = tempfile::tempdir()?;
//! std::fs::write(
//!     folder.path().join("2025-07-17-plan.txt"),
//!     "Exemple annonce 300 licenciements\n\n\
//!      Le groupe (Euronext Paris : MC) fermera deux usines. Les syndicats appellent à la grève.",
//! )?;
//! std::fs::write(folder.path().join("2025-07-18-or.txt"), "L'or recule\n\nLe métal jaune perd 2 %.")?;
//!
//! // What depends on the day is passed in.
//! let now = 1_753_000_000;
//! let place = folder.path().join(".telex");
//! let options = IndexOptions::new(vec![folder.path().to_owned()], place.clone(), now);
//! let report = indexer::run(&options, &())?;
//! assert_eq!(report.articles_written, 2);
//!
//! let index = Index::open(&place)?;
//! let query = parse("licencier date:2025-07", &ParseOptions { now, ..ParseOptions::default() })?;
//! let response = index.search(&SearchRequest {
//!     facets: vec![FacetRequest::top(Facet::Ticker, 10)],
//!     ..SearchRequest::new(query)
//! })?;
//! assert_eq!(response.total, 1);
//! let headline = &response.hits[0].headline;
//! assert_eq!(&headline.text[headline.lit[0].clone()], "licenciements");
//! assert_eq!(response.facets[0].values[0].value, "XPAR:MC");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # The rooms
//!
//! Each module is a room with one purpose, and imports only from rooms on lower floors.
//!
//! | floor | room | what happens there |
//! | --- | --- | --- |
//! | 0 | [`wording`] | what is said to a person, in English and in French |
//! | 1 | [`error`] | what went wrong, where, why, and what to try |
//! | 1 | [`article`] | the domain's words: article, ticker, language, date |
//! | 2 | [`durable`] | files that are there whole or not at all |
//! | 2 | [`lock`] | one process at a time |
//! | 2 | [`threads`] | threads that share work |
//! | 2 | [`analysis`] | text to words; a word to its fold and its stems |
//! | 2 | [`market`] | facts about markets, symbols, codes and companies |
//! | 2 | [`ingest`] | folders and files to drafts of articles |
//! | 3 | [`config`] | what a user has set in `config.toml` |
//! | 3 | [`lexicon`] | which words and terms of French and English say the same |
//! | 3 | [`vocabulary`] | which written forms belong together |
//! | 3 | [`reading`] | a draft to an article: language, date, headline, tickers |
//! | 3 | [`story`] | which articles are copies of one another |
//! | 3 | [`saved`] | saved searches, and what was told of them |
//! | 3 | [`query`] | what a person types to what is asked |
//! | 4 | [`doctor`] | what is wrong with folders of articles |
//! | 4 | [`search`] | requests and answers; plans, snippets and highlights, without an engine |
//! | 5 | [`index`] | the index on disk; everything of tantivy |
//! | 6 | [`indexer`] | folders to an index, in parallel, only what changed |
//! | 7 | [`render`] | answers to bytes: for people, and for programs |
//!
//! `ARCHITECTURE.md` tells how they work together, `docs/query.md` describes the query language and
//! `docs/json.md` the output for programs.

#[macro_use]
pub mod wording;

pub mod analysis;
pub mod article;
pub mod config;
pub mod doctor;
pub mod durable;
pub mod error;
pub mod index;
pub mod indexer;
pub mod ingest;
pub mod lexicon;
pub mod lock;
pub mod market;
pub mod query;
pub mod reading;
pub mod render;
pub mod saved;
pub mod search;
pub mod story;
pub mod threads;
pub mod vocabulary;

pub use error::{Error, Result};
