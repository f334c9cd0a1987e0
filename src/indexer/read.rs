//! Reads one file into articles and sends them to the writer. Runs on rayon's threads.

use std::ops::ControlFlow;
use std::sync::atomic::Ordering;
use std::time::Duration;

use crossbeam_channel::Sender;

use super::Shared;
use super::feed::{Message, Outcome};
use crate::article::{Article, Repair, RepairKind, SkipReason};
use crate::index::FileTable;
use crate::ingest::{self, Found};
use crate::reading::{self, Circumstances};
use crate::story::Signature;

/// How many articles travel together to the writer.
const BATCH: usize = 64;
/// How many bytes of text travel together, but for a single larger article.
const BATCH_BYTES: usize = 256 << 10;

/// Returns whether only the time of a file has changed since `before`.
pub(super) fn is_the_same(shared: &Shared<'_>, before: &FileTable, name: &str, found: &Found) -> bool {
    let known = before.files.get(name).filter(|file| file.size == found.size);
    !shared.options.full
        && known.is_some_and(|file| ingest::fingerprint(&found.path).is_ok_and(|now| now == file.fingerprint))
}

/// What reading a file needs.
pub(super) struct Reader<'a> {
    pub shared: &'a Shared<'a>,
    pub before: &'a FileTable,
    pub to_writer: &'a Sender<Message>,
}

impl Reader<'_> {
    /// Reads the file named `name`. What it sends ends with [`Message::Done`], whatever happens.
    pub fn read(&self, name: String, found: Found) {
        while self.shared.tally.hold.load(Ordering::Relaxed) && !self.shared.stopped() {
            std::thread::sleep(Duration::from_millis(2));
        }
        // A file not begun yet is left for the next run; one that is begun is read to its end.
        if self.shared.stopped() {
            return;
        }
        let outcome = match is_the_same(self.shared, self.before, &name, &found) {
            true => Outcome::Same,
            false => self.read_articles(&name, &found),
        };
        let _ = self.to_writer.send(Message::Done { name, found, outcome });
    }

    fn read_articles(&self, name: &str, found: &Found) -> Outcome {
        let options = self.shared.options;
        let circumstances =
            Circumstances { path: name, modified: found.modified, now: options.now, names: options.names };
        let mut batch = Batch { name, to_writer: self.to_writer, articles: Vec::new(), bytes: 0 };
        let result =
            ingest::read_one_of_many(found, name, &options.limits, &options.fields, &mut |draft| match draft {
                Ok(mut draft) => {
                    let (repaired, misdeclared) = (draft.repaired, draft.misdeclared.take());
                    let article = match reading::read_one_of_many(draft, &circumstances) {
                        Ok(article) => article,
                        Err(skip) => {
                            self.shared.skip(&skip);
                            return ControlFlow::Continue(());
                        }
                    };
                    if repaired > 0 {
                        self.shared.repaired(&repair(&article, repaired));
                    }
                    if let Some(wrong) = misdeclared {
                        let (id, detail) = (article.id.clone(), wrong);
                        self.shared.observer.repaired(&Repair { id, repair: RepairKind::Charset, detail });
                    }
                    batch.add(article)
                }
                Err(skip) => {
                    self.shared.skip(&skip);
                    ControlFlow::Continue(())
                }
            });
        let _ = batch.send();
        match result {
            Ok(Some(fingerprint)) => Outcome::Read { fingerprint },
            // Nobody listens any more; what stopped the writer is told by it.
            Ok(None) => Outcome::Failed { reason: SkipReason::Vanished },
            Err(skip) => {
                self.shared.skip(&skip);
                Outcome::Failed { reason: skip.reason }
            }
        }
    }
}

/// Returns what is told of an article of which this number of `characters` was repaired.
fn repair(article: &Article, characters: u32) -> Repair {
    let detail = RepairKind::encoded_twice(characters);
    Repair { id: article.id.clone(), repair: RepairKind::Mojibake, detail }
}

/// Articles of one file on their way.
struct Batch<'a> {
    name: &'a str,
    to_writer: &'a Sender<Message>,
    articles: Vec<(Article, Signature)>,
    bytes: usize,
}

impl Batch<'_> {
    fn add(&mut self, article: Article) -> ControlFlow<()> {
        self.bytes += article.body.len();
        let signature = Signature::of(&article);
        self.articles.push((article, signature));
        if self.articles.len() < BATCH && self.bytes < BATCH_BYTES { ControlFlow::Continue(()) } else { self.send() }
    }

    /// Breaks if nobody listens any more.
    fn send(&mut self) -> ControlFlow<()> {
        let articles = std::mem::take(&mut self.articles);
        self.bytes = 0;
        if articles.is_empty() {
            return ControlFlow::Continue(());
        }
        match self.to_writer.send(Message::Articles { name: self.name.to_owned(), articles }) {
            Ok(()) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(()),
        }
    }
}
