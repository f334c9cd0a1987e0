//! Proximity: words that stand side by side in the query count more where they stand near one another,
//! in that order, in an article.
//!
//! Apart from the scorers, since it reads positions, which cost more than frequencies: it is asked for
//! the best documents alone. Each two neighbouring words of the query are a term of their own, and so, at
//! half the weight, are two with one between them, as in the sequential dependence model (Metzler and
//! Croft, "A Markov random field model for term dependencies", 2005); an occurrence counts the less the further apart the two stand (Rasolofo and Savoy, "Term
//! proximity scoring for keyword-based retrieval systems", 2003).

use tantivy::{DocId, DocSet};

use super::postings::{FamilyPostings, Place};
use super::scorer::{Bm25, Lengths};

/// What two words count for, beside what each counts, by how far apart they are in their order.
const APART: [(usize, f32); 2] = [(1, 0.3), (2, 0.15)];
/// How many positions further apart than in the query two words may be and still count.
const REACH: u32 = 8;
/// How far apart in the query two words may be and still be neighbours: function words stand between.
const NEIGHBOURS: u32 = 5;

/// A word of the query.
pub(super) struct Slot {
    /// Its place among the words.
    place: u32,
    /// idf · boost.
    weight: f32,
    postings: FamilyPostings,
    /// Where it stands in the current document, with the weight of the form there.
    positions: Vec<(u32, f32)>,
}

impl Slot {
    /// Returns the word at `place` in the query.
    pub fn new(place: u32, weight: f32, postings: FamilyPostings) -> Slot {
        Slot { place, weight, postings, positions: Vec::new() }
    }
}

/// The words of a query in a segment.
pub(super) struct Proximity {
    /// In the order of the query.
    slots: Vec<Slot>,
    lengths: Lengths,
}

impl Proximity {
    /// Returns what scores the nearness of these words, which are in the order of the query.
    pub fn new(slots: Vec<Slot>, lengths: Lengths) -> Proximity {
        Proximity { slots, lengths }
    }

    /// Returns what the nearness of the words adds to the score of a document, 0 or more. Documents must
    /// be asked for in order.
    pub fn score(&mut self, doc: DocId) -> f32 {
        let mut sum = 0.0;
        self.for_each_pair(doc, &mut |_, score| sum += score);
        sum
    }

    /// Calls `each` with the places in the query of two neighbouring words, and what their nearness adds to the
    /// score of a document. Documents must be asked for in order.
    pub fn for_each_pair(&mut self, doc: DocId, each: &mut dyn FnMut([u32; 2], f32)) {
        for Slot { postings, positions, .. } in &mut self.slots {
            positions.clear();
            if postings.seek(doc) == doc {
                postings.positions(positions);
            }
        }
        for (apart, weight) in APART {
            for (first, second) in self.slots.iter().zip(self.slots.iter().skip(apart)) {
                each([first.place, second.place], weight * self.pair(first, second, doc));
            }
        }
    }

    fn pair(&self, first: &Slot, second: &Slot, doc: DocId) -> f32 {
        let distance = second.place - first.place;
        if distance > NEIGHBOURS {
            return 0.0;
        }
        let share = |position| self.lengths.share(Place::of(position), doc);
        let frequency = together(&first.positions, &second.positions, distance, &share);
        first.weight.min(second.weight) * Bm25::saturation(frequency)
    }
}

/// Returns how often `second` comes after `first`: each of its occurrences counts once, by the nearest
/// one of `first` before it, in full if that is `distance` before.
fn together(first: &[(u32, f32)], second: &[(u32, f32)], distance: u32, share: &impl Fn(u32) -> f32) -> f32 {
    let mut sum = 0.0;
    let mut at = 0;
    for (position, weight) in second {
        while first.get(at).is_some_and(|(other, _)| other < position) {
            at += 1;
        }
        let Some((before, other)) = at.checked_sub(1).and_then(|at| first.get(at)) else { continue };
        let apart = (position - before).abs_diff(distance);
        if apart <= REACH {
            sum += share(*position) * weight.min(*other) / (1 + apart) as f32;
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_a_row_count_in_full_and_others_by_their_distance() {
        let places = |places: &[u32]| places.iter().map(|place| (*place, 1.0)).collect::<Vec<_>>();
        for (first, second, distance, want) in [
            (&[0][..], &[1][..], 1, 1.0),
            (&[0], &[2], 1, 0.5),
            (&[0], &[2], 2, 1.0),
            // Against the order, or too far, they are strangers.
            (&[1], &[0], 1, 0.0),
            (&[0], &[10], 1, 0.0),
            (&[0, 50], &[1, 51, 53], 1, 2.0 + 1.0 / 3.0),
            (&[], &[1], 1, 0.0),
        ] {
            let got = together(&places(first), &places(second), distance, &|_| 1.0);
            assert!((got - want).abs() < 1e-6, "{first:?} {second:?} {distance}: {got}");
        }
        assert_eq!(together(&[(0, 1.0)], &[(1, 0.5)], 1, &|_| 1.0), 0.5);
    }
}
