//! The stamp that each commit carries in the engine's payload: by which versions it was made, of which folders, and
//! which files beside the engine's belong to it.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::dictionary::GROUPS;
use super::failure::{DAMAGED, REBUILD, corrupt};
use super::files::Root;
use super::layout::Part;
use crate::analysis;
use crate::error::{Error, Kind, Result};
use crate::wording::Bilingual;

/// The version of the index on disk: schema, records, table of files.
const FORMAT: u32 = 16;

/// What a commit says of itself (tantivy's payload).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Stamp {
    /// The version of the index on disk.
    pub format: u32,
    /// The version of the analysis that made it.
    pub analysis: u32,
    /// The layers of the vocabulary, by file name.
    pub vocabulary: Vec<String>,
    /// The table of files, by file name.
    pub files: String,
    /// The table of stories, by file name.
    pub stories: String,
    /// The dictionaries that stored articles are compressed with, by group and file name, once there are any.
    pub dictionaries: [Option<String>; GROUPS],
    /// The folders that were given to the indexer; relative to the index where it lies in them.
    pub roots: Vec<Root>,
    /// How many commits there were: the names of new files are made from it.
    pub generation: u64,
}

impl Stamp {
    /// Returns the stamp of an index that has nothing yet, of this telex's versions.
    pub fn new() -> Stamp {
        Stamp { format: FORMAT, analysis: analysis::VERSION, ..Stamp::default() }
    }

    /// Reads a stamp.
    ///
    /// # Errors
    /// `Incompatible` if another version or another program wrote the index, `Corrupt` if the stamp is damaged.
    pub fn read(payload: Option<&str>, index: &Path) -> Result<Stamp> {
        /// What the stamp of any version has.
        #[derive(Deserialize)]
        struct Versions {
            format: u32,
            analysis: u32,
        }
        let incompatible = |message: Bilingual| Error::new(Kind::Incompatible, message).at(index).hint(REBUILD);
        let none = || incompatible(("not an index of telex", "pas un index de telex").into());
        let payload = payload.ok_or_else(none)?;
        let damaged = |error| corrupt(DAMAGED, index).because(error);
        let Versions { format, analysis } = serde_json::from_str(payload).map_err(damaged)?;
        if (format, analysis) != (FORMAT, analysis::VERSION) {
            let ours = analysis::VERSION;
            return Err(incompatible(said!(
                "made by another telex (format {format}, analysis {analysis}; this one has {FORMAT}, {ours})",
                "fait par un autre telex (format {format}, analyse {analysis} ; celui-ci a {FORMAT}, {ours})"
            )));
        }
        serde_json::from_str(payload).map_err(damaged)
    }

    /// Returns the names of the files of a part.
    pub fn names(&self, part: Part) -> Vec<&str> {
        match part {
            Part::Vocabulary => self.vocabulary.iter().map(String::as_str).collect(),
            Part::Files => vec![&self.files],
            Part::Stories => vec![&self.stories],
            Part::Dictionary => self.dictionaries.iter().flatten().map(String::as_str).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_damaged_stamp_is_not_taken_for_that_of_another_version() {
        let good = serde_json::to_string(&Stamp::new()).unwrap();
        let newer = format!("{{\"format\": {}, \"analysis\": 1, \"else\": 7}}", FORMAT + 1);
        let read = |payload| Stamp::read(payload, Path::new("i")).map_err(|error| error.kind());
        assert_eq!(read(Some(&good)), Ok(Stamp::new()));
        assert_eq!(read(None), Err(Kind::Incompatible));
        assert_eq!(read(Some(&newer)), Err(Kind::Incompatible));
        for damaged in [&good[1..], &good.replacen("roots", "r\u{fffd}ots", 1), "{}", ""] {
            assert_eq!(read(Some(damaged)), Err(Kind::Corrupt), "{damaged}");
        }
    }
}
