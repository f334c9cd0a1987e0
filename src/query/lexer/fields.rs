//! What follows the name of a field: a value, several, an interval, or a group.

use std::ops::Range;

use super::{Lexer, unclosed};
use crate::analysis::{Measure, typed_number};
use crate::error::{Error, Result};
use crate::query::field::{Field, Role};
use crate::query::leaf::misplaced;
use crate::query::range::ends;
use crate::query::scan::{
    closers, is_grouped, is_number, is_searchable, is_separator, is_sign, starts_operator, word_end,
};
use crate::query::token::{Item, TokenKind};

/// After how many bytes a number takes no more groups of digits and units.
const LONGEST_NUMBER: usize = 80;
/// The most words of a unit: `milliards de francs suisses`.
const MOST_OF_A_UNIT: usize = 4;

impl<'t> Lexer<'t> {
    /// Reads what follows the name of a known field, which is `label` bytes long with its colon.
    pub(super) fn field(&mut self, field: &'static Field, label: usize) -> Result<()> {
        let label = self.at..self.at + label;
        self.at = label.end;
        self.check_single_quotes()?;
        let spot = label.clone();
        let missing = move |lexer: &Lexer<'t>| {
            let label = &lexer.text[spot.clone()];
            lexer
                .error("missing_value", said!("`{label}` needs a value", "`{label}` demande une valeur"), spot.clone())
                .hint(said!(
                    "write it without a space, as in `{0}`; to search for it as text, put it between quotation marks",
                    "écrivez-la sans espace, comme `{0}` ; pour chercher ce texte, mettez-le entre guillemets",
                    field.example
                ))
        };
        let Some(first) = self.peek().filter(|c| !c.is_whitespace() && *c != ')' && !starts_operator(self.rest()))
        else {
            return Err(missing(self));
        };
        self.check_nested(field)?;
        if let Role::Text(part) = field.role {
            self.push(TokenKind::In(field, part), label.clone());
            if first == '(' {
                self.push_sign(TokenKind::Open, 1);
            } else if closers(first).is_some() {
                self.quotation()?;
            } else if first == '=' && self.exact()? || first == '/' && self.regex()? {
            } else if is_sign(first) && !is_number(self.rest()) {
                let (sign, label) = (self.at..self.at + first.len_utf8(), &self.text[label]);
                return Err(self
                    .error(
                        "misplaced_sign",
                        said!(
                            "`{first}` cannot stand between a field and its value",
                            "`{first}` ne peut pas se trouver entre un champ et sa valeur"
                        ),
                        sign,
                    )
                    .hint(said!(
                        "put it before the field: `{first}{label}…`",
                        "mettez-le devant le champ : `{first}{label}…`"
                    )));
            } else if is_searchable(self.raw()) || self.raw() == "*" {
                self.word(true);
            } else {
                return Err(missing(self));
            }
            return if self.rest().starts_with("||") { Ok(()) } else { self.check_bar(&label) };
        }
        let items = if first == '(' { self.list(field)? } else { self.values(field)? };
        if items.is_empty() {
            return Err(missing(self));
        }
        self.check_parted_list(&label)?;
        self.push(TokenKind::Filter(field, items), label.start..self.at);
        Ok(())
    }

    /// Refuses the name of another field with its colon where words or a name are the value: `title:ticker:MC`.
    fn check_nested(&self, field: &Field) -> Result<()> {
        let takes_words = matches!(field.role, Role::Text(_) | Role::Source | Role::Author | Role::Section);
        let has_value = |name: &str| self.rest()[name.len() + 1..].starts_with(|c: char| !c.is_whitespace());
        let inner = self.raw().split_once(':').map(|(name, _)| name).filter(|name| takes_words && has_value(name));
        let Some(name) = inner.filter(|name| Field::find(name).is_some()) else { return Ok(()) };
        Err(nested(self.text, self.at..self.at + name.len() + 1))
    }

    /// Reads `AMZN`, `AMZN,OR`, `"Les Echos"`, `[2025-07 TO 2025-08]`.
    fn values(&mut self, field: &'static Field) -> Result<Vec<Item>> {
        if field.role.takes_interval() && matches!(self.peek(), Some('[' | '{')) {
            let Some(len) = self.rest().find([']', '}']) else {
                let span = self.at..self.at + 1;
                return Err(self
                    .error("unclosed_bracket", ("bracket never closed", "crochet jamais fermé"), span)
                    .hint((
                        "write `[2025-07 TO 2025-08]`, or `{2025-07 TO 2025-08}` without the ends",
                        "écrivez `[2025-07 TO 2025-08]`, ou `{2025-07 TO 2025-08}` sans les bornes",
                    )));
            };
            let span = self.at..self.at + len + 1;
            if self.text[span.end..].starts_with(|c: char| !c.is_whitespace() && c != ')') {
                let bracket = &self.text[span.end - 1..span.end];
                return Err(self
                    .error(
                        "missing_space",
                        said!("a space is missing after `{bracket}`", "il manque une espace après `{bracket}`"),
                        span.end - 1..span.end,
                    )
                    .hint((
                        "write `[2025-07 TO 2025-08]`, then a space",
                        "écrivez `[2025-07 TO 2025-08]`, puis une espace",
                    )));
            }
            self.at = span.end;
            return Ok(vec![Item { span, quoted: false, comma: false }]);
        }
        let is_comma = |c| field.role.parts_values(c);
        let mut items = Vec::new();
        while let Some(c) = self.peek().filter(|c| !c.is_whitespace() && !matches!(c, '(' | ')' | '»')) {
            if is_comma(c) {
                self.at += 1;
                continue;
            }
            let start = self.at;
            let mut item = if closers(c).is_some() { self.quoted_item()? } else { self.bare_item(is_comma) };
            if field.role.takes_comparison() && self.quoted_ends(start, is_comma)? {
                item = Item { span: start..self.at, quoted: false, comma: false };
            }
            if item.quoted && self.peek() == Some('*') {
                return Err(misplaced(self.text, self.at));
            }
            if field.role.takes_number() && !item.quoted {
                self.pass_groups(item.span.start);
                if let Role::Quantity(measure) = field.role {
                    self.pass_units(item.span.start, measure);
                }
                item.span.end = self.at;
                self.check_comma(field, &item)?;
            }
            // A comma before it tells it from a word of the same value, and `OR` from the operator.
            item.comma = !items.is_empty();
            items.push(item);
            if !self.peek().is_some_and(is_comma) {
                break;
            }
        }
        Ok(items)
    }

    /// Reads on where an end of an interval, which began at `start`, stands between quotation marks:
    /// `"janvier 2025".."mars 2025"`. Returns whether one does.
    fn quoted_ends(&mut self, start: usize, is_comma: impl Fn(char) -> bool + Copy) -> Result<bool> {
        let mut found = false;
        let mut quoted = self.text[start..].starts_with(|c| closers(c).is_some());
        loop {
            let typed = &self.text[start..self.at];
            let is_open = typed.ends_with("..") || typed.ends_with(['…', '<', '>', '≤', '≥', '=']);
            if is_open && self.peek().is_some_and(|c| closers(c).is_some()) {
                self.between_quotes()?;
                quoted = true;
            } else if quoted && (self.rest().starts_with("..") || self.rest().starts_with('…')) {
                self.bare_item(is_comma);
                quoted = false;
            } else {
                return Ok(found);
            }
            found = true;
        }
    }

    /// Reads `(AMZN, OR, "Les Echos")`, from its `(` to its `)`.
    fn list(&mut self, field: &Field) -> Result<Vec<Item>> {
        let is_comma = |c| field.role.parts_values(c);
        let open = self.at..self.at + 1;
        self.at = open.end;
        let mut items: Vec<Item> = Vec::new();
        let mut comma = false;
        while self.skip_space() {
            self.check_single_quotes()?;
            match self.peek() {
                Some(')') => {
                    self.at += 1;
                    if items.is_empty() {
                        return Err(self.error(
                            "empty_group",
                            ("nothing between the brackets", "rien entre les parenthèses"),
                            open.start..self.at,
                        ));
                    }
                    return Ok(items);
                }
                Some(c) if is_comma(c) => {
                    comma = true;
                    self.at += 1;
                    continue;
                }
                Some('(') => {
                    let span = self.at..self.at + 1;
                    return Err(self
                        .error(
                            "group_in_list",
                            ("a list of values holds no group", "une liste de valeurs ne contient pas de groupe"),
                            span,
                        )
                        .hint((
                            "separate the values by commas, as in `ticker:(AMZN,OR)`",
                            "séparez les valeurs par des virgules : `ticker:(AMZN,OR)`",
                        )));
                }
                Some(c) if closers(c).is_some() => items.push(self.quoted_item()?),
                Some('»') => self.token()?,
                _ => items.push(self.bare_item(is_comma)),
            }
            if let Some(item) = items.last_mut() {
                item.comma = std::mem::take(&mut comma);
            }
        }
        Err(self.unclosed(open))
    }

    /// Returns the error of a `(` at `span` that has no `)`.
    fn unclosed(&self, span: Range<usize>) -> Error {
        unclosed(self.text, span)
    }

    fn quoted_item(&mut self) -> Result<Item> {
        let (_, inner) = self.between_quotes()?;
        Ok(Item { span: inner, quoted: true, comma: false })
    }

    /// Reads a value of at least one character.
    fn bare_item(&mut self, is_end: impl Fn(char) -> bool) -> Item {
        let end = word_end(self.text, self.at, |c| is_separator(c) || is_end(c));
        let span = self.at..end;
        self.at = end;
        Item { span, quoted: false, comma: false }
    }

    /// Passes over the groups of digits that belong to the number of a value from `start` on: `>1 234 567 €` is one.
    fn pass_groups(&mut self, start: usize) {
        while self.at - start <= LONGEST_NUMBER {
            let value = &self.text[start..self.at];
            let number = value.rsplit("..").next().unwrap_or(value);
            let mut after = self.rest().chars();
            let space = after.next().filter(|c| c.is_whitespace());
            let Some(space) = space.filter(|_| is_grouped(number.trim_start_matches(|c: char| !c.is_ascii_digit())))
            else {
                return;
            };
            if after.as_str().bytes().take_while(u8::is_ascii_digit).count() != 3 {
                return;
            }
            self.at = word_end(self.text, self.at + space.len_utf8(), is_separator);
        }
    }

    /// Passes over the units that stand after the numbers of a value from `start` on, spaces between them: the longest
    /// run of words with which it reads, since `1 milliard de` is nothing, and `1 milliard de dollars` is. The unit of
    /// another field belongs to it, too: it is refused, and no word.
    fn pass_units(&mut self, start: usize, measure: Measure) {
        let (mut read, mut ahead) = (self.at, 0);
        while let Some(space) = self.peek().filter(|c| c.is_whitespace() && self.at - start <= LONGEST_NUMBER) {
            let word = self.at + space.len_utf8();
            let begins_unit = |c: char| !c.is_whitespace() && !c.is_ascii_digit() && !is_separator(c);
            let end = word_end(self.text, word, is_separator);
            // Another field follows.
            if ahead == MOST_OF_A_UNIT
                || !self.text[word..].starts_with(begins_unit)
                || self.text[word..end].contains(':')
            {
                break;
            }
            ahead += 1;
            self.at = end;
            self.pass_groups(start);
            let value = &self.text[start..self.at];
            if [measure, Measure::Percent, Measure::BasisPoints].into_iter().any(|measure| is_quantity(value, measure))
            {
                (read, ahead) = (self.at, 0);
            }
        }
        self.at = read;
    }

    /// Refuses a count with a comma that may stand between two values or inside one: `1,000`.
    fn check_comma(&self, field: &Field, item: &Item) -> Result<()> {
        let rest = self.rest().strip_prefix(',').filter(|_| matches!(field.role, Role::Words | Role::Copies));
        let digits = rest.map_or(0, |rest| rest.bytes().take_while(u8::is_ascii_digit).count());
        if digits != 3 {
            return Ok(());
        }
        let span = item.span.start..self.at + 1 + digits;
        let (name, value) = (field.name, &self.text[span.clone()]);
        let message = said!("`{value}` may be one number or two", "`{value}` peut être un nombre, ou deux");
        let (one, two) = (value.replace(',', ""), value.replace(',', ", "));
        Err(self.error("bad_value", message, span).hint(said!(
            "write `{name}:{one}` for one, `{name}:({two})` for two",
            "écrivez `{name}:{one}` pour un, `{name}:({two})` pour deux"
        )))
    }
}

/// Returns the error of a field at `span` inside another one.
fn nested(text: &str, span: Range<usize>) -> Error {
    Error::refused(
        "nested_field",
        ("a field cannot stand inside another field", "un champ ne peut pas se trouver dans un autre"),
        text,
        span,
    )
    .hint((
        "put a space before it for both, or put the text between quotation marks",
        "mettez une espace devant pour les deux, ou le texte entre guillemets",
    ))
}

/// Returns whether a value is a quantity, or an interval of them.
fn is_quantity(value: &str, measure: Measure) -> bool {
    let reads = |end: Option<(&str, bool)>| end.is_none_or(|(text, _)| typed_number(text, measure).is_some());
    ends(value).is_some_and(|ends| reads(ends.low) && reads(ends.high))
}
