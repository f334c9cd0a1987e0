//! A name alone before a colon at the head of a headline or a line, with the business of a company behind it: `Orange :
//! bénéfice net en hausse`, `Delta: profit up 12%`; before brackets, as agendas have it, `Orange (résultats trimestriels)`;
//! or with the judgement of a broker behind it, `Orange : neutre`, `Casino : Kepler Cheuvreux à vendre`.
//!
//! Words that accounts alone have make a company of it by themselves; others do so together, or with a change: a town has
//! results of its elections, and damage of three millions.

use super::list::List;
use super::{deals, ratings, words};
use crate::market::names;
use crate::reading::letters;

/// What accounts and shares alone are told in.
static ACCOUNTS: List = List::of(
    "\
bénéfice bénéfices dividende dividendes dette ebitda ebit ebita bpa opa opr profit profits earnings eps dividend dividends buyback ipo \
guidance takeover restructuration recapitalisation notation surperformance surperformer sous-performance sous-performer surpondérer \
sous-pondérer surpondération sous-pondération overweight underweight outperform underperform actionnaire actionnaires shareholder shareholders",
);

/// What companies have, and others too.
static BUSINESS: List = List::of(
    "\
résultat résultats chiffre affaires ca ventes marge marges action actions titre cours objectif objectifs prévisions perspectives \
cession rachat acquisition fusion offre bourse filiale commande commandes contrat contrats volumes revenus trafic carnet activité \
trimestre semestre trimestriel trimestrielle semestriel semestriels annuel annuels exercice capital emprunt obligations livraisons \
revenue revenues sales share shares stock results outlook forecast bid deal stake quarter quarterly orders contract loss losses ceo \
subsidiary merger acquisition neutre neutral",
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

/// Returns whether results and sales are told of others with this word.
pub(super) fn is_of_others(word: &str) -> bool {
    words::holds(&OTHERS, word)
}

/// Returns whether nothing but a name stands before the colon that a text begins with.
pub(super) fn is_headed(text: &str, start: usize, end: usize) -> bool {
    text[end..].trim_start_matches(letters::SPACES).starts_with(':') && opens(&text[..start])
}

/// Returns whether nothing but a mark stands before a name.
fn opens(before: &str) -> bool {
    before.trim_start_matches(['"', '«', '“', '\u{a0}', ' ', '•', '-']).is_empty()
}

/// How far before a name its line begins at most, and how long its brackets are, in bytes.
const LINE: usize = 60;
const BRACKET: usize = 80;

/// Returns whether a name that stands between `before` and `after` is the heading of news of a company. What may
/// `describe` a noun needs more: `Total: profit of $3 million`.
pub(super) fn heads(before: &str, after: &str, may_describe: bool) -> bool {
    let after = after.trim_start_matches(['"', '»', '”', '\u{a0}', '\u{202f}', ' ']);
    if let Some(inner) = after.strip_prefix('(') {
        let inner = letters::head(inner, BRACKET).split_once(')').map(|(inner, _)| inner);
        return inner.is_some_and(is_event)
            || inner.and_then(Told::of).is_some_and(|told| told.accounts + told.business >= 2);
    }
    if !after.starts_with([':', 'e', 'a']) {
        return false;
    }
    let Some((told, has_peer)) = behind_colon(before, after) else { return false };
    let told = told.trim_start_matches(['\u{a0}', '\u{202f}', ' ']);
    // Who is quoted may be anyone.
    if told.starts_with(['"', '«', '“', '\'', '‘']) {
        return false;
    }
    let line = told.lines().next().unwrap_or_default();
    let Some(told) = Told::of(line) else { return false };
    let has_change = told.changes > 0;
    if may_describe {
        return told.accounts + told.business > 0
            && has_change
            && !line.starts_with(|c: char| c.is_ascii_digit() || "$€£".contains(c));
    }
    told.accounts > 0
        || told.business >= 2
        || told.business == 1 && has_change
        || ratings::are_given(line)
        || words::begins_with_role(line)
        || has_peer && deals::are_told(line)
}

/// Returns what stands behind the colon of a name that begins a line, and whether another company does so with it:
/// `Leonardo et Thales : …`.
fn behind_colon<'a>(before: &str, after: &'a str) -> Option<(&'a str, bool)> {
    let near = letters::tail(before, LINE);
    let line = match near.rsplit_once('\n') {
        Some((_, line)) => line,
        None if near.len() == before.len() => near,
        None => return None,
    };
    let line = line.trim_start_matches(['"', '«', '“', '\u{a0}', ' ', '•', '-', '*', '–', '—']);
    let is_company = |name: &str| names::longest_at(name, 0).is_some_and(|(end, _)| end == name.len());
    if line.is_empty() {
        if let Some(told) = after.strip_prefix(':') {
            return Some((told, false));
        }
        let peer = AND.iter().find_map(|and| after.strip_prefix(and))?;
        let (name, _) = letters::head(peer, LINE).split_once(':')?;
        return is_company(name.trim_end()).then_some((&peer[name.len() + 1..], true));
    }
    let peer = AND.iter().find_map(|and| line.trim_end().strip_suffix(and.trim_end()))?;
    after.strip_prefix(':').filter(|_| is_company(peer.trim_end())).map(|told| (told, true))
}

/// What joins two names.
const AND: [&str; 2] = ["et ", "and "];

/// How many words of each sort a heading tells its news in.
#[derive(Default)]
struct Told {
    accounts: usize,
    business: usize,
    changes: usize,
}

impl Told {
    /// Counts the words of a line; `None` if it tells of others.
    fn of(line: &str) -> Option<Told> {
        let mut told = Told { changes: usize::from(line.contains('%')), ..Told::default() };
        for word in line.split(|c: char| !(c.is_alphanumeric() || c == '-')).filter(|word| !word.is_empty()) {
            if words::is_town(word) || is_of_others(word) {
                return None;
            }
            told.accounts += usize::from(words::holds(&ACCOUNTS, word));
            told.business += usize::from(words::holds(&BUSINESS, word) || super::period::is_period(word));
            told.changes += usize::from(words::holds(&CHANGES, word));
        }
        told.business += MEETINGS.iter().filter(|meeting| ends_phrase(line, meeting)).count() * 2;
        Some(told)
    }
}

/// Returns whether brackets hold what an agenda has in them: `(T1)`, `(AG)`, `(résultats, avant Bourse)`, `(before the bell)`.
fn is_event(inner: &str) -> bool {
    let first = inner.split(',').next().unwrap_or_default().trim();
    super::period::is_period(first) || EVENTS.iter().any(|event| first.eq_ignore_ascii_case(event))
}

/// What an agenda has in brackets.
const EVENTS: [&str; 12] = [
    "AG",
    "AGM",
    "AGO",
    "ventes",
    "sales",
    "earnings",
    "avant Bourse",
    "après Bourse",
    "before the bell",
    "after the bell",
    "before the open",
    "after the close",
];

/// Where shareholders meet, if nobody else is said to.
const MEETINGS: [&str; 3] = ["assemblée générale", "assemblée générale annuelle", "annual meeting"];

/// Returns whether a line has a phrase before a sign or its end.
fn ends_phrase(line: &str, phrase: &str) -> bool {
    line.find(phrase).is_some_and(|at| !line[at + phrase.len()..].starts_with([' ', '\u{a0}']))
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
    fn lines_brackets_pairs_and_brokers_head_too() {
        for (before, after) in [
            ("Agenda\n", " : ventes du troisième trimestre"),
            ("Agenda\n- ", " : assemblée générale"),
            ("Mardi : ", " (résultats trimestriels, avant Bourse), "),
            ("et ", " (ventes T3)"),
            ("et ", " (T1), Rubis"),
            ("et ", " (AG)"),
            ("et ", " (before the bell)"),
            ("* ", " : l'opérateur a signé avec un port"),
            ("", " et Airbus : les négociations avancent"),
            ("Airbus et ", " : les négociations avancent"),
            ("", " : neutre, objectif 14 euros"),
            ("", " : Kepler Cheuvreux à vendre"),
            ("", " : UBS vise 33 euros"),
            ("", " : Oddo BHF passe de neutre à surperformance"),
        ] {
            assert!(heads(before, after, false), "{before}@{after}");
        }
        for (before, after) in [
            ("a ", " : ventes du trimestre"),
            ("", " : maison à vendre, 300.000 euros"),
            ("", " : assemblée générale du club"),
            ("", " (résultats des élections)"),
            ("", " (Vaucluse)"),
            ("", " (CA)"),
            ("", " et Avignon : les négociations avancent"),
            ("", " et la mer : les négociations"),
            ("", " : UBS ouvre une agence"),
            ("", " et"),
        ] {
            assert!(!heads(before, after, false), "{before}@{after}");
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
