//! A phrase: families at fixed distances. It scores how often it stands in a document, as the frequency of one term.

use tantivy::{DocId, DocSet};

use super::in_places::{Occurring, Places};
use super::postings::{FamilyPostings, meet, reach};

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
