//! The files in an archive: each is read by its own format, as if it lay in a folder, and its articles
//! bear its name behind that of the archive, `a.zip!b.html`.
//!
//! Separate from the archives, so that names, limits and nesting are dealt with once. Nothing is ever
//! written to disk, and no link is followed: a name is only a name. Still, what in it would lead out of
//! a folder is cut, so that no reader of a list of ids is led astray.

use std::io::{self, BufRead, Read};
use std::rc::Rc;

use super::Limits;
use super::budget::Budget;
use super::field_map::FieldMap;
use super::format::{self, Named};
use super::record_names::RecordNames;
use super::source::{Drafts, Source, Stop, Trouble};
use crate::article::SkipReason;

/// How many bytes of a name are kept, from its end.
const LONGEST: usize = 1024;

/// A file in an archive.
pub(super) struct Member<'m> {
    /// Its path in the archive, as written.
    pub name: String,
    /// When it was last changed, in nanoseconds since 1970 UTC.
    pub modified: Option<i64>,
    /// What it holds.
    pub bytes: Box<dyn Read + 'm>,
}

/// The way of the files of one archive to their formats.
pub(super) struct Members<'a> {
    pub(super) limits: &'a Limits,
    pub(super) fields: &'a FieldMap,
    pub(super) budget: Rc<Budget>,
    pub(super) depth: u32,
    names: RecordNames,
    any: bool,
}

impl<'a> Members<'a> {
    /// Begins the reading of the archive that `source` holds. Fails if it lies too deep in others.
    pub fn of(source: &Source<'a>) -> Result<Members<'a>, Trouble> {
        let depth = source.depth + 1;
        if depth > source.limits.depth {
            let detail = said!(
                "archives lie more than {} deep in each other",
                "des archives sont imbriquées sur plus de {} niveaux",
                source.limits.depth
            );
            return Err(Trouble::new(SkipReason::TooLarge, detail));
        }
        Ok(Members {
            limits: source.limits,
            fields: source.fields,
            budget: source.budget.clone(),
            depth,
            names: RecordNames::default(),
            any: false,
        })
    }

    /// Reads one file, unless it is hidden. What is wrong with it alone is told; `Err` is for what ends the
    /// reading of the whole archive.
    pub fn read(&mut self, member: Member<'_>, drafts: &mut Drafts<'_>) -> Result<(), Stop> {
        self.any = true;
        self.budget.pay_member()?;
        let name = safe(&member.name);
        if is_hidden(&name) {
            return Ok(());
        }
        let named = Named::of(&name);
        let name = self.names.distinct(name);
        drafts.within(&name, member.modified, |drafts| {
            let read = match named {
                Named::Unknown(ending) => Err(format::unknown(&ending).into()),
                Named::Format(packing, format) => Source::of_member(member.bytes, packing, self)
                    .map_err(Stop::from)
                    .and_then(|mut source| format.read(&mut source, drafts)),
            };
            self.settle(read, drafts)
        })
    }

    /// Tells what is wrong with the file called `name`, which is not read.
    pub fn skip(&mut self, name: &str, trouble: Trouble, drafts: &mut Drafts<'_>) -> Result<(), Stop> {
        self.any = true;
        self.budget.pay_member()?;
        let name = safe(name);
        match is_hidden(&name) {
            true => Ok(()),
            false => drafts.within(&name, None, |drafts| drafts.skip(trouble)),
        }
    }

    /// Ends the reading of the archive. Fails as empty if no file was in it.
    pub fn finish(self) -> Result<(), Trouble> {
        match self.any {
            true => Ok(()),
            false => Err(Trouble::new(SkipReason::Empty, ("there is no file in it", "il n’y a pas de fichier dedans"))),
        }
    }

    /// Tells a trouble of one file; passes on those of the archive as a whole.
    pub fn settle(&self, read: Result<(), Stop>, drafts: &mut Drafts<'_>) -> Result<(), Stop> {
        match read {
            Err(Stop::Trouble(trouble))
                if !self.budget.is_spent()
                    && !matches!(trouble.reason, SkipReason::Unreadable | SkipReason::Vanished) =>
            {
                drafts.skip(trouble)
            }
            read => read,
        }
    }
}

/// The bytes of a file in an archive that is read from its beginning to its end; they fail if the archive ends
/// before the file does.
pub(super) struct Whole<R> {
    /// The archive, at the file or within it.
    reader: R,
    /// How many bytes of the file are to come.
    left: u64,
    /// Whether whoever read it met the end of the archive.
    pub cut: bool,
}

impl<R> Whole<R> {
    /// Returns the file of `left` bytes that begins where `reader` stands.
    pub fn new(reader: R, left: u64) -> Whole<R> {
        Whole { reader, left, cut: false }
    }
}

impl<R: Read> Read for Whole<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let came = (&mut self.reader).take(self.left).read(buffer)?;
        if came == 0 && self.left > 0 && !buffer.is_empty() {
            self.cut = true;
            return Err(cut().into());
        }
        self.left = self.left.saturating_sub(came as u64);
        Ok(came)
    }
}

impl<R: BufRead> BufRead for Whole<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        let left = usize::try_from(self.left).unwrap_or(usize::MAX);
        let bytes = self.reader.fill_buf()?;
        if bytes.is_empty() && left > 0 {
            self.cut = true;
            return Err(cut().into());
        }
        Ok(bytes.get(..bytes.len().min(left)).unwrap_or_default())
    }

    fn consume(&mut self, count: usize) {
        self.reader.consume(count);
        self.left = self.left.saturating_sub(count as u64);
    }
}

fn cut() -> Trouble {
    Trouble::new(SkipReason::Malformed, ("the archive ends within it", "l’archive s’arrête au milieu de celui-ci"))
}

/// Returns a name without what leads upwards, to the root, or to another drive, with `/` between folders, and `%23`
/// for `#`: behind the first `#` of an id stands the record.
fn safe(name: &str) -> String {
    let is_drive = |part: &str| matches!(part.as_bytes(), [letter, b':'] if letter.is_ascii_alphabetic());
    let parts = name.split(['/', '\\']).filter(|part| !matches!(*part, "" | "." | "..") && !is_drive(part));
    let name = parts.collect::<Vec<_>>().join("/").replace('#', "%23");
    if name.is_empty() {
        return "unnamed".to_owned();
    }
    let cut = name.len().saturating_sub(LONGEST);
    let start = (cut..).find(|&at| name.is_char_boundary(at)).unwrap_or(0);
    name[start..].to_owned()
}

/// Returns whether the file, or a folder around it, is hidden, or holds what only macOS wants.
fn is_hidden(name: &str) -> bool {
    name.split('/').any(|part| part.starts_with('.') || part == "__MACOSX")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_nowhere() {
        for (name, expected) in [
            ("a/b.txt", "a/b.txt"),
            ("../../etc/passwd", "etc/passwd"),
            ("/etc/passwd", "etc/passwd"),
            ("C:\\news\\..\\été.txt", "news/été.txt"),
            ("a/./b//c..txt", "a/b/c..txt"),
            ("../..", "unnamed"),
            ("no. #1.html", "no. %231.html"),
        ] {
            assert_eq!(safe(name), expected, "{name}");
        }
        let long = safe(&format!("{}.txt", "é".repeat(5000)));
        assert!(long.len() <= LONGEST && long.ends_with("é.txt"), "{}", long.len());
    }

    #[test]
    fn hidden_files_are_known() {
        for name in [".x", "a/.b/c.txt", "__MACOSX/a.txt"] {
            assert!(is_hidden(name), "{name}");
        }
        assert!(!is_hidden("a/b.txt"));
    }
}
