//! An article as the engine indexes it: the values of its fields, which are moved out of it and not copied, and how
//! those of a file are found again.

use std::ops::Bound;

use tantivy::Term;
use tantivy::query::{BooleanQuery, Query, RangeQuery, TermQuery};
use tantivy::schema::{Document as EngineDocument, Field, IndexRecordOption, OwnedValue};

use super::schema::{Fields, ticker_facet};
use super::stories::key;
use crate::article::{Article, Mention, Precision, Ticker};
use crate::story::Signature;

/// The values of a document, each with its field.
pub(super) struct Document(Vec<(Field, OwnedValue)>);

impl EngineDocument for Document {
    type Value<'a> = &'a OwnedValue;
    type FieldsValuesIter<'a> = Values<'a>;

    fn iter_fields_and_values(&self) -> Values<'_> {
        Values(self.0.iter())
    }
}

/// Goes over the values of a document.
pub(super) struct Values<'a>(std::slice::Iter<'a, (Field, OwnedValue)>);

impl<'a> Iterator for Values<'a> {
    type Item = (Field, &'a OwnedValue);

    fn next(&mut self) -> Option<(Field, &'a OwnedValue)> {
        self.0.next().map(|(field, value)| (*field, value))
    }
}

/// When articles are added.
#[derive(Clone, Copy)]
pub(super) struct Added {
    /// In seconds since 1970 UTC.
    pub at: i64,
    /// The number of the commit.
    pub generation: u64,
}

/// Returns the document of `article`, of which `record` is stored.
pub(super) fn document(
    article: Article,
    signature: &Signature,
    record: Vec<u8>,
    added: Added,
    fields: &Fields,
) -> Document {
    let mut values = Vec::with_capacity(64);
    let mut add = |field, value: OwnedValue| values.push((field, value));
    add(fields.file_type, article.file_type().into());
    add(fields.words, (article.words() as u64).into());
    add(fields.indexed, added.at.into());
    add(fields.generation, added.generation.into());
    if let Some(published) = article.published {
        add(fields.published, published.at.into());
        add(fields.timed, (published.precision == Precision::Second).into());
        add(fields.origin, (published.origin as u64).into());
    }
    add_tickers(&article.tickers, false, (fields.ticker, fields.symbol), &mut add);
    add_tickers(&article.tickers, true, (fields.main, fields.main_symbol), &mut add);
    add(fields.key, key(&article.id).into());
    add(fields.content, article.content().into());
    signature.to_words().into_iter().for_each(|word| add(fields.signature, word.into()));
    add(fields.record, record.into());
    add(fields.language, article.language.code().to_owned().into());
    let Article { id, path, headline, mut body, body_end, source, author, section, url, .. } = article;
    body.truncate(body_end);
    for (field, text) in [(fields.id, id), (fields.path, path), (fields.headline, headline), (fields.body, body)] {
        add(field, text.into());
    }
    for (field, text) in
        [(fields.source, source), (fields.author, author), (fields.section, section), (fields.url, url)]
    {
        text.into_iter().for_each(|text| add(field, text.into()));
    }
    Document(values)
}

/// Returns a query for the articles of a file that an earlier commit brought. Segments are given to tantivy whole, past
/// its numbering of operations, so a removal by the file's name alone would reach the articles that the file has now,
/// too; each article says in which commit it came.
pub(super) fn brought_before(path: &str, Added { generation, .. }: Added, fields: &Fields) -> Box<dyn Query> {
    let here = TermQuery::new(Term::from_field_text(fields.path, path), IndexRecordOption::Basic);
    let before = Bound::Excluded(Term::from_field_u64(fields.generation, generation));
    let before = RangeQuery::new(Bound::Unbounded, before);
    Box::new(BooleanQuery::intersection(vec![Box::new(here), Box::new(before)]))
}

/// Adds the securities of an article, or those that it is about: each company once, and each symbol.
fn add_tickers(
    mentions: &[Mention],
    main: bool,
    (company, symbol): (Field, Field),
    add: &mut impl FnMut(Field, OwnedValue),
) {
    let mentions = || mentions.iter().filter(|mention| mention.main || !main);
    let mut companies: Vec<&Ticker> = mentions().map(|mention| &mention.company).collect();
    companies.sort();
    companies.dedup();
    companies.iter().for_each(|ticker| add(company, ticker_facet(ticker).into()));
    let mut symbols: Vec<&str> =
        mentions().flat_map(|mention| [&mention.ticker.symbol, &mention.company.symbol]).map(String::as_str).collect();
    symbols.sort_unstable();
    symbols.dedup();
    symbols.iter().for_each(|written| add(symbol, (*written).to_owned().into()));
}
