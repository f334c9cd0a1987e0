//! What a file states about an article, before anything is understood; and why a file or a record
//! gave none.

use serde::{Deserialize, Serialize};

use crate::wording::{Bilingual, UiLanguage};

use super::DateOrigin;

/// An article as its format states it. Every text is decoded to UTF-8, without the markup of its format, and with what
/// another program had encoded twice repaired ([`Draft::repaired`]).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Draft {
    /// The record's id or number in a file that holds many; `None` when the file is the article.
    pub record: Option<String>,
    /// The name of the file in an archive, with `!` between an archive and what lies in it; `None` outside.
    pub member: Option<String>,
    /// When that file was last changed, in nanoseconds since 1970 UTC, if the archive says so.
    pub modified: Option<i64>,
    /// The stated title.
    pub headline: Option<String>,
    /// The text; for a plain text file, all of it, title line included.
    pub body: String,
    /// The stated language tag.
    pub language: Option<String>,
    /// Whether that tag is of what is around the article (a page, a feed, a mail program), and may be as the template
    /// came.
    pub language_around: bool,
    /// The stated dates as written, with where each stands, best first.
    pub dates: Vec<(String, DateOrigin)>,
    /// Whether the month comes first in those of digits alone, as other records of the file show.
    pub month_first: Option<bool>,
    /// The stated tickers as written (`AMZN`, `NASDAQ:AMZN`, `OR.PA`, an ISIN).
    pub tickers: Vec<String>,
    /// The stated publisher.
    pub source: Option<String>,
    /// The stated author.
    pub author: Option<String>,
    /// Who made the file, by its properties: the author, unless the text names one.
    pub maker: Option<String>,
    /// The stated address.
    pub url: Option<String>,
    /// The stated section or category.
    pub section: Option<String>,
    /// How many of its characters another program had encoded twice, and were repaired.
    pub repaired: u32,
    /// What is wrong with the charset that its file declares, if it was read in another.
    pub misdeclared: Option<Bilingual>,
}

impl Draft {
    /// Returns where it is: the path of its file, which is `path`, and its place in an archive.
    pub fn place(&self, path: &str) -> String {
        self.member.as_ref().map_or_else(|| path.to_owned(), |member| format!("{path}!{member}"))
    }

    /// Returns its id: its place, and its record in a file that holds many.
    pub fn id(&self, path: &str) -> String {
        let place = self.place(path);
        match &self.record {
            Some(record) => format!("{place}#{record}"),
            None => place,
        }
    }

    /// Returns whether it has neither a title nor a text.
    pub fn is_empty(&self) -> bool {
        self.body.trim().is_empty() && self.headline.as_ref().is_none_or(|title| title.trim().is_empty())
    }
}

/// An article that was repaired.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Repair {
    /// The id of the article.
    pub id: String,
    /// What was repaired.
    pub repair: RepairKind,
    /// One sentence for a person; programs get it in English.
    pub detail: Bilingual,
}

impl RepairKind {
    /// Returns what is said of an article of which so many characters had been encoded twice.
    pub fn encoded_twice(characters: u32) -> Bilingual {
        let (avait, encode) = UiLanguage::French.plural(characters.into(), ("avait", "encodé"), ("avaient", "encodés"));
        said!(
            "{characters} of its characters had been encoded twice (mojibake)",
            "{characters} de ses caractères {avait} été {encode} deux fois (mojibake)"
        )
    }
}

/// What can be wrong with an article and be put right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum RepairKind {
    /// UTF-8 that was read as Windows-1252 and encoded again: `Ã©` for `é`.
    Mojibake,
    /// A charset that is declared and wrong: the text was read in the one it is in.
    Charset,
}

/// A file, or a record of one, that gave no article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Skip {
    /// The file, relative to the indexed root.
    pub path: String,
    /// The line (or record number) it happened at, from 1, where that makes sense.
    pub line: Option<u64>,
    /// The sort of trouble.
    pub reason: SkipReason,
    /// One sentence for a person; programs get it in English.
    pub detail: Bilingual,
}

/// Why something was skipped; counted in the closing summary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum SkipReason {
    /// No reader for this kind of file.
    UnknownFormat,
    /// Not text: it holds NUL bytes or control codes.
    Binary,
    /// No words in it.
    Empty,
    /// The format is broken at this place.
    Malformed,
    /// Larger than telex accepts.
    TooLarge,
    /// Locked with a password.
    Protected,
    /// The operating system refused to read it.
    Unreadable,
    /// A FIFO, socket or device; a link in an archive.
    NotAFile,
    /// A symbolic link that leads back to a folder above it.
    LinkLoop,
    /// It went away, or changed, while it was read.
    Vanished,
    /// A fault of telex while reading it.
    Internal,
}

impl SkipReason {
    /// Returns a few words for a person, such as `unknown format`.
    pub fn words(self) -> Bilingual {
        let words = match self {
            SkipReason::UnknownFormat => ("unknown format", "format inconnu"),
            SkipReason::Binary => ("not text", "pas du texte"),
            SkipReason::Empty => ("empty", "vide"),
            SkipReason::Malformed => ("malformed", "mal formé"),
            SkipReason::TooLarge => ("too large", "trop grand"),
            SkipReason::Protected => ("locked with a password", "protégé par un mot de passe"),
            SkipReason::Unreadable => ("unreadable", "illisible"),
            SkipReason::NotAFile => ("not a file", "pas un fichier"),
            SkipReason::LinkLoop => ("link loop", "lien en boucle"),
            SkipReason::Vanished => ("vanished", "disparu"),
            SkipReason::Internal => ("internal fault", "faute interne"),
        };
        words.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_has_the_place_in_an_archive_and_the_record() {
        let draft = |member: Option<&str>, record: Option<&str>| Draft {
            member: member.map(str::to_owned),
            record: record.map(str::to_owned),
            ..Draft::default()
        };
        for (draft, want) in [
            (draft(None, None), "a.zip"),
            (draft(Some("b.jsonl"), Some("7")), "a.zip!b.jsonl#7"),
            (draft(None, Some("x")), "a.zip#x"),
        ] {
            assert_eq!(draft.id("a.zip"), want);
        }
    }
}
