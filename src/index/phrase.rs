//! What is read with its places, document by document: finds the documents that have the words, and looks there where
//! they stand. A phrase scores how often it stands there, as the frequency of one term.

use tantivy::{DocId, DocSet};

use super::bm25::{Bm25, Lengths};
use super::place::Place;
use super::postings::{FamilyPostings, meet, reach};
use super::scorer::Scorer;
use super::window::{Bits, Scores, WINDOW};

/// Words that are read with their places.
pub(super) trait Places {
    /// Returns about how many documents match.
    fn size_hint(&self) -> u32;

    /// Returns the first document from `target` on that has the words.
    fn next(&mut self, target: DocId) -> DocId;

    /// Returns what a document that has them scores; `None` if they do not stand in it as they must.
    fn score(&mut self, doc: DocId) -> Option<f32>;
}

/// Scores words in their places.
pub(super) struct InPlaces<P> {
    places: P,
    /// Of the documents found in the last window, by their places in it.
    scores: Vec<(usize, f32)>,
}

impl<P: Places> InPlaces<P> {
    pub fn new(places: P) -> InPlaces<P> {
        InPlaces { places, scores: Vec::new() }
    }
}

impl<P: Places> Scorer for InPlaces<P> {
    fn size_hint(&self) -> u32 {
        self.places.size_hint()
    }

    fn next(&mut self, target: DocId) -> DocId {
        self.places.next(target)
    }

    fn find(&mut self, start: DocId, wanted: &Bits) -> Bits {
        self.scores.clear();
        let mut next = wanted.next(0);
        while let Some(at) = next {
            let doc = self.places.next(start + at as DocId);
            if doc >= start + WINDOW {
                break;
            }
            let here = (doc - start) as usize;
            if here > at {
                next = wanted.next(here);
                continue;
            }
            self.scores.extend(self.places.score(doc).map(|score| (at, score)));
            next = wanted.next(at + 1);
        }
        self.scores.iter().map(|(at, _)| *at).collect()
    }

    fn score(&mut self, found: &Bits, scores: &mut Scores) {
        for (at, score) in self.scores.iter().filter(|(at, _)| found.has(*at)) {
            scores[*at] += score;
        }
    }

    fn most(&self) -> f32 {
        self.scores.iter().map(|(_, score)| *score).fold(0.0, f32::max)
    }

    fn competitive(&self, found: &Bits, least: f32) -> Bits {
        self.scores.iter().filter(|(at, score)| found.has(*at) && *score >= least).map(|(at, _)| *at).collect()
    }
}

/// What the frequency of something in its places is worth.
pub(super) struct Occurring {
    /// idf · boost.
    pub weight: f32,
    pub lengths: Lengths,
}

impl Occurring {
    /// Returns what occurrences in a document score, each of a weight and at a place; `None` if there is none.
    pub fn score(&self, doc: DocId, occurrences: impl Iterator<Item = (u32, f32)>) -> Option<f32> {
        let frequency: f32 =
            occurrences.map(|(place, weight)| weight * self.lengths.share(Place::of(place), doc)).sum();
        (frequency > 0.0).then(|| self.weight * Bm25::saturation(frequency))
    }
}

/// Families at fixed distances. Where they stand so, the lightest of the forms counts.
pub(super) struct Adjacent {
    slots: Vec<FamilyPostings>,
    /// The distance of each slot from the first.
    distances: Vec<u32>,
    /// The slots, fewest documents first.
    order: Vec<usize>,
    occurring: Occurring,
    places: Vec<(u32, f32)>,
    others: Vec<(u32, f32)>,
}

impl Adjacent {
    /// Returns the phrase of `slots`, with the distance of each from the first.
    pub fn new(slots: Vec<FamilyPostings>, distances: Vec<u32>, occurring: Occurring) -> Adjacent {
        let mut order: Vec<usize> = (0..slots.len()).collect();
        order.sort_by_key(|slot| slots[*slot].size_hint());
        Adjacent { slots, distances, order, occurring, places: Vec::new(), others: Vec::new() }
    }
}

impl Places for Adjacent {
    fn size_hint(&self) -> u32 {
        self.order.first().map_or(0, |slot| self.slots[*slot].size_hint() / 4)
    }

    fn next(&mut self, target: DocId) -> DocId {
        let Adjacent { slots, order, .. } = self;
        meet(order.len(), target, |nth, target| reach(&mut slots[order[nth]], target))
    }

    fn score(&mut self, doc: DocId) -> Option<f32> {
        for (n, slot) in self.order.iter().enumerate() {
            let (distance, postings) = (self.distances[*slot], &mut self.slots[*slot]);
            if n == 0 {
                postings.positions(&mut self.places);
                self.places.retain_mut(|(place, _)| match place.checked_sub(distance) {
                    Some(start) => {
                        *place = start;
                        true
                    }
                    None => false,
                });
            } else {
                postings.positions(&mut self.others);
                let others = &self.others;
                let mut at = 0;
                self.places.retain_mut(|(start, weight)| {
                    let wanted = *start + distance;
                    while others.get(at).is_some_and(|(place, _)| *place < wanted) {
                        at += 1;
                    }
                    match others.get(at) {
                        Some((place, other)) if *place == wanted => {
                            *weight = weight.min(*other);
                            true
                        }
                        _ => false,
                    }
                });
            }
            if self.places.is_empty() {
                return None;
            }
        }
        self.occurring.score(doc, self.places.iter().copied())
    }
}
