//! The table of stories: which articles of an index are copies of one another. It lists stories of two
//! articles and more; every other article is a story of its own. It is written before each commit that
//! changes it, under a new name that the commit then points at.
//!
//! An article is known here by its key, a number made of its id that each segment holds as a column,
//! since the engine renumbers documents as it merges them.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use super::sealed::{seal, unseal};
use crate::error::Result;

/// What the table is called in errors.
const WHAT: (&str, &str) = ("the table of stories", "la table des sujets");

/// The stories of an index.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Stories {
    stories: Vec<Vec<Member>>,
    /// The story of each article that has copies, by its key.
    of: FxHashMap<u64, u32>,
    /// A bit for the first bits of each key in `of`: most keys are none of them, and need no look there.
    known: Vec<u64>,
}

/// An article of a story.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Member {
    /// Its id.
    pub id: String,
    /// When it was published, in minutes from 1900; 0 if that is not known well.
    pub minute: u32,
}

impl Member {
    pub fn key(&self) -> u64 {
        key(&self.id)
    }
}

/// Returns the key of an article with this id.
pub(super) fn key(id: &str) -> u64 {
    xxh3_64(id.as_bytes())
}

/// Returns where the bit of a key stands among so many words, a power of two.
fn bit_of(key: u64, words: usize) -> (usize, u64) {
    ((key >> 6) as usize & words.wrapping_sub(1), 1 << (key & 63))
}

impl Stories {
    /// Returns the table of these stories. Their members are put in order: the earliest first, those
    /// without a date last, then by id; an id counts once.
    pub fn new(mut stories: Vec<Vec<Member>>) -> Stories {
        for story in &mut stories {
            story.sort_by(|a, b| {
                let order = |member: &Member| (member.minute == 0, member.minute);
                order(a).cmp(&order(b)).then_with(|| a.id.cmp(&b.id))
            });
            story.dedup_by(|a, b| a.id == b.id);
        }
        stories.retain(|story| story.len() > 1);
        stories.sort_by(|a, b| a[0].id.cmp(&b[0].id));
        Stories::in_order(stories)
    }

    /// Returns the table of stories that are in order, as are their members.
    fn in_order(stories: Vec<Vec<Member>>) -> Stories {
        let mut of = FxHashMap::default();
        for (number, story) in (0..).zip(&stories) {
            of.extend(story.iter().map(|member| (member.key(), number)));
        }
        let mut known = vec![0; (of.len() / 4).next_power_of_two()];
        for key in of.keys() {
            let (word, bit) = bit_of(*key, known.len());
            known[word] |= bit;
        }
        Stories { stories, of, known }
    }

    /// Returns whether no article has a copy.
    pub fn is_empty(&self) -> bool {
        self.stories.is_empty()
    }

    /// Returns the story of the article with this key; `None` if it has no copies.
    pub fn of(&self, key: u64) -> Option<u32> {
        let (word, bit) = bit_of(key, self.known.len());
        if self.known.get(word)? & bit == 0 { None } else { self.of.get(&key).copied() }
    }

    /// Returns the articles of a story, in order; the first one's id is the name of the story.
    pub fn members(&self, story: u32) -> &[Member] {
        self.stories.get(story as usize).map_or(&[], Vec::as_slice)
    }

    /// Returns every story with its number.
    pub fn iter(&self) -> impl Iterator<Item = (u32, &[Member])> {
        (0..).zip(&self.stories).map(|(number, story)| (number, story.as_slice()))
    }

    /// Returns the bytes of the table.
    pub fn to_bytes(&self) -> Result<Vec<u8>> {
        seal(&self.stories, WHAT)
    }

    /// Reads a table.
    ///
    /// # Errors
    /// `Corrupt` if its checksum is wrong.
    pub fn from_bytes(bytes: &[u8]) -> Result<Stories> {
        Ok(Stories::in_order(unseal(bytes, WHAT)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Kind;

    fn member(id: &str, minute: u32) -> Member {
        Member { id: id.to_owned(), minute }
    }

    #[test]
    fn members_are_in_order_and_a_story_of_one_is_none() {
        let stories = Stories::new(vec![
            vec![member("c", 0), member("b", 7), member("a", 9), member("a", 9)],
            vec![member("x", 1), member("x", 1)],
        ]);
        let ids: Vec<&str> = stories.members(0).iter().map(|member| member.id.as_str()).collect();
        assert_eq!(ids, ["b", "a", "c"]);
        assert_eq!(stories.iter().count(), 1);
        assert_eq!((stories.of(key("a")), stories.of(key("x"))), (Some(0), None));
    }

    #[test]
    fn a_table_reads_back_and_damage_is_seen() {
        let stories = Stories::new(vec![vec![member("a", 1), member("b", 2)], vec![member("é", 0), member("f", 5)]]);
        let bytes = stories.to_bytes().unwrap();
        assert_eq!(Stories::from_bytes(&bytes).unwrap(), stories);
        for at in 0..bytes.len() {
            let mut bad = bytes.clone();
            bad[at] ^= 1;
            assert_eq!(Stories::from_bytes(&bad).unwrap_err().kind(), Kind::Corrupt);
        }
    }
}
