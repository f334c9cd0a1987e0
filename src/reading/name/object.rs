//! What is done to companies, and what they are said to have done: `The EU fined Apple`, `a lawsuit against Meta`, `made by
//! Safran`, `condamne Orange à`.

use super::list::List;
use super::words::holds;

/// What regulators, courts and plaintiffs do to a company.
static ACCUSED: List = List::of(
    "\
fined fines fining sued sues suing accuses accused accusing ordered ordering charged accuse accusent accuser accusant condamne \
condamné condamner condamnent assigne assigné assigner",
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
        _ => is_accused(last),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_done_to_a_company_or_by_it_stands_before() {
        let check = |text: &str| is_object(&text.rsplit(' ').collect::<Vec<_>>());
        for text in ["The EU fined", "part-owned by", "a lawsuit against", "le tribunal condamne", "exploité par"] {
            assert!(check(text), "{text}");
        }
        for text in ["", "by", "walked by", "against", "the team against", "passer par", "fine"] {
            assert!(!check(text), "{text}");
        }
    }
}
