//! Where the index is.

use std::path::{Path, PathBuf};
use std::{env, io};

use telex::config::Config;
use telex::error::{Error, Result};
use telex::index::no_index;

use crate::args::{Cli, Command, Global, Scope};

/// The name of an index's folder.
const FOLDER: &str = ".telex";

/// Returns the index that the user means, of which there is a folder at least.
///
/// # Errors
/// `Missing` if there is none, `Io` if one may not look into it.
pub fn existing(global: &Global) -> Result<PathBuf> {
    let index = meant(global)?;
    match index.join("engine").try_exists() {
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => Err(Error::io(index, error)),
        _ if index.is_dir() => Ok(index),
        _ => Err(no_index(Some(&index))),
    }
}

/// Returns the index that the user means, whether it is there or not: `-i`, then `$TELEX_INDEX`, then the nearest
/// `.telex` upwards from the current folder.
fn meant(global: &Global) -> Result<PathBuf> {
    if let Some(index) = named(global) {
        return Ok(index);
    }
    let here = env::current_dir().map_err(|error| Error::io(".", error))?;
    here.ancestors().map(|folder| folder.join(FOLDER)).find(|index| index.is_dir()).ok_or_else(|| no_index(None))
}

/// Returns the index that a command asks or makes, whether it is there or not; `None` if it needs none.
pub fn of_command(cli: &Cli) -> Option<PathBuf> {
    let global = &cli.global;
    let scope = match &cli.command {
        Command::Index(args) => match args.paths.first() {
            Some(path) => return Some(of(path, global)),
            None => None,
        },
        Command::Completions(_) => return None,
        Command::Search(args) => Some(&args.scope),
        Command::Facets(args) => Some(&args.scope),
        Command::Explain(args) => Some(&args.scope),
        Command::Similar(args) => Some(&args.scope),
        _ => None,
    };
    match scope {
        Some(scope) => of_scope(scope, global).ok(),
        None => meant(global).ok(),
    }
}

/// Returns the index that a search asks, whether it is there or not.
///
/// # Errors
/// `Missing` if none is named and none is found.
pub fn of_scope(scope: &Scope, global: &Global) -> Result<PathBuf> {
    match &scope.within {
        Some(path) => Ok(within(path, global)),
        None => meant(global),
    }
}

/// Returns the index to make or update for the folder or file at `path`: `-i`, then `$TELEX_INDEX`, then
/// its own `.telex`.
pub fn of(path: &Path, global: &Global) -> PathBuf {
    named(global).unwrap_or_else(|| beside(path))
}

/// Returns the index of a folder that is named on the command line to be searched: `-i`, or its own
/// `.telex`. An index that the environment names is of something else.
pub fn within(path: &Path, global: &Global) -> PathBuf {
    global.index.clone().unwrap_or_else(|| beside(path))
}

/// Checks that `path` is there before anything is made for it.
pub fn exists(path: &Path) -> Result<()> {
    match path.exists() {
        true => Ok(()),
        false => Err(Error::absent(path)),
    }
}

/// Returns what the user has set: in the file that `--config` names, else in that of the index.
pub fn config(index: &Path, global: &Global) -> Result<Config> {
    match &global.config {
        Some(path) => Config::read(path),
        None => Config::of_index(index),
    }
}

/// Returns the person's own table of companies: `companies.csv` in `$XDG_CONFIG_HOME/telex`, or else in
/// `~/.config/telex`; `$TELEX_COMPANIES` names another file.
pub fn companies() -> Option<PathBuf> {
    let named = |name: &str| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    named("TELEX_COMPANIES").or_else(|| {
        let config = named("XDG_CONFIG_HOME").or_else(|| Some(named("HOME")?.join(".config")))?;
        Some(config.join("telex").join("companies.csv"))
    })
}

/// Returns the `.telex` of a folder, or of the folder that holds a file.
fn beside(path: &Path) -> PathBuf {
    let folder = if path.is_file() { path.parent().unwrap_or(Path::new("")) } else { path };
    folder.join(FOLDER)
}

fn named(global: &Global) -> Option<PathBuf> {
    let from_environment = || env::var_os("TELEX_INDEX").filter(|value| !value.is_empty()).map(PathBuf::from);
    global.index.clone().or_else(from_environment)
}
