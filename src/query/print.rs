//! The canonical form: a query printed from its tree, such that reading it gives the tree again.
//!
//! Dates are printed as resolved, to the second in UTC, so that the form means the same tomorrow.
//! Words that are no query words (from [`parse_plain`](super::parse_plain)) are printed as phrases.
//! The recursion goes as deep as the tree, which the parser bounds.

use std::fmt::{self, Display, Formatter};

use jiff::Timestamp;

use super::field::Field;
use super::parse::is_operator;
use super::scan::{bar, closers, is_sign};
use super::{Attribute, CountRange, DateRange, Filter, Kind, Node, Proximity, Query, TextField, TickerPattern};
use crate::analysis::{Bound, Measure, QuantityRange};

impl Display for Query {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.root.fmt(f)
    }
}

impl Display for Node {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match &self.kind {
            Kind::All => f.write_str("*"),
            Kind::Word(word) => write_word(f, word),
            Kind::Exact(text) => {
                f.write_str("=")?;
                write_quoted(f, text, "")
            }
            Kind::Phrase { text, prefix, slop } => {
                write_quoted(f, text, if *prefix { "*" } else { "" })?;
                if *slop > 0 { write!(f, "~{slop}") } else { Ok(()) }
            }
            Kind::Prefix(start) => write!(f, "{start}*"),
            Kind::Wildcard(word) => f.write_str(word),
            Kind::Fuzzy { word, distance } => write!(f, "{word}~{distance}"),
            Kind::Regex(expression) => write!(f, "/{expression}/"),
            Kind::Near { left, right, within } => {
                match left.kind {
                    Kind::Near { .. } => left.fmt(f)?,
                    _ => write_operand(f, left)?,
                }
                write!(f, " {within} ")?;
                write_operand(f, right)
            }
            Kind::First(words, part) => write!(f, "FIRST/{words}({part})"),
            Kind::AtLeast(times, part) => write!(f, "ATLEAST{times}({part})"),
            Kind::NoStem(part) => write!(f, "NOSTEM({part})"),
            Kind::Boost(weight, part) => {
                if takes_weight(part) {
                    part.fmt(f)?
                } else {
                    write!(f, "({part})")?
                }
                write!(f, "^{weight}")
            }
            Kind::Words(parts) => write_list(f, parts, " ", |f, part| match &part.kind {
                Kind::Not(inner) => write_signed(f, '-', inner),
                Kind::And(_) | Kind::Or(_) | Kind::Words(_) => write!(f, "({part})"),
                _ => part.fmt(f),
            }),
            Kind::And(parts) => write_list(f, parts, " AND ", |f, part| match &part.kind {
                Kind::And(_) | Kind::Or(_) => write!(f, "({part})"),
                _ => part.fmt(f),
            }),
            Kind::Or(parts) => write_list(f, parts, " OR ", |f, part| match &part.kind {
                Kind::Or(_) => write!(f, "({part})"),
                _ => part.fmt(f),
            }),
            Kind::Not(inner) => match inner.kind {
                Kind::And(_) | Kind::Or(_) | Kind::Words(_) | Kind::Near { .. } => write!(f, "NOT ({inner})"),
                _ => write!(f, "NOT {inner}"),
            },
            Kind::Must(inner) => write_signed(f, '+', inner),
            Kind::In(field, inner) => {
                f.write_str(match field {
                    TextField::Headline => "title:",
                    TextField::Body => "body:",
                    TextField::Lead => "lead:",
                })?;
                // In brackets a word with a colon would be a field: `title:a:b^2`.
                let glued = match &inner.kind {
                    Kind::Boost(_, part) => takes_weight(part),
                    _ => is_leaf(inner),
                };
                if glued { inner.fmt(f) } else { write!(f, "({inner})") }
            }
            Kind::Filter(filter) => filter.fmt(f),
        }
    }
}

impl Display for Proximity {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Proximity::Words { most, ordered } => write!(f, "{}/{most}", if *ordered { "ADJ" } else { "NEAR" }),
            Proximity::Sentence => f.write_str("W/S"),
            Proximity::Paragraph => f.write_str("W/P"),
        }
    }
}

impl Display for Filter {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Filter::Ticker(pattern) => write!(f, "ticker:{pattern}"),
            Filter::Language(language) => write!(f, "lang:{language}"),
            Filter::Source(source) => write_field(f, "source", source),
            Filter::Author(author) => write_field(f, "author", author),
            Filter::Section(section) => write_field(f, "section", section),
            Filter::Url(url) => write_field(f, "url", url),
            Filter::FileType(ending) => write_field(f, "type", ending),
            Filter::Path(path) => write_field(f, "path", path),
            Filter::Story(id) => write_field(f, "story", id),
            Filter::Exchange(markets) => {
                f.write_str("exchange:")?;
                write_list(f, markets, "|", |f, mic| mic.fmt(f))
            }
            Filter::Has(attribute) => write!(f, "has:{attribute}"),
            Filter::Date(range) => write!(f, "date:{range}"),
            Filter::Indexed(range) => write!(f, "indexed:{range}"),
            Filter::Words(range) => write!(f, "words:{range}"),
            Filter::Copies(range) => write!(f, "copies:{range}"),
            Filter::Quantity(range) => write_quantities(f, range),
            Filter::Contents(contents) => write!(f, "{} known texts", contents.len()),
            Filter::Keys(keys) => write!(f, "{} known articles", keys.len()),
        }
    }
}

impl Display for Attribute {
    /// Prints the name of the field in which it stands.
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Attribute::Ticker => "ticker",
            Attribute::Source => "source",
            Attribute::Author => "author",
            Attribute::Section => "section",
            Attribute::Url => "url",
            Attribute::Date => "date",
        })
    }
}

impl Display for TickerPattern {
    /// Prints a symbol, or the securities with `|` between the readings of one code.
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match &self.symbol {
            Some(symbol) => f.write_str(symbol)?,
            None => write_list(f, &self.companies, "|", |f, ticker| ticker.fmt(f))?,
        }
        f.write_str(if self.main { "@main" } else { "" })
    }
}

impl Display for CountRange {
    /// Prints `3`, `2..5` or `>=2`.
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.most {
            Some(most) if most == self.least => write!(f, "{most}"),
            Some(most) => write!(f, "{}..{most}", self.least),
            None => write!(f, ">={}", self.least),
        }
    }
}

impl Display for DateRange {
    /// Prints `2025-07-01T00:00:00Z..2025-07-31T23:59:59Z`: the first second and the last.
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if let (None, None) = (self.from, self.until) {
            return f.write_str("*");
        }
        if let Some(from) = self.from {
            write_second(f, from)?;
        }
        f.write_str("..")?;
        self.until.map_or(Ok(()), |until| write_second(f, until.saturating_sub(1)))
    }
}

fn write_second(f: &mut Formatter<'_>, second: i64) -> fmt::Result {
    let bound = if second < 0 { Timestamp::MIN } else { Timestamp::MAX };
    Timestamp::from_second(second).unwrap_or(bound).fmt(f)
}

fn write_list<T>(
    f: &mut Formatter<'_>,
    parts: &[T],
    between: &str,
    write: impl Fn(&mut Formatter<'_>, &T) -> fmt::Result,
) -> fmt::Result {
    for (at, part) in parts.iter().enumerate() {
        if at > 0 {
            f.write_str(between)?;
        }
        write(f, part)?;
    }
    Ok(())
}

/// Writes a word so that it is read as one: an operator in brackets, what would take a value for a field, and what would
/// belong to the word before it.
fn write_word(f: &mut Formatter<'_>, word: &str) -> fmt::Result {
    let takes_value = word.strip_suffix('=').is_some_and(|name| Field::find(name).is_some());
    let is_suffix = word.starts_with(['~', '^', ':', '<', '>', '≤', '≥']) || !word.contains(char::is_alphanumeric);
    if is_operator(word) || takes_value || is_suffix {
        return write!(f, "({word})");
    }
    let foreign = word.contains(|c: char| c == '(' || c == ')' || closers(c).is_some()) || bar(word).is_some();
    if foreign { write_quoted(f, word, "") } else { f.write_str(word) }
}

/// Returns whether a part is one word or quotation, to which what stands beside it binds as it is.
fn is_leaf(node: &Node) -> bool {
    matches!(
        node.kind,
        Kind::Word(_)
            | Kind::Exact(_)
            | Kind::Phrase { .. }
            | Kind::Prefix(_)
            | Kind::Wildcard(_)
            | Kind::Fuzzy { .. }
            | Kind::Regex(_)
    )
}

/// Returns whether a weight can be glued to the end of a part: not to `5 %`, nor to what ends in another sign than a
/// wildcard or the end of a quotation or an expression.
fn takes_weight(part: &Node) -> bool {
    match &part.kind {
        Kind::Phrase { .. } | Kind::Regex(_) => true,
        Kind::Word(word) if word.contains(char::is_whitespace) => false,
        _ if is_leaf(part) => {
            let ends = |c: char| c.is_alphanumeric() || matches!(c, '*' | '?' | '~' | '"' | '»' | '”' | '“');
            part.to_string().ends_with(ends)
        }
        _ => false,
    }
}

/// Writes what stands beside an operator of proximity.
fn write_operand(f: &mut Formatter<'_>, part: &Node) -> fmt::Result {
    if is_leaf(part) { part.fmt(f) } else { write!(f, "({part})") }
}

/// Writes a sign before an operand, which goes into brackets unless the sign would bind to it as it stands.
fn write_signed(f: &mut Formatter<'_>, sign: char, operand: &Node) -> fmt::Result {
    let text = operand.to_string();
    let compound =
        matches!(operand.kind, Kind::And(_) | Kind::Or(_) | Kind::Words(_) | Kind::Not(_) | Kind::Near { .. });
    let bound = text.starts_with(|c: char| c.is_alphabetic() || matches!(c, '(' | '=' | '*') || closers(c).is_some());
    if bound && !compound { write!(f, "{sign}{text}") } else { write!(f, "{sign}({text})") }
}

fn write_field(f: &mut Formatter<'_>, name: &str, value: &str) -> fmt::Result {
    write!(f, "{name}:")?;
    write_value(f, value)
}

/// Writes `amount:>1000000000eur`, `pct:[-3 TO -1}`, `currency:eur`, `has:bp`.
fn write_quantities(f: &mut Formatter<'_>, range: &QuantityRange) -> fmt::Result {
    let (name, unit) = match range.measure {
        Measure::Amount(code) => ("amount", code.unwrap_or("")),
        Measure::Percent => ("pct", ""),
        Measure::BasisPoints => ("bp", ""),
    };
    let sign = |bound: &Bound, sign: &str| format!("{sign}{}", if bound.included { "=" } else { "" });
    match (&range.low, &range.high) {
        (None, None) if unit.is_empty() => write!(f, "has:{name}"),
        (None, None) => write!(f, "currency:{unit}"),
        (Some(low), None) => write!(f, "{name}:{}{}{unit}", sign(low, ">"), low.number),
        (None, Some(high)) => write!(f, "{name}:{}{}{unit}", sign(high, "<"), high.number),
        (Some(low), Some(high)) if low == high => write!(f, "{name}:{}{unit}", low.number),
        (Some(low), Some(high)) => {
            let (open, close) = (if low.included { '[' } else { '{' }, if high.included { ']' } else { '}' });
            write!(f, "{name}:{open}{}{unit} TO {}{unit}{close}", low.number, high.number)
        }
    }
}

/// Writes a value as it stands if it is simple, otherwise between quotation marks.
fn write_value(f: &mut Formatter<'_>, value: &str) -> fmt::Result {
    let simple = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '/' | '*' | '#');
    let plain = !value.is_empty() && value.chars().all(simple) && !value.starts_with(is_sign);
    if plain { f.write_str(value) } else { write_quoted(f, value, "") }
}

/// Writes `text` and `end` between the first quotation marks that do not occur in it. What was typed
/// between one pair never holds that pair's end; any other text loses its straight marks.
fn write_quoted(f: &mut Formatter<'_>, text: &str, end: &str) -> fmt::Result {
    for (open, close) in [('"', '"'), ('«', '»'), ('“', '”'), ('„', '“')] {
        if !text.contains(closers(open).unwrap_or_default()) {
            return write!(f, "{open}{text}{end}{close}");
        }
    }
    write!(f, "\"{}{end}\"", text.replace('"', " "))
}
