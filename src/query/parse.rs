//! The grammar: from tokens to the tree.
//!
//! One loop reads a sequence of operands and operators up to its closing bracket, keeping three open
//! lists: the alternatives of `OR`, the parts of `AND`, the words side by side. Only brackets recurse,
//! no deeper than [`MAX_DEPTH`]. A new binary operator (`NEAR/5`) is a new [`Operator`] and a fourth
//! list between the words and `AND`; a new leaf is a new arm of [`Parser::unsigned`].

use std::ops::Range;

use super::field::{Field, Role};
use super::leaf;
use super::saved::Inside;
use super::scan::plain_words;
use super::token::{Item, Resolve, Token, TokenKind, tokens, unclosed};
use super::value::Values;
use super::{Kind, Node, ParseOptions, Query, TextField};
use crate::error::{Error, Result};

/// How deep brackets may be nested.
const MAX_DEPTH: usize = 64;

/// How many words, phrases and filters a query may hold.
const MAX_CLAUSES: usize = 1024;

/// Reads a query of the query language; an empty one is every article.
///
/// # Errors
/// A query error with its place, and mostly a hint, for what cannot be read or is not supported yet.
pub fn parse(text: &str, options: &ParseOptions) -> Result<Query> {
    parse_with(text, options, crate::market::resolve)
}

/// Reads a text that is no query: its words, without operators, fields or quotation marks.
///
/// What carries nothing to search for is left out. A text without a word gives [`Kind::Words`] of
/// nothing, which finds nothing.
pub fn parse_plain(text: &str) -> Query {
    let words = plain_words(text);
    let span = extent(words.first(), words.last());
    let mut nodes = words.into_iter().map(|span| Node { kind: Kind::Word(text[span.clone()].to_owned()), span });
    let root = match (nodes.next(), nodes.len()) {
        (Some(node), 0) => node,
        (first, _) => Node { kind: Kind::Words(first.into_iter().chain(nodes).collect()), span },
    };
    Query { text: text.to_owned(), root }
}

/// Reads a query with codes of securities read by `resolve`.
pub(super) fn parse_with(text: &str, options: &ParseOptions, resolve: Resolve) -> Result<Query> {
    nested(text, Values { text, options, resolve }, &Inside::default()).map(|(query, _)| query)
}

/// Reads a query that stands inside others; returns also how many clauses they have together so far.
pub(super) fn nested(text: &str, values: Values<'_>, inside: &Inside<'_>) -> Result<(Query, usize)> {
    let tokens = tokens(text, values.resolve)?;
    let mut parser = Parser { text, tokens: &tokens, at: 0, values, clauses: inside.clauses, inside };
    let root = match parser.sequence(inside.depth, None)? {
        Some(part) => part.node,
        None if text.trim().is_empty() => Node { kind: Kind::All, span: 0..0 },
        None => {
            let start = text.len() - text.trim_start().len();
            let span = start..start + text.trim().len();
            return Err(Error::query("there is nothing to search for", text, span)
                .hint("write a word, or `*` for every article"));
        }
    };
    if let Some(token) = parser.peek() {
        return Err(Error::query("`)` closes nothing", text, token.span.clone())
            .hint("leave it out, or open the group with `(`"));
    }
    Ok((Query { text: text.to_owned(), root }, parser.clauses))
}

/// Returns whether `word` is an operator when it stands where one can.
pub(super) fn is_operator(word: &str) -> bool {
    matches!(word, "AND" | "OR" | "NOT") || is_french_operator(word)
}

/// French operators are operators between two operands only; elsewhere they are words.
fn is_french_operator(word: &str) -> bool {
    matches!(word, "ET" | "OU" | "SAUF")
}

/// A node, and the bytes it takes in the query with its brackets and signs.
struct Part {
    node: Node,
    extent: Range<usize>,
}

#[derive(Clone, Copy, PartialEq)]
enum Operator {
    And,
    Or,
    Not,
}

struct Parser<'t> {
    text: &'t str,
    tokens: &'t [Token],
    at: usize,
    values: Values<'t>,
    clauses: usize,
    /// The saved searches that this query stands in.
    inside: &'t Inside<'t>,
}

/// The lists that are open while a sequence is read.
#[derive(Default)]
struct Sequence {
    alternatives: Vec<Part>,
    conjuncts: Vec<Part>,
    words: Vec<Part>,
    /// The operator that still needs an operand on its right.
    pending: Option<Range<usize>>,
    /// Where the `NOT`s before the next operand begin, and whether their number is odd.
    negation: Option<(usize, bool)>,
}

impl<'t> Parser<'t> {
    fn peek(&self) -> Option<&'t Token> {
        self.tokens.get(self.at)
    }

    fn word(&self, token: &Token) -> &'t str {
        &self.text[token.span.clone()]
    }

    /// Reads up to the bracket that closes this sequence, or to the end. Returns `None` if it holds
    /// nothing to search for.
    fn sequence(&mut self, depth: usize, field: Option<TextField>) -> Result<Option<Part>> {
        let mut sequence = Sequence::default();
        // A word that is alone here is no operator, whatever its letters.
        let alone = self.tokens.get(self.at + 1).is_none_or(|next| matches!(next.kind, TokenKind::Close));
        while let Some(token) = self.peek() {
            if matches!(token.kind, TokenKind::Close) {
                break;
            }
            match self.operator(token, &sequence).filter(|_| !alone || !matches!(token.kind, TokenKind::Word { .. })) {
                Some(operator) => {
                    self.at += 1;
                    self.apply(operator, &token.span, &mut sequence)?;
                }
                None => match self.operand(depth, field)? {
                    Some(part) => sequence.push(part),
                    None => {
                        if let Some(span) = &sequence.pending {
                            return Err(self.needs("right", span));
                        }
                    }
                },
            }
        }
        if let Some(span) = &sequence.pending {
            return Err(self.needs("right", span));
        }
        Ok(sequence.finish())
    }

    /// Returns which operator the token is, if it is one at this place.
    fn operator(&self, token: &Token, sequence: &Sequence) -> Option<Operator> {
        let word = match token.kind {
            TokenKind::And => return Some(Operator::And),
            TokenKind::Or => return Some(Operator::Or),
            TokenKind::Word { literal: false } => self.word(token),
            _ => return None,
        };
        if is_french_operator(word) {
            let left = sequence.pending.is_none() && !sequence.words.is_empty();
            let right = self.tokens.get(self.at + 1).is_some_and(|next| match next.kind {
                TokenKind::Close | TokenKind::And | TokenKind::Or => false,
                TokenKind::Word { literal: false } => !matches!(self.word(next), "AND" | "OR"),
                _ => true,
            });
            if !left || !right {
                return None;
            }
        }
        match word {
            "AND" | "ET" => Some(Operator::And),
            "OR" | "OU" => Some(Operator::Or),
            "NOT" | "SAUF" => Some(Operator::Not),
            _ => None,
        }
    }

    fn apply(&self, operator: Operator, span: &Range<usize>, sequence: &mut Sequence) -> Result<()> {
        if operator != Operator::Not {
            if let Some(pending) = &sequence.pending {
                return Err(self.needs("right", pending));
            }
            if sequence.words.is_empty() {
                return Err(self.needs("left", span));
            }
        }
        match operator {
            Operator::And => sequence.close_words(),
            Operator::Or => sequence.close_conjuncts(),
            Operator::Not => {
                // `a NOT b` is `a AND NOT b`.
                if sequence.pending.is_none() {
                    sequence.close_words();
                }
                let (start, odd) = sequence.negation.unwrap_or((span.start, false));
                sequence.negation = Some((start, !odd));
            }
        }
        sequence.pending = Some(span.clone());
        Ok(())
    }

    fn needs(&self, side: &str, operator: &Range<usize>) -> Error {
        let name = &self.text[operator.clone()];
        Error::query(format!("`{name}` needs a term on its {side}"), self.text, operator.clone())
            .hint(format!("to search for it as a word, put it between quotation marks: `\"{name}\"`"))
    }

    /// Reads one operand with its sign. Returns `None` for a group with nothing to search for.
    fn operand(&mut self, depth: usize, field: Option<TextField>) -> Result<Option<Part>> {
        let Some(token) = self.peek() else { return Ok(None) };
        let sign = matches!(token.kind, TokenKind::Minus | TokenKind::Plus);
        if sign {
            self.at += 1;
        }
        let Some(part) = self.unsigned(depth, field)? else { return Ok(None) };
        if !sign {
            return Ok(Some(part));
        }
        let extent = token.span.start..part.extent.end;
        let node = match (&token.kind, part.node.kind) {
            (TokenKind::Minus, kind) => negated(Node { kind, span: part.node.span }, extent.clone()),
            (_, Kind::Must(inner)) => Node { kind: Kind::Must(inner), span: extent.clone() },
            (_, kind) => {
                let node = Node { kind, span: part.node.span };
                Node { kind: Kind::Must(Box::new(node)), span: extent.clone() }
            }
        };
        Ok(Some(Part { node, extent }))
    }

    fn unsigned(&mut self, depth: usize, field: Option<TextField>) -> Result<Option<Part>> {
        let Some(token) = self.peek() else { return Ok(None) };
        if matches!(token.kind, TokenKind::Open) {
            return self.group(depth, field);
        }
        self.at += 1;
        match &token.kind {
            TokenKind::Word { .. } => {
                self.leaf(leaf::word(self.values, &token.span, field.is_none())?, token.span.clone()).map(Some)
            }
            TokenKind::Quoted(inner) => self.leaf(leaf::phrase(self.text, inner)?, token.span.clone()).map(Some),
            TokenKind::Exact => self.exact(token).map(Some),
            TokenKind::In(named, part) => {
                self.check_outside(field, token.span.clone())?;
                self.in_field(named, *part, token, depth)
            }
            TokenKind::Filter(named, items) => {
                self.check_outside(field, token.span.clone())?;
                match named.role {
                    Role::Saved => self.saved(named, items, token.span.clone(), depth).map(Some),
                    _ => self.filter(named, items, token.span.clone()).map(Some),
                }
            }
            // The lexer puts an operand after every sign, and the caller stops at the others.
            _ => Ok(None),
        }
    }

    /// Reads a group, from its `(` to its `)`.
    fn group(&mut self, depth: usize, field: Option<TextField>) -> Result<Option<Part>> {
        let Some(open) = self.peek() else { return Ok(None) };
        if depth >= MAX_DEPTH {
            let message = format!("brackets are nested more than {MAX_DEPTH} deep");
            return Err(Error::query(message, self.text, open.span.clone()));
        }
        self.at += 1;
        let inside = self.sequence(depth + 1, field)?;
        let Some(close) = self.peek() else { return Err(unclosed(self.text, open.span.clone())) };
        self.at += 1;
        let extent = open.span.start..close.span.end;
        match inside {
            Some(part) => Ok(Some(Part { node: part.node, extent })),
            None if self.text[open.span.end..close.span.start].trim().is_empty() => {
                Err(Error::query("nothing between the brackets", self.text, extent).hint("leave them out"))
            }
            None => Ok(None),
        }
    }

    /// Reads what follows `title:` or the like.
    fn in_field(&mut self, named: &Field, part: TextField, label: &Token, depth: usize) -> Result<Option<Part>> {
        let star = self.peek().filter(|token| matches!(token.kind, TokenKind::Word { .. }) && self.word(token) == "*");
        if let Some(star) = star {
            let name = named.name;
            return Err(Error::query(format!("telex does not support `{name}:*` yet"), self.text, star.span.clone())
                .hint("write `*` alone for every article"));
        }
        let Some(inner) = self.unsigned(depth, Some(part))? else {
            let typed = self.word(label);
            return Err(Error::query(format!("`{typed}` needs a value"), self.text, label.span.clone()));
        };
        let extent = label.span.start..inner.extent.end;
        let node = Node { kind: Kind::In(part, Box::new(inner.node)), span: extent.clone() };
        Ok(Some(Part { node, extent }))
    }

    /// Checks that we are not inside the group of a text field.
    fn check_outside(&self, field: Option<TextField>, span: Range<usize>) -> Result<()> {
        if field.is_none() {
            return Ok(());
        }
        Err(Error::query("a field cannot stand inside another field", self.text, span)
            .hint("put it outside the brackets, or put the text between quotation marks"))
    }

    fn filter(&mut self, field: &Field, items: &[Item], span: Range<usize>) -> Result<Part> {
        let mut filters = self.values.filters(field, items)?;
        self.clauses += filters.len().saturating_sub(1);
        let kind = match filters.len() {
            1 => filters.remove(0).kind,
            _ => Kind::Or(filters),
        };
        self.leaf(kind, span)
    }

    /// Reads the saved searches that a field names: any of them.
    fn saved(&mut self, field: &Field, items: &[Item], span: Range<usize>, depth: usize) -> Result<Part> {
        let mut found = Vec::new();
        for name in self.values.spans(field, items)? {
            self.inside.check(self.text, &name, depth >= MAX_DEPTH)?;
            let (node, clauses) = self.inside.open(self.values, &name, depth + 1, self.clauses)?;
            self.clauses = clauses;
            found.push(node);
        }
        let kind = if found.len() == 1 { found.remove(0).kind } else { Kind::Or(found) };
        Ok(Part { node: Node { kind, span: span.clone() }, extent: span })
    }

    /// Reads what follows `=`.
    fn exact(&mut self, sign: &Token) -> Result<Part> {
        let missing = || Error::query("`=` needs a word on its right", self.text, sign.span.clone());
        let operand = self.peek().ok_or_else(missing)?;
        let kind = match &operand.kind {
            TokenKind::Quoted(inner) => leaf::exact(self.text, inner, true)?,
            TokenKind::Word { .. } => leaf::exact(self.text, &operand.span, false)?,
            _ => return Err(missing()),
        };
        self.at += 1;
        self.leaf(kind, sign.span.start..operand.span.end)
    }

    /// Returns a part without parts, which counts as one clause.
    fn leaf(&mut self, kind: Kind, span: Range<usize>) -> Result<Part> {
        self.clauses += 1;
        if self.clauses > MAX_CLAUSES {
            let message = format!("the query has more than {MAX_CLAUSES} terms");
            return Err(Error::query(message, self.text, span).hint("split it into several queries"));
        }
        Ok(Part { node: Node { kind, span: span.clone() }, extent: span })
    }
}

impl Sequence {
    fn push(&mut self, part: Part) {
        self.pending = None;
        let part = match self.negation.take() {
            Some((start, odd)) => {
                let extent = start..part.extent.end;
                let node = if odd { negated(part.node, extent.clone()) } else { part.node };
                Part { node, extent }
            }
            None => part,
        };
        self.words.push(part);
    }

    fn close_words(&mut self) {
        self.conjuncts.extend(joined(std::mem::take(&mut self.words), Kind::Words));
    }

    fn close_conjuncts(&mut self) {
        self.close_words();
        self.alternatives.extend(joined(std::mem::take(&mut self.conjuncts), Kind::And).map(positive));
    }

    fn finish(mut self) -> Option<Part> {
        self.close_conjuncts();
        joined(self.alternatives, Kind::Or)
    }
}

/// Returns the parts as one: none, the only one, or all of them joined. If all are negations, every
/// article comes before them, since there is nothing else to take away from.
fn joined(mut parts: Vec<Part>, join: fn(Vec<Node>) -> Kind) -> Option<Part> {
    if parts.len() < 2 {
        return parts.pop();
    }
    let extent = extent(parts.first().map(|part| &part.extent), parts.last().map(|part| &part.extent));
    let negative = parts.iter().all(|part| matches!(part.node.kind, Kind::Not(_)));
    let nodes: Vec<Node> = parts.into_iter().map(|part| part.node).collect();
    let kind = if negative { without(nodes, extent.start) } else { join(nodes) };
    Some(Part { node: Node { kind, span: extent.clone() }, extent })
}

/// Returns the part, or every article but it if it is a negation.
fn positive(part: Part) -> Part {
    if !matches!(part.node.kind, Kind::Not(_)) {
        return part;
    }
    let (span, start) = (part.node.span.clone(), part.extent.start);
    Part { node: Node { kind: without(vec![part.node], start), span }, extent: part.extent }
}

fn without(negations: Vec<Node>, start: usize) -> Kind {
    let mut nodes = vec![Node { kind: Kind::All, span: start..start }];
    nodes.extend(negations);
    Kind::And(nodes)
}

/// Returns everything but `node`; of a negation, what it negates.
fn negated(node: Node, span: Range<usize>) -> Node {
    match node.kind {
        Kind::Not(inner) => *inner,
        Kind::Must(inner) => Node { kind: Kind::Not(inner), span },
        _ => Node { kind: Kind::Not(Box::new(node)), span },
    }
}

fn extent(first: Option<&Range<usize>>, last: Option<&Range<usize>>) -> Range<usize> {
    first.map_or(0, |range| range.start)..last.map_or(0, |range| range.end)
}
