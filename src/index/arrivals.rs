//! What came and went since the last commit, and the table of stories that follows from it.
//!
//! Only what may have changed is looked at: new articles are compared with those of about their time,
//! and a story that lost an article is grouped anew. The outcome is the same as if all articles of the
//! index were grouped at once.

use std::borrow::Cow;
use std::collections::BTreeSet;

use rustc_hash::{FxHashMap, FxHashSet};
use tantivy::columnar::Column;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, Searcher, SegmentReader, TERMINATED, Term};

use super::schema::{Fields, name, text_of};
use super::stories::{Member, Stories};
use crate::story::{Item, Signature, WINDOW, regroup};

/// What came and went since the last commit.
#[derive(Debug, Default)]
pub(super) struct Arrivals {
    /// The ids of the new articles with their signatures.
    pub added: Vec<(String, Signature)>,
    /// The files whose articles, as of the last commit, are gone or replaced.
    pub removed: Vec<String>,
}

impl Arrivals {
    /// Returns the table of stories after the commit; `stories` and `searcher` are as of the last one.
    pub fn settle(&self, stories: &Stories, searcher: &Searcher, fields: &Fields) -> tantivy::Result<Stories> {
        let known = Known::new(stories, searcher, fields, &self.removed)?;
        let mut items = known.items(self.added.iter().map(|(_, signature)| signature.minute()))?;
        let mut members: Vec<Source> = items.iter().map(|(_, source)| *source).collect();
        members.extend((0..self.added.len()).map(Source::Added));
        let mut all: Vec<Item<'_>> = items.drain(..).map(|(item, _)| item).collect();
        all.extend(self.added.iter().map(|(_, signature)| Item {
            signature: Cow::Borrowed(signature),
            story: None,
            fresh: true,
        }));
        let mut kept: FxHashMap<u32, &[Member]> =
            stories.iter().filter(|(number, _)| !known.broken.contains(number)).collect();
        let mut groups = Vec::new();
        for group in regroup(&all) {
            let mut story = Vec::new();
            for at in group {
                if let Some(number) = all[at].story {
                    // With one member comes the whole story, those of other times as well.
                    story.extend(kept.remove(&(number as u32)).into_iter().flatten().cloned());
                    continue;
                }
                let id = match members[at] {
                    Source::Added(at) => self.added[at].0.clone(),
                    Source::Known { segment, doc } => known.id(segment, doc)?,
                };
                story.push(Member { id, minute: all[at].signature.minute() });
            }
            groups.push(story);
        }
        groups.extend(kept.into_values().map(<[Member]>::to_vec));
        Ok(Stories::new(groups))
    }
}

/// Where an item comes from.
#[derive(Clone, Copy)]
enum Source {
    /// A new article, by its place.
    Added(usize),
    /// An article of the last commit.
    Known { segment: usize, doc: DocId },
}

/// The articles of the last commit that stay.
struct Known<'a> {
    stories: &'a Stories,
    segments: Vec<Segment<'a>>,
    /// The stories that lost an article.
    broken: BTreeSet<u32>,
}

struct Segment<'a> {
    reader: &'a SegmentReader,
    keys: Column<u64>,
    signatures: Column<u64>,
    gone: FxHashSet<DocId>,
}

impl<'a> Known<'a> {
    fn new(
        stories: &'a Stories,
        searcher: &'a Searcher,
        fields: &Fields,
        removed: &[String],
    ) -> tantivy::Result<Known<'a>> {
        let mut known = Known { stories, segments: Vec::new(), broken: BTreeSet::new() };
        for reader in searcher.segment_readers() {
            let keys = reader.fast_fields().u64(name::KEY)?;
            let signatures = reader.fast_fields().u64(name::SIGNATURE)?;
            let gone = documents_of(reader, fields, removed)?;
            let of = |doc: &DocId| stories.of(keys.first(*doc)?);
            known.broken.extend(gone.iter().filter_map(of));
            known.segments.push(Segment { reader, keys, signatures, gone });
        }
        Ok(known)
    }

    /// Returns what must be looked at when articles of these minutes are new: what is of their time, and
    /// what was in a story that is broken.
    fn items(&self, new: impl Iterator<Item = u32>) -> tantivy::Result<Vec<(Item<'static>, Source)>> {
        let mut minutes: Vec<u32> = new.collect();
        let broken = self.broken.iter().flat_map(|story| self.stories.members(*story));
        minutes.extend(broken.map(|member| member.minute));
        minutes.sort_unstable();
        minutes.dedup();
        let mut items = Vec::new();
        if minutes.is_empty() {
            return Ok(items);
        }
        for (segment, part) in self.segments.iter().enumerate() {
            for doc in part.reader.doc_ids_alive().filter(|doc| !part.gone.contains(doc)) {
                let Some(first) = part.signatures.first(doc) else { continue };
                if !is_near_any(minute_of(first), &minutes) {
                    continue;
                }
                let story = part.keys.first(doc).and_then(|key| self.stories.of(key));
                let fresh = story.is_some_and(|story| self.broken.contains(&story));
                let signature = Cow::Owned(Signature::from_words(part.signatures.values_for_doc(doc)));
                let story = story.filter(|_| !fresh).map(|story| story as usize);
                items.push((Item { signature, story, fresh }, Source::Known { segment, doc }));
            }
        }
        Ok(items)
    }

    fn id(&self, segment: usize, doc: DocId) -> tantivy::Result<String> {
        let ids = self.segments[segment].reader.fast_fields().str(name::ID)?;
        Ok(ids.map(|ids| text_of(&ids, doc)).transpose()?.flatten().unwrap_or_default())
    }
}

/// Returns the minute that the first word of a signature tells.
fn minute_of(word: u64) -> u32 {
    Signature::from_words(std::iter::once(word)).minute()
}

/// Returns whether a minute is within the window of one of `minutes`, which are in order; 0 is any time.
fn is_near_any(minute: u32, minutes: &[u32]) -> bool {
    if minute == 0 || minutes.first() == Some(&0) {
        return true;
    }
    let from = minutes.partition_point(|other| other.saturating_add(WINDOW) < minute);
    minutes.get(from).is_some_and(|other| minute.abs_diff(*other) <= WINDOW)
}

/// Returns the living documents of a segment that come from these files.
fn documents_of(reader: &SegmentReader, fields: &Fields, files: &[String]) -> tantivy::Result<FxHashSet<DocId>> {
    let index = reader.inverted_index(fields.path)?;
    let mut docs = FxHashSet::default();
    for file in files {
        let term = Term::from_field_text(fields.path, file);
        let Some(mut list) = index.read_postings(&term, IndexRecordOption::Basic)? else { continue };
        while list.doc() != TERMINATED {
            if !reader.is_deleted(list.doc()) {
                docs.insert(list.doc());
            }
            list.advance();
        }
    }
    Ok(docs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_minute_is_near_any_within_three_days() {
        let minutes = [10_000, 50_000];
        for (minute, want) in [
            (0, true),
            (10_000, true),
            (10_000 + WINDOW, true),
            (10_001 + WINDOW, false),
            (10_000 - WINDOW, true),
            (50_000 - WINDOW, true),
            (49_999 - WINDOW, false),
            (60_000, false),
        ] {
            assert_eq!(is_near_any(minute, &minutes), want, "{minute}");
        }
        assert!(is_near_any(99_999, &[0, 5]));
    }
}
