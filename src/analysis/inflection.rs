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

/// The least letters that are left of a word.
const SHORTEST: usize = 3;

/// Plural endings that change more than the last letter, the longest first, and those of the singular.
const PLURALS: &[(&str, &str)] = &[("eaux", "eau"), ("aux", "al")];

/// Feminine endings without their e, and the masculine ones; `y` is what `ies` leaves of `company`.
const FEMININES: &[(&str, &str)] =
    &[("ell", "el"), ("enn", "en"), ("onn", "on"), ("ett", "et"), ("iv", "if"), ("y", "i")];

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
