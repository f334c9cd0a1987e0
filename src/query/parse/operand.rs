//! What the grammar reads in turn: a word, a phrase, a field, a function or a group, with its sign and what follows it.

use std::ops::Range;

use super::{MAX_DEPTH, Parser};
use crate::error::{Error, Result};
use crate::query::field::{Field, Role};
use crate::query::function::Function;
use crate::query::lexer::unclosed;
use crate::query::sequence::{Part, negated};
use crate::query::token::{Item, Token, TokenKind};
use crate::query::{Kind, MOST_APART, Node, TextField, function, leaf, proximity};
use crate::wording::Bilingual;

impl<'t> Parser<'t> {
    /// Reads one operand with its sign. Returns `None` for a group with nothing to search for.
    pub(super) fn operand(&mut self, depth: usize, field: Option<TextField>) -> Result<Option<Part>> {
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
                self.check_glued_star(token)?;
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

    /// Refuses a star glued to the end of a quotation: alone it is every article.
    fn check_glued_star(&self, quotation: &Token) -> Result<()> {
        match self.peek().filter(|next| next.span.start == quotation.span.end && self.word(next).starts_with('*')) {
            Some(star) => Err(leaf::misplaced(self.text, star.span.start)),
            None => Ok(()),
        }
    }

    /// Refuses a function of other services that telex does not have, or that lacks its number.
    fn refuse(&self, function: Function, name: &Token) -> Result<()> {
        let typed = self.word(name);
        let refused = |code, message: Bilingual| Error::refused(code, message, self.text, name.span.clone());
        let unknown = said!("telex does not know `{typed}`", "telex ne connaît pas `{typed}`");
        Err(match function {
            Function::AtLeast(_) | Function::First(_) | Function::NoStem => return Ok(()),
            Function::Caps => {
                let message = ("telex keeps no letter case in its index", "telex ne garde pas la casse dans son index");
                refused("unsupported", message.into()).hint(said!(
                    "leave `{typed}` out; a word typed in capitals opens into no inflections",
                    "enlevez `{typed}` ; un mot tapé en capitales ne s’ouvre pas à ses flexions"
                ))
            }
            Function::Number => refused("unsupported", unknown).hint((
                "write the form itself after `=`, as in `=banks`",
                "écrivez la forme elle-même après `=`, comme `=banques`",
            )),
            Function::HeadlineOrLead => refused("unsupported", unknown)
                .hint(("write `(title:(…) OR lead:(…))`", "écrivez `(titre:(…) OU chapo:(…))`")),
            Function::Unnumbered(example) => {
                let message = said!(
                    "`{typed}` needs a number, as in `{example}(…)`",
                    "`{typed}` demande un nombre, comme `{example}(…)`"
                );
                refused("missing_value", message).hint((
                    "put a space before `(` to search for the word",
                    "mettez une espace avant `(` pour chercher le mot",
                ))
            }
        })
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
                None if open && next.span.start == name.span.end => return self.check_field_name(name).map(|()| None),
                None if operand && function::is_function_alone(typed) => return Err(self.without_bracket(name)),
                None => return Ok(None),
            },
        };
        self.refuse(function, name)?;
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

    /// Returns the error of a function that no bracket follows: `NOSTEM dividende`.
    fn without_bracket(&self, name: &Token) -> Error {
        let typed = self.word(name);
        let message = said!("a bracket is missing after `{typed}`", "il manque une parenthèse après `{typed}`");
        Error::refused("missing_operand", message, self.text, name.span.clone()).hint(said!(
            "write `{typed}(…)`; to search for it as text, put it between quotation marks",
            "écrivez `{typed}(…)` ; pour chercher ce texte, mettez-le entre guillemets"
        ))
    }

    /// Refuses the name of a field right before a bracket, where the colon is missing: `headline(taux)`.
    fn check_field_name(&self, name: &Token) -> Result<()> {
        let typed = self.word(name);
        if Field::find(typed).is_none() || typed.chars().nth(1).is_none() {
            return Ok(());
        }
        let message = said!("a colon is missing after `{typed}`", "il manque un deux-points après `{typed}`");
        Err(Error::refused("missing_colon", message, self.text, name.span.clone()).hint(said!(
            "write `{typed}:(…)`; put a space before `(` to search for the word",
            "écrivez `{typed}:(…)` ; mettez une espace avant `(` pour chercher le mot"
        )))
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
        if matches!(operand.kind, TokenKind::Quoted(_)) {
            self.check_glued_star(operand)?;
        }
        self.leaf(kind, sign.span.start..operand.span.end)
    }
}

/// Returns whether a part has a word to score.
fn scores(node: &Node) -> bool {
    let parts = node.parts();
    match &node.kind {
        Kind::All | Kind::Filter(_) => false,
        _ => parts.is_empty() || parts.into_iter().any(scores),
    }
}
