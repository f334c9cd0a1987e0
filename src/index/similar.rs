//! Articles like a given one, which the index may hold or not: the query of its most telling words,
//! without itself and its copies.

use tantivy::Term;

use super::reader::Index;
use super::signatures::Signatures;
use crate::article::Article;
use crate::error::Result;
use crate::query::{Filter, Kind, Node, Query};
use crate::search::telling_words;
use crate::story::Signature;

/// How many words are searched for.
const WORDS: usize = 25;

impl Index {
    /// Returns the query for articles like `article`, and the words that it looks for. The article itself,
    /// its copies of whatever date, and the stories they are of are left out.
    ///
    /// # Errors
    /// `Corrupt` if the index is damaged.
    pub fn query_like(&self, article: &Article) -> Result<(Query, Vec<String>)> {
        let searcher = self.searcher();
        let body = self.fields().body;
        let mut frequency = |form: &str| searcher.doc_freq(&Term::from_field_text(body, form));
        let words =
            telling_words(article, WORDS, searcher.num_docs(), &mut frequency).map_err(|error| self.failed(error))?;
        let node = |kind| Node { kind, span: 0..0 };
        let wanted = node(Kind::Words(words.iter().map(|word| node(Kind::Word(word.clone()))).collect()));
        let mut parts = vec![wanted];
        for id in self
            .copies_of(&Signature::of(article))
            .map_err(|error| self.failed(error))?
            .into_iter()
            .chain([article.id.clone()])
        {
            parts.push(node(Kind::Not(Box::new(node(Kind::Filter(Filter::Story(id)))))));
        }
        Ok((Query { text: words.join(" "), root: node(Kind::And(parts)) }, words))
    }

    /// Returns the ids of the articles whose texts are copies of the one with this signature, by a look at
    /// every signature.
    fn copies_of(&self, signature: &Signature) -> tantivy::Result<Vec<String>> {
        let mut ids = Vec::new();
        for (segment, reader) in (0..).zip(self.searcher().segment_readers()) {
            let mut copies = Vec::new();
            Signatures::of(reader)?.for_each(|doc, words| {
                if signature.is_copy_stored(words) && !reader.is_deleted(doc) {
                    copies.push(doc);
                }
            });
            let columns = self.columns.of(self.searcher(), segment)?;
            for doc in copies {
                ids.push(columns.id(doc)?);
            }
        }
        Ok(ids)
    }
}
