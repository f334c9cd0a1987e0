//! The engine as the writer has it: its index in a folder, and its own writer, which gets whole segments and no document.

use std::path::Path;
use std::sync::Arc;

use tantivy::IndexWriter;
use tantivy::index::IndexSettings;
use tantivy::indexer::IndexWriterOptions;
use tantivy::schema::Schema;
use tantivy::store::Compressor;

use super::directory::to_write;
use super::merging::Bounded;
use super::plugin::Plugin;
use super::schema::Fields;
use super::totals::Totals;

/// The size of a block of stored articles, which is read whole.
const STORE_BLOCK: usize = 8 << 10;
/// The least memory that tantivy takes for a thread.
pub(super) const LEAST_MEMORY: usize = 15 << 20;

/// Opens the engine's index in a folder, or makes it there.
pub(super) fn open_engine(engine: &Path, schema: &Schema, fields: Fields) -> tantivy::Result<tantivy::Index> {
    let totals = Arc::new(Plugin(Totals(fields)));
    let exists = engine.join("meta.json").exists();
    let folder = to_write(engine)?;
    if exists {
        let mut index = tantivy::Index::open(folder)?;
        index.register_plugin(totals);
        return Ok(index);
    }
    // Records are compressed before they come here, each by itself.
    let settings = IndexSettings {
        docstore_compression: Compressor::None,
        docstore_compress_dedicated_thread: false,
        docstore_blocksize: STORE_BLOCK,
        ..IndexSettings::default()
    };
    tantivy::Index::builder().schema(schema.clone()).settings(settings).register_plugin(totals).open_or_create(folder)
}

/// Returns the engine's writer of an index to which `threads` threads of ours give segments: its own get no document.
pub(super) fn write_with(index: &tantivy::Index, threads: usize) -> tantivy::Result<IndexWriter> {
    // Joining segments takes memory for each document: the fewer at a time, the less.
    let sizes = IndexWriterOptions::builder()
        .num_worker_threads(1)
        .memory_budget_per_thread(LEAST_MEMORY)
        .num_merge_threads(threads.div_ceil(2))
        .build();
    let engine: IndexWriter = index.writer_with_options(sizes)?;
    engine.set_merge_policy(Box::new(Bounded::default()));
    // tantivy's writer (0.27) numbers its operations, and the first one gets the number of the last commit. A removal
    // with that number is taken for a part of that commit where segments are joined that a killed run has left: it
    // reaches some of them at once and others never. So the first operation is an empty one.
    engine.run([])?;
    // A run that was killed may have left files under the very names that this one will choose.
    engine.garbage_collect_files().wait()?;
    Ok(engine)
}
