//! Light inflection: whether two forms differ by the endings of plural and feminine alone. Forms that do
//! are nearer to one another than all that a stemmer joins. The endings are those of French
//! (`journaux`, `européennes`) and of the English plural (`companies`).

use super::fold;

/// Returns whether `a` and `b` are the same word but for accents, number and gender.
pub fn is_inflection(a: &str, b: &str) -> bool {
    inflection_root(a) == inflection_root(b)
}

/// Returns what is left of a form without accents and the endings of number and gender; forms of which the same is left
/// are inflections of one another.
pub fn inflection_root(form: &str) -> String {
    root(fold(form))
}

/// Returns the folds that a fold may stand as in another number, or in the gender that its stem does not tell, without
/// itself, each once. A stemmer joins most of them (`annonce`, `annoncées`), but gives others stems of their own
/// (`crédit` and `crédits`, `emploi` and `emplois`, `directrice` and `directeur`). Whether there is such a word is for
/// the vocabulary to say.
pub fn inflections(fold: &str) -> Vec<String> {
    let mut bases = singulars(fold);
    for other in bases.iter().flat_map(|base| other_gender(base)).collect::<Vec<_>>() {
        push_new(&mut bases, other);
    }
    let mut found = Vec::new();
    for base in &bases {
        let plural =
            PLURALS.iter().find_map(|(plural, singular)| Some(base.strip_suffix(singular)?.to_owned() + plural));
        let regular = (!base.ends_with(['s', 'x', 'z'])).then(|| format!("{base}s"));
        for form in [Some(base.clone()), plural, regular].into_iter().flatten().filter(|form| form != fold) {
            push_new(&mut found, form);
        }
    }
    found
}

/// Returns a fold and what it may be the plural of.
fn singulars(fold: &str) -> Vec<String> {
    let mut found = vec![fold.to_owned()];
    let is_long = |rest: &str| rest.len() >= SHORTEST;
    for (plural, singular) in PLURALS {
        if let Some(rest) = fold.strip_suffix(plural).filter(|rest| !rest.is_empty()) {
            push_new(&mut found, format!("{rest}{singular}"));
        }
    }
    if let Some(rest) = fold.strip_suffix('s').filter(|rest| is_long(rest) && !rest.ends_with('s')) {
        push_new(&mut found, rest.to_owned());
    }
    found
}

/// Returns the feminine of a masculine, or the reverse, where their stems differ.
fn other_gender(fold: &str) -> Option<String> {
    let is_long = |rest: &&str| rest.len() >= SHORTEST;
    GENDERS
        .iter()
        .flat_map(|(a, b)| [(a, b), (b, a)])
        .find_map(|(ending, other)| fold.strip_suffix(ending).filter(is_long).map(|rest| format!("{rest}{other}")))
}

fn push_new(list: &mut Vec<String>, form: String) {
    if !list.contains(&form) {
        list.push(form);
    }
}

/// Endings of the masculine and the feminine that a stemmer parts, the longer before the shorter.
const GENDERS: &[(&str, &str)] = &[("teur", "trice"), ("eur", "euse"), ("er", "ere"), ("u", "ue"), ("it", "ite")];

/// The least letters that are left of a word.
const SHORTEST: usize = 3;

/// Plural endings that change more than the last letter, the longest first, and those of the singular.
const PLURALS: &[(&str, &str)] = &[("eaux", "eau"), ("aux", "al"), ("eux", "eu"), ("ies", "y")];

/// Feminine endings without their e, and the masculine ones; `y` is what `ies` leaves of `company`.
const FEMININES: &[(&str, &str)] = &[
    ("ell", "el"),
    ("enn", "en"),
    ("onn", "on"),
    ("ett", "et"),
    ("iv", "if"),
    ("tric", "teur"),
    ("eu", "eur"),
    ("y", "i"),
];

/// Drops the endings of plural and feminine from a fold.
fn root(word: String) -> String {
    let mut root = with_ending(word, PLURALS);
    while root.len() > SHORTEST && root.ends_with(['e', 's', 'x']) && !root.ends_with("ss") {
        root.pop();
    }
    with_ending(root, FEMININES)
}

fn with_ending(mut word: String, endings: &[(&str, &str)]) -> String {
    let fits = |ending: &&(&str, &str)| word.len() >= ending.0.len() + SHORTEST - 1 && word.ends_with(ending.0);
    if let Some((ending, other)) = endings.iter().find(fits) {
        word.truncate(word.len() - ending.len());
        word.push_str(other);
    }
    word
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_looked_for_in_its_other_number() {
        for (fold, want) in [
            ("credit", "credits"),
            ("credits", "credit"),
            ("emplois", "emploi"),
            ("emploi", "emplois"),
            ("journaux", "journal journals"),
            ("canal", "canaux canals"),
            ("companies", "company companie companys"),
            ("directrice", "directrices directeur directeurs"),
            ("chercheur", "chercheurs chercheuse chercheuses"),
            ("petite", "petites petit petits"),
            ("vendus", "vendu vendue vendues"),
            ("etrangers", "etranger etrangere etrangeres"),
            ("prix", ""),
            ("gas", ""),
            ("business", ""),
        ] {
            let got = inflections(fold);
            for want in want.split_whitespace() {
                assert!(got.iter().any(|form| form == want), "{fold}: {got:?}");
            }
            assert!(!got.iter().any(|form| form == fold), "{fold}: {got:?}");
        }
    }

    #[test]
    fn number_and_gender_are_inflections_and_the_rest_is_not() {
        for (a, b, want) in [
            ("marché", "marchés", true),
            ("marché", "marche", true),
            ("journal", "journaux", true),
            ("bureau", "bureaux", true),
            ("européen", "européennes", true),
            ("européenne", "européens", true),
            ("actuel", "actuelle", true),
            ("annoncé", "annoncées", true),
            ("sportif", "sportives", true),
            ("heureux", "heureuse", true),
            ("français", "française", true),
            ("directeur", "directrices", true),
            ("chercheur", "chercheuses", true),
            ("étranger", "étrangères", true),
            ("vendus", "vendue", true),
            ("company", "companies", true),
            ("share", "shares", true),
            ("business", "busines", false),
            ("licencier", "licenciement", false),
            ("publicis", "public", false),
            ("boeing", "boe", false),
            ("cours", "cour", true),
        ] {
            assert_eq!(is_inflection(a, b), want, "{a} {b}");
            assert_eq!(is_inflection(b, a), want, "{b} {a}");
        }
    }
}
