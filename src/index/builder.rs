//! Makes a segment of documents: the postings and lengths of their texts, their columns, and their records. What is
//! written is the engine's format, byte for byte as its own writer has it.

use tantivy::directory::TerminatingWrite;
use tantivy::fastfield::FastFieldsWriter;
use tantivy::fieldnorm::{FieldNormReaders, FieldNormsSerializer, FieldNormsWriter};
use tantivy::index::{SegmentComponent, SegmentMeta};
use tantivy::postings::InvertedIndexSerializer;
use tantivy::schema::{Document, FieldType, OwnedValue, Schema};
use tantivy::store::StoreWriter;
use tantivy::tokenizer::{FacetTokenizer, TokenStream, Tokenizer};
use tantivy::{DocId, PluginWriterContext, Segment};

use super::document::Document as Article;
use super::inverter::Inverter;
use super::schema::ANALYZER;
use crate::analysis::{Token, Tokens};

/// A segment that grows.
pub(super) struct SegmentBuilder {
    segment: Segment,
    schema: Schema,
    /// By field.
    terms: Vec<Terms>,
    documents: DocId,
    postings: Inverter,
    lengths: FieldNormsWriter,
    columns: FastFieldsWriter,
    store: StoreWriter,
    token: Token,
    facets: FacetTokenizer,
}

/// What the terms of a field are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Terms {
    /// It has none.
    None,
    /// The tokens of a text.
    Tokens,
    /// The text as it is.
    Text,
    /// A path, and those that it lies under.
    Path,
}

impl Terms {
    fn of(field: &FieldType) -> Terms {
        match field {
            FieldType::Str(options) => match options.get_indexing_options() {
                Some(options) if options.tokenizer() == ANALYZER => Terms::Tokens,
                Some(_) => Terms::Text,
                None => Terms::None,
            },
            FieldType::Facet(_) => Terms::Path,
            _ => Terms::None,
        }
    }
}

impl SegmentBuilder {
    /// Begins a segment; `batch` tokens are sorted at a time.
    pub fn new(segment: Segment, batch: usize) -> tantivy::Result<SegmentBuilder> {
        let (index, schema) = (segment.index(), segment.schema());
        let settings = index.settings();
        let store = StoreWriter::new(
            segment.open_write(SegmentComponent::Store)?,
            settings.docstore_compression,
            settings.docstore_blocksize,
            settings.docstore_compress_dedicated_thread,
        )?;
        let tokenizers = index.fast_field_tokenizer().clone();
        Ok(SegmentBuilder {
            terms: schema.fields().map(|(_, entry)| Terms::of(entry.field_type())).collect(),
            documents: 0,
            postings: Inverter::new(&schema, batch),
            lengths: FieldNormsWriter::for_schema(&schema),
            columns: FastFieldsWriter::from_schema_and_tokenizer_manager(&schema, tokenizers)?,
            store,
            token: Token::default(),
            facets: FacetTokenizer::default(),
            segment,
            schema,
        })
    }

    /// Adds a document, which has one value at most of each field that is cut into tokens.
    pub fn add(&mut self, document: &Article) -> tantivy::Result<()> {
        let doc = self.documents;
        for (field, value) in document.iter_fields_and_values() {
            match (self.terms[field.field_id() as usize], value) {
                (Terms::Tokens, OwnedValue::Str(text)) => {
                    let mut tokens = Tokens::new(text);
                    let mut length = 0;
                    while tokens.next(&mut self.token) {
                        length += u32::from(self.postings.add(field, self.token.text.as_bytes(), self.token.position));
                    }
                    self.lengths.record(doc, field, length);
                }
                (Terms::Text, OwnedValue::Str(text)) => {
                    self.postings.add(field, text.as_bytes(), 0);
                }
                (Terms::Path, OwnedValue::Facet(facet)) => {
                    let mut paths = self.facets.token_stream(facet.encoded_str());
                    while let Some(path) = paths.next() {
                        self.postings.add(field, path.text.as_bytes(), 0);
                    }
                }
                _ => {}
            }
        }
        self.postings.end();
        self.columns.add_document(document)?;
        self.store.store(document, &self.schema)?;
        self.documents += 1;
        Ok(())
    }

    /// Returns how many bytes of memory the segment takes by now.
    pub fn memory(&self) -> usize {
        self.postings.memory() + self.lengths.mem_usage() + self.columns.mem_usage() + self.store.mem_usage()
    }

    /// Writes the segment, and shows it to those who attend.
    pub fn finish(mut self) -> tantivy::Result<SegmentMeta> {
        let segment = &self.segment;
        self.lengths.fill_up_to_max_doc(self.documents);
        let lengths = FieldNormsSerializer::from_write(segment.open_write(SegmentComponent::FieldNorms)?)?;
        self.lengths.serialize(lengths, None)?;
        let lengths = FieldNormReaders::open(segment.open_read(SegmentComponent::FieldNorms)?)?;
        let mut postings = InvertedIndexSerializer::open(segment)?;
        self.postings.write(&mut postings, &lengths)?;
        postings.close()?;
        let mut columns = segment.open_write(SegmentComponent::FastFields)?;
        self.columns.serialize(&mut columns, None)?;
        columns.terminate()?;
        self.store.close()?;
        let context = PluginWriterContext { segment, memory_budget_in_bytes: 0 };
        for attendant in segment.index().custom_plugins() {
            attendant.create_writer(&context)?.serialize(segment, None)?;
        }
        let meta = self.segment.with_max_doc(self.documents).meta().clone();
        meta.untrack_temp_docstore();
        Ok(meta)
    }
}

#[cfg(test)]
mod tests {
    use super::super::analyzer;
    use super::super::document::{Added, document};
    use super::super::schema::{Fields, schema};
    use super::*;
    use crate::article::{self, DateOrigin, How, Mention, Mic, Precision, Published, Ticker};
    use crate::story::Signature;
    use proptest::collection::vec;
    use proptest::prelude::*;
    use tantivy::Index;
    use tantivy::indexer::{AddOperation, SegmentWriter};

    /// What a segment consists of, file by file.
    fn files(segment: &Segment) -> Vec<Vec<u8>> {
        use SegmentComponent::{FastFields, FieldNorms, Positions, Postings, Store, Terms};
        let files = [FieldNorms, Terms, Postings, Positions, FastFields, Store];
        files.map(|file| segment.open_read(file).unwrap().read_bytes().unwrap().to_vec()).to_vec()
    }

    /// The same documents as the engine's own writer writes them, and as we do.
    fn written(documents: &dyn Fn(&Fields) -> Vec<Article>, batch: usize) -> [Vec<Vec<u8>>; 2] {
        let (schema, fields) = schema();
        let index = Index::create_in_ram(schema);
        index.tokenizers().register(analyzer::NAME, analyzer::analyzer());
        let (theirs, ours) = (index.new_segment(), index.new_segment());
        let mut writer = SegmentWriter::for_segment(15 << 20, theirs.clone()).unwrap();
        let mut builder = SegmentBuilder::new(ours.clone(), batch).unwrap();
        for document in documents(&fields) {
            builder.add(&document).unwrap();
            writer.add_document(AddOperation { opstamp: 0, document }).unwrap();
        }
        assert!(builder.memory() > 0);
        let documents = writer.max_doc();
        writer.finalize().unwrap();
        assert_eq!(builder.finish().unwrap().max_doc(), documents);
        [files(&theirs), files(&ours)]
    }

    fn article(id: usize, headline: &str, body: &str, symbols: &[&str], source: Option<&str>) -> article::Article {
        let mention = |symbol: &&str| {
            let ticker = Ticker::new(*symbol, Mic::new("XNAS").unwrap());
            Mention { main: id.is_multiple_of(2), ..Mention::new(ticker, How::Metadata) }
        };
        article::Article {
            id: format!("n{id}"),
            path: format!("{}.txt", id / 3),
            headline: headline.to_owned(),
            body: body.to_owned(),
            body_end: body.len(),
            source: source.map(str::to_owned),
            tickers: symbols.iter().map(mention).collect(),
            published: (!id.is_multiple_of(3)).then_some(Published {
                at: id as i64,
                precision: Precision::Day,
                origin: DateOrigin::ALL[0],
            }),
            ..article::Article::default()
        }
    }

    fn documents(articles: Vec<article::Article>) -> impl Fn(&Fields) -> Vec<Article> {
        move |fields| {
            let document = |article: &article::Article| {
                let signature = Signature::of(article);
                let record = article.body.as_bytes().to_vec();
                document(article.clone(), &signature, record, Added { at: 5, generation: 1 }, fields)
            };
            articles.iter().map(document).collect()
        }
    }

    #[test]
    fn a_segment_without_a_document_is_the_engines() {
        let [theirs, ours] = written(&documents(Vec::new()), 10);
        assert_eq!(theirs, ours);
    }

    #[test]
    fn long_lists_are_those_of_the_engine() {
        // More documents than a block has, a word more often than a byte counts, and far apart.
        let body = "La bourse monte de 3,5 % à 2 Md€ en 2025. Et la ".repeat(40);
        let articles = (0..300).map(|n| {
            let body = &body[..body.len() / 40 * (1 + n % 40)];
            article(n, "La bourse", body, &["AAPL"][..n % 2], Some("Les Échos"))
        });
        let [theirs, ours] = written(&documents(articles.collect()), 1_000);
        assert_eq!(theirs, ours);
    }

    fn text() -> impl Strategy<Value = String> {
        let known = ["la", "l’action", "BRK.B", "1,5 M€", "de 3 à 5 %", "2025."].map(str::to_owned).to_vec();
        vec(prop_oneof![proptest::sample::select(known), "[a-zé0-9]{1,3}"], 0..12).prop_map(|words| words.join(" "))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(60))]
        #[test]
        fn every_file_of_a_segment_is_the_engines(
            made in vec((text(), text(), vec("[A-Z]{1,2}", 0..3), proptest::option::of("[A-Z]{0,2}")), 0..30),
            // Of the smaller ones a document is cut in the middle.
            batch in 1..100_usize,
        ) {
            let articles = made.iter().enumerate().map(|(n, (headline, body, symbols, source))| {
                let symbols: Vec<&str> = symbols.iter().map(String::as_str).collect();
                article(n, headline, body, &symbols, source.as_deref())
            });
            let [theirs, ours] = written(&documents(articles.collect()), batch);
            prop_assert_eq!(theirs, ours);
        }
    }
}
