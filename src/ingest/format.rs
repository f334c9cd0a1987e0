//! The shelf of file formats: what a format is, and the table of those telex reads.
//!
//! To add one: write its file beside `text.rs`, which is the shortest, and one line in [`FORMATS`].

use super::compressed::Compression;
use super::source::{Drafts, Source, Stop, Trouble};
use crate::article::SkipReason;

/// A file format: how its files are called, and how they are read.
pub(super) trait Format: Sync {
    /// Returns the name for a person, such as `JSON Lines`.
    fn name(&self) -> &'static str;

    /// Returns the endings of its files, in lower case, without the dot.
    fn endings(&self) -> &'static [&'static str];

    /// Returns one line on what is taken from it.
    fn about(&self) -> &'static str;

    /// Reads a file and hands on its articles. What is wrong with one of them is told to `drafts`,
    /// and the reading goes on; `Err` is for what ends it.
    fn read(&self, source: &mut Source<'_>, drafts: &mut Drafts<'_>) -> Result<(), Stop>;
}

/// Every format telex reads.
pub(super) static FORMATS: &[&dyn Format] = &[
    &super::text::Text,
    &super::markdown::Markdown,
    &super::html::Html,
    &super::json::Json,
    &super::jsonlines::JsonLines,
    &super::table::Table,
    &super::zip::Zip,
    &super::tar::Tar,
    &super::mail::Mail,
    &super::mailbox::Mailbox,
    &super::saved_page::SavedPage,
    &super::web_archive::WebArchive,
    &super::arc::Arc,
    &super::xml::Xml,
    &super::docx::Docx,
    &super::rtf::Rtf,
    &super::pdf::Pdf,
];

/// What the name of a file says of how to read it.
pub(super) enum Named {
    /// This format, packed like this. A file without an ending is taken for plain text.
    Format(Compression, &'static dyn Format),
    /// An ending (lower case, without its dot) that no format has.
    Unknown(String),
}

impl Named {
    /// Reads the name (or path) of a file.
    pub fn of(name: &str) -> Named {
        let name = name.rsplit('/').next().unwrap_or(name);
        // `page.html?id=3`, as some programs save a page.
        let (address, query) = name.split_once('?').unwrap_or((name, ""));
        let name = match (split_ending(name).1, split_ending(address).1) {
            (None, Some(ending)) if !query.is_empty() && of_ending(&ending).is_some() => address,
            _ => name,
        };
        let (stem, last) = split_ending(name);
        let (compression, inner) = last.as_deref().map_or((Compression::None, None), Compression::of_ending);
        let ending = match inner {
            Some(inner) => Some(inner.to_owned()),
            None if compression == Compression::None => last,
            None => split_ending(stem).1,
        };
        match ending {
            None => Named::Format(compression, &super::text::Text),
            Some(ending) => match of_ending(&ending) {
                Some(format) => Named::Format(compression, format),
                None => Named::Unknown(ending),
            },
        }
    }
}

/// Returns the format of files with this ending (lower case, without its dot).
pub(super) fn of_ending(ending: &str) -> Option<&'static dyn Format> {
    FORMATS.iter().find(|format| format.endings().contains(&ending)).copied()
}

/// Returns the sentence for an ending that no format has.
pub(super) fn unknown(ending: &str) -> Trouble {
    let known = FORMATS.iter().flat_map(|format| format.endings()).map(|ending| format!(".{ending}"));
    let known = known.collect::<Vec<_>>().join(" ");
    Trouble::new(
        SkipReason::UnknownFormat,
        said!(
            "telex does not read .{ending} files, only {known}",
            "telex ne lit pas les fichiers .{ending}, seulement {known}"
        ),
    )
}

/// Splits a name at its last dot, if what follows looks like an ending: short, of ASCII letters and
/// digits, and not a number alone (`taux-3.25` is a title).
fn split_ending(name: &str) -> (&str, Option<String>) {
    match name.rsplit_once('.') {
        Some((stem, ending))
            if !stem.is_empty()
                && (1..=8).contains(&ending.len())
                && ending.bytes().all(|byte| byte.is_ascii_alphanumeric())
                && ending.bytes().any(|byte| byte.is_ascii_alphabetic()) =>
        {
            (stem, Some(ending.to_ascii_lowercase()))
        }
        _ => (name, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_has_a_name_and_endings_of_its_own() {
        let mut seen = std::collections::HashSet::new();
        for format in FORMATS {
            assert!(seen.insert(format.name()), "{} twice", format.name());
            assert!(!format.about().is_empty() && !format.endings().is_empty(), "{}", format.name());
            for ending in format.endings() {
                assert!(seen.insert(ending), "{ending} twice");
                assert_eq!(split_ending(&format!("a.{ending}")).1.as_deref(), Some(*ending));
                assert_eq!(Compression::of_ending(ending), (Compression::None, None));
            }
        }
    }

    #[test]
    fn a_name_says_how_to_read_its_file() {
        for (name, expected) in [
            ("a.txt", "Plain text"),
            ("2025/a.b.HTM", "HTML"),
            ("a.jsonl.gz", "JSON Lines gz"),
            ("a.csv.ZST", "Table zst"),
            ("README", "Plain text"),
            ("notes.gz", "Plain text gz"),
            ("taux-3.25", "Plain text"),
            ("M. Dupont est parti", "Plain text"),
            ("a.tar.gz", "tar archive gz"),
            ("a.TGZ", "tar archive gz"),
            ("a.txt.xz", "Plain text xz"),
            ("a.json.bz2", "JSON bz2"),
            ("page.html?id=3", "HTML"),
            ("story.aspx?id=3.1", "HTML"),
            ("Et maintenant ?.txt", "Plain text"),
            ("Que faire ?", "Plain text"),
            ("a.MHT", "saved page"),
            ("a.exe", "? exe"),
        ] {
            let found = match Named::of(name) {
                Named::Format(Compression::None, format) => format.name().to_owned(),
                Named::Format(Compression::Gzip, format) => format!("{} gz", format.name()),
                Named::Format(Compression::Zstandard, format) => format!("{} zst", format.name()),
                Named::Format(Compression::Xz, format) => format!("{} xz", format.name()),
                Named::Format(Compression::Bzip2, format) => format!("{} bz2", format.name()),
                Named::Unknown(ending) => format!("? {ending}"),
            };
            assert_eq!(found, expected, "{name}");
        }
    }
}
