//! A query cut into tokens, each with its place.
//!
//! It stands apart from the grammar because most of what is delicate in a typed query is decided
//! here, on characters: what an apostrophe, a minus or a colon means depends on what touches it.
//! Words that carry nothing to search for (`?`, `—`, a colon between spaces) end here.

mod checks;
mod fields;
mod words;

use std::ops::Range;

use super::field::{FIELDS, Field, Role, nearest};
use super::proximity;
use super::range::comparison;
use super::scan::{closers, is_name, is_number, is_searchable, is_separator, is_sign, starts_operator, word_end};
use super::token::{Item, Resolve, Token, TokenKind};
use super::value::markets;
use crate::error::{Error, Result};
use crate::wording::Bilingual;

/// Cuts `text` into tokens.
///
/// # Errors
/// A quotation mark without its pair, an unknown field, a field without a value, signs in a row.
pub(super) fn tokens(text: &str, resolve: Resolve) -> Result<Vec<Token>> {
    let mut lexer = Lexer { text, at: 0, resolve, tokens: Vec::new() };
    while lexer.skip_space() {
        lexer.token()?;
    }
    Ok(lexer.tokens)
}

struct Lexer<'t> {
    text: &'t str,
    at: usize,
    resolve: Resolve,
    tokens: Vec<Token>,
}

impl<'t> Lexer<'t> {
    /// Moves to the next character that is no white space; returns whether there is one.
    fn skip_space(&mut self) -> bool {
        self.at = self.text.len() - self.rest().trim_start().len();
        self.at < self.text.len()
    }

    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn push(&mut self, kind: TokenKind, span: Range<usize>) {
        self.at = span.end;
        self.tokens.push(Token { kind, span });
    }

    /// Pushes a token of ASCII characters that begins here.
    fn push_sign(&mut self, kind: TokenKind, len: usize) {
        self.push(kind, self.at..self.at + len);
    }

    fn error(&self, code: &'static str, message: impl Into<Bilingual>, span: Range<usize>) -> Error {
        Error::refused(code, message, self.text, span)
    }

    fn token(&mut self) -> Result<()> {
        self.check_interval()?;
        match self.peek() {
            Some('(') => self.push_sign(TokenKind::Open, 1),
            Some(')') => self.push_sign(TokenKind::Close, 1),
            Some(c) if closers(c).is_some() => self.quotation()?,
            Some('»') => {
                let span = self.at..self.at + '»'.len_utf8();
                return Err(self
                    .error("unopened_quotation", ("`»` closes nothing", "`»` ne ferme rien"), span)
                    .hint(("open the phrase with `«`, or leave it out", "ouvrez la phrase par `«`, ou enlevez-le")));
            }
            _ if self.rest().starts_with("&&") => self.push_sign(TokenKind::And, 2),
            _ if self.rest().starts_with("||") => self.push_sign(TokenKind::Or, 2),
            Some('|') => self.push_sign(TokenKind::Or, 1),
            Some(c) if is_sign(c) => self.signed()?,
            Some('~' | '^') if self.follows_operand() => self.suffix()?,
            _ => self.unsigned(false)?,
        }
        Ok(())
    }

    /// Returns whether an operand, or what belongs to one, ends right here.
    fn follows_operand(&self) -> bool {
        use TokenKind::{Caret, Close, Quoted, Regex, Tilde, Word};
        self.tokens.last().is_some_and(|token| {
            let ends = matches!(token.kind, Word { .. } | Quoted(_) | Regex(_) | Close | Tilde(_) | Caret(_));
            ends && token.span.end == self.at
        })
    }

    /// Reads `~2` or `^2`.
    fn suffix(&mut self) -> Result<()> {
        let rest = self.rest();
        let digits = rest[1..].find(|c: char| !c.is_ascii_digit() && c != '.').map_or(rest.len(), |end| end + 1);
        let number = rest[1..digits].trim_end_matches('.');
        let span = self.at..self.at + 1 + number.len();
        let kind = if rest.starts_with('~') {
            let count = number.parse().ok();
            if count.is_none() && !number.is_empty() {
                return Err(self
                    .error("bad_distance", ("`~` needs a whole number", "`~` demande un nombre entier"), span)
                    .hint(("write `\"taux change\"~2` or `fuson~1`", "écrivez `\"taux change\"~2` ou `fuson~1`")));
            }
            TokenKind::Tilde(count)
        } else {
            match number.parse().ok().filter(|weight| (0.01..=100.0).contains(weight)) {
                Some(weight) => TokenKind::Caret(weight),
                None => return Err(self.bad_weight(span)),
            }
        };
        self.push(kind, span);
        let after = self.peek();
        if after.is_some_and(|c| c.is_alphanumeric()) {
            let span = self.at..self.at + after.map_or(0, char::len_utf8);
            return Err(self.error("missing_space", ("a space is missing here", "il manque une espace ici"), span));
        }
        Ok(())
    }

    /// Reads a word, or what else, that begins with a sign.
    fn signed(&mut self) -> Result<()> {
        let rest = self.rest();
        let after = rest.trim_start_matches(is_sign);
        let typed = &rest[..rest.len() - after.len()];
        let signs = typed.chars().count();
        let bare = after.strip_prefix('=').unwrap_or(after);
        let operand = bare.starts_with('(')
            || bare.chars().next().is_some_and(|c| closers(c).is_some())
            || bare.starts_with(|c: char| !c.is_whitespace() && !is_separator(c)) && !starts_operator(bare) && {
                let word = &bare[..word_end(bare, 0, |c| is_separator(c) || c == '|')];
                is_searchable(word) || word == "*"
            };
        let negated_number = rest.starts_with('!') && signs == 2 && is_number(&rest[1..]);
        if !operand || is_number(rest) {
            self.word(false);
        } else if signs > 1 && !negated_number {
            let span = self.at..self.at + typed.len();
            return Err(self
                .error("two_signs", said!("`{typed}` are two signs in a row", "`{typed}` : deux signes de suite"), span)
                .hint((
                    "keep one of them, or put the text between quotation marks",
                    "gardez-en un, ou mettez le texte entre guillemets",
                )));
        } else {
            let kind = if rest.starts_with('+') { TokenKind::Plus } else { TokenKind::Minus };
            self.push_sign(kind, rest.chars().next().map_or(0, char::len_utf8));
            match self.peek() {
                // The turn of these comes by itself.
                Some('(') => {}
                Some(c) if closers(c).is_some() => {}
                _ if negated_number => self.word(true),
                _ => self.unsigned(true)?,
            }
        }
        Ok(())
    }

    /// Reads a word, a field or an exact form.
    fn unsigned(&mut self, literal: bool) -> Result<()> {
        self.check_single_quotes()?;
        if self.peek() == Some('=') && self.exact()? || self.peek() == Some('/') && self.regex()? {
            return Ok(());
        }
        let raw = self.raw();
        self.check_weight(raw)?;
        self.check_parted_suffix(raw)?;
        self.check_parted_field(raw)?;
        if let Some((field, label)) = self.label(raw)? {
            return self.field(field, label);
        }
        let Some(colon) = raw.find(':') else {
            self.check_glued_words(raw)?;
            self.word(literal);
            return Ok(());
        };
        let start = self.at;
        let (name, value) = (&raw[..colon], &self.text[start + colon + 1..]);
        let first = value.chars().next();
        // A letter before a space is one: `vitamine D: une étude`.
        let is_letter = name.len() == 1 && first.is_none_or(char::is_whitespace);
        if let Some(field) = Field::find(name).filter(|_| !is_letter) {
            return self.field(field, colon + 1);
        }
        if !is_name(name) || value.starts_with("//") {
            self.word(literal);
        } else if raw.len() == colon + 1 && !first.is_some_and(|c| c == '(' || closers(c).is_some()) {
            self.push(TokenKind::Word { literal: true }, start..start + colon);
            self.at += 1;
        } else {
            let code = raw.trim_end_matches([',', ';', '.', '?', '!']);
            let listing = code.rsplit_once('@').map_or(code, |(listing, _)| listing);
            let is_slip = !name.contains(char::is_uppercase) && nearest(name).is_some();
            // `tiker:MC` may be Bloomberg's `TIKER MC`, which nobody writes so.
            if is_slip && markets(name).is_empty() {
                return Err(self.unknown_field(name));
            }
            if !(self.resolve)(listing).is_empty() && is_slip {
                // `mot:fp` has the letters of a listing, but is more likely `mots:` than the market MOT.
                let near = nearest(name).unwrap_or_default();
                let (span, security) = (self.at..self.at + name.len(), listing.to_uppercase());
                return Err(self
                    .error("unknown_field", said!("unknown field `{name}`", "champ inconnu `{name}`"), span)
                    .hint(said!(
                        "did you mean `{near}:`? for the security, write `{security}`",
                        "vouliez-vous dire `{near}:` ? pour la valeur cotée, écrivez `{security}`"
                    )));
            }
            if (self.resolve)(listing).is_empty() {
                // `Q3:5` and the like are no fields.
                let is_value = |c: char| c.is_alphabetic() || closers(c).is_some() || "(*<>=$[".contains(c);
                let is_number = name.chars().all(char::is_alphabetic) && is_searchable(&raw[colon + 1..]);
                if !is_number && !first.is_some_and(is_value) {
                    self.word(literal);
                    return Ok(());
                }
                return Err(self.unknown_field(name));
            }
            let items = vec![Item { span: start..start + code.len(), quoted: false, comma: false }];
            self.push(TokenKind::Filter(ticker_field(), items), start..start + raw.len());
        }
        Ok(())
    }

    /// Returns the field that the word here names before `=`, as Factiva writes it, or before a comparison, and how long
    /// its name is with the sign: `hd=fusion`, `words>300`. Before anything but a value, `=` is a sign like others.
    fn label(&self, raw: &str) -> Result<Option<(&'static Field, usize)>> {
        let sign = raw.find([':', '=', '<', '>', '≤', '≥']).filter(|at| *at > 0 && !raw[*at..].starts_with(':'));
        let Some(at) = sign else { return Ok(None) };
        let (name, after) = (&raw[..at], &self.text[self.at + at..]);
        if let Some(after) = after.strip_prefix('=') {
            // What stands after a space was meant as the value.
            let value = if name.chars().nth(1).is_some() { after.trim_start() } else { after };
            let is_value = value.starts_with(|c: char| !c.is_whitespace() && c != ')' && c != '»');
            return Ok(Field::find(name).filter(|_| is_value).map(|field| (field, at + 1)));
        }
        let takes = |field: &&'static Field| field.role.takes_comparison();
        if Field::find(name).is_none()
            && let Some(near) = nearest(name)
            && Field::find(near).as_ref().is_some_and(takes)
            && comparison(after).is_some_and(|(_, value)| is_number(value))
        {
            return Err(self.unknown_field(name));
        }
        Ok(Field::find(name).filter(takes).map(|field| (field, at)))
    }

    fn unknown_field(&self, name: &str) -> Error {
        // `NEAR:5` is nearly an operator.
        let operator = proximity::nearly(name, "/ 5");
        let advice = match operator.map(str::to_owned).or_else(|| nearest(name).map(|near| format!("{near}:"))) {
            Some(near) => said!("did you mean `{near}`? if not,", "vouliez-vous dire `{near}` ? sinon,"),
            None => {
                let names: Vec<_> = FIELDS.iter().map(|field| field.name).collect();
                let names = names.join(", ");
                said!("the fields are {names};", "les champs sont {names} ;")
            }
        };
        self.error(
            "unknown_field",
            said!("unknown field `{name}`", "champ inconnu `{name}`"),
            self.at..self.at + name.len(),
        )
        .hint(Bilingual {
            english: format!("{} to search for it as text, put it between quotation marks", advice.english),
            french: format!("{} pour chercher ce texte, mettez-le entre guillemets", advice.french),
        })
    }
}

/// Returns the error of a `(` at `span` that has no `)`.
pub(super) fn unclosed(text: &str, span: Range<usize>) -> Error {
    Error::refused("unclosed_bracket", ("`(` is never closed", "`(` n’est jamais fermée"), text, span)
        .hint(("add `)` where the group ends", "ajoutez `)` là où le groupe finit"))
}

fn ticker_field() -> &'static Field {
    FIELDS.iter().find(|field| field.role == Role::Ticker).unwrap_or(&FIELDS[0])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        let tokens = tokens(text, |_| Vec::new()).expect(text);
        tokens.iter().map(|token| text[token.span.clone()].to_owned()).collect()
    }

    #[test]
    fn a_query_is_cut_where_a_reader_would_cut_it() {
        for (typed, want) in [
            ("l'action de L’Oréal", vec!["l'action", "de", "L’Oréal"]),
            ("a\u{a0}b\u{2003}c\u{3000}d\te\nf", vec!["a", "b", "c", "d", "e", "f"]),
            ("1\u{a0}200,50\u{a0}M€", vec!["1\u{a0}200,50", "M€"]),
            ("hausse de 0,31 % hier", vec!["hausse", "de", "0,31 %", "hier"]),
            ("5 %x", vec!["5", "%x"]),
            ("Que faire ? — rien : tout.", vec!["Que", "faire", "rien", "tout."]),
            ("-Apple +Orange !Total", vec!["-", "Apple", "+", "Orange", "!", "Total"]),
            ("-5 -5% -0,31 +2.5 -,5 -$5", vec!["-5", "-5%", "-0,31", "+2.5", "-,5", "-$5"]),
            ("10-K a - b -- c ->", vec!["10-K", "a", "b", "c"]),
            ("a&&b||c", vec!["a", "&&", "b", "||", "c"]),
            ("S&P AT&T R&D", vec!["S&P", "AT&T", "R&D"]),
            ("mot\"taux\"mot(groupe)", vec!["mot", "\"taux\"", "mot", "(", "groupe", ")"]),
            ("« taux » “rate” „Zins“", vec!["« taux »", "“rate”", "„Zins“"]),
            ("=marché =\"taux\"", vec!["=", "marché", "=", "\"taux\""]),
            ("title:AND title:a:b", vec!["title:", "AND", "title:", "a:b"]),
            ("ticker:OR, title:x", vec!["ticker:OR,", "title:", "x"]),
            ("source:\"Les Echos\",AFP x", vec!["source:\"Les Echos\",AFP", "x"]),
            ("date:[2025-07 TO 2025-08] x", vec!["date:[2025-07 TO 2025-08]", "x"]),
            ("Apple: 10:30 http://a.fr/?b=c", vec!["Apple", "10:30", "http://a.fr/?b=c"]),
        ] {
            assert_eq!(shown(typed), want, "{typed}");
        }
    }

    #[test]
    fn what_would_quietly_be_something_else_is_refused_with_its_place() {
        let resolve = |_: &str| {
            crate::article::Mic::new("XPAR").map(|mic| crate::article::Ticker::new("FP", mic)).into_iter().collect()
        };
        for (typed, want) in [
            ("/oil/g", Some("g")),
            ("/oil/is", Some("is")),
            ("/usr/bin", None),
            ("mot:fp", Some("mot")),
            ("MOT:FP", None),
            ("nasdaq:fp", None),
            ("'taux de change' or", Some("'taux de change'")),
            ("source:‘Les Echos’", Some("‘Les Echos’")),
            ("ticker:('Air France')", Some("'Air France'")),
            ("l'or des traders' d'hier", None),
            ("'60s rock", None),
            ("'taux' or", None),
        ] {
            let error = tokens(typed, resolve).err();
            let place = error.as_ref().and_then(|error| error.place()).map(|place| place.span.clone());
            assert_eq!(place.map(|span| &typed[span]), want, "{typed}");
        }
    }

    #[test]
    fn a_flag_for_letter_case_says_what_is_so() {
        let read = tokens("/oil/i gaz", |_| Vec::new()).unwrap();
        assert!(matches!(&read[0].kind, TokenKind::Regex(inner) if *inner == (1..4)), "{read:?}");
        assert_eq!(read.len(), 2);
    }
}
