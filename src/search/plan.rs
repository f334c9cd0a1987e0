//! What to look for in an index: a query whose words are opened into the forms that the index holds.
//!
//! The engine evaluates a plan over postings, the highlighter over a text; both must agree, so a
//! plan says everything that either needs and nothing of how.

use crate::analysis::QuantityRange;
use crate::article::{Language, Ticker};
use crate::query::{Filter, TextField};
use crate::search::request::Facet;
use crate::search::span::Spans;
use crate::wording::Bilingual;

/// A part of what to look for.
#[derive(Clone, Debug, PartialEq)]
pub enum Plan {
    /// Every article.
    All,
    /// No article.
    Nothing,
    /// Any form of one word.
    Family(Family),
    /// Words in places fixed to one another.
    Phrase(Phrase),
    /// Words in places that depend on one another in some other way.
    Placed(Placed),
    /// All of `required`, none of `excluded`, and, where nothing is required, one of `optional`. The
    /// score is the sum of what matches.
    Bool {
        /// What must match.
        required: Vec<Plan>,
        /// What may match.
        optional: Vec<Plan>,
        /// What must not match.
        excluded: Vec<Plan>,
    },
    /// Ways to say one thing: at least one must match, and the best alone counts.
    Best(Vec<Plan>),
    /// A test that does not score.
    Filter(Filter),
}

impl Plan {
    /// Returns the plan that every one of `plans` must match.
    pub fn all_of(mut plans: Vec<Plan>) -> Plan {
        match plans.len() {
            1 => plans.remove(0),
            _ => Plan::Bool { required: plans, optional: Vec::new(), excluded: Vec::new() },
        }
    }

    /// Returns the plan that at least one of `plans` must match.
    pub fn any_of(mut plans: Vec<Plan>) -> Plan {
        match plans.len() {
            0 => Plan::Nothing,
            1 => plans.remove(0),
            _ => Plan::Bool { required: Vec::new(), optional: plans, excluded: Vec::new() },
        }
    }

    /// Multiplies what the score of every word in it counts.
    pub fn multiply(&mut self, weight: f32) {
        match self {
            Plan::Family(Family { boost, .. })
            | Plan::Phrase(Phrase { boost, .. })
            | Plan::Placed(Placed { boost, .. }) => *boost *= weight,
            Plan::Bool { required, optional, .. } => {
                required.iter_mut().chain(optional).for_each(|part| part.multiply(weight));
            }
            Plan::Best(parts) => parts.iter_mut().for_each(|part| part.multiply(weight)),
            Plan::All | Plan::Nothing | Plan::Filter(_) => {}
        }
    }

    /// Returns whether no article in `language` can match it.
    pub fn bars(&self, language: Language) -> bool {
        match self {
            Plan::Filter(Filter::Language(only)) => *only != language,
            Plan::Bool { required, .. } => required.iter().any(|part| part.bars(language)),
            _ => false,
        }
    }

    /// Calls `each` with every word and phrase that can make an article in `language` match: those that are
    /// excluded are left out. Without a language, with those of any.
    pub fn for_each_leaf<'a>(&'a self, language: Option<Language>, each: &mut dyn FnMut(&'a Plan)) {
        match self {
            _ if language.is_some_and(|language| self.bars(language)) => {}
            Plan::Family(_) | Plan::Phrase(_) | Plan::Placed(_) => each(self),
            Plan::Bool { required, optional, .. } => {
                required.iter().chain(optional).for_each(|part| part.for_each_leaf(language, each));
            }
            Plan::Best(parts) => parts.iter().for_each(|part| part.for_each_leaf(language, each)),
            Plan::All | Plan::Nothing | Plan::Filter(_) => {}
        }
    }

    /// Calls `each` with every filter that can make an article match.
    pub fn for_each_filter<'a>(&'a self, each: &mut dyn FnMut(&'a Filter)) {
        match self {
            Plan::Filter(filter) => each(filter),
            Plan::Bool { required, optional, .. } => {
                required.iter().chain(optional).for_each(|part| part.for_each_filter(each));
            }
            Plan::Best(parts) => parts.iter().for_each(|part| part.for_each_filter(each)),
            _ => {}
        }
    }
}

/// One word with every form of it that counts, read as a single term.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Family {
    /// The word as typed.
    pub typed: String,
    /// Its forms: the one typed, and others.
    pub forms: Vec<Form>,
    /// The quantities that it stands for instead of forms, whatever their number: only where places are read.
    pub quantities: Option<QuantityRange>,
    /// The only field to look in, if it is but one.
    pub field: Option<TextField>,
    /// What its score is multiplied by.
    pub boost: f32,
    /// Whether it is a function word, which neither decides nor is lit.
    pub common: bool,
    /// Its place among the words of the query that stand side by side, if it is one of them: words near
    /// one another in the query count more where they are near one another in an article.
    pub place: Option<u32>,
}

impl Family {
    /// Returns the form typed, if the family is that of one word: a word begun with (`acqui*`) has none.
    pub fn typed_form(&self) -> Option<&String> {
        let mut whole = self.forms.iter().filter(|form| form.weight == 1.0);
        let first = whole.next().map(|form| &form.text);
        first.filter(|_| whole.next().is_none())
    }
}

/// A written form that counts for a word.
#[derive(Clone, Debug, PartialEq)]
pub struct Form {
    /// As the index has it.
    pub text: String,
    /// What an occurrence counts: 1 for the form typed, less for others.
    pub weight: f32,
    /// Why it counts.
    pub kin: Kin,
}

impl Form {
    /// Returns a form that counts in full for this reason.
    pub fn whole(text: String, kin: Kin) -> Form {
        Form { text, weight: 1.0, kin }
    }
}

/// What a form is to the word typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Kin {
    /// The form typed.
    Typed,
    /// The same number or quantity, written otherwise.
    Number,
    /// The same letters with other accents, or other signs within.
    Accents,
    /// Another number or gender.
    Inflection,
    /// The same stem.
    Stem,
    /// Another stem of the same family of words.
    Derivation,
    /// What a pattern accepts: a prefix, a wildcard, a word nearly so.
    Pattern,
    /// What the other language says for it, or a form of that.
    Translation,
}

impl Kin {
    /// Returns its name for programs.
    pub fn name(self) -> &'static str {
        match self {
            Kin::Typed => "typed",
            Kin::Number => "number",
            Kin::Accents => "accents",
            Kin::Inflection => "inflection",
            Kin::Stem => "stem",
            Kin::Derivation => "derivation",
            Kin::Pattern => "pattern",
            Kin::Translation => "translation",
        }
    }
}

/// Words in a row.
#[derive(Clone, Debug, PartialEq)]
pub struct Phrase {
    /// The words with their distance from the first, in positions; in order.
    pub slots: Vec<(u32, Family)>,
    /// The only field to look in, if it is but one.
    pub field: Option<TextField>,
    /// What its score is multiplied by.
    pub boost: f32,
}

/// Words near one another, in one sentence, at the beginning, or so many times.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed {
    /// What must stand where.
    pub spans: Spans<Family>,
    /// How many times at least.
    pub times: u32,
    /// What its score is multiplied by.
    pub boost: f32,
}

/// A query ready for an index: what to look for, and apart from it the filters that every hit must
/// pass, by facet, so that a facet can be counted as if its own filter were not there.
#[derive(Clone, Debug, PartialEq)]
pub struct Expansion {
    /// What to look for.
    pub plan: Plan,
    /// The filters with the facet each narrows, if there is one.
    pub filters: Vec<(Option<Facet>, Plan)>,
    /// What a person should know of how the query was read.
    pub notes: Vec<Bilingual>,
    /// The translations that are looked for beside what was typed.
    pub also: Vec<String>,
    /// Whether any of the words will do, because no article has them all.
    pub relaxed: bool,
    /// The companies that the query or the filters name: articles about them score a little more.
    pub companies: Vec<Ticker>,
}
