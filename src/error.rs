//! The one error type of telex: what went wrong, in which file, at which place, why, and what to try.
//!
//! Every room returns this type, so that the door (the binary) can print any failure in one way and
//! choose the exit code from [`Kind`] alone. A single bad article is not an `Error`: it is a
//! [`Skip`](crate::article::Skip) in the report, and the run goes on.

use std::fmt;
use std::ops::Range;
use std::path::{Path, PathBuf};

use crate::wording::{Bilingual, UiLanguage};

/// A `Result` whose error is telex's own.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What sort of failure this is; the door turns it into an exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The user asked for something impossible: a bad flag, path or value.
    Usage,
    /// The query cannot be read; [`Error::place`] says where.
    Query,
    /// There is no index where one was expected.
    Missing,
    /// The index was made by another version of telex, or of its analysis.
    Incompatible,
    /// The index is damaged.
    Corrupt,
    /// Another process is writing to the index.
    Locked,
    /// The work was stopped by the user.
    Interrupted,
    /// The operating system refused: reading, writing, space.
    Io,
    /// A fault of telex itself.
    Internal,
}

impl Kind {
    /// Returns the name by which programs know it.
    pub fn code(self) -> &'static str {
        match self {
            Kind::Usage => "usage",
            Kind::Query => "query",
            Kind::Missing => "missing",
            Kind::Incompatible => "incompatible",
            Kind::Corrupt => "corrupt",
            Kind::Locked => "locked",
            Kind::Interrupted => "interrupted",
            Kind::Io => "io",
            Kind::Internal => "internal",
        }
    }
}

/// A failure with its place, cause and hint.
#[derive(Debug)]
pub struct Error(Box<Inner>);

#[derive(Debug)]
struct Inner {
    kind: Kind,
    code: &'static str,
    message: Bilingual,
    path: Option<PathBuf>,
    place: Option<Place>,
    hint: Option<Bilingual>,
    cause: Option<Box<dyn std::error::Error + Send + Sync>>,
}

/// Where in a text the trouble is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The whole text, for instance the query as typed.
    pub text: String,
    /// The bytes of `text` to point at; empty at a spot between two characters.
    pub span: Range<usize>,
}

impl Error {
    /// Returns an error of `kind` that says `message` (lower case, no final dot), in both languages.
    pub fn new(kind: Kind, message: impl Into<Bilingual>) -> Error {
        let code = kind.code();
        Error(Box::new(Inner { kind, code, message: message.into(), path: None, place: None, hint: None, cause: None }))
    }

    /// Returns an error of kind [`Kind::Usage`].
    pub fn usage(message: impl Into<Bilingual>) -> Error {
        Error::new(Kind::Usage, message)
    }

    /// Returns an error of kind [`Kind::Io`] for what happened to the file at `path`, in the words of its cause.
    pub fn io(path: impl AsRef<Path>, cause: std::io::Error) -> Error {
        Error::new(Kind::Io, Bilingual::same(cause.to_string())).at(path).because(cause)
    }

    /// Returns an error of kind [`Kind::Usage`] for articles that are to be read at `path`, where there is nothing.
    pub fn absent(path: impl AsRef<Path>) -> Error {
        Error::usage(("there is no such file or folder", "fichier ou dossier introuvable")).at(path).hint((
            "give the path of a folder of articles, or of one file",
            "donnez le chemin d’un dossier d’articles, ou d’un fichier",
        ))
    }

    /// Returns an error of kind [`Kind::Usage`] for a TOML `text` that cannot be read, with its line.
    pub fn toml(cause: &toml::de::Error, text: &str) -> Error {
        let message = cause.message().trim_end_matches('.').replace('\n', ", ");
        let line = |span: Range<usize>| text.get(..span.start).unwrap_or(text).matches('\n').count() + 1;
        match cause.span().map(line) {
            Some(line) => Error::usage(said!("line {line}: {message}", "ligne {line} : {message}")),
            None => Error::usage(Bilingual::same(message)),
        }
    }

    /// Returns an error of kind [`Kind::Query`] that points at `span` of `text`.
    pub fn query(message: impl Into<Bilingual>, text: &str, span: Range<usize>) -> Error {
        let mut error = Error::new(Kind::Query, message);
        error.0.place = Some(Place { text: text.to_owned(), span });
        error
    }

    /// Returns an error of kind [`Kind::Query`] that points at `span` of `text`, and that programs know by
    /// `code`, whatever its words.
    pub fn refused(code: &'static str, message: impl Into<Bilingual>, text: &str, span: Range<usize>) -> Error {
        let mut error = Error::query(message, text, span);
        error.0.code = code;
        error
    }

    /// Returns the same error, of the file at `path`.
    pub fn at(mut self, path: impl AsRef<Path>) -> Error {
        self.0.path.get_or_insert_with(|| path.as_ref().to_owned());
        self
    }

    /// Returns the same error with advice on what to try.
    pub fn hint(mut self, hint: impl Into<Bilingual>) -> Error {
        self.0.hint = Some(hint.into());
        self
    }

    /// Returns the same error with what brought it about.
    pub fn because(mut self, cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Error {
        self.0.cause = Some(cause.into());
        self
    }

    /// Returns a name for it that stays the same, such as `unknown_field`; that of its kind if it has none of
    /// its own.
    pub fn code(&self) -> &'static str {
        self.0.code
    }

    /// Returns what sort of failure this is.
    pub fn kind(&self) -> Kind {
        self.0.kind
    }

    /// Returns the message alone, in English, without path, cause or hint.
    pub fn message(&self) -> &str {
        &self.0.message.english
    }

    /// Returns what went wrong in one line: file, message and cause. (The operating system's own words are
    /// left as they are.)
    pub fn told(&self, language: UiLanguage) -> String {
        let told = self.without_cause(language);
        let separator = language.pick(": ", "\u{a0}: ");
        let ours = |cause: &Error| cause.told(language);
        let cause = self.0.cause.as_ref();
        match cause.map(|cause| cause.downcast_ref().map_or_else(|| cause.to_string(), ours)) {
            Some(cause) if cause != self.0.message.to(language) => format!("{told}{separator}{cause}"),
            _ => told,
        }
    }

    /// Returns file and message.
    fn without_cause(&self, language: UiLanguage) -> String {
        let path = self.0.path.as_ref().map(|path| format!("{}: ", path.display())).unwrap_or_default();
        format!("{path}{}", self.0.message.to(language))
    }

    /// Returns the same in both languages.
    pub fn told_in_both(&self) -> Bilingual {
        (self.told(UiLanguage::English), self.told(UiLanguage::French)).into()
    }

    /// Returns the file it happened to, if there is one.
    pub fn path(&self) -> Option<&Path> {
        self.0.path.as_deref()
    }

    /// Returns the text and the spot in it, for a query error.
    pub fn place(&self) -> Option<&Place> {
        self.0.place.as_ref()
    }

    /// Returns advice on what to try, in English, if there is any.
    pub fn advice(&self) -> Option<&str> {
        self.advice_in(UiLanguage::English)
    }

    /// Returns advice on what to try, in the user's language.
    pub fn advice_in(&self, language: UiLanguage) -> Option<&str> {
        self.0.hint.as_ref().map(|hint| hint.to(language))
    }
}

/// Writes file and message in English; the cause is the [source](std::error::Error::source), which who prints a chain
/// of errors prints next. [`Error::told`] has all of it.
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.without_cause(UiLanguage::English))
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.cause.as_deref().map(|cause| cause as _)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_names_its_file_and_its_cause() {
        let cause = std::io::Error::new(std::io::ErrorKind::PermissionDenied, "permission denied");
        let error =
            Error::new(Kind::Io, ("cannot write the index", "écriture impossible")).at("/news/.telex").because(cause);
        assert_eq!(error.told(UiLanguage::English), "/news/.telex: cannot write the index: permission denied");
        assert_eq!(error.kind(), Kind::Io);
        // A chain of errors says each thing once.
        assert_eq!(error.to_string(), "/news/.telex: cannot write the index");
        assert_eq!(std::error::Error::source(&error).unwrap().to_string(), "permission denied");
    }

    #[test]
    fn an_error_of_the_system_keeps_its_kind() {
        let error = Error::io("a.txt", std::io::ErrorKind::PermissionDenied.into());
        assert_eq!(error.told(UiLanguage::French), "a.txt: permission denied");
        let source = std::error::Error::source(&error).and_then(|source| source.downcast_ref::<std::io::Error>());
        assert_eq!(source.map(std::io::Error::kind), Some(std::io::ErrorKind::PermissionDenied));
    }

    #[test]
    fn a_cause_that_says_the_same_is_not_said_twice() {
        let error = Error::new(Kind::Corrupt, Bilingual::same("bad checksum")).because("bad checksum");
        assert_eq!(error.told(UiLanguage::English), "bad checksum");
    }

    #[test]
    fn an_error_is_told_in_either_language() {
        let error = Error::usage(("no such file or folder", "fichier ou dossier introuvable")).at("a").because("gone");
        assert_eq!(error.told(UiLanguage::French), "a: fichier ou dossier introuvable\u{a0}: gone");
        assert_eq!(error.told(UiLanguage::English), "a: no such file or folder: gone");
        let outer = Error::usage(("not read", "non lu")).because(error);
        assert_eq!(outer.told(UiLanguage::French), "non lu\u{a0}: a: fichier ou dossier introuvable\u{a0}: gone");
    }

    #[test]
    fn the_first_path_stays() {
        assert_eq!(Error::usage(Bilingual::same("no")).at("a").at("b").path(), Some(Path::new("a")));
    }
}
