//! The index on disk: everything of tantivy lives here.

use std::path::Path;

use crate::article::{Article, Language};
use crate::error::Result;
use crate::search::{SearchRequest, SearchResponse};

/// An index opened for searching. Cheap to share between threads.
pub struct Index {}

/// Figures of an index as a whole.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stats {
    /// How many articles it holds.
    pub articles: u64,
    /// How many files they come from.
    pub files: u64,
    /// How many bytes it takes on disk.
    pub bytes: u64,
    /// How many segments it is made of.
    pub segments: usize,
    /// How many distinct written forms its vocabulary holds.
    pub forms: u64,
    /// Articles by language.
    pub languages: Vec<(Language, u64)>,
    /// Articles by origin of their date; `None` for those without a date.
    pub date_origins: Vec<(Option<crate::article::DateOrigin>, u64)>,
    /// The earliest and the latest publication, in seconds since 1970 UTC.
    pub published: Option<(i64, i64)>,
    /// The folders and files it was made from.
    pub roots: Vec<std::path::PathBuf>,
    /// The version of the analysis that made it.
    pub analysis: u32,
}

impl Index {
    /// Opens the index in the folder at `path` (a `.telex` folder) for searching.
    ///
    /// # Errors
    /// `Missing` if there is none, `Incompatible` if another version made it, `Corrupt` if it is damaged.
    pub fn open(_path: &Path) -> Result<Index> {
        unimplemented!()
    }

    /// Answers one search.
    pub fn search(&self, _request: &SearchRequest) -> Result<SearchResponse> {
        unimplemented!()
    }

    /// Returns the article with this id.
    pub fn article(&self, _id: &str) -> Result<Option<Article>> {
        unimplemented!()
    }

    /// Calls `each` with every article, in the order of their ids, until it returns an error.
    pub fn for_each_article(&self, _each: &mut dyn FnMut(Article) -> Result<()>) -> Result<()> {
        unimplemented!()
    }

    /// Returns figures of the index as a whole.
    pub fn stats(&self) -> Result<Stats> {
        unimplemented!()
    }
}
