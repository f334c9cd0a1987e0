//! Where things stand in the folder of an index, and the stamp that each commit carries.
//!
//! `engine/` is tantivy's; `vocabulary/` and `files/` hold immutable files, each written whole
//! under a new name before the commit whose stamp names it. A crash at any moment leaves the last
//! stamp, and everything that it names, untouched.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use tantivy::Directory;
use tantivy::directory::MmapDirectory;

use super::files::FileTable;
use crate::analysis;
use crate::error::{Error, Kind, Result};
use crate::vocabulary::{Layer, Vocabulary};

/// The version of the index on disk: schema, records, table of files.
const FORMAT: u32 = 1;

/// What a commit says of itself (tantivy's payload).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Stamp {
    /// The version of the index on disk.
    pub format: u32,
    /// The version of the analysis that made it.
    pub analysis: u32,
    /// The layers of the vocabulary, by file name.
    pub vocabulary: Vec<String>,
    /// The table of files, by file name.
    pub files: String,
}

impl Stamp {
    /// Returns a stamp of this telex's versions.
    pub fn new(vocabulary: Vec<String>, files: String) -> Stamp {
        Stamp { format: FORMAT, analysis: analysis::VERSION, vocabulary, files }
    }

    /// Reads a stamp.
    ///
    /// # Errors
    /// `Incompatible` if another version wrote the index.
    pub fn read(payload: Option<&str>, index: &Path) -> Result<Stamp> {
        let rebuild = "build it again with `telex index --full`";
        let stamp: Stamp = payload
            .and_then(|payload| serde_json::from_str(payload).ok())
            .ok_or_else(|| Error::new(Kind::Incompatible, "not an index of this telex").at(index).hint(rebuild))?;
        if (stamp.format, stamp.analysis) != (FORMAT, analysis::VERSION) {
            let message = format!(
                "made by another telex (format {}, analysis {}; this one has {FORMAT}, {})",
                stamp.format,
                stamp.analysis,
                analysis::VERSION
            );
            return Err(Error::new(Kind::Incompatible, message).at(index).hint(rebuild));
        }
        Ok(stamp)
    }
}

/// The folder of an index.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    /// The folder itself.
    pub root: PathBuf,
}

impl Layout {
    pub fn new(root: &Path) -> Layout {
        Layout { root: root.to_owned() }
    }

    pub fn engine(&self) -> PathBuf {
        self.root.join("engine")
    }

    pub fn lock(&self) -> PathBuf {
        self.root.join("lock")
    }

    fn vocabulary_folder(&self) -> PathBuf {
        self.root.join("vocabulary")
    }

    fn files_folder(&self) -> PathBuf {
        self.root.join("files")
    }

    /// Makes the folders that do not exist.
    pub fn create(&self) -> Result<()> {
        for folder in [self.engine(), self.vocabulary_folder(), self.files_folder()] {
            fs::create_dir_all(&folder).map_err(|error| {
                Error::io(&folder, error).hint("choose another place for the index with `-i FOLDER`")
            })?;
        }
        Ok(())
    }

    /// Opens the vocabulary that `stamp` names, read in place.
    pub fn vocabulary(&self, stamp: &Stamp) -> Result<Vocabulary> {
        let folder = self.vocabulary_folder();
        if stamp.vocabulary.is_empty() {
            return Ok(Vocabulary::default());
        }
        let directory = MmapDirectory::open(&folder)
            .map_err(|error| corrupt("the vocabulary is missing", &folder).because(error))?;
        let layers = stamp.vocabulary.iter().map(|name| {
            let path = folder.join(name);
            let bytes = directory
                .open_read(Path::new(name))
                .map_err(|error| corrupt("cannot read the vocabulary", &path).because(error))?
                .read_bytes()
                .map_err(|error| Error::io(&path, error))?;
            Layer::open(bytes).map(Arc::new).map_err(|error| error.at(&path))
        });
        Ok(Vocabulary::new(layers.collect::<Result<_>>()?))
    }

    /// Reads the table of files that `stamp` names.
    pub fn files(&self, stamp: &Stamp) -> Result<FileTable> {
        let path = self.files_folder().join(&stamp.files);
        let bytes = fs::read(&path).map_err(|error| corrupt("cannot read the table of files", &path).because(error))?;
        FileTable::from_bytes(&bytes, &self.place()).map_err(|error| error.at(&path))
    }

    /// Writes a layer of the vocabulary.
    pub fn write_vocabulary(&self, name: &str, bytes: &[u8]) -> Result<()> {
        write_whole(&self.vocabulary_folder(), name, bytes)
    }

    /// Writes a table of files.
    pub fn write_files(&self, name: &str, table: &FileTable) -> Result<()> {
        write_whole(&self.files_folder(), name, &table.to_bytes(&self.place())?)
    }

    /// Returns where the index really is, without links on the way.
    fn place(&self) -> PathBuf {
        self.root.canonicalize().unwrap_or_else(|_| self.root.clone())
    }

    /// Removes what `stamp` does not name. A file that cannot be removed stays, and does no harm.
    pub fn sweep(&self, stamp: &Stamp) {
        let keep = |name: &str| stamp.files == name || stamp.vocabulary.iter().any(|layer| layer == name);
        for folder in [self.vocabulary_folder(), self.files_folder()] {
            let Ok(entries) = fs::read_dir(&folder) else { continue };
            for entry in entries.flatten() {
                if !entry.file_name().to_str().is_some_and(keep) {
                    let _ = fs::remove_file(entry.path());
                }
            }
        }
    }

    /// Returns how many bytes the index takes on disk.
    pub fn bytes(&self) -> u64 {
        let sizes = walkdir::WalkDir::new(&self.root).into_iter().flatten().filter_map(|entry| entry.metadata().ok());
        sizes.filter(|metadata| metadata.is_file()).map(|metadata| metadata.len()).sum()
    }
}

pub(super) fn corrupt(message: &str, path: &Path) -> Error {
    Error::new(Kind::Corrupt, message).at(path).hint("build the index again with `telex index --full`")
}

/// Writes a file so that it is there whole or not at all, and on the disk when this returns.
fn write_whole(folder: &Path, name: &str, bytes: &[u8]) -> Result<()> {
    let path = folder.join(name);
    let unfinished = folder.join(format!("{name}.tmp"));
    let write = || {
        let mut file = File::create(&unfinished)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&unfinished, &path)?;
        // A folder cannot be synced everywhere; where it can, the new name is on the disk as well.
        File::open(folder).and_then(|folder| folder.sync_all()).or(Ok(()))
    };
    write().map_err(|error| Error::io(&path, error))
}
