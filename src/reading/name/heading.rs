//! A name alone before a colon at the head of a headline, with the business of a company behind it: `Orange : bénéfice net
//! en hausse`, `Delta: profit up 12%`.
//!
//! Words that accounts alone have make a company of it by themselves; others do so together, or with a change: a town has
//! results of its elections, and damage of three millions.

use super::list::List;
use super::words;

/// What accounts and shares alone are told in.
static ACCOUNTS: List = List::of(
    "\
bénéfice bénéfices dividende dividendes dette ebitda ebit ebita bpa opa opr profit profits earnings eps dividend dividends buyback ipo \
guidance takeover restructuration recapitalisation notation actionnaire actionnaires shareholder shareholders",
);

/// What companies have, and others too.
static BUSINESS: List = List::of(
    "\
résultat résultats chiffre affaires ca ventes marge marges action actions titre cours objectif objectifs prévisions perspectives \
cession rachat acquisition fusion offre bourse filiale commande commandes contrat contrats volumes revenus trafic carnet activité \
trimestre semestre trimestriel trimestrielle semestriel semestriels annuel annuels exercice capital emprunt obligations livraisons \
revenue revenues sales share shares stock results outlook forecast bid deal stake quarter quarterly orders contract loss losses ceo \
subsidiary merger acquisition",
);

/// What figures and shares do.
static CHANGES: List = List::of(
    "\
hausse baisse repli rebond bond recul progression croissance progresse progressent recule reculent bondit bondissent chute chutent \
grimpe grimpent baissent monte montent plonge plongent envole double doublent relevé relevés relevée relève abaisse confirme \
confirmé confirmés net nette opérationnel opérationnelle record trimestriel annuel \
up down rises rise falls fall jumps slides surges drops gains climbs beats beat misses tops raised raises cut cuts net operating \
record",
);

/// Whose results, debt and sales may stand behind the name of a town.
static OTHERS: List =
    List::of("élection élections vote scrutin tour municipales législatives loto tirage bac match ligue tournoi");

/// Returns whether a name that stands between `before` and `after` in a headline is the heading of news of a company. What may
/// `describe` a noun needs more: `Total: profit of $3 million`.
pub(super) fn heads(before: &str, after: &str, may_describe: bool) -> bool {
    if !before.trim_start_matches(['"', '«', '“', '\u{a0}', ' ', '•', '-']).is_empty() {
        return false;
    }
    let Some(told) = after.trim_start_matches(['"', '»', '”', '\u{a0}', '\u{202f}', ' ']).strip_prefix(':') else {
        return false;
    };
    let told = told.trim_start_matches(['\u{a0}', '\u{202f}', ' ']);
    // Who is quoted may be anyone.
    if told.starts_with(['"', '«', '“', '\'', '‘']) {
        return false;
    }
    let line = told.lines().next().unwrap_or_default();
    let (mut accounts, mut business, mut changes) = (0, 0, usize::from(line.contains('%')));
    for word in line.split(|c: char| !(c.is_alphanumeric() || c == '-')).filter(|word| !word.is_empty()) {
        if words::is_town(word) || words::holds(&OTHERS, word) {
            return false;
        }
        accounts += usize::from(words::holds(&ACCOUNTS, word));
        business += usize::from(words::holds(&BUSINESS, word) || super::period::is_period(word));
        changes += usize::from(words::holds(&CHANGES, word));
    }
    let has_change = changes > 0;
    if may_describe {
        return accounts + business > 0
            && has_change
            && !line.starts_with(|c: char| c.is_ascii_digit() || "$€£".contains(c));
    }
    accounts > 0 || business >= 2 || business == 1 && has_change
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_business_of_a_company_stands_behind_its_colon() {
        for after in [
            " : bénéfice net en hausse de 12 %",
            " : le chiffre d'affaires progresse au premier trimestre",
            " : la dette sera restructurée",
            " : hausse des volumes en juin",
            " : résultats semestriels",
            " : T3 en baisse",
            ": profit up 12%",
            "\u{a0}: un contrat record",
        ] {
            assert!(heads("", after, false) && heads("« ", after, false) && !heads("À ", after, false), "{after}");
        }
    }

    #[test]
    fn what_others_have_is_no_business() {
        for after in [
            "",
            " :",
            " bénéfice net",
            " dangereux : trois accidents",
            " : 12 blessés",
            " : 3 millions d'euros de dégâts",
            " : les habitants manifestent",
            " : le prix de l'eau augmente",
            " : les résultats du second tour",
            " : la dette de la ville en hausse",
            " : « le bénéfice du doute »",
            " : un contrat pour le club",
            " : les règles changent",
        ] {
            assert!(!heads("", after, false), "{after}");
        }
        assert!(!heads("", ": earnings season", true) && !heads("", ": $3 million profit, up 3%", true));
        assert!(heads("", ": profit up 3%", true));
    }
}
