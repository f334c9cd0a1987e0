//! The quantities of an interval, beside an operator of proximity. They may have many hundred thousand forms, too many
//! lists to read side by side: the lists are read one after the other, in the documents alone that have the other words,
//! and the places found there are sorted.

use std::sync::Arc;

use tantivy::index::InvertedIndexReader;
use tantivy::postings::{Postings, TermInfo};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, TERMINATED};

use super::place::Place;
use super::window::BitSet;
use crate::analysis::{QUANTITY, QuantityRange};
use crate::search::BODY_OFFSET;

/// Documents with a place each, in order.
pub(super) type Occurrences = Vec<(DocId, u32)>;

/// Calls `each` with every term of a field that is a quantity of `range`, as long as it returns true. They stand side
/// by side in its dictionary.
pub(super) fn for_each_quantity(
    index: &InvertedIndexReader,
    range: &QuantityRange,
    each: &mut dyn FnMut(&TermInfo) -> tantivy::Result<bool>,
) -> tantivy::Result<()> {
    let mut terms = index.terms().range().ge(QUANTITY).into_stream()?;
    while terms.advance() && terms.key().starts_with(QUANTITY.as_bytes()) {
        let is_in = std::str::from_utf8(terms.key()).is_ok_and(|form| range.contains(form));
        if is_in && !each(terms.value())? {
            break;
        }
    }
    Ok(())
}

/// Adds the places of the quantities of `range` in one field of the documents of `wanted`.
pub(super) fn gather(
    index: &InvertedIndexReader,
    place: Place,
    range: &QuantityRange,
    wanted: &BitSet,
    out: &mut Occurrences,
) -> tantivy::Result<()> {
    let offset = if place == Place::Headline { 0 } else { BODY_OFFSET };
    let mut places = Vec::new();
    for_each_quantity(index, range, &mut |info| {
        let mut list = index.read_postings_from_terminfo(info, IndexRecordOption::WithFreqsAndPositions)?;
        while let Some(doc) = wanted.next(list.doc()).filter(|_| list.doc() != TERMINATED) {
            if doc > list.doc() {
                list.seek(doc);
                continue;
            }
            list.positions_with_offset(offset, &mut places);
            out.extend(places.iter().map(|place| (doc, *place)));
            list.advance();
        }
        Ok(true)
    })
}

/// Places in documents, in order, read from the front on.
pub(super) struct Gathered {
    places: Arc<Occurrences>,
    at: usize,
}

impl Gathered {
    pub fn new(places: Arc<Occurrences>) -> Gathered {
        Gathered { places, at: 0 }
    }

    /// Moves to the first document from `target` on.
    pub fn reach(&mut self, target: DocId) -> DocId {
        self.at += self.places[self.at..].partition_point(|(doc, _)| *doc < target);
        self.places.get(self.at).map_or(TERMINATED, |(doc, _)| *doc)
    }

    /// Appends the places in the current document, with what each counts.
    pub fn positions(&self, out: &mut Vec<(u32, f32)>) {
        let Some((doc, _)) = self.places.get(self.at) else { return };
        let here = self.places[self.at..].iter().take_while(|(other, _)| other == doc);
        out.extend(here.map(|(_, place)| (*place, Place::of(*place).weight())));
    }

    /// Returns at most how many documents there are.
    pub fn size_hint(&self) -> u32 {
        u32::try_from(self.places.len()).unwrap_or(u32::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_read_document_by_document() {
        let body = |place| BODY_OFFSET + place;
        let places = vec![(2, 1), (2, body(4)), (5, body(0)), (9, body(3)), (9, body(7))];
        let mut gathered = Gathered::new(Arc::new(places));
        let mut read = |target| {
            let mut out = Vec::new();
            let doc = gathered.reach(target);
            gathered.positions(&mut out);
            (doc, out.into_iter().map(|(place, _)| place).collect::<Vec<_>>())
        };
        assert_eq!(read(0), (2, vec![1, body(4)]));
        assert_eq!(read(2), (2, vec![1, body(4)]));
        assert_eq!(read(3), (5, vec![body(0)]));
        assert_eq!(read(6), (9, vec![body(3), body(7)]));
        assert_eq!(read(10), (TERMINATED, Vec::new()));
    }
}
