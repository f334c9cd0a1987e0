//! Patterns over forms: wildcards and regular expressions, compiled into an automaton that can be run
//! along a finite-state map, so that a pattern is tried on a whole vocabulary at once.
//!
//! A pattern must match a form from its first letter to its last. Its automaton is deterministic and
//! built within limits, so that a pattern from outside can take neither long nor much memory: what
//! exceeds them is refused.

use fst::Automaton;
use regex_automata::dfa::{Automaton as _, StartKind, dense};
use regex_automata::nfa::thompson;
use regex_automata::util::primitives::StateID;
use regex_automata::util::{start, syntax};
use regex_automata::{Anchored, MatchKind};
use unicode_normalization::UnicodeNormalization;

use super::character::{Class, class, push_lower};
use super::elision::is_elided;
use super::fold::fold;

/// The longest pattern, in bytes.
const LONGEST: usize = 256;
/// How much memory an automaton may take, in bytes; twice as much again while it is built.
const LARGEST: usize = 1 << 20;

/// A compiled pattern.
pub struct Pattern {
    automaton: dense::DFA<Vec<u32>>,
    start: StateID,
}

/// Why a pattern cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PatternError {
    /// It is longer than telex accepts, or its automaton would be.
    TooComplex,
    /// It is no regular expression; what is wrong with it, in English.
    Malformed(String),
}

impl Pattern {
    /// Compiles a regular expression (the syntax is that of the `regex` crate). Forms are in small letters,
    /// so that an expression with capitals is read without regard to letter case.
    ///
    /// # Errors
    /// What is malformed, and what would take too much memory.
    pub fn regex(expression: &str) -> Result<Pattern, PatternError> {
        if expression.len() > LONGEST {
            return Err(PatternError::TooComplex);
        }
        let config = dense::Config::new()
            .start_kind(StartKind::Anchored)
            .match_kind(MatchKind::All)
            .dfa_size_limit(Some(LARGEST))
            .determinize_size_limit(Some(2 * LARGEST));
        let automaton = dense::Builder::new()
            .configure(config)
            .syntax(syntax::Config::new().nest_limit(64).case_insensitive(expression.contains(char::is_uppercase)))
            .thompson(thompson::Config::new().nfa_size_limit(Some(LARGEST)))
            .build(expression);
        let automaton = match automaton {
            Ok(automaton) => automaton,
            Err(error) if error.is_size_limit_exceeded() => return Err(PatternError::TooComplex),
            Err(error) => return Err(malformed(&error)),
        };
        let start = automaton.start_state(&start::Config::new().anchored(Anchored::Yes));
        match start {
            Ok(start) => Ok(Pattern { automaton, start }),
            Err(_) => Err(PatternError::TooComplex),
        }
    }

    /// Compiles a word with wildcards as typed: `*` stands for any letters or none, `?` for one. Letter
    /// case, accents, inner dots and an elided article do not count; match it with folds.
    ///
    /// # Errors
    /// What would take too much memory.
    pub fn wildcard(typed: &str) -> Result<Pattern, PatternError> {
        let mut lower = String::with_capacity(typed.len());
        typed.nfc().for_each(|c| push_lower(&mut lower, c));
        let mut word = lower.as_str();
        while let Some((article, rest)) = word.split_once(|c| class(c) == Class::Apostrophe)
            && is_elided(article)
        {
            word = rest;
        }
        let mut expression = String::with_capacity(word.len() + 8);
        for c in fold(&word.replace(|c| class(c) == Class::Apostrophe, "'")).chars() {
            match c {
                '*' => expression.push_str(".*"),
                '?' => expression.push('.'),
                c if c.is_alphanumeric() => expression.push(c),
                c => expression
                    .extend(['\\', 'x', '{'].into_iter().chain(format!("{:x}", c as u32).chars()).chain(['}'])),
            }
        }
        Pattern::regex(&expression)
    }
}

/// Returns what a person can use of the builder's error: the last of its causes, without the picture
/// that regular expressions draw of themselves.
fn malformed(error: &dyn std::error::Error) -> PatternError {
    let mut cause = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    let told = cause.to_string();
    let last = told.lines().last().unwrap_or_default().trim();
    let last = last.strip_prefix("error: ").unwrap_or(last);
    if last.contains("exceeded limit") { PatternError::TooComplex } else { PatternError::Malformed(last.to_owned()) }
}

impl Automaton for Pattern {
    type State = StateID;

    fn start(&self) -> StateID {
        self.start
    }

    fn is_match(&self, state: &StateID) -> bool {
        self.automaton.is_match_state(self.automaton.next_eoi_state(*state))
    }

    fn can_match(&self, state: &StateID) -> bool {
        !(self.automaton.is_dead_state(*state) || self.automaton.is_quit_state(*state))
    }

    fn accept(&self, state: &StateID, byte: u8) -> StateID {
        self.automaton.next_state(*state, byte)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(pattern: &Pattern, form: &str) -> bool {
        let state = form.bytes().fold(pattern.start(), |state, byte| pattern.accept(&state, byte));
        pattern.is_match(&state)
    }

    #[test]
    fn a_pattern_matches_whole_forms() {
        for (expression, form, want) in [
            ("acqui(s|ert)", "acquis", true),
            ("acqui(s|ert)", "acquise", false),
            ("acqui(s|ert)", "acquert", false),
            ("a|ab", "ab", true),
            ("^(a|ab)$", "ab", true),
            (".*é.", "marchés", true),
            ("OPA|OPE", "ope", true),
            ("march.", "marché", true),
            ("march..", "marché", false),
            ("\\d+,\\d", "12,5", true),
            ("[^a-z]+", "é", true),
            ("", "", true),
            ("", "a", false),
        ] {
            assert_eq!(matches(&Pattern::regex(expression).ok().unwrap(), form), want, "/{expression}/ {form}");
        }
    }

    #[test]
    fn wildcards_stand_for_letters() {
        for (word, form, want) in [
            ("finan?ement", "financement", true),
            ("finan?ement", "finanement", false),
            ("*bourse", "rebourse", true),
            ("*bourse", "bourse", true),
            ("a*b*c", "abc", true),
            ("a*b*c", "axxbyyc", true),
            ("a*b*c", "axxbyy", false),
            ("u.s*", "us", true),
            ("u.s*", "uxs", false),
            ("l'acqui*on", "acquisition", true),
            ("L’É?onomie", "economie", true),
            ("aujourd’hu?", "aujourdhui", true),
            ("s&?", "s&p", true),
            ("??é", "ete", true),
        ] {
            assert_eq!(matches(&Pattern::wildcard(word).ok().unwrap(), form), want, "{word} {form}");
        }
    }

    #[test]
    fn what_is_malformed_or_too_large_is_refused() {
        for (expression, want) in [
            ("a(b", Some("unclosed group")),
            ("*a", Some("repetition operator missing expression")),
            ("a{1000}{1000}", None),
            ("(.*a.{60}){9}", None),
            ("\\w{900}", None),
        ] {
            let want = want.map_or(PatternError::TooComplex, |told| PatternError::Malformed(told.to_owned()));
            assert_eq!(Pattern::regex(expression).err(), Some(want), "{expression}");
        }
        assert_eq!(Pattern::regex(&"a".repeat(300)).err(), Some(PatternError::TooComplex));
        assert!(Pattern::regex(&"(".repeat(200)).is_err());
    }
}
