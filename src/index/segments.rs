//! The threads that index: each makes a segment of the articles that it is given, and hands it over when it is full.
//!
//! Articles of one language go to the same threads. Their segments then have the words of one language alone: fewer
//! words, whose lists stay at hand in the cache while they grow and take less room, and a word of a query is in half of
//! the segments.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;

use crossbeam_channel::{Receiver, Sender, bounded, unbounded};
use tantivy::Index;
use tantivy::index::SegmentMeta;

use super::builder::SegmentBuilder;
use super::dictionary::{Dictionaries, GROUPS, group_of};
use super::document::{Added, document};
use super::failure::engine_error;
use super::inverter;
use super::record::Packer;
use super::schema::Fields;
use crate::article::{Article, Language};
use crate::error::{Error, Kind, Result};
use crate::story::Signature;
use crate::threads::last_words;

/// How many articles wait for a thread at most.
const QUEUE: usize = 256;
/// How many articles a thread compresses one after the other, and then indexes: each of the two has tables of its own
/// that fill the cache.
const BATCH: usize = 128;
/// After how many bytes of text it compresses no more first.
const BATCH_BYTES: usize = 1 << 20;
/// How much of its memory a segment that is full leaves free, for what the last article may take.
const MARGIN: usize = 1 << 20;

/// Where segments are made, and of what.
#[derive(Clone)]
pub(super) struct Site {
    pub index: Index,
    pub fields: Fields,
    /// What records are compressed with.
    pub dictionaries: Arc<Dictionaries>,
    /// How many bytes of memory a segment may take before it is written.
    pub memory: usize,
    pub added: Added,
    /// The folder of the index, for errors.
    pub root: PathBuf,
}

/// Threads that index.
pub(super) struct SegmentWriters {
    threads: Vec<Thread>,
    full: Receiver<SegmentMeta>,
    /// Whether segments that are not full are written at the end, and not dropped.
    finishing: Arc<AtomicBool>,
}

struct Thread {
    queue: Sender<(Article, Signature)>,
    handle: JoinHandle<Result<()>>,
}

impl SegmentWriters {
    /// Starts `threads` threads.
    pub fn start(site: &Site, threads: usize) -> SegmentWriters {
        let (sender, full) = unbounded();
        let finishing = Arc::new(AtomicBool::new(false));
        let thread = |_| {
            let (queue, articles) = bounded(QUEUE);
            let (site, full, finishing) = (site.clone(), sender.clone(), finishing.clone());
            let handle = std::thread::spawn(move || work(&site, articles, &full, &finishing));
            Thread { queue, handle }
        };
        SegmentWriters { threads: (0..threads.max(1)).map(thread).collect(), full, finishing }
    }

    /// Hands an article with the signature of its text to a thread; waits if there are too many already.
    ///
    /// # Errors
    /// What made a thread end.
    pub fn add(&mut self, article: Article, signature: Signature) -> Result<()> {
        if self.threads.is_empty() {
            return Err(ended());
        }
        let waiting: Vec<usize> = self.threads.iter().map(|thread| thread.queue.len()).collect();
        let thread = thread_for(article.language, &waiting);
        if self.threads[thread].queue.send((article, signature)).is_ok() {
            return Ok(());
        }
        self.join()?;
        Err(ended())
    }

    /// Returns the segments that are full by now, each once.
    pub fn full(&self) -> impl Iterator<Item = SegmentMeta> + '_ {
        self.full.try_iter()
    }

    /// Writes what there is, and returns the segments that were not returned before.
    ///
    /// # Errors
    /// What made a thread end.
    pub fn finish(mut self) -> Result<Vec<SegmentMeta>> {
        // After an error, articles are missing.
        if self.threads.is_empty() {
            return Err(ended());
        }
        self.finishing.store(true, Ordering::Relaxed);
        self.join()?;
        Ok(self.full.try_iter().collect())
    }

    /// Waits until all threads have ended, and returns the first error.
    fn join(&mut self) -> Result<()> {
        let handles: Vec<_> = self.threads.drain(..).map(|thread| thread.handle).collect();
        // All of them, so that none works on when the index is closed.
        let end = |handle: JoinHandle<Result<()>>| {
            handle.join().unwrap_or_else(|panic| Err(ended().because(last_words(&*panic))))
        };
        let ends: Vec<Result<()>> = handles.into_iter().map(end).collect();
        ends.into_iter().collect()
    }
}

impl Drop for SegmentWriters {
    fn drop(&mut self) {
        let _ = self.join();
    }
}

fn ended() -> Error {
    Error::new(Kind::Internal, ("a thread that indexes has ended", "un fil d’indexation s’est arrêté"))
}

/// Returns the thread for an article, by how many articles wait for each: of those of its group of languages, which are
/// every other one, that with the fewest; if there is no room, one of the other group that has nothing to do.
fn thread_for(language: Language, waiting: &[usize]) -> usize {
    let least = |threads: &mut dyn Iterator<Item = usize>| threads.min_by_key(|thread| waiting[*thread]).unwrap_or(0);
    let own = least(&mut (group_of(language) % waiting.len()..waiting.len()).step_by(GROUPS));
    let idle = least(&mut (0..waiting.len()));
    if waiting[own] >= QUEUE && waiting[idle] == 0 { idle } else { own }
}

/// Makes segments of articles until there are no more.
fn work(
    site: &Site,
    articles: Receiver<(Article, Signature)>,
    full: &Sender<SegmentMeta>,
    finishing: &AtomicBool,
) -> Result<()> {
    let failed = |error| engine_error(error, &site.root);
    let mut open: Option<SegmentBuilder> = None;
    let close = |builder: SegmentBuilder| -> Result<()> {
        let segment = builder.finish().map_err(failed)?;
        // Who asks no more wants no segments.
        let _ = full.send(segment);
        Ok(())
    };
    let mut packer = Packer::new(&site.dictionaries)?;
    let mut packed = |(article, signature): (Article, Signature)| -> Result<_> {
        let record = packer.pack(&article)?;
        Ok(document(article, &signature, record, site.added, &site.fields))
    };
    let mut documents = Vec::with_capacity(BATCH);
    while let Ok(first) = articles.recv() {
        let mut bytes = 0;
        for article in std::iter::once(first).chain(articles.try_iter()).take(BATCH) {
            bytes += article.0.body.len();
            documents.push(packed(article)?);
            if bytes >= BATCH_BYTES {
                break;
            }
        }
        for document in documents.drain(..) {
            let mut builder = match open.take() {
                Some(builder) => builder,
                None => SegmentBuilder::new(site.index.new_segment(), inverter::BATCH).map_err(failed)?,
            };
            builder.add(&document).map_err(failed)?;
            match builder.memory() + MARGIN < site.memory {
                true => open = Some(builder),
                false => close(builder)?,
            }
        }
    }
    if finishing.load(Ordering::Relaxed) { open.map_or(Ok(()), close) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::super::schema::schema;
    use super::*;

    fn site(folder: &std::path::Path, memory: usize) -> Site {
        let (schema, fields) = schema();
        let index = Index::create_in_dir(folder, schema).unwrap();
        Site {
            index,
            fields,
            dictionaries: Arc::default(),
            memory,
            added: Added { at: 0, generation: 1 },
            root: folder.to_owned(),
        }
    }

    fn article(n: usize, language: Language) -> (Article, Signature) {
        let body = (0..50).map(|word| format!("mot{}", n * 50 + word)).collect::<Vec<_>>().join(" ");
        let article = Article { id: n.to_string(), body_end: body.len(), body, language, ..Article::default() };
        let signature = Signature::of(&article);
        (article, signature)
    }

    fn documents(segments: &[SegmentMeta]) -> Vec<u32> {
        let mut documents: Vec<u32> = segments.iter().map(SegmentMeta::max_doc).collect();
        documents.sort_unstable();
        documents
    }

    #[test]
    fn each_language_has_segments_of_its_own() {
        let folder = tempfile::tempdir().unwrap();
        let mut writers = SegmentWriters::start(&site(folder.path(), 15 << 20), 2);
        for n in 0..100 {
            let language = if n % 4 == 0 { Language::French } else { Language::English };
            let (article, signature) = article(n, language);
            writers.add(article, signature).unwrap();
        }
        assert_eq!(documents(&writers.finish().unwrap()), [25, 75]);
    }

    #[test]
    fn a_segment_that_is_full_is_handed_over_and_the_next_one_begun() {
        let folder = tempfile::tempdir().unwrap();
        let mut writers = SegmentWriters::start(&site(folder.path(), 15 << 20), 1);
        let mut segments = Vec::new();
        for n in 0..1500 {
            let (article, signature) = article(n, Language::French);
            writers.add(article, signature).unwrap();
            segments.extend(writers.full());
        }
        segments.extend(writers.finish().unwrap());
        assert!(segments.len() > 1, "{:?}", documents(&segments));
        assert_eq!(documents(&segments).iter().sum::<u32>(), 1500);
    }

    #[test]
    fn without_a_finish_nothing_is_handed_over() {
        let folder = tempfile::tempdir().unwrap();
        let mut writers = SegmentWriters::start(&site(folder.path(), 15 << 20), 2);
        let (article, signature) = article(1, Language::French);
        writers.add(article, signature).unwrap();
        let full = writers.full.clone();
        drop(writers);
        assert_eq!(full.try_iter().count(), 0);
    }

    #[test]
    fn what_made_a_thread_end_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let gone = folder.path().join("gone");
        std::fs::create_dir(&gone).unwrap();
        let site = site(&gone, 15 << 20);
        std::fs::remove_dir_all(&gone).unwrap();
        let mut writers = SegmentWriters::start(&site, 2);
        let told = (0..).find_map(|n| {
            let (article, signature) = article(n, Language::French);
            writers.add(article, signature).err()
        });
        assert!(told.unwrap().to_string().contains("gone"));
        let (article, signature) = article(0, Language::French);
        assert!(writers.add(article, signature).is_err() && writers.finish().is_err(), "articles are missing");
    }

    #[test]
    fn a_thread_of_the_language_is_taken_and_an_idle_one_if_it_has_no_room() {
        use Language::{English, French};
        for (language, waiting, want) in [
            (French, &[9, 0][..], 0),
            (English, &[0, 9], 1),
            (French, &[QUEUE, 0], 1),
            (French, &[QUEUE, 1], 0),
            (English, &[QUEUE], 0),
            (French, &[5, 0, 3, 0], 2),
            (Language::Other, &[0, 5, 0, 3], 3),
            (English, &[0, QUEUE, 7, QUEUE], 0),
        ] {
            assert_eq!(thread_for(language, waiting), want, "{language:?} {waiting:?}");
        }
    }

    #[test]
    fn a_thread_that_panicked_is_heard() {
        for said in ["plain", "with a number"] {
            let handle = std::thread::spawn(move || match said {
                "plain" => panic!("no such field"),
                _ => panic!("no such field {}", said.len()),
            });
            let threads = vec![Thread { queue: bounded(1).0, handle }];
            let writers = SegmentWriters { threads, full: unbounded().1, finishing: Arc::default() };
            let error = writers.finish().unwrap_err();
            assert_eq!(error.kind(), Kind::Internal);
            assert!(std::error::Error::source(&error).unwrap().to_string().starts_with("no such field"), "{error}");
        }
    }
}
