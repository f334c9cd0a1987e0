//! The postings of a family: those of all its forms, in both fields, read as one list in the order
//! of the documents.

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::{DocId, DocSet, TERMINATED};

/// How much an occurrence in the headline counts, against one in the body.
pub(super) const HEADLINE_WEIGHT: f32 = 2.0;
/// Positions of the body begin here, so that those of headline and body stand in one list and no
/// phrase runs from one into the other.
const BODY_OFFSET: u32 = 1 << 28;

/// The postings of one form in one field.
pub(super) struct Member {
    pub postings: SegmentPostings,
    /// What an occurrence counts.
    pub weight: f32,
    pub headline: bool,
}

/// The postings of a family in a segment.
pub(super) struct FamilyPostings {
    members: Vec<Member>,
    doc: DocId,
}

impl FamilyPostings {
    pub fn new(members: Vec<Member>) -> FamilyPostings {
        let doc = members.iter().map(|member| member.postings.doc()).min().unwrap_or(TERMINATED);
        FamilyPostings { members, doc }
    }

    /// Returns Σ weight · frequency over the forms in the current document. The members always stand in
    /// the same order, so the sum is the same whatever the segment.
    pub fn frequency(&mut self) -> f32 {
        let doc = self.doc;
        let present = self.members.iter().filter(|member| member.postings.doc() == doc);
        present.map(|member| member.weight * member.postings.term_freq() as f32).sum()
    }

    /// Reads the places of all forms in the current document into `out`, in order, with the weight of
    /// the form at each. Where two forms stand at one place the heavier one counts.
    pub fn positions(&mut self, out: &mut Vec<(u32, f32)>) {
        out.clear();
        let mut places = Vec::new();
        for member in &mut self.members {
            if member.postings.doc() == self.doc {
                let offset = if member.headline { 0 } else { BODY_OFFSET };
                member.postings.positions_with_offset(offset, &mut places);
                out.extend(places.iter().map(|place| (*place, member.weight)));
            }
        }
        out.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
        out.dedup_by_key(|(place, _)| *place);
    }

    fn earliest(&self) -> DocId {
        self.members.iter().map(|member| member.postings.doc()).min().unwrap_or(TERMINATED)
    }
}

impl DocSet for FamilyPostings {
    fn advance(&mut self) -> DocId {
        if let [only] = self.members.as_mut_slice() {
            self.doc = only.postings.advance();
            return self.doc;
        }
        let doc = self.doc;
        if doc == TERMINATED {
            return doc;
        }
        let mut next = TERMINATED;
        for member in &mut self.members {
            let mut at = member.postings.doc();
            if at == doc {
                at = member.postings.advance();
            }
            next = next.min(at);
        }
        self.doc = next;
        next
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if target <= self.doc {
            return self.doc;
        }
        for member in &mut self.members {
            if member.postings.doc() < target {
                member.postings.seek(target);
            }
        }
        self.doc = self.earliest();
        self.doc
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        self.members.iter().map(|member| member.postings.size_hint()).fold(0, u32::saturating_add)
    }
}
