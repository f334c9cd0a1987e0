//! The table of stories: which articles of an index are copies of one another. It lists stories of two
//! articles and more; every other article is a story of its own. It is written before each commit that
//! changes it, under a new name that the commit then points at.
//!
//! An article is known here by its key, a number made of its id that each segment holds as a column,
//! since the engine renumbers documents as it merges them.
//!
//! The file, all numbers little-endian, is read in place: how many stories and members there are (u32 each); the lists,
//! one after the other, as [`Stories`] has them; CRC-32 of everything before (u32).

use std::io;
use std::ops::Range;

use tantivy::directory::OwnedBytes;

use super::sealed::{damaged, seal_bytes, unseal_bytes};
use crate::error::Result;
use xxhash_rust::xxh3::xxh3_64;

/// What the table is called in errors.
const WHAT: (&str, &str) = ("the table of stories", "la table des sujets");
/// The bytes of the checksum.
const SUM: usize = 4;

/// The stories of an index, in flat lists as they are in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stories {
    /// Where the members of each story begin in the lists of members, and where the last ones end.
    starts: List,
    /// When each member was published, in minutes from 1900; 0 if that is not known well.
    minutes: List,
    /// Where the id of each member ends in `ids`.
    ends: List,
    /// The story of each key.
    of: List,
    /// Where the keys begin that have the same first bits, as many bits as leave about one key for each.
    buckets: List,
    /// The keys of all members, in order.
    keys: LongList,
    /// A Bloom filter with one hash, sixteen bits a key: most articles without copies are told here, in a table that
    /// stays in the cache.
    sketch: LongList,
    ids: OwnedBytes,
}

/// Numbers of four bytes, read in place.
#[derive(Clone, Debug, PartialEq, Eq)]
struct List(OwnedBytes);

impl List {
    #[inline]
    fn get(&self, at: usize) -> Option<u32> {
        self.0.as_chunks().0.get(at).map(|bytes| u32::from_le_bytes(*bytes))
    }

    fn len(&self) -> usize {
        self.0.len() / 4
    }

    fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        self.0.as_chunks().0.iter().map(|bytes| u32::from_le_bytes(*bytes))
    }
}

/// Numbers of eight bytes, read in place.
#[derive(Clone, Debug, PartialEq, Eq)]
struct LongList(OwnedBytes);

impl LongList {
    #[inline]
    fn get(&self, at: usize) -> Option<u64> {
        self.0.as_chunks().0.get(at).map(|bytes| u64::from_le_bytes(*bytes))
    }

    fn iter(&self) -> impl Iterator<Item = u64> + '_ {
        self.0.as_chunks().0.iter().map(|bytes| u64::from_le_bytes(*bytes))
    }
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

impl Default for Stories {
    fn default() -> Stories {
        Stories::in_order(&[])
    }
}

impl Stories {
    /// Returns the table of these stories. Their members are put in order: the earliest first, those
    /// without a date last, then by id; an id counts once.
    ///
    /// # Errors
    /// An error if there are more than a table holds.
    pub fn new(mut stories: Vec<Vec<Member>>) -> io::Result<Stories> {
        for story in &mut stories {
            story.sort_by(|a, b| {
                let order = |member: &Member| (member.minute == 0, member.minute);
                order(a).cmp(&order(b)).then_with(|| a.id.cmp(&b.id))
            });
            story.dedup_by(|a, b| a.id == b.id);
        }
        stories.retain(|story| story.len() > 1);
        stories.sort_by(|a, b| a[0].id.cmp(&b[0].id));
        // Places and numbers are kept in four bytes.
        let members = stories.iter().map(Vec::len).sum::<usize>();
        let bytes = stories.iter().flatten().map(|member| member.id.len()).sum::<usize>();
        match [members, bytes].into_iter().all(|count| u32::try_from(count).is_ok()) {
            true => Ok(Stories::in_order(&stories)),
            false => Err(io::Error::other("the table of stories is too large")),
        }
    }

    /// Returns the table of stories that are in order and not too many.
    fn in_order(stories: &[Vec<Member>]) -> Stories {
        let (mut starts, mut minutes, mut ends) = (vec![0], Vec::new(), Vec::new());
        let (mut ids, mut keys) = (String::new(), Vec::new());
        for (number, story) in (0..).zip(stories) {
            for member in story {
                minutes.push(member.minute);
                ids.push_str(&member.id);
                ends.push(ids.len() as u32);
                keys.push((key(&member.id), number));
            }
            starts.push(ends.len() as u32);
        }
        keys.sort_unstable();
        let (keys, of): (Vec<u64>, Vec<u32>) = keys.into_iter().unzip();
        let list = |numbers: &[u32]| List(owned(numbers.iter().flat_map(|number| number.to_le_bytes())));
        let long = |numbers: &[u64]| LongList(owned(numbers.iter().flat_map(|number| number.to_le_bytes())));
        Stories {
            starts: list(&starts),
            minutes: list(&minutes),
            ends: list(&ends),
            of: list(&of),
            buckets: list(&buckets(&keys)),
            sketch: long(&sketch(&keys)),
            keys: long(&keys),
            ids: owned(ids.into_bytes()),
        }
    }

    /// Returns whether no article has a copy.
    pub fn is_empty(&self) -> bool {
        self.count() == 0
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
        let (start, end) = (self.buckets.get(bucket)? as usize, self.buckets.get(bucket + 1)? as usize);
        let at = (start..end).find(|at| self.keys.get(*at).is_none_or(|known| known == key))?;
        self.of.get(at)
    }

    /// Returns the ids of the articles of a story, in order; the first one is the name of the story.
    pub fn members(&self, story: u32) -> impl ExactSizeIterator<Item = &str> + Clone {
        self.range(story).map(|at| self.id(at))
    }

    /// Returns the articles of a story as [`new`](Stories::new) takes them.
    pub fn story(&self, story: u32) -> impl Iterator<Item = Member> {
        let minute = |at| self.minutes.get(at).unwrap_or_default();
        self.range(story).map(move |at| Member { id: self.id(at).to_owned(), minute: minute(at) })
    }

    /// Returns how many stories there are; they have the numbers from 0.
    pub fn count(&self) -> u32 {
        self.starts.len().saturating_sub(1) as u32
    }

    /// Returns the places of the members of a story.
    fn range(&self, story: u32) -> Range<usize> {
        let at = |story: usize| (self.starts.get(story).unwrap_or_default() as usize).min(self.ends.len());
        at(story as usize)..at(story as usize + 1)
    }

    fn id(&self, member: usize) -> &str {
        let end = |member: usize| self.ends.get(member).unwrap_or_default() as usize;
        let start = member.checked_sub(1).map_or(0, end);
        self.ids.get(start..end(member)).and_then(|id| std::str::from_utf8(id).ok()).unwrap_or_default()
    }

    /// Returns the bytes of the table.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        for number in [self.count(), self.ends.len() as u32] {
            bytes.extend_from_slice(&number.to_le_bytes());
        }
        for List(list) in [&self.starts, &self.minutes, &self.ends, &self.of, &self.buckets] {
            bytes.extend_from_slice(list);
        }
        for list in [&self.keys.0, &self.sketch.0, &self.ids] {
            bytes.extend_from_slice(list);
        }
        seal_bytes(bytes)
    }

    /// Opens a table that is read in place. Its checksum, and that its lists fit together, is looked at unless it is
    /// trusted.
    ///
    /// # Errors
    /// `Corrupt` if it is damaged.
    pub fn open(bytes: OwnedBytes, trusted: bool) -> Result<Stories> {
        if !trusted {
            unseal_bytes(&bytes, WHAT)?;
        }
        let stories = Stories::split(bytes).filter(|stories| trusted || stories.fits());
        stories.ok_or_else(|| damaged(WHAT))
    }

    /// Takes a table apart; `None` if it is too short.
    fn split(bytes: OwnedBytes) -> Option<Stories> {
        let mut rest = bytes.slice(0..bytes.len().checked_sub(SUM)?);
        let mut take = |count: usize, width: usize| {
            let length = count.checked_mul(width).filter(|length| *length <= rest.len())?;
            let (list, after) = std::mem::replace(&mut rest, OwnedBytes::empty()).split(length);
            rest = after;
            Some(list)
        };
        let counts = List(take(2, 4)?);
        let (stories, members) = (counts.get(0)? as usize, counts.get(1)? as usize);
        let parts = members.checked_next_power_of_two()?;
        Some(Stories {
            starts: List(take(stories + 1, 4)?),
            minutes: List(take(members, 4)?),
            ends: List(take(members, 4)?),
            of: List(take(members, 4)?),
            buckets: List(take(parts + 1, 4)?),
            keys: LongList(take(members, 8)?),
            sketch: LongList(take((parts * SKETCHED).div_ceil(64), 8)?),
            ids: rest,
        })
    }

    /// Returns whether the lists fit together.
    fn fits(&self) -> bool {
        let Ok(ids) = std::str::from_utf8(&self.ids) else { return false };
        let keys: Vec<u64> = self.keys.iter().collect();
        self.ends.iter().all(|end| ids.is_char_boundary(end as usize))
            && self.ends.iter().is_sorted()
            && self.starts.iter().is_sorted()
            && self.starts.iter().last().is_some_and(|last| last as usize == self.ends.len())
            && keys.is_sorted()
            && self.buckets.iter().eq(buckets(&keys))
            && self.sketch.iter().eq(sketch(&keys))
    }
}

fn owned(bytes: impl IntoIterator<Item = u8>) -> OwnedBytes {
    OwnedBytes::new(bytes.into_iter().collect::<Vec<u8>>())
}

/// Returns in which of `parts` parts, a power of two, the key is.
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

    fn open(bytes: &[u8]) -> Result<Stories> {
        Stories::open(OwnedBytes::new(bytes.to_vec()), false)
    }

    fn member(id: &str, minute: u32) -> Member {
        Member { id: id.to_owned(), minute }
    }

    #[test]
    fn members_are_in_order_and_a_story_of_one_is_none() {
        let stories = Stories::new(vec![
            vec![member("c", 0), member("b", 7), member("a", 9), member("a", 9)],
            vec![member("x", 1), member("x", 1)],
        ])
        .unwrap();
        assert_eq!(stories.members(0).collect::<Vec<_>>(), ["b", "a", "c"]);
        assert_eq!(stories.story(0).map(|member| member.minute).collect::<Vec<_>>(), [7, 9, 0]);
        assert_eq!((stories.count(), stories.members(1).len(), stories.members(9).len()), (1, 0, 0));
        assert_eq!((stories.of(key("a")), stories.of(key("x"))), (Some(0), None));
    }

    #[test]
    fn a_table_reads_back_and_damage_is_seen() {
        let stories =
            Stories::new(vec![vec![member("a", 1), member("b", 2)], vec![member("é", 0), member("f", 5)]]).unwrap();
        let bytes = stories.to_bytes();
        assert_eq!(open(&bytes).unwrap(), stories);
        for at in 0..bytes.len() {
            let mut bad = bytes.clone();
            bad[at] ^= 1;
            // Trusted by mistake, it may say what is not so, and no more.
            if let Ok(wrong) = Stories::open(OwnedBytes::new(bad.clone()), true) {
                let _ = (0..9).map(|story| wrong.members(story).count()).sum::<usize>();
                let _ = ["a", "b", "x"].map(|id| wrong.of(key(id)));
            }
            assert_eq!(open(&bad).unwrap_err().kind(), Kind::Corrupt);
        }
    }

    #[test]
    fn every_member_leads_to_its_story_and_no_other_article_does() {
        let story = |from: u32| (from..from + 3).map(|n| member(&n.to_string(), n)).collect();
        let stories = Stories::new((0..200).map(|n| story(n * 10)).collect()).unwrap();
        let read = open(&stories.to_bytes()).unwrap();
        for n in 0..2000 {
            let id = n.to_string();
            let found = read.of(key(&id)).map(|story| read.members(story).any(|member| member == id));
            assert_eq!(found, (n % 10 < 3).then_some(true), "{n}");
        }
        assert_eq!(open(&Stories::new(Vec::new()).unwrap().to_bytes()).unwrap().of(key("0")), None);
        assert_eq!(Stories::default().of(key("0")), None);
    }

    #[test]
    fn lists_that_do_not_fit_together_are_damage() {
        let sealed = |words: &[u32]| seal_bytes(words.iter().flat_map(|word| word.to_le_bytes()).collect());
        // More stories or members than there are, members past the end, ids past the end.
        for words in [&[9, 0][..], &[0, 9, 0], &[u32::MAX, u32::MAX, 0], &[0, 0, 1], &[1, 1, 0, 1, 7, 5, 0, 0, 0], &[1]]
        {
            assert_eq!(open(&sealed(words)).unwrap_err().kind(), Kind::Corrupt, "{words:?}");
        }
    }
}
