//! What is done to companies, and what they are said to have done: `The EU fined Apple`, `a lawsuit against Meta`, `made by
//! Safran`, `condamne Orange à`.

use super::list::List;
use super::words::holds;

/// What regulators, courts and plaintiffs do to a company.
static ACCUSED: List = List::of(
    "\
fined fines fining sued sues suing accuses accused accusing ordered ordering charged accuse accusent accuser accusant condamne \
condamné condamner condamnent assigne assigné assigner investigates investigating investigated",
);

/// What is taken against a company.
static CASES: List = List::of(
    "lawsuit lawsuits suit suits complaint complaints case cases probe probes investigation investigations claims fine",
);

/// What companies do with things, as participles.
static DONE: List = List::of(
    "\
owned made built operated manufactured produced run supplied developed controlled exploité exploitée exploités exploitées fabriqué \
fabriquée fabriqués fabriquées construit construite construits construites détenu détenue détenus détenues contrôlé contrôlée \
produit produite produits produites racheté rachetée rachetés rachetées édité éditée opéré opérée commercialisé commercialisée \
commercialisés commercialisées fourni fournie fournis fournies",
);

/// Who inquires into companies.
static REGULATORS: List = List::of(
    "\
autorité autorités commission concurrence parquet régulateur régulateurs gendarme justice fisc bruxelles amf acpr cnil dgccrf pnf \
antitrust",
);

/// How work stops.
static STOPPAGES: List = List::of("strike strikes walkout walkouts stoppage stoppages");

/// How one comes from a company, and for what one leaves it.
static JOINING: List = List::of("joined joins joining poached hired");
static LEADING: List = List::of("diriger présider piloter run lead head");

/// What gives a company something.
static GIVERS: List = List::of("deal acquisition merger purchase takeover transaction agreement contract");

/// Returns whether a company is accused so.
pub(super) fn is_accused(word: &str) -> bool {
    holds(&ACCUSED, word)
}

/// Returns whether the words before a name, the nearest first, say what is done to it or by it.
pub(super) fn is_object(before: &[&str]) -> bool {
    let Some((&last, rest)) = before.split_first() else { return false };
    let before = rest.first().copied().unwrap_or_default();
    match last {
        // `part-owned by Delta`
        "by" | "par" => holds(&DONE, before.rsplit('-').next().unwrap_or(before)),
        "against" => holds(&CASES, before),
        // `L'Autorité de la concurrence enquête sur Casino`
        "sur" if matches!(before, "enquête" | "enquêtent" | "enquêter") => {
            rest[1..].iter().any(|word| holds(&REGULATORS, word))
        }
        "at" => holds(&STOPPAGES, before),
        "from" => holds(&JOINING, before),
        // `The deal gives Visa a foothold`
        "gives" | "give" | "gave" | "giving" => rest.iter().any(|word| holds(&GIVERS, word)),
        _ => is_accused(last),
    }
}

/// Returns whether the words around a name tell that someone left it to lead another: `a quitté Orange pour diriger un fonds`.
pub(super) fn is_left(before: &[&str], after: &[&str]) -> bool {
    let [Some(leaves), Some(to), Some(lead)] = [before.first(), after.first(), after.get(1)] else { return false };
    matches!(*leaves, "quitté" | "quitte" | "left" | "leaves") && matches!(*to, "pour" | "to") && holds(&LEADING, lead)
}

/// What one does to a company before a court.
static SUED: List = List::of("attaque attaquent attaqué attaquer poursuit poursuivent poursuivi poursuivre traîne");

/// Returns whether the words around a name tell that it is taken to court: `attaque Orange devant la justice`.
pub(super) fn is_sued(before: &[&str], after: &[&str]) -> bool {
    before.first().is_some_and(|word| holds(&SUED, word))
        && matches!(
            after,
            ["en", "justice", ..]
                | ["devant", "la", "justice", ..]
                | ["devant", "les", "tribunaux", ..]
                | ["devant", "le", "tribunal", ..]
        )
}

/// Returns whether the words behind a name tell that a regulator aims at it: `dans le viseur de Bruxelles`.
pub(super) fn is_targeted(after: &[&str]) -> bool {
    matches!(after, ["dans", "le", "viseur", "de" | "du" | "des" | "d", rest @ ..]
        if rest.iter().take(3).any(|word| holds(&REGULATORS, word)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_on_both_sides_tell_who_is_left_or_aimed_at() {
        let words = |text: &'static str| text.split(' ').collect::<Vec<_>>();
        assert!(is_left(&["quitté", "a"], &words("pour diriger un")) && is_left(&["left"], &words("to run a")));
        assert!(!is_left(&["quitté"], &words("pour Paris")) && !is_left(&["left"], &["to"]) && !is_left(&[], &[]));
        assert!(
            is_targeted(&words("dans le viseur de l Autorité")) && is_targeted(&words("dans le viseur de Bruxelles"))
        );
        assert!(
            !is_targeted(&words("dans le viseur des automobilistes")) && !is_targeted(&words("dans le brouillard"))
        );
    }

    #[test]
    fn who_is_taken_to_court_is_a_company() {
        assert!(is_sued(&["attaque"], &["devant", "la", "justice"]) && is_sued(&["poursuivi"], &["en", "justice"]));
        assert!(
            !is_sued(&["attaque"], &["devant", "la", "mairie"])
                && !is_sued(&["voit"], &["en", "justice"])
                && !is_sued(&[], &[])
        );
    }

    #[test]
    fn what_is_done_to_a_company_or_by_it_stands_before() {
        let check = |text: &str| is_object(&text.rsplit(' ').collect::<Vec<_>>());
        for text in ["The EU fined", "part-owned by", "a lawsuit against", "le tribunal condamne", "exploité par"] {
            assert!(check(text), "{text}");
        }
        for text in [
            "are investigating",
            "Autorité de la concurrence enquête sur",
            "Strike at",
            "He joined from",
            "The deal gives",
        ] {
            assert!(check(text), "{text}");
        }
        for text in ["Une enquête sur", "enquête sur", "looked at", "he came from", "She gives"] {
            assert!(!check(text), "{text}");
        }
        for text in ["", "by", "walked by", "against", "the team against", "passer par", "fine"] {
            assert!(!check(text), "{text}");
        }
    }
}
