//! What the words of a query are worth together: words that stand side by side in it count more where they
//! stand near one another, in that order, in an article; and so do words that stand in one passage, and those
//! of a long query the more of them an article has.
//!
//! Separate from the scorers, since it reads positions, which cost more than frequencies: it is asked for
//! the best documents alone. Each two neighbouring words of the query are a term of their own, and so, at
//! less weight, are two with one between them, as in the sequential dependence model (Metzler and Croft,
//! "A Markov random field model for term dependencies", 2005); an occurrence counts the less the further
//! apart the two stand (Rasolofo and Savoy, "Term proximity scoring for keyword-based retrieval systems",
//! 2003).

use tantivy::{DocId, DocSet};

use super::bm25::{Bm25, Lengths};
use super::place::Place;
use super::postings::FamilyPostings;

/// What two words count for, beside what each counts, by how far apart they are in their order.
const APART: [(usize, f32); 2] = [(1, 0.3), (2, 0.225)];
/// What the words that stand in one passage count for once more, and how many positions long a passage is.
const PASSAGE: f32 = 0.1;
const PASSAGE_LENGTH: u32 = 50;
/// What an article gains that has all the words of a long query, as a share of its score, and from how many
/// words on a query is long: a short one is answered by the words it has.
const COVERAGE: f32 = 0.3;
const LONG_QUERY: usize = 6;
/// The same of a short one where no article has all the words: two of them are nearer to what was asked than one of
/// them often.
const RELAXED_COVERAGE: f32 = 1.0;
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

/// What the words of a query add together to the score of a document.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Gains {
    /// For neighbours that stand near one another.
    pub nearness: f32,
    /// For words that stand in one passage.
    pub passage: f32,
    /// For how many of the words there are.
    pub coverage: f32,
}

/// The words of a query in a segment.
pub(super) struct Proximity {
    /// In the order of the query.
    slots: Vec<Slot>,
    lengths: Lengths,
    /// Whether any of the words will do, because no article has them all.
    relaxed: bool,
}

impl Proximity {
    /// Returns what scores the nearness of these words, which are in the order of the query.
    pub fn new(slots: Vec<Slot>, lengths: Lengths, relaxed: bool) -> Proximity {
        Proximity { slots, lengths, relaxed }
    }

    /// Returns what the words add together to the score of a document, which is `words` for each by itself.
    /// Documents must be asked for in order.
    pub fn gains(&mut self, doc: DocId, words: f32) -> Gains {
        let mut nearness = 0.0;
        self.for_each_pair(doc, &mut |_, score| nearness += score);
        Gains { nearness, passage: PASSAGE * self.passage(), coverage: words * self.coverage() }
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

    fn passage(&self) -> f32 {
        let words: Vec<(f32, &[(u32, f32)])> =
            self.slots.iter().map(|slot| (slot.weight, slot.positions.as_slice())).collect();
        best_passage(&words)
    }

    /// Returns what the share of the words that the current document has adds to each by itself.
    fn coverage(&self) -> f32 {
        let present = || self.slots.iter().filter(|slot| !slot.positions.is_empty());
        if self.slots.len() >= LONG_QUERY {
            return COVERAGE * present().count() as f32 / self.slots.len() as f32;
        }
        let all: f32 = self.slots.iter().map(|slot| slot.weight).sum();
        let share = present().map(|slot| slot.weight).sum::<f32>() / all;
        if self.relaxed && all > 0.0 { RELAXED_COVERAGE * share } else { 0.0 }
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

/// Returns what words are worth that stand in the best passage; 0 if no two do. Of each word are given what it is
/// worth and its places with the weights of the forms there.
fn best_passage(words: &[(f32, &[(u32, f32)])]) -> f32 {
    let mut places = Vec::new();
    for (word, (_, positions)) in words.iter().enumerate() {
        // What stands in a headline counts no more here.
        places.extend(positions.iter().map(|(place, weight)| (*place, word, weight.min(1.0))));
    }
    places.sort_unstable_by_key(|(place, ..)| *place);
    // Where each word stood last, with the weight of its form.
    let mut last: Vec<Option<(u32, f32)>> = vec![None; words.len()];
    let mut best = 0.0_f32;
    for (place, word, weight) in places {
        last[word] = Some((place, weight));
        let within = |(before, _): &(u32, f32)| before + PASSAGE_LENGTH >= place;
        let here = words.iter().zip(&last).filter_map(|((worth, _), last)| Some(worth * last.filter(within)?.1));
        let (count, sum) = here.fold((0, 0.0), |(count, sum), worth| (count + 1, sum + worth));
        if count > 1 {
            best = best.max(sum);
        }
    }
    best
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

    #[test]
    fn the_best_passage_has_the_most_of_the_words() {
        for (words, want) in [
            (&[][..], 0.0),
            // One word alone is no passage, however often it stands there.
            (&[(5.0, &[(0, 1.0), (1, 1.0)][..])], 0.0),
            (&[(5.0, &[(0, 1.0)][..]), (2.0, &[(50, 1.0)])], 7.0),
            (&[(5.0, &[(0, 1.0)][..]), (2.0, &[(51, 1.0)])], 0.0),
            (&[(5.0, &[(0, 0.6)][..]), (2.0, &[(9, 2.0)]), (1.0, &[(70, 1.0)])], 5.0),
            (&[(5.0, &[(0, 1.0), (100, 1.0)][..]), (2.0, &[(40, 1.0)]), (1.0, &[(90, 1.0)])], 7.0),
        ] {
            assert!((best_passage(words) - want).abs() < 1e-6, "{words:?}");
        }
    }
}
