//! Scores a family as one term: its frequency is the sum of weight · frequency over all its forms, in both fields,
//! each discounted by the length of the field.

use tantivy::postings::BlockSegmentPostings;
use tantivy::{DocId, DocSet, TERMINATED};

use super::bm25::{Bm25, Lengths};
use super::in_places::Places;
use super::place::Place;
use super::postings::{FamilyPostings, Frequency, reach};
use super::scorer::Scorer;
use super::window::{Bits, Scores, WINDOW};

/// What the form typed counts once more by itself, so that an article that has it goes before one that
/// has only its kin.
pub(super) const EXACT: f32 = 0.3;

/// How many postings are read in the time that finding one document among them takes.
const SEEK: u32 = 8;

/// What the frequencies of a family are worth.
#[derive(Clone, Copy)]
pub(super) struct Worth {
    /// idf · boost.
    pub all: f32,
    /// The same of the form typed alone, times [`EXACT`].
    pub exact: f32,
}

impl Worth {
    fn score(self, Frequency { all, exact }: Frequency) -> f32 {
        let whole = self.all * Bm25::saturation(all);
        if exact == 0.0 { whole } else { whole + self.exact * Bm25::saturation(exact) }
    }

    /// Returns a score that no frequency exceeds.
    fn most(self) -> f32 {
        (self.all + self.exact) * Bm25::MOST
    }

    /// Returns the least frequency with which a document may score `least`, the formula of BM25 solved for the
    /// frequency; all of it is taken for the form typed, which scores the most. None if nothing scores as much.
    fn frequency(self, least: f32) -> Option<f32> {
        if least > 0.0 { Bm25::frequency(least / (self.all + self.exact)) } else { Some(0.0) }
    }
}

/// The postings of one form in one field, read by blocks.
pub(super) struct List {
    pub blocks: BlockSegmentPostings,
    /// What an occurrence counts.
    pub weight: f32,
    pub place: Place,
    /// Whether the form is the one typed.
    pub exact: bool,
}

/// Where the reading of a list stands.
struct Cursor {
    /// The document, or `TERMINATED`.
    doc: DocId,
    /// Its place in the block.
    at: usize,
}

/// Adds up the forms of a family, one list after the other.
pub(super) struct FamilyScorer {
    lists: Vec<List>,
    /// Where each list stands: beside one another, since all are looked at in every window, and a list itself only
    /// where it has documents.
    cursors: Vec<Cursor>,
    /// A document before which no list stands.
    least: DocId,
    worth: Worth,
    lengths: Lengths,
    /// How many documents the segment has.
    documents: DocId,
    /// The frequencies in the last window, over all forms, and over the form typed if there are others.
    all: Box<Scores>,
    exact: Option<Box<Scores>>,
    /// The documents of the last window that have any form.
    present: Bits,
}

impl FamilyScorer {
    /// Returns the scorer of a family with these lists, in a segment of `documents` documents.
    pub fn new(lists: Vec<List>, worth: Worth, lengths: Lengths, documents: DocId) -> FamilyScorer {
        let cursors = lists.iter().map(|list| Cursor { doc: list.blocks.doc(0), at: 0 }).collect();
        let exact = lists.iter().filter(|list| list.exact).count();
        let frequencies = || Box::new([0.0; WINDOW as usize]);
        FamilyScorer {
            exact: (exact > 0 && exact < lists.len()).then(frequencies),
            worth: if exact > 0 { worth } else { Worth { exact: 0.0, ..worth } },
            lists,
            cursors,
            least: 0,
            lengths,
            documents,
            all: frequencies(),
            present: Bits::NONE,
        }
    }

    /// Adds what a list has in the window that begins with `start`.
    fn add(&mut self, list: usize, start: DocId, wanted: &Bits, count: u32) {
        let FamilyScorer { lists, cursors, lengths, all, exact, present, documents, .. } = self;
        let (List { blocks, weight, place, exact: is_exact }, Cursor { doc, at }) =
            (&mut lists[list], &mut cursors[list]);
        let mut exact = exact.as_mut().filter(|_| *is_exact);
        let lengths = lengths.of(*place);
        let mut add = |doc: DocId, frequency: u32| {
            let at = ((doc - start) % WINDOW) as usize;
            let count = *weight * frequency as f32 * lengths.share(doc);
            all[at] += count;
            if let Some(exact) = &mut exact {
                exact[at] += count;
            }
            present.set(at);
        };
        let here = u64::from(blocks.doc_freq()) * u64::from(WINDOW) / u64::from((*documents).max(1));
        if u64::from(count * SEEK) < here {
            for wanted in wanted.iter() {
                let target = start + wanted as DocId;
                if *doc < target {
                    *at = blocks.seek(target);
                    *doc = blocks.doc(*at);
                }
                if *doc == target {
                    add(target, blocks.freq(*at));
                }
            }
            return;
        }
        let end = start + WINDOW;
        loop {
            let docs = &blocks.docs()[*at..];
            let inside = match docs.last() {
                Some(last) if *last < end => docs.len(),
                _ => docs.partition_point(|doc| *doc < end),
            };
            let freqs = &blocks.freqs()[*at..*at + inside];
            docs[..inside].iter().zip(freqs).for_each(|(doc, frequency)| add(*doc, *frequency));
            *at += inside;
            let docs = blocks.docs();
            if *at < docs.len() || docs.is_empty() {
                *doc = docs.get(*at).copied().unwrap_or(TERMINATED);
                return;
            }
            blocks.advance();
            *at = 0;
        }
    }
}

impl Scorer for FamilyScorer {
    fn size_hint(&self) -> u32 {
        self.lists.iter().map(|list| list.blocks.doc_freq()).fold(0, u32::saturating_add)
    }

    fn next(&mut self, target: DocId) -> DocId {
        if self.least >= target {
            return self.least;
        }
        let mut next = TERMINATED;
        for (list, cursor) in self.lists.iter_mut().zip(&mut self.cursors) {
            if cursor.doc < target {
                cursor.at = list.blocks.seek(target);
                cursor.doc = list.blocks.doc(cursor.at);
            }
            next = next.min(cursor.doc);
        }
        self.least = next;
        next
    }

    fn find(&mut self, start: DocId, wanted: &Bits) -> Bits {
        for at in self.present.iter() {
            self.all[at] = 0.0;
            if let Some(exact) = &mut self.exact {
                exact[at] = 0.0;
            }
        }
        self.present = Bits::NONE;
        if self.next(start) >= start + WINDOW {
            return Bits::NONE;
        }
        let count = wanted.count();
        for list in 0..self.lists.len() {
            if self.cursors[list].doc < start + WINDOW {
                self.add(list, start, wanted, count);
            }
        }
        self.least = self.cursors.iter().map(|cursor| cursor.doc).min().unwrap_or(TERMINATED);
        self.present.and(wanted)
    }

    fn score(&mut self, found: &Bits, scores: &mut Scores) {
        for at in found.iter() {
            let all = self.all[at];
            let exact = self.exact.as_ref().map_or(all, |exact| exact[at]);
            scores[at] += self.worth.score(Frequency { all, exact });
        }
    }

    fn most(&self) -> f32 {
        self.worth.most()
    }

    fn competitive(&self, found: &Bits, least: f32) -> Bits {
        match self.worth.frequency(least) {
            Some(frequency) => found.iter().filter(|at| self.all[*at] >= frequency).collect(),
            None => Bits::NONE,
        }
    }
}

/// The forms of a family with their places, to which the lead counts more: for few documents.
pub(super) struct Thorough {
    pub postings: FamilyPostings,
    pub worth: Worth,
    pub lengths: Lengths,
}

impl Places for Thorough {
    fn size_hint(&self) -> u32 {
        self.postings.size_hint()
    }

    fn next(&mut self, target: DocId) -> DocId {
        reach(&mut self.postings, target)
    }

    fn score(&mut self, _: DocId) -> Option<f32> {
        Some(self.worth.score(self.postings.frequency(&self.lengths)))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use tantivy::fieldnorm::FieldNormReader;
    use tantivy::schema::{IndexRecordOption, STRING, Schema, TEXT};
    use tantivy::{Index, IndexWriter, Searcher, TantivyDocument, Term};

    use super::*;
    use crate::index::in_places::InPlaces;
    use crate::index::postings::{Lead, Member};
    use crate::index::scorer::tests::read_among;

    const DOCUMENTS: DocId = 5000;
    /// Three words, what they count, and whether they are the one typed.
    const FORMS: [(&str, f32, bool); 3] = [("a", 1.0, true), ("b", 0.5, false), ("c", 0.9, false)];
    /// Saturation kept out of the way: with these, a score tells both sums.
    const WORTH: Worth = Worth { all: 1.0, exact: 1000.0 };

    /// Documents in which few have any of the words, and words in many blocks of postings.
    fn searcher() -> Searcher {
        let mut builder = Schema::builder();
        let field = builder.add_text_field("text", TEXT);
        builder.add_text_field("other", STRING);
        let index = Index::create_in_ram(builder.build());
        let mut writer: IndexWriter = index.writer_with_num_threads(1, 15 << 20).unwrap();
        for doc in 0..DOCUMENTS {
            let text = match doc {
                0 => "b",
                1 => "a a",
                5 => "a b b b",
                899 => "c",
                900 => "a a a a c",
                2999 => "b",
                4096.. => "a c c",
                _ => "",
            };
            let mut document = TantivyDocument::new();
            document.add_text(field, text);
            writer.add_document(document).unwrap();
        }
        writer.commit().unwrap();
        index.reader().unwrap().searcher()
    }

    /// A field of equal lengths throughout discounts nothing.
    fn lengths() -> Lengths {
        let norms = FieldNormReader::constant(DOCUMENTS, 1);
        Lengths { bm25: Arc::new(Bm25::new([1.0, 1.0])), headline: norms.clone(), body: norms }
    }

    fn added_up(searcher: &Searcher) -> FamilyScorer {
        let field = searcher.schema().get_field("text").unwrap();
        let index = searcher.segment_reader(0).inverted_index(field).unwrap();
        let list = |(form, weight, exact)| {
            let info = index.get_term_info(&Term::from_field_text(field, form)).unwrap().unwrap();
            let blocks = index.read_block_postings_from_terminfo(&info, IndexRecordOption::WithFreqs).unwrap();
            List { blocks, weight, place: Place::Body, exact }
        };
        FamilyScorer::new(FORMS.map(list).into(), WORTH, lengths(), DOCUMENTS)
    }

    fn side_by_side(searcher: &Searcher) -> InPlaces<Thorough> {
        let field = searcher.schema().get_field("text").unwrap();
        let index = searcher.segment_reader(0).inverted_index(field).unwrap();
        let member = |(form, weight, exact)| {
            let term = Term::from_field_text(field, form);
            let postings = index.read_postings(&term, IndexRecordOption::WithFreqs).unwrap().unwrap();
            Member { postings, weight, place: Place::Body, exact }
        };
        let postings = FamilyPostings::new(FORMS.map(member).into(), Lead::Body);
        InPlaces::new(Thorough { postings, worth: WORTH, lengths: lengths() })
    }

    #[test]
    fn a_family_is_one_term_and_its_typed_form_counts_once_more() {
        let score = |all, exact| WORTH.score(Frequency { all, exact });
        let few = [
            (0, score(0.5, 0.0)),
            (1, score(2.0, 2.0)),
            (5, score(2.5, 1.0)),
            (899, score(0.9, 0.0)),
            (900, score(4.9, 4.0)),
            (2999, score(0.5, 0.0)),
        ];
        let many = (4096..DOCUMENTS).map(|doc| (doc, score(2.8, 1.0)));
        let want: Vec<(DocId, f32)> = few.into_iter().chain(many).collect();
        let searcher = searcher();
        assert_eq!(read_among(added_up(&searcher), &|_| true), want);
        assert_eq!(read_among(side_by_side(&searcher), &|_| true), want);
    }

    #[test]
    fn only_what_is_wanted_is_found_be_it_much_or_little() {
        let searcher = searcher();
        let all = read_among(side_by_side(&searcher), &|_| true);
        for (name, wanted) in [
            ("few", &(|doc: DocId| [5, 6, 900, 4100, 4999].contains(&doc)) as &dyn Fn(DocId) -> bool),
            ("one of each window", &|doc| doc % WINDOW == 900),
            ("every other", &|doc| doc % 2 == 1),
            ("none", &|_| false),
        ] {
            let want: Vec<(DocId, f32)> = all.iter().copied().filter(|(doc, _)| wanted(*doc)).collect();
            assert_eq!(read_among(added_up(&searcher), wanted), want, "{name}");
            assert_eq!(read_among(side_by_side(&searcher), wanted), want, "{name}");
        }
    }

    #[test]
    fn a_frequency_that_is_too_little_is_not_competitive() {
        let searcher = searcher();
        let few: Bits = [0, 1, 5, 899, 900].into_iter().collect();
        for least in [-1.0, 0.0, 500.0, 1000.0, 1400.0, 1700.0, 5000.0] {
            let mut family = added_up(&searcher);
            let found = family.find(0, &few);
            let competitive = family.competitive(&found, least);
            let mut scores = [0.0; WINDOW as usize];
            family.score(&found, &mut scores);
            assert!(found.iter().all(|at| scores[at] <= family.most()));
            let enough: Bits = found.iter().filter(|at| scores[*at] >= least).collect();
            assert!(enough.without(&competitive).is_empty(), "{least}");
            assert_eq!(competitive.is_empty(), least > family.most(), "{least}");
        }
        let nothing = Worth { all: 0.0, exact: 0.0 };
        assert_eq!([-1.0, 0.0, 0.1].map(|least| nothing.frequency(least)), [Some(0.0), Some(0.0), None]);
    }

    #[test]
    fn a_window_may_be_passed_over() {
        let searcher = searcher();
        for mut scorer in [Box::new(added_up(&searcher)) as Box<dyn Scorer>, Box::new(side_by_side(&searcher))] {
            assert_eq!(scorer.next(3000), 4096);
            assert_eq!(scorer.find(4096, &Bits::one(7)), Bits::one(7));
            assert_eq!(scorer.next(DOCUMENTS), TERMINATED);
        }
    }
}
