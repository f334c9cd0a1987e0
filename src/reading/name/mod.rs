//! Companies named in a text without a code: `la Société Générale`, `Target Corp`, `le groupe Casino`.
//!
//! Every name of the tables that stands in the text is a candidate: whole words, letter case kept, the
//! longest name first. A name that can only mean its company is a mention. Others (`Orange`, `Ford`, `ING`)
//! need signs around them, weighed in `signs`: a form of company, a role before it, shares after it, words of
//! business in the sentence, another form or a code of the same company elsewhere, companies beside it. What
//! is not enough is kept apart, so that `show --why` can tell it.

mod acronym;
mod around;
mod bearer;
mod composed;
mod deals;
mod figure;
mod given;
mod heading;
mod held;
mod jobs;
mod label;
pub(super) mod list;
mod object;
mod owner;
mod period;
mod person;
mod place;
mod press;
pub(super) mod ratings;
mod relative;
mod rows;
mod sign;
mod signs;
mod trade;
mod verb;
mod words;

#[cfg(test)]
mod namesakes;
#[cfg(test)]
mod phrases;
#[cfg(test)]
mod tests;

use rustc_hash::{FxHashMap, FxHashSet};

use super::letters;
use crate::analysis::ascii_run;
use crate::article::{Language, Mic, Ticker};
use crate::market::brands;
use crate::market::companies::{self, Listing};
use crate::market::names::{self, Class, Owner};
use around::Around;
use composed::Composed;
pub(super) use given::{Given, is_country, leads};
pub use sign::Sign;
use sign::Signs;
use signs::weigh;

/// A name in a text, and what became of it.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// Its first byte.
    pub start: usize,
    /// The byte after its last.
    pub end: usize,
    /// The company that owns it.
    pub owner: Listing,
    /// Whether it is the name of a brand or a subsidiary.
    pub brand: bool,
    /// The other company of this name, where nothing but what stands around it tells the two apart.
    other: Option<Owner>,
    /// The code that the article gives with this name, if no table has its company.
    given: Option<Ticker>,
    /// How sure the name is alone.
    pub class: Class,
    /// What speaks for and against it.
    pub signs: Signs,
    /// Whether it is a mention.
    pub accepted: bool,
}

impl Candidate {
    /// Returns what tells the company from others.
    fn company(&self) -> (&'static str, Mic) {
        (self.owner.symbol, self.owner.mic)
    }

    /// Returns the security that the name means.
    pub fn ticker(&self) -> Ticker {
        self.given.clone().unwrap_or_else(|| self.owner.ticker())
    }

    /// Returns whether the article gives the name with a code of a company that no table has.
    pub fn is_given(&self) -> bool {
        self.given.is_some()
    }

    /// Returns how sure the mention is, from 0 to 1.
    pub fn confidence(&self) -> f32 {
        let name = match self.class {
            Class::Sure => 0.95,
            Class::Proper => 0.85,
            Class::Word => 0.75,
        };
        if self.brand { name - 0.1 } else { name }
    }
}

/// What is known of an article before its names are read.
pub struct Known<'a> {
    /// The companies that a code or the metadata name, in their canonical listing.
    pub companies: &'a FxHashSet<Ticker>,
    /// The names that it gives with a code.
    pub given: &'a [Given<'a>],
    /// When it was published, in seconds since 1970.
    pub at: Option<i64>,
    /// Its language.
    pub language: Language,
}

impl Known<'_> {
    /// Returns whether a code or the metadata name the company of a listing.
    fn has(&self, listing: &Listing) -> bool {
        !self.companies.is_empty() && self.companies.contains(&crate::market::company(listing, self.at))
    }
}

/// Returns the candidates of headline and text, in order.
pub fn read(headline: &str, text: &str, known: &Known<'_>) -> (Vec<Candidate>, Vec<Candidate>) {
    let composed = [headline, text].map(Composed::of);
    let [headline, text] = [(&composed[0], headline), (&composed[1], text)]
        .map(|(composed, written)| composed.as_ref().map_or(written, |composed| &composed.text));
    let (mut in_headline, mut in_text) = read_composed(headline, text, known);
    for (composed, candidates) in composed.iter().zip([&mut in_headline, &mut in_text]) {
        let Some(composed) = composed else { continue };
        for candidate in candidates {
            (candidate.start, candidate.end) = (composed.written(candidate.start), composed.written(candidate.end));
        }
    }
    (in_headline, in_text)
}

fn read_composed(headline: &str, text: &str, known: &Known<'_>) -> (Vec<Candidate>, Vec<Candidate>) {
    let mut found = [candidates(headline, known), candidates(text, known)];
    owner::settle(&mut found, [headline, text], known);
    given::settle(&mut found, [headline, text], known);
    // A text without a headline may be one.
    let body = if headline.is_empty() { Around::of_headline(text, known.language) } else { Around::of_body(text) };
    let around = [Around::of_headline(headline, known.language), body];
    for ((candidates, text), around) in found.iter_mut().zip([headline, text]).zip(&around) {
        let mut before = None;
        for candidate in candidates.iter_mut() {
            // `Fiat Chrysler` are two companies, and no person.
            let follows = before.is_some_and(|end| candidate.start <= end + 1);
            candidate.signs = weigh(candidate, follows, around, known.language);
            if label::is_label(text, candidate.start) {
                candidate.signs.add(Sign::Label);
            }
            if around.names_index(candidate.start..candidate.end) || names_security(candidate, around) {
                candidate.signs.add(Sign::Index);
            }
            let is_place = around.names_place(candidate.start..candidate.end) || is_place(candidate, around);
            let is_body = || around.names_body(candidate) || trade::makes_another(candidate, around);
            if is_place || is_body() || bearer::bears(&around.before::<4>(candidate.start)) {
                candidate.signs.add(Sign::Place);
            }
            before = Some(candidate.end);
        }
        acronym::mark(candidates, text);
    }
    settle(&mut found, [headline, text], &around, known);
    let [in_headline, in_text] = found;
    (in_headline, in_text)
}

/// Finds the names of one text.
fn candidates(text: &str, known: &Known<'_>) -> Vec<Candidate> {
    let bytes = text.as_bytes();
    let mut found: Vec<Candidate> = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let end = word_end(text, at);
        if end == at {
            at += text[at..].chars().next().map_or(1, char::len_utf8);
            continue;
        }
        match may_begin(text, at).then(|| candidate(text, at, known)).flatten() {
            Some(candidate) => {
                at = candidate.end;
                found.push(candidate);
            }
            None => at = end,
        }
    }
    found
}

/// Returns the end of the word at `at`; `at` itself if no letter or digit stands there.
fn word_end(text: &str, mut at: usize) -> usize {
    loop {
        at += ascii_run(&text.as_bytes()[at..]);
        match text.as_bytes().get(at) {
            Some(0x80..) => match text[at..].chars().next().filter(|c| c.is_alphanumeric()) {
                Some(c) => at += c.len_utf8(),
                None => return at,
            },
            _ => return at,
        }
    }
}

/// Returns whether a name may begin with the word at `at`.
fn may_begin(text: &str, at: usize) -> bool {
    let word = &text.as_bytes()[at..];
    match word {
        // `3M` and `1&1`, but no number.
        [b'0'..=b'9', b'&' | b'A'..=b'Z' | b'a'..=b'z', ..] => names::may_begin(word),
        [b'0'..=b'9', ..] => false,
        [0x80..=0xFF, ..] => text[at..].starts_with(char::is_uppercase),
        _ => names::may_begin(word),
    }
}

/// Returns the longest name that begins at `at`.
fn candidate(text: &str, at: usize, known: &Known<'_>) -> Option<Candidate> {
    let bytes = text.as_bytes();
    let (end, name) = names::longest_at(text, at)?;
    if in_address(text, at, end) || is_tail(bytes, at, end) || is_head(text, at, end, name.class) {
        return None;
    }
    let (owner, other) = owner::choose(&name, known);
    let is_owner = |owner: &Owner| !owner.brand || brands::is_owned(&text[at..end], &owner.listing, known.at);
    let other = other.filter(is_owner);
    // A brand that was sold is that of its present owner.
    let (Owner { listing, brand }, other) = match is_owner(&owner) {
        true => (owner, other),
        false => (name.owners().find(is_owner)?, None),
    };
    Some(Candidate {
        start: at,
        end,
        owner: listing,
        brand,
        other,
        given: None,
        class: name.class,
        signs: Signs::default(),
        accepted: false,
    })
}

/// Returns whether what stands before `at` runs into it as in an address: `www.`, `@`, `#`, `/`. A full stop that no space
/// follows ends a sentence all the same: `a souffert.Renault a`.
fn in_address(text: &str, at: usize, end: usize) -> bool {
    let (before, after) = (&text[..at], &text[end..]);
    if before.ends_with(['@', '/', '_', '\\']) {
        return true;
    }
    let Some(before) = before.strip_suffix('.') else { return false };
    // A word is no longer than this.
    let word = letters::tail(before, 60).rsplit(char::is_whitespace).next().unwrap_or_default();
    let word = word.trim_start_matches(['(', '«', '"', '“', '’', '\'']);
    let ends_sentence = word.chars().nth(2).is_some()
        && word.chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '’' | '-'))
        && word.ends_with(char::is_lowercase)
        && !word.eq_ignore_ascii_case("www")
        && after.starts_with([' ', '\u{a0}', ',', '\'', '’'])
        && text[at..].starts_with(char::is_uppercase);
    word.ends_with(|c: char| c.is_ascii_alphanumeric()) && !ends_sentence
}

/// Returns whether a short name is the tail of a compound: `AP-HP`.
fn is_tail(bytes: &[u8], at: usize, end: usize) -> bool {
    end - at <= 3 && at >= 2 && bytes[at - 1] == b'-' && bytes[at - 2].is_ascii_alphanumeric()
}

/// Returns whether a name is the head of a compound: `Ferrari-sur-Mer`, and, if it is short, `CFE-CGC`; two companies
/// joined, `EDF-GDF`, are none. An ordinary word and a name make another one: `Anglo-Dutch`.
fn is_head(text: &str, at: usize, end: usize, class: Class) -> bool {
    let Some(rest) = text[end..].strip_prefix('-') else { return false };
    let next = &rest[..word_end(rest, 0)];
    let joins = ["sur", "sous", "en", "lès", "les", "la", "le", "du", "des"].contains(&next)
        && rest[next.len()..].starts_with('-');
    let is_acronym = next.len() > 1 && next.bytes().all(|byte| byte.is_ascii_uppercase());
    let is_compound = end - at <= 3 && is_acronym || class == Class::Word && next.starts_with(char::is_uppercase);
    joins || is_compound && names::longest_at(rest, 0).is_none()
}

/// Returns whether a name goes on, up to the brackets with its symbol, as that of another security: `Invesco QQQ (NASDAQ:
/// QQQ)`.
fn names_security(candidate: &Candidate, around: &Around<'_>) -> bool {
    let Some(rest) = around.tail(candidate.end).strip_prefix(' ') else { return false };
    let symbol = &rest[..rest.find(|c: char| !c.is_ascii_uppercase()).unwrap_or(rest.len())];
    let in_brackets = || {
        let inner = rest[symbol.len()..].strip_prefix(" (").and_then(|inner| inner.split_once(')'));
        inner.is_some_and(|(inner, _)| inner.rsplit([' ', ':', '$']).next() == Some(symbol))
    };
    let name = around.slice(candidate.start, candidate.end + 1 + symbol.len());
    let is_named = |it: &Listing| it.name.get(..name.len()).is_some_and(|it| it.eq_ignore_ascii_case(name));
    symbol.len() > 1 && in_brackets() && companies::listings(symbol).any(is_named)
}

/// Returns whether a name is that of a town: before its state, or where a report opens.
fn is_place(candidate: &Candidate, around: &Around<'_>) -> bool {
    let (before, after) = (around.head(candidate.start), around.tail(candidate.end));
    let is_doubtful =
        || candidate.class != Class::Sure || place::is_sited(before) || signs::is_of_municipality(candidate, around);
    let is_town = || (after.starts_with(',') || after.starts_with(" (")) && place::is_town(after, is_doubtful());
    is_town() || place::opens_report(before, after) || around.is_local(candidate.end)
}

/// Decides on every candidate: first each by itself, then with what was accepted elsewhere.
fn settle(found: &mut [Vec<Candidate>; 2], texts: [&str; 2], around: &[Around<'_>; 2], known: &Known<'_>) {
    let mut doubtful = false;
    for candidate in found.iter_mut().flatten() {
        if candidate.given.is_some() || known.has(&candidate.owner) {
            candidate.signs.add(Sign::Code);
        }
        candidate.accepted = candidate.signs.suffice(candidate.class);
        doubtful |= !candidate.accepted;
    }
    if !doubtful {
        return;
    }
    person::mark(found, texts, around, known.language);
    mark_repeated(found, texts, known);
    rows::mark_rows(found, texts, known.language);
    rows::mark_company(found, texts);
    // Twice: what was accepted by its neighbor may carry its own namesakes.
    for _ in 0..2 {
        let mut strong: FxHashMap<_, bool> = FxHashMap::default();
        for candidate in found.iter().flatten().filter(|candidate| candidate.accepted) {
            *strong.entry(candidate.company()).or_default() |=
                candidate.class == Class::Sure || candidate.signs.are_strong();
        }
        for (candidates, text) in found.iter_mut().zip(texts) {
            for at in 0..candidates.len() {
                let is_sure = candidates[at].class == Class::Sure || candidates[at].signs.are_strong();
                if candidates[at].accepted && is_sure {
                    continue;
                }
                // What is taken by its sentence alone may still be sure by its neighbor, and carry its namesakes.
                let elsewhere = strong.get(&candidates[at].company()).filter(|_| !candidates[at].accepted);
                match elsewhere {
                    Some(true) => candidates[at].signs.add(Sign::Namesake),
                    // `Puma : la famille vend`
                    Some(false) if heading::is_headed(text, candidates[at].start, candidates[at].end) => {
                        candidates[at].signs.add(Sign::Heading);
                    }
                    Some(false) if !candidates[at].signs.deny() => candidates[at].signs.add(Sign::Again),
                    _ => {}
                }
                if let Some(sign) = rows::beside_company(candidates, at, text) {
                    candidates[at].signs.add(sign);
                }
                candidates[at].accepted = candidates[at].signs.suffice(candidates[at].class);
            }
        }
    }
}

/// How far a text is looked through for a town, in bytes.
const TOWN: usize = 600;

/// Marks the names of companies of Paris that do what companies do in the headline, and again in the text, where no town is
/// spoken of: `Orange présente ses excuses`.
fn mark_repeated(found: &mut [Vec<Candidate>; 2], texts: [&str; 2], known: &Known<'_>) {
    let acts = |it: &Candidate| {
        let is_at_home = known.language == Language::French && matches!(it.owner.mic.as_str(), "XPAR" | "ALXP");
        is_at_home && it.class == Class::Word && it.signs.has(Sign::Verb) && !it.signs.speak_against()
    };
    let is_place =
        |it: &Candidate| texts[1][..it.start].trim_end().rsplit([' ', '\n']).next().is_some_and(words::is_in);
    let is_of_town = |word: &str| words::is_town(word) || heading::is_of_others(word);
    let speaks_of_town = |text: &str| letters::head(text, TOWN).split(|c: char| !c.is_alphanumeric()).any(is_of_town);
    let [in_headline, in_text] = found;
    let Some(first) = in_headline.iter_mut().find(|it| acts(it)) else { return };
    let company = first.company();
    let again = || in_text.iter().filter(|it| it.company() == company);
    if !again().any(acts) || again().any(is_place) || texts.into_iter().any(speaks_of_town) {
        return;
    }
    for it in in_text.iter_mut().filter(|it| it.company() == company && acts(it)).chain([first]) {
        it.signs.add(Sign::Again);
        it.accepted = it.signs.suffice(it.class);
    }
}
