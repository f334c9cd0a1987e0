//! How much occurrences of a term count: BM25F, its constants, and the lengths of the fields of a document.

use std::sync::Arc;

use tantivy::DocId;
use tantivy::fieldnorm::FieldNormReader;

use super::place::Place;

/// How soon more occurrences stop counting: 1.2 is Robertson's.
const K1: f32 = 1.2;
/// How much a long field discounts its occurrences, from 0 to 1. Headlines are nearly of one length, and
/// long articles of a newspaper are not padded.
const HEADLINE_B: f32 = 0.4;
const BODY_B: f32 = 0.5;

/// BM25F with its constants (Robertson, Zaragoza and Taylor, "Simple BM25 extension to multiple weighted
/// fields", 2004): an occurrence counts by the length of the field it stands in; the fields are summed,
/// and the sum is saturated once. `docs/relevance.md` has what the constants were chosen on.
pub(super) struct Bm25 {
    /// 1 / (1 − b + b · length / average length), by the byte that stands for a length.
    headline: [f32; 256],
    body: [f32; 256],
}

impl Bm25 {
    /// Returns the constants for headlines and bodies of these average lengths in tokens.
    pub fn new([headline, body]: [f32; 2]) -> Bm25 {
        let shares = |b: f32, average: f32| {
            std::array::from_fn(|id| {
                let length = FieldNormReader::id_to_fieldnorm(id as u8) as f32;
                1.0 / (1.0 - b + b * length / average.max(1.0))
            })
        };
        Bm25 { headline: shares(HEADLINE_B, headline), body: shares(BODY_B, body) }
    }

    /// Returns what a term is worth that `matching` of `all` documents have.
    pub fn idf(matching: u64, all: u64) -> f32 {
        let (matching, all) = (matching.min(all) as f64, all as f64);
        (1.0 + (all - matching + 0.5) / (matching + 0.5)).ln() as f32
    }

    /// Returns what a frequency counts that was discounted by length.
    #[inline]
    pub fn saturation(frequency: f32) -> f32 {
        frequency * (K1 + 1.0) / (frequency + K1)
    }

    /// What no frequency counts more than.
    pub const MOST: f32 = K1 + 1.0;

    /// Returns the frequency that counts so much ([`Bm25::saturation`]); `None` if none does.
    pub fn frequency(saturation: f32) -> Option<f32> {
        (saturation < Bm25::MOST).then(|| K1 * saturation.max(0.0) / (Bm25::MOST - saturation))
    }
}

/// The lengths of the fields of a segment's documents.
pub(super) struct Lengths {
    pub bm25: Arc<Bm25>,
    pub headline: FieldNormReader,
    pub body: FieldNormReader,
}

impl Lengths {
    /// Returns the lengths of one field.
    #[inline]
    pub fn of(&self, place: Place) -> FieldLengths<'_> {
        match place {
            Place::Headline => FieldLengths { shares: &self.bm25.headline, norms: &self.headline },
            Place::Body => FieldLengths { shares: &self.bm25.body, norms: &self.body },
        }
    }

    /// Returns what is left of one occurrence in a document, given the length of its field.
    #[inline]
    pub fn share(&self, place: Place, doc: DocId) -> f32 {
        self.of(place).share(doc)
    }
}

/// The lengths of one field.
#[derive(Clone, Copy)]
pub(super) struct FieldLengths<'a> {
    shares: &'a [f32; 256],
    norms: &'a FieldNormReader,
}

impl FieldLengths<'_> {
    /// Returns what is left of one occurrence in a document.
    #[inline]
    pub fn share(self, doc: DocId) -> f32 {
        self.shares[self.norms.fieldnorm_id(doc) as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frequency_is_found_again_by_what_it_counts() {
        for frequency in [0.0, 0.1, 1.0, 7.5, 300.0] {
            let again = Bm25::frequency(Bm25::saturation(frequency)).unwrap();
            assert!((again - frequency).abs() <= frequency * 1e-3, "{frequency} {again}");
        }
        assert_eq!(Bm25::frequency(Bm25::MOST), None);
        assert_eq!(Bm25::frequency(f32::INFINITY), None);
    }
}
