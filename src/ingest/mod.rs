//! From a folder to drafts: walking, decoding, and one reader for each file format.
//!
//! [`walk`] finds the files and tells what is no news file; [`read`] turns one file into
//! [`Draft`]s, and [`read_one_of_many`] does so whatever happens. Both report what they could not use as [`Skip`]s, and go on.
//!
//! - `walk`: a folder, file by file.
//! - `source`: one file's bytes, their limits and their fingerprint.
//! - `compressed`, `charset`, `decode`: from packed bytes to text; `budget`: how much may come out of them.
//! - `zip`, `tar`, `member`: archives, and the files in them; `lines`: files of any size, line by line.
//! - `mail`, `mail_header`, `mailbox`: messages; `saved_page`: a page in one; `web_archive`, `arc`, `http`: pages as a crawler keeps them.
//! - `format`: the table of formats, each in its file: `text`, `markdown`, `html`, `json`,
//!   `jsonlines`, `table`, `xml`, `docx`, `rtf`, `pdf`; `front_matter` serves
//!   Markdown, and `rows` and `escapes` tables; `sniff`: the format of what its name does not tell.
//! - `document`: paragraphs to articles; `press`, `press_html`: exports of press databases.
//! - `date_order`: day or month first, as the records of a file show.
//! - `mojibake`: what another program encoded twice.
//! - `fields`: what fields are called; `field_map`: what a user calls them; `record`, `record_names`: what their values make, `written`: how some write them;
//!   `page`: what an HTML page states, `json_ld` in JSON-LD, `page_elements` by its elements; `markup`: from tags to text, which `tags` tells apart.

mod arc;
mod author_names;
mod budget;
mod charset;
mod compressed;
#[cfg(test)]
mod cost_tests;
mod date_order;
mod decode;
mod document;
mod docx;
mod escapes;
mod field_map;
mod fields;
mod format;
mod front_matter;
mod html;
mod http;
mod json;
mod json_ld;
mod jsonlines;
#[cfg(test)]
mod layout_tests;
mod lines;
mod mail;
mod mail_header;
mod mailbox;
mod markdown;
mod markup;
mod member;
mod mojibake;
#[cfg(test)]
mod mutation_tests;
mod page;
mod page_boxes;
mod page_elements;
mod page_story;
mod pdf;
mod press;
mod press_html;
#[cfg(test)]
mod press_tests;
mod prose;
mod record;
mod record_names;
mod rows;
mod rtf;
mod saved_page;
mod securities;
mod sniff;
mod source;
mod stray_quotes;
mod table;
mod tags;
mod tar;
mod text;
mod text_writer;
mod trouble;
mod values;
mod walk;
mod web_archive;
mod written;
mod xml;
mod zip;

use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use self::compressed::Compression;
use self::date_order::DateOrder;
use self::format::{FORMATS, Named};
use self::source::{Drafts, Source, Stop, Trouble};
use crate::article::{Draft, Skip, SkipReason};

pub use field_map::FieldMap;
pub use walk::walk;

/// A file to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Where it is.
    pub path: PathBuf,
    /// Its path under the root, with `/` between folders; the file's own name if it is the root.
    /// No two files under one root share it (see [`walk`]).
    pub name: String,
    /// How many bytes it has.
    pub size: u64,
    /// When it was last modified, in nanoseconds since 1970-01-01T00:00:00 UTC.
    pub modified: i64,
    /// When its bytes, its name or its times were last changed, in the same measure (ctime); 0 where the system does not
    /// tell. No program can set it back.
    pub changed: i64,
}

/// The largest sizes accepted, so that no file costs more memory or time than it can be worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a file that is one article, packed or not, and of an archive in an archive.
    pub text: u64,
    /// Bytes of one record or line in a file that holds many; such a file may be of any size.
    pub record: u64,
    /// Bytes that one packed file or archive may unpack to in all, archives in it included.
    pub unpacked: u64,
    /// How many times its own size it may unpack to, beyond the first 64 MiB. Text shrinks to a
    /// fifth or a tenth, seldom to a fiftieth; what shrinks to a thousandth was made to burst.
    pub ratio: u64,
    /// How many files an archive may hold, archives in it included.
    pub members: u64,
    /// How deep archives may lie in archives; 1 is an archive with no other in it.
    pub depth: u32,
}

impl Default for Limits {
    /// Returns 64 MiB for an article, 16 MiB for a record, and for what a file unpacks to 64 GiB, 250 times
    /// its size, one million files, four archives deep.
    fn default() -> Limits {
        const MEBIBYTE: u64 = 1024 * 1024;
        Limits {
            text: 64 * MEBIBYTE,
            record: 16 * MEBIBYTE,
            unpacked: 64 * 1024 * MEBIBYTE,
            ratio: 250,
            members: 1_000_000,
            depth: 4,
        }
    }
}

/// Reads one file and calls `each` with every article it holds, and with what is wrong in it; `fields` is
/// where the user's own JSON and tables have what an article is made of. Returns
/// the fingerprint of the file's bytes, as [`fingerprint`] would, computed while they are read; `None` if `each` broke,
/// where the reading stops.
///
/// # Errors
/// The skip of the whole file, if it could not be read, is no text, is too large, or changed while it
/// was read; it is not told to `each` as well. Articles already given stand.
pub fn read(
    found: &Found,
    limits: &Limits,
    fields: &FieldMap,
    each: &mut dyn FnMut(Result<Draft, Skip>) -> ControlFlow<()>,
) -> Result<Option<u128>, Skip> {
    let (packing, format) = match Named::of(&found.name) {
        Named::Format(packing, format) => (packing, format),
        // Only a file that the user named himself comes here with an odd ending.
        Named::Unknown(_) => (Compression::None, &text::Text as &dyn format::Format),
    };
    let mut order = DateOrder::new(each);
    let mut take = |result| order.take(result);
    let mut drafts = Drafts::new(&found.name, &mut take);
    let source = Source::open(&found.path, found.size, packing, limits, fields);
    let whole = source.map_err(Stop::from).and_then(|source| read_as(format, source, &mut drafts));
    match (whole, order.release()) {
        (Err(Stop::Trouble(trouble)), _) => Err(trouble.of(&found.name)),
        (Err(Stop::Asked), _) | (Ok(_), ControlFlow::Break(())) => Ok(None),
        (Ok(fingerprint), ControlFlow::Continue(())) => Ok(Some(fingerprint)),
    }
}

/// Reads one file among many, as [`read`] does. Its skips are told under `name`, by which whoever reads them all knows
/// the file, and a panic is one of them: a fault of ours in one article must not end the reading of the others.
///
/// # Errors
/// Those of [`read`]; the reason [`SkipReason::Internal`] if it, or `each`, panics.
pub fn read_one_of_many(
    found: &Found,
    name: &str,
    limits: &Limits,
    fields: &FieldMap,
    each: &mut dyn FnMut(Result<Draft, Skip>) -> ControlFlow<()>,
) -> Result<Option<u128>, Skip> {
    let named = |mut skip: Skip| {
        skip.path = format!("{name}{}", skip.path.strip_prefix(&found.name).unwrap_or_default());
        skip
    };
    let read = || read(found, limits, fields, &mut |result| each(result.map_err(named)));
    let failed = Trouble::new(
        SkipReason::Internal,
        ("telex failed on this file; please report it", "telex a échoué sur ce fichier ; merci de le signaler"),
    );
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| Err(failed.of(&found.name))).map_err(named)
}

fn read_as(format: &dyn format::Format, mut source: Source<'_>, drafts: &mut Drafts<'_>) -> Result<u128, Stop> {
    match format.read(&mut source, drafts) {
        Ok(()) => {}
        Err(Stop::Trouble(trouble)) => match trouble.reason {
            SkipReason::Malformed | SkipReason::Empty => drafts.skip(trouble)?,
            SkipReason::TooLarge if drafts.given() > 0 => drafts.skip(trouble)?,
            _ => return Err(trouble.into()),
        },
        Err(Stop::Asked) => return Err(Stop::Asked),
    }
    Ok(source.finish()?)
}

/// Returns the xxh3-128 fingerprint of the bytes of the file at `path`, which are streamed.
///
/// # Errors
/// The skip of the file, named by its full path, if it cannot be read.
pub fn fingerprint(path: &Path) -> Result<u128, Skip> {
    source::fingerprint(path).map_err(|trouble| trouble.of(&path.to_string_lossy()))
}

/// Returns the formats telex reads, for a person: name, endings, and what is taken from them.
pub fn formats() -> impl Iterator<Item = (&'static str, &'static [&'static str], &'static str)> {
    FORMATS.iter().map(|format| (format.name(), format.endings(), format.about()))
}

#[cfg(test)]
mod testing {
    use std::io::Write;

    use super::*;

    /// Reads `bytes` as a file called `name`; a skip of the whole file comes last.
    pub fn read(name: &str, bytes: &[u8]) -> Vec<Result<Draft, Skip>> {
        read_within(name, bytes, &Limits::default())
    }

    /// Reads `bytes` as a file called `name` within limits.
    pub fn read_within(name: &str, bytes: &[u8], limits: &Limits) -> Vec<Result<Draft, Skip>> {
        read_mapped(name, bytes, limits, &FieldMap::default())
    }

    /// Reads `bytes` as a file called `name` whose fields are mapped.
    pub fn read_mapped(name: &str, bytes: &[u8], limits: &Limits, fields: &FieldMap) -> Vec<Result<Draft, Skip>> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        let found = Found { path, name: name.to_owned(), size: bytes.len() as u64, modified: 0, changed: 0 };
        let mut results = Vec::new();
        let whole = super::read(&found, limits, fields, &mut |result| {
            results.push(result);
            ControlFlow::Continue(())
        });
        match whole {
            Ok(fingerprint) => assert_eq!(fingerprint, Some(xxhash_rust::xxh3::xxh3_128(bytes))),
            Err(skip) => results.push(Err(skip)),
        }
        results
    }

    /// Returns a zip archive of files, each with its name and bytes.
    pub fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut archive = rawzip::ZipArchiveWriter::new(Vec::new());
        for (name, bytes) in files {
            let file = archive.new_file(*name).compression_method(rawzip::CompressionMethod::DEFLATE);
            let (mut entry, config) = file.start().unwrap();
            let deflate = flate2::write::DeflateEncoder::new(&mut entry, flate2::Compression::default());
            let mut writer = config.wrap(deflate);
            writer.write_all(bytes).unwrap();
            let (deflate, descriptor) = writer.finish().unwrap();
            deflate.finish().unwrap();
            entry.finish(descriptor).unwrap();
        }
        archive.finish().unwrap()
    }

    /// Returns a tar archive of files, each with its name and bytes, last changed 1,700,000,000 s after 1970.
    pub fn tar(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut archive = ::tar::Builder::new(Vec::new());
        for (name, bytes) in files {
            let mut header = ::tar::Header::new_gnu();
            header.set_size(bytes.len() as u64);
            header.set_mtime(1_700_000_000);
            archive.append_data(&mut header, name, *bytes).unwrap();
        }
        archive.into_inner().unwrap()
    }

    /// Reads `bytes` as a file called `name` that holds one article.
    pub fn read_one(name: &str, bytes: &[u8]) -> Draft {
        let mut results = read(name, bytes);
        assert_eq!(results.len(), 1, "{results:?}");
        results.remove(0).unwrap()
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use proptest::prelude::*;

    use super::testing::{read, read_within};
    use super::*;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn a_packed_file_reads_as_the_file_itself() {
        let text = b"{\"title\":\"Engie\",\"body\":\"Le groupe investit.\"}\n";
        let plain = read("a.jsonl", text);
        assert_eq!(plain.len(), 1);
        assert_eq!(read("a.jsonl.gz", &gzip(text)), plain);
        assert_eq!(read("a.jsonl.zst", &zstd::encode_all(&text[..], 1).unwrap()), plain);
        assert_eq!(read("a.txt.gz", &gzip(b"Engie"))[0].as_ref().unwrap().body, "Engie");
    }

    #[test]
    fn articles_before_the_damage_are_kept() {
        let line = |n: u32| format!("{{\"body\":\"story {n} {}\"}}\n", n.wrapping_mul(2_654_435_761));
        let packed = gzip((0..5000).map(line).collect::<String>().as_bytes());
        let mut results = read("a.jsonl.gz", &packed[..packed.len() / 2]);
        let last = results.pop().unwrap().unwrap_err();
        assert_eq!(last.reason, SkipReason::Malformed);
        assert!(results.len() > 100 && results.iter().all(Result::is_ok), "{}", results.len());
    }

    #[test]
    fn a_short_archive_is_kept_up_to_its_damage_too() {
        for (name, text) in
            [("a.jsonl.gz", "{\"body\":\"a\"}\n"), ("a.json.gz", "[{\"body\":\"a\"},"), ("a.csv.gz", "text\na\n")]
        {
            // A second member that is cut off.
            let results = read(name, &[gzip(text.as_bytes()), gzip(b"")[..12].to_vec()].concat());
            assert_eq!(results.len(), 2, "{name}: {results:?}");
            assert_eq!(results[0].as_ref().unwrap().body, "a", "{name}");
            let skip = results[1].as_ref().unwrap_err();
            assert!(
                skip.reason == SkipReason::Malformed && skip.detail.english.contains("damaged"),
                "{name}: {skip:?}"
            );
        }
    }

    #[test]
    fn a_packed_article_may_not_burst() {
        let limits = Limits { text: 1000, ..Limits::default() };
        let results = read_within("a.txt.gz", &gzip(&[b'a'; 1001]), &limits);
        assert_eq!(results[0].as_ref().unwrap_err().reason, SkipReason::TooLarge);
        assert!(read_within("a.txt.gz", &gzip(&[b'a'; 1000]), &limits)[0].is_ok());
    }

    #[test]
    fn a_break_ends_the_reading() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.jsonl");
        std::fs::write(&path, "{\"body\":\"a\"}\n{\"body\":\"b\"}\n").unwrap();
        let found = Found { path, name: "a.jsonl".to_owned(), size: 26, modified: 0, changed: 0 };
        let mut count = 0;
        let result = super::read(&found, &Limits::default(), &FieldMap::default(), &mut |_| {
            count += 1;
            ControlFlow::Break(())
        });
        assert_eq!((count, result), (1, Ok(None)));
    }

    #[test]
    fn a_panic_is_a_fault_of_its_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        std::fs::write(&path, "Un texte.").unwrap();
        let found = Found { path, name: "a.txt".to_owned(), size: 9, modified: 0, changed: 0 };
        let mut each = |_| panic!("a fault of ours");
        let read = read_one_of_many(&found, "news/a.txt", &Limits::default(), &FieldMap::default(), &mut each);
        assert_eq!(read.map_err(|skip| (skip.path, skip.reason)), Err(("news/a.txt".to_owned(), SkipReason::Internal)));
    }

    #[test]
    fn a_file_that_is_gone_has_vanished() {
        let found = Found { path: "/no/such/a.txt".into(), name: "a.txt".to_owned(), size: 1, modified: 0, changed: 0 };
        let skip = super::read(&found, &Limits::default(), &FieldMap::default(), &mut |_| ControlFlow::Continue(()))
            .unwrap_err();
        assert_eq!((skip.path.as_str(), skip.reason), ("a.txt", SkipReason::Vanished));
        assert_eq!(fingerprint(&found.path).unwrap_err().reason, SkipReason::Vanished);
    }

    /// Bytes that look enough like one of the formats to get past its first check.
    fn bytes() -> impl Strategy<Value = Vec<u8>> {
        let piece = prop_oneof![
            "[\\PC\\n]{0,12}".prop_map(String::into_bytes),
            prop::collection::vec(any::<u8>(), 0..8),
            prop::sample::select(vec![
                "---\n",
                "+++\n",
                "title: ",
                "title = ",
                "{\"title\":",
                "\"body\":",
                "[",
                "]",
                "{",
                "}",
                ",",
                ";",
                "\t",
                "\"",
                "\n",
                "<p>",
                "</p>",
                "<div>",
                "<script type='application/ld+json'>",
                "</script>",
                "<!--",
                "**",
                "_",
                "`",
                "![",
                "](",
                "# ",
                "null",
                "\\u",
                "&amp;",
                "title,body\n",
                "articles",
            ])
            .prop_map(|piece| piece.as_bytes().to_vec()),
        ];
        prop::collection::vec(piece, 0..30).prop_map(|pieces| pieces.concat())
    }

    #[test]
    fn what_is_only_spaces_once_repaired_is_no_article() {
        // A no-break space encoded twice is a letter and a space, until it is repaired. Found by fuzzing.
        let twice = "Â\u{a0}Â\u{a0}".as_bytes();
        let results = read("a.txt", twice);
        assert!(matches!(&results[..], [Err(skip)] if skip.reason == SkipReason::Empty), "{results:?}");
    }

    proptest! {
        #[test]
        fn any_bytes_give_articles_or_skips(bytes in bytes()) {
            for format in FORMATS {
                for result in read(&format!("a.{}", format.endings()[0]), &bytes) {
                    match result {
                        Ok(draft) => {
                            let headline = draft.headline.unwrap_or_default();
                            prop_assert!(!draft.body.trim().is_empty() || !headline.trim().is_empty());
                        }
                        Err(skip) => prop_assert!(!skip.detail.english.is_empty()),
                    }
                }
            }
        }
    }
}
