//! Brokers in headlines: who judges a share, and is not what the article is about: `Barclays cuts its target on Vodafone`,
//! `Nokia downgraded at JPMorgan`, `Rubis : Citi passe à l'achat`.
//!
//! Read from what stands between two companies of one headline: a word of rating, and a preposition or a verb that has the
//! other company for its object.

use std::ops::Range;

use super::super::name::list::List;
use super::super::name::ratings::{AIMS, CHANGES, RATED, RATINGS};

/// What joins a judgement to the company judged.
static ABOUT: List = List::of("on for of in over sur pour de d concernant");

/// What joins it to the judge.
static JUDGED: List = List::of("at by from par chez");

/// Returns whether the company named at `judge` judges the one named at `judged`, in a headline.
pub(super) fn judges(headline: &str, judge: &Range<usize>, judged: &Range<usize>) -> bool {
    let words = |range: Range<usize>| Words(headline.get(range).unwrap_or_default());
    if judge.end <= judged.start {
        let (between, after) = (words(judge.end..judged.start), words(judged.end..headline.len()));
        let last = between.list().next_back().unwrap_or_default();
        return !between.is_apart()
            && (ABOUT.has(&last) && (between.any(&RATINGS) || between.any(&RATED))
                || RATED.has(&last)
                || CHANGES.has(&last) && after.any(&RATINGS));
    }
    let (between, after) = (words(judged.end..judge.start), words(judge.end..headline.len()));
    match between.list().next_back() {
        // `Rubis : Citi passe à l'achat`
        None => {
            // `Casino : Citi à vendre`, `Michelin : UBS vise 33 euros`
            let is_said = || after.begins(&CHANGES) || after.list().next().is_some_and(|word| word == "à");
            between.is_apart() && (after.any(&RATINGS) && is_said() || after.any(&RATED) || after.begins(&AIMS))
        }
        Some(last) => JUDGED.has(&last) && [&RATED, &RATINGS, &CHANGES].into_iter().any(|list| between.any(list)),
    }
}

/// A part of a headline.
struct Words<'a>(&'a str);

impl Words<'_> {
    /// Returns the words in small letters.
    fn list(&self) -> impl DoubleEndedIterator<Item = String> {
        let words = self.0.split(|c: char| !c.is_alphanumeric() && c != '-');
        words.filter(|word| !word.is_empty() && *word != "-").map(str::to_lowercase)
    }

    fn any(&self, list: &List) -> bool {
        self.list().any(|word| list.has(&word))
    }

    /// Returns whether one of the first words is of the list.
    fn begins(&self, list: &List) -> bool {
        self.list().take(3).any(|word| list.has(&word))
    }

    /// Returns whether a sign parts what stands on its sides.
    fn is_apart(&self) -> bool {
        self.0.contains([':', ';', '|', '–', '—', '\n']) || self.0.trim() == "-"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The judge is in brackets, the judged in braces.
    fn check(marked: &str, expected: bool) {
        let headline: String = marked.chars().filter(|c| !"[]{}".contains(*c)).collect();
        let place = |open: char, close: char| {
            let clean = |to: char| {
                marked.split(to).next().unwrap().chars().filter(|c| !"[]{}".contains(*c)).map(char::len_utf8).sum()
            };
            clean(open)..clean(close)
        };
        assert_eq!(judges(&headline, &place('[', ']'), &place('{', '}')), expected, "{marked}");
    }

    #[test]
    fn who_judges_a_share_is_told_by_words_of_rating() {
        for marked in [
            "[Jefferies] relève son objectif sur {Schneider Electric}",
            "[Morgan Stanley] upgrades {Deere} to overweight",
            "[Barclays] cuts price target on {Vodafone}",
            "[Société Générale] n'est plus acheteur de {BNP Paribas}",
            "{Nokia} downgraded at [JPMorgan]",
            "[Deutsche Bank] resumes {Airbus} at buy",
            "{Rubis} : [Citi] passe à l'achat",
            "{Kering}: objectif relevé par [HSBC]",
            "[UBS] raises {Nestle} to buy",
            "{Michelin} : [UBS] vise 33 euros",
            "{Casino} : [Citi] à vendre",
        ] {
            check(marked, true);
        }
    }

    #[test]
    fn who_does_business_does_not_judge() {
        for marked in [
            "[LVMH] confirme son offre sur {Tiffany}",
            "[UBS] buys {Credit Suisse}",
            "[Renault] relève son objectif, {Nissan} abaisse le sien",
            "[Boeing] cuts {Spirit AeroSystems} orders",
            "{Boeing} beaten by [Airbus]",
            "{Toyota} : [Renault] recule",
        ] {
            check(marked, false);
        }
    }
}
