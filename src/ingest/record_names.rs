//! The names of the records of one file: their own ids, made distinct, or their numbers.
//!
//! Separate from the formats, so that an article keeps its name when a file moves from CSV to JSON.

use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::xxh3_64;

/// The longest id that is used as it is, in bytes.
const LONGEST: usize = 200;

/// Gives the records of one file their names, in order.
///
/// Of the names given it keeps 64-bit fingerprints alone, so that a file of many millions of records
/// costs little memory; should two fingerprints collide, one record gets a needless suffix.
#[derive(Default)]
pub(super) struct RecordNames {
    given: FxHashMap<u64, u32>,
    count: u64,
}

impl RecordNames {
    /// Counts a record, and returns its number from 1.
    pub fn count(&mut self) -> u64 {
        self.count += 1;
        self.count
    }

    /// Returns how many records were counted.
    pub fn total(&self) -> u64 {
        self.count
    }

    /// Returns whether none was counted.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Returns the name of the record just counted: its `id` if it has a usable one, else its number.
    /// A name already given gets `~2`, `~3` and so on.
    pub fn name(&mut self, id: Option<String>) -> String {
        let id = id.filter(|id| !id.is_empty() && id.len() <= LONGEST && !id.chars().any(char::is_control));
        let id = id.unwrap_or_else(|| self.count.to_string());
        self.distinct(id)
    }

    /// Returns the name, with `~2`, `~3` and so on if it was given before.
    pub fn distinct(&mut self, id: String) -> String {
        let key = xxh3_64(id.as_bytes());
        let Some(times) = self.given.get(&key).copied() else {
            self.given.insert(key, 1);
            return id;
        };
        let mut times = times;
        loop {
            times = times.saturating_add(1);
            let name = format!("{id}~{times}");
            // Some record may carry such a suffix of its own.
            if self.given.insert(xxh3_64(name.as_bytes()), 1).is_none() || times == u32::MAX {
                self.given.insert(key, times);
                return name;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_distinct() {
        let mut records = RecordNames::default();
        let names = ["x", "", "x", "4", "x~2", "x", "bad\nid", ""].map(|id| {
            records.count();
            records.name(Some(id.to_owned()))
        });
        assert_eq!(names, ["x", "2", "x~2", "4", "x~2~2", "x~3", "7", "8"]);
        assert_eq!(records.name(Some("4".to_owned())), "4~2");
        records.count();
        assert_eq!(records.name(None), "9");
        assert_eq!(records.name(Some("é".repeat(LONGEST))), "9~2");
    }
}
