//! Articles like a given one, which the index may hold or not: the query of its most telling words,
//! without itself and its copies.

use std::collections::BTreeSet;
use std::sync::Arc;

use tantivy::Term;

use super::reader::Index;
use super::schema::name;
use super::signatures::Signatures;
use super::stories::key;
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
        let searcher = &self.searcher;
        let body = self.fields.body;
        let mut frequency = |form: &str| self.dead.frequency(searcher, &Term::from_field_text(body, form));
        let words = self.told(telling_words(article, WORDS, searcher.num_docs(), &mut frequency))?;
        let node = |kind| Node { kind, span: 0..0 };
        let wanted = node(Kind::Words(words.iter().map(|word| node(Kind::Word(word.clone()))).collect()));
        let mut same = self.told(self.copies_of(&Signature::of(article)))?;
        same.insert(key(&article.id));
        let stories: BTreeSet<u32> = same.iter().filter_map(|key| self.stories.of(*key)).collect();
        same.extend(stories.iter().flat_map(|story| self.stories.members(*story)).map(key));
        let others = node(Kind::Not(Box::new(node(Kind::Filter(Filter::Keys(Arc::new(same)))))));
        Ok((Query { text: words.join(" "), root: node(Kind::And(vec![wanted, others])) }, words))
    }

    /// Returns the keys of the articles whose texts are copies of the one with this signature, by a look at
    /// every signature.
    fn copies_of(&self, signature: &Signature) -> tantivy::Result<BTreeSet<u64>> {
        let mut copies = BTreeSet::new();
        for reader in self.searcher.segment_readers() {
            let keys = reader.fast_fields().u64(name::KEY)?;
            Signatures::of(reader)?.for_each(|doc, words| {
                if signature.is_copy_stored(words) && !reader.is_deleted(doc) {
                    copies.extend(keys.first(doc));
                }
            });
        }
        Ok(copies)
    }
}
