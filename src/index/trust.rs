//! Which files that are read in place, the engine's, the layers of the vocabulary and the table of stories, may be read
//! without a look at their checksums: those that are, by size and time, as the writer left them.
//!
//! Each such file ends with a checksum, at which tantivy does not look; a damaged file would give wrong answers.
//! Summing up a whole index at each search would be slow. So the writer, when it is done, notes size and time of
//! every file; a reader sums up only the files that differ from the note: those that a run has added since, and those
//! that something else has touched. `meta.json` carries no checksum of its own, so the note keeps one.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use serde::{Deserialize, Serialize};
use tantivy::directory::error::OpenReadError;
use tantivy::index::SegmentComponent;
use tantivy::{IndexMeta, Searcher, SegmentMeta};

use super::failure::{DAMAGED, corrupt, engine_error, unreadable};
use super::layout::{Layout, Part};
use super::schema::Fields;
use super::sealed::{seal, unseal};
use super::stamp::Stamp;
use super::totals;
use crate::durable::write_whole;
use crate::error::{Error, Result};

/// The name of the file, in the folder of the index.
const NAME: &str = "trust";
/// How many bytes the end of a file of the engine has at least: the length of its footer and a sign.
const LEAST_BYTES: u64 = 8;
/// What it is, for an error.
const WHAT: (&str, &str) = ("the note of trusted files", "la liste des fichiers sûrs");

/// What the writer noted.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Trust {
    /// The CRC-32 of `meta.json`.
    meta: u32,
    /// Each file with its size and its time in nanoseconds since 1970, by [`name_of`].
    files: HashMap<String, (u64, i64)>,
}

/// Returns how a file is called among the files: by its folder and its own name, wherever the index is.
fn name_of(path: &Path) -> Option<String> {
    let folder = path.parent()?.file_name()?.to_str()?;
    Some(format!("{folder}/{}", path.file_name()?.to_str()?))
}

impl Trust {
    /// Reads the note of an index; one that is missing or damaged vouches for nothing.
    fn read(layout: &Layout) -> Trust {
        fs::read(layout.root.join(NAME)).ok().and_then(|bytes| unseal(&bytes, WHAT).ok()).unwrap_or_default()
    }

    /// Notes the files of an index as they are now. Nothing depends on it but speed, so a failure is no error.
    pub fn renew(layout: &Layout, metas: &IndexMeta, stamp: &Stamp) {
        let engine = layout.engine();
        let Ok(meta) = fs::read(engine.join("meta.json")) else { return };
        let segments = metas.segments.iter().flat_map(files_of).map(|name| engine.join(name));
        let layers = stamp.vocabulary.iter().map(|name| layout.path(Part::Vocabulary, name));
        let files = segments.chain(layers).chain([layout.path(Part::Stories, &stamp.stories)]);
        let files = files.filter_map(|path| Some((name_of(&path)?, stamp_of(&path)?)));
        let trust = Trust { meta: crc32fast::hash(&meta), files: files.collect() };
        if let Ok(bytes) = seal(&trust, WHAT) {
            let _ = write_whole(&layout.root, NAME, &bytes);
        }
    }

    /// Sums up the files of the engine that are not as they were noted, and returns the note.
    ///
    /// # Errors
    /// `Corrupt` at the first file whose checksum is wrong.
    pub fn check(layout: &Layout, index: &tantivy::Index, metas: &IndexMeta) -> Result<Trust> {
        let trust = Trust::read(layout);
        let engine = layout.engine();
        for name in metas.segments.iter().flat_map(files_of) {
            if !trust.knows(&engine.join(&name)) {
                check_file(layout, index, &name)?;
            }
        }
        Ok(trust)
    }

    /// Returns whether `meta.json` is as it was noted.
    pub fn knows_meta(&self, layout: &Layout) -> Result<bool> {
        let path = layout.engine().join("meta.json");
        let meta = fs::read(&path).map_err(|error| Error::io(&path, error))?;
        Ok(crc32fast::hash(&meta) == self.meta)
    }

    /// Returns whether a file is as it was noted.
    pub fn knows(&self, path: &Path) -> bool {
        let noted = name_of(path).and_then(|name| self.files.get(&name).copied());
        noted.is_some() && noted == stamp_of(path)
    }
}

/// Checks the checksum at the end of a file. One that is gone was merged into another meanwhile, or is
/// missed when the segment is opened.
pub(super) fn check_file(layout: &Layout, index: &tantivy::Index, name: &Path) -> Result<()> {
    let path = layout.engine().join(name);
    let damaged = || corrupt(DAMAGED, &path);
    // Of four to seven bytes the engine would read eight.
    if fs::metadata(&path).is_ok_and(|metadata| metadata.len() < LEAST_BYTES) {
        return Err(damaged());
    }
    match index.directory().validate_checksum(name) {
        Ok(true) | Err(OpenReadError::FileDoesNotExist(_)) => Ok(()),
        Ok(false) => Err(damaged()),
        Err(error) => Err(unreadable(&error, &path)),
    }
}

/// Checks what a changed `meta.json` says of segments that are open: how many articles each has.
///
/// # Errors
/// `Corrupt` if a segment's own files say otherwise.
pub(super) fn check_counts(layout: &Layout, searcher: &Searcher, fields: Fields) -> Result<()> {
    for reader in searcher.segment_readers() {
        let counted = reader.get_fieldnorms_reader(fields.body).map_err(|error| engine_error(error, &layout.root))?;
        if counted.num_docs() != reader.max_doc() {
            let path = layout.engine().join("meta.json");
            return Err(corrupt(DAMAGED, &path));
        }
    }
    Ok(())
}

/// Returns the names of the files that a segment is made of.
pub(super) fn files_of(segment: &SegmentMeta) -> Vec<PathBuf> {
    let mut components = vec![
        SegmentComponent::Postings,
        SegmentComponent::Positions,
        SegmentComponent::Terms,
        SegmentComponent::Store,
        SegmentComponent::FastFields,
        SegmentComponent::FieldNorms,
        totals::component(),
    ];
    if segment.has_deletes() {
        components.push(SegmentComponent::Delete);
    }
    components.into_iter().map(|component| segment.relative_path(component)).collect()
}

/// Returns a file's size and time.
fn stamp_of(path: &Path) -> Option<(u64, i64)> {
    let metadata = fs::metadata(path).ok()?;
    let modified = metadata.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    Some((metadata.len(), i64::try_from(modified.as_nanos()).ok()?))
}
