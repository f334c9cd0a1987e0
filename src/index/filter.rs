//! Documents that pass a filter: by postings for what is a term, by a column for dates.

use tantivy::columnar::Column;
use tantivy::query::{AllScorer as EveryDocument, EmptyScorer};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, SegmentReader, TERMINATED, Term};

use super::postings::Listed;
use super::schema::{Fields, name, ticker_facet};
use super::scorer::{Scorer, Settle, Settled, Unscored};
use super::stories::{Stories, key};
use crate::analysis::fold;
use crate::query::{DateRange, Filter, TickerPattern};

/// Returns the documents of a segment that pass `filter`.
pub(super) fn passing(
    filter: &Filter,
    reader: &SegmentReader,
    fields: &Fields,
    stories: &Stories,
) -> tantivy::Result<Box<dyn Scorer>> {
    let terms = match filter {
        Filter::Ticker(pattern) => ticker_terms(pattern, fields),
        Filter::Language(language) => {
            let Some(column) = reader.fast_fields().str(name::LANGUAGE)? else { return Ok(nothing()) };
            let Some(wanted) = column.dictionary().term_ord(language.code())? else { return Ok(nothing()) };
            let found = Among { column: column.ords().clone(), wanted, end: reader.max_doc() };
            return Ok(Box::new(Unscored(Settled::new(found))));
        }
        Filter::Source(source) => {
            let wanted = fold(&source.to_lowercase());
            terms_that(reader, fields.source, |source| fold(&source.to_lowercase()) == wanted)?
        }
        Filter::Path(pattern) => {
            let pattern = pattern.trim_end_matches('/');
            terms_that(reader, fields.path, |path| path_matches(pattern, path))?
        }
        Filter::Date(range) => {
            let column = reader.fast_fields().i64(name::PUBLISHED)?;
            return Ok(Box::new(Unscored(Settled::new(Between { column, range: *range, end: reader.max_doc() }))));
        }
        Filter::Story(id) => {
            let story = stories.of(key(id)).map_or(&[][..], |story| stories.members(story));
            let ids = story.iter().map(|member| member.id.as_str()).chain(story.is_empty().then_some(id.as_str()));
            ids.map(|id| Term::from_field_text(fields.id, id)).collect()
        }
        Filter::Copies(range) => {
            let copies = |key| stories.of(key).map_or(0, |story| stories.members(story).len().saturating_sub(1) as u32);
            return listed(reader, name::KEY, |key| range.contains(copies(key)));
        }
        Filter::Contents(contents) => return listed(reader, name::CONTENT, |content| contents.contains(&content)),
    };
    let mut docs = Vec::new();
    for term in terms {
        let Some(mut list) = reader.inverted_index(term.field())?.read_postings(&term, IndexRecordOption::Basic)?
        else {
            continue;
        };
        while list.doc() != TERMINATED {
            docs.push(list.doc());
            list.advance();
        }
    }
    docs.sort_unstable();
    docs.dedup();
    // A filter may have a term for each file of a folder, too many to read side by side.
    Ok(Box::new(Unscored(Listed::new(docs))))
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
    Box::new(Unscored(EveryDocument::new(reader.max_doc())))
}

/// Returns no document.
pub(super) fn nothing() -> Box<dyn Scorer> {
    Box::new(Unscored(EmptyScorer))
}

/// Returns the terms of `field` that pass `test`.
fn terms_that(reader: &SegmentReader, field: Field, test: impl Fn(&str) -> bool) -> tantivy::Result<Vec<Term>> {
    let index = reader.inverted_index(field)?;
    let mut stream = index.terms().stream()?;
    let mut terms = Vec::new();
    while stream.advance() {
        if let Ok(text) = std::str::from_utf8(stream.key())
            && test(text)
        {
            terms.push(Term::from_field_text(field, text));
        }
    }
    Ok(terms)
}

/// Returns whether `path` is the file that `pattern` names or lies under the folder it names; a `*`
/// stands for any characters. Letter case counts, as in file systems.
fn path_matches(pattern: &str, path: &str) -> bool {
    if pattern.contains('*') {
        return glob_matches(pattern.as_bytes(), path.as_bytes());
    }
    path.strip_prefix(pattern).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Matches `*` by trying its shortest reach first and coming back to the last star only: linear for
/// each star.
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
    let column = reader.fast_fields().u64(column)?;
    let docs = (0..reader.max_doc()).filter(|doc| column.first(*doc).is_some_and(&test));
    Ok(Box::new(Unscored(Listed::new(docs.collect()))))
}

/// Finds what was published in an interval, by the column of dates.
struct Between {
    column: Column<i64>,
    range: DateRange,
    end: DocId,
}

impl Settle for Between {
    fn settle(&mut self, target: DocId) -> DocId {
        (target..self.end)
            .find(|doc| self.column.first(*doc).is_some_and(|at| self.range.contains(at)))
            .unwrap_or(TERMINATED)
    }

    fn size_hint(&self) -> u32 {
        // A test of each document is dear: let the postings lead.
        self.end
    }
}

/// Finds what has one value of a column: where a value is that of half the index, and words are asked for
/// besides, a look at the few documents that have them is cheaper than a list.
struct Among {
    column: Column<u64>,
    wanted: u64,
    end: DocId,
}

impl Settle for Among {
    fn settle(&mut self, target: DocId) -> DocId {
        (target..self.end).find(|doc| self.column.first(*doc) == Some(self.wanted)).unwrap_or(TERMINATED)
    }

    fn size_hint(&self) -> u32 {
        self.end
    }
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
