//! What came and went since the last commit, and the table of stories that follows from it.
//!
//! Only what may have changed is looked at: new articles are compared with those of about their time,
//! and a story that lost an article is grouped anew. The outcome is the same as if all articles of the
//! index were grouped at once.

use std::collections::BTreeSet;

use rustc_hash::FxHashSet;
use tantivy::columnar::Column;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, IndexReader, ReloadPolicy, Searcher, SegmentReader, TERMINATED, Term};

use super::schema::{Fields, name, text_of};
use super::signatures::Signatures;
use super::stories::{Member, Stories};
use crate::story::{Bands, Item, Signature, WINDOW, WORDS, regroup, stored_minute};

/// What came and went since the last commit.
#[derive(Debug, Default)]
pub(super) struct Arrivals {
    /// The ids of the new articles with their signatures.
    pub added: Vec<(String, Signature)>,
    /// The files whose articles, as of the last commit, are gone or replaced.
    pub removed: Vec<String>,
}

impl Arrivals {
    /// Returns the table of stories after the commit; `stories` and `index` are as of the last one.
    pub fn settle(&self, stories: &Stories, index: &tantivy::Index, fields: &Fields) -> tantivy::Result<Stories> {
        let reader: IndexReader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let searcher = reader.searcher();
        let known = Known::new(stories, &searcher, fields, &self.removed)?;
        let torn = known.torn();
        let added = self.added.iter().enumerate().map(|(at, (_, signature))| (signature, Source::Added(at)));
        let fresh: Vec<(&Signature, Source)> =
            added.chain(torn.iter().map(|(signature, source)| (signature, *source))).collect();
        let met = known.meeting(&fresh);
        let mut items: Vec<Item<'_>> =
            fresh.iter().map(|(signature, _)| Item { signature, story: None, fresh: true }).collect();
        items.extend(met.iter().map(|(signature, _, story)| Item { signature, story: *story, fresh: false }));
        let source = |at: usize| fresh.get(at).map_or_else(|| met[at - fresh.len()].1, |(_, source)| *source);
        let mut kept: FxHashSet<u32> = (0..stories.count()).filter(|number| !known.broken.contains(number)).collect();
        let mut groups = Vec::new();
        for group in regroup(&items) {
            let mut story = Vec::new();
            for at in group {
                if let Some(number) = items[at].story {
                    // With one member comes the whole story, those of other times as well.
                    let number = number as u32;
                    story.extend(kept.remove(&number).then(|| stories.story(number)).into_iter().flatten());
                    continue;
                }
                let id = match source(at) {
                    Source::Added(at) => self.added[at].0.clone(),
                    Source::Known { segment, doc } => known.id(segment, doc)?,
                };
                story.push(Member { id, minute: items[at].signature.minute() });
            }
            groups.push(story);
        }
        groups.extend(kept.into_iter().map(|number| stories.story(number).collect()));
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
    signatures: Signatures,
    gone: FxHashSet<DocId>,
}

impl Segment<'_> {
    /// Returns the documents that stay.
    fn staying(&self) -> impl Iterator<Item = DocId> + '_ {
        self.reader.doc_ids_alive().filter(|doc| !self.gone.contains(doc))
    }
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
            let signatures = Signatures::of(reader)?;
            let gone = documents_of(reader, fields, removed)?;
            let of = |doc: &DocId| stories.of(keys.first(*doc)?);
            known.broken.extend(gone.iter().filter_map(of));
            known.segments.push(Segment { reader, keys, signatures, gone });
        }
        Ok(known)
    }

    /// Returns the articles that stay of stories that lost one: they are grouped anew.
    fn torn(&self) -> Vec<(Signature, Source)> {
        let mut torn = Vec::new();
        if self.broken.is_empty() {
            return torn;
        }
        for (segment, part) in self.segments.iter().enumerate() {
            let members =
                part.staying().filter(|doc| self.story(part, *doc).is_some_and(|it| self.broken.contains(&it)));
            torn.extend(members.map(|doc| (part.signatures.get(doc), Source::Known { segment, doc })));
        }
        torn
    }

    /// Returns the articles that may be near a fresh one, each with its story: those of its time that share a
    /// band with it. Only these are held, whatever the size of the index.
    fn meeting(&self, fresh: &[(&Signature, Source)]) -> Vec<(Signature, Source, Option<usize>)> {
        let mut minutes: Vec<u32> = fresh.iter().map(|(signature, _)| signature.minute()).collect();
        minutes.sort_unstable();
        minutes.dedup();
        if minutes.is_empty() {
            return Vec::new();
        }
        let stays = |part: &Segment<'_>, doc: &DocId| {
            is_near_any(stored_minute(part.signatures.word(*doc, 0)), &minutes)
                && self.story(part, *doc).is_none_or(|story| !self.broken.contains(&story))
        };
        let mut near: Vec<Vec<DocId>> =
            self.segments.iter().map(|part| part.staying().filter(|doc| stays(part, doc)).collect()).collect();
        let mut met = Vec::new();
        for word in 1..WORDS {
            let bands = Bands::of(fresh.iter().map(|(signature, _)| *signature), word);
            for ((segment, part), near) in self.segments.iter().enumerate().zip(&mut near) {
                near.retain(|doc| {
                    let meets = bands.meet(part.signatures.word(*doc, word));
                    if meets {
                        let story = self.story(part, *doc).map(|story| story as usize);
                        met.push((part.signatures.get(*doc), Source::Known { segment, doc: *doc }, story));
                    }
                    !meets
                });
            }
        }
        met
    }

    /// Returns the story that the last commit has of an article.
    fn story(&self, part: &Segment<'_>, doc: DocId) -> Option<u32> {
        self.stories.of(part.keys.first(doc)?)
    }

    fn id(&self, segment: usize, doc: DocId) -> tantivy::Result<String> {
        let ids = self.segments[segment].reader.fast_fields().str(name::ID)?;
        Ok(ids.map(|ids| text_of(&ids, doc)).transpose()?.flatten().unwrap_or_default())
    }
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
