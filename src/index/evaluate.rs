//! From a plan to scorers: looks the forms up in the term dictionaries once, learns from all
//! segments together what each family is worth, and then builds the scorers of each segment.

use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};
use std::sync::{Arc, OnceLock};

use rustc_hash::FxHashMap;
use tantivy::index::InvertedIndexReader;
use tantivy::postings::TermInfo;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, Searcher, SegmentReader, TERMINATED, TantivyError, Term};

use super::bm25::{Bm25, Lengths};
use super::family::{EXACT, FamilyScorer, List, Thorough, Worth};
use super::filter::{Sources, everything, nothing, passing};
use super::in_places::{InPlaces, Occurring};
use super::once::get_or_try;
use super::phrase::Adjacent;
use super::place::Place;
use super::placed::{PlacedWords, Word, next};
use super::postings::{FamilyPostings, Lead, Member, reach};
use super::proximity::{Proximity, Slot};
use super::quantities::{Gathered, Occurrences, for_each_quantity, gather};
use super::schema::Fields;
use super::scorer::{All, Any, BestOf, Scorer};
use super::subject::Subject;
use super::totals::totals;
use super::window::BitSet;
use crate::analysis::QuantityRange;
use crate::article::Ticker;
use crate::query::TextField;
use crate::search::{BODY_OFFSET, Expansion, Family, Form, LEAD, Phrase, Placed, Plan};

/// Up to how many lists are read with their places to tell what stands in the lead.
const WITH_PLACES: usize = 256;

/// Where a form's postings are in one segment.
struct Found {
    info: TermInfo,
    weight: f32,
    place: Place,
    exact: bool,
}

/// A family looked up in every segment.
struct Weighed {
    idf: f32,
    /// Of the form typed alone; 0 if no article has it.
    exact_idf: f32,
    /// How many lists there are, one for each form and place that any living article has.
    lists: usize,
    /// By segment.
    found: Vec<Vec<Found>>,
    /// By segment, where its quantities stand, once that is asked for.
    gathered: Vec<OnceLock<Arc<Occurrences>>>,
}

/// A plan looked up in every segment of a searcher.
pub(super) struct Evaluation<'a> {
    sources: Sources<'a>,
    /// By segment.
    indexes: Vec<Indexes>,
    bm25: Arc<Bm25>,
    families: FxHashMap<ByAddress<'a>, Weighed>,
}

/// A family, as the one that stands there in its plan: others may be equal to it.
struct ByAddress<'a>(&'a Family);

impl PartialEq for ByAddress<'_> {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.0, other.0)
    }
}

impl Eq for ByAddress<'_> {}

impl Hash for ByAddress<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        std::ptr::hash(self.0, state);
    }
}

impl<'a> Evaluation<'a> {
    /// Looks up the forms of `plans`; `average` are the lengths of headline and body ([`average_lengths`]).
    pub fn new(sources: Sources<'a>, average: [f32; 2], plans: &[&'a Plan]) -> tantivy::Result<Evaluation<'a>> {
        let Sources { searcher, fields, .. } = sources;
        let indexes = searcher.segment_readers().iter().map(|reader| indexes(reader, fields));
        let indexes: Vec<Indexes> = indexes.collect::<tantivy::Result<_>>()?;
        let mut families = FxHashMap::default();
        let mut problem = Ok(());
        for plan in plans {
            for_each_family(plan, &mut |family| match weigh(family, &sources, &indexes) {
                Ok(weighed) => drop(families.insert(ByAddress(family), weighed)),
                Err(error) => problem = Err(error),
            });
        }
        problem?;
        Ok(Evaluation { sources, indexes, bm25: Arc::new(Bm25::new(average)), families })
    }

    /// Returns the scorer of `plan` in one segment, to which the lead is a part of the body like any other.
    pub fn scorer(&self, plan: &Plan, segment: usize) -> tantivy::Result<Box<dyn Scorer>> {
        self.scorer_with(plan, segment, Lead::Body)
    }

    /// Returns the scorer of `plan` in one segment, to which the lead counts more: for the best documents alone,
    /// since it reads places.
    pub fn thorough(&self, plan: &Plan, segment: usize) -> tantivy::Result<Box<dyn Scorer>> {
        self.scorer_with(plan, segment, Lead::More)
    }

    /// The same for documents that are known to match: what is excluded, which may be expensive, is not looked for again.
    pub fn rescoring(&self, plan: &Plan, segment: usize) -> tantivy::Result<Box<dyn Scorer>> {
        match plan {
            Plan::Bool { required, optional, .. } => self.joined([required, optional, &[]], segment, Lead::More),
            _ => self.thorough(plan, segment),
        }
    }

    fn scorer_with(&self, plan: &Plan, segment: usize, lead: Lead) -> tantivy::Result<Box<dyn Scorer>> {
        Ok(match plan {
            Plan::All => everything(self.reader(segment)),
            Plan::Nothing => nothing(),
            Plan::Filter(filter) => passing(filter, segment, self.sources)?,
            Plan::Family(family) => self.family(family, segment, lead)?,
            Plan::Phrase(phrase) => self.phrase(phrase, segment)?,
            Plan::Placed(placed) => self.placed(placed, segment)?,
            Plan::Best(parts) => Box::new(BestOf::new(self.scorers(parts, segment, lead)?)),
            Plan::Bool { required, optional, excluded } => {
                self.joined([required, optional, excluded], segment, lead)?
            }
        })
    }

    /// Returns the scorer of what is required, optional and excluded.
    fn joined(&self, parts: [&[Plan]; 3], segment: usize, lead: Lead) -> tantivy::Result<Box<dyn Scorer>> {
        let [required, optional, excluded] = parts.map(|plans| self.scorers(plans, segment, lead));
        let (required, optional, excluded) = (required?, optional?, excluded?);
        if !required.is_empty() {
            return Ok(Box::new(All::new(required, optional, excluded)));
        }
        let any: Box<dyn Scorer> = Box::new(Any::new(optional));
        Ok(if excluded.is_empty() { any } else { Box::new(All::new(vec![any], Vec::new(), excluded)) })
    }

    fn scorers(&self, plans: &[Plan], segment: usize, lead: Lead) -> tantivy::Result<Vec<Box<dyn Scorer>>> {
        plans.iter().map(|plan| self.scorer_with(plan, segment, lead)).collect()
    }

    fn family(&self, family: &Family, segment: usize, lead: Lead) -> tantivy::Result<Box<dyn Scorer>> {
        let (worth, lengths) = (self.worth(family), self.lengths(segment)?);
        let found = self.found(family, segment);
        if found.is_empty() {
            return Ok(nothing());
        }
        if family.field == Some(TextField::Lead) {
            let occurring = Occurring { weight: worth.all, lengths };
            let word = Adjacent::new(vec![self.placed_postings(family, segment)?], vec![0], occurring);
            return Ok(Box::new(InPlaces::new(word)));
        }
        if lead == Lead::More && self.lists(family) <= WITH_PLACES {
            let postings = self.side_by_side(family, segment, lead)?;
            return Ok(Box::new(InPlaces::new(Thorough { postings, worth, lengths })));
        }
        // Postings are large: room for all at once spares moving them.
        let mut lists = Vec::with_capacity(found.len());
        for Found { info, weight, place, exact } in found {
            let index = &self.indexes[segment][*place as usize];
            let blocks = index.read_block_postings_from_terminfo(info, IndexRecordOption::WithFreqs)?;
            lists.push(List { blocks, weight: *weight, place: *place, exact: *exact });
        }
        Ok(Box::new(FamilyScorer::new(lists, worth, lengths, self.reader(segment).max_doc())))
    }

    fn phrase(&self, phrase: &Phrase, segment: usize) -> tantivy::Result<Box<dyn Scorer>> {
        let mut weight = 0.0;
        let (mut slots, mut distances) = (Vec::new(), Vec::new());
        for (distance, family) in &phrase.slots {
            weight += self.idf(family);
            slots.push(self.placed_postings(family, segment)?);
            distances.push(*distance);
        }
        let occurring = Occurring { weight: weight * phrase.boost, lengths: self.lengths(segment)? };
        Ok(Box::new(InPlaces::new(Adjacent::new(slots, distances, occurring))))
    }

    fn placed(&self, placed: &Placed, segment: usize) -> tantivy::Result<Box<dyn Scorer>> {
        let mut weight = 0.0;
        placed.spans.for_each_leaf(&mut |family, is_word| weight += if is_word { self.idf(family) } else { 0.0 });
        let spans = placed.spans.map(&mut |family| match &family.quantities {
            Some(range) => self.gathered(range, family, placed, segment).map(Word::Gathered),
            None => self.placed_postings(family, segment).map(Word::Listed),
        })?;
        let occurring = Occurring { weight: weight * placed.boost, lengths: self.lengths(segment)? };
        Ok(Box::new(InPlaces::new(PlacedWords { spans, times: placed.times, occurring })))
    }

    /// Returns where the quantities of a family stand, in the documents that may match `placed` otherwise.
    fn gathered(
        &self,
        range: &QuantityRange,
        family: &Family,
        placed: &Placed,
        segment: usize,
    ) -> tantivy::Result<Gathered> {
        let Some(weighed) = self.weighed(family) else {
            return Ok(Gathered::new(Arc::default()));
        };
        let places = get_or_try(&weighed.gathered[segment], || {
            let documents = self.reader(segment).max_doc();
            let mut spans = placed.spans.map(&mut |family| match family.quantities {
                Some(_) => Ok(Word::Anywhere(documents)),
                None => self.placed_postings(family, segment).map(Word::Listed),
            })?;
            let mut wanted = BitSet::new(documents);
            let mut doc = next(&mut spans, 0);
            while doc != TERMINATED {
                wanted.set(doc);
                doc = next(&mut spans, doc + 1);
            }
            let mut places = Occurrences::new();
            for place in Place::ALL.into_iter().filter(|place| place.is_in(family.field)) {
                gather(&self.indexes[segment][place as usize], place, range, &wanted, &mut places)?;
            }
            if family.field == Some(TextField::Lead) {
                places.retain(|(_, place)| *place < BODY_OFFSET + LEAD);
            }
            places.sort_unstable();
            places.dedup();
            Ok::<_, TantivyError>(Arc::new(places))
        })?;
        Ok(Gathered::new(places.clone()))
    }

    /// Returns what tells how near the words of an expansion are to one another in the documents of a segment;
    /// `None` if there are not two that stand side by side.
    pub fn proximity(&self, expansion: &Expansion, segment: usize) -> tantivy::Result<Option<Proximity>> {
        let mut places: BTreeMap<u32, Vec<&Family>> = BTreeMap::new();
        for_each_wanted(&expansion.plan, &mut |family| {
            if let Some(place) = family.place.filter(|_| !family.common) {
                places.entry(place).or_default().push(family);
            }
        });
        if places.len() < 2 {
            return Ok(None);
        }
        let mut slots = Vec::new();
        for (place, families) in places {
            let (mut members, mut weight) = (Vec::new(), 0.0_f32);
            for family in families {
                members.extend(self.members(family, segment, IndexRecordOption::WithFreqsAndPositions)?);
                weight = weight.max(self.worth(family).all);
            }
            slots.push(Slot::new(place, weight, FamilyPostings::new(members, Lead::Body)));
        }
        Ok(Some(Proximity::new(slots, self.lengths(segment)?, expansion.relaxed)))
    }

    /// Returns what tells how far the documents of a segment are about these companies; `None` if there is none.
    pub fn subject(&self, companies: &[Ticker], segment: usize) -> tantivy::Result<Option<Subject>> {
        if companies.is_empty() {
            return Ok(None);
        }
        Subject::new(self.sources, companies, segment).map(Some)
    }

    /// Returns how often a family stands in a document, as it counts there.
    pub fn frequency(&self, family: &Family, address: DocAddress, lead: Lead) -> tantivy::Result<f32> {
        let segment = address.segment_ord as usize;
        if family.quantities.is_some() {
            return self.frequency_of_quantities(family, address);
        }
        let lead = if self.lists(family) <= WITH_PLACES { lead } else { Lead::Body };
        let mut postings = self.side_by_side(family, segment, lead)?;
        let lengths = self.lengths(segment)?;
        let is_there = reach(&mut postings, address.doc_id) == address.doc_id;
        Ok(if is_there { postings.frequency(&lengths).all } else { 0.0 })
    }

    /// The same of quantities, as far as their places have been read.
    fn frequency_of_quantities(&self, family: &Family, address: DocAddress) -> tantivy::Result<f32> {
        let segment = address.segment_ord as usize;
        let weighed = self.weighed(family);
        let places = weighed.and_then(|weighed| weighed.gathered[segment].get()).cloned().unwrap_or_default();
        let (mut gathered, mut here) = (Gathered::new(places), Vec::new());
        if gathered.reach(address.doc_id) == address.doc_id {
            gathered.positions(&mut here);
        }
        let lengths = self.lengths(segment)?;
        let counted = |(place, weight): (u32, f32)| weight * lengths.share(Place::of(place), address.doc_id);
        Ok(here.into_iter().map(counted).sum())
    }

    fn reader(&self, segment: usize) -> &SegmentReader {
        self.sources.searcher.segment_reader(segment as u32)
    }

    fn lengths(&self, segment: usize) -> tantivy::Result<Lengths> {
        let (reader, fields) = (self.reader(segment), self.sources.fields);
        Ok(Lengths {
            bm25: self.bm25.clone(),
            headline: reader.get_fieldnorms_reader(fields.headline)?,
            body: reader.get_fieldnorms_reader(fields.body)?,
        })
    }

    fn weighed<'b>(&'b self, family: &'b Family) -> Option<&'b Weighed> {
        self.families.get(&ByAddress(family))
    }

    /// Returns how much a family tells.
    pub fn idf(&self, family: &Family) -> f32 {
        self.weighed(family).map_or(0.0, |weighed| weighed.idf)
    }

    /// Returns what a family's frequency is worth, and that of the form typed once more.
    fn worth(&self, family: &Family) -> Worth {
        let exact = self.weighed(family).map_or(0.0, |weighed| weighed.exact_idf);
        Worth { all: self.idf(family) * family.boost, exact: exact * family.boost * EXACT }
    }

    /// Returns the postings of a family to be counted, with their places if the lead counts more.
    fn side_by_side(&self, family: &Family, segment: usize, lead: Lead) -> tantivy::Result<FamilyPostings> {
        let option = match lead {
            Lead::More => IndexRecordOption::WithFreqsAndPositions,
            _ => IndexRecordOption::WithFreqs,
        };
        Ok(FamilyPostings::new(self.members(family, segment, option)?, lead))
    }

    /// Returns the postings of a family with their places.
    fn placed_postings(&self, family: &Family, segment: usize) -> tantivy::Result<FamilyPostings> {
        let lead = if family.field == Some(TextField::Lead) { Lead::Only } else { Lead::Body };
        let members = self.members(family, segment, IndexRecordOption::WithFreqsAndPositions)?;
        Ok(FamilyPostings::new(members, lead))
    }

    /// Returns how many lists a family has, in whatever segments.
    fn lists(&self, family: &Family) -> usize {
        self.weighed(family).map_or(0, |weighed| weighed.lists)
    }

    fn found<'b>(&'b self, family: &'b Family, segment: usize) -> &'b [Found] {
        self.weighed(family).map_or(&[][..], |weighed| &weighed.found[segment])
    }

    fn members(&self, family: &Family, segment: usize, option: IndexRecordOption) -> tantivy::Result<Vec<Member>> {
        let found = self.found(family, segment);
        // Postings are large: room for all at once spares moving them.
        let mut members = Vec::with_capacity(found.len());
        for found in found {
            let postings =
                self.indexes[segment][found.place as usize].read_postings_from_terminfo(&found.info, option)?;
            members.push(Member { postings, weight: found.weight, place: found.place, exact: found.exact });
        }
        Ok(members)
    }
}

/// The inverted indexes of a segment, by place.
type Indexes = [Arc<InvertedIndexReader>; 2];

fn indexes(reader: &SegmentReader, fields: Fields) -> tantivy::Result<Indexes> {
    let [headline, body] = Place::ALL.map(|place| reader.inverted_index(place.field(fields)));
    Ok([headline?, body?])
}

/// Returns the average lengths of headline and body, in tokens. Documents that are deleted but not yet merged away
/// do not count, here and in the frequencies below, so that an index that was updated ranks as one made
/// afresh does.
pub(super) fn average_lengths(searcher: &Searcher, fields: Fields) -> tantivy::Result<[f32; 2]> {
    let (mut tokens, mut documents) = ([0, 0], 0);
    for segment in searcher.segment_readers() {
        let totals = totals(searcher, segment, &fields)?;
        tokens.iter_mut().zip(totals).for_each(|(sum, total)| *sum += total);
        documents += u64::from(segment.num_docs());
    }
    Ok(tokens.map(|sum| sum as f32 / documents.max(1) as f32))
}

/// Looks a family up: its forms' places in every segment, and the worth of the whole, by the form that
/// most documents have.
fn weigh(family: &Family, sources: &Sources<'_>, indexes: &[Indexes]) -> tantivy::Result<Weighed> {
    let Sources { searcher, fields, dead, .. } = *sources;
    let mut found: Vec<Vec<Found>> = indexes.iter().map(|_| Vec::new()).collect();
    let (mut most, mut most_exact, mut lists) = (0, 0, 0);
    if let Some(range) = &family.quantities {
        // Their articles together, at most: what any quantity is worth depends on no single form.
        most = articles(range, family.field, sources, indexes)?.min(searcher.num_docs());
    }
    let typed = family.typed_form();
    for Form { text: form, weight, .. } in &family.forms {
        let exact = typed == Some(form);
        for place in Place::ALL {
            if !place.is_in(family.field) {
                continue;
            }
            let term = Term::from_field_text(place.field(fields), form);
            let mut frequency = 0;
            for (segment, indexes) in indexes.iter().enumerate() {
                let index = &indexes[place as usize];
                if let Some(info) = index.get_term_info(&term)? {
                    frequency += dead.living(&info, index, segment, searcher.segment_reader(segment as u32))?;
                    found[segment].push(Found { info, weight: weight * place.weight(), place, exact });
                }
            }
            most = most.max(frequency);
            lists += usize::from(frequency > 0);
            if exact {
                most_exact = most_exact.max(frequency);
            }
        }
    }
    let idf = |frequency| Bm25::idf(frequency, searcher.num_docs());
    let exact_idf = if most_exact > 0 { idf(most_exact) } else { 0.0 };
    let gathered = indexes.iter().map(|_| OnceLock::new()).collect();
    Ok(Weighed { idf: idf(most), exact_idf, lists, found, gathered })
}

/// Returns in how many articles the quantities of an interval stand, added up over the forms and fields.
fn articles(
    range: &QuantityRange,
    only: Option<TextField>,
    sources: &Sources<'_>,
    indexes: &[Indexes],
) -> tantivy::Result<u64> {
    let mut sum = 0;
    for (segment, indexes) in indexes.iter().enumerate() {
        let reader = sources.searcher.segment_reader(segment as u32);
        for place in Place::ALL.into_iter().filter(|place| place.is_in(only)) {
            let index = &indexes[place as usize];
            for_each_quantity(index, range, &mut |info| {
                sum += sources.dead.living(info, index, segment, reader)?;
                Ok(true)
            })?;
        }
    }
    Ok(sum)
}

/// Calls `each` with the families that may make a document match.
pub(super) fn for_each_wanted<'a>(plan: &'a Plan, each: &mut dyn FnMut(&'a Family)) {
    plan.for_each_leaf(None, &mut |leaf| {
        if let Plan::Family(family) = leaf {
            each(family);
        }
    });
}

fn for_each_family<'a>(plan: &'a Plan, each: &mut dyn FnMut(&'a Family)) {
    match plan {
        Plan::Family(family) => each(family),
        Plan::Phrase(phrase) => phrase.slots.iter().for_each(|(_, family)| each(family)),
        Plan::Placed(placed) => placed.spans.for_each_leaf(&mut |family, _| each(family)),
        Plan::Bool { required, optional, excluded } => {
            required.iter().chain(optional).chain(excluded).for_each(|part| for_each_family(part, each));
        }
        Plan::Best(parts) => parts.iter().for_each(|part| for_each_family(part, each)),
        Plan::All | Plan::Nothing | Plan::Filter(_) => {}
    }
}
