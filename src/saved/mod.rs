//! Saved searches, and what was told of them.
//!
//! Both lie in the folder of the index, beside the engine's files, and outlive them: building the index
//! again changes neither. [`SavedSearches`] are the queries by name; the [`Journal`] remembers what each
//! alert has told, so that nothing is missed and nothing told twice.

mod journal;
mod searches;

pub use journal::Journal;
pub use searches::SavedSearches;
