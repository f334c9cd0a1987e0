//! Plain tantivy on the same articles: a program as its documentation shows, in two variants.
//!
//! Both store text, identifier and title, and keep date, language and tickers as columns. One has a single field
//! and tantivy's default tokenizer; the other a field a language, each with its Snowball stemmer, and
//! queries that look in both.

use std::path::Path;
use std::time::Instant;

use rust_stemmers::{Algorithm, Stemmer};
use tantivy::aggregation::AggregationCollector;
use tantivy::aggregation::agg_req::Aggregations;
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, Occur, Query as Asked, QueryParser, RegexQuery};
use tantivy::schema::{
    DateOptions, DateTimePrecision, FAST, Field, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing,
    TextOptions, Value,
};
use tantivy::snippet::SnippetGenerator;
use tantivy::tokenizer::{LowerCaser, RemoveLongFilter, SimpleTokenizer, TextAnalyzer, Token, TokenFilter};
use tantivy::tokenizer::{TokenStream, Tokenizer};
use tantivy::{DateTime, Index, ReloadPolicy, Searcher, TantivyDocument};

use crate::Result;
use crate::corpus::{self, Article};
use crate::engine::{HITS, MEMORY, Mode, threads};
use crate::queries::{Operation, Query};

/// The fields of the schema.
struct Fields {
    id: Field,
    title: Field,
    french: Field,
    english: Field,
    date: Field,
    lang: Field,
    ticker: Field,
}

impl Fields {
    /// Returns the fields that hold text, each once.
    fn text(&self) -> Vec<Field> {
        let mut fields = vec![self.french, self.english];
        fields.dedup();
        fields
    }
}

fn schema(stems: bool) -> (Schema, Fields) {
    let mut schema = Schema::builder();
    let mut text = |name: &str, tokenizer: &str| {
        let positions = IndexRecordOption::WithFreqsAndPositions;
        let indexing = TextFieldIndexing::default().set_tokenizer(tokenizer).set_index_option(positions);
        schema.add_text_field(name, TextOptions::default().set_indexing_options(indexing).set_stored())
    };
    let (french, english) = if stems {
        (text("text_fr", "french"), text("text_en", "english"))
    } else {
        let both = text("text", "default");
        (both, both)
    };
    let date = DateOptions::default().set_indexed().set_fast().set_stored().set_precision(DateTimePrecision::Seconds);
    let fields = Fields {
        id: schema.add_text_field("id", STRING | STORED),
        title: schema.add_text_field("title", STORED),
        french,
        english,
        date: schema.add_date_field("date", date),
        lang: schema.add_text_field("lang", STRING | FAST | STORED),
        ticker: schema.add_text_field("ticker", STRING | FAST | STORED),
    };
    (schema.build(), fields)
}

/// Indexes a corpus; returns how many articles it had.
pub fn index(stems: bool, corpus: &Path, place: &Path) -> Result<u64> {
    let (schema, fields) = schema(stems);
    let index = Index::create_in_dir(place, schema)?;
    register(&index);
    let mut writer = index.writer_with_num_threads(threads(), MEMORY)?;
    let mut count = 0;
    corpus::for_each(corpus, &mut |article| {
        count += 1;
        writer.add_document(document(article, &fields))?;
        Ok(())
    })?;
    writer.commit()?;
    writer.wait_merging_threads()?;
    Ok(count)
}

fn document(article: Article, fields: &Fields) -> TantivyDocument {
    let mut document = TantivyDocument::new();
    let text = format!("{}\n{}", article.title, article.body);
    document.add_text(if article.lang == "fr" { fields.french } else { fields.english }, text);
    document.add_text(fields.id, article.id);
    document.add_text(fields.title, article.title);
    document.add_text(fields.lang, article.lang);
    for ticker in article.tickers {
        document.add_text(fields.ticker, ticker);
    }
    if let Some(date) = article.date.parse::<jiff::civil::Date>().ok().and_then(|date| date.in_tz("UTC").ok()) {
        document.add_date(fields.date, DateTime::from_timestamp_secs(date.timestamp().as_second()));
    }
    document
}

fn register(index: &Index) {
    for (name, algorithm) in [("french", Algorithm::French), ("english", Algorithm::English)] {
        let analyzer = TextAnalyzer::builder(SimpleTokenizer::default())
            .filter(RemoveLongFilter::limit(40))
            .filter(LowerCaser)
            .filter(Stems(algorithm))
            .build();
        index.tokenizers().register(name, analyzer);
    }
}

/// An index opened for searching.
pub struct Opened {
    parser: QueryParser,
    searcher: Searcher,
    fields: Fields,
    tickers: Aggregations,
}

impl Opened {
    pub fn open(stems: bool, place: &Path) -> Result<Opened> {
        let index = Index::open_in_dir(place)?;
        register(&index);
        let (_, fields) = schema(stems);
        let reader: tantivy::IndexReader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let tickers = serde_json::from_value(serde_json::json!({"t": {"terms": {"field": "ticker", "size": HITS}}}))?;
        let parser = QueryParser::for_index(&index, fields.text());
        Ok(Opened { parser, searcher: reader.searcher(), fields, tickers })
    }

    /// Answers a query; returns the microseconds it took and how much was found.
    pub fn time(&self, query: &Query, mode: Mode) -> Result<(f64, usize)> {
        let start = Instant::now();
        let found = self.answer(&*self.asked(query)?, mode)?;
        Ok((start.elapsed().as_secs_f64() * 1e6, found))
    }

    fn answer(&self, asked: &dyn Asked, mode: Mode) -> Result<usize> {
        if mode == Mode::Facet {
            let counts = AggregationCollector::from_aggs(self.tickers.clone(), Default::default());
            return Ok(self.searcher.search(asked, &counts)?.0.len());
        }
        let best = self.searcher.search(asked, &TopDocs::with_limit(HITS).order_by_score())?;
        if mode == Mode::Best {
            return Ok(best.len());
        }
        let mut snippets = Vec::new();
        if mode == Mode::Snippets {
            for field in self.fields.text() {
                snippets.push(SnippetGenerator::create(&self.searcher, asked, field)?);
            }
        }
        let mut read = 0;
        for (_, address) in best {
            let document: TantivyDocument = self.searcher.doc(address)?;
            let title = document.get_first(self.fields.title).and_then(|title| title.as_str()).unwrap_or_default();
            let lit: usize = snippets.iter().map(|snippet| snippet.snippet_from_doc(&document).fragment().len()).sum();
            read += usize::from(title.len() + lit > 0);
        }
        Ok(read)
    }

    fn asked(&self, query: &Query) -> Result<Box<dyn Asked>> {
        let words = query.words.split(' ');
        let typed = match query.operation {
            Operation::Term | Operation::Or => words.map(quoted).collect::<Vec<_>>().join(" "),
            Operation::And => words.map(|word| format!("+{}", quoted(word))).collect::<Vec<_>>().join(" "),
            Operation::Phrase => format!("\"{}\"", query.words),
            Operation::Prefix => {
                let in_field = |field| RegexQuery::from_pattern(&format!("{}.*", query.words), field);
                let parts = self.fields.text().into_iter().map(|field| {
                    let part: Box<dyn Asked> = Box::new(in_field(field)?);
                    Ok((Occur::Should, part))
                });
                return Ok(Box::new(BooleanQuery::new(parts.collect::<tantivy::Result<Vec<_>>>()?)));
            }
            Operation::Typed => return Err("a query of telex's own".into()),
        };
        Ok(self.parser.parse_query(&typed)?)
    }
}

/// Returns a word as tantivy's query language takes it.
fn quoted(word: &str) -> String {
    if word.chars().all(char::is_alphanumeric) { word.to_owned() } else { format!("\"{word}\"") }
}

/// A filter that replaces each word by its stem.
#[derive(Clone)]
struct Stems(Algorithm);

#[derive(Clone)]
struct StemTokenizer<T> {
    algorithm: Algorithm,
    inner: T,
}

struct StemStream<T> {
    stemmer: Stemmer,
    inner: T,
}

impl TokenFilter for Stems {
    type Tokenizer<T: Tokenizer> = StemTokenizer<T>;

    fn transform<T: Tokenizer>(self, inner: T) -> StemTokenizer<T> {
        StemTokenizer { algorithm: self.0, inner }
    }
}

impl<T: Tokenizer> Tokenizer for StemTokenizer<T> {
    type TokenStream<'a> = StemStream<T::TokenStream<'a>>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Self::TokenStream<'a> {
        StemStream { stemmer: Stemmer::create(self.algorithm), inner: self.inner.token_stream(text) }
    }
}

impl<T: TokenStream> TokenStream for StemStream<T> {
    fn advance(&mut self) -> bool {
        if !self.inner.advance() {
            return false;
        }
        let token = self.inner.token_mut();
        let stem = self.stemmer.stem(&token.text).into_owned();
        token.text = stem;
        true
    }

    fn token(&self) -> &Token {
        self.inner.token()
    }

    fn token_mut(&mut self) -> &mut Token {
        self.inner.token_mut()
    }
}
