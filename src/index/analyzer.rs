//! Our tokenizer in the engine's dress, for tests that let the engine's own writer index.

use tantivy::tokenizer::{TextAnalyzer, Token as EngineToken, TokenStream, Tokenizer};

use crate::analysis::{Token, Tokens};

pub(super) use super::schema::ANALYZER as NAME;

/// Returns the analyzer that the schema names.
pub(super) fn analyzer() -> TextAnalyzer {
    TextAnalyzer::builder(Analyzer).build()
}

#[derive(Clone)]
struct Analyzer;

impl Tokenizer for Analyzer {
    type TokenStream<'a> = Stream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream<'a> {
        Stream { tokens: Tokens::new(text), ours: Token::default(), theirs: EngineToken::default() }
    }
}

struct Stream<'a> {
    tokens: Tokens<'a>,
    ours: Token,
    theirs: EngineToken,
}

impl TokenStream for Stream<'_> {
    fn advance(&mut self) -> bool {
        // The buffers are exchanged, not copied: each becomes the other's next one.
        std::mem::swap(&mut self.ours.text, &mut self.theirs.text);
        if !self.tokens.next(&mut self.ours) {
            return false;
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

    #[test]
    fn the_engine_sees_our_tokens() {
        let mut analyzer = analyzer();
        let mut stream = analyzer.token_stream("L’action BRK.B monte. Fin");
        let mut seen = Vec::new();
        while stream.advance() {
            seen.push((stream.token().text.clone(), stream.token().position));
        }
        let want = [("action", 0), ("brk.b", 1), ("brk", 1), ("monte", 2), ("\u{1}s", 3), ("fin", 3)];
        assert_eq!(seen, want.map(|(text, position)| (text.to_owned(), position)));
    }
}
