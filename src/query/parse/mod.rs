//! The grammar: from tokens to the tree.
//!
//! One loop reads a sequence of operands and operators up to its closing bracket, keeping three open
//! lists: the alternatives of `OR`, the parts of `AND`, the words side by side; an operator of proximity
//! takes the last of the words and the next. Only brackets recurse, no deeper than [`MAX_DEPTH`]. A new
//! leaf is a new arm of [`Parser::primary`].

mod operand;

use std::ops::Range;

use super::lexer::tokens;
use super::saved::Inside;
use super::scan::narrowed;
use super::sequence::{Part, Sequence};
use super::token::{Resolve, Token, TokenKind};
use super::value::Values;
use super::{Kind, MOST_APART, Node, ParseOptions, Proximity, Query, TextField, function, proximity};
use crate::error::{Error, Result};

/// How deep brackets may be nested.
const MAX_DEPTH: usize = 64;

/// How many words, phrases and filters a query may hold.
pub(super) const MAX_CLAUSES: usize = 1024;

/// How many of them may have to be tried on the whole vocabulary: wildcards, `~`, regular expressions.
const MAX_PATTERNS: usize = 64;

/// Reads a query of the query language; an empty one is every article.
///
/// # Errors
/// A query error with its place, and mostly a hint, for what cannot be read or is not supported yet.
pub fn parse(text: &str, options: &ParseOptions) -> Result<Query> {
    parse_with(text, options, crate::market::resolve)
}

/// Reads a query with codes of securities read by `resolve`.
pub(super) fn parse_with(text: &str, options: &ParseOptions, resolve: Resolve) -> Result<Query> {
    let text = &*narrowed(text);
    nested(text, Values { text, options, resolve }, &Inside::default()).map(|(query, _)| query)
}

/// Reads a query that stands inside others; returns also how much room they take together so far.
pub(super) fn nested(text: &str, values: Values<'_>, inside: &Inside<'_>) -> Result<(Query, Room)> {
    let tokens = tokens(text, values.resolve)?;
    let mut parser = Parser { text, tokens: &tokens, at: 0, values, room: inside.room, inside };
    let root = match parser.sequence(inside.depth, None)? {
        Some(part) => part.node,
        None if text.trim().is_empty() => Node { kind: Kind::All, span: 0..0 },
        None => {
            let start = text.len() - text.trim_start().len();
            let span = start..start + text.trim().len();
            return Err(Error::refused(
                "empty_query",
                ("there is nothing to search for", "il n’y a rien à chercher"),
                text,
                span,
            )
            .hint(("write a word, or `*` for every article", "écrivez un mot, ou `*` pour tous les articles")));
        }
    };
    if let Some(token) = parser.peek() {
        return Err(Error::refused(
            "unopened_bracket",
            ("`)` closes nothing", "`)` ne ferme rien"),
            text,
            token.span.clone(),
        )
        .hint(("leave it out, or open the group with `(`", "enlevez-la, ou ouvrez le groupe par `(`")));
    }
    Ok((Query { text: text.to_owned(), root }, parser.room))
}

/// Returns whether `word` is an operator when it stands where one can.
pub(super) fn is_operator(word: &str) -> bool {
    matches!(word, "AND" | "OR" | "NOT")
        || is_between_operands(word)
        || proximity::operator(word, super::Dialect::Factiva).is_some()
        || function::at_least(word).is_some()
        || function::is_function_alone(word)
        || is_negation(word)
        || proximity::resembles(word)
}

/// Returns whether `word` would be the negation where it is none.
fn is_negation(word: &str) -> bool {
    matches!(word, "NON" | "ANDNOT" | "AND_NOT" | "ORNOT" | "OR_NOT")
}

/// These are operators between two operands only; elsewhere they are words.
fn is_between_operands(word: &str) -> bool {
    matches!(word, "ET" | "OU" | "SAUF" | "SAME")
}

#[derive(Clone, Copy, PartialEq)]
enum Operator {
    Boolean(Boolean),
    /// A distance of `None` is out of bounds.
    Near(Option<Proximity>),
}

#[derive(Clone, Copy, PartialEq)]
enum Boolean {
    And,
    Or,
    Not,
}

/// How much room a query takes, and those that it stands in.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Room {
    clauses: usize,
    /// Words with wildcards, `~` or slashes.
    patterns: usize,
}

struct Parser<'t> {
    text: &'t str,
    tokens: &'t [Token],
    at: usize,
    values: Values<'t>,
    room: Room,
    /// The saved searches that this query stands in.
    inside: &'t Inside<'t>,
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
                Some(Operator::Near(within)) => {
                    self.at += 1;
                    self.near(within, &token.span, &mut sequence, depth, field)?;
                }
                Some(Operator::Boolean(operator)) => {
                    self.at += 1;
                    self.apply(operator, &token.span, &mut sequence)?;
                }
                None => match self.operand_after(token, &sequence, depth, field)? {
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

    /// Reads an operand, unless it stands where an operator may and is nearly one.
    fn operand_after(
        &mut self,
        token: &Token,
        sequence: &Sequence,
        depth: usize,
        field: Option<TextField>,
    ) -> Result<Option<Part>> {
        let next = self.tokens.get(self.at + 1).filter(|next| !matches!(next.kind, TokenKind::Close));
        let (Some(next), TokenKind::Word { literal: false }) = (next, &token.kind) else {
            return self.operand(depth, field);
        };
        let typed = self.word(token);
        let follows = sequence.pending.is_none() && !sequence.words.is_empty();
        let meant = if is_negation(typed) && (follows || sequence.pending.is_some()) && !self.is_binary(next) {
            "NOT"
        } else if let Some(meant) = proximity::nearly(typed, &self.text[token.span.end..]).filter(|_| follows) {
            meant
        } else if proximity::nearly(typed, "").is_some() && sequence.negation.is_some() {
            "a NOT (a NEAR/5 b)"
        } else {
            return self.operand(depth, field);
        };
        let message = said!("`{typed}` is no operator here", "`{typed}` n’est pas un opérateur ici");
        Err(Error::refused("unknown_operator", message, self.text, token.span.clone()).hint(said!(
            "write `{meant}`; to search for it as text, put it between quotation marks",
            "écrivez `{meant}` ; pour chercher ce texte, mettez-le entre guillemets"
        )))
    }

    /// Returns which operator the token is, if it is one at this place.
    fn operator(&self, token: &Token, sequence: &Sequence) -> Option<Operator> {
        let word = match token.kind {
            TokenKind::And => return Some(Operator::Boolean(Boolean::And)),
            TokenKind::Or => return Some(Operator::Boolean(Boolean::Or)),
            TokenKind::Word { literal: false } => self.word(token),
            _ => return None,
        };
        if is_between_operands(word) {
            let left = match &sequence.pending {
                None => !sequence.words.is_empty(),
                // `ET SAUF` is `AND NOT`.
                Some(_) => word == "SAUF" && sequence.negation.is_none(),
            };
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
            "AND" | "ET" => Some(Operator::Boolean(Boolean::And)),
            "OR" | "OU" => Some(Operator::Boolean(Boolean::Or)),
            "NOT" | "SAUF" => Some(Operator::Boolean(Boolean::Not)),
            _ => proximity::operator(word, self.values.options.dialect).map(Operator::Near),
        }
    }

    /// Joins the last operand and the next one by an operator of proximity.
    fn near(
        &mut self,
        within: Option<Proximity>,
        span: &Range<usize>,
        sequence: &mut Sequence,
        depth: usize,
        field: Option<TextField>,
    ) -> Result<()> {
        if let Some(pending) = &sequence.pending {
            return Err(self.needs("right", pending));
        }
        let Some(within) = within else {
            let message = said!(
                "a distance is a number of words from 1 to {MOST_APART}",
                "une distance est un nombre de mots de 1 à {MOST_APART}"
            );
            return Err(Error::refused("bad_distance", message, self.text, span.clone()));
        };
        let Some(left) = sequence.words.pop() else { return Err(self.needs("left", span)) };
        let operand = self.peek().is_some_and(|next| !matches!(next.kind, TokenKind::Close) && !self.is_binary(next));
        let right = if operand { self.operand(depth, field)? } else { None };
        let Some(right) = right else { return Err(self.needs("right", span)) };
        let name = &self.text[span.clone()];
        for part in [&left, &right] {
            proximity::check_placed(&part.node, name, self.text)?;
        }
        let extent = left.extent.start..right.extent.end;
        let (left, right) = (Box::new(left.node), Box::new(right.node));
        let node = Node { kind: Kind::Near { left, right, within }, span: extent.clone() };
        proximity::check_size(&node, self.text)?;
        sequence.words.push(Part { node, extent });
        Ok(())
    }

    /// Returns whether a token is an operator that needs an operand on its left.
    fn is_binary(&self, token: &Token) -> bool {
        match token.kind {
            TokenKind::And | TokenKind::Or => true,
            TokenKind::Word { literal: false } => {
                let word = self.word(token);
                matches!(word, "AND" | "OR" | "NOT")
                    || word != "SAME" && proximity::operator(word, self.values.options.dialect).is_some()
            }
            _ => false,
        }
    }

    fn apply(&self, operator: Boolean, span: &Range<usize>, sequence: &mut Sequence) -> Result<()> {
        if operator != Boolean::Not {
            if let Some(pending) = &sequence.pending {
                return Err(self.needs("right", pending));
            }
            if sequence.words.is_empty() {
                return Err(self.needs("left", span));
            }
        }
        match operator {
            Boolean::And => sequence.close_words(),
            Boolean::Or => sequence.close_conjuncts(),
            Boolean::Not => {
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
        let on = if side == "left" { "à sa gauche" } else { "à sa droite" };
        let message = said!("`{name}` needs a term on its {side}", "`{name}` demande un terme {on}");
        Error::refused("missing_operand", message, self.text, operator.clone()).hint(said!(
            "to search for it as a word, put it between quotation marks: `\"{name}\"`",
            "pour chercher ce mot, mettez-le entre guillemets : `\"{name}\"`"
        ))
    }

    /// Returns a part without parts, which counts as one clause.
    fn leaf(&mut self, kind: Kind, span: Range<usize>) -> Result<Part> {
        if matches!(kind, Kind::Wildcard(_) | Kind::Regex(_)) {
            self.count_pattern(&span)?;
        }
        self.room.clauses += 1;
        if self.room.clauses > MAX_CLAUSES {
            return Err(too_many_clauses(self.text, span));
        }
        Ok(Part { node: Node { kind, span: span.clone() }, extent: span })
    }

    fn count_pattern(&mut self, span: &Range<usize>) -> Result<()> {
        self.room.patterns += 1;
        if self.room.patterns <= MAX_PATTERNS {
            return Ok(());
        }
        let message = said!(
            "the query has more than {MAX_PATTERNS} words with wildcards, `~` or slashes",
            "la requête a plus de {MAX_PATTERNS} mots à jokers, à `~` ou entre barres"
        );
        Err(Error::refused("too_many", message, self.text, span.clone())
            .hint(("split it into several queries", "partagez-la en plusieurs requêtes")))
    }
}

/// Returns the error of a query with too many terms, of which that at `span` is the first too much.
pub(super) fn too_many_clauses(text: &str, span: Range<usize>) -> Error {
    let message = said!("the query has more than {MAX_CLAUSES} terms", "la requête a plus de {MAX_CLAUSES} termes");
    Error::refused("too_many", message, text, span)
        .hint(("split it into several queries", "partagez-la en plusieurs requêtes"))
}
