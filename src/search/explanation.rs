//! How a query was read and what a score is made of: plain data, for those who ask why.

use super::plan::Kin;
use crate::article::Ticker;
use crate::wording::Bilingual;

/// How a query was read, and, if an article was asked about, what its score is made of.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// The query as it was read, printed back.
    pub query: String,
    /// Whether one word was enough: asked for, or because no article has them all.
    pub any: bool,
    /// How many articles match.
    pub total: u64,
    /// What was looked for.
    pub sought: Sought,
    /// The filters that every article found passes.
    pub filters: Vec<String>,
    /// What a person should know of how the query was read.
    pub notes: Vec<Bilingual>,
    /// The article asked about.
    pub article: Option<Scored>,
}

/// A part of what was looked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Sought {
    /// What it is.
    pub what: What,
    /// Its parts, if it has any.
    pub parts: Vec<Sought>,
    /// What it scores in the article asked about; `None` if it does not match there, or none was asked about.
    pub score: Option<f32>,
    /// Whether that is part of the article's score: of several ways to say one thing the best alone counts.
    pub counts: bool,
}

/// The sorts of parts.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum What {
    /// All of its parts; those that may be missing are [`What::Optional`].
    All,
    /// At least one of its parts; all that match count.
    Any,
    /// At least one of its parts; the best alone counts.
    Best,
    /// What counts if it is there.
    Optional,
    /// What must not be there.
    Excluded,
    /// A word with its forms.
    Word(Word),
    /// Words in a row, or otherwise in places that depend on one another; the parts are the words.
    Places {
        /// What is multiplied into its score: a weight of the query, or less for a translation.
        boost: f32,
    },
    /// A test that does not score.
    Filter(String),
    /// Every article.
    Everything,
    /// No article.
    Nothing,
}

/// A word that was looked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Word {
    /// As typed; empty for a translation.
    pub typed: String,
    /// What is multiplied into its score: a weight of the query, or less for a translation or a function word.
    pub boost: f32,
    /// How much it tells: the inverse document frequency of its most frequent form.
    pub idf: f32,
    /// Its frequency in the article asked about: the occurrences of its forms by their weights, discounted by
    /// the length of the field.
    pub frequency: f32,
    /// The forms that some article has, the heaviest first.
    pub forms: Vec<FormOf>,
}

/// A form of a word.
#[derive(Clone, Debug, PartialEq)]
pub struct FormOf {
    /// As written.
    pub text: String,
    /// What an occurrence counts.
    pub weight: f32,
    /// Why it counts.
    pub kin: Kin,
    /// How many articles have it in the body, or in the headline if there they are more.
    pub articles: u64,
    /// How often it stands in the article asked about.
    pub occurrences: Occurrences,
}

/// How often a form stands in the fields of an article.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Occurrences {
    /// In the headline.
    pub headline: u32,
    /// In the body, the lead included.
    pub body: u32,
    /// In the lead.
    pub lead: u32,
}

/// What the score of an article is made of.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scored {
    /// The article.
    pub id: String,
    /// Its headline.
    pub headline: String,
    /// Whether it is found.
    pub matches: bool,
    /// Its place among what is found; `None` if it is not among the best that are looked at closely.
    pub rank: Option<usize>,
    /// What its words score: the sum of the parts of what was looked for that count.
    pub words: f32,
    /// What it scores for words that stand near one another.
    pub nearness: Vec<Nearness>,
    /// What it scores for words that stand in one passage.
    pub passage: f32,
    /// What it scores for how many of the words of a long query it has.
    pub coverage: f32,
    /// What it scores for naming a company of the query.
    pub subject: Option<About>,
    /// What the whole is multiplied by for its age, if recent articles were asked for.
    pub recency: Option<f32>,
    /// The score: words, nearness, passage, coverage and subject, times recency.
    pub score: f32,
}

/// What an article scores for naming a company that the query names.
#[derive(Clone, Debug, PartialEq)]
pub struct About {
    /// The company, by its main listing.
    pub company: Ticker,
    /// Whether the article is about it.
    pub main: bool,
    /// What that scores.
    pub score: f32,
}

/// What two neighbouring words of a query score for standing near one another.
#[derive(Clone, Debug, PartialEq)]
pub struct Nearness {
    /// The word that comes first in the query.
    pub first: String,
    /// The other.
    pub second: String,
    /// What they score together.
    pub score: f32,
}
