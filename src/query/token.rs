//! The pieces that a query is cut into.

use std::ops::Range;

use super::TextField;
use super::field::Field;
use crate::article::Ticker;

/// How the codes of securities are read; a parameter so that tests need no market data.
pub(super) type Resolve = fn(&str) -> Vec<Ticker>;

/// A piece of a query.
#[derive(Clone, Debug)]
pub(super) struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Its bytes in the query.
    pub span: Range<usize>,
}

/// The sorts of tokens.
#[derive(Clone, Debug)]
pub(super) enum TokenKind {
    /// A word; a literal one is no operator, whatever its letters.
    Word { literal: bool },
    /// What stands between quotation marks, without the white space around it.
    Quoted(Range<usize>),
    /// `(`
    Open,
    /// `)`
    Close,
    /// `&&`
    And,
    /// `||`
    Or,
    /// `-` or `!` before an operand.
    Minus,
    /// `+` before an operand.
    Plus,
    /// `=` before a word or a quotation.
    Exact,
    /// `title:` and the like; what it applies to follows at once.
    In(&'static Field, TextField),
    /// What stands between the slashes of a regular expression.
    Regex(Range<usize>),
    /// `~2` right after a word or quotation; the number may be missing.
    Tilde(Option<u32>),
    /// `^2` right after an operand.
    Caret(f32),
    /// A field that selects, with its values.
    Filter(&'static Field, Vec<Item>),
}

/// A value in the list after a field.
#[derive(Clone, Debug)]
pub(super) struct Item {
    /// Its bytes in the query, quotation marks aside.
    pub span: Range<usize>,
    /// Whether it was between quotation marks.
    pub quoted: bool,
    /// Whether a comma stands before it.
    pub comma: bool,
}
