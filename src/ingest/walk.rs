//! Walking a folder: every file in it, in a fixed order, and what in it is no file to read.
//!
//! Links are followed, but a folder is read once, whatever leads to it (`Folders`); loops are told and left; hidden
//! files and folders (those with a leading dot) are passed over in silence. Each file is looked up once, several at a
//! time: to look up a file takes longer than to read its name, and a folder in which nothing has changed costs nothing
//! else.

use std::cmp::Ordering;
use std::ffi::OsStr;
use std::fs::Metadata;
use std::ops::ControlFlow;
use std::path::{Component, MAIN_SEPARATOR, Path, PathBuf};
use std::time::UNIX_EPOCH;

use rayon::iter::{IntoParallelIterator, ParallelIterator};
use rustc_hash::FxHashSet;
use walkdir::{DirEntry, WalkDir};

use super::Found;
use super::format::{self, Named};
use super::source::Trouble;
use crate::article::file_name;
use crate::article::{Skip, SkipReason};
use crate::error::{Error, Result};
use crate::wording::Bilingual;

/// How many entries are looked up together.
const BATCH: usize = 1024;

/// Calls `each` with every file under `root` that telex can read, folder by folder in the order of
/// their names, and with a skip for all else, until it breaks. `root` may be a file, whatever its
/// ending. Bytes of a name that are not UTF-8 are named as U+FFFD and two hexadecimal digits, and
/// U+FFFD itself is doubled, so that no two files get the same name. The files are looked up on the threads
/// of the rayon pool that it is called in.
///
/// # Errors
/// `Usage` if there is nothing at `root`, `Io` if it cannot be read at all.
pub fn walk(
    root: &Path,
    each: &mut (dyn FnMut(std::result::Result<Found, Skip>) -> ControlFlow<()> + Send),
) -> Result<()> {
    std::fs::metadata(root).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => Error::absent(root),
        _ => Error::io(root, error),
    })?;
    let entries = WalkDir::new(root).follow_links(true).sort_by(by_name);
    let mut folders = Folders::of(root);
    let mut entries = entries.into_iter().filter_entry(|entry| {
        (entry.depth() == 0 || !is_hidden(last_part(entry))) && (!entry.file_type().is_dir() || folders.enter(entry))
    });
    let mut batch = Vec::new();
    loop {
        // While these are looked up, the names of the next are read.
        let (looked_up, next) = rayon::join(
            || batch.into_par_iter().filter_map(|entry| look_up(root, entry)).collect::<Vec<_>>(),
            || entries.by_ref().take(BATCH).collect::<Vec<_>>(),
        );
        for result in looked_up {
            if each(result?).is_break() {
                return Ok(());
            }
        }
        if next.is_empty() {
            return Ok(());
        }
        batch = next;
    }
}

/// The folders that are walked. Two links to one folder would double its articles, and links in folders of links
/// double them again at each level. So a folder that lies under the root is read there, under its own name, and
/// one elsewhere where the first link leads to it.
struct Folders {
    root: PathBuf,
    /// The folders around the next entry, the root first, each with its true path and whether a link led there.
    around: Vec<(PathBuf, bool)>,
    /// Those elsewhere.
    elsewhere: FxHashSet<PathBuf>,
}

impl Folders {
    fn of(root: &Path) -> Folders {
        let root = root.canonicalize().unwrap_or_else(|_| root.to_owned());
        Folders { root, around: Vec::new(), elsewhere: FxHashSet::default() }
    }

    /// Returns whether a folder is to be walked. The folders come in the order in which they lie in each other.
    fn enter(&mut self, folder: &DirEntry) -> bool {
        self.around.truncate(folder.depth());
        let (path, by_link) = match self.around.last() {
            None => (self.root.clone(), false),
            Some((_, by_link)) if folder.path_is_symlink() => match folder.path().canonicalize() {
                Ok(path) => (path, true),
                Err(_) => (folder.path().to_owned(), *by_link),
            },
            Some((parent, by_link)) => (parent.join(folder.file_name()), *by_link),
        };
        let is_first = !by_link || !self.is_walked_itself(&path) && self.elsewhere.insert(path.clone());
        self.around.push((path, by_link));
        is_first
    }

    /// Returns whether a folder lies under the root, and not in a hidden folder there.
    fn is_walked_itself(&self, path: &Path) -> bool {
        let is_seen = |part: Component<'_>| !is_hidden(part.as_os_str().as_encoded_bytes());
        path.strip_prefix(&self.root).is_ok_and(|under| under.components().all(is_seen))
    }
}

/// Returns what an entry is: a file, or something to skip; nothing for a folder.
fn look_up(
    root: &Path,
    entry: std::result::Result<DirEntry, walkdir::Error>,
) -> Option<Result<std::result::Result<Found, Skip>>> {
    match entry {
        Ok(entry) if entry.file_type().is_dir() => None,
        Ok(entry) => {
            let name = name_under(root, entry.path());
            Some(Ok(match found(&entry, &name) {
                Ok(metadata) => {
                    let (size, modified, changed) = (metadata.len(), modified(&metadata), changed(&metadata));
                    Ok(Found { path: entry.into_path(), name, size, modified, changed })
                }
                Err(trouble) => Err(trouble.of(&name)),
            }))
        }
        Err(error) if error.depth() == 0 => {
            let cause = error.into_io_error().unwrap_or_else(|| std::io::Error::other("it cannot be walked"));
            Some(Err(Error::io(root, cause)))
        }
        Err(error) => {
            let path = error.path().unwrap_or(root).to_owned();
            if path.file_name().is_some_and(|name| is_hidden(name.as_encoded_bytes())) {
                return None;
            }
            let name = name_under(root, &path);
            Some(Ok(Err(trouble_of(error, &path).of(&name))))
        }
    }
}

/// Returns what the system knows of an entry that is a file to read.
fn found(entry: &DirEntry, name: &str) -> std::result::Result<Metadata, Trouble> {
    if !entry.file_type().is_file() {
        return Err(Trouble::new(SkipReason::NotAFile, kind(entry.file_type())));
    }
    if entry.depth() > 0
        && let Named::Unknown(ending) = Named::of(name)
    {
        return Err(format::unknown(&ending));
    }
    entry.metadata().map_err(|error| trouble_of(error, entry.path()))
}

/// Returns what is wrong with an entry that could not be followed or looked up.
fn trouble_of(error: walkdir::Error, path: &Path) -> Trouble {
    if let Some(ancestor) = error.loop_ancestor() {
        return Trouble::new(SkipReason::LinkLoop, said!("it leads back to {}", "il ramène à {}", ancestor.display()));
    }
    let is_link = std::fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_symlink());
    match error.into_io_error() {
        Some(error) if error.kind() == std::io::ErrorKind::NotFound && is_link => {
            Trouble::new(SkipReason::Unreadable, ("it is a link to nothing", "c’est un lien vers rien"))
        }
        // A link to itself, or a ring of links: ELOOP has no stable kind.
        Some(error) if is_link && error.kind() != std::io::ErrorKind::PermissionDenied => {
            Trouble::new(SkipReason::LinkLoop, Bilingual::same(error.to_string()))
        }
        Some(error) => error.into(),
        None => Trouble::new(SkipReason::Unreadable, ("it cannot be walked", "il ne peut pas être parcouru")),
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

/// Returns when a file was last changed in any way, in nanoseconds since 1970 UTC.
#[cfg(unix)]
fn changed(metadata: &Metadata) -> i64 {
    use std::os::unix::fs::MetadataExt;
    metadata.ctime().saturating_mul(1_000_000_000).saturating_add(metadata.ctime_nsec())
}

#[cfg(not(unix))]
fn changed(_: &Metadata) -> i64 {
    0
}

/// Compares entries of one folder. Their paths differ in the last part only, so that they need not be parted.
fn by_name(one: &DirEntry, other: &DirEntry) -> Ordering {
    one.path().as_os_str().cmp(other.path().as_os_str())
}

/// Returns the last part of an entry's path; [`Path::file_name`] looks at every part of it for that.
fn last_part(entry: &DirEntry) -> &[u8] {
    let path = entry.path().as_os_str().as_encoded_bytes();
    let from = memchr::memrchr(MAIN_SEPARATOR as u8, path).map_or(0, |separator| separator + 1);
    &path[from..]
}

fn is_hidden(name: &[u8]) -> bool {
    name.starts_with(b".")
}

/// Returns the path under `root`; the file's own name if it is the root.
fn name_under(root: &Path, path: &Path) -> String {
    let separator = MAIN_SEPARATOR as u8;
    let bytes = path.as_os_str().as_encoded_bytes();
    let under = bytes.strip_prefix(root.as_os_str().as_encoded_bytes()).filter(|under| !under.is_empty());
    let under = under.or_else(|| path.file_name().map(OsStr::as_encoded_bytes)).unwrap_or(bytes);
    let mut name = String::with_capacity(under.len());
    for part in under.split(|byte| *byte == separator).filter(|part| !part.is_empty()) {
        if !name.is_empty() {
            name.push('/');
        }
        file_name::push(part, &mut name);
    }
    name
}

#[cfg(unix)]
fn kind(of: std::fs::FileType) -> (&'static str, &'static str) {
    use std::os::unix::fs::FileTypeExt;
    match () {
        () if of.is_fifo() => ("it is a FIFO", "c’est un tube nommé"),
        () if of.is_socket() => ("it is a socket", "c’est une prise (socket)"),
        () => ("it is a device", "c’est un périphérique"),
    }
}

#[cfg(not(unix))]
fn kind(_of: std::fs::FileType) -> (&'static str, &'static str) {
    ("it is a device", "c’est un périphérique")
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
        for name in ["b/2.txt", "b/10.json.gz", "a.md", "b/.x.txt", ".telex/seg.txt", "a.ppt", "NOTICE"] {
            fs::create_dir_all(root.join(name).parent().unwrap()).unwrap();
            fs::write(root.join(name), "text").unwrap();
        }
        assert_eq!(walked(root), ["NOTICE", "a.md", "a.ppt: unknown format", "b/10.json.gz", "b/2.txt"]);
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

    #[cfg(unix)]
    #[test]
    fn a_folder_is_read_once_whatever_leads_to_it() {
        use std::os::unix::fs::symlink;
        let folder = tempfile::tempdir().unwrap();
        let (root, outside) = (folder.path().join("root"), folder.path().join("outside"));
        for name in ["root/m/sub", "root/.hidden", "outside/sub"] {
            fs::create_dir_all(folder.path().join(name)).unwrap();
            fs::write(folder.path().join(name).join("a.txt"), "text").unwrap();
        }
        // Links that come before what they lead to, and behind it; to a hidden folder; elsewhere, twice; and upwards.
        for (from, to) in [
            ("root/a", &root.join("m")),
            ("root/z", &root.join("m/sub")),
            ("root/h", &root.join(".hidden")),
            ("root/o", &outside.join("sub")),
            ("root/p", &outside),
            ("outside/up", &root),
            ("outside/m", &root.join("m")),
            ("root/q", &outside),
        ] {
            symlink(to, folder.path().join(from)).unwrap();
        }
        assert_eq!(walked(&root), ["h/a.txt", "m/sub/a.txt", "o/a.txt", "p/up: link loop"]);
    }

    #[cfg(unix)]
    #[test]
    fn links_that_double_at_each_level_are_read_once() {
        use std::os::unix::fs::symlink;
        let folder = tempfile::tempdir().unwrap();
        let level = |number: u32| folder.path().join(format!("elsewhere/{number}"));
        (0..=14).for_each(|number| fs::create_dir_all(level(number)).unwrap());
        for number in 0..14 {
            symlink(level(number + 1), level(number).join("a")).unwrap();
            symlink(level(number + 1), level(number).join("b")).unwrap();
        }
        fs::write(level(14).join("x.txt"), "text").unwrap();
        assert_eq!(walked(&level(0)), [format!("{}x.txt", "a/".repeat(14))]);
        assert_eq!(walked(folder.path()), ["elsewhere/14/x.txt"]);
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
