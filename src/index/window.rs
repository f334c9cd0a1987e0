//! Documents a window at a time: which of them, a bit each, and what they score.
//!
//! Windows begin at multiples of their length, so that all that is said of one of them fits together.

use tantivy::DocId;

/// How many documents a window has: few enough for what a query adds up in it to stay in the first cache.
pub(super) const WINDOW: DocId = 2048;

const WORDS: usize = (WINDOW / 64) as usize;

/// What documents score, by their place in a window.
pub(super) type Scores = [f32; WINDOW as usize];

/// Returns the first document of the window in which `doc` is.
pub(super) fn window_of(doc: DocId) -> DocId {
    doc - doc % WINDOW
}

/// Some documents of a window, by their places in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Bits {
    words: [u64; WORDS],
}

impl Bits {
    pub const NONE: Bits = Bits { words: [0; WORDS] };

    /// Returns the places before `end`, or all of a window if that lies behind it.
    pub fn up_to(end: DocId) -> Bits {
        let word = |at: usize| match end.saturating_sub(at as DocId * 64) {
            0 => 0,
            bits => u64::MAX >> 64_u32.saturating_sub(bits),
        };
        Bits { words: std::array::from_fn(word) }
    }

    /// Returns one place.
    pub fn one(at: usize) -> Bits {
        let mut bits = Bits::NONE;
        bits.set(at);
        bits
    }

    #[inline]
    pub fn set(&mut self, at: usize) {
        self.words[at / 64] |= 1 << (at % 64);
    }

    #[inline]
    pub fn has(&self, at: usize) -> bool {
        self.words[at / 64] & 1 << (at % 64) != 0
    }

    #[inline]
    pub fn is_empty(&self) -> bool {
        self.words.iter().all(|word| *word == 0)
    }

    pub fn count(&self) -> u32 {
        self.words.iter().map(|word| word.count_ones()).sum()
    }

    /// Returns the places that are in both.
    #[inline]
    pub fn and(&self, other: &Bits) -> Bits {
        Bits { words: std::array::from_fn(|at| self.words[at] & other.words[at]) }
    }

    /// Returns the places that are in either.
    #[inline]
    pub fn or(&self, other: &Bits) -> Bits {
        Bits { words: std::array::from_fn(|at| self.words[at] | other.words[at]) }
    }

    /// Returns the places that are not in `other`.
    #[inline]
    pub fn without(&self, other: &Bits) -> Bits {
        Bits { words: std::array::from_fn(|at| self.words[at] & !other.words[at]) }
    }

    /// Returns the first place from `at` on.
    pub fn next(&self, at: usize) -> Option<usize> {
        let mut word = at / 64;
        let mut left = self.words.get(word)? & (u64::MAX << (at % 64));
        while left == 0 {
            word += 1;
            left = *self.words.get(word)?;
        }
        Some(word * 64 + left.trailing_zeros() as usize)
    }

    /// Returns the places in order.
    #[inline]
    pub fn iter(&self) -> impl Iterator<Item = usize> + use<> {
        let mut words = self.words.into_iter().enumerate();
        let (mut before, mut left) = (0, 0_u64);
        std::iter::from_fn(move || {
            while left == 0 {
                let (at, word) = words.next()?;
                (before, left) = (at * 64, word);
            }
            let bit = left.trailing_zeros() as usize;
            left &= left - 1;
            Some(before + bit)
        })
    }
}

impl FromIterator<usize> for Bits {
    fn from_iter<I: IntoIterator<Item = usize>>(places: I) -> Bits {
        let mut bits = Bits::NONE;
        places.into_iter().for_each(|at| bits.set(at));
        bits
    }
}

/// Some documents of a segment, a bit each.
#[derive(Clone, Debug, Default)]
pub(super) struct BitSet {
    windows: Vec<Bits>,
}

impl BitSet {
    /// Returns the empty set of `documents` documents.
    pub fn new(documents: DocId) -> BitSet {
        BitSet { windows: vec![Bits::NONE; documents.div_ceil(WINDOW) as usize] }
    }

    pub fn set(&mut self, doc: DocId) {
        self.windows[(doc / WINDOW) as usize].set((doc % WINDOW) as usize);
    }

    /// Adds documents of the window that begins with `start`.
    pub fn add(&mut self, start: DocId, bits: &Bits) {
        let window = &mut self.windows[(start / WINDOW) as usize];
        *window = window.or(bits);
    }

    /// Returns the documents of the window that begins with `start`.
    pub fn window(&self, start: DocId) -> &Bits {
        self.windows.get((start / WINDOW) as usize).unwrap_or(&Bits::NONE)
    }

    /// Returns the documents of all windows, each with its first document.
    pub fn windows(&self) -> impl Iterator<Item = (DocId, &Bits)> {
        (0..).step_by(WINDOW as usize).zip(&self.windows)
    }

    pub fn count(&self) -> u32 {
        self.windows.iter().map(Bits::count).sum()
    }

    /// Returns the first document from `target` on.
    pub fn next(&self, target: DocId) -> Option<DocId> {
        let start = window_of(target);
        if let Some(at) = self.window(start).next((target - start) as usize) {
            return Some(start + at as DocId);
        }
        let behind = (start / WINDOW) as usize + 1;
        let (window, bits) = (behind..).zip(self.windows.get(behind..)?).find(|(_, bits)| !bits.is_empty())?;
        Some(window as DocId * WINDOW + bits.next(0)? as DocId)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_are_sets_of_places() {
        let (some, others): (Bits, Bits) = ([0, 63, 64, 2047].into_iter().collect(), [63, 65].into_iter().collect());
        for (bits, want) in [
            (some, &[0, 63, 64, 2047][..]),
            (some.and(&others), &[63]),
            (some.or(&others), &[0, 63, 64, 65, 2047]),
            (some.without(&others), &[0, 64, 2047]),
            (Bits::one(7), &[7]),
            (Bits::up_to(3), &[0, 1, 2]),
            (Bits::NONE, &[]),
        ] {
            assert_eq!(bits.iter().collect::<Vec<_>>(), want);
            assert_eq!(bits.count() as usize, want.len());
            assert_eq!(bits.is_empty(), want.is_empty());
        }
        for (end, want) in [(0, 0), (1, 1), (63, 63), (64, 64), (65, 65), (2047, 2047), (WINDOW, 2048), (9999, 2048)] {
            assert_eq!(Bits::up_to(end).count(), want);
        }
        for (from, want) in [(0, Some(0)), (1, Some(63)), (64, Some(64)), (65, Some(2047)), (2048, None)] {
            assert_eq!(some.next(from), want);
        }
    }

    #[test]
    fn a_set_of_documents_is_one_of_windows() {
        let mut set = BitSet::new(5000);
        [3, 2047, 4999].into_iter().for_each(|doc| set.set(doc));
        set.add(2048, &Bits::one(2));
        assert_eq!(set.count(), 4);
        for (from, want) in [(0, 3), (4, 2047), (2048, 2050), (2051, 4999)] {
            assert_eq!(set.next(from), Some(want));
        }
        assert_eq!(set.next(5000), None);
        assert_eq!(set.window(8192), &Bits::NONE);
    }
}
