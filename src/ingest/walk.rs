//! Walking a folder: every file in it, in a fixed order, and what in it is no file to read.
//!
//! Links are followed, loops are told and left; hidden files and folders (those with a leading dot)
//! are passed over in silence. Each file is looked up once.

use std::fs::Metadata;
use std::ops::ControlFlow;
use std::path::{Component, Path};
use std::time::UNIX_EPOCH;

use walkdir::{DirEntry, WalkDir};

use super::Found;
use super::format::{self, Named};
use super::source::Trouble;
use crate::article::{Skip, SkipReason};
use crate::error::{Error, Result};

/// Calls `each` with every file under `root` that telex can read, folder by folder in the order of
/// their names, and with a skip for all else, until it breaks. `root` may be a file, whatever its
/// ending. Bytes of a name that are not UTF-8 are named as U+FFFD and two hexadecimal digits, and
/// U+FFFD itself is doubled, so that no two files get the same name.
///
/// # Errors
/// `Usage` if there is nothing at `root`, `Io` if it cannot be read at all.
pub fn walk(root: &Path, each: &mut dyn FnMut(std::result::Result<Found, Skip>) -> ControlFlow<()>) -> Result<()> {
    std::fs::metadata(root).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => Error::usage("there is no such file or folder")
            .at(root)
            .hint("give the path of a folder of articles, or of one file"),
        _ => Error::io(root, error),
    })?;
    let entries = WalkDir::new(root).follow_links(true).sort_by_file_name().into_iter();
    for entry in entries.filter_entry(|entry| entry.depth() == 0 || !is_hidden(entry.path())) {
        let result = match entry {
            Ok(entry) if entry.file_type().is_dir() => continue,
            Ok(entry) => {
                let name = name_under(root, entry.path());
                found(&entry, &name).map_err(|trouble| trouble.of(&name))
            }
            Err(error) if error.depth() == 0 => {
                let cause = error.into_io_error().unwrap_or_else(|| std::io::Error::other("it cannot be walked"));
                return Err(Error::io(root, cause));
            }
            Err(error) => {
                let path = error.path().unwrap_or(root).to_owned();
                if is_hidden(&path) {
                    continue;
                }
                Err(trouble_of(error, &path).of(&name_under(root, &path)))
            }
        };
        if each(result).is_break() {
            break;
        }
    }
    Ok(())
}

/// Returns the file of an entry that is no folder.
fn found(entry: &DirEntry, name: &str) -> std::result::Result<Found, Trouble> {
    if !entry.file_type().is_file() {
        return Err(Trouble::new(SkipReason::NotAFile, format!("it is a {}", kind(entry.file_type()))));
    }
    if entry.depth() > 0
        && let Named::Unknown(ending) = Named::of(name)
    {
        return Err(format::unknown(&ending));
    }
    let metadata = entry.metadata().map_err(|error| trouble_of(error, entry.path()))?;
    Ok(Found {
        path: entry.path().to_owned(),
        name: name.to_owned(),
        size: metadata.len(),
        modified: modified(&metadata),
    })
}

/// Returns what is wrong with an entry that could not be followed or looked up.
fn trouble_of(error: walkdir::Error, path: &Path) -> Trouble {
    if let Some(ancestor) = error.loop_ancestor() {
        return Trouble::new(SkipReason::LinkLoop, format!("it leads back to {}", ancestor.display()));
    }
    let is_link = std::fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_symlink());
    match error.into_io_error() {
        Some(error) if error.kind() == std::io::ErrorKind::NotFound && is_link => {
            Trouble::new(SkipReason::Unreadable, "it is a link to nothing")
        }
        // A link to itself, or a ring of links: ELOOP has no stable kind.
        Some(error) if is_link && error.kind() != std::io::ErrorKind::PermissionDenied => {
            Trouble::new(SkipReason::LinkLoop, error.to_string())
        }
        Some(error) => error.into(),
        None => Trouble::new(SkipReason::Unreadable, "it cannot be walked"),
    }
}

/// Returns the modification time in nanoseconds since 1970 UTC; 0 where the system has none.
fn modified(metadata: &Metadata) -> i64 {
    let Ok(time) = metadata.modified() else { return 0 };
    match time.duration_since(UNIX_EPOCH) {
        Ok(after) => i64::try_from(after.as_nanos()).unwrap_or(i64::MAX),
        Err(before) => i64::try_from(before.duration().as_nanos()).map_or(i64::MIN, |nanoseconds| -nanoseconds),
    }
}

fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."))
}

/// Returns the path under `root`; the file's own name if it is the root.
fn name_under(root: &Path, path: &Path) -> String {
    let under = match path.strip_prefix(root) {
        Ok(under) if !under.as_os_str().is_empty() => under,
        _ => path.file_name().map(Path::new).unwrap_or(path),
    };
    let mut name = String::with_capacity(under.as_os_str().len());
    for component in under.components() {
        let Component::Normal(part) = component else { continue };
        if !name.is_empty() {
            name.push('/');
        }
        push_name(part.as_encoded_bytes(), &mut name);
    }
    name
}

/// Appends a name to `text`: bytes that are not UTF-8 as U+FFFD and two hexadecimal digits, and U+FFFD
/// itself doubled.
pub(super) fn push_name(bytes: &[u8], text: &mut String) {
    for chunk in bytes.utf8_chunks() {
        match chunk.valid() {
            valid if valid.contains('\u{FFFD}') => text.push_str(&valid.replace('\u{FFFD}', "\u{FFFD}\u{FFFD}")),
            valid => text.push_str(valid),
        }
        for byte in chunk.invalid() {
            text.push_str(&format!("\u{FFFD}{byte:02X}"));
        }
    }
}

#[cfg(unix)]
fn kind(of: std::fs::FileType) -> &'static str {
    use std::os::unix::fs::FileTypeExt;
    match () {
        () if of.is_fifo() => "FIFO",
        () if of.is_socket() => "socket",
        () => "device",
    }
}

#[cfg(not(unix))]
fn kind(_of: std::fs::FileType) -> &'static str {
    "device"
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::error::Kind;

    /// Returns what the walk finds, each as its name, or its name and why it was skipped.
    fn walked(root: &Path) -> Vec<String> {
        let mut names = Vec::new();
        walk(root, &mut |result| {
            names.push(match result {
                Ok(found) => found.name,
                Err(skip) => format!("{}: {}", skip.path, skip.reason.words()),
            });
            ControlFlow::Continue(())
        })
        .unwrap();
        names
    }

    #[test]
    fn files_come_in_order_without_the_hidden_ones() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        for name in ["b/2.txt", "b/10.json.gz", "a.md", "b/.x.txt", ".telex/seg.txt", "a.pdf", "NOTICE"] {
            fs::create_dir_all(root.join(name).parent().unwrap()).unwrap();
            fs::write(root.join(name), "text").unwrap();
        }
        assert_eq!(walked(root), ["NOTICE", "a.md", "a.pdf: unknown format", "b/10.json.gz", "b/2.txt"]);
    }

    #[test]
    fn a_root_may_be_one_file_of_any_ending() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(".news.dat");
        fs::write(&path, "text").unwrap();
        let mut all = Vec::new();
        walk(&path, &mut |result| {
            all.push(result.unwrap());
            ControlFlow::Continue(())
        })
        .unwrap();
        assert_eq!((all[0].name.as_str(), all[0].size, all.len()), (".news.dat", 4, 1));
        let year_2020 = 1_577_836_800_000_000_000;
        assert!(all[0].modified > year_2020);
    }

    #[test]
    fn a_missing_root_is_a_usage_error() {
        let error = walk(Path::new("/no/such/folder"), &mut |_| ControlFlow::Continue(())).unwrap_err();
        assert_eq!(error.kind(), Kind::Usage);
        assert!(error.advice().is_some());
    }

    #[test]
    fn a_break_ends_the_walk() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["a.txt", "b.txt"] {
            fs::write(folder.path().join(name), "text").unwrap();
        }
        let mut count = 0;
        walk(folder.path(), &mut |_| {
            count += 1;
            ControlFlow::Break(())
        })
        .unwrap();
        assert_eq!(count, 1);
    }

    #[cfg(unix)]
    #[test]
    fn links_loops_and_sockets_are_told() {
        use std::os::unix::fs::symlink;
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("root");
        fs::create_dir_all(root.join("in")).unwrap();
        fs::write(folder.path().join("outside.txt"), "text").unwrap();
        symlink(&root, root.join("in/back")).unwrap();
        symlink("nowhere", root.join("broken.txt")).unwrap();
        symlink("nowhere", root.join(".hidden.txt")).unwrap();
        symlink("self.txt", root.join("self.txt")).unwrap();
        symlink(folder.path().join("outside.txt"), root.join("link.txt")).unwrap();
        let _socket = std::os::unix::net::UnixListener::bind(root.join("socket.txt")).unwrap();
        assert_eq!(
            walked(&root),
            [
                "broken.txt: unreadable",
                "in/back: link loop",
                "link.txt",
                "self.txt: link loop",
                "socket.txt: not a file"
            ]
        );
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn names_that_are_not_utf_8_stay_apart() {
        use std::ffi::OsStr;
        use std::os::unix::ffi::OsStrExt;
        let folder = tempfile::tempdir().unwrap();
        for name in [&b"\xE9.txt"[..], b"\xE8.txt", "\u{FFFD}E9.txt".as_bytes()] {
            fs::write(folder.path().join(OsStr::from_bytes(name)), "text").unwrap();
        }
        let mut names = walked(folder.path());
        names.sort();
        assert_eq!(names, ["\u{FFFD}E8.txt", "\u{FFFD}E9.txt", "\u{FFFD}\u{FFFD}E9.txt"]);
    }
}
