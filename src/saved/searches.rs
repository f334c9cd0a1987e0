//! The queries that were saved, by name, in a file that may be edited by hand: `saved.toml`.
//!
//! ```toml
//! [layoffs]
//! query = "licenciements OR layoffs"
//! ```

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::durable::{read_optional, write_whole};
use crate::error::{Error, Kind, Result};

/// The name of the file.
const FILE: &str = "saved.toml";
/// The most characters of a name.
const LONGEST_NAME: usize = 64;

/// Queries by name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SavedSearches {
    searches: BTreeMap<String, Saved>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Saved {
    query: String,
}

impl SavedSearches {
    /// Reads the searches saved in the folder of an index; none if there is no file.
    ///
    /// # Errors
    /// `Corrupt` if the file cannot be understood, `Io` if it cannot be read.
    pub fn read(index: &Path) -> Result<SavedSearches> {
        let path = index.join(FILE);
        let text = read_optional(&path, |path| std::fs::read_to_string(path))?;
        let Some(text) = text else { return Ok(SavedSearches::default()) };
        let message = ("the saved searches cannot be read", "les recherches enregistrées sont illisibles");
        let damaged = |cause| Error::new(Kind::Corrupt, message).at(&path).because(cause);
        let hint = (
            "mend the file, or remove it and save the searches again",
            "réparez le fichier, ou supprimez-le et enregistrez-les de nouveau",
        );
        toml::from_str(&text).map_err(|error: toml::de::Error| damaged(error).hint(hint))
    }

    /// Writes the searches into the folder of an index.
    ///
    /// # Errors
    /// `Io` if the file cannot be written; the old one then stays.
    pub fn write(&self, index: &Path) -> Result<()> {
        let text = toml::to_string(self).map_err(|error| {
            let message = ("cannot write the saved searches", "impossible d’écrire les recherches enregistrées");
            Error::new(Kind::Io, message).because(error)
        })?;
        write_whole(index, FILE, text.as_bytes())
    }

    /// Saves `query` under `name`; an older one gives way if `replace` is set.
    ///
    /// # Errors
    /// `Usage` if the name is none or taken.
    pub fn add(&mut self, name: &str, query: &str, replace: bool) -> Result<()> {
        let allowed = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
        if name.is_empty() || name.chars().count() > LONGEST_NAME || !name.chars().all(allowed) {
            let message =
                said!("`{name}` is no name for a saved search", "`{name}` n’est pas un nom de recherche enregistrée");
            return Err(Error::usage(message).hint(said!(
                "a name is letters, digits, `-`, `_` and `.`, {LONGEST_NAME} at the most",
                "un nom est fait de lettres, de chiffres, de `-`, `_` et `.`, {LONGEST_NAME} au plus"
            )));
        }
        if !replace && self.searches.contains_key(name) {
            let message =
                said!("there is a saved search `{name}` already", "il y a déjà une recherche enregistrée `{name}`");
            return Err(Error::usage(message).hint((
                "replace it with `--replace`, or choose another name",
                "remplacez-la avec `--replace`, ou choisissez un autre nom",
            )));
        }
        self.searches.insert(name.to_owned(), Saved { query: query.to_owned() });
        Ok(())
    }

    /// Removes the search `name`.
    ///
    /// # Errors
    /// `Usage` if there is none.
    pub fn remove(&mut self, name: &str) -> Result<()> {
        self.searches.remove(name).map(drop).ok_or_else(|| self.unknown(name))
    }

    /// Returns the query saved under `name`.
    ///
    /// # Errors
    /// `Usage` if there is none.
    pub fn query(&self, name: &str) -> Result<&str> {
        self.searches.get(name).map(|saved| saved.query.as_str()).ok_or_else(|| self.unknown(name))
    }

    fn unknown(&self, name: &str) -> Error {
        let names: Vec<&str> = self.iter().map(|(name, _)| name).collect();
        let list = names.join(", ");
        let hint = match list.as_str() {
            "" => (
                "there are none; `telex saved add NAME QUERY` makes one",
                "il n’y en a pas ; `telex saved add NOM REQUÊTE` en fait une",
            )
                .into(),
            list => said!("the saved searches are {list}", "les recherches enregistrées sont {list}"),
        };
        let message = said!("no saved search is called `{name}`", "aucune recherche enregistrée ne s’appelle `{name}`");
        Error::usage(message).hint(hint)
    }

    /// Returns the names and their queries, in the order of the names.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.searches.iter().map(|(name, saved)| (name.as_str(), saved.query.as_str()))
    }

    /// Returns the queries by name, as the query language takes them.
    pub fn queries(&self) -> BTreeMap<String, String> {
        self.iter().map(|(name, query)| (name.to_owned(), query.to_owned())).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn searches_are_kept_by_name() {
        let folder = tempfile::tempdir().unwrap();
        let mut saved = SavedSearches::read(folder.path()).unwrap();
        assert_eq!(saved, SavedSearches::default());
        saved.add("dette", "\"taux de change\" OR =\"dette\" \\ é", false).unwrap();
        saved.add("été.2025", "x", false).unwrap();
        for name in ["", "a b", "a/b", &"x".repeat(65)] {
            assert!(saved.add(name, "x", false).is_err(), "{name}");
        }
        assert!(saved.add("dette", "y", false).is_err());
        saved.write(folder.path()).unwrap();
        let mut again = SavedSearches::read(folder.path()).unwrap();
        assert_eq!(again, saved);
        again.add("dette", "y", true).unwrap();
        assert_eq!(again.query("dette").unwrap(), "y");
        again.remove("dette").unwrap();
        assert!(again.remove("dette").unwrap_err().advice().unwrap().contains("été.2025"));
        assert!(again.query("dette").is_err());
    }

    #[test]
    fn a_file_that_is_no_list_of_searches_is_told() {
        let folder = tempfile::tempdir().unwrap();
        for text in ["dette = 3", "[dette", "[dette]\nquestion = \"x\""] {
            std::fs::write(folder.path().join(FILE), text).unwrap();
            assert_eq!(SavedSearches::read(folder.path()).unwrap_err().kind(), Kind::Corrupt, "{text}");
        }
    }
}
