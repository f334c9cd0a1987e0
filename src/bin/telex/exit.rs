//! How telex ends: the one place of exit codes, and of how errors are shown.

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use telex::error::{Error, Kind};
use telex::wording::{Bilingual, UiLanguage};
use telex::{render, said};

use crate::terminal::Terminal;

/// How a command ended when it did not fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// It found something, or did its work.
    Done,
    /// It found nothing.
    Nothing,
    /// It was stopped, and kept what it had done.
    Interrupted,
}

/// Why a command failed.
pub enum Failure {
    /// The library says so.
    Telex(Error),
    /// Standard output took no more.
    Output(io::Error),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Failure {
        Failure::Telex(error)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Failure {
        Failure::Output(error)
    }
}

/// What every command returns.
pub type Outcome = Result<Ending, Failure>;

/// Shows a failure, and returns the exit code.
pub fn code(outcome: Outcome, terminal: &Terminal) -> ExitCode {
    let error = match outcome {
        Ok(Ending::Done) => return ExitCode::SUCCESS,
        Ok(Ending::Nothing) => return ExitCode::from(1),
        Ok(Ending::Interrupted) => return ExitCode::from(130),
        // Who reads has what he wanted: a pipe that closes is no failure.
        Err(Failure::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => return ExitCode::SUCCESS,
        Err(Failure::Output(error)) => failed(error),
        Err(Failure::Telex(error)) => error,
    };
    show(&error, terminal);
    ExitCode::from(code_of(error.kind()))
}

fn failed(error: io::Error) -> Error {
    Error::new(Kind::Io, ("cannot write the output", "écriture impossible")).because(error)
}

/// Shows that help could not be written, in this language, and returns the exit code.
pub fn unwritten(error: io::Error, language: UiLanguage) -> ExitCode {
    if error.kind() == io::ErrorKind::BrokenPipe {
        return ExitCode::SUCCESS;
    }
    let told = failed(error).told_in_both();
    let _ = writeln!(io::stderr(), "{} {}", language.pick("error:", "erreur\u{a0}:"), told.to(language));
    ExitCode::from(code_of(Kind::Io))
}

fn code_of(kind: Kind) -> u8 {
    match kind {
        Kind::Usage | Kind::Query => 2,
        Kind::Missing | Kind::Incompatible | Kind::Corrupt => 3,
        Kind::Locked => 4,
        Kind::Io => 5,
        Kind::Internal => 6,
        Kind::Interrupted => 130,
    }
}

/// Shows an error: to a person with the place it points at and its hint, to a program as JSON.
pub fn show(error: &Error, terminal: &Terminal) {
    match terminal.json {
        true => drop(render::error(error, &mut io::stderr())),
        false => show_at(&Bilingual::default(), error, terminal),
    }
}

/// Shows what is wrong with a line of a list of queries.
pub fn show_of_list(error: &Error, file: &Path, number: u64, id: Option<&str>, terminal: &Terminal) {
    if terminal.json {
        return drop(render::list_error(error, number, id, &mut io::stderr()));
    }
    let file = file.display();
    let english = id.map(|id| format!(" {id}:")).unwrap_or_default();
    let french = id.map(|id| format!(" {id} :")).unwrap_or_default();
    show_at(&said!("{file}:{number}:{english} ", "{file}:{number} :{french} "), error, terminal);
}

/// Shows an error to a person, with what stands before it: where it was met.
fn show_at(place: &Bilingual, error: &Error, terminal: &Terminal) {
    let told = error.told_in_both();
    terminal.complain((place.english.clone() + &told.english, place.french.clone() + &told.french));
    let mut out = io::stderr().lock();
    if let Some(place) = error.place() {
        let (line, marks) = telex::query::caret(place);
        let _ = writeln!(out, "  {}\n  {marks}", render::clean(&line));
    }
    if let Some(hint) = error.advice_in(terminal.language) {
        let label = terminal.language.pick("hint:", "conseil\u{a0}:");
        let _ = writeln!(out, "{label} {}", hint);
    }
}
