//! Names that an article gives with a code: `Target Hospitality Corp. (NASDAQ: TH)`, then `Target said`.
//!
//! Who is introduced so is meant by the name and by its beginning all through the article, whoever else goes by it,
//! unless that other one stands there in full or by a code of its own.

use rustc_hash::FxHashSet;

use super::{Candidate, Known, words};
use crate::article::Ticker;
use crate::market::companies;
use crate::market::names::Class;
use crate::reading::letters;

/// A name and the code behind it.
#[derive(Clone, Debug)]
pub struct Given<'a> {
    /// The name as written, without its form of company.
    pub name: &'a str,
    /// The code.
    pub ticker: Ticker,
    /// The company of the code.
    pub company: Ticker,
}

/// How a candidate stands to a name that is given.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    /// It stands within the whole name.
    Inside,
    /// It is the name or its beginning.
    Beginning,
}

/// Returns whether a word may stand before a name with a capital without being a part of it.
pub fn leads(word: &str) -> bool {
    let leads = [words::is_opener, words::is_article, words::is_date, words::is_title, words::is_of];
    word == "&" || leads.iter().any(|leads| leads(word))
}

/// Returns whether a word is a country.
pub fn is_country(word: &str) -> bool {
    words::is_country(word)
}

/// Gives the names that other companies have as well to those that the article introduces by them.
pub(super) fn settle(found: &mut [Vec<Candidate>; 2], texts: [&str; 2], known: &Known<'_>) {
    if known.given.is_empty() {
        return;
    }
    let mut in_full = FxHashSet::default();
    for (candidates, text) in found.iter().zip(texts) {
        let is_full = |it: &&Candidate| it.class == Class::Sure || text[it.start..it.end].contains(' ');
        let is_other = |it: &&Candidate| match part(it, text, known) {
            None => true,
            // `Toyota Industries (TYO: 6201), a supplier of Toyota`: who stands beside the other is not the other.
            Some((part, given)) => part == Part::Beginning && is_beside(it, text, given.name),
        };
        let others = candidates.iter().filter(is_full).filter(is_other);
        in_full.extend(others.map(Candidate::company));
    }
    for (candidates, text) in found.iter_mut().zip(texts) {
        for candidate in candidates {
            let Some((part, given)) = part(candidate, text, known) else { continue };
            let company = crate::market::company(&candidate.owner, known.at);
            let is_other = known.companies.contains(&company) || in_full.contains(&candidate.company());
            if company == given.company || part == Part::Beginning && is_other {
                continue;
            }
            (candidate.brand, candidate.other) = (false, None);
            match companies::of(&given.ticker).filter(|it| crate::market::company(it, known.at) == given.company) {
                Some(listing) => candidate.owner = *listing,
                None => candidate.given = Some(given.ticker.clone()),
            }
        }
    }
}

/// How far around a candidate its sentence reaches, in bytes.
const SENTENCE: usize = 300;

/// Returns whether a longer name that begins as a candidate does stands in the candidate's sentence.
fn is_beside(candidate: &Candidate, text: &str, name: &str) -> bool {
    const ENDS: [&str; 2] = ["\n", ". "];
    let before = letters::tail(&text[..candidate.start], SENTENCE);
    let after = letters::head(&text[candidate.end..], SENTENCE);
    let before = ENDS.into_iter().fold(before, |before, end| before.rsplit(end).next().unwrap_or(before));
    let after = ENDS.into_iter().fold(after, |after, end| after.split(end).next().unwrap_or(after));
    name.len() > candidate.end - candidate.start && (before.contains(name) || after.contains(name))
}

/// Returns how a candidate stands to one of the names that are given, and which.
fn part<'k>(candidate: &Candidate, text: &str, known: &'k Known<'_>) -> Option<(Part, &'k Given<'k>)> {
    let (before, name, after) =
        (&text[..candidate.start], &text[candidate.start..candidate.end], &text[candidate.end..]);
    let place = |given: &Given<'_>| {
        let at = given.name.find(name)?;
        let (head, tail) = (&given.name[..at], &given.name[at + name.len()..]);
        let ends_word = !tail.starts_with(char::is_alphanumeric);
        if before.ends_with(head) && after.starts_with(tail) && !(head.is_empty() && tail.is_empty()) {
            return Some(Part::Inside);
        }
        (head.is_empty() && ends_word).then_some(Part::Beginning)
    };
    let mut best = None;
    for given in known.given {
        match place(given) {
            Some(Part::Inside) => return Some((Part::Inside, given)),
            Some(part) if best.is_none() => best = Some((part, given)),
            _ => {}
        }
    }
    best
}
