//! The folder of the engine, opened for reading, by whoever may read it.
//!
//! The engine holds a lock while a reader opens its files, so that a writer does not delete them meanwhile. A lock is a
//! file that is opened for writing, which an index on read-only media or of another user does not allow. Such a reader
//! goes without it: whoever opens the index looks whether it has changed, and then begins again.

use std::io::{self, ErrorKind};
use std::path::Path;
use std::sync::Arc;

use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{DirectoryLock, FileHandle, Lock, MmapDirectory, WatchCallback, WatchHandle, WritePtr};
use tantivy::{Directory, Index};

/// Opens the engine's index in a folder, to read it.
pub(super) fn open_to_read(engine: &Path) -> tantivy::Result<Index> {
    Index::open(Readable(MmapDirectory::open(engine)?))
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

/// A folder that may be one that nobody can write to.
#[derive(Clone, Debug)]
struct Readable(MmapDirectory);

impl Directory for Readable {
    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        or_none(self.0.acquire_lock(lock))
    }

    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.0.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.0.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.0.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        self.0.open_write(path)
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.0.atomic_read(path)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        self.0.atomic_write(path, data)
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.0.sync_directory()
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.0.watch(callback)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_may_not_lock_reads_without_and_who_may_waits() {
        let failed = |kind: ErrorKind| or_none(Err(LockError::wrap_io_error(kind.into())));
        assert!(failed(ErrorKind::PermissionDenied).is_ok() && failed(ErrorKind::ReadOnlyFilesystem).is_ok());
        assert!(failed(ErrorKind::StorageFull).is_err() && or_none(Err(LockError::LockBusy)).is_err());
    }
}
