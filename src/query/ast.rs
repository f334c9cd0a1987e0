//! What the user meant, engine-neutral: the tree that parsing gives.
//!
//! Words stand here as typed. Analysis, and opening words into the forms that the index holds,
//! come later ([`crate::search`]), so that one parsed query serves any index.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use crate::analysis::QuantityRange;
use crate::article::{Language, Mention, Mic, Ticker};

/// A query and the text it was read from.
#[derive(Clone, Debug, PartialEq)]
pub struct Query {
    /// The query as typed.
    pub text: String,
    /// What it means.
    pub root: Node,
}

/// A part of a query with its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// What it asks for.
    pub kind: Kind,
    /// The bytes of [`Query::text`] it was read from.
    pub span: Range<usize>,
}

/// The sorts of query parts.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// Every article: `*`, or an empty query with filters.
    All,
    /// One typed word, compound or not: `licenciement`, `l'action`, `S&P`, `0,31`.
    Word(String),
    /// A word in the form typed, accents and all, without its family: `="marché"`.
    Exact(String),
    /// Words in this order, side by side: `"taux de change"`.
    Phrase {
        /// What stood between the quotation marks.
        text: String,
        /// Whether the last word is only the beginning of one: `"taux direc*"`.
        prefix: bool,
        /// How many other words may stand among them: `"taux change"~2`.
        slop: u32,
    },
    /// Words that begin so: `acqui*` (without the star).
    Prefix(String),
    /// A word with wildcards elsewhere than at its end alone: `finan?ement`, `*bourse`.
    Wildcard(String),
    /// Words that are at most so many letters from it: `fuson~1`.
    Fuzzy {
        /// The word as typed.
        word: String,
        /// How many letters may be added, dropped or changed: 1 or 2.
        distance: u32,
    },
    /// Forms that a regular expression matches from end to end: `/acqui(s|ert)/` (without the slashes).
    Regex(String),
    /// Two parts that stand near one another: `a NEAR/5 b`.
    Near {
        /// What was typed on the left.
        left: Box<Node>,
        /// What was typed on the right.
        right: Box<Node>,
        /// How near.
        within: Proximity,
    },
    /// The part, among the first words of the title or of the text: `FIRST/50(a)`.
    First(u32, Box<Node>),
    /// The part, so many times at least: `ATLEAST3(a)`.
    AtLeast(u32, Box<Node>),
    /// The part, its words without their inflections: `NOSTEM(a)`.
    NoStem(Box<Node>),
    /// The part, its score multiplied: `a^2`.
    Boost(f32, Box<Node>),
    /// Parts side by side without an operator: every one must match, or any, as the request says.
    /// A [`Kind::Not`] among them always excludes, a [`Kind::Must`] is always required.
    Words(Vec<Node>),
    /// Every part: `a AND b`.
    And(Vec<Node>),
    /// At least one part: `a OR b`.
    Or(Vec<Node>),
    /// Everything but: `NOT a`, `-a`.
    Not(Box<Node>),
    /// Required even when any word will do: `+a`.
    Must(Box<Node>),
    /// The part, in one field of the text: `title:fusion`, `body:(a OR b)`.
    In(TextField, Box<Node>),
    /// A field filter, which selects and does not score.
    Filter(Filter),
}

/// How near two parts must stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proximity {
    /// The second at most so many words after the end of the first; 1 is side by side.
    Words {
        /// How many, up to [`MOST_APART`].
        most: u32,
        /// Whether the left one must come first.
        ordered: bool,
    },
    /// In one sentence.
    Sentence,
    /// In one paragraph.
    Paragraph,
}

/// The greatest distance, and the greatest slop, that can be asked for.
pub const MOST_APART: u32 = 10_000;

impl Query {
    /// Returns the query that asks for every article.
    pub fn all() -> Query {
        Query { text: String::new(), root: Node { kind: Kind::All, span: 0..0 } }
    }
}

impl Node {
    /// Returns the parts that it is made of; none of a leaf.
    pub fn parts(&self) -> Vec<&Node> {
        match &self.kind {
            Kind::Words(parts) | Kind::And(parts) | Kind::Or(parts) => parts.iter().collect(),
            Kind::Near { left, right, .. } => vec![left, right],
            Kind::Not(part)
            | Kind::Must(part)
            | Kind::In(_, part)
            | Kind::First(_, part)
            | Kind::AtLeast(_, part)
            | Kind::NoStem(part)
            | Kind::Boost(_, part) => vec![part],
            _ => Vec::new(),
        }
    }

    /// Returns the parts that it is made of, to change them.
    pub(crate) fn parts_mut(&mut self) -> Vec<&mut Node> {
        match &mut self.kind {
            Kind::Words(parts) | Kind::And(parts) | Kind::Or(parts) => parts.iter_mut().collect(),
            Kind::Near { left, right, .. } => vec![left, right],
            Kind::Not(part)
            | Kind::Must(part)
            | Kind::In(_, part)
            | Kind::First(_, part)
            | Kind::AtLeast(_, part)
            | Kind::NoStem(part)
            | Kind::Boost(_, part) => vec![part],
            _ => Vec::new(),
        }
    }
}

/// The fields of an article's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TextField {
    /// The title.
    Headline,
    /// The text.
    Body,
    /// The first words of the text.
    Lead,
}

/// A test on what is known of an article.
#[derive(Clone, Debug, PartialEq)]
pub enum Filter {
    /// It names this security.
    Ticker(TickerPattern),
    /// It is in this language.
    Language(Language),
    /// It was published by this source (letter case and accents aside).
    Source(String),
    /// Its author has these words, side by side (letter case and accents aside).
    Author(String),
    /// Its section or category has these words, side by side (letter case and accents aside).
    Section(String),
    /// Its address on the web has this in it (letter case aside); `*` stands for any characters.
    Url(String),
    /// It stands in a file of this type ([`Article::file_type`](crate::article::Article::file_type)).
    FileType(String),
    /// It names a company whose main listing is on one of these markets.
    Exchange(Vec<Mic>),
    /// Something is known of it.
    Has(Attribute),
    /// Its path is this file, or lies under this folder; `*` stands for any characters.
    Path(String),
    /// It was published in this interval.
    Date(DateRange),
    /// It was added to the index in this interval.
    Indexed(DateRange),
    /// Its text has so many words.
    Words(CountRange),
    /// It says a quantity that lies in this interval.
    Quantity(QuantityRange),
    /// It is of the story of the article with this id.
    Story(String),
    /// It has so many copies.
    Copies(CountRange),
    /// It says one of these things, by fingerprint. Nothing that is typed asks for this.
    Contents(Arc<BTreeSet<u64>>),
    /// It is one of these articles, by the keys made of their ids. Nothing that is typed asks for this.
    Keys(Arc<BTreeSet<u64>>),
}

/// What may be known of an article, or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attribute {
    /// A security that it names.
    Ticker,
    /// Its publisher.
    Source,
    /// Its author.
    Author,
    /// Its section or category.
    Section,
    /// Its address on the web.
    Url,
    /// When it was published.
    Date,
}

/// How many of something an article must have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CountRange {
    /// The least number.
    pub least: u32,
    /// The greatest number, if there is one.
    pub most: Option<u32>,
}

impl CountRange {
    /// Returns whether `count` lies inside.
    pub fn contains(&self, count: u32) -> bool {
        self.least <= count && self.most.is_none_or(|most| count <= most)
    }
}

/// A security as typed after `ticker:` or `company:`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TickerPattern {
    /// The symbol, where no market is named: it is wanted as written on any market.
    pub symbol: Option<String>,
    /// The companies that the code or the name means, each by its main listing; several when it has several
    /// readings.
    pub companies: Vec<Ticker>,
    /// Whether the article must be about one of them: `ticker:AMZN@main`.
    pub main: bool,
}

impl TickerPattern {
    /// Returns whether a security that an article names is one that is asked for.
    pub fn means(&self, mention: &Mention) -> bool {
        let symbols = [&mention.ticker.symbol, &mention.company.symbol];
        let is_named = self.companies.contains(&mention.company)
            || self.symbol.as_ref().is_some_and(|symbol| symbols.contains(&symbol));
        is_named && (mention.main || !self.main)
    }
}

/// A half-open interval of time, in seconds since 1970 UTC; an open end is `None`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DateRange {
    /// The first second inside.
    pub from: Option<i64>,
    /// The first second after.
    pub until: Option<i64>,
}

impl DateRange {
    /// Returns whether `at` lies inside.
    pub fn contains(&self, at: i64) -> bool {
        self.from.is_none_or(|from| from <= at) && self.until.is_none_or(|until| at < until)
    }

    /// Returns whether a span that begins at `start` and ends before `next` has a part inside.
    pub fn overlaps(&self, start: i64, next: i64) -> bool {
        self.from.is_none_or(|from| from < next) && self.until.is_none_or(|until| start < until)
    }
}
