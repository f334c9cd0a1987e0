//! A file that is opened with the index and read when it is asked for: a commit that comes between may remove its name,
//! and what was opened is still there.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// A file held open.
pub(super) struct Held {
    file: Mutex<File>,
    path: PathBuf,
}

impl Held {
    /// Opens a file.
    pub fn open(path: PathBuf) -> io::Result<Held> {
        Ok(Held { file: Mutex::new(File::open(&path)?), path })
    }

    /// Returns where it was.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Reads the whole file.
    pub fn read(&self) -> io::Result<Vec<u8>> {
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        let mut bytes = Vec::with_capacity(file.metadata()?.len() as usize);
        file.seek(SeekFrom::Start(0))?;
        file.read_to_end(&mut bytes)?;
        Ok(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn what_was_opened_is_read_after_its_name_is_gone_and_more_than_once() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("table");
        std::fs::write(&path, "whole").unwrap();
        let held = Held::open(path.clone()).unwrap();
        std::fs::remove_file(path).unwrap();
        assert_eq!(held.read().unwrap(), b"whole");
        assert_eq!(held.read().unwrap(), b"whole");
    }
}
