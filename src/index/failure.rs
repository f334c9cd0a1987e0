//! What went wrong in the engine, as an error of ours: with the place, the cause, and what to do.

use std::path::Path;

use tantivy::TantivyError;
use tantivy::directory::error::OpenReadError;

use super::layout::{REBUILD, corrupt};
use crate::error::{Error, Kind};

/// Turns an error of the engine into ours.
pub(super) fn engine_error(error: TantivyError, index: &Path) -> Error {
    match error {
        TantivyError::IoError(error) => {
            Error::new(Kind::Io, ("cannot write the index", "écriture de l’index impossible")).at(index).because(error)
        }
        TantivyError::LockFailure(..) => Error::new(
            Kind::Locked,
            ("another process is writing to this index", "un autre processus est en train d’écrire dans cet index"),
        )
        .at(index),
        TantivyError::IncompatibleIndex(error) => {
            Error::new(Kind::Incompatible, ("made by another version", "fait par une autre version"))
                .at(index)
                .because(format!("{error:?}"))
                .hint(REBUILD)
        }
        // A file that may not be read is not damaged.
        TantivyError::OpenReadError(OpenReadError::IoError { io_error, filepath }) => {
            Error::io(index.join(filepath), std::io::Error::new(io_error.kind(), io_error.to_string()))
        }
        TantivyError::DataCorruption(_) | TantivyError::OpenReadError(_) | TantivyError::SchemaError(_) => {
            corrupt(("the index is damaged", "l’index est abîmé"), index).because(error)
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
