//! What a user has set for an index, once and for all: the file `config.toml`.
//!
//! Separate from what reads the articles, so that each room gets its own part of it and none knows the file.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::durable::read_optional;
use crate::error::{Error, Result};
use crate::ingest::FieldMap;

/// The name of the file in the folder of an index.
pub const FILE: &str = "config.toml";

/// Everything that can be set. A table that is not there keeps its defaults.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// `[fields]`: where the fields of an article stand in JSON and tables of one's own.
    pub fields: FieldMap,
    /// `[gazetteer]`: which companies are known.
    pub gazetteer: Gazetteer,
}

/// Which companies are known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Gazetteer {
    /// Tables of one's own, such as `telex tickers add` reads.
    pub companies: Vec<PathBuf>,
    /// Whether they stand in the place of the built-in tables, and not beside them.
    pub replace: bool,
}

impl Config {
    /// Reads the file at `path`; files that it names are taken from its folder.
    ///
    /// # Errors
    /// `Io` if it cannot be read; `Usage`, with the line, if it cannot be understood.
    pub fn read(path: &Path) -> Result<Config> {
        let text = std::fs::read_to_string(path).map_err(|error| Error::io(path, error))?;
        Config::parse(&text, path)
    }

    /// Reads the file in the folder of an index; the defaults if there is none.
    ///
    /// # Errors
    /// Those of [`Config::read`].
    pub fn of_index(index: &Path) -> Result<Config> {
        let path = index.join(FILE);
        let text = read_optional(&path, |path| std::fs::read_to_string(path))?;
        text.map_or_else(|| Ok(Config::default()), |text| Config::parse(&text, &path))
    }

    /// Reads the text of the file at `path`.
    fn parse(text: &str, path: &Path) -> Result<Config> {
        let mut config: Config = toml::from_str(text).map_err(|error| {
            Error::toml(&error, text)
                .at(path)
                .hint(("docs/config.md describes the file", "docs/config.md décrit ce fichier"))
        })?;
        // What it names lies beside it.
        let folder = path.parent().unwrap_or(Path::new(""));
        config.gazetteer.companies.iter_mut().for_each(|table| *table = folder.join(&*table));
        Ok(config)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Kind;

    fn read(text: &str) -> Result<Config> {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(FILE), text).unwrap();
        Config::of_index(folder.path())
    }

    #[cfg(unix)]
    #[test]
    fn a_file_that_cannot_be_seen_is_not_taken_for_none() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(Config::of_index(folder.path()).unwrap(), Config::default());
        std::os::unix::fs::symlink(FILE, folder.path().join(FILE)).unwrap();
        assert_eq!(Config::of_index(folder.path()).unwrap_err().kind(), Kind::Io);
    }

    #[test]
    fn what_is_not_set_has_its_default() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(Config::of_index(folder.path()).unwrap(), Config::default());
        assert_eq!(read("# nothing\n").unwrap(), Config::default());
        assert!(!read("[fields]\nheadline = 'kopf'\n").unwrap().fields.is_empty());
    }

    #[test]
    fn tables_lie_beside_the_file() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(FILE), "[gazetteer]\ncompanies = ['a.csv']\nreplace = true\n").unwrap();
        let Gazetteer { companies, replace } = Config::of_index(folder.path()).unwrap().gazetteer;
        assert_eq!((companies, replace), (vec![folder.path().join("a.csv")], true));
    }

    #[test]
    fn an_error_has_its_line() {
        for (text, expected) in [
            ("[fields]\nheadline = 'a'\ntitel = 'b'\n", "config.toml: line 3: unknown field `titel`"),
            ("[feilds]\n", "config.toml: line 1: unknown field `feilds`"),
            ("[fields]\n\nbody = 'a..b'\n", "config.toml: line 3: `a..b` is no path"),
            ("[gazetteer]\nreplace = 'yes'\n", "config.toml: line 2: "),
            ("[fields\n", "config.toml: line 1: "),
        ] {
            let error = read(text).unwrap_err();
            assert_eq!(error.kind(), Kind::Usage);
            assert!(error.to_string().contains(expected) && error.advice().is_some(), "{error}");
        }
        assert_eq!(Config::read(Path::new("/no/such/file")).unwrap_err().kind(), Kind::Io);
    }
}
