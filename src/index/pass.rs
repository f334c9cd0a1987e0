//! One pass through the documents of a segment that match: counts them, keeps the best, and marks those that facets are
//! counted over.
//!
//! Filters that a facet is counted without ("drill-sideways") are not part of what must match: a
//! document that fails just one of them is no hit, but is marked for that filter's own facet.

use std::cmp::Ordering;

use tantivy::{DocAddress, DocId, Searcher, SegmentReader, TERMINATED};

use super::collapse::{BestOfStory, Collapse};
use super::columns::{Columns, SegmentColumns};
use super::evaluate::Evaluation;
use super::facets::Marks;
use super::scorer::{All, Scorer};
use super::stories::Stories;
use super::window::{Bits, Scores, WINDOW, window_of};
use crate::search::{Expansion, Plan, Recency, Sort};

/// How much less than the true score of a document a bound of it may be, since both are rounded: f32 has seven digits.
const SLACK: f32 = 1e-4;

/// Which documents are marked for facets.
pub(super) struct Marking {
    /// The filters that are tested apart, by their place in the expansion.
    pub beside: Vec<usize>,
}

/// How the best are chosen.
pub(super) struct Choice<'a> {
    /// By what.
    pub sort: Sort,
    /// How much newer ones are preferred.
    pub recency: Option<Recency>,
    /// How many.
    pub limit: usize,
    /// The stories of the index.
    pub stories: &'a Stories,
    /// The columns that break ties.
    pub columns: &'a Columns,
    /// Whether of each story the best alone is kept.
    pub collapse: bool,
    /// The date from which on documents are kept, as [`Rank::date`] has it: those before it were on a page before.
    pub from: Option<i64>,
}

impl Choice<'_> {
    /// Returns whether documents are scored: if some are chosen, and by that.
    pub fn is_scored(&self) -> bool {
        self.sort == Sort::Relevance && self.limit > 0
    }
}

/// What a pass goes by.
#[derive(Clone, Copy)]
pub(super) struct Pass<'a> {
    pub searcher: &'a Searcher,
    pub evaluation: &'a Evaluation<'a>,
    pub expansion: &'a Expansion,
    pub choice: &'a Choice<'a>,
    pub marking: Option<&'a Marking>,
    /// How many of the best documents of a segment are kept.
    pub most: usize,
}

/// What a pass through a segment gives.
pub(super) struct Gathered {
    /// How many documents match.
    pub total: u64,
    /// The best ones, in no order; they are as many as were asked for, and may be more.
    pub best: Vec<Rank>,
    /// What facets are counted over, if any is asked for.
    pub marks: Option<Marks>,
    /// The score of the last of the best so far, over all segments (the threshold of MaxScore): a document with less
    /// is not among the best. Copies are left out, since of each story one may be kept.
    pub least: f32,
}

impl Pass<'_> {
    /// Goes through one segment, and counts its stories in `collapse`. Documents that score less than `least` are not
    /// among the best.
    pub fn through(&self, segment: u32, least: f32, collapse: &mut Collapse) -> tantivy::Result<Gathered> {
        let Pass { searcher, choice, marking, .. } = *self;
        let scored = choice.is_scored();
        let beside = marking.map_or(&[][..], |marking| &marking.beside);
        let reader = searcher.segment_reader(segment);
        let mut scorers = Scorers::new(self.evaluation, self.expansion, segment as usize, beside)?;
        let columns = choice.columns.of(searcher, segment)?;
        let mut scores = Box::new([0.0; WINDOW as usize]);
        let mut top = Top::new(self.most, least);
        let mut stories = BestOfStory::new();
        let mut marks = marking.map(|_| Marks::new(reader.max_doc(), beside.len()));
        let (mut total, mut target) = (0, 0);
        while let doc = scorers.words.next(target)
            && doc != TERMINATED
        {
            let start = window_of(doc);
            target = start + WINDOW;
            let found = scorers.find(start, reader, marks.as_mut());
            if found.is_empty() {
                continue;
            }
            total += u64::from(found.count());
            let copies = columns.copies(start, &found, choice.stories);
            let address = |at: u16| DocAddress::new(segment, start + DocId::from(at));
            collapse.count(
                u64::from(found.count()) - copies.len() as u64,
                copies.iter().map(|(at, story)| (*story, address(*at))),
            );
            if choice.limit == 0 {
                continue;
            }
            let candidates = if scored { scorers.score(&found, top.least, &mut scores) } else { found };
            for at in candidates.iter() {
                let doc = start + at as DocId;
                let recency = choice.recency.filter(|_| scored);
                let score = scores[at] * recency.map_or(1.0, |recency| recency.factor(columns.published(doc)));
                if score < top.least {
                    continue;
                }
                let story = copies.binary_search_by_key(&at, |(copy, _)| usize::from(*copy)).ok();
                let rank = Rank::new(doc, score, choice.sort, story.map(|story| copies[story].1), columns);
                if choice.from.is_some_and(|from| rank.date > from) {
                    continue;
                }
                match rank.story.filter(|_| choice.collapse) {
                    Some(story) => stories.offer(story, rank),
                    None => top.push(rank),
                }
            }
        }
        // Before the stories: each may come in another segment, too.
        let least = top.least;
        stories.into_ranks().for_each(|rank| top.push(rank));
        Ok(Gathered { total, best: top.ranks, marks, least })
    }
}

/// The scorers of one segment.
struct Scorers {
    words: Box<dyn Scorer>,
    /// The filters that are tested apart.
    sideways: Vec<Box<dyn Scorer>>,
}

impl Scorers {
    fn new(
        evaluation: &Evaluation<'_>,
        expansion: &Expansion,
        segment: usize,
        beside: &[usize],
    ) -> tantivy::Result<Scorers> {
        let mut required = Vec::new();
        for (n, (_, filter)) in expansion.filters.iter().enumerate() {
            if !beside.contains(&n) {
                required.push(evaluation.scorer(filter, segment)?);
            }
        }
        let sideways = beside.iter().map(|n| evaluation.scorer(&expansion.filters[*n].1, segment));
        let sideways = sideways.collect::<tantivy::Result<_>>()?;
        let base = evaluation.scorer(&expansion.plan, segment)?;
        if required.is_empty() {
            return Ok(Scorers { words: base, sideways });
        }
        if expansion.plan != Plan::All {
            required.insert(0, base);
        }
        Ok(Scorers { words: Box::new(All::new(required, Vec::new(), Vec::new())), sideways })
    }

    /// Scores those of the documents found last that may score `least` or more, and returns which they are.
    fn score(&mut self, found: &Bits, least: f32, scores: &mut Scores) -> Bits {
        // Sums in another order may be a little less.
        let competitive = if least > 0.0 { self.words.competitive(found, least * (1.0 - SLACK)) } else { *found };
        competitive.iter().for_each(|at| scores[at] = 0.0);
        self.words.score(&competitive, scores);
        competitive
    }

    /// Returns the living documents of a window that match, and marks what is counted.
    fn find(&mut self, start: DocId, reader: &SegmentReader, marks: Option<&mut Marks>) -> Bits {
        let mut found = self.words.find(start, &Bits::up_to(reader.max_doc() - start));
        if let Some(alive) = reader.alive_bitset() {
            let dead = found.iter().filter(|at| alive.is_deleted(start + *at as DocId)).collect();
            found = found.without(&dead);
        }
        if found.is_empty() {
            return found;
        }
        let failing: Vec<Bits> =
            self.sideways.iter_mut().map(|filter| found.without(&filter.find(start, &found))).collect();
        // Those that fail no filter so far, and those that fail one.
        let (mut none, mut one) = (found, Bits::NONE);
        for failing in &failing {
            one = one.without(failing).or(&none.and(failing));
            none = none.without(failing);
        }
        if let Some(marks) = marks {
            marks.hits(start, &none);
            failing.iter().enumerate().for_each(|(filter, failing)| marks.beside(filter, start, &failing.and(&one)));
        }
        none
    }
}

/// Returns a date as a number that is greater the better it is for an order.
pub(super) fn date_of(published: Option<i64>, sort: Sort) -> i64 {
    match sort {
        Sort::Oldest => published.map_or(i64::MIN, |at| -at),
        Sort::Relevance | Sort::Newest => published.unwrap_or(i64::MIN),
    }
}

/// A document's place in the order.
#[derive(Clone, Copy)]
pub(super) struct Rank {
    pub doc: DocId,
    pub score: f32,
    /// The date as a number that is greater the better it is for the order asked for.
    pub date: i64,
    /// The number of its id in the segment: numbers are in the order of the ids.
    pub id: u64,
    /// Its story, if it has copies.
    pub story: Option<u32>,
}

impl Rank {
    /// Returns the rank of a document with this score.
    fn new(doc: DocId, score: f32, sort: Sort, story: Option<u32>, columns: &SegmentColumns) -> Rank {
        let date = date_of(columns.published(doc), sort);
        Rank { doc, score, date, id: columns.id_number(doc), story }
    }

    /// Compares two ranks, better first, but for their ids.
    pub fn score_and_date(&self, other: &Rank) -> Ordering {
        other.score.total_cmp(&self.score).then(other.date.cmp(&self.date))
    }
}

impl Ord for Rank {
    fn cmp(&self, other: &Rank) -> Ordering {
        self.score_and_date(other).then(self.id.cmp(&other.id))
    }
}

impl PartialOrd for Rank {
    fn partial_cmp(&self, other: &Rank) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Rank {
    fn eq(&self, other: &Rank) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Rank {}

/// The best documents of a segment.
struct Top {
    limit: usize,
    /// All that may be among them.
    ranks: Vec<Rank>,
    /// A score below which no document is.
    least: f32,
}

impl Top {
    /// Begins with nothing, where so many of other segments score `least` or more.
    fn new(limit: usize, least: f32) -> Top {
        Top { limit, ranks: Vec::new(), least }
    }

    fn push(&mut self, rank: Rank) {
        self.ranks.push(rank);
        if self.ranks.len() >= self.limit.saturating_mul(2) {
            let (_, worst, _) = self.ranks.select_nth_unstable(self.limit - 1);
            self.least = self.least.max(worst.score);
            self.ranks.truncate(self.limit);
        }
    }
}
