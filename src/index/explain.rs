//! Why an article is found, and why where it is: the plan of a query with the figures of the index, and
//! the parts of one article's score.
//!
//! What a part scores is asked of the very scorer that a search uses, so that an explanation cannot tell
//! another story than the ranking.

use std::collections::BTreeMap;

use tantivy::postings::Postings;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, Term};

use super::collect::{Best, LOOKED_AT};
use super::evaluate::{Evaluation, for_each_wanted};
use super::failure::no_article;
use super::postings::{Lead, reach};
use super::proximity::Gains;
use super::reader::Index;
use super::scorer::score_of;
use crate::error::Result;
use crate::search::{
    Expansion, Explanation, Family, Form, FormOf, Kin, LEAD, Matching, Nearness, Occurrences, Phrase, Placed, Plan,
    Reach, Scored, SearchRequest, SnippetOptions, Sort, Sought, What, Word, expand,
};

/// The most quantities of an interval that are looked at to list those that articles have.
const MOST_QUANTITIES: usize = 2_048;

impl Index {
    /// Explains how `request` is read, and, with the `id` of an article, what its score is made of. The order,
    /// the page and the facets of the request say nothing here. If it collapses stories, an article is looked at
    /// closely where its story is among the best.
    ///
    /// # Errors
    /// `Usage` if there is no such article, `Corrupt` if the index is damaged.
    pub fn explain(&self, request: &SearchRequest, id: Option<&str>) -> Result<Explanation> {
        let request = SearchRequest {
            sort: Sort::Relevance,
            limit: 1,
            offset: 0,
            after: None,
            facets: Vec::new(),
            words: None,
            snippets: SnippetOptions { fragments: 0, chars: 0 },
            ..request.clone()
        };
        let response = self.search(&request)?;
        let any = response.relaxed || request.matching == Matching::Any;
        let matching = if any { request.matching } else { Matching::All };
        let lexicon = request.lexicon.as_ref();
        let expansion = expand(&request.query, &request.filters, matching, &self.vocabulary, lexicon, Reach::Asked);
        let address = id.map(|id| self.known_address(id)).transpose()?;
        let explained = || -> tantivy::Result<(Sought, Option<Scored>)> {
            let evaluation = self.evaluation(&expansion)?;
            let rank = address.map(|address| self.rank(&request, &expansion, address)).transpose()?.flatten();
            let explainer = Explainer { index: self, evaluation: &evaluation, address, is_best: rank.is_some() };
            let sought = explainer.sought(&expansion.plan)?;
            let scored =
                address.map(|address| self.scored(&request, &expansion, &evaluation, &sought, (address, rank)));
            Ok((sought, scored.transpose()?))
        };
        let (sought, article) = self.told(explained())?;
        Ok(Explanation {
            query: request.query.to_string(),
            any,
            total: response.total,
            sought,
            filters: expansion.filters.iter().map(|(_, plan)| written(plan)).collect(),
            notes: response.notes,
            article,
        })
    }

    fn known_address(&self, id: &str) -> Result<DocAddress> {
        self.told(self.address(id))?.ok_or_else(|| no_article(id))
    }

    /// Returns the rank of an article, from 1 on, if it is among the best.
    fn rank(
        &self,
        request: &SearchRequest,
        expansion: &Expansion,
        address: DocAddress,
    ) -> tantivy::Result<Option<usize>> {
        let best = self.collect(expansion, request, Sort::Relevance, LOOKED_AT, &[])?.best;
        let key = match request.collapse {
            true => self.columns.of(&self.searcher, address.segment_ord)?.key(address.doc_id),
            false => None,
        };
        let story = key.and_then(|key| self.stories.of(key));
        let stands_for = |best: &Best| best.address == address || story.is_some() && best.story == story;
        Ok(best.iter().position(stands_for).map(|at| at + 1))
    }

    /// Returns what the score of an article with this rank is made of.
    fn scored(
        &self,
        request: &SearchRequest,
        expansion: &Expansion,
        evaluation: &Evaluation<'_>,
        sought: &Sought,
        (address, rank): (DocAddress, Option<usize>),
    ) -> tantivy::Result<Scored> {
        let article = self.stored(address).ok();
        let (id, headline) = article.map(|article| (article.id, article.headline)).unwrap_or_default();
        let mut filtered = false;
        for (_, filter) in &expansion.filters {
            let mut scorer = evaluation.scorer(filter, address.segment_ord as usize)?;
            filtered |= score_of(&mut *scorer, address.doc_id).is_none();
        }
        let Some(words) = sought.score.filter(|_| !filtered) else {
            return Ok(Scored { id, headline, ..Scored::default() });
        };
        // Only the best are looked at for what their words are worth together, and for what they are about.
        let (nearness, Gains { nearness: near, passage, coverage }) = match rank {
            Some(_) => self.gains(expansion, evaluation, words, address)?,
            None => Default::default(),
        };
        let published = self.columns.of(&self.searcher, address.segment_ord)?.published(address.doc_id);
        let recency = request.recency.map(|recency| recency.factor(published));
        let subject = match evaluation.subject(&expansion.companies, address.segment_ord as usize)? {
            Some(mut subject) if rank.is_some() => subject.of(address.doc_id),
            _ => None,
        };
        let about = subject.as_ref().map_or(0.0, |about| about.score);
        let score = (words + near + passage + coverage + about) * recency.unwrap_or(1.0);
        Ok(Scored { id, headline, matches: true, rank, words, nearness, passage, coverage, subject, recency, score })
    }

    /// Returns what the words of an expansion, which are worth `words` one by one, add together, and which of them are
    /// near one another.
    fn gains(
        &self,
        expansion: &Expansion,
        evaluation: &Evaluation<'_>,
        words: f32,
        address: DocAddress,
    ) -> tantivy::Result<(Vec<Nearness>, Gains)> {
        let mut typed: BTreeMap<u32, &str> = BTreeMap::new();
        for_each_wanted(&expansion.plan, &mut |family| {
            typed.extend(family.place.map(|place| (place, family.typed.as_str())));
        });
        let Some(mut proximity) = evaluation.proximity(expansion, address.segment_ord as usize)? else {
            return Ok(Default::default());
        };
        let gains = proximity.gains(address.doc_id, words);
        let mut nearness = Vec::new();
        let word = |place| typed.get(&place).copied().unwrap_or_default().to_owned();
        proximity.for_each_pair(address.doc_id, &mut |[first, second], score| {
            if score > 0.0 {
                nearness.push(Nearness { first: word(first), second: word(second), score });
            }
        });
        Ok((nearness, gains))
    }
}

/// Explains the parts of a plan, in one article or in none.
struct Explainer<'a> {
    index: &'a Index,
    evaluation: &'a Evaluation<'a>,
    address: Option<DocAddress>,
    /// Whether it is among the best, in which the lead counts more.
    is_best: bool,
}

impl Explainer<'_> {
    fn sought(&self, plan: &Plan) -> tantivy::Result<Sought> {
        let sought = |what, mut parts: Vec<Sought>, score| match (&what, parts.len()) {
            (What::All | What::Any | What::Best, 1) => parts.remove(0),
            _ => Sought { what, parts, score, counts: true },
        };
        let score = self.score(plan)?;
        Ok(match plan {
            Plan::All => sought(What::Everything, Vec::new(), score),
            Plan::Nothing => sought(What::Nothing, Vec::new(), score),
            Plan::Filter(filter) => sought(What::Filter(filter.to_string()), Vec::new(), score),
            Plan::Family(family) => sought(What::Word(self.word(family)?), Vec::new(), score),
            Plan::Phrase(Phrase { slots, boost, .. }) => {
                let words = slots.iter().map(|(_, family)| self.within(family));
                sought(What::Places { boost: *boost }, words.collect::<tantivy::Result<_>>()?, score)
            }
            Plan::Placed(Placed { spans, boost, .. }) => {
                let mut words = Vec::new();
                spans.for_each_leaf(&mut |family, is_word| words.extend(is_word.then(|| self.within(family))));
                sought(What::Places { boost: *boost }, words.into_iter().collect::<tantivy::Result<_>>()?, score)
            }
            Plan::Best(parts) => {
                let mut parts = self.all(parts)?;
                let best = parts.iter().position(|part| part.score.is_some() && part.score == score);
                parts.iter_mut().enumerate().for_each(|(at, part)| part.counts = best.is_none_or(|best| best == at));
                sought(What::Best, parts, score)
            }
            Plan::Bool { required, optional, excluded } if required.is_empty() && excluded.is_empty() => {
                sought(What::Any, self.all(optional)?, score)
            }
            Plan::Bool { required, optional, excluded } => {
                let mut parts = self.all(required)?;
                let any = if required.is_empty() { What::Any } else { What::Optional };
                for (what, plans) in [(any, optional), (What::Excluded, excluded)] {
                    if !plans.is_empty() {
                        let counts = what != What::Excluded;
                        let inner = self.all(plans)?;
                        let scores: Vec<f32> = inner.iter().filter_map(|part| part.score).collect();
                        let score = (!scores.is_empty()).then(|| scores.iter().sum());
                        parts.push(Sought { what, parts: inner, score, counts });
                    }
                }
                sought(What::All, parts, score)
            }
        })
    }

    fn all(&self, plans: &[Plan]) -> tantivy::Result<Vec<Sought>> {
        plans.iter().map(|plan| self.sought(plan)).collect()
    }

    /// Returns what a part of a plan scores in the article, if it matches there.
    fn score(&self, plan: &Plan) -> tantivy::Result<Option<f32>> {
        let Some(address) = self.address else { return Ok(None) };
        let segment = address.segment_ord as usize;
        let mut scorer = match self.is_best {
            true => self.evaluation.thorough(plan, segment)?,
            false => self.evaluation.scorer(plan, segment)?,
        };
        Ok(score_of(&mut *scorer, address.doc_id))
    }

    /// Explains a word that counts in its place alone.
    fn within(&self, family: &Family) -> tantivy::Result<Sought> {
        Ok(Sought { what: What::Word(self.word(family)?), parts: Vec::new(), score: None, counts: false })
    }

    fn word(&self, family: &Family) -> tantivy::Result<Word> {
        let mut forms = Vec::new();
        let quantities =
            family.quantities.as_ref().map(|range| self.index.vocabulary.quantities(range, MOST_QUANTITIES).0);
        let quantities: Vec<Form> =
            quantities.into_iter().flatten().map(|form| Form::whole(form, Kin::Pattern)).collect();
        for form in family.forms.iter().chain(&quantities) {
            let articles = self.index.frequency(&form.text, family.field)?;
            if articles > 0 {
                let (text, weight, kin) = (form.text.clone(), form.weight, form.kin);
                forms.push(FormOf { text, weight, kin, articles, occurrences: self.occurrences(&form.text)? });
            }
        }
        forms.sort_by(|a, b| b.weight.total_cmp(&a.weight).then_with(|| b.articles.cmp(&a.articles)));
        let idf = self.evaluation.idf(family);
        let frequency = match self.address {
            Some(address) => {
                let lead = if self.is_best { Lead::More } else { Lead::Body };
                self.evaluation.frequency(family, address, lead)?
            }
            None => 0.0,
        };
        Ok(Word { typed: family.typed.clone(), boost: family.boost, idf, frequency, forms })
    }

    fn occurrences(&self, form: &str) -> tantivy::Result<Occurrences> {
        let Some(address) = self.address else { return Ok(Occurrences::default()) };
        let reader = self.index.searcher.segment_reader(address.segment_ord);
        let fields = &self.index.fields;
        let places = |field| -> tantivy::Result<Vec<u32>> {
            let term = Term::from_field_text(field, form);
            let option = IndexRecordOption::WithFreqsAndPositions;
            let mut places = Vec::new();
            if let Some(mut postings) = reader.inverted_index(field)?.read_postings(&term, option)?
                && reach(&mut postings, address.doc_id) == address.doc_id
            {
                postings.positions(&mut places);
            }
            Ok(places)
        };
        let (headline, body) = (places(fields.headline)?.len() as u32, places(fields.body)?);
        let lead = body.iter().filter(|place| **place < LEAD).count() as u32;
        Ok(Occurrences { headline, body: body.len() as u32, lead })
    }
}

/// Returns a filter as it is written in a query.
fn written(plan: &Plan) -> String {
    match plan {
        Plan::Filter(filter) => filter.to_string(),
        Plan::Bool { required, optional, excluded } => {
            let joined = |plans: &[Plan], by: &str| plans.iter().map(written).collect::<Vec<_>>().join(by);
            let not: Vec<String> = excluded.iter().map(|plan| format!("NOT {}", written(plan))).collect();
            let mut parts: Vec<String> = Vec::new();
            parts.extend((!required.is_empty()).then(|| joined(required, " AND ")));
            parts.extend((!optional.is_empty()).then(|| format!("({})", joined(optional, " OR "))));
            parts.extend(not);
            parts.join(" ")
        }
        Plan::All => "*".to_owned(),
        _ => String::new(),
    }
}
