//! The best documents of an index: those of each segment (`pass`) put in one order, and the first of them looked at more
//! closely.

use rustc_hash::FxHashSet;
use tantivy::{DocAddress, Searcher};

use super::collapse::Collapse;
use super::evaluate::Evaluation;
use super::facets::Marks;
use super::pass::{Choice, Marking, Pass, Rank};
use super::window::{WINDOW, window_of};
use crate::search::{Expansion, Recency};

/// How many of the best documents are looked at for the nearness of the words. Fixed, so that a document
/// has one place whatever the page.
pub(super) const LOOKED_AT: usize = 100;

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

/// One of the best documents.
#[derive(Clone, Copy)]
pub(super) struct Best {
    pub address: DocAddress,
    pub score: f32,
    /// Its story, if it has copies.
    pub story: Option<u32>,
}

/// Evaluates `expansion` and keeps the best documents of `choice`.
pub(super) fn collect(
    searcher: &Searcher,
    evaluation: &Evaluation<'_>,
    expansion: &Expansion,
    choice: &Choice<'_>,
    marking: Option<&Marking>,
) -> tantivy::Result<Collected> {
    let limit = choice.limit;
    let looked_at = if choice.is_scored() { LOOKED_AT } else { 0 };
    let pass = Pass { searcher, evaluation, expansion, choice, marking, most: limit.max(looked_at) };
    let mut collapse = Collapse::default();
    let mut total = 0;
    let mut candidates: Vec<Candidate> = Vec::new();
    let mut marked = Vec::new();
    let mut least = 0.0;
    for segment in 0..searcher.segment_readers().len() as u32 {
        let gathered = pass.through(segment, least, &mut collapse)?;
        least = gathered.least;
        total += gathered.total;
        marked.extend(gathered.marks);
        let candidate = |rank: Rank| Candidate { rank, address: DocAddress::new(segment, rank.doc) };
        candidates.extend(gathered.best.into_iter().map(candidate));
    }
    let mut told = FxHashSet::default();
    let is_new =
        |candidate: &Candidate| candidate.rank.story.filter(|_| choice.collapse).is_none_or(|story| told.insert(story));
    let ids = |address| choice.columns.id(searcher, address);
    let mut candidates = in_order(candidates, limit.max(looked_at), is_new, &ids)?;
    if choice.is_scored() {
        let best = candidates.len().min(looked_at);
        rerank(evaluation, expansion, choice.recency, &mut candidates[..best])?;
        candidates = in_order(candidates, limit, |_| true, &ids)?;
    }
    let best = |Candidate { rank, address }| Best { address, score: rank.score, story: rank.story };
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
        a.rank.score_and_date(&b.rank).then(segment(a).cmp(&segment(b))).then(a.rank.id.cmp(&b.rank.id))
    });
    let mut ordered = Vec::new();
    for tied in candidates.chunk_by(|a, b| a.rank.score_and_date(&b.rank).is_eq()) {
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
        let mut proximity = evaluation.proximity(expansion, ord as usize)?;
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
                let published = Some(candidate.rank.date).filter(|date| *date > i64::MIN);
                let factor = recency.map_or(1.0, |recency| recency.factor(published));
                candidate.rank.score = factor * (score + gains.nearness + gains.passage + gains.coverage + about);
            }
        }
    }
    Ok(())
}

/// A document that may be among the best of all segments.
#[derive(Clone, Copy)]
struct Candidate {
    rank: Rank,
    address: DocAddress,
}
