//! An article as the engine indexes it.

use tantivy::TantivyDocument;
use tantivy::schema::Field;

use super::schema::{Fields, ticker_facet};
use super::stories::key;
use crate::article::{Article, Precision, Ticker};
use crate::story::Signature;

/// Returns the document of `article`, of which `record` is stored.
///
/// `now` is when it is added, in seconds since 1970 UTC.
pub(super) fn document(
    article: &Article,
    signature: &Signature,
    record: &[u8],
    now: i64,
    fields: &Fields,
) -> TantivyDocument {
    let mut document = TantivyDocument::new();
    document.add_text(fields.id, &article.id);
    document.add_text(fields.path, &article.path);
    document.add_text(fields.headline, &article.headline);
    document.add_text(fields.body, article.text());
    document.add_text(fields.language, article.language.code());
    if let Some(source) = &article.source {
        document.add_text(fields.source, source);
    }
    if let Some(author) = &article.author {
        document.add_text(fields.author, author);
    }
    if let Some(section) = &article.section {
        document.add_text(fields.section, section);
    }
    if let Some(url) = &article.url {
        document.add_text(fields.url, url);
    }
    document.add_text(fields.file_type, article.file_type());
    document.add_u64(fields.words, article.words() as u64);
    document.add_i64(fields.indexed, now);
    if let Some(published) = article.published {
        document.add_i64(fields.published, published.at);
        document.add_bool(fields.timed, published.precision == Precision::Second);
        document.add_u64(fields.origin, published.origin as u64);
    }
    add_tickers(article, false, (fields.ticker, fields.symbol), &mut document);
    add_tickers(article, true, (fields.main, fields.main_symbol), &mut document);
    document.add_u64(fields.key, key(&article.id));
    document.add_u64(fields.content, article.content());
    for word in signature.to_words() {
        document.add_u64(fields.signature, word);
    }
    document.add_bytes(fields.record, record);
    document
}

/// Adds the securities of an article, or those that it is about: each company once, and each symbol.
fn add_tickers(article: &Article, main: bool, (company, symbol): (Field, Field), document: &mut TantivyDocument) {
    let mentions = || article.tickers.iter().filter(|mention| mention.main || !main);
    let mut companies: Vec<&Ticker> = mentions().map(|mention| &mention.company).collect();
    companies.sort();
    companies.dedup();
    companies.iter().for_each(|ticker| document.add_facet(company, ticker_facet(ticker)));
    let mut symbols: Vec<&str> =
        mentions().flat_map(|mention| [&mention.ticker.symbol, &mention.company.symbol]).map(String::as_str).collect();
    symbols.sort_unstable();
    symbols.dedup();
    symbols.iter().for_each(|written| document.add_text(symbol, written));
}
