//! Documents that pass a filter: by postings for what is a term, by a column for what is one value of many.

use std::sync::{Arc, OnceLock};

use tantivy::postings::SegmentPostings;
use tantivy::schema::{Facet, Field, IndexRecordOption};
use tantivy::{DocId, DocSet, Searcher, SegmentReader, TERMINATED, Term};

use super::columns::passing as passing_numbers;
use super::dead::Dead;
use super::names::{WordsOfName, folded_name};
use super::once::get_or_try;
use super::schema::{Fields, name, ticker_facet};
use super::scorer::Scorer;
use super::stories::{Stories, key};
use super::unscored::{Every, Known, Tested};
use super::window::BitSet;
use crate::analysis::QUANTITY;
use crate::article::{Language, Mic};
use crate::query::{Attribute, DateRange, Filter, TickerPattern};

/// What filters are answered from.
#[derive(Clone, Copy)]
pub(super) struct Sources<'a> {
    pub searcher: &'a Searcher,
    pub fields: Fields,
    pub stories: &'a Stories,
    pub languages: &'a Languages,
    pub dead: &'a Dead,
}

/// Returns the documents of a segment that pass `filter`.
pub(super) fn passing(filter: &Filter, segment: usize, sources: Sources<'_>) -> tantivy::Result<Box<dyn Scorer>> {
    let Sources { searcher, ref fields, stories, languages, .. } = sources;
    let reader = searcher.segment_reader(segment as u32);
    let terms = match filter {
        Filter::Ticker(pattern) => ticker_terms(pattern, fields),
        Filter::Exchange(markets) => {
            let facet = |mic: &Mic| Term::from_facet(fields.ticker, &Facet::from_path([mic.as_str()]));
            markets.iter().map(facet).collect()
        }
        Filter::Language(language) => {
            return Ok(Box::new(Known::new(languages.of(*language, segment, searcher, fields)?)));
        }
        Filter::FileType(ending) => return valued(reader, name::FILE_TYPE, |known| known == ending),
        Filter::Author(author) => {
            let wanted = WordsOfName::new(author);
            return valued(reader, name::AUTHOR, |known| wanted.are_in(known));
        }
        Filter::Section(section) => {
            let wanted = WordsOfName::new(section);
            return valued(reader, name::SECTION, |known| wanted.are_in(known));
        }
        Filter::Url(pattern) => {
            let pattern = format!("*{}*", pattern.to_lowercase());
            let test = |url: &str| glob_matches(pattern.as_bytes(), url.to_lowercase().as_bytes());
            return valued(reader, name::URL, test);
        }
        Filter::Has(attribute) => return having(reader, *attribute),
        Filter::Source(source) => {
            let wanted = folded_name(source);
            return termed(reader, &[fields.source], "", |source| folded_name(source) == wanted);
        }
        Filter::Path(pattern) => {
            let pattern = pattern.trim_end_matches('/');
            let start = pattern.split('*').next().unwrap_or_default();
            return termed(reader, &[fields.path], start, |path| path_matches(pattern, path));
        }
        Filter::Date(range) => return dated(reader, name::PUBLISHED, *range),
        Filter::Indexed(range) => return dated(reader, name::INDEXED, *range),
        Filter::Words(range) => {
            let (column, range) = (reader.fast_fields().u64(name::WORDS)?, *range);
            let count = move |doc| column.first(doc).and_then(|count| u32::try_from(count).ok());
            return Ok(tested(reader, move |doc| count(doc).is_some_and(|count| range.contains(count))));
        }
        // All canonical forms are gone through, which are side by side in the dictionaries.
        Filter::Quantity(range) => {
            return termed(reader, &[fields.headline, fields.body], QUANTITY, |form| range.contains(form));
        }
        Filter::Story(id) => {
            let wanted = key(id);
            return match stories.of(wanted) {
                Some(story) => listed(reader, name::KEY, |key| stories.of(key) == Some(story)),
                None => listed(reader, name::KEY, |key| key == wanted),
            };
        }
        Filter::Copies(range) => {
            let copies = |key| stories.of(key).map_or(0, |story| stories.members(story).len().saturating_sub(1) as u32);
            return listed(reader, name::KEY, |key| range.contains(copies(key)));
        }
        Filter::Contents(contents) => return listed(reader, name::CONTENT, |content| contents.contains(&content)),
        Filter::Keys(keys) => return listed(reader, name::KEY, |key| keys.contains(&key)),
    };
    Ok(known(with_any(&terms, reader)?))
}

/// Returns the documents of a segment that have any of these terms.
fn with_any(terms: &[Term], reader: &SegmentReader) -> tantivy::Result<BitSet> {
    let mut documents = BitSet::new(reader.max_doc());
    for term in terms {
        let index = reader.inverted_index(term.field())?;
        if let Some(mut list) = index.read_postings(term, IndexRecordOption::Basic)? {
            add(&mut list, &mut documents);
        }
    }
    Ok(documents)
}

/// The documents of each language, which are asked for with every word that is translated: read once.
pub(super) struct Languages {
    by_segment: Vec<[OnceLock<Arc<BitSet>>; Language::ALL.len()]>,
}

impl Languages {
    /// Returns those of `segments` segments, none of them read yet.
    pub fn new(segments: usize) -> Languages {
        Languages { by_segment: (0..segments).map(|_| Default::default()).collect() }
    }

    /// Returns the documents of a segment in a language.
    pub fn of(
        &self,
        language: Language,
        segment: usize,
        searcher: &Searcher,
        fields: &Fields,
    ) -> tantivy::Result<Arc<BitSet>> {
        let documents = get_or_try(&self.by_segment[segment][language as usize], || {
            let term = Term::from_field_text(fields.language, language.code());
            with_any(&[term], searcher.segment_reader(segment as u32)).map(Arc::new)
        });
        documents.cloned()
    }
}

/// Adds the documents of a list.
fn add(list: &mut SegmentPostings, documents: &mut BitSet) {
    while list.doc() != TERMINATED {
        documents.set(list.doc());
        list.advance();
    }
}

/// Returns documents that are known.
fn known(documents: BitSet) -> Box<dyn Scorer> {
    Box::new(Known::new(Arc::new(documents)))
}

/// Returns the terms of which an article has one if it names, or is about, a security.
fn ticker_terms(pattern: &TickerPattern, fields: &Fields) -> Vec<Term> {
    let (company, symbol) =
        if pattern.main { (fields.main, fields.main_symbol) } else { (fields.ticker, fields.symbol) };
    let companies = pattern.companies.iter().map(|ticker| Term::from_facet(company, &ticker_facet(ticker)));
    companies.chain(pattern.symbol.as_ref().map(|written| Term::from_field_text(symbol, written))).collect()
}

/// Returns every document of a segment.
pub(super) fn everything(reader: &SegmentReader) -> Box<dyn Scorer> {
    Box::new(Every(reader.max_doc()))
}

/// Returns no document.
pub(super) fn nothing() -> Box<dyn Scorer> {
    known(BitSet::default())
}

/// Returns the documents of a segment with a term of one of `fields` that passes `test`; such terms begin with `start`.
fn termed(
    reader: &SegmentReader,
    fields: &[Field],
    start: &str,
    test: impl Fn(&str) -> bool,
) -> tantivy::Result<Box<dyn Scorer>> {
    let mut documents = BitSet::new(reader.max_doc());
    for field in fields {
        let index = reader.inverted_index(*field)?;
        let mut terms = index.terms().range().ge(start).into_stream()?;
        while terms.advance() && terms.key().starts_with(start.as_bytes()) {
            if std::str::from_utf8(terms.key()).is_ok_and(&test) {
                add(&mut index.read_postings_from_terminfo(terms.value(), IndexRecordOption::Basic)?, &mut documents);
            }
        }
    }
    Ok(known(documents))
}

/// Returns whether `path` is the file that `pattern` names or lies under the folder it names; a `*`
/// stands for any characters. Letter case counts, as in file systems.
fn path_matches(pattern: &str, path: &str) -> bool {
    if pattern.contains('*') {
        return glob_matches(pattern.as_bytes(), path.as_bytes());
    }
    path.strip_prefix(pattern).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Matches `*` by trying its shortest reach first and coming back to the last star only: pattern times text at the
/// worst, never more.
fn glob_matches(pattern: &[u8], text: &[u8]) -> bool {
    let (mut p, mut t) = (0, 0);
    let mut star = None;
    while t < text.len() {
        if pattern.get(p) == Some(&b'*') {
            star = Some((p, t));
            p += 1;
        } else if pattern.get(p) == Some(&text[t]) {
            p += 1;
            t += 1;
        } else if let Some((at, reached)) = star {
            star = Some((at, reached + 1));
            p = at + 1;
            t = reached + 1;
        } else {
            return false;
        }
    }
    pattern[p..].iter().all(|b| *b == b'*')
}

/// Returns the documents of a segment whose number in a column passes a test.
fn listed(reader: &SegmentReader, column: &str, test: impl Fn(u64) -> bool) -> tantivy::Result<Box<dyn Scorer>> {
    let mut documents = BitSet::new(reader.max_doc());
    passing_numbers(&reader.fast_fields().u64(column)?, test).into_iter().for_each(|doc| documents.set(doc));
    Ok(known(documents))
}

/// Returns the documents whose value in a column of texts passes a test.
fn valued(reader: &SegmentReader, column: &str, test: impl Fn(&str) -> bool) -> tantivy::Result<Box<dyn Scorer>> {
    let Some(column) = reader.fast_fields().str(column)? else { return Ok(nothing()) };
    let mut wanted = vec![false; column.num_terms()];
    let mut stream = column.dictionary().stream()?;
    while stream.advance() {
        wanted[stream.term_ord() as usize] = std::str::from_utf8(stream.key()).is_ok_and(&test);
    }
    if !wanted.contains(&true) {
        return Ok(nothing());
    }
    let ords = column.ords().clone();
    Ok(tested(reader, move |doc| ords.first(doc).is_some_and(|ord| wanted[ord as usize])))
}

/// Returns the documents of which something is known.
fn having(reader: &SegmentReader, attribute: Attribute) -> tantivy::Result<Box<dyn Scorer>> {
    let column = match attribute {
        Attribute::Date => {
            let column = reader.fast_fields().i64(name::PUBLISHED)?;
            return Ok(tested(reader, move |doc| column.first(doc).is_some()));
        }
        Attribute::Ticker => name::TICKER,
        Attribute::Source => name::SOURCE,
        Attribute::Author => name::AUTHOR,
        Attribute::Section => name::SECTION,
        Attribute::Url => name::URL,
    };
    let Some(column) = reader.fast_fields().str(column)? else { return Ok(nothing()) };
    let ords = column.ords().clone();
    Ok(tested(reader, move |doc| ords.first(doc).is_some()))
}

/// Returns the documents with a moment in an interval.
fn dated(reader: &SegmentReader, column: &str, range: DateRange) -> tantivy::Result<Box<dyn Scorer>> {
    let column = reader.fast_fields().i64(column)?;
    Ok(tested(reader, move |doc| column.first(doc).is_some_and(|at| range.contains(at))))
}

/// Returns the documents that pass a test.
fn tested(reader: &SegmentReader, test: impl Fn(DocId) -> bool + 'static) -> Box<dyn Scorer> {
    Box::new(Tested { test, every: Every(reader.max_doc()) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_match_files_folders_and_stars() {
        for (pattern, path, want) in [
            ("fr/a.txt", "fr/a.txt", true),
            ("fr", "fr/a.txt", true),
            ("f", "fr/a.txt", false),
            ("*.txt", "fr/a.txt", true),
            ("fr/*-amazon*", "fr/2025-amazon.txt", true),
            ("*en*", "fr/a.txt", false),
            ("**", "x", true),
        ] {
            assert_eq!(path_matches(pattern, path), want, "{pattern} {path}");
        }
    }

    #[test]
    fn many_stars_take_no_long_time() {
        let pattern = "*a".repeat(2000);
        assert!(!path_matches(&(pattern + "b"), &"a".repeat(4000)));
    }
}
