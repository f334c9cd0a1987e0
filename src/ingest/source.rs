//! One file being read: its bytes, counted and fingerprinted as they pass, and where its drafts go.
//!
//! Separate from the formats, so that each of them only says what its bytes mean: limits, fingerprints,
//! damaged archives and the wish of the caller to stop are dealt with here, once.

use std::cell::{Cell, RefCell};
use std::fs::File;
use std::io::{self, Read};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use rawzip::{FileReader, ReaderAt};
use xxhash_rust::xxh3::Xxh3;

use super::Limits;
use super::budget::Budget;
use super::compressed::Compression;
use super::field_map::FieldMap;
use super::member::Members;
use super::mojibake;
pub(super) use super::trouble::Trouble;
use crate::article::{Draft, Skip, SkipReason};
use crate::wording::Bilingual;

/// How many bytes are asked of the operating system at a time.
const CHUNK: usize = 64 * 1024;

/// Why a format stopped before the end of a file.
#[derive(Debug)]
pub(super) enum Stop {
    /// The rest of the file cannot be read.
    Trouble(Trouble),
    /// Whoever takes the drafts wants no more of them.
    Asked,
}

impl<T: Into<Trouble>> From<T> for Stop {
    fn from(trouble: T) -> Stop {
        Stop::Trouble(trouble.into())
    }
}

/// A record that is a file of its own: a message of a mailbox, a page of a web archive.
pub(super) struct Part<'p> {
    /// Its name in the file.
    pub record: &'p str,
    /// Its number, from 1.
    pub number: u64,
    /// When it was made, in nanoseconds since 1970 UTC.
    pub modified: Option<i64>,
    /// Where it was found on the web.
    pub url: Option<&'p str>,
}

impl Part<'_> {
    /// Returns an article of the record, under the record's name.
    fn claim(&self, draft: Draft) -> Draft {
        let member = draft.member.map(|member| format!("!{member}")).unwrap_or_default();
        let inner = draft.record.map(|record| format!("#{record}")).unwrap_or_default();
        Draft {
            record: Some(format!("{}{member}{inner}", self.record)),
            member: None,
            modified: draft.modified.or(self.modified),
            url: draft.url.or_else(|| self.url.map(str::to_owned)),
            ..draft
        }
    }
}

/// Where a format puts what it read.
pub(super) struct Drafts<'a> {
    name: &'a str,
    each: &'a mut dyn FnMut(Result<Draft, Skip>) -> ControlFlow<()>,
    given: u64,
    misdeclared: Option<Bilingual>,
}

impl<'a> Drafts<'a> {
    /// Returns the way out for the file called `name`.
    pub fn new(name: &'a str, each: &'a mut dyn FnMut(Result<Draft, Skip>) -> ControlFlow<()>) -> Drafts<'a> {
        Drafts { name, each, given: 0, misdeclared: None }
    }

    /// Notes that the file declares another charset than its own; the next article tells it.
    pub fn misdeclared(&mut self, wrong: Option<Bilingual>) {
        self.misdeclared = wrong;
    }

    /// Hands one article on, its mojibake repaired; tells that it is empty if it has neither title nor text.
    pub fn give(&mut self, mut draft: Draft) -> Result<(), Stop> {
        draft.misdeclared = self.misdeclared.take();
        mojibake::repair_draft(&mut draft);
        // Asked here, once for every format and after the repair: what was unreadable may have been spaces.
        if draft.is_empty() {
            return self.skip(Trouble::no_text());
        }
        self.pass(Ok(draft))
    }

    /// Tells that something gave no article, and that the reading goes on.
    pub fn skip(&mut self, trouble: Trouble) -> Result<(), Stop> {
        self.pass(Err(trouble.of(self.name)))
    }

    /// Returns how many articles were handed on.
    pub fn given(&self) -> u64 {
        self.given
    }

    /// Calls `read` with the way out for a file in this one, called `member` and changed at `modified`.
    pub fn within<T>(&mut self, member: &str, modified: Option<i64>, read: impl FnOnce(&mut Drafts<'_>) -> T) -> T {
        let name = format!("{}!{member}", self.name);
        read(&mut Drafts::new(&name, &mut |result| {
            let result = result.map(|draft| Draft {
                member: Some(match &draft.member {
                    Some(inner) => format!("{member}!{inner}"),
                    None => member.to_owned(),
                }),
                modified: draft.modified.or(modified),
                ..draft
            });
            match self.pass(result) {
                Ok(()) => ControlFlow::Continue(()),
                Err(_) => ControlFlow::Break(()),
            }
        }))
    }

    /// Calls `read` with the way out for a record of this file that is a file of its own.
    pub fn record<T>(&mut self, part: &Part<'_>, read: impl FnOnce(&mut Drafts<'_>) -> T) -> T {
        let name = self.name;
        read(&mut Drafts::new(name, &mut |result| {
            let result = match result {
                Ok(draft) => Ok(part.claim(draft)),
                Err(skip) => Err(Skip { line: Some(part.number), ..skip }),
            };
            match self.pass(result) {
                Ok(()) => ControlFlow::Continue(()),
                Err(_) => ControlFlow::Break(()),
            }
        }))
    }

    fn pass(&mut self, result: Result<Draft, Skip>) -> Result<(), Stop> {
        self.given += u64::from(result.is_ok());
        match (self.each)(result) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(Stop::Asked),
        }
    }
}

/// The bytes of one file, on disk or in an archive, unpacked if it is compressed.
pub(super) struct Source<'a> {
    /// The largest sizes accepted.
    pub limits: &'a Limits,
    /// Where the fields of an article stand in JSON and tables of the user's own.
    pub fields: &'a FieldMap,
    /// What the file on disk may unpack to.
    pub budget: Rc<Budget>,
    /// In how many archives it lies.
    pub depth: u32,
    /// The charset that is stated beside the bytes.
    pub charset: Option<String>,
    reader: Box<dyn Read + 'a>,
    /// The file on disk; `None` in an archive.
    disk: Option<Disk>,
    packed: bool,
}

struct Disk {
    path: PathBuf,
    raw: Raw,
    /// How many bytes it was said to have.
    size: u64,
}

impl<'a> Source<'a> {
    /// Opens the file at `path`, said to be of `size` bytes.
    pub fn open(
        path: &Path,
        size: u64,
        packing: Compression,
        limits: &'a Limits,
        fields: &'a FieldMap,
    ) -> Result<Source<'a>, Trouble> {
        let raw = Raw::open(path)?;
        let budget = Budget::new(limits, size);
        let reader = packing.unpack(raw.clone(), &budget)?;
        let packed = packing != Compression::None;
        let disk = Some(Disk { path: path.to_owned(), raw, size });
        Ok(Source { limits, fields, budget, depth: 0, charset: None, reader, disk, packed })
    }

    /// Returns the source of a file in an archive.
    pub fn of_member(bytes: Box<dyn Read + 'a>, packing: Compression, archive: &Members<'a>) -> io::Result<Source<'a>> {
        let reader = packing.unpack(bytes, &archive.budget)?;
        Ok(Source { packed: packing != Compression::None, ..Source::of_record(reader, None, archive) })
    }

    /// Returns the source of a record that is a file of its own, with the charset that is stated for it.
    pub fn of_record(reader: Box<dyn Read + 'a>, charset: Option<String>, archive: &Members<'a>) -> Source<'a> {
        let budget = archive.budget.clone();
        Source {
            limits: archive.limits,
            fields: archive.fields,
            budget,
            depth: archive.depth,
            charset,
            reader,
            disk: None,
            packed: false,
        }
    }

    /// Reads everything into memory, for a format whose file is one article.
    pub fn whole(&mut self) -> Result<Vec<u8>, Stop> {
        let limit = self.limits.text;
        let size = self.plain_size().unwrap_or(0);
        if size > limit {
            return Err(too_large(("the file", "le fichier"), limit).into());
        }
        let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0).saturating_add(1));
        (&mut self.reader).take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > limit {
            return Err(too_large(
                match size {
                    0 => ("the file, once unpacked,", "le fichier, une fois déballé,"),
                    _ => ("the file", "le fichier"),
                },
                limit,
            )
            .into());
        }
        if self.disk.is_some() {
            self.finish()?;
        }
        Ok(bytes)
    }

    /// Returns the first bytes; they are read again with the others.
    pub fn head(&mut self, count: usize) -> Result<Vec<u8>, Stop> {
        let mut head = Vec::with_capacity(count);
        (&mut self.reader).take(count as u64).read_to_end(&mut head)?;
        let rest = std::mem::replace(&mut self.reader, Box::new(io::empty()));
        self.reader = Box::new(io::Cursor::new(head.clone()).chain(rest));
        Ok(head)
    }

    /// Returns whether the file is plain, on disk, and small enough to be held whole.
    pub fn fits(&self) -> bool {
        self.plain_size().is_some_and(|size| size <= self.limits.text)
    }

    /// Returns how many bytes there will be, if that is known.
    fn plain_size(&self) -> Option<u64> {
        self.disk.as_ref().filter(|_| !self.packed).map(|disk| disk.size)
    }

    /// Returns the bytes for reading here and there, and how many they are: from the disk if they are plain
    /// there, else held whole.
    pub fn random(&mut self) -> Result<(Box<dyn ReaderAt>, u64), Stop> {
        if let Some(disk) = self.disk.as_ref().filter(|_| !self.packed) {
            let file = File::open(&disk.path)?;
            return Ok((Box::new(FileReader::from(file)), disk.size));
        }
        let bytes = self.whole()?;
        let size = bytes.len() as u64;
        Ok((Box::new(bytes), size))
    }

    /// Returns the unpacked bytes as they come, for a format whose file holds many articles.
    pub fn stream(&mut self) -> &mut dyn Read {
        &mut self.reader
    }

    /// Reads what is left and returns the fingerprint of the file as it is on disk (0 in an archive). Fails
    /// as vanished if that is not as many bytes as were announced.
    pub fn finish(&mut self) -> Result<u128, Trouble> {
        let Some(Disk { raw, size, .. }) = &mut self.disk else { return Ok(0) };
        raw.drain()?;
        let raw = raw.0.borrow();
        if raw.read == *size {
            Ok(raw.hash.digest128())
        } else {
            Err(Trouble::new(SkipReason::Vanished, ("it changed while it was read", "il a changé pendant la lecture")))
        }
    }
}

/// A reader that fails as too large when more bytes pass than one record may have. Whoever takes the
/// records sets `passed` back to 0 after each.
pub(super) struct Metered<R> {
    /// What is read.
    pub inner: R,
    /// How many bytes have passed since the last record.
    pub passed: Rc<Cell<u64>>,
    /// How many may.
    pub limit: u64,
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        // Asked before it reads, so that nothing of what follows the record is lost.
        if self.passed.get() > self.limit {
            return Err(too_large(("a record", "un article"), self.limit).into());
        }
        let count = self.inner.read(buffer)?;
        self.passed.set(self.passed.get().saturating_add(count as u64));
        Ok(count)
    }
}

/// Returns the trouble of `what` being larger than `limit` bytes.
pub(super) fn too_large((what, quoi): (&str, &str), limit: u64) -> Trouble {
    let Bilingual { english, french } = size_of(limit);
    Trouble::new(SkipReason::TooLarge, said!("{what} is larger than {english}", "{quoi} dépasse {french}"))
}

/// Returns what is said of a record that has no line of its own.
pub(super) fn of_record(number: u64, english: &str, french: &str) -> Bilingual {
    said!("record {number}: {english}", "article {number} : {french}")
}

/// Returns a size in words, such as `64 MiB`.
pub(super) fn size_of(bytes: u64) -> Bilingual {
    match bytes / (1024 * 1024) {
        0 => said!("{bytes} bytes", "{bytes} octets"),
        mebibytes => said!("{mebibytes} MiB", "{mebibytes} Mio"),
    }
}

/// Returns the xxh3-128 fingerprint of the bytes of the file at `path`, without holding them.
pub(super) fn fingerprint(path: &Path) -> Result<u128, Trouble> {
    let mut raw = Raw::open(path)?;
    raw.drain()?;
    let hash = raw.0.borrow().hash.digest128();
    Ok(hash)
}

/// The bytes on disk, counted and fingerprinted as they pass. A second handle is kept while a
/// decompressor owns the first, so that the bytes behind the archive's end are counted too.
#[derive(Clone)]
pub(super) struct Raw(Rc<RefCell<Counted>>);

struct Counted {
    file: File,
    hash: Xxh3,
    read: u64,
}

impl Raw {
    fn open(path: &Path) -> Result<Raw, Trouble> {
        // Opening a FIFO would wait for its writer, so look first.
        if !std::fs::metadata(path)?.is_file() {
            return Err(Trouble::new(
                SkipReason::NotAFile,
                ("it is no regular file", "ce n’est pas un fichier ordinaire"),
            ));
        }
        Ok(Raw(Rc::new(RefCell::new(Counted { file: File::open(path)?, hash: Xxh3::new(), read: 0 }))))
    }

    fn drain(&mut self) -> io::Result<()> {
        let mut buffer = vec![0; CHUNK];
        loop {
            match self.read(&mut buffer) {
                Ok(0) => return Ok(()),
                Err(error) if error.kind() != io::ErrorKind::Interrupted => return Err(error),
                _ => {}
            }
        }
    }
}

impl Read for Raw {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut counted = self.0.borrow_mut();
        let count = counted.file.read(buffer)?;
        counted.hash.update(buffer.get(..count).unwrap_or_default());
        counted.read += count as u64;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    static UNMAPPED: std::sync::LazyLock<FieldMap> = std::sync::LazyLock::new(FieldMap::default);

    fn source<'a>(bytes: &[u8], size: u64, limits: &'a Limits) -> (tempfile::TempDir, Source<'a>) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        std::fs::write(&path, bytes).unwrap();
        let source = Source::open(&path, size, Compression::None, limits, &UNMAPPED).unwrap();
        (folder, source)
    }

    #[test]
    fn the_fingerprint_is_of_the_bytes_on_disk() {
        let limits = Limits::default();
        let (folder, mut source) = source(b"L'Or\xE9al", 7, &limits);
        assert_eq!(source.whole().unwrap(), b"L'Or\xE9al");
        let fingerprint = source.finish().unwrap();
        assert_eq!(fingerprint, xxhash_rust::xxh3::xxh3_128(b"L'Or\xE9al"));
        assert_eq!(super::fingerprint(&folder.path().join("a.txt")).unwrap(), fingerprint);
    }

    #[test]
    fn a_file_that_grew_or_shrank_has_changed() {
        let limits = Limits::default();
        for size in [3, 5] {
            let (_folder, mut source) = source(b"news", size, &limits);
            assert_eq!(source.finish().unwrap_err().reason, SkipReason::Vanished);
        }
    }

    #[test]
    fn a_large_file_is_refused() {
        let limits = Limits { text: 3, ..Limits::default() };
        let (_folder, mut source) = source(b"news", 4, &limits);
        match source.whole() {
            Err(Stop::Trouble(trouble)) => assert_eq!(trouble.reason, SkipReason::TooLarge),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_trouble_survives_the_way_through_an_io_error() {
        let trouble = Trouble::new(SkipReason::Binary, ("no text", "pas de texte")).at(3);
        assert_eq!(Trouble::from(io::Error::from(trouble.clone())), trouble);
    }
}
