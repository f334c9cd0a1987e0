//! Our tokenizer in the engine's dress, which also shows each form to the vocabulary's collector.

use std::sync::Arc;

use rustc_hash::FxHashSet;
use tantivy::tokenizer::{TextAnalyzer, Token as EngineToken, TokenStream, Tokenizer};
use xxhash_rust::xxh3::xxh3_64;

use crate::analysis::{Token, TokenKind, Tokens};
use crate::vocabulary::Collector;

/// The name under which the schema knows the analyzer.
pub(super) const NAME: &str = "telex";

/// In how many pairs the forms met last are kept beside the rest: so few that they stay in the processor's
/// nearer cache, and still most of a text, since words repeat.
const RECENT: usize = 1 << 14;

/// Returns the analyzer that indexing threads run.
pub(super) fn analyzer(collector: Arc<Collector>) -> TextAnalyzer {
    TextAnalyzer::builder(Analyzer { collector, recent: vec![[0; 2]; RECENT], met: FxHashSet::default() }).build()
}

/// Each indexing thread has its own clone, and in it the forms that it has met: by hash, since the
/// collector alone must know their letters.
#[derive(Clone)]
struct Analyzer {
    collector: Arc<Collector>,
    /// By the low bits of the hash, the later one of each pair first.
    recent: Vec<[u64; 2]>,
    met: FxHashSet<u64>,
}

impl Analyzer {
    fn meet(&mut self, form: &str) {
        let hash = xxh3_64(form.as_bytes());
        let recent = &mut self.recent[hash as usize % RECENT];
        if recent[0] == hash {
            return;
        }
        let known = recent[1] == hash;
        *recent = [hash, recent[0]];
        if !known && self.met.insert(hash) {
            self.collector.add(form);
        }
    }
}

impl Tokenizer for Analyzer {
    type TokenStream<'a> = Stream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream<'a> {
        Stream { tokens: Tokens::new(text), ours: Token::default(), theirs: EngineToken::default(), analyzer: self }
    }
}

struct Stream<'a> {
    tokens: Tokens<'a>,
    ours: Token,
    theirs: EngineToken,
    analyzer: &'a mut Analyzer,
}

impl TokenStream for Stream<'_> {
    fn advance(&mut self) -> bool {
        // The buffers are exchanged, not copied: each becomes the other's next one.
        std::mem::swap(&mut self.ours.text, &mut self.theirs.text);
        if !self.tokens.next(&mut self.ours) {
            return false;
        }
        if matches!(self.ours.kind, TokenKind::Word | TokenKind::Part | TokenKind::Quantity) {
            self.analyzer.meet(&self.ours.text);
        }
        std::mem::swap(&mut self.ours.text, &mut self.theirs.text);
        self.theirs.offset_from = self.ours.start;
        self.theirs.offset_to = self.ours.end;
        self.theirs.position = self.ours.position as usize;
        true
    }

    fn token(&self) -> &EngineToken {
        &self.theirs
    }

    fn token_mut(&mut self) -> &mut EngineToken {
        &mut self.theirs
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::Vocabulary;

    #[test]
    fn the_engine_sees_our_tokens_and_the_collector_every_form() {
        let collector = Arc::new(Collector::new(Vocabulary::default()));
        let mut analyzer = analyzer(collector.clone());
        let mut stream = analyzer.token_stream("L’action BRK.B monte. Fin");
        let mut seen = Vec::new();
        while stream.advance() {
            seen.push((stream.token().text.clone(), stream.token().position));
        }
        let want = [("action", 0), ("brk.b", 1), ("brk", 1), ("monte", 2), ("\u{1}s", 3), ("fin", 3)];
        assert_eq!(seen, want.map(|(text, position)| (text.to_owned(), position)));
        assert_eq!(collector.len(), 5);
    }
}
