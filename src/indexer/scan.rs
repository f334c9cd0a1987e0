//! Walks the folders and compares what is there with what the index knows: what must be read, what is
//! unchanged, what is gone.

use std::collections::BTreeSet;
use std::ops::{Bound, ControlFlow};
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;

use super::Shared;
use crate::article::SkipReason;
use crate::error::{Error, Result};
use crate::index::FileTable;
use crate::ingest::{self, Found};

/// A folder or file to bring up to date.
pub(super) struct Scope {
    path: PathBuf,
    /// The folder that the names of its files are relative to.
    folder: PathBuf,
}

impl Scope {
    /// Returns the scope of a path as given.
    pub fn new(path: &Path) -> Result<Scope> {
        let absolute = std::path::absolute(path).map_err(|error| Error::io(path, error))?;
        let path = absolute.canonicalize().unwrap_or(absolute);
        let folder = if path.is_dir() { path.clone() } else { path.parent().unwrap_or(&path).to_owned() };
        Ok(Scope { path, folder })
    }

    fn is_single_file(&self) -> bool {
        self.path != self.folder
    }
}

/// A walk through scopes.
pub(super) struct Scan<'a> {
    shared: &'a Shared<'a>,
    /// Each with what stands before the names of its files.
    scopes: Vec<(Scope, String)>,
    /// The folder of the index, which is not news.
    index: PathBuf,
}

/// What a walk gave beside the files to read.
#[derive(Default)]
pub(super) struct Walked {
    /// How many files are as they were.
    pub unchanged: u64,
    seen: BTreeSet<String>,
    /// Names under these could not be seen: what the index has of them stays.
    hidden: Vec<String>,
}

impl<'a> Scan<'a> {
    /// Prepares to walk `scopes`; a folder that the table does not know becomes a root of it.
    pub fn new(shared: &'a Shared<'a>, scopes: Vec<Scope>, table: &mut FileTable) -> Scan<'a> {
        let with_prefix = |scope: Scope| {
            let root = table.root_for(&scope.folder);
            let name = root.name_of(&scope.folder);
            let prefix = if name.is_empty() { name } else { name + "/" };
            (scope, prefix)
        };
        let index = std::path::absolute(&shared.options.index).unwrap_or_else(|_| shared.options.index.clone());
        let index = index.canonicalize().unwrap_or(index);
        Scan { shared, scopes: scopes.into_iter().map(with_prefix).collect(), index }
    }

    /// Gives `each` the files that are new or changed, with their names, until it returns false.
    pub fn walk(&self, table: &FileTable, each: &mut dyn FnMut(String, Found) -> bool) -> Result<Walked> {
        let mut walked = Walked::default();
        for (scope, prefix) in &self.scopes {
            if !scope.path.exists() && known_under(table, scope, prefix).next().is_some() {
                // What was there and is gone leaves the index.
                continue;
            }
            let inside_index = self.index.strip_prefix(&scope.path).ok().map(Path::to_owned);
            ingest::walk(&scope.path, &mut |found| {
                if self.shared.stopped() {
                    return ControlFlow::Break(());
                }
                let found = match found {
                    Ok(found) if found.path.starts_with(&self.index) => return ControlFlow::Continue(()),
                    Ok(found) => found,
                    Err(skip)
                        if inside_index.as_ref().is_some_and(|index| Path::new(&skip.path).starts_with(index)) =>
                    {
                        return ControlFlow::Continue(());
                    }
                    Err(mut skip) => {
                        skip.path.insert_str(0, prefix);
                        if matches!(skip.reason, SkipReason::Unreadable | SkipReason::Vanished) {
                            walked.hidden.push(skip.path.clone());
                        }
                        self.shared.skip(&skip);
                        return ControlFlow::Continue(());
                    }
                };
                let name = format!("{prefix}{}", found.name);
                // Two paths given may overlap.
                if walked.seen.insert(name.clone()) && !self.pass(name, found, table, &mut walked, each) {
                    return ControlFlow::Break(());
                }
                ControlFlow::Continue(())
            })?;
        }
        Ok(walked)
    }

    /// Passes a file on unless it is as it was; false if the walk is to end.
    fn pass(
        &self,
        name: String,
        found: Found,
        table: &FileTable,
        walked: &mut Walked,
        each: &mut dyn FnMut(String, Found) -> bool,
    ) -> bool {
        let tally = &self.shared.tally;
        let files = tally.files_found.fetch_add(1, Ordering::Relaxed);
        let known = table.files.get(&name);
        let same = known.is_some_and(|file| (file.size, file.modified) == (found.size, found.modified));
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
    pub fn gone(&self, table: &FileTable, walked: &Walked) -> Vec<String> {
        let under = |name: &str, folder: &String| {
            name.strip_prefix(folder.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let mut gone = BTreeSet::new();
        for (scope, prefix) in &self.scopes {
            for name in known_under(table, scope, prefix) {
                let hidden = walked.hidden.iter().any(|folder| under(name, folder));
                if !hidden && !walked.seen.contains(name) {
                    gone.insert(name.clone());
                }
            }
        }
        gone.into_iter().collect()
    }
}

/// Returns the files of the index that lie in a scope.
fn known_under<'b>(table: &'b FileTable, scope: &'b Scope, prefix: &'b str) -> impl Iterator<Item = &'b String> {
    let file = scope.path.file_name().map(|name| format!("{prefix}{}", name.to_string_lossy()));
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
