//! Folders that are gone or empty, though the index has articles of them. Their disk may not be there today: nothing
//! is taken out for that unless the user says so.

use std::fs;
use std::path::{Path, PathBuf};

use super::scan::{Scan, known_under};
use crate::error::{Error, Result};
use crate::index::{FileTable, Root};
use crate::wording::UiLanguage;

impl Scan<'_> {
    /// Refuses to take out the articles of a root that is gone or holds no file, unless that is asked for. A folder
    /// within one that is there was taken away by somebody.
    ///
    /// # Errors
    /// `Usage`, with the number of its articles.
    pub fn refuse_absent(&self, table: &FileTable) -> Result<()> {
        if self.shared.options.prune {
            return Ok(());
        }
        let is_within = |root: &Root| {
            let mut folders = self.scopes.iter().map(|(scope, _)| &scope.folder);
            folders.any(|folder| {
                root.path != *folder && root.path.starts_with(folder) && is_there(folder, &self.apart).is_ok()
            })
        };
        for (scope, prefix) in &self.scopes {
            let around = table.roots.iter().filter(|root| scope.folder.starts_with(&root.path));
            let Some(root) = around.max_by_key(|root| root.path.as_os_str().len()) else { continue };
            let Err(absent) = is_there(&root.path, &self.apart) else { continue };
            let files = known_under(table, scope, prefix).filter_map(|name| table.files.get(name));
            let articles: u64 = files.map(|file| file.articles).sum();
            if articles > 0 && !is_within(root) {
                return Err(refusal(absent, root, articles));
            }
        }
        Ok(())
    }
}

/// In what way a folder is absent.
enum Absent {
    Gone,
    Empty,
}

/// Checks that a folder is there and has a file that is not hidden, at any depth; what lies `apart` is none. A folder
/// that cannot be read is there: the walk tells what is wrong with it.
fn is_there(folder: &Path, apart: &[PathBuf]) -> Result<(), Absent> {
    if !folder.exists() {
        return Err(Absent::Gone);
    }
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(&folder) else { return Ok(()) };
        for entry in entries.flatten() {
            let path = entry.path();
            if entry.file_name().as_encoded_bytes().starts_with(b".") || apart.contains(&path) {
                continue;
            }
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => folders.push(path),
                _ => return Ok(()),
            }
        }
    }
    Err(Absent::Empty)
}

fn refusal(absent: Absent, root: &Root, articles: u64) -> Error {
    let english = UiLanguage::English.plural(articles, "article", "articles");
    let french = UiLanguage::French.plural(articles, "article", "articles");
    let message = match absent {
        Absent::Gone => said!(
            "this folder is gone, and the index has {articles} {english} of it",
            "ce dossier n’est plus là, et l’index en a {articles} {french}"
        ),
        Absent::Empty => said!(
            "this folder holds no file any more, and the index has {articles} {english} of it",
            "ce dossier ne contient plus de fichier, et l’index en a {articles} {french}"
        ),
    };
    Error::usage(message).at(&root.path).hint((
        "its disk may not be mounted, and nothing was changed; `telex index` with `--prune` takes them out",
        "son disque n’est peut-être pas monté, et rien n’a été changé ; `telex index` avec `--prune` les retire",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_there_if_it_has_a_file_of_anyones() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        let told = |path: &Path| match is_there(path, &["index", "skipped.jsonl"].map(|name| root.join(name))) {
            Ok(()) => "there",
            Err(Absent::Gone) => "gone",
            Err(Absent::Empty) => "empty",
        };
        assert_eq!(told(&root.join("none")), "gone");
        for name in ["index/meta", ".telex/meta", "fr/.hidden", "skipped.jsonl"] {
            fs::create_dir_all(root.join(name).parent().unwrap()).unwrap();
            fs::write(root.join(name), "").unwrap();
            assert_eq!(told(root), "empty", "{name}");
        }
        fs::create_dir_all(root.join("fr/deep")).unwrap();
        fs::write(root.join("fr/deep/a.xyz"), "").unwrap();
        assert_eq!(told(root), "there");
    }
}
