//! How telex ends: the one place of exit codes, and of how errors are shown.

use std::io::{self, Write};
use std::process::ExitCode;

use telex::error::{Error, Kind};
use telex::said;
use telex::wording::Bilingual;

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
pub fn code(outcome: Outcome, json: bool, terminal: &Terminal) -> ExitCode {
    match outcome {
        Ok(Ending::Done) => ExitCode::SUCCESS,
        Ok(Ending::Nothing) => ExitCode::from(1),
        Ok(Ending::Interrupted) => ExitCode::from(130),
        // Who reads has what he wanted: a pipe that closes is no failure.
        Err(Failure::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(Failure::Output(error)) => {
            let cause = error.to_string();
            terminal.complain(said!("cannot write the output: {cause}", "écriture impossible : {cause}"));
            ExitCode::from(5)
        }
        Err(Failure::Telex(error)) => {
            if json {
                let _ = telex::render::error(&error, &mut io::stderr());
            } else {
                show(&error, terminal);
            }
            ExitCode::from(code_of(error.kind()))
        }
    }
}

fn code_of(kind: Kind) -> u8 {
    match kind {
        Kind::Usage | Kind::Query => 2,
        Kind::Missing | Kind::Incompatible | Kind::Corrupt => 3,
        Kind::Locked => 4,
        Kind::Io => 5,
        Kind::Interrupted => 130,
    }
}

/// Shows an error with the place it points at and its hint.
pub fn show(error: &Error, terminal: &Terminal) {
    show_at(&Bilingual::default(), error, terminal);
}

/// Shows an error with what stands before it: where it was met.
pub fn show_at(place: &Bilingual, error: &Error, terminal: &Terminal) {
    let told = error.told_in_both();
    terminal.complain((place.english.clone() + &told.english, place.french.clone() + &told.french));
    let mut out = io::stderr().lock();
    if let Some(place) = error.place() {
        let (line, marks) = telex::query::caret(place);
        let line: String = line.chars().map(telex::render::sanitized).collect();
        let _ = writeln!(out, "  {line}\n  {marks}");
    }
    if let Some(hint) = error.advice_in(terminal.language) {
        let label = terminal.language.pick("hint:", "conseil\u{a0}:");
        let _ = writeln!(out, "{label} {}", hint);
    }
}
