//! Finds the pairs of near signatures among many without comparing each with each.
//!
//! Signatures that agree in a *band*, two bins side by side, are compared (locality-sensitive hashing:
//! Indyk and Motwani, 1998). With [`BANDS`] bands two texts that share a third of their shingles meet with
//! a probability of .98, and long texts that share little hardly ever. Of short ones a shingle fills many bins, so that
//! texts of one template may meet that are no copies.

use rustc_hash::FxHashSet;

use super::signature::{BINS, BITS, Signature};
use super::waiting::{Entry, Waiting};

/// How many bands there are.
const BANDS: usize = BINS / 2;

/// How many bits the two bins of a band have.
const KEY_BITS: u32 = 2 * BITS;

fn key(signature: &Signature, band: usize) -> u32 {
    u32::from(signature.bins[2 * band + 1]) << BITS | u32::from(signature.bins[2 * band])
}

/// The bands of some signatures that lie in one of the words in which they are stored. Whoever reads them of
/// stored words, one word after the other, finds what may be near without holding it all.
#[derive(Clone, Debug)]
pub struct Bands {
    keys: FxHashSet<(u32, bool)>,
    /// A Bloom filter with one hash, the lowest bits of a key: most signatures share no key, and that is mostly told
    /// here.
    sketch: Box<[u64; 1 << SKETCH_BITS >> 6]>,
}

/// How many bits of a key the sketch goes by.
const SKETCH_BITS: u32 = 14;

/// Returns the word and the bit of a key in the sketch.
fn place(key: u32) -> (usize, u64) {
    let low = key & ((1 << SKETCH_BITS) - 1);
    ((low >> 6) as usize, 1 << (low & 63))
}

impl Bands {
    /// Returns the bands in word `word` of [`Signature::to_words`], which is one after the first.
    pub fn of<'a>(signatures: impl Iterator<Item = &'a Signature>, word: usize) -> Bands {
        let first = 2 * (word - 1);
        let signatures = signatures.filter(|signature| signature.shingles > 0);
        let keys: FxHashSet<(u32, bool)> =
            signatures.flat_map(|it| [(key(it, first), false), (key(it, first + 1), true)]).collect();
        let mut sketch = Box::new([0; 1 << SKETCH_BITS >> 6]);
        for (key, _) in &keys {
            let (at, bit) = place(*key);
            sketch[at] |= bit;
        }
        Bands { keys, sketch }
    }

    /// Returns whether a signature with this word shares one of them.
    pub fn meet(&self, word: u64) -> bool {
        let has = |half: u64, second| {
            let key = (half & ((1 << KEY_BITS) - 1)) as u32;
            let (at, bit) = place(key);
            self.sketch[at] & bit != 0 && self.keys.contains(&(key, second))
        };
        has(word, false) || has(word >> KEY_BITS, true)
    }
}

/// Calls `joins` with pairs of places in `signatures` that may be near, of which at least one is among the first
/// `fresh`, until all that hangs together by such pairs is joined; it returns whether the two do. The same pair comes
/// more than once if it agrees in several bands.
pub(super) fn candidates(signatures: &[&Signature], fresh: usize, joins: &mut dyn FnMut(usize, usize) -> bool) {
    let mut entries: Vec<Entry> = Vec::new();
    for band in 0..BANDS {
        let keys: FxHashSet<u32> = signatures.iter().take(fresh).map(|signature| key(signature, band)).collect();
        entries.clear();
        entries.extend((0..).zip(signatures).filter_map(|(at, signature)| {
            let key = key(signature, band);
            keys.contains(&key).then(|| Entry { key, minute: signature.minute(), at })
        }));
        // Within a minute in the order in which they lie in memory: those of a large bucket are gone through many times.
        entries.sort_unstable_by_key(|entry| (entry.key, entry.at as usize >= fresh, entry.minute, entry.at));
        for bucket in entries.chunk_by(|a, b| a.key == b.key).filter(|bucket| bucket.len() > 1) {
            reach(bucket, &|entry| (entry.at as usize) < fresh, joins);
        }
    }
}

/// Goes from each fresh signature of a bucket to those that join it, from these to those that join them, and so on.
/// Each is reached once and then compared no more, so that many copies of one text take as many comparisons, and not
/// as many as they have pairs.
fn reach(bucket: &[Entry], is_fresh: &dyn Fn(&Entry) -> bool, joins: &mut dyn FnMut(usize, usize) -> bool) {
    let (fresh, known) = bucket.split_at(bucket.partition_point(is_fresh));
    let (mut fresh, mut known) = (Waiting::new(fresh), Waiting::new(known));
    let mut reached = Vec::new();
    while let Some(first) = fresh.pop() {
        reached.push(first);
        while let Some(one) = reached.pop() {
            let joins = &mut |other| joins(one.at as usize, other as usize);
            fresh.meet(one.minute, &mut reached, joins);
            // What is known is not compared with what is known.
            if is_fresh(&one) {
                known.meet(one.minute, &mut reached, joins);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::story::WORDS;
    use std::collections::BTreeSet;

    #[test]
    fn near_pairs_are_among_the_candidates() {
        let words = |n: usize| (0..200).map(|word| format!("w{} ", word * 7 + n * 40)).collect::<String>();
        let signatures: Vec<Signature> = (0..40).map(|n| Signature::of_text("", &words(n % 20), None)).collect();
        let signatures: Vec<&Signature> = signatures.iter().collect();
        let mut found = BTreeSet::new();
        candidates(&signatures, 10, &mut |a, b| {
            found.insert((a.min(b), a.max(b)));
            false
        });
        for a in 0..40 {
            for b in a + 1..40 {
                let near = signatures[a].is_near(signatures[b]);
                assert!(!near || a >= 10 || found.contains(&(a, b)), "{a} {b}");
                assert!(!found.contains(&(a, b)) || a < 10 || b < 10);
            }
        }
        assert!(found.len() < 200, "{} of 780 pairs were compared", found.len());
    }

    #[test]
    fn what_joins_is_compared_once_a_band() {
        let signature = Signature::of_text("", "Cet article est réservé aux abonnés", None);
        let signatures = vec![&signature; 1000];
        for (fresh, want) in [(1000, 999), (1, 999), (0, 0)] {
            let mut compared = 0;
            candidates(&signatures, fresh, &mut |_, _| {
                compared += 1;
                true
            });
            assert_eq!(compared, BANDS * want, "{fresh}");
        }
    }

    #[test]
    fn what_shares_a_band_is_told_by_its_stored_words() {
        let words = |from: usize| (from..from + 100).map(|word| format!("w{word} ")).collect::<String>();
        let signatures: Vec<Signature> = (0..30).map(|n| Signature::of_text("", &words(n * 15), None)).collect();
        for one in &signatures {
            for other in &signatures {
                let meet = (1..WORDS).any(|word| Bands::of([one].into_iter(), word).meet(other.to_words()[word]));
                assert_eq!(meet, (0..BANDS).any(|band| key(one, band) == key(other, band)));
            }
        }
        let empty = Signature::of_text("", "", None);
        assert!((1..WORDS).all(|word| !Bands::of([&empty].into_iter(), word).meet(empty.to_words()[word])));
    }
}
