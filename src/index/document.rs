//! An article as the engine indexes it.

use tantivy::TantivyDocument;
use tantivy::schema::Field;

use super::schema::{Fields, ticker_facet};
use super::stories::key;
use crate::article::{Article, Precision, Ticker};
use crate::story::Signature;

/// Returns the document of `article`, of which `record` is stored.
pub(super) fn document(article: &Article, signature: &Signature, record: &[u8], fields: &Fields) -> TantivyDocument {
    let mut document = TantivyDocument::new();
    document.add_text(fields.id, &article.id);
    document.add_text(fields.path, &article.path);
    document.add_text(fields.headline, &article.headline);
    document.add_text(fields.body, article.text());
    document.add_text(fields.lead, lead(article.text()));
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
    if let Some(published) = article.published {
        document.add_i64(fields.published, published.at);
        document.add_bool(fields.timed, published.precision == Precision::Second);
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

/// The least and the most bytes of a lead.
const LEAD: (usize, usize) = (120, 400);

/// Returns the beginning of a text: its first paragraph, or several if they are short, or the first few
/// lines of a long one.
fn lead(text: &str) -> &str {
    if text.len() <= LEAD.0 {
        return text;
    }
    let boundary = |at: usize| (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let (least, most) = (boundary(LEAD.0), boundary(LEAD.1));
    match text[least..most].find('\n') {
        Some(end) => &text[..least + end],
        // Not in the middle of a word.
        None if most < text.len() => &text[..text[..most].rfind(char::is_whitespace).unwrap_or(most)],
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lead_is_the_first_paragraph_or_a_few_lines() {
        assert_eq!(lead("Court."), "Court.");
        let first = "mot ".repeat(40);
        assert_eq!(lead(&format!("{first}\nsuite")), first);
        assert_eq!(lead(&format!("Titre\n{first}\nsuite")), format!("Titre\n{first}"));
        let long = "é".repeat(150) + " " + &"mot ".repeat(200);
        assert!(lead(&long).len() <= 400 && lead(&long).ends_with("mot"));
    }
}
