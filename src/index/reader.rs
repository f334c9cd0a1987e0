//! An index opened for searching.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::OnceLock;

use rustc_hash::{FxHashMap, FxHashSet};
use tantivy::store::StoreReader;
use tantivy::{DocAddress, IndexMeta, ReloadPolicy, Searcher};

use super::collect::{Best, Collected, collect};
use super::columns::Columns;
use super::dead::Dead;
use super::dictionary::GROUPS;
use super::directory::open_to_read;
use super::evaluate::{Evaluation, average_lengths};
use super::facets::{Counted, FacetColumns, Selected};
use super::failure::{corrupt, engine_error, no_index};
use super::files::{FileTable, Root};
use super::filter::{Languages, Sources};
use super::forms::for_each_form;
use super::held::Held;
use super::layout::Layout;
use super::once::get_or_try;
use super::paging;
use super::pass::{Choice, Marking};
use super::record::Unpacker;
use super::schema::{Fields, name, schema, text_of};
use super::sideways::{aside, besides};
use super::stamp::Stamp;
use super::stories::{Stories, key};
use super::trust::{Trust, check_counts};
use crate::article::Article;
use crate::error::{Error, Kind, Result};
use crate::search::{
    Expansion, FacetCounts, FacetRequest, Highlighter, Hit, Matching, Plan, Reach, SearchRequest, SearchResponse, Sort,
    StoryOf, expand, period,
};
use crate::vocabulary::Vocabulary;

/// An index opened for searching, as it was at its last commit. Cheap to share between threads.
pub struct Index {
    pub(super) layout: Layout,
    pub(super) stamp: Stamp,
    pub(super) searcher: Searcher,
    pub(super) fields: Fields,
    pub(super) vocabulary: Vocabulary,
    pub(super) stories: Stories,
    languages: Languages,
    pub(super) dead: Dead,
    pub(super) columns: Columns,
    facets: FacetColumns,
    /// The table of files and the dictionaries of the stored articles, by group: a later commit may replace them before
    /// they are asked for.
    table: Held,
    dictionaries: [Option<Held>; GROUPS],
    /// The average lengths of headline and body, once a search has asked for them.
    average: OnceLock<[f32; 2]>,
    /// What reads the stored articles, once one is asked for.
    records: OnceLock<Records>,
}

/// How many blocks of stored articles are kept, in each segment.
const STORE_CACHE: usize = 16;

/// The stored articles of an index.
struct Records {
    /// By segment.
    stores: Vec<StoreReader>,
    unpacker: Unpacker,
}

impl Records {
    fn open(searcher: &Searcher) -> Result<Records> {
        let stores = searcher.segment_readers().iter().map(|reader| reader.get_store_reader(STORE_CACHE));
        let stores = stores.collect::<std::io::Result<_>>();
        let unreadable = ("cannot read the stored articles", "les articles gardés sont illisibles");
        let stores = stores.map_err(|error| Error::new(Kind::Corrupt, unreadable).because(error))?;
        Ok(Records { stores, unpacker: Unpacker::default() })
    }
}

impl Index {
    /// Opens the index in the folder at `path` (a `.telex` folder) for searching.
    ///
    /// # Errors
    /// `Missing` if there is none, `Incompatible` if another version made it, `Corrupt` if it is damaged.
    pub fn open(path: &Path) -> Result<Index> {
        let layout = Layout::new(path);
        let engine = layout.engine();
        if !engine.join("meta.json").exists() {
            return Err(no_index(Some(path)));
        }
        let index = open_to_read(&engine).map_err(|error| engine_error(error, path))?;
        let metas = || index.load_metas().map_err(|error| engine_error(error, path));
        let mut seen = metas()?;
        let (expected, fields) = schema();
        loop {
            if seen.payload.is_none() {
                // The first commit has not come yet.
                return Err(no_index(Some(path)));
            }
            let stamp = Stamp::read(seen.payload.as_deref(), path)?;
            if index.schema() != expected {
                return Err(corrupt(("the schema is not telex's", "le schéma n’est pas celui de telex"), path));
            }
            let trust = Trust::check(&layout, &index, &seen)?;
            let meta_is_trusted = trust.knows_meta(&layout)?;
            let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into();
            let reader: tantivy::IndexReader = match reader {
                Ok(reader) => reader,
                Err(error) => {
                    // Without the engine's lock, a merge may take files away before they are open.
                    let now = metas()?;
                    if names(&now) == names(&seen) {
                        return Err(engine_error(error, path));
                    }
                    seen = now;
                    continue;
                }
            };
            let (vocabulary, stories) = (layout.vocabulary(&stamp, &trust), layout.stories(&stamp, &trust));
            let (table, dictionaries) = (layout.hold_files(&stamp), layout.hold_dictionaries(&stamp));
            // A commit in between would give the segments of one and the vocabulary of another.
            let now = metas()?;
            if now.payload == seen.payload {
                let (vocabulary, stories, table, dictionaries) = (vocabulary?, stories?, table?, dictionaries?);
                let searcher = reader.searcher();
                if !meta_is_trusted {
                    check_counts(&layout, &searcher, fields)?;
                }
                let segments = searcher.segment_readers().len();
                return Ok(Index {
                    layout,
                    stamp,
                    searcher,
                    fields,
                    vocabulary,
                    stories,
                    languages: Languages::new(segments),
                    dead: Dead::new(segments),
                    columns: Columns::new(segments),
                    facets: FacetColumns::default(),
                    table,
                    dictionaries,
                    average: OnceLock::new(),
                    records: OnceLock::new(),
                });
            }
            seen = now;
        }
    }

    /// Answers one search.
    ///
    /// # Errors
    /// `Usage` if its cursor is of another search, `Corrupt` if the index is damaged.
    pub fn search(&self, request: &SearchRequest) -> Result<SearchResponse> {
        paging::check(request)?;
        let matching = match (request.matching, &request.after) {
            // Further pages are read as the first one was.
            (Matching::AllThenAny, Some(cursor)) if cursor.any => Matching::AllThenAny,
            (Matching::Any, _) => Matching::Any,
            _ => Matching::All,
        };
        let mut response = self.search_once(request, matching)?;
        if let Some(cursor) = &request.after {
            response.relaxed = cursor.any && request.matching == Matching::AllThenAny;
            if cursor.generation != self.stamp.generation {
                response.notes.push(paging::changed());
            }
            return Ok(response);
        }
        if response.total == 0 {
            self.explain_emptiness(request, matching, &mut response)?;
        }
        if response.total > 0 || request.matching != Matching::AllThenAny {
            return Ok(response);
        }
        let mut relaxed = self.search_once(request, Matching::AllThenAny)?;
        relaxed.relaxed = relaxed.total > 0;
        (relaxed.notes, relaxed.without) = (response.notes, response.without);
        Ok(relaxed)
    }

    pub(super) fn search_once(&self, request: &SearchRequest, matching: Matching) -> Result<SearchResponse> {
        let lexicon = request.lexicon.as_ref();
        let expansion = expand(&request.query, &request.filters, matching, &self.vocabulary, lexicon, Reach::Asked);
        // By facet, the filter that it is counted without.
        let aside: Vec<Option<usize>> = request.facets.iter().map(|facet| aside(facet, request, &expansion)).collect();
        // Without a word there is nothing to rank by but the date.
        let scoreless = expansion.plan == Plan::All && request.sort == Sort::Relevance;
        let sort = if scoreless { Sort::Newest } else { request.sort };
        let collect = |limit| self.collect(&expansion, request, sort, limit, &aside);
        let page = self.told(self.page(request, sort, matching, &collect))?;
        let (collected, page) = page;
        let mut highlighter = Highlighter::new(&expansion);
        let mut hits = Vec::new();
        let mut stories = self.told(self.stories_of(&page.hits, &collected.members))?;
        for (n, best) in page.hits.iter().enumerate() {
            let article = self.stored(best.address)?;
            let lit = highlighter.light(&article, request.snippets);
            hits.push(Hit {
                rank: page.first + n + 1,
                score: best.score,
                content: article.content(),
                story: stories.remove(&best.address),
                id: article.id,
                path: article.path,
                headline: lit.headline,
                headline_origin: article.headline_origin,
                language: article.language,
                language_confidence: article.language_confidence,
                published: article.published,
                source: article.source,
                author: article.author,
                section: article.section,
                url: article.url,
                tickers: article.tickers,
                snippets: lit.snippets,
            });
        }
        let mut facets = self.told(self.count(&expansion, request, &aside, &collected))?;
        self.count_any_language(request, matching, sort, (&expansion, &aside), &mut facets)?;
        let words =
            request.words.map(|limit| self.significant(&collected.marks, &expansion.plan, limit)).transpose()?;
        let notes = self.told(self.notes(&expansion))?;
        Ok(SearchResponse {
            total: collected.total,
            stories: collected.stories,
            hits,
            next: page.next,
            facets,
            words,
            notes,
            also_searched: expansion.also,
            ..SearchResponse::default()
        })
    }

    /// Counts the facets over what a pass has marked.
    pub(super) fn count(
        &self,
        expansion: &Expansion,
        request: &SearchRequest,
        aside: &[Option<usize>],
        collected: &Collected,
    ) -> tantivy::Result<Vec<FacetCounts>> {
        let beside = besides(aside);
        let count = |(facet, aside): (&FacetRequest, &Option<usize>)| {
            let dates = (0..)
                .zip(&expansion.filters)
                .filter(|(n, (filter, _))| *aside != Some(*n) && filter.is_some_and(|filter| filter.unit().is_some()));
            let counted = Counted {
                searcher: &self.searcher,
                marks: &collected.marks,
                without: aside.and_then(|filter| beside.iter().position(|other| *other == filter)),
                period: dates.map(|(_, (_, plan))| period(plan)).next().unwrap_or_default(),
                stories: request.collapse.then_some(&self.stories),
                columns: &self.columns,
                values: &self.facets,
                selected: Selected::of(expansion),
            };
            counted.count(facet)
        };
        request.facets.iter().zip(aside).map(count).collect()
    }

    pub(super) fn collect(
        &self,
        expansion: &Expansion,
        request: &SearchRequest,
        sort: Sort,
        limit: usize,
        aside: &[Option<usize>],
    ) -> tantivy::Result<Collected> {
        let evaluation = self.evaluation(expansion)?;
        let choice = Choice {
            sort,
            recency: request.recency,
            limit,
            stories: &self.stories,
            columns: &self.columns,
            collapse: request.collapse,
            from: paging::from(request, sort),
        };
        let marking = Marking { beside: besides(aside) };
        let marking = (!request.facets.is_empty() || request.words.is_some()).then_some(&marking);
        collect(&self.searcher, &evaluation, expansion, &choice, marking)
    }

    /// Looks up the forms of an expansion.
    pub(super) fn evaluation<'a>(&'a self, expansion: &'a Expansion) -> tantivy::Result<Evaluation<'a>> {
        let mut plans: Vec<&Plan> = expansion.filters.iter().map(|(_, plan)| plan).collect();
        plans.push(&expansion.plan);
        let average = *get_or_try(&self.average, || average_lengths(&self.searcher, self.fields))?;
        let sources = Sources {
            searcher: &self.searcher,
            fields: self.fields,
            stories: &self.stories,
            languages: &self.languages,
            dead: &self.dead,
        };
        Evaluation::new(sources, average, &plans)
    }

    /// Returns what those of the best that have copies tell of their stories; `members` are the matching documents of
    /// stories.
    fn stories_of(
        &self,
        best: &[Best],
        members: &[(u32, DocAddress)],
    ) -> tantivy::Result<FxHashMap<DocAddress, StoryOf>> {
        let mut matching: FxHashMap<u32, Vec<DocAddress>> =
            best.iter().filter_map(|best| Some((best.story?, Vec::new()))).collect();
        if matching.is_empty() {
            return Ok(FxHashMap::default());
        }
        for (story, address) in members {
            matching.entry(*story).and_modify(|addresses| addresses.push(*address));
        }
        let readers = self.searcher.segment_readers().iter();
        let sources =
            readers.map(|reader| reader.fast_fields().str(name::SOURCE)).collect::<tantivy::Result<Vec<_>>>()?;
        let mut stories = FxHashMap::default();
        for best in best {
            let Some(story) = best.story else { continue };
            let others = matching[&story].iter().filter(|address| **address != best.address);
            let mut copies: Vec<(Option<i64>, String)> = Vec::new();
            for address in others.clone() {
                let Some(sources) = &sources[address.segment_ord as usize] else { continue };
                let Some(source) = text_of(sources, address.doc_id)? else { continue };
                copies.push((self.columns.of(&self.searcher, address.segment_ord)?.published(address.doc_id), source));
            }
            copies.sort();
            let mut sources: Vec<String> = Vec::new();
            for (_, source) in copies {
                if !sources.contains(&source) {
                    sources.push(source);
                }
            }
            let id = self.stories.members(story).next().unwrap_or_default().to_owned();
            stories.insert(best.address, StoryOf { id, copies: others.count() as u64, sources });
        }
        Ok(stories)
    }

    /// Returns the articles of the story that the article with this id is of, in the order of publication;
    /// none if there is no such article, itself alone if it has no copies.
    ///
    /// # Errors
    /// `Corrupt` if what is read is damaged; `Io` if it cannot be read.
    pub fn story(&self, id: &str) -> Result<Vec<Article>> {
        let story = self.stories.of(key(id)).map(|story| self.stories.members(story));
        let itself = story.is_none().then_some(id);
        let ids: FxHashSet<&str> = story.into_iter().flatten().chain(itself).collect();
        let addresses = self.told(self.addresses(&ids))?;
        let mut articles = addresses.into_iter().map(|address| self.stored(address)).collect::<Result<Vec<_>>>()?;
        let at = |article: &Article| article.published.map_or(i64::MAX, |published| published.at);
        articles.sort_by(|a, b| at(a).cmp(&at(b)).then_with(|| a.id.cmp(&b.id)));
        Ok(articles)
    }

    /// Returns the fingerprints of what its articles say ([`Article::content`]), each once, in order.
    ///
    /// # Errors
    /// `Corrupt` if what is read is damaged; `Io` if it cannot be read.
    pub fn contents(&self) -> Result<BTreeSet<u64>> {
        let mut contents = BTreeSet::new();
        for reader in self.searcher.segment_readers() {
            let column = self.told(reader.fast_fields().u64(name::CONTENT))?;
            contents.extend(reader.doc_ids_alive().filter_map(|doc| column.first(doc)));
        }
        Ok(contents)
    }

    pub(super) fn stored(&self, address: DocAddress) -> Result<Article> {
        let records = get_or_try(&self.records, || Records::open(&self.searcher))?;
        let stored = records.stores[address.segment_ord as usize].get_document_bytes(address.doc_id);
        let stored = self.told(stored)?;
        let dictionary = |group: usize| Layout::read_dictionary(self.dictionaries[group].as_ref());
        records.unpacker.article(&stored, dictionary).map_err(|error| error.at(&self.layout.root))
    }

    /// Returns what the engine gave, with an error of ours.
    pub(super) fn told<T>(&self, result: tantivy::Result<T>) -> Result<T> {
        result.map_err(|error| self.failed(error))
    }

    pub(super) fn failed(&self, error: tantivy::TantivyError) -> Error {
        engine_error(error, &self.layout.root)
    }

    /// Returns the article with this id.
    ///
    /// # Errors
    /// `Corrupt` if what is read is damaged; `Io` if it cannot be read.
    pub fn article(&self, id: &str) -> Result<Option<Article>> {
        let address = self.told(self.address(id))?;
        address.map(|address| self.stored(address)).transpose()
    }

    /// Returns where the article with this id is.
    pub(super) fn address(&self, id: &str) -> tantivy::Result<Option<DocAddress>> {
        Ok(self.addresses(&FxHashSet::from_iter([id]))?.first().copied())
    }

    /// Returns where the articles with these ids are, as far as there are any, in the order in which they are stored.
    fn addresses(&self, ids: &FxHashSet<&str>) -> tantivy::Result<Vec<DocAddress>> {
        let keys: FxHashSet<u64> = ids.iter().map(|id| key(id)).collect();
        let mut addresses = Vec::new();
        for (segment, reader) in (0..).zip(self.searcher.segment_readers()) {
            let columns = self.columns.of(&self.searcher, segment)?;
            for doc in columns.with_key(&keys) {
                if !reader.is_deleted(doc) && ids.contains(columns.id(doc)?.as_str()) {
                    addresses.push(DocAddress::new(segment, doc));
                }
            }
        }
        Ok(addresses)
    }

    /// Calls `each` with every form that stands in a headline or body, several times if it stands in several
    /// segments.
    pub(super) fn for_each_form(&self, each: &mut dyn FnMut(&str) -> Result<()>) -> Result<()> {
        let mut outcome = Ok(());
        for reader in self.searcher.segment_readers() {
            let mut until = |form: &str| {
                outcome = each(form);
                outcome.is_ok()
            };
            self.told(for_each_form(reader, &self.fields, &mut until))?;
            if outcome.is_err() {
                break;
            }
        }
        outcome
    }

    /// Returns how many articles there are.
    pub fn len(&self) -> u64 {
        self.searcher.num_docs()
    }

    /// Returns whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns the folders that the index at `path` was made from, even of one that cannot be opened, as far as that can
    /// still be read.
    pub fn last_roots(path: &Path) -> Vec<Root> {
        Layout::new(path).last_roots()
    }

    /// Returns the folders that the index was made from.
    pub fn roots(&self) -> Vec<Root> {
        self.layout.roots(&self.stamp)
    }

    /// Returns what the index knows of the files it was made from.
    ///
    /// # Errors
    /// `Corrupt` if the table of files is missing or damaged.
    pub fn files(&self) -> Result<FileTable> {
        self.layout.read_files(&self.table, &self.stamp)
    }
}

/// Returns the names of the segments of an index.
fn names(metas: &IndexMeta) -> Vec<String> {
    metas.segments.iter().map(|segment| segment.id().uuid_string()).collect()
}
