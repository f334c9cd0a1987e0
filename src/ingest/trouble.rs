//! What went wrong in a file, and how it is told.
//!
//! Separate from `source`, since readers of every kind complain.

use std::fmt;
use std::io;

use crate::article::{Skip, SkipReason};
use crate::wording::Bilingual;

/// What a record lacks that gives no article.
pub(super) const WORDLESS: (&str, &str) = ("it has neither title nor text", "il n’a ni titre ni texte");

/// What went wrong in a file, before its name is put to it; travels inside an [`io::Error`] where it
/// has to pass through readers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Trouble {
    /// The sort of trouble.
    pub reason: SkipReason,
    /// The line it happened at, from 1.
    pub line: Option<u64>,
    /// One sentence for a person.
    pub detail: Bilingual,
}

impl Trouble {
    /// Returns a trouble of the whole file.
    pub fn new(reason: SkipReason, detail: impl Into<Bilingual>) -> Trouble {
        Trouble { reason, line: None, detail: detail.into() }
    }

    /// Returns that of a file, or an article, without words.
    pub fn no_text() -> Trouble {
        Trouble::new(SkipReason::Empty, ("there is no text in it", "il n’y a pas de texte dedans"))
    }

    /// Returns that of a file of records that has none.
    pub fn no_article() -> Trouble {
        Trouble::new(SkipReason::Empty, ("there is no article in it", "il n’y a pas d’article dedans"))
    }

    /// Returns the same trouble, at a line.
    pub fn at(self, line: u64) -> Trouble {
        Trouble { line: Some(line), ..self }
    }

    /// Returns the skip that tells it of the file called `name`.
    pub fn of(self, name: &str) -> Skip {
        Skip { path: name.to_owned(), line: self.line, reason: self.reason, detail: self.detail }
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.detail.fmt(f)
    }
}

impl std::error::Error for Trouble {}

impl From<Trouble> for io::Error {
    fn from(trouble: Trouble) -> io::Error {
        io::Error::other(trouble)
    }
}

impl From<io::Error> for Trouble {
    fn from(error: io::Error) -> Trouble {
        if let Some(trouble) = error.get_ref().and_then(|inner| inner.downcast_ref::<Trouble>()) {
            return trouble.clone();
        }
        match error.kind() {
            io::ErrorKind::NotFound => Trouble::new(
                SkipReason::Vanished,
                ("it was removed before it was read", "il a été supprimé avant d’être lu"),
            ),
            _ => Trouble::new(SkipReason::Unreadable, Bilingual::same(error.to_string())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trouble_passes_through_readers() {
        let trouble = Trouble::no_text().at(3);
        assert_eq!(Trouble::from(io::Error::from(trouble.clone())), trouble);
        let other = Trouble::from(io::Error::other("broken"));
        assert_eq!((other.reason, other.to_string().as_str()), (SkipReason::Unreadable, "broken"));
    }
}
