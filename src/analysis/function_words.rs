//! The function words of French and English: articles, pronouns, prepositions, conjunctions,
//! auxiliaries. They are indexed like every word; these lists only tell a ranked query what carries
//! little meaning, and which language a query is in.

use crate::article::Language;

/// Function words of French, folded, sorted.
#[rustfmt::skip]
const FRENCH: &[&str] = &[
    "a", "afin", "ai", "alors", "apres", "as", "au", "aucun", "aucune", "aussi", "autre", "autres", "aux",
    "avait", "avant", "avec", "avez", "avoir", "avons", "ayant", "c", "car", "ce", "ceci", "cela", "celle",
    "celles", "celui", "ces", "cet", "cette", "ceux", "chaque", "chez", "ci", "comme", "comment", "dans",
    "de", "depuis", "des", "donc", "dont", "du", "durant", "elle", "elles", "en", "encore", "entre", "es",
    "est", "et", "etaient", "etait", "etant", "ete", "etes", "etre", "eu", "eux", "faire", "fait", "faut",
    "furent", "fut", "ici", "il", "ils", "je", "l", "la", "laquelle", "le", "lequel", "les", "lesquelles",
    "lesquels", "leur", "leurs", "lors", "lorsque", "lui", "ma", "mais", "me", "meme", "memes", "mes", "moi",
    "moins", "mon", "ne", "ni", "nos", "notre", "nous", "on", "ont", "ou", "par", "parce", "pas", "pendant",
    "peu", "peut", "peuvent", "plus", "pour", "pourquoi", "puis", "qu", "quand", "que", "quel", "quelle",
    "quelles", "quels", "qui", "quoi", "sa", "sans", "se", "selon", "sera", "seront", "ses", "si", "sinon",
    "soi", "soit", "son", "sont", "sous", "suis", "sur", "ta", "te", "tes", "toi", "ton", "tous", "tout",
    "toute", "toutes", "tres", "tu", "un", "une", "vers", "vos", "votre", "vous", "y",
];

/// Function words of English, folded, sorted.
#[rustfmt::skip]
const ENGLISH: &[&str] = &[
    "a", "about", "after", "again", "all", "also", "am", "an", "and", "any", "are", "as", "at", "be",
    "because", "been", "before", "being", "between", "both", "but", "by", "can", "could", "did", "do", "does",
    "doing", "during", "each", "for", "from", "had", "has", "have", "having", "he", "her", "here", "hers",
    "him", "his", "how", "i", "if", "in", "into", "is", "it", "its", "itself", "may", "me", "might", "more",
    "most", "must", "my", "no", "nor", "not", "of", "off", "on", "once", "only", "or", "other", "our", "out",
    "over", "own", "s", "same", "shall", "she", "should", "so", "some", "such", "t", "than", "that", "the",
    "their", "them", "then", "there", "these", "they", "this", "those", "through", "to", "too", "under",
    "until", "up", "upon", "very", "was", "we", "were", "what", "when", "where", "which", "while", "who",
    "whom", "whose", "why", "will", "with", "would", "you", "your",
];

/// Function words of one language that are words of substance in the other, or names: `l'or`, `a car`,
/// `AI chips`, `EU law`.
#[rustfmt::skip]
const SUBSTANCE_ELSEWHERE: &[&str] = &[
    "ai", "as", "but", "car", "es", "est", "eu", "fut", "it", "off", "once", "or", "own", "plus", "pour", "sa", "sans",
    "sera", "si", "so", "son", "ton",
];

/// Returns whether a folded form is a function word in a text of one of `languages`. Where both may be
/// meant, a word that means something in the other language is none.
pub fn is_function_word(fold: &str, languages: &[Language]) -> bool {
    let is = |language: &Language| match language {
        Language::French => FRENCH.binary_search(&fold).is_ok(),
        Language::English => ENGLISH.binary_search(&fold).is_ok(),
        Language::Other => false,
    };
    match languages {
        [only] => is(only),
        _ => languages.iter().any(is) && !SUBSTANCE_ELSEWHERE.contains(&fold),
    }
}

/// Returns whether a folded form, in an article in `language`, is a function word of it or surely one of another.
pub fn is_function_word_in(fold: &str, language: Language) -> bool {
    is_function_word(fold, &[language]) || is_function_word(fold, &[Language::French, Language::English])
}

/// Returns whether a folded form is a function word in French or in English.
pub(super) fn is_in_either(fold: &str) -> bool {
    FRENCH.binary_search(&fold).is_ok() || ENGLISH.binary_search(&fold).is_ok()
}

/// Returns the language of which a folded form is a function word; `None` if of neither or of both, or
/// if it means something in the other.
pub fn function_word_language(fold: &str) -> Option<Language> {
    if SUBSTANCE_ELSEWHERE.contains(&fold) {
        return None;
    }
    match (FRENCH.binary_search(&fold).is_ok(), ENGLISH.binary_search(&fold).is_ok()) {
        (true, false) => Some(Language::French),
        (false, true) => Some(Language::English),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_sorted_and_folded() {
        for list in [FRENCH, ENGLISH] {
            assert!(list.is_sorted_by(|a, b| a < b), "{:?}", list.windows(2).find(|w| w[0] >= w[1]));
            assert!(list.iter().all(|word| super::super::fold(word) == *word));
        }
    }

    #[test]
    fn a_word_of_both_languages_tells_neither() {
        assert_eq!(function_word_language("on"), None);
        assert_eq!(function_word_language("dans"), Some(Language::French));
        assert_eq!(function_word_language("the"), Some(Language::English));
        let both = [Language::French, Language::English];
        assert!(is_function_word("on", &both) && !is_function_word("bourse", &both));
    }

    #[test]
    fn an_article_has_the_function_words_of_its_language_first() {
        let is = |word, language| is_function_word_in(word, language);
        for (word, french, english) in
            [("pour", true, false), ("son", true, false), ("it", false, true), ("or", false, true), ("the", true, true)]
        {
            assert_eq!(
                [Language::French, Language::English].map(|language| is(word, language)),
                [french, english],
                "{word}"
            );
        }
        assert!(is("the", Language::Other) && !is("pour", Language::Other));
    }

    #[test]
    fn gold_is_no_conjunction_in_french() {
        assert!(!is_function_word("or", &[Language::French]));
        assert!(!is_function_word("or", &[Language::French, Language::English]));
        assert!(is_function_word("or", &[Language::English]));
        assert_eq!(function_word_language("or"), None);
    }
}
