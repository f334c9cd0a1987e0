//! Files that are there whole or not at all, whenever the machine stops; and files that need not be there.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use crate::error::{Error, Result};

/// Writes a file so that it is there whole or not at all, in place of an older one of its name, and on the
/// disk when this returns.
///
/// # Errors
/// `Io` if it cannot be written; an older file then stays as it was.
pub fn write_whole(folder: &Path, name: &str, bytes: &[u8]) -> Result<()> {
    replace(folder, name, bytes).map_err(|error| Error::io(folder.join(name), error))
}

/// The same, with the error as the system tells it.
///
/// # Errors
/// Those of the system; the file is then as it was.
pub fn replace(folder: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
    // What a link leads to is replaced, and not the link; and who may read the file stays as it was.
    let target = folder.join(name);
    let target = target.canonicalize().unwrap_or(target);
    let permissions = fs::metadata(&target).ok().map(|older| older.permissions());
    // Another process may write the same file at this moment.
    let mut unfinished = target.clone().into_os_string();
    unfinished.push(format!(".{}.tmp", std::process::id()));
    let write = || {
        let mut file = File::create(&unfinished)?;
        permissions.map_or(Ok(()), |permissions| file.set_permissions(permissions))?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&unfinished, &target)
    };
    write().inspect_err(|_| drop(fs::remove_file(&unfinished)))?;
    // A folder cannot be synced everywhere; where it can, the new name is on the disk as well.
    File::open(target.parent().unwrap_or(folder)).and_then(|folder| folder.sync_all()).or(Ok(()))
}

/// Reads a file that need not be there, with [`fs::read`] or [`fs::read_to_string`]; `None` if it is not.
///
/// # Errors
/// `Io` if it is there and cannot be read, or if one may not look.
pub fn read_optional<T>(path: &Path, read: impl FnOnce(&Path) -> io::Result<T>) -> Result<Option<T>> {
    match read(path) {
        Ok(read) => Ok(Some(read)),
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(None),
        Err(error) => Err(Error::io(path, error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_need_not_be_there_but_one_that_cannot_be_read_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        assert_eq!(read_optional(&path, |path| fs::read(path)).unwrap(), None);
        fs::write(&path, b"\xff").unwrap();
        assert_eq!(read_optional(&path, |path| fs::read(path)).unwrap(), Some(vec![0xff]));
        assert_eq!(read_optional(&path.join("b"), |path| fs::read(path)).unwrap(), None);
        for unreadable in [&path, folder.path()] {
            assert!(read_optional(unreadable, |path| fs::read_to_string(path)).is_err(), "{unreadable:?}");
        }
    }

    #[test]
    fn another_process_that_writes_the_same_file_is_not_disturbed() {
        let folder = tempfile::tempdir().unwrap();
        let theirs = folder.path().join(format!("a.{}.tmp", std::process::id() + 1));
        for unfinished in [&theirs, &folder.path().join("a.tmp")] {
            fs::write(unfinished, "begun").unwrap();
            write_whole(folder.path(), "a", b"whole").unwrap();
            assert_eq!(fs::read_to_string(unfinished).unwrap(), "begun");
        }
    }

    #[test]
    fn a_file_takes_the_place_of_an_older_one() {
        let folder = tempfile::tempdir().unwrap();
        for text in ["one", "another"] {
            write_whole(folder.path(), "a", text.as_bytes()).unwrap();
            assert_eq!(fs::read_to_string(folder.path().join("a")).unwrap(), text);
        }
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        assert!(write_whole(&folder.path().join("none"), "a", b"").is_err());
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_a_link_and_who_may_read_a_file_stays_as_it_was() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().unwrap();
        let (elsewhere, here) = (folder.path().join("elsewhere"), folder.path().join("here"));
        [&elsewhere, &here].into_iter().for_each(|folder| fs::create_dir(folder).unwrap());
        fs::write(elsewhere.join("mine"), "old").unwrap();
        symlink("../elsewhere/mine", here.join("a")).unwrap();
        for mode in [0o600, 0o640, 0o444] {
            fs::set_permissions(elsewhere.join("mine"), fs::Permissions::from_mode(mode)).unwrap();
            write_whole(&here, "a", b"new").unwrap();
            assert_eq!(fs::read_link(here.join("a")).unwrap(), Path::new("../elsewhere/mine"));
            assert_eq!(fs::read_to_string(elsewhere.join("mine")).unwrap(), "new");
            assert_eq!(fs::metadata(elsewhere.join("mine")).unwrap().permissions().mode() & 0o777, mode);
        }
        assert_eq!(fs::read_dir(&here).unwrap().count() + fs::read_dir(&elsewhere).unwrap().count(), 2);
    }
}
