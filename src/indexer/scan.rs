//! Walks the folders and compares what is there with what the index knows: what must be read, what is
//! unchanged, what is gone.

use std::collections::BTreeSet;
use std::ops::{Bound, ControlFlow};
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;

use rustc_hash::FxHashSet;

use super::Shared;
use crate::article::SkipReason;
use crate::article::file_name;
use crate::error::{Error, Result};
use crate::index::{FileTable, Root};
use crate::ingest::{self, Found};

/// A folder or file to bring up to date.
pub(super) struct Scope {
    path: PathBuf,
    /// The folder that the names of its files are relative to.
    pub folder: PathBuf,
}

impl Scope {
    /// Returns the scope of a path as given.
    pub fn new(path: &Path) -> Result<Scope> {
        let absolute = std::path::absolute(path).map_err(|error| Error::io(path, error))?;
        let path = absolute.canonicalize().unwrap_or(absolute);
        let folder = if path.is_dir() { path.clone() } else { path.parent().unwrap_or(&path).to_owned() };
        Ok(Scope { path, folder })
    }

    /// Returns the scope with a root that is gone taken for the folder that it was.
    fn of_root(self, table: &FileTable) -> Scope {
        let was_folder = !self.path.exists() && table.roots.iter().any(|root| root.path == self.path);
        Scope { folder: if was_folder { self.path.clone() } else { self.folder }, path: self.path }
    }

    /// Returns whether what was indexed of a root is looked at; of one file's folder, only the file is known.
    pub fn gives(&self, root: &Root) -> bool {
        root.path.starts_with(&self.path) || self.is_single_file() && self.folder == root.path
    }

    /// Refuses what lies in the folder of the index, which is not news: nothing in it would be read.
    ///
    /// # Errors
    /// `Usage` if it does.
    pub fn refuse_within(&self, index: &Path) -> Result<()> {
        if !self.path.starts_with(true_path(index)) {
            return Ok(());
        }
        let hint = (
            "give `-i` another folder: what lies in that of an index is not read",
            "donnez un autre dossier à `-i` : ce qui se trouve dans celui d’un index n’est pas lu",
        );
        Err(Error::usage(("this is the folder of the index", "c’est le dossier de l’index")).at(&self.path).hint(hint))
    }

    fn is_single_file(&self) -> bool {
        self.path != self.folder
    }
}

/// A walk through scopes.
pub(super) struct Scan<'a> {
    pub shared: &'a Shared<'a>,
    /// Each with what stands before the names of its files.
    pub scopes: Vec<(Scope, String)>,
    /// What is not news: the folder of the index, and the files that are written beside it.
    pub apart: Vec<PathBuf>,
}

/// What a walk gave beside the files to read.
#[derive(Default)]
pub(super) struct Walked<'t> {
    /// How many files are as they were.
    pub unchanged: u64,
    /// The files that the table knows.
    known: FxHashSet<&'t str>,
    /// The files that it does not know.
    new: FxHashSet<String>,
    /// Names under these could not be seen: what the index has of them stays.
    hidden: Vec<String>,
}

impl<'a> Scan<'a> {
    /// Prepares to walk `scopes`; a folder that the table does not know becomes a root of it.
    pub fn new(shared: &'a Shared<'a>, scopes: Vec<Scope>, table: &mut FileTable) -> Scan<'a> {
        let with_prefix = |root: &Root, scope: Scope| {
            let name = root.name_of(&scope.folder);
            let prefix = if name.is_empty() { name } else { name + "/" };
            (scope, prefix)
        };
        let scopes: Vec<Scope> = scopes.into_iter().map(|scope| scope.of_root(table)).collect();
        let mut scopes: Vec<_> =
            scopes.into_iter().map(|scope| with_prefix(&table.root_for(&scope.folder), scope)).collect();
        // A root inside a folder keeps the names of its files: it is walked as its own.
        let folders: Vec<PathBuf> =
            scopes.iter().filter(|(scope, _)| !scope.is_single_file()).map(|(scope, _)| scope.folder.clone()).collect();
        for root in &table.roots {
            let is_walked = scopes.iter().any(|(scope, _)| scope.path == root.path);
            if !is_walked && folders.iter().any(|folder| root.path.starts_with(folder)) {
                let (scope, prefix) = with_prefix(root, Scope { path: root.path.clone(), folder: root.path.clone() });
                if scope.path.exists() || known_under(table, &scope, &prefix).next().is_some() {
                    scopes.push((scope, prefix));
                }
            }
        }
        let apart = std::iter::once(&shared.options.index).chain(&shared.options.written);
        Scan { shared, scopes, apart: apart.map(|path| true_path(path)).collect() }
    }

    /// Gives `each` the files that are new or changed, with their names, until it returns false.
    pub fn walk<'t>(
        &self,
        table: &'t FileTable,
        each: &mut (dyn FnMut(String, Found) -> bool + Send),
    ) -> Result<Walked<'t>> {
        let mut walked = Walked::default();
        for (scope, prefix) in &self.scopes {
            if !scope.path.exists() && known_under(table, scope, prefix).next().is_some() {
                // What was there and is gone leaves the index.
                continue;
            }
            // Roots inside this folder are walked by themselves.
            let inside = |root: &&Root| root.path.starts_with(&scope.path) && root.path != scope.path;
            let roots: Vec<&Root> = table.roots.iter().filter(inside).collect();
            let apart = || roots.iter().map(|root| &root.path).chain(&self.apart);
            let is_apart = |path: &Path| apart().any(|apart| path.starts_with(apart));
            ingest::walk(&scope.path, &mut |found| {
                if self.shared.stopped() {
                    return ControlFlow::Break(());
                }
                let found = match found {
                    Ok(found) if is_apart(&found.path) => return ControlFlow::Continue(()),
                    Ok(found) => found,
                    Err(skip) if is_apart(&scope.path.join(&skip.path)) => return ControlFlow::Continue(()),
                    Err(mut skip) => {
                        skip.path.insert_str(0, prefix);
                        if matches!(skip.reason, SkipReason::Unreadable | SkipReason::Vanished) {
                            walked.hidden.push(skip.path.clone());
                        }
                        self.shared.skip(&skip);
                        return ControlFlow::Continue(());
                    }
                };
                if self.pass(prefix, found, table, &mut walked, each) {
                    ControlFlow::Continue(())
                } else {
                    ControlFlow::Break(())
                }
            })?;
        }
        Ok(walked)
    }

    /// Passes a file on unless it is as it was, or was seen before; false if the walk is to end.
    fn pass<'t>(
        &self,
        prefix: &str,
        found: Found,
        table: &'t FileTable,
        walked: &mut Walked<'t>,
        each: &mut (dyn FnMut(String, Found) -> bool + Send),
    ) -> bool {
        let name = if prefix.is_empty() { found.name.clone() } else { format!("{prefix}{}", found.name) };
        let known = table.files.get_key_value(&name);
        // Two paths given may overlap.
        let first = match known {
            Some((name, _)) => walked.known.insert(name),
            None => walked.new.insert(name.clone()),
        };
        if !first {
            return true;
        }
        let tally = &self.shared.tally;
        let files = tally.files_found.fetch_add(1, Ordering::Relaxed);
        let times = (found.size, found.modified, found.changed);
        let same = known.is_some_and(|(_, file)| (file.size, file.modified, file.changed) == times);
        if !same || self.shared.options.full {
            tally.bytes_found.fetch_add(found.size, Ordering::Relaxed);
            return each(name, found);
        }
        walked.unchanged += 1;
        tally.files_done.fetch_add(1, Ordering::Relaxed);
        if files.is_multiple_of(1024) {
            self.shared.tell();
        }
        true
    }

    /// Returns the files of the index that are no longer there.
    pub fn gone(&self, table: &FileTable, walked: &Walked<'_>) -> Vec<String> {
        let under = |name: &str, folder: &String| {
            name.strip_prefix(folder.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let mut gone = BTreeSet::new();
        for (scope, prefix) in &self.scopes {
            for name in known_under(table, scope, prefix) {
                let hidden = || walked.hidden.iter().any(|folder| under(name, folder));
                if !walked.known.contains(name.as_str()) && !hidden() {
                    gone.insert(name.clone());
                }
            }
        }
        gone.into_iter().collect()
    }
}

/// Returns a path without links; as it is given if there is nothing there yet.
fn true_path(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    absolute.canonicalize().unwrap_or(absolute)
}

/// Returns the files of the index that lie in a scope.
pub(super) fn known_under<'b>(
    table: &'b FileTable,
    scope: &'b Scope,
    prefix: &'b str,
) -> impl Iterator<Item = &'b String> {
    let file = scope.path.file_name().map(|name| format!("{prefix}{}", file_name::text(name)));
    // The first root has no label: what bears another root's is not in it.
    let labels = table.roots.iter().map(|root| root.label.as_str()).filter(|label| !label.is_empty());
    let others: Vec<&str> = labels.filter(|label| !prefix.starts_with(label)).collect();
    table
        .files
        .range::<str, _>((Bound::Included(prefix), Bound::Unbounded))
        .map(|(name, _)| name)
        .take_while(move |name| name.starts_with(prefix))
        .filter(move |name| !others.iter().any(|label| name.starts_with(label)))
        .filter(move |name| !scope.is_single_file() || Some(*name) == file.as_ref())
}
