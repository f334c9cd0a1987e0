//! The postings of a family: those of all its forms, in both fields, read as one list in the order
//! of the documents. Few forms are read side by side ([`FamilyPostings`]), and so are those whose places
//! are asked for; more are added up window by window ([`WindowedPostings`]), since looking at each of a
//! hundred lists for every document costs more than reading one after the other.

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::{DocId, DocSet, TERMINATED};

use super::bm25::Lengths;
use super::place::Place;
use crate::search::{BODY_OFFSET, LEAD};

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

/// Documents in order, with a weighted frequency for the current one.
pub(super) trait Frequencies: DocSet {
    /// Returns how often the family stands in the current document, added in the order of the forms, so
    /// that the sum is the same number whatever the segment.
    fn frequency(&mut self, lengths: &Lengths) -> Frequency;
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

    /// Reads the places of all forms in the current document into `out`, in order, with the weight of
    /// the form at each. Where two forms stand at one place the heavier one counts.
    pub fn positions(&mut self, out: &mut Vec<(u32, f32)>) {
        out.clear();
        let places = &mut self.places;
        for (member, _) in self.members.iter_mut().zip(&self.docs).filter(|(_, doc)| **doc == self.doc) {
            let offset = if member.place == Place::Headline { 0 } else { BODY_OFFSET };
            member.postings.positions_with_offset(offset, places);
            if self.lead == Lead::Only {
                places.retain(|place| *place < BODY_OFFSET + LEAD);
            }
            out.extend(places.iter().map(|place| (*place, member.weight)));
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

impl Frequencies for FamilyPostings {
    fn frequency(&mut self, lengths: &Lengths) -> Frequency {
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

/// Documents written out, in order.
pub(super) struct Listed {
    docs: Vec<DocId>,
    at: usize,
}

impl Listed {
    /// Begins at the first of `docs`, which must be in order and distinct.
    pub fn new(docs: Vec<DocId>) -> Listed {
        Listed { docs, at: 0 }
    }
}

impl DocSet for Listed {
    fn advance(&mut self) -> DocId {
        self.at = (self.at + 1).min(self.docs.len());
        self.doc()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        self.at += self.docs[self.at..].partition_point(|doc| *doc < target);
        self.doc()
    }

    fn doc(&self) -> DocId {
        self.docs.get(self.at).copied().unwrap_or(TERMINATED)
    }

    fn size_hint(&self) -> u32 {
        self.docs.len() as u32
    }
}

/// How many documents are added up at a time.
const WINDOW: DocId = 1024;
/// A bit for each document of a window.
type Bits = [u64; (WINDOW / 64) as usize];

/// The postings of a family in a segment, added up a window of documents at a time, as in Lucene's
/// `BooleanScorer`.
pub(super) struct WindowedPostings {
    members: Vec<Member>,
    lengths: Lengths,
    /// The documents outside of which nothing counts, if they are not all.
    within: Option<SegmentPostings>,
    /// The first document of the window.
    start: DocId,
    /// By document from `start` on.
    sums: Vec<Frequency>,
    /// A bit for each document of the window that has any form.
    present: Bits,
    doc: DocId,
}

impl WindowedPostings {
    /// Adds up `members`, in the documents of `within` alone if there are such.
    pub fn new(members: Vec<Member>, lengths: Lengths, within: Option<SegmentPostings>) -> WindowedPostings {
        let sums = vec![Frequency::default(); WINDOW as usize];
        let present = Bits::default();
        let mut postings = WindowedPostings { members, lengths, within, start: 0, sums, present, doc: 0 };
        postings.doc = postings.next_filled(0);
        postings
    }

    /// Adds up the first window from `target` on that has a document, and returns that document.
    fn next_filled(&mut self, mut target: DocId) -> DocId {
        loop {
            if self.fill(target) == TERMINATED {
                return TERMINATED;
            }
            self.keep_within();
            if let Some(word) = self.present.iter().position(|word| *word != 0) {
                return self.start + word as DocId * 64 + self.present[word].trailing_zeros();
            }
            target = self.start + WINDOW;
        }
    }

    /// Takes out of the window what is not within.
    fn keep_within(&mut self) {
        let Some(within) = &mut self.within else { return };
        let mut kept = Bits::default();
        let end = self.start.saturating_add(WINDOW).min(TERMINATED);
        let mut doc = if within.doc() < self.start { within.seek(self.start) } else { within.doc() };
        while doc < end {
            let at = (doc - self.start) as usize;
            kept[at / 64] |= 1 << (at % 64);
            doc = within.advance();
        }
        self.keep(kept);
    }

    /// Empties the window but for the documents of these bits.
    fn keep(&mut self, kept: Bits) {
        for (n, (word, kept)) in self.present.iter_mut().zip(kept).enumerate() {
            let mut out = *word & !kept;
            *word &= kept;
            while out != 0 {
                self.sums[n * 64 + out.trailing_zeros() as usize] = Frequency::default();
                out &= out - 1;
            }
        }
    }

    /// Adds up the window that begins with the first document from `target` on, and returns that document.
    fn fill(&mut self, target: DocId) -> DocId {
        self.keep(Bits::default());
        let first = |member: &mut Member| match member.postings.doc() {
            doc if doc < target => member.postings.seek(target),
            doc => doc,
        };
        self.start = self.members.iter_mut().map(first).min().unwrap_or(TERMINATED);
        if self.start == TERMINATED {
            return TERMINATED;
        }
        let end = self.start.saturating_add(WINDOW).min(TERMINATED);
        for member in &mut self.members {
            let mut doc = member.postings.doc();
            while doc < end {
                let at = (doc - self.start) as usize;
                self.sums[at].add(member.count(self.lengths.share(member.place, doc)), member.exact);
                self.present[at / 64] |= 1 << (at % 64);
                doc = member.postings.advance();
            }
        }
        self.start
    }

    /// Returns the first document from `target` on, which lies at or behind the start of the window.
    fn next_from(&mut self, target: DocId) -> DocId {
        let at = target - self.start;
        if at >= WINDOW {
            return self.next_filled(target);
        }
        let mut word = (at / 64) as usize;
        let mut bits = self.present[word] & (u64::MAX << (at % 64));
        while bits == 0 {
            word += 1;
            match self.present.get(word) {
                Some(next) => bits = *next,
                None => return self.next_filled(self.start + WINDOW),
            }
        }
        self.start + word as DocId * 64 + bits.trailing_zeros()
    }
}

impl Frequencies for WindowedPostings {
    fn frequency(&mut self, _: &Lengths) -> Frequency {
        let at = self.doc.wrapping_sub(self.start) as usize;
        self.sums.get(at).copied().unwrap_or_default()
    }
}

impl DocSet for WindowedPostings {
    fn advance(&mut self) -> DocId {
        if self.doc != TERMINATED {
            self.doc = self.next_from(self.doc + 1);
        }
        self.doc
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if target > self.doc {
            self.doc = self.next_from(target);
        }
        self.doc
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        self.members.iter().map(|member| member.postings.size_hint()).fold(0, u32::saturating_add)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use tantivy::fieldnorm::FieldNormReader;
    use tantivy::schema::{IndexRecordOption, STRING, Schema, TEXT};
    use tantivy::{Index, IndexWriter, TantivyDocument, Term};

    use super::*;
    use crate::index::bm25::Bm25;

    /// The postings of three words over three thousand documents, in which few have any.
    fn postings() -> (Vec<Member>, Lengths) {
        let mut builder = Schema::builder();
        let field = builder.add_text_field("text", TEXT);
        builder.add_text_field("other", STRING);
        let index = Index::create_in_ram(builder.build());
        let mut writer: IndexWriter = index.writer_with_num_threads(1, 15 << 20).unwrap();
        for doc in 0..3000 {
            let text = match doc {
                0 => "b",
                1 => "a a",
                5 => "a b b b",
                899 => "c",
                900 => "a a a a c",
                2999 => "b",
                _ => "",
            };
            let mut document = TantivyDocument::new();
            document.add_text(field, text);
            writer.add_document(document).unwrap();
        }
        writer.commit().unwrap();
        let searcher = index.reader().unwrap().searcher();
        let bodies = searcher.segment_reader(0).inverted_index(field).unwrap();
        let member = |(form, weight)| {
            let term = Term::from_field_text(field, form);
            let postings = bodies.read_postings(&term, IndexRecordOption::WithFreqs).unwrap().unwrap();
            Member { postings, weight, place: Place::Body, exact: form == "a" }
        };
        // A field of equal lengths throughout discounts nothing.
        let norms = FieldNormReader::constant(3000, 1);
        let lengths = Lengths { bm25: Arc::new(Bm25::new([1.0, 1.0])), headline: norms.clone(), body: norms };
        ([("a", 1.0), ("b", 0.5), ("c", 0.9)].map(member).into(), lengths)
    }

    fn read(mut postings: impl Frequencies, lengths: &Lengths) -> Vec<(DocId, f32, f32)> {
        let mut found = Vec::new();
        while postings.doc() != TERMINATED {
            let Frequency { all, exact } = postings.frequency(lengths);
            found.push((postings.doc(), all, exact));
            postings.advance();
        }
        found
    }

    #[test]
    fn both_ways_of_reading_give_the_same() {
        let want = [(0, 0.5, 0.0), (1, 2.0, 2.0), (5, 2.5, 1.0), (899, 0.9, 0.0), (900, 4.9, 4.0), (2999, 0.5, 0.0)];
        let (members, lengths) = postings();
        assert_eq!(read(FamilyPostings::new(members, Lead::Body), &lengths), want);
        let (members, lengths) = postings();
        assert_eq!(read(WindowedPostings::new(members, lengths.clone(), None), &lengths), want);
    }

    #[test]
    fn a_window_keeps_to_the_documents_it_is_given() {
        let within = |form: &str| {
            let (members, _) = postings();
            let at = ["a", "b", "c"].iter().position(|other| *other == form).unwrap();
            members.into_iter().nth(at).unwrap().postings
        };
        for (form, want) in [
            ("a", &[(1, 2.0, 2.0), (5, 2.5, 1.0), (900, 4.9, 4.0)][..]),
            ("b", &[(0, 0.5, 0.0), (5, 2.5, 1.0), (2999, 0.5, 0.0)]),
            ("c", &[(899, 0.9, 0.0), (900, 4.9, 4.0)]),
        ] {
            let (members, lengths) = postings();
            let kept = WindowedPostings::new(members, lengths.clone(), Some(within(form)));
            assert_eq!(read(kept, &lengths), want, "{form}");
        }
    }

    #[test]
    fn seeking_lands_on_or_after_the_target() {
        for target in [0, 1, 2, 5, 6, 899, 900, 901, 2500, 2999, TERMINATED] {
            let want = [0, 1, 5, 899, 900, 2999].into_iter().find(|doc| *doc >= target).unwrap_or(TERMINATED);
            assert_eq!(FamilyPostings::new(postings().0, Lead::Body).seek(target), want);
            let (members, lengths) = postings();
            assert_eq!(WindowedPostings::new(members, lengths, None).seek(target), want);
        }
    }
}
