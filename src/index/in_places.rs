//! What is read with its places, document by document: finds the documents that have the words, and looks there whether
//! they stand as they must.

use tantivy::DocId;

use super::bm25::{Bm25, Lengths};
use super::place::Place;
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
