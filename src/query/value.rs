//! The values of field filters: securities, languages, publishers, paths, dates.
//!
//! Each value of a list makes a filter of its own, and the list is their OR.

use std::ops::Range;

use super::ast::{Attribute, CountRange, Filter, TickerPattern};
use super::date::Reader;
use super::field::{Field, KNOWN, Role};
use super::range::ends;
use super::scan::{is_grouped, is_searchable, is_sign, narrowed};
use super::token::{Item, Resolve};
use super::{Kind, Node, ParseOptions};
use crate::analysis::{Bound, Measure, QuantityRange, TypedNumber, currency, typed_number};
use crate::article::{Language, Mic, Ticker, type_of_ending};
use crate::error::{Error, Result};
use crate::market::exchange::{self, Market};
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

/// Reads a code or a name of a security by itself, as after `ticker:` in a query, where it stands between quotation
/// marks.
///
/// # Errors
/// A query error with its place in `value`, if it is neither.
pub fn ticker_pattern(value: &str, options: &ParseOptions) -> Result<TickerPattern> {
    alone(value, options, |values, span| values.ticker(span))
}

/// Reads the name of a publisher by itself, as after `source:` in a query, where it stands between quotation marks.
///
/// # Errors
/// A query error with its place in `value`, if it is none.
pub fn source(value: &str, options: &ParseOptions) -> Result<String> {
    alone(value, options, |values, span| values.name(span))
}

/// Reads a value that is the whole text.
fn alone<T>(
    value: &str,
    options: &ParseOptions,
    read: impl FnOnce(Values<'_>, Range<usize>) -> Result<T>,
) -> Result<T> {
    let text = &*narrowed(value.trim());
    let values = Values { text, options, resolve: market::resolve };
    values.check_star(&(0..text.len()))?;
    read(values, 0..text.len())
}

impl Values<'_> {
    /// Returns the filters for the values of `field`.
    ///
    /// # Errors
    /// A value that the field cannot read, or an operator other than OR in a list.
    pub(super) fn filters(self, field: &Field, items: &[Item]) -> Result<Vec<Node>> {
        let spans = self.spans(field, items)?;
        if field.role.takes_date() {
            items.iter().try_for_each(|item| self.check_whole_date(field, item))?;
        }
        spans
            .into_iter()
            .map(|span| Ok(Node { kind: Kind::Filter(self.filter(field.role, span.clone())?), span }))
            .collect()
    }

    fn filter(self, role: Role, span: Range<usize>) -> Result<Filter> {
        let value = &self.text[span.clone()];
        if !matches!(role, Role::Path | Role::Story | Role::Url) && !value.starts_with(['[', '{']) {
            self.check_star(&span)?;
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
            Role::Before => Filter::Date(dates.before(span)?),
            Role::After => Filter::Date(dates.after(span)?),
            Role::Indexed => Filter::Indexed(dates.range(span)?),
            Role::Source => Filter::Source(self.name(span)?),
            Role::Author => Filter::Author(self.name(span)?),
            Role::Section => Filter::Section(self.name(span)?),
            Role::Url => Filter::Url(self.name(span)?),
            Role::FileType => Filter::FileType(self.file_type(span)?),
            // From the folder itself, as a shell writes it.
            Role::Path => Filter::Path(self.name(span)?.trim_start_matches("./").to_owned()),
            Role::Story => Filter::Story(self.name(span)?),
            Role::Exchange => self.exchange(span)?,
            Role::Has => self.has(span)?,
            Role::Currency => self.currency(span)?,
            Role::Quantity(measure) => self.quantity(measure, span)?,
            Role::Copies => Filter::Copies(self.count("copies", span)?),
            Role::Words => Filter::Words(self.count("words", span)?),
            // Words to look for, and what a saved search stands for, are read elsewhere.
            Role::Text(_) | Role::Saved => return Err(self.no_name(span)),
        })
    }

    /// Refuses a star in a value at `span`.
    fn check_star(self, span: &Range<usize>) -> Result<()> {
        let Some(star) = self.text[span.clone()].find('*') else { return Ok(()) };
        let star = span.start + star..span.start + star + 1;
        let message = ("telex does not support `*` in this field yet", "telex ne connaît pas encore `*` dans ce champ");
        Err(self.error(message, star).hint(("give the whole value", "donnez la valeur entière")))
    }

    /// Reads a name at `span`.
    fn name(self, span: Range<usize>) -> Result<String> {
        let value = &self.text[span.clone()];
        if is_searchable(value) { Ok(value.to_owned()) } else { Err(self.no_name(span)) }
    }

    fn no_name(self, span: Range<usize>) -> Error {
        let value = &self.text[span.clone()];
        self.error(said!("`{value}` is no name", "`{value}` n’est pas un nom"), span)
    }

    /// Reads the code or the name of a security at `span`; `|` separates several readings, as the canonical
    /// form writes them, and `@main` at the end asks for articles about it.
    pub(super) fn ticker(self, span: Range<usize>) -> Result<TickerPattern> {
        let typed = &self.text[span.clone()];
        let (code, main) = without_main(typed);
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
            companies = named(code);
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
        let (name, main) = without_main(typed);
        let companies = named(name);
        if companies.is_empty() { self.ticker(span) } else { Ok(TickerPattern { symbol: None, companies, main }) }
    }

    /// Reads an interval of whole numbers for the field called `name`.
    fn count(self, name: &str, span: Range<usize>) -> Result<CountRange> {
        let value = &self.text[span.clone()];
        count(value).ok_or_else(|| {
            let message = said!(
                "`{value}` is no number, and no interval of numbers",
                "`{value}` n’est ni un nombre, ni un intervalle de nombres"
            );
            self.error(message, span).hint(said!(
                "write `{name}:3`, `{name}:>=2`, `{name}:<5` or `{name}:2..5`",
                "écrivez `{name}:3`, `{name}:>=2`, `{name}:<5` ou `{name}:2..5`"
            ))
        })
    }

    /// Reads the code or the name of a market at `span`; `|` separates several, as the canonical form does.
    fn exchange(self, span: Range<usize>) -> Result<Filter> {
        let value = &self.text[span.clone()];
        let markets = markets(value);
        if markets.is_empty() {
            let message =
                said!("`{value}` is no market that telex knows", "`{value}` n’est pas un marché que telex connaît");
            return Err(self.error(message, span).hint((
                "write its ISO 10383 code, such as `exchange:XPAR`, or its name",
                "écrivez son code ISO 10383, comme `exchange:XPAR`, ou son nom",
            )));
        }
        Ok(Filter::Exchange(markets))
    }

    /// Reads the name of what must be known, at `span`: that of its field.
    fn has(self, span: Range<usize>) -> Result<Filter> {
        let value = &self.text[span.clone()];
        Ok(match Field::find(value).map(|field| field.role) {
            Some(Role::Ticker | Role::Company | Role::Exchange) => Filter::Has(Attribute::Ticker),
            Some(Role::Source) => Filter::Has(Attribute::Source),
            Some(Role::Author) => Filter::Has(Attribute::Author),
            Some(Role::Section) => Filter::Has(Attribute::Section),
            Some(Role::Url) => Filter::Has(Attribute::Url),
            Some(Role::Date) => Filter::Has(Attribute::Date),
            Some(Role::Copies) => Filter::Copies(CountRange { least: 1, most: None }),
            Some(Role::Quantity(measure)) => Filter::Quantity(QuantityRange::all(measure)),
            _ => {
                let message = said!(
                    "`{value}` is nothing that may be known of an article",
                    "on ne sait pas si `{value}` est connu d’un article"
                );
                return Err(self.error(message, span).hint(said!("one of {KNOWN}", "au choix : {KNOWN}")));
            }
        })
    }

    fn file_type(self, span: Range<usize>) -> Result<String> {
        let value = &self.text[span.clone()];
        type_of_ending(value).ok_or_else(|| {
            self.error(said!("`{value}` is no type of file", "`{value}` n’est pas un type de fichier"), span)
                .hint(("write the ending of its name: `type:html`", "écrivez la fin de son nom : `type:html`"))
        })
    }

    fn currency(self, span: Range<usize>) -> Result<Filter> {
        let value = &self.text[span.clone()];
        match currency(value) {
            Some(code) => Ok(Filter::Quantity(QuantityRange::all(Measure::Amount(Some(code))))),
            None => Err(self
                .error(
                    said!("`{value}` is no currency that telex reads", "`{value}` n’est pas une devise que telex lit"),
                    span,
                )
                .hint((
                    "write its code, its sign or its name: `currency:EUR`",
                    "écrivez son code, son signe ou son nom : `devise:EUR`",
                ))),
        }
    }

    /// Reads an interval of quantities at `span`.
    fn quantity(self, mut measure: Measure, span: Range<usize>) -> Result<Filter> {
        let example = match measure {
            Measure::Amount(_) => "`amount:>1bn€`, `amount:500M..2bn$`",
            Measure::Percent => "`pct:<-5`, `pct:1.5..2`",
            Measure::BasisPoints => "`bp:>=25`, `bp:10..50`",
        };
        let value = &self.text[span.clone()];
        let wrong = |message: Bilingual| {
            self.error(message, span.clone()).hint(said!("write it as in {example}", "écrivez-le comme {example}"))
        };
        let nothing =
            || wrong(said!("`{value}` is no such quantity", "`{value}` n’est pas une grandeur de cette sorte"));
        let ends = ends(value).ok_or_else(nothing)?;
        let read = |end: Option<(&str, bool)>| match end {
            Some((text, _)) => typed_number(text, measure).ok_or_else(nothing).map(Some),
            None => Ok(None),
        };
        let (mut low, high) = (read(ends.low)?, read(ends.high)?);
        // As in a text, `1,5..2 milliards` is 1.5 to 2 of them; `500..2k` can only be what it says.
        if let (Some(low), Some(high)) = (&mut low, &high) {
            low.take_scale(high);
        }
        let mut bound = |end: Option<(&str, bool)>, typed: Option<TypedNumber>| {
            let (Some((text, included)), Some(mut typed)) = (end, typed) else { return Ok(None) };
            if let [first, second, ..] = typed.readings.as_slice() {
                let message = said!("`{text}` may be {first} or {second}", "`{text}` peut être {first} ou {second}");
                return Err(self
                    .error(message, span.clone())
                    .hint(said!("write `{first}` or `{second}`", "écrivez `{first}` ou `{second}`")));
            }
            if let (Measure::Amount(currency), Some(code)) = (&mut measure, typed.currency)
                && currency.replace(code).is_some_and(|other| other != code)
            {
                return Err(wrong(("these are two currencies", "ce sont deux devises").into()));
            }
            let number = typed.readings.pop();
            if matches!(measure, Measure::Amount(_)) && number.as_ref().is_some_and(|number| number.starts_with('-')) {
                return Err(wrong(("amounts are kept without a sign", "les montants sont gardés sans signe").into()));
            }
            Ok(number.map(|number| Bound { number, included }))
        };
        let (low, high) = (bound(ends.low, low)?, bound(ends.high, high)?);
        let range = QuantityRange { measure, low, high };
        if range.is_empty() {
            return Err(wrong(("the interval ends before it begins", "l’intervalle finit avant de commencer").into()));
        }
        Ok(Filter::Quantity(range))
    }

    pub(super) fn error(self, message: impl Into<Bilingual>, span: Range<usize>) -> Error {
        Error::refused("bad_value", message, self.text, span)
    }
}

/// Returns the markets that a value names, by their codes or by a name; none if it names none.
pub(super) fn markets(value: &str) -> Vec<Mic> {
    let code = |code: &str| Mic::new(&code.to_uppercase()).filter(|mic| exchange::is_known(*mic));
    let markets: Option<Vec<Mic>> = value.split('|').map(code).collect();
    markets.unwrap_or_else(|| match exchange::label(value).map(|label| label.market) {
        Some(Market::Mic(mic)) => vec![mic],
        Some(Market::Euronext) => exchange::euronext_cities().collect(),
        _ => Vec::new(),
    })
}

/// Returns the companies of a name; a sign before it is none of its letters, and excludes nothing here.
fn named(name: &str) -> Vec<Ticker> {
    if name.starts_with(|c| is_sign(c) || c == '=') { Vec::new() } else { names::tickers(name) }
}

/// Returns a code or a name without `@main` at its end, and whether that was there.
fn without_main(typed: &str) -> (&str, bool) {
    match typed.rsplit_once('@') {
        Some((code, main)) if main.eq_ignore_ascii_case("main") => (code.trim(), true),
        _ => (typed, false),
    }
}

/// Reads an interval of whole numbers; `None` if it is none.
fn count(value: &str) -> Option<CountRange> {
    let ends = ends(value)?;
    let number = |(text, included): (&str, bool)| {
        let digits: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        let is_number = is_grouped(text) || digits.len() == text.len();
        digits.parse::<u32>().ok().filter(|_| is_number).map(|number| (number, included))
    };
    let least = match ends.low {
        None => 0,
        Some(low) => match number(low)? {
            (number, true) => number,
            (number, false) => number.checked_add(1)?,
        },
    };
    let most = match ends.high {
        None => None,
        Some(high) => match number(high)? {
            (number, true) => Some(number),
            (number, false) => Some(number.checked_sub(1)?),
        },
    };
    most.is_none_or(|most| least <= most).then_some(CountRange { least, most })
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
    fn counts() {
        for (typed, want) in [
            ("3", Some((3, Some(3)))),
            (">2", Some((3, None))),
            (">=2", Some((2, None))),
            ("<5", Some((0, Some(4)))),
            ("<=5", Some((0, Some(5)))),
            ("2..5", Some((2, Some(5)))),
            ("..5", Some((0, Some(5)))),
            ("2..", Some((2, None))),
            ("[2 TO 5}", Some((2, Some(4)))),
            ("{2 TO *]", Some((3, None))),
            ("1 234..2\u{202f}000", Some((1234, Some(2000)))),
            (">1\u{a0}000", Some((1001, None))),
            ("12 34", None),
            ("5..2", None),
            ("<0", None),
            ("many", None),
            (">4294967295", None),
        ] {
            assert_eq!(count(typed).map(|range| (range.least, range.most)), want, "{typed}");
        }
    }

    #[test]
    fn everything_that_may_be_known_is_a_value_and_a_wrong_one_is_told_them() {
        let options = ParseOptions::default();
        for known in KNOWN.split(", ") {
            assert!(crate::query::parse(&format!("has:{known}"), &options).is_ok(), "{known}");
        }
        let error = crate::query::parse("has:colour", &options).unwrap_err();
        assert_eq!(error.advice().unwrap(), format!("one of {KNOWN}"));
    }

    #[test]
    fn a_value_by_itself_is_read_as_after_its_field() {
        let options = ParseOptions::default();
        for typed in ["XPAR:OR", " MC@main ", "Société Générale", "ＯＲ", "-OR"] {
            let parsed =
                crate::query::parse(&format!("ticker:\"{typed}\""), &options).ok().map(|query| query.root.kind);
            let alone = ticker_pattern(typed, &options).ok().map(|pattern| Kind::Filter(Filter::Ticker(pattern)));
            assert_eq!(alone, parsed, "{typed}");
        }
        assert_eq!(source(" Les Échos ", &options).unwrap(), "Les Échos");
        for (wrong, place) in [("a*b", 1..2), ("?!", 0..2), ("", 0..0)] {
            assert_eq!(source(wrong, &options).unwrap_err().place().unwrap().span, place, "{wrong}");
            assert!(ticker_pattern(wrong, &options).is_err(), "{wrong}");
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
