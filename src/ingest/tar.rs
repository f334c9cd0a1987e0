//! tar archives, plain or packed, read from the beginning to the end: POSIX, GNU, and what came before.
//!
//! The `tar` crate reads the headers. Long names, which stand in entries of their own, are read here,
//! because the crate would hold one of any length.

use std::io::{self, Read};

use tar::{Archive, EntryType, Header, PaxExtensions};

use super::format::Format;
use super::member::{Member, Members, Whole};
use super::source::{Drafts, Source, Stop, Trouble};
use crate::article::SkipReason;
use crate::article::file_name;

/// A tar archive.
pub(super) struct Tar;

/// The longest name, or list of attributes, that is read, in bytes.
const LONGEST: u64 = 64 * 1024;

impl Format for Tar {
    fn name(&self) -> &'static str {
        "tar archive"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["tar"]
    }

    fn about(&self) -> &'static str {
        "every file in it, archives too; .tgz, .txz and .tzst are packed ones"
    }

    fn read(&self, source: &mut Source<'_>, drafts: &mut Drafts<'_>) -> Result<(), Stop> {
        let mut members = Members::of(source)?;
        let mut archive = Archive::new(source.stream());
        let mut stated = Stated::default();
        for entry in archive.entries().map_err(damaged)?.raw(true) {
            let mut entry = entry.map_err(damaged)?;
            let kind = entry.header().entry_type();
            let is_about_another = matches!(
                kind,
                EntryType::GNULongName | EntryType::GNULongLink | EntryType::XHeader | EntryType::XGlobalHeader
            );
            if !is_about_another {
                stated.check_size(entry.header())?;
            }
            match kind {
                EntryType::GNULongName => stated.name = Some(text(&read_short(&mut entry)?)),
                EntryType::XHeader => stated.read(&read_short(&mut entry)?)?,
                EntryType::Regular | EntryType::Continuous => {
                    let header = entry.header().clone();
                    let (name, modified) = std::mem::take(&mut stated).of(&header);
                    // Before POSIX, a folder was a file whose name ended so.
                    if !name.ends_with('/') {
                        let size = entry.size();
                        let bytes = Box::new(Whole::new(entry, size));
                        members.read(Member { name, modified, bytes }, drafts)?;
                    }
                }
                EntryType::XGlobalHeader | EntryType::GNULongLink => {}
                EntryType::Directory => stated = Stated::default(),
                other => {
                    let (name, _) = std::mem::take(&mut stated).of(entry.header());
                    let (what, quoi) = match other {
                        EntryType::GNUSparse => ("sparse file", "fichier creux"),
                        _ => ("link or device", "lien ou périphérique"),
                    };
                    let detail = said!(
                        "it is a {what}, and those are not read in archives",
                        "c’est un {quoi}, ce que telex ne lit pas dans les archives"
                    );
                    members.skip(&name, Trouble::new(SkipReason::NotAFile, detail), drafts)?;
                }
            }
        }
        Ok(members.finish()?)
    }
}

/// What an entry states of the one after it.
#[derive(Default)]
struct Stated {
    name: Option<String>,
    modified: Option<i64>,
    size: Option<u64>,
}

impl Stated {
    /// Reads the attributes of POSIX, `length key=value` a line.
    fn read(&mut self, attributes: &[u8]) -> Result<(), Trouble> {
        for attribute in PaxExtensions::new(attributes) {
            let attribute = attribute.map_err(damaged)?;
            match attribute.key_bytes() {
                b"path" => self.name = Some(text(attribute.value_bytes())),
                b"mtime" => {
                    let seconds = attribute.value().ok().and_then(|value| value.split('.').next()?.parse::<i64>().ok());
                    self.modified = seconds.and_then(|seconds| seconds.checked_mul(1_000_000_000));
                }
                b"size" => {
                    let size = attribute.value().ok().and_then(|value| value.parse().ok());
                    self.size = Some(size.ok_or_else(|| damaged(io::Error::other("a size in it is no number")))?);
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Fails if the header's own field does not hold the size that is stated: what follows could not be found.
    fn check_size(&self, header: &Header) -> Result<(), Trouble> {
        match self.size {
            Some(stated) if header.entry_size().ok() != Some(stated) => Err(Trouble::new(
                SkipReason::TooLarge,
                ("a file in it is larger than 8 GiB", "un fichier dedans dépasse 8 Gio"),
            )),
            _ => Ok(()),
        }
    }

    /// Returns the name of a file and when it was changed.
    fn of(self, header: &Header) -> (String, Option<i64>) {
        let name = self.name.unwrap_or_else(|| text(&header.path_bytes()));
        let seconds =
            header.mtime().ok().and_then(|seconds| i64::try_from(seconds).ok()).filter(|seconds| *seconds > 0);
        (name, self.modified.or_else(|| seconds?.checked_mul(1_000_000_000)))
    }
}

/// Returns a name as text.
fn text(bytes: &[u8]) -> String {
    let end = bytes.iter().position(|&byte| byte == 0).unwrap_or(bytes.len());
    let mut name = String::new();
    file_name::push(bytes.get(..end).unwrap_or_default(), &mut name);
    name
}

/// Reads an entry that holds something about another.
fn read_short(entry: &mut impl Read) -> Result<Vec<u8>, Trouble> {
    let mut bytes = Vec::new();
    entry.take(LONGEST + 1).read_to_end(&mut bytes)?;
    match bytes.len() as u64 > LONGEST {
        true => Err(Trouble::new(
            SkipReason::Malformed,
            ("the tar archive is damaged: a name in it has no end", "l’archive tar est abîmée : un nom y est sans fin"),
        )),
        false => Ok(bytes),
    }
}

/// Returns the trouble of an archive that the crate, or what reads the archive, complains of.
fn damaged(error: io::Error) -> Trouble {
    let told = error.get_ref().is_some_and(|inner| inner.is::<Trouble>());
    match told || error.raw_os_error().is_some() {
        true => error.into(),
        false => Trouble::new(
            SkipReason::Malformed,
            said!("the tar archive is damaged: {error}", "l’archive tar est abîmée : {error}"),
        ),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::ingest::testing::{read, tar};

    fn check(bytes: &[u8], expected: &[&str]) {
        let each = read("a.tar", bytes).into_iter().map(|result| match result {
            Ok(draft) => format!("{}:{}", draft.member.unwrap_or_default(), draft.body.trim()),
            Err(skip) => format!("!{} {}", skip.path, skip.reason.words().english),
        });
        assert_eq!(each.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn every_file_is_read_by_its_own_format() {
        let long = format!("{}/b.txt", "dossier/".repeat(30));
        let bytes = tar(&[("a.txt", b"un"), (&long, b"deux"), ("in.tar", &tar(&[("c.md", b"# T\n\ntrois")]))]);
        check(&bytes, &["a.txt:un", &format!("{}:deux", long.replace("//", "/")), "in.tar!c.md:trois"]);
    }

    #[test]
    fn the_time_of_a_file_is_taken() {
        let draft = read("a.tar", &tar(&[("a.txt", b"un")])).remove(0).unwrap();
        assert_eq!(draft.modified, Some(1_700_000_000_000_000_000));
    }

    #[test]
    fn a_size_that_is_stated_twice_is_one_size() {
        let archive = |size: &[u8]| {
            let mut builder = ::tar::Builder::new(Vec::new());
            builder.append_pax_extensions([("size", size)]).unwrap();
            let mut header = Header::new_ustar();
            header.set_size(2);
            builder.append_data(&mut header, "a.txt", &b"un"[..]).unwrap();
            let mut header = Header::new_ustar();
            header.set_size(4);
            builder.append_data(&mut header, "b.txt", &b"deux"[..]).unwrap();
            builder.into_inner().unwrap()
        };
        check(&archive(b"2"), &["a.txt:un", "b.txt:deux"]);
        check(&archive(b"9000000000"), &["!a.tar too large"]);
        check(&archive(b"two"), &["!a.tar malformed"]);
    }

    #[test]
    fn links_lead_nowhere() {
        let mut builder = ::tar::Builder::new(Vec::new());
        let mut header = Header::new_gnu();
        header.set_size(0);
        header.set_entry_type(EntryType::Symlink);
        builder.append_link(&mut header, "a.txt", "/etc/passwd").unwrap();
        check(&builder.into_inner().unwrap(), &["!a.tar!a.txt not a file"]);
    }

    #[test]
    fn a_name_without_end_is_refused() {
        let mut header = Header::new_gnu();
        header.set_size(LONGEST + 1);
        header.set_entry_type(EntryType::GNULongName);
        header.set_cksum();
        let bytes = [header.as_bytes().as_slice(), &vec![b'a'; LONGEST as usize + 1024]].concat();
        check(&bytes, &["!a.tar malformed"]);
    }

    #[test]
    fn what_stands_before_the_damage_is_kept() {
        let bytes = tar(&[("a.txt", b"un"), ("b.txt", &[b'b'; 3000])]);
        check(&bytes[..2000], &["a.txt:un", "!a.tar!b.txt malformed", "!a.tar malformed"]);
        check(b"no archive at all", &["!a.tar malformed"]);
        check(b"", &["!a.tar empty"]);
    }

    proptest! {
        #[test]
        fn a_damaged_archive_gives_articles_or_skips(at in 0usize..2048, byte: u8, cut in 0usize..2048) {
            let mut bytes = tar(&[("a.txt", b"Un texte."), ("b.json", b"{\"body\":\"b\"}")]);
            bytes[at] = byte;
            bytes.truncate(bytes.len() - cut);
            for skip in read("a.tar", &bytes).into_iter().filter_map(Result::err) {
                prop_assert!(!skip.detail.english.is_empty());
            }
        }
    }
}
