//! The dictionaries that stored articles are compressed with: what its like have in common, known beforehand (zstd:
//! RFC 8878, section 5). There is one for articles in French and one for all others, since what two languages have in
//! common is little: with one of each, records are a sixteenth smaller than with one for both.

use std::sync::OnceLock;

use zstd::dict::EncoderDictionary;

use super::sealed::{seal_bytes, unseal_bytes};
use crate::article::Language;
use crate::error::Result;

/// How many groups of languages there are: articles of one are indexed and compressed together.
pub(super) const GROUPS: usize = 2;
/// What each is called, in the names of files.
const NAMES: [&str; GROUPS] = ["fr", "en"];

/// How hard records are compressed: more costs time when indexing, and gains little.
pub(super) const LEVEL: i32 = 3;
/// From so many bytes of records a dictionary is made; of twice as many it would not be better, of half as many worse.
pub(super) const SAMPLE: usize = 1 << 20;
/// How large a dictionary is.
const SIZE: usize = 256 << 10;
/// How large it is at most as a part of what it is made of, if these are all there is.
const PART: usize = 8;
/// From fewer none is worth its place.
const LEAST_SAMPLE: usize = 128 << 10;
/// What a dictionary is called in errors.
const WHAT: (&str, &str) = ("the dictionary of the articles", "la table de compression des articles");

/// Returns the group of a language.
pub(super) fn group_of(language: Language) -> usize {
    usize::from(language != Language::French)
}

/// Returns the name of the file of a group's dictionary, of the commit called `commit`.
pub(super) fn file_name(commit: &str, group: usize) -> String {
    format!("{commit}-{}", NAMES[group])
}

/// Returns a dictionary made of `records`, if they are enough for one.
pub(super) fn train(records: &[Vec<u8>]) -> Option<Vec<u8>> {
    let bytes = records.iter().map(Vec::len).sum::<usize>();
    if bytes < LEAST_SAMPLE {
        return None;
    }
    let size = if bytes < SAMPLE { bytes / PART } else { SIZE };
    // Records that have too little in common give none.
    zstd::dict::from_samples(records, size).ok()
}

/// Returns the bytes of a dictionary's file.
pub(super) fn seal(dictionary: &[u8]) -> Vec<u8> {
    seal_bytes(dictionary.to_vec())
}

/// Reads a dictionary from the bytes of its file.
///
/// # Errors
/// `Corrupt` if its checksum is wrong.
pub(super) fn unseal(mut file: Vec<u8>) -> Result<Vec<u8>> {
    let length = unseal_bytes(&file, WHAT)?.len();
    file.truncate(length);
    Ok(file)
}

/// The dictionaries that an index has, shared by the threads that compress; each is set once.
#[derive(Default)]
pub(super) struct Dictionaries([OnceLock<Dictionary>; GROUPS]);

/// A dictionary, with the tables that compressing needs: large, and made when they are first asked for.
struct Dictionary {
    bytes: Vec<u8>,
    tables: OnceLock<EncoderDictionary<'static>>,
}

impl Dictionaries {
    /// Sets the dictionary of a group, which has none yet.
    pub fn set(&self, group: usize, bytes: Vec<u8>) {
        let _ = self.0[group].set(Dictionary { bytes, tables: OnceLock::new() });
    }

    /// Returns the dictionary of a group, if there is one.
    pub fn bytes(&self, group: usize) -> Option<&[u8]> {
        self.0[group].get().map(|dictionary| dictionary.bytes.as_slice())
    }

    /// Returns it with its tables.
    pub fn tables(&self, group: usize) -> Option<&EncoderDictionary<'static>> {
        let Dictionary { bytes, tables } = self.0[group].get()?;
        Some(tables.get_or_init(|| EncoderDictionary::copy(bytes, LEVEL)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_records_make_no_dictionary_and_one_is_read_back_unless_damaged() {
        let record = |n: usize| format!("Le groupe numéro {n} relève ses objectifs de ventes. ").repeat(8).into_bytes();
        let records: Vec<Vec<u8>> = (0..400).map(record).collect();
        assert_eq!(train(&records[..10]), None);
        let dictionary = train(&records).unwrap();
        let sealed = seal(&dictionary);
        assert_eq!(unseal(sealed.clone()).unwrap(), dictionary);
        assert!(unseal(sealed[1..].to_vec()).is_err());
    }

    #[test]
    fn each_group_has_a_dictionary_of_its_own() {
        let dictionaries = Dictionaries::default();
        dictionaries.set(group_of(Language::French), b"du texte".to_vec());
        assert_eq!(dictionaries.bytes(group_of(Language::French)), Some(&b"du texte"[..]));
        for language in [Language::English, Language::Other] {
            assert_eq!(dictionaries.bytes(group_of(language)), None);
            assert!(dictionaries.tables(group_of(language)).is_none());
        }
        let names = [Language::French, Language::English].map(|language| file_name("00000007", group_of(language)));
        assert_eq!(names, ["00000007-fr", "00000007-en"]);
    }
}
