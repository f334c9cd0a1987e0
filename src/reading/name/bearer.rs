//! What bears the name of a company behind its own, as French has it: `la Fondation Renault`, `le prix Bouygues`, `la Ligue 1
//! McDonald's`, `le skipper de Virbac`.

use super::list::List;
use super::words::holds;

/// What is given, played and sailed under a name.
static BEARERS: List = List::of(
    "\
fondation chaire prix trophée coupe ligue euroligue championnat tournoi challenge amicale monocoque trimaran catamaran \
voilier monotype",
);

/// Who sails and rides for a name.
static RIDERS: List = List::of("skipper skippeuse coureur coureuse cycliste");

/// What stands before a noun that is one, and no verb: `la banque coupe`, `rivals challenge`.
static ARTICLES: List = List::of("le la l un une du de d au aux ce cette son sa leur des les à");

/// Colours of jerseys.
static COLOURS: List = List::of("jaune jaunes vert verts rose rouge blanc bleu");

/// Returns whether the words before a name, the nearest first, tell of what bears it.
pub(super) fn bears(before: &[&str]) -> bool {
    let is_bearer = |rest: &[&str]| {
        let [noun, rest @ ..] = rest else { return false };
        let is_noun = || rest.first().is_some_and(|word| holds(&ARTICLES, word));
        // English begins a title so, and it is a verb there.
        let is_proper = || noun.starts_with(char::is_uppercase) && *noun != "Challenge";
        holds(&BEARERS, noun) && (is_proper() || is_noun())
    };
    match before {
        ["de" | "d" | "chez", noun, ..] | [noun, ..] if holds(&RIDERS, noun) => true,
        [colour, "maillot", ..] if holds(&COLOURS, colour) => true,
        // `Ligue 1`
        [number, rest @ ..] if number.starts_with(|c: char| c.is_ascii_digit()) => is_bearer(rest),
        // `Coupe de France`, `Fondation d'entreprise`, but not `le prix du gaz`.
        [_, "de" | "du" | "des" | "d", rest @ ..]
            if rest.first().is_some_and(|noun| noun.starts_with(char::is_uppercase)) && is_bearer(rest) =>
        {
            true
        }
        _ => is_bearer(before),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_bears_a_name_stands_before_it() {
        let check = |text: &str| bears(&text.rsplit(' ').collect::<Vec<_>>());
        for text in [
            "la Fondation",
            "la fondation",
            "Fondation d entreprise",
            "Ligue 1",
            "l Euroligue",
            "la Coupe de France",
            "le Trophée",
            "le prix",
            "Prix du Roman",
            "la chaire",
            "maillot jaune",
            "le monocoque",
            "le skipper de",
            "coureur",
        ] {
            assert!(check(text), "{text}");
        }
        for text in
            ["", "la banque coupe", "le prix du gaz", "rivals challenge", "Challenge", "le groupe", "de", "en 2024"]
        {
            assert!(!check(text), "{text}");
        }
    }
}
