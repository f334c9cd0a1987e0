//! Refuses input that would silently mean something else than what was meant: a part of the language with a space in it,
//! marks that make no phrase, a weight that is none.

use std::ops::Range;

use super::Lexer;
use crate::error::{Error, Result};
use crate::query::field::{Field, Role};
use crate::query::parse::is_operator;
use crate::query::range::comparison;
use crate::query::scan::{STOPS, closers, is_number, is_searchable, is_separator, suffix, word_end};
use crate::query::token::{Token, TokenKind};
use crate::query::value::markets;

impl<'t> Lexer<'t> {
    /// Refuses the rest of an interval that is typed with spaces, `date:2008 .. 2009` or `words:>300 <500`: it would be
    /// looked for as text.
    pub(super) fn check_interval(&self) -> Result<()> {
        let Some(Token { kind: TokenKind::Filter(field, _), span: before }) = self.tokens.last() else { return Ok(()) };
        if !field.role.takes_interval()
            || !self.rest().starts_with(['.', '…', '-', '–', 't', 'T', 'à', '<', '>', '≤', '≥'])
        {
            return Ok(());
        }
        let rest = self.rest();
        // No bound is longer.
        let end = rest.char_indices().map(|(at, _)| at).nth(64).unwrap_or(rest.len());
        let word = &rest[..rest[..end].find(char::is_whitespace).unwrap_or(end)];
        let after = rest[word.len()..].trim_start();
        let is_number = |text: &str| text.starts_with(|c: char| c.is_ascii_digit() || "$€£".contains(c));
        let is_bound = |text: &str| is_number(text) || text.starts_with(|c| closers(c).is_some());
        let is_rest = match word {
            ".." | "…" | "TO" => is_bound(after),
            "-" | "–" | "to" | "à" => is_number(after),
            _ => word.strip_prefix("..").or_else(|| comparison(word).map(|(_, bound)| bound)).is_some_and(is_bound),
        };
        if !is_rest {
            return Ok(());
        }
        let ends = if matches!(field.role, Role::Date | Role::Indexed) { "2024..2025" } else { "2..5" };
        let name = field.name;
        Err(self
            .error(
                "parted_interval",
                ("an interval is typed without spaces", "un intervalle s’écrit sans espace"),
                before.start..self.at + word.len(),
            )
            .hint(said!(
                "write it like `{name}:{ends}`; what is to be found as text, put between quotation marks",
                "écrivez-le comme `{name}:{ends}` ; ce qui se cherche comme texte se met entre guillemets"
            )))
    }

    /// Refuses a field whose colon or sign stands apart, as French typography has it: `titre : taux`, `words > 300`.
    pub(super) fn check_parted_field(&self, name: &str) -> Result<()> {
        // A letter is one: `vitamine D : une étude`.
        let Some(field) = Field::find(name).filter(|_| name.chars().nth(1).is_some()) else { return Ok(()) };
        let glued = &self.rest()[name.len()..];
        let after = glued.trim_start();
        // Glued to what follows, `=` asks for the form typed.
        let sign = match comparison(after) {
            Some((sign, _)) if field.role.takes_comparison() => sign.len(),
            _ if after.starts_with(':') || after.starts_with('=') && after[1..].starts_with(char::is_whitespace) => 1,
            _ => return Ok(()),
        };
        let value = after[sign..].trim_start();
        let is_value = match field.role {
            // `BP : le bénéfice` is about a company.
            role if role.takes_number() => {
                is_number(value) || value.starts_with(['<', '>', '≤', '≥', '=', '[', '{', '(', '"'])
            }
            // `Bourse : la hausse continue` is a headline.
            Role::Exchange => !markets(&value[..word_end(value, 0, is_separator)]).is_empty(),
            _ => value.starts_with(|c| c != ')' && c != '»'),
        };
        if after.len() == glued.len() || !is_value {
            return Ok(());
        }
        let end = self.text.len() - after.len() + sign;
        let typed = &self.text[self.at..end];
        let message = said!("a space parts `{typed}`", "une espace sépare `{typed}`");
        Err(self.error("missing_value", message, self.at..end).hint(said!(
            "write it without a space, as in `{0}`; to search for it as text, put it between quotation marks",
            "écrivez-le sans espace, comme `{0}` ; pour chercher ce texte, mettez-le entre guillemets",
            field.example
        )))
    }

    /// Refuses a list of values with a space after a comma, `ticker:MC, KER`: what stands there would be text.
    pub(super) fn check_parted_list(&self, label: &Range<usize>) -> Result<()> {
        let next = self.rest().trim_start();
        let starts = next.starts_with(|c: char| c.is_alphanumeric() || c == '$' || closers(c).is_some());
        if !self.text[label.end..self.at].ends_with(',') || next.len() == self.rest().len() || !starts {
            return Ok(());
        }
        let word = &next[..word_end(next, 0, is_separator)];
        let quoted = next.chars().next().and_then(|open| {
            let inside = next[open.len_utf8()..].split_inclusive(closers(open)?).next()?;
            Some(&next[..open.len_utf8() + inside.len()])
        });
        let value = quoted.unwrap_or_else(|| word.trim_end_matches(STOPS));
        if word.find([':', '=']).is_some_and(|at| Field::find(&word[..at]).is_some()) {
            return Ok(());
        }
        let list = &self.text[label.start..self.at];
        let message = ("a list is typed without spaces", "une liste s’écrit sans espace");
        let span = label.start..self.text.len() - next.len() + value.len();
        Err(self.error("parted_list", message, span).hint(said!(
            "write `{list}{value}`; if `{value}` is to be found as text, leave out the comma",
            "écrivez `{list}{value}` ; pour chercher `{value}` comme texte, enlevez la virgule"
        )))
    }

    /// Refuses a bar behind the value of a field of the text, which takes one: `title:oil|gas`.
    pub(super) fn check_bar(&self, label: &Range<usize>) -> Result<()> {
        if !self.rest().starts_with('|') {
            return Ok(());
        }
        let (name, value) = (&self.text[label.clone()], &self.text[label.end..self.at]);
        let message = said!("`{name}` takes no list", "`{name}` ne prend pas de liste");
        Err(self
            .error("bad_value", message, self.at..self.at + 1)
            .hint(said!("write `{name}({value} OR …)`", "écrivez `{name}({value} OR …)`")))
    }

    /// Refuses `~2` and `^2` that stand apart from what they belong to: the number would be a word.
    pub(super) fn check_parted_suffix(&self, raw: &str) -> Result<()> {
        use TokenKind::{Close, Quoted, Regex, Word};
        let bare = raw.trim_end_matches(STOPS);
        let number = bare.strip_prefix(['~', '^']).unwrap_or_default();
        let Some(before) = self.tokens.last().filter(|_| number.starts_with(|c: char| c.is_ascii_digit())) else {
            return Ok(());
        };
        let typed = &self.text[before.span.clone()];
        let after = self.rest()[raw.len()..].trim_start();
        let is_meant = match before.kind {
            Word { literal: false } if is_operator(typed) => false,
            // `hausse ~2 %` is about two percent.
            Word { .. } if bare.starts_with('~') => after.is_empty() || after.starts_with(')'),
            Quoted(_) | Close if bare.starts_with('~') => !after.starts_with(['%', '€', '$', '£', '¥']),
            Word { .. } | Quoted(_) | Close | Regex(_) => true,
            _ => false,
        };
        if !is_meant || !number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') {
            return Ok(());
        }
        let sign = &bare[..1];
        let message = said!("a space stands before `{sign}`", "une espace se trouve devant `{sign}`");
        Err(self.error("parted_sign", message, self.at..self.at + bare.len()).hint(said!(
            "write it without a space: `{typed}{bare}`; to search for it as text, put it between quotation marks",
            "écrivez-le sans espace : `{typed}{bare}` ; pour chercher ce texte, mettez-le entre guillemets"
        )))
    }

    /// Refuses `=` that stands apart from the word or quotation it belongs to: `= marché`. Between two words it is the sign
    /// of an equation.
    pub(super) fn check_parted_exact(&self) -> Result<()> {
        let after = &self.rest()[1..];
        let word = after.trim_start();
        let starts = |c: char| c.is_alphabetic() || closers(c).is_some();
        let follows = self.tokens.last().is_some_and(|before| match before.kind {
            TokenKind::Word { literal: false } => !is_operator(&self.text[before.span.clone()]),
            TokenKind::Open | TokenKind::And | TokenKind::Or => false,
            _ => true,
        });
        if follows || word.len() == after.len() || !word.starts_with(starts) {
            return Ok(());
        }
        let message = ("a space stands after `=`", "une espace se trouve après `=`");
        let end = word.find(char::is_whitespace).unwrap_or(word.len());
        let typed = &word[..end];
        Err(self.error("parted_sign", message, self.at..self.at + 1).hint(said!(
            "write `={typed}` for the form typed, or leave it out",
            "écrivez `={typed}` pour la forme tapée, ou enlevez-le"
        )))
    }

    /// Refuses words that only a sign parts, `oil,gas` or `oil+gas`: they would be a phrase. One letter on a side is a
    /// name's (`CL=F`), and addresses have every sign.
    pub(super) fn check_glued_words(&self, raw: &str) -> Result<()> {
        const SIGNS: [char; 7] = [',', ';', '+', '=', '<', '>', '#'];
        let letters = |c: Option<char>| c.is_some_and(char::is_alphabetic);
        let parts_words = |at: usize, sign: char| {
            let (mut before, mut after) = (raw[..at].chars().rev(), raw[at + sign.len_utf8()..].chars());
            [before.next(), before.next(), after.next(), after.next()].into_iter().all(letters)
        };
        let found = raw.char_indices().find(|(at, c)| SIGNS.contains(c) && parts_words(*at, *c));
        let Some((at, sign)) = found.filter(|_| !raw.contains(['/', '@'])) else { return Ok(()) };
        let words: Vec<&str> = raw.split(SIGNS).filter(|word| !word.is_empty()).collect();
        let (both, either) = (words.join(" "), words.join(" OR "));
        let message = said!("no space stands beside `{sign}`", "il manque une espace près de `{sign}`");
        Err(self.error("glued_words", message, self.at + at..self.at + at + 1).hint(said!(
            "write `{both}` for both, `{either}` for either; for the text as it stands, put it between quotation marks",
            "écrivez `{both}` pour les deux, `{either}` pour l’un d’eux ; pour ce texte même, mettez-le entre guillemets"
        )))
    }

    /// Refuses words between single quotation marks, which are apostrophes elsewhere: they would be looked for apart.
    pub(super) fn check_single_quotes(&self) -> Result<()> {
        const MARKS: [char; 4] = ['\'', '‘', '’', '‛'];
        /// How many words are looked through for the mark that closes.
        const MOST: usize = 16;
        let Some(rest) = self.rest().strip_prefix(MARKS) else { return Ok(()) };
        let bare = |word: &'t str| word.trim_end_matches([',', ';', '.', '?', '!', ':']);
        let mut words = rest.split(|c: char| c.is_whitespace() || c == ')').take(MOST).map(bare);
        let Some(last) = words.find(|word| word.ends_with(MARKS)) else { return Ok(()) };
        let end = last.as_ptr() as usize - rest.as_ptr() as usize + last.len();
        let inner = rest[..end].trim_end_matches(MARKS).trim();
        if !inner.contains(char::is_whitespace) || inner.contains(['(', ')']) || !is_searchable(inner) {
            return Ok(());
        }
        let open = self.rest().len() - rest.len();
        let message = ("these marks make no phrase", "ces guillemets ne font pas une phrase");
        let error = self.error("single_quotes", message, self.at..self.at + open + end);
        Err(error.hint(said!("write `\"{inner}\"`", "écrivez `\"{inner}\"`")))
    }

    /// Refuses a `^` behind a word that no weight follows: `taux^2,5`.
    pub(super) fn check_weight(&self, raw: &str) -> Result<()> {
        let sign = raw.find('^').filter(|at| raw[..*at].ends_with(char::is_alphanumeric) && !raw.contains("//"));
        match sign {
            Some(at) if suffix(raw) == raw.len() => Err(self.bad_weight(self.at + at..self.at + raw.len())),
            _ => Ok(()),
        }
    }

    pub(super) fn bad_weight(&self, span: Range<usize>) -> Error {
        let message = ("`^` needs a weight from 0.01 to 100", "`^` demande un poids de 0.01 à 100");
        self.error("bad_weight", message, span).hint((
            "write `taux^2`, or put the text between quotation marks",
            "écrivez `taux^2`, ou mettez le texte entre guillemets",
        ))
    }
}
