//! zip archives, read in place: the list of files at the archive's end, then each file by itself.
//!
//! `rawzip` finds the list and the files without holding either. A file that takes its bytes from
//! another's, as archives made to burst do, condemns the whole archive.

use std::io::{self, Read};

use rawzip::time::ZipDateTimeKind;
use rawzip::{CompressionMethod, ReaderAt, ZipArchive, ZipFileHeaderRecord, ZipLocator};

use super::compressed::{self, Compression};
use super::format::Format;
use super::member::{Member, Members};
use super::source::{Drafts, Source, Stop, Trouble};
use crate::article::SkipReason;
use crate::article::file_name;
use crate::wording::Bilingual;

/// A zip archive.
pub(super) struct Zip;

/// The letters that code page 850 has from 0x80 on; MS-DOS and, for long, Windows named files in it.
/// Where code page 437 has letters, they are the same.
const DOS_LETTERS: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑ";

/// The bytes of a file's entry in front of its name.
const LOCAL_HEADER: u64 = 30;

impl Format for Zip {
    fn name(&self) -> &'static str {
        "zip archive"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["zip"]
    }

    fn about(&self) -> &'static str {
        "every file in it, archives too"
    }

    fn read(&self, source: &mut Source<'_>, drafts: &mut Drafts<'_>) -> Result<(), Stop> {
        let mut members = Members::of(source)?;
        let (bytes, size) = source.random()?;
        let mut buffer = vec![0; rawzip::MAX_CENTRAL_DIRECTORY_RECORD_SIZE];
        let located = ZipLocator::new().locate_in_reader(bytes, &mut buffer, size);
        let archive = located.map_err(|(_, error)| damaged(error))?;
        refuse_overlaps(&archive, &mut buffer, source.limits.members)?;
        let mut records = archive.entries(&mut buffer);
        while let Some(record) = records.next_entry().map_err(damaged)? {
            if !record.is_dir() {
                read_member(&archive, &record, &mut members, drafts)?;
            }
        }
        Ok(members.finish()?)
    }
}

type Bytes = Box<dyn ReaderAt>;

fn read_member(
    archive: &ZipArchive<Bytes>,
    record: &ZipFileHeaderRecord<'_>,
    members: &mut Members<'_>,
    drafts: &mut Drafts<'_>,
) -> Result<(), Stop> {
    let name = name(record);
    match open(archive, record, members) {
        Ok(bytes) => members.read(Member { name, modified: modified(record), bytes }, drafts),
        Err(trouble) => members.skip(&name, trouble, drafts),
    }
}

/// Returns the unpacked bytes of a file; reading fails at the end if they are not those that were packed.
fn open<'r>(
    archive: &'r ZipArchive<Bytes>,
    record: &ZipFileHeaderRecord<'_>,
    members: &Members<'_>,
) -> Result<Box<dyn Read + 'r>, Trouble> {
    if record.mode().is_symlink() {
        return Err(Trouble::new(
            SkipReason::NotAFile,
            (
                "it is a link, and links in archives are not followed",
                "c’est un lien, et les liens des archives ne sont pas suivis",
            ),
        ));
    }
    if record.flags().is_encrypted() {
        return Err(Trouble::new(
            SkipReason::Protected,
            ("it is locked with a password", "il est protégé par un mot de passe"),
        ));
    }
    let entry = archive.get_entry(record.wayfinder()).map_err(damaged)?;
    let packed = entry.reader();
    let budget = &members.budget;
    let plain: Box<dyn Read + 'r> = match record.compression_method() {
        CompressionMethod::STORE => compressed::unpacked(packed, "zip", budget),
        CompressionMethod::DEFLATE => compressed::unpacked(flate2::read::DeflateDecoder::new(packed), "zip", budget),
        CompressionMethod::ZSTD => Compression::Zstandard.unpack(packed, budget)?,
        CompressionMethod::XZ => Compression::Xz.unpack(packed, budget)?,
        other => {
            return Err(Trouble::new(
                SkipReason::UnknownFormat,
                said!("telex does not unpack the method {other}", "telex ne déballe pas la méthode {other}"),
            ));
        }
    };
    Ok(Box::new(Verified(entry.verifying_reader(plain))))
}

/// Fails if two files of the archive share bytes, or if there are more than `most`.
fn refuse_overlaps(archive: &ZipArchive<Bytes>, buffer: &mut [u8], most: u64) -> Result<(), Trouble> {
    let mut ranges = Vec::new();
    let mut records = archive.entries(buffer);
    while let Some(record) = records.next_entry().map_err(damaged)? {
        let start = record.local_header_offset();
        ranges.push((start, start.saturating_add(LOCAL_HEADER).saturating_add(record.compressed_size_hint())));
        if ranges.len() as u64 > most {
            return Err(Trouble::new(
                SkipReason::TooLarge,
                said!("it holds more than {most} files", "il contient plus de {most} fichiers"),
            ));
        }
    }
    ranges.sort_unstable();
    match ranges.windows(2).any(|pair| pair[1].0 < pair[0].1) {
        true => Err(Trouble::new(
            SkipReason::Malformed,
            (
                "files in it share their bytes, as in an archive made to burst",
                "des fichiers y partagent leurs octets, comme dans une archive piégée",
            ),
        )),
        false => Ok(()),
    }
}

/// Returns the name of a file. Old archives do not say in what it is written: UTF-8, or the code page of DOS.
fn name(record: &ZipFileHeaderRecord<'_>) -> String {
    let path = record.file_path();
    let bytes: &[u8] = path.as_ref();
    if let Ok(name) = std::str::from_utf8(bytes) {
        return name.to_owned();
    }
    let mut name = String::new();
    for &byte in bytes {
        let letter = byte.checked_sub(0x80).and_then(|at| DOS_LETTERS.chars().nth(at.into()));
        match letter {
            _ if byte.is_ascii() => name.push(char::from(byte)),
            Some(letter) => name.push(letter),
            None => file_name::push(&[byte], &mut name),
        }
    }
    name
}

/// Returns when a file was changed, in nanoseconds since 1970 UTC. Most archives give the time of some place
/// unknown, which is taken for UTC; that of 1980 is none.
fn modified(record: &ZipFileHeaderRecord<'_>) -> Option<i64> {
    let seconds = match record.last_modified() {
        ZipDateTimeKind::Utc(time) => time.to_unix(),
        ZipDateTimeKind::Local(time) if time.year() == 1980 => return None,
        ZipDateTimeKind::Local(time) => {
            let small = |number: u8| i8::try_from(number).ok();
            let year = i16::try_from(time.year()).ok()?;
            let date = jiff::civil::Date::new(year, small(time.month())?, small(time.day())?).ok()?;
            let (hour, minute, second) = (small(time.hour())?, small(time.minute())?, small(time.second())?);
            let time = date.to_datetime(jiff::civil::Time::new(hour, minute, second, 0).ok()?);
            jiff::tz::TimeZone::UTC.to_timestamp(time).ok()?.as_second()
        }
    };
    seconds.checked_mul(1_000_000_000)
}

/// A reader whose complaint about a wrong sum at the end is told as damage.
struct Verified<R>(R);

impl<R: Read> Read for Verified<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.read(buffer).map_err(|error| {
            match error.get_ref().and_then(|inner| inner.downcast_ref::<rawzip::Error>()) {
                Some(inner) => damaged_by(inner).into(),
                None => error,
            }
        })
    }
}

/// Returns the trouble of an archive that `rawzip` complains of.
fn damaged(error: rawzip::Error) -> Trouble {
    match error.kind() {
        rawzip::ErrorKind::IO(error) if error.kind() != io::ErrorKind::UnexpectedEof => {
            Trouble::new(SkipReason::Unreadable, Bilingual::same(error.to_string()))
        }
        _ => damaged_by(&error),
    }
}

/// Returns the same of what is no matter of reading it.
pub(super) fn damaged_by(error: &rawzip::Error) -> Trouble {
    Trouble::new(
        SkipReason::Malformed,
        said!("the zip archive is damaged: {error}", "l’archive zip est abîmée : {error}"),
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::ingest::Limits;
    use crate::ingest::testing::{read, read_within, zip};

    /// Returns what an archive gives, each article as `member:body`, each skip as `!path reason`.
    fn told(bytes: &[u8], limits: &Limits) -> Vec<String> {
        let results = read_within("a.zip", bytes, limits).into_iter();
        let told = results.map(|result| match result {
            Ok(draft) => format!("{}:{}", draft.member.unwrap_or_default(), draft.body.trim()),
            Err(skip) => format!("!{} {}", skip.path, skip.reason.words().english),
        });
        told.collect()
    }

    fn check(bytes: &[u8], expected: &[&str]) {
        assert_eq!(told(bytes, &Limits::default()), expected);
    }

    #[test]
    fn every_file_is_read_by_its_own_format() {
        check(
            &zip(&[
                ("news/a.txt", b"un"),
                ("b.jsonl", b"{\"body\":\"deux\"}\n{\"body\":\"trois\"}\n"),
                ("c.txt.zst", &zstd::encode_all(&b"quatre"[..], 1).unwrap()),
                ("logo.png", b"\x89PNG"),
                (".hidden.txt", b"rien"),
                ("__MACOSX/a.txt", b"rien"),
                ("empty.txt", b""),
                ("../../etc/cron.txt", b"cinq"),
                ("news/a.txt", b"six"),
            ]),
            &[
                "news/a.txt:un",
                "b.jsonl:deux",
                "b.jsonl:trois",
                "c.txt.zst:quatre",
                "!a.zip!logo.png unknown format",
                "!a.zip!empty.txt empty",
                "etc/cron.txt:cinq",
                "news/a.txt~2:six",
            ],
        );
    }

    #[test]
    fn archives_lie_in_archives_down_to_a_limit() {
        let nested = |depth: usize| {
            (1..depth).fold(zip(&[("a.txt", b"au fond")]), |inner, _| zip(&[("in.zip", &inner), ("b.txt", b"autour")]))
        };
        check(&nested(2), &["in.zip!a.txt:au fond", "b.txt:autour"]);
        let deep = told(&nested(5), &Limits::default());
        assert_eq!(deep[0], "!a.zip!in.zip!in.zip!in.zip!in.zip too large", "{deep:?}");
        assert_eq!(deep.iter().filter(|told| told.ends_with("b.txt:autour")).count(), 4, "{deep:?}");
    }

    #[test]
    fn limits_end_the_archive_and_keep_what_came_before() {
        let bytes = zip(&[("a.txt", b"un"), ("b.txt", &[b'b'; 5000]), ("c.txt", b"trois")]);
        let limits = Limits { unpacked: 4000, ..Limits::default() };
        assert_eq!(told(&bytes, &limits), ["a.txt:un", "!a.zip too large"]);
        let limits = Limits { members: 2, ..Limits::default() };
        assert_eq!(told(&bytes, &limits), ["!a.zip too large"]);
        let limits = Limits { text: 4000, ..Limits::default() };
        assert_eq!(told(&bytes, &limits), ["a.txt:un", "!a.zip!b.txt too large", "c.txt:trois"]);
    }

    #[test]
    fn an_archive_in_an_archive_is_paid_from_the_same_budget() {
        let inner = zip(&[("b.txt", &[b'b'; 3000]), ("c.txt", &[b'c'; 3000])]);
        let bytes = zip(&[("a.zip", &inner), ("b.zip", &inner)]);
        let limits = Limits { unpacked: 8000, ..Limits::default() };
        let told = told(&bytes, &limits);
        assert_eq!((told.len(), told.last().map(String::as_str)), (3, Some("!a.zip too large")), "{told:?}");
    }

    #[test]
    fn files_that_share_their_bytes_are_refused() {
        let mut bytes = zip(&[("a.txt", b"un"), ("b.txt", b"deux")]);
        // The second entry of the list points at the first file.
        let list = bytes.windows(4).rposition(|window| window == b"PK\x01\x02").unwrap();
        bytes[list + 42..list + 46].copy_from_slice(&0u32.to_le_bytes());
        check(&bytes, &["!a.zip malformed"]);
    }

    #[test]
    fn damage_and_locks_are_told_of_the_file_they_are_in() {
        let whole = zip(&[("a.txt", b"Le premier fichier."), ("b.txt", b"Le second.")]);
        let mut wrong = whole.clone();
        let body = wrong.windows(5).position(|window| window == b"a.txt").unwrap() + 12;
        wrong[body] ^= 0xFF;
        check(&wrong, &["!a.zip!a.txt malformed", "b.txt:Le second."]);
        let mut locked = whole.clone();
        let list = locked.windows(4).position(|window| window == b"PK\x01\x02").unwrap();
        locked[list + 8] |= 1;
        check(&locked, &["!a.zip!a.txt locked with a password", "b.txt:Le second."]);
        check(&whole[..whole.len() - 30], &["!a.zip malformed"]);
        check(b"PK", &["!a.zip malformed"]);
    }

    #[test]
    fn names_of_dos_are_read() {
        let mut bytes = zip(&[("et_.txt", b"un")]);
        for at in (0..bytes.len() - 3).rev() {
            if bytes[at..].starts_with(b"et_") {
                bytes[at + 2] = 0x82;
            }
        }
        check(&bytes, &["eté.txt:un"]);
    }

    proptest! {
        #[test]
        fn a_damaged_archive_gives_articles_or_skips(at in 0usize..400, byte: u8, cut in 0usize..400) {
            let mut bytes = zip(&[("a.txt", b"Un texte."), ("in.zip", &zip(&[("b.json", b"{\"body\":\"b\"}")]))]);
            let at = at % bytes.len();
            bytes[at] = byte;
            bytes.truncate(bytes.len() - cut % bytes.len() / 2);
            prop_assert!(!read("a.zip", &bytes).is_empty());
        }
    }
}
