//! Words, quotations and regular expressions, as they are typed.

use std::ops::Range;

use super::Lexer;
use crate::analysis;
use crate::error::Result;
use crate::query::scan::{
    bar, closers, is_number, is_searchable, is_separator, regex_end, regex_flags, suffix, word_end,
};
use crate::query::token::TokenKind;

impl<'t> Lexer<'t> {
    /// Reads `=word` or `="words"`; returns false when the sign is only a character here.
    pub(super) fn exact(&mut self) -> Result<bool> {
        let after = &self.rest()[1..];
        let quoted = after.chars().next().is_some_and(|c| closers(c).is_some());
        if !quoted && !after.starts_with(|c: char| analysis::is_searchable(c) || "'’".contains(c)) {
            self.check_parted_exact()?;
            if !is_searchable(self.raw()) && !after.starts_with('(') {
                return Ok(false);
            }
            return Err(self
                .error(
                    "missing_operand",
                    ("`=` needs a word on its right", "`=` demande un mot à sa droite"),
                    self.at..self.at + 1,
                )
                .hint(("write `=marché` or `=\"marché\"`", "écrivez `=marché` ou `=\"marché\"`")));
        }
        self.push_sign(TokenKind::Exact, 1);
        if quoted {
            self.quotation()?;
        } else {
            self.word(true);
        }
        Ok(true)
    }

    /// Reads a quotation as a token.
    pub(super) fn quotation(&mut self) -> Result<()> {
        let (span, inner) = self.between_quotes()?;
        self.push(TokenKind::Quoted(inner), span);
        Ok(())
    }

    /// Reads from an opening quotation mark to its closing one: all of it, and what is inside.
    pub(super) fn between_quotes(&mut self) -> Result<(Range<usize>, Range<usize>)> {
        let open = self.peek().unwrap_or('"');
        let from = self.at + open.len_utf8();
        let closers = closers(open).unwrap_or(&['"']);
        let Some(len) = self.text[from..].find(closers) else {
            let closer = closers[0];
            return Err(self
                .error("unclosed_quotation", ("quotation mark never closed", "guillemet jamais fermé"), self.at..from)
                .hint(said!("add `{closer}` where the phrase ends", "ajoutez `{closer}` là où la phrase finit")));
        };
        let inside = &self.text[from..from + len];
        let end = from + len + self.text[from + len..].chars().next().map_or(0, char::len_utf8);
        let start = from + (len - inside.trim_start().len());
        let inner = start..start + inside.trim().len();
        let span = self.at..end;
        if !is_searchable(inside) {
            return Err(self.error(
                "empty_phrase",
                ("nothing to search for between the quotation marks", "rien à chercher entre les guillemets"),
                span,
            ));
        }
        self.at = end;
        Ok((span, inner))
    }

    /// Returns the word that begins here.
    pub(super) fn raw(&self) -> &'t str {
        let word = &self.text[self.at..word_end(self.text, self.at, |c| is_separator(c) || c == '|')];
        if !self.text[self.at + word.len()..].starts_with('|') {
            return word;
        }
        // A single bar ends a word, but for an address and an expression.
        let longer = &self.text[self.at..self.at + word.len() + 1];
        let is_end = |c| is_separator(c) || c == '|' && bar(longer).is_some();
        &self.text[self.at..word_end(self.text, self.at, is_end)]
    }

    /// Reads the word that begins here, with a sign of percent or currency that stands alone after a
    /// number (`0,31 %` is one word), and what is glued to its end: `~1`, `^2`.
    pub(super) fn word(&mut self, literal: bool) {
        let raw = self.raw();
        let mut end = self.at + raw.len();
        let suffix = suffix(raw);
        if suffix == raw.len() && is_number(raw) && raw.ends_with(|c: char| c.is_ascii_digit()) {
            let mut after = self.text[end..].chars();
            if let (Some(space), Some(unit)) = (after.next(), after.next())
                && space.is_whitespace()
                && "%‰€$£¥".contains(unit)
                && after.next().is_none_or(|c| c.is_whitespace() || is_separator(c))
            {
                end += space.len_utf8() + unit.len_utf8();
            }
        }
        if !(raw.contains('*') || is_searchable(raw)) {
            self.at = end;
        } else if suffix < raw.len() {
            self.push(TokenKind::Word { literal }, self.at..self.at + suffix);
        } else {
            self.push(TokenKind::Word { literal }, self.at..end);
        }
    }

    /// Reads a regular expression with flags behind it. The index has no letter case, so that `i` says what is so.
    fn flagged(&mut self, flags: Range<usize>) -> Result<bool> {
        let typed = &self.rest()[flags.clone()];
        if typed != "i" {
            let message = said!(
                "telex knows no flags `{typed}` of regular expressions",
                "telex ne connaît pas les options `{typed}` des expressions rationnelles"
            );
            let span = self.at + flags.start..self.at + flags.end;
            return Err(self.error("bad_regex", message, span).hint((
                "leave them out; to search for it as text, put it between quotation marks",
                "enlevez-les ; pour chercher ce texte, mettez-le entre guillemets",
            )));
        }
        let inner = self.at + 1..self.at + flags.start - 1;
        self.push_sign(TokenKind::Regex(inner), flags.end);
        Ok(true)
    }

    /// Reads `/acqui(s|ert)/`; returns false when the slash is only a character here.
    pub(super) fn regex(&mut self) -> Result<bool> {
        let Some(close) = regex_end(self.rest()) else {
            if let Some(flags) = regex_flags(self.rest()) {
                return self.flagged(flags);
            }
            let raw = self.raw();
            if raw.contains(['[', '\\', '+', '*', '?', '|', '{']) && is_searchable(raw) && !raw.contains("//") {
                return Err(self
                    .error(
                        "unclosed_regex",
                        ("regular expression never closed", "expression rationnelle jamais fermée"),
                        self.at..self.at + 1,
                    )
                    .hint((
                        "add `/` where it ends; to search for it as text, put it between quotation marks",
                        "ajoutez `/` là où elle finit ; pour chercher ce texte, mettez-le entre guillemets",
                    )));
            }
            return Ok(false);
        };
        let inner = self.at + 1..self.at + close;
        self.push_sign(TokenKind::Regex(inner), close + 1);
        Ok(true)
    }
}
