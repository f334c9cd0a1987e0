//! The postings of a family with their places: those of all its forms, in both fields, read side by side as one list
//! in the order of the documents. What only counts is added up by windows (`family`).

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::{DocId, DocSet, TERMINATED};

use super::bm25::Lengths;
use super::place::Place;
use crate::search::{BODY_OFFSET, LEAD};

/// Moves a list to `target` or after it, unless it is there already.
pub(super) fn reach(list: &mut impl DocSet, target: DocId) -> DocId {
    if list.doc() < target { list.seek(target) } else { list.doc() }
}

/// Returns the first document from `target` on at which so many lists stand; `reach` moves one of them to a document or
/// after it, and returns where it stands.
pub(super) fn meet(lists: usize, mut target: DocId, mut reach: impl FnMut(usize, DocId) -> DocId) -> DocId {
    if lists == 0 {
        return TERMINATED;
    }
    'document: while target != TERMINATED {
        for list in 0..lists {
            let doc = reach(list, target);
            if doc > target {
                target = doc;
                continue 'document;
            }
        }
        break;
    }
    target
}

/// What the lead is to a family.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lead {
    /// A part of the body.
    Body,
    /// A part that counts more, for which places must be read.
    More,
    /// The only part in which it is looked for.
    Only,
}

/// Returns what occurrences in the body at these places, in order, count once more: all at the beginning, and the
/// less the further from it, until the lead ends.
fn in_lead(places: &[u32]) -> f32 {
    places.iter().take_while(|place| **place < LEAD).map(|place| 1.0 - *place as f32 / LEAD as f32).sum()
}

/// The postings of one form in one field.
pub(super) struct Member {
    pub postings: SegmentPostings,
    /// What an occurrence counts.
    pub weight: f32,
    pub place: Place,
    /// Whether the form is the one typed.
    pub exact: bool,
}

impl Member {
    /// Returns what the form counts in the current document, if `share` is left of an occurrence.
    fn count(&self, share: f32) -> f32 {
        self.weight * self.postings.term_freq() as f32 * share
    }
}

/// How often a family stands in a document: Σ weight · frequency over its forms, discounted by the
/// lengths of the fields.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Frequency {
    /// Over all forms.
    pub all: f32,
    /// Over the form typed alone.
    pub exact: f32,
}

impl Frequency {
    fn add(&mut self, count: f32, exact: bool) {
        self.all += count;
        if exact {
            self.exact += count;
        }
    }
}

/// The postings of a family in a segment, read side by side.
pub(super) struct FamilyPostings {
    members: Vec<Member>,
    /// The document at which each member stands: beside one another, since all are looked at for every
    /// document, and a member itself only when it is there.
    docs: Vec<DocId>,
    doc: DocId,
    lead: Lead,
    places: Vec<u32>,
}

impl FamilyPostings {
    pub fn new(members: Vec<Member>, lead: Lead) -> FamilyPostings {
        let docs: Vec<DocId> = members.iter().map(|member| member.postings.doc()).collect();
        let doc = docs.iter().copied().min().unwrap_or(TERMINATED);
        FamilyPostings { members, docs, doc, lead, places: Vec::new() }
    }

    /// Returns how often the family stands in the current document, added in the order of the forms, so that the sum
    /// is the same number whatever the segment.
    pub fn frequency(&mut self, lengths: &Lengths) -> Frequency {
        let doc = self.doc;
        let mut sum = Frequency::default();
        for (member, _) in self.members.iter_mut().zip(&self.docs).filter(|(_, at)| **at == doc) {
            let share = lengths.share(member.place, doc);
            let mut count = member.count(share);
            if self.lead == Lead::More && member.place == Place::Body {
                member.postings.positions(&mut self.places);
                count += member.weight * in_lead(&self.places) * share;
            }
            sum.add(count, member.exact);
        }
        sum
    }

    /// Reads the places of all forms in the current document into `out`, in order, with the weight of
    /// the form at each. Where two forms stand at one place the heavier one counts.
    pub fn positions(&mut self, out: &mut Vec<(u32, f32)>) {
        out.clear();
        let places = &mut self.places;
        let mut members = 0;
        for (member, _) in self.members.iter_mut().zip(&self.docs).filter(|(_, doc)| **doc == self.doc) {
            let offset = if member.place == Place::Headline { 0 } else { BODY_OFFSET };
            member.postings.positions_with_offset(offset, places);
            if self.lead == Lead::Only {
                places.retain(|place| *place < BODY_OFFSET + LEAD);
            }
            out.extend(places.iter().map(|place| (*place, member.weight)));
            members += 1;
        }
        if members == 1 {
            return;
        }
        out.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
        out.dedup_by_key(|(place, _)| *place);
    }

    /// Moves every member that stands before `target` to it or after it.
    fn reach(&mut self, target: DocId) -> DocId {
        let mut next = TERMINATED;
        for (at, doc) in self.docs.iter_mut().enumerate() {
            if *doc < target {
                let postings = &mut self.members[at].postings;
                // The next document is mostly the one wanted, and is had without a search.
                *doc = if *doc + 1 == target { postings.advance() } else { postings.seek(target) };
            }
            next = next.min(*doc);
        }
        self.doc = next;
        next
    }
}

impl DocSet for FamilyPostings {
    fn advance(&mut self) -> DocId {
        if self.doc == TERMINATED { TERMINATED } else { self.reach(self.doc + 1) }
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if target <= self.doc { self.doc } else { self.reach(target) }
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        self.members.iter().map(|member| member.postings.size_hint()).fold(0, u32::saturating_add)
    }
}
