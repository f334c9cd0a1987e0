//! Where things stand in the folder of an index.
//!
//! `engine/` is tantivy's; `vocabulary/`, `files/`, `stories/` and `dictionary/` hold immutable files, each written whole
//! under a new name before the commit whose stamp names it. A crash at any moment leaves the last
//! stamp, and everything that it names, untouched.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use serde::Deserialize;
use tantivy::Directory;
use tantivy::directory::{MmapDirectory, OwnedBytes};

use super::dictionary::{GROUPS, unseal};
use super::failure::{corrupt, unopened, unreadable};
use super::files::{FileTable, Root};
use super::held::Held;
use super::stamp::Stamp;
use super::stories::Stories;
use super::trust::Trust;
use crate::durable::write_whole;
use crate::error::{Error, Kind, Result};
use crate::lock::{Lock, is_held};
use crate::vocabulary::{Layer, Vocabulary};

/// What an index keeps beside the engine's files: each in a folder of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// The layers of the vocabulary.
    Vocabulary,
    /// The table of files.
    Files,
    /// The table of stories.
    Stories,
    /// The dictionaries that stored articles are compressed with.
    Dictionary,
}

impl Part {
    const ALL: [Part; 4] = [Part::Vocabulary, Part::Files, Part::Stories, Part::Dictionary];

    /// Returns the name of its folder.
    fn name(self) -> &'static str {
        match self {
            Part::Vocabulary => "vocabulary",
            Part::Files => "files",
            Part::Stories => "stories",
            Part::Dictionary => "dictionary",
        }
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

    /// Takes the lock of the index, and waits so long for whoever has it.
    ///
    /// # Errors
    /// `Locked` if another holds it all that time; `Io` if the file cannot be written.
    pub fn lock(&self, wait: Duration) -> Result<Lock> {
        let doing = ("writing to this index", "d’écrire dans cet index");
        Lock::take(&self.lock_file(), wait, doing).map_err(|error| match error.kind() {
            Kind::Locked => error.at(&self.root).hint((
                "wait for it with `--wait 30s`; searches go on meanwhile",
                "attendez-le avec `--wait 30s` ; on peut chercher pendant ce temps",
            )),
            _ => error,
        })
    }

    /// Returns whether somebody writes to the index.
    pub fn is_locked(&self) -> bool {
        is_held(&self.lock_file())
    }

    fn lock_file(&self) -> PathBuf {
        self.root.join("lock")
    }

    fn folder(&self, part: Part) -> PathBuf {
        self.root.join(part.name())
    }

    /// Returns where the file of this name is kept.
    pub fn path(&self, part: Part, name: &str) -> PathBuf {
        self.folder(part).join(name)
    }

    /// Writes a file.
    pub fn write(&self, part: Part, name: &str, bytes: &[u8]) -> Result<()> {
        write_whole(&self.folder(part), name, bytes)
    }

    /// Makes the folders that do not exist.
    pub fn create(&self) -> Result<()> {
        for folder in Part::ALL.map(|part| self.folder(part)).into_iter().chain([self.engine()]) {
            fs::create_dir_all(&folder).map_err(|error| {
                Error::io(&folder, error).hint((
                    "choose another place for the index with `-i FOLDER`",
                    "choisissez un autre emplacement pour l’index avec `-i DOSSIER`",
                ))
            })?;
        }
        Ok(())
    }

    /// Opens the vocabulary that `stamp` names, read in place.
    pub fn vocabulary(&self, stamp: &Stamp, trust: &Trust) -> Result<Vocabulary> {
        let layer =
            |name: &String| self.vocabulary_layer(name, trust.knows(&self.path(Part::Vocabulary, name))).map(Arc::new);
        Ok(Vocabulary::new(stamp.vocabulary.iter().map(layer).collect::<Result<_>>()?))
    }

    /// Opens a layer of the vocabulary, read in place. Its checksum is looked at unless it is trusted: a damaged map
    /// must not be searched.
    ///
    /// # Errors
    /// `Corrupt` if it is missing or damaged.
    pub fn vocabulary_layer(&self, name: &str, trusted: bool) -> Result<Layer> {
        let path = self.path(Part::Vocabulary, name);
        let bytes = in_place(&path)?;
        if !trusted && !Layer::verify(&bytes) {
            return Err(corrupt(("the vocabulary is damaged", "le vocabulaire est abîmé"), &path));
        }
        Layer::open(bytes).map_err(|error| error.at(&path))
    }

    /// Opens the table of files that `stamp` names, to be read later.
    pub fn hold_files(&self, stamp: &Stamp) -> Result<Held> {
        let path = self.path(Part::Files, &stamp.files);
        Held::open(path.clone()).map_err(|error| corrupt(NO_FILES, &path).because(error))
    }

    /// Reads the table of files of an index with this stamp.
    pub fn read_files(&self, held: &Held, stamp: &Stamp) -> Result<FileTable> {
        let bytes = held.read().map_err(|error| corrupt(NO_FILES, held.path()).because(error))?;
        let table = FileTable::from_bytes(&bytes).map_err(|error| error.at(held.path()))?;
        Ok(FileTable { roots: self.roots(stamp), ..table })
    }

    /// Reads the table of files that `stamp` names.
    pub fn files(&self, stamp: &Stamp) -> Result<FileTable> {
        self.read_files(&self.hold_files(stamp)?, stamp)
    }

    /// Opens the table of stories that `stamp` names, read in place.
    pub fn stories(&self, stamp: &Stamp, trust: &Trust) -> Result<Stories> {
        let path = self.path(Part::Stories, &stamp.stories);
        let bytes = in_place(&path)?;
        Stories::open(bytes, trust.knows(&path)).map_err(|error| error.at(&path))
    }

    /// Opens the dictionaries that `stamp` names, to be read later.
    pub fn hold_dictionaries(&self, stamp: &Stamp) -> Result<[Option<Held>; GROUPS]> {
        let mut held = [const { None }; GROUPS];
        for (held, name) in held.iter_mut().zip(&stamp.dictionaries) {
            *held = name.as_ref().map(|name| self.hold_dictionary(name)).transpose()?;
        }
        Ok(held)
    }

    fn hold_dictionary(&self, name: &str) -> Result<Held> {
        let path = self.path(Part::Dictionary, name);
        Held::open(path.clone()).map_err(|error| corrupt(NO_DICTIONARY, &path).because(error))
    }

    /// Reads a dictionary; empty if there is none.
    pub fn read_dictionary(held: Option<&Held>) -> Result<Vec<u8>> {
        let Some(held) = held else { return Ok(Vec::new()) };
        let bytes = held.read().map_err(|error| corrupt(NO_DICTIONARY, held.path()).because(error))?;
        unseal(bytes).map_err(|error| error.at(held.path()))
    }

    /// Reads the dictionary of this name.
    pub fn dictionary(&self, name: &str) -> Result<Vec<u8>> {
        Layout::read_dictionary(Some(&self.hold_dictionary(name)?))
    }

    /// Returns the roots that the last commit names, whatever version made it, as far as that can still be read: an
    /// index that is made anew is of the same folders.
    pub fn last_roots(&self) -> Vec<Root> {
        #[derive(Deserialize)]
        struct Meta {
            payload: String,
        }
        #[derive(Deserialize)]
        struct Kept {
            roots: Vec<Root>,
        }
        let bytes = fs::read(self.engine().join("meta.json")).unwrap_or_default();
        let kept = serde_json::from_slice(&bytes).and_then(|meta: Meta| serde_json::from_str::<Kept>(&meta.payload));
        kept.map_or_else(|_| Vec::new(), |kept| self.resolved(&kept.roots))
    }

    /// Returns the roots that `stamp` names, where they are now.
    pub fn roots(&self, stamp: &Stamp) -> Vec<Root> {
        self.resolved(&stamp.roots)
    }

    fn resolved(&self, roots: &[Root]) -> Vec<Root> {
        let here = self.here();
        roots.iter().map(|root| root.resolved(&here)).collect()
    }

    /// Returns the folder of the index as an absolute path.
    pub fn here(&self) -> PathBuf {
        let absolute = std::path::absolute(&self.root).unwrap_or_else(|_| self.root.clone());
        absolute.canonicalize().unwrap_or(absolute)
    }

    /// Removes what `stamp` does not name. A file that cannot be removed stays, and does no harm.
    pub fn sweep(&self, stamp: &Stamp) {
        for part in Part::ALL {
            let Ok(entries) = fs::read_dir(self.folder(part)) else { continue };
            for entry in entries.flatten() {
                if !entry.file_name().to_str().is_some_and(|name| stamp.names(part).contains(&name)) {
                    let _ = fs::remove_file(entry.path());
                }
            }
        }
        // What writers that were killed had begun: each by a name of its own.
        for entry in fs::read_dir(self.engine()).into_iter().flatten().flatten() {
            if entry.file_name().as_encoded_bytes().ends_with(b".tmp") {
                let _ = fs::remove_file(entry.path());
            }
        }
    }

    /// Returns how many bytes the index takes on disk.
    pub fn bytes(&self) -> u64 {
        let sizes = walkdir::WalkDir::new(&self.root).into_iter().flatten().filter_map(|entry| entry.metadata().ok());
        sizes.filter(|metadata| metadata.is_file()).map(|metadata| metadata.len()).sum()
    }
}

/// Maps a file into memory, to be read in place.
fn in_place(path: &Path) -> Result<OwnedBytes> {
    let (folder, name) = (path.parent().unwrap_or(path), path.file_name().unwrap_or_default());
    let directory = MmapDirectory::open(folder).map_err(|error| unopened(&error, path))?;
    let file = directory.open_read(Path::new(name)).map_err(|error| unreadable(&error, path))?;
    file.read_bytes().map_err(|error| Error::io(path, error))
}

const NO_FILES: (&str, &str) = ("cannot read the table of files", "la table des fichiers est illisible");
const NO_DICTIONARY: (&str, &str) = ("cannot read the dictionary", "la table de compression est illisible");
