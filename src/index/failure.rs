//! What went wrong in the engine, as an error of ours: with the file, and what to do. The engine's own words are for
//! whoever develops with it: they are told as the cause where nothing better is known.

use std::io;
use std::path::Path;

use tantivy::TantivyError;
use tantivy::directory::error::{LockError, OpenDirectoryError, OpenReadError, OpenWriteError};

use super::layout::Layout;
use crate::error::{Error, Kind};
use crate::wording::Bilingual;

/// What is said of a file that is not as the writer left it.
pub(super) const DAMAGED: (&str, &str) = ("the index is damaged", "l’index est abîmé");

/// What is said of a file that is not there.
pub(super) const MISSING: (&str, &str) = ("a file of the index is missing", "un fichier de l’index manque");

/// What to do with an index that cannot be read.
pub const REBUILD: (&str, &str) =
    ("build the index again with `telex index --full`", "reconstruisez l’index avec `telex index --full`");

/// Returns the error of an index that is damaged at `path`.
pub(super) fn corrupt(message: impl Into<Bilingual>, path: &Path) -> Error {
    Error::new(Kind::Corrupt, message).at(path).hint(REBUILD)
}

/// Turns an error of the engine into ours. The engine knows its files by their names in its own folder.
pub(super) fn engine_error(error: TantivyError, index: &Path) -> Error {
    let engine = Layout::new(index).engine();
    match error {
        TantivyError::IoError(error) => system_error(&error, index),
        TantivyError::OpenReadError(error) => {
            let path = match &error {
                OpenReadError::IoError { filepath, .. } | OpenReadError::FileDoesNotExist(filepath) => {
                    engine.join(filepath)
                }
                OpenReadError::IncompatibleIndex(_) => index.to_owned(),
            };
            unreadable(&error, &path)
        }
        TantivyError::OpenWriteError(OpenWriteError::IoError { io_error, filepath }) => {
            system_error(&io_error, &engine.join(filepath))
        }
        TantivyError::OpenDirectoryError(error) => {
            let folder = match &error {
                OpenDirectoryError::DoesNotExist(folder) | OpenDirectoryError::NotADirectory(folder) => {
                    folder.as_path()
                }
                OpenDirectoryError::IoError { directory_path, .. } => directory_path,
                OpenDirectoryError::FailedToCreateTempDir(_) => Path::new(""),
            };
            unopened(&error, &engine.join(folder))
        }
        TantivyError::LockFailure(LockError::IoError(error), _) => system_error(&error, index),
        TantivyError::LockFailure(LockError::LockBusy, _) => Error::new(
            Kind::Locked,
            ("another process is writing to this index", "un autre processus est en train d’écrire dans cet index"),
        )
        .at(index),
        TantivyError::IncompatibleIndex(_) => incompatible(index),
        TantivyError::DataCorruption(_) | TantivyError::SchemaError(_) | TantivyError::DeserializeError(_) => {
            corrupt(DAMAGED, index).because(error)
        }
        // The engine's threads keep their cause to themselves; it is mostly that nothing more can be written.
        TantivyError::ErrorInThread(_) => {
            Error::new(Kind::Io, ("the index cannot be written", "l’index ne peut pas être écrit")).at(index).hint((
                "see whether the disk is full; what was committed before is kept",
                "voyez si le disque est plein ; ce qui était validé est gardé",
            ))
        }
        error => Error::new(Kind::Io, ("the engine failed", "le moteur a échoué")).at(index).because(error),
    }
}

/// Turns an error of opening the folder of the file at `path`, or that folder itself, into ours.
pub(super) fn unopened(error: &OpenDirectoryError, path: &Path) -> Error {
    match error {
        OpenDirectoryError::IoError { io_error, .. } => system_error(io_error, path),
        OpenDirectoryError::FailedToCreateTempDir(io_error) => system_error(io_error, path),
        OpenDirectoryError::DoesNotExist(_) | OpenDirectoryError::NotADirectory(_) => corrupt(MISSING, path),
    }
}

/// Turns an error of opening the file at `path` into ours.
pub(super) fn unreadable(error: &OpenReadError, path: &Path) -> Error {
    match error {
        OpenReadError::IoError { io_error, .. } => system_error(io_error, path),
        OpenReadError::FileDoesNotExist(_) => corrupt(MISSING, path),
        OpenReadError::IncompatibleIndex(_) => incompatible(path),
    }
}

fn incompatible(path: &Path) -> Error {
    Error::new(Kind::Incompatible, ("made by another version", "fait par une autre version")).at(path).hint(REBUILD)
}

/// Turns an error of the system at a file into ours: a file that may not be read or written is not damaged, one whose
/// end does not fit is.
fn system_error(error: &io::Error, path: &Path) -> Error {
    match error.kind() {
        io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof => corrupt(DAMAGED, path),
        kind => Error::io(path, io::Error::new(kind, error.to_string())),
    }
}

/// Returns the error of a search that finds no index at `path`, or one that is only being made; at no path, no index
/// anywhere upwards.
pub fn no_index(path: Option<&Path>) -> Error {
    if let Some(path) = path.filter(|path| Layout::new(path).is_locked()) {
        return Error::new(Kind::Missing, ("the index is being made", "l’index est en train d’être créé"))
            .at(path)
            .hint(("search again once it is there", "cherchez de nouveau quand il sera là"));
    }
    let error = match path {
        Some(path) => Error::new(Kind::Missing, ("there is no index here", "il n’y a pas d’index ici")).at(path),
        None => Error::new(
            Kind::Missing,
            ("there is no index here or in any folder above", "il n’y a pas d’index ici ni dans un dossier au-dessus"),
        ),
    };
    error.hint((
        "make one with `telex index FOLDER`, or search a folder at once with `telex search QUERY --in FOLDER`",
        "créez-en un avec `telex index DOSSIER`, ou cherchez tout de suite avec `telex search REQUÊTE --in DOSSIER`",
    ))
}

/// Returns the error of an id that no article has.
pub fn no_article(id: &str) -> Error {
    Error::usage(said!("no article has the id `{id}`", "aucun article n’a l’identifiant `{id}`"))
        .hint(("`telex search` prints the id of each hit", "`telex search` donne l’identifiant de chaque article"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wording::UiLanguage;

    #[test]
    fn an_error_of_the_engine_names_the_file_in_words_of_ours() {
        let io = |kind, words: &str| std::sync::Arc::new(io::Error::new(kind, words.to_owned()));
        let of = |io_error| OpenReadError::IoError { io_error, filepath: "a.store".into() };
        let rebuild = Some("build the index again with `telex index --full`");
        let footer = "Footer magic byte mismatch. Please use tantivy 0.15 or above";
        for (error, kind, told, hint) in [
            (
                of(io(io::ErrorKind::InvalidData, footer)).into(),
                Kind::Corrupt,
                "i/engine/a.store: the index is damaged",
                rebuild,
            ),
            (of(io(io::ErrorKind::PermissionDenied, "no way")).into(), Kind::Io, "i/engine/a.store: no way", None),
            (
                OpenReadError::FileDoesNotExist("a.idx".into()).into(),
                Kind::Corrupt,
                "i/engine/a.idx: a file of the index is missing",
                rebuild,
            ),
            (TantivyError::IoError(io(io::ErrorKind::StorageFull, "no space")), Kind::Io, "i: no space", None),
            (
                TantivyError::SchemaError("a field".to_owned()),
                Kind::Corrupt,
                "i: the index is damaged: Schema error: 'a field'",
                rebuild,
            ),
            (
                OpenDirectoryError::IoError {
                    io_error: io(io::ErrorKind::PermissionDenied, "no way"),
                    directory_path: "/f".into(),
                }
                .into(),
                Kind::Io,
                "/f: no way",
                None,
            ),
        ] {
            let error = engine_error(error, Path::new("i"));
            let words = error.told(UiLanguage::English);
            assert_eq!((error.kind(), words.as_str(), error.advice()), (kind, told, hint));
        }
    }
}
