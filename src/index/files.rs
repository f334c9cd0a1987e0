//! What the index knows of the files it was made from: the table that tells an unchanged file from
//! a changed one. It is written before each commit, under a new name that the commit then points at,
//! so that articles and table always agree.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::sealed::{seal, unseal};
use crate::article::file_name;
use crate::error::Result;

/// What the table is called in errors.
const WHAT: (&str, &str) = ("the table of files", "la table des fichiers");

/// The files of an index, by name.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct FileTable {
    /// The folders that were given to the indexer. They are kept in the commit's stamp.
    #[serde(skip)]
    pub roots: Vec<Root>,
    /// Each file by its name: the label of its root, and its path under it.
    pub files: BTreeMap<String, FileState>,
}

/// A folder that was given to the indexer, or that holds a file that was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Root {
    /// What stands before the names of its files: nothing for the first root, `../` and its own name for others.
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
    /// When it was changed in any way, its times set back included; 0 where the system does not tell.
    pub changed: i64,
    /// The XXH3 of its bytes.
    pub fingerprint: u128,
    /// How many articles it gave.
    pub articles: u64,
}

impl Root {
    /// Returns the name of a folder or file that lies in the root: its label, and the path under it.
    pub fn name_of(&self, path: &Path) -> String {
        let inner = path.strip_prefix(&self.path).unwrap_or(Path::new(""));
        let inner: Vec<_> = inner.iter().map(file_name::text).collect();
        let name = format!("{}{}", self.label, inner.join("/"));
        name.trim_end_matches('/').to_owned()
    }

    /// Returns the root as it is kept: relative to the index if the index lies in it, so that the two can be
    /// moved together.
    pub(super) fn kept(&self, index: &Path) -> Root {
        let path = match index.strip_prefix(&self.path) {
            Ok(inner) => inner.iter().map(|_| "..").collect(),
            Err(_) => self.path.clone(),
        };
        Root { label: self.label.clone(), path }
    }

    /// Returns a root as it was kept by an index that is now at `index`.
    pub(super) fn resolved(&self, index: &Path) -> Root {
        let up = self.path.iter().take_while(|part| *part == "..").count();
        let path = match up {
            0 => self.path.clone(),
            _ => index.ancestors().nth(up).unwrap_or(index).to_owned(),
        };
        Root { label: self.label.clone(), path }
    }
}

/// Returns where the file of an article lies whose [`path`](crate::article::Article::path) is `name`, the inverse of
/// [`Root::name_of`]; `None` if it is of none of these roots.
pub fn path_of(roots: &[Root], name: &str) -> Option<PathBuf> {
    let of = |root: &Root| Some(root.path.join(file_name::name(name.strip_prefix(&root.label)?)));
    // The first root has no label, which every name begins with; no path under it begins as other labels do.
    let first = |root: &&Root| root.label.is_empty() && !name.starts_with("../");
    let labelled = |root: &&Root| !root.label.is_empty() && name.starts_with(&root.label);
    roots.iter().find(labelled).or_else(|| roots.iter().find(first)).and_then(of)
}

impl FileTable {
    /// Returns the bytes of the table, with their checksum at the end.
    pub(super) fn to_bytes(&self) -> Result<Vec<u8>> {
        seal(self, WHAT)
    }

    /// Reads a table.
    ///
    /// # Errors
    /// `Corrupt` if its checksum is wrong.
    pub(super) fn from_bytes(bytes: &[u8]) -> Result<FileTable> {
        unseal(bytes, WHAT)
    }

    /// Returns how many articles the files gave in all.
    pub fn articles(&self) -> u64 {
        self.files.values().map(|file| file.articles).sum()
    }

    /// Returns the name of a folder or file that lies in a root; empty for the first root itself.
    pub fn name_of(&self, path: &Path) -> Option<String> {
        let root = self
            .roots
            .iter()
            .filter(|root| path.starts_with(&root.path))
            .max_by_key(|root| root.path.as_os_str().len())?;
        Some(root.name_of(path))
    }

    /// Returns the root that is `path` or holds it; if there is none, adds `path` as a root.
    pub fn root_for(&mut self, path: &Path) -> Root {
        let holds = |root: &&Root| path.starts_with(&root.path);
        if let Some(root) = self.roots.iter().find(holds) {
            return root.clone();
        }
        let mut label = String::new();
        let name = path.file_name().map_or_else(|| "root".into(), file_name::text);
        let taken = |label: &str, roots: &[Root]| roots.iter().any(|root| root.label == label);
        let mut n = 1;
        while taken(&label, &self.roots) {
            // No path under the first root, whose label is empty, can begin so.
            label = if n == 1 { format!("../{name}/") } else { format!("../{name}~{n}/") };
            n += 1;
        }
        let root = Root { label, path: path.to_owned() };
        self.roots.push(root.clone());
        root
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Kind;

    #[test]
    fn a_table_reads_back_and_damage_is_seen() {
        let mut table = FileTable::default();
        table.root_for(Path::new("/news"));
        let state = FileState { size: 3, modified: -5, changed: 7, fingerprint: u128::MAX - 1, articles: 2 };
        table.files.insert("a.txt".to_owned(), state);
        let bytes = table.to_bytes().unwrap();
        assert_eq!(FileTable::from_bytes(&bytes).unwrap().files, table.files);
        for at in 0..bytes.len() {
            let mut bad = bytes.clone();
            bad[at] ^= 1;
            assert_eq!(FileTable::from_bytes(&bad).unwrap_err().kind(), Kind::Corrupt);
        }
    }

    #[test]
    fn a_root_moves_with_the_index_that_lies_in_it() {
        let root = Root { label: String::new(), path: "/a/news".into() };
        let kept = root.kept(Path::new("/a/news/x/.telex"));
        assert_eq!(kept.path, Path::new("../.."));
        assert_eq!(kept.resolved(Path::new("/b/x/.telex")).path, Path::new("/b"));
        let apart = root.kept(Path::new("/a/index"));
        assert_eq!(apart.resolved(Path::new("/b/index")).path, Path::new("/a/news"));
    }

    #[test]
    fn names_of_paths() {
        let mut table = FileTable::default();
        table.root_for(Path::new("/a"));
        table.root_for(Path::new("/b/news"));
        for (path, want) in
            [("/a", Some("")), ("/a/x/y.txt", Some("x/y.txt")), ("/b/news/z", Some("../news/z")), ("/c", None)]
        {
            assert_eq!(table.name_of(Path::new(path)).as_deref(), want, "{path}");
        }
    }

    #[test]
    fn a_name_leads_back_to_its_file() {
        let mut table = FileTable::default();
        for root in ["/a/news", "/b/news", "/c/news", "/a"] {
            table.root_for(Path::new(root));
        }
        for path in ["/a/news/x/y.txt", "/b/news/z.txt", "/c/news/x/z.txt", "/a/other.txt", "/b/news/a\u{FFFD}E9.txt"] {
            let name = table.name_of(Path::new(path)).unwrap();
            assert_eq!(path_of(&table.roots, &name).as_deref(), Some(Path::new(path)), "{name}");
        }
        for unknown in ["../elsewhere/a.txt", "../news~9/a.txt"] {
            assert_eq!(path_of(&table.roots, unknown), None);
        }
        assert_eq!(path_of(&[], "a.txt"), None);
    }

    #[test]
    fn roots_have_labels_of_their_own() {
        let mut table = FileTable::default();
        assert_eq!(table.root_for(Path::new("/a/news")).label, "");
        assert_eq!(table.root_for(Path::new("/a/news/fr")).label, "");
        assert_eq!(table.root_for(Path::new("/b/news")).label, "../news/");
        assert_eq!(table.root_for(Path::new("/c/news")).label, "../news~2/");
        assert_eq!(table.root_for(Path::new("/b/news")).label, "../news/");
        assert_eq!(table.roots.len(), 3);
    }
}
