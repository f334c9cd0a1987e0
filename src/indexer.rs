//! From folders to an index: walks, reads in parallel, feeds the writer, reports.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use crate::article::{Language, Skip, SkipReason, Ticker};
use crate::error::Result;

/// What to index, and how.
#[derive(Clone, Debug)]
pub struct IndexOptions {
    /// Folders and files to read.
    pub paths: Vec<PathBuf>,
    /// The folder of the index, made if it does not exist.
    pub index: PathBuf,
    /// How many threads read; as many again write.
    pub threads: usize,
    /// Bytes of memory for the writer.
    pub memory: usize,
    /// Read every file again, changed or not.
    pub full: bool,
    /// Say what would be done, write nothing.
    pub dry_run: bool,
    /// How long to wait for another writer to finish.
    pub wait: Duration,
}

/// Who is told of the work as it goes on; called from several threads.
pub trait Observer: Sync {
    /// The work has come this far; called often.
    fn progress(&self, _progress: &Progress) {}
    /// This file or record was skipped.
    fn skipped(&self, _skip: &Skip) {}
    /// Whether to stop now, keeping what is done.
    fn cancelled(&self) -> bool {
        false
    }
}

/// How far the work has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Files found so far; final once `walked` is true.
    pub files_found: u64,
    /// Bytes of the files found so far that must be read.
    pub bytes_found: u64,
    /// Files dealt with, unchanged ones included.
    pub files_done: u64,
    /// Bytes read.
    pub bytes_done: u64,
    /// Articles added so far.
    pub articles: u64,
    /// Whether the folders have been walked to the end.
    pub walked: bool,
    /// Whether everything is read and the index is being committed.
    pub committing: bool,
}

/// What a run did.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct IndexReport {
    /// Files read for the first time.
    pub files_added: u64,
    /// Files that had changed.
    pub files_updated: u64,
    /// Files that had not changed.
    pub files_unchanged: u64,
    /// Files that are gone.
    pub files_removed: u64,
    /// Files and records skipped, by reason.
    pub skipped: BTreeMap<SkipReason, u64>,
    /// Articles written in this run.
    pub articles_written: u64,
    /// Articles taken out in this run, whether replaced or removed.
    pub articles_removed: u64,
    /// Articles in the index after it.
    pub articles_total: u64,
    /// Articles written, by language.
    pub languages: BTreeMap<Language, u64>,
    /// Articles written, by year of publication (UTC); `None` without a date.
    pub years: BTreeMap<Option<i16>, u64>,
    /// The securities named in most of the articles written, most frequent first, ten at the most.
    pub top_tickers: Vec<(Ticker, u64)>,
    /// Bytes read from disk.
    pub bytes_read: u64,
    /// How long it took.
    pub elapsed: Duration,
    /// Whether it was stopped before the end; everything counted here is kept.
    pub interrupted: bool,
}

/// Brings an index up to date with its folders.
///
/// # Errors
/// `Locked` if another writer holds the index for longer than `wait`; `Io` if the index cannot be
/// written. Bad files are no error: they are told to `observer` and counted in the report.
pub fn run(_options: &IndexOptions, _observer: &dyn Observer) -> Result<IndexReport> {
    unimplemented!()
}
