//! What the index knows of the files it was made from: the table that tells an unchanged file from
//! a changed one. It is written before each commit, under a new name that the commit then points at,
//! so that articles and table always agree.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::error::{Error, Kind, Result};

/// The files of an index, by name.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct FileTable {
    /// The folders that were given to the indexer.
    pub roots: Vec<Root>,
    /// Each file by its name: the label of its root, and its path under it.
    pub files: BTreeMap<String, FileState>,
}

/// A folder that was given to the indexer, or that holds a file that was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Root {
    /// What stands before the names of its files: nothing for the first root, its own name and `/` for others.
    pub label: String,
    /// Where it is.
    pub path: PathBuf,
}

/// A file as it was when it was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileState {
    /// Its bytes.
    pub size: u64,
    /// When it was modified, in nanoseconds since 1970.
    pub modified: i64,
    /// The XXH3 of its bytes.
    pub fingerprint: u128,
    /// How many articles it gave.
    pub articles: u64,
}

impl FileTable {
    /// Returns the bytes of the table, with their checksum at the end. A root that holds the folder of the
    /// index at `index` is written as seen from there, so that the two may be moved or copied together.
    pub(super) fn to_bytes(&self, index: &Path) -> Result<Vec<u8>> {
        let roots: Vec<Root> = self
            .roots
            .iter()
            .map(|root| Root { label: root.label.clone(), path: seen_from(index, &root.path) })
            .collect();
        let mut bytes = postcard::to_stdvec(&(&roots, &self.files))
            .map_err(|error| Error::new(Kind::Io, "cannot write the table of files").because(error))?;
        bytes.extend_from_slice(&crc32fast::hash(&bytes).to_le_bytes());
        Ok(bytes)
    }

    /// Reads a table of the index at `index`.
    ///
    /// # Errors
    /// `Corrupt` if its checksum is wrong.
    pub(super) fn from_bytes(bytes: &[u8], index: &Path) -> Result<FileTable> {
        let corrupt = || Error::new(Kind::Corrupt, "the table of files is damaged");
        let (table, sum) = bytes.split_last_chunk::<4>().ok_or_else(corrupt)?;
        if crc32fast::hash(table) != u32::from_le_bytes(*sum) {
            return Err(corrupt());
        }
        let mut table: FileTable = postcard::from_bytes(table).map_err(|error| corrupt().because(error))?;
        for root in &mut table.roots {
            root.path = reached_from(index, &root.path);
        }
        Ok(table)
    }

    /// Returns how many articles the files gave in all.
    pub fn articles(&self) -> u64 {
        self.files.values().map(|file| file.articles).sum()
    }

    /// Returns the root that is `path` or holds it; if there is none, adds `path` as a root.
    pub fn root_for(&mut self, path: &Path) -> Root {
        let holds = |root: &&Root| path.starts_with(&root.path);
        if let Some(root) = self.roots.iter().find(holds) {
            return root.clone();
        }
        let mut label = String::new();
        let name = path.file_name().map_or_else(|| "root".into(), |name| name.to_string_lossy().into_owned());
        let taken = |label: &str, roots: &[Root]| roots.iter().any(|root| root.label == label);
        let mut n = 1;
        while taken(&label, &self.roots) {
            label = if n == 1 { format!("{name}/") } else { format!("{name}~{n}/") };
            n += 1;
        }
        let root = Root { label, path: path.to_owned() };
        self.roots.push(root.clone());
        root
    }
}

/// Returns `path` as `..` steps from `index`, if it holds it; otherwise as it is.
fn seen_from(index: &Path, path: &Path) -> PathBuf {
    match index.strip_prefix(path) {
        Ok(inner) => inner.components().map(|_| Component::ParentDir).collect(),
        Err(_) => path.to_owned(),
    }
}

/// Returns the path that [`seen_from`] wrote.
fn reached_from(index: &Path, path: &Path) -> PathBuf {
    if path.is_absolute() {
        return path.to_owned();
    }
    index.ancestors().nth(path.components().count()).unwrap_or(index).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_reads_back_and_damage_is_seen() {
        let mut table = FileTable::default();
        table.root_for(Path::new("/news"));
        let state = FileState { size: 3, modified: -5, fingerprint: u128::MAX - 1, articles: 2 };
        table.files.insert("a.txt".to_owned(), state);
        let index = Path::new("/elsewhere/index");
        let bytes = table.to_bytes(index).unwrap();
        assert_eq!(FileTable::from_bytes(&bytes, index).unwrap(), table);
        for at in 0..bytes.len() {
            let mut bad = bytes.clone();
            bad[at] ^= 1;
            assert_eq!(FileTable::from_bytes(&bad, index).unwrap_err().kind(), Kind::Corrupt);
        }
    }

    #[test]
    fn a_root_moves_with_the_index_that_it_holds() {
        for (root, before, after, want) in [
            ("/a/news", "/a/news/.telex", "/b/press/.telex", "/b/press"),
            ("/a", "/a/news/.telex", "/b/press/.telex", "/b"),
            ("/a/news", "/a/index", "/b/index", "/a/news"),
            ("/a/news", "/a/newspaper/.telex", "/b/.telex", "/a/news"),
        ] {
            let mut table = FileTable::default();
            table.root_for(Path::new(root));
            let bytes = table.to_bytes(Path::new(before)).unwrap();
            let read = |index| FileTable::from_bytes(&bytes, Path::new(index)).unwrap().roots.remove(0).path;
            assert_eq!(read(before), Path::new(root));
            assert_eq!(read(after), Path::new(want));
        }
    }

    #[test]
    fn roots_have_labels_of_their_own() {
        let mut table = FileTable::default();
        assert_eq!(table.root_for(Path::new("/a/news")).label, "");
        assert_eq!(table.root_for(Path::new("/a/news/fr")).label, "");
        assert_eq!(table.root_for(Path::new("/b/news")).label, "news/");
        assert_eq!(table.root_for(Path::new("/c/news")).label, "news~2/");
        assert_eq!(table.root_for(Path::new("/b/news")).label, "news/");
        assert_eq!(table.roots.len(), 3);
    }
}
