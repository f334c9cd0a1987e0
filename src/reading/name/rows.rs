//! Companies around a name: a row of names, a company joined with it, and the companies that the article surely names.

use std::cell::LazyCell;

use super::sign::Sign;
use super::{Candidate, figure, words};
use crate::analysis::fold;
use crate::article::{Language, Mic};
use crate::market::names::Class;
use crate::reading::letters;
use crate::wording::{MONTHS, WEEKDAYS};

/// How many companies make an article one of companies.
const COMPANY: usize = 2;

/// Returns the companies that the article surely names, each once.
fn sure(found: &[Vec<Candidate>; 2]) -> Vec<(&'static str, Mic)> {
    let mut sure: Vec<_> = found
        .iter()
        .flatten()
        .filter(|candidate| candidate.accepted && !candidate.brand)
        .filter(|candidate| candidate.class == Class::Sure || candidate.signs.are_strong())
        .map(Candidate::company)
        .collect();
    sure.sort_unstable();
    sure.dedup();
    sure
}

/// Marks what nothing speaks against in an article that surely names other companies: `chips for Apple and Tesla`.
pub(super) fn mark_company(found: &mut [Vec<Candidate>; 2], texts: [&str; 2]) {
    if sure(found).len() < COMPANY {
        return;
    }
    for (candidates, text) in found.iter_mut().zip(texts) {
        for candidate in candidates.iter_mut().filter(|candidate| !candidate.accepted && candidate.owner.is_reviewed())
        {
            // One is in a place, and at a company.
            let place = text[..candidate.start].trim_end().rsplit(' ').next().is_some_and(words::is_in);
            if !place && !candidate.signs.speak_against() {
                candidate.signs.add(Sign::Among);
                candidate.accepted = candidate.signs.suffice(candidate.class);
            }
        }
    }
}

/// How many names make a row of companies by themselves, and how many in an article that names one.
const ROW: usize = 3;
const ROW_OF_PEERS: usize = 2;

/// Marks the names that stand in a row with others, where nothing speaks against any of them but that it opens the
/// sentence: in a sentence of business, `Meta, Apple and Target were among the gainers`, or, if none is an ordinary word,
/// in an article that names a company: `Marriott et Hilton ont fait de même`. French writes no ordinary noun with a capital,
/// and one is in a place: `parmi les baisses figurent Safran, Orange et Carrefour`.
pub(super) fn mark_rows(found: &mut [Vec<Candidate>; 2], texts: [&str; 2], language: Language) {
    let is_company = |it: &Candidate| it.accepted && (it.class == Class::Sure || it.signs.weight() >= 2);
    let has_company = found.iter().flatten().any(is_company);
    // `Bourse de Paris : le point` is of business all through.
    let is_report = LazyCell::new(|| words::count_business(texts[0], 1) > 0);
    for (candidates, text) in found.iter_mut().zip(texts) {
        let mut start = 0;
        while start < candidates.len() {
            let rest = &candidates[start..];
            let joined = rest.windows(2).take_while(|pair| between(&pair[0], &pair[1], text).is_some()).count();
            let row = &mut candidates[start..=start + joined];
            start += joined + 1;
            let begins = |it: &Candidate| it.signs.has(Sign::Opening);
            let has_capitals = language == Language::French && row.len() >= ROW && !row.iter().any(begins) && {
                let word = text[..row[0].start].trim_end().rsplit([' ', '\'', '’']).next().unwrap_or_default();
                word.starts_with(char::is_lowercase) && !words::is_in(word) && !words::is_of(word)
            };
            // What opens a sentence as the first of a row is no ordinary word, as `Next` alone may be.
            if row.len() >= ROW {
                let names = row.iter_mut().filter(|it| !text.get(it.start..it.end).is_none_or(words::is_opener));
                names.for_each(|candidate| candidate.signs.remove(Sign::Opening));
            }
            let speaks_against = |sign: Sign| sign.weight() < 0 && sign != Sign::Opening;
            let is_plain = row.iter().all(|candidate| !candidate.signs.iter().any(speaks_against));
            let is_peer = |candidate: &Candidate| candidate.class != Class::Word && candidate.owner.is_reviewed();
            let in_business =
                row.len() >= ROW && (row.iter().any(|candidate| candidate.signs.has(Sign::Business)) || *is_report);
            let of_peers = has_company && row.len() >= ROW_OF_PEERS && row.iter().all(is_peer);
            let of_day = || row.len() >= ROW && row.first().is_some_and(|first| is_day(&text[..first.start]));
            if is_plain && (in_business || of_peers || has_capitals || of_day()) {
                row.iter_mut().for_each(|candidate| candidate.signs.add(Sign::Listed));
            }
        }
    }
}

/// Returns whether a text ends in the day of an agenda: `Mercredi : `, `Jeudi 12 juin : `.
fn is_day(before: &str) -> bool {
    let Some(head) = before.trim_end().strip_suffix(':') else { return false };
    let line = letters::tail(head, DAY).rsplit('\n').next().unwrap_or_default();
    let words = || line.split([' ', '\u{a0}', ',']).filter(|word| !word.is_empty());
    let is_date = |word: &str| {
        let word = fold(&word.to_lowercase());
        word.bytes().all(|byte| byte.is_ascii_digit())
            || matches!(word.as_str(), "le" | "1er")
            || MONTHS.iter().chain(&WEEKDAYS).any(|names| names.contains(&word.as_str()))
    };
    words().next().is_some() && words().all(is_date)
}

/// How long a day is written at most, in bytes.
const DAY: usize = 40;

/// Returns the sign of two names that stand side by side: joined, or in one row.
fn between(left: &Candidate, right: &Candidate, text: &str) -> Option<Sign> {
    let between = text.get(left.end..right.start).unwrap_or("-");
    // `Lululemon slid; Gap sank`
    let both_move = || {
        let rest = figure::skip_move(between).filter(|_| figure::skip_move(&text[right.end..]).is_some())?;
        if rest.trim() == ";" { Some(Sign::Listed) } else { joint(rest.trim()) }
    };
    let sign = joint(between.trim()).or_else(both_move).or_else(|| {
        let may_be_figure = between.len() <= FIGURES && between.bytes().any(|byte| byte.is_ascii_digit());
        let skipped = may_be_figure.then(|| figure::skip(between)).flatten()?;
        // `Nike lost 14%, Gap 20%`, but not `Nike lost 14%, Next said`.
        let is_row = !skipped.is_bare || figure::skip(&text[right.end..]).is_some();
        let between = skipped.rest.trim();
        is_row.then(|| if between == ";" { Some(Sign::Listed) } else { joint(between) }).flatten()
    });
    sign.filter(|_| left.owner.symbol != right.owner.symbol)
}

/// Returns the sign of two names between which nothing else stands.
fn joint(between: &str) -> Option<Sign> {
    if CONJUNCTIONS.contains(&between) {
        return Some(Sign::Joined);
    }
    SEPARATORS.contains(&between).then_some(Sign::Listed)
}

/// How much stands between two names of a row with figures at most, in bytes.
const FIGURES: usize = 80;

/// Returns the sign of an accepted company beside the candidate: joined with it, `Visa et Mastercard`, or in one row,
/// `Apple, Target`. A comma alone says less: `Next, Apple fell`.
pub(super) fn beside_company(candidates: &[Candidate], at: usize, text: &str) -> Option<Sign> {
    let between = |left, right| between(left, right, text);
    let candidate = &candidates[at];
    let before = at.checked_sub(1).map(|before| &candidates[before]).filter(|before| before.accepted);
    let after = candidates.get(at + 1).filter(|after| after.accepted);
    let before = before.and_then(|before| between(before, candidate));
    let after = after.and_then(|after| between(candidate, after));
    if [before, after].contains(&Some(Sign::Joined)) { Some(Sign::Joined) } else { before.or(after) }
}

/// What joins the last two names of a row.
const CONJUNCTIONS: [&str; 20] = [
    "and",
    "et",
    ", and",
    ", et",
    "or",
    "ou",
    "et d'",
    "et d’",
    "ou d'",
    "ou d’",
    "et de",
    "ou de",
    "et à",
    "et chez",
    "and of",
    "and at",
    "ainsi que",
    ", ainsi que",
    "as well as",
    ", as well as",
];

/// What stands between the others.
const SEPARATORS: [&str; 7] = [",", "&", "/", "-", ", de", ", d'", ", d’"];
