//! What one holds of a company, before its name: `shares of Apple`, `le directeur financier d'Orange`, `l'ex-PDG d'Orange`.
//!
//! An adjective, or what a council is of, may stand between: `le conseil d'administration d'Orange`.

use super::list::List;
use super::words::{self, holds};

/// What one holds of a company with a preposition alone.
static HELD: List = List::of(
    "\
assemblée conseil comité tête réseau réseaux prévisions ventes comptes stratégie chiffre marge marges investissements activités \
dividende effectifs perspectives performances présidence gouvernance sous-traitant sous-traitants syndicat syndicats grévistes franchisés",
);

/// Adjectives of what companies have.
static ADJECTIVES: List = List::of(
    "\
général générale généraux générales annuel annuelle annuels annuelles trimestriel trimestriels trimestrielle trimestrielles \
semestriel semestriels semestrielle semestrielles financier financière financiers financières consolidé consolidés net nette \
nets nettes opérationnel opérationnelle opérationnels opérationnelles commercial commerciale commerciales commerciaux \
industriel industrielle industriels industrielles stratégique stratégiques exécutif exécutive délégué déléguée adjoint adjointe \
mobile fixe historique historiques actuel actuelle futur future social principal principale principaux ordinaire",
);

/// What a council, a committee and a figure of accounts are of.
static COUNCIL: List = List::of("administration surveillance direction entreprise groupe affaires");

/// What is a plan of a company with an adjective alone.
static PLANS: List = List::of("plan plans");

/// Who speaks for a company or leads it.
static PEOPLE: List = List::of(
    "\
pdg dg patron patronne directeur directrice président présidente dirigeant dirigeante fondateur fondatrice porte-parole ceo \
chairman founder spokesman spokeswoman chief",
);

/// What is held of a company.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Held {
    /// A thing, or people.
    Thing,
    /// One who leads it, whose name may follow.
    Person,
}

/// Returns what the words before a name, the nearest first, hold of its company.
pub(super) fn held(before: &[&str]) -> Option<Held> {
    let (&last, rest) = before.split_first()?;
    if words::is_held(last) {
        return Some(Held::Thing);
    }
    if !words::is_of(last) {
        return None;
    }
    let (&noun, rest) = rest.split_first()?;
    let mut found = kind(noun);
    let mut rest = rest;
    if holds(&ADJECTIVES, noun) {
        // `le directeur général délégué d'Orange`
        while let [next, more @ ..] = rest
            && holds(&ADJECTIVES, next)
        {
            rest = more;
        }
        found = rest.first().and_then(|noun| kind(noun).or(holds(&PLANS, noun).then_some(Held::Thing)));
    } else if let [of, council, more @ ..] = rest
        && COUNCIL.has(noun)
        && words::is_of(of)
        && kind(council).is_some()
    {
        // `le président du conseil d'administration d'Orange`
        found = match more {
            [of, person, ..] if words::is_of(of) => kind(person).or(Some(Held::Thing)),
            _ => Some(Held::Thing),
        };
    }
    found
}

/// Returns what a noun before a preposition holds: `PDG`, `ex-PDG`, `réseau`.
fn kind(noun: &str) -> Option<Held> {
    let noun = noun.strip_prefix("ex-").or_else(|| noun.strip_prefix("co-")).unwrap_or(noun);
    if holds(&PEOPLE, noun) {
        return Some(Held::Person);
    }
    (words::is_held(noun) || holds(&HELD, noun)).then_some(Held::Thing)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_adjective_or_a_council_is_looked_past() {
        let check = |text: &str, expected| {
            let before: Vec<&str> = text.rsplit(' ').collect();
            assert_eq!(held(&before), expected, "{text}");
        };
        for text in [
            "shares of",
            "actions",
            "l assemblée générale d",
            "le conseil d administration d",
            "le comité d entreprise d",
            "le chiffre d affaires de",
            "les résultats annuels de",
            "le plan social d",
            "le réseau d",
            "à la tête d",
            "la présidence de",
        ] {
            check(text, Some(Held::Thing));
        }
        for text in ["le PDG d", "l ex-PDG d", "président du conseil d administration d", "directeur général délégué d"]
        {
            check(text, Some(Held::Person));
        }
        for text in [
            "",
            "d",
            "la ville d",
            "le théâtre antique d",
            "le conseil municipal d",
            "le conseil régional d",
            "l hôpital général d",
            "le plan d",
            "réseau",
            "la fête d entreprise d",
        ] {
            check(text, None);
        }
    }
}
