//! From folders to an index: walks, reads in parallel, feeds the writer, reports.
//!
//! Three stages run at once, with bounded channels between them: the folders are walked, and what is new or
//! changed is passed on (`scan`); rayon's threads read files into articles (`read`); the
//! calling thread hands articles to the writer, whose own threads analyze and index them (`feed`).
//! A file counts as done only when all its articles are with the writer, and a commit is made between
//! files, so that the index holds none by half, but for files that are too large for that.

mod absent;
mod feed;
mod read;
mod scan;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crossbeam_channel::bounded;
use rayon::iter::{ParallelBridge, ParallelIterator};

use self::feed::{Feed, Message};
use self::read::Reader;
use self::scan::{Scan, Scope};
use crate::article::{Language, Repair, Skip, SkipReason, Ticker};
use crate::error::{Error, Kind, Result};
use crate::index::{FileTable, Index, Root, Writer, WriterOptions};
use crate::ingest::{FieldMap, Found, Limits};
use crate::threads::{last_words, pool};

/// What to index, and how.
#[derive(Clone, Debug)]
pub struct IndexOptions {
    /// Folders and files to read.
    pub paths: Vec<PathBuf>,
    /// The folder of the index, made if it does not exist.
    pub index: PathBuf,
    /// Files that are written meanwhile, such as a report of the run: they are no news wherever they lie.
    pub written: Vec<PathBuf>,
    /// How many threads read articles. As many walk the folders, and as many index; half as many join segments.
    pub threads: usize,
    /// Bytes of memory for the writer.
    pub memory: usize,
    /// How many articles and new forms may wait for a commit: about a quarter of a KB of memory each.
    pub waiting: u64,
    /// Read every file again, changed or not.
    pub full: bool,
    /// Take out the articles of a folder that is gone or empty; that is refused otherwise.
    pub prune: bool,
    /// Say what would be done, write nothing.
    pub dry_run: bool,
    /// How long to wait for another writer to finish.
    pub wait: Duration,
    /// The present, in seconds since 1970 UTC: no article can be from later than tomorrow.
    pub now: i64,
    /// Whether companies are found by their names too, and not by codes alone.
    pub names: bool,
    /// Above which sizes files are not read.
    pub limits: Limits,
    /// Where the user's own JSON and tables have the fields of an article. Files read before are read by a new
    /// map when they change, or with `full`.
    pub fields: FieldMap,
}

impl IndexOptions {
    /// Returns the options to bring the index at `index` up to date with `paths`, with every default: one
    /// thread a processor, 256 MiB. `now` is the present, in seconds since 1970 UTC.
    pub fn new(paths: Vec<PathBuf>, index: PathBuf, now: i64) -> IndexOptions {
        IndexOptions {
            paths,
            index,
            written: Vec::new(),
            threads: std::thread::available_parallelism().map_or(1, usize::from),
            memory: 256 << 20,
            waiting: 300_000,
            full: false,
            prune: false,
            dry_run: false,
            wait: Duration::ZERO,
            now,
            names: true,
            limits: Limits::default(),
            fields: FieldMap::default(),
        }
    }
}

/// Who is told of the work as it goes on; called from several threads.
pub trait Observer: Sync {
    /// The work has come this far; called often.
    fn progress(&self, _progress: &Progress) {}
    /// This file or record was skipped.
    fn skipped(&self, _skip: &Skip) {}
    /// This article was repaired.
    fn repaired(&self, _repair: &Repair) {}
    /// Whether to stop now, keeping what is done.
    fn cancelled(&self) -> bool {
        false
    }
}

/// An observer that ignores everything.
impl Observer for () {}

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
#[non_exhaustive]
pub struct IndexReport {
    /// Files read for the first time.
    pub files_added: u64,
    /// Files that had changed.
    pub files_updated: u64,
    /// Files that had not changed.
    pub files_unchanged: u64,
    /// Files that are gone.
    pub files_removed: u64,
    /// Folders of an index that was made anew, whose articles are gone since they were not given.
    pub forgotten: Vec<PathBuf>,
    /// Files and records skipped, by reason.
    pub skipped: BTreeMap<SkipReason, u64>,
    /// Articles repaired: their mojibake.
    pub articles_repaired: u64,
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
    /// The securities named in most of the articles written, most frequent first, ten at most.
    pub top_tickers: Vec<(Ticker, u64)>,
    /// Bytes read from disk.
    pub bytes_read: u64,
    /// Bytes of headlines and bodies written.
    pub text_bytes: u64,
    /// How long it took.
    pub elapsed: Duration,
    /// Whether it was stopped before the end; everything counted here is kept.
    pub interrupted: bool,
}

/// Brings an index up to date with its folders.
///
/// # Errors
/// `Usage` if there is nothing at a path, it lies in the folder of the index, or all that the index has of it is gone,
/// unless that is to be taken out; `Locked` if another writer holds the
/// index for longer than `wait`; `Io` if the index cannot be written. Bad files are no error: they are told to
/// `observer` and counted in the report.
pub fn run(options: &IndexOptions, observer: &dyn Observer) -> Result<IndexReport> {
    let start = Instant::now();
    // A folder that is gone may leave an index, but none is made, or made anew, for one that is not there.
    if (!options.index.exists() || options.full && !options.prune)
        && let Some(path) = options.paths.iter().find(|path| !path.exists())
    {
        return Err(Error::absent(path));
    }
    let scopes = options.paths.iter().map(|path| Scope::new(path)).collect::<Result<Vec<_>>>()?;
    scopes.iter().try_for_each(|scope| scope.refuse_within(&options.index))?;
    let shared = Shared { options, observer, tally: Tally::default(), skipped: Mutex::default() };
    let mut report = if options.dry_run { rehearse(&shared, scopes)? } else { perform(&shared, scopes)? };
    report.skipped = std::mem::take(&mut *shared.skipped.lock().unwrap_or_else(PoisonError::into_inner));
    report.articles_repaired = shared.tally.repaired.load(Ordering::Relaxed);
    report.interrupted = observer.cancelled();
    report.elapsed = start.elapsed();
    Ok(report)
}

/// Counts what would be done, by names, sizes and times, and by the bytes of a file whose time proves nothing.
fn rehearse(shared: &Shared<'_>, scopes: Vec<Scope>) -> Result<IndexReport> {
    let mut table = match Index::open(&shared.options.index) {
        Ok(index) => index.files()?,
        Err(error) if error.kind() == Kind::Missing || shared.options.full => FileTable::default(),
        Err(error) => return Err(error),
    };
    let scan = Scan::new(shared, scopes, &mut table);
    scan.refuse_absent(&table)?;
    let mut report = IndexReport::default();
    let walked = pool(shared.options.threads)?.install(|| {
        scan.walk(&table, &mut |name, found| {
            match table.files.contains_key(&name) {
                true if read::is_the_same(shared, &table, &name, &found) => report.files_unchanged += 1,
                true => report.files_updated += 1,
                false => report.files_added += 1,
            }
            true
        })
    })?;
    let gone = scan.gone(&table, &walked);
    report.files_unchanged += walked.unchanged;
    report.files_removed = gone.len() as u64;
    report.articles_removed = gone.iter().filter_map(|name| table.files.get(name)).map(|file| file.articles).sum();
    report.articles_total = table.articles();
    Ok(report)
}

fn perform(shared: &Shared<'_>, scopes: Vec<Scope>) -> Result<IndexReport> {
    let options = shared.options;
    let writer = WriterOptions {
        threads: options.threads,
        memory: options.memory,
        rebuild: options.full,
        wait: options.wait,
        now: options.now,
    };
    let (mut writer, mut before) = Writer::open(&options.index, writer)?;
    let roots = before.roots.len();
    let forgotten = if before.files.is_empty() { before.roots.clone() } else { Vec::new() };
    let is_given = |root: &Root| scopes.iter().any(|scope| scope.gives(root));
    let forgotten = forgotten.into_iter().filter(|root| !is_given(root)).map(|root| root.path).collect();
    let scan = Scan::new(shared, scopes, &mut before);
    scan.refuse_absent(&before)?;
    // Readers wait for files, so those that look the files up are others.
    let (walkers, readers) = (pool(options.threads)?, pool(options.threads)?);
    let (to_readers, work) = bounded::<(String, Found)>(1024);
    let (to_writer, messages) = bounded::<Message>(16);
    let before = &before;
    let scan = &scan;
    let (fed, walked) = std::thread::scope(|threads| {
        let walker = threads.spawn(move || {
            let walked =
                walkers.install(|| scan.walk(before, &mut |name, found| to_readers.send((name, found)).is_ok()));
            shared.tally.walked.store(true, Ordering::Relaxed);
            walked
        });
        threads.spawn(move || {
            readers.install(|| {
                work.into_iter().par_bridge().for_each_with(to_writer, |to_writer, (name, found)| {
                    Reader { shared, before, to_writer }.read(name, found);
                });
            });
        });
        let _alarm = Alarm(&shared.tally.failed);
        let fed = Feed::new(shared, before).drain(messages, &mut writer);
        // After a failed write the others need not go on.
        shared.tally.failed.store(fed.is_err(), Ordering::Relaxed);
        (fed, walker.join())
    });
    let mut fed = fed?;
    let walked = walked.map_err(|panic| {
        let message = ("telex failed on its way through the folders", "telex a échoué en parcourant les dossiers");
        Error::new(Kind::Internal, message).because(last_words(&*panic))
    })?;
    if let Ok(walked) = &walked
        && !shared.stopped()
    {
        for name in scan.gone(before, walked) {
            fed.remove(&name, &mut writer)?;
        }
    }
    if fed.changed || before.roots.len() != roots {
        shared.tally.committing.store(true, Ordering::Relaxed);
        shared.tell();
        writer.commit(&fed.table)?;
    }
    writer.close()?;
    fed.report.forgotten = forgotten;
    // What was read is kept even if one of the folders could not be walked.
    fed.report.files_unchanged += walked?.unchanged;
    Ok(fed.finish())
}

/// Tells the other threads not to go on if this one panics: whoever waits for them would wait for ever.
struct Alarm<'a>(&'a AtomicBool);

impl Drop for Alarm<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.store(true, Ordering::Relaxed);
        }
    }
}

/// What all stages share.
struct Shared<'a> {
    options: &'a IndexOptions,
    observer: &'a dyn Observer,
    tally: Tally,
    skipped: Mutex<BTreeMap<SkipReason, u64>>,
}

impl Shared<'_> {
    /// Tells and counts a skip.
    fn skip(&self, skip: &Skip) {
        self.observer.skipped(skip);
        *self.skipped.lock().unwrap_or_else(PoisonError::into_inner).entry(skip.reason).or_default() += 1;
    }

    /// Tells and counts a repair.
    fn repaired(&self, repair: &Repair) {
        self.observer.repaired(repair);
        self.tally.repaired.fetch_add(1, Ordering::Relaxed);
    }

    /// Tells how far the work has come.
    fn tell(&self) {
        self.observer.progress(&self.tally.progress());
    }

    /// Returns whether nothing new is to be begun.
    fn stopped(&self) -> bool {
        self.observer.cancelled() || self.tally.failed.load(Ordering::Relaxed)
    }
}

/// What several threads count.
#[derive(Default)]
struct Tally {
    files_found: AtomicU64,
    bytes_found: AtomicU64,
    files_done: AtomicU64,
    bytes_done: AtomicU64,
    articles: AtomicU64,
    repaired: AtomicU64,
    walked: AtomicBool,
    committing: AtomicBool,
    /// The index could not be written.
    failed: AtomicBool,
    /// No new file is to be begun for the moment.
    hold: AtomicBool,
}

impl Tally {
    fn progress(&self) -> Progress {
        Progress {
            files_found: self.files_found.load(Ordering::Relaxed),
            bytes_found: self.bytes_found.load(Ordering::Relaxed),
            files_done: self.files_done.load(Ordering::Relaxed),
            bytes_done: self.bytes_done.load(Ordering::Relaxed),
            articles: self.articles.load(Ordering::Relaxed),
            walked: self.walked.load(Ordering::Relaxed),
            committing: self.committing.load(Ordering::Relaxed),
        }
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use crate::wording::UiLanguage;

    #[test]
    fn a_fault_on_the_way_through_the_folders_is_told_as_one_of_telex() {
        struct Clumsy;
        impl Observer for Clumsy {
            fn skipped(&self, _skip: &Skip) {
                panic!("no pen")
            }
        }
        let folder = tempfile::tempdir().unwrap();
        std::os::unix::fs::symlink("nothing", folder.path().join("a.txt")).unwrap();
        let options = IndexOptions::new(vec![folder.path().to_owned()], folder.path().join(".telex"), 0);
        let error = run(&options, &Clumsy).unwrap_err();
        assert_eq!(error.kind(), Kind::Internal);
        assert!(error.told(UiLanguage::English).ends_with("through the folders: no pen"), "{error}");
    }
}
