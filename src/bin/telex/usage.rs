//! A command line that cannot be read, told in the language of the user: clap speaks English alone.

use std::ffi::OsString;
use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::process::ExitCode;

use clap::error::{ContextKind, ErrorKind};
use clap::{Error, ValueEnum};
use telex::render::clean;
use telex::wording::{Bilingual, UiLanguage};

use crate::args::{Speech, how_to_exclude};
use crate::exit;
use crate::terminal;

/// Shows what is wrong with the command line, or the help that it asks for; returns the exit code.
pub fn tell(error: &Error, line: &[OsString]) -> ExitCode {
    let language = terminal::language(asked(line).and_then(|asked| Speech::from_str(&asked, false).ok()));
    let french = match language {
        UiLanguage::French => in_french(error),
        UiLanguage::English => None,
    };
    match french {
        Some(message) => drop(io::stderr().write_all(message.as_bytes())),
        None => {
            // Help goes to standard output, which may be closed, or full.
            let printed = error.print().and_then(|()| io::stdout().flush());
            if let Err(failed) = printed
                && !error.use_stderr()
            {
                return exit::unwritten(failed, language);
            }
        }
    }
    ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2))
}

/// Returns the value of `--ui-lang`, which has not been read.
fn asked(line: &[OsString]) -> Option<String> {
    let mut words = line.iter().filter_map(|word| word.to_str());
    let first = words.find(|word| word.starts_with("--ui-lang"))?;
    first.strip_prefix("--ui-lang=").or_else(|| words.next()).map(str::to_owned)
}

/// Returns what clap says, in French; `None` for what is no error, such as help.
fn in_french(error: &Error) -> Option<String> {
    let of = |kind| error.get(kind).map(ToString::to_string).unwrap_or_default();
    let (argument, value) = (of(ContextKind::InvalidArg), of(ContextKind::InvalidValue));
    let what = match error.kind() {
        ErrorKind::UnknownArgument => format!("argument inconnu `{argument}`"),
        ErrorKind::InvalidSubcommand => format!("commande inconnue `{}`", of(ContextKind::InvalidSubcommand)),
        ErrorKind::InvalidValue if value.is_empty() => format!("`{argument}` demande une valeur"),
        ErrorKind::InvalidValue => format!("valeur inconnue `{value}` pour `{argument}`"),
        ErrorKind::ValueValidation => match std::error::Error::source(error) {
            Some(cause) => {
                // What our own readers of values say is said in both languages.
                let said = cause.downcast_ref::<Bilingual>().map(|said| said.french.clone());
                let cause = said.unwrap_or_else(|| cause.to_string());
                format!("valeur refusée `{value}` pour `{argument}`\u{a0}: {cause}")
            }
            None => format!("valeur refusée `{value}` pour `{argument}`"),
        },
        ErrorKind::NoEquals => format!("`{argument}` demande `=` devant sa valeur"),
        ErrorKind::TooManyValues => format!("valeur de trop `{value}` pour `{argument}`"),
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            format!("`{argument}` n’a pas le nombre de valeurs voulu")
        }
        ErrorKind::ArgumentConflict => match of(ContextKind::PriorArg) {
            prior if prior == argument => format!("`{argument}` ne peut être donné qu’une fois"),
            prior if prior.is_empty() => format!("`{argument}` ne va pas avec d’autres arguments donnés"),
            prior => format!("`{argument}` ne va pas avec `{prior}`"),
        },
        ErrorKind::MissingRequiredArgument => format!("il manque\u{a0}: {argument}"),
        ErrorKind::MissingSubcommand => "il manque une commande".to_owned(),
        ErrorKind::InvalidUtf8 => "un argument n’est pas de l’UTF-8".to_owned(),
        _ => return None,
    };
    let mut message = format!("erreur\u{a0}: {}\n", clean(&what));
    let valid = of(ContextKind::ValidValue);
    if !valid.is_empty() {
        let _ = writeln!(message, "valeurs possibles\u{a0}: {valid}");
    }
    let near = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue].map(of);
    if let Some(near) = near.iter().find(|near| !near.is_empty()) {
        let _ = writeln!(message, "conseil\u{a0}: vouliez-vous dire `{near}`\u{a0}?");
        let is_dashed = argument.starts_with('-') && !argument.starts_with("--");
        // With one dash, only a word that may be one to exclude has a suggestion.
        if is_dashed && matches!(error.kind(), ErrorKind::UnknownArgument) {
            let _ = writeln!(message, "conseil\u{a0}: {}", how_to_exclude(&argument).french);
        }
    }
    let usage = of(ContextKind::Usage);
    if !usage.is_empty() {
        let _ = writeln!(message, "\n{}", usage.replacen("Usage:", "Usage\u{a0}:", 1));
    }
    message.push_str("\nPour en savoir plus, essayez `--help`.\n");
    Some(message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_is_read_before_the_rest() {
        for (line, want) in [
            (&["telex", "--ui-lang", "fr", "x"][..], Some("fr")),
            (&["telex", "x", "--ui-lang=en"], Some("en")),
            (&["telex", "--ui-lang"], None),
            (&["telex", "x"], None),
        ] {
            let line: Vec<OsString> = line.iter().map(OsString::from).collect();
            assert_eq!(asked(&line).as_deref(), want);
        }
    }
}
