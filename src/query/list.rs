//! The values of a list, each with its place: what parts them, what joins them, and what cannot stand among them.
//!
//! A list means any of its values, so that an operator or a sign within it would quietly be another query.

use std::ops::Range;

use super::date::Reader;
use super::field::{Field, Role};
use super::scan::{is_searchable, is_separator, is_sign, word_end};
use super::token::Item;
use super::value::Values;
use crate::error::{Error, Result};

/// The most words that a date goes on for behind its first: `le 14 juillet 2025`.
const MOST_OF_A_DATE: usize = 4;
/// The most bytes of a date that has several words, or of an interval of two.
const LONGEST_DATE: usize = 80;

impl Values<'_> {
    /// Returns the places of the values. `OR` between two values without commas is an operator; between commas, and
    /// alone, any operator is a value. Words side by side are one publisher or path, and several of anything else.
    pub(super) fn spans(self, field: &Field, items: &[Item]) -> Result<Vec<Range<usize>>> {
        let mut spans: Vec<Range<usize>> = Vec::new();
        // Whether the next value can belong to the one before.
        let mut joins = false;
        let mut after_operator = true;
        for (at, item) in items.iter().enumerate() {
            self.check_sign(field, item)?;
            let text = &self.text[item.span.clone()];
            let before = at > 0 && !item.comma;
            let after = items.get(at + 1).is_some_and(|next| !next.comma);
            match text {
                _ if item.quoted => {}
                "OR" | "OU" | "||" | "|" if before && after && !after_operator => {
                    (joins, after_operator) = (false, true);
                    continue;
                }
                "AND" | "ET" | "NOT" | "SAUF" | "&&" if before || after => {
                    return Err(self.operator(field, item, before));
                }
                _ => {}
            }
            // Here both are asked for as often as either.
            if let Some(last) = spans.last().filter(|_| field.role == Role::Has && !after_operator && !item.comma) {
                let last = &self.text[last.clone()];
                return Err(self
                    .error(("either of them, or both?", "l’un d’eux, ou les deux ?"), item.span.clone())
                    .hint(said!(
                        "write `has:{last},{text}` for either, `has:{last} has:{text}` for both",
                        "écrivez `has:{last},{text}` pour l’un d’eux, `has:{last} has:{text}` pour les deux"
                    )));
            }
            let wordy = takes_words(field.role) && !item.quoted;
            match spans.last_mut() {
                Some(last) if joins && wordy && !item.comma => last.end = item.span.end,
                _ => spans.push(item.span.clone()),
            }
            (joins, after_operator) = (wordy, false);
        }
        Ok(spans)
    }

    /// Returns the error of an operator in a list, whether values stand `before` it or not.
    fn operator(self, field: &Field, item: &Item, before: bool) -> Error {
        let (name, typed) = (field.name, &self.text[item.span.clone()]);
        let error = self.error(
            said!(
                "`{typed}` cannot stand in a list of values",
                "`{typed}` ne peut pas se trouver dans une liste de valeurs"
            ),
            item.span.clone(),
        );
        match before {
            true => error.hint(said!(
                "name the field twice: `{name}:… {typed} {name}:…`; a value goes between quotation marks",
                "nommez le champ deux fois : `{name}:… {typed} {name}:…` ; une valeur se met entre guillemets"
            )),
            false => error.hint(said!(
                "to exclude, write `-{name}:(…)`; a value goes between quotation marks",
                "pour exclure, écrivez `-{name}:(…)` ; une valeur se met entre guillemets"
            )),
        }
    }

    /// Refuses a sign before a value, `ticker:-MC`, which would be dropped or be a letter of it: a sign stands before the
    /// field. Numbers have signs of their own, and dates tell more of theirs.
    fn check_sign(self, field: &Field, item: &Item) -> Result<()> {
        let typed = &self.text[item.span.clone()];
        let sign = typed.chars().next().filter(|c| is_sign(*c) || *c == '=');
        let Some(sign) = sign.filter(|sign| is_searchable(&typed[sign.len_utf8()..])) else { return Ok(()) };
        if item.quoted || field.role.takes_comparison() {
            return Ok(());
        }
        let name = field.name;
        let span = item.span.start..item.span.start + sign.len_utf8();
        let message = said!(
            "`{sign}` cannot stand between a field and its value",
            "`{sign}` ne peut pas se trouver entre un champ et sa valeur"
        );
        let error = Error::refused("misplaced_sign", message, self.text, span);
        Err(match sign {
            '=' => error.hint(said!(
                "leave it out, as in `{0}`; if the value has it, put the value between quotation marks",
                "enlevez-le, comme `{0}` ; si la valeur l’a, mettez la valeur entre guillemets",
                field.example
            )),
            _ => error.hint(said!(
                "put it before the field: `{sign}{name}:…`; if the value has it, put the value between quotation marks",
                "mettez-le devant le champ : `{sign}{name}:…` ; si la valeur l’a, mettez la valeur entre guillemets"
            )),
        })
    }

    /// Refuses a date that the words behind it go on with, `date:juillet 2025`: they would be looked for as text.
    pub(super) fn check_whole_date(self, field: &Field, item: &Item) -> Result<()> {
        if item.quoted {
            return Ok(());
        }
        let (mut end, mut longest) = (item.span.end, None);
        for _ in 0..MOST_OF_A_DATE {
            let rest = &self.text[end..];
            let word = end + rest.len() - rest.trim_start().len();
            if word == end || word == self.text.len() || self.text[word..].starts_with(is_separator) {
                break;
            }
            end = word_end(self.text, word, is_separator);
            // By itself, since an error holds the whole text that it is about.
            let text = &self.text[item.span.start..end];
            if text.len() > LONGEST_DATE {
                break;
            }
            let is_more = is_searchable(&self.text[word..end]);
            if is_more && (Reader { text, options: self.options }).range(0..text.len()).is_ok() {
                longest = Some(end);
            }
        }
        let Some(end) = longest else { return Ok(()) };
        let (name, date) = (field.name, &self.text[item.span.start..end]);
        let more = self.text[item.span.end..end].trim();
        let message = ("a date is typed without spaces", "une date s’écrit sans espace");
        Err(Error::refused("parted_date", message, self.text, item.span.start..end).hint(said!(
            "write `{name}:\"{date}\"`; if `{more}` is to be found as text, put it between quotation marks",
            "écrivez `{name}:\"{date}\"` ; pour chercher `{more}` comme texte, mettez-le entre guillemets"
        )))
    }
}

/// Returns whether several words side by side are one value.
fn takes_words(role: Role) -> bool {
    use Role::{Author, Company, Exchange, Path, Section, Source, Story, Url};
    matches!(role, Source | Author | Section | Exchange | Path | Url | Story | Company)
}

#[cfg(test)]
mod tests {
    use crate::query::{ParseOptions, parse};

    /// What is told of a query, with the place that is pointed at.
    fn refused(typed: &str) -> (String, String, String) {
        let error = parse(typed, &ParseOptions { now: 1_752_507_000, ..ParseOptions::default() }).expect_err(typed);
        let place = error.place().expect(typed);
        (
            error.message().to_owned(),
            place.text[place.span.clone()].to_owned(),
            error.advice().unwrap_or_default().to_owned(),
        )
    }

    #[test]
    fn an_operator_is_no_value_beside_one() {
        for (typed, operator, hint) in [
            ("ticker:(NOT GLE)", "NOT", "to exclude, write `-ticker:(…)`; a value goes between quotation marks"),
            ("source:(NOT \"x\")", "NOT", "to exclude, write `-source:(…)`; a value goes between quotation marks"),
            ("author:(SAUF Lin)", "SAUF", "to exclude, write `-author:(…)`; a value goes between quotation marks"),
            (
                "ticker:(GLE NOT BNP)",
                "NOT",
                "name the field twice: `ticker:… NOT ticker:…`; a value goes between quotation marks",
            ),
            ("type:(csv, NOT html)", "NOT", "to exclude, write `-type:(…)`; a value goes between quotation marks"),
            (
                "company:(Total ET)",
                "ET",
                "name the field twice: `company:… ET company:…`; a value goes between quotation marks",
            ),
        ] {
            let (message, place, advice) = refused(typed);
            assert_eq!(message, format!("`{operator}` cannot stand in a list of values"), "{typed}");
            assert_eq!((place.as_str(), advice.as_str()), (operator, hint), "{typed}");
        }
        for typed in ["ticker:ET", "ticker:(ET)", "ticker:ET,MC", "ticker:(MC, ET, OR)", "source:(\"NOT\" x)"] {
            assert!(parse(typed, &ParseOptions::default()).is_ok(), "{typed}");
        }
    }

    #[test]
    fn a_sign_stands_before_the_field() {
        for (typed, sign) in [
            ("ticker:-LVMH", "-"),
            ("company:!LVMH", "!"),
            ("ticker:(GLE -BNP)", "-"),
            ("ticker:GLE,-BNP", "-"),
            ("section:–Tech", "–"),
            ("author:+Lin", "+"),
            ("author:(-Lin)", "-"),
            ("source:=Vitrine", "="),
            ("path:-fr", "-"),
            ("url:-x", "-"),
            ("lang:-fr", "-"),
        ] {
            let (message, place, _) = refused(typed);
            assert_eq!(message, format!("`{sign}` cannot stand between a field and its value"), "{typed}");
            assert_eq!(place, sign, "{typed}");
        }
        for typed in ["path:\"-fr\"", "pct:-5", "pct:(-5, +3)", "source:a-b", "ticker:BRK-B"] {
            assert!(parse(typed, &ParseOptions::default()).is_ok(), "{typed}");
        }
    }

    #[test]
    fn a_date_is_typed_whole() {
        for (typed, place) in [
            ("date:juillet 2025", "juillet 2025"),
            ("date:T3 2025 x", "T3 2025"),
            ("date:2025 T3", "2025 T3"),
            ("x date:2025-07-24 10:00 y", "2025-07-24 10:00"),
            ("date:lundi dernier", "lundi dernier"),
            ("since:14 juillet 2025", "14 juillet 2025"),
            ("date:>=mai 2025", ">=mai 2025"),
            ("date:mai 2025..juin 2025", "mai 2025..juin 2025"),
            ("date:(juillet 2025)", "juillet 2025"),
            ("date:July 24, 2025", "July 24, 2025"),
        ] {
            let (message, pointed, hint) = refused(typed);
            assert_eq!((message.as_str(), pointed.as_str()), ("a date is typed without spaces", place), "{typed}");
            assert!(hint.contains(&format!(":\"{place}\"`")), "{hint}");
            let quoted = typed.replace(place, &format!("\"{place}\""));
            assert!(place.contains("..") || parse(&quoted, &ParseOptions::default()).is_ok(), "{quoted}");
        }
        for typed in ["date:2025 oil", "date:(2024 2025)", "date:2025 S&P 500", "date:7d 5G", "date:\"2025\" T3"] {
            assert!(parse(typed, &ParseOptions::default()).is_ok(), "{typed}");
        }
    }
}
