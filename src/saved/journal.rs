//! What alerts have told, kept so that nothing is missed and nothing is told twice.
//!
//! What is new is told by what articles say, not by where they stand: `seen` lists the fingerprints of
//! all texts that the index ever held when an alert ran, in the order in which they came. It only grows.
//! For each saved search `state.json` keeps how far in that list it has been told. So a file that is
//! moved, or an index that is built again, brings nothing new; a text that changed does.
//!
//! **Exactly what a crash does.** Telling and remembering are two acts, and a process may be killed
//! between them. Before it tells, an alert writes what it is about to tell (the *intent*); once the
//! output is out, it writes that it was told. Killed before the output: all is told the next time. Killed
//! after it was remembered: nothing is. Killed in between: it is told again, and marked so
//! ([`Journal::intend`]). Telling is thus at least once, and never twice without saying so. The same holds if the
//! list is damaged and ends before what a search was told: what comes after its end is told, and marked so.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::OpenOptions;
use std::io::{Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::durable::{read_optional, write_whole};
use crate::error::{Error, Kind, Result};
use crate::lock::Lock;

/// The folder within that of the index.
const FOLDER: &str = "alerts";
const SEEN: &str = "seen";
const STATE: &str = "state.json";
/// The bytes of a fingerprint.
const WIDTH: usize = size_of::<u64>();

/// What alerts of one index have told. One process holds it at a time.
#[derive(Debug)]
pub struct Journal {
    folder: PathBuf,
    /// Texts in the order in which they came.
    seen: Vec<u64>,
    state: State,
    _lock: Lock,
}

#[derive(Debug, Default, Serialize, Deserialize)]
struct State {
    searches: BTreeMap<String, Told>,
}

/// How far a saved search has been told, as numbers of texts seen.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
struct Told {
    /// Surely told.
    told: usize,
    /// Perhaps told: the intent of an alert that did not live to confirm it; more than there are if it is not known
    /// how many.
    intent: usize,
}

impl Journal {
    /// Opens the journal in the folder of an index, and makes it if there is none.
    ///
    /// # Errors
    /// `Locked` if another process holds it, `Corrupt` if it cannot be understood, `Io` if it cannot be
    /// read or written.
    pub fn open(index: &Path) -> Result<Journal> {
        let folder = index.join(FOLDER);
        std::fs::create_dir_all(&folder).map_err(|error| Error::io(&folder, error))?;
        let doing = ("telling what is new in this index", "de dire ce qui est nouveau dans cet index");
        let lock = Lock::take(&folder.join("lock"), Duration::ZERO, doing).map_err(|error| match error.kind() {
            Kind::Locked => error.at(index).hint(("try again when it has ended", "réessayez quand il aura fini")),
            _ => error,
        })?;
        let seen = read_seen(&folder.join(SEEN))?;
        let state = read_state(&folder.join(STATE))?;
        let mut journal = Journal { folder, seen, state, _lock: lock };
        journal.mend()?;
        Ok(journal)
    }

    /// Mends the state after the list of texts was cut short. A search may then have been told more texts than there
    /// are, and the next ones to come would take the numbers of those that are lost, and pass for told. So each search
    /// counts as told up to the end of the list, and what comes back is told again. This is written before anything is
    /// added.
    fn mend(&mut self) -> Result<()> {
        let most = self.seen.len();
        let mut beyond = self.state.searches.values_mut().filter(|search| search.told > most).peekable();
        if beyond.peek().is_none() {
            return Ok(());
        }
        beyond.for_each(|search| *search = Told { told: most, intent: usize::MAX });
        self.write()
    }

    /// Notes what the index holds now. What was not seen before is new to every search.
    ///
    /// # Errors
    /// `Io` if it cannot be written; it is noted the next time.
    pub fn arrive(&mut self, contents: &BTreeSet<u64>) -> Result<()> {
        let known: BTreeSet<u64> = self.seen.iter().copied().collect();
        let new: Vec<u64> = contents.difference(&known).copied().collect();
        if new.is_empty() {
            return Ok(());
        }
        let path = self.folder.join(SEEN);
        let append = || {
            let mut file = OpenOptions::new().write(true).create(true).truncate(false).open(&path)?;
            // What was written by half is written over.
            let end = (self.seen.len() * WIDTH) as u64;
            file.set_len(end)?;
            file.seek(SeekFrom::Start(end))?;
            let bytes: Vec<u8> = new.iter().flat_map(|content| content.to_le_bytes()).collect();
            file.write_all(&bytes)?;
            file.sync_all()
        };
        append().map_err(|error| Error::io(&path, error))?;
        self.seen.extend(new);
        Ok(())
    }

    /// Begins to watch for a search: what has arrived so far is not new to it. One that is watched for
    /// already stays as it is.
    ///
    /// # Errors
    /// `Io` if it cannot be written.
    pub fn watch(&mut self, name: &str) -> Result<()> {
        let now = Told { told: self.seen.len(), intent: 0 };
        self.state.searches.entry(name.to_owned()).or_insert(now);
        self.write()
    }

    /// Forgets a search.
    ///
    /// # Errors
    /// `Io` if it cannot be written.
    pub fn forget(&mut self, name: &str) -> Result<()> {
        self.state.searches.remove(name);
        self.write()
    }

    /// Returns what has arrived since the search was last told; everything for one that is not watched for.
    pub fn new_for(&self, name: &str) -> BTreeSet<u64> {
        self.seen.get(self.of(name).told..).unwrap_or_default().iter().copied().collect()
    }

    /// Notes that what is new to a search is about to be told, and returns what an alert that was stopped may have told
    /// of it already.
    ///
    /// # Errors
    /// `Io` if it cannot be written; then it must not be told.
    pub fn intend(&mut self, name: &str) -> Result<BTreeSet<u64>> {
        let Told { told, intent } = self.of(name);
        let intent = intent.min(self.seen.len());
        let doubtful = self.seen.get(told..intent).unwrap_or_default().iter().copied().collect();
        self.set(name, Told { told, intent: self.seen.len() })?;
        Ok(doubtful)
    }

    /// Notes that what is new to a search has been told, or that none of it is to be told.
    ///
    /// # Errors
    /// `Io` if it cannot be written; then it is told again.
    pub fn confirm(&mut self, name: &str) -> Result<()> {
        self.set(name, Told { told: self.seen.len(), intent: 0 })
    }

    fn of(&self, name: &str) -> Told {
        self.state.searches.get(name).copied().unwrap_or_default()
    }

    fn set(&mut self, name: &str, told: Told) -> Result<()> {
        self.state.searches.insert(name.to_owned(), told);
        self.write()
    }

    fn write(&self) -> Result<()> {
        let bytes = serde_json::to_vec(&self.state).map_err(|error| {
            let message = ("cannot write what was told", "impossible d’écrire ce qui a été dit");
            Error::new(Kind::Io, message).because(error)
        })?;
        write_whole(&self.folder, STATE, &bytes)
    }
}

/// Reads the fingerprints of a file; one written by half at its end does not count.
fn read_seen(path: &Path) -> Result<Vec<u64>> {
    let bytes = read_optional(path, |path| std::fs::read(path))?.unwrap_or_default();
    let (whole, _) = bytes.as_chunks::<WIDTH>();
    Ok(whole.iter().map(|bytes| u64::from_le_bytes(*bytes)).collect())
}

fn read_state(path: &Path) -> Result<State> {
    let Some(bytes) = read_optional(path, |path| std::fs::read(path))? else { return Ok(State::default()) };
    serde_json::from_slice(&bytes).map_err(|error| {
        Error::new(Kind::Corrupt, ("what alerts have told cannot be read", "ce que les alertes ont dit est illisible"))
            .at(path)
            .because(error)
            .hint((
                "remove the file; every article then counts as new",
                "supprimez le fichier ; chaque article compte alors comme nouveau",
            ))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contents(range: std::ops::Range<u64>) -> BTreeSet<u64> {
        range.collect()
    }

    #[test]
    fn what_came_is_new_until_it_was_told() {
        let folder = tempfile::tempdir().unwrap();
        let open = || Journal::open(folder.path()).unwrap();
        {
            let mut journal = open();
            journal.arrive(&contents(0..3)).unwrap();
            journal.watch("a").unwrap();
            assert!(journal.new_for("a").is_empty());
            journal.arrive(&contents(1..5)).unwrap();
            assert_eq!(journal.new_for("a"), contents(3..5));
        }
        {
            let mut journal = open();
            assert_eq!(journal.new_for("a"), contents(3..5));
            assert_eq!(journal.new_for("b"), contents(0..5), "one that was not watched for is told everything");
            assert_eq!(journal.intend("a").unwrap(), contents(0..0), "nobody was stopped");
            assert_eq!(journal.new_for("a"), contents(3..5));
        }
        let mut journal = open();
        journal.arrive(&contents(4..6)).unwrap();
        assert_eq!(journal.new_for("a"), contents(3..6));
        assert_eq!(journal.intend("a").unwrap(), contents(3..5), "an intent that was not confirmed");
        journal.confirm("a").unwrap();
        assert!(journal.new_for("a").is_empty());
        assert_eq!(journal.intend("a").unwrap(), contents(0..0));
        journal.confirm("a").unwrap();
        journal.watch("a").unwrap();
        journal.arrive(&contents(0..6)).unwrap();
        assert!(journal.new_for("a").is_empty(), "what comes again is not new");
        journal.forget("a").unwrap();
        assert_eq!(journal.new_for("a"), contents(0..6));
    }

    #[test]
    fn a_text_written_by_half_is_written_again() {
        let folder = tempfile::tempdir().unwrap();
        Journal::open(folder.path()).unwrap().arrive(&contents(0..2)).unwrap();
        let path = folder.path().join(FOLDER).join(SEEN);
        let whole = std::fs::read(&path).unwrap();
        std::fs::write(&path, &whole[..11]).unwrap();
        let mut journal = Journal::open(folder.path()).unwrap();
        assert_eq!(journal.new_for("a"), contents(0..1));
        journal.arrive(&contents(0..2)).unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), whole);
    }

    #[test]
    fn a_list_that_was_cut_short_hides_no_news() {
        let folder = tempfile::tempdir().unwrap();
        let open = || Journal::open(folder.path()).unwrap();
        let mut journal = open();
        journal.arrive(&contents(0..5)).unwrap();
        journal.watch("a").unwrap();
        drop(journal);
        let path = folder.path().join(FOLDER).join(SEEN);
        std::fs::write(&path, &std::fs::read(&path).unwrap()[..2 * WIDTH]).unwrap();
        // Another search is saved, and its process ends, before what came is told.
        let mut journal = open();
        journal.arrive(&contents(0..7)).unwrap();
        journal.watch("b").unwrap();
        drop(journal);
        let mut journal = open();
        assert_eq!(journal.new_for("a"), contents(2..7), "what is new, and what may have been told");
        assert_eq!(journal.intend("a").unwrap(), contents(2..7));
        journal.confirm("a").unwrap();
        assert_eq!(journal.intend("a").unwrap(), contents(0..0), "no doubt is left");
        assert!(journal.new_for("b").is_empty());
    }

    #[test]
    fn one_process_holds_it_and_damage_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let journal = Journal::open(folder.path()).unwrap();
        assert_eq!(Journal::open(folder.path()).unwrap_err().kind(), Kind::Locked);
        drop(journal);
        std::fs::write(folder.path().join(FOLDER).join(STATE), "{").unwrap();
        assert_eq!(Journal::open(folder.path()).unwrap_err().kind(), Kind::Corrupt);
    }
}
