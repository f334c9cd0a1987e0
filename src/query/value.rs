//! The values of field filters: securities, languages, publishers, paths, dates.
//!
//! Each value of a list makes a filter of its own, and the list is their OR.

use std::ops::Range;

use super::ast::{CountRange, Filter, TickerPattern};
use super::date::Reader;
use super::field::{Field, Role};
use super::scan::is_searchable;
use super::token::{Item, Resolve};
use super::{Kind, Node, ParseOptions};
use crate::article::{Language, Mic, Ticker};
use crate::error::{Error, Result};
use crate::market::{self, names};
use crate::wording::Bilingual;

/// What reading values needs.
#[derive(Clone, Copy)]
pub(super) struct Values<'t> {
    /// The query as typed.
    pub text: &'t str,
    /// When and where.
    pub options: &'t ParseOptions,
    /// How codes of securities are read.
    pub resolve: Resolve,
}

impl Values<'_> {
    /// Returns the filters for the values of `field`.
    ///
    /// # Errors
    /// A value that the field cannot read, or an operator other than OR in a list.
    pub(super) fn filters(self, field: &Field, items: &[Item]) -> Result<Vec<Node>> {
        let spans = self.spans(field, items)?;
        spans
            .into_iter()
            .map(|span| Ok(Node { kind: Kind::Filter(self.filter(field.role, span.clone())?), span }))
            .collect()
    }

    /// Returns the places of the values. `OR` between two values without commas is an operator;
    /// anywhere else it is a value. Words side by side are one publisher or path, and several of
    /// anything else.
    pub(super) fn spans(self, field: &Field, items: &[Item]) -> Result<Vec<Range<usize>>> {
        let mut spans: Vec<Range<usize>> = Vec::new();
        // Whether the next value can belong to the one before.
        let mut joins = false;
        let mut after_operator = true;
        for (at, item) in items.iter().enumerate() {
            let text = &self.text[item.span.clone()];
            let between = !item.comma && items.get(at + 1).is_some_and(|next| !next.comma);
            if between && !after_operator && !item.quoted {
                match text {
                    "OR" | "OU" | "||" => {
                        (joins, after_operator) = (false, true);
                        continue;
                    }
                    "AND" | "ET" | "NOT" | "SAUF" | "&&" => {
                        let name = field.name;
                        return Err(self
                            .error(
                                said!(
                                    "`{text}` cannot stand in a list of values",
                                    "`{text}` ne peut pas se trouver dans une liste de valeurs"
                                ),
                                item.span.clone(),
                            )
                            .hint(said!(
                                "name the field twice: `{name}:… {text} {name}:…`",
                                "nommez le champ deux fois : `{name}:… {text} {name}:…`"
                            )));
                    }
                    _ => {}
                }
            }
            let wordy = matches!(field.role, Role::Source | Role::Path | Role::Story | Role::Company) && !item.quoted;
            match spans.last_mut() {
                Some(last) if joins && wordy && !item.comma => last.end = item.span.end,
                _ => spans.push(item.span.clone()),
            }
            (joins, after_operator) = (wordy, false);
        }
        Ok(spans)
    }

    fn filter(self, role: Role, span: Range<usize>) -> Result<Filter> {
        let value = &self.text[span.clone()];
        if !matches!(role, Role::Path | Role::Story)
            && let Some(star) = value.find('*')
            && !value.starts_with('[')
        {
            let star = span.start + star..span.start + star + 1;
            return Err(self
                .error(
                    ("telex does not support `*` in this field yet", "telex ne connaît pas encore `*` dans ce champ"),
                    star,
                )
                .hint(("give the whole value", "donnez la valeur entière")));
        }
        let dates = Reader { text: self.text, options: self.options };
        Ok(match role {
            Role::Ticker => Filter::Ticker(self.ticker(span)?),
            Role::Company => Filter::Ticker(self.company(span)?),
            Role::Language => match value.parse::<Language>() {
                Ok(language) => Filter::Language(language),
                Err(message) => {
                    return Err(self.error(message, span).hint((
                        "write `lang:fr`, `lang:en` or `lang:other`",
                        "écrivez `lang:fr`, `lang:en` ou `lang:other`",
                    )));
                }
            },
            Role::Date => Filter::Date(dates.range(span)?),
            Role::Since => Filter::Date(dates.since(span)?),
            Role::Until => Filter::Date(dates.until(span)?),
            Role::Source | Role::Text(_) if is_searchable(value) => Filter::Source(value.to_owned()),
            Role::Path if is_searchable(value) => Filter::Path(value.to_owned()),
            Role::Story if is_searchable(value) => Filter::Story(value.to_owned()),
            Role::Copies => Filter::Copies(copies(value).ok_or_else(|| {
                let message = said!("`{value}` is no number of copies", "`{value}` n’est pas un nombre de reprises");
                self.error(message, span).hint((
                    "write `copies:3`, `copies:>=2`, `copies:<5` or `copies:2..5`",
                    "écrivez `copies:3`, `copies:>=2`, `copies:<5` ou `copies:2..5`",
                ))
            })?),
            Role::Source | Role::Text(_) | Role::Path | Role::Story | Role::Saved => {
                return Err(self.error(said!("`{value}` is no name", "`{value}` n’est pas un nom"), span));
            }
        })
    }

    /// Reads the code or the name of a security at `span`; `|` separates several readings, as the canonical
    /// form writes them, and `@main` at the end asks for articles about it.
    pub(super) fn ticker(self, span: Range<usize>) -> Result<TickerPattern> {
        let typed = &self.text[span.clone()];
        let (code, main) = match typed.rsplit_once('@') {
            Some((code, "main" | "MAIN")) => (code.trim(), true),
            _ => (typed, false),
        };
        let code = code.strip_prefix('$').unwrap_or(code);
        let mut tickers: Vec<Ticker> = Vec::new();
        for reading in code.split('|') {
            let known = (self.resolve)(reading);
            if known.is_empty()
                && let Some((mic, symbol)) = reading.split_once(':')
                && let Some(mic) = Mic::new(mic)
                && is_symbol(symbol)
            {
                tickers.push(Ticker::new(symbol.to_uppercase(), mic));
            }
            tickers.extend(known);
        }
        let symbol = with_class(&code.to_uppercase());
        if tickers.is_empty() && symbol != code {
            tickers = (self.resolve)(&symbol);
        }
        if !tickers.is_empty() {
            return Ok(TickerPattern { symbol: None, companies: market::companies_of(&tickers), main });
        }
        let mut companies = market::holders(&symbol);
        if companies.is_empty() {
            companies = market::companies_of(&names::tickers(code));
        }
        if is_symbol(code) {
            return Ok(TickerPattern { symbol: Some(symbol), companies, main });
        }
        if !companies.is_empty() {
            return Ok(TickerPattern { symbol: None, companies, main });
        }
        let error = self.error(
            said!("`{typed}` is no ticker that telex knows", "`{typed}` n’est pas un symbole que telex connaît"),
            span,
        );
        Err(match code.split_once('@') {
            Some((symbol, _)) => error.hint(said!(
                "after `@` stands `main` alone: `ticker:{symbol}@main`",
                "après `@` se met `main` seul : `ticker:{symbol}@main`"
            )),
            None => error.hint(said!(
                "write a symbol, such as `ticker:AMZN`, or search for the name: `\"{code}\"`",
                "écrivez un symbole, comme `ticker:AMZN`, ou cherchez le nom : `\"{code}\"`"
            )),
        })
    }

    /// Reads the name of a company at `span`, or else its code.
    fn company(self, span: Range<usize>) -> Result<TickerPattern> {
        let typed = &self.text[span.clone()];
        let (name, main) =
            typed.rsplit_once('@').filter(|(_, end)| *end == "main").map_or((typed, false), |(name, _)| (name, true));
        let companies = market::companies_of(&names::tickers(name));
        if companies.is_empty() { self.ticker(span) } else { Ok(TickerPattern { symbol: None, companies, main }) }
    }

    fn error(self, message: impl Into<Bilingual>, span: Range<usize>) -> Error {
        Error::refused("bad_value", message, self.text, span)
    }
}

/// Reads `3`, `>2`, `>=2`, `<5`, `<=5`, `2..5`, `2..`, `..5`.
fn copies(value: &str) -> Option<CountRange> {
    let number = |text: &str| text.parse::<u32>().ok();
    let range = |least, most| CountRange { least, most };
    Some(if let Some(rest) = value.strip_prefix(">=") {
        range(number(rest)?, None)
    } else if let Some(rest) = value.strip_prefix('>') {
        range(number(rest)?.checked_add(1)?, None)
    } else if let Some(rest) = value.strip_prefix("<=") {
        range(0, Some(number(rest)?))
    } else if let Some(rest) = value.strip_prefix('<') {
        range(0, Some(number(rest)?.checked_sub(1)?))
    } else if let Some((least, most)) = value.split_once("..") {
        let end = |text: &str| if text.is_empty() { Some(None) } else { number(text).map(Some) };
        range(end(least)?.unwrap_or(0), end(most)?)
    } else {
        range(number(value)?, Some(number(value)?))
    })
}

/// Returns whether `code` has the letters and signs of a symbol, and no others.
pub(super) fn is_symbol(code: &str) -> bool {
    let sign = |b: u8| matches!(b, b'.' | b'-' | b'/' | b'=' | b'_' | b'&');
    let code = code.strip_prefix('^').unwrap_or(code);
    (1..=20).contains(&code.len())
        && code.bytes().all(|b| b.is_ascii_alphanumeric() || sign(b))
        && code.bytes().next().is_some_and(|b| b.is_ascii_alphanumeric())
}

/// Returns `symbol` with a dot before its share class: `BRK-B` and `BRK/B` are `BRK.B`.
fn with_class(symbol: &str) -> String {
    match symbol.rsplit_once(['-', '/']) {
        Some((stem, class)) if class.len() == 1 && !stem.is_empty() => format!("{stem}.{class}"),
        _ => symbol.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_copies() {
        for (typed, want) in [
            ("3", Some((3, Some(3)))),
            (">2", Some((3, None))),
            (">=2", Some((2, None))),
            ("<5", Some((0, Some(4)))),
            ("<=5", Some((0, Some(5)))),
            ("2..5", Some((2, Some(5)))),
            ("..5", Some((0, Some(5)))),
            ("2..", Some((2, None))),
            ("<0", None),
            ("many", None),
            (">4294967295", None),
        ] {
            assert_eq!(copies(typed).map(|range| (range.least, range.most)), want, "{typed}");
        }
    }

    #[test]
    fn symbols_have_one_form() {
        for (typed, want) in [
            ("BRK-B", "BRK.B"),
            ("BRK/B", "BRK.B"),
            ("BRK.B", "BRK.B"),
            ("BTC-USD", "BTC-USD"),
            ("OR", "OR"),
            ("-B", "-B"),
        ] {
            assert_eq!(with_class(typed), want);
        }
        for (typed, want) in [
            ("AMZN", true),
            ("^FCHI", true),
            ("0700", true),
            ("", false),
            ("-X", false),
            ("L'Oréal", false),
            ("A B", false),
        ] {
            assert_eq!(is_symbol(typed), want, "{typed}");
        }
    }
}
