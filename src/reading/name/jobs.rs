//! Sentences that tell of jobs, `500 jobs`, `la suppression de postes`, `300 salariés`. They are words of business only
//! beside a company that does something to them: everyone has a job.

use super::list::List;
use super::words;

/// Jobs, and what is done to them.
static JOBS: List = List::of(
    "\
job jobs layoff layoffs redundancies redundancy workforce headcount \
postes emplois effectif effectifs licenciement licenciements économies",
);

/// People, who are jobs when they are counted: `800 shore-side workers`.
static PEOPLE: List =
    List::of("workers staff staffers employees positions roles people posts salariés employés personnes poste");

/// Counts in words.
static COUNTS: List = List::of("hundreds thousands dozens centaines milliers dizaines centaine dizaine millier");

/// How many words may stand between a count and what it counts.
const REACH: usize = 3;

/// Returns whether a word names jobs, or people who are counted as such.
pub(super) fn is_job(word: &str) -> bool {
    words::holds(&JOBS, word) || words::holds(&PEOPLE, word)
}

/// Returns whether a sentence tells of jobs.
pub(super) fn are_told(sentence: &str) -> bool {
    let mut since_count = REACH + 1;
    for word in sentence.split(|c: char| !(c.is_alphanumeric() || c == '-')).filter(|word| !word.is_empty()) {
        let word = word.to_lowercase();
        if JOBS.has(&word) || since_count <= REACH && PEOPLE.has(&word) {
            return true;
        }
        let is_count = word.starts_with(|c: char| c.is_ascii_digit()) || COUNTS.has(&word);
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
