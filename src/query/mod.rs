//! From the user's words to a [`Query`].
//!
//! [`parse`] reads the query language, [`parse_plain`] a text without operators. Both give the tree
//! of [`Node`]s that the index answers, with the place of each part, so that messages can point at
//! what was typed ([`caret`]). A query prints back in a canonical form that reads as the same tree.
//!
//! | typed | means |
//! | --- | --- |
//! | `fusion acquisition` | both words, or any, as the request says |
//! | `"taux de change"`, `« taux de change »`, `"taux direc*"` | a phrase; its last word only begun |
//! | `="marché"`, `=marché` | in the form typed |
//! | `acqui*`, `finan?ement`, `*bourse`, `*` | words with wildcards; every article |
//! | `fuson~`, `/acqui(s|ert)/`, `taux^2` | words near it; a regular expression; a weight |
//! | `a NEAR/5 b`, `a ADJ/3 b`, `a W/S b`, `a W/P b` | near, in order, in one sentence, in one paragraph |
//! | `ATLEAST3(a)`, `FIRST/50(a)`, `NOSTEM(a)` | so often; among the first words; without inflections |
//! | `a AND b`, `a OR b`, `a NOT b`, `-a`, `+a`, `( )` | as they say; also `&&`, `\|\|`, `\|`, `!a`, `ET`, `OU`, `SAUF` |
//! | `title:fusion`, `ticker:AMZN,OR`, `date:2025-07` | fields; see [`FIELDS`] |
//! | `$AMZN`, `NASDAQ:AMZN` | a security |
//!
//! `NOT` binds tightest, then `NEAR/5` and its like, then words side by side, then `AND`, then `OR`: `a b OR c d` is
//! `(a b) OR (c d)`. `a NOT b` is `a AND NOT b`.

mod ast;
mod caret;
mod date;
mod date_words;
mod field;
mod function;
mod leaf;
mod lexer;
mod list;
mod moment;
mod named;
mod parse;
mod plain;
mod print;
mod proximity;
mod range;
mod saved;
mod scan;
mod sequence;
#[cfg(test)]
mod tests;
mod token;
mod value;

pub use ast::{
    Attribute, CountRange, DateRange, Filter, Kind, MOST_APART, Node, Proximity, Query, TextField, TickerPattern,
};
pub use caret::caret;
pub use date::{date_range, date_since, date_until};
pub use field::{FIELDS, Field};
pub use parse::parse;
pub use plain::parse_plain;
pub use value::{source, ticker_pattern};

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::tz::TimeZone;

/// What reading a query depends on besides its text.
#[derive(Clone, Debug)]
pub struct ParseOptions {
    /// The present, in seconds since 1970 UTC; `7d` and `yesterday` count from it.
    pub now: i64,
    /// Where days begin and end.
    pub zone: TimeZone,
    /// The saved searches that `saved:` names, with their queries.
    pub saved: Arc<BTreeMap<String, String>>,
    /// Whose `W/5` is meant.
    pub dialect: Dialect,
}

/// The services whose users mean different things by `a W/5 b`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Dialect {
    /// In any order, as in Lexis.
    #[default]
    Lexis,
    /// In this order; `near5` and `adj5` are read too.
    Factiva,
}

impl Default for ParseOptions {
    /// Returns 1970 in UTC, without saved searches.
    fn default() -> ParseOptions {
        ParseOptions { now: 0, zone: TimeZone::UTC, saved: Arc::default(), dialect: Dialect::default() }
    }
}
