//! The fields of the index: the only place that names them.

use tantivy::schema::{
    FAST, Facet, FacetOptions, Field, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions,
};

use tantivy::DocId;
use tantivy::columnar::StrColumn;

use crate::article::Ticker;

/// The handles of the fields.
#[derive(Clone, Copy)]
pub(super) struct Fields {
    /// The stable name: the last tie-breaker. It is found by its key.
    pub id: Field,
    /// The file: what is deleted when a file changes.
    pub path: Field,
    /// The title's forms, with positions.
    pub headline: Field,
    /// The text's forms without boilerplate, with positions.
    pub body: Field,
    /// The facet `/XNAS/AMZN` of each company, by its main listing.
    pub ticker: Field,
    /// The same of the securities that the article is about.
    pub main: Field,
    /// The symbol alone, as written and of the main listing, for a query that names no market.
    pub symbol: Field,
    /// The same of the securities that the article is about.
    pub main_symbol: Field,
    /// `fr`, `en` or `other`.
    pub language: Field,
    /// The publisher as written.
    pub source: Field,
    /// The author as written.
    pub author: Field,
    /// The section or category as written.
    pub section: Field,
    /// The address on the web.
    pub url: Field,
    /// The type of the file.
    pub file_type: Field,
    /// How many words the body has.
    pub words: Field,
    /// When it was added, in seconds since 1970, UTC.
    pub indexed: Field,
    /// The number of the commit that brought it.
    pub generation: Field,
    /// Seconds since 1970, UTC.
    pub published: Field,
    /// Whether the time of day of the publication is known.
    pub timed: Field,
    /// Where the date was read: the place in [`crate::article::DateOrigin::ALL`].
    pub origin: Field,
    /// A number made of the id: by it the table of stories knows an article.
    pub key: Field,
    /// The fingerprint of what the article says: by it an alert knows what was told.
    pub content: Field,
    /// What is kept of the text to find its copies: [`crate::story::WORDS`] numbers.
    pub signature: Field,
    /// The whole article.
    pub record: Field,
}

/// The name under which the engine knows our tokenizer.
pub(super) const ANALYZER: &str = "telex";

/// The names of the fast fields, by which tantivy opens them.
pub(super) mod name {
    pub const ID: &str = "id";
    pub const TICKER: &str = "ticker";
    pub const MAIN: &str = "main";
    pub const LANGUAGE: &str = "lang";
    pub const SOURCE: &str = "source";
    pub const PUBLISHED: &str = "published";
    pub const TIMED: &str = "timed";
    pub const ORIGIN: &str = "origin";
    pub const AUTHOR: &str = "author";
    pub const SECTION: &str = "section";
    pub const URL: &str = "url";
    pub const FILE_TYPE: &str = "type";
    pub const WORDS: &str = "words";
    pub const INDEXED: &str = "indexed";
    pub const GENERATION: &str = "generation";
    pub const KEY: &str = "key";
    pub const CONTENT: &str = "content";
    pub const SIGNATURE: &str = "signature";
}

/// Returns the schema and its handles. Only what is searched as a term has postings; what is filtered, sorted and
/// counted by is a column, and takes no room in the term dictionary.
pub(super) fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let keyword = TextOptions::default().set_indexing_options(
        TextFieldIndexing::default()
            .set_tokenizer("raw")
            .set_fieldnorms(false)
            .set_index_option(IndexRecordOption::Basic),
    );
    let text = TextOptions::default().set_indexing_options(
        TextFieldIndexing::default().set_tokenizer(ANALYZER).set_index_option(IndexRecordOption::WithFreqsAndPositions),
    );
    let fields = Fields {
        id: builder.add_text_field(name::ID, FAST),
        path: builder.add_text_field("path", keyword.clone()),
        headline: builder.add_text_field("headline", text.clone()),
        body: builder.add_text_field("body", text),
        ticker: builder.add_facet_field(name::TICKER, FacetOptions::default()),
        main: builder.add_facet_field(name::MAIN, FacetOptions::default()),
        symbol: builder.add_text_field("symbol", keyword.clone()),
        main_symbol: builder.add_text_field("main_symbol", keyword.clone()),
        language: builder.add_text_field(name::LANGUAGE, keyword.clone() | FAST),
        source: builder.add_text_field(name::SOURCE, keyword | FAST),
        author: builder.add_text_field(name::AUTHOR, FAST),
        section: builder.add_text_field(name::SECTION, FAST),
        url: builder.add_text_field(name::URL, FAST),
        file_type: builder.add_text_field(name::FILE_TYPE, FAST),
        words: builder.add_u64_field(name::WORDS, FAST),
        indexed: builder.add_i64_field(name::INDEXED, FAST),
        generation: builder.add_u64_field(name::GENERATION, FAST),
        published: builder.add_i64_field(name::PUBLISHED, FAST),
        timed: builder.add_bool_field(name::TIMED, FAST),
        origin: builder.add_u64_field(name::ORIGIN, FAST),
        key: builder.add_u64_field(name::KEY, FAST),
        content: builder.add_u64_field(name::CONTENT, FAST),
        signature: builder.add_u64_field(name::SIGNATURE, FAST),
        record: builder.add_bytes_field("record", STORED),
    };
    (builder.build(), fields)
}

/// Returns the facet path of a security: `/XNAS/AMZN`.
pub(super) fn ticker_facet(ticker: &Ticker) -> Facet {
    Facet::from_path([ticker.mic.as_str(), ticker.symbol.as_str()])
}

/// Returns what a document has in a column of texts, the first if several; `None` if nothing. Texts are packed, so
/// that this is not for every document of a search.
pub(super) fn text_of(column: &StrColumn, doc: DocId) -> tantivy::Result<Option<String>> {
    let Some(ord) = column.ords().first(doc) else { return Ok(None) };
    let mut text = String::new();
    column.ord_to_str(ord, &mut text)?;
    Ok(Some(text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Mic;

    #[test]
    fn facet_paths() {
        let ticker = Ticker::new("BRK.B", Mic::new("XNYS").unwrap());
        assert_eq!(ticker_facet(&ticker).to_path_string(), "/XNYS/BRK.B");
    }
}
