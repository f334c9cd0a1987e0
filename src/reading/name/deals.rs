//! Sentences that tell of deals: `en négociations exclusives`, `fermer deux sites`, `racheté par un fonds`. They are of
//! business only beside a company that does something about them: towns negotiate, too, and close schools.

use super::list::List;
use super::words;

/// What companies agree on and answer for.
static DEALS: List = List::of(
    "\
négociations pourparlers accord accords partenariat partenariats participation participations consensus tribunal autorité \
talks negotiations agreement partnership tie-up estimates expectations court courts judge judges regulator regulators",
);

/// What companies have many of.
static SITES: List = List::of(
    "\
sites usines magasins supermarchés hypermarchés boutiques entrepôts \
stores shops outlets plants factories mines warehouses refineries",
);

/// Small numbers in words.
static NUMBERS: List = List::of(
    "deux trois quatre cinq six sept huit neuf dix vingt trente cent two three four five six seven eight nine ten",
);

/// What is bought and sold.
static TRADES: List = List::of(
    "\
cède céder cédé cédera rachète racheter racheté acquiert acquérir acquis vend vendre vendu \
sell sells sold selling buy buys bought buying acquire acquires acquired acquiring divest divests divested",
);

/// What of a company is bought and sold, beside what it possesses.
static ASSETS: List = List::of(
    "\
activités branche branches division participation participations parts actifs réseau arm assets stake stakes operations interests \
business businesses",
);

/// How many words may stand between a number and what it counts, and before a verb.
const REACH: usize = 2;

/// Returns whether a sentence tells of deals.
pub(super) fn are_told(sentence: &str) -> bool {
    let (mut since_number, mut before) = (REACH + 1, String::new());
    for word in sentence.split(|c: char| !(c.is_alphanumeric() || c == '-')).filter(|word| !word.is_empty()) {
        let word = word.to_lowercase();
        let is_fund = word == "fonds" && before == "un";
        if DEALS.has(&word) || is_fund || since_number <= REACH && SITES.has(&word) {
            return true;
        }
        let is_number = word.starts_with(|c: char| c.is_ascii_digit()) || NUMBERS.has(&word);
        since_number = if is_number { 0 } else { since_number + 1 };
        before = word;
    }
    false
}

/// Returns whether the words behind a name say that it buys or sells a part of a company: `cède ses activités italiennes`,
/// `has agreed to sell its refinery`.
pub(super) fn are_made(after: &[&str]) -> bool {
    let verb = after.iter().take(REACH + 2).position(|word| words::holds(&TRADES, word));
    let rest = verb.map_or(&[][..], |verb| &after[verb + 1..]);
    rest.iter().any(|word| words::holds(&ASSETS, word) || words::is_possession(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deals_are_told_by_their_words_or_by_sites_counted() {
        for sentence in [
            "Casino entre en négociations exclusives.",
            "racheté par un fonds",
            "fermer deux sites",
            "close 40 more stores",
            "beats estimates",
        ] {
            assert!(are_told(sentence), "{sentence}");
        }
        for sentence in ["", "le site de la piscine", "des fonds pour l'école", "two weeks and then stores"] {
            assert!(!are_told(sentence), "{sentence}");
        }
    }

    #[test]
    fn parts_of_companies_are_bought_and_sold() {
        let made = |after: &str| are_made(&after.split(' ').collect::<Vec<_>>());
        assert!(made("cède ses activités italiennes") && made("has agreed to sell its Singapore refinery"));
        assert!(!made("vend sa piscine") && !made("propose ses activités") && !made("sells") && !made(""));
    }
}
