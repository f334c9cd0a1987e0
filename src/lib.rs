//! telex: full-text search for French and English financial news.

pub mod analysis;
pub mod article;
pub mod error;
pub mod index;
pub mod indexer;
pub mod ingest;
pub mod market;
pub mod query;
pub mod reading;
pub mod render;
pub mod search;
pub mod vocabulary;

pub use error::{Error, Result};
