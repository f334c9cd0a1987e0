//! What an index answers: plain data. The wire shapes (JSON, CSV) are made at the door.

use std::ops::Range;

use super::cursor::Cursor;
use super::request::Facet;
use crate::article::{HeadlineOrigin, Language, Mention, Published};
use crate::wording::Bilingual;

/// The answer to one search.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct SearchResponse {
    /// How many articles match, exactly.
    pub total: u64,
    /// How many stories they tell, exactly: an article and its copies are one.
    pub stories: u64,
    /// The page asked for.
    pub hits: Vec<Hit>,
    /// Where to read on, if there are more hits.
    pub next: Option<Cursor>,
    /// If no article has all that was asked for: how many have all but one part, the most first.
    pub without: Vec<Without>,
    /// The counts asked for, in the order of the request.
    pub facets: Vec<FacetCounts>,
    /// The telling words, if they were asked for.
    pub words: Option<SignificantWords>,
    /// True when no article had every word, and the hits are those that have any.
    pub relaxed: bool,
    /// What a person should know of how the query was read (other readings, words without a match).
    pub notes: Vec<Bilingual>,
    /// The translations that were looked for beside what was typed, those that an article may have.
    pub also_searched: Vec<String>,
}

/// What a request finds without one of its parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Without {
    /// The word, phrase or filter that is left out, as typed.
    pub part: String,
    /// How many articles match then.
    pub total: u64,
}

/// One article found.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Hit {
    /// Its place in the whole order, from 1.
    pub rank: usize,
    /// Its score; 0 when sorted by date.
    pub score: f32,
    /// Its stable name.
    pub id: String,
    /// Its file.
    pub path: String,
    /// Its title, with what matched in it.
    pub headline: Marked,
    /// Where the title comes from.
    pub headline_origin: HeadlineOrigin,
    /// Its language.
    pub language: Language,
    /// How sure the language is, from 0 to 1.
    pub language_confidence: f32,
    /// When it was published.
    pub published: Option<Published>,
    /// Who published it.
    pub source: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// The section or category it ran under.
    pub section: Option<String>,
    /// Where it was found on the web.
    pub url: Option<String>,
    /// The securities it names.
    pub tickers: Vec<Mention>,
    /// Extracts of the body, with what matched in them, in the order of the text.
    pub snippets: Vec<Snippet>,
    /// The fingerprint of what it says ([`crate::article::Article::content`]).
    pub content: u64,
    /// The story it is of, if it has copies.
    pub story: Option<StoryOf>,
}

/// What a hit tells of its story.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StoryOf {
    /// The name of the story: the id of its earliest article.
    pub id: String,
    /// How many other articles of it match as well.
    pub copies: u64,
    /// Who published those, each once, in the order of publication.
    pub sources: Vec<String>,
}

/// A text with the places to light.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marked {
    /// The text as written.
    pub text: String,
    /// Byte ranges of `text`, in order, apart from one another.
    pub lit: Vec<Range<usize>>,
}

/// An extract of an article's body.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Snippet {
    /// The extract.
    pub marked: Marked,
    /// The byte of the body where it begins.
    pub offset: usize,
    /// The same in Unicode scalar values.
    pub offset_in_scalars: usize,
    /// Whether text comes before it in the same sentence.
    pub cut_before: bool,
    /// Whether text comes after it in the same sentence.
    pub cut_after: bool,
}

/// The counts of one facet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetCounts {
    /// Which facet.
    pub facet: Facet,
    /// The most frequent values: by stories, by articles (dates by value), then by name; or a timeline.
    pub values: Vec<FacetValue>,
    /// How many further values there are.
    pub others: u64,
    /// How many articles have at least one of the further values.
    pub other_articles: u64,
    /// How many articles have no value at all.
    pub without: u64,
    /// The counts within each value, if they were asked for.
    pub across: Option<Across>,
}

/// A second facet across the values of a first: a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Across {
    /// The columns with their counts over all the articles of the table.
    pub columns: Box<FacetCounts>,
    /// How many articles have the value of the row and of the column, row by row.
    pub cells: Vec<Vec<u64>>,
    /// The same for the articles of the further values of the rows.
    pub others: Vec<u64>,
}

/// One value of a facet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetValue {
    /// The value: `XNAS:AMZN`, `fr`, `Reuters`, `2025-07`.
    pub value: String,
    /// How many matching articles have it.
    pub count: u64,
    /// How many stories those tell, if stories are counted ([`SearchRequest::collapse`]).
    ///
    /// [`SearchRequest::collapse`]: super::SearchRequest::collapse
    pub stories: Option<u64>,
    /// For a ticker, how many of them are about it.
    pub main: Option<u64>,
    /// Whether the query or a filter asks for this value.
    pub selected: bool,
}

/// The words that tell the articles of an answer from all the others.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SignificantWords {
    /// The words, the most telling first.
    pub words: Vec<SignificantWord>,
    /// How many of the matching articles were read for them: all, unless there are too many.
    pub read: u64,
}

/// A word that is more frequent among the articles of an answer than elsewhere.
#[derive(Clone, Debug, PartialEq)]
pub struct SignificantWord {
    /// The word as it is most often written there.
    pub word: String,
    /// How many of the articles that were read have it, in any form of its stem.
    pub count: u64,
    /// How many articles of the index have it.
    pub background: u64,
    /// The log-likelihood ratio, greater the more it tells.
    pub score: f64,
}
