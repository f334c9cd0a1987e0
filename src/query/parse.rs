//! The grammar: from tokens to the tree.
//!
//! One loop reads a sequence of operands and operators up to its closing bracket, keeping three open
//! lists: the alternatives of `OR`, the parts of `AND`, the words side by side; an operator of proximity
//! takes the last of the words and the next. Only brackets recurse, no deeper than [`MAX_DEPTH`]. A new
//! leaf is a new arm of [`Parser::primary`].

use std::ops::Range;

use super::field::{Field, Role};
use super::function::Function;
use super::leaf;
use super::lexer::{tokens, unclosed};
use super::saved::Inside;
use super::scan::narrowed;
use super::sequence::{Part, Sequence, negated};
use super::token::{Item, Resolve, Token, TokenKind};
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
        let follows = sequence.pending.is_none() && !sequence.words.is_empty();
        let next = self.tokens.get(self.at + 1).filter(|next| !matches!(next.kind, TokenKind::Close));
        if let (true, Some(next), TokenKind::Word { literal: false }) = (follows, next, &token.kind)
            && let typed = self.word(token)
            && let Some(meant) = proximity::nearly(typed, self.word(next))
        {
            let message = said!("`{typed}` is no operator here", "`{typed}` n’est pas un opérateur ici");
            return Err(Error::refused("unknown_operator", message, self.text, token.span.clone()).hint(said!(
                "write `{meant}`; to search for it as text, put it between quotation marks",
                "écrivez `{meant}` ; pour chercher ce texte, mettez-le entre guillemets"
            )));
        }
        self.operand(depth, field)
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

    /// Reads one operand without its sign, and what is glued to its end.
    fn unsigned(&mut self, depth: usize, field: Option<TextField>) -> Result<Option<Part>> {
        let Some(mut part) = self.primary(depth, field)? else { return Ok(None) };
        let mut weighed = false;
        while let Some(token) = self.peek() {
            let kind = match token.kind {
                TokenKind::Tilde(number) => self.tilde(&part, number, &token.span)?,
                TokenKind::Caret(_) if weighed => {
                    return Err(Error::refused(
                        "bad_weight",
                        ("a second weight stands here", "un second poids se trouve ici"),
                        self.text,
                        token.span.clone(),
                    )
                    .hint(("keep one of them", "gardez-en un")));
                }
                TokenKind::Caret(weight) => {
                    weighed = true;
                    if !scores(&part.node) {
                        return Err(Error::refused(
                            "bad_weight",
                            ("`^` needs words on its left", "`^` demande des mots à sa gauche"),
                            self.text,
                            token.span.clone(),
                        )
                        .hint(("filters select and do not score", "les filtres choisissent et ne classent pas")));
                    }
                    Kind::Boost(weight, Box::new(part.node))
                }
                _ => break,
            };
            self.at += 1;
            let extent = part.extent.start..token.span.end;
            part = Part { node: Node { kind, span: extent.clone() }, extent };
        }
        Ok(Some(part))
    }

    /// Returns what a word or a phrase means with `~` after it.
    fn tilde(&mut self, part: &Part, number: Option<u32>, span: &Range<usize>) -> Result<Kind> {
        match (&part.node.kind, number) {
            (Kind::Word(_), _) => {
                self.count_pattern(&part.extent)?;
                leaf::fuzzy(self.text, &part.node.span, number)
            }
            (Kind::Phrase { text, prefix, slop: 0 }, Some(slop)) if slop <= MOST_APART => {
                Ok(Kind::Phrase { text: text.clone(), prefix: *prefix, slop })
            }
            (Kind::Phrase { slop: 0, .. }, _) => {
                let message = said!(
                    "`~` after a phrase needs a number of words up to {MOST_APART}",
                    "`~` après une phrase demande un nombre de mots jusqu’à {MOST_APART}"
                );
                Err(Error::refused("bad_distance", message, self.text, span.clone())
                    .hint(("write `\"taux change\"~2`", "écrivez `\"taux change\"~2`")))
            }
            _ => Err(Error::refused(
                "bad_distance",
                ("`~` stands only after a word or a phrase", "`~` ne se met qu’après un mot ou une phrase"),
                self.text,
                span.clone(),
            )
            .hint(("write `fuson~1` or `\"taux change\"~2`", "écrivez `fuson~1` ou `\"taux change\"~2`"))),
        }
    }

    /// Reads one operand without what is glued to its end.
    fn primary(&mut self, depth: usize, field: Option<TextField>) -> Result<Option<Part>> {
        let Some(token) = self.peek() else { return Ok(None) };
        if matches!(token.kind, TokenKind::Open) {
            return self.group(depth, field);
        }
        self.at += 1;
        match &token.kind {
            TokenKind::Word { literal } => {
                if let Some(part) = self.function(token, *literal, depth, field)? {
                    return Ok(Some(part));
                }
                self.leaf(leaf::word(self.values, &token.span, field.is_none())?, token.span.clone()).map(Some)
            }
            TokenKind::Regex(inner) => self.leaf(leaf::regex(self.text, inner)?, token.span.clone()).map(Some),
            TokenKind::Quoted(inner) => {
                if let Some(star) = self.peek().filter(|next| next.span.start == token.span.end)
                    && self.word(star).starts_with('*')
                {
                    return Err(leaf::misplaced(self.text, star.span.start));
                }
                self.leaf(leaf::phrase(self.text, inner)?, token.span.clone()).map(Some)
            }
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

    /// Reads what follows the name of a function; `None` if the word is none here.
    fn function(
        &mut self,
        name: &Token,
        literal: bool,
        depth: usize,
        field: Option<TextField>,
    ) -> Result<Option<Part>> {
        let typed = self.word(name);
        let Some(next) = self.peek() else { return Ok(None) };
        let open = matches!(next.kind, TokenKind::Open);
        let operand = !literal && !self.is_binary(next) && !matches!(next.kind, TokenKind::Close);
        let function = match function::at_least(typed).filter(|_| operand) {
            Some(times) => Function::AtLeast(times),
            None => match function::function(typed).filter(|_| open && next.span.start == name.span.end) {
                Some(function) => function,
                None => return Ok(None),
            },
        };
        match function {
            Function::Caps => {
                return Err(Error::refused(
                    "unsupported",
                    ("telex keeps no letter case in its index", "telex ne garde pas la casse dans son index"),
                    self.text,
                    name.span.clone(),
                )
                .hint(said!(
                    "leave `{typed}` out; a word typed in capitals opens into no inflections",
                    "enlevez `{typed}` ; un mot tapé en capitales ne s’ouvre pas à ses flexions"
                )));
            }
            Function::Number => {
                return Err(Error::refused(
                    "unsupported",
                    said!("telex does not know `{typed}`", "telex ne connaît pas `{typed}`"),
                    self.text,
                    name.span.clone(),
                )
                .hint((
                    "write the form itself after `=`, as in `=banks`",
                    "écrivez la forme elle-même après `=`, comme `=banques`",
                )));
            }
            Function::Unnumbered(example) => {
                let message = said!(
                    "`{typed}` needs a number, as in `{example}(…)`",
                    "`{typed}` demande un nombre, comme `{example}(…)`"
                );
                return Err(Error::refused("missing_value", message, self.text, name.span.clone()).hint((
                    "put a space before `(` to search for the word",
                    "mettez une espace avant `(` pour chercher le mot",
                )));
            }
            _ => {}
        }
        self.check_depth(depth, name)?;
        let Some(inner) = self.primary(depth + 1, field)? else {
            return Err(Error::refused(
                "missing_operand",
                said!("`{typed}` needs a term", "`{typed}` demande un terme"),
                self.text,
                name.span.clone(),
            ));
        };
        let extent = name.span.start..inner.extent.end;
        let kind = match function {
            Function::NoStem => Kind::NoStem(Box::new(inner.node)),
            _ => {
                proximity::check_placed(&inner.node, typed, self.text)?;
                match function {
                    Function::AtLeast(times) => Kind::AtLeast(times, Box::new(inner.node)),
                    Function::First(words) => Kind::First(words, Box::new(inner.node)),
                    _ => return Ok(None),
                }
            }
        };
        Ok(Some(Part { node: Node { kind, span: extent.clone() }, extent }))
    }

    /// Reads a group, from its `(` to its `)`.
    fn group(&mut self, depth: usize, field: Option<TextField>) -> Result<Option<Part>> {
        let Some(open) = self.peek() else { return Ok(None) };
        self.check_depth(depth, open)?;
        self.at += 1;
        let inside = self.sequence(depth + 1, field)?;
        let Some(close) = self.peek() else { return Err(unclosed(self.text, open.span.clone())) };
        self.at += 1;
        let extent = open.span.start..close.span.end;
        match inside {
            Some(part) => Ok(Some(Part { node: part.node, extent })),
            None if self.text[open.span.end..close.span.start].trim().is_empty() => Err(Error::refused(
                "empty_group",
                ("nothing between the brackets", "rien entre les parenthèses"),
                self.text,
                extent,
            )
            .hint(("leave them out", "enlevez-les"))),
            None => Ok(None),
        }
    }

    fn check_depth(&self, depth: usize, token: &Token) -> Result<()> {
        if depth < MAX_DEPTH {
            return Ok(());
        }
        let message = said!(
            "brackets are nested more than {MAX_DEPTH} deep",
            "les parenthèses sont emboîtées à plus de {MAX_DEPTH} niveaux"
        );
        Err(Error::refused("too_deep", message, self.text, token.span.clone()))
    }

    /// Reads what follows `title:` or the like.
    fn in_field(&mut self, named: &Field, part: TextField, label: &Token, depth: usize) -> Result<Option<Part>> {
        let star = self.peek().filter(|token| matches!(token.kind, TokenKind::Word { .. }) && self.word(token) == "*");
        if let Some(star) = star {
            let name = named.name;
            return Err(Error::refused(
                "unsupported",
                said!("telex does not support `{name}:*` yet", "telex ne connaît pas encore `{name}:*`"),
                self.text,
                star.span.clone(),
            )
            .hint(("write `*` alone for every article", "écrivez `*` seul pour tous les articles")));
        }
        if let Some(token) = self.peek().filter(|token| matches!(token.kind, TokenKind::Word { .. })) {
            self.check_listed(named, token)?;
        }
        let Some(inner) = self.unsigned(depth, Some(part))? else {
            let typed = self.word(label);
            return Err(Error::refused(
                "missing_value",
                said!("`{typed}` needs a value", "`{typed}` demande une valeur"),
                self.text,
                label.span.clone(),
            ));
        };
        let extent = label.span.start..inner.extent.end;
        let node = Node { kind: Kind::In(part, Box::new(inner.node)), span: extent.clone() };
        Ok(Some(Part { node, extent }))
    }

    /// Refuses a list of words after a field of the text: `title:oil,gas` is one word there, and would be a phrase.
    fn check_listed(&self, named: &Field, token: &Token) -> Result<()> {
        let word = self.word(token);
        let comma = word.char_indices().find(|(at, c)| {
            let is_letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
            *c == ',' && is_letter(word[..*at].chars().next_back()) && is_letter(word[at + 1..].chars().next())
        });
        let Some((comma, _)) = comma.filter(|_| !word.contains("//")) else { return Ok(()) };
        let words: Vec<&str> = word.split(',').filter(|word| !word.is_empty()).collect();
        let (name, or) = (named.name, words.join(" OR "));
        let comma = token.span.start + comma..token.span.start + comma + 1;
        let message = said!("`{name}:` takes no list", "`{name}:` ne prend pas de liste");
        Err(Error::refused("bad_value", message, self.text, comma)
            .hint(said!("write `{name}:({or})`", "écrivez `{name}:({or})`")))
    }

    /// Checks that we are not inside the group of a text field.
    fn check_outside(&self, field: Option<TextField>, span: Range<usize>) -> Result<()> {
        if field.is_none() {
            return Ok(());
        }
        Err(Error::refused(
            "nested_field",
            ("a field cannot stand inside another field", "un champ ne peut pas se trouver dans un autre"),
            self.text,
            span,
        )
        .hint((
            "put it outside the brackets, or put the text between quotation marks",
            "mettez-le hors des parenthèses, ou le texte entre guillemets",
        )))
    }

    fn filter(&mut self, field: &Field, items: &[Item], span: Range<usize>) -> Result<Part> {
        let mut filters = self.values.filters(field, items)?;
        self.room.clauses += filters.len().saturating_sub(1);
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
            let (node, room) = self.inside.open(self.values, &name, depth + 1, self.room)?;
            self.room = room;
            found.push(node);
        }
        let kind = if found.len() == 1 { found.remove(0).kind } else { Kind::Or(found) };
        Ok(Part { node: Node { kind, span: span.clone() }, extent: span })
    }

    /// Reads what follows `=`.
    fn exact(&mut self, sign: &Token) -> Result<Part> {
        let missing = || {
            Error::refused(
                "missing_operand",
                ("`=` needs a word on its right", "`=` demande un mot à sa droite"),
                self.text,
                sign.span.clone(),
            )
        };
        let operand = self.peek().ok_or_else(missing)?;
        let kind = match &operand.kind {
            TokenKind::Quoted(inner) => leaf::exact(self.text, inner)?,
            TokenKind::Word { .. } => leaf::exact(self.text, &operand.span)?,
            _ => return Err(missing()),
        };
        self.at += 1;
        self.leaf(kind, sign.span.start..operand.span.end)
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
}

impl Parser<'_> {
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

/// Returns whether a part has a word to score.
fn scores(node: &Node) -> bool {
    let parts = node.parts();
    match &node.kind {
        Kind::All | Kind::Filter(_) => false,
        _ => parts.is_empty() || parts.into_iter().any(scores),
    }
}
