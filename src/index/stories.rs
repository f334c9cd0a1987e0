//! The table of stories: which articles of an index are copies of one another. It lists stories of two
//! articles and more; every other article is a story of its own. It is written before each commit that
//! changes it, under a new name that the commit then points at.
//!
//! An article is known here by its key, a number made of its id that each segment holds as a column,
//! since the engine renumbers documents as it merges them.

use std::ops::Range;

use super::sealed::{damaged, seal_bytes, unseal_bytes};
use crate::error::Result;
use xxhash_rust::xxh3::xxh3_64;

/// What the table is called in errors.
const WHAT: (&str, &str) = ("the table of stories", "la table des sujets");

/// The stories of an index, in flat lists as they are in the file: to open an index is to read them as they are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Stories {
    /// Where the members of each story begin in the lists of members, and where the last ones end.
    starts: Vec<u32>,
    /// When each member was published, in minutes from 1900; 0 if that is not known well.
    minutes: Vec<u32>,
    /// Where the id of each member ends in `ids`.
    ends: Vec<u32>,
    ids: String,
    /// The keys of all members, in order, and the story of each.
    keys: Vec<u64>,
    of: Vec<u32>,
    /// Where the keys begin that have the same first bits, as many bits as leave about one key for each.
    buckets: Vec<u32>,
    /// A bit for each key, at the place that its first bits are, among sixteen times as many: an article without
    /// copies is mostly told here, in a table that stays in the cache.
    sketch: Vec<u64>,
}

/// An article of a story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Member {
    /// Its id.
    pub id: String,
    /// When it was published, in minutes from 1900; 0 if that is not known well.
    pub minute: u32,
}

/// Returns the key of an article with this id.
pub(super) fn key(id: &str) -> u64 {
    xxh3_64(id.as_bytes())
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
        let mut table = Stories { starts: vec![0], ..Stories::default() };
        let mut keys = Vec::new();
        for (number, story) in (0..).zip(&stories) {
            for member in story {
                table.minutes.push(member.minute);
                table.ids.push_str(&member.id);
                table.ends.push(table.ids.len() as u32);
                keys.push((key(&member.id), number));
            }
            table.starts.push(table.ends.len() as u32);
        }
        keys.sort_unstable();
        (table.keys, table.of) = keys.into_iter().unzip();
        (table.buckets, table.sketch) = (buckets(&table.keys), sketch(&table.keys));
        table
    }

    /// Returns whether no article has a copy.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// Returns the story of the article with this key; `None` if it has no copies.
    #[inline]
    pub fn of(&self, key: u64) -> Option<u32> {
        let parts = self.buckets.len().checked_sub(1)?;
        let place = bucket(key, parts * SKETCHED);
        if self.sketch.get(place / 64)? & 1 << (place % 64) == 0 {
            return None;
        }
        let bucket = bucket(key, parts);
        let (start, end) = (*self.buckets.get(bucket)? as usize, *self.buckets.get(bucket + 1)? as usize);
        let at = self.keys[start..end].iter().position(|known| *known == key)?;
        self.of.get(start + at).copied()
    }

    /// Returns the ids of the articles of a story, in order; the first one is the name of the story.
    pub fn members(&self, story: u32) -> impl ExactSizeIterator<Item = &str> + Clone {
        self.range(story).map(|at| self.id(at))
    }

    /// Returns the articles of a story as [`new`](Stories::new) takes them.
    pub fn story(&self, story: u32) -> impl Iterator<Item = Member> {
        self.range(story).map(|at| Member { id: self.id(at).to_owned(), minute: self.minutes[at] })
    }

    /// Returns how many stories there are; they have the numbers from 0.
    pub fn count(&self) -> u32 {
        self.starts.len().saturating_sub(1) as u32
    }

    /// Returns the places of the members of a story.
    fn range(&self, story: u32) -> Range<usize> {
        let at = |story: usize| self.starts.get(story).copied().unwrap_or_default() as usize;
        at(story as usize)..at(story as usize + 1)
    }

    fn id(&self, member: usize) -> &str {
        let start = member.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        &self.ids[start..self.ends[member] as usize]
    }

    /// Returns the bytes of the table: how many stories and members there are, then the lists.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(self.starts.len() * 4 + self.keys.len() * 20 + self.ids.len() + 16);
        for number in [&[self.count(), self.keys.len() as u32], &*self.starts, &self.minutes, &self.ends, &self.of] {
            number.iter().for_each(|number| bytes.extend_from_slice(&number.to_le_bytes()));
        }
        self.keys.iter().for_each(|key| bytes.extend_from_slice(&key.to_le_bytes()));
        bytes.extend_from_slice(self.ids.as_bytes());
        seal_bytes(bytes)
    }

    /// Reads a table.
    ///
    /// # Errors
    /// `Corrupt` if its checksum is wrong.
    pub fn from_bytes(bytes: &[u8]) -> Result<Stories> {
        read(unseal_bytes(bytes, WHAT)?).ok_or_else(|| damaged(WHAT))
    }
}

/// Reads the lists of a table whose checksum is right; `None` if they do not fit together.
fn read(mut bytes: &[u8]) -> Option<Stories> {
    let mut take = |count: usize| bytes.split_off(..count.checked_mul(4)?).map(numbers);
    let [stories, members] = *take(2)? else { return None };
    let (stories, members) = (stories as usize, members as usize);
    // An index without copies has an empty list of stories.
    let starts = take(stories + 1)?;
    let (minutes, ends, of) = (take(members)?, take(members)?, take(members)?);
    let keys = bytes.split_off(..members.checked_mul(8)?)?;
    let keys: Vec<u64> = keys.as_chunks().0.iter().map(|bytes| u64::from_le_bytes(*bytes)).collect();
    let ids = String::from_utf8(bytes.to_vec()).ok()?;
    let cuts = ends.iter().all(|end| ids.is_char_boundary(*end as usize)) && ends.is_sorted();
    let fits = starts.is_sorted() && starts.last().is_some_and(|last| *last as usize == members) && keys.is_sorted();
    let (buckets, sketch) = (buckets(&keys), sketch(&keys));
    (cuts && fits).then_some(Stories { starts, minutes, ends, ids, keys, of, buckets, sketch })
}

fn numbers(bytes: &[u8]) -> Vec<u32> {
    bytes.as_chunks().0.iter().map(|bytes| u32::from_le_bytes(*bytes)).collect()
}

/// Returns in which of so many parts, a power of two, the key is.
fn bucket(key: u64, parts: usize) -> usize {
    ((key >> 32) as usize * parts) >> 32
}

/// How many bits of the sketch a key has.
const SKETCHED: usize = 16;

/// Returns the bits of these keys.
fn sketch(keys: &[u64]) -> Vec<u64> {
    let bits = keys.len().next_power_of_two() * SKETCHED;
    let mut sketch = vec![0; bits.div_ceil(64)];
    for key in keys {
        let place = bucket(*key, bits);
        sketch[place / 64] |= 1 << (place % 64);
    }
    sketch
}

/// Returns where the keys of each part begin, and where the last ones end.
fn buckets(keys: &[u64]) -> Vec<u32> {
    let parts = keys.len().next_power_of_two();
    let mut buckets = vec![0; parts + 1];
    for key in keys {
        buckets[bucket(*key, parts) + 1] += 1;
    }
    let mut sum = 0;
    for count in &mut buckets {
        sum += *count;
        *count = sum;
    }
    buckets
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
        assert_eq!(stories.members(0).collect::<Vec<_>>(), ["b", "a", "c"]);
        assert_eq!(stories.story(0).map(|member| member.minute).collect::<Vec<_>>(), [7, 9, 0]);
        assert_eq!((stories.count(), stories.members(1).len(), stories.members(9).len()), (1, 0, 0));
        assert_eq!((stories.of(key("a")), stories.of(key("x"))), (Some(0), None));
    }

    #[test]
    fn a_table_reads_back_and_damage_is_seen() {
        let stories = Stories::new(vec![vec![member("a", 1), member("b", 2)], vec![member("é", 0), member("f", 5)]]);
        let bytes = stories.to_bytes();
        assert_eq!(Stories::from_bytes(&bytes).unwrap(), stories);
        for at in 0..bytes.len() {
            let mut bad = bytes.clone();
            bad[at] ^= 1;
            assert_eq!(Stories::from_bytes(&bad).unwrap_err().kind(), Kind::Corrupt);
        }
    }

    #[test]
    fn every_member_leads_to_its_story_and_no_other_article_does() {
        let story = |from: u32| (from..from + 3).map(|n| member(&n.to_string(), n)).collect();
        let stories = Stories::new((0..200).map(|n| story(n * 10)).collect());
        let read = Stories::from_bytes(&stories.to_bytes()).unwrap();
        for n in 0..2000 {
            let id = n.to_string();
            let found = read.of(key(&id)).map(|story| read.members(story).any(|member| member == id));
            assert_eq!(found, (n % 10 < 3).then_some(true), "{n}");
        }
        assert_eq!(Stories::from_bytes(&Stories::new(Vec::new()).to_bytes()).unwrap().of(key("0")), None);
        assert_eq!(Stories::default().of(key("0")), None);
    }

    #[test]
    fn lists_that_do_not_fit_together_are_damage() {
        let sealed = |words: &[u32]| seal_bytes(words.iter().flat_map(|word| word.to_le_bytes()).collect());
        // More stories or members than there are, members past the end, ids past the end.
        for words in [&[9, 0][..], &[0, 9, 0], &[u32::MAX, u32::MAX, 0], &[0, 0, 1], &[1, 1, 0, 1, 7, 5, 0, 0, 0], &[1]]
        {
            assert_eq!(Stories::from_bytes(&sealed(words)).unwrap_err().kind(), Kind::Corrupt, "{words:?}");
        }
    }
}
