//! Output for programs: JSON with a named, versioned schema. Shapes may gain fields, and lose none
//! while the number after `/` stays. `docs/json.md` describes them.
//!
//! Offsets are counted in Unicode scalar values, as Python and most languages index strings.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::{Value, json};

use super::Page;
use super::sanitize::is_unseen;
use super::time::date;
use crate::article::{Article, Mention, Published, Repair, Skip};
use crate::error::Error;
use crate::index::{Stats, Verification};
use crate::indexer::IndexReport;
use crate::search::{Cursor, FacetCounts, Hit, Marked, SearchResponse, SignificantWords, Snippet, StoryOf};
use crate::wording::UiLanguage;

/// Writes one object: the whole answer, `telex.response/1`.
pub(super) fn object(response: &SearchResponse, page: &Page<'_>, out: &mut dyn Write) -> io::Result<()> {
    let object = json!({
        "schema": "telex.response/1",
        "query": page.query,
        "total": response.total,
        "stories": response.stories,
        "relaxed": response.relaxed,
        "notes": notes(response),
        "also_searched": response.also_searched,
        "without": without(response),
        "next": response.next.as_ref().map(Cursor::to_text),
        "hits": response.hits.iter().map(|hit| HitJson::new(hit, page)).collect::<Vec<_>>(),
        "facets": response.facets.iter().map(facet).collect::<Vec<_>>(),
    });
    line(&object, out)
}

/// Writes one hit a line, `telex.hit/1`; then, if counts were asked for, a line with them, `telex.facets/1`.
pub(super) fn lines(response: &SearchResponse, page: &Page<'_>, out: &mut dyn Write) -> io::Result<()> {
    response.hits.iter().try_for_each(|hit| line(&HitJson::new(hit, page), out))?;
    if response.facets.is_empty() { Ok(()) } else { facets_object(response, out) }
}

/// Writes the counts alone, `telex.facets/1`.
pub fn facets_object(response: &SearchResponse, out: &mut dyn Write) -> io::Result<()> {
    let facets: Vec<Value> = response.facets.iter().map(facet).collect();
    let mut object = json!({
        "schema": "telex.facets/1",
        "total": response.total,
        "stories": response.stories,
        "relaxed": response.relaxed,
        "notes": notes(response),
        "also_searched": response.also_searched,
        "without": without(response),
        "facets": facets,
    });
    if let Some(found) = &response.words {
        object["words"] = words(found);
    }
    line(&object, out)
}

/// Writes the new hits of a saved search one a line, `telex.alert/1`; `again` tells of a text whether it may
/// have been told before.
pub fn alert(
    saved: &str,
    response: &SearchResponse,
    page: &Page<'_>,
    again: &dyn Fn(u64) -> bool,
    out: &mut dyn Write,
) -> io::Result<()> {
    response.hits.iter().try_for_each(|hit| {
        let object = json!({
            "schema": "telex.alert/1",
            "saved": saved,
            "content": format!("{:016x}", hit.content),
            "again": again(hit.content),
            "hit": HitJson::new(hit, page),
        });
        line(&object, out)
    })
}

/// Writes the articles of a story one a line, `telex.copy/1`, each with the share of the text of the first
/// that it has.
pub fn copies(copies: &[(&Article, f32)], out: &mut dyn Write) -> io::Result<()> {
    copies.iter().try_for_each(|(article, shared)| {
        let object = json!({
            "schema": "telex.copy/1",
            "id": article.id,
            "headline": article.headline,
            "date": article.published.as_ref().map(date),
            "source": article.source,
            "shared": rounded(*shared),
        });
        line(&object, out)
    })
}

/// Writes a file or record that was skipped, as a line of a report.
pub fn skip(skip: &Skip, out: &mut dyn Write) -> io::Result<()> {
    line(skip, out)
}

/// Writes an article that was repaired, as a line of a report.
pub fn repair(repair: &Repair, out: &mut dyn Write) -> io::Result<()> {
    line(repair, out)
}

/// Writes a saved search, `telex.saved/1`.
pub fn saved(name: &str, query: &str, out: &mut dyn Write) -> io::Result<()> {
    line(&json!({ "schema": "telex.saved/1", "name": name, "query": query }), out)
}

/// Writes an article's record, `telex.article/1`; with its text if asked for.
pub fn article(article: &Article, with_text: bool, out: &mut dyn Write) -> io::Result<()> {
    let mut object = json!({
        "schema": "telex.article/1",
        "id": article.id,
        "path": article.path,
        "headline": article.headline,
        "headline_origin": article.headline_origin,
        "lang": article.language,
        "lang_confidence": rounded(article.language_confidence),
        "date": article.published.as_ref().map(date),
        "date_precision": article.published.map(|published| published.precision),
        "date_origin": article.published.map(|published| published.origin),
        "source": article.source,
        "author": article.author,
        "url": article.url,
        "section": article.section,
        "tickers": article.tickers.iter().map(ticker).collect::<Vec<_>>(),
    });
    if with_text {
        object["body"] = json!(article.body);
        object["body_end"] = json!(scalars(&article.body, article.body_end));
    }
    line(&object, out)
}

/// Writes the figures of an index, `telex.stats/1`.
pub fn stats(stats: &Stats, out: &mut dyn Write) -> io::Result<()> {
    let origins = stats.date_origins.iter().map(|(origin, count)| json!({ "origin": origin, "articles": count }));
    let languages = stats.languages.iter().map(|(language, count)| json!({ "lang": language, "articles": count }));
    let day = |at| {
        date(&Published {
            at,
            precision: crate::article::Precision::Second,
            origin: crate::article::DateOrigin::Metadata,
        })
    };
    let object = json!({
        "schema": "telex.stats/1",
        "articles": stats.articles,
        "files": stats.files,
        "bytes": stats.bytes,
        "segments": stats.segments,
        "forms": stats.forms,
        "languages": languages.collect::<Vec<_>>(),
        "date_origins": origins.collect::<Vec<_>>(),
        "first": stats.published.map(|(first, _)| day(first)),
        "last": stats.published.map(|(_, last)| day(last)),
        "roots": stats.roots.iter().map(|root| root.display().to_string()).collect::<Vec<_>>(),
        "analysis": stats.analysis,
    });
    line(&object, out)
}

/// Writes what a look at every byte of an index found, `telex.verify/1`.
pub fn verification(found: &Verification, out: &mut dyn Write) -> io::Result<()> {
    let damages = found.damages.iter().map(Error::to_string);
    let object = json!({
        "schema": "telex.verify/1",
        "files": found.files,
        "bytes": found.bytes,
        "articles": found.articles,
        "damages": damages.collect::<Vec<_>>(),
    });
    line(&object, out)
}

/// Writes what a run of the indexer did, `telex.index/1`.
pub fn report(report: &IndexReport, out: &mut dyn Write) -> io::Result<()> {
    let object = json!({
        "schema": "telex.index/1",
        "files": {
            "added": report.files_added,
            "updated": report.files_updated,
            "unchanged": report.files_unchanged,
            "removed": report.files_removed,
        },
        "articles": {
            "written": report.articles_written,
            "repaired": report.articles_repaired,
            "removed": report.articles_removed,
            "total": report.articles_total,
        },
        "skipped": report.skipped,
        "bytes_read": report.bytes_read,
        "text_bytes": report.text_bytes,
        "seconds": report.elapsed.as_secs_f64(),
        "interrupted": report.interrupted,
    });
    line(&object, out)
}

/// Writes an error, `telex.error/1`; `start` and `end` point into the query, in scalar values.
pub fn error(error: &Error, out: &mut dyn Write) -> io::Result<()> {
    line(&error_object(error), out)
}

/// Writes an error of a query in a list, with its line in the file and its id, if it has one.
pub fn list_error(error: &Error, number: u64, id: Option<&str>, out: &mut dyn Write) -> io::Result<()> {
    let mut object = error_object(error);
    object["line"] = number.into();
    object["query"] = id.into();
    line(&object, out)
}

fn error_object(error: &Error) -> Value {
    let place = error.place();
    let at = |byte: usize| place.map(|place| scalars(&place.text, byte));
    json!({
        "schema": "telex.error/1",
        "code": error.kind().code(),
        "reason": error.code(),
        "message": error.told(UiLanguage::English),
        "start": place.and_then(|place| at(place.span.start)),
        "end": place.and_then(|place| at(place.span.end)),
        "hint": error.advice(),
    })
}

fn without(response: &SearchResponse) -> Vec<Value> {
    response.without.iter().map(|without| json!({ "part": without.part, "total": without.total })).collect()
}

/// Returns the notes as programs get them, in English.
fn notes(response: &SearchResponse) -> Vec<&str> {
    response.notes.iter().map(|note| note.english.as_str()).collect()
}

#[derive(Serialize)]
struct HitJson<'a> {
    schema: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    query: Option<&'a str>,
    rank: usize,
    score: f64,
    id: &'a str,
    path: &'a str,
    headline: &'a str,
    headline_lit: Vec<[usize; 2]>,
    headline_origin: crate::article::HeadlineOrigin,
    date: Option<String>,
    date_precision: Option<crate::article::Precision>,
    date_origin: Option<crate::article::DateOrigin>,
    lang: &'static str,
    lang_confidence: f64,
    source: Option<&'a str>,
    author: Option<&'a str>,
    section: Option<&'a str>,
    url: Option<&'a str>,
    tickers: Vec<Value>,
    snippets: Vec<Value>,
    story: Option<Value>,
}

impl<'a> HitJson<'a> {
    fn new(hit: &'a Hit, page: &Page<'a>) -> HitJson<'a> {
        HitJson {
            schema: "telex.hit/1",
            query: page.query,
            rank: hit.rank,
            score: rounded(hit.score),
            id: &hit.id,
            path: &hit.path,
            headline: &hit.headline.text,
            headline_lit: lit(&hit.headline),
            headline_origin: hit.headline_origin,
            date: hit.published.as_ref().map(date),
            date_precision: hit.published.map(|published| published.precision),
            date_origin: hit.published.map(|published| published.origin),
            lang: hit.language.code(),
            lang_confidence: rounded(hit.language_confidence),
            source: hit.source.as_deref(),
            author: hit.author.as_deref(),
            section: hit.section.as_deref(),
            url: hit.url.as_deref(),
            tickers: hit.tickers.iter().map(ticker).collect(),
            snippets: hit.snippets.iter().map(snippet).collect(),
            story: hit.story.as_ref().map(story),
        }
    }
}

fn story(story: &StoryOf) -> Value {
    json!({ "id": story.id, "copies": story.copies, "sources": story.sources })
}

fn ticker(mention: &Mention) -> Value {
    json!({
        "symbol": mention.ticker.symbol,
        "mic": mention.ticker.mic,
        "name": super::company_name(mention),
        "company": mention.company.to_string(),
        "how": mention.how,
        "confidence": rounded(mention.confidence),
        "brand": mention.brand,
        "main": mention.main,
        "mentions": mention.mentions,
    })
}

fn snippet(snippet: &Snippet) -> Value {
    json!({
        "field": "body",
        "text": snippet.marked.text,
        "lit": lit(&snippet.marked),
        "offset": snippet.offset_in_scalars,
        "byte_offset": snippet.offset,
        "cut_before": snippet.cut_before,
        "cut_after": snippet.cut_after,
    })
}

fn facet(counts: &FacetCounts) -> Value {
    let values = counts.values.iter().map(|value| {
        let mut object = json!({ "value": value.value, "count": value.count, "selected": value.selected });
        if let Some(stories) = value.stories {
            object["stories"] = json!(stories);
        }
        if let Some(main) = value.main {
            object["main"] = json!(main);
        }
        object
    });
    let mut object = json!({
        "facet": counts.facet.name(),
        "values": values.collect::<Vec<_>>(),
        "others": counts.others,
        "other_articles": counts.other_articles,
        "without": counts.without,
    });
    if let Some(across) = &counts.across {
        object["across"] = json!({ "columns": facet(&across.columns), "cells": across.cells, "others": across.others });
    }
    object
}

fn words(found: &SignificantWords) -> Value {
    let words = found.words.iter().map(|word| {
        json!({
            "word": word.word,
            "count": word.count,
            "background": word.background,
            "score": (word.score * 1e4).round() / 1e4,
        })
    });
    json!({ "values": words.collect::<Vec<_>>(), "read": found.read })
}

/// Returns the lit ranges in scalar values; they stand in order, so the text is walked once for all of them.
fn lit(marked: &Marked) -> Vec<[usize; 2]> {
    let (mut at, mut before) = (0, 0);
    let mut count = |byte: usize| {
        before += marked.text.get(at..byte).map_or(0, |passed| passed.chars().count());
        at = byte;
        before
    };
    marked.lit.iter().map(|range| [count(range.start), count(range.end)]).collect()
}

/// Returns how many scalar values stand before `byte`.
fn scalars(text: &str, byte: usize) -> usize {
    text.char_indices().take_while(|(at, _)| *at < byte).count()
}

/// Returns a score with the digits that mean something.
fn rounded(score: f32) -> f64 {
    (f64::from(score) * 1e4).round() / 1e4
}

/// Writes a value as one line: the one way in which JSON leaves telex. Control characters within strings are escaped by JSON itself; overrides
/// of the direction of text are escaped here, since a terminal may be what reads the line.
pub(super) fn line(value: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    let text = serde_json::to_string(value)?;
    for piece in text.split_inclusive(is_unseen) {
        match piece.chars().next_back().filter(|c| is_unseen(*c)) {
            Some(c) => {
                out.write_all(&piece.as_bytes()[..piece.len() - c.len_utf8()])?;
                c.encode_utf16(&mut [0; 2]).iter().try_for_each(|unit| write!(out, "\\u{unit:04x}"))?;
            }
            None => out.write_all(piece.as_bytes())?,
        }
    }
    writeln!(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_holds_nothing_that_acts_on_a_terminal() {
        for (text, want) in [
            ("l’été", "\"l’été\"\n"),
            ("a\u{7f}b", "\"a\\u007fb\"\n"),
            ("é\u{202e}\u{202e}x\u{9b}", "\"é\\u202e\\u202ex\\u009b\"\n"),
            ("\u{1b}[2J", "\"\\u001b[2J\"\n"),
            ("", "\"\"\n"),
        ] {
            let mut out = Vec::new();
            line(&text, &mut out).unwrap();
            assert_eq!(String::from_utf8(out).unwrap(), want);
        }
    }
}
