//! Files that are there whole or not at all, whenever the machine stops.

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
pub fn replace(folder: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
    // Another process may write the same file at this moment.
    let unfinished = folder.join(format!("{name}.{}.tmp", std::process::id()));
    let write = || {
        let mut file = File::create(&unfinished)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&unfinished, folder.join(name))
    };
    write().inspect_err(|_| drop(fs::remove_file(&unfinished)))?;
    // A folder cannot be synced everywhere; where it can, the new name is on the disk as well.
    File::open(folder).and_then(|folder| folder.sync_all()).or(Ok(()))
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
