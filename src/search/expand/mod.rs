//! From a query to a plan: words pass through the same analysis as the text, and open into the
//! families of forms that the vocabulary knows.
//!
//! A family's weights: the form typed 1; the same letters with other accents .9 (.95 for another spelling of the same
//! number); another number or gender .8, the same stem .6, a derivation .4, in the language of the query or in both
//! when it cannot be told. The scorer reads a family as one term, as in Lucene's SynonymQuery and Indri's `#wsyn`, with
//! weights as in Darwish and Oard, "Probabilistic structured query methods", 2003.

mod excluded;
mod family;
mod filters;
mod language;
mod named;
mod pattern;
mod placed;
mod quantity;
#[cfg(test)]
mod tests;
mod translate;
mod typed;

use super::plan::{Expansion, Form, Kin, Phrase, Plan};
use super::request::{Filters, Matching};
use crate::analysis::{Stemmers, Token, TokenKind, Tokens, fold, is_apostrophe, is_elided, is_function_word};
use crate::article::Language;
use crate::lexicon::Lexicon;
use crate::query::{Filter, Kind, Node, Query, TextField};
use crate::vocabulary::Vocabulary;
use crate::wording::Bilingual;
use family::COMMON_BOOST;
use filters::{grouped, only_filters, push_filters, take_filters};
pub(super) use language::languages;
use language::spoken_and_asked;
use translate::{Crossing, crossings};

/// The most forms a pattern opens into.
const PREFIX_FORMS: usize = 16_384;
/// The most forms a prefix at the end of a phrase opens into: their positions are read side by side.
const PHRASE_PREFIX_FORMS: usize = 2_048;

/// How far apart in place words are that an operator parts: too far to count as neighbours.
const APART: u32 = 100;

/// In which languages a query is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// In the one that it asks for, or in all.
    Asked,
    /// In all, whatever it asks for: that filter is for someone else to leave aside.
    AnyLanguage,
}

/// Opens `query` with `filters` over `vocabulary`; `matching` tells whether one word is enough, and with `Any` one part of
/// a word. With a lexicon, words are looked for in the other language, too.
pub fn expand(
    query: &Query,
    filters: &Filters,
    matching: Matching,
    vocabulary: &Vocabulary,
    lexicon: Option<&Lexicon>,
    reach: Reach,
) -> Expansion {
    let narrowed = reach == Reach::Asked;
    let crossings = lexicon.map_or_else(Vec::new, |lexicon| {
        let (spoken, asked) = spoken_and_asked(query, filters, lexicon);
        crossings(spoken, asked.filter(|_| narrowed))
    });
    let mut expander = Expander {
        lexicon,
        crossings,
        also: Vec::new(),
        vocabulary,
        stemmers: Stemmers::default(),
        languages: languages(query, filters, narrowed),
        any: matching != Matching::All,
        parts: matching == Matching::Any,
        stems: true,
        placed: false,
        notes: Vec::new(),
        places: 0,
    };
    let plan = expander.node(&query.root, None);
    let mut split = Vec::new();
    let plan = take_filters(plan, &mut split);
    push_filters(filters, &mut split);
    let mut companies = Vec::new();
    // Without words to rank by, the newest come first.
    if has_words(&plan) {
        companies = query.companies();
        companies.extend(filters.tickers.iter().flat_map(|pattern| pattern.companies.clone()));
    }
    let relaxed = matching == Matching::AllThenAny;
    Expansion { plan, filters: grouped(split), notes: expander.notes, also: expander.also, relaxed, companies }
}

struct Expander<'a> {
    vocabulary: &'a Vocabulary,
    stemmers: Stemmers,
    languages: Vec<Language>,
    any: bool,
    /// Whether one part of a word is enough then: of a compound, or of a quantity. Where any word will do only because
    /// no article has them all, what was typed as one stays one.
    parts: bool,
    /// Whether words open into their inflections.
    stems: bool,
    /// Whether places are read.
    placed: bool,
    notes: Vec<Bilingual>,
    lexicon: Option<&'a Lexicon>,
    /// The ways to the other language; none inside what is excluded.
    crossings: Vec<Crossing>,
    /// The translations looked for.
    also: Vec<String>,
    /// The place of the next word in the query.
    places: u32,
}

impl Expander<'_> {
    /// Adds a note, once.
    fn note(&mut self, note: Bilingual) {
        if !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }

    fn node(&mut self, node: &Node, field: Option<TextField>) -> Plan {
        match &node.kind {
            Kind::All => Plan::All,
            Kind::Word(_) => self.words(std::slice::from_ref(node), field),
            Kind::Words(parts) => self.words(parts, field),
            Kind::Exact(text) => self.phrase(text, false, field, true),
            Kind::Phrase { text, prefix: false, slop: 0 } => self.translated_phrase(text, field),
            Kind::Phrase { text, prefix, slop } => {
                let plan = self.phrase(text, *prefix, field, false);
                placed::loosened(plan, *slop)
            }
            Kind::Wildcard(word) => self.wildcard(word, field),
            Kind::Fuzzy { word, distance } => self.fuzzy(word, *distance, field),
            Kind::Regex(expression) => self.regex(expression, field),
            Kind::Near { left, right, within } => {
                let (left, right) = (self.whole(left, field), self.whole(right, field));
                self.with_required(node, placed::near(left, right, *within))
            }
            Kind::First(words, part) => {
                let part = self.whole(part, field);
                self.with_required(node, placed::first(*words, part))
            }
            Kind::AtLeast(times, part) => {
                let part = self.whole(part, field);
                self.with_required(node, placed::at_least(*times, part))
            }
            Kind::NoStem(part) => {
                let stems = std::mem::replace(&mut self.stems, false);
                let crossings = std::mem::take(&mut self.crossings);
                let plan = self.node(part, field);
                (self.stems, self.crossings) = (stems, crossings);
                plan
            }
            Kind::Boost(weight, part) => {
                let mut plan = self.node(part, field);
                plan.multiply(*weight);
                plan
            }
            Kind::Prefix(text) => self.prefix_word(text, field),
            Kind::And(parts) => {
                let (excluded, required): (Vec<_>, Vec<_>) =
                    parts.iter().partition(|part| matches!(part.kind, Kind::Not(_)));
                let excluded = excluded.into_iter().map(|part| self.negated(part, field)).collect();
                let mut required: Vec<Plan> = required.into_iter().map(|part| self.node(part, field)).collect();
                if required.is_empty() {
                    required.push(Plan::All);
                }
                Plan::Bool { required, optional: Vec::new(), excluded }
            }
            Kind::Or(parts) => {
                let parts = parts.iter().map(|part| self.node(part, field)).collect();
                Plan::any_of(parts)
            }
            Kind::Not(_) => {
                let excluded = vec![self.negated(node, field)];
                Plan::Bool { required: vec![Plan::All], optional: Vec::new(), excluded }
            }
            Kind::Must(part) => self.node(part, field),
            Kind::In(field, part) => self.node(part, Some(*field)),
            Kind::Filter(Filter::Ticker(pattern)) if self.placed => self.named(pattern, field),
            Kind::Filter(Filter::Quantity(range)) if self.placed => named::quantities_in(range, field),
            Kind::Filter(filter) => Plan::Filter(filter.clone()),
        }
    }

    /// Adds to the plan of `node`, in which places are read, the filters that its parts ask for.
    fn with_required(&self, node: &Node, plan: Plan) -> Plan {
        let mut required = if self.placed { Vec::new() } else { named::required(node) };
        required.push(plan);
        Plan::all_of(required)
    }

    /// Returns how many forms a pattern may open into.
    fn most_forms(&self) -> usize {
        if self.placed { PHRASE_PREFIX_FORMS } else { PREFIX_FORMS }
    }

    /// Opens a part of which every word counts, no matter how many the request needs, and whose places
    /// are read.
    fn whole(&mut self, node: &Node, field: Option<TextField>) -> Plan {
        let any = std::mem::replace(&mut self.any, false);
        let placed = std::mem::replace(&mut self.placed, true);
        // Words that must stand somewhere are the words typed.
        let crossings = std::mem::take(&mut self.crossings);
        let plan = self.node(node, field);
        (self.any, self.placed, self.crossings) = (any, placed, crossings);
        plan
    }

    /// Opens parts that stand side by side. Neighbouring words are analyzed as one text, since a
    /// number may be typed with spaces in it.
    fn words(&mut self, parts: &[Node], field: Option<TextField>) -> Plan {
        let (mut required, mut optional, mut excluded) = (Vec::new(), Vec::new(), Vec::new());
        self.places += APART;
        let mut common = Vec::new();
        let mut at = 0;
        while at < parts.len() {
            let run = parts[at..].iter().take_while(|part| matches!(part.kind, Kind::Word(_))).count();
            if run > 0 {
                for (plan, is_common) in self.translated_run(&parts[at..at + run], field) {
                    match (is_common, self.any) {
                        (true, _) => common.push(plan),
                        (false, true) => optional.push(plan),
                        (false, false) => required.push(plan),
                    }
                }
                at += run;
                continue;
            }
            self.places += APART;
            let part = &parts[at];
            match &part.kind {
                Kind::Not(_) => excluded.push(self.negated(part, field)),
                Kind::Must(inner) => {
                    let any = std::mem::replace(&mut self.any, false);
                    required.push(self.node(inner, field));
                    self.any = any;
                }
                _ if only_filters(part) => required.push(self.node(part, field)),
                _ if self.any => optional.push(self.node(part, field)),
                _ => required.push(self.node(part, field)),
            }
            at += 1;
        }
        let scores = |plans: &[Plan]| plans.iter().any(has_words);
        if scores(&required) || scores(&optional) {
            // Function words add a little to the score and never decide.
            if !scores(&required) {
                required.push(Plan::any_of(std::mem::take(&mut optional)));
            }
            optional.extend(common);
        } else if self.any {
            optional.extend(common);
            if !optional.is_empty() {
                required.push(Plan::any_of(std::mem::take(&mut optional)));
            }
        } else {
            required.extend(common);
        }
        if required.is_empty() && optional.is_empty() {
            required.push(if excluded.is_empty() { Plan::Nothing } else { Plan::All });
        }
        if required.len() == 1 && optional.is_empty() && excluded.is_empty() {
            return required.remove(0);
        }
        Plan::Bool { required, optional, excluded }
    }

    /// Opens a run of words; each plan with whether it is a function word.
    fn run(&mut self, parts: &[Node], field: Option<TextField>) -> Vec<(Plan, bool)> {
        let mut text = String::new();
        let mut ends = Vec::new();
        for part in parts {
            if let Kind::Word(word) = &part.kind {
                text.push_str(typed::without_inversion(word));
                ends.push(text.len());
                text.push(' ');
            }
        }
        let mut plans = Vec::new();
        // Where each plan begins in the text.
        let mut starts = Vec::new();
        let mut joined = Vec::new();
        let mut previous: Option<Token> = None;
        let mut compound: Vec<Token> = Vec::new();
        let mut word = 0;
        for token in words_of(&text) {
            // A token belongs to the typed word in which it begins.
            while ends.get(word).is_some_and(|end| token.start >= *end) {
                word += 1;
            }
            let same = compound.first().is_some_and(|first| {
                ends.get(word).is_some_and(|end| {
                    let start = if word == 0 { 0 } else { ends[word - 1] };
                    first.start >= start && first.start < *end
                })
            });
            if !same {
                let start = compound.first().map_or(0, |first| first.start);
                self.word(&text, std::mem::take(&mut compound), field, &mut plans);
                starts.resize(plans.len(), start);
                if let Some(before) = &previous
                    && let Some(family) = self.joined_number(&text, before, &token, field)
                {
                    joined.push(([before, &token].map(|token| text[token.start..token.end].to_owned()), family));
                }
            }
            previous = Some(token.clone());
            compound.push(token);
        }
        let start = compound.first().map_or(0, |first| first.start);
        self.word(&text, compound, field, &mut plans);
        starts.resize(plans.len(), start);
        self.add_quantities(&text, field, &starts, &mut plans);
        self.places += previous.map_or(0, |last| last.position + 1);
        if self.any {
            plans.extend(joined.into_iter().map(|(_, family)| (Plan::Family(family), false)));
            return plans;
        }
        for (typed, family) in joined {
            let is_part = |plan: &Plan| matches!(plan, Plan::Family(part) if typed.contains(&part.typed));
            if let Some(at) = plans.windows(2).position(|pair| pair.iter().all(|(plan, _)| is_part(plan))) {
                let both = plans.drain(at..at + 2).map(|(plan, _)| plan).collect();
                plans.insert(at, (Plan::Best(vec![Plan::all_of(both), Plan::Family(family)]), false));
            }
        }
        plans
    }

    /// Opens one typed word, which may be a compound of several tokens.
    fn word(&mut self, text: &str, tokens: Vec<Token>, field: Option<TextField>, out: &mut Vec<(Plan, bool)>) {
        match tokens.as_slice() {
            [] => {}
            [token] => {
                let typed = &text[token.start..token.end];
                let mut family = self.family(&token.text, typed, field);
                family.place = Some(self.places + token.position);
                if is_elided_apart(text, token) {
                    (family.common, family.boost) = (true, COMMON_BOOST);
                }
                let common = family.common;
                let glued =
                    glued(text, token).map(|(start, form)| self.alike(&form, &text[start..token.end], 1.0, field));
                out.push((self.with_other_readings(family, glued), common));
            }
            [first, .., last] => {
                let joined: String = tokens.iter().map(|token| token.text.as_str()).collect();
                let joined = self.family(&joined, &text[first.start..last.end], field);
                // `porte-parole` is also written in one; `3-5` is not 35, nor `D/E` the word `de`.
                let joins = is_joined(text, &tokens) && self.is_known(&joined);
                let joined = joins.then_some(Plan::Family(joined));
                if self.any && self.parts {
                    for token in &tokens {
                        let mut family = self.family(&token.text, &text[token.start..token.end], field);
                        family.place = Some(self.places + token.position);
                        let common = family.common;
                        out.push((Plan::Family(family), common));
                    }
                    out.extend(joined.map(|plan| (plan, false)));
                    return;
                }
                let mut readings = vec![self.phrase_of(text, &tokens, field, false)];
                readings.extend(joined);
                let mut plan = if readings.len() == 1 { readings.remove(0) } else { Plan::Best(readings) };
                // Where any word will do, one of function words alone (`a-t-il`) decides nothing.
                let is_common = |token: &Token| is_function_word(&fold(&token.text), &self.languages);
                let common = self.any && tokens.iter().all(is_common);
                if common {
                    plan.multiply(COMMON_BOOST);
                }
                out.push((plan, common));
            }
        }
    }

    fn phrase(&mut self, text: &str, prefix: bool, field: Option<TextField>, exact: bool) -> Plan {
        let tokens: Vec<Token> = words_of(text).collect();
        match tokens.as_slice() {
            [] => Plan::Nothing,
            [token] if prefix => self.prefix_word(&text[token.start..token.end], field),
            [token] if exact => Plan::Family(self.exact(&token.text, &text[token.start..token.end], field)),
            [token] => {
                let mut family = self.family(&token.text, &text[token.start..token.end], field);
                (family.common, family.boost) = (false, 1.0);
                Plan::Family(family)
            }
            tokens => {
                let mut plan = self.phrase_of(text, tokens, field, exact);
                if prefix
                    && let Plan::Phrase(phrase) = &mut plan
                    && let (Some((_, slot)), Some(token)) = (phrase.slots.last_mut(), tokens.last())
                {
                    let (forms, more) = self.vocabulary.starting_with(&fold(&token.text), PHRASE_PREFIX_FORMS);
                    if more {
                        self.note_too_many(&format!("{}*", token.text), PHRASE_PREFIX_FORMS);
                    }
                    slot.forms = forms.into_iter().map(|form| Form::whole(form, Kin::Pattern)).collect();
                }
                if prefix || exact {
                    return plan;
                }
                let quantity = self.phrase_with_quantity(text, tokens, field);
                let joined = self.phrase_with_joined_number(text, tokens, field);
                let parted = self.phrase_with_parted_number(text, tokens, field);
                let readings: Vec<Plan> = quantity.into_iter().chain(joined).chain(parted).collect();
                if readings.is_empty() { plan } else { Plan::Best([readings, vec![plan]].concat()) }
            }
        }
    }

    fn phrase_of(&self, text: &str, tokens: &[Token], field: Option<TextField>, exact: bool) -> Plan {
        let first = tokens.first().map_or(0, |token| token.position);
        let slots = tokens.iter().map(|token| {
            let typed = &text[token.start..token.end];
            let mut family =
                if exact { self.exact(&token.text, typed, field) } else { self.family(&token.text, typed, field) };
            // In a phrase every word counts.
            (family.common, family.boost) = (false, 1.0);
            (token.position - first, family)
        });
        Plan::Phrase(Phrase { slots: slots.collect(), field, boost: 1.0 })
    }
}

/// Returns where a word begins with the elided article before it, and the two in one: `l'oréal` of `L'Oréal`.
fn glued(text: &str, word: &Token) -> Option<(usize, String)> {
    let mut before = text[..word.start].char_indices().rev();
    before.next().filter(|(_, c)| is_apostrophe(*c))?;
    let (start, article) = before.next().filter(|(_, c)| matches!(c, 'l' | 'L' | 'd' | 'D'))?;
    let is_alone = before.next().is_none_or(|(_, c)| !c.is_alphanumeric());
    is_alone.then(|| (start, format!("{}'{}", article.to_ascii_lowercase(), word.text)))
}

/// Returns whether a word is an elided article typed without its apostrophe: the first of `d actions`, `l euro`.
fn is_elided_apart(text: &str, word: &Token) -> bool {
    let next = text[word.end..].strip_prefix(' ').unwrap_or_default();
    let mut next = fold(next.split_whitespace().next().unwrap_or_default()).into_bytes().into_iter();
    let begins_so = next.next().is_some_and(|first| b"aeiouyh".contains(&first));
    is_elided(&text[word.start..word.end])
        && begins_so
        && next.next().is_some_and(|second| second.is_ascii_alphabetic())
}

/// Returns whether the parts of a word may be written in one: where no slash parts them, there is a letter among them, and
/// they are not each a letter alone: `porte-parole`, `G-7`, and not `3-5` or `c-à-d`.
fn is_joined(text: &str, parts: &[Token]) -> bool {
    let has_slash = parts.windows(2).any(|pair| text[pair[0].end..pair[1].start].contains('/'));
    let has_letters = parts.iter().any(|part| part.text.contains(char::is_alphabetic));
    let has_digits = parts.iter().any(|part| part.text.bytes().all(|byte| byte.is_ascii_digit()));
    let has_word = parts.iter().any(|part| part.text.chars().nth(1).is_some());
    !has_slash && has_letters && (has_word || has_digits)
}

/// Returns whether a plan has a word to match and score.
fn has_words(plan: &Plan) -> bool {
    let mut found = false;
    plan.for_each_leaf(None, &mut |_| found = true);
    found
}

/// Returns whether a word of a query, given its fold and as typed, is a function word of one of its `languages`, which is
/// not required beside others.
pub(super) fn is_common(folded: &str, typed: &str, languages: &[Language]) -> bool {
    is_function_word(folded, languages) && !family::is_acronym(typed)
}

/// Returns the words of a text: its tokens without breaks and parts.
fn words_of(text: &str) -> impl Iterator<Item = Token> {
    tokens_of(text, TokenKind::Word)
}

/// Returns the tokens of one kind of a text.
fn tokens_of(text: &str, kind: TokenKind) -> impl Iterator<Item = Token> {
    let mut tokens = Tokens::new(text);
    std::iter::from_fn(move || {
        let mut token = Token::default();
        while tokens.next(&mut token) {
            if token.kind == kind {
                return Some(token);
            }
        }
        None
    })
}
