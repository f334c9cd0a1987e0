//! The signature of a text: what is kept of its words to tell, later and without the text, how much of
//! it another text shares.
//!
//! The text is the set of its shingles (Broder, "On the resemblance and containment of documents", 1997). Each is hashed
//! once; the hashes are dealt into [`BINS`] bins and the least of each bin stays (Li, Owen and Zhang, "One
//! permutation hashing", 2012). A bin that got none borrows from another, always the same one first, so
//! that short texts compare as well (Shrivastava, "Optimal densification for fast and accurate minwise
//! hashing", 2017). Of each least hash 12 bits are kept (Li and König, "b-bit minwise hashing", 2010).
//! The share of bins that agree estimates the Jaccard index of the two sets, with a standard error of
//! .06 at most.

use super::shingles::{mixed, shingles};
use crate::article::{Article, DateOrigin, HeadlineOrigin};

/// How many bins there are: a power of two.
pub(super) const BINS: usize = 64;
/// How many bits are kept of the least hash of a bin.
pub(super) const BITS: u32 = 12;
/// How many words a signature is written as; of 64 bits each the lower 48 are used, so that a column packs them.
pub const WORDS: usize = BINS / PER_WORD + 1;
/// How many bins a word holds.
const PER_WORD: usize = 4;
/// How many bits of the first word tell how many shingles there are; the others tell the minute.
const SHINGLE_BITS: u32 = 20;
/// The most shingles that are told apart.
const MOST_SHINGLES: u32 = (1 << SHINGLE_BITS) - 1;
/// The last minute that can be told: the year 2155.
const LAST_MINUTE: u32 = (1 << 27) - 1;
/// How far apart two near articles may be published, in minutes: three days.
pub const WINDOW: u32 = 72 * 60;
/// Where minutes begin: 1900-01-01, in seconds from 1970.
const EPOCH: i64 = -2_208_988_800;

/// How much of the shorter text the longer one must hold.
const CONTAINED: f32 = 0.65;
/// How much more of it, if it is very short: what a site prints around each of its briefs is a good part of
/// them, and so are the set phrases of a trade.
const CONTAINED_IF_SHORT: f32 = 0.15;
/// From how many shingles on a text is not short.
const LONG_ENOUGH: f32 = 150.0;
/// How long the shorter text must be beside the longer one: a review of the day that quotes a brief is
/// not the same story.
const LEAST_RATIO: f32 = 0.25;

/// What is kept of an article to find its copies.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Signature {
    pub(super) bins: [u16; BINS],
    /// How many different shingles the text has.
    pub(super) shingles: u32,
    /// When it was published, in minutes from 1900; 0 if that is not known well.
    minute: u32,
}

impl Signature {
    /// Returns the signature of an article: of its headline, if the text does not hold it, and its text
    /// without the boilerplate at its end.
    pub fn of(article: &Article) -> Signature {
        let headline = match article.headline_origin {
            HeadlineOrigin::FirstSentence => "",
            HeadlineOrigin::Metadata | HeadlineOrigin::FirstLine => &article.headline,
        };
        // The time of a file tells when it was saved, which may be long after.
        let published = article.published.filter(|published| published.origin != DateOrigin::FileTime);
        Signature::of_text(headline, article.text(), published.map(|published| published.at))
    }

    /// Returns the signature of a text with its headline, published at a time in seconds from 1970.
    pub fn of_text(headline: &str, text: &str, published: Option<i64>) -> Signature {
        let mut hashes = Vec::with_capacity(text.len() / 6);
        shingles(headline, &mut hashes);
        shingles(text, &mut hashes);
        let shingles = distinct(&hashes);
        let minute = published.and_then(|at| u32::try_from(at.saturating_sub(EPOCH) / 60).ok()).unwrap_or(0);
        let minute = if minute > LAST_MINUTE { 0 } else { minute };
        let shingles = u32::try_from(shingles).map_or(MOST_SHINGLES, |count| count.min(MOST_SHINGLES));
        Signature { bins: bins(&hashes), shingles, minute }
    }

    /// Returns the signature as it is stored: [`WORDS`] words.
    pub fn to_words(&self) -> [u64; WORDS] {
        let mut words = [0; WORDS];
        words[0] = u64::from(self.minute) << SHINGLE_BITS | u64::from(self.shingles);
        for (word, bins) in words[1..].iter_mut().zip(self.bins.chunks_exact(PER_WORD)) {
            *word = bins.iter().rev().fold(0, |word, bin| word << BITS | u64::from(*bin));
        }
        words
    }

    /// Reads a signature as it was stored; of too few words, that of an empty text.
    pub fn from_words(words: impl Iterator<Item = u64>) -> Signature {
        let mut signature = Signature { bins: [0; BINS], shingles: 0, minute: 0 };
        for (at, word) in words.take(WORDS).enumerate() {
            match at.checked_sub(1) {
                None => (signature.minute, signature.shingles) = (stored_minute(word), stored_shingles(word)),
                Some(group) => {
                    let bins = &mut signature.bins[group * PER_WORD..][..PER_WORD];
                    (0..).zip(bins).for_each(|(place, bin)| *bin = stored_bin(word, place));
                }
            }
        }
        signature
    }

    /// Returns when the article was published, in minutes from 1900; 0 if that is not known well.
    pub fn minute(&self) -> u32 {
        self.minute
    }

    /// Returns whether the two were published within three days of one another, as far as is known.
    pub(super) fn is_within_window(&self, other: &Signature) -> bool {
        self.minute == 0 || other.minute == 0 || self.minute.abs_diff(other.minute) <= WINDOW
    }

    /// Returns the estimated share of the shorter text that the other one holds.
    pub fn containment(&self, other: &Signature) -> f32 {
        containment(self.agreeing(other), self.shingles, other.shingles)
    }

    /// Returns how many bins the two have in common.
    fn agreeing(&self, other: &Signature) -> usize {
        // Numbers of the bins' own width: several are compared and counted at once.
        let same: u16 = self.bins.iter().zip(&other.bins).map(|(one, other)| u16::from(one == other)).sum();
        usize::from(same)
    }

    /// Returns whether the two are copies of one text, cut, extended or corrected.
    pub fn is_copy(&self, other: &Signature) -> bool {
        are_copies(|| self.agreeing(other), self.shingles, other.shingles)
    }

    /// Returns whether the signature that is stored as `words` is that of a copy, as [`Signature::is_copy`] does of one
    /// that was read: for a look at very many.
    pub fn is_copy_stored(&self, words: &[u64; WORDS]) -> bool {
        let [first, words @ ..] = words;
        let same = || {
            let agreeing = |(bins, word): (&[u16], &u64)| {
                (0..).zip(bins).filter(|(place, bin)| **bin == stored_bin(*word, *place)).count()
            };
            self.bins.chunks_exact(PER_WORD).zip(words).map(agreeing).sum()
        };
        are_copies(same, self.shingles, stored_shingles(*first))
    }

    /// Returns whether the two are copies of one text and of about the same time.
    pub fn is_near(&self, other: &Signature) -> bool {
        self.is_within_window(other) && self.is_copy(other)
    }
}

/// Returns the minute that the first word of a stored signature tells, without a look at the others.
pub fn stored_minute(first: u64) -> u32 {
    (first >> SHINGLE_BITS) as u32
}

/// Returns how many shingles the first word of a stored signature tells.
fn stored_shingles(first: u64) -> u32 {
    first as u32 & MOST_SHINGLES
}

/// Returns a bin that any other word of a stored signature holds, by its place in the word.
#[inline]
fn stored_bin(word: u64, place: u32) -> u16 {
    kept(word >> (BITS * place))
}

/// Returns whether two texts of `left` and `right` shingles are copies, if `same` of their bins agree; it is asked only if
/// neither text is much longer.
fn are_copies(same: impl FnOnce() -> usize, left: u32, right: u32) -> bool {
    let (short, long) = (left.min(right) as f32, left.max(right) as f32);
    let shortness = 1.0 - (short / LONG_ENOUGH).min(1.0);
    short >= LEAST_RATIO * long && containment(same(), left, right) >= CONTAINED + CONTAINED_IF_SHORT * shortness
}

/// Returns the estimated share of the shorter of two texts that the longer one holds, if `same` of their bins agree: as
/// many of all bins as the Jaccard index of their shingles tells.
fn containment(same: usize, left: u32, right: u32) -> f32 {
    if left == 0 || right == 0 {
        return 0.0;
    }
    let resemblance = same as f32 / BINS as f32;
    let shared = (left as f32 + right as f32) * resemblance / (1.0 + resemblance);
    (shared / left.min(right) as f32).min(1.0)
}

/// Returns how many of the hashes differ.
fn distinct(hashes: &[u64]) -> usize {
    let size = (2 * hashes.len()).next_power_of_two();
    // Open addressing; 0 is an empty place, and no text has enough shingles to hash to it.
    let mut table = vec![0; size];
    let mut count = 0;
    for &hash in hashes {
        let mut place = hash as usize & (size - 1);
        while table[place] != 0 && table[place] != hash {
            place = (place + 1) & (size - 1);
        }
        count += usize::from(table[place] == 0);
        table[place] = hash;
    }
    count
}

/// Returns what is kept of the hashes of a set.
fn bins(hashes: &[u64]) -> [u16; BINS] {
    const SHIFT: u32 = u64::BITS - BINS.trailing_zeros();
    let mut least = [None; BINS];
    for &hash in hashes {
        let bin = &mut least[(hash >> SHIFT) as usize];
        if bin.is_none_or(|least| hash < least) {
            *bin = Some(hash);
        }
    }
    let mut bins = [0; BINS];
    for (at, bin) in bins.iter_mut().enumerate() {
        if hashes.is_empty() {
            break;
        }
        // The places where an empty bin looks are the same for every text.
        let mut from = at;
        let mut tries = 0;
        *bin = loop {
            if let Some(hash) = least[from] {
                break kept(hash);
            }
            tries += 1;
            from = mixed((at as u64) << 32 | tries) as usize % BINS;
        };
    }
    bins
}

/// Returns what is kept of a hash: its lowest bits.
#[inline]
fn kept(hash: u64) -> u16 {
    (hash & ((1 << BITS) - 1)) as u16
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbered(from: usize, to: usize) -> String {
        (from..to).map(|n| format!("mot{n} ")).collect()
    }

    fn signature(text: &str) -> Signature {
        Signature::of_text("", text, None)
    }

    #[test]
    fn a_time_beyond_the_calendar_is_not_known() {
        for at in [i64::MIN, i64::MAX] {
            assert_eq!(Signature::of_text("", "un mot", Some(at)), signature("un mot"));
        }
    }

    #[test]
    fn case_accents_and_punctuation_do_not_count() {
        let left = signature("L’État a relevé, hier, ses objectifs de déficit.");
        assert_eq!(left, signature("l'etat A RELEVE hier ses objectifs (de deficit)"));
        // Accents written as marks of their own part no words.
        assert_eq!(left, signature("L’E\u{301}tat a releve\u{301}, hier, ses objectifs de de\u{301}ficit"));
        assert_eq!(left.containment(&left), 1.0);
    }

    #[test]
    fn what_two_texts_share_is_estimated() {
        for (right, shared) in [
            (numbered(0, 400), 1.0),
            (numbered(0, 200), 1.0),
            (numbered(200, 600), 0.5),
            (numbered(400, 800), 0.0),
            (numbered(0, 400) + &numbered(900, 1000), 1.0),
        ] {
            let got = signature(&numbered(0, 400)).containment(&signature(&right));
            assert!((got - shared).abs() < 0.2, "{got} is far from {shared}");
        }
    }

    #[test]
    fn near_are_those_that_share_enough_and_are_of_one_time() {
        let text = numbered(0, 300);
        let day = 86_400;
        for (other, days, want) in [
            (numbered(0, 300), 0, true),
            (numbered(0, 120), 2, true),
            (numbered(0, 300) + &numbered(600, 700), 3, true),
            (numbered(0, 300), 4, false),
            (numbered(0, 20), 0, false),
            (numbered(250, 600), 0, false),
            (String::new(), 0, false),
        ] {
            let left = Signature::of_text("", &text, Some(day));
            let right = Signature::of_text("", &other, Some(day * (days + 1)));
            assert_eq!(left.is_near(&right), want, "{} words, {days} days", other.len());
            assert_eq!(right.is_near(&left), want);
            let undated = Signature::of_text("", &text, None);
            assert!(undated.is_near(&left));
        }
    }

    #[test]
    fn an_empty_text_is_near_nothing() {
        let empty = signature(" … ");
        assert!(!empty.is_near(&empty) && !empty.is_near(&signature("un")));
        assert!(signature("un").is_near(&signature("Un !")));
    }

    proptest::proptest! {
        #[test]
        fn a_signature_reads_back(text in "(\\PC{1,8} ){0,40}", at in proptest::option::of(proptest::num::i64::ANY)) {
            let at = at.map(|at| at / 4);
            let signature = Signature::of_text("", &text, at);
            proptest::prop_assert_eq!(Signature::from_words(signature.to_words().into_iter()), signature);
        }

        #[test]
        fn a_stored_signature_is_a_copy_like_the_one_it_is_of(cut in 0..60_usize, from in 0..30_usize) {
            let (left, right) = (signature(&numbered(0, 40)), signature(&numbered(from, from + cut)));
            proptest::prop_assert_eq!(left.is_copy_stored(&right.to_words()), left.is_copy(&right));
        }
    }
}
