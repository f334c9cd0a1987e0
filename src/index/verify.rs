//! Looks at every byte of an index, and at what its parts say of one another.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::directory::open_to_read;
use super::failure::{corrupt, engine_error};
use super::layout::{Layout, Part};
use super::reader::Index;
use super::stamp::Stamp;
use super::trust::{Trust, check_file, files_of};
use crate::error::{Error, Kind, Result};

/// What a look at an index found.
#[derive(Debug, Default)]
pub struct Verification {
    /// How many files were read.
    pub files: usize,
    /// How many bytes they have.
    pub bytes: u64,
    /// How many articles the index holds; 0 if it cannot be opened.
    pub articles: u64,
    /// What is damaged, each with its file.
    pub damages: Vec<Error>,
}

impl Verification {
    fn note(&mut self, path: PathBuf, result: Result<()>) {
        self.files += 1;
        self.bytes += std::fs::metadata(&path).map_or(0, |metadata| metadata.len());
        if let Err(error) = result {
            self.damages.push(error);
        }
    }
}

/// Verifies the index at `path`: the checksum of every file, that its vocabulary has every form of its
/// articles, and that its table of files counts them right.
///
/// # Errors
/// `Missing` if there is none, `Incompatible` if another version made it. Damage is no error here: it is
/// what is looked for.
pub fn verify(path: &Path) -> Result<Verification> {
    loop {
        let before = commit(path);
        let found = look(path, before.as_ref().is_some_and(Option::is_some))?;
        // A commit in between takes away what the one before named, which is no damage.
        if found.damages.is_empty() || commit(path) == before {
            return Ok(found);
        }
    }
}

/// Returns what tells one commit of an index from another; `None` if that cannot be read.
fn commit(path: &Path) -> Option<Option<String>> {
    let metas = open_to_read(&Layout::new(path).engine()).and_then(|index| index.load_metas());
    metas.ok().map(|metas| metas.payload)
}

/// Looks at an index as it is; `is_there` tells whether a commit of it was read.
fn look(path: &Path, is_there: bool) -> Result<Verification> {
    // What was damaged with its size and time kept is trusted by who opens it: it is looked at before.
    if !is_there
        && let Err(error) = Index::open(path)
        && error.kind() == Kind::Missing
    {
        return Err(error);
    }
    let layout = Layout::new(path);
    let engine = layout.engine();
    let mut found = Verification::default();
    let open = || -> Result<_> {
        let index = open_to_read(&engine).map_err(|error| engine_error(error, path))?;
        let metas = index.load_metas().map_err(|error| engine_error(error, path))?;
        let stamp = Stamp::read(metas.payload.as_deref(), path)?;
        Ok((index, metas, stamp))
    };
    let (index, metas, stamp) = match open() {
        Ok(opened) => opened,
        // An index whose meta file cannot be read is damaged; one that is not there is missing.
        Err(error) if error.kind() == Kind::Corrupt && engine.join("meta.json").exists() => {
            found.note(engine.join("meta.json"), Err(error));
            return Ok(found);
        }
        Err(error) => return Err(error),
    };
    found.note(engine.join("meta.json"), Ok(()));
    for name in metas.segments.iter().flat_map(files_of) {
        found.note(engine.join(&name), check_file(&layout, &index, &name));
    }
    for name in &stamp.vocabulary {
        found.note(layout.path(Part::Vocabulary, name), layout.vocabulary_layer(name, false).map(|_| ()));
    }
    found.note(layout.path(Part::Files, &stamp.files), layout.files(&stamp).map(|_| ()));
    found.note(layout.path(Part::Stories, &stamp.stories), layout.stories(&stamp, &Trust::default()).map(|_| ()));
    for name in stamp.dictionaries.iter().flatten() {
        found.note(layout.path(Part::Dictionary, name), layout.dictionary(name).map(|_| ()));
    }
    if found.damages.is_empty() {
        match Index::open(path).and_then(|index| check_against_one_another(&index).map(|()| index.len())) {
            Ok(articles) => found.articles = articles,
            Err(error) => found.damages.push(error),
        }
    }
    Ok(found)
}

/// Checks that the vocabulary and the table of files tell the truth of the articles.
fn check_against_one_another(index: &Index) -> Result<()> {
    let place = index.layout.root.clone();
    let mut missing = None;
    index.for_each_form(&mut |form| {
        if missing.is_none() {
            missing = (!index.vocabulary.contains(form)).then(|| form.to_owned());
        }
        Ok(())
    })?;
    if let Some(form) = missing {
        let message = said!("the vocabulary lacks the form `{form}`", "il manque au vocabulaire la forme `{form}`");
        return Err(corrupt(message, &place));
    }
    let mut articles: BTreeMap<String, u64> = BTreeMap::new();
    index.for_each_article(&mut |article| {
        *articles.entry(article.path).or_default() += 1;
        Ok(())
    })?;
    let table = index.files()?;
    for (name, file) in &table.files {
        let found = articles.remove(name).unwrap_or(0);
        if found != file.articles {
            let stated = file.articles;
            let message = said!(
                "the table of files counts {stated} articles of {name}, the index has {found}",
                "la table des fichiers compte {stated} articles de {name}, l’index en a {found}"
            );
            return Err(corrupt(message, &place));
        }
    }
    if let Some(name) = articles.keys().next() {
        let message = said!("the table of files does not know {name}", "la table des fichiers ne connaît pas {name}");
        return Err(corrupt(message, &place));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;
    use crate::index::{FileState, Writer, WriterOptions};
    use crate::story::Signature;

    #[test]
    fn a_commit_in_between_is_no_damage_and_an_open_index_stays_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(verify(folder.path()).unwrap_err().kind(), Kind::Missing);
        let options =
            WriterOptions { threads: 1, memory: 15 << 20, rebuild: false, wait: std::time::Duration::ZERO, now: 0 };
        let (mut writer, mut table) = Writer::open(folder.path(), options).unwrap();
        assert_eq!(verify(folder.path()).unwrap_err().kind(), Kind::Missing, "before the first commit");
        let mut commit = |n: usize| {
            let (id, body) = (n.to_string(), format!("Le texte numéro {n} dit mot{n}."));
            let article = Article { path: id.clone(), id, body_end: body.len(), body, ..Article::default() };
            let signature = Signature::of(&article);
            table.files.insert(
                article.id.clone(),
                FileState { size: 1, modified: 0, changed: 0, fingerprint: 0, articles: 1 },
            );
            writer.add(article, signature).unwrap();
            writer.commit(&table).unwrap();
        };
        commit(0);
        let first = Index::open(folder.path()).unwrap();
        std::thread::scope(|threads| {
            let path = folder.path();
            let verifying = threads.spawn(move || (0..20).map(|_| verify(path).unwrap()).collect::<Vec<_>>());
            (1..30).for_each(&mut commit);
            for found in verifying.join().unwrap() {
                assert!(found.damages.is_empty(), "{:?}", found.damages);
            }
        });
        assert_eq!((first.len(), first.files().unwrap().articles(), first.stats().unwrap().files), (1, 1, 1));
        assert_eq!(Index::open(folder.path()).unwrap().files().unwrap().articles(), 30);
    }
}
