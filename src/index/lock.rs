//! The lock of an index: one writes at a time. The operating system frees it when its holder ends, however it ends.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use crate::error::{Error, Kind, Result};

/// Takes the lock at `path` of an index, and waits so long for whoever has it.
///
/// # Errors
/// `Locked` if another holds it all that time; `Io` if the file cannot be written.
pub(super) fn lock(path: &Path, index: &Path, wait: Duration) -> Result<File> {
    let open = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path);
    let mut file = open.map_err(|error| Error::io(path, error))?;
    let start = Instant::now();
    loop {
        match file.try_lock() {
            Ok(()) => break,
            Err(TryLockError::WouldBlock) if start.elapsed() < wait => std::thread::sleep(Duration::from_millis(50)),
            Err(TryLockError::WouldBlock) => {
                let mut holder = String::new();
                let _ = file.read_to_string(&mut holder);
                let holder = holder.trim();
                let message = said!(
                    "process {holder} is writing to this index",
                    "le processus {holder} est en train d’écrire dans cet index"
                );
                let hint = (
                    "wait for it with `--wait 30s`; searches go on meanwhile",
                    "attendez-le avec `--wait 30s` ; on peut chercher pendant ce temps",
                );
                return Err(Error::new(Kind::Locked, message).at(index).hint(hint));
            }
            Err(TryLockError::Error(error)) => return Err(Error::io(path, error)),
        }
    }
    // The holder's number is for people; a failure to write it changes nothing.
    let _ = file.set_len(0).and_then(|()| file.rewind()).and_then(|()| write!(file, "{}", std::process::id()));
    Ok(file)
}

/// Returns whether somebody holds the lock at `path`.
pub(super) fn is_held(path: &Path) -> bool {
    File::open(path).is_ok_and(|file| matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_holds_it_at_a_time_and_who_waits_is_told_which() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lock");
        let take = |wait| lock(&path, folder.path(), wait);
        assert!(!is_held(&path));
        let first = take(Duration::ZERO).unwrap();
        assert!(is_held(&path));
        let error = take(Duration::from_millis(1)).unwrap_err();
        assert_eq!(error.kind(), Kind::Locked);
        assert!(error.to_string().contains(&std::process::id().to_string()), "{error}");
        drop(first);
        // A process that another thread begins has its files for a moment.
        take(Duration::from_secs(10)).unwrap();
    }
}
