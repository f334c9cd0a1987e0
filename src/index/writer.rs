//! The one writer of an index: adds and removes articles, and commits them with the vocabulary and
//! the table of files that belong to them.

use std::panic::resume_unwind;
use std::path::Path;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use tantivy::IndexWriter;
use tantivy::index::SegmentMeta;

use super::arrivals::Arrivals;
use super::dictionary::{Dictionaries, GROUPS, file_name, group_of, seal};
use super::document::{Added, brought_before};
use super::engine::{LEAST_MEMORY, open_engine, write_with};
use super::failure::{corrupt, engine_error};
use super::files::FileTable;
use super::forms::Forms;
use super::layout::{Layout, Part};
use super::learning::Learning;
use super::plugin::Plugin;
use super::reader::Index;
use super::schema::{Fields, schema};
use super::segments::{SegmentWriters, Site};
use super::stamp::Stamp;
use super::stories::Stories;
use super::trust::Trust;
use super::verify::verify;
use crate::article::Article;
use crate::error::{Error, Kind, Result};
use crate::lock::Lock;
use crate::story::Signature;
use crate::threads::pool;
use crate::vocabulary::{Collector, MOST_FORMS, Vocabulary};

/// The most that it takes for a thread.
const MOST_MEMORY: usize = 2 << 30;

/// What a writer is opened with.
#[derive(Clone, Copy, Debug)]
pub struct WriterOptions {
    /// How many threads index.
    pub threads: usize,
    /// Bytes of memory for all of them together.
    pub memory: usize,
    /// Whether an index of another version, or a damaged one, gives way to a new one.
    pub rebuild: bool,
    /// How long to wait for another writer.
    pub wait: Duration,
    /// The present, in seconds since 1970 UTC: when articles are added.
    pub now: i64,
}

/// An index opened for writing. Readers are never blocked; other writers are.
pub struct Writer {
    layout: Layout,
    engine: IndexWriter,
    fields: Fields,
    collector: Arc<Collector>,
    /// How many threads a commit may work on.
    threads: usize,
    stamp: Option<Stamp>,
    stories: Stories,
    arrivals: Arrivals,
    site: Site,
    /// The threads that index, once there is something to index since the last commit.
    writers: Option<SegmentWriters>,
    /// By group of languages.
    learning: [Learning; GROUPS],
    _lock: Arc<Lock>,
}

impl Writer {
    /// Opens the index at `path`, or begins a new one, and returns it with its table of files.
    ///
    /// # Errors
    /// `Locked` if another process writes to it for longer than `wait`; `Incompatible` or `Corrupt` as
    /// for reading, unless `rebuild` is set; `Io` if the folder cannot be written.
    pub fn open(path: &Path, options: WriterOptions) -> Result<(Writer, FileTable)> {
        let layout = Layout::new(path);
        layout.create()?;
        let lock = Arc::new(layout.lock(options.wait)?);
        // Who reads everything again has time to look at every byte; damage that is found later stops a commit.
        let is_damaged = options.rebuild && verify(path).is_ok_and(|found| !found.damages.is_empty());
        if !is_damaged {
            match Writer::open_locked(&layout, &lock, options) {
                Err(error) if options.rebuild && matches!(error.kind(), Kind::Incompatible | Kind::Corrupt) => {}
                result => return result,
            }
        }
        let roots = layout.last_roots();
        let engine = layout.engine();
        std::fs::remove_dir_all(&engine).map_err(|error| Error::io(&engine, error))?;
        layout.create()?;
        let (writer, table) = Writer::open_locked(&layout, &lock, options)?;
        // Their names stay those of their articles.
        Ok((writer, FileTable { roots, ..table }))
    }

    fn open_locked(layout: &Layout, lock: &Arc<Lock>, options: WriterOptions) -> Result<(Writer, FileTable)> {
        let (schema, fields) = schema();
        let failed = |error| engine_error(error, &layout.root);
        let mut index = open_engine(&layout.engine(), &schema, fields).map_err(failed)?;
        let metas = index.load_metas().map_err(failed)?;
        // An index whose first commit never came holds nothing and has no stamp.
        let stamp = match metas.payload.as_deref() {
            None if metas.segments.is_empty() => None,
            payload => Some(Stamp::read(payload, &layout.root)?),
        };
        let trust = Trust::check(layout, &index, &metas)?;
        if index.schema() != schema {
            return Err(corrupt(("the schema is not telex's", "le schéma n’est pas celui de telex"), &layout.root));
        }
        let (vocabulary, table, stories) = match &stamp {
            Some(stamp) => (layout.vocabulary(stamp, &trust)?, layout.files(stamp)?, layout.stories(stamp, &trust)?),
            None => (Vocabulary::default(), FileTable::default(), Stories::default()),
        };
        let collector = Arc::new(Collector::new(vocabulary));
        index.register_plugin(Arc::new(Plugin(Forms { collector: collector.clone(), fields })));
        let threads = options.threads.clamp(1, (options.memory / LEAST_MEMORY).max(1));
        let memory = options.memory.clamp(LEAST_MEMORY, threads * MOST_MEMORY);
        let engine = write_with(&index, threads).map_err(failed)?;
        let layout = layout.clone();
        let dictionaries = Dictionaries::default();
        let named = stamp.as_ref().map(|stamp| stamp.dictionaries.clone()).unwrap_or_default();
        for (group, name) in named.iter().enumerate() {
            name.iter().try_for_each(|name| layout.dictionary(name).map(|bytes| dictionaries.set(group, bytes)))?;
        }
        let site = Site {
            index: engine.index().clone(),
            fields,
            dictionaries: Arc::new(dictionaries),
            memory: memory / threads,
            added: Added { at: options.now, generation: next_generation(stamp.as_ref()) },
            root: layout.root.clone(),
        };
        let learning = named.map(|name| Learning::after(name.is_some()));
        let arrivals = Arrivals::default();
        let writer = Writer {
            layout,
            engine,
            fields,
            collector,
            threads,
            stamp,
            stories,
            arrivals,
            site,
            writers: None,
            learning,
            _lock: lock.clone(),
        };
        Ok((writer, table))
    }

    /// Adds an article with the signature of its text. It is seen after the next commit.
    ///
    /// # Errors
    /// `Io` if the disk is full or cannot be written: nothing of this run is committed then. So with [`Writer::remove`].
    pub fn add(&mut self, article: Article, signature: Signature) -> Result<()> {
        let group = group_of(article.language);
        if let Learning::From(waiting) = &mut self.learning[group] {
            return if waiting.push(article, signature)? { self.learn(group) } else { Ok(()) };
        }
        self.write(article, signature)
    }

    fn write(&mut self, article: Article, signature: Signature) -> Result<()> {
        self.arrivals.added.push((article.id.clone(), signature.clone()));
        let writers = self.writers.get_or_insert_with(|| SegmentWriters::start(&self.site, self.threads));
        writers.add(article, signature)?;
        hand_over(&self.engine, writers.full(), &self.layout.root)
    }

    /// Makes the dictionary of a group of the articles that wait for it, if they are enough, and writes them.
    fn learn(&mut self, group: usize) -> Result<()> {
        let Learning::From(waiting) = &mut self.learning[group] else { return Ok(()) };
        let (articles, dictionary) = std::mem::take(waiting).finish();
        self.learning[group] = if dictionary.is_some() { Learning::Made } else { Learning::Done };
        dictionary.into_iter().for_each(|bytes| self.site.dictionaries.set(group, bytes));
        for (article, signature) in articles {
            self.write(article, signature)?;
        }
        Ok(())
    }

    /// Removes the articles that the last commit has of the file named `path`; new ones may be added after.
    pub fn remove(&mut self, path: &str) -> Result<()> {
        self.arrivals.removed.push(path.to_owned());
        let deleted = self.engine.delete_query(brought_before(path, self.site.added, &self.fields));
        deleted.map(drop).map_err(|error| engine_error(error, &self.layout.root))
    }

    /// Returns how many articles and new forms are held in memory, beside what the engine holds, until the next commit.
    pub fn waiting(&self) -> u64 {
        let learning = |learning: &Learning| if let Learning::From(waiting) = learning { waiting.len() } else { 0 };
        let learning: usize = self.learning.iter().map(learning).sum();
        (self.arrivals.added.len() + learning) as u64 + self.collector.len()
    }

    /// Makes everything since the last commit visible at once, with `table` as its table of files.
    ///
    /// # Errors
    /// `Io` if something cannot be written; the last commit then stays as it was.
    pub fn commit(&mut self, table: &FileTable) -> Result<()> {
        let generation = self.site.added.generation;
        let name = format!("{generation:08}");
        (0..GROUPS).try_for_each(|group| self.learn(group))?;
        let root = &self.layout.root;
        let last = self.engine.index().clone();
        let writers = self.writers.take();
        let (mut prepared, layer, stories) = thread::scope(|scope| {
            // Stories ask the last commit and the signatures, not the segments that are written meanwhile.
            let stories = scope.spawn(|| self.arrivals.settle(&self.stories, &last, &self.fields));
            if let Some(writers) = writers {
                hand_over(&self.engine, writers.finish()?, root)?;
            }
            let prepared = self.engine.prepare_commit().map_err(|error| engine_error(error, root))?;
            // Every segment has been written now, so the collector has every form of this commit.
            let layer = pool(self.threads)?.install(|| self.collector.layer())?;
            let stories = stories.join().unwrap_or_else(|panic| resume_unwind(panic));
            Ok::<_, Error>((prepared, layer, stories.map_err(|error| engine_error(error, root))?))
        })?;
        let stories_name = match &self.stamp {
            Some(stamp) if stories == self.stories => stamp.stories.clone(),
            _ => {
                self.layout.write(Part::Stories, &name, &stories.to_bytes())?;
                name.clone()
            }
        };
        let mut layers = self.stamp.as_ref().map(|stamp| stamp.vocabulary.clone()).unwrap_or_default();
        if let Some((kept, layer)) = layer {
            self.layout.write(Part::Vocabulary, &name, &layer)?;
            layers.truncate(kept);
            layers.push(name.clone());
        }
        self.layout.write(Part::Files, &name, &table.to_bytes()?)?;
        let here = self.layout.here();
        let roots = table.roots.iter().map(|root| root.kept(&here)).collect();
        let mut dictionaries = self.stamp.as_ref().map(|stamp| stamp.dictionaries.clone()).unwrap_or_default();
        for (group, dictionary) in dictionaries.iter_mut().enumerate() {
            if matches!(self.learning[group], Learning::Made) {
                let name = file_name(&name, group);
                let bytes = seal(self.site.dictionaries.bytes(group).unwrap_or_default());
                self.layout.write(Part::Dictionary, &name, &bytes)?;
                *dictionary = Some(name);
            }
        }
        let stamp = Stamp {
            generation,
            vocabulary: layers,
            files: name,
            stories: stories_name,
            dictionaries,
            roots,
            ..Stamp::new()
        };
        let payload = serde_json::to_string(&stamp).map_err(|error| Error::io(root, error.into()))?;
        prepared.set_payload(&payload);
        prepared.commit().map_err(|error| engine_error(error, root))?;
        self.collector.reset(self.layout.vocabulary(&stamp, &Trust::default())?);
        self.layout.sweep(&stamp);
        // Who searches during a long run, or after one that was killed, need not sum up all of it.
        let metas = self.engine.index().load_metas().map_err(|error| engine_error(error, root))?;
        Trust::renew(&self.layout, &metas, &stamp);
        self.learning = stamp.dictionaries.each_ref().map(|name| Learning::after(name.is_some()));
        self.site.added.generation = next_generation(Some(&stamp));
        self.stamp = Some(stamp);
        (self.stories, self.arrivals) = (stories, Arrivals::default());
        Ok(())
    }

    /// Waits for the merges that go on behind, and closes the index.
    pub fn close(self) -> Result<()> {
        let failed = |error| engine_error(error, &self.layout.root);
        let index = self.engine.index().clone();
        self.engine.wait_merging_threads().map_err(failed)?;
        if let Some(stamp) = &self.stamp {
            Trust::renew(&self.layout, &index.load_metas().map_err(failed)?, stamp);
        }
        Ok(())
    }

    /// Joins all segments into one and drops what is no longer used: removed articles, and forms that no
    /// article has. Returns how many segments there were.
    ///
    /// # Errors
    /// As for [`Writer::commit`]. The index then stays as it was.
    pub fn compact(&mut self, table: &FileTable) -> Result<usize> {
        if self.waiting() > 0 {
            // The forms of what is new are in no segment of a commit yet, from which they are filed anew.
            self.commit(table)?;
        }
        let root = self.layout.root.clone();
        let segments = self.engine.index().searchable_segment_metas().map_err(|error| engine_error(error, &root))?;
        let ids: Vec<_> = segments.iter().map(|segment| segment.id()).collect();
        let is_whole = segments.len() < 2 && !segments.iter().any(|segment| segment.has_deletes());
        // While somebody knows of a segment, its files stay.
        drop(segments);
        if !is_whole {
            self.engine.merge(&ids).wait().map_err(|error| engine_error(error, &root))?;
        }
        let layers = self.file_anew(MOST_FORMS)?;
        if let Some(stamp) = &mut self.stamp {
            stamp.vocabulary = layers;
        }
        self.commit(table)?;
        self.engine.garbage_collect_files().wait().map_err(|error| engine_error(error, &root))?;
        Ok(ids.len())
    }

    /// Files the forms that the index has in new layers, `most` forms at a time, and returns their names; the last
    /// forms are left in the collector, for the layer of the commit that follows.
    fn file_anew(&mut self, most: u64) -> Result<Vec<String>> {
        let mut stamp = self.stamp.clone().unwrap_or_default();
        stamp.vocabulary.clear();
        self.collector.reset(Vocabulary::default());
        let (mut seen, mut written) = (0, 0);
        Index::open(&self.layout.root)?.for_each_form(&mut |form| {
            self.collector.add(form);
            seen += 1;
            if seen % most > 0 {
                return Ok(());
            }
            if let Some((kept, layer)) = pool(self.threads)?.install(|| self.collector.layer())? {
                let name = format!("{:08}-{written}", stamp.generation + 1);
                written += 1;
                self.layout.write(Part::Vocabulary, &name, &layer)?;
                stamp.vocabulary.truncate(kept);
                stamp.vocabulary.push(name);
                self.collector.reset(self.layout.vocabulary(&stamp, &Trust::default())?);
            }
            Ok(())
        })?;
        Ok(stamp.vocabulary)
    }
}

/// Returns the number of the commit after the one with this stamp.
fn next_generation(stamp: Option<&Stamp>) -> u64 {
    stamp.map_or(0, |stamp| stamp.generation) + 1
}

/// Gives the engine segments that are written.
fn hand_over(engine: &IndexWriter, segments: impl IntoIterator<Item = SegmentMeta>, root: &Path) -> Result<()> {
    segments.into_iter().try_for_each(|segment| engine.add_segment(segment).map_err(|error| engine_error(error, root)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::FileState;

    #[test]
    fn there_is_one_writer_at_a_time() {
        let folder = tempfile::tempdir().unwrap();
        let options =
            WriterOptions { threads: 1, memory: LEAST_MEMORY, rebuild: false, wait: Duration::from_millis(1), now: 0 };
        let (first, table) = Writer::open(folder.path(), options).unwrap();
        assert_eq!(table, FileTable::default());
        assert_eq!(Writer::open(folder.path(), options).err().unwrap().kind(), Kind::Locked);
        drop(first);
        assert!(Writer::open(folder.path(), options).is_ok());
    }

    #[test]
    fn compacting_leaves_the_files_of_one_segment() {
        let folder = tempfile::tempdir().unwrap();
        let options = WriterOptions { threads: 1, memory: LEAST_MEMORY, rebuild: false, wait: Duration::ZERO, now: 0 };
        let (mut writer, mut table) = Writer::open(folder.path(), options).unwrap();
        // What is not committed yet is compacted, too.
        for (id, commits) in [("a", true), ("b", true), ("c", false)] {
            let article =
                Article { id: id.into(), path: id.into(), body: id.into(), body_end: 1, ..Article::default() };
            let signature = Signature::of(&article);
            writer.add(article, signature).unwrap();
            table.files.insert(id.into(), FileState { size: 1, modified: 0, changed: 0, fingerprint: 0, articles: 1 });
            commits.then(|| writer.commit(&table).unwrap());
        }
        let stores = || {
            let files = std::fs::read_dir(folder.path().join("engine")).unwrap();
            files.filter(|file| file.as_ref().unwrap().path().extension().is_some_and(|it| it == "store")).count()
        };
        assert_eq!(stores(), 2);
        let begun = folder.path().join("engine/meta.json.7.tmp");
        std::fs::write(&begun, "by one that was killed").unwrap();
        assert_eq!(writer.compact(&table).unwrap(), 3);
        assert_eq!((stores(), Index::open(folder.path()).unwrap().vocabulary.len()), (1, 3));
        assert!(!begun.exists());
        writer.close().unwrap();
    }

    /// A run that was killed right after its commit leaves segments to be joined, which the next run begins with.
    #[test]
    fn what_is_removed_first_is_gone_though_its_segment_is_being_joined() {
        let folder = tempfile::tempdir().unwrap();
        let options = WriterOptions { threads: 1, memory: LEAST_MEMORY, rebuild: false, wait: Duration::ZERO, now: 0 };
        let (mut writer, mut table) = Writer::open(folder.path(), options).unwrap();
        writer.engine.set_merge_policy(Box::new(tantivy::merge_policy::NoMergePolicy));
        let add = |writer: &mut Writer, table: &mut FileTable, id: &str| {
            let article =
                Article { id: id.into(), path: id.into(), body: id.into(), body_end: id.len(), ..Article::default() };
            let signature = Signature::of(&article);
            writer.add(article, signature).unwrap();
            table.files.insert(id.into(), FileState { size: 1, modified: 0, changed: 0, fingerprint: 0, articles: 1 });
        };
        // The smallest is joined first: not this one.
        ["gone", "kept"].iter().for_each(|id| add(&mut writer, &mut table, id));
        for id in ["changed", "b", "c", "d", "e", "f", "g", "h", "i"] {
            add(&mut writer, &mut table, id);
            writer.commit(&table).unwrap();
        }
        // The last commit removes an article from the first segment, so that its deletions are those of that commit.
        writer.remove("gone").unwrap();
        table.files.remove("gone");
        writer.commit(&table).unwrap();
        writer.close().unwrap();
        // One of a segment that has no deletions yet; then one of that which has.
        for (id, commits) in [("b", false), ("changed", true)] {
            let (mut writer, mut table) = Writer::open(folder.path(), options).unwrap();
            writer.remove(id).unwrap();
            add(&mut writer, &mut table, id);
            if commits {
                writer.commit(&table).unwrap();
            } else {
                // Stopped when the first of its segments is full.
                (0..GROUPS).for_each(|group| writer.learn(group).unwrap());
                let full = writer.writers.take().unwrap().finish().unwrap();
                hand_over(&writer.engine, full, folder.path()).unwrap();
            }
            writer.close().unwrap();
            let found = verify(folder.path()).unwrap();
            assert!(found.damages.is_empty(), "{id}: {:?}", found.damages);
        }
    }

    #[test]
    fn forms_are_filed_anew_so_many_at_a_time() {
        let folder = tempfile::tempdir().unwrap();
        let options = WriterOptions { threads: 1, memory: LEAST_MEMORY, rebuild: false, wait: Duration::ZERO, now: 0 };
        let (mut writer, mut table) = Writer::open(folder.path(), options).unwrap();
        // Sentences end, and what marks that is no form.
        let body = (0..100).map(|n| format!("Mot{n}. ")).collect::<String>();
        let article = Article { id: "a".into(), path: "a".into(), body_end: body.len(), body, ..Article::default() };
        let signature = Signature::of(&article);
        writer.add(article, signature).unwrap();
        table.files.insert("a".into(), FileState { size: 1, modified: 0, changed: 0, fingerprint: 0, articles: 1 });
        writer.commit(&table).unwrap();
        let layers = writer.file_anew(30).unwrap();
        // The last ten are left; layers as small as these are joined.
        assert_eq!((layers.len(), writer.collector.len()), (1, 10));
        let stamp = Stamp { vocabulary: layers.clone(), ..Stamp::new() };
        assert_eq!(writer.layout.vocabulary(&stamp, &Trust::default()).unwrap().len(), 90);
        writer.stamp.as_mut().unwrap().vocabulary = layers;
        writer.commit(&table).unwrap();
        writer.close().unwrap();
        assert!(verify(folder.path()).unwrap().damages.is_empty());
        assert_eq!(Index::open(folder.path()).unwrap().vocabulary.len(), 100);
    }
}
