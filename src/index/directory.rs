//! The folder of the engine, as telex opens it.
//!
//! What is written whole there (`meta.json`) may be read by whom the other files may be read by; the engine's own way
//! to write it, by way of a file for the time being, leaves it to its owner alone.
//!
//! The engine holds a lock while a reader opens its files, so that a writer does not delete them meanwhile. A lock is a
//! file that is opened for writing, which an index on read-only media or of another user does not allow. Such a reader
//! goes without it: whoever opens the index looks whether it has changed, and then begins again.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{DirectoryLock, FileHandle, Lock, MmapDirectory, WatchCallback, WatchHandle, WritePtr};
use tantivy::{Directory, Index};

use crate::durable::replace;

/// Opens the engine's index in a folder, to read it.
pub(super) fn open_to_read(engine: &Path) -> tantivy::Result<Index> {
    Index::open(Folder::open(engine, true)?)
}

/// Opens the folder of the engine, to write to it.
pub(super) fn to_write(engine: &Path) -> tantivy::Result<impl Directory> {
    Folder::open(engine, false)
}

/// Returns a lock that locks nothing where nobody may lock.
fn or_none(lock: Result<DirectoryLock, LockError>) -> Result<DirectoryLock, LockError> {
    match lock {
        Err(LockError::IoError(error))
            if matches!(error.kind(), ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem) =>
        {
            Ok(DirectoryLock::from(Box::new(())))
        }
        outcome => outcome,
    }
}

/// The folder of the engine.
#[derive(Clone, Debug)]
struct Folder {
    engine: MmapDirectory,
    path: PathBuf,
    /// Whether it is only read, and may be one that nobody can write to.
    reads: bool,
}

impl Folder {
    fn open(engine: &Path, reads: bool) -> tantivy::Result<Folder> {
        Ok(Folder { engine: MmapDirectory::open(engine)?, path: engine.to_owned(), reads })
    }
}

impl Directory for Folder {
    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        let lock = self.engine.acquire_lock(lock);
        if self.reads { or_none(lock) } else { lock }
    }

    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.engine.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.engine.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.engine.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        self.engine.open_write(path)
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.engine.atomic_read(path)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        let name = path.to_str().ok_or(ErrorKind::InvalidFilename)?;
        replace(&self.path, name, data)
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.engine.sync_directory()
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.engine.watch(callback)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn who_may_read_the_other_files_may_read_what_is_written_whole() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        to_write(folder.path()).unwrap().atomic_write(Path::new("meta.json"), b"{}").unwrap();
        std::fs::write(folder.path().join("other"), "").unwrap();
        let mode = |name: &str| std::fs::metadata(folder.path().join(name)).unwrap().permissions().mode();
        assert_eq!(mode("meta.json"), mode("other"));
    }

    #[test]
    fn who_may_not_lock_reads_without_and_who_may_waits() {
        let failed = |kind: ErrorKind| or_none(Err(LockError::wrap_io_error(kind.into())));
        assert!(failed(ErrorKind::PermissionDenied).is_ok() && failed(ErrorKind::ReadOnlyFilesystem).is_ok());
        assert!(failed(ErrorKind::StorageFull).is_err() && or_none(Err(LockError::LockBusy)).is_err());
    }
}
