//! What a relative clause right behind a name says of it: `Target, which employs 40,000 people`, `Casino, qui compte 300
//! magasins`, `Gap, whose shares fell`.

use super::list::List;
use super::words;

/// What companies do with those whom they count.
static HAVING: List = List::of(
    "employs employed has had operates operated runs ran owns emploie employait compte comptait exploite exploitait possède",
);

/// Whom and what they count.
static COUNTED: List = List::of(
    "\
people workers employees staff stores shops outlets plants factories planes aircraft customers subscribers \
personnes salariés employés collaborateurs magasins supermarchés hypermarchés usines clients abonnés",
);

/// What they alone have.
static OWNED: List = List::of(
    "shares stock headquarters revenue profit profits action titre cours siège chiffre capital actionnaire actionnaires",
);

/// How many words of a clause are looked at, and how many letters.
const REACH: usize = 6;
const LETTERS: usize = 80;

/// Returns whether what follows a name is a relative clause that speaks of a company.
pub(super) fn tells(after: &str) -> bool {
    let Some(clause) = after.strip_prefix(',') else { return false };
    let end = clause.char_indices().nth(LETTERS).map_or(clause.len(), |(end, _)| end);
    let words: Vec<&str> = clause[..end].split_whitespace().take(REACH).map(bare).collect();
    match words[..] {
        ["which" | "qui", verb, ref rest @ ..] if words::holds(&HAVING, verb) => {
            let number = rest.iter().position(|word| word.starts_with(|c: char| c.is_ascii_digit()));
            // A town has people, and employs none.
            let is_counted = |word: &&str| {
                let is_crowd = matches!(*word, "people" | "personnes")
                    && !matches!(verb, "employs" | "employed" | "emploie" | "employait");
                words::holds(&COUNTED, word) && !is_crowd
            };
            number.is_some_and(|at| rest[at + 1..].iter().any(is_counted))
        }
        ["which" | "qui", "is" | "est", "listed" | "coté" | "cotée", ..] => true,
        ["whose" | "dont", ref rest @ ..] => {
            let article = rest.first().is_some_and(|word| words::is_article(word));
            rest.get(usize::from(article)).is_some_and(|word| words::holds(&OWNED, word))
        }
        _ => false,
    }
}

/// Returns a word without the signs around it and what is elided before it.
fn bare(word: &str) -> &str {
    let word = word.trim_matches([',', '.', ';', ':', '"', '”', '»', '«', '(', ')']);
    word.strip_prefix("l'").or_else(|| word.strip_prefix("l’")).unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_employs_people_and_has_shares_is_a_company() {
        for after in [
            ", which employs 40,000 people, will close",
            ", qui emploie 40.000 personnes,",
            ", qui compte plus de 300 magasins",
            ", whose shares fell",
            ", dont l'action chute",
            ", which is listed in Paris",
        ] {
            assert!(tells(after), "{after}");
        }
        for after in [
            "",
            ",",
            " which employs 40 people",
            ", which is required",
            ", qui compte 29.000 habitants",
            ", which has 3 rules",
            ", which has 20,000 people",
            ", dont le maire",
            ", whose people",
            ", who employs 3 people",
        ] {
            assert!(!tells(after), "{after}");
        }
    }
}
