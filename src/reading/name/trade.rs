//! The trade behind a name, which makes another company of it unless it is the owner's own: `Vulcan Energy`, `Lundin Gold`,
//! `Samsung Securities`.
//!
//! Divisions (`Danone Waters`) and what a company's own names go on with (`Vulcan Materials`) are its own.

use super::around::Around;
use super::list::List;
use super::words::holds;
use super::{Candidate, words};
use crate::market::names::Class;

/// What no division of a company is called by, but companies are.
static TRADES: List = List::of(
    "\
gold silver copper uranium lithium mining minerals steel forestry reit bancorp bancshares therapeutics biosciences property \
properties realty",
);

/// What companies are called by, and the divisions of those that go by nothing but their name.
static SHARED: List = List::of(
    "\
energy communications holdings resources financial industries technologies systems partners pharmaceuticals laboratories labs \
entertainment petroleum chemical chemicals materials",
);

/// What the houses of one group share their first name before in Japan and Korea: `Samsung Fire`, `Rakuten Bank`.
static HOUSES: List =
    List::of("securities fire life insurance bank research chemical chemicals energy systems industries");

/// The markets of such groups.
const GROUPS: [&str; 2] = ["XTKS", "XKRX"];

/// How many letters of a word tell it: `Pharmaceuticals` is `Pharma`.
const STEM: usize = 6;

/// Returns whether the words behind a name begin with no trade but one that its company may have.
pub(super) fn is_owned(candidate: &Candidate, after: &[&str]) -> bool {
    let [word, rest @ ..] = after else { return true };
    let is_trade = holds(&TRADES, word) || holds(&SHARED, word);
    !is_trade || is_own(candidate, word) || is_captive(word, rest.first().copied().unwrap_or_default())
}

/// Returns whether two words name the bank of a maker: `Ford Financial Services`.
fn is_captive(word: &str, next: &str) -> bool {
    word == "Financial" && next == "Services"
}

/// Returns whether a trade is a part of one of the names of a candidate's company.
fn is_own(candidate: &Candidate, trade: &str) -> bool {
    let stem = |word: &str| word.chars().take(STEM).collect::<String>().to_lowercase();
    let trade = stem(trade);
    candidate.owner.names().any(|name| name.split([' ', '-']).any(|part| stem(part) == trade))
}

/// Returns whether the trade right behind a name makes it that of another company.
pub(super) fn makes_another(candidate: &Candidate, around: &Around<'_>) -> bool {
    let Some(rest) = around.tail(candidate.end).strip_prefix([' ', '\u{a0}']) else { return false };
    if !rest.starts_with(char::is_uppercase) || around.is_titled() {
        return false;
    }
    let word = &rest[..rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len())];
    let may_be_captive = || is_captive(word, around.after::<2>(candidate.end).get(1).copied().unwrap_or_default());
    let is_shared = || match candidate.class {
        Class::Sure => GROUPS.contains(&candidate.owner.mic.as_str()) && holds(&HOUSES, word),
        _ => holds(&SHARED, word),
    };
    let is_another = holds(&TRADES, word) || is_shared() && !may_be_captive();
    // `BOEING ENERGY USE FALLS`
    let is_shouted = !word.contains(char::is_lowercase) && !words::is_form(word);
    is_another && !is_shouted && (holds(&TRADES, word) || !lends(candidate)) && !is_own(candidate, word)
}

/// Returns whether a company has a bank or lends by one of its names: its securities and its partners are its own.
pub(super) fn lends(candidate: &Candidate) -> bool {
    let parts = ["Ban", "ban", "redit", "rédit", "inanc"];
    candidate.owner.names().any(|name| parts.iter().any(|part| name.contains(part)))
}
