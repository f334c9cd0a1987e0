//! The words that tell what an article is about: those it says often and others seldom. A search for any
//! of them finds articles like it.
//!
//! Each word is worth its frequency, damped, times its rarity (tf-idf: Spärck Jones, "A statistical
//! interpretation of term specificity", 1972). Words of one stem count together, and the form that occurs
//! most stands for them, since a search opens it into the others.

use std::collections::BTreeMap;

use crate::analysis::{Stemmers, Token, TokenKind, Tokens, fold, is_function_word_in, is_number};
use crate::article::Article;

/// How often a word of the headline counts.
const HEADLINE: f32 = 2.0;
/// The fewest letters of a word that tells something.
const SHORTEST: usize = 3;

/// Returns at most `limit` words of `article`, the most telling first; `frequency` gives the number of
/// articles that have a form, out of `articles`. A word that no article has tells nothing of others.
///
/// # Errors
/// Those of `frequency`.
pub fn telling_words<E>(
    article: &Article,
    limit: usize,
    articles: u64,
    frequency: &mut dyn FnMut(&str) -> Result<u64, E>,
) -> Result<Vec<String>, E> {
    let mut words: BTreeMap<String, Word> = BTreeMap::new();
    let stemmers = Stemmers::default();
    for (text, weight) in [(article.headline.as_str(), HEADLINE), (article.text(), 1.0)] {
        let mut tokens = Tokens::without_quantities(text);
        let mut token = Token::default();
        while tokens.next(&mut token) {
            let folded = fold(&token.text);
            let tells = token.kind == TokenKind::Word
                && folded.chars().filter(|c| c.is_alphabetic()).count() >= SHORTEST
                && !is_number(&token.text)
                && !is_function_word_in(&folded, article.language);
            if tells {
                let stem = stemmers.stem(&token.text, article.language).unwrap_or(folded);
                words.entry(stem).or_default().add(&token.text, weight);
            }
        }
    }
    let mut worth: Vec<(f32, String)> = Vec::new();
    for word in words.into_values() {
        let count = word.count();
        let form = word.form();
        let frequency = frequency(&form)?;
        if frequency > 0 {
            let rarity = ((articles as f32 + 1.0) / (frequency as f32 + 0.5)).ln();
            worth.push(((1.0 + count.ln()) * rarity, form));
        }
    }
    worth.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    Ok(worth.into_iter().take(limit).map(|(_, form)| form).collect())
}

/// The forms of one stem, with how often each occurs.
#[derive(Default)]
struct Word {
    forms: BTreeMap<String, f32>,
}

impl Word {
    fn add(&mut self, form: &str, weight: f32) {
        *self.forms.entry(form.to_owned()).or_default() += weight;
    }

    fn count(&self) -> f32 {
        self.forms.values().sum()
    }

    /// Returns the form that occurs most; of several, the first in the order of the alphabet.
    fn form(self) -> String {
        let best = self.forms.into_iter().rev().max_by(|a, b| a.1.total_cmp(&b.1));
        best.map(|(form, _)| form).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Language;
    use std::convert::Infallible;

    #[test]
    fn the_words_that_tell_most_come_first() {
        let body = "La banque annonce des licenciements. Les licenciements et un licenciement de plus toucheront \
                    la banque en 2025, dit la société zorvane."
            .to_owned();
        let article = Article {
            headline: "Licenciements à la banque".to_owned(),
            body_end: body.len(),
            body,
            language: Language::French,
            ..Article::default()
        };
        let mut frequency = |form: &str| -> Result<u64, Infallible> {
            Ok(match form {
                "licenciements" => 5,
                "banque" | "annonce" => 60,
                "zorvane" => 0,
                _ => 90,
            })
        };
        let got = telling_words(&article, 3, 100, &mut frequency).unwrap();
        assert_eq!(got, ["licenciements", "banque", "annonce"]);
        assert_eq!(telling_words(&article, 1, 100, &mut frequency).unwrap().len(), 1);
        let all = telling_words(&article, 99, 100, &mut frequency).unwrap();
        assert!(!all.iter().any(|word| ["2025", "zorvane", "la", "des"].contains(&word.as_str())), "{all:?}");
    }
}
