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
        Ok(Stories::new(groups)?)
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

    /// Returns the articles that may be near a fresh one, each with its story: those that share a band with one, or
    /// with one without a date if no other is of their time. Only these are held, whatever the size of the index.
    fn meeting(&self, fresh: &[(&Signature, Source)]) -> Vec<(Signature, Source, Option<usize>)> {
        if fresh.is_empty() {
            return Vec::new();
        }
        let all = || fresh.iter().map(|(signature, _)| *signature);
        let undated = || all().filter(|signature| signature.minute() == 0);
        let some_undated = undated().next().is_some();
        let mut minutes: Vec<u32> = all().map(Signature::minute).filter(|minute| *minute > 0).collect();
        minutes.sort_unstable();
        minutes.dedup();
        // Those of the time of a fresh one, and those that are not.
        let by_time = |part: &Segment<'_>| {
            let mut docs = [Vec::new(), Vec::new()];
            for doc in part.staying() {
                let far = !is_near_any(stored_minute(part.signatures.word(doc, 0)), &minutes);
                let stays = || self.story(part, doc).is_none_or(|story| !self.broken.contains(&story));
                if (some_undated || !far) && stays() {
                    docs[usize::from(far)].push(doc);
                }
            }
            docs
        };
        let mut waiting: Vec<[Vec<DocId>; 2]> = self.segments.iter().map(by_time).collect();
        let mut met = Vec::new();
        for word in 1..WORDS {
            let bands = [Bands::of(all(), word), Bands::of(undated(), word)];
            for ((segment, part), waiting) in self.segments.iter().enumerate().zip(&mut waiting) {
                for (bands, docs) in bands.iter().zip(waiting) {
                    docs.retain(|doc| {
                        let meets = bands.meet(part.signatures.word(*doc, word));
                        if meets {
                            let story = self.story(part, *doc).map(|story| story as usize);
                            met.push((part.signatures.get(*doc), Source::Known { segment, doc: *doc }, story));
                        }
                        !meets
                    });
                }
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

/// Returns whether a minute is within the window of one of `minutes`, which are in order; minute 0 is any time.
fn is_near_any(minute: u32, minutes: &[u32]) -> bool {
    if minute == 0 {
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
    use super::super::analyzer;
    use super::super::schema::schema;
    use super::super::stories::key;
    use super::*;
    use proptest::collection::vec;
    use proptest::prelude::*;
    use tantivy::{IndexWriter, doc};

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
        assert!(is_near_any(0, &[]) && !is_near_any(1, &[]));
    }

    /// An index of these articles.
    fn index_of(articles: &[(String, Signature)]) -> (tantivy::Index, Fields) {
        let (schema, fields) = schema();
        let index = tantivy::Index::create_in_ram(schema);
        index.tokenizers().register(analyzer::NAME, analyzer::analyzer());
        let mut writer: IndexWriter = index.writer_with_num_threads(1, 15 << 20).unwrap();
        for (id, signature) in articles {
            let mut document = doc!(fields.id => id.as_str(), fields.key => key(id));
            signature.to_words().into_iter().for_each(|word| document.add_u64(fields.signature, word));
            writer.add_document(document).unwrap();
        }
        writer.commit().unwrap();
        (index, fields)
    }

    /// An article that says a part of one long text, published on a day.
    fn article(id: usize, from: usize, day: Option<i64>) -> (String, Signature) {
        let text: String = (from * 15..from * 15 + 80).map(|n| format!("mot{n} ")).collect();
        (id.to_string(), Signature::of_text("", &text, day.map(|day| day * 86_400)))
    }

    #[test]
    fn an_article_meets_those_of_its_time_alone_if_it_has_one() {
        // Two texts: of the day of the dated article, of no day, and of a day long after.
        let days = [Some(0), None, Some(900)];
        let known: Vec<_> = (0..6).map(|n| article(n, n / 3 * 100, days[n % 3])).collect();
        let (index, fields) = index_of(&known);
        let (stories, searcher) = (Stories::default(), index.reader().unwrap().searcher());
        let known = Known::new(&stories, &searcher, &fields, &[]).unwrap();
        let (dated, undated) = (article(6, 0, Some(1)).1, article(7, 100, None).1);
        for (fresh, want) in [
            (&[][..], &[][..]),
            (&[&dated], &["0", "1"]),
            (&[&undated], &["3", "4", "5"]),
            (&[&dated, &undated], &["0", "1", "3", "4", "5"]),
        ] {
            let fresh: Vec<_> = fresh.iter().enumerate().map(|(n, one)| (*one, Source::Added(n))).collect();
            let id = |source| match source {
                Source::Known { segment, doc } => known.id(segment, doc).unwrap(),
                Source::Added(_) => "none of the index".to_owned(),
            };
            let mut met: Vec<String> = known.meeting(&fresh).into_iter().map(|(_, source, _)| id(source)).collect();
            met.sort();
            assert_eq!(met, want);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(40))]
        #[test]
        fn stories_that_grow_are_those_of_all_articles_at_once(
            made in vec((0..12_usize, proptest::option::of(0..30_i64)), 0..40),
            first in 0..40_usize,
        ) {
            let articles: Vec<_> = (0..).zip(made).map(|(id, (from, day))| article(id, from, day)).collect();
            let (known, fresh) = articles.split_at(first.min(articles.len()));
            let settle = |added: &[(String, Signature)], stories: &Stories, known: &[(String, Signature)]| {
                let (index, fields) = index_of(known);
                Arrivals { added: added.to_vec(), removed: Vec::new() }.settle(stories, &index, &fields).unwrap()
            };
            let before = settle(known, &Stories::default(), &[]);
            prop_assert_eq!(settle(fresh, &before, known), settle(&articles, &Stories::default(), &[]));
        }
    }
}
