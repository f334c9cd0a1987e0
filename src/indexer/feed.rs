//! Hands articles to the writer, keeps the table of files in step, and counts what was done.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use crossbeam_channel::Receiver;
use rustc_hash::FxHashMap;

use super::{IndexReport, Shared};
use crate::article::{Article, SkipReason, Ticker};
use crate::error::Result;
use crate::index::{FileState, FileTable, Writer};
use crate::ingest::Found;
use crate::story::Signature;

/// How often a long run commits what it has, so that a crash loses little.
const CHECKPOINT: Duration = Duration::from_secs(60);

/// What travels from the readers to the writer.
pub(super) enum Message {
    /// Articles of a file with the signatures of their texts; more may follow.
    Articles { name: String, articles: Vec<(Article, Signature)> },
    /// A file is read to its end, or as far as it could be.
    Done { name: String, found: Found, outcome: Outcome },
}

/// How reading a file ended.
pub(super) enum Outcome {
    /// It was read whole.
    Read { fingerprint: u128 },
    /// Its bytes are those that the index has.
    Same,
    /// It could not be read, or only in part.
    Failed { reason: SkipReason },
}

/// How long a file must have been left alone for its time to be trusted, in seconds: the coarsest clock of
/// file systems (FAT) ticks every two.
const SETTLING: i64 = 2;
/// A time that no file has.
const UNKNOWN: i64 = i64::MIN;

/// Returns the state of a file of which the index has only the first `articles`: no file matches it.
fn unfinished(articles: u64) -> FileState {
    FileState { size: 0, modified: UNKNOWN, changed: 0, fingerprint: 0, articles }
}

/// The writer's side of a run.
pub(super) struct Feed<'a> {
    shared: &'a Shared<'a>,
    before: &'a FileTable,
    /// The files as the index will know them; those of `before` until something changes.
    pub table: Cow<'a, FileTable>,
    pub report: IndexReport,
    /// Whether there is something to commit.
    pub changed: bool,
    tickers: BTreeMap<Ticker, u64>,
    /// Files of which articles are with the writer but not all: how many.
    open: FxHashMap<String, u64>,
    began: Instant,
    committed: Instant,
}

impl<'a> Feed<'a> {
    pub fn new(shared: &'a Shared<'a>, before: &'a FileTable) -> Feed<'a> {
        Feed {
            shared,
            before,
            table: Cow::Borrowed(before),
            report: IndexReport::default(),
            changed: false,
            tickers: BTreeMap::new(),
            open: FxHashMap::default(),
            began: Instant::now(),
            committed: Instant::now(),
        }
    }

    /// Takes messages until the readers have ended.
    ///
    /// # Errors
    /// `Io` if the index cannot be written.
    pub fn drain(mut self, messages: Receiver<Message>, writer: &mut Writer) -> Result<Feed<'a>> {
        for message in messages {
            match message {
                Message::Articles { name, articles } => self.add(name, articles, writer)?,
                Message::Done { name, found, outcome } => self.close(name, &found, outcome, writer)?,
            }
            self.checkpoint(writer)?;
            self.shared.tell();
        }
        Ok(self)
    }

    /// Commits what a long run has so far. Files overlap, and none is committed by half if that can be helped:
    /// when it is time, the readers begin no new file until those that are open are closed. Only of files that
    /// alone hold more than may wait are the articles so far committed, as those of a state that no file matches,
    /// so that a run that comes after a crash reads them anew.
    fn checkpoint(&mut self, writer: &mut Writer) -> Result<()> {
        let (waiting, most) = (writer.waiting(), self.shared.options.waiting);
        if !self.changed || (self.committed.elapsed() < CHECKPOINT && waiting < most / 2) {
            return Ok(());
        }
        if !self.open.is_empty() && waiting < most {
            self.shared.tally.hold.store(true, Ordering::Relaxed);
            return Ok(());
        }
        for (name, articles) in &self.open {
            self.table.to_mut().files.insert(name.clone(), unfinished(*articles));
        }
        writer.commit(&self.table)?;
        self.shared.tally.hold.store(false, Ordering::Relaxed);
        self.changed = false;
        self.committed = Instant::now();
        Ok(())
    }

    fn add(&mut self, name: String, articles: Vec<(Article, Signature)>, writer: &mut Writer) -> Result<()> {
        let count = articles.len() as u64;
        if !self.open.contains_key(&name) {
            self.begin(&name, writer)?;
        }
        for (article, signature) in articles {
            self.count(&article);
            writer.add(article, signature)?;
        }
        *self.open.entry(name).or_default() += count;
        self.changed = true;
        self.shared.tally.articles.fetch_add(count, Ordering::Relaxed);
        Ok(())
    }

    /// Makes room for the articles of a file: those that the index has of it go.
    fn begin(&mut self, name: &str, writer: &mut Writer) -> Result<()> {
        if self.before.files.contains_key(name) {
            writer.remove(name)?;
        }
        self.report.articles_removed += self.table.files.get(name).map_or(0, |file| file.articles);
        Ok(())
    }

    fn close(&mut self, name: String, found: &Found, outcome: Outcome, writer: &mut Writer) -> Result<()> {
        self.shared.tally.files_done.fetch_add(1, Ordering::Relaxed);
        self.shared.tally.bytes_done.fetch_add(found.size, Ordering::Relaxed);
        let known = self.before.files.get(&name).copied();
        let written = self.open.remove(&name);
        let (fingerprint, modified) = match outcome {
            Outcome::Same => {
                self.report.files_unchanged += 1;
                if let Some(known) = self.table.files.get(&name).copied() {
                    let state = FileState { modified: self.settled(found), changed: found.changed, ..known };
                    // A file whose time proves nothing is read again and again, but there is nothing to write down.
                    if state != known {
                        self.table.to_mut().files.insert(name, state);
                        self.changed = true;
                    }
                }
                return Ok(());
            }
            Outcome::Read { fingerprint } => (fingerprint, self.settled(found)),
            Outcome::Failed { reason: SkipReason::Unreadable | SkipReason::Vanished | SkipReason::Internal } => {
                // It is tried again the next time. What the index has of it stays; if it gave articles before
                // it failed, they have taken that place, in a state that no file matches.
                if let Some(articles) = written {
                    self.table.to_mut().files.insert(name, unfinished(articles));
                }
                return Ok(());
            }
            Outcome::Failed { .. } => (0, self.settled(found)),
        };
        if written.is_none() && known.is_some_and(|known| known.articles > 0) {
            self.begin(&name, writer)?;
        }
        self.report.bytes_read += found.size;
        match known {
            Some(_) => self.report.files_updated += 1,
            None => self.report.files_added += 1,
        }
        let articles = written.unwrap_or(0);
        let state = FileState { size: found.size, modified, changed: found.changed, fingerprint, articles };
        self.table.to_mut().files.insert(name, state);
        self.changed = true;
        Ok(())
    }

    /// Returns the time by which a file is known again. One that was modified just now may be so again within
    /// the same tick of its clock, so its time proves nothing: the next run compares its bytes.
    fn settled(&self, found: &Found) -> i64 {
        let nanoseconds = |seconds: i64| seconds.saturating_mul(1_000_000_000);
        let now = self.shared.options.now;
        let passed = i64::try_from(self.began.elapsed().as_secs()).unwrap_or(i64::MAX);
        // A time further ahead is that of a wrong clock, and no sign of what goes on now.
        let recent = nanoseconds(now.saturating_sub(SETTLING))
            ..=nanoseconds(now.saturating_add(passed).saturating_add(SETTLING));
        if [found.modified, found.changed].iter().any(|time| recent.contains(time)) { UNKNOWN } else { found.modified }
    }

    fn count(&mut self, article: &Article) {
        self.report.articles_written += 1;
        self.report.text_bytes += (article.headline.len() + article.body.len()) as u64;
        *self.report.languages.entry(article.language).or_default() += 1;
        let year = article.published.and_then(|published| published.year());
        *self.report.years.entry(year).or_default() += 1;
        for mention in &article.tickers {
            *self.tickers.entry(mention.ticker.clone()).or_default() += 1;
        }
    }

    /// Takes out a file that is no longer there.
    pub fn remove(&mut self, name: &str, writer: &mut Writer) -> Result<()> {
        writer.remove(name)?;
        self.report.files_removed += 1;
        self.report.articles_removed += self.table.to_mut().files.remove(name).map_or(0, |file| file.articles);
        self.changed = true;
        Ok(())
    }

    /// Returns the report with its sums.
    pub fn finish(mut self) -> IndexReport {
        self.report.articles_total = self.table.articles();
        let mut top: Vec<(Ticker, u64)> = self.tickers.into_iter().collect();
        top.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        top.truncate(10);
        self.report.top_tickers = top;
        self.report
    }
}
