//! The index on disk: everything of tantivy lives here.
//!
//! Written by one [`Writer`], read by any number of [`Index`]es. A search goes from a request to a
//! plan ([`crate::search::expand`]), to scorers over windows of postings (`evaluate`, `scorer`, `window`; `family`,
//! `phrase`, `placed`, `filter`, `unscored`), through one pass that counts and keeps the best of each segment (`pass`),
//! to the best of all (`collect`), to counts (`facets`), to the articles of the page.

#[cfg(test)]
mod analyzer;
mod arrivals;
mod articles;
mod bm25;
mod builder;
mod collapse;
mod collect;
mod columns;
mod dead;
mod dictionary;
mod directory;
mod document;
mod emptied;
mod engine;
mod evaluate;
mod explain;
mod facets;
mod failure;
mod family;
mod files;
mod filter;
mod forms;
mod held;
mod in_places;
mod inverter;
mod kept;
mod layout;
mod learning;
mod merging;
mod names;
mod once;
mod paging;
mod pass;
mod phrase;
mod place;
mod placed;
mod plugin;
mod postings;
mod proximity;
mod quantities;
mod reader;
mod record;
mod schema;
mod scorer;
mod sealed;
mod segments;
mod sideways;
mod signatures;
mod significant;
mod similar;
mod stamp;
mod stats;
mod stories;
mod subject;
mod suggest;
mod totals;
mod trust;
mod unscored;
mod values;
mod verify;
mod window;
mod writer;

pub use failure::{REBUILD, no_article, no_index};
pub use files::{FileState, FileTable, Root, path_of};
pub use reader::Index;
pub use stats::Stats;
pub use verify::{Verification, verify};
pub use writer::{Writer, WriterOptions};
