//! Sentences that tell of deals: `en négociations exclusives`, `fermer deux sites`, `racheté par un fonds`. They are of
//! business only beside a company that does something about them: towns negotiate, too, and close schools.

use super::list::List;
use super::{jobs, words};

/// What companies agree on and answer for.
static DEALS: List = List::of(
    "\
négociations pourparlers accord accords partenariat partenariats participation participations consensus tribunal autorité fares fees \
forfaits tarifs abonnés abonnements \
talks negotiations agreement partnership tie-up estimates expectations court courts judge judges regulator regulators",
);

/// What companies have many of, and lay on.
static SITES: List = List::of(
    "\
vols lignes stations lots alternants apprentis véhicules forfaits flights routes vehicles gigafactories \
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

/// Whom a company buys.
static TARGETS: List = List::of(
    "\
spécialiste éditeur éditrice fabricant distributeur concurrent concurrente rival rivale fournisseur société start-up startup pousse \
entreprise filiale groupe constructeur équipementier laboratoire biotech opérateur assureur courtier banque enseigne marque \
prestataire transporteur maker rival retailer company firm supplier provider developer chain producer subsidiary unit specialist",
);

/// Returns whether a sentence tells of deals. What a town does is none, though it closes schools and raises prices.
pub(super) fn are_told(sentence: &str) -> bool {
    let (mut since_number, mut before, mut told) = (REACH + 1, String::new(), false);
    for word in sentence.split(|c: char| !(c.is_alphanumeric() || c == '-')).filter(|word| !word.is_empty()) {
        let word = word.to_lowercase();
        let is_fund = word == "fonds" && before == "un";
        if DEALS.has(&word) || is_fund || since_number <= REACH && SITES.has(&word) {
            told = true;
        }
        if words::is_town(&word) || PUBLIC.has(&word) {
            return false;
        }
        let is_number = word.starts_with(|c: char| c.is_ascii_digit()) || NUMBERS.has(&word);
        since_number = if is_number { 0 } else { since_number + 1 };
        before = word;
    }
    told
}

/// What towns run.
static PUBLIC: List =
    List::of("cantine cantines piscine écoles crèche crèches municipal municipale municipaux parking school schools");

/// Returns whether the words behind a name say that it buys or sells a company or a part of one: `cède ses activités italiennes`,
/// `has agreed to sell its refinery`, `rachète un spécialiste des capteurs`, or, where capitals tell names, `rachète Zodiac`.
pub(super) fn are_made(after: &[&str], titled: bool) -> bool {
    let verb = after.iter().take(REACH + 2).position(|word| words::holds(&TRADES, word));
    let rest = verb.map_or(&[][..], |verb| &after[verb + 1..]);
    let is_other = |word: &str| words::is_date(word) || words::is_article(word) || words::is_opener(word);
    let is_name = |word: &&str| !titled && word.starts_with(char::is_uppercase) && !is_other(word);
    rest.first().is_some_and(is_name)
        || rest.iter().take(REACH + 1).any(|word| words::holds(&TARGETS, word))
        || rest.iter().any(|word| words::holds(&ASSETS, word) || words::is_possession(word))
}

/// Returns whether a text behind a name counts jobs, sites or what else companies have, right behind a verb: `ferme trois
/// usines`, `supprimera 800 emplois`, `to cut 4,000 jobs`.
pub(super) fn are_counted(after: &str) -> bool {
    let is_number = |word: &&str| word.starts_with(|c: char| c.is_ascii_digit()) || NUMBERS.has(word);
    let mut words = after.split_whitespace().map(|word| word.trim_end_matches([',', '.', ';', ':', '?', '!']));
    let Some(verb) = words.next() else { return false };
    !is_number(&verb)
        && words.by_ref().take(REACH).any(|word| is_number(&word))
        && words.take(REACH).any(|word| words::holds(&SITES, word) || jobs::is_job(word))
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
            "annule 600 vols",
            "relève ses tarifs",
        ] {
            assert!(are_told(sentence), "{sentence}");
        }
        for sentence in [
            "",
            "le site de la piscine",
            "des fonds pour l'école",
            "two weeks and then stores",
            "relève les tarifs de la cantine",
        ] {
            assert!(!are_told(sentence), "{sentence}");
        }
    }

    #[test]
    fn parts_of_companies_are_bought_and_sold() {
        let made = |after: &str| are_made(&after.split(' ').collect::<Vec<_>>(), false);
        assert!(made("cède ses activités italiennes") && made("has agreed to sell its Singapore refinery"));
        assert!(made("rachète un spécialiste des capteurs") && made("rachète Zodiac") && made("buys a rival"));
        assert!(!are_made(&["buys", "Time"], true) && !made("buys Monday") && !made("a vendu Un film"));
        assert!(!made("vend sa piscine") && !made("propose ses activités") && !made("sells") && !made(""));
    }

    #[test]
    fn what_is_counted_stands_right_behind_the_verb() {
        assert!(
            are_counted("ferme trois usines en")
                && are_counted("supprimera 800 emplois")
                && are_counted("to cut 4,000 jobs")
        );
        assert!(
            !are_counted("slides 300 points as jobs")
                && !are_counted("ferme ses usines")
                && !are_counted("2 usines")
                && !are_counted("")
        );
    }
}
