//! Locks between processes: one holds a file at a time. The operating system frees it when its holder ends, however it
//! ends.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use crate::error::{Error, Kind, Result};
use crate::wording::Bilingual;

/// How long to sleep before looking again whether a lock is free.
const EVERY: Duration = Duration::from_millis(20);
/// How long a lock is waited for at least: who looks whether it is held ([`is_held`]) has it for a moment.
const BRIEF: Duration = Duration::from_millis(100);

/// A lock that is held until this is dropped.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the lock at `path`, and waits so long for whoever has it, a tenth of a second at least. `doing` says
    /// what its holder does, as in "process 7 is writing to this index".
    ///
    /// # Errors
    /// `Locked` if another holds it all that time; `Io` if the file cannot be written.
    pub fn take(path: &Path, wait: Duration, doing: impl Into<Bilingual>) -> Result<Lock> {
        let open = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path);
        let mut file = open.map_err(|error| Error::io(path, error))?;
        let (start, wait) = (Instant::now(), wait.max(BRIEF));
        loop {
            match file.try_lock() {
                Ok(()) => break,
                Err(TryLockError::WouldBlock) if start.elapsed() < wait => std::thread::sleep(EVERY),
                Err(TryLockError::WouldBlock) => return Err(held(&mut file, doing.into())),
                Err(TryLockError::Error(error)) => return Err(Error::io(path, error)),
            }
        }
        // The holder's number is for people; a failure to write it changes nothing.
        let _ = file.set_len(0).and_then(|()| file.rewind()).and_then(|()| write!(file, "{}", std::process::id()));
        Ok(Lock { _file: file })
    }
}

/// Returns whether somebody holds the lock at `path`. To know it, this shares the lock for a moment, which
/// [`Lock::take`] waits for.
pub fn is_held(path: &Path) -> bool {
    File::open(path).is_ok_and(|file| matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock)))
}

/// Returns the error that another process holds a lock.
fn held(file: &mut File, doing: Bilingual) -> Error {
    let mut holder = String::new();
    let _ = file.read_to_string(&mut holder);
    let Bilingual { english, french } = doing;
    Error::new(
        Kind::Locked,
        match holder.trim() {
            // It has not come to write it.
            "" => said!("another process is {english}", "un autre processus est en train {french}"),
            holder => said!("process {holder} is {english}", "le processus {holder} est en train {french}"),
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_holds_it_at_a_time_and_who_waits_is_told_which() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lock");
        let take = |wait| Lock::take(&path, wait, ("writing", "d’écrire"));
        let first = take(Duration::ZERO).unwrap();
        let error = take(Duration::from_millis(1)).unwrap_err();
        assert_eq!(error.kind(), Kind::Locked);
        assert!(is_held(&path));
        assert_eq!(error.message(), format!("process {} is writing", std::process::id()));
        std::fs::write(&path, "").unwrap();
        assert_eq!(take(Duration::ZERO).unwrap_err().message(), "another process is writing");
        drop(first);
        // A process that another thread begins has its files for a moment.
        take(Duration::from_secs(10)).unwrap();
        assert!(Lock::take(&folder.path().join("none/lock"), Duration::ZERO, ("", "")).is_err());
    }

    #[test]
    fn who_merely_looks_is_waited_for() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lock");
        let looks = File::create(&path).unwrap();
        looks.lock_shared().unwrap();
        std::thread::scope(|threads| {
            threads.spawn(move || {
                std::thread::sleep(Duration::from_millis(20));
                drop(looks);
            });
            Lock::take(&path, Duration::ZERO, ("writing", "d’écrire")).unwrap();
        });
    }
}
