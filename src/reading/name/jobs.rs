//! Sentences that tell of jobs, `500 jobs`, `la suppression de postes`, `300 salariés`. They are words of business only
//! beside a company that does something to them: everyone has a job.

use std::sync::OnceLock;

use rustc_hash::FxHashSet;

/// Jobs, and what is done to them.
const JOBS: &str = "\
job jobs layoff layoffs redundancies redundancy workforce headcount \
postes emplois effectif effectifs licenciement licenciements économies";

/// People, who are jobs when they are counted: `800 shore-side workers`.
const PEOPLE: &str = "\
workers staff staffers employees positions roles people posts salariés employés personnes poste";

/// Counts in words.
const COUNTS: &str = "hundreds thousands dozens centaines milliers dizaines centaine dizaine millier";

/// How many words may stand between a count and what it counts.
const REACH: usize = 3;

/// Returns whether a sentence tells of jobs.
pub(super) fn are_told(sentence: &str) -> bool {
    static WORDS: OnceLock<[FxHashSet<&'static str>; 3]> = OnceLock::new();
    let [jobs, people, counts] =
        WORDS.get_or_init(|| [JOBS, PEOPLE, COUNTS].map(|list| list.split_ascii_whitespace().collect()));
    let mut since_count = REACH + 1;
    for word in sentence.split(|c: char| !(c.is_alphanumeric() || c == '-')).filter(|word| !word.is_empty()) {
        let word = word.to_lowercase();
        let word = word.as_str();
        if jobs.contains(word) || since_count <= REACH && people.contains(word) {
            return true;
        }
        let is_count = word.starts_with(|c: char| c.is_ascii_digit()) || counts.contains(word);
        since_count = if is_count { 0 } else { since_count + 1 };
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn jobs_are_told_by_their_word_or_by_people_counted() {
        for sentence in [
            "Delta to cut 500 jobs",
            "la suppression de postes",
            "un plan d'économies",
            "It will lay off 800 shore-side workers.",
            "des centaines de salariés",
        ] {
            assert!(are_told(sentence), "{sentence}");
        }
        for sentence in ["Workers met.", "In 2021 it was said by some of the staff", "Il s'économise", "la Poste", ""]
        {
            assert!(!are_told(sentence), "{sentence}");
        }
    }
}
