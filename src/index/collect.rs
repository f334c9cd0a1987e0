//! Goes through the documents that match: counts them, keeps the best, and marks those that facets are
//! counted over, in one pass.
//!
//! Filters that a facet is counted without ("drill-sideways") are not part of what must match: a
//! document that fails just one of them is no hit, but is marked for that filter's own facet.

use std::cmp::Ordering;

use rustc_hash::FxHashSet;
use tantivy::{DocAddress, DocId, Searcher, SegmentReader, TERMINATED};

use super::collapse::{BestOfStory, Collapse};
use super::columns::{Columns, SegmentColumns};
use super::evaluate::Evaluation;
use super::facets::Marks;
use super::scorer::{All, Scorer};
use super::stories::Stories;
use super::window::{Bits, Scores, WINDOW, window_of};
use crate::search::{Expansion, Plan, Recency, Sort};

/// How many of the best documents are looked at for the nearness of the words. Fixed, so that a document
/// has one place whatever the page.
pub(super) const LOOKED_AT: usize = 100;

/// How much less than the true score of a document a bound of it may be, since both are rounded: f32 has seven digits.
const SLACK: f32 = 1e-4;

/// What a pass over the index gives.
pub(super) struct Collected {
    /// How many documents match.
    pub total: u64,
    /// How many stories they tell.
    pub stories: u64,
    /// The matching documents of stories that have several articles.
    pub members: Vec<(u32, DocAddress)>,
    /// The best ones with their scores, in order.
    pub best: Vec<Best>,
    /// What facets are counted over, by segment; nothing if none is asked for.
    pub marks: Vec<Marks>,
}

/// Which documents are marked for facets.
pub(super) struct Marking {
    /// The filters that are tested apart, by their place in the expansion.
    pub beside: Vec<usize>,
}

/// One of the best documents.
#[derive(Clone, Copy)]
pub(super) struct Best {
    pub address: DocAddress,
    pub score: f32,
    /// Its story, if it has copies.
    pub story: Option<u32>,
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
    /// The date from which on documents are kept, as [`Place::date`] has it: those before it were on a page before.
    pub from: Option<i64>,
}

/// Evaluates `expansion` and keeps the best documents of `choice`.
pub(super) fn collect(
    searcher: &Searcher,
    evaluation: &Evaluation<'_>,
    expansion: &Expansion,
    choice: &Choice<'_>,
    marking: Option<&Marking>,
) -> tantivy::Result<Collected> {
    let Choice { sort, limit, .. } = *choice;
    let mut collapse = Collapse::default();
    let mut total = 0;
    let scored = sort == Sort::Relevance && limit > 0;
    let looked_at = if scored { LOOKED_AT } else { 0 };
    let mut scores = Box::new([0.0; WINDOW as usize]);
    let mut candidates: Vec<Candidate> = Vec::new();
    let mut marked = Vec::new();
    let beside = marking.map_or(&[][..], |marking| &marking.beside);
    let mut least = 0.0;
    for segment in 0..searcher.segment_readers().len() {
        let reader = searcher.segment_reader(segment as u32);
        let mut pass = Pass::new(evaluation, expansion, segment, beside)?;
        let columns = choice.columns.of(searcher, segment as u32)?;
        let mut top = Top::new(limit.max(looked_at), least);
        let mut stories = BestOfStory::new();
        let mut marks = marking.map(|_| Marks::new(reader.max_doc(), beside.len()));
        let mut target = 0;
        while let doc = pass.scorer.next(target)
            && doc != TERMINATED
        {
            let start = window_of(doc);
            target = start + WINDOW;
            let found = pass.find(start, reader, marks.as_mut());
            if found.is_empty() {
                continue;
            }
            total += u64::from(found.count());
            let copies = columns.copies(start, &found, choice.stories);
            let address = |at: u16| DocAddress::new(segment as u32, start + DocId::from(at));
            collapse.count(
                u64::from(found.count()) - copies.len() as u64,
                copies.iter().map(|(at, story)| (*story, address(*at))),
            );
            if limit == 0 {
                continue;
            }
            let candidates = if scored { pass.score(&found, top.least, &mut scores) } else { found };
            for at in candidates.iter() {
                let doc = start + at as DocId;
                let recency = choice.recency.filter(|_| scored);
                let score = scores[at] * recency.map_or(1.0, |recency| recency.factor(columns.published(doc)));
                if score < top.least {
                    continue;
                }
                let story = copies.binary_search_by_key(&at, |(copy, _)| usize::from(*copy)).ok();
                let place = Place::new(doc, score, sort, story.map(|story| copies[story].1), columns);
                if choice.from.is_some_and(|from| place.date > from) {
                    continue;
                }
                match place.story.filter(|_| choice.collapse) {
                    Some(story) => stories.offer(story, place),
                    None => top.push(place),
                }
            }
        }
        marked.extend(marks);
        // Before the stories: each may have come in another segment.
        least = top.least;
        stories.into_places().for_each(|place| top.push(place));
        for candidate in top.places {
            let address = DocAddress::new(segment as u32, candidate.doc);
            candidates.push(Candidate { place: candidate, address });
        }
    }
    let mut told = FxHashSet::default();
    let is_new = |candidate: &Candidate| {
        candidate.place.story.filter(|_| choice.collapse).is_none_or(|story| told.insert(story))
    };
    let ids = |address| choice.columns.id(searcher, address);
    let mut candidates = in_order(candidates, limit.max(looked_at), is_new, &ids)?;
    if scored {
        let best = candidates.len().min(looked_at);
        rerank(evaluation, expansion, choice.recency, &mut candidates[..best])?;
        candidates = in_order(candidates, limit, |_| true, &ids)?;
    }
    let best = |Candidate { place, address, .. }| Best { address, score: place.score, story: place.story };
    let (stories, members) = collapse.finish();
    let best = candidates.into_iter().map(best).collect();
    Ok(Collected { total, stories, members, best, marks: marked })
}

/// Returns the first `most` of `candidates` that are to be kept, in order, ties by their ids. Within a segment the
/// numbers of the ids are in their order; the ids themselves, which must be unpacked, are only asked for where score
/// and date are the same in several segments, and only as far as is needed.
fn in_order(
    mut candidates: Vec<Candidate>,
    most: usize,
    mut keep: impl FnMut(&Candidate) -> bool,
    ids: &dyn Fn(DocAddress) -> tantivy::Result<String>,
) -> tantivy::Result<Vec<Candidate>> {
    let segment = |candidate: &Candidate| candidate.address.segment_ord;
    candidates.sort_unstable_by(|a, b| {
        a.place.score_and_date(&b.place).then(segment(a).cmp(&segment(b))).then(a.place.id.cmp(&b.place.id))
    });
    let mut ordered = Vec::new();
    for tied in candidates.chunk_by(|a, b| a.place.score_and_date(&b.place).is_eq()) {
        let several = tied.first().map(segment) != tied.last().map(segment);
        let name = |candidate: &Candidate| if several { ids(candidate.address) } else { Ok(String::new()) };
        // What is left of each segment, with the id of its first.
        let lists = tied.chunk_by(|a, b| segment(a) == segment(b)).map(|list| Ok((name(&list[0])?, list)));
        let mut lists = lists.collect::<tantivy::Result<Vec<_>>>()?;
        while let Some(next) = (0..lists.len()).min_by(|a, b| lists[*a].0.cmp(&lists[*b].0)) {
            if ordered.len() >= most {
                return Ok(ordered);
            }
            let (id, list) = &mut lists[next];
            if keep(&list[0]) {
                ordered.push(list[0]);
            }
            *list = &list[1..];
            match list.first() {
                Some(first) => *id = name(first)?,
                None => drop(lists.swap_remove(next)),
            }
        }
    }
    Ok(ordered)
}

/// Adds to the best candidates what words in the lead and the nearness of the query's words are worth in each, and that
/// it is about a company of the query. They were ahead of all others before and only gain, so the order of the whole
/// stays sound, and pages of any size agree.
fn rerank(
    evaluation: &Evaluation<'_>,
    expansion: &Expansion,
    recency: Option<Recency>,
    best: &mut [Candidate],
) -> tantivy::Result<()> {
    best.sort_unstable_by_key(|candidate| candidate.address);
    let mut scores = Box::new([0.0; WINDOW as usize]);
    for segment in best.chunk_by_mut(|a, b| a.address.segment_ord == b.address.segment_ord) {
        let Some(ord) = segment.first().map(|candidate| candidate.address.segment_ord) else { continue };
        let mut proximity = evaluation.proximity(&expansion.plan, ord as usize)?;
        let mut subject = evaluation.subject(&expansion.companies, ord as usize)?;
        let mut words = evaluation.rescoring(&expansion.plan, ord as usize)?;
        for near in segment.chunk_by_mut(|a, b| window_of(a.address.doc_id) == window_of(b.address.doc_id)) {
            let start = window_of(near[0].address.doc_id);
            let place = |candidate: &Candidate| (candidate.address.doc_id - start) as usize;
            let found = words.find(start, &near.iter().map(place).collect());
            near.iter().for_each(|candidate| scores[place(candidate)] = 0.0);
            words.score(&found, &mut scores);
            for candidate in near {
                let doc = candidate.address.doc_id;
                let score = scores[(doc - start) as usize];
                let gains = proximity.as_mut().map(|proximity| proximity.gains(doc, score)).unwrap_or_default();
                let about = subject.as_mut().and_then(|subject| subject.of(doc)).map_or(0.0, |about| about.score);
                let published = Some(candidate.place.date).filter(|date| *date > i64::MIN);
                let factor = recency.map_or(1.0, |recency| recency.factor(published));
                candidate.place.score = factor * (score + gains.nearness + gains.passage + gains.coverage + about);
            }
        }
    }
    Ok(())
}

/// A document that may be among the best of all segments.
#[derive(Clone, Copy)]
struct Candidate {
    place: Place,
    address: DocAddress,
}

/// The scorers of one segment.
struct Pass {
    scorer: Box<dyn Scorer>,
    /// The filters that are tested apart.
    sideways: Vec<Box<dyn Scorer>>,
}

impl Pass {
    fn new(
        evaluation: &Evaluation<'_>,
        expansion: &Expansion,
        segment: usize,
        beside: &[usize],
    ) -> tantivy::Result<Pass> {
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
            return Ok(Pass { scorer: base, sideways });
        }
        if expansion.plan != Plan::All {
            required.insert(0, base);
        }
        Ok(Pass { scorer: Box::new(All::new(required, Vec::new(), Vec::new())), sideways })
    }

    /// Scores those of the documents found last that may score `least` or more, and returns which they are.
    fn score(&mut self, found: &Bits, least: f32, scores: &mut Scores) -> Bits {
        // Sums in another order may be a little less.
        let competitive = if least > 0.0 { self.scorer.competitive(found, least * (1.0 - SLACK)) } else { *found };
        competitive.iter().for_each(|at| scores[at] = 0.0);
        self.scorer.score(&competitive, scores);
        competitive
    }

    /// Returns the living documents of a window that match, and marks what is counted.
    fn find(&mut self, start: DocId, reader: &SegmentReader, marks: Option<&mut Marks>) -> Bits {
        let mut found = self.scorer.find(start, &Bits::up_to(reader.max_doc() - start));
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
struct Place {
    doc: DocId,
    score: f32,
    /// The date as a number that is greater the better it is for the order asked for.
    date: i64,
    /// The number of its id in the segment: numbers are in the order of the ids.
    id: u64,
    /// Its story, if it has copies.
    story: Option<u32>,
}

impl Place {
    /// Returns the place of a document with this score.
    fn new(doc: DocId, score: f32, sort: Sort, story: Option<u32>, columns: &SegmentColumns) -> Place {
        let date = date_of(columns.published(doc), sort);
        Place { doc, score, date, id: columns.id_number(doc), story }
    }

    /// Compares two places, better first, but for their ids.
    fn score_and_date(&self, other: &Place) -> Ordering {
        other.score.total_cmp(&self.score).then(other.date.cmp(&self.date))
    }
}

impl Ord for Place {
    fn cmp(&self, other: &Place) -> Ordering {
        self.score_and_date(other).then(self.id.cmp(&other.id))
    }
}

impl PartialOrd for Place {
    fn partial_cmp(&self, other: &Place) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Place {
    fn eq(&self, other: &Place) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Place {}

/// The best documents of a segment.
struct Top {
    limit: usize,
    /// All that may be among them.
    places: Vec<Place>,
    /// A score below which no document is.
    least: f32,
}

impl Top {
    /// Begins with nothing, where so many of other segments score `least` or more.
    fn new(limit: usize, least: f32) -> Top {
        Top { limit, places: Vec::new(), least }
    }

    fn push(&mut self, place: Place) {
        self.places.push(place);
        if self.places.len() >= self.limit.saturating_mul(2) {
            let (_, worst, _) = self.places.select_nth_unstable(self.limit - 1);
            self.least = self.least.max(worst.score);
            self.places.truncate(self.limit);
        }
    }
}
